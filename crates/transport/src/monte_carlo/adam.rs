//! Stochastic descent by Adam, with samples that grow and iterates that are averaged.

use super::cell_mass::{Adam, AdamSteps, CellMass, Draw, Estimate, MachineError};
use super::problem::Problem;
use super::run::{Run, Stop};
use super::solve::{Answer, Ended, Machines, Observer, Options};
use super::start::given_or_balanced;

/// Steps between two looks at the gradient's norm.
pub(crate) const BLOCK: u32 = 32;

/// Blocks in which the norm must fall below a share of its lowest, or the stage ends.
const PATIENCE: usize = 3;
const FALL: f64 = 0.95;

/// Samples are doubled where a stage leaves more than this share of the residual.
const GROW: f64 = 0.7;

/// Solves by Adam (Kingma and Ba, ICLR 2015) on fresh samples at each step, as the authors of the
/// paper do (An et al., "AE-OT", ICLR 2020, algorithm 1): when the norm of the gradient stalls,
/// the number of samples doubles.
///
/// Departs from them in four points: the gradient is relative, (wᵢ − νᵢ)/νᵢ, so that small masses
/// count; the step halves when the samples double; what is kept are the heights averaged over a
/// stage (Polyak and Juditsky, SIAM J. Control Optim. 30, 1992); and the solve stops by the
/// residual of fresh samples, not by the norm of the gradient it has just followed.
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
    let mut run = Run::new(problem, machine, observer, *options, "adam", start);
    let ended = descend(&mut run, options.rate).await;
    run.finish(ended).await
}

/// Descends from the best heights of `run`, in stages of ever more samples and shorter steps.
pub(crate) async fn descend<M: CellMass, O: Observer>(
    run: &mut Run<'_, M, O>,
    rate: f64,
) -> Result<Ended, Stop> {
    let mut rate = rate;
    let mut fruitless = 0;
    let mut before = f64::INFINITY;
    let mut adam = Adam::new(run.best().to_vec());
    run.enter("adam");
    run.pause().await?;
    if run.problem.places().len() == 1 {
        run.consider(&[0.0]).await?;
    }
    while !run.reached() {
        if let Some(ended) = stage(run, &mut adam, rate).await? {
            return Ok(ended);
        }
        run.enter("measuring");
        let rms = run.consider(&adam.average).await?;
        run.enter("adam");
        // The average is nearer to the answer than the last iterate is.
        adam.heights.clone_from(&adam.average);
        adam.first.fill(0.0);
        let most = run.batch >= run.options.max_samples;
        fruitless = if most && rms > 0.9 * before { fruitless + 1 } else { 0 };
        if fruitless >= PATIENCE {
            return Ok(Ended::Noise);
        }
        run.batch = next_batch(run.batch, run.options.max_samples, rms, before);
        before = rms;
        rate *= 0.5;
    }
    Ok(Ended::Tolerance)
}

/// Steps at one rate and number of samples, until the norm of the gradient stalls.
async fn stage<M: CellMass, O: Observer>(
    run: &mut Run<'_, M, O>,
    adam: &mut Adam,
    rate: f64,
) -> Result<Option<Ended>, Stop> {
    let mut stall = Stall::new();
    let mut draw = Draw { seed: run.seeds(1), first: 0, count: run.batch };
    // Only the part in which nothing falls any more is averaged: it is centred at the answer.
    adam.averaged = 0;
    while !stall.over() {
        let left = run.options.max_iterations.saturating_sub(run.iteration);
        let steps = (left as u32).min(BLOCK);
        if steps == 0 {
            return Ok(Some(Ended::Iterations));
        }
        if u64::from(draw.first) + u64::from(steps) * u64::from(draw.count) >= 1 << 32 {
            draw = Draw { seed: run.seeds(1), first: 0, count: run.batch };
        }
        let estimate = run.descend(adam, &block(steps, draw, rate)).await?;
        draw.first += steps * draw.count;
        if stall.falls(relative_norm(&estimate, &run.machine.planes().masses)) {
            adam.averaged = 0;
        }
    }
    Ok(None)
}

/// Steps of one rate.
pub(crate) fn block(steps: u32, draw: Draw, rate: f64) -> AdamSteps {
    AdamSteps { steps, draw, rate: rate as f32, beta1: 0.9, beta2: 0.99 }
}

/// Samples of the next stage, after one that brought the residual from `before` to `rms`. Half the
/// step should leave half the error. Where it does not, noise is what is left.
pub(crate) fn next_batch(batch: u32, most: u32, rms: f64, before: f64) -> u32 {
    if rms > GROW * before { batch.saturating_mul(2).min(most) } else { batch }
}

/// Tells when a stage stalls, from the norms of its blocks.
pub(crate) struct Stall {
    lowest: f64,
    blocks: usize,
}

impl Stall {
    pub(crate) fn new() -> Self {
        Self { lowest: f64::INFINITY, blocks: 0 }
    }

    /// Takes the norm of one more block, and tells whether it is lower than all before.
    pub(crate) fn falls(&mut self, norm: f64) -> bool {
        let falls = norm < FALL * self.lowest;
        if falls {
            self.lowest = norm;
        }
        self.blocks = if falls { 0 } else { self.blocks + 1 };
        falls
    }

    pub(crate) fn over(&self) -> bool {
        self.blocks >= PATIENCE
    }
}

/// meanᵢ (ŵᵢ/νᵢ − 1)², noise and all.
pub(crate) fn relative_norm(estimate: &Estimate, masses: &[f32]) -> f64 {
    let of = |(count, mass): (&u64, &f32)| {
        (*count as f64 / (estimate.samples as f64 * f64::from(*mass)) - 1.0).powi(2)
    };
    estimate.counts.iter().zip(masses).map(of).sum::<f64>() / masses.len() as f64
}
