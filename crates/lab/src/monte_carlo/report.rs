//! The report of a Monte Carlo solve, under the names that the command line, `brenier.js` and the
//! page share.

use crate::plan_json::Milliseconds;
use serde::Serialize;
use transport::monte_carlo::{Answer, Measure, Problem};

/// Estimates from fresh samples, each with its standard error.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportJson {
    /// `adam`, `lbfgs` or `hierarchical`.
    pub method: &'static str,
    /// Steps taken.
    pub iterations: usize,
    /// √max(0, mean (ŵᵢ/νᵢ − 1)² − noise).
    pub residual: f64,
    /// Its standard error.
    pub residual_error: f64,
    /// The same whenever it was measured.
    pub residual_history: Vec<f64>,
    /// maxᵢ |ŵᵢ/νᵢ − 1|, noise and all.
    pub maximum: f64,
    /// The noise of that cell.
    pub maximum_error: f64,
    /// What noise alone would show as the maximum.
    pub maximum_noise: f64,
    /// ½ Σ |ŵᵢ − νᵢ|, noise and all.
    pub variation: f64,
    /// Its standard error.
    pub variation_error: f64,
    /// What noise alone would show as the variation.
    pub variation_noise: f64,
    /// minᵢ ŵᵢ/νᵢ.
    pub smallest_cell: f64,
    /// E(h).
    pub energy: f64,
    /// Its standard error.
    pub energy_error: f64,
    /// ∫|x−∇u|²dμ, the cost to the masses reached.
    pub w2_primal: f64,
    /// Its standard error.
    pub w2_primal_error: f64,
    /// A lower bound of W₂², but for its error.
    pub w2_dual: f64,
    /// Its standard error.
    pub w2_dual_error: f64,
    /// An upper bound of W₂², but for its error.
    pub w2_upper: f64,
    /// Its standard error.
    pub w2_upper_error: f64,
    /// Upper bound less lower bound.
    pub duality_gap: f64,
    /// Samples drawn, the last measurement included.
    pub samples: u64,
    /// Of the solve alone.
    pub milliseconds: Milliseconds,
    /// `tolerance`, `noise`, `starved`, `cancelled` or `iterations`.
    pub stopped: &'static str,
    /// Sites whose cell got no sample.
    pub starved: Vec<u32>,
    /// Pairs (site, first site at the same place).
    pub merged: Vec<(u32, u32)>,
    /// What ran.
    pub device: String,
}

impl ReportJson {
    pub(super) fn new(
        answer: &Answer,
        measure: &Measure,
        problem: &Problem,
        milliseconds: f64,
    ) -> Self {
        let shares = measure.cell_masses.iter().zip(problem.masses());
        Self {
            method: answer.method,
            iterations: answer.iterations,
            residual: measure.rms.value,
            residual_error: measure.rms.error,
            residual_history: answer.history.iter().map(|mark| mark.rms).collect(),
            maximum: measure.maximum.value,
            maximum_error: measure.maximum.error,
            maximum_noise: measure.maximum_noise,
            variation: measure.variation.value,
            variation_error: measure.variation.error,
            variation_noise: measure.variation_noise,
            smallest_cell: shares
                .filter(|(_, v)| **v > 0.0)
                .map(|(w, v)| w / v)
                .fold(f64::INFINITY, f64::min),
            energy: measure.energy.value,
            energy_error: measure.energy.error,
            w2_primal: measure.w2_primal.value,
            w2_primal_error: measure.w2_primal.error,
            w2_dual: measure.w2_dual.value,
            w2_dual_error: measure.w2_dual.error,
            w2_upper: measure.w2_upper.value,
            w2_upper_error: measure.w2_upper.error,
            duality_gap: measure.w2_upper.value - measure.w2_dual.value,
            samples: answer.samples,
            milliseconds: Milliseconds::One(milliseconds),
            stopped: answer.ended.name(),
            starved: measure.starved.clone(),
            merged: problem.merged().to_vec(),
            device: answer.machine.clone(),
        }
    }
}
