//! Transport in latent space, as plain data: points of the cube in, codes for a decoder out.
//!
//! Points are uniform on [0,1]^d; point k of a seed depends on nothing but the two, and is the same
//! natively and in wasm. The same points go through three maps: the extended transport map, the
//! same with the threshold at infinity, and the Gaussian fitted to the codes. Jumps and distances
//! are in the cube's units; codes are in the decoder's.

mod codes;
mod draft;
mod file;
mod tally;
mod views;

#[cfg(test)]
mod tests;

pub use codes::{Encoding, Precision};
pub use draft::{Choice, Draft, Solved, Words};
pub use file::{About, Estimates, FILE_VERSION, QUANTILES, Shipped};
pub use tally::ClassTally;
pub use views::{Crossed, Line, Plane, Samples, Threshold};

use crate::error::Error;
use crate::latent::draft::Measured;
use crate::presets::generator;
use gpu::twin::sample;
use serde::Deserialize;
use transport::latent::{
    Extension, Gaussian, LatentError, LatentMap, Section, Survey, find_crossing, quantile, survey,
};
use transport::monte_carlo::{Law, Sequence};

/// Streams of the seed: the search for a crossing.
const CROSSING: u64 = 6;
/// Segments that the search tries.
const TRIES: usize = 64;

/// Which map carries the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Map {
    /// The extended transport map, cut at a threshold: AE-OT.
    Transport,
    /// The same with the threshold at infinity: what a network would have to learn.
    Continuous,
    /// The Gaussian fitted to the codes: what a plain VAE samples.
    Gaussian,
}

impl Map {
    /// The map of this name: `transport`, `continuous`, `gaussian`.
    ///
    /// # Errors
    /// Code `latent-map`.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        match name {
            "transport" => Ok(Self::Transport),
            "continuous" => Ok(Self::Continuous),
            "gaussian" => Ok(Self::Gaussian),
            _ => {
                let message =
                    format!("There is no map {name:?}. Choose transport, continuous or gaussian.");
                Err(Error::new("latent-map", message))
            }
        }
    }
}

/// `count` points of [0,1)^d, from point `first` of a seed on, in multiples of 2⁻²⁴.
fn uniform(dimension: usize, seed: u32, first: u32, count: usize) -> Vec<f32> {
    let mut out = vec![0.0; dimension * count];
    for (k, x) in (0u32..).zip(out.chunks_exact_mut(dimension)) {
        sample::point(Law::Cube, Sequence::Philox, seed, first.wrapping_add(k), x);
        x.iter_mut().for_each(|x| *x += 0.5);
    }
    out
}

/// A file of latent codes, open.
#[derive(Clone, Debug)]
pub struct Latents {
    about: About,
    map: LatentMap,
    sites: Vec<f64>,
    shipped: Vec<f64>,
    /// The choice that goes with the shipped heights.
    chosen: Measured,
    heights: Vec<f64>,
    masses: Vec<f64>,
    centroids: Vec<f64>,
    labels: Vec<u8>,
    gaussian: Gaussian,
    section: Option<Section>,
}

