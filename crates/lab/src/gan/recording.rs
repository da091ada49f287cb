//! A whole run of a GAN, recorded: its curves after every epoch, where its points were after some
//! of them, and the generator it ended with, in one small file.
//!
//! The magic word, the version, the length of the header, the header (JSON, [`About`]), the points
//! of each frame as pairs of 16 bits across [`About::area`], the generator in half precision
//! (`gan::Frozen`), and a checksum of all before it; numbers are little-endian.

use super::{Architecture, flat, lattice_lines};
use crate::error::Error;
use crate::experiment::{Marks, Row, Scorer};
use ::gan::{Frozen, Trainer, checksum};
use coverage::{Modes, Point, ReferenceCase};
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"brenrec\n";
/// The format written and read here.
pub const RECORDING_VERSION: u32 = 1;
/// Points of a frame.
pub const FRAME_POINTS: usize = 1000;

/// What a recording says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// GAN, or PacGAN with its m.
    pub name: String,
    /// The networks' shapes, batch and steps.
    pub architecture: Architecture,
    /// m, points that the discriminator saw at once.
    pub packing: usize,
    /// Seed of everything drawn at random.
    pub seed: u32,
    /// Passes over the real packs.
    pub epochs: usize,
    /// Steps in each.
    pub steps_per_epoch: u64,
    /// How many such runs there are: this one is not picked from more.
    pub runs: usize,
    /// The mixture: x, y, σ, weight of each mode.
    pub modes: Vec<f64>,
    /// x0, y0, x1, y1 of the box that the points lie in; those outside lie on its border.
    pub area: [f64; 4],
    /// The epoch after which each frame was taken, from 1, increasing.
    pub frames: Vec<usize>,
    /// The scores after each epoch.
    pub curve: Vec<Marks>,
    /// The scores of the last epoch with their errors, beside a perfect sampler.
    pub row: Row,
    /// The command that made it.
    pub command: String,
}

/// A recorded run.
#[derive(Clone, Debug)]
pub struct Recording {
    about: About,
    points: Vec<u16>,
    generator: Frozen,
}

/// The epochs that frames are taken of: every one at the beginning, then ever fewer, and the last.
fn frames(epochs: usize) -> Vec<usize> {
    let mut all = vec![];
    let mut epoch = 1;
    while epoch < epochs {
        all.push(epoch);
        epoch += (epoch / 8).clamp(1, 10);
    }
    all.push(epochs);
    all
}

impl Recording {
    /// Of a run that has ended, from its points after each epoch, as many each time.
    ///
    /// # Errors
    /// Those of `coverage`; code `recording` without an epoch, or where a weight of the generator
    /// is beyond half precision.
    pub fn new(
        trainer: &mut Trainer,
        architecture: Architecture,
        modes: &Modes,
        history: &[Vec<Point>],
        command: &str,
    ) -> Result<Self, Error> {
        let last = history.last().ok_or_else(|| refused("it has no epoch"))?;
        let (config, steps) = (trainer.config(), trainer.counters().steps);
        let (packing, seed) = (config.packing, config.seed as u32);
        let name = if packing == 1 { "GAN".into() } else { format!("PacGAN{packing}") };
        let row = Scorer::default().row(&name, modes, last, None, ReferenceCase::Perfect, seed)?;
        let area = around(modes);
        let frames = frames(history.len());
        let place = |p: &Point| {
            [0, 1].map(|k| {
                let share = (p[k] - area[k]) / (area[k + 2] - area[k]);
                (share.clamp(0.0, 1.0) * 65_535.0).round() as u16
            })
        };
        let of_frame = |epoch: &usize| history[epoch - 1].iter().take(FRAME_POINTS).flat_map(place);
        let points = frames.iter().flat_map(of_frame).collect();
        let about = About {
            name,
            architecture,
            packing,
            seed,
            epochs: history.len(),
            steps_per_epoch: steps / history.len() as u64,
            runs: 1,
            modes: flat(modes),
            area,
            frames,
            curve: history.iter().map(|p| Marks::of(modes, p)).collect::<Result<_, _>>()?,
            row,
            command: command.into(),
        };
        Ok(Self { about, points, generator: trainer.freeze() })
    }

    /// What it says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The points of a frame: x, y, x, y, …
    ///
    /// # Errors
    /// Code `recording`: there is no such frame.
    pub fn frame(&self, index: usize) -> Result<Vec<f32>, Error> {
        let count = self.points.len() / self.about.frames.len();
        let here = self.points.chunks_exact(count).nth(index);
        let [x0, y0, x1, y1] = self.about.area;
        let here = here.ok_or_else(|| refused(&format!("it has no frame {index}")))?;
        let at =
            |low: f64, high: f64, v: u16| (low + (high - low) * f64::from(v) / 65_535.0) as f32;
        Ok(here.chunks_exact(2).flat_map(|p| [at(x0, x1, p[0]), at(y0, y1, p[1])]).collect())
    }

    /// Fresh points of the generator that the run ended with: x, y, x, y, …
    pub fn points(&self, count: usize, seed: u64) -> Vec<f32> {
        self.generator.map(&self.generator.latent(count, seed)).into_flattened()
    }

    /// The image of a regular grid in z under that generator, as [`super::Gan::grid`] gives it.
    ///
    /// # Errors
    /// As there.
    pub fn grid(&self, lines: usize, samples: usize) -> Result<Vec<f32>, Error> {
        let z = lattice_lines(self.generator.spec().latent.law, lines, samples)?;
        Ok(self.generator.map(&z).into_flattened())
    }

