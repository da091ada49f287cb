//! What is shown of a solve while it runs: the cells of some samples, and how far the heights are
//! from the exact ones.

use super::placed::Placed;
use crate::error::Error;
use gpu::Cpu;
use std::ops::ControlFlow;
use transport::monte_carlo::{Draw, Observer, Planes, Problem, Progress, Sequence, Want};
use transport::newton;
use transport::{Plan, Source, Target};

/// Milliseconds between two looks at cells and the exact solver, at least; and the share of the
/// time that both may take.
const PERIOD: f64 = 30.0;
const SHARE: f64 = 0.25;

/// Seed of the display samples: not one that a solve uses for its first draws.
const DISPLAY: u32 = 0x7368_6f77;

/// What somebody who watches gets to see.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// See [`Progress::phase`].
    pub phase: &'static str,
    /// Steps taken.
    pub iteration: usize,
    /// Samples drawn.
    pub samples: u64,
    /// Samples of one step.
    pub batch: u32,
    /// Root mean square of the residual, with one standard error more; infinite before it is known.
    pub rms: f64,
    /// Of the solve, looking left out.
    pub milliseconds: f64,
    /// What runs.
    pub device: &'a str,
    /// N heights, or none in the phases that work on clusters.
    pub heights: &'a [f64],
    /// K × d display samples, the first time only.
    pub positions: &'a [f64],
    /// The cell of each, where it was looked up anew.
    pub winners: &'a [u32],
    /// Beside the exact answer, where it was looked up anew.
    pub exact: Option<Beside>,
    /// Newton's method beside its own answer, at its start and after each step: the first time only,
    /// and of few enough sites.
    pub newton: &'a [Beside],
}

/// How far heights are from the exact ones.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Beside {
    /// maxᵢ |wᵢ − νᵢ| / νᵢ with wᵢ by the exact power diagram.
    pub residual: f64,
    /// Root mean square of h − h*.
    pub height_error: f64,
    /// E(h) − E(h*) ≥ 0.
    pub energy_gap: f64,
}

/// Somebody who watches, and may pause or end the solve.
pub trait Watcher {
    /// False ends the solve.
    fn watch(&mut self, shown: &Shown<'_>) -> impl Future<Output = bool>;
}

/// Nobody.
impl Watcher for () {
    async fn watch(&mut self, _: &Shown<'_>) -> bool {
        true
    }
}

/// The exact answer in the plane.
pub(super) struct Exact {
    source: Source,
    target: Target,
    heights: Vec<f64>,
    energy: f64,
    newton: Vec<Beside>,
}

/// Most sites of which Newton's steps are told: they are found by solving again, up to each.
const TRACED: usize = 2_000;

impl Exact {
    /// Solves exactly; nothing where the domain is none of the plane.
    pub(super) fn new(
        placed: &Placed,
        sites: &[f64],
        masses: Option<&[f64]>,
    ) -> Result<Option<Self>, Error> {
        let Some(polygon) = &placed.polygon else { return Ok(None) };
        let source = Source::uniform(polygon.clone());
        let target = Target::new(sites.as_chunks().0, masses)?;
        let go = &mut |_: &transport::Progress| ControlFlow::Continue(());
        let plan = newton::solve(&source, &target, &newton::Options::default(), None, go)?;
        let steps = plan.report.iterations;
        let (heights, energy) = (plan.heights, plan.report.energy);
        let mut this = Self { source, target, heights, energy, newton: Vec::new() };
        for max_iterations in 0..if this.heights.len() <= TRACED { steps + 1 } else { 0 } {
            let options = newton::Options { max_iterations, ..newton::Options::default() };
            let plan = newton::solve(&this.source, &this.target, &options, None, go)?;
            this.newton.push(this.beside(&plan));
        }
        Ok(Some(this))
    }

    /// The plan of other heights.
    pub(super) fn plan(&self, heights: &[f64]) -> Result<Plan, Error> {
        Ok(Plan::from_heights(&self.source, &self.target, heights)?)
    }

