//! A plain ReLU network of the plane, fitted to a map that is known exactly, and taken apart.
//!
//! Such a network is continuous and linear in pieces (Arora, Basu, Mianjy and Mukherjee, ICLR 2018,
//! theorem 2.1). What it is fitted to here need not be: an optimal map to separate modes jumps (Lei
//! et al., Engineering 6, 2020, section 4.3). [`Fit`] trains, [`Network`] is what it has reached,
//! [`Regions`] are its pieces, [`most_regions`] and [`most_regions_of_plane`] bound their number.

mod bound;
mod clip;
mod error;
mod network;
mod outside;
mod regions;
#[cfg(test)]
mod tests;

pub use bound::{Bound, most_regions, most_regions_of_plane};
pub use error::ReluError;
pub use network::Network;
pub use outside::Outside;
pub use regions::Regions;

use crate::adam::{Adam, AdamSettings};
use crate::config::{Arithmetic, GeneratorSpec, Init, Latent, Law};
use crate::error::StepError;
use crate::generator::Generator;
use crate::matrix::Matrix;
use crate::piecewise::Activation;
use crate::product::Products;
use crate::random::{Purpose, random};
use crate::scalar::Scalar;
use crate::semidual::{SemiDualError, check_measure, check_points, moments};
use rand_core::Rng;

/// Most hidden layers.
pub const MAX_HIDDEN: usize = 4;
/// Most units of a hidden layer.
pub const WIDEST: usize = 64;

/// Points of a step: with half as many the same number of steps comes less far, with twice as many
/// it takes twice as long for little.
const BATCH: usize = 512;

/// Adam's rate at the start, and the steps after which it has halved: RATE / (1 + t / HALVED). As
/// measured on 25 modes, at depths 1 to 4: a quarter of the rate needs twice the steps.
const RATE: f64 = 2e-2;
const HALVED: f64 = 2000.0;

/// Whether there are 1 to [`MAX_HIDDEN`] hidden layers of 2 to [`WIDEST`] units.
///
/// # Errors
/// [`ReluError`] names the layer.
pub fn check_widths(widths: &[usize]) -> Result<(), ReluError> {
    if !(1..=MAX_HIDDEN).contains(&widths.len()) {
        return Err(ReluError::Layers { layers: widths.len() });
    }
    match widths.iter().position(|w| !(2..=WIDEST).contains(w)) {
        Some(layer) => Err(ReluError::Width { layer, width: widths[layer] }),
        None => Ok(()),
    }
}

/// Coordinates that suit f32: points and images centred, with mean square 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Frame {
    /// x = centre + length · x′.
    centre: [f64; 2],
    length: f64,
    /// T(x) = mean + size · T′(x′).
    mean: [f64; 2],
    size: f64,
}

/// Training by Adam in mean square: one step after the other, the same for the same seed, natively
/// and in wasm.
///
/// The map is given as points x with masses and images T(x). Each step takes the next [`BATCH`] of
/// them, all of them once an epoch in an order of that epoch's own, each with its mass.
#[derive(Clone, Debug)]
pub struct Fit {
    frame: Frame,
    widths: Vec<usize>,
    points: Vec<[f32; 2]>,
    images: Vec<[f32; 2]>,
    weights: Vec<f32>,
    network: Generator<f32>,
    adam: Adam<f32>,
    products: Products,
    seed: u64,
    order: Vec<u32>,
    taken: u64,
    steps: u64,
}

impl Fit {
    /// A network at its start: hidden layers of these widths between the plane and the plane. The
    /// source has the `weights`, scaled to sum 1, at `points`, which go to `images`.
    ///
    /// # Errors
    /// [`ReluError`] names the layer, point or mass at fault.
    pub fn new(
        seed: u64,
        widths: &[usize],
        points: &[[f64; 2]],
        weights: &[f64],
        images: &[[f64; 2]],
    ) -> Result<Self, ReluError> {
        check_widths(widths)?;
        let weights = check_measure(points, weights, 0)?;
        check_points(images, 1)?;
        if images.len() != points.len() {
            let (points, masses) = (images.len(), points.len());
            return Err(SemiDualError::LengthMismatch { side: 1, points, masses }.into());
        }
        let frame = Frame::new(points, &weights, images);
        let network = Generator::new(&spec(widths), &mut random(seed, Purpose::Generator, 0));
        let settings = AdamSettings { rate: RATE, beta1: 0.9, beta2: 0.999 };
        // Steps see masses beside their mean.
        let count = points.len() as f64;
        Ok(Self {
            adam: Adam::new(settings, &network.parameters()),
            products: Products::new(Arithmetic::Portable),
            points: points.iter().map(|x| frame.local(*x).map(|c| c as f32)).collect(),
            images: images.iter().map(|y| frame.local_image(*y).map(|c| c as f32)).collect(),
            weights: weights.iter().map(|w| (w * count) as f32).collect(),
            order: (0..points.len() as u32).collect(),
            widths: widths.to_vec(),
            frame,
            network,
            seed,
            taken: 0,
            steps: 0,
        })
    }

