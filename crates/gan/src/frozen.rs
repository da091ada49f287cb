//! A generator by itself: what a run leaves, in half precision, to be shown elsewhere.
//!
//! The magic word, the version, the shape, then all weights and biases as IEEE 754 binary16, and a
//! checksum, all little-endian. Batch normalisation is folded into the linear layers.

use crate::config::{Config, GeneratorSpec, Init};
use crate::error::StateError;
use crate::generator::Generator;
use crate::matrix::Matrix;
use crate::product::Products;
use crate::random::{Purpose, random};
use crate::state::{Reader, Writer, checked};
use crate::trainer::Trainer;
use half::f16;

const MAGIC: &[u8; 8] = b"brenmap\n";

/// The format written and read here.
pub const FROZEN_VERSION: u32 = 1;

/// The map from z to the plane that a run has reached: it takes each z by itself and is continuous.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    spec: GeneratorSpec,
    /// Without batch normalisation.
    generator: Generator<f32>,
}

impl Trainer {
    /// The generator as it is. Its images are those of [`Trainer::map`] up to rounding.
    pub fn freeze(&mut self) -> Frozen {
        let statistics = self.population();
        let generator = self.generator.folded(&statistics);
        self.statistics = Some(statistics);
        // What is folded is no longer normalised, and has biases everywhere.
        let spec = GeneratorSpec { norm: false, ..self.config().generator.clone() };
        Frozen { spec, generator }
    }
}

impl Frozen {
    /// The shape; [`GeneratorSpec::init`] means nothing here.
    pub fn spec(&self) -> &GeneratorSpec {
        &self.spec
    }

    /// The images of `z`, one after the other (count × latent coordinates); what is left of an
    /// incomplete last one is ignored.
    pub fn map(&self, z: &[f32]) -> Vec<[f32; 2]> {
        let columns = self.spec.latent.dimension;
        let rows = z.len() / columns;
        let z = Matrix::new(rows, columns, z[..rows * columns].to_vec());
        let products = &mut Products::new(crate::Arithmetic::Portable);
        let points = self.generator.apply(products, z, &[]);
        points.iter_rows().map(|row| [row[0], row[1]]).collect()
    }

    /// `count` draws of z, fixed by the seed, one after the other.
    pub fn latent(&self, count: usize, seed: u64) -> Vec<f32> {
        let rng = random(seed, Purpose::Samples, 0);
        self.spec.latent.draw(rng, count).entries().to_vec()
    }

    /// In half precision.
    ///
    /// # Errors
    /// [`StateError::NotFinite`] where a weight is beyond ±65,504.
    pub fn to_half(&self) -> Result<Vec<u8>, StateError> {
        let mut to = Writer::new(MAGIC, FROZEN_VERSION);
        to.generator(&self.spec);
        for x in self.generator.parameters().concat() {
            let half = f16::from_f32(x);
            if !half.is_finite() {
                return Err(StateError::NotFinite);
            }
            to.bytes(&half.to_le_bytes());
        }
        Ok(to.finish())
    }

    /// What was written by [`Frozen::to_half`].
    ///
    /// # Errors
    /// Where `bytes` are not that.
    pub fn from_half(bytes: &[u8]) -> Result<Self, StateError> {
        let mut from = Reader(checked(bytes, MAGIC, FROZEN_VERSION)?);
        let spec = from.generator()?;
        let config = Config { generator: spec, ..Config::paper(1, 0) };
        config.check().map_err(StateError::Config)?;
        let spec = config.generator;
        if spec.norm {
            return Err(StateError::Damaged);
        }
        let plain = GeneratorSpec { init: Init::He, ..spec.clone() };
        let mut generator = Generator::new(&plain, &mut random(0, Purpose::Generator, 0));
        for x in generator.parameters_mut().into_iter().flatten() {
            *x = f16::from_le_bytes(from.take()?).to_f32();
            if !x.is_finite() {
                return Err(StateError::NotFinite);
            }
        }
        if from.0.is_empty() { Ok(Self { spec, generator }) } else { Err(StateError::Damaged) }
    }
}
