//! A run: two networks, their optimisers, and how far they are.

use crate::adam::Adam;
use crate::config::{Config, Schedule};
use crate::discriminator::{Discriminator, Tape};
use crate::error::{ConfigError, StepError};
use crate::generator::{Generator, GeneratorTape};
use crate::matrix::Matrix;
use crate::norm::Statistics;
use crate::objective::{self, DiscriminatorObjective, OnReal};
use crate::product::Products;
use crate::random::{Purpose, random, uniform};
use crate::real::Real;

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Calls of [`Trainer::step`].
    pub steps: u64,
    /// Batches drawn.
    pub draws: u64,
    /// Updates of the generator.
    pub generator: u64,
    /// Updates of the discriminator.
    pub discriminator: u64,
}

/// The discriminator's loss on the batch of an update, before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscriminatorLoss {
    /// The loss without the penalty; for the Wasserstein loss minus this value estimates a multiple
    /// of W₁ from below.
    pub value: f64,
    /// λ times the mean gradient penalty; 0 where the loss has none.
    pub penalty: f64,
}

/// Both losses of a step, each on the batch of its last update, before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Losses {
    /// The discriminator's.
    pub discriminator: DiscriminatorLoss,
    /// The generator's.
    pub generator: f64,
}

/// A run of a GAN on the plane: deterministic, without a clock, on one thread where
/// `Trainer::set_threads` (feature `threads`) asks for no more.
///
/// Random numbers follow from the seed and from how many batches were drawn, so that looking at a
/// run (samples, maps, fields) does not change it.
#[derive(Clone, Debug)]
pub struct Trainer {
    config: Config,
    pub(crate) generator: Generator<f32>,
    pub(crate) discriminator: Discriminator<f32>,
    pub(crate) generator_adam: Adam<f32>,
    pub(crate) discriminator_adam: Adam<f32>,
    pub(crate) counters: Counters,
    pub(crate) products: Products,
    /// Of the generator as it is, once asked for.
    pub(crate) statistics: Option<Vec<Statistics<f32>>>,
}

/// What a batch is to either network, before any update.
struct Batch {
    on_real: OnReal<f32>,
    points: GeneratorTape<f32>,
    /// Scores of the generated packs, and the gradient of each in its layers.
    fake: Tape<f32>,
    deltas: Vec<Matrix<f32>>,
}

