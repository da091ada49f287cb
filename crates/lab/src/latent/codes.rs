//! Numbers in few bytes: eight bits over a range, or half precision.

use crate::error::Error;
use half::f16;
use serde::{Deserialize, Serialize};

/// How codes are stored. The sites of the transport are what is read back, not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Encoding {
    /// One byte v: low + (high − low) v / 255.
    U8 {
        /// The value of 0.
        low: f64,
        /// The value of 255.
        high: f64,
    },
    /// IEEE 754 binary16, little-endian.
    F16,
}

/// The choice between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Eight bits over the range of the codes.
    Eight,
    /// Half precision.
    Half,
}

impl Encoding {
    /// That of codes with this precision.
    pub(super) fn of(precision: Precision, codes: &[f32]) -> Self {
        if precision == Precision::Half {
            return Self::F16;
        }
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for code in codes {
            (low, high) = (low.min(f64::from(*code)), high.max(f64::from(*code)));
        }
        Self::U8 { low, high }
    }

    /// Bytes of one number.
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::U8 { .. } => 1,
            Self::F16 => 2,
        }
    }

    /// Appends numbers.
    pub(super) fn write(self, values: impl Iterator<Item = f64>, to: &mut Vec<u8>) {
        match self {
            Self::U8 { low, high } => {
                let unit = if high > low { 255.0 / (high - low) } else { 0.0 };
                to.extend(values.map(|v| ((v - low) * unit).round().clamp(0.0, 255.0) as u8));
            }
            Self::F16 => to.extend(values.flat_map(|v| f16::from_f64(v).to_le_bytes())),
        }
    }

    /// The numbers in whole bytes of them.
    ///
    /// # Errors
    /// Code `latent-not-finite` with the number's place.
    pub(super) fn read(self, bytes: &[u8]) -> Result<Vec<f64>, Error> {
        let values: Vec<f64> = match self {
            Self::U8 { low, high } => {
                bytes.iter().map(|v| low + (high - low) * f64::from(*v) / 255.0).collect()
            }
            Self::F16 => {
                let halves = bytes.as_chunks::<2>().0.iter();
                halves.map(|v| f16::from_le_bytes(*v).to_f64()).collect()
            }
        };
        match values.iter().position(|v| !v.is_finite()) {
            Some(k) => Err(not_finite(k)),
            None => Ok(values),
        }
    }
}

pub(super) fn not_finite(place: usize) -> Error {
    let message = format!("Number {place} of the latent codes is not finite, or beyond its range.");
    Error::new("latent-not-finite", message)
}
