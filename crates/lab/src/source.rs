//! The source measure a scenario names.

use crate::error::Error;
use geometry::ConvexPolygon;
use serde::{Deserialize, Serialize};
use transport::{Density, Source};

/// Density of the source on the domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceName {
    /// Constant.
    Uniform,
    /// Normal about the domain's centroid, restricted to the domain.
    Gaussian,
}

/// The source on a domain. `sigma` is in units of half the smaller side of the domain's box.
///
/// # Errors
/// Those of `transport`: a σ so small that corners of the domain are beyond the tail.
pub fn source(domain: ConvexPolygon, name: SourceName, sigma: f64) -> Result<Source, Error> {
    if name == SourceName::Uniform {
        return Ok(Source::uniform(domain));
    }
    let [x0, y0, x1, y1] = domain.bounds();
    let mean = domain.centroid();
    let sigma = sigma * 0.5 * (x1 - x0).min(y1 - y0);
    Ok(Source::gaussian(domain, mean, sigma)?)
}

/// The source of given density on a domain.
///
/// # Errors
/// Those of `transport`.
pub fn of_density(domain: ConvexPolygon, density: Density) -> Result<Source, Error> {
    match density {
        Density::Uniform => Ok(Source::uniform(domain)),
        Density::Gaussian { mean, sigma } => Ok(Source::gaussian(domain, mean, sigma)?),
    }
}

/// A density as numbers: none for the uniform one, the mean's x and y and σ for a Gaussian.
///
/// # Errors
/// Code `source`: another number of numbers.
pub fn density(numbers: Option<&[f64]>) -> Result<Density, Error> {
    match numbers {
        None => Ok(Density::Uniform),
        Some(&[x, y, sigma]) => Ok(Density::Gaussian { mean: [x, y], sigma }),
        Some(other) => Err(Error::new(
            "source",
            format!(
                "A Gaussian source has {} numbers. Give three: the mean's x and y, and sigma.",
                other.len()
            ),
        )),
    }
}

/// The source in a frame, in user coordinates: what the page shades.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceJson {
    /// `uniform` or `gaussian`.
    pub name: SourceName,
    /// Mean of the Gaussian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<[f64; 2]>,
    /// Its σ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sigma: Option<f64>,
}

impl SourceJson {
    pub(crate) fn of(source: &Source) -> Self {
        match source.density() {
            Density::Uniform => Self::default(),
            Density::Gaussian { mean, sigma } => {
                SourceJson { name: SourceName::Gaussian, mean: Some(mean), sigma: Some(sigma) }
            }
        }
    }
}

impl Default for SourceJson {
    fn default() -> Self {
        SourceJson { name: SourceName::Uniform, mean: None, sigma: None }
    }
}
