//! A training run.

use super::adam::{Adam, apart, gradient};
use super::encoder::Encoder;
use super::random::{Purpose, normals, order, random};
use crate::decoder::Decoder;
use crate::error::Error;
use crate::images::Pictures;
use crate::layers::Network;
use crate::picturer::{Backend, Picturer};
use crate::shape::Shape;
use crate::threads::each;
use crate::weights::{numbers, sizes, weights, with_weights};
use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// Pictures encoded or decoded at once, outside training.
const CHUNK: usize = 64;
/// A batch is trained on in so many parts, a thread each where there are cores for them: kernels that
/// each run on one thread waste less than one kernel on many. Fixed, so that a run does not depend on
/// the number of cores.
const PARTS: usize = 4;
/// Epochs in a row that must not lower the error before a step has ended.
const PATIENCE: usize = 2;
/// The last batches' rate, as a share of the first one's; between them it falls by a straight line.
const SLOWEST: f64 = 1.0 / 32.0;
/// The rate of the decoder's own step, relative to the first one's: its weights are nearly there.
const AGAIN: f64 = 0.25;
/// A gradient longer than so many times the recent ones is shortened to that. With β₁ = 0.5 Adam
/// follows a single wild batch by sixteen times its rate, which once ended a run.
const WILD: f64 = 2.0;
/// Batches over which the rate rises at the start, of a run, a stage or a new plan: what Adam remembers
/// of the gradients' sizes is of other rates, or nothing yet.
const WARM: f64 = 300.0;
/// How much of the recent gradients' mean length stays at each batch.
const RECENT: f64 = 0.98;

/// Everything a run follows from, besides the pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Pictures in a batch, 1 to 1024.
    pub batch: usize,
    /// Adam's α at the start: above 0, at most 1.
    pub rate: f64,
    /// Whether every other picture is mirrored, at random.
    pub mirror: bool,
    /// Passes over the pictures with encoder and decoder together, from 1: the rate falls towards the
    /// last of them, and the step ends before where the error stops falling.
    pub epochs: usize,
    /// The same of the decoder's own step.
    pub decoder_epochs: usize,
    /// What an error's differences between neighbouring pixels weigh in the loss, beside 1 for the
    /// errors themselves: 0 for none, else positive. Edges then count for more.
    #[serde(default)]
    pub edges: f64,
    /// What all random numbers follow from.
    pub seed: u64,
}

/// What is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Encoder and decoder together.
    Joint,
    /// The decoder, the encoder being frozen.
    Decoder,
    /// Nothing any more.
    Done,
}

/// How far a run has come. Errors are mean squares, as in [`crate::Record`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// What is trained now.
    pub stage: Stage,
    /// Batches made in all.
    pub steps: u64,
    /// Batches made in this epoch.
    pub batches: usize,
    /// Mean length of the recent gradients; 0 before the first.
    pub length: f64,
    /// After each epoch of the first step, the error on held-out pictures.
    pub joint: Vec<f64>,
    /// The same of the second step.
    pub decoder: Vec<f64>,
    /// The sum of the batches' errors in this epoch.
    pub sum: f64,
    /// Batches made when the run, its plan or its stage began.
    #[serde(default)]
    pub since: u64,
    /// Epochs of this stage that had ended when its plan began. Errors before and after are not
    /// compared: where the rate rises again, the error does at first.
    #[serde(default)]
    pub ended: usize,
    /// Earlier plans: how many epochs had ended when one was given up, and what it had been.
    #[serde(default)]
    pub given_up: Vec<Plan>,
}

/// How long and how fast a run was to be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Epochs of either step that had ended by then.
    pub ended: usize,
    /// [`Settings::epochs`].
    pub epochs: usize,
    /// [`Settings::decoder_epochs`].
    pub decoder_epochs: usize,
    /// [`Settings::batch`].
    pub batch: usize,
    /// [`Settings::rate`].
    pub rate: f64,
}

