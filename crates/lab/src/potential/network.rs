//! Why a network cannot: a ReLU network fitted to the exact map of a solved scene, its linear
//! regions, and the mass that it leaves between the modes, which the exact map leaves nowhere.
//!
//! A network is continuous, and the image of a connected Ω is connected. The exact map jumps across
//! its singular set (Lei et al., Engineering 6, 2020, section 4.3), so that no network is it: one
//! that reaches two modes passes through what lies between them, on regions whose measure is
//! computed here exactly.

mod places;
#[cfg(test)]
mod tests;

pub use places::Places;

use super::Request;
use crate::error::Error;
use crate::frame::measure;
use crate::gan::critic::Lattice;
use crate::presets::generator;
use crate::scenario::MAX_SAMPLES;
use crate::source;
use ::gan::relu::{self, Bound, Fit, Outside, Regions};
use geometry::{ConvexPolygon, Point};
use serde::Serialize;
use transport::{Plan, Source, Target, sample};

/// Squares along the longer side of the domain's box, each a point that the network is fitted at.
pub const SIDE: usize = 64;

/// Most lines each way of the grid that is carried along.
pub const MAX_LINES: usize = 200;

/// How far the place of the only site reaches, in sides of the domain's box.
const ALONE: f64 = 0.01;

/// A network on Ω that is fitted to ∇u at the points of a lattice (see [`Lattice`]).
pub struct Network {
    fit: Fit,
    source: Source,
    lattice: Lattice,
    /// T at the lattice's points.
    exact: Vec<Point>,
    places: Places,
    fixed: Fixed,
    seed: u32,
}

/// What does not change while the network learns.
#[derive(Clone, Copy, Debug)]
struct Fixed {
    /// Mass of the cells whose site lies in no place.
    between: f64,
    /// Root mean square distance of T from its mean.
    scale: f64,
    widest: f64,
}

/// A bound of the number of linear regions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Most {
    /// All digits.
    pub digits: String,
    /// Its logarithm.
    pub log10: f64,
}

/// Where the network stands. Lengths are the scene's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbers {
    /// Steps made.
    pub steps: u64,
    /// Of the hidden layers.
    pub widths: Vec<usize>,
    /// Linear regions over Ω: cells of the decomposition by activation pattern.
    pub regions: usize,
    /// Π C(wᵢ₋₁, wᵢ), see [`relu::most_regions`].
    pub most: Most,
    /// Π C(min(2, w₁, …, wᵢ₋₁), wᵢ), see [`relu::most_regions_of_plane`].
    pub most_of_plane: Most,
    /// μ of the x whose image lies in no mode's place (see [`Places`]).
    pub between: f64,
    /// The same of the exact map.
    pub between_exact: f64,
    /// Modes.
    pub modes: usize,
    /// Whether no facet is singular, so that each site counts as a mode.
    pub alone: bool,
    /// How far a place reaches around its sites.
    pub reach: f64,
    /// Root mean square distance over μ between the images and T(x), on the lattice.
    pub error: f64,
    /// That of the best constant map.
    pub scale: f64,
    /// The Lipschitz constant over Ω: the largest singular value of any region's matrix.
    pub steepest: f64,
    /// The region that has it.
    pub steepest_region: usize,
    /// The farthest that T jumps.
    pub widest: f64,
    /// Points of the lattice.
    pub points: usize,
    /// Side of its squares.
    pub spacing: f64,
}

/// The network as it stands, as flat arrays in user coordinates. R regions, V vertices.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// In numbers.
    pub numbers: Numbers,
    /// 2V vertices of the linear regions.
    pub vertices: Vec<f64>,
    /// R + 1 offsets, in vertices.
    pub offsets: Vec<u32>,
    /// 2V images of the vertices.
    pub images: Vec<f64>,
    /// R masses.
    pub masses: Vec<f64>,
    /// R steepest slopes.
    pub slopes: Vec<f32>,
    /// Vertices of the parts of Ω whose image lies between the modes.
    pub between: Vec<f64>,
    /// Their offsets, in vertices.
    pub between_offsets: Vec<u32>,
    /// Vertices of the images of the grid's lines, exactly: chains with a corner where a line goes
    /// from one region to the next.
    pub lines: Vec<f64>,
    /// Offsets of the chains, in vertices. The last one is the image of the border of Ω.
    pub line_offsets: Vec<u32>,
    /// Images of samples of the source.
    pub samples: Vec<f64>,
}

