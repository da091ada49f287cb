//! The file that a decoder is shipped in, `.bdec`.
//!
//! The magic word, the version, the length of the header, the header (JSON, [`About`]), the weights in
//! half precision in the order of the layers (each its weights, row by row, then its biases), those of
//! the classifier where there is one, and a checksum (FNV-1a of 64 bits) of all before it; numbers are
//! little-endian. The lengths of the weights follow from [`About::shape`] and [`About::labels`].

use crate::error::Error;
use crate::shape::Shape;
use half::f16;
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"brendec\n";
const WHAT: &str = "decoder's file";

/// The format written and read here.
pub const FILE_VERSION: u32 = 1;

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// What the pictures are: `faces`, `digits`, `fashion`.
    pub name: String,
    /// The networks' shape.
    pub shape: Shape,
    /// What the weights may be used for, such as “trained on CelebA, for non-commercial research”.
    pub licence: String,
    /// How they came about.
    pub record: Record,
    /// The classes of the pictures, where a classifier stands behind the decoder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Labels>,
}

/// What a classifier tells apart, and how well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Labels {
    /// The classes' names, 2 to 100.
    pub classes: Vec<String>,
    /// The share of held-out pictures that it labels otherwise than people did.
    pub error: f64,
}

impl Labels {
    /// Whether there is such a classifier.
    pub(crate) fn check(&self, shape: &Shape) -> Result<(), Error> {
        let why = match (self.classes.len(), shape.side % 4) {
            (2..=100, 0) => return Ok(()),
            (2..=100, _) => "a classifier wants a side that 4 divides",
            _ => "a classifier wants 2 to 100 classes",
        };
        Err(Error::Shape { why: why.into() })
    }
}

/// How weights came about: the two steps of the paper, and what each left on held-out pictures.
///
/// Errors are mean squares over pixels and channels, in units where black is 0 and white is 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The command.
    pub command: String,
    /// Pictures trained on.
    pub images: usize,
    /// Pictures held out, which the errors are of.
    pub held_out: usize,
    /// Passes over the pictures with encoder and decoder trained together.
    pub joint_epochs: usize,
    /// The error after them.
    pub joint_error: f64,
    /// Passes with the encoder frozen and the decoder trained on.
    pub decoder_epochs: usize,
    /// The error after them.
    pub decoder_error: f64,
}

/// The file of these weights.
///
/// # Errors
/// Codes `decoder-shape` and `decoder-header` where `about` cannot be written, `decoder-not-finite`
/// where a weight is beyond ±65,504.
pub(crate) fn write(about: &About, weights: &[f32]) -> Result<Vec<u8>, Error> {
    about.shape.check()?;
    let header = serde_json::to_vec(about).map_err(|e| Error::Header { why: e.to_string() })?;
    let mut to = start(MAGIC, FILE_VERSION);
    to.extend((header.len() as u32).to_le_bytes());
    to.extend(header);
    for (index, weight) in weights.iter().enumerate() {
        let half = f16::from_f32(*weight);
        if !half.is_finite() {
            return Err(Error::NotFinite { index });
        }
        to.extend(half.to_le_bytes());
    }
    Ok(finish(to))
}

/// What is in a file, and the weights, of which there may be too few or too many.
///
/// # Errors
/// Codes `decoder-foreign`, `decoder-version`, `decoder-damaged`, `decoder-header`, `decoder-shape`,
/// `decoder-not-finite`.
pub(crate) fn read(bytes: &[u8]) -> Result<(About, Vec<f32>), Error> {
    let rest = checked(bytes, MAGIC, FILE_VERSION, WHAT)?;
    let damaged = Error::Damaged { what: WHAT };
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(damaged.clone())?;
    let (header, rest) =
        rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(damaged.clone())?;
    let about: About =
        serde_json::from_slice(header).map_err(|e| Error::Header { why: e.to_string() })?;
    about.shape.check()?;
    if let Some(labels) = &about.labels {
        labels.check(&about.shape)?;
    }
    let (halves, []) = rest.as_chunks::<2>() else { return Err(damaged) };
    let weights: Vec<f32> = halves.iter().map(|h| f16::from_le_bytes(*h).to_f32()).collect();
    match weights.iter().position(|w| !w.is_finite()) {
        Some(index) => Err(Error::NotFinite { index }),
        None => Ok((about, weights)),
    }
}

/// The error of a file whose weights do not fill its shape.
pub(crate) fn misfit() -> Error {
    Error::Damaged { what: WHAT }
}

/// The beginning of a file.
pub(crate) fn start(magic: &[u8; 8], version: u32) -> Vec<u8> {
    let mut to = magic.to_vec();
    to.extend(version.to_le_bytes());
    to
}

/// A file, its checksum added.
pub(crate) fn finish(mut to: Vec<u8>) -> Vec<u8> {
    to.extend(checksum(&to).to_le_bytes());
    to
}

/// What stands between version and checksum, when both are right.
pub(crate) fn checked<'a>(
    bytes: &'a [u8],
    magic: &[u8; 8],
    known: u32,
    what: &'static str,
) -> Result<&'a [u8], Error> {
    let rest = bytes.strip_prefix(magic).ok_or(Error::Foreign { what })?;
    let (version, _) = rest.split_first_chunk().ok_or(Error::Damaged { what })?;
    let found = u32::from_le_bytes(*version);
    if found != known {
        return Err(Error::Version { found, known });
    }
    let (body, sum) = bytes.split_last_chunk().ok_or(Error::Damaged { what })?;
    if checksum(body) != u64::from_le_bytes(*sum) {
        return Err(Error::Damaged { what });
    }
    body.get(magic.len() + 4..).ok_or(Error::Damaged { what })
}

/// FNV-1a, 64 bits.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
