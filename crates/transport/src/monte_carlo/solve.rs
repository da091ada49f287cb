//! What the Monte Carlo solvers share: options, progress, the answer, and how a solve ends.

use std::future::Future;
use std::ops::ControlFlow;

use super::cell_mass::{CellMass, Draw, MachineError, Planes, Sequence};
use super::measure::Measure;

/// Opens machines. A hierarchical solve needs several: one for the clusters, one for all sites.
pub trait Machines {
    /// A machine that draws its samples from the source.
    type Machine: CellMass;
    /// A machine on samples that it is given.
    type OfSamples: CellMass;

    /// A machine for these planes.
    fn open(&self, planes: Planes) -> impl Future<Output = Result<Self::Machine, MachineError>>;

    /// A machine for these planes whose sample k is row k of `samples`, M × d, in place of the
    /// source's. Its draws stay within 0 .. M, and their seed means nothing.
    fn of_samples(&self, planes: Planes, samples: Vec<f32>) -> Self::OfSamples;

    /// The samples of a draw themselves, M × d, as a machine for `planes` draws them.
    fn samples(&self, planes: &Planes, draw: Draw) -> Vec<f32>;
}

/// Watches a solve. May keep it waiting as long as it likes, which pauses it, or end it.
pub trait Observer {
    /// Called after each iteration and at the start.
    fn look(&mut self, progress: &Progress<'_>) -> impl Future<Output = ControlFlow<()>>;
}

/// Never interferes.
impl Observer for () {
    async fn look(&mut self, _: &Progress<'_>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// How far a solve is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is going on: `clusters`, `within clusters`, `adam`, `lbfgs` or `measuring`.
    pub phase: &'static str,
    /// Steps taken.
    pub iteration: usize,
    /// Samples drawn so far, over all steps.
    pub samples: u64,
    /// Samples of one step at present.
    pub batch: u32,
    /// The best heights so far, of all N sites, as in the answer; empty in the phases that work
    /// on clusters.
    pub heights: &'a [f64],
    /// The best root mean square of the residual that fresh samples showed, with one standard
    /// error more; infinite before.
    pub rms: f64,
    /// What runs, in the machine's words.
    pub machine: &'a str,
}

/// How to solve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Largest debiased root mean square of wᵢ/νᵢ − 1 to accept. Default 0.01.
    pub tolerance: f64,
    /// Seed of all samples. Default 0.
    pub seed: u32,
    /// Where the samples come from. Default Sobol.
    pub sequence: Sequence,
    /// Samples of the first steps; by default 16 a site, at least 4,096.
    pub samples: Option<u32>,
    /// Most samples of one step. Default 2²⁴.
    pub max_samples: u32,
    /// Adam's first step length, in units of the deviation of ⟨x, y⟩. Default 0.05.
    pub rate: f64,
    /// Most steps. Default 100,000.
    pub max_iterations: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tolerance: 0.01,
            seed: 0,
            sequence: Sequence::Sobol,
            samples: None,
            max_samples: 1 << 24,
            rate: 0.05,
            max_iterations: 100_000,
        }
    }
}

impl Options {
    pub(crate) fn first_batch(&self, n: usize) -> u32 {
        let wanted = self.samples.unwrap_or(16 * n.min(1 << 24) as u32);
        let least = if self.samples.is_some() { 1 } else { 4_096 };
        wanted.max(least).min(self.max_samples)
    }
}

/// Why a Monte Carlo solve stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The debiased root mean square fell to the tolerance, and no cell is starved.
    Tolerance,
    /// More samples than allowed would be needed to see the heights improve.
    Noise,
    /// Some cells get no sample; the report names them.
    Starved,
    /// The observer asked to stop.
    Cancelled,
    /// The number of iterations allowed was used up.
    Iterations,
}

impl Ended {
    /// The name used in JSON and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tolerance => "tolerance",
            Self::Noise => "noise",
            Self::Starved => "starved",
            Self::Cancelled => "cancelled",
            Self::Iterations => "iterations",
        }
    }
}

/// The residual's root mean square at some point of a solve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Steps taken.
    pub iteration: usize,
    /// Samples drawn.
    pub samples: u64,
    /// From fresh samples, debiased.
    pub rms: f64,
}

/// Heights and what fresh samples say of them.
#[derive(Clone, Debug)]
pub struct Answer {
    /// hᵢ of all N sites, Σ hᵢ = 0.
    pub heights: Vec<f64>,
    /// The residual and the costs, estimated from samples the solve has not seen.
    pub measure: Measure,
    /// `adam`, `lbfgs` or `hierarchical`.
    pub method: &'static str,
    /// Steps taken.
    pub iterations: usize,
    /// Samples drawn, the last measurement included.
    pub samples: u64,
    /// The residual as it fell.
    pub history: Vec<Mark>,
    /// Why the solve stopped.
    pub ended: Ended,
    /// What ran, in the machine's words.
    pub machine: String,
}
