//! Point sets shared by the tests, made by rule.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

use std::ops::ControlFlow;

use transport::trace::Recording;
use transport::{ConvexPolygon, Options, Plan, Point, Target, newton};

/// numpy's `default_rng(0).random((n, 2))`: PCG64 (XSL-RR 128/64) from the state that numpy's
/// SeedSequence makes of the seed 0, and the upper 53 bits of each output.
pub(crate) fn numpy_points(n: usize) -> Vec<Point> {
    let mut state = 35_399_562_948_360_463_058_890_781_895_381_311_971_u128;
    let increment = 87_136_372_517_582_989_555_478_159_403_783_844_777_u128;
    let mut next = || {
        state =
            state.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(increment);
        let folded = ((state >> 64) as u64) ^ (state as u64);
        (folded.rotate_right((state >> 122) as u32) >> 11) as f64 * (-53f64).exp2()
    };
    (0..n).map(|_| [next(), next()]).collect()
}

/// 512 samples, or any number, of the 5 × 5 grid of Gaussians, in raw coordinates.
pub(crate) fn grid_samples(n: usize, seed: u64) -> Vec<Point> {
    use rand::{RngExt as _, SeedableRng as _};
    let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
    (0..n)
        .map(|_| {
            let mode = (rng.random::<f64>() * 25.0) as u32;
            let r = 0.05 * (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
            let (sin, cos) = (std::f64::consts::TAU * rng.random::<f64>()).sin_cos();
            [f64::from(mode % 5) * 2.0 - 4.0 + r * cos, f64::from(mode / 5) * 2.0 - 4.0 + r * sin]
        })
        .collect()
}

/// Independent points of the unit square.
pub(crate) fn uniform_points(n: usize, seed: u64) -> Vec<Point> {
    use rand::{RngExt as _, SeedableRng as _};
    let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
    (0..n).map(|_| [rng.random(), rng.random()]).collect()
}

/// The last three residuals above 10⁻¹¹, and the one after.
pub(crate) fn last_three(recording: &Recording) -> ([f64; 3], f64) {
    let above = recording.states.iter().filter(|s| s.residual > 1e-11).count();
    let at = |k: usize| recording.states[k].residual;
    ([at(above - 3), at(above - 2), at(above - 1)], at(above.min(recording.states.len() - 1)))
}

pub(crate) fn solve_to(
    domain: &ConvexPolygon,
    sites: &[Point],
    masses: Option<&[f64]>,
    tolerance: f64,
) -> Plan {
    let target = Target::new(sites, masses).unwrap();
    let options = Options { tolerance, ..Options::default() };
    let plan =
        newton::solve(domain, &target, &options, None, &mut |_| ControlFlow::Continue(())).unwrap();
    check_plan(domain, &plan);
    plan
}

/// What must hold of any plan.
pub(crate) fn check_plan(domain: &ConvexPolygon, plan: &Plan) {
    let n = plan.sites.len();
    assert_eq!(
        [plan.masses.len(), plan.heights.len(), plan.cell_masses.len(), plan.centroids.len()],
        [n; 4]
    );
    assert_eq!(plan.cells.offsets.len(), n + 1);
    let size = plan.heights.iter().fold(0.0f64, |m, h| m.max(h.abs()));
    assert!(plan.heights.iter().sum::<f64>().abs() <= 1e-12 * (1.0 + size) * n as f64);
    assert!((plan.cell_masses.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!((plan.masses.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for f in &plan.facets {
        assert!(f.i < f.j && f.length() > 0.0);
    }
    for (i, c) in plan.centroids.iter().enumerate() {
        assert_eq!(c[0].is_nan(), !(plan.cell_masses[i] > 0.0));
        if plan.cell_masses[i] > 1e-9 {
            assert!(domain.contains(*c), "centroid {i}");
        }
    }
    let r = &plan.report;
    assert!(r.w2_dual <= r.w2_upper + 1e-9 * r.w2_upper.abs());
    assert!(r.duality_gap >= -1e-12 * r.w2_upper);
    assert_eq!(r.residual_history.len(), r.iterations + 1);
    assert_eq!(*r.residual_history.last().unwrap(), r.residual);
}
