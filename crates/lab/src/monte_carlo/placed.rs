//! A domain in words as an image of a source law, and what that does to heights and costs.

use crate::domain::{DISK_SIDES, DomainSpec};
use crate::error::Error;
use geometry::ConvexPolygon;
use transport::monte_carlo::{Law, MAX_DIMENSION, Measure, Value};

/// The domain {o + s ∘ u} with u distributed by a law: a square, rectangle or disk in the plane;
/// the unit cube, the unit ball, or all of space with the standard normal distribution in R^d.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) law: Law,
    /// o, d numbers.
    offset: Vec<f64>,
    /// s, d numbers.
    sides: Vec<f64>,
    /// In the plane, what the exact solver knows the domain by.
    pub(crate) polygon: Option<ConvexPolygon>,
}

impl Placed {
    /// Reads a domain of R^d.
    ///
    /// # Errors
    /// Code `domain`: not one that Monte Carlo samples; code `dimension`: not this d.
    pub(crate) fn parse(domain: &str, dimension: usize) -> Result<Self, Error> {
        if !(1..=MAX_DIMENSION).contains(&dimension) {
            return Err(Error::new(
                "dimension",
                format!("The dimension is {dimension}. Choose one from 1 to {MAX_DIMENSION}."),
            ));
        }
        let whole = |law: Law| Self {
            law,
            offset: vec![0.0; dimension],
            sides: vec![1.0; dimension],
            polygon: (law == Law::Cube && dimension == 2).then(ConvexPolygon::unit_square),
        };
        match domain {
            "cube" => return Ok(whole(Law::Cube)),
            "gaussian" => return Ok(whole(Law::Gaussian)),
            "ball" => {
                let disk = ConvexPolygon::disk([0.0, 0.0], 1.0, DISK_SIDES)?;
                return Ok(Self { polygon: (dimension == 2).then_some(disk), ..whole(Law::Ball) });
            }
            _ => {}
        }
        let spec = DomainSpec::parse(domain)?;
        if dimension != 2 {
            return Err(Error::new(
                "dimension",
                format!(
                    "The domain {domain} is one of the plane, but the sites have {dimension} coordinates. Choose cube, ball or gaussian."
                ),
            ));
        }
        let polygon = Some(spec.polygon(&DomainSpec::Square)?);
        Ok(match spec {
            DomainSpec::Auto | DomainSpec::Square => whole(Law::Cube),
            DomainSpec::Rectangle([x0, y0, x1, y1]) => Self {
                law: Law::Cube,
                offset: vec![x0.min(x1), y0.min(y1)],
                sides: vec![(x1 - x0).abs(), (y1 - y0).abs()],
                polygon,
            },
            DomainSpec::Disk([x, y, r]) => {
                Self { law: Law::Ball, offset: vec![x, y], sides: vec![r, r], polygon }
            }
            DomainSpec::Polygon(_) => {
                return Err(Error::new(
                    "domain",
                    "Monte Carlo samples a square, a rectangle or a disk, not a polygon. Choose one of these, or the exact method.",
                ));
            }
        })
    }

    /// d.
    pub(crate) fn dimension(&self) -> usize {
        self.sides.len()
    }

    /// Sites whose planes over u are those of `sites` over x: ⟨o + s ∘ u, y⟩ = ⟨u, s ∘ y⟩ + ⟨o, y⟩.
    pub(crate) fn sites(&self, sites: &[f64]) -> Vec<f64> {
        sites.iter().zip(self.sides.iter().cycle()).map(|(y, s)| y * s).collect()
    }

    /// Heights over x of heights over u, Σ = 0; `sign` −1, or the other way, 1.
    fn shifted(&self, heights: &[f64], sites: &[f64], sign: f64) -> Vec<f64> {
        let d = self.dimension();
        let mut out: Vec<f64> = heights
            .iter()
            .zip(sites.chunks_exact(d))
            .map(|(h, y)| h + sign * dot(&self.offset, y))
            .collect();
        let mean = out.iter().sum::<f64>() / out.len() as f64;
        out.iter_mut().for_each(|h| *h -= mean);
        out
    }

