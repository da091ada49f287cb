//! Everything a run follows from, as plain data, and what of it is refused.

use crate::adam::AdamSettings;
use crate::error::ConfigError;
use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::piecewise::Activation;
use crate::random::{Random, normals, uniform};

/// Most points in a pack.
pub const MAX_PACKING: usize = 4;
/// Most units of a layer, pieces of maxout included.
pub const MAX_WIDTH: usize = 8192;
/// Most hidden layers of a network.
pub const MAX_LAYERS: usize = 16;
/// Most latent coordinates.
pub const MAX_LATENT: usize = 64;
/// Most packs in a batch.
pub const MAX_BATCH: usize = 16_384;
/// Most parameters of a network.
pub const MAX_PARAMETERS: usize = 1 << 24;
/// Most updates of the discriminator before each of the generator.
pub const MAX_DISCRIMINATOR_STEPS: usize = 100;

/// Everything a run follows from, besides the real points. Two runs with the same configuration and
/// the same real points are the same bit for bit, on every processor, in wasm and on any number of
/// threads.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The generator.
    pub generator: GeneratorSpec,
    /// The discriminator.
    pub discriminator: DiscriminatorSpec,
    /// What they minimise.
    pub loss: Loss,
    /// m, the points that the discriminator sees at once, 1 to [`MAX_PACKING`]: Lin, Khetan, Fanti
    /// and Oh, *PacGAN* (NeurIPS 2018), section 2. With 1 there is no packing.
    pub packing: usize,
    /// Packs in a batch, 2 to [`MAX_BATCH`]: each update sees `batch · packing` generated points.
    pub batch: usize,
    /// Who is updated when.
    pub schedule: Schedule,
    /// How the generator is updated.
    pub generator_adam: AdamSettings,
    /// How the discriminator is updated.
    pub discriminator_adam: AdamSettings,
    /// How products of matrices are computed.
    pub arithmetic: Arithmetic,
    /// What all random numbers follow from.
    pub seed: u64,
}

/// How products of matrices are computed. Either is the same bit for bit whatever the width of the
/// processor's vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// Each term is multiplied, rounded and added: the same everywhere, in wasm too.
    Portable,
    /// Each term is multiplied and added with one rounding. Up to twice as fast on processors with
    /// such an instruction (x86 since AVX2, ARM), and much slower on others, wasm among them.
    Fused,
}

/// A multilayer perceptron from the latent space to the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratorSpec {
    /// What goes in.
    pub latent: Latent,
    /// Units of each hidden layer; may be empty.
    pub widths: Vec<usize>,
    /// Whether each hidden layer is normalised over the batch; its linear part then has no bias.
    /// In training the first points of all packs are normalised together, then the second ones and
    /// so on, as PacGAN's code does it.
    pub norm: bool,
    /// The activation of the hidden layers.
    pub activation: Activation,
    /// The weights at the start.
    pub init: Init,
}

/// A multilayer perceptron from packs of points to one score.
#[derive(Clone, Debug, PartialEq)]
pub struct DiscriminatorSpec {
    /// Units of each hidden layer; may be empty.
    pub widths: Vec<usize>,
    /// The activation of the hidden layers.
    pub activation: Activation,
    /// The weights at the start.
    pub init: Init,
}

/// The law of z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latent {
    /// Coordinates of z, 1 to [`MAX_LATENT`].
    pub dimension: usize,
    /// How each coordinate is distributed.
    pub law: Law,
}

impl Latent {
    /// `count` draws of z, count × dimension.
    pub(crate) fn draw(self, mut rng: Random, count: usize) -> Matrix<f32> {
        let mut z = Matrix::zeros(count, self.dimension);
        match self.law {
            Law::Normal => normals(&mut rng, 1.0, z.entries_mut()),
            Law::Uniform => {
                let entries = z.entries_mut().iter_mut();
                entries.for_each(|z| *z = (2.0 * uniform(&mut rng) - 1.0) as f32);
            }
        }
        z
    }
}

/// How each coordinate of z is distributed, independently of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// N(0, 1).
    Normal,
    /// Uniform on [−1, 1).
    Uniform,
}

/// The weights at the start. Scales of batch normalisation start at 1, biases at 0 where nothing else
/// is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// N(0, deviation²).
    Normal {
        /// Above 0, at most 10.
        deviation: f64,
    },
    /// N(0, 2 / inputs) in hidden layers: He and others, *Delving Deep into Rectifiers* (ICCV 2015),
    /// equation 10; N(0, 1 / inputs) in the last layer. Departs from the paper in that the biases of
    /// hidden layers are N(0, 1), where they exist: with none, every first layer's kink runs through
    /// the origin, and a discriminator of points some units away from it stays blurred for long.
    He,
}

/// Who is updated when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Both at once, from gradients at the same parameters and the same generated points.
    Simultaneous,
    /// The discriminator some times, each on a batch of its own, then the generator once.
    Alternating {
        /// Updates of the discriminator, 1 to [`MAX_DISCRIMINATOR_STEPS`].
        discriminator_steps: usize,
    },
}

