//! How a file of latent codes is made: quantise, solve for what is read back, measure, write.

use super::codes::{Encoding, Precision, not_finite};
use super::file::{self, About, Arrays, CENTROIDS, Estimates, QUANTILES, Shipped};
use super::uniform;
use crate::error::Error;
use transport::latent::{Extension, LatentMap, jumps, quantile, ramp_for, survey};

/// Codes on their way into a file: stored in few bytes, and placed in the cube by one scale and one
/// shift for all coordinates. (Whitening would change the map.)
#[derive(Clone, Debug)]
pub struct Draft {
    dimension: usize,
    encoding: Encoding,
    scale: f64,
    shift: f64,
    codes: Vec<f64>,
    sites: Vec<f64>,
}

/// What a file says beside the codes.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// `faces`, `digits`, `fashion`.
    pub name: &'a str,
    /// What the codes may be used for.
    pub licence: &'a str,
    /// The command that made the file.
    pub command: &'a str,
    /// Seed of the solve, and of the points that are measured.
    pub seed: u32,
    /// The classes' names, where each code has a label.
    pub classes: &'a [&'a str],
}

/// What was solved for the draft's sites.
#[derive(Clone, Debug)]
pub struct Solved<'a> {
    /// N heights.
    pub heights: &'a [f64],
    /// N masses, or none for equal ones.
    pub masses: Option<&'a [f64]>,
    /// N × d centroids, where they are to be shipped: no map needs them.
    pub centroids: Option<&'a [f64]>,
    /// N classes, or none.
    pub labels: Option<&'a [u8]>,
    /// What fresh samples say of the heights.
    pub report: Estimates,
}

/// How the extension that is shipped is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Jumps above this quantile are singular.
    pub quantile: f64,
    /// ε, or as large as `interpolated` needs.
    pub ramp: Option<f64>,
    /// The share of samples that are to be interpolated (max λ < 0.9).
    pub interpolated: f64,
    /// Random points to measure at.
    pub points: usize,
}

impl Default for Choice {
    fn default() -> Self {
        Self { quantile: 0.5, ramp: None, interpolated: 0.6, points: 2_000 }
    }
}

/// What an extension does at random points, and the jumps there.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) shipped: Shipped,
    pub(super) jumps: Vec<f64>,
    pub(super) angles: Vec<f64>,
    pub(super) angle_scale: f64,
}

impl Measured {
    /// What a file says.
    pub(super) fn of(about: &About) -> Self {
        Self {
            shipped: about.shipped.clone(),
            jumps: about.jumps.clone(),
            angles: about.angles.clone(),
            angle_scale: about.angle_scale,
        }
    }

    /// Says it.
    pub(super) fn put(self, about: &mut About) {
        about.shipped = self.shipped;
        (about.jumps, about.angles) = (self.jumps, self.angles);
        about.angle_scale = self.angle_scale;
    }

    /// Takes some hundred maps of `choice.points` points, unless the ramp is given.
    pub(super) fn new(map: &LatentMap, seed: u32, choice: &Choice) -> Self {
        let points: Vec<f64> = uniform(map.dimension(), seed, 0, choice.points)
            .iter()
            .map(|x| f64::from(*x))
            .collect();
        let spread = map.spread();
        let angle_scale = if spread > 0.0 { 1.0 / spread } else { 1.0 };
        let (jumps, angles) = jumps(map, &points, angle_scale);
        let jump = quantile(&jumps, choice.quantile);
        let ramp = choice.ramp.unwrap_or_else(|| ramp_for(map, &points, jump, choice.interpolated));
        let found = survey(map, &points, &Extension { threshold: jump, ramp });
        let table = |sorted: &[f64]| -> Vec<f64> {
            let last = (QUANTILES - 1) as f64;
            (0..QUANTILES).map(|k| quantile(sorted, k as f64 / last)).collect()
        };
        let shipped = Shipped {
            quantile: choice.quantile,
            jump,
            ramp,
            points: choice.points,
            interpolated: found.interpolated,
            across: found.across,
            mixed: found.mixed,
            heaviest: table(&found.heaviest),
            nearest: table(&found.nearest),
        };
        Self { shipped, jumps: table(&jumps), angles: table(&angles), angle_scale }
    }
}

