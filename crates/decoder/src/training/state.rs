//! A run as bytes.
//!
//! The magic word, the version, the length of the header, the header (JSON: shape, settings, progress,
//! Adam's steps), the weights of encoder and decoder and Adam's memory of either in f32, and a
//! checksum, all little-endian. Lengths follow from the shape.

use super::adam::Adam;
use super::trainer::{Progress, Settings, Trainer};
use crate::error::Error;
use crate::file::{checked, finish, start};
use crate::shape::Shape;
use crate::weights::{weights, with_weights};
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"brentra\n";
const VERSION: u32 = 1;
const WHAT: &str = "saved training run";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    shape: Shape,
    settings: Settings,
    progress: Progress,
    /// Of the encoder's Adam and the decoder's.
    steps: [u64; 2],
}

impl Trainer {
    /// The whole state of the run: [`Trainer::resume`] goes on from it as if it had not been saved.
    ///
    /// # Errors
    /// Code `decoder-header`, when a number of the progress is not finite.
    pub fn save(&self) -> Result<Vec<u8>, Error> {
        let header = Header {
            shape: self.shape.clone(),
            settings: self.settings.clone(),
            progress: self.progress.clone(),
            steps: [self.encoder_adam.steps, self.decoder_adam.steps],
        };
        let header =
            serde_json::to_vec(&header).map_err(|e| Error::Header { why: e.to_string() })?;
        let mut to = start(MAGIC, VERSION);
        to.extend((header.len() as u32).to_le_bytes());
        to.extend(header);
        let lists = [weights(&self.encoder), weights(&self.decoder)];
        let (e, d) = (&self.encoder_adam, &self.decoder_adam);
        for list in lists.iter().chain([&e.first, &e.second, &d.first, &d.second]) {
            to.extend(list.iter().flat_map(|x| x.to_le_bytes()));
        }
        Ok(finish(to))
    }

    /// The run that was saved as `bytes`.
    ///
    /// # Errors
    /// Codes `decoder-foreign`, `decoder-version`, `decoder-damaged`, `decoder-header`,
    /// `decoder-shape`, `decoder-settings`.
    pub fn resume(bytes: &[u8]) -> Result<Self, Error> {
        let rest = checked(bytes, MAGIC, VERSION, WHAT)?;
        let damaged = || Error::Damaged { what: WHAT };
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (header, rest) =
            rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(damaged)?;
        let Header { shape, settings, progress, steps } =
            serde_json::from_slice(header).map_err(|e| Error::Header { why: e.to_string() })?;
        let mut run = Self::new(&shape, settings)?;
        let (encoder, decoder) = (run.encoder_adam.first.len(), run.decoder_adam.first.len());
        let (numbers, left) = rest.as_chunks::<4>();
        if !left.is_empty() || numbers.len() != 3 * (encoder + decoder) {
            return Err(damaged());
        }
        let mut numbers = numbers.iter().map(|x| f32::from_le_bytes(*x));
        let mut take = |count: usize| numbers.by_ref().take(count).collect::<Vec<f32>>();
        run.encoder = with_weights(run.encoder, &take(encoder)).ok_or_else(damaged)?;
        run.decoder = with_weights(run.decoder, &take(decoder)).ok_or_else(damaged)?;
        run.encoder_adam = Adam { steps: steps[0], first: take(encoder), second: take(encoder) };
        run.decoder_adam = Adam { steps: steps[1], first: take(decoder), second: take(decoder) };
        run.progress = progress;
        Ok(run)
    }
}
