//! Clusters first, then within each cluster's cell, then all together.

use std::ops::ControlFlow;

use super::cell_mass::{CellMass, Draw, Estimate, MachineError, Planes, Want};
use super::clusters::{Clusters, clusters};
use super::lift::Rows;
use super::problem::Problem;
use super::run::{Run, Stop};
use super::solve::{Answer, Ended, Machines, Observer, Options, Progress};
use super::start::{balanced, given_or_balanced};
use super::{adam, lbfgs};

/// Below so many sites there is nothing to divide.
const FEW: usize = 32;

/// Up to this dimension the last pass is on fixed samples: a low-discrepancy sequence is then worth
/// many times as many independent samples. In higher ones heights that fit M samples are off by
/// √(N/M) on others, and steps on ever fresh ones get farther for the same work.
const LOW: usize = 3;

/// Samples for each site within its cluster.
const SAMPLES_A_SITE: usize = 64;

/// Most numbers that those samples may be.
const ROOM: usize = if cfg!(target_arch = "wasm32") { 1 << 24 } else { 1 << 27 };

/// Solves in three passes. First √N clusters of sites, each one Dirac mass at its mean: a problem
/// that √N planes a sample decide. Then, in each cluster's cell, the transport from the source
/// there to the cluster's sites, on samples drawn once and sorted by cell: √N planes a sample
/// again. Last, the planes of all clusters put together, each cluster raised so that its potential
/// has over its cell the mean that its one plane had there, and L-BFGS (module [`lbfgs`]) or, in
/// many dimensions, Adam (module [`adam`]) from there: the two levels alone give each site its mass
/// by a map that is not a gradient across clusters.
///
/// `start` are heights of all sites: given, they leave only the last pass to do.
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
    let mut account = Account::default();
    let planes = problem.planes(options.sequence);
    let levels = match start {
        Some(heights) => Ok(problem.local_heights(heights)),
        None => levels(problem, machines, options, observer, &mut account).await,
    };
    let mut machine = machines.open(planes).await?;
    let (start, stop) = match levels {
        Ok(start) => (start, None),
        Err(Stop::Machine(e)) => return Err(e),
        Err(stop) => (given_or_balanced(problem, &mut machine, options, None).await?, Some(stop)),
    };
    let mut run = Run::new(problem, machine, observer, *options, "hierarchical", start.clone());
    (run.iteration, run.samples) = (account.iterations, account.samples);
    let ended = match stop {
        Some(stop) => Err(stop),
        None => together(&mut run, machines, &start).await,
    };
    run.finish(ended).await
}

/// The last pass, from the heights that the first two gave.
async fn together<S: Machines, O: Observer>(
    run: &mut Run<'_, S::Machine, O>,
    machines: &S,
    start: &[f64],
) -> Result<Ended, Stop> {
    run.enter("measuring");
    run.consider(start).await?;
    if run.problem.dimension() <= LOW {
        lbfgs::descend(run, machines).await
    } else {
        // The start is near: steps that are long beside what is left would spoil it.
        let rate = 0.2 * run.options.rate;
        adam::descend(run, rate).await
    }
}

/// Steps and samples of the passes on clusters.
#[derive(Default)]
struct Account {
    iterations: usize,
    samples: u64,
}

/// Passes progress on from a part of the problem, whose heights mean nothing to the whole.
struct Part<'a, O> {
    observer: &'a mut O,
    phase: &'static str,
    iterations: usize,
    samples: u64,
    cancelled: bool,
}

impl<O: Observer> Observer for Part<'_, O> {
    async fn look(&mut self, progress: &Progress<'_>) -> ControlFlow<()> {
        let whole = Progress {
            phase: self.phase,
            iteration: self.iterations + progress.iteration,
            samples: self.samples + progress.samples,
            heights: &[],
            rms: f64::INFINITY,
            ..*progress
        };
        let go = self.observer.look(&whole).await;
        self.cancelled |= go.is_break();
        go
    }
}

/// Heights from the two levels, in the machine's units.
async fn levels<S: Machines, O: Observer>(
    problem: &Problem,
    machines: &S,
    options: &Options,
    observer: &mut O,
    account: &mut Account,
) -> Result<Vec<f64>, Stop> {
    let n = problem.places().len();
    if n < FEW {
        let mut machine = machines.open(problem.planes(options.sequence)).await?;
        return Ok(given_or_balanced(problem, &mut machine, options, None).await?);
    }
    let count = (n as f64).sqrt().ceil() as usize;
    let groups = clusters(problem, machines, options.sequence, count, options.seed).await?;
    let coarse = coarse(problem, &groups);
    let settings = Options { tolerance: options.tolerance.max(0.01), samples: None, ..*options };
    let mut part =
        Part { observer, phase: "clusters", iterations: 0, samples: 0, cancelled: false };
    let answer = adam::solve(&coarse, machines, &settings, None, &mut part).await?;
    *account = Account { iterations: answer.iterations, samples: answer.samples };
    if part.cancelled {
        return Err(Stop::Cancelled);
    }
    let levels = coarse.local_heights(&answer.heights);
    let (samples, top) = sorted(problem, machines, options, &coarse, &levels).await?;
    account.samples += top.samples;
    part.phase = "within clusters";
    let mut heights = vec![0.0; n];
    for (k, (members, samples)) in groups.members.iter().zip(samples).enumerate() {
        (part.iterations, part.samples) = (account.iterations, account.samples);
        let centre = &groups.centres[k * problem.dimension()..][..problem.dimension()];
        let cell = Cell { members, centre, level: coarse.scale() * levels[k], samples };
        let done = within(problem, machines, options, cell, &mut heights, &mut part).await?;
        account.iterations += done.iterations;
        account.samples += done.samples;
    }
    Ok(heights)
}

