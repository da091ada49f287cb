//! What is refused: where, why, and what would be accepted.

use crate::config::{
    MAX_BATCH, MAX_DISCRIMINATOR_STEPS, MAX_LATENT, MAX_LAYERS, MAX_PACKING, MAX_PARAMETERS,
    MAX_WIDTH,
};
use std::fmt;

/// Why a configuration is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// Too few or too many latent coordinates.
    Latent {
        /// As given.
        dimension: usize,
    },
    /// Too few or too many points in a pack.
    Packing {
        /// As given.
        packing: usize,
    },
    /// Too few or too many packs in a batch.
    Batch {
        /// As given.
        batch: usize,
    },
    /// Too many hidden layers.
    Layers {
        /// As given.
        layers: usize,
    },
    /// A hidden layer with too few or too many units.
    Width {
        /// The layer, counted from 0.
        layer: usize,
        /// As given.
        width: usize,
    },
    /// Too many parameters in one network.
    Parameters {
        /// Their number.
        parameters: usize,
    },
    /// A slope of leaky ReLU out of range.
    Slope,
    /// Too few or too many pieces of maxout.
    Pieces {
        /// As given.
        pieces: usize,
    },
    /// A standard deviation of weights out of range.
    Init,
    /// A weight of the gradient penalty out of range.
    Penalty,
    /// A setting of Adam out of range.
    Adam,
    /// Too few or too many updates of the discriminator.
    Schedule {
        /// As given.
        steps: usize,
    },
}

impl ConfigError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Latent { .. } => "gan-latent",
            Self::Packing { .. } => "gan-packing",
            Self::Batch { .. } => "gan-batch",
            Self::Layers { .. } => "gan-layers",
            Self::Width { .. } => "gan-width",
            Self::Parameters { .. } => "gan-parameters",
            Self::Slope => "gan-slope",
            Self::Pieces { .. } => "gan-pieces",
            Self::Init => "gan-init",
            Self::Penalty => "gan-penalty",
            Self::Adam => "gan-adam",
            Self::Schedule { .. } => "gan-schedule",
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Latent { dimension } => {
                write!(f, "{dimension} latent coordinates: give 1 to {MAX_LATENT}")
            }
            Self::Packing { packing } => {
                write!(f, "packs of {packing} points: give 1 to {MAX_PACKING}")
            }
            Self::Batch { batch } => {
                write!(f, "a batch of {batch} packs: give 2 to {MAX_BATCH}")
            }
            Self::Layers { layers } => {
                write!(f, "{layers} hidden layers: give at most {MAX_LAYERS}")
            }
            Self::Width { layer, width } => write!(
                f,
                "hidden layer {layer} has {width} units: give 1 to {MAX_WIDTH}, \
                 pieces of maxout included"
            ),
            Self::Parameters { parameters } => {
                write!(f, "{parameters} parameters in a network: give at most {MAX_PARAMETERS}")
            }
            Self::Slope => write!(f, "the slope of leaky ReLU must be at least 0 and below 1"),
            Self::Pieces { pieces } => write!(f, "maxout of {pieces} pieces: give 2 to 16"),
            Self::Init => {
                write!(f, "the deviation of the first weights must be above 0 and at most 10")
            }
            Self::Penalty => {
                write!(f, "the weight of the gradient penalty must be above 0 and at most 1000")
            }
            Self::Adam => {
                write!(f, "Adam's rate must be above 0 and at most 1, its decays in [0, 1)")
            }
            Self::Schedule { steps } => write!(
                f,
                "{steps} updates of the discriminator to one of the generator: give 1 to \
                 {MAX_DISCRIMINATOR_STEPS}"
            ),
        }
    }
}

impl std::error::Error for ConfigError {}

/// Why a step was not made. The update that failed left nothing behind; in a step of several
/// updates those before it stay.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepError {
    /// A real point has a coordinate that is NaN, infinite, or beyond f32.
    RealNotFinite {
        /// The point within its batch.
        index: usize,
    },
    /// A loss or a gradient is no longer finite: training has diverged.
    Diverged {
        /// Steps made so far.
        steps: u64,
    },
}

impl StepError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RealNotFinite { .. } => "gan-real",
            Self::Diverged { .. } => "gan-diverged",
        }
    }
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RealNotFinite { index } => {
                write!(f, "real point {index} of the batch is not a finite point of the plane")
            }
            Self::Diverged { steps } => {
                write!(f, "training diverged after {steps} steps: start again with a smaller rate")
            }
        }
    }
}

impl std::error::Error for StepError {}

/// Why bytes are not a saved run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// They do not begin as a saved run does.
    NotAState,
    /// They were written by another version.
    Version {
        /// The one written there.
        found: u32,
        /// The one that can be read.
        known: u32,
    },
    /// They end too early, go on too long, or were changed.
    Damaged,
    /// The configuration in them is refused.
    Config(ConfigError),
    /// A number in them is NaN or infinite.
    NotFinite,
}

impl StateError {
    /// A stable name of the failure, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAState => "gan-state-foreign",
            Self::Version { .. } => "gan-state-version",
            Self::Damaged => "gan-state-damaged",
            Self::Config(error) => error.code(),
            Self::NotFinite => "gan-state-not-finite",
        }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAState => write!(f, "this is no saved training run"),
            Self::Version { found, known } => write!(
                f,
                "this run was saved in format {found}, and only format {known} can be read: \
                 train it again"
            ),
            Self::Damaged => write!(f, "this saved run is damaged: parts are missing or changed"),
            Self::Config(error) => write!(f, "this saved run cannot go on: {error}"),
            Self::NotFinite => write!(f, "this saved run holds numbers that are not finite"),
        }
    }
}

impl std::error::Error for StateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => Some(error),
            _ => None,
        }
    }
}