/// A run, batch by batch.
#[derive(Clone, Debug)]
pub struct Trainer {
    pub(super) shape: Shape,
    pub(super) settings: Settings,
    pub(super) progress: Progress,
    pub(super) encoder: Encoder,
    pub(super) decoder: Decoder,
    pub(super) encoder_adam: Adam,
    pub(super) decoder_adam: Adam,
    /// The pictures in this epoch's order; empty where it is still to be drawn.
    order: Vec<u32>,
    backend: Backend,
    device: Device,
}

impl Trainer {
    /// A run at its start: weights are N(0, 2 / inputs) (He and others, *Delving Deep into
    /// Rectifiers*, ICCV 2015, equation 10), those of the two last layers N(0, 1 / inputs); biases 0.
    ///
    /// # Errors
    /// Codes `decoder-shape`, `decoder-settings`.
    pub fn new(shape: &Shape, settings: Settings) -> Result<Self, Error> {
        shape.check()?;
        check(&settings)?;
        let backend = Backend::DEFAULT;
        let device = backend.device().autodiff();
        let seed = settings.seed;
        let encoder = drawn(Encoder::new(shape, &device), seed, Purpose::Encoder)?;
        let decoder = drawn(Decoder::new(shape, &device), seed, Purpose::Decoder)?;
        let memory = |weights: Vec<f32>| Adam::new(weights.len());
        Ok(Self {
            encoder_adam: memory(weights(&encoder)),
            decoder_adam: memory(weights(&decoder)),
            shape: shape.clone(),
            progress: Progress {
                stage: Stage::Joint,
                steps: 0,
                batches: 0,
                length: 0.0,
                joint: vec![],
                decoder: vec![],
                sum: 0.0,
                since: 0,
                ended: 0,
                given_up: vec![],
            },
            settings,
            encoder,
            decoder,
            order: vec![],
            backend,
            device,
        })
    }

    /// The same run on another backend: its weights move there. Runs on one backend are the same run
    /// after run; between backends sums are taken in another order, so that they part in the last
    /// digits.
    ///
    /// # Errors
    /// Code `decoder-shape`: none that is known, as the weights fit.
    pub fn on(mut self, backend: Backend) -> Result<Self, Error> {
        let misfit = || Error::Shape { why: "weights and networks do not fit".to_owned() };
        let device = backend.device().autodiff();
        let (encoder, decoder) = (weights(&self.encoder), weights(&self.decoder));
        self.encoder =
            with_weights(Encoder::new(&self.shape, &device), &encoder).ok_or_else(misfit)?;
        self.decoder =
            with_weights(Decoder::new(&self.shape, &device), &decoder).ok_or_else(misfit)?;
        (self.backend, self.device) = (backend, device);
        Ok(self)
    }

    /// What computes.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The networks' shape.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// What the run follows from.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Another length for the epochs to come, towards whose end the rate falls from now on, another rate
    /// or another batch: what else the settings say must be as it was. A run that is made longer often
    /// wants a smaller rate: its weights have settled where the old one would throw them out. More epochs of the first step than there have
    /// been lead back to it, and to the second after them.
    ///
    /// # Errors
    /// Code `decoder-settings`; the run stays as it was.
    pub fn replan(&mut self, settings: &Settings) -> Result<(), Error> {
        check(settings)?;
        let Settings { epochs, decoder_epochs, batch, rate, .. } = self.settings;
        let same = Settings { epochs, decoder_epochs, batch, rate, ..settings.clone() };
        if same != self.settings {
            return Err(Error::Settings {
                why: "only a run's epochs, its rate and its batch may change",
            });
        }
        if *settings != self.settings {
            let ended = self.progress.joint.len() + self.progress.decoder.len();
            self.progress.given_up.push(Plan { ended, epochs, decoder_epochs, batch, rate });
            // The same share of the epoch is behind.
            self.progress.batches = self.progress.batches * batch / settings.batch;
            self.progress.sum *= batch as f64 / settings.batch as f64;
            self.settings = settings.clone();
            let progress = &mut self.progress;
            progress.since = progress.steps;
            let more = settings.epochs != epochs && progress.joint.len() < settings.epochs;
            if progress.stage != Stage::Joint && more {
                progress.stage = Stage::Joint;
                progress.decoder.clear();
                (progress.batches, progress.sum, progress.length) = (0, 0.0, 0.0);
                self.order.clear();
            }
            progress.ended = match progress.stage {
                Stage::Joint => progress.joint.len(),
                _ => progress.decoder.len(),
            };
        }
        Ok(())
    }

