//! The file that latent codes and their transport are shipped in, `.blat`.
//!
//! The magic word, the version, the length of the header, the header (JSON, [`About`]), the arrays,
//! and a checksum (FNV-1a of 64 bits) of all before it; numbers are little-endian. The arrays: N × d
//! codes as [`About::encoding`] says; N heights in `f32`, which rounds a plane by 1e-7 of the cube
//! where cells are 1e-2 wide; and where the header says so N × d centroids, eight bits each over
//! [0, 1], N masses in `f32`, and a byte a code, its class.

use super::codes::Encoding;
use crate::error::Error;
use crate::monte_carlo::ReportJson;
use crate::plan_json::Milliseconds;
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"brenlat\n";

/// The format written and read here.
pub const FILE_VERSION: u32 = 1;

/// Quantiles in a table: at 0, 1, … 100 %.
pub const QUANTILES: usize = 101;

/// Centroids are points of the cube.
pub(super) const CENTROIDS: Encoding = Encoding::U8 { low: 0.0, high: 1.0 };

/// What a file says of itself. Lengths in the cube are in units of the sites: site = scale · code +
/// shift, the same for all coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// `faces`, `digits`, `fashion`.
    pub name: String,
    /// d.
    pub dimension: usize,
    /// N.
    pub count: usize,
    /// From codes to sites, > 0.
    pub scale: f64,
    /// Added after scaling.
    pub shift: f64,
    /// How the codes are stored.
    pub encoding: Encoding,
    /// Whether centroids are.
    pub centroids: bool,
    /// Whether masses are; else they are equal.
    pub masses: bool,
    /// Names of the classes where each code has one; else empty.
    pub classes: Vec<String>,
    /// What the codes may be used for.
    pub licence: String,
    /// The command that made the file.
    pub command: String,
    /// Seed of the solve and of the points that were measured.
    pub seed: u32,
    /// How good the heights are.
    pub report: Estimates,
    /// The extension the page begins with, and what it does.
    pub shipped: Shipped,
    /// Quantiles, at 0 … 100 %, of the jump between the two highest planes at random points.
    pub jumps: Vec<f64>,
    /// Of the same pairs the paper's angle, in radians, with sites scaled by `angle_scale` about
    /// their mean.
    pub angles: Vec<f64>,
    /// One over the root mean square distance of the sites from their mean.
    pub angle_scale: f64,
}

/// The threshold and ramp shipped, and what the extended map does with them at random points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shipped {
    /// Of the jumps: those above it are singular.
    pub quantile: f64,
    /// The threshold there.
    pub jump: f64,
    /// ε of `transport::latent::Extension`.
    pub ramp: f64,
    /// Points measured at.
    pub points: usize,
    /// The share of images with max λ < 0.9.
    pub interpolated: f64,
    /// The share of points whose second highest plane is across the singular set.
    pub across: f64,
    /// Mean number of codes mixed.
    pub mixed: f64,
    /// Quantiles, at 0 … 100 %, of max λ.
    pub heaviest: Vec<f64>,
    /// Quantiles, at 0 … 100 %, of the distance of an image to the nearest site.
    pub nearest: Vec<f64>,
}

/// What fresh samples say of the heights: `lab::monte_carlo::ReportJson`, what of it concerns a
/// file, under the same names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "documented in ReportJson")]
pub struct Estimates {
    pub method: String,
    pub iterations: usize,
    pub residual: f64,
    pub residual_error: f64,
    pub maximum: f64,
    pub maximum_error: f64,
    pub maximum_noise: f64,
    pub variation: f64,
    pub variation_error: f64,
    pub variation_noise: f64,
    pub smallest_cell: f64,
    pub samples: u64,
    pub milliseconds: f64,
    pub stopped: String,
    pub starved: Vec<u32>,
    pub device: String,
}

impl From<&ReportJson> for Estimates {
    fn from(r: &ReportJson) -> Self {
        Self {
            method: r.method.into(),
            iterations: r.iterations,
            residual: r.residual,
            residual_error: r.residual_error,
            maximum: r.maximum,
            maximum_error: r.maximum_error,
            maximum_noise: r.maximum_noise,
            variation: r.variation,
            variation_error: r.variation_error,
            variation_noise: r.variation_noise,
            smallest_cell: r.smallest_cell,
            samples: r.samples,
            milliseconds: match &r.milliseconds {
                Milliseconds::One(one) => *one,
                Milliseconds::Many(many) => many.first().copied().unwrap_or(0.0),
            },
            stopped: r.stopped.into(),
            starved: r.starved.clone(),
            device: r.device.clone(),
        }
    }
}

/// The arrays of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrays {
    /// N × d, in code units.
    pub(super) codes: Vec<f64>,
    pub(super) heights: Vec<f64>,
    /// N × d, or empty.
    pub(super) centroids: Vec<f64>,
    /// N, or empty.
    pub(super) masses: Vec<f64>,
    /// N, or empty.
    pub(super) labels: Vec<u8>,
}

