//! The source measure: uniform or Gaussian, on a convex domain.

use std::fmt;

use geometry::{ConvexPolygon, Point, PolygonError, moments};

use crate::quadrature::Gaussian;

/// An absolutely continuous probability measure μ on a convex domain Ω.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    domain: ConvexPolygon,
    density: Density,
}

/// The density of the source, up to the factor that makes its mass one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Density {
    /// Constant.
    Uniform,
    /// exp(−|x − mean|² / 2σ²), restricted to the domain. Cell masses are integrals by Gauss's
    /// rule, to a relative error of 10⁻¹¹.
    Gaussian {
        /// Where it is largest; need not be in the domain.
        mean: Point,
        /// σ > 0.
        sigma: f64,
    },
}

/// Why a density does not make a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// The mean is not finite.
    Mean,
    /// σ is not a positive finite number.
    Sigma,
    /// The domain lies so far out in the tail, or σ is so small beside it, that its mass or that
    /// of most of it is nothing in `f64`.
    NoMass,
}

impl SourceError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Mean => "source-mean",
            Self::Sigma => "source-sigma",
            Self::NoMass => "source-no-mass",
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => write!(f, "the Gaussian's mean is not a finite point; correct it"),
            Self::Sigma => {
                write!(f, "the Gaussian's sigma is not a positive finite number; correct it")
            }
            Self::NoMass => write!(
                f,
                "the domain reaches more than 25 sigma from the Gaussian's mean; enlarge sigma, or \
                 make the domain smaller"
            ),
        }
    }
}

impl std::error::Error for SourceError {}

/// Farther out the density is below 10⁻¹³⁵ of its largest value.
const REACH: f64 = 25.0;

impl Source {
    /// The uniform measure on `domain`.
    pub fn uniform(domain: ConvexPolygon) -> Self {
        Self { domain, density: Density::Uniform }
    }

    /// The normal distribution N(`mean`, `sigma`² I) given that it falls in `domain`.
    ///
    /// # Errors
    /// [`SourceError`] for numbers that are not finite, σ ≤ 0, or a corner of the domain more than
    /// 25 σ from the mean.
    pub fn gaussian(domain: ConvexPolygon, mean: Point, sigma: f64) -> Result<Self, SourceError> {
        if !mean.iter().all(|c| c.is_finite()) {
            return Err(SourceError::Mean);
        }
        if !(sigma > 0.0 && sigma.is_finite()) {
            return Err(SourceError::Sigma);
        }
        let far = domain
            .vertices()
            .iter()
            .map(|v| (v[0] - mean[0]).hypot(v[1] - mean[1]))
            .fold(0.0, f64::max);
        if !(far <= REACH * sigma) {
            return Err(SourceError::NoMass);
        }
        Ok(Self { domain, density: Density::Gaussian { mean, sigma } })
    }

    /// Ω.
    pub fn domain(&self) -> &ConvexPolygon {
        &self.domain
    }

    /// The density on it.
    pub fn density(&self) -> Density {
        self.density
    }

    /// μ of a convex polygon inside Ω, its vertices counter-clockwise.
    pub fn mass(&self, polygon: &[Point]) -> f64 {
        match self.gaussian_integrals() {
            None => moments(polygon).area / self.domain.area(),
            Some(gaussian) => gaussian.mass(polygon) / gaussian.mass(self.domain.vertices()),
        }
    }

    /// The same measure in coordinates (x − centre) / length.
    pub(crate) fn moved(&self, centre: Point, length: f64) -> Result<Self, PolygonError> {
        let local = |v: &Point| [(v[0] - centre[0]) / length, (v[1] - centre[1]) / length];
        let domain = ConvexPolygon::new(self.domain.vertices().iter().map(local).collect())?;
        let density = match self.density {
            Density::Uniform => Density::Uniform,
            Density::Gaussian { mean, sigma } => {
                Density::Gaussian { mean: local(&mean), sigma: sigma / length }
            }
        };
        Ok(Self { domain, density })
    }

    /// The Gaussian's integrals; `None` where the density is uniform.
    pub(crate) fn gaussian_integrals(&self) -> Option<Gaussian> {
        match self.density {
            Density::Uniform => None,
            Density::Gaussian { mean, sigma } => Some(Gaussian::new(mean, sigma)),
        }
    }
}

impl From<&ConvexPolygon> for Source {
    fn from(domain: &ConvexPolygon) -> Self {
        Self::uniform(domain.clone())
    }
}

impl From<&Source> for Source {
    fn from(source: &Source) -> Self {
        source.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_domain_share_its_mass() {
        let disk = ConvexPolygon::disk([2.0, -1.0], 1.5, 64).unwrap();
        let bell = Source::gaussian(disk.clone(), [2.0, -1.0], 0.5).unwrap();
        let whole = disk.vertices();
        for (source, tolerance) in [(Source::uniform(disk.clone()), 1e-14), (bell, 1e-11)] {
            assert!((source.mass(whole) - 1.0).abs() < tolerance);
            // Cut at two opposite corners, through the mean: two halves.
            for half in [&whole[..33], &[&whole[32..], &whole[..1]].concat()] {
                let mass = source.mass(half);
                assert!((mass - 0.5).abs() < tolerance, "{mass}");
            }
            assert_eq!(source.mass(&whole[..2]), 0.0);
        }
    }
}
