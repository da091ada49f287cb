//! Transport from the uniform measure on [0,1]^d to latent codes: the singular set and the extended
//! map where cells have thousands of facets, lines and planes through the cube, and the Gaussian
//! that a model without transport would sample.
//!
//! **The extended map.** Across a facet where the map ∇u jumps by J = |yᵢ − yⱼ|, T̃ goes from yᵢ
//! to yⱼ linearly over a strip ε J wide, half on either side; where strips meet it mixes more sites.
//! T̃(x) = Σ λᵢ yᵢ with λ on the simplex that maximises
//!
//! Σ λᵢ (⟨x, yᵢ⟩ + hᵢ + ε|yᵢ|²/2) − ε|Σ λᵢ yᵢ|²/2,
//!
//! the gradient of the Moreau envelope, with parameter ε, of the potential with heights
//! hᵢ + ε|yᵢ|²/2; the lift by |yᵢ|²/2 is what makes the strips symmetric about the facets of u. So T̃
//! is the gradient of a convex function, continuous and 1/ε-Lipschitz, and equals yᵢ in cell i
//! farther than ε J/2 from each facet. (Its strips and cells are Edelsbrunner's mixed complex,
//! Discrete Comput. Geom. 21, 1999.) With a threshold, planes whose jump from the best one is
//! singular are left out, and T̃ jumps there as ∇u does, and about the ends of those facets. Threshold ∞ is the continuous map that a
//! network of Lipschitz constant 1/ε would have to learn.
//!
//! Measured against barycentric coordinates of x among the centroids of the k best cells, on 4,096
//! codes of 10 modes in 64 dimensions with heights to 2.5 % r.m.s. (`examples/latent.rs` of `lab`).
//! Where both interpolate half of the samples (max λ < 0.9) their statistics agree: the Fréchet
//! distance to held-out codes, as a share of their variance, is 0.0026 here and 0.0027 there (0.0031
//! for that many of the sites themselves). But there λ jumps whenever the k-th best plane changes:
//! along segments 46 to 92 % of the change that is not at singular facets came in such jumps (k from
//! 4 to 16, thresholds at the quantiles 0.25 to 1 of the measured jumps), 79 % with the threshold at
//! infinity, where the map ought to be continuous. Here that is none at infinity and at the quantile
//! 0.9, and at most 17 % at 0.75 and 26 % at 0.5: where two cells that meet in an ordinary facet do
//! not have the same neighbours within the threshold, about the ends of the singular set. How much
//! is interpolated depends there on k (41, 55, 65 % at k = 4, 8, 16, quantile 0.25), and here on
//! nothing but ε and the threshold: at the quantile 0.75, 60 % for ε = 0.63, with 2.1 sites mixed on
//! average. And no centroids are needed, whose Monte Carlo error (0.10 at 500 samples a cell) is more
//! than most points' distance to a facet (median 0.03).

mod centroids;
mod crossing;
mod gaussian;
mod line;
mod map;
mod panels;
mod section;
mod simplex;
mod survey;

pub use centroids::{Centroids, centroids};
pub use crossing::{Found, find_crossing};
pub use gaussian::{Gaussian, normal_quantile};
pub use line::Crossing;
pub use map::{Image, LatentMap, Top};
pub use section::{Edge, Section};
pub use simplex::on_simplex;
pub use survey::{Survey, jumps, quantile, ramp_for, survey};

#[cfg(test)]
mod tests;

use std::fmt;

/// How ∇u is made continuous: see the module's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extension {
    /// Jumps above are singular, in the sites' units; infinite: none is.
    pub threshold: f64,
    /// ε ≥ 0: a facet's strip is ε times its jump wide. 0 is ∇u itself.
    pub ramp: f64,
}

/// Why there is no such map or section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatentError {
    /// The coordinates do not make sites of this dimension, or there is none.
    Sites {
        /// How many coordinates there are.
        count: usize,
        /// The d given.
        dimension: usize,
    },
    /// Not one height a site.
    Heights {
        /// How many heights there are.
        count: usize,
        /// How many sites.
        sites: usize,
    },
    /// A coordinate or height is not finite, or too large.
    NotFinite {
        /// Index of the site.
        index: usize,
    },
    /// Three points on one line, or a plane that misses the cube.
    Plane,
}

impl LatentError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sites { .. } => "latent-sites",
            Self::Heights { .. } => "latent-heights",
            Self::NotFinite { .. } => "latent-not-finite",
            Self::Plane => "latent-plane",
        }
    }

    /// Index of the site that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match self {
            Self::NotFinite { index } => Some(*index),
            _ => None,
        }
    }
}

impl fmt::Display for LatentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sites { count, dimension } => {
                write!(f, "{count} coordinates do not make sites of dimension {dimension}")
            }
            Self::Heights { count, sites } => {
                write!(f, "there are {count} heights for {sites} sites; give one each")
            }
            Self::NotFinite { index } => {
                write!(f, "site {index} has a coordinate or a height that is not finite")
            }
            Self::Plane => {
                write!(f, "these points span no plane through the cube; choose three others")
            }
        }
    }
}

impl std::error::Error for LatentError {}
