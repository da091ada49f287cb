//! The whole machine against the twins, one after another.

use crate::{heights, planes, points, tolerance, wide};
use gpu::{Budget, Gpu, twin};
use pollster::block_on;
use transport::monte_carlo::{
    Adam, AdamSteps, CellMass, Draw, Estimate, Law, Planes, Sequence, Want,
};

fn open(planes: &Planes) -> Gpu {
    block_on(Gpu::open(planes.clone(), false)).unwrap()
}

/// Everything there is to ask.
const ALL: Want = Want { winners: true, seconds: true, sums: true };

/// Compares an estimate of everything with the twins'. Samples near a border may change sides.
fn compare(planes: &Planes, heights: &[f32], draw: Draw, found: &Estimate) {
    let (n, d, m) = (planes.len(), planes.dimension, draw.count as usize);
    let twin = twin::estimate(planes, heights, draw, ALL);
    let what = format!("{:?} {:?} d = {d}, N = {n}, M = {m}", planes.law, planes.sequence);
    assert_eq!(found.samples, draw.count.into(), "{what}");
    assert_eq!(found.counts.iter().sum::<u64>(), draw.count.into(), "{what}");
    assert_eq!((found.winners.len(), found.seconds.len(), found.gaps.len()), (m, m, m), "{what}");
    // Samples, and heights above them, are the twins' up to rounding.
    let near = 1e-5 * (d as f32).sqrt();
    let mut moved = 0;
    for k in 0..m {
        if found.winners[k] != twin.winners[k] {
            moved += 1;
            assert!(twin.gaps[k] < near, "{what}: sample {k} is in another cell");
        } else {
            let off = (found.gaps[k] - twin.gaps[k]).abs();
            assert!(off < near, "{what}: gap {k} is {off} off");
        }
    }
    assert!(moved <= m / 100, "{what}: {moved} samples in another cell");
    let mut counted = vec![0; n];
    found.winners.iter().for_each(|w| counted[*w as usize] += 1);
    assert_eq!(found.counts, counted, "{what}: counts are not the winners'");
    let off = (found.top - twin.top).abs() / f64::from(draw.count);
    assert!(off < f64::from(near), "{what}: mean height {off} off");
    assert_eq!(found.sums.len(), n * d);
    let total = |sums: &[f64]| sums.iter().step_by(d).sum::<f64>();
    let off = (total(&found.sums) - total(&twin.sums)).abs() / f64::from(draw.count);
    assert!(off < 1e-5, "{what}: mean sample {off} off");
    if moved == 0 {
        for (a, b) in found.sums.iter().zip(&twin.sums) {
            assert!((a - b).abs() < 1e-5 * f64::from(draw.count), "{what}: sum {a}, not {b}");
        }
    }
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn estimates_are_the_twins() {
    for (law, sequence) in [
        (Law::Cube, Sequence::Sobol),
        (Law::Gaussian, Sequence::Philox),
        (Law::Ball, Sequence::Sobol),
        (Law::Ball, Sequence::Philox),
    ] {
        for (d, n, m) in [(1, 1, 1), (2, 50, 1000), (3, 7, 257), (64, 130, 400), (100, 40, 300)] {
            let (planes, heights) = planes(law, sequence, d, n);
            let draw = Draw { seed: 5, first: 1000, count: m };
            let found = block_on(open(&planes).estimate(&wide(&heights), draw, ALL)).unwrap();
            compare(&planes, &heights, draw, &found);
        }
    }
}

/// In many batches and parts, the answer is the same but for the order of the heights' sum.
#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn the_size_of_a_step_does_not_matter() {
    for d in [2, 64] {
        let (planes, heights) = planes(Law::Cube, Sequence::Sobol, d, 1100);
        let draw = Draw { seed: 1, first: 77, count: 1500 };
        let mut gpu = open(&planes);
        let whole = block_on(gpu.estimate(&wide(&heights), draw, ALL)).unwrap();
        gpu.limit(Budget { samples: 256, work: 1000 });
        for want in [ALL, Want { sums: true, ..Want::default() }, Want::default()] {
            let parts = block_on(gpu.estimate(&wide(&heights), draw, want)).unwrap();
            assert_eq!(parts.counts, whole.counts, "d = {d}");
            assert_eq!(parts.sums, if want.sums { whole.sums.clone() } else { vec![] });
            assert_eq!(parts.winners, if want.winners { whole.winners.clone() } else { vec![] });
            assert_eq!(parts.seconds, if want.seconds { whole.seconds.clone() } else { vec![] });
            assert_eq!(parts.gaps, if want.seconds { whole.gaps.clone() } else { vec![] });
            let size = whole.top.abs() as f32;
            tolerance::ENERGY.check(parts.top as f32, whole.top as f32, size, "sum of heights");
        }
    }
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn a_seed_says_everything() {
    let (planes, heights) = planes(Law::Gaussian, Sequence::Sobol, 3, 40);
    let draw = Draw { seed: 9, first: 0, count: 700 };
    let ask = |draw| block_on(open(&planes).estimate(&wide(&heights), draw, ALL)).unwrap();
    let (a, b) = (ask(draw), ask(draw));
    assert_eq!(a, b);
    assert_ne!(a.winners, ask(Draw { seed: 10, ..draw }).winners);
}

/// One site has all of the mass, is second to itself, and needs no gap.
#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn one_site_has_it_all() {
    for d in [1, 3, 256] {
        let sites = points(d, 1, 2);
        let heights = heights(&sites, d);
        let planes = Planes {
            dimension: d,
            sites,
            rests: Vec::new(),
            masses: vec![1.0],
            law: Law::Cube,
            sequence: Sequence::Sobol,
        };
        let draw = Draw { seed: 0, first: 0, count: 5 };
        let found = block_on(open(&planes).estimate(&wide(&heights), draw, ALL)).unwrap();
        assert_eq!(found.counts, [5]);
        assert_eq!((found.winners, found.seconds), (vec![0; 5], vec![0; 5]));
        assert_eq!(found.gaps, [0.0; 5]);
    }
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn descent_is_the_twins() {
    for (d, n) in [(2, 30), (64, 20)] {
        let (planes, heights) = planes(Law::Cube, Sequence::Sobol, d, n);
        let steps = AdamSteps {
            steps: 6,
            draw: Draw { seed: 2, first: 512, count: 1024 },
            rate: 1e-3,
            beta1: 0.9,
            beta2: 0.5,
        };
        let start = Adam::new(wide(&heights));
        let mut twin = twin::adam::State::new(heights);
        let (mut whole, mut parts) = (start.clone(), start);
        let expected = twin::descend(&planes, &mut twin, &steps);
        let mut gpu = open(&planes);
        let found = block_on(gpu.descend(&mut whole, &steps)).unwrap();
        gpu.limit(Budget { samples: 300, work: 1 });
        // In two goes, in small batches.
        let half = AdamSteps { steps: 3, ..steps };
        let other = AdamSteps {
            draw: Draw { first: steps.draw.first + 3 * steps.draw.count, ..steps.draw },
            ..half
        };
        block_on(gpu.descend(&mut parts, &half)).unwrap();
        block_on(gpu.descend(&mut parts, &other)).unwrap();
        assert_eq!(parts, whole, "d = {d}");

        assert_eq!(found.samples, expected.samples);
        assert_eq!(found.counts.iter().sum::<u64>(), found.samples);
        assert_eq!((whole.steps, whole.averaged), (6, 6));
        // A sample that changes sides moves a gradient by n / M, and six steps' heights by less
        // than that share of the rate.
        let near = 6.0 * steps.rate * n as f32 / 1024.0;
        for i in 0..n {
            let off = (whole.heights[i] as f32 - twin.heights[i]).abs();
            assert!(off <= near, "d = {d}: height {i} is {off} off");
            let off = (whole.average[i] as f32 - twin.average[i]).abs();
            assert!(off <= near, "d = {d}: average {i} is {off} off");
        }
        let off = (found.top - expected.top).abs() / found.samples as f64;
        assert!(off < 1e-4, "d = {d}: mean height {off} off");
    }
}

/// The largest there may be: sites of 100 MB, and the tile of samples mostly empty.
#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn many_sites_in_high_dimension() {
    let (d, n) = (256, 100_000);
    let mut planes = Planes {
        dimension: d,
        sites: (0..d * n)
            .map(|k| (k as u32).wrapping_mul(0x9e37_79b9) as f32 / 4e9 - 0.5)
            .collect(),
        rests: Vec::new(),
        masses: vec![1.0 / n as f32; n],
        law: Law::Cube,
        sequence: Sequence::Philox,
    };
    planes.sites[..d].fill(0.0);
    let heights = vec![0.0; n];
    let draw = Draw { seed: 1, first: 0, count: 2 };
    let want = Want { winners: true, ..Want::default() };
    let found = block_on(open(&planes).estimate(&wide(&heights), draw, want)).unwrap();
    let twin = twin::estimate(&planes, &heights, draw, want);
    assert_eq!(found.winners, twin.winners);
    assert_eq!(found.counts, twin.counts);
}
