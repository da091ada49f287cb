//! Assignments a second: the whole estimate (sampling, assignment, counts) of the CPU machine on
//! one thread and on all, and of the GPU there is, beside the bare matrix product of a good crate.
//!
//! `cargo bench -q -p brenier-gpu --bench assignment -- --json`

#![allow(clippy::print_stdout, clippy::print_stderr)] // a command speaks to its caller

use gpu::{Cpu, Gpu, samples};
use std::{hint::black_box, time::Instant};
use transport::monte_carlo::{CellMass, Draw, Law, Planes, Sequence, Want};

/// N, M and d.
const SHAPES: [(usize, usize, usize); 3] =
    [(512, 51_200, 2), (4_096, 409_600, 64), (10_000, 1_000_000, 100)];

/// A processor that plays a graphics card takes this part of the samples of the large shapes.
const SOFTWARE: usize = 16;

const REPEAT: usize = 3;

/// Samples whose products the peer stores at a time: one block keeps within the second cache, the
/// other is what a program that stores the product would do. The faster one counts.
const BLOCKS: [usize; 2] = [64, 4_096];

/// What one machine did with one shape.
struct Row {
    what: &'static str,
    device: String,
    threads: usize,
    shape: (usize, usize, usize),
    seconds: f64,
    /// Of the peer: samples whose products it stored at a time.
    block: Option<usize>,
}

impl Row {
    fn json(&self) -> String {
        let (n, m, d) = self.shape;
        let pairs = n as f64 * m as f64 / self.seconds;
        // Names of devices are the only strings not of our making.
        let device: String = self.device.chars().filter(|c| !matches!(c, '"' | '\\')).collect();
        format!(
            r#"{{"what":"{}","device":"{device}","threads":{},"n":{n},"m":{m},"d":{d},"seconds":{},"multiplyAdds":{},"pairs":{pairs},"block":{}}}"#,
            self.what,
            self.threads,
            self.seconds,
            pairs * d as f64,
            self.block.map_or_else(|| "null".to_owned(), |block| block.to_string()),
        )
    }
}

