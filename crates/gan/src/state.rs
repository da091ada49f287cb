//! A run as bytes.
//!
//! The magic word, the version, the configuration, the counters, Adam's powers, then parameters and
//! Adam's memory of the generator and of the discriminator, all little-endian, and a checksum (FNV-1a of
//! 64 bits) of everything before. Lengths follow from the configuration.

use crate::adam::{Adam, AdamSettings};
use crate::config::{
    Arithmetic, Config, DiscriminatorSpec, GeneratorSpec, Init, Latent, Law, MAX_LAYERS, Schedule,
};
use crate::error::StateError;
use crate::loss::Loss;
use crate::piecewise::Activation;
use crate::trainer::{Counters, Trainer};

const MAGIC: &[u8; 8] = b"brengan\n";

/// The format written and read here.
pub const STATE_VERSION: u32 = 2;

impl Trainer {
    /// The whole state of the run: [`Trainer::resume`] goes on from it bit for bit.
    pub fn save(&self) -> Vec<u8> {
        let mut to = Writer::new(MAGIC, STATE_VERSION);
        to.config(self.config());
        let Counters { steps, draws, generator, discriminator } = self.counters;
        [steps, draws, generator, discriminator].iter().for_each(|n| to.word(*n));
        to.network(&self.generator.parameters(), &self.generator_adam);
        to.network(&self.discriminator.parameters(), &self.discriminator_adam);
        to.finish()
    }

    /// The run that was saved as `bytes`.
    pub fn resume(bytes: &[u8]) -> Result<Self, StateError> {
        let mut from = Reader(checked(bytes, MAGIC, STATE_VERSION)?);
        let config = from.config()?;
        let mut trainer = Self::new(config).map_err(StateError::Config)?;
        trainer.counters = Counters {
            steps: from.word()?,
            draws: from.word()?,
            generator: from.word()?,
            discriminator: from.word()?,
        };
        from.network(trainer.generator.parameters_mut(), &mut trainer.generator_adam)?;
        from.network(trainer.discriminator.parameters_mut(), &mut trainer.discriminator_adam)?;
        if from.0.is_empty() { Ok(trainer) } else { Err(StateError::Damaged) }
    }
}

/// What stands between magic word and version, and a checksum that is right.
pub(crate) fn checked<'a>(
    bytes: &'a [u8],
    magic: &[u8; 8],
    known: u32,
) -> Result<&'a [u8], StateError> {
    let rest = bytes.strip_prefix(magic).ok_or(StateError::NotAState)?;
    let (version, _) = rest.split_first_chunk().ok_or(StateError::Damaged)?;
    let found = u32::from_le_bytes(*version);
    if found != known {
        return Err(StateError::Version { found, known });
    }
    let (body, sum) = bytes.split_last_chunk().ok_or(StateError::Damaged)?;
    if checksum(body) != u64::from_le_bytes(*sum) {
        return Err(StateError::Damaged);
    }
    body.get(magic.len() + 4..).ok_or(StateError::Damaged)
}

/// The sum that ends every file of this crate: FNV-1a, 64 bits.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Bytes with a magic word, a version, and a checksum at the end.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn new(magic: &[u8; 8], version: u32) -> Self {
        let mut to = Self(magic.to_vec());
        to.0.extend(version.to_le_bytes());
        to
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.word(checksum(&self.0));
        self.0
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }

    fn word(&mut self, x: u64) {
        self.0.extend(x.to_le_bytes());
    }

    fn number(&mut self, x: f64) {
        self.word(x.to_bits());
    }

    /// A choice, and its number where it has one.
    fn choice(&mut self, which: u64, x: f64) {
        self.word(which);
        self.number(x);
    }

    fn config(&mut self, config: &Config) {
        let d = &config.discriminator;
        self.generator(&config.generator);
        self.layers(&d.widths, d.activation, d.init);
        match config.loss {
            Loss::NonSaturating => self.choice(0, 0.0),
            Loss::LeastSquares => self.choice(1, 0.0),
            Loss::Wasserstein { penalty } => self.choice(2, penalty),
        }
        self.word(config.packing as u64);
        self.word(config.batch as u64);
        self.word(match config.schedule {
            Schedule::Simultaneous => 0,
            Schedule::Alternating { discriminator_steps } => discriminator_steps as u64,
        });
        for AdamSettings { rate, beta1, beta2 } in
            [config.generator_adam, config.discriminator_adam]
        {
            [rate, beta1, beta2].iter().for_each(|x| self.number(*x));
        }
        self.word(u64::from(config.arithmetic == Arithmetic::Fused));
        self.word(config.seed);
    }

    pub(crate) fn generator(&mut self, g: &GeneratorSpec) {
        self.word(g.latent.dimension as u64);
        self.word(u64::from(g.latent.law == Law::Uniform));
        self.word(u64::from(g.norm));
        self.layers(&g.widths, g.activation, g.init);
    }

    fn layers(&mut self, widths: &[usize], activation: Activation, init: Init) {
        self.word(widths.len() as u64);
        widths.iter().for_each(|width| self.word(*width as u64));
        match activation {
            Activation::LeakyRelu { slope } => self.choice(0, slope),
            Activation::Maxout { pieces } => self.choice(1, pieces as f64),
        }
        match init {
            Init::Normal { deviation } => self.choice(0, deviation),
            Init::He => self.choice(1, 0.0),
        }
    }

    fn network(&mut self, parameters: &[&[f32]], adam: &Adam<f32>) {
        adam.powers.iter().for_each(|power| self.number(*power));
        let memory = adam.first.iter().chain(&adam.second).map(Vec::as_slice);
        for x in parameters.iter().copied().chain(memory).flatten() {
            self.0.extend(x.to_le_bytes());
        }
    }
}

