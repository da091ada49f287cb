//! The exact energy and its gradient at any heights, in the frame's coordinates.

use geometry::{PowerDiagram, SiteError, Update, WeightedDelaunay};

use crate::Density;
use crate::frame::Frame;
use crate::newton::{hessian_edges, precision_limit, residual};

/// Heights and the energy there.
pub(super) struct Point {
    pub heights: Vec<f64>,
    pub energy: Energy,
    /// wᵢ.
    pub masses: Vec<f64>,
    /// wᵢ − νᵢ.
    pub gradient: Vec<f64>,
    pub residual: f64,
}

/// E(h), and by how much it may be wrong.
#[derive(Clone, Copy)]
pub(super) struct Energy {
    pub value: f64,
    pub noise: f64,
}

/// Errors beside the size of an energy's terms: rounding, and that of the Gaussian's rules.
const ROUNDING: f64 = 4.0 * f64::EPSILON;
const RULES: f64 = 1e-11;

impl Energy {
    /// E(h) = Σ ⟨∫ x dμ over Wᵢ, yᵢ⟩ + (wᵢ − νᵢ) hᵢ of a diagram and its cells' masses.
    pub(super) fn of(
        frame: &Frame,
        diagram: &PowerDiagram,
        heights: &[f64],
        masses: &[f64],
    ) -> Self {
        let (mut value, mut size) = (0.0, 0.0f64);
        for i in 0..heights.len() {
            let (w, y) = (masses[i], frame.sites[i]);
            let lift = (w - frame.masses[i]) * heights[i];
            let x = frame.first_moment(diagram, i, w);
            let term = x[0] * y[0] + x[1] * y[1];
            value += term + lift;
            size += term.abs() + lift.abs();
        }
        let error = match frame.source.density() {
            Density::Uniform => ROUNDING,
            Density::Gaussian { .. } => RULES,
        };
        Self { value, noise: error * size }
    }
}

/// The energy as a function of the heights.
pub(super) struct Surface<'a> {
    frame: &'a Frame,
    pub delaunay: WeightedDelaunay,
    pub diagram: PowerDiagram,
}

impl<'a> Surface<'a> {
    /// The energy, and the point at `heights`.
    pub(super) fn new(frame: &'a Frame, heights: Vec<f64>) -> Result<(Self, Point), SiteError> {
        let delaunay = WeightedDelaunay::new(&frame.sites, &heights)?;
        let diagram = PowerDiagram::new(&delaunay, frame.domain());
        let this = Self { frame, delaunay, diagram };
        let point = this.point(heights);
        Ok((this, point))
    }

    /// Moves the diagram to `heights`; `None` if they are no numbers, or beyond what is accepted.
    pub(super) fn at(&mut self, heights: Vec<f64>) -> Option<Point> {
        if !heights.iter().all(|h| h.is_finite()) {
            return None;
        }
        // An update that meets a hidden site leaves the triangulation unfinished.
        let full = self.delaunay.first_hidden().is_none()
            && self.delaunay.update(&heights) == Update::Full;
        if !full {
            self.delaunay = WeightedDelaunay::new(&self.frame.sites, &heights).ok()?;
        }
        self.diagram.fill(&self.delaunay, self.frame.domain());
        Some(self.point(heights))
    }

    fn point(&self, heights: Vec<f64>) -> Point {
        let mut masses = Vec::with_capacity(heights.len());
        self.frame.cell_masses(&self.diagram, &mut masses);
        Point {
            energy: Energy::of(self.frame, &self.diagram, &heights, &masses),
            gradient: masses.iter().zip(&self.frame.masses).map(|(w, v)| w - v).collect(),
            residual: residual(&masses, &self.frame.masses),
            masses,
            heights,
        }
    }

    /// One over a bound of the present Hessian's largest eigenvalue (Gershgorin's: twice the largest
    /// entry of a Laplacian's diagonal).
    pub(super) fn cautious_step(&self) -> f64 {
        let mut edges = Vec::new();
        hessian_edges(&self.diagram, self.frame, &mut edges);
        let mut diagonal = vec![0.0f64; self.frame.sites.len()];
        for (i, j, weight) in edges {
            diagonal[i as usize] += weight;
            diagonal[j as usize] += weight;
        }
        let largest = diagonal.iter().copied().fold(0.0, f64::max);
        if largest > 0.0 { 0.5 / largest } else { 1.0 }
    }

    /// See [`precision_limit`]. Requires that the diagram is that of `heights`.
    pub(super) fn precision_limit(&self, heights: &[f64]) -> f64 {
        let mut edges = Vec::new();
        hessian_edges(&self.diagram, self.frame, &mut edges);
        precision_limit(&edges, heights, &self.frame.masses)
    }
}

/// Whether a cell of this mass, where it should have `due`, counts as empty.
pub(super) fn is_empty(mass: f64, due: f64) -> bool {
    mass < 1e-12 && mass < 0.5 * due
}

/// Whether the energy falls from one point to another, `tau` along a direction, by `share` of what its
/// slope there promises (Armijo's condition). `slopes` are those along the direction at both points.
///
/// Near the minimum the difference of the energies drowns in their errors, long before the slopes
/// do; it is then taken from these by the trapezium rule (Hager and Zhang, SIAM J. Optim. 16, 2005).
pub(super) fn falls(from: Energy, to: Energy, tau: f64, slopes: [f64; 2], share: f64) -> bool {
    let excess = to.value - from.value - share * tau * slopes[0];
    if excess.abs() > from.noise + to.noise {
        excess <= 0.0
    } else {
        slopes[1] <= (2.0 * share - 1.0) * slopes[0]
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// h + τ d.
pub(super) fn moved(heights: &[f64], tau: f64, direction: &[f64]) -> Vec<f64> {
    heights.iter().zip(direction).map(|(h, d)| h + tau * d).collect()
}
