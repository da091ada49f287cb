//! A GAN on a scene's mixture: trained step by step, looked at, scored. A run of the crate `gan`
//! with real points, marks and rows; what it follows from is a [`Request`] and a mixture, both
//! plain data, and native runs equal those in wasm bit for bit.

pub mod critic;
mod mixture;
mod recording;
mod request;
mod settings;

pub use mixture::{MAX_MODES, Mixture, flat, modes};
pub use recording::{About, FRAME_POINTS, RECORDING_VERSION, Recording};
pub use request::{Architecture, LawName, LossName, Request};
pub use settings::{Gans, MAX_GOAL};

use crate::error::Error;
use crate::experiment::{Marks, Row, Scorer};
use crate::presets;
use crate::scenario::MAX_SAMPLES;
use ::gan::{DiscriminatorLoss, Law, Loss, StateError, StepError, Trainer};
use coverage::{Modes, Point, ReferenceCase};
use serde::Serialize;

/// Most points along a side of a field, of a lattice of arrows, or on a line of the grid.
pub const MAX_SIDE: usize = 512;

/// Marks are this many steps apart up to [`MARKS_CLOSE`], then [`MARKS_FAR`].
const MARKS_NEAR: u64 = 100;
const MARKS_CLOSE: u64 = 10_000;
const MARKS_FAR: u64 = 500;

/// The first step after `steps` at which a curve has a mark: 100, 200, … up to 10,000, then every
/// 500. Marks at fixed steps make a curve the same whatever the speed.
pub fn next_mark(steps: u64) -> u64 {
    let apart = if steps < MARKS_CLOSE { MARKS_NEAR } else { MARKS_FAR };
    (steps / apart + 1) * apart
}

/// Losses of the last update of each network, each on its batch and before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Losses {
    /// The discriminator's, its penalty apart.
    pub discriminator: Option<f64>,
    /// λ times the mean gradient penalty; 0 where the loss has none.
    pub penalty: Option<f64>,
    /// The generator's.
    pub generator: Option<f64>,
}

