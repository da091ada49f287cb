//! What a solve says about its answer.

/// Why a solve stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The residual fell to the tolerance.
    Tolerance,
    /// The residual is at the limit of `f64` for these sites and masses; see
    /// [`Report::precision_limit`].
    Precision,
    /// The callback asked to stop.
    Cancelled,
    /// The number of iterations allowed was used up.
    Iterations,
    /// The heights were given, not solved for.
    Given,
}

impl Stopped {
    /// The name used in JSON and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tolerance => "tolerance",
            Self::Precision => "precision",
            Self::Cancelled => "cancelled",
            Self::Iterations => "iterations",
            Self::Given => "given",
        }
    }
}

/// The certificate of a plan. Lengths are in the units of the input; all W₂ are squares, for the
/// cost |x − y|².
#[derive(Clone, Debug)]
pub struct Report {
    /// `newton`, or how else the heights were found.
    pub method: &'static str,
    /// Newton steps accepted.
    pub iterations: usize,
    /// Diagrams computed, those of rejected steps included.
    pub evaluations: usize,
    /// maxᵢ |wᵢ − νᵢ| / νᵢ.
    pub residual: f64,
    /// The residual at the start and after each step.
    pub residual_history: Vec<f64>,
    /// minᵢ wᵢ / νᵢ.
    pub smallest_cell: f64,
    /// E(h) = ∫ u dμ − Σ νᵢ hᵢ.
    pub energy: f64,
    /// ∫ |x − ∇u(x)|² dμ: the exact cost of carrying μ to the masses wᵢ reached.
    pub w2_primal: f64,
    /// ∫ |x|² dμ + Σ νᵢ |yᵢ|² − 2 E(h), never more than W₂²(μ, ν).
    pub w2_dual: f64,
    /// (√primal + diam · √(½ Σ |wᵢ − νᵢ|))², never less than W₂²(μ, ν).
    pub w2_upper: f64,
    /// `w2_upper` − `w2_dual`, computed without cancellation.
    pub duality_gap: f64,
    /// Why the solve stopped.
    pub stopped: Stopped,
    /// Sites merged into an earlier one, with that one.
    pub merged: Vec<(u32, u32)>,
    /// The smallest residual that `f64` heights can be expected to reach here, an estimate.
    pub precision_limit: f64,
}