/// Each cluster as one Dirac mass at its mean; sites in the machine's units of the whole.
fn coarse(problem: &Problem, groups: &Clusters) -> Problem {
    let mass = |i: &u32| problem.masses()[problem.places()[*i as usize] as usize];
    let masses: Vec<f64> = groups.members.iter().map(|m| m.iter().map(mass).sum()).collect();
    problem.part(&groups.centres, &masses)
}

/// Samples of the source sorted by the cluster's cell that they lie in, M × d each.
async fn sorted<S: Machines>(
    problem: &Problem,
    machines: &S,
    options: &Options,
    coarse: &Problem,
    levels: &[f64],
) -> Result<(Vec<Vec<f32>>, Estimate), MachineError> {
    let (n, d) = (problem.places().len(), problem.dimension());
    let count = (SAMPLES_A_SITE * n).clamp(4_096, (ROOM / d).max(4_096)) as u32;
    let draw = Draw { seed: options.seed ^ 0x5bd1_e995, first: 0, count };
    let planes = coarse.planes(options.sequence);
    let samples = machines.samples(&planes, draw);
    let mut machine = machines.open(planes).await?;
    let want = Want { winners: true, ..Want::default() };
    let estimate = machine.estimate(levels, draw, want).await?;
    // Clusters at one place have become one plane, the first one's; the others' cells are empty.
    let mut cells = vec![Vec::new(); coarse.len()];
    for (x, k) in samples.chunks_exact(d).zip(&estimate.winners) {
        cells[coarse.places()[*k as usize] as usize].extend_from_slice(x);
    }
    Ok((cells, estimate))
}

/// A cluster's cell.
struct Cell<'a> {
    members: &'a [u32],
    centre: &'a [f64],
    /// The height of the cluster's one plane.
    level: f64,
    /// M × d.
    samples: Vec<f32>,
}

/// Solves within a cell, and puts the heights of its planes in their places. In coordinates
/// x = m + t x″ with m the mean and t the size of the cell, where the problem looks like one on the
/// unit cube: ⟨x, y⟩ + h = t (⟨x″, y⟩ + k) for h = t k − ⟨m, y⟩.
async fn within<S: Machines, O: Observer>(
    problem: &Problem,
    machines: &S,
    options: &Options,
    mut cell: Cell<'_>,
    heights: &mut [f64],
    observer: &mut O,
) -> Result<Account, Stop> {
    let d = problem.dimension();
    let count = cell.samples.len() / d;
    let whole = problem.planes(options.sequence);
    let site = |i: u32| whole.sites[i as usize * d..][..d].iter().map(|y| f64::from(*y));
    if count < 2 {
        cell.members.iter().for_each(|i| heights[*i as usize] = cell.level);
        return Ok(Account::default());
    }
    let (mean, size) = standardise(&mut cell.samples, d);
    let along =
        |y: &mut dyn Iterator<Item = f64>| -> f64 { y.zip(&mean).map(|(y, m)| y * m).sum() };
    let sites: Vec<f64> = cell.members.iter().flat_map(|i| site(*i)).collect();
    let masses: Vec<f64> = cell
        .members
        .iter()
        .map(|i| problem.masses()[problem.places()[*i as usize] as usize])
        .collect();
    let part = problem.part(&sites, &masses);
    let planes: Planes = part.planes(options.sequence);
    let mut machine = machines.of_samples(planes, cell.samples.clone());
    let draw = Draw { seed: 0, first: 0, count: count as u32 };
    let start = balanced(&mut machine, draw).await?;
    let mut run = Run::new(&part, machine, observer, *options, "hierarchical", start.clone());
    run.batch = draw.count;
    let mut local = start;
    let rows = Rows { machines, given: Some(&cell.samples) };
    lbfgs::on_sample(&mut run, draw, &mut local, &rows).await?;
    let (iterations, samples) = (run.iteration, run.samples);
    let top = run.machine.estimate(&local, draw, Want::default()).await?.top / count as f64;
    let raise = cell.level + along(&mut cell.centre.iter().copied()) - size * part.scale() * top;
    let all = part.spread_out(&local);
    for (i, k) in cell.members.iter().zip(all) {
        heights[*i as usize] = size * part.scale() * k - along(&mut site(*i)) + raise;
    }
    Ok(Account { iterations, samples })
}

/// Takes the mean away and scales to the deviation of the unit cube's coordinates. Returns both.
fn standardise(samples: &mut [f32], d: usize) -> (Vec<f64>, f64) {
    let count = (samples.len() / d) as f64;
    let mut mean = vec![0.0; d];
    for x in samples.chunks_exact(d) {
        mean.iter_mut().zip(x).for_each(|(m, x)| *m += f64::from(*x) / count);
    }
    let square =
        |x: &[f32]| -> f64 { x.iter().zip(&mean).map(|(x, m)| (f64::from(*x) - m).powi(2)).sum() };
    let spread = samples.chunks_exact(d).map(square).sum::<f64>() / (count * d as f64);
    let size = if spread > 0.0 { (12.0 * spread).sqrt() } else { 1.0 };
    for x in samples.chunks_exact_mut(d) {
        x.iter_mut().zip(&mean).for_each(|(x, m)| *x = ((f64::from(*x) - m) / size) as f32);
    }
    (mean, size)
}