impl Trainer {
    /// A run at its start.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.check()?;
        let mut rng = random(config.seed, Purpose::Generator, 0);
        let generator = Generator::new(&config.generator, &mut rng);
        let mut rng = random(config.seed, Purpose::Discriminator, 0);
        let discriminator = Discriminator::new(&config.discriminator, config.packing, &mut rng);
        Ok(Self {
            generator_adam: Adam::new(config.generator_adam, &generator.parameters()),
            discriminator_adam: Adam::new(config.discriminator_adam, &discriminator.parameters()),
            products: Products::new(config.arithmetic),
            config,
            generator,
            discriminator,
            counters: Counters::default(),
            statistics: None,
        })
    }

    /// What the run follows from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// From now on on so many threads, at least one, where products are large enough. The bits do
    /// not depend on it, and it is not saved: a resumed run is on one.
    #[cfg(feature = "threads")]
    pub fn set_threads(&mut self, threads: usize) {
        self.products.set_threads(threads);
    }

    /// How far it is.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// One step of the schedule: both networks at once, or the discriminator some times and then
    /// the generator.
    pub fn step(&mut self, real: &mut dyn Real) -> Result<Losses, StepError> {
        let losses = match self.config.schedule {
            Schedule::Simultaneous => self.step_both(real)?,
            Schedule::Alternating { discriminator_steps } => {
                let mut discriminator = self.step_discriminator(real)?;
                for _ in 1..discriminator_steps {
                    discriminator = self.step_discriminator(real)?;
                }
                Losses { discriminator, generator: self.step_generator()? }
            }
        };
        self.counters.steps += 1;
        Ok(losses)
    }

    /// One update of the discriminator alone, on a batch of its own.
    pub fn step_discriminator(
        &mut self,
        real: &mut dyn Real,
    ) -> Result<DiscriminatorLoss, StepError> {
        let mix = self.mix();
        let Batch { on_real, fake, deltas, .. } = self.batch(real)?;
        let objective = objective::of_discriminator(
            &mut self.products,
            &self.discriminator,
            self.config.loss,
            on_real,
            (&fake, &deltas),
            &mix,
        );
        self.check(objective.value + objective.penalty, &objective.gradient.parameters())?;
        self.counters.draws += 1;
        Ok(self.update_discriminator(&objective))
    }

    /// One update of the generator alone, on a batch of its own; its loss there, before it.
    pub fn step_generator(&mut self) -> Result<f64, StepError> {
        let z = self.latent(Purpose::Latent, self.counters.draws, self.points());
        let points = self.generator.forward(&mut self.products, z, self.config.packing);
        let fake = points.output.clone().reshaped(2 * self.config.packing);
        let packs = self.discriminator.forward(&mut self.products, fake);
        let deltas = self.discriminator.deltas(&mut self.products, &packs);
        let (value, gradient) = objective::of_generator(
            &mut self.products,
            (&self.generator, &points),
            &self.discriminator,
            (&packs, &deltas),
            self.config.loss,
        );
        self.check(value, &gradient.parameters())?;
        self.counters.draws += 1;
        self.update_generator(&gradient);
        Ok(value)
    }

    /// A batch as far as both networks need it; real and generated packs at once on several threads.
    fn batch(&mut self, real: &mut dyn Real) -> Result<Batch, StepError> {
        let real = self.real(real)?;
        let z = self.latent(Purpose::Latent, self.counters.draws, self.points());
        let Self { config: Config { packing, loss, .. }, generator, discriminator, .. } = self;
        let (on_real, (points, fake, deltas)) = self.products.both(
            |products| objective::on_real(products, discriminator, *loss, real),
            |products| {
                let points = generator.forward(products, z, *packing);
                let packs = points.output.clone().reshaped(2 * *packing);
                let fake = discriminator.forward(products, packs);
                let deltas = discriminator.deltas(products, &fake);
                (points, fake, deltas)
            },
        );
        Ok(Batch { on_real, points, fake, deltas })
    }

    fn step_both(&mut self, real: &mut dyn Real) -> Result<Losses, StepError> {
        let mix = self.mix();
        let Batch { on_real, points, fake, deltas } = self.batch(real)?;
        let Self { config: Config { loss, .. }, generator, discriminator, .. } = self;
        let (of_discriminator, (value_of_generator, gradient)) = self.products.both(
            |products| {
                let fake = (&fake, &deltas[..]);
                objective::of_discriminator(products, discriminator, *loss, on_real, fake, &mix)
            },
            |products| {
                let (points, fake) = ((&*generator, &points), (&fake, &deltas[..]));
                objective::of_generator(products, points, discriminator, fake, *loss)
            },
        );
        let DiscriminatorObjective { value, penalty, .. } = of_discriminator;
        self.check(value + penalty, &of_discriminator.gradient.parameters())?;
        self.check(value_of_generator, &gradient.parameters())?;
        self.counters.draws += 1;
        let discriminator = self.update_discriminator(&of_discriminator);
        self.update_generator(&gradient);
        Ok(Losses { discriminator, generator: value_of_generator })
    }

    fn update_discriminator(
        &mut self,
        objective: &DiscriminatorObjective<f32>,
    ) -> DiscriminatorLoss {
        let gradient = objective.gradient.parameters();
        self.discriminator_adam.step(self.discriminator.parameters_mut(), &gradient);
        self.counters.discriminator += 1;
        DiscriminatorLoss { value: objective.value, penalty: objective.penalty }
    }

    fn update_generator(&mut self, gradient: &Generator<f32>) {
        self.generator_adam.step(self.generator.parameters_mut(), &gradient.parameters());
        self.counters.generator += 1;
        self.statistics = None;
    }

    fn check(&self, value: f64, gradient: &[&[f32]]) -> Result<(), StepError> {
        let finite = gradient.iter().all(|g| g.iter().all(|x| x.is_finite()));
        if value.is_finite() && finite {
            Ok(())
        } else {
            Err(StepError::Diverged { steps: self.counters.steps })
        }
    }

    /// Points in a batch.
    fn points(&self) -> usize {
        self.config.batch * self.config.packing
    }

    /// A batch of real packs.
    fn real(&self, real: &mut dyn Real) -> Result<Matrix<f32>, StepError> {
        let mut points = vec![[0.0; 2]; self.points()];
        let mut rng = random(self.config.seed, Purpose::Real, self.counters.draws);
        real.draw(&mut rng, &mut points);
        let entries: Vec<f32> = points.as_flattened().iter().map(|x| *x as f32).collect();
        if let Some(place) = entries.iter().position(|x| !x.is_finite()) {
            return Err(StepError::RealNotFinite { index: place / 2 });
        }
        Ok(Matrix::new(self.config.batch, 2 * self.config.packing, entries))
    }

    /// `count` draws of z.
    pub(crate) fn latent(&self, purpose: Purpose, draw: u64, count: usize) -> Matrix<f32> {
        self.config.generator.latent.draw(random(self.config.seed, purpose, draw), count)
    }

    /// ε of each pack, for a loss with a penalty.
    fn mix(&self) -> Vec<f32> {
        let mut rng = random(self.config.seed, Purpose::Penalty, self.counters.draws);
        (0..self.config.batch).map(|_| uniform(&mut rng) as f32).collect()
    }
}
