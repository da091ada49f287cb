//! What can be wrong with sites or a polygon, with the index of the culprit and what to do.

use std::fmt;

use crate::MAX_COORDINATE;

/// Why sites cannot be triangulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteError {
    /// No site at all.
    Empty,
    /// More sites than indices of 32 bits (less the two reserved ones).
    TooMany,
    /// Sites and heights differ in number.
    LengthMismatch {
        /// Number of sites.
        sites: usize,
        /// Number of heights.
        heights: usize,
    },
    /// A coordinate or a height is NaN or infinite.
    NotFinite {
        /// Index of the site.
        index: usize,
    },
    /// A coordinate or height beyond [`MAX_COORDINATE`] (its square, for heights).
    TooLarge {
        /// Index of the site.
        index: usize,
    },
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => write!(f, "there is no site; give at least one"),
            Self::TooMany => write!(f, "more sites than 32-bit indices can name"),
            Self::LengthMismatch { sites, heights } => {
                write!(f, "{sites} sites but {heights} heights; give one height for each site")
            }
            Self::NotFinite { index } => {
                write!(f, "site {index} has a coordinate or height that is not a finite number")
            }
            Self::TooLarge { index } => {
                write!(f, "site {index} lies beyond {MAX_COORDINATE:e}; rescale the sites")
            }
        }
    }
}

impl std::error::Error for SiteError {}

/// Why vertices do not make a convex polygon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolygonError {
    /// Fewer than three vertices, after repeated ones are dropped.
    TooFewVertices,
    /// A coordinate is NaN or infinite.
    NotFinite {
        /// Index of the vertex.
        index: usize,
    },
    /// A coordinate beyond [`MAX_COORDINATE`].
    TooLarge {
        /// Index of the vertex.
        index: usize,
    },
    /// The boundary turns the wrong way at a vertex, or winds more than once.
    NotConvex {
        /// Index of the vertex.
        index: usize,
    },
    /// All vertices on one line, or a width, height or radius that is not positive.
    NoArea,
}

impl PolygonError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooFewVertices => "domain-too-few-vertices",
            Self::NotFinite { .. } => "domain-not-finite",
            Self::TooLarge { .. } => "domain-too-large",
            Self::NotConvex { .. } => "domain-not-convex",
            Self::NoArea => "domain-no-area",
        }
    }

    /// Index of the vertex that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::NotFinite { index } | Self::TooLarge { index } | Self::NotConvex { index } => {
                Some(index)
            }
            Self::TooFewVertices | Self::NoArea => None,
        }
    }
}

impl fmt::Display for PolygonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooFewVertices => {
                write!(f, "the domain needs at least three different vertices")
            }
            Self::NotFinite { index } => {
                write!(f, "vertex {index} of the domain is not a finite point; correct it")
            }
            Self::TooLarge { index } => write!(
                f,
                "vertex {index} of the domain lies beyond {MAX_COORDINATE:e}; rescale the domain"
            ),
            Self::NotConvex { index } => write!(
                f,
                "the domain is not convex at vertex {index}; give its vertices in order around a \
                 convex polygon"
            ),
            Self::NoArea => write!(
                f,
                "the domain has no area; give vertices that are not on one line, or a positive \
                 size"
            ),
        }
    }
}

impl std::error::Error for PolygonError {}