    /// How far it has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Batches in an epoch; the last pictures of its order that fill none are left out.
    pub fn batches(&self, pictures: &Pictures) -> usize {
        (pictures.len() / self.settings.batch).max(1)
    }

    /// One batch. The pictures must be the same at every step, in number and order.
    ///
    /// # Errors
    /// Codes `decoder-settings` where there are no pictures, `decoder-diverged`.
    pub fn step(&mut self, pictures: &Pictures) -> Result<f64, Error> {
        if pictures.is_empty() {
            return Err(Error::Settings { why: "there is nothing to train on" });
        }
        if self.order.len() != pictures.len() {
            let epoch = (self.progress.joint.len() + self.progress.decoder.len()) as u64;
            let mut rng = random(self.settings.seed, Purpose::Order, epoch);
            self.order = order(&mut rng, pictures.len());
        }
        let batch = self.settings.batch.min(pictures.len());
        let chosen = &self.order[self.progress.batches % self.batches(pictures) * batch..][..batch];
        let mut rng = random(self.settings.seed, Purpose::Mirror, self.progress.steps);
        let mut numbers = Vec::with_capacity(batch * self.shape.pixels());
        for index in chosen {
            let mirrored = self.settings.mirror && rng.next_u64() >> 63 == 1;
            pictures.put(*index as usize, mirrored, &mut numbers);
        }
        let joint = self.progress.stage == Stage::Joint;
        let rate = self.rate(self.batches(pictures));
        let (value, mut gradient) = self.gradient(&numbers, joint);
        if !value.is_finite() {
            return Err(Error::Diverged { steps: self.progress.steps });
        }
        self.tame(&mut gradient);
        let (encoder, decoder) = gradient.split_at(self.encoder_adam.len());
        self.decoder = self.decoder_adam.step(self.decoder.clone(), decoder, rate);
        if joint {
            self.encoder = self.encoder_adam.step(self.encoder.clone(), encoder, rate);
        }
        self.progress.steps += 1;
        self.progress.batches += 1;
        self.progress.sum += value;
        Ok(value)
    }

    /// The mean square error of a batch and its loss's gradient: the encoder's, 0 where it is frozen,
    /// then the decoder's.
    fn gradient(&self, pictures: &[f32], joint: bool) -> (f64, Vec<f32>) {
        let pixels = self.shape.pixels();
        let count = pictures.len() / pixels;
        let sized: Vec<&[f32]> =
            pictures.chunks(count.div_ceil(self.backend.parts(PARTS)) * pixels).collect();
        let parts = each(&sized, |part| self.part(part, joint));
        let mut whole = (0.0, vec![0.0; self.encoder_adam.len() + self.decoder_adam.len()]);
        for (part, (value, gradient)) in sized.iter().zip(parts) {
            let share = part.len() as f64 / pictures.len() as f64;
            whole.0 += share * value;
            for (sum, g) in whole.1.iter_mut().zip(gradient) {
                *sum += share as f32 * g;
            }
        }
        whole
    }

