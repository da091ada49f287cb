//! The panels of the mode-coverage scene: the part of a scenario that says which GANs stand beside
//! AE-OT, and what is drawn of them.

use super::{Architecture, LawName, LossName};
use crate::error::Error;
use crate::method::{name_of, named};
use ::gan::MAX_PACKING;
use serde::{Deserialize, Serialize};

/// Most steps to a goal.
pub const MAX_GOAL: u32 = 10_000_000;

/// The GANs of the scene and their look; the seed is the scenario's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Gans {
    /// The networks of every panel.
    pub architecture: Architecture,
    /// m of the PacGAN panel, 2 to 4.
    pub packing: usize,
    /// The loss of the GAN and PacGAN panels: non-saturating or least squares.
    pub loss: LossName,
    /// The law of z in every panel.
    pub law: LawName,
    /// Whether a Wasserstein GAN stands beside them.
    pub wasserstein: bool,
    /// The discriminator's output behind the points.
    pub field: bool,
    /// The generator's image of a regular grid in z.
    pub grid: bool,
    /// Where the generator's loss would move points.
    pub arrows: bool,
    /// Steps after which a run rests by itself.
    pub goal: u32,
    /// Whether recorded runs are shown in place of live ones.
    pub recorded: bool,
}

impl Default for Gans {
    fn default() -> Self {
        Self {
            architecture: Architecture::Page,
            packing: 4,
            loss: LossName::NonSaturating,
            law: LawName::Normal,
            wasserstein: false,
            field: true,
            grid: false,
            arrows: false,
            goal: 20_000,
            recorded: false,
        }
    }
}

impl Gans {
    /// Checks every field.
    ///
    /// # Errors
    /// Code `scenario`, naming the field, its value and its range.
    pub fn validate(&self) -> Result<(), Error> {
        let ensure = |ok, message| if ok { Ok(()) } else { Err(Error::new("scenario", message)) };
        ensure(
            (2..=MAX_PACKING).contains(&self.packing),
            format!(
                "The packing of PacGAN is {}. Choose a whole number from 2 to {MAX_PACKING}.",
                self.packing
            ),
        )?;
        ensure(
            self.loss != LossName::Wasserstein,
            "The Wasserstein GAN has a panel of its own. Choose nonSaturating or leastSquares as the loss of the others.".into(),
        )?;
        ensure(
            (1..=MAX_GOAL).contains(&self.goal),
            format!("The goal is {} steps. Choose a whole number from 1 to 10,000,000.", self.goal),
        )
    }

    /// Key, value and default of each part of a link.
    pub(crate) fn pairs(&self) -> [(&'static str, String, String); 10] {
        let flag = |on: bool| u8::from(on).to_string();
        let written = |g: &Self| {
            [
                ("architecture", name_of(&Architecture::ALL, g.architecture).to_string()),
                ("packing", g.packing.to_string()),
                ("loss", name_of(&LossName::ALL, g.loss).to_string()),
                ("law", name_of(&LawName::ALL, g.law).to_string()),
                ("wasserstein", flag(g.wasserstein)),
                ("field", flag(g.field)),
                ("ganGrid", flag(g.grid)),
                ("ganArrows", flag(g.arrows)),
                ("goal", g.goal.to_string()),
                ("recorded", flag(g.recorded)),
            ]
        };
        let mut base = written(&Self::default()).into_iter();
        written(self).map(|(key, value)| (key, value, base.next().unwrap_or_default().1))
    }

    /// Takes in a part of a link; false where the key is not one of these.
    ///
    /// # Errors
    /// Code `link`: the value cannot be read.
    pub(crate) fn assign(&mut self, key: &str, value: &str) -> Result<bool, Error> {
        let flag = || named(&[("0", false), ("1", true)], key, value);
        let bad =
            || Error::new("link", format!("In this link “{key}={value}” is not a whole number."));
        match key {
            "architecture" => self.architecture = named(&Architecture::ALL, key, value)?,
            "packing" => self.packing = value.parse().map_err(|_| bad())?,
            "loss" => self.loss = named(&LossName::ALL, key, value)?,
            "law" => self.law = named(&LawName::ALL, key, value)?,
            "wasserstein" => self.wasserstein = flag()?,
            "field" => self.field = flag()?,
            "ganGrid" => self.grid = flag()?,
            "ganArrows" => self.arrows = flag()?,
            "goal" => self.goal = value.parse().map_err(|_| bad())?,
            "recorded" => self.recorded = flag()?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
