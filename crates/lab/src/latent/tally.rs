//! Ten-class coverage: the classes of what a map drew, against those of the codes.

use super::Latents;
use crate::error::Error;
use crate::presets::generator;
use coverage::{Reference, class_reference, class_scores};
use serde::Serialize;

/// Stream of the seed: the perfect sampler.
const PERFECT: u64 = 7;
/// Sets that the perfect sampler draws.
const ROUNDS: usize = 400;

/// How many classes were drawn, and how evenly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClassTally {
    /// Classes that at least one picture is of.
    pub captured: usize,
    /// Divergence, in nats, of the classes drawn from those of the codes.
    pub kl: f64,
    /// What a perfect sampler scores with as many pictures: mean, and 95 % interval.
    pub perfect: f64,
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Latents {
    /// The share of each class among the codes; none where they have no classes.
    pub fn class_shares(&self) -> Vec<f64> {
        let mut counts = vec![0_u32; self.about.classes.len()];
        self.labels.iter().for_each(|label| counts[usize::from(*label)] += 1);
        counts.iter().map(|count| f64::from(*count) / self.labels.len() as f64).collect()
    }

    /// Scores the `counts` of pictures in each class.
    ///
    /// # Errors
    /// Code `latent-classes`: the counts are not one a class, or there is no picture.
    pub fn tally(&self, counts: &[u32]) -> Result<ClassTally, Error> {
        let shares = self.class_shares();
        let counts: Vec<u64> = counts.iter().map(|count| u64::from(*count)).collect();
        let scores = class_scores(&counts, &shares).map_err(|_| {
            let message = format!("There must be a count for each of {} classes.", shares.len());
            Error::new("latent-classes", message)
        })?;
        let mut rng = generator(0, PERFECT);
        let Reference { mean, low, high } =
            class_reference(&shares, counts.iter().sum(), ROUNDS, &mut rng);
        Ok(ClassTally { captured: scores.captured, kl: scores.kl, perfect: mean, low, high })
    }
}
