//! The Monte Carlo solvers on the CPU machine, against the exact solver and closed forms.

#![allow(clippy::unwrap_used)] // a test fails by it

use std::ops::ControlFlow;

use gpu::{Device, Devices};
use transport::monte_carlo::{
    Answer, Ended, Law, MachineError, Observer, Options, Problem, Progress, Sequence, adam,
    hierarchical, lbfgs,
};
use transport::{ConvexPolygon, Plan, Target, newton};

const MACHINES: Devices = Devices { device: Device::Cpu, threads: 2 };
const METHODS: [&str; 3] = ["adam", "lbfgs", "hierarchical"];

fn solve_watched<O: Observer>(
    method: &str,
    problem: &Problem,
    options: &Options,
    start: Option<&[f64]>,
    observer: &mut O,
) -> Answer {
    let answer: Result<Answer, MachineError> = pollster::block_on(async {
        match method {
            "adam" => adam::solve(problem, &MACHINES, options, start, observer).await,
            "lbfgs" => lbfgs::solve(problem, &MACHINES, options, start, observer).await,
            _ => hierarchical::solve(problem, &MACHINES, options, start, observer).await,
        }
    });
    answer.unwrap()
}

fn solve(method: &str, problem: &Problem, options: &Options) -> Answer {
    solve_watched(method, problem, options, None, &mut ())
}

