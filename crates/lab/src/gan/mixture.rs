//! The mixture that a GAN is trained on: from plain numbers, and as the run draws from it.

use crate::error::Error;
use crate::presets::uniform;
use ::gan::{Random, Real};
use coverage::{Mode, Modes};
use std::f64::consts::TAU;

/// Most modes, and the largest coordinate, σ or weight: f32 holds what is drawn from such a
/// mixture with room for training.
pub const MAX_MODES: usize = 400;
const MAX_SIZE: f64 = 1e6;

/// The mixture given as x, y, σ, weight of each mode.
///
/// # Errors
/// Code `modes`, with the index of the mode where one is at fault.
pub fn modes(flat: &[f64]) -> Result<Modes, Error> {
    let (rows, rest) = flat.as_chunks::<4>();
    if !rest.is_empty() || rows.len() > MAX_MODES {
        let message =
            format!("A mixture is x, y, σ and weight of each of its 1 to {MAX_MODES} modes.");
        return Err(Error::new("modes", message));
    }
    if let Some(index) = rows.iter().position(|row| row.iter().any(|x| !(x.abs() <= MAX_SIZE))) {
        let message = format!("Mode {index} has a number that is not finite or beyond a million.");
        return Err(Error::new("modes", message).at_index(index));
    }
    let mode = |&[x, y, sigma, weight]: &[f64; 4]| Mode { centre: [x, y], sigma, weight };
    Modes::new(rows.iter().map(mode).collect())
        .map_err(|e| Error { index: e.index(), ..Error::new("modes", e.to_string()) })
}

/// The mixture as [`modes`] reads it.
pub fn flat(modes: &Modes) -> Vec<f64> {
    modes.modes().iter().flat_map(|m| [m.centre[0], m.centre[1], m.sigma, m.weight]).collect()
}

/// A mixture to draw batches from. [`Modes::sample`] takes logarithms of the system's, which may
/// differ in the last bit; these come from `libm`, so that a run is the same everywhere.
#[derive(Clone, Debug)]
pub struct Mixture {
    modes: Vec<Mode>,
    /// Sums of the weights up to and with each mode.
    sums: Vec<f64>,
}

impl Mixture {
    /// The mixture of these modes.
    pub fn new(modes: &Modes) -> Self {
        let mut sum = 0.0;
        let add = |mode: &Mode| {
            sum += mode.weight;
            sum
        };
        let sums = modes.modes().iter().map(add).collect();
        Self { modes: modes.modes().to_vec(), sums }
    }
}

impl Real for Mixture {
    fn draw(&mut self, rng: &mut Random, points: &mut [[f64; 2]]) {
        for point in points {
            let u = uniform(rng);
            let own = self.sums.partition_point(|&sum| sum <= u).min(self.modes.len() - 1);
            let Mode { centre: [x, y], sigma, .. } = self.modes[own];
            // Box and Muller's pair.
            let radius = sigma * (-2.0 * libm::log(1.0 - uniform(rng))).sqrt();
            let angle = TAU * uniform(rng);
            *point = [x + radius * libm::cos(angle), y + radius * libm::sin(angle)];
        }
    }
}