impl Config {
    /// PacGAN's own architecture for the plane (NeurIPS 2018, appendix; and its code): z ~ N(0, I₂);
    /// four hidden layers of 400 with batch normalisation and ReLU; a discriminator of three maxout
    /// layers, 200 units of 5 pieces; N(0, 0.02²) weights; Adam with rate 1e-4 and β₁ = 0.8; both
    /// networks updated at once; 100 packs a batch; the loss that does not saturate.
    pub fn paper(packing: usize, seed: u64) -> Self {
        let init = Init::Normal { deviation: 0.02 };
        let adam = AdamSettings { rate: 1e-4, beta1: 0.8, beta2: 0.999 };
        Self {
            generator: GeneratorSpec {
                latent: Latent { dimension: 2, law: Law::Normal },
                widths: vec![400; 4],
                norm: true,
                activation: Activation::LeakyRelu { slope: 0.0 },
                init,
            },
            discriminator: DiscriminatorSpec {
                widths: vec![200; 3],
                activation: Activation::Maxout { pieces: 5 },
                init,
            },
            loss: Loss::NonSaturating,
            packing,
            batch: 100,
            schedule: Schedule::Simultaneous,
            generator_adam: adam,
            discriminator_adam: adam,
            arithmetic: Arithmetic::Portable,
            seed,
        }
    }

    /// An architecture small enough to watch: z ~ N(0, I₂), two hidden layers of 128 in each
    /// network, ReLU in the generator, leaky ReLU in the discriminator, 128 packs a batch.
    ///
    /// Chosen by trial on the 5 × 5 grid, seeds 0 and 1, some 10,000 steps. The generator is
    /// normalised over the batch, and the discriminator gets two updates to one of the generator at
    /// four times its rate: with less, packs of four points hardly trained (2 % of the samples of
    /// high quality). The Wasserstein loss gets five updates of its critic to one of the generator
    /// and Adam without β₁, as its authors have it, and no normalisation, with which it lost modes.
    pub fn page(loss: Loss, packing: usize, seed: u64) -> Self {
        let wasserstein = matches!(loss, Loss::Wasserstein { .. });
        let (beta1, beta2) = if wasserstein { (0.0, 0.9) } else { (0.5, 0.999) };
        let adam = AdamSettings { rate: 1e-3, beta1, beta2 };
        let discriminator_rate = if wasserstein { 1e-3 } else { 4e-3 };
        Self {
            generator: GeneratorSpec {
                latent: Latent { dimension: 2, law: Law::Normal },
                widths: vec![128; 2],
                norm: !wasserstein,
                activation: Activation::LeakyRelu { slope: 0.0 },
                init: Init::He,
            },
            discriminator: DiscriminatorSpec {
                widths: vec![128; 2],
                activation: Activation::LeakyRelu { slope: 0.2 },
                init: Init::He,
            },
            loss,
            packing,
            batch: 128,
            schedule: Schedule::Alternating {
                discriminator_steps: if wasserstein { 5 } else { 2 },
            },
            generator_adam: adam,
            discriminator_adam: AdamSettings { rate: discriminator_rate, ..adam },
            arithmetic: Arithmetic::Portable,
            seed,
        }
    }

    /// Whether a run can follow from this; the ranges are at each field.
    pub fn check(&self) -> Result<(), ConfigError> {
        let latent = self.generator.latent.dimension;
        if !(1..=MAX_LATENT).contains(&latent) {
            return Err(ConfigError::Latent { dimension: latent });
        }
        if !(1..=MAX_PACKING).contains(&self.packing) {
            return Err(ConfigError::Packing { packing: self.packing });
        }
        if !(2..=MAX_BATCH).contains(&self.batch) {
            return Err(ConfigError::Batch { batch: self.batch });
        }
        let (g, d) = (&self.generator, &self.discriminator);
        network((latent, 2), &g.widths, g.activation, g.init)?;
        network((2 * self.packing, 1), &d.widths, d.activation, d.init)?;
        if let Loss::Wasserstein { penalty } = self.loss
            && !(penalty > 0.0 && penalty <= 1000.0)
        {
            return Err(ConfigError::Penalty);
        }
        for AdamSettings { rate, beta1, beta2 } in [self.generator_adam, self.discriminator_adam] {
            let decays = [beta1, beta2].iter().all(|b| (0.0..1.0).contains(b));
            if !(rate > 0.0 && rate <= 1.0 && decays) {
                return Err(ConfigError::Adam);
            }
        }
        if let Schedule::Alternating { discriminator_steps: steps } = self.schedule
            && !(1..=MAX_DISCRIMINATOR_STEPS).contains(&steps)
        {
            return Err(ConfigError::Schedule { steps });
        }
        Ok(())
    }
}

/// Whether a network with these layers can be made.
fn network(
    (mut from, to): (usize, usize),
    widths: &[usize],
    activation: Activation,
    init: Init,
) -> Result<(), ConfigError> {
    match activation {
        Activation::LeakyRelu { slope } if !(0.0..1.0).contains(&slope) => {
            return Err(ConfigError::Slope);
        }
        Activation::Maxout { pieces } if !(2..=16).contains(&pieces) => {
            return Err(ConfigError::Pieces { pieces });
        }
        _ => {}
    }
    if let Init::Normal { deviation } = init
        && !(deviation > 0.0 && deviation <= 10.0)
    {
        return Err(ConfigError::Init);
    }
    if widths.len() > MAX_LAYERS {
        return Err(ConfigError::Layers { layers: widths.len() });
    }
    let mut parameters = 0;
    for (layer, &width) in widths.iter().enumerate() {
        if !(1..=MAX_WIDTH / activation.inputs()).contains(&width) {
            return Err(ConfigError::Width { layer, width });
        }
        // The weights, and at most a scale and a shift for each output.
        parameters += (from + 2) * width * activation.inputs();
        from = width;
    }
    parameters += (from + 1) * to;
    if parameters > MAX_PARAMETERS {
        return Err(ConfigError::Parameters { parameters });
    }
    Ok(())
}
