//! What is refused of a network and of what it is to be fitted to.

use super::{MAX_HIDDEN, WIDEST};
use crate::semidual::SemiDualError;
use std::fmt;

/// Why nothing can be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReluError {
    /// No hidden layer, or more than [`MAX_HIDDEN`].
    Layers {
        /// As given.
        layers: usize,
    },
    /// A hidden layer with fewer than 2 or more than [`WIDEST`] units.
    Width {
        /// The layer, counted from 0.
        layer: usize,
        /// As given.
        width: usize,
    },
    /// Points, images or masses that are no map: the source's side is 0, the images' 1.
    Map(SemiDualError),
}

impl ReluError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Layers { .. } => "relu-layers",
            Self::Width { .. } => "relu-width",
            Self::Map(error) => error.code(),
        }
    }

    /// The layer, point or mass that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::Layers { .. } => None,
            Self::Width { layer, .. } => Some(layer),
            Self::Map(error) => error.index(),
        }
    }
}

impl fmt::Display for ReluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layers { layers } => {
                write!(f, "{layers} hidden layers: give 1 to {MAX_HIDDEN}")
            }
            Self::Width { layer, width } => {
                write!(f, "hidden layer {} has {width} units: give 2 to {WIDEST}", layer + 1)
            }
            Self::Map(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReluError {}

impl From<SemiDualError> for ReluError {
    fn from(error: SemiDualError) -> Self {
        Self::Map(error)
    }
}