    /// The file.
    ///
    /// # Errors
    /// Code `recording`: a weight of the generator is beyond half precision.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let header = serde_json::to_vec(&self.about).map_err(|e| refused(&e.to_string()))?;
        let mut to = MAGIC.to_vec();
        to.extend(RECORDING_VERSION.to_le_bytes());
        to.extend((header.len() as u32).to_le_bytes());
        to.extend(header);
        to.extend(self.points.iter().flat_map(|v| v.to_le_bytes()));
        to.extend(self.generator.to_half().map_err(|e| refused(&e.to_string()))?);
        to.extend(checksum(&to).to_le_bytes());
        Ok(to)
    }

    /// What was written by [`Recording::to_bytes`].
    ///
    /// # Errors
    /// Code `recording`: the bytes are not that, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| refused("it is something else"))?;
        let damaged = || refused("it is damaged");
        let (version, _) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let version = u32::from_le_bytes(*version);
        if version != RECORDING_VERSION {
            return Err(refused(&format!(
                "it has format {version}, and only {RECORDING_VERSION} can be read"
            )));
        }
        let (body, sum) = bytes.split_last_chunk().ok_or_else(damaged)?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return Err(damaged());
        }
        let rest = body.get(MAGIC.len() + 4..).ok_or_else(damaged)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (header, rest) =
            rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(damaged)?;
        let about: About = serde_json::from_slice(header).map_err(|e| refused(&e.to_string()))?;
        let bytes_of_points = 4 * FRAME_POINTS * about.frames.len();
        let (points, rest) = rest.split_at_checked(bytes_of_points).ok_or_else(damaged)?;
        let points = points.as_chunks::<2>().0.iter().map(|v| u16::from_le_bytes(*v)).collect();
        let generator = Frozen::from_half(rest).map_err(|e| refused(&e.to_string()))?;
        let whole = !about.frames.is_empty()
            && about.curve.len() == about.epochs
            && generator.spec().latent.dimension == 2;
        if !whole {
            return Err(damaged());
        }
        Ok(Self { about, points, generator })
    }
}

/// A box around all modes, half as far again as they reach.
fn around(modes: &Modes) -> [f64; 4] {
    let mut area = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for mode in modes.modes() {
        for k in 0..2 {
            area[k] = area[k].min(mode.centre[k] - 4.0 * mode.sigma);
            area[k + 2] = area[k + 2].max(mode.centre[k] + 4.0 * mode.sigma);
        }
    }
    let [x0, y0, x1, y1] = area;
    let (dx, dy) = (0.25 * (x1 - x0), 0.25 * (y1 - y0));
    [x0 - dx, y0 - dy, x1 + dx, y1 + dy]
}

fn refused(why: &str) -> Error {
    Error::new("recording", format!("This recording cannot be shown: {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gan::Mixture;
    use ::gan::Config;

    /// Thirty epochs of one step each.
    fn made() -> Recording {
        let modes = Modes::grid();
        let mut trainer = Trainer::new(Config::page(::gan::Loss::NonSaturating, 2, 7)).unwrap();
        let mut real = Mixture::new(&modes);
        let mut history = Vec::new();
        for _ in 0..30 {
            trainer.step(&mut real).unwrap();
            let points = trainer.generate(1_200);
            history.push(points.iter().map(|p| p.map(f64::from)).collect());
        }
        let page = Architecture::Page;
        Recording::new(&mut trainer, page, &modes, &history, "brenier train gan").unwrap()
    }

    #[test]
    fn what_is_written_reads_back() {
        let made = made();
        let bytes = made.to_bytes().unwrap();
        let read = Recording::from_bytes(&bytes).unwrap();
        let about = read.about();
        assert_eq!(about, made.about());
        assert_eq!((about.name.as_str(), about.epochs, about.steps_per_epoch), ("PacGAN2", 30, 1));
        assert_eq!((about.frames[0], *about.frames.last().unwrap()), (1, 30));
        assert!(about.frames.windows(2).all(|w| w[0] < w[1]));
        assert_eq!(about.curve.len(), 30);
        assert_eq!(about.curve[29].modes as f64, about.row.modes.value);
        for k in 0..about.frames.len() {
            assert_eq!(read.frame(k).unwrap(), made.frame(k).unwrap());
        }
        assert_eq!(read.frame(about.frames.len()).unwrap_err().code, "recording");
        // The last frame is what the generator makes of the same z, up to 16 bits and half precision.
        let again = read.points(FRAME_POINTS, u64::from(about.seed));
        let [x0, y0, x1, y1] = about.area.map(|x| x as f32);
        let near = read.frame(about.frames.len() - 1).unwrap();
        for (a, b) in near.as_chunks::<2>().0.iter().zip(again.as_chunks::<2>().0) {
            let inside = [b[0].clamp(x0, x1), b[1].clamp(y0, y1)];
            assert!((a[0] - inside[0]).hypot(a[1] - inside[1]) < 0.05, "{a:?} {b:?}");
        }
        assert_eq!(read.grid(5, 9).unwrap().len(), 2 * 5 * 9 * 2);
    }

    #[test]
    fn what_is_no_recording_is_refused() {
        let bytes = made().to_bytes().unwrap();
        let says = |bytes: &[u8]| Recording::from_bytes(bytes).unwrap_err().message;
        assert!(says(b"<!doctype html>").contains("something else"));
        assert!(says(&bytes[..9]).contains("damaged"));
        assert!(says(&bytes[..bytes.len() - 1]).contains("damaged"));
        let mut newer = bytes.clone();
        newer[8] += 1;
        assert!(says(&newer).contains("format 2"));
        for place in (12..bytes.len()).step_by(997) {
            let mut changed = bytes.clone();
            changed[place] ^= 16;
            assert!(says(&changed).contains("damaged"), "byte {place}");
        }
    }
}
