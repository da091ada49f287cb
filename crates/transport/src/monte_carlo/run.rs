//! A solve under way: heights, the best of them, and the account of steps and samples.

use super::cell_mass::{Adam, AdamSteps, CellMass, Draw, Estimate, MachineError, Want};
use super::measure::{Measure, judge};
use super::problem::{Problem, centre};
use super::solve::{Answer, Ended, Mark, Observer, Options, Progress};

/// Independent replicates of each measurement.
const REPLICATES: u32 = 8;

/// Multiply-adds between two looks of the observer: a fraction of a second on a processor.
const SLICE: u64 = 1 << 33;

/// Why a solve does not go on.
pub(crate) enum Stop {
    Machine(MachineError),
    Cancelled,
}

impl From<MachineError> for Stop {
    fn from(e: MachineError) -> Self {
        Self::Machine(e)
    }
}

pub(crate) struct Run<'a, M, O> {
    pub(crate) problem: &'a Problem,
    pub(crate) machine: M,
    pub(crate) options: Options,
    pub(crate) iteration: usize,
    pub(crate) samples: u64,
    /// Samples of one step.
    pub(crate) batch: u32,
    /// Until the account is closed.
    observer: Option<&'a mut O>,
    method: &'static str,
    phase: &'static str,
    /// Seeds used so far: each draw that must be fresh takes a new one.
    seeds: u32,
    best: Vec<f64>,
    /// Root mean square of the best heights, with one standard error more; infinite before.
    rms: f64,
    starved: bool,
    /// The heights shown last, as the machine has them and as they are given out.
    current: Vec<f64>,
    shown: Vec<f64>,
    history: Vec<Mark>,
}

impl<'a, M: CellMass, O: Observer> Run<'a, M, O> {
    pub(crate) fn new(
        problem: &'a Problem,
        machine: M,
        observer: &'a mut O,
        options: Options,
        method: &'static str,
        start: Vec<f64>,
    ) -> Self {
        let batch = options.first_batch(problem.places().len());
        Self {
            shown: problem.heights(&start),
            problem,
            machine,
            options,
            iteration: 0,
            samples: 0,
            batch,
            observer: Some(observer),
            method,
            phase: method,
            seeds: 0,
            current: start.clone(),
            best: start,
            rms: f64::INFINITY,
            starved: true,
            history: Vec::new(),
        }
    }

    /// A seed that no draw of this solve has had, with `count` − 1 more after it.
    pub(crate) fn seeds(&mut self, count: u32) -> u32 {
        let first = self.options.seed.wrapping_mul(0x9e37_79b9).wrapping_add(self.seeds);
        self.seeds += count;
        first
    }

    /// Names what goes on from here.
    pub(crate) fn enter(&mut self, phase: &'static str) {
        self.phase = phase;
    }

    /// Shows the observer these heights.
    pub(crate) async fn show(&mut self, heights: &[f64]) -> Result<(), Stop> {
        self.current = heights.to_vec();
        self.shown = self.problem.heights(heights);
        self.pause().await
    }