pub(super) fn damaged() -> Error {
    Error::new(
        "latent-damaged",
        "This file of latent codes is damaged: parts are missing or changed. Fetch it again.",
    )
}

fn header(why: impl std::fmt::Display) -> Error {
    let message = format!("The header of this file of latent codes cannot be understood: {why}.");
    Error::new("latent-header", message)
}

/// The file.
///
/// # Errors
/// Code `latent-header`: `about` cannot be written.
pub(super) fn write(about: &About, arrays: &Arrays) -> Result<Vec<u8>, Error> {
    check(about)?;
    let text = serde_json::to_vec(about).map_err(header)?;
    let mut to = MAGIC.to_vec();
    to.extend(FILE_VERSION.to_le_bytes());
    to.extend((text.len() as u32).to_le_bytes());
    to.extend(text);
    about.encoding.write(arrays.codes.iter().copied(), &mut to);
    to.extend(arrays.heights.iter().flat_map(|h| (*h as f32).to_le_bytes()));
    CENTROIDS.write(arrays.centroids.iter().copied(), &mut to);
    to.extend(arrays.masses.iter().flat_map(|m| (*m as f32).to_le_bytes()));
    to.extend(&arrays.labels);
    to.extend(gan::checksum(&to).to_le_bytes());
    Ok(to)
}

/// What is in a file.
///
/// # Errors
/// Codes `latent-foreign`, `latent-version`, `latent-damaged`, `latent-header`, `latent-not-finite`.
pub(super) fn read(bytes: &[u8]) -> Result<(About, Arrays), Error> {
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or_else(|| Error::new("latent-foreign", "This is no file of latent codes."))?;
    let (version, _) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
    let version = u32::from_le_bytes(*version);
    if version != FILE_VERSION {
        let message = format!(
            "This file of latent codes has format {version}, and only format {FILE_VERSION} can be read."
        );
        return Err(Error::new("latent-version", message));
    }
    let (body, sum) = bytes.split_last_chunk().ok_or_else(damaged)?;
    if gan::checksum(body) != u64::from_le_bytes(*sum) {
        return Err(damaged());
    }
    let rest = body.get(MAGIC.len() + 4..).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
    let length = u32::from_le_bytes(*length) as usize;
    let (text, mut rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let about: About = serde_json::from_slice(text).map_err(header)?;
    check(&about)?;
    let (n, d) = (about.count, about.dimension);
    let mut take = |length: usize, present: bool| {
        let (taken, left) =
            rest.split_at_checked(if present { length } else { 0 }).ok_or_else(damaged)?;
        rest = left;
        Ok::<_, Error>(taken)
    };
    let floats = |bytes: &[u8]| -> Result<Vec<f64>, Error> {
        let read = bytes.as_chunks::<4>().0.iter().map(|v| f64::from(f32::from_le_bytes(*v)));
        let values: Vec<f64> = read.collect();
        match values.iter().position(|v| !v.is_finite()) {
            Some(k) => Err(super::codes::not_finite(k)),
            None => Ok(values),
        }
    };
    let arrays = Arrays {
        codes: about.encoding.read(take(n * d * about.encoding.bytes(), true)?)?,
        heights: floats(take(4 * n, true)?)?,
        centroids: CENTROIDS.read(take(n * d, about.centroids)?)?,
        masses: floats(take(4 * n, about.masses)?)?,
        labels: take(n, !about.classes.is_empty())?.to_vec(),
    };
    let known = |label: &u8| usize::from(*label) < about.classes.len();
    if !rest.is_empty() || !arrays.labels.iter().all(known) {
        return Err(damaged());
    }
    Ok((about, arrays))
}

/// What the rest relies on.
fn check(about: &About) -> Result<(), Error> {
    use transport::monte_carlo::{MAX_DIMENSION, MAX_SITES};
    let table =
        |t: &[f64]| t.len() == QUANTILES && t.is_sorted() && t.iter().all(|v| v.is_finite());
    let shipped = &about.shipped;
    let range = match about.encoding {
        Encoding::U8 { low, high } => low.is_finite() && high.is_finite() && low <= high,
        Encoding::F16 => true,
    };
    let wrong = if !(1..=MAX_DIMENSION).contains(&about.dimension) {
        "the dimension is out of range"
    } else if !(1..=MAX_SITES).contains(&about.count) {
        "the number of codes is out of range"
    } else if !(about.scale > 0.0 && about.scale.is_finite() && about.shift.is_finite() && range) {
        "scale, shift or range is not finite"
    } else if ![&about.jumps, &about.angles, &shipped.heaviest, &shipped.nearest]
        .map(|t| table(t))
        .iter()
        .all(|ok| *ok)
    {
        "a table of quantiles is not one"
    } else if !((0.0..=1.0).contains(&shipped.quantile)
        && shipped.ramp >= 0.0
        && shipped.ramp.is_finite())
    {
        "threshold or ramp is out of range"
    } else if about.classes.len() > 256 {
        "there are more than 256 classes"
    } else {
        return Ok(());
    };
    Err(header(wrong))
}
