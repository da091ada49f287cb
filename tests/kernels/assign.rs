//! `shaders/assign.wgsl` against `twin::assign`.

use crate::{Bench, DIMENSIONS, floats, heights, points, tolerance};
use gpu::{
    kernels::{self, SAMPLES, Samples, Shape, Tops},
    twin::assign::assign,
};

/// What the device found: winners, values, and where wanted seconds and their values.
struct Found {
    winners: Vec<u32>,
    values: Vec<f32>,
    seconds: Vec<u32>,
    second_values: Vec<f32>,
}

/// Planes and samples, one after the other; the planes in parts of at most `part`.
struct Case<'a> {
    d: usize,
    sites: &'a [f32],
    heights: &'a [f32],
    samples: &'a [f32],
    part: usize,
    seconds: bool,
}

impl Case<'_> {
    fn run(&self) -> Found {
        let mut bench = Bench::new();
        let count = self.samples.len() / self.d;
        let stride = count.next_multiple_of(SAMPLES);
        let shape = Shape::new(self.d, self.heights.len());
        let mut rows = vec![0.0; shape.rows * stride];
        for (k, x) in self.samples.chunks(self.d).enumerate() {
            x.iter().enumerate().for_each(|(j, x)| rows[j * stride + k] = *x);
        }
        let samples = Samples { buffer: bench.numbers(&rows), stride, count };
        let sites = bench.numbers(&shape.sites(self.sites));
        let heights = bench.numbers(&shape.heights(self.heights));
        let [winners, values, seconds, second_values] = [(); 4].map(|()| bench.zeros(stride));
        let tops = Tops { winners, values, seconds: [seconds, second_values] };
        for start in (0..shape.places).step_by(self.part) {
            let part = start..(start + self.part).min(shape.places);
            let planes = [sites, heights];
            bench.dispatch(kernels::assign(&shape, samples, planes, part, tops, self.seconds));
        }
        let [winners, values, seconds, second_values] = bench.read([
            (winners, count),
            (values, count),
            (seconds, count),
            (second_values, count),
        ]);
        let (values, second_values) = (floats(&values), floats(&second_values));
        Found { winners, values, seconds, second_values }
    }

    /// The plane of an index above a sample in f64, and the size that rounding is relative to.
    fn exact(&self, sample: &[f32], index: u32) -> (f64, f32) {
        let site = &self.sites[index as usize * self.d..][..self.d];
        let h = f64::from(self.heights[index as usize]);
        let products = sample.iter().zip(site).map(|(x, y)| f64::from(*x) * f64::from(*y));
        let (sum, size) = products.fold((h, h.abs()), |(s, a), p| (s + p, a + p.abs()));
        (sum, size as f32)
    }

    /// Indices may differ only where the planes are level up to rounding.
    fn check(&self) {
        let found = self.run();
        let n = self.heights.len();
        let tolerance = tolerance::height(self.d);
        for (k, x) in self.samples.chunks(self.d).enumerate() {
            let what = format!("d = {}, N = {n}, parts of {}, sample {k}", self.d, self.part);
            let twin = assign(x, self.sites, self.heights);
            let level = |index: u32, wanted: u32, value: f32| {
                assert!((index as usize) < n, "{what}: index {index}");
                let ((is, size), (best, other)) = (self.exact(x, index), self.exact(x, wanted));
                tolerance.check(value, is as f32, size + is.abs() as f32, &what);
                tolerance.check(is as f32, best as f32, size + other, &what);
            };
            level(found.winners[k], twin.winner, found.values[k]);
            if self.seconds && n > 1 {
                assert_ne!(found.seconds[k], found.winners[k], "{what}");
                level(found.seconds[k], twin.second, found.second_values[k]);
                assert!(found.second_values[k] <= found.values[k], "{what}");
            }
        }
    }
}

fn compare(seconds: bool) {
    for d in DIMENSIONS {
        // One plane, a few, one more than a tile, and more than one tile of either kernel.
        for (n, m) in [(1, 1), (3, 257), (129, 300), (600, 130)] {
            let sites = points(d, n, 1);
            let heights = heights(&sites, d);
            let samples = points(d, m, 2);
            let case = |part| Case {
                d,
                sites: &sites,
                heights: &heights,
                samples: &samples,
                part,
                seconds,
            };
            case(usize::MAX / 2).check();
            if n == 600 {
                case(512).check();
            }
        }
    }
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn winners_are_the_twins_up_to_ties() {
    compare(false);
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn seconds_are_the_twins_up_to_ties() {
    compare(true);
}

/// Level planes, exactly: all sites are the same, so that every product is.
#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn of_level_planes_the_lowest_index_wins() {
    for d in [2, 4, 64] {
        let samples = points(d, 40, 5);
        let site = points(d, 1, 6);
        for (n, low) in [(2, 0), (700, 0), (700, 130), (700, 511)] {
            let sites = site.repeat(n);
            // From `low` on all are level; those before are lower.
            let heights: Vec<f32> = (0..n).map(|i| if i < low { -1.0 } else { 1.0 }).collect();
            for part in [512, 1024] {
                for seconds in [false, true] {
                    let samples = &samples;
                    let case = Case { d, sites: &sites, heights: &heights, samples, part, seconds };
                    let found = case.run();
                    assert_eq!(found.winners, vec![low as u32; 40], "d = {d}, N = {n}");
                    if seconds {
                        assert_eq!(found.seconds, vec![low as u32 + 1; 40], "d = {d}, N = {n}");
                    }
                }
            }
        }
    }
}

/// Two runs give the same bits.
#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn is_the_same_again() {
    for d in [2, 64] {
        let sites = points(d, 200, 1);
        let heights = heights(&sites, d);
        let samples = points(d, 500, 3);
        let case = Case {
            d,
            sites: &sites,
            heights: &heights,
            samples: &samples,
            part: usize::MAX / 2,
            seconds: true,
        };
        let (a, b) = (case.run(), case.run());
        assert_eq!((a.winners, a.values), (b.winners, b.values));
        assert_eq!((a.seconds, a.second_values), (b.seconds, b.second_values));
    }
}