/// What is left to read.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl Reader<'_> {
    pub(crate) fn take<const N: usize>(&mut self) -> Result<[u8; N], StateError> {
        let (head, tail) = self.0.split_first_chunk().ok_or(StateError::Damaged)?;
        self.0 = tail;
        Ok(*head)
    }

    fn word(&mut self) -> Result<u64, StateError> {
        self.take().map(u64::from_le_bytes)
    }

    fn size(&mut self) -> Result<usize, StateError> {
        usize::try_from(self.word()?).map_err(|_| StateError::Damaged)
    }

    fn number(&mut self) -> Result<f64, StateError> {
        self.word().map(f64::from_bits)
    }

    fn choice(&mut self) -> Result<(u64, f64), StateError> {
        Ok((self.word()?, self.number()?))
    }

    fn flag(&mut self) -> Result<bool, StateError> {
        match self.word()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(StateError::Damaged),
        }
    }

    fn config(&mut self) -> Result<Config, StateError> {
        let generator = self.generator()?;
        let (widths, activation, init) = self.layers()?;
        let discriminator = DiscriminatorSpec { widths, activation, init };
        let loss = match self.choice()? {
            (0, _) => Loss::NonSaturating,
            (1, _) => Loss::LeastSquares,
            (2, penalty) => Loss::Wasserstein { penalty },
            _ => return Err(StateError::Damaged),
        };
        let (packing, batch) = (self.size()?, self.size()?);
        let schedule = match self.size()? {
            0 => Schedule::Simultaneous,
            discriminator_steps => Schedule::Alternating { discriminator_steps },
        };
        let (generator_adam, discriminator_adam) = (self.adam()?, self.adam()?);
        let arithmetic = if self.flag()? { Arithmetic::Fused } else { Arithmetic::Portable };
        let seed = self.word()?;
        Ok(Config {
            generator,
            discriminator,
            loss,
            packing,
            batch,
            schedule,
            generator_adam,
            discriminator_adam,
            arithmetic,
            seed,
        })
    }

    pub(crate) fn generator(&mut self) -> Result<GeneratorSpec, StateError> {
        let dimension = self.size()?;
        let law = if self.flag()? { Law::Uniform } else { Law::Normal };
        let norm = self.flag()?;
        let (widths, activation, init) = self.layers()?;
        let latent = Latent { dimension, law };
        Ok(GeneratorSpec { latent, widths, norm, activation, init })
    }

    fn layers(&mut self) -> Result<(Vec<usize>, Activation, Init), StateError> {
        let layers = self.size()?;
        if layers > MAX_LAYERS {
            return Err(StateError::Damaged);
        }
        let widths = (0..layers).map(|_| self.size()).collect::<Result<_, _>>()?;
        let activation = match self.choice()? {
            (0, slope) => Activation::LeakyRelu { slope },
            (1, pieces) => Activation::Maxout { pieces: pieces as usize },
            _ => return Err(StateError::Damaged),
        };
        let init = match self.choice()? {
            (0, deviation) => Init::Normal { deviation },
            (1, _) => Init::He,
            _ => return Err(StateError::Damaged),
        };
        Ok((widths, activation, init))
    }

    fn adam(&mut self) -> Result<AdamSettings, StateError> {
        Ok(AdamSettings { rate: self.number()?, beta1: self.number()?, beta2: self.number()? })
    }

    fn network(
        &mut self,
        parameters: Vec<&mut [f32]>,
        adam: &mut Adam<f32>,
    ) -> Result<(), StateError> {
        for power in &mut adam.powers {
            *power = self.number()?;
            if !(0.0..=1.0).contains(power) {
                return Err(StateError::NotFinite);
            }
        }
        let memory = adam.first.iter_mut().chain(&mut adam.second).map(Vec::as_mut_slice);
        for x in parameters.into_iter().chain(memory).flatten() {
            *x = self.take().map(f32::from_le_bytes)?;
            if !x.is_finite() {
                return Err(StateError::NotFinite);
            }
        }
        Ok(())
    }
}
