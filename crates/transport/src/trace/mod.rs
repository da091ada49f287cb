//! Recorded solves in the plane: every state from given heights on, so that a solve can be read
//! forwards and backwards, step by step, and methods compared from one start.
//!
//! [`newton`](crate::newton) is recorded as it runs, by the same code, but for one thing: no step
//! uses the factor of the one before, so that what is seen is Newton's method and nothing else, and
//! its residuals fall quadratically to the last. Nor does a recording go over to another start or to
//! continuation in the masses, as a solve does that stalls.
//!
//! [`Method::Gradient`] and [`Method::Lbfgs`] descend on the exact energy; [`Method::Adam`] on
//! estimates from samples, while the residual of each of its states is measured exactly.

mod adam;
mod gradient;
mod lbfgs;
mod newton;
mod recorder;
mod surface;

use std::ops::ControlFlow;

use rand_core::Rng;

use crate::frame::Frame;
use crate::plan::{PlanError, check_heights};
use crate::{Progress, Source, Stopped, Target, start};
use recorder::Recorder;
use surface::Surface;

/// How the energy is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Damped Newton, see [`crate::newton::solve`].
    Newton,
    /// Steepest descent with backtracking by Armijo's rule.
    Gradient,
    /// L-BFGS with a line search by Wolfe's conditions.
    Lbfgs,
    /// Adam on samples, by the rules of [`crate::monte_carlo::adam`].
    Adam,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Newton, Self::Gradient, Self::Lbfgs, Self::Adam];

    /// The name used in links and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newton => "newton",
            Self::Gradient => "gradient",
            Self::Lbfgs => "lbfgs",
            Self::Adam => "adam",
        }
    }

    /// The method of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }
}

/// Heights to start from, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The Voronoi diagram of a homothetic image of the sites inside the domain: a strictly convex
    /// potential, every cell has mass.
    Homothetic,
    /// h = 0, the support function of the sites: only corners of their hull have cells.
    Zero,
    /// The exact heights, to a residual of 10⁻¹² or the limit of `f64`.
    Solved,
}

impl Start {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Homothetic, Self::Zero, Self::Solved];

    /// The name used in links and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Homothetic => "homothetic",
            Self::Zero => "zero",
            Self::Solved => "solved",
        }
    }

    /// The start of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// These heights, in the target's order, Σ hᵢ = 0.
    ///
    /// # Errors
    /// A domain that is degenerate in `f64`.
    pub fn heights(
        self,
        source: impl Into<Source>,
        target: &Target,
    ) -> Result<Vec<f64>, PlanError> {
        let source = source.into();
        match self {
            Self::Zero => Ok(vec![0.0; target.len()]),
            Self::Homothetic => {
                let frame = Frame::new(&source, target)?;
                let local = start::homothetic(frame.domain(), &frame.sites);
                Ok(frame.heights(target, &local))
            }
            Self::Solved => {
                let options = crate::Options { tolerance: 1e-12, ..crate::Options::default() };
                let go_on = &mut |_: &Progress| ControlFlow::Continue(());
                Ok(crate::newton::solve(source, target, &options, None, go_on)?.heights)
            }
        }
    }
}

/// When to stop, and how much to keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Largest residual maxᵢ |wᵢ − νᵢ| / νᵢ to accept, measured exactly. Default 10⁻⁹.
    pub tolerance: f64,
    /// Most steps. Default 2,000.
    pub max_steps: usize,
    /// Samples of Adam's first steps; by default 16 a site, at least 4,096. They double from stage
    /// to stage where they limit it, up to 2¹⁶.
    pub samples: Option<u32>,
    /// Most states to keep, at least 2. Default 2,048; fewer where they would be more than 2²²
    /// numbers together. A longer solve keeps every second of them, every fourth and so on.
    pub most_states: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { tolerance: 1e-9, max_steps: 2_000, samples: None, most_states: 2_048 }
    }
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the next state.
    Accepted,
    /// A cell is hidden, or has less than its floor mass ½ min(νᵢ, wᵢ at the start). Newton only.
    Cell,
    /// The residual, or for descent on the energy that, does not fall enough.
    Rise,
    /// The energy still falls steeply there: a longer step is to be tried. L-BFGS only.
    Short,
}

impl Verdict {
    /// The number used in arrays.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The name used on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Cell => "cell",
            Self::Rise => "rise",
            Self::Short => "short",
        }
    }
}

/// A length of step that was tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try {
    /// In the units of [`State::step`].
    pub tau: f64,
    /// What came of it.
    pub verdict: Verdict,
}