    /// Steps made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The widths of the hidden layers.
    pub fn widths(&self) -> &[usize] {
        &self.widths
    }

    /// One step down the mean square distance from the images, whose value on the step's points,
    /// before it, is the answer.
    ///
    /// # Errors
    /// [`StepError::Diverged`] where the value or a gradient is no number; nothing was moved.
    pub fn step(&mut self) -> Result<f64, StepError> {
        let rows = BATCH.min(self.points.len());
        let taken: Vec<usize> = (0..rows).map(|_| self.next()).collect();
        let flat = |of: &[[f32; 2]]| taken.iter().flat_map(|k| of[*k]).collect();
        let points = Matrix::new(rows, 2, flat(&self.points));
        let images = Matrix::new(rows, 2, flat(&self.images));
        let weights: Vec<f32> = taken.iter().map(|k| self.weights[*k]).collect();
        let (value, gradient) =
            descent(&mut self.products, &self.network, points, &images, &weights);
        let gradient = gradient.parameters();
        let finite = gradient.iter().all(|g| g.iter().all(|x| x.is_finite()));
        if !(value.is_finite() && finite) {
            return Err(StepError::Diverged { steps: self.steps });
        }
        self.adam.settings.rate = RATE / (1.0 + self.steps as f64 / HALVED);
        self.adam.step(self.network.parameters_mut(), &gradient);
        self.steps += 1;
        Ok(value * self.frame.size * self.frame.size)
    }

    /// The network as it stands.
    pub fn network(&self) -> Network {
        Network::new(self.network.linears().collect(), self.frame)
    }

    /// The next point of the epoch: Fisher and Yates's shuffle at its start.
    fn next(&mut self) -> usize {
        let count = self.order.len() as u64;
        let place = (self.taken % count) as usize;
        if place == 0 {
            let mut rng = random(self.seed, Purpose::Epoch, self.taken / count);
            for last in (1..self.order.len()).rev() {
                let other = ((u128::from(rng.next_u64()) * (last as u128 + 1)) >> 64) as usize;
                self.order.swap(last, other);
            }
        }
        self.taken += 1;
        self.order[place] as usize
    }
}

/// A generator of the plane from the plane, without normalisation.
fn spec(widths: &[usize]) -> GeneratorSpec {
    GeneratorSpec {
        latent: Latent { dimension: 2, law: Law::Uniform },
        widths: widths.to_vec(),
        norm: false,
        activation: Activation::LeakyRelu { slope: 0.0 },
        init: Init::He,
    }
}

/// Σ w |n(x) − T|² / rows, and its gradient.
fn descent<T: Scalar>(
    products: &mut Products,
    network: &Generator<T>,
    points: Matrix<T>,
    images: &Matrix<T>,
    weights: &[T],
) -> (f64, Generator<T>) {
    let tape = network.forward(products, points, 1);
    let share = 1.0 / weights.len() as f64;
    let twice = T::of(2.0 * share);
    let mut value = 0.0;
    let mut g = tape.output.clone();
    for ((g, image), weight) in g.iter_rows_mut().zip(images.iter_rows()).zip(weights) {
        for (g, image) in g.iter_mut().zip(image) {
            let off = *g - *image;
            value += (*weight * off * off).to_f64();
            *g = twice * *weight * off;
        }
    }
    (value * share, network.backward(products, &tape, &g))
}

impl Frame {
    fn new(points: &[[f64; 2]], weights: &[f64], images: &[[f64; 2]]) -> Self {
        let (centre, spread) = moments(points, weights);
        let (mean, scatter) = moments(images, weights);
        let length = if spread > 0.0 { spread.sqrt() } else { 1.0 };
        // One image, up to the rounding of its mean: T′ = 0, in the source's units.
        let rounding = f64::EPSILON * (mean[0].abs() + mean[1].abs());
        let size = if scatter.sqrt() > 8.0 * rounding { scatter.sqrt() } else { length };
        Self { centre, length, mean, size }
    }

    fn local(&self, x: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| (x[k] - self.centre[k]) / self.length)
    }

    fn back(&self, x: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| self.centre[k] + self.length * x[k])
    }

    fn local_image(&self, y: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| (y[k] - self.mean[k]) / self.size)
    }

    fn image(&self, y: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| self.mean[k] + self.size * y[k])
    }
}