    /// The same of some pictures of a batch.
    fn part(&self, pictures: &[f32], joint: bool) -> (f64, Vec<f32>) {
        // Leaves of its own: burn keeps graphs that share a leaf under one lock.
        let (encoder, decoder) = (apart(&self.encoder), apart(&self.decoder));
        let real = self.tensor(pictures.to_vec());
        let codes = if joint {
            encoder.encode(real.clone())
        } else {
            Tensor::from_inner(self.encoder.valid().encode(real.clone().inner()))
        };
        let error = decoder.decode(codes) - real;
        let mut loss = error.clone().square().mean();
        let value = f64::from(loss.clone().inner().into_scalar::<f32>());
        if self.settings.edges > 0.0 {
            loss = loss + differences(error).mul_scalar(self.settings.edges);
        }
        let gradients = loss.backward();
        let mut all = gradient(&encoder, &gradients);
        all.extend(gradient(&decoder, &gradients));
        (value, all)
    }

    /// Shortens a wild gradient.
    fn tame(&mut self, gradient: &mut [f32]) {
        let length = gradient.iter().map(|g| f64::from(*g).powi(2)).sum::<f64>().sqrt();
        let recent = &mut self.progress.length;
        let most = if *recent > 0.0 { WILD * *recent } else { length };
        if length > most {
            let share = (most / length) as f32;
            gradient.iter_mut().for_each(|g| *g *= share);
        }
        let first = *recent == 0.0;
        let kept = if first { 0.0 } else { RECENT };
        *recent = kept * *recent + (1.0 - kept) * length.min(most);
    }

    /// Adam's α for the next batch, of so many in an epoch.
    fn rate(&self, batches: usize) -> f64 {
        let Progress { stage, batches: made, joint, decoder, .. } = &self.progress;
        let (start, done, planned) = match stage {
            Stage::Joint => (self.settings.rate, joint.len(), self.settings.epochs),
            _ => (AGAIN * self.settings.rate, decoder.len(), self.settings.decoder_epochs),
        };
        let gone = (done as f64 + *made as f64 / batches as f64) / planned as f64;
        let warm = ((self.progress.steps - self.progress.since + 1) as f64 / WARM).min(1.0);
        start * warm * (1.0 - gone * (1.0 - SLOWEST)).max(SLOWEST)
    }

    /// Ends an epoch, `error` being that of held-out pictures, and goes on to the next stage after the
    /// last epoch, or where the error has stopped falling.
    pub fn end_epoch(&mut self, error: f64) -> Stage {
        let progress = &mut self.progress;
        let (planned, errors) = match progress.stage {
            Stage::Joint => (self.settings.epochs, &mut progress.joint),
            Stage::Decoder => (self.settings.decoder_epochs, &mut progress.decoder),
            Stage::Done => return Stage::Done,
        };
        errors.push(error);
        let least = |some: &[f64]| some.iter().copied().fold(f64::INFINITY, f64::min);
        let of_plan = errors.get(progress.ended..).unwrap_or_default();
        let (before, last) = of_plan.split_at(of_plan.len().saturating_sub(PATIENCE));
        // Written so that an error that is not a number ends it too.
        let stuck = !before.is_empty() && !(least(last) < least(before));
        if stuck || errors.len() >= planned {
            progress.length = 0.0;
            (progress.since, progress.ended) = (progress.steps, 0);
            progress.stage = match progress.stage {
                Stage::Joint => Stage::Decoder,
                _ => Stage::Done,
            };
        }
        (progress.batches, progress.sum) = (0, 0.0);
        self.order.clear();
        progress.stage
    }

    /// The mean square error of pictures that are encoded and decoded.
    pub fn error(&self, pictures: &Pictures) -> f64 {
        let mut sum = 0.0;
        for start in (0..pictures.len()).step_by(PARTS * CHUNK) {
            let end = (start + PARTS * CHUNK).min(pictures.len());
            let mut real = Vec::new();
            (start..end).for_each(|k| pictures.put(k, false, &mut real));
            let made = self.reconstruct(&real);
            sum += real.iter().zip(&made).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>();
        }
        sum / (pictures.len() * self.shape.pixels()) as f64
    }

