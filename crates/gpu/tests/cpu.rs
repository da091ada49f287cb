//! The CPU machine against the plain twins: chosen planes, SIMD and threads change nothing but the
//! last place of values.

#![allow(clippy::unwrap_used)] // a test fails by it

use gpu::{Cpu, twin};
use transport::monte_carlo::{Draw, Law, Planes, Sequence, Want};

const ALL: Want = Want { winners: true, seconds: true, sums: true };

/// Planes whose cells are uneven, some of them empty.
fn planes(law: Law, d: usize, n: usize) -> (Planes, Vec<f64>) {
    let mut sites = vec![0.0; n * d];
    for (i, site) in sites.chunks_exact_mut(d).enumerate() {
        twin::sample::point(Law::Gaussian, Sequence::Philox, 9, i as u32, site);
    }
    let square = |y: &[f32]| y.iter().map(|y| f64::from(*y).powi(2)).sum::<f64>();
    let heights = sites.chunks_exact(d).map(|y| -0.1 * square(y)).collect();
    let masses = vec![1.0 / n as f32; n];
    let planes =
        Planes { dimension: d, sites, rests: Vec::new(), masses, law, sequence: Sequence::Sobol };
    (planes, heights)
}

#[test]
fn every_sample_is_where_the_twin_puts_it() {
    for (law, d, n) in [
        (Law::Cube, 1, 1),
        (Law::Cube, 2, 1),
        (Law::Cube, 1, 40),
        (Law::Gaussian, 2, 2),
        (Law::Cube, 2, 700),
        (Law::Ball, 2, 33),
        (Law::Ball, 3, 1_500),
        (Law::Gaussian, 3, 500),
        (Law::Cube, 4, 37),
        (Law::Gaussian, 64, 100),
        (Law::Cube, 256, 13),
    ] {
        let (planes, heights) = planes(law, d, n);
        let narrow: Vec<f32> = heights.iter().map(|h| *h as f32).collect();
        let draw = Draw { seed: 3, first: 100, count: 5_003 };
        let expected = twin::estimate(&planes, &narrow, draw, ALL);
        let value = |k: u32, i: u32| -> f64 {
            let mut x = vec![0.0; d];
            twin::sample::point(law, Sequence::Sobol, 3, 100 + k, &mut x);
            let y = &planes.sites[i as usize * d..][..d];
            x.iter().zip(y).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>()
                + heights[i as usize]
        };
        let size = (d as f64).sqrt() * 4.0;
        for threads in [1, 3] {
            let mut machine = Cpu::new(planes.clone(), threads);
            // Once made anew, once kept, and once from what was kept.
            for _ in 0..3 {
                let found = machine.count(&heights, draw, ALL);
                let title = format!("{law:?}, d = {d}, n = {n}");
                assert_eq!(found.samples, 5_003);
                assert_eq!(found.counts.iter().sum::<u64>(), 5_003, "{title}");
                for k in 0..draw.count {
                    let at = k as usize;
                    let near = |a: f64, b: f64| (a - b).abs() <= 2e-6 * size;
                    let (i, j) = (found.winners[at], expected.winners[at]);
                    assert!(i == j || near(value(k, i), value(k, j)), "{title}: sample {k}");
                    let (i, j) = (found.seconds[at], expected.seconds[at]);
                    assert!(i == j || near(value(k, i), value(k, j)), "{title}: second {k}");
                    let gap = f64::from(found.gaps[at]);
                    assert!(near(gap, f64::from(expected.gaps[at])), "{title}: gap {k}");
                }
                let off = (found.top - expected.top).abs() / 5_003.0;
                assert!(off < 1e-6 * size, "{title}: mean {off}");
                let moved: u64 =
                    found.counts.iter().zip(&expected.counts).map(|(a, b)| a.abs_diff(*b)).sum();
                for (a, b) in found.sums.iter().zip(&expected.sums) {
                    assert!((a - b).abs() < 0.2 + 8.0 * moved as f64, "{title}: sums {a} {b}");
                }
                assert!(moved < 20, "{title}: {moved} samples moved");
            }
        }
    }
}

#[test]
fn sites_that_f32_would_not_part_are_told_apart() {
    // Two sites 10⁻⁶ apart beside one far away: the cut between the two is at x = 0.25, where f32
    // heights of size one would place it to within some hundredths.
    let exact: [f64; 3] = [1.0, 1.000_001, -2.0];
    let sites: Vec<f32> = exact.iter().map(|y| *y as f32).collect();
    let rests = exact.iter().zip(&sites).map(|(y, r)| (y - f64::from(*r)) as f32).collect();
    let heights = [0.0, -1e-6 * 0.25, -9.0];
    let planes = Planes {
        dimension: 1,
        sites,
        rests,
        masses: vec![1.0 / 3.0; 3],
        law: Law::Cube,
        sequence: Sequence::Sobol,
    };
    let draw = Draw { seed: 0, first: 0, count: 1 << 16 };
    let found = Cpu::new(planes, 1).count(&heights, draw, Want::default());
    let share = found.counts[0] as f64 / f64::from(draw.count);
    assert!((share - 0.75).abs() < 1e-3, "{share}");
}

#[test]
fn given_samples_are_taken_as_they_are() {
    let (planes, heights) = planes(Law::Cube, 3, 20);
    let samples: Vec<f32> = (0..300).map(|k| (k % 17) as f32 / 17.0 - 0.5).collect();
    let mut machine = Cpu::of_samples(planes.clone(), 2, samples.clone());
    let draw = Draw { seed: 0, first: 10, count: 80 };
    let found = machine.count(&heights, draw, ALL);
    let narrow: Vec<f32> = heights.iter().map(|h| *h as f32).collect();
    for (k, x) in samples.chunks_exact(3).skip(10).take(80).enumerate() {
        let top = twin::assign::assign(x, &planes.sites, &narrow);
        assert!(top.winner == found.winners[k] || top.gap < 1e-5, "sample {k}");
    }
    let mut again = vec![0; 20];
    found.winners.iter().for_each(|i| again[*i as usize] += 1);
    assert_eq!(again, found.counts);
}
