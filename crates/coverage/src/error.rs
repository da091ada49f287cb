//! What is refused at the door: which entry, why, and what to do.

use std::fmt;

use crate::MAX_MAGNITUDE;

/// Why a list of modes is refused. `index` counts from 0 in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModesError {
    /// No mode at all.
    Empty,
    /// A centre is NaN or infinite.
    NotFinite {
        /// The mode.
        index: usize,
    },
    /// A centre's coordinate exceeds [`MAX_MAGNITUDE`].
    TooLarge {
        /// The mode.
        index: usize,
    },
    /// A standard deviation is not within `1 / MAX_MAGNITUDE ..= MAX_MAGNITUDE`.
    BadSigma {
        /// The mode.
        index: usize,
    },
    /// A weight is not within `1 / MAX_MAGNITUDE ..= MAX_MAGNITUDE`.
    BadWeight {
        /// The mode.
        index: usize,
    },
    /// Two modes share a centre, so that "nearest" has no answer.
    Duplicate {
        /// The later mode.
        index: usize,
        /// The earlier mode at the same place.
        first: usize,
    },
}

impl ModesError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "modes-empty",
            Self::NotFinite { .. } => "mode-not-finite",
            Self::TooLarge { .. } => "mode-too-large",
            Self::BadSigma { .. } => "mode-sigma",
            Self::BadWeight { .. } => "mode-weight",
            Self::Duplicate { .. } => "mode-duplicate",
        }
    }

    /// The mode at fault, counted from 0.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::Empty => None,
            Self::NotFinite { index }
            | Self::TooLarge { index }
            | Self::BadSigma { index }
            | Self::BadWeight { index }
            | Self::Duplicate { index, .. } => Some(index),
        }
    }
}

impl fmt::Display for ModesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "there is no mode: give at least one"),
            Self::NotFinite { index } => {
                write!(
                    f,
                    "mode {index} has a coordinate that is not a finite number: mend or remove it"
                )
            }
            Self::TooLarge { index } => write!(
                f,
                "mode {index} has a coordinate beyond {MAX_MAGNITUDE:e}: scale the modes and samples down"
            ),
            Self::BadSigma { index } => write!(
                f,
                "mode {index} has no usable standard deviation: give a positive finite number"
            ),
            Self::BadWeight { index } => {
                write!(f, "mode {index} has no usable weight: give a positive finite number")
            }
            Self::Duplicate { index, first } => write!(
                f,
                "modes {first} and {index} have the same centre: merge them into one with the sum of their weights"
            ),
        }
    }
}

impl std::error::Error for ModesError {}

/// Why samples are refused. `index` counts from 0 in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SamplesError {
    /// There is nothing to score.
    Empty,
    /// A sample is NaN or infinite.
    NotFinite {
        /// The sample.
        index: usize,
    },
    /// A sample's coordinate exceeds [`MAX_MAGNITUDE`].
    TooLarge {
        /// The sample.
        index: usize,
    },
    /// More samples than the counters hold (2³² − 1).
    TooMany,
    /// The set of real samples is empty.
    RealEmpty,
    /// A real sample is NaN or infinite.
    RealNotFinite {
        /// The real sample.
        index: usize,
    },
    /// A real sample's coordinate exceeds [`MAX_MAGNITUDE`].
    RealTooLarge {
        /// The real sample.
        index: usize,
    },
    /// A simulation of fewer than two rounds has no interval.
    TooFewRounds,
}

impl SamplesError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "samples-empty",
            Self::NotFinite { .. } => "sample-not-finite",
            Self::TooLarge { .. } => "sample-too-large",
            Self::TooMany => "samples-too-many",
            Self::RealEmpty => "real-empty",
            Self::RealNotFinite { .. } => "real-not-finite",
            Self::RealTooLarge { .. } => "real-too-large",
            Self::TooFewRounds => "rounds",
        }
    }

    /// The sample at fault, counted from 0.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::Empty | Self::TooMany | Self::RealEmpty | Self::TooFewRounds => None,
            Self::NotFinite { index }
            | Self::TooLarge { index }
            | Self::RealNotFinite { index }
            | Self::RealTooLarge { index } => Some(index),
        }
    }
}

impl fmt::Display for SamplesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "there is no sample to score: give at least one"),
            Self::NotFinite { index } => write!(
                f,
                "sample {index} has a coordinate that is not a finite number: mend or remove it"
            ),
            Self::TooLarge { index } => write!(
                f,
                "sample {index} has a coordinate beyond {MAX_MAGNITUDE:e}: scale the modes and samples down"
            ),
            Self::TooMany => write!(f, "there are more than {} samples: give fewer", u32::MAX),
            Self::RealEmpty => {
                write!(
                    f,
                    "there is no real sample: give at least one, or leave the real samples out"
                )
            }
            Self::RealNotFinite { index } => write!(
                f,
                "real sample {index} has a coordinate that is not a finite number: mend or remove it"
            ),
            Self::RealTooLarge { index } => write!(
                f,
                "real sample {index} has a coordinate beyond {MAX_MAGNITUDE:e}: scale the modes and samples down"
            ),
            Self::TooFewRounds => write!(f, "a simulation needs at least 2 rounds"),
        }
    }
}

impl std::error::Error for SamplesError {}