/// Numbers in [0, 1), the same everywhere.
fn numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut x = seed;
    move || {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Clusters of sites in R^d.
fn clustered(n: usize, d: usize, seed: u64) -> Vec<f64> {
    let mut next = numbers(seed);
    let centres: Vec<f64> = (0..8 * d).map(|_| next()).collect();
    (0..n * d).map(|k| centres[k / d % 8 * d + k % d] + 0.2 * (next() - 0.5)).collect()
}

fn plan(problem: &Problem, heights: &[f64]) -> Plan {
    let sites: Vec<[f64; 2]> = problem.sites().as_chunks().0.to_vec();
    let masses: Vec<f64> = problem.masses().to_vec();
    let target = Target::new(&sites, Some(&masses)).unwrap();
    Plan::from_heights(&ConvexPolygon::unit_square(), &target, heights).unwrap()
}

#[test]
fn in_the_plane_each_method_agrees_with_the_exact_solver() {
    let n = 150;
    let sites = clustered(n, 2, 1);
    let mut next = numbers(2);
    let masses: Vec<f64> = (0..n).map(|_| 0.2 + next()).collect();
    let problem = Problem::new(Law::Cube, 2, &sites, Some(&masses)).unwrap();
    let target = Target::new(sites.as_chunks().0, Some(&masses)).unwrap();
    let options = newton::Options::default();
    let square = ConvexPolygon::unit_square();
    let exact = newton::solve(&square, &target, &options, None, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    for method in METHODS {
        let options = Options { tolerance: 0.005, ..Options::default() };
        let answer = solve(method, &problem, &options);
        assert_eq!((answer.ended, answer.method), (Ended::Tolerance, method));
        let found = plan(&problem, &answer.heights);
        // The estimate speaks for the exact cells.
        let rms = (found.cell_masses.iter().zip(&found.masses).map(|(w, v)| (w / v - 1.0).powi(2)))
            .sum::<f64>();
        let rms = (rms / n as f64).sqrt();
        let m = &answer.measure;
        assert!((rms - m.rms.value).abs() < 5.0 * m.rms.error + 1e-4, "{method} {rms} {:?}", m.rms);
        assert!(found.report.residual < 0.05, "{method} {}", found.report.residual);
        let worst = (exact.heights.iter().zip(&answer.heights))
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        assert!(worst < 2e-3, "{method} heights off by {worst}");
        for (name, estimate, truth) in [
            ("energy", m.energy, found.report.energy),
            ("dual", m.w2_dual, found.report.w2_dual),
            ("primal", m.w2_primal, found.report.w2_primal),
        ] {
            let off = (estimate.value - truth).abs();
            assert!(off < 6.0 * estimate.error + 1e-6, "{method} {name} {estimate:?} {truth}");
        }
        assert!(m.w2_dual.value <= exact.report.w2_primal + 6.0 * m.w2_dual.error + 1e-9);
        assert!(m.w2_upper.value >= exact.report.w2_primal - 6.0 * m.w2_upper.error);
    }
}

#[test]
fn from_every_source_in_many_dimensions_no_cell_starves() {
    for (law, d) in [(Law::Cube, 16), (Law::Gaussian, 8), (Law::Ball, 3), (Law::Cube, 1)] {
        // On a line clusters would be closer than f32 can part.
        let line = || (0..200).map(|i| f64::from(i) + 0.3 * f64::from(i * i % 7)).collect();
        let sites = if d == 1 { line() } else { clustered(200, d, 3) };
        let problem = Problem::new(law, d, &sites, None).unwrap();
        for method in METHODS {
            for sequence in [Sequence::Sobol, Sequence::Philox] {
                let options = Options { tolerance: 0.05, sequence, seed: 4, ..Options::default() };
                let answer = solve(method, &problem, &options);
                assert_eq!(answer.ended, Ended::Tolerance, "{law:?} {d} {method} {sequence:?}");
                assert!(answer.measure.starved.is_empty());
                assert!(answer.heights.iter().sum::<f64>().abs() < 1e-9);
            }
        }
    }
}

#[test]
fn two_sites_of_the_ball_have_their_closed_form() {
    // Cells of equal mass: the plane through 0. W₂² = ∫|x|² + 1 − 2 E|x₁| on the unit ball of R³,
    // E|x₁| = 3/8, ∫|x|² = 3/5.
    let problem = Problem::new(Law::Ball, 3, &[1.0, 0.0, 0.0, -1.0, 0.0, 0.0], None).unwrap();
    let options = Options { tolerance: 1e-3, ..Options::default() };
    for method in METHODS {
        let answer = solve(method, &problem, &options);
        let (low, high) = (answer.measure.w2_dual, answer.measure.w2_primal);
        assert!((low.value - 0.85).abs() < 4.0 * low.error + 1e-4, "{method} {low:?}");
        assert!((high.value - 0.85).abs() < 4.0 * high.error + 1e-3, "{method} {high:?}");
        assert!((answer.heights[0] - answer.heights[1]).abs() < 2e-3);
    }
}

#[test]
fn one_site_and_merged_sites() {
    let one = Problem::new(Law::Cube, 5, &[0.3; 5], None).unwrap();
    let twins = Problem::new(Law::Cube, 2, &[0.1, 0.2, 0.9, 0.8, 0.1, 0.2], None).unwrap();
    assert_eq!(twins.merged(), [(2, 0)]);
    for method in METHODS {
        let answer = solve(method, &one, &Options::default());
        assert_eq!((answer.ended, answer.heights.as_slice()), (Ended::Tolerance, &[0.0][..]));
        // W₂² = Σ ∫(x − 0.3)² = 5 (1/12 + 0.04).
        let exact = 5.0 * (1.0 / 12.0 + 0.04);
        assert!(
            (answer.measure.w2_dual.value - exact).abs() < 1e-3,
            "{:?}",
            answer.measure.w2_dual
        );
        let answer = solve(method, &twins, &Options::default());
        assert_eq!(answer.ended, Ended::Tolerance, "{method}");
        assert_eq!(answer.heights[0], answer.heights[2]);
        assert!((answer.measure.cell_masses[0] - 2.0 / 3.0).abs() < 0.02);
        assert_eq!(answer.measure.cell_masses[2], 0.0);
    }
}

#[test]
fn the_same_seed_gives_the_same_answer_whatever_the_threads() {
    let problem = Problem::new(Law::Cube, 6, &clustered(100, 6, 5), None).unwrap();
    let options = Options { tolerance: 0.05, seed: 11, ..Options::default() };
    for method in METHODS {
        let run = |threads: usize, seed: u32| {
            let machines = Devices { device: Device::Cpu, threads };
            let options = Options { seed, ..options };
            pollster::block_on(async {
                match method {
                    "adam" => adam::solve(&problem, &machines, &options, None, &mut ()).await,
                    "lbfgs" => lbfgs::solve(&problem, &machines, &options, None, &mut ()).await,
                    _ => hierarchical::solve(&problem, &machines, &options, None, &mut ()).await,
                }
            })
            .unwrap()
        };
        let first = run(1, 11);
        assert_eq!(first.heights, run(3, 11).heights, "{method}");
        assert_ne!(first.heights, run(1, 12).heights, "{method}");
    }
}

/// Ends a solve at its k-th look.
struct Ender(usize);

impl Observer for Ender {
    async fn look(&mut self, progress: &Progress<'_>) -> ControlFlow<()> {
        assert!(progress.heights.is_empty() || progress.heights.len() == 300);
        self.0 -= 1;
        if self.0 == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_cancelled_solve_gives_its_best_and_can_go_on() {
    let problem = Problem::new(Law::Cube, 4, &clustered(300, 4, 6), None).unwrap();
    let options = Options { tolerance: 0.03, ..Options::default() };
    for method in METHODS {
        for look in [1, 2, 6] {
            let answer = solve_watched(method, &problem, &options, None, &mut Ender(look));
            assert_eq!(answer.ended, Ended::Cancelled, "{method} {look}");
            assert_eq!(answer.heights.len(), 300);
            assert!(answer.heights.iter().all(|h| h.is_finite()));
            let whole = solve_watched(method, &problem, &options, Some(&answer.heights), &mut ());
            assert_eq!(whole.ended, Ended::Tolerance, "{method} {look}");
        }
    }
}

#[test]
fn a_solve_says_honestly_why_it_stopped() {
    let problem = Problem::new(Law::Cube, 3, &clustered(64, 3, 7), None).unwrap();
    for method in METHODS {
        // Far too few samples for this tolerance.
        let options = Options {
            tolerance: 1e-5,
            samples: Some(256),
            max_samples: 1024,
            ..Options::default()
        };
        let answer = solve(method, &problem, &options);
        assert!(
            matches!(answer.ended, Ended::Noise | Ended::Starved),
            "{method} {:?}",
            answer.ended
        );
        let options = Options { max_iterations: 2, tolerance: 1e-3, ..Options::default() };
        let answer = solve(method, &problem, &options);
        assert!(
            matches!(answer.ended, Ended::Iterations | Ended::Starved) || method == "hierarchical",
            "{method} {:?}",
            answer.ended
        );
    }
    // A mass that no sample will see.
    let mut masses = vec![1.0; 64];
    masses[9] = 1e-9;
    let problem = Problem::new(Law::Cube, 3, &clustered(64, 3, 7), Some(&masses)).unwrap();
    let options = Options { max_samples: 1 << 14, ..Options::default() };
    let answer = solve("adam", &problem, &options);
    assert_eq!((answer.ended, answer.measure.starved.as_slice()), (Ended::Starved, &[9][..]));
}

#[test]
fn bad_input_is_named() {
    use transport::monte_carlo::ProblemError;
    let err = |d, sites: &[f64], masses: Option<&[f64]>| {
        Problem::new(Law::Cube, d, sites, masses).unwrap_err()
    };
    assert_eq!(err(0, &[1.0], None), ProblemError::Dimension { dimension: 0 });
    assert_eq!(err(257, &[1.0; 257], None).code(), "dimension");
    assert_eq!(err(2, &[1.0; 3], None).code(), "coordinates");
    assert_eq!(err(2, &[], None).code(), "no-sites");
    let bad = err(2, &[0.0, 1.0, f64::NAN, 2.0], None);
    assert_eq!((bad.code(), bad.index()), ("site-not-finite", Some(1)));
    assert_eq!(err(1, &[0.0, 1.0], Some(&[1.0, -1.0])).index(), Some(1));
    assert_eq!(err(1, &[0.0, 1.0], Some(&[1.0])).code(), "length-mismatch");
    assert_eq!(err(1, &vec![0.5; 100_001], None).code(), "too-many-sites");
    assert!(err(2, &[1.0; 3], None).to_string().contains("give each site 2"));
}
