//! Recorded solves: Newton's quadratic fall, and that what a recording says of its states, steps and
//! tries is true when it is computed again from the heights.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod common;

use std::ops::ControlFlow;

use common::{grid_samples, last_three, numpy_points, uniform_points};
use rand::{RngExt as _, SeedableRng as _};
use rand_pcg::Pcg64;
use transport::trace::{Arrival, Method, Options, Recording, Start, State, Verdict, record};
use transport::{ConvexPolygon, Plan, PlanError, Point, Progress, Source, Stopped, Target, newton};

fn go_on(_: &Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A recording from heights by a generator with the seed 1.
fn recorded(
    source: &Source,
    target: &Target,
    method: Method,
    from: &[f64],
    options: Options,
) -> Recording {
    let mut rng = Pcg64::seed_from_u64(1);
    let recording = record(source, target, method, from, &options, &mut rng, &mut go_on).unwrap();
    check(source, target, &recording, &options);
    recording
}

fn from_start(
    source: &Source,
    target: &Target,
    method: Method,
    start: Start,
    options: Options,
) -> Recording {
    recorded(source, target, method, &start.heights(source, target).unwrap(), options)
}

fn square() -> Source {
    Source::uniform(ConvexPolygon::unit_square())
}

fn equal(sites: &[Point]) -> Target {
    Target::new(sites, None).unwrap()
}

/// What must hold of any recording.
fn check(source: &Source, target: &Target, recording: &Recording, options: &Options) {
    let states = &recording.states;
    assert!(states.len() <= options.most_states.max(2));
    assert!(recording.stride.is_power_of_two());
    assert_eq!((states[0].iteration, states[0].arrival), (0, Arrival::Start));
    assert_eq!(states.last().unwrap().iteration, recording.iterations);
    assert!(recording.iterations <= options.max_steps);
    let (last, others) = states.split_last().unwrap();
    assert!(others.iter().enumerate().all(|(k, s)| s.iteration == k * recording.stride));
    assert!(last.iteration > others.last().map_or(0, |s| s.iteration) || others.is_empty());
    assert_eq!(recording.stopped == Stopped::Tolerance, last.residual <= options.tolerance);
    // Of the products of coordinates that heights are made of.
    let farthest = |points: &[Point]| points.iter().flatten().fold(0.0f64, |m, c| m.max(c.abs()));
    let scale = 1.0 + farthest(source.domain().vertices()) * farthest(target.sites());
    for (k, state) in states.iter().enumerate() {
        check_state(source, target, state, k % states.len().div_ceil(6) == 0);
        let next = states.get(k + 1).filter(|next| next.iteration == state.iteration + 1);
        if let Some(next) = next.filter(|next| next.arrival == Arrival::Step) {
            check_step(recording.method, state, next, scale);
        }
    }
    if recording.stride == 1 && recording.method != Method::Adam {
        let tries: usize = states.iter().map(|s| s.tries.len()).sum();
        let raised = states.iter().filter(|s| s.arrival == Arrival::Raised).count();
        assert_eq!(recording.evaluations, 1 + tries + raised);
    }
}

/// `exactly`: by a diagram of its own.
fn check_state(source: &Source, target: &Target, state: &State, exactly: bool) {
    assert_eq!(state.heights.len(), target.len());
    let size = state.heights.iter().fold(0.0f64, |m, h| m.max(h.abs()));
    assert!(state.heights.iter().sum::<f64>().abs() <= 1e-12 * (1.0 + size) * target.len() as f64);
    if !exactly {
        return;
    }
    let plan = Plan::from_heights(source, target, &state.heights).unwrap();
    let report = &plan.report;
    // The heights given out are rounded, which a tiny cell feels: what does a little more of it do?
    let shake = |(k, h): (usize, &f64)| h + [4.0, -4.0, 2.0][k % 3] * f64::EPSILON * size;
    let shaken: Vec<f64> = state.heights.iter().enumerate().map(shake).collect();
    let shaken = Plan::from_heights(source, target, &shaken).unwrap().report.residual;
    let rounding = 4.0 * report.precision_limit + 2.0 * (shaken - report.residual).abs();
    assert!(
        (report.residual - state.residual).abs() <= rounding + 1e-12 * state.residual,
        "{} {}",
        report.residual,
        state.residual
    );
    let size = 1.0 + size + report.energy.abs();
    assert!(
        (report.energy - state.energy).abs() < 1e-13 * size,
        "{} {}",
        report.energy,
        state.energy
    );
    let none = |(w, v): &(&f64, &f64)| **w < 1e-12 && **w < 0.5 * **v;
    let empty = plan.cell_masses.iter().zip(&plan.masses).filter(none).count();
    assert_eq!(empty, state.empty);
}

/// A step leads where it says, from the last try.
fn check_step(method: Method, state: &State, next: &State, scale: f64) {
    let size = state.heights.iter().chain(&next.heights).fold(scale, |m, h| m.max(h.abs()));
    assert!(state.direction.iter().sum::<f64>().abs() <= 1e-9 * (1.0 + size / next.step));
    for ((h, d), to) in state.heights.iter().zip(&state.direction).zip(&next.heights) {
        assert!((h + next.step * d - to).abs() <= 1e-13 * size, "{h} {d} {to}");
    }
    if method == Method::Adam {
        assert!(state.tries.is_empty() && next.samples > 0);
    } else {
        let (last, rejected) = state.tries.split_last().unwrap();
        assert_eq!((last.tau, last.verdict), (next.step, Verdict::Accepted));
        assert!(rejected.iter().all(|t| t.verdict != Verdict::Accepted));
    }
}

/// On a uniform source √wᵢ is concave in the heights (a blend of heights has cells that contain the
/// blends of the cells, and Brunn and Minkowski), so after a full step wᵢ ≤ νᵢ + (wᵢ − νᵢ)²/4wᵢ, w
/// on the right being the masses before. A residual r thus leaves no cell too large by more than
/// r²/4(1 − r); and these excesses are, together, what other cells lack.
const QUARTER: f64 = 0.25;

#[test]
fn newton_falls_quadratically_and_ends_where_the_solver_does() {
    for (name, sites) in [
        ("uniform", (0..10).map(|seed| uniform_points(128, seed)).collect::<Vec<_>>()),
        ("grid", (0..10).map(|seed| grid_samples(128, seed)).collect()),
    ] {
        for (seed, sites) in sites.iter().enumerate() {
            let target = equal(sites);
            // Both go on until f64 ends them.
            let options = Options { tolerance: 1e-14, ..Options::default() };
            let recording =
                from_start(&square(), &target, Method::Newton, Start::Homothetic, options);
            let (last, next) = last_three(&recording);
            let below = |r: f64| QUARTER * r * r / (1.0 - r) + recording.precision_limit;
            assert!(
                last[1] <= below(last[0]) && last[2] <= below(last[1]) && next <= below(last[2]),
                "{name} {seed}: {last:?} {next}"
            );
            let strict = newton::Options { tolerance: 1e-14, ..newton::Options::default() };
            let plan = newton::solve(square(), &target, &strict, None, &mut go_on).unwrap();
            let end = &recording.states.last().unwrap().heights;
            for (a, b) in end.iter().zip(&plan.heights) {
                assert!((a - b).abs() < 1e-12, "{name} {seed}: {a} {b}");
            }
        }
    }
}

#[test]
fn a_full_step_overfills_no_cell_by_more_than_a_quarter_of_the_square() {
    let mut rng = Pcg64::seed_from_u64(5);
    let disk = Source::uniform(ConvexPolygon::disk([0.3, 0.4], 0.8, 64).unwrap());
    let mut steps = 0;
    for seed in 0..6 {
        let masses: Vec<f64> = (0..60).map(|_| 0.05 + rng.random::<f64>()).collect();
        let target = Target::new(&grid_samples(60, seed), Some(&masses)).unwrap();
        let start = Start::Homothetic;
        let recording = from_start(&disk, &target, Method::Newton, start, Options::default());
        let plans: Vec<Plan> = recording
            .states
            .iter()
            .map(|s| Plan::from_heights(&disk, &target, &s.heights).unwrap())
            .collect();
        for (k, pair) in plans.windows(2).enumerate() {
            if recording.states[k + 1].step < 1.0 {
                continue;
            }
            steps += 1;
            let (mut lack, mut allowed) = (0.0, 0.0);
            for i in 0..target.len() {
                let (w, v) = (pair[0].cell_masses[i], target.masses()[i]);
                let excess = QUARTER * (w - v) * (w - v) / w;
                assert!(pair[1].cell_masses[i] <= v + excess + 1e-13);
                lack += (v - pair[1].cell_masses[i]).max(0.0);
                allowed += excess;
            }
            assert!(lack <= allowed + 1e-12);
        }
    }
    assert!(steps >= 18, "{steps}");
}

/// Tries by verdict, each recomputed from the heights it was made at.
fn tally(
    source: &Source,
    target: &Target,
    recording: &Recording,
    judge: impl Fn(&State, &Plan, &Plan, f64, Verdict) -> bool,
) -> [usize; 4] {
    let mut tally = [0; 4];
    for state in &recording.states {
        let here = Plan::from_heights(source, target, &state.heights).unwrap();
        for t in &state.tries {
            let trial: Vec<f64> =
                state.heights.iter().zip(&state.direction).map(|(h, d)| h + t.tau * d).collect();
            let there = Plan::from_heights(source, target, &trial).unwrap();
            assert!(
                judge(state, &here, &there, t.tau, t.verdict),
                "state {} of {:?}: {t:?}",
                state.iteration,
                recording.method
            );
            tally[t.verdict.code() as usize] += 1;
        }
    }
    tally
}

fn slope(state: &State, plan: &Plan) -> f64 {
    let gradient = plan.cell_masses.iter().zip(&plan.masses).map(|(w, v)| w - v);
    gradient.zip(&state.direction).map(|(g, d)| g * d).sum()
}

#[test]
fn newtons_verdicts_are_true() {
    let mut rng = Pcg64::seed_from_u64(3);
    let mut all = [0; 4];
    for seed in 0..8 {
        let masses: Vec<f64> = (0..64).map(|_| 10f64.powf(-3.0 * rng.random::<f64>())).collect();
        let target = Target::new(&grid_samples(64, seed), Some(&masses)).unwrap();
        let recording =
            from_start(&square(), &target, Method::Newton, Start::Homothetic, Options::default());
        let start = Plan::from_heights(square(), &target, &recording.states[0].heights).unwrap();
        let merit = |p: &Plan| -> f64 {
            p.cell_masses.iter().zip(&p.masses).map(|(w, v)| (w - v) * (w - v) / v).sum()
        };
        // Halfway between two numbers is where rounding may decide.
        let slack = 1e-9;
        let tally = tally(&square(), &target, &recording, |_, here, there, tau, verdict| {
            let floor = |i: usize| 0.5 * there.masses[i].min(start.cell_masses[i]);
            let n = there.masses.len();
            let starved = (0..n).any(|i| there.cell_masses[i] < floor(i) * (1.0 - slack));
            let nearly = (0..n).any(|i| there.cell_masses[i] < floor(i) * (1.0 + slack));
            let promise = 1.0 - 0.5 * tau;
            let falls = |slack: f64| {
                merit(there) <= promise * promise * merit(here) * (1.0 + slack)
                    || there.report.residual <= promise * here.report.residual * (1.0 + slack)
            };
            let limit = 4.0 * here.report.precision_limit / here.report.residual;
            match verdict {
                Verdict::Cell => nearly,
                Verdict::Rise => !starved && !falls(-slack - limit),
                Verdict::Accepted => !starved && falls(slack + limit),
                Verdict::Short => false,
            }
        });
        all.iter_mut().zip(tally).for_each(|(a, t)| *a += t);
    }
    let [accepted, cell, rise, short] = all;
    assert!(accepted > 60 && cell > 10 && short == 0, "{accepted} {cell} {rise}");
}

#[test]
fn verdicts_on_the_energy_are_true() {
    let target = equal(&grid_samples(48, 2));
    for (method, share) in [(Method::Gradient, 0.5), (Method::Lbfgs, 1e-4)] {
        let mut all = [0; 4];
        for start in [Start::Homothetic, Start::Zero] {
            let options = Options { max_steps: 120, ..Options::default() };
            let recording = from_start(&square(), &target, method, start, options);
            let tally =
                tally(&square(), &target, &recording, |state, here, there, tau, verdict| {
                    let (before, after) = (slope(state, here), slope(state, there));
                    let fall = there.report.energy - here.report.energy - share * tau * before;
                    let noise = 1e-14 * (1.0 + here.report.energy.abs());
                    let steep = after / before;
                    match verdict {
                        Verdict::Accepted => {
                            fall <= noise && (method == Method::Gradient || steep < 0.9 + 1e-9)
                        }
                        Verdict::Rise => fall >= -noise,
                        Verdict::Short => fall <= noise && steep > 0.9 - 1e-9,
                        Verdict::Cell => false,
                    }
                });
            all.iter_mut().zip(tally).for_each(|(a, t)| *a += t);
        }
        let [accepted, cell, rise, short] = all;
        assert!(accepted == 240 && cell == 0 && rise > 2, "{method:?} {all:?}");
        assert_eq!(short > 0, method == Method::Lbfgs, "{all:?}");
    }
}

/// −direction of steepest descent is the gradient, also where cells are empty.
#[test]
fn the_gradient_is_the_energys_slope() {
    let disk = Source::uniform(ConvexPolygon::disk([3.0, -2.0], 0.7, 48).unwrap());
    let bell = Source::gaussian(ConvexPolygon::unit_square(), [0.4, 0.7], 0.3).unwrap();
    for source in [disk, bell] {
        let target = Target::new(&numpy_points(20), Some(&[0.3; 20])).unwrap();
        for start in [Start::Homothetic, Start::Zero] {
            let from = start.heights(&source, &target).unwrap();
            let one = Options { max_steps: 1, ..Options::default() };
            let gradient = &recorded(&source, &target, Method::Gradient, &from, one).states[0];
            let energy = |i: usize, by: f64| {
                let mut moved = from.clone();
                moved[i] += by;
                let none = Options { max_steps: 0, ..Options::default() };
                recorded(&source, &target, Method::Gradient, &moved, none).states[0].energy
            };
            let step = 1e-6;
            for i in 0..target.len() {
                let slope = (energy(i, step) - energy(i, -step)) / (2.0 * step);
                assert!((slope + gradient.direction[i]).abs() < 3e-9, "{i}: {slope}");
            }
        }
    }
}

#[test]
fn descent_on_the_energy_never_rises_and_all_agree() {
    let mut rng = Pcg64::seed_from_u64(8);
    let masses: Vec<f64> = (0..40).map(|_| 0.2 + rng.random::<f64>()).collect();
    let target = Target::new(&uniform_points(40, 4), Some(&masses)).unwrap();
    let exact = Start::Solved.heights(square(), &target).unwrap();
    for start in [Start::Homothetic, Start::Zero] {
        for (method, tolerance) in
            [(Method::Newton, 1e-12), (Method::Lbfgs, 1e-10), (Method::Gradient, 1e-4)]
        {
            let options = Options { tolerance, max_steps: 4_000, ..Options::default() };
            let recording = from_start(&square(), &target, method, start, options);
            assert_eq!(recording.stopped, Stopped::Tolerance, "{method:?} {start:?}");
            let states = &recording.states;
            if method == Method::Newton {
                // Its steps are judged by the residual.
                let first = usize::from(states[1].arrival == Arrival::Raised);
                assert_eq!(first == 1, start == Start::Zero);
                assert!(states[first..].windows(2).all(|s| s[1].residual < s[0].residual));
            } else {
                let falls = |s: &[State]| s[1].energy <= s[0].energy + 4e-16;
                assert!(states.windows(2).all(falls), "{method:?} {start:?}");
            }
            let end = &states.last().unwrap().heights;
            let off = exact.iter().zip(end).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(off < tolerance, "{method:?} {start:?}: {off}");
        }
    }
}

/// Energies under a Gaussian are known to 10⁻¹¹ only; near the minimum slopes take over.
#[test]
fn under_a_gaussian_descent_goes_as_far() {
    let bell = Source::gaussian(ConvexPolygon::unit_square(), [0.4, 0.7], 0.3).unwrap();
    let target = equal(&uniform_points(16, 9));
    for (method, tolerance) in [(Method::Newton, 1e-11), (Method::Lbfgs, 1e-9)] {
        let options = Options { tolerance, ..Options::default() };
        let recording = from_start(&bell, &target, method, Start::Zero, options);
        assert_eq!(recording.stopped, Stopped::Tolerance, "{method:?}");
        assert!(recording.states.windows(2).all(|s| s[1].energy <= s[0].energy + 1e-11));
    }
}

/// From h = 0 most cells are empty. All methods find the way, Newton's by raising the planes first.
#[test]
fn from_zero_empty_cells_fill() {
    let target = equal(&uniform_points(60, 1));
    for method in Method::ALL {
        let options = Options { max_steps: 600, tolerance: 1e-3, ..Options::default() };
        let recording = from_start(&square(), &target, method, Start::Zero, options);
        let states = &recording.states;
        assert!(states[0].empty > 30 && states[0].residual > 1.0);
        assert!(states[0].heights.iter().all(|h| *h == 0.0));
        assert_eq!(states.last().unwrap().empty, 0, "{method:?}");
        assert!(states.last().unwrap().energy < states[0].energy);
        let raised: Vec<_> = states.iter().filter(|s| s.arrival == Arrival::Raised).collect();
        if method == Method::Newton {
            assert_eq!((raised.len(), raised[0].iteration, raised[0].empty), (1, 1, 0));
            assert!(raised[0].step > 0.0 && raised[0].step <= 1.0);
            assert!(states[0].direction.is_empty() && states[0].tries.is_empty());
        } else {
            assert!(raised.is_empty());
        }
    }
}

/// One plane pushed down out of sight from the solution: the raised planes are near it again.
#[test]
fn a_plane_pushed_down_is_raised_without_a_start_anew() {
    let target = equal(&numpy_points(64));
    let mut heights = Start::Solved.heights(square(), &target).unwrap();
    heights[17] -= 0.2;
    let recording = recorded(&square(), &target, Method::Newton, &heights, Options::default());
    assert_eq!((recording.states[0].empty, recording.stopped), (1, Stopped::Tolerance));
    assert_eq!(recording.states[1].arrival, Arrival::Raised);
    assert!(recording.states[1].step < 0.5 && recording.states[1].residual < 1.5);
}

#[test]
fn adam_is_the_monte_carlo_solvers() {
    let target = equal(&uniform_points(30, 3));
    let from = Start::Homothetic.heights(square(), &target).unwrap();
    let options = Options { max_steps: 580, samples: Some(1 << 15), ..Options::default() };
    let recording = recorded(&square(), &target, Method::Adam, &from, options);
    assert_eq!(recording, recorded(&square(), &target, Method::Adam, &from, options));
    let states = &recording.states;
    // The first step is a rate's length up or down, as the samples say.
    let plan = Plan::from_heights(square(), &target, &from).unwrap();
    let raw = |i: usize| states[0].direction[i] - states[0].direction[0];
    let sure = |i: &usize| {
        let (w, v) = (plan.cell_masses[*i], plan.masses[*i]);
        (w - v).abs() > 6.0 * (w / f64::from(states[1].samples)).sqrt()
    };
    let too_small = |i: &usize| plan.cell_masses[*i] < plan.masses[*i];
    let (up, down): (Vec<usize>, Vec<usize>) = (0..30).filter(sure).partition(too_small);
    assert!(up.len() > 5 && down.len() > 5);
    for (a, b) in up.iter().zip(&down) {
        assert!((raw(*a) - raw(*b) - 2.0).abs() < 1e-5, "{} {}", raw(*a), raw(*b));
    }
    // The rate halves with each average, the samples never shrink, and the averages come nearer.
    let averaged: Vec<&State> = states.iter().filter(|s| s.arrival == Arrival::Averaged).collect();
    assert!(averaged.len() >= 3);
    let mut rate = states[1].step;
    for pair in states[1..].windows(2).filter(|p| p[1].arrival == Arrival::Step) {
        if pair[0].arrival == Arrival::Averaged {
            rate *= 0.5;
        } else {
            assert!(pair[1].samples == pair[0].samples);
        }
        assert!((pair[1].step - rate).abs() < 1e-6 * rate);
    }
    let end = averaged.last().unwrap();
    assert!(end.residual < 0.25 * averaged[0].residual && end.residual < 0.01, "{}", end.residual);
    let mut rng = Pcg64::seed_from_u64(2);
    let other = record(square(), &target, Method::Adam, &from, &options, &mut rng, &mut go_on);
    assert_ne!(other.unwrap().states[5].heights, states[5].heights);
}

#[test]
fn the_solved_start_needs_no_step() {
    let target = equal(&grid_samples(100, 1));
    for method in Method::ALL {
        let start = Start::Solved;
        let recording = from_start(&square(), &target, method, start, Options::default());
        assert_eq!((recording.iterations, recording.stopped), (0, Stopped::Tolerance));
        assert_eq!(recording.states.len(), 1);
        assert!(recording.states[0].residual < 1e-11);
    }
}

/// A recording that is thinned out has the same states as the whole, fewer of them.
#[test]
fn what_is_kept_is_told() {
    let target = equal(&uniform_points(30, 6));
    for method in [Method::Gradient, Method::Adam] {
        let options = Options { max_steps: 101, tolerance: 0.0, ..Options::default() };
        let whole = from_start(&square(), &target, method, Start::Zero, options);
        assert_eq!((whole.stride, whole.states.len()), (1, 102));
        for most_states in [0, 2, 3, 10, 101] {
            let options = Options { most_states, ..options };
            let few = from_start(&square(), &target, method, Start::Zero, options);
            assert_eq!(few.iterations, 101);
            assert!(few.states.iter().all(|s| *s == whole.states[s.iteration]));
            // No more is thrown away than needed.
            assert!(most_states < 4 || 2 * few.states.len() + 2 >= most_states);
        }
    }
}

#[test]
fn a_recording_can_be_cancelled_or_limited() {
    let target = equal(&grid_samples(60, 5));
    for method in Method::ALL {
        for start in [Start::Homothetic, Start::Zero] {
            let from = start.heights(square(), &target).unwrap();
            let mut seen = Vec::new();
            let mut stop_at_three = |p: &Progress| {
                seen.push(p.iteration);
                if p.iteration == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let mut rng = Pcg64::seed_from_u64(0);
            let options = Options::default();
            let recording =
                record(square(), &target, method, &from, &options, &mut rng, &mut stop_at_three)
                    .unwrap();
            assert_eq!((recording.stopped, recording.iterations), (Stopped::Cancelled, 3));
            assert_eq!((seen, recording.states.len()), (vec![0, 1, 2, 3], 4));
            for max_steps in [0, 1, 2] {
                let options = Options { max_steps, ..options };
                let recording = from_start(&square(), &target, method, start, options);
                assert_eq!(
                    (recording.stopped, recording.iterations),
                    (Stopped::Iterations, max_steps),
                    "{method:?} {start:?}"
                );
            }
        }
    }
}

#[test]
fn hostile_heights_are_refused() {
    let target = equal(&numpy_points(3));
    for method in Method::ALL {
        let mut rng = Pcg64::seed_from_u64(0);
        let mut err = |h: &[f64]| {
            record(square(), &target, method, h, &Options::default(), &mut rng, &mut go_on)
                .unwrap_err()
        };
        assert_eq!(err(&[0.0]), PlanError::HeightsLength { heights: 1, sites: 3 });
        assert_eq!(err(&[0.0, f64::NAN, 0.0]), PlanError::Height { index: 1 });
        assert_eq!(err(&[0.0, 0.0, f64::INFINITY]), PlanError::Height { index: 2 });
        assert_eq!(err(&[0.0, 1e300, 0.0]).code(), "bad-height");
    }
}

#[test]
fn hostile_targets_are_recorded() {
    let far = Source::uniform(ConvexPolygon::rectangle(1e4, -1e4, 1e4 + 2.0, 3.0 - 1e4).unwrap());
    let bell = Source::gaussian(ConvexPolygon::unit_square(), [0.2, 0.4], 0.25).unwrap();
    let line: Vec<Point> =
        (0..9).map(|k| [0.1 * f64::from(k), 0.3 + 0.05 * f64::from(k)]).collect();
    let lattice: Vec<Point> = (0..25).map(|k| [f64::from(k % 5), f64::from(k / 5)]).collect();
    let decades: Vec<f64> = (0..12).map(|k| 10f64.powi(-(k % 7))).collect();
    let targets = [
        equal(&[[7.0, -3.0]]),
        equal(&[[0.2, 0.2]; 4]),
        equal(&[[0.2, 0.2], [0.7, 0.6], [0.2, 0.2], [0.1, 0.9]]),
        Target::new(&[[0.0, 0.5], [1.0, 0.5]], Some(&[1e-12, 1.0])).unwrap(),
        equal(&line),
        equal(&lattice),
        Target::new(&grid_samples(12, 3), Some(&decades)).unwrap(),
    ];
    for source in [square(), far, bell] {
        for target in &targets {
            for start in Start::ALL {
                let from = start.heights(&source, target).unwrap();
                for method in Method::ALL {
                    let options = Options { max_steps: 24, samples: Some(0), ..Options::default() };
                    let recording = recorded(&source, target, method, &from, options);
                    let last = recording.states.last().unwrap();
                    assert!(last.heights.iter().all(|h| h.is_finite()) && last.energy.is_finite());
                    for (i, j) in target.merged() {
                        assert_eq!(last.heights[*i as usize], last.heights[*j as usize]);
                    }
                }
            }
            let options = Options { tolerance: f64::NAN, max_steps: 12, ..Options::default() };
            let never = from_start(&source, target, Method::Newton, Start::Homothetic, options);
            assert_ne!(never.stopped, Stopped::Tolerance);
        }
    }
}

#[test]
fn names_are_read_back() {
    assert!(Method::ALL.into_iter().all(|m| Method::from_name(m.name()) == Some(m)));
    assert!(Start::ALL.into_iter().all(|s| Start::from_name(s.name()) == Some(s)));
    assert_eq!((Method::from_name("sgd"), Start::from_name("")), (None, None));
}