/// The middle one of a few runs; each is told which it is, so that none repeats another's draw
/// and finds its samples kept.
fn median(mut run: impl FnMut(u32)) -> f64 {
    let mut seconds: Vec<f64> = (0..REPEAT as u32)
        .map(|k| {
            let start = Instant::now();
            run(k);
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[REPEAT / 2]
}

/// Uniform sites in the centred cube, and the heights of their Voronoi diagram: what a solve
/// starts from.
fn planes(n: usize, d: usize) -> (Planes, Vec<f64>) {
    let mut x = 1u64;
    let mut next = || {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    let sites: Vec<f32> = (0..n * d).map(|_| next()).collect();
    let square = |y: &[f32]| y.iter().map(|x| f64::from(x * x)).sum::<f64>();
    let heights = sites.chunks_exact(d).map(|y| -0.5 * square(y)).collect();
    let planes = Planes {
        dimension: d,
        sites,
        rests: Vec::new(),
        masses: vec![1.0 / n as f32; n],
        law: Law::Cube,
        sequence: Sequence::Sobol,
    };
    (planes, heights)
}

fn draw(seed: u32, count: usize) -> Draw {
    Draw { seed, first: 0, count: count as u32 }
}

fn twin(shape: (usize, usize, usize), threads: usize) -> Row {
    let (n, m, d) = shape;
    let (planes, heights) = planes(n, d);
    let mut machine = Cpu::new(planes, threads);
    machine.count(&heights, draw(99, 4_096), Want::default());
    let seconds = median(|k| {
        black_box(machine.count(&heights, draw(k, m), Want::default()));
    });
    Row { what: "cpu", device: machine.name(), threads, shape, seconds, block: None }
}

fn card(shape: (usize, usize, usize)) -> Result<Row, String> {
    let (n, mut m, d) = shape;
    let (planes, heights) = planes(n, d);
    let told = |e: transport::monte_carlo::MachineError| e.to_string();
    pollster::block_on(async {
        let mut machine = Gpu::open(planes, false).await.map_err(told)?;
        if machine.is_software() && d > 3 {
            m /= SOFTWARE;
        }
        let mut estimate = async |draw| machine.estimate(&heights, draw, Want::default()).await;
        estimate(draw(99, 4_096)).await.map_err(told)?;
        let mut trouble = None;
        let seconds = median(|k| match pollster::block_on(estimate(draw(k, m))) {
            Ok(found) => _ = black_box(found),
            Err(e) => trouble = Some(told(e)),
        });
        let what = if machine.is_software() { "software" } else { "gpu" };
        let row = Row {
            what,
            device: machine.name(),
            threads: 0,
            shape: (n, m, d),
            seconds,
            block: None,
        };
        trouble.map_or(Ok(row), Err)
    })
}

/// The product of `block` samples with all sites, over and over until `m` samples have passed.
#[allow(unsafe_code)] // the peer's only entry takes raw pointers
fn products(x: &[f32], sites: &[f32], out: &mut [f32], block: usize, m: usize) {
    let d = x.len() / BLOCKS[1];
    let n = sites.len() / d;
    for first in (0..m).step_by(block) {
        let count = block.min(m - first);
        // The samples' values do not matter to the product, and making them is not its work.
        let rows = &x[first % BLOCKS[1] * d..][..count * d];
        assert!(out.len() >= count * n && sites.len() == n * d);
        // SAFETY: row-major `rows` is count × d, `sites` read as its transpose is d × n, and `out`
        // holds count × n; all lie within their slices, and `out` is borrowed alone.
        unsafe {
            matrixmultiply::sgemm(
                count,
                d,
                n,
                1.0,
                rows.as_ptr(),
                d as isize,
                1,
                sites.as_ptr(),
                1,
                d as isize,
                0.0,
                out.as_mut_ptr(),
                n as isize,
                1,
            );
        }
        black_box(&mut *out);
    }
}

/// The peer: the products alone, on one thread, with nothing compared or counted.
fn peer(shape: (usize, usize, usize)) -> Row {
    let (n, m, d) = shape;
    let (planes, _) = planes(n, d);
    let x = samples(&planes, draw(0, BLOCKS[1]));
    let mut out = vec![0.0; BLOCKS[1] * n];
    let (mut block, mut best) = (0, f64::INFINITY);
    for tried in BLOCKS {
        products(&x, &planes.sites, &mut out, tried, BLOCKS[1]);
        let seconds = median(|_| products(&x, &planes.sites, &mut out, tried, 2 * BLOCKS[1]));
        if seconds < best {
            (block, best) = (tried, seconds);
        }
    }
    let seconds = median(|_| products(&x, &planes.sites, &mut out, block, m));
    let device = "matrixmultiply 0.3.11".to_owned();
    Row { what: "peer", device, threads: 1, shape, seconds, block: Some(block) }
}

/// Cycles a second: a chain of six operations that each wait for the last, one cycle each.
#[cfg(target_arch = "x86_64")]
fn clock() -> f64 {
    const TURNS: u64 = 50_000_000;
    let mut x = black_box(88_172_645_463_325_252u64);
    let seconds = median(|_| {
        for _ in 0..TURNS {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
        }
        black_box(x);
    });
    6.0 * TURNS as f64 / seconds
}

/// The most f32 multiply-adds a second that one core can do, and why; none where not known.
fn bound() -> Option<(f64, String)> {
    #[cfg(target_arch = "x86_64")]
    {
        let lanes = if std::arch::is_x86_feature_detected!("avx512f") {
            16
        } else if std::arch::is_x86_feature_detected!("fma") {
            8
        } else {
            return None;
        };
        let clock = clock();
        let why = format!(
            "{lanes} lanes × 2 FMA ports (nominal) × {:.2} GHz (by a chain of dependent shifts)",
            clock / 1e9
        );
        Some((f64::from(lanes) * 2.0 * clock, why))
    }
    #[cfg(not(target_arch = "x86_64"))]
    None
}

fn main() {
    let json = std::env::args().any(|word| word == "--json");
    let bound = bound();
    let mut rows = Vec::new();
    let mut trouble = None;
    for shape in SHAPES {
        let mut done = vec![peer(shape), twin(shape, 1)];
        if Cpu::threads() > 1 {
            done.push(twin(shape, Cpu::threads()));
        }
        match card(shape) {
            Ok(row) => done.push(row),
            Err(e) => trouble = Some(e),
        }
        for row in &done {
            let (n, m, d) = row.shape;
            let rate = (n * m * d) as f64 / row.seconds / 1e9;
            eprintln!("({n}, {m}, {d}) {}: {:.3} s, {rate:.2} G/s", row.device, row.seconds);
        }
        rows.extend(done);
    }
    if let Some(line) = trouble {
        eprintln!("no GPU: {line}");
    }
    if json {
        let rows: Vec<String> = rows.iter().map(Row::json).collect();
        let bound = bound.map_or_else(
            || "null".to_owned(),
            |(rate, why)| format!(r#"{{"multiplyAdds":{rate},"why":"{why}"}}"#),
        );
        println!(r#"{{"bound":{bound},"rows":[{}]}}"#, rows.join(","));
    }
}