    /// Lets the observer look, wait, or end the solve.
    pub(crate) async fn pause(&mut self) -> Result<(), Stop> {
        let name = self.machine.name();
        let progress = Progress {
            machine: &name,
            phase: self.phase,
            iteration: self.iteration,
            samples: self.samples,
            batch: self.batch,
            heights: &self.shown,
            rms: self.rms,
        };
        if let Some(observer) = &mut self.observer
            && observer.look(&progress).await.is_break()
        {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    /// Samples that one slice has.
    fn slice(&self) -> u32 {
        let planes = self.machine.planes();
        let each = (planes.len() * planes.dimension) as u64;
        (SLICE / each.max(1)).clamp(256, 1 << 31) as u32
    }

    /// Cell masses of a draw, in slices between which the observer may look.
    pub(crate) async fn estimate(
        &mut self,
        heights: &[f64],
        draw: Draw,
        want: Want,
    ) -> Result<Estimate, Stop> {
        let mut whole = Estimate::default();
        for part in parts(draw, self.slice()) {
            if part.first != draw.first {
                self.pause().await?;
            }
            let estimate = self.machine.estimate(heights, part, want).await?;
            self.samples += estimate.samples;
            whole.add(estimate);
        }
        Ok(whole)
    }

    /// Steps of Adam, in slices between which the observer may look.
    pub(crate) async fn descend(
        &mut self,
        adam: &mut Adam,
        steps: &AdamSteps,
    ) -> Result<Estimate, Stop> {
        let each = (self.slice() / steps.draw.count).max(1);
        let mut whole = Estimate::default();
        let mut done = 0;
        while done < steps.steps {
            let some = each.min(steps.steps - done);
            let first = steps.draw.first + done * steps.draw.count;
            let part = AdamSteps { steps: some, draw: Draw { first, ..steps.draw }, ..*steps };
            let estimate = self.machine.descend(adam, &part).await?;
            self.samples += estimate.samples;
            self.iteration += some as usize;
            done += some;
            whole.add(estimate);
            self.show(&adam.heights).await?;
        }
        Ok(whole)
    }

    /// What `samples` fresh samples in all say of heights.
    async fn measure(&mut self, heights: &[f64], samples: u64) -> Result<Measure, Stop> {
        let count = samples.div_ceil(u64::from(REPLICATES)).clamp(1, 1 << 31) as u32;
        let seed = self.seeds(REPLICATES);
        let mut replicates = Vec::with_capacity(REPLICATES as usize);
        for r in 0..REPLICATES {
            let draw = Draw { seed: seed.wrapping_add(r), first: 0, count };
            replicates.push(self.estimate(heights, draw, Want::default()).await?);
        }
        Ok(judge(self.problem, heights, &replicates))
    }

    /// Measures heights and keeps them if they are the best. Returns the root mean square of the
    /// residual, with one standard error more, or a lucky measurement would end the solve.
    pub(crate) async fn consider(&mut self, heights: &[f64]) -> Result<f64, Stop> {
        // Few samples tell heights that are far off; more are drawn only near the tolerance.
        let enough = self.enough();
        let mut count = enough.min(self.few());
        let found = loop {
            let found = self.measure(heights, count).await?;
            let sure = found.rms.value - 3.0 * found.rms.error > self.options.tolerance;
            let sharp = found.rms.error < 0.1 * self.options.tolerance;
            if sure || sharp || count >= enough {
                break found;
            }
            count = enough.min(4 * count);
        };
        self.mark(found.rms.value);
        let rms = found.rms.value + found.rms.error;
        let starved = !found.starved.is_empty();
        if (starved, rms) < (self.starved, self.rms) {
            (self.rms, self.starved) = (rms, starved);
            self.best = heights.to_vec();
            centre(&mut self.best);
        }
        self.show(heights).await?;
        Ok(rms)
    }

    fn mark(&mut self, rms: f64) {
        self.history.push(Mark { iteration: self.iteration, samples: self.samples, rms });
    }

    /// Whether the best heights meet the tolerance.
    pub(crate) fn reached(&self) -> bool {
        !self.starved && self.rms <= self.options.tolerance
    }

    pub(crate) fn best(&self) -> &[f64] {
        &self.best
    }

    /// Samples that show a starved cell: 16 for each.
    fn few(&self) -> u64 {
        16 * self.problem.places().len() as u64
    }

    /// Samples that show the root mean square at the tolerance: the error of its square is about
    /// (N/M) √(2/N), to be a fifth of the tolerance's square.
    fn enough(&self) -> u64 {
        let n = self.problem.places().len() as f64;
        let wanted = 5.0 * (2.0 * n).sqrt() / self.options.tolerance.powi(2);
        let few = self.few() as f64;
        wanted.clamp(few, f64::from(self.options.max_samples).max(few)) as u64
    }

    /// Measures the best heights once more, with samples of their own, and closes the account.
    pub(crate) async fn finish(
        mut self,
        ended: Result<Ended, Stop>,
    ) -> Result<Answer, MachineError> {
        let ended = match ended {
            Ok(ended) => ended,
            Err(Stop::Cancelled) => Ended::Cancelled,
            Err(Stop::Machine(e)) => return Err(e),
        };
        // Not watched: who cancelled is owed an answer, and what it is worth.
        self.observer = None;
        match self.close(ended).await {
            Ok(answer) => Ok(answer),
            Err(Stop::Machine(e)) => Err(e),
            Err(Stop::Cancelled) => unreachable!("nobody watches"),
        }
    }

    async fn close(&mut self, ended: Ended) -> Result<Answer, Stop> {
        let few = self.few();
        let samples = if ended == Ended::Cancelled {
            few
        } else {
            self.enough().max(16 * few).min(u64::from(self.options.max_samples).max(few))
        };
        if matches!(ended, Ended::Cancelled | Ended::Iterations) {
            // The last heights may be better than any that were measured.
            let current = std::mem::take(&mut self.current);
            let found = self.measure(&current, few).await?;
            if (!found.starved.is_empty(), found.rms.value) < (self.starved, self.rms) {
                self.best = current;
                centre(&mut self.best);
            }
        }
        let best = std::mem::take(&mut self.best);
        let measure = self.measure(&best, samples).await?;
        self.mark(measure.rms.value);
        // The verdict is the last measurement's.
        let within = measure.rms.value <= self.options.tolerance + 2.0 * measure.rms.error;
        let ended = match ended {
            Ended::Tolerance | Ended::Noise | Ended::Iterations if !measure.starved.is_empty() => {
                Ended::Starved
            }
            Ended::Tolerance if !within => Ended::Noise,
            other => other,
        };
        Ok(Answer {
            heights: self.problem.heights(&best),
            measure,
            method: self.method,
            iterations: self.iteration,
            samples: self.samples,
            history: std::mem::take(&mut self.history),
            ended,
            machine: self.machine.name(),
        })
    }
}

/// Consecutive parts of a draw, of `most` samples or fewer.
fn parts(draw: Draw, most: u32) -> impl Iterator<Item = Draw> {
    (0..draw.count.div_ceil(most)).map(move |k| Draw {
        first: draw.first + k * most,
        count: most.min(draw.count - k * most),
        ..draw
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_a_draw() {
        for (count, most) in [(1, 1), (10, 3), (9, 3), (5, 100)] {
            let draw = Draw { seed: 2, first: 7, count };
            let all: Vec<Draw> = parts(draw, most).collect();
            assert_eq!(all.iter().map(|d| d.count).sum::<u32>(), count);
            assert!(all.iter().all(|d| d.count <= most));
            assert!(all.windows(2).all(|w| w[0].first + w[0].count == w[1].first));
            assert_eq!(all[0].first, 7);
        }
    }
}
