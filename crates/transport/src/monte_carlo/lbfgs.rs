//! Descent on a fixed sample by L-BFGS, preconditioned by the Hessian that the sample shows.

use std::collections::VecDeque;

use super::cell_mass::{CellMass, Draw, Estimate, MachineError, Want};
use super::hessian::{Hessian, dot};
use super::lift::{Rows, lift};
use super::problem::Problem;
use super::run::{Run, Stop};
use super::solve::{Answer, Ended, Machines, Observer, Options};
use super::start::given_or_balanced;

/// Pairs of steps and changes of the gradient that are remembered.
const MEMORY: usize = 8;

/// Steps before the Hessian is sampled anew.
const RENEW: usize = 8;

/// Samples that the Hessian is sampled from, at most: it is only a preconditioner.
const HESSIAN_SAMPLES: u32 = 1 << 20;

/// So many larger samples in a row that bring nothing end the solve.
const PATIENCE: usize = 3;

/// A step this short is given up.
const SHORTEST: f64 = 1e-4;

/// A longer step must not starve a cell; that a shorter one does is not the step's fault.
const CAREFUL: f64 = 0.05;

/// Cells that starve again after so many liftings are too small for this sample.
const LIFTS: usize = 32;

/// Minimises the energy on a fixed sample, ∫u dμ replaced by its mean: convex, with a piecewise
/// constant gradient, by L-BFGS (Liu and Nocedal, Math. Program. 45, 1989) with a backtracking
/// line search. When the cells are as even as they can be on this sample, the sample is made four
/// times larger: from the same scramble, whose first points are those of before.
///
/// In place of the multiple of the identity that L-BFGS starts its recursion from stands the
/// inverse of the sampled Hessian (module `hessian`): the heights of neighbouring cells are
/// coupled through the whole graph, and a diagonal alone needs as many steps as the graph is wide.
///
/// `start` are heights of all sites, or the solve finds its own.
///
/// # Errors
/// What the machine says when it fails.
pub async fn solve<S: Machines, O: Observer>(
    problem: &Problem,
    machines: &S,
    options: &Options,
    start: Option<&[f64]>,
    observer: &mut O,
) -> Result<Answer, MachineError> {
    let mut machine = machines.open(problem.planes(options.sequence)).await?;
    let start = given_or_balanced(problem, &mut machine, options, start).await?;
    let mut run = Run::new(problem, machine, observer, *options, "lbfgs", start);
    let ended = descend(&mut run, machines).await;
    run.finish(ended).await
}

/// Descends from the best heights of `run`, on ever larger samples.
pub(crate) async fn descend<S: Machines, O: Observer>(
    run: &mut Run<'_, S::Machine, O>,
    machines: &S,
) -> Result<Ended, Stop> {
    let mut heights = run.best().to_vec();
    let rows = Rows { machines, given: None };
    let seed = run.seeds(1);
    let (mut before, mut fruitless) = (f64::INFINITY, 0);
    run.enter("lbfgs");
    run.pause().await?;
    loop {
        let draw = Draw { seed, first: 0, count: run.batch };
        if let Some(ended) = on_sample(run, draw, &mut heights, &rows).await? {
            return Ok(ended);
        }
        run.enter("measuring");
        let rms = run.consider(&heights).await?;
        run.enter("lbfgs");
        if run.reached() {
            return Ok(Ended::Tolerance);
        }
        fruitless = if rms > 0.9 * before { fruitless + 1 } else { 0 };
        before = rms;
        if run.batch >= run.options.max_samples || fruitless >= PATIENCE {
            return Ok(Ended::Noise);
        }
        run.batch = run.batch.saturating_mul(4).min(run.options.max_samples);
    }
}

/// The energy on a sample and its gradient.
struct Point {
    energy: f64,
    gradient: Vec<f64>,
    /// meanᵢ (ŵᵢ/νᵢ − 1)² on the sample.
    uneven: f64,
    /// Planes without a sample.
    starved: Vec<u32>,
}

impl Point {
    fn new(estimate: &Estimate, heights: &[f64], masses: &[f32]) -> Self {
        let m = estimate.samples as f64;
        let mut this = Self {
            energy: estimate.top / m,
            gradient: Vec::with_capacity(heights.len()),
            uneven: 0.0,
            starved: Vec::new(),
        };
        for (i, ((count, h), v)) in estimate.counts.iter().zip(heights).zip(masses).enumerate() {
            let v = f64::from(*v);
            this.energy -= v * h;
            this.gradient.push(*count as f64 / m - v);
            this.uneven += (*count as f64 / (m * v) - 1.0).powi(2) / masses.len() as f64;
            if *count == 0 {
                this.starved.push(i as u32);
            }
        }
        this
    }
}

