//! The problem in coordinates that suit `f64`: both measures centred, scaled by powers of two, the
//! sites distinct and along a Hilbert curve.
//!
//! With x = c + L x′ and y = m + S y′, the planes order themselves as ⟨x′, y′ᵢ⟩ + h′ᵢ for
//! h′ᵢ = (hᵢ + ⟨c, yᵢ − m⟩) / (L S): the terms left out are the same for all i.

use geometry::{ConvexPolygon, Moments, NONE, Point, PolygonError, PowerDiagram, hilbert_order};

use crate::quadrature::Gaussian;
use crate::target::power_of_two_above;
use crate::{Source, Target};

/// The normalised problem, and the way back.
pub(crate) struct Frame {
    /// The source in x′.
    pub source: Source,
    gaussian: Option<Gaussian>,
    /// One over the integral of the unnormalised density.
    inverse_total: f64,
    /// Distinct sites y′.
    pub sites: Vec<Point>,
    /// Their masses, summing to one.
    pub masses: Vec<f64>,
    /// For each of them its index in the target.
    pub order: Vec<u32>,
    centre: Point,
    length: f64,
}

impl Frame {
    pub(crate) fn new(source: &Source, target: &Target) -> Result<Self, PolygonError> {
        let b = source.domain().bounds();
        let centre = [0.5 * (b[0] + b[2]), 0.5 * (b[1] + b[3])];
        let length = power_of_two_above(0.5 * (b[2] - b[0]).max(b[3] - b[1]));
        let source = source.moved(centre, length)?;
        let gaussian = source.gaussian_integrals();
        let total = match &gaussian {
            None => source.domain().area(),
            Some(g) => g.mass(source.domain().vertices()),
        };
        let kept: Vec<u32> =
            (0..target.len() as u32).filter(|&i| target.masses()[i as usize] > 0.0).collect();
        let places: Vec<Point> = kept.iter().map(|&i| target.local(i as usize)).collect();
        let curve = hilbert_order(&places);
        let order: Vec<u32> = curve.iter().map(|&k| kept[k as usize]).collect();
        Ok(Self {
            source,
            gaussian,
            inverse_total: 1.0 / total,
            sites: curve.iter().map(|&k| places[k as usize]).collect(),
            masses: order.iter().map(|&i| target.masses()[i as usize]).collect(),
            order,
            centre,
            length,
        })
    }

    /// Ω in x′.
    pub(crate) fn domain(&self) -> &ConvexPolygon {
        self.source.domain()
    }

    /// wᵢ = μ(Wᵢ) for each cell.
    pub(crate) fn cell_masses(&self, diagram: &PowerDiagram, masses: &mut Vec<f64>) {
        masses.clear();
        let inverse = self.inverse_total;
        match &self.gaussian {
            None => masses.extend(diagram.areas().iter().map(|a| a * inverse)),
            Some(g) => masses.extend((0..diagram.len()).map(|i| g.mass(diagram.cell(i)) * inverse)),
        }
    }

    /// Mass (as `area`), centroid and second moment of cell `i`, in x′; the mass unnormalised.
    pub(crate) fn cell_moments(&self, diagram: &PowerDiagram, i: usize) -> Moments {
        match &self.gaussian {
            None => diagram.moments(i),
            Some(g) => g.moments(diagram.cell(i)),
        }
    }

    /// ∫ x′ dμ over cell `i`, whose mass wᵢ is known.
    pub(crate) fn first_moment(&self, diagram: &PowerDiagram, i: usize, mass: f64) -> Point {
        match &self.gaussian {
            None => diagram.moments(i).centroid.map(|c| mass * c),
            Some(g) => {
                let moment = g.first_moment(diagram.cell(i), mass / self.inverse_total);
                moment.map(|m| m * self.inverse_total)
            }
        }
    }

    /// μ(facet): the integral of the normalised density over a segment, in x′.
    pub(crate) fn facet_mass(&self, a: Point, b: Point) -> f64 {
        let integral = match &self.gaussian {
            None => {
                let (x, y) = (b[0] - a[0], b[1] - a[1]);
                (x * x + y * y).sqrt()
            }
            Some(g) => g.segment(a, b),
        };
        integral * self.inverse_total
    }

    /// The point x of x′.
    pub(crate) fn source_point(&self, p: Point) -> Point {
        [self.centre[0] + self.length * p[0], self.centre[1] + self.length * p[1]]
    }

    /// Lengths of the source in units of x′.
    pub(crate) fn length(&self) -> f64 {
        self.length
    }

    /// Heights h′ of the distinct sites, from heights h of all the target's.
    pub(crate) fn local_heights(&self, target: &Target, heights: &[f64]) -> Vec<f64> {
        self.order
            .iter()
            .map(|&i| {
                (heights[i as usize] + self.shift(target, i as usize))
                    / (self.length * target.scale)
            })
            .collect()
    }

    /// Heights h of all the target's sites, Σ hᵢ = 0, from heights h′ of the distinct ones.
    pub(crate) fn heights(&self, target: &Target, local: &[f64]) -> Vec<f64> {
        let mut heights = vec![0.0; target.len()];
        for (&i, h) in self.order.iter().zip(local) {
            heights[i as usize] = h * (self.length * target.scale) - self.shift(target, i as usize);
        }
        for &(i, j) in target.merged() {
            heights[i as usize] = heights[j as usize];
        }
        let mean = heights.iter().sum::<f64>() / heights.len() as f64;
        for h in &mut heights {
            *h -= mean;
        }
        heights
    }

    fn shift(&self, target: &Target, i: usize) -> f64 {
        let y = target.sites()[i];
        self.centre[0] * (y[0] - target.centre[0]) + self.centre[1] * (y[1] - target.centre[1])
    }

    /// For each site of the target its place in this frame; [`NONE`] if merged.
    pub(crate) fn places(&self, target: &Target) -> Vec<u32> {
        let mut places = vec![NONE; target.len()];
        for (k, &i) in (0u32..).zip(&self.order) {
            places[i as usize] = k;
        }
        places
    }
}