    /// The codes of pictures, one after the other.
    pub fn encode(&self, pictures: &[f32]) -> Vec<f32> {
        let encoder = self.encoder.valid();
        let code = |some: &[f32]| numbers(encoder.encode(self.tensor(some.to_vec()).inner()));
        let some: Vec<&[f32]> = pictures.chunks(CHUNK * self.shape.pixels()).collect();
        each(&some, |some| code(some)).concat()
    }

    /// Pictures, encoded and decoded; cut off at black and white.
    pub fn reconstruct(&self, pictures: &[f32]) -> Vec<f32> {
        let (encoder, decoder) = (self.encoder.valid(), self.decoder.valid());
        let make = |some: &[f32]| {
            let made = decoder.decode(encoder.encode(self.tensor(some.to_vec()).inner()));
            numbers(made.clamp(0.0, 1.0))
        };
        let some: Vec<&[f32]> = pictures.chunks(CHUNK * self.shape.pixels()).collect();
        each(&some, |some| make(some)).concat()
    }

    /// The decoder by itself.
    ///
    /// # Errors
    /// None that are known: the weights fit.
    pub fn picturer(&self) -> Result<Picturer, Error> {
        Picturer::new(&self.shape, &weights(&self.decoder), Backend::DEFAULT)
    }

    /// Whole pictures as a tensor, with autodiff.
    fn tensor(&self, pictures: Vec<f32>) -> Tensor<4> {
        let Shape { side, channels, .. } = self.shape;
        let count = pictures.len() / self.shape.pixels();
        let data = TensorData::new(pictures, [count, channels, side, side]);
        Tensor::from_data(data, &self.device)
    }
}

/// The mean square of the differences between an image's neighbours, across and down.
fn differences(image: Tensor<4>) -> Tensor<1> {
    let side = image.dims()[3] as i64;
    let along = |from: i64, to: i64| {
        (image.clone().slice_dim(3, from..to), image.clone().slice_dim(2, from..to))
    };
    let ((left, top), (right, bottom)) = (along(0, side - 1), along(1, side));
    ((right - left).square().mean() + (bottom - top).square().mean()).mul_scalar(0.5)
}

fn check(settings: &Settings) -> Result<(), Error> {
    let refused = |why| Err(Error::Settings { why });
    if !(1..=1024).contains(&settings.batch) {
        return refused("a batch has 1 to 1024 pictures");
    }
    if !(settings.rate > 0.0 && settings.rate <= 1.0) {
        return refused("the rate lies above 0 and is at most 1");
    }
    if !(settings.edges >= 0.0 && settings.edges.is_finite()) {
        return refused("the weight of edges is 0 or positive");
    }
    if settings.epochs == 0 || settings.decoder_epochs == 0 {
        return refused("there must be an epoch");
    }
    Ok(())
}

/// The network with weights drawn.
pub(super) fn drawn<N: Network>(network: N, seed: u64, purpose: Purpose) -> Result<N, Error> {
    let sizes = sizes(&network);
    let mut rng = random(seed, purpose, 0);
    let mut all = Vec::new();
    for (k, size) in sizes.iter().enumerate() {
        let count = size.iter().product();
        // Weights and biases take turns, and the encoder's layers come first to last as well.
        let gain = if k + 2 == sizes.len() { 1.0 } else { 2.0 };
        match size.as_slice() {
            [_] => all.resize(all.len() + count, 0.0),
            [inputs, _] => all.extend(normals(&mut rng, (gain / *inputs as f64).sqrt(), count)),
            // Each value of a transposed convolution comes from four places. A convolution's tensor
            // begins with its outputs, a transposed one's with its inputs.
            [inputs, _, 4, 4] if purpose == Purpose::Decoder => {
                all.extend(normals(&mut rng, (gain / (4 * inputs) as f64).sqrt(), count));
            }
            [_, inputs @ ..] => {
                let inputs: usize = inputs.iter().product();
                all.extend(normals(&mut rng, (gain / inputs as f64).sqrt(), count));
            }
            [] => {}
        }
    }
    with_weights(network, &all).ok_or(Error::Settings { why: "there is no such network" })
}
