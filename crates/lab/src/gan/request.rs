//! What a run follows from, as plain data.

use crate::error::Error;
use ::gan::{Config, Law, Loss, MAX_PACKING, Schedule};
use serde::{Deserialize, Serialize};

/// Weight of the gradient penalty, and critic steps to one of the generator, as the Wasserstein
/// loss's authors have them for mixtures in the plane (Gulrajani and others, NeurIPS 2017; the
/// weight is in their code alone, `gan_toy.py`).
const PENALTY: f64 = 0.1;
const CRITIC_STEPS: usize = 5;

/// The two networks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// Small enough to watch.
    #[default]
    Page,
    /// PacGAN's own.
    Paper,
}

impl Architecture {
    /// Every one with its name in links and JSON.
    pub const ALL: [(&'static str, Self); 2] = [("page", Self::Page), ("paper", Self::Paper)];
}

/// The loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LossName {
    /// Goodfellow's, with the generator's loss that does not saturate.
    #[default]
    NonSaturating,
    /// Least squares.
    LeastSquares,
    /// Wasserstein with gradient penalty.
    Wasserstein,
}

impl LossName {
    /// Every one with its name in links and JSON.
    pub const ALL: [(&'static str, Self); 3] = [
        ("nonSaturating", Self::NonSaturating),
        ("leastSquares", Self::LeastSquares),
        ("wasserstein", Self::Wasserstein),
    ];
}

/// The law of z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LawName {
    /// N(0, I₂).
    #[default]
    Normal,
    /// Uniform on [−1, 1)².
    Uniform,
}

impl LawName {
    /// Every one with its name in links and JSON.
    pub const ALL: [(&'static str, Self); 2] =
        [("normal", Self::Normal), ("uniform", Self::Uniform)];
}

/// What a run follows from, its mixture apart. Every field has a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Request {
    /// The two networks, with their batch and their steps.
    pub architecture: Architecture,
    /// What they minimise.
    pub loss: LossName,
    /// m, points that the discriminator sees at once, 1 to 4.
    pub packing: usize,
    /// The law of z.
    pub law: LawName,
    /// Seed of everything drawn at random.
    pub seed: u32,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            architecture: Architecture::Page,
            loss: LossName::NonSaturating,
            packing: 1,
            law: LawName::Normal,
            seed: 0,
        }
    }
}

impl Request {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// Code `gan`, naming what cannot be read.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text)
            .map_err(|e| Error::new("gan", format!("This is no request for a GAN: {e}.")))
    }

    /// The configuration of the run.
    ///
    /// # Errors
    /// Code `gan`: the packing is out of its range.
    pub fn config(&self) -> Result<Config, Error> {
        let Self { packing, seed, .. } = *self;
        if !(1..=MAX_PACKING).contains(&packing) {
            let message =
                format!("Packs of {packing} points are none of ours. Choose 1 to {MAX_PACKING}.");
            return Err(Error::new("gan", message));
        }
        let loss = match self.loss {
            LossName::NonSaturating => Loss::NonSaturating,
            LossName::LeastSquares => Loss::LeastSquares,
            LossName::Wasserstein => Loss::Wasserstein { penalty: PENALTY },
        };
        let mut config = match self.architecture {
            Architecture::Page => Config::page(loss, packing, u64::from(seed)),
            Architecture::Paper => {
                let config = Config::paper(packing, u64::from(seed));
                match self.loss {
                    LossName::Wasserstein => Config {
                        loss,
                        schedule: Schedule::Alternating { discriminator_steps: CRITIC_STEPS },
                        ..config
                    },
                    _ => Config { loss, ..config },
                }
            }
        };
        config.generator.latent.law = match self.law {
            LawName::Normal => Law::Normal,
            LawName::Uniform => Law::Uniform,
        };
        Ok(config)
    }
}
