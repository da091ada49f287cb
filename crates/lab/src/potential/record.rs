//! Recorded solves: what `transport::trace` kept, as flat arrays, and the graph at each state.

use super::{Potential, Shape};
use crate::error::Error;
use crate::presets::generator;
use serde::Serialize;
use std::ops::ControlFlow;
use transport::Progress;
use transport::trace::{self, Method, Options, Start};

/// The stream of the seed from which Adam's samples are drawn.
const STREAM: u64 = 6;

/// What to record.
pub struct RecordRequest<'a> {
    /// The solver.
    pub solver: Method,
    /// Where it starts.
    pub from: Start,
    /// Planes moved from there by hand.
    pub hand: &'a [(usize, f64)],
    /// Largest residual to accept.
    pub tolerance: f64,
    /// Most steps.
    pub steps: usize,
    /// Of Adam's samples.
    pub seed: u32,
}

/// A solve state by state. S states, R tries.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What is not an array.
    pub numbers: RecordNumbers,
    /// S: which of all states of the solve it is, the start being 0.
    pub iteration: Vec<u32>,
    /// S: how it was reached: 0 it was given, 1 by a step, 2 planes raised, 3 a mean; see
    /// [`trace::Arrival`].
    pub arrival: Vec<u8>,
    /// S: maxᵢ |wᵢ − νᵢ| / νᵢ.
    pub residual: Vec<f64>,
    /// S energies.
    pub energy: Vec<f64>,
    /// S: the step by which it was reached.
    pub step: Vec<f64>,
    /// S: cells without mass.
    pub empty: Vec<u32>,
    /// S: samples of that step, for Adam.
    pub samples: Vec<u32>,
    /// S + 1: the tries of the step from state k are `offsets[k]..offsets[k + 1]`.
    pub try_offsets: Vec<u32>,
    /// R lengths of step.
    pub try_tau: Vec<f64>,
    /// R: 0 accepted, 1 a cell below its floor, 2 no decrease, 3 too short.
    pub try_verdict: Vec<u8>,
}

/// A recording in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordNumbers {
    /// The solver's name.
    pub solver: &'static str,
    /// S.
    pub count: usize,
    /// Every so manyth state is kept, and the last.
    pub stride: usize,
    /// The last state's iteration.
    pub iterations: usize,
    /// Diagrams computed.
    pub evaluations: usize,
    /// Why it ended.
    pub stopped: &'static str,
    /// The residual asked for.
    pub tolerance: f64,
    /// The residual that `f64` can be expected to reach.
    pub precision_limit: f64,
}

/// A recorded state.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The graph.
    pub shape: Shape,
    /// N: ∂E/∂hᵢ = wᵢ − νᵢ.
    pub gradient: Vec<f64>,
    /// N: where the next step leads, Σ = 0; empty where no step was tried.
    pub direction: Vec<f64>,
}

impl Potential {
    /// Records a solve; it takes the place of the last one of the same solver. `progress` is told
    /// (iteration, residual) before each step.
    ///
    /// # Errors
    /// Code `potential` for a tolerance that is none; `site` for a plane that is not there; those of
    /// `transport`.
    pub fn record(
        &mut self,
        request: &RecordRequest<'_>,
        mut progress: impl FnMut(usize, f64),
    ) -> Result<Record, Error> {
        let &RecordRequest { solver, from, hand, tolerance, steps, seed } = request;
        if !(tolerance > 0.0 && tolerance < 1.0) {
            let message = format!("The tolerance is {tolerance}. Choose a number between 0 and 1.");
            return Err(Error::new("potential", message));
        }
        let heights = self.moved(from, hand)?;
        let options = Options { tolerance, max_steps: steps, ..Options::default() };
        let mut told = |p: &Progress| {
            progress(p.iteration, p.residual);
            ControlFlow::Continue(())
        };
        let mut rng = generator(seed, STREAM);
        let recording = trace::record(
            &self.source,
            &self.target,
            solver,
            &heights,
            &options,
            &mut rng,
            &mut told,
        )?;
        let states = &recording.states;
        let tries = || states.iter().flat_map(|s| &s.tries);
        let mut try_offsets = vec![0];
        let mut sum = 0;
        for state in states {
            sum += state.tries.len() as u32;
            try_offsets.push(sum);
        }
        let record = Record {
            numbers: RecordNumbers {
                solver: solver.name(),
                count: states.len(),
                stride: recording.stride,
                iterations: recording.iterations,
                evaluations: recording.evaluations,
                stopped: recording.stopped.name(),
                tolerance,
                precision_limit: recording.precision_limit,
            },
            iteration: states.iter().map(|s| s.iteration as u32).collect(),
            arrival: states.iter().map(|s| s.arrival.code()).collect(),
            residual: states.iter().map(|s| s.residual).collect(),
            energy: states.iter().map(|s| s.energy).collect(),
            step: states.iter().map(|s| s.step).collect(),
            empty: states.iter().map(|s| s.empty as u32).collect(),
            samples: states.iter().map(|s| s.samples).collect(),
            try_offsets,
            try_tau: tries().map(|t| t.tau).collect(),
            try_verdict: tries().map(|t| t.verdict.code()).collect(),
        };
        self.recordings.retain(|kept| kept.method != solver);
        self.recordings.push(recording);
        Ok(record)
    }

    /// State `k` of what was recorded of a solver; the planes of the hand stay where they are.
    ///
    /// # Errors
    /// Code `potential`: there is no such recording, or state.
    pub fn at(&self, k: usize, solver: Method) -> Result<Moment, Error> {
        let name = solver.name();
        let refused = |message| Error::new("potential", message);
        let recording = self.recordings.iter().find(|kept| kept.method == solver);
        let recording = recording.ok_or_else(|| {
            refused(format!("No steps of {name} are recorded. Record them first."))
        })?;
        let state = recording.states.get(k).ok_or_else(|| {
            let count = recording.states.len();
            refused(format!("There is no state {k}: {count} of {name} are recorded."))
        })?;
        let shape = self.shape_of(&state.heights)?;
        let masses = shape.cell_masses.iter().zip(&shape.masses);
        Ok(Moment {
            gradient: masses.map(|(w, v)| w - v).collect(),
            direction: state.direction.clone(),
            shape,
        })
    }
}