impl Latents {
    /// Opens the bytes of a file.
    ///
    /// # Errors
    /// Codes `latent-foreign`, `latent-version`, `latent-damaged`, `latent-header`,
    /// `latent-not-finite`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (about, arrays) = file::read(bytes)?;
        let sites: Vec<f64> = arrays.codes.iter().map(|c| about.scale * c + about.shift).collect();
        let map = LatentMap::new(about.dimension, &sites, &arrays.heights)?;
        let gaussian = Gaussian::fit(about.dimension, &sites)?;
        Ok(Self {
            map,
            gaussian,
            sites,
            shipped: arrays.heights.clone(),
            chosen: Measured::of(&about),
            heights: arrays.heights,
            masses: arrays.masses,
            centroids: arrays.centroids,
            labels: arrays.labels,
            section: None,
            about,
        })
    }

    /// What the file says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// N × d sites in the cube.
    pub fn sites(&self) -> &[f64] {
        &self.sites
    }

    /// N masses, or none where they are equal.
    pub fn masses(&self) -> Option<&[f64]> {
        (!self.masses.is_empty()).then_some(&self.masses)
    }

    /// N heights: those shipped, or those set since.
    pub fn heights(&self) -> &[f64] {
        &self.heights
    }

    /// N classes, or none.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Other heights, as of a live solve, or the shipped ones again, with the threshold and the ramp
    /// chosen for them. The plane chosen stays, and is to be asked for anew.
    ///
    /// # Errors
    /// Codes `latent-heights`, `latent-not-finite`; the heights stay as they were.
    pub fn set_heights(&mut self, heights: Option<&[f64]>) -> Result<(), Error> {
        if heights.is_none() {
            self.chosen.clone().put(&mut self.about);
        }
        let heights = heights.unwrap_or(&self.shipped).to_vec();
        self.map.set_heights(&heights)?;
        self.heights = heights;
        Ok(())
    }

    /// Chooses threshold and ramp anew for the present heights, and measures what they do at seeded
    /// points: so that a quantile is one of these heights' jumps. The file's own come back with its
    /// heights.
    pub fn calibrate(&mut self, seed: u32, choice: &Choice) {
        Measured::new(&self.map, seed, choice).put(&mut self.about);
    }

    /// The request, JSON of `lab::monte_carlo::Request`, of a live solve for these sites and masses
    /// from heights of zero.
    pub fn request(&self, method: &str, tolerance: f64, seed: u32, device: &str) -> String {
        serde_json::json!({
            "domain": "cube",
            "dimension": self.about.dimension,
            "method": method,
            "tolerance": tolerance,
            "seed": seed,
            "device": device,
            "start": vec![0.0; self.about.count],
        })
        .to_string()
    }

    /// The threshold at a quantile of the measured jumps; none: the one shipped.
    pub fn threshold(&self, at: Option<f64>) -> Threshold {
        let at = at.filter(|q| !q.is_nan()).unwrap_or(self.about.shipped.quantile);
        let at = at.clamp(0.0, 1.0);
        Threshold {
            quantile: at,
            jump: quantile(&self.about.jumps, at),
            angle: quantile(&self.about.angles, at),
            angle_scale: self.about.angle_scale,
        }
    }

    fn extension(&self, map: Map, at: Option<f64>) -> Extension {
        let threshold = match map {
            Map::Transport => self.threshold(at).jump,
            Map::Continuous | Map::Gaussian => f64::INFINITY,
        };
        Extension { threshold, ramp: self.about.shipped.ramp }
    }

    /// Codes, in the decoder's units, of places in the cube.
    fn decoded<'a>(&self, targets: impl IntoIterator<Item = &'a f64>) -> Vec<f32> {
        let (scale, shift) = (self.about.scale, self.about.shift);
        targets.into_iter().map(|y| ((y - shift) / scale) as f32).collect()
    }

    /// The stored codes of some sites, in the decoder's units.
    ///
    /// # Errors
    /// Code `latent-site` with the index: there is no such site.
    pub fn codes(&self, sites: &[u32]) -> Result<Vec<f32>, Error> {
        let mut out = Vec::with_capacity(sites.len() * self.about.dimension);
        for (k, i) in sites.iter().enumerate() {
            self.check(*i).map_err(|e| e.at_index(k))?;
            let site = &self.sites[*i as usize * self.about.dimension..][..self.about.dimension];
            out.extend(self.decoded(site));
        }
        Ok(out)
    }

    fn check(&self, site: u32) -> Result<(), Error> {
        if (site as usize) < self.about.count {
            return Ok(());
        }
        let message = format!("There is no code {site}; there are {}.", self.about.count);
        Err(Error::new("latent-site", message))
    }

    /// Points `first .. first + count` of a seed, `count` × d.
    pub fn points(&self, seed: u32, first: u32, count: usize) -> Vec<f32> {
        uniform(self.about.dimension, seed, first, count)
    }

    /// Whole points of the cube, in `f64`.
    fn inside(&self, points: &[f32]) -> Result<Vec<f64>, Error> {
        let d = self.about.dimension;
        let whole = points.len().is_multiple_of(d);
        if !whole || !points.iter().all(|x| (0.0..=1.0).contains(x)) {
            let message = format!("A point is {d} numbers from 0 to 1.");
            return Err(Error::new("latent-point", message));
        }
        Ok(points.iter().map(|x| f64::from(*x)).collect())
    }

    /// Seeded points through a map.
    pub fn sample(
        &self,
        seed: u32,
        first: u32,
        count: usize,
        map: Map,
        at: Option<f64>,
    ) -> Samples {
        let points = self.points(seed, first, count);
        let exact: Vec<f64> = points.iter().map(|x| f64::from(*x)).collect();
        self.carried(points, &exact, map, at).0
    }

    /// Given points, M × d, through a map.
    ///
    /// # Errors
    /// Code `latent-point`: not whole points of the cube.
    pub fn images(&self, points: &[f32], map: Map, at: Option<f64>) -> Result<Samples, Error> {
        let exact = self.inside(points)?;
        Ok(self.carried(points.to_vec(), &exact, map, at).0)
    }

    /// The samples, and T̃ of each in the cube's units.
    fn carried(
        &self,
        points: Vec<f32>,
        exact: &[f64],
        map: Map,
        at: Option<f64>,
    ) -> (Samples, Vec<f64>) {
        let extension = self.extension(map, at);
        let mut out = Samples { points, offsets: vec![0], ..Samples::default() };
        let mut targets = Vec::with_capacity(exact.len());
        for x in exact.chunks_exact(self.about.dimension) {
            let top = self.map.top(x);
            let (target, weights) = if map == Map::Gaussian {
                (self.gaussian.at(x), vec![])
            } else {
                let image = self.map.map(x, &extension);
                (image.target, image.weights)
            };
            let (nearest, distance) = self.map.nearest(&target);
            out.cells.push(top.cell);
            out.seconds.push(top.second);
            out.jumps.push(top.jump as f32);
            out.heaviest.push(weights.first().map_or(0.0, |w| w.1 as f32));
            out.neighbours.extend(weights.iter().map(|w| w.0));
            out.weights.extend(weights.iter().map(|w| w.1 as f32));
            out.offsets.push(out.neighbours.len() as u32);
            out.nearest.push(nearest);
            out.distances.push(distance as f32);
            targets.extend(target);
        }
        out.codes = self.decoded(&targets);
        (out, targets)
    }

    /// The segment between two points: `steps` ≥ 2 images at equal distances, and every crossing.
    ///
    /// # Errors
    /// Codes `latent-point`, `latent-steps`.
    pub fn line(
        &self,
        from: &[f32],
        to: &[f32],
        steps: usize,
        map: Map,
        at: Option<f64>,
    ) -> Result<Line, Error> {
        let d = self.about.dimension;
        let (a, b) = (self.inside(from)?, self.inside(to)?);
        if a.len() != d || b.len() != d {
            return Err(Error::new("latent-point", format!("A point is {d} numbers from 0 to 1.")));
        }
        if !(2..=10_000).contains(&steps) {
            let message = format!("A line of {steps} steps cannot be drawn. Choose 2 to 10,000.");
            return Err(Error::new("latent-steps", message));
        }
        let ts: Vec<f64> = (0..steps).map(|k| k as f64 / (steps - 1) as f64).collect();
        let exact: Vec<f64> =
            ts.iter().flat_map(|t| a.iter().zip(&b).map(move |(a, b)| a + t * (b - a))).collect();
        let points = exact.iter().map(|x| *x as f32).collect();
        let (samples, targets) = self.carried(points, &exact, map, at);
        let (_, crossings) = self.map.line(&a, &b);
        let threshold = self.threshold(at).jump;
        Ok(Line::new(&ts, samples, &targets, &crossings, threshold, |c| {
            self.map.angle(c.left, c.right, self.about.angle_scale)
        }))
    }

    /// A segment that crosses the singular set once, none where it is empty.
    pub fn find_crossing(&self, seed: u32, at: Option<f64>) -> Option<Crossed> {
        let mut rng = generator(seed, CROSSING);
        let found = find_crossing(&self.map, self.threshold(at).jump, &mut rng, TRIES)?;
        let narrow = |x: &[f64]| x.iter().map(|x| (*x as f32).clamp(0.0, 1.0)).collect();
        Some(Crossed {
            from: narrow(&found.from),
            to: narrow(&found.to),
            t: found.t,
            jump: found.jump,
        })
    }

    /// A point of the cube in the cell of a site: its centroid, where that was shipped and the
    /// heights are still its own, or one found by relaxation.
    ///
    /// # Errors
    /// Codes `latent-site`: there is no such site; `latent-cell`: its cell is empty or too small.
    pub fn point_in(&self, site: u32) -> Result<Vec<f32>, Error> {
        self.check(site)?;
        let d = self.about.dimension;
        let holds = |x: &&[f64]| self.map.top(x).cell == site;
        let centroid = self.centroids.chunks_exact(d).nth(site as usize).filter(holds);
        let point = centroid.map(<[f64]>::to_vec).or_else(|| self.map.point_in(site));
        let point = point.ok_or_else(|| {
            let message = format!("No point is known in the cell of code {site}. Choose another.");
            Error::new("latent-cell", message)
        })?;
        Ok(point.iter().map(|x| *x as f32).collect())
    }

    /// The plane through three points, 3 × d, and its cells. It is kept for [`Latents::at_plane`].
    ///
    /// # Errors
    /// Codes `latent-point`; `latent-plane`: the points are on one line.
    pub fn plane(&mut self, points: &[f32], at: Option<f64>) -> Result<Plane, Error> {
        let exact = self.inside(points)?;
        let rows: Vec<&[f64]> = exact.chunks_exact(self.about.dimension).collect();
        let [a, b, c] = rows[..] else {
            return Err(Error::new("latent-point", "A plane goes through three points."));
        };
        let section = self.map.section([a, b, c])?;
        let threshold = self.threshold(at).jump;
        let plane = Plane::new(&section, [a, b, c], threshold);
        self.section = Some(section);
        Ok(plane)
    }

    /// The point (s, t) of the plane chosen last, through a map. A point outside the cube is moved
    /// to it, coordinate by coordinate.
    ///
    /// # Errors
    /// Code `latent-plane`: none was chosen.
    pub fn at_plane(&self, s: f64, t: f64, map: Map, at: Option<f64>) -> Result<Samples, Error> {
        let section = self.section.as_ref().filter(|_| s.is_finite() && t.is_finite());
        let section = section.ok_or_else(|| {
            Error::new("latent-plane", "No plane was chosen. Choose three points first.")
        })?;
        let exact: Vec<f64> = section.at([s, t]).iter().map(|x| x.clamp(0.0, 1.0)).collect();
        let points = exact.iter().map(|x| *x as f32).collect();
        Ok(self.carried(points, &exact, map, at).0)
    }

    /// What a map does at `count` seeded points, measured now: with the present heights.
    pub fn survey(&self, seed: u32, count: usize, map: Map, at: Option<f64>) -> Survey {
        let points: Vec<f64> = self.points(seed, 0, count).iter().map(|x| f64::from(*x)).collect();
        survey(&self.map, &points, &self.extension(map, at))
    }
}

impl From<LatentError> for Error {
    fn from(e: LatentError) -> Self {
        Error { index: e.index(), ..Error::new(e.code(), e.to_string()) }
    }
}