impl Network {
    /// A network at its start, with hidden layers of these widths.
    ///
    /// # Errors
    /// Those of `geometry` and `transport`, and code `network` for widths out of range.
    pub fn new(scene: &Request<'_>, widths: &[usize], seed: u32) -> Result<Self, Error> {
        let domain = ConvexPolygon::new(scene.domain.to_vec())?;
        let source = source::of_density(domain, scene.density)?;
        // Sites merged in the scene have mass 0; here only those that carry mass stand.
        let count = scene.sites.len().min(scene.masses.len()).min(scene.heights.len());
        let kept: Vec<usize> = (0..count).filter(|i| scene.masses[*i] != 0.0).collect();
        let sites: Vec<Point> = kept.iter().map(|i| scene.sites[*i]).collect();
        let of = |all: &[f64]| -> Vec<f64> { kept.iter().map(|i| all[*i]).collect() };
        let target = Target::new(&sites, Some(&of(scene.masses)))?;
        let plan = Plan::from_heights(&source, &target, &of(scene.heights))?;
        let lattice = Lattice::new(&source, SIDE)?;
        let potential = plan.potential();
        let mut hint = 0;
        let mut exact = Vec::with_capacity(lattice.points.len());
        for x in &lattice.points {
            hint = potential.cell_of(*x, hint);
            exact.push(plan.sites[hint as usize]);
        }
        let refused = |e: relu::ReluError| {
            let message = format!("No network can be fitted to this scene: {e}.");
            Error { index: e.index(), ..Error::new("network", message) }
        };
        let fit = Fit::new(seed.into(), widths, &lattice.points, &lattice.weights, &exact)
            .map_err(refused)?;
        let [x0, y0, x1, y1] = source.domain().bounds();
        let unit = ALONE * (x1 - x0).max(y1 - y0);
        let places = Places::new(&plan, measure(scene.view), unit);
        let stray = |i: &usize| !places.hold(plan.sites[*i]);
        let fixed = Fixed {
            between: (0..plan.sites.len())
                .filter(stray)
                .map(|i| plan.cell_masses[i])
                .fold(0.0, |sum, w| sum + w),
            scale: scale(&lattice, &exact),
            widest: plan.facets.iter().map(|f| jump(&plan, f.i, f.j)).fold(0.0, f64::max),
        };
        Ok(Self { fit, source, lattice, exact, places, fixed, seed })
    }

    /// So many steps; the mean square distance from T over the points of the last one, before it.
    ///
    /// # Errors
    /// Code `diverged`; the steps before stay.
    pub fn advance(&mut self, steps: usize) -> Result<f64, Error> {
        let mut value = f64::NAN;
        for _ in 0..steps {
            value = self
                .fit
                .step()
                .map_err(|e| Error::new("diverged", format!("This network stopped: {e}.")))?;
        }
        Ok(value)
    }

    /// Steps made.
    pub fn steps(&self) -> u64 {
        self.fit.steps()
    }

    /// The modes' places, which do not change.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Ends x, y, x, y of the grid's lines: `lines` each way, over the domain's box, inside Ω.
    ///
    /// # Errors
    /// Code `network`: too many.
    pub fn grid(&self, lines: usize) -> Result<Vec<[Point; 2]>, Error> {
        if lines > MAX_LINES {
            let message = format!("{lines} lines each way. Give at most {MAX_LINES}.");
            return Err(Error::new("network", message));
        }
        let [x0, y0, x1, y1] = self.source.domain().bounds();
        let at = |a: f64, b: f64, k: usize| a + (b - a) * (k as f64 + 0.5) / lines as f64;
        let upright = (0..lines).map(|k| at(x0, x1, k)).map(|x| [[x, y0], [x, y1]]);
        let level = (0..lines).map(|k| at(y0, y1, k)).map(|y| [[x0, y], [x1, y]]);
        Ok(upright.chain(level).filter_map(|[a, b]| within(self.source.domain(), a, b)).collect())
    }