impl Draft {
    /// Of N × d codes, in the decoder's units.
    ///
    /// # Errors
    /// Codes `latent-sites` (no whole codes) and `latent-not-finite`.
    pub fn new(dimension: usize, codes: &[f32], precision: Precision) -> Result<Self, Error> {
        if dimension == 0 || codes.is_empty() || !codes.len().is_multiple_of(dimension) {
            let message = format!("{} numbers do not make codes of {dimension}.", codes.len());
            return Err(Error::new("latent-sites", message));
        }
        if let Some(k) = codes.iter().position(|c| !c.is_finite()) {
            return Err(not_finite(k));
        }
        let encoding = Encoding::of(precision, codes);
        let mut stored = Vec::new();
        encoding.write(codes.iter().map(|c| f64::from(*c)), &mut stored);
        let codes = encoding.read(&stored)?;
        let low = codes.iter().copied().fold(f64::INFINITY, f64::min);
        let high = codes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let scale = if high > low { 1.0 / (high - low) } else { 1.0 };
        let shift = -low * scale;
        let sites = codes.iter().map(|c| scale * c + shift).collect();
        Ok(Self { dimension, encoding, scale, shift, codes, sites })
    }

    /// N × d sites in the cube, exactly those the page will have: what heights are to be solved for.
    pub fn sites(&self) -> &[f64] {
        &self.sites
    }

    /// N × d codes as they will be read back, in the decoder's units.
    pub fn codes(&self) -> Vec<f32> {
        self.codes.iter().map(|c| *c as f32).collect()
    }

    /// Measures, and writes the file. Takes some hundred maps of `choice.points` points.
    ///
    /// # Errors
    /// Those of `transport::latent`; code `latent-header` for what cannot be written, `latent-labels`
    /// for labels that are not one a code, `latent-not-finite` for a centroid that is none.
    pub fn finish(
        &self,
        words: &Words<'_>,
        solved: &Solved<'_>,
        choice: &Choice,
    ) -> Result<Vec<u8>, Error> {
        let (d, n) = (self.dimension, self.sites.len() / self.dimension);
        let labels = solved.labels.unwrap_or_default();
        let fit = |length: usize, whole: usize| length == 0 || length == whole;
        let centroids = solved.centroids.unwrap_or_default();
        let masses = solved.masses.unwrap_or_default();
        let named = |label: &u8| usize::from(*label) < words.classes.len();
        if !fit(labels.len(), n)
            || labels.is_empty() != words.classes.is_empty()
            || !labels.iter().all(named)
        {
            let message = "There must be one label a code, each the index of a class, or none.";
            return Err(Error::new("latent-labels", message));
        }
        if !fit(centroids.len(), n * d) || !fit(masses.len(), n) {
            let message = "Centroids or masses are not one a code.";
            return Err(Error::new("latent-sites", message));
        }
        if let Some(k) = centroids.iter().chain(masses).position(|c| !c.is_finite()) {
            return Err(not_finite(k));
        }
        // As they will be read back.
        let heights: Vec<f64> = solved.heights.iter().map(|h| f64::from(*h as f32)).collect();
        let map = LatentMap::new(d, &self.sites, &heights)?;
        let measured = Measured::new(&map, words.seed, choice);
        let about = About {
            name: words.name.into(),
            dimension: d,
            count: n,
            scale: self.scale,
            shift: self.shift,
            encoding: self.encoding,
            centroids: !centroids.is_empty(),
            masses: !masses.is_empty(),
            classes: words.classes.iter().map(|c| (*c).to_owned()).collect(),
            licence: words.licence.into(),
            command: words.command.into(),
            seed: words.seed,
            report: solved.report.clone(),
            shipped: measured.shipped,
            jumps: measured.jumps,
            angles: measured.angles,
            angle_scale: measured.angle_scale,
        };
        let mut placed = Vec::new();
        CENTROIDS.write(centroids.iter().copied(), &mut placed);
        let arrays = Arrays {
            codes: self.codes.clone(),
            heights,
            centroids: CENTROIDS.read(&placed)?,
            masses: masses.to_vec(),
            labels: labels.to_vec(),
        };
        file::write(&about, &arrays)
    }
}