    /// How far the heights of a plan are off.
    pub(super) fn beside(&self, plan: &Plan) -> Beside {
        let n = self.heights.len() as f64;
        let squares = plan.heights.iter().zip(&self.heights).map(|(a, b)| (a - b).powi(2));
        Beside {
            residual: plan.report.residual,
            height_error: (squares.sum::<f64>() / n).sqrt(),
            energy_gap: (plan.report.energy - self.energy).max(0.0),
        }
    }
}

/// Display samples and a machine that finds their cells.
pub(super) struct Display {
    machine: Cpu,
    draw: Draw,
    positions: Vec<f64>,
}

impl Display {
    pub(super) fn new(problem: &Problem, placed: &Placed, count: usize, seed: u32) -> Option<Self> {
        let planes: Planes = problem.planes(Sequence::Sobol);
        let draw = Draw { seed: seed ^ DISPLAY, first: 0, count: count as u32 };
        (count > 0).then(|| Self {
            positions: gpu::samples(&planes, draw)
                .chunks_exact(planes.dimension)
                .flat_map(|u| placed.point(u))
                .collect(),
            machine: Cpu::new(planes, 1),
            draw,
        })
    }

    /// The site whose cell each sample is in, at heights over u.
    fn winners(&mut self, problem: &Problem, heights: &[f64]) -> Vec<u32> {
        let local = problem.local_heights(heights);
        let want = Want { winners: true, ..Want::default() };
        let estimate = self.machine.count(&local, self.draw, want);
        estimate.winners.iter().map(|k| problem.places()[*k as usize]).collect()
    }
}

/// Stands between the solver and who watches: keeps the time and looks things up at a bearable rate.
pub(super) struct Watch<'a, W> {
    pub(super) watcher: &'a mut W,
    pub(super) clock: fn() -> f64,
    pub(super) problem: &'a Problem,
    pub(super) placed: &'a Placed,
    pub(super) sites: &'a [f64],
    pub(super) exact: Option<&'a Exact>,
    pub(super) display: Option<Display>,
    pub(super) began: f64,
    /// Milliseconds spent looking.
    pub(super) aside: f64,
    /// When the next look is due.
    pub(super) due: f64,
    pub(super) first: bool,
}

impl<W: Watcher> Observer for Watch<'_, W> {
    async fn look(&mut self, progress: &Progress<'_>) -> ControlFlow<()> {
        let start = (self.clock)();
        let milliseconds = start - self.began - self.aside;
        let due = !progress.heights.is_empty() && start >= self.due;
        let heights = if progress.heights.is_empty() {
            Vec::new()
        } else {
            self.placed.heights(progress.heights, self.sites)
        };
        let (mut winners, mut exact) = (Vec::new(), None);
        if due {
            if let Some(display) = &mut self.display {
                winners = display.winners(self.problem, progress.heights);
            }
            // Heights that f64 cannot make a diagram of are not beside anything.
            exact = self.exact.and_then(|e| e.plan(&heights).ok().map(|plan| e.beside(&plan)));
            let now = (self.clock)();
            self.due = now + PERIOD.max((now - start) / SHARE);
        }
        let first = std::mem::take(&mut self.first);
        let positions = self.display.as_ref().filter(|_| first).map(|d| d.positions.as_slice());
        let newton = self.exact.filter(|_| first).map(|e| e.newton.as_slice());
        let shown = Shown {
            phase: progress.phase,
            iteration: progress.iteration,
            samples: progress.samples,
            batch: progress.batch,
            rms: progress.rms,
            milliseconds,
            device: progress.machine,
            heights: &heights,
            positions: positions.unwrap_or_default(),
            winners: &winners,
            exact,
            newton: newton.unwrap_or_default(),
        };
        let go = self.watcher.watch(&shown).await;
        self.aside += (self.clock)() - start;
        if go { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}
