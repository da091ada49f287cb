//! What is refused of a semi-dual, and where it is.

use super::MAX_SEMIDUAL_POINTS;
use std::fmt;

/// Larger coordinates leave f64 no room for their squares.
const MAX_COORDINATE: f64 = 1e100;

/// Why points with masses are no measure to train on. `side` is 0 for the source, 1 for the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SemiDualError {
    /// No point at all, or more than [`MAX_SEMIDUAL_POINTS`].
    Count {
        /// Which measure.
        side: usize,
        /// As given.
        count: usize,
    },
    /// Points and masses differ in number.
    LengthMismatch {
        /// Which measure.
        side: usize,
        /// Number of points.
        points: usize,
        /// Number of masses.
        masses: usize,
    },
    /// A coordinate that is not finite, or of no usable size.
    BadPoint {
        /// Which measure.
        side: usize,
        /// The point.
        index: usize,
    },
    /// A mass that is negative or not finite, or, with the last index, masses without a sum.
    BadMass {
        /// Which measure.
        side: usize,
        /// The mass.
        index: usize,
    },
}

impl SemiDualError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Count { .. } => "semidual-count",
            Self::LengthMismatch { .. } => "length-mismatch",
            Self::BadPoint { .. } => "semidual-point",
            Self::BadMass { .. } => "semidual-mass",
        }
    }

    /// The point or mass that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::BadPoint { index, .. } | Self::BadMass { index, .. } => Some(index),
            _ => None,
        }
    }
}

impl fmt::Display for SemiDualError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |side: &usize| if *side == 0 { "source" } else { "target" };
        match self {
            Self::Count { side, count } => {
                write!(f, "{count} points of the {}: give 1 to {MAX_SEMIDUAL_POINTS}", name(side))
            }
            Self::LengthMismatch { side, points, masses } => write!(
                f,
                "{points} points but {masses} masses of the {}: give one mass for each point",
                name(side)
            ),
            Self::BadPoint { side, index } => write!(
                f,
                "point {index} of the {} has a coordinate that is not a finite number of usable \
                 size",
                name(side)
            ),
            Self::BadMass { side, index } => write!(
                f,
                "mass {index} of the {} is negative or not finite, or the masses have no sum",
                name(side)
            ),
        }
    }
}

impl std::error::Error for SemiDualError {}

/// The masses, scaled to sum 1, of a measure that can be trained on. Masses of 0 are allowed.
pub(crate) fn check(
    points: &[[f64; 2]],
    masses: &[f64],
    side: usize,
) -> Result<Vec<f64>, SemiDualError> {
    if points.is_empty() || points.len() > MAX_SEMIDUAL_POINTS {
        return Err(SemiDualError::Count { side, count: points.len() });
    }
    if points.len() != masses.len() {
        let (points, masses) = (points.len(), masses.len());
        return Err(SemiDualError::LengthMismatch { side, points, masses });
    }
    check_points(points, side)?;
    if let Some(index) = masses.iter().position(|m| !(*m >= 0.0 && m.is_finite())) {
        return Err(SemiDualError::BadMass { side, index });
    }
    let total: f64 = masses.iter().sum();
    if !(total > 0.0 && total.is_finite()) {
        return Err(SemiDualError::BadMass { side, index: masses.len() - 1 });
    }
    Ok(masses.iter().map(|m| m / total).collect())
}

/// Whether all coordinates are finite and of usable size.
pub(crate) fn check_points(points: &[[f64; 2]], side: usize) -> Result<(), SemiDualError> {
    let far = |p: &[f64; 2]| !p.iter().all(|c| c.abs() <= MAX_COORDINATE);
    match points.iter().position(far) {
        Some(index) => Err(SemiDualError::BadPoint { side, index }),
        None => Ok(()),
    }
}