    /// Heights over x of heights over u.
    pub(crate) fn heights(&self, heights: &[f64], sites: &[f64]) -> Vec<f64> {
        self.shifted(heights, sites, -1.0)
    }

    /// Heights over u of heights over x.
    pub(crate) fn inner_heights(&self, heights: &[f64], sites: &[f64]) -> Vec<f64> {
        self.shifted(heights, sites, 1.0)
    }

    /// A point o + s ∘ u, from coordinates centred at the law's mean.
    pub(crate) fn point(&self, centred: &[f32]) -> impl Iterator<Item = f64> {
        let mean = self.mean();
        let place = self.offset.iter().zip(&self.sides);
        centred.iter().zip(place).map(move |(u, (o, s))| o + s * (f64::from(*u) + mean))
    }

    /// A coordinate's mean under the law.
    fn mean(&self) -> f64 {
        if self.law == Law::Cube { 0.5 } else { 0.0 }
    }

    /// A coordinate's variance under the law.
    fn variance(&self) -> f64 {
        match self.law {
            Law::Cube => 1.0 / 12.0,
            Law::Gaussian => 1.0,
            Law::Ball => 1.0 / (self.dimension() as f64 + 2.0),
        }
    }

    /// A measure taken over u, as one over x. E grows by Σ νᵢ ⟨o, yᵢ⟩; W₂² is put together again
    /// from ∫|x|² dμ, the sites' squares, and ∫⟨u, s ∘ ∇u⟩, which the primal cost over u holds.
    pub(crate) fn measure(&self, inner: &Measure, sites: &[f64], masses: &[f64]) -> Measure {
        let d = self.dimension();
        let (mean, variance) = (self.mean(), self.variance());
        let mut source = 0.0;
        for (o, s) in self.offset.iter().zip(&self.sides) {
            source += (o + s * mean).powi(2) + s * s * variance;
        }
        let source_inner = d as f64 * (mean * mean + variance);
        let (mut tilt, mut square) = (0.0, 0.0);
        let (mut tilt_reached, mut reached, mut reached_inner) = (0.0, 0.0, 0.0);
        for ((y, v), w) in sites.chunks_exact(d).zip(masses).zip(&inner.cell_masses) {
            let squared = dot(y, y);
            tilt += v * dot(&self.offset, y);
            square += v * squared;
            tilt_reached += w * dot(&self.offset, y);
            reached += w * squared;
            reached_inner +=
                w * y.iter().zip(&self.sides).map(|(y, s)| (y * s).powi(2)).sum::<f64>();
        }
        let energy = Value { value: inner.energy.value + tilt, ..inner.energy };
        let along = 0.5 * (source_inner + reached_inner - inner.w2_primal.value);
        let primal = source + reached - 2.0 * (along + tilt_reached);
        let stray = diameter(sites, d) * inner.variation.value.sqrt();
        let root = primal.max(0.0).sqrt();
        let growth = if root > 0.0 { (root + stray) / root } else { 1.0 };
        Measure {
            energy,
            w2_dual: Value {
                value: source + square - 2.0 * energy.value,
                error: 2.0 * energy.error,
            },
            w2_primal: Value { value: primal, ..inner.w2_primal },
            w2_upper: Value {
                value: (root + stray).powi(2),
                error: inner.w2_primal.error * growth,
            },
            ..inner.clone()
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The diagonal of the sites' box.
fn diameter(sites: &[f64], d: usize) -> f64 {
    let side = |k: usize| {
        let column = || sites.iter().skip(k).step_by(d).copied();
        column().fold(f64::NEG_INFINITY, f64::max) - column().fold(f64::INFINITY, f64::min)
    };
    (0..d).map(|k| side(k).powi(2)).sum::<f64>().sqrt()
}
