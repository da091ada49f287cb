//! Monte Carlo on problems that anyone can make again: samples of the 5 × 5 grid judged by the
//! exact power diagram, clusters in many dimensions, and how errors fall with the samples.

use coverage::Modes;
use lab::error::Error;
use lab::monte_carlo::{DeviceName, Method, Request, SequenceName, Solution, solve};
use rand_core::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg64;
use serde::Serialize;

use crate::args::BenchArgs;
use crate::monte_carlo::clock;

/// One solve.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// `grid`: samples of the 5 × 5 grid of Gaussians in raw coordinates, source the unit square.
    /// `high`: clusters in the cube. `slopes`: uniform sites in the unit square, on fixed samples.
    pub(super) work: &'static str,
    pub(super) method: &'static str,
    pub(super) sequence: &'static str,
    pub(super) n: usize,
    pub(super) dimension: usize,
    pub(super) seed: u64,
    /// Samples of one step at most, where they are fixed.
    fixed_samples: Option<u32>,
    tolerance: f64,
    threads: usize,
    pub(super) milliseconds: f64,
    samples: u64,
    residual: f64,
    residual_error: f64,
    maximum: f64,
    maximum_noise: f64,
    starved: usize,
    pub(super) stopped: &'static str,
    /// By the exact power diagram, in the plane.
    pub(super) exact_residual: Option<f64>,
    height_error: Option<f64>,
    energy_gap: Option<f64>,
    duality_gap: Option<f64>,
}

const METHODS: [(Method, &str); 3] =
    [(Method::Adam, "adam"), (Method::Lbfgs, "lbfgs"), (Method::Hierarchical, "hierarchical")];

/// 256 and 512 samples of the grid by each method, on one thread.
pub(super) fn grid(args: &BenchArgs) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for n in [256, 512] {
        for seed in 0..args.seeds {
            let sites = Modes::grid().sample(n, &mut Pcg64::seed_from_u64(seed)).concat();
            for method in METHODS {
                let request = Request {
                    method: method.0,
                    tolerance: 1.5e-3,
                    seed: seed as u32,
                    device: DeviceName::Cpu,
                    exact: true,
                    ..Request::default()
                };
                rows.push(row("grid", method.1, seed, &sites, &request, 1)?);
            }
        }
    }
    Ok(rows)
}

/// 4,096 sites in 16 clusters of [0,1]^64, on all threads, by the methods that are made for it: on
/// fixed samples L-BFGS would need M = N/ε² of them at each step, and take many times as long.
pub(super) fn high(args: &BenchArgs) -> Result<Vec<Row>, Error> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows = Vec::new();
    for seed in 0..args.seeds {
        let sites = clusters(4_096, 64, 16, seed);
        for method in METHODS.into_iter().filter(|m| m.0 != Method::Lbfgs) {
            let request = Request {
                domain: "cube".into(),
                dimension: 64,
                method: method.0,
                tolerance: 0.04,
                seed: seed as u32,
                device: DeviceName::Cpu,
                ..Request::default()
            };
            rows.push(row("high", method.1, seed, &sites, &request, threads)?);
        }
    }
    Ok(rows)
}

/// Sites about `count` centres uniform in [0,1]^d, normal with deviation 0.1 (a sum of twelve
/// uniform numbers, the same everywhere), in turns.
fn clusters(n: usize, d: usize, count: usize, seed: u64) -> Vec<f64> {
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut unit = || (rng.next_u64() >> 11) as f64 * (-53f64).exp2();
    let centres: Vec<f64> = (0..count * d).map(|_| unit()).collect();
    let mut sites = Vec::with_capacity(n * d);
    for i in 0..n {
        for k in 0..d {
            let normal = (0..12).map(|_| unit()).sum::<f64>() - 6.0;
            sites.push(centres[i % count * d + k] + 0.1 * normal);
        }
    }
    sites
}

/// 64 uniform sites on M fixed samples, M doubling, of both sequences: the optimum on the sample
/// beside the exact one.
pub(super) fn slopes(args: &BenchArgs) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for seed in 0..args.seeds {
        let sites = super::uniform_points(64, seed).concat();
        for (sequence, name) in [(SequenceName::Philox, "philox"), (SequenceName::Sobol, "sobol")] {
            for log in 10..=20 {
                let request = Request {
                    method: Method::Lbfgs,
                    tolerance: 1e-6,
                    sequence,
                    seed: seed as u32,
                    samples: Some(1 << log),
                    max_samples: Some(1 << log),
                    device: DeviceName::Cpu,
                    exact: true,
                    ..Request::default()
                };
                rows.push(Row {
                    sequence: name,
                    fixed_samples: request.samples,
                    ..row("slopes", "lbfgs", seed, &sites, &request, 1)?
                });
            }
        }
    }
    Ok(rows)
}

fn row(
    work: &'static str,
    method: &'static str,
    seed: u64,
    sites: &[f64],
    request: &Request,
    threads: usize,
) -> Result<Row, Error> {
    // Machines warm up within a solve; the compiler's work and the pages of memory do before.
    let solved: Solution =
        pollster::block_on(solve(request, sites, None, clock, threads, &mut ()))?;
    let report = &solved.report;
    let milliseconds = match &report.milliseconds {
        lab::plan_json::Milliseconds::One(one) => *one,
        lab::plan_json::Milliseconds::Many(many) => many.iter().sum(),
    };
    Ok(Row {
        work,
        method,
        sequence: "sobol",
        n: solved.heights.len(),
        dimension: solved.dimension,
        seed,
        fixed_samples: None,
        tolerance: request.tolerance,
        threads,
        milliseconds,
        samples: report.samples,
        residual: report.residual,
        residual_error: report.residual_error,
        maximum: report.maximum,
        maximum_noise: report.maximum_noise,
        starved: report.starved.len(),
        stopped: report.stopped,
        exact_residual: solved.exact.map(|e| e.residual),
        height_error: solved.exact.map(|e| e.height_error),
        energy_gap: solved.exact.map(|e| e.energy_gap),
        duality_gap: solved.plan.as_ref().map(|plan| plan.report.duality_gap),
    })
}