    /// The network as it stands, its image of a grid of `lines` each way and of `samples` points.
    ///
    /// # Errors
    /// Code `network`: too many lines or samples.
    pub fn see(&self, lines: usize, samples: usize) -> Result<Seen, Error> {
        if samples > MAX_SAMPLES {
            let message = format!("{samples} samples. Give at most {MAX_SAMPLES}.");
            return Err(Error::new("network", message));
        }
        let grid = self.grid(lines)?;
        let network = self.fit.network();
        let border = self.source.domain().vertices();
        let regions = network.regions(border);
        let outside = regions.outside(&self.places.polygons);
        let masses: Vec<f64> =
            (0..regions.count()).map(|k| self.source.mass(regions.region(k).0)).collect();
        let slopes = regions.slopes();
        let mut chains = vec![];
        let mut ends = vec![0];
        let sides = border.iter().zip(border.iter().cycle().skip(1));
        for [a, b] in &grid {
            chains.extend(network.line(*a, *b));
            ends.push(chains.len() as u32);
        }
        sides.for_each(|(a, b)| chains.extend(network.line(*a, *b)));
        ends.push(chains.len() as u32);
        let points = sample::from_source(&self.source, &mut generator(self.seed, 1), samples);
        let mut numbers = self.numbers(&regions, &outside, &slopes);
        let off = network.map(&self.lattice.points).into_iter().zip(&self.exact);
        let squares = off.zip(&self.lattice.weights).map(|((y, t), w)| w * square(y, *t));
        numbers.error = squares.sum::<f64>().sqrt();
        Ok(Seen {
            numbers,
            vertices: flat(regions.vertices),
            offsets: regions.offsets,
            images: flat(regions.images),
            masses,
            slopes: slopes.iter().map(|s| *s as f32).collect(),
            between: flat(outside.vertices),
            between_offsets: outside.offsets,
            lines: flat(chains),
            line_offsets: ends,
            samples: flat(network.map(&points)),
        })
    }

    fn numbers(&self, regions: &Regions, outside: &Outside, slopes: &[f64]) -> Numbers {
        let widths = self.fit.widths();
        let best = (0..slopes.len()).max_by(|a, b| slopes[*a].total_cmp(&slopes[*b]));
        let steepest_region = best.unwrap_or(0);
        Numbers {
            steps: self.fit.steps(),
            widths: widths.to_vec(),
            regions: regions.count(),
            most: relu::most_regions(widths).into(),
            most_of_plane: relu::most_regions_of_plane(widths).into(),
            between: outside.parts().fold(0.0, |sum, part| sum + self.source.mass(part)),
            between_exact: self.fixed.between,
            modes: self.places.modes,
            alone: self.places.alone,
            reach: self.places.reach,
            error: 0.0,
            scale: self.fixed.scale,
            steepest: slopes.get(steepest_region).copied().unwrap_or(0.0),
            steepest_region,
            widest: self.fixed.widest,
            points: self.lattice.points.len(),
            spacing: self.lattice.spacing,
        }
    }
}

impl From<Bound> for Most {
    fn from(bound: Bound) -> Self {
        Self { digits: bound.digits(), log10: bound.log10() }
    }
}

/// The part of the segment from a to b inside a convex polygon.
fn within(domain: &ConvexPolygon, a: Point, b: Point) -> Option<[Point; 2]> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (p, q) in domain.sides() {
        let inward = |x: Point| (q[0] - p[0]) * (x[1] - p[1]) - (q[1] - p[1]) * (x[0] - p[0]);
        let (s, t) = (inward(a), inward(b));
        if s < 0.0 && t < 0.0 {
            return None;
        } else if s < 0.0 {
            from = from.max(s / (s - t));
        } else if t < 0.0 {
            to = to.min(s / (s - t));
        }
    }
    let at = |t: f64| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    (from < to).then(|| [at(from), at(to)])
}

/// Root mean square distance of images from their mean.
fn scale(lattice: &Lattice, images: &[Point]) -> f64 {
    let pairs = || lattice.weights.iter().zip(images);
    let mean = [0, 1].map(|k| pairs().map(|(w, y)| w * y[k]).sum::<f64>());
    pairs().map(|(w, y)| w * square(*y, mean)).sum::<f64>().sqrt()
}

fn jump(plan: &Plan, i: u32, j: u32) -> f64 {
    square(plan.sites[i as usize], plan.sites[j as usize]).sqrt()
}

fn square(p: Point, q: Point) -> f64 {
    let (x, y) = (p[0] - q[0], p[1] - q[1]);
    x * x + y * y
}

fn flat(points: Vec<Point>) -> Vec<f64> {
    points.into_flattened()
}
