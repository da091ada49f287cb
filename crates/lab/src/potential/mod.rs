//! The potential scene: the graph of u and its Legendre dual at the solved heights, at heights set
//! by hand and at each step of a solver; u and φ as fields; shapes on their way.
//!
//! Everything here is plain data: a [`Potential`] takes over a solved scene and answers with flat
//! arrays in user coordinates.

mod choices;
mod fields;
mod fill;
mod mesh;
mod morph;
pub mod network;
mod outlines;
mod record;
mod seahorse;
mod settings;
mod shape;

pub use choices::{Look, Named, Part, ShapeName, SourceShape, word};
pub use fields::{FieldNumbers, Fields, MAX_PLACES, Reaches, W2};
pub use mesh::Mesh;
pub use morph::{Morph, MorphNumbers, morph};
pub use outlines::Region;
pub use record::{Moment, Record, RecordNumbers, RecordRequest};
pub use settings::{
    COUNTS, LAYERS, MAX_HAND, MAX_LIFT, MAX_STEPS, MAX_TRAILS, MAX_TRAINED, Settings, WIDTHS,
};
pub use shape::{Shape, ShapeNumbers};

use crate::error::Error;
use crate::frame::measure;
use crate::scenario::View;
use crate::source;
use geometry::{ConvexPolygon, Point};
use transport::singular::{Measure, SingularSet, singular_set};
use transport::trace::{Recording, Start};
use transport::{Density, Plan, Source, Target};

/// A solved scene, as its frame has it. N sites.
pub struct Request<'a> {
    /// Vertices of Ω.
    pub domain: &'a [Point],
    /// Density of the source on it.
    pub density: Density,
    /// N sites.
    pub sites: &'a [Point],
    /// N masses; 0 for a site merged into an earlier one at its place.
    pub masses: &'a [f64],
    /// N heights, the exact ones.
    pub heights: &'a [f64],
    /// N colour classes.
    pub colours: &'a [u8],
    /// Which facets are singular.
    pub view: &'a View,
}

/// A view from its JSON.
///
/// # Errors
/// Code `scenario`: it is none.
pub fn view(json: &str) -> Result<View, Error> {
    serde_json::from_str(json)
        .map_err(|e| Error::new("scenario", format!("The view cannot be read: {e}.")))
}

/// A scene whose heights may be moved.
pub struct Potential {
    source: Source,
    target: Target,
    colours: Vec<u8>,
    measure: Measure,
    /// Jump or angle beyond which a facet is singular, fixed at the solved heights: a median over
    /// the facets of other heights would light other facets without a jump having changed.
    threshold: f64,
    /// The scene as it was solved.
    solved: Plan,
    /// Heights as they were left by hand.
    now: Vec<f64>,
    /// At most one of each solver.
    recordings: Vec<Recording>,
}

impl Potential {
    /// Takes over a solved scene.
    ///
    /// # Errors
    /// Code `potential` where heights, masses or colours are not one a site; those of `geometry` and
    /// `transport`.
    pub fn new(request: &Request<'_>) -> Result<Self, Error> {
        let n = request.sites.len();
        let lengths = [request.masses.len(), request.heights.len(), request.colours.len()];
        if lengths.iter().any(|l| *l != n) {
            let message =
                format!("The scene has {n} sites. Give a mass, a height and a colour each.");
            return Err(Error::new("potential", message));
        }
        let domain = ConvexPolygon::new(request.domain.to_vec())?;
        let source = source::of_density(domain, request.density)?;
        let target = Target::new(request.sites, Some(&shared(request)?))?;
        let solved = Plan::from_heights(&source, &target, request.heights)?;
        let measure = measure(request.view);
        Ok(Self {
            threshold: singular_set(&solved, measure).threshold,
            now: solved.heights.clone(),
            recordings: Vec::new(),
            colours: request.colours.to_vec(),
            source,
            target,
            measure,
            solved,
        })
    }

