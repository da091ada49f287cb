//! Semi-discrete optimal transport to Dirac masses: exactly, from a uniform or Gaussian source on a
//! convex domain of the plane; in any dimension by Monte Carlo ([`monte_carlo`]).
//!
//! The map is ∇u for the Brenier potential u(x) = maxᵢ (⟨x, yᵢ⟩ + hᵢ), whose heights minimise the
//! convex energy E(h) = ∫ u dμ − Σ νᵢ hᵢ (Lei et al., "A Geometric Understanding of Deep
//! Learning", Engineering 6, 2020, section 3; Gu, Luo, Sun, Yau, Asian J. Math. 20, 2016).
//!
//! Every heights vector comes with a certificate: W₂² lies between a dual and a primal bound that
//! are both evaluated exactly (see [`Report`]).
//!
//! Deliberately absent: input and output, clocks, threads, global state. Random generators are
//! passed in, cancellation is what a callback returns.

pub mod assignment;
pub mod displacement;
pub mod extended;
mod facets;
mod frame;
mod laplacian;
pub mod latent;
pub mod monte_carlo;
pub mod newton;
mod ordering;
mod plan;
mod quadrature;
mod report;
pub mod sample;
pub mod singular;
mod source;
mod start;
mod target;
pub mod trace;

pub use facets::facet_masses;
pub use geometry::{ConvexPolygon, Point, PolygonError};
pub use newton::{Options, Progress};
pub use plan::{Cells, Facet, Plan, PlanError, Potential};
pub use report::{Report, Stopped};
pub use source::{Density, Source, SourceError};
pub use target::{Target, TargetError};
