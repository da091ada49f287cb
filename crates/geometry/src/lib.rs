//! Plane geometry in `f64` for semi-discrete optimal transport: robust predicates, the weighted
//! Delaunay triangulation, its dual power diagram clipped to a convex domain, polygon moments.
//!
//! A site yᵢ with height hᵢ stands for the plane x ↦ ⟨x, yᵢ⟩ + hᵢ. The upper envelope of the planes
//! is dual to the lower convex hull of the points (yᵢ, −hᵢ) in space, so every predicate here is
//! `orient2d` of sites or `orient3d` of those points: exact for the `f64` given, with no lifted
//! coordinate to round. The power diagram with weights ψᵢ = 2hᵢ + |yᵢ|² is the same thing
//! (Aurenhammer, SIAM J. Comput. 16, 1987).
//!
//! Deliberately absent: input and output, threads, time, random numbers, tolerances in predicates.

mod clip;
mod delaunay;
mod error;
mod insert;
mod legalise;
mod mesh;
mod moments;
mod order;
mod polygon;
mod power;
mod predicates;

pub use delaunay::{Update, WeightedDelaunay};
pub use error::{PolygonError, SiteError};
pub use moments::{Moments, moments};
pub use order::{hilbert_order, insertion_order};
pub use polygon::ConvexPolygon;
pub use power::{BOUNDARY, PowerDiagram};

/// A point of the plane, or a vector: `[x, y]`.
pub type Point = [f64; 2];

/// Largest coordinate accepted, in absolute value. Products of four coordinates appear in the
/// exact predicates and must not overflow.
pub const MAX_COORDINATE: f64 = 1e60;

/// Marks "no such index" in index arrays.
pub const NONE: u32 = u32::MAX;
