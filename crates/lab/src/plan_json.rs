//! A plan as JSON, under the names that `brenier solve --json`, `brenier.js` and the page share.

use serde::Serialize;
use transport::{Density, Plan, Report, Source};

/// Time taken: of one solve, or of each of several.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Milliseconds {
    /// One solve.
    One(f64),
    /// Repeated solves, in order.
    Many(Vec<f64>),
}

/// The report of a solve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportJson {
    /// `newton`.
    pub method: &'static str,
    /// Newton steps taken.
    pub iterations: usize,
    /// maxᵢ |wᵢ − νᵢ| / νᵢ.
    pub residual: f64,
    /// The residual before the first step and after each.
    pub residual_history: Vec<f64>,
    /// minᵢ wᵢ/νᵢ.
    pub smallest_cell: f64,
    /// E(h).
    pub energy: f64,
    /// ∫|x−∇u|²dμ, the exact cost to the masses reached.
    pub w2_primal: f64,
    /// Lower bound of W₂².
    pub w2_dual: f64,
    /// Upper bound of W₂².
    pub w2_upper: f64,
    /// Upper bound less lower bound, as the solver reports it.
    pub duality_gap: f64,
    /// Monte Carlo samples; absent for exact solves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u64>,
    /// Of the solve alone; absent where nobody measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub milliseconds: Option<Milliseconds>,
    /// `tolerance`, `precision`, `cancelled` or `iterations`.
    pub stopped: &'static str,
    /// Pairs (site, first site at the same place).
    pub merged: Vec<(u32, u32)>,
    /// The smallest residual that f64 heights can be expected to reach here, an estimate.
    pub precision_limit: f64,
}

/// The report under its public names.
pub fn report(report: &Report, milliseconds: Option<Milliseconds>) -> ReportJson {
    ReportJson {
        method: report.method,
        iterations: report.iterations,
        residual: report.residual,
        residual_history: report.residual_history.clone(),
        smallest_cell: report.smallest_cell,
        energy: report.energy,
        w2_primal: report.w2_primal,
        w2_dual: report.w2_dual,
        w2_upper: report.w2_upper,
        duality_gap: report.duality_gap,
        samples: None,
        milliseconds,
        stopped: report.stopped.name(),
        merged: report.merged.clone(),
        precision_limit: report.precision_limit,
    }
}

/// Cells as one list of vertices and where each polygon starts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellsJson<'a> {
    /// All vertices; polygon i is `vertices[offsets[i]..offsets[i+1]]`, counter-clockwise.
    pub vertices: &'a [[f64; 2]],
    /// N + 1 offsets into `vertices`.
    pub offsets: &'a [u32],
}

/// A Gaussian source, as `brenier.js` takes it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GaussianJson {
    /// `gaussian`.
    pub r#type: &'static str,
    /// Where the density is largest.
    pub mean: [f64; 2],
    /// Its σ.
    pub sigma: f64,
}

/// A solved plan; arrays are in the order and of the length of the input.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanJson<'a> {
    /// The domain's vertices, counter-clockwise.
    pub domain: &'a [[f64; 2]],
    /// The source, where it is not uniform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<GaussianJson>,
    /// Sites.
    pub sites: &'a [[f64; 2]],
    /// Masses, Σ = 1; of merged sites the first carries the sum.
    pub masses: &'a [f64],
    /// Input masses times this are the masses.
    pub factor: f64,
    /// Heights, Σ = 0, of u(x) = max ⟨x,yᵢ⟩ + hᵢ.
    pub heights: &'a [f64],
    /// μ(Wᵢ).
    pub cell_masses: &'a [f64],
    /// Centroids of the cells.
    pub centroids: &'a [[f64; 2]],
    /// Cells.
    pub cells: CellsJson<'a>,
    /// How the solve went.
    pub report: ReportJson,
}

/// The plan under its public names. `factor` is the target's.
pub fn plan<'a>(
    plan: &'a Plan,
    source: &'a Source,
    factor: f64,
    milliseconds: Option<Milliseconds>,
) -> PlanJson<'a> {
    PlanJson {
        domain: source.domain().vertices(),
        source: match source.density() {
            Density::Uniform => None,
            Density::Gaussian { mean, sigma } => {
                Some(GaussianJson { r#type: "gaussian", mean, sigma })
            }
        },
        sites: &plan.sites,
        masses: &plan.masses,
        factor,
        heights: &plan.heights,
        cell_masses: &plan.cell_masses,
        centroids: &plan.centroids,
        cells: CellsJson { vertices: &plan.cells.vertices, offsets: &plan.cells.offsets },
        report: report(&plan.report, milliseconds),
    }
}