    /// Number of sites.
    pub fn count(&self) -> usize {
        self.target.len()
    }

    /// Jump or angle beyond which a facet is singular.
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// Heights to begin from, Σ = 0.
    ///
    /// # Errors
    /// Those of `transport`, for a domain that is degenerate in `f64`.
    pub fn start(&self, from: Start) -> Result<Vec<f64>, Error> {
        match from {
            // Those that the page shows, not another solve's.
            Start::Solved => Ok(self.solved.heights.clone()),
            _ => Ok(from.heights(&self.source, &self.target)?),
        }
    }

    /// The graph at the heights of a start, some planes moved by hand.
    ///
    /// # Errors
    /// Code `site` for a plane that is not there; those of `transport` for heights that are not finite.
    pub fn heights(&mut self, from: Start, hand: &[(usize, f64)]) -> Result<Shape, Error> {
        let heights = self.moved(from, hand)?;
        self.set(&heights)
    }

    fn moved(&self, from: Start, hand: &[(usize, f64)]) -> Result<Vec<f64>, Error> {
        let mut heights = self.start(from)?;
        for &(i, lift) in hand {
            heights[self.carrier(i)?] += lift;
        }
        Ok(heights)
    }

    /// The graph with one plane moved from where it is.
    ///
    /// # Errors
    /// Code `site` for a plane that is not there; those of `transport` for heights that are not finite.
    pub fn lift(&mut self, i: usize, lift: f64) -> Result<Shape, Error> {
        let mut heights = self.now.clone();
        heights[self.carrier(i)?] += lift;
        self.set(&heights)
    }

    /// The graph at the solved heights; the hand's stay.
    pub fn solved(&self) -> Shape {
        self.shape(&self.solved)
    }

    fn set(&mut self, heights: &[f64]) -> Result<Shape, Error> {
        let shape = self.shape_of(heights)?;
        self.now.clone_from(&shape.heights);
        Ok(shape)
    }

    fn shape_of(&self, heights: &[f64]) -> Result<Shape, Error> {
        Ok(self.shape(&Plan::from_heights(&self.source, &self.target, heights)?))
    }

    fn shape(&self, plan: &Plan) -> Shape {
        Shape::new(&self.source, plan, &self.singular(plan), &self.colours)
    }

    fn singular(&self, plan: &Plan) -> SingularSet {
        let mut set = singular_set(plan, self.measure);
        set.threshold = self.threshold;
        for (singular, value) in set.singular.iter_mut().zip(&set.values) {
            *singular = *value > self.threshold;
        }
        let lengths = plan.facets.iter().zip(&set.singular);
        set.length = lengths.filter(|(_, s)| **s).map(|(f, _)| f.length()).sum();
        set
    }

    /// The site whose plane stands for site i's: of sites at one place the first.
    fn carrier(&self, i: usize) -> Result<usize, Error> {
        if i >= self.count() {
            let message = format!("There is no plane {i}: the scene has {}.", self.count());
            return Err(Error::new("site", message).at_index(i));
        }
        let merged = self.target.merged().iter().find(|(from, _)| *from as usize == i);
        Ok(merged.map_or(i, |(_, into)| *into as usize))
    }
}

/// Masses that a target takes: what the first of several sites at one place carries, shared among
/// them again.
fn shared(request: &Request<'_>) -> Result<Vec<f64>, Error> {
    let mut masses = request.masses.to_vec();
    let alike = Target::new(request.sites, None)?;
    let mut members = vec![1.0; masses.len()];
    for &(_, into) in alike.merged() {
        members[into as usize] += 1.0;
    }
    for &(from, into) in alike.merged() {
        masses[from as usize] = request.masses[into as usize] / members[into as usize];
    }
    for (mass, members) in masses.iter_mut().zip(members) {
        *mass /= members;
    }
    Ok(masses)
}

#[cfg(test)]
mod tests;