/// How a state was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was given.
    Start,
    /// By a step.
    Step,
    /// Newton's method is not defined where a cell has no mass. Hidden planes were raised until they
    /// touch the potential, and the whole was blended with the start that is strictly convex
    /// ([`Start::Homothetic`]), in the one of some shares that leaves the least residual.
    Raised,
    /// At the end of a stage of Adam: the mean of the heights it wandered through.
    Averaged,
}

impl Arrival {
    /// The number used in arrays.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The name used on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Step => "step",
            Self::Raised => "raised",
            Self::Averaged => "averaged",
        }
    }
}

/// One state of a solve. Arrays are in the target's order and length; a site merged into an earlier
/// one has the height of that.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which of all states of the solve it is, the start being 0.
    pub iteration: usize,
    /// How it was reached.
    pub arrival: Arrival,
    /// hᵢ, Σ hᵢ = 0.
    pub heights: Vec<f64>,
    /// maxᵢ |wᵢ − νᵢ| / νᵢ.
    pub residual: f64,
    /// E(h) = ∫ u dμ − Σ νᵢ hᵢ, as [`crate::Report::energy`].
    pub energy: f64,
    /// Sites whose cell has no mass to speak of: less than 10⁻¹², which rounding makes and unmakes
    /// where many planes meet in a point, and than ½ νᵢ. Merged ones are not counted.
    pub empty: usize,
    /// The step that led here: τ, a share of the direction, for Newton and L-BFGS; for steepest
    /// descent a height for a unit of mass; Adam's rate, a height. Where planes were raised, the share
    /// of the strictly convex start. Else 0.
    pub step: f64,
    /// Where the next step leads: if the state after this one is reached by a step, its heights are
    /// these plus its `step` times this direction, which sums to 0. −H⁻¹(w − ν) for Newton, −(w − ν)
    /// for steepest descent, minus Adam's m̂/√v̂. Empty where no step was tried.
    pub direction: Vec<f64>,
    /// What was tried from here, in order. Either the last try is accepted, or the solve ends here.
    /// None of Adam, which takes its steps unseen.
    pub tries: Vec<Try>,
    /// Samples that the step here was drawn from; 0 but for Adam.
    pub samples: u32,
}

/// A solve, state by state.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// How.
    pub method: Method,
    /// The states kept, in order: those whose iteration is a multiple of `stride`, and the last. The
    /// first is the start.
    pub states: Vec<State>,
    /// 1 where all states are kept, else a power of two.
    pub stride: usize,
    /// The last state's iteration: states passed, less one.
    pub iterations: usize,
    /// Diagrams computed.
    pub evaluations: usize,
    /// Why it ended.
    pub stopped: Stopped,
    /// The smallest residual that `f64` heights can be expected to reach, an estimate at the last
    /// state.
    pub precision_limit: f64,
}

/// Solves by `method` from the heights `from`, in the target's order, and keeps what happens.
///
/// `rng` draws Adam's samples; the other methods don't touch it. `progress` is called before each
/// step and may end the solve with [`ControlFlow::Break`]; what was recorded so far is returned.
///
/// # Errors
/// Bad input only: heights of another length, not finite or too large, or a domain that is
/// degenerate in `f64`.
pub fn record(
    source: impl Into<Source>,
    target: &Target,
    method: Method,
    from: &[f64],
    options: &Options,
    rng: &mut dyn Rng,
    progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Recording, PlanError> {
    check_heights(target, from)?;
    let frame = Frame::new(&source.into(), target)?;
    let heights = frame.local_heights(target, from);
    let (surface, point) = Surface::new(&frame, heights)?;
    let recorder = Recorder::new(method, &frame, target, options, &surface, &point);
    let mut solve = Solve { frame: &frame, surface, point, recorder, options, progress };
    let stopped = match method {
        Method::Newton => newton::run(&mut solve)?,
        Method::Gradient => gradient::run(&mut solve),
        Method::Lbfgs => lbfgs::run(&mut solve),
        Method::Adam => adam::run(&mut solve, rng),
    };
    Ok(solve.recorder.finish(stopped, &solve.surface, &solve.point))
}

/// A solve under way.
struct Solve<'a> {
    frame: &'a Frame,
    surface: Surface<'a>,
    /// The present state.
    point: surface::Point,
    recorder: Recorder<'a>,
    options: &'a Options,
    progress: &'a mut dyn FnMut(&Progress) -> ControlFlow<()>,
}

impl Solve<'_> {
    /// Whether to stop before the next step, and why.
    fn over(&mut self) -> Option<Stopped> {
        let (iteration, residual) = (self.recorder.iteration(), self.point.residual);
        if residual <= self.options.tolerance {
            return Some(Stopped::Tolerance);
        }
        if (self.progress)(&Progress { iteration, residual }).is_break() {
            return Some(Stopped::Cancelled);
        }
        (iteration >= self.options.max_steps).then_some(Stopped::Iterations)
    }
}