/// Steps on one sample, until the cells are even to a tenth of a sample's noise, or as even as
/// its steps of 1/M let them be.
pub(crate) async fn on_sample<S: Machines, M: CellMass, O: Observer>(
    run: &mut Run<'_, M, O>,
    draw: Draw,
    heights: &mut Vec<f64>,
    rows: &Rows<'_, S>,
) -> Result<Option<Ended>, Stop> {
    let n = heights.len();
    let even = 0.01 * n as f64 / f64::from(draw.count);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    let mut hessian = Hessian::default();
    let mut point = evaluate(run, draw, heights).await?;
    let mut since = RENEW;
    let (mut stuck, mut lifts) = (0, 0);
    while point.uneven > even {
        if run.iteration >= run.options.max_iterations {
            return Ok(Some(Ended::Iterations));
        }
        if !point.starved.is_empty() {
            lifts += 1;
            if lifts > LIFTS {
                break;
            }
            run.samples += lift(rows, &mut run.machine, draw, heights, &point.starved).await?;
            point = evaluate(run, draw, heights).await?;
            since = RENEW;
        }
        if since >= RENEW {
            hessian = sampled(run, draw, heights).await?;
            memory.clear();
            since = 0;
        }
        let step = direction(&hessian, &memory, &point.gradient);
        let slope = dot(&point.gradient, &step);
        let mut tau = 1.0;
        let next = loop {
            let trial: Vec<f64> = heights.iter().zip(&step).map(|(h, s)| h + tau * s).collect();
            let found = evaluate(run, draw, &trial).await?;
            let kept = found.starved.len() <= point.starved.len() || tau < CAREFUL;
            if kept && found.energy <= point.energy + 1e-4 * tau * slope {
                break Some((trial, found));
            }
            tau *= 0.5;
            if tau < SHORTEST {
                break None;
            }
        };
        run.iteration += 1;
        since += 1;
        let Some((trial, found)) = next else {
            // The model no longer fits, or the sample has no more to give.
            if std::mem::replace(&mut since, RENEW) == 1 {
                break;
            }
            continue;
        };
        stuck = if found.uneven > 0.9 * point.uneven { stuck + 1 } else { 0 };
        let change: Vec<f64> =
            found.gradient.iter().zip(&point.gradient).map(|(a, b)| a - b).collect();
        let moved: Vec<f64> = step.iter().map(|s| tau * s).collect();
        if dot(&change, &moved) > 1e-10 * dot(&moved, &moved).sqrt() * dot(&change, &change).sqrt()
        {
            memory.push_back((moved, change));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        *heights = trial;
        point = found;
        run.show(heights).await?;
        if stuck >= 2 * RENEW {
            break;
        }
    }
    Ok(None)
}

async fn sampled<M: CellMass, O: Observer>(
    run: &mut Run<'_, M, O>,
    draw: Draw,
    heights: &[f64],
) -> Result<Hessian, Stop> {
    let part = Draw { count: draw.count.min(HESSIAN_SAMPLES), ..draw };
    let want = Want { seconds: true, ..Want::default() };
    let estimate = run.estimate(heights, part, want).await?;
    Ok(Hessian::sampled(&estimate, &run.machine.planes().masses))
}

async fn evaluate<M: CellMass, O: Observer>(
    run: &mut Run<'_, M, O>,
    draw: Draw,
    heights: &[f64],
) -> Result<Point, Stop> {
    let estimate = run.estimate(heights, draw, Want::default()).await?;
    Ok(Point::new(&estimate, heights, &run.machine.planes().masses))
}

/// The step of L-BFGS by its two loops, around the inverse of the sampled Hessian.
fn direction(
    hessian: &Hessian,
    memory: &VecDeque<(Vec<f64>, Vec<f64>)>,
    gradient: &[f64],
) -> Vec<f64> {
    let mut q = gradient.to_vec();
    let mut factors = Vec::with_capacity(memory.len());
    for (s, y) in memory.iter().rev() {
        let alpha = dot(s, &q) / dot(s, y);
        q.iter_mut().zip(y).for_each(|(q, y)| *q -= alpha * y);
        factors.push(alpha);
    }
    let mut step = hessian.solve(&q);
    for ((s, y), alpha) in memory.iter().zip(factors.into_iter().rev()) {
        // `step` is minus the vector of the textbook.
        let beta = -dot(y, &step) / dot(s, y);
        step.iter_mut().zip(s).for_each(|(r, s)| *r -= (alpha - beta) * s);
    }
    step
}
