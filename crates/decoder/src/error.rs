//! What can be wrong, where, and what to do about it.

use std::fmt;

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// There is no such network.
    Shape {
        /// What is wrong with it.
        why: String,
    },
    /// The codes are not whole, or not finite.
    Codes {
        /// Latent coordinates of each code.
        latent: usize,
    },
    /// The bytes do not begin as such a file does.
    Foreign {
        /// What the file should have been.
        what: &'static str,
    },
    /// They were written by another version.
    Version {
        /// The one written there.
        found: u32,
        /// The one that can be read.
        known: u32,
    },
    /// They end too early, go on too long, or were changed.
    Damaged {
        /// What the file should have been.
        what: &'static str,
    },
    /// The header cannot be understood.
    Header {
        /// What is wrong with it.
        why: String,
    },
    /// A weight is NaN, infinite, or beyond half precision.
    NotFinite {
        /// Its place among the weights.
        index: usize,
    },
    /// A file of training data cannot be read.
    Image {
        /// The name in the archive, or the picture's number.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// The settings of a training run are refused.
    Settings {
        /// What is wrong with them.
        why: &'static str,
    },
    /// Training went out of bounds.
    Diverged {
        /// Steps made before.
        steps: u64,
    },
}

impl Error {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "decoder-shape",
            Self::Codes { .. } => "decoder-codes",
            Self::Foreign { .. } => "decoder-foreign",
            Self::Version { .. } => "decoder-version",
            Self::Damaged { .. } => "decoder-damaged",
            Self::Header { .. } => "decoder-header",
            Self::NotFinite { .. } => "decoder-not-finite",
            Self::Image { .. } => "decoder-image",
            Self::Settings { .. } => "decoder-settings",
            Self::Diverged { .. } => "decoder-diverged",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { why } => write!(f, "there is no such network: {why}"),
            Self::Codes { latent } => {
                write!(f, "a code has {latent} finite coordinates, and there must be whole codes")
            }
            Self::Foreign { what } => write!(f, "this is no {what}"),
            Self::Version { found, known } => {
                write!(f, "this file has format {found}, and only format {known} can be read")
            }
            Self::Damaged { what } => {
                write!(f, "this {what} is damaged: parts are missing or changed; fetch it again")
            }
            Self::Header { why } => write!(f, "this file's header cannot be understood: {why}"),
            Self::NotFinite { index } => {
                write!(f, "weight {index} is not finite, or beyond half precision")
            }
            Self::Image { name, why } => write!(f, "{name}: {why}"),
            Self::Settings { why } => write!(f, "{why}"),
            Self::Diverged { steps } => {
                write!(f, "training diverged after {steps} steps: start again with a smaller rate")
            }
        }
    }
}

impl std::error::Error for Error {}