impl From<DiscriminatorLoss> for Losses {
    fn from(loss: DiscriminatorLoss) -> Self {
        Self { discriminator: Some(loss.value), penalty: Some(loss.penalty), generator: None }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counters {
    /// Steps of the schedule.
    pub steps: u64,
    /// Batches drawn.
    pub draws: u64,
    /// Updates of the generator.
    pub generator: u64,
    /// Updates of the discriminator.
    pub discriminator: u64,
}

/// A run on a mixture. Looking at it does not change it.
pub struct Gan {
    trainer: Trainer,
    modes: Modes,
    real: Mixture,
    scorer: Scorer,
}

impl Gan {
    /// A run at its start.
    ///
    /// # Errors
    /// Code `gan`, see [`Request::config`].
    pub fn new(request: &Request, modes: Modes) -> Result<Self, Error> {
        let trainer = Trainer::new(request.config()?)
            .map_err(|e| Error::new("gan", format!("This GAN cannot be made: {e}.")))?;
        Ok(Self::of(trainer, modes))
    }

    /// The run that was saved as `bytes`; it goes on bit for bit on the same mixture.
    ///
    /// # Errors
    /// Code `state`: the bytes are no saved run.
    pub fn resume(bytes: &[u8], modes: Modes) -> Result<Self, Error> {
        let refused = |e: StateError| Error::new("state", format!("This run cannot go on: {e}."));
        Ok(Self::of(Trainer::resume(bytes).map_err(refused)?, modes))
    }

    fn of(trainer: Trainer, modes: Modes) -> Self {
        let real = Mixture::new(&modes);
        Self { trainer, modes, real, scorer: Scorer::default() }
    }

    /// The run as bytes.
    pub fn save(&self) -> Vec<u8> {
        self.trainer.save()
    }

    /// The sum that ends a saved run: FNV-1a, 64 bits, of all before it. Runs that differ in one bit
    /// differ in it.
    pub fn fingerprint(&self) -> u64 {
        self.save().last_chunk().map_or(0, |sum| u64::from_le_bytes(*sum))
    }

    /// Goes on training on another mixture.
    pub fn retarget(&mut self, modes: Modes) {
        self.real = Mixture::new(&modes);
        self.modes = modes;
    }

    /// The mixture trained on.
    pub fn modes(&self) -> &Modes {
        &self.modes
    }

    /// What the table calls it.
    pub fn name(&self) -> String {
        let config = self.trainer.config();
        let wasserstein = matches!(config.loss, Loss::Wasserstein { .. });
        match (config.packing, wasserstein) {
            (1, false) => "GAN".into(),
            (1, true) => "WGAN-GP".into(),
            (m, false) => format!("PacGAN{m}"),
            (m, true) => format!("PacWGAN-GP{m}"),
        }
    }

    /// How far it is.
    pub fn counters(&self) -> Counters {
        let ::gan::Counters { steps, draws, generator, discriminator } = self.trainer.counters();
        Counters { steps, draws, generator, discriminator }
    }

    /// The step of the next mark, see [`next_mark`].
    pub fn next_mark(&self) -> u64 {
        next_mark(self.trainer.counters().steps)
    }

    /// So many steps of the schedule; the losses of the last one.
    ///
    /// # Errors
    /// Code `diverged`; the steps before stay.
    pub fn advance(&mut self, steps: usize) -> Result<Losses, Error> {
        let mut losses = Losses::default();
        for _ in 0..steps {
            let of = self.trainer.step(&mut self.real).map_err(stopped)?;
            losses = Losses { generator: Some(of.generator), ..of.discriminator.into() };
        }
        Ok(losses)
    }

    /// One update of the discriminator alone.
    ///
    /// # Errors
    /// As [`Gan::advance`].
    pub fn step_discriminator(&mut self) -> Result<Losses, Error> {
        Ok(self.trainer.step_discriminator(&mut self.real).map_err(stopped)?.into())
    }

    /// One update of the generator alone.
    ///
    /// # Errors
    /// As [`Gan::advance`].
    pub fn step_generator(&mut self) -> Result<Losses, Error> {
        let generator = self.trainer.step_generator().map_err(stopped)?;
        Ok(Losses { generator: Some(generator), ..Losses::default() })
    }

    /// Generated points x, y, x, y, …: images of z fixed by the seed.
    ///
    /// # Errors
    /// Code `gan`: too many.
    pub fn points(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        counted("points", count, MAX_SAMPLES)?;
        Ok(self.trainer.generate(count).into_flattened())
    }

    /// Real points x, y, x, y, …, fixed by the seed and the mixture: those that AE-OT starts from.
    ///
    /// # Errors
    /// Code `gan`: too many.
    pub fn real(&self, count: usize) -> Result<Vec<f32>, Error> {
        counted("points", count, MAX_SAMPLES)?;
        let points = presets::samples(&self.modes, count, self.seed());
        Ok(points.iter().flatten().map(|x| *x as f32).collect())
    }

    /// The discriminator's output in the middle of each of `n` × `n` equal parts of the box x0, y0,
    /// x1, y1, row by row from y0: the probability of being real, or the score where the loss has
    /// no such reading.
    ///
    /// # Errors
    /// Code `gan`: no box, or too many parts.
    pub fn field(&mut self, area: &[f64], n: usize) -> Result<Vec<f32>, Error> {
        let lattice = lattice(area, n)?;
        Ok(self.trainer.discriminate(&lattice))
    }

    /// Where the generator's loss would move a point, at the places of [`Gan::field`]: x, y of each
    /// arrow, in units of the loss per unit of length.
    ///
    /// # Errors
    /// As [`Gan::field`].
    pub fn arrows(&mut self, area: &[f64], n: usize) -> Result<Vec<f32>, Error> {
        let lattice = lattice(area, n)?;
        Ok(self.trainer.gradient_field(&lattice).into_flattened())
    }

    /// The generator's image of a regular grid in z over [−2.5, 2.5]², or [−1, 1]² where z is
    /// uniform: `lines` lines of constant z₁, then as many of constant z₂, of `samples` points each.
    ///
    /// # Errors
    /// Code `gan`: none or too many of either.
    pub fn grid(&mut self, lines: usize, samples: usize) -> Result<Vec<f32>, Error> {
        let z = lattice_lines(self.trainer.config().generator.latent.law, lines, samples)?;
        Ok(self.trainer.map(&z).into_flattened())
    }

    /// The three scores of `count` generated points, without errors and references.
    ///
    /// # Errors
    /// Those of [`Gan::points`] and of `coverage`.
    pub fn marks(&mut self, count: usize) -> Result<Marks, Error> {
        let points = self.sample(count)?;
        Marks::of(&self.modes, &points)
    }

    /// The table's row for `count` generated points, beside a perfect sampler. Each batch of a GAN
    /// is fresh, so there is no nearest real sample.
    ///
    /// # Errors
    /// Those of [`Gan::points`] and of `coverage`.
    pub fn score(&mut self, count: usize) -> Result<Row, Error> {
        let points = self.sample(count)?;
        let (name, seed) = (self.name(), self.seed());
        self.scorer.row(&name, &self.modes, &points, None, ReferenceCase::Perfect, seed)
    }

    fn sample(&mut self, count: usize) -> Result<Vec<Point>, Error> {
        counted("points", count, MAX_SAMPLES)?;
        Ok(self.trainer.generate(count).into_iter().map(|p| p.map(f64::from)).collect())
    }

    /// The scenario's seed, which the run was made from.
    fn seed(&self) -> u32 {
        self.trainer.config().seed as u32
    }
}

fn stopped(e: StepError) -> Error {
    let code = if matches!(e, StepError::Diverged { .. }) { "diverged" } else { e.code() };
    Error::new(code, format!("This GAN stopped: {e}."))
}

fn counted(what: &str, count: usize, most: usize) -> Result<(), Error> {
    if (1..=most).contains(&count) {
        return Ok(());
    }
    Err(Error::new("gan", format!("{count} {what} are none of ours. Choose 1 to {most}.")))
}

/// The middles of `n` × `n` equal parts of a box, row by row from its lower side.
fn lattice(area: &[f64], n: usize) -> Result<Vec<[f32; 2]>, Error> {
    counted("points a side", n, MAX_SIDE)?;
    let &[x0, y0, x1, y1] = area else {
        return Err(Error::new("gan", "A box is given as x0, y0, x1, y1."));
    };
    if !(x0 < x1 && y0 < y1 && area.iter().all(|x| x.abs() < 1e9)) {
        return Err(Error::new(
            "gan",
            "The box x0, y0, x1, y1 is empty. Give x0 < x1 and y0 < y1.",
        ));
    }
    let share = |k: usize| (k as f64 + 0.5) / n as f64;
    let at = |i: usize, j: usize| [x0 + (x1 - x0) * share(i), y0 + (y1 - y0) * share(j)];
    Ok((0..n).flat_map(|j| (0..n).map(move |i| at(i, j).map(|x| x as f32))).collect())
}

/// The lines of a regular grid in z, those of constant z₁ first.
fn lattice_lines(law: Law, lines: usize, samples: usize) -> Result<Vec<f32>, Error> {
    counted("lines", lines, MAX_SIDE)?;
    counted("points a line", samples, MAX_SIDE)?;
    let reach = match law {
        Law::Normal => 2.5,
        Law::Uniform => 1.0,
    };
    let at = |k: usize, of: usize| match of {
        1 => 0.0,
        _ => (reach * (2.0 * k as f64 / (of - 1) as f64 - 1.0)) as f32,
    };
    let mut z = Vec::with_capacity(4 * lines * samples);
    for swapped in [false, true] {
        for line in 0..lines {
            for k in 0..samples {
                let (fixed, along) = (at(line, lines), at(k, samples));
                z.extend(if swapped { [along, fixed] } else { [fixed, along] });
            }
        }
    }
    Ok(z)
}

#[cfg(test)]
mod tests;
