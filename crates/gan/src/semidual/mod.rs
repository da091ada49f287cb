//! A network trained on the semi-dual of transport to point masses, for the squared distance.
//!
//! For the cost ½|x − y|² between μ on Ω and ν = Σ νᵢ δ(yᵢ), every function φ on Ω gives
//! ½ W₂²(μ, ν) ≥ ∫ φ dμ + Σ νᵢ φᶜ(yᵢ), where φᶜ(y) = min over Ω of ½|x − y|² − φ(x); the best φ
//! gives equality, and x − ∇φ is the transport map. This is what a critic would have to learn if
//! its loss were W₂² (Lei et al., Engineering 6, 2020, section 5.1), and what a solver in the plane
//! computes without learning.

mod error;
#[cfg(test)]
mod tests;

pub use error::SemiDualError;
pub(crate) use error::{check as check_measure, check_points};

use crate::adam::{Adam, AdamSettings};
use crate::config::{Arithmetic, DiscriminatorSpec, Init};
use crate::discriminator::Discriminator;
use crate::error::StepError;
use crate::matrix::Matrix;
use crate::piecewise::Activation;
use crate::product::Products;
use crate::random::{Purpose, random};
use crate::scalar::Scalar;

/// Most points of the source and most sites.
pub const MAX_SEMIDUAL_POINTS: usize = 16_384;

/// Hidden layers: as measured on 25 random sites in a square, three are twice as close as two
/// after as many steps, and wider ones gain less than they cost.
const WIDTHS: [usize; 3] = [64; 3];

/// Adam's rate at the start, and the steps after which it has halved: RATE / (1 + t / HALVED).
const RATE: f64 = 1e-2;
const HALVED: f64 = 250.0;

/// What is shown is the mean of the parameters over about 1 / (1 − KEPT) steps: each step moves
/// the network most where single points are on top, and the mean is smoother than any step.
const KEPT: f32 = 0.98;

/// Rows passed through the network at once when it is looked at.
const ROWS: usize = 1024;

/// The problem in coordinates that suit f32: both measures centred, with mean square 1.
#[derive(Clone, Debug)]
struct Normal {
    /// Points of the source x′, and their masses.
    points: Vec<[f64; 2]>,
    weights: Vec<f64>,
    /// Sites y′, and their masses.
    sites: Vec<[f64; 2]>,
    masses: Vec<f64>,
    /// x = centre + length · x′.
    centre: [f64; 2],
    length: f64,
    /// y = mean + size · y′.
    mean: [f64; 2],
    size: f64,
    /// ∫|x|² dμ + Σ νᵢ|yᵢ|² − 2⟨centre, mean⟩, without cancellation.
    constant: f64,
}

/// Training: one step after the other, the same for the same seed, natively and in wasm.
///
/// φ_ξ(x) = ½|x|² − n_ξ(x) up to scale and shift, with a ReLU network n_ξ of three hidden layers
/// of 64: the quadratic part is the same in every potential and is written down, since a network
/// that is linear in pieces spends its pieces on it (as measured, twice the error after as many
/// steps). The source is given as points with masses, all of which enter every step: the gradient
/// is Σ w ∇φ(x) − Σ νᵢ ∇φ(xᵢ*), exact for that measure, with xᵢ* the point that attains φᶜ(yᵢ).
#[derive(Clone, Debug)]
pub struct SemiDual {
    normal: Normal,
    network: Discriminator<f32>,
    average: Discriminator<f32>,
    adam: Adam<f32>,
    products: Products,
    batch: Matrix<f32>,
    steps: u64,
}

impl SemiDual {
    /// A network at its start. The source has the `weights` at `points`, the target the `masses` at
    /// `sites`; both are scaled to sum 1.
    ///
    /// # Errors
    /// [`SemiDualError`] names the point, site or mass at fault.
    pub fn new(
        seed: u64,
        points: &[[f64; 2]],
        weights: &[f64],
        sites: &[[f64; 2]],
        masses: &[f64],
    ) -> Result<Self, SemiDualError> {
        let normal = Normal::new(points, weights, sites, masses)?;
        let spec = DiscriminatorSpec {
            widths: WIDTHS.to_vec(),
            activation: Activation::LeakyRelu { slope: 0.0 },
            init: Init::He,
        };
        let network = Discriminator::new(&spec, 1, &mut random(seed, Purpose::Discriminator, 0));
        let settings = AdamSettings { rate: RATE, beta1: 0.9, beta2: 0.999 };
        Ok(Self {
            adam: Adam::new(settings, &network.parameters()),
            average: network.clone(),
            products: Products::new(Arithmetic::Portable),
            batch: batch(&normal.points),
            normal,
            network,
            steps: 0,
        })
    }

    /// Steps made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// One step up the semi-dual; its value before, as an estimate of W₂² from below, of the
    /// network that is being moved (what [`SemiDual::w2`] tells is of the mean, and better).
    ///
    /// # Errors
    /// [`StepError::Diverged`] where the value or a gradient is no number; nothing was moved.
    pub fn step(&mut self) -> Result<f64, StepError> {
        let (energy, gradient) =
            ascent(&mut self.products, &self.network, self.batch.clone(), &self.normal);
        let gradient = gradient.parameters();
        let finite = gradient.iter().all(|g| g.iter().all(|x| x.is_finite()));
        if !(energy.is_finite() && finite) {
            return Err(StepError::Diverged { steps: self.steps });
        }
        self.adam.settings.rate = RATE / (1.0 + self.steps as f64 / HALVED);
        self.adam.step(self.network.parameters_mut(), &gradient);
        let now = self.network.parameters();
        for (mean, now) in self.average.parameters_mut().into_iter().zip(now) {
            let pairs = mean.iter_mut().zip(now);
            pairs.for_each(|(mean, now)| *mean = KEPT * *mean + (1.0 - KEPT) * *now);
        }
        self.steps += 1;
        Ok(self.normal.w2(energy))
    }

    /// 2 (Σ w φ_ξ(x) + Σ νᵢ φ_ξᶜ(yᵢ)): at most W₂² between the weighted points and the target, up
    /// to the rounding of f32, whatever the network.
    pub fn w2(&mut self) -> f64 {
        let tape = self.average.forward(&mut self.products, self.batch.clone());
        self.normal.w2(self.normal.conjugate(&tape.scores).0)
    }

    /// φ_ξ at each of `at`, in the units of ½|x − y|²; the constant that no value depends on is as
    /// it comes.
    pub fn potential(&mut self, at: &[[f64; 2]]) -> Vec<f64> {
        let mut values = Vec::with_capacity(at.len());
        for at in at.chunks(ROWS) {
            let local: Vec<[f64; 2]> = at.iter().map(|x| self.normal.local(*x)).collect();
            let tape = self.average.forward(&mut self.products, batch(&local));
            let pairs = at.iter().zip(&tape.scores);
            values.extend(pairs.map(|(x, n)| self.normal.potential(*x, f64::from(*n))));
        }
        values
    }

    /// x − ∇φ_ξ(x) at each of `at`: where the network's map would carry it.
    pub fn map(&mut self, at: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut images = Vec::with_capacity(at.len());
        let Normal { mean, size, .. } = self.normal;
        for at in at.chunks(ROWS) {
            let local: Vec<[f64; 2]> = at.iter().map(|x| self.normal.local(*x)).collect();
            let tape = self.average.forward(&mut self.products, batch(&local));
            let deltas = self.average.deltas(&mut self.products, &tape);
            let ones = vec![1.0; at.len()];
            let slopes = self.average.in_packs(&mut self.products, &deltas, &ones);
            let image = |g: &[f32]| [0, 1].map(|k| mean[k] + size * f64::from(g[k]));
            images.extend(slopes.iter_rows().map(image));
        }
        images
    }
}

fn batch(points: &[[f64; 2]]) -> Matrix<f32> {
    Matrix::new(points.len(), 2, points.as_flattened().iter().map(|x| *x as f32).collect())
}

/// E(n) = Σ w n(x) + Σ νᵢ max over the points of ⟨x, yᵢ⟩ − n(x), which training lowers, and its
/// gradient: by the envelope theorem the maxima count as if their points stood still.
fn ascent<T: Scalar>(
    products: &mut Products,
    network: &Discriminator<T>,
    batch: Matrix<T>,
    normal: &Normal,
) -> (f64, Discriminator<T>) {
    let tape = network.forward(products, batch);
    let (energy, tops) = normal.conjugate(&tape.scores);
    let mut slopes = normal.weights.clone();
    tops.iter().zip(&normal.masses).for_each(|(top, mass)| slopes[*top] -= mass);
    let slopes: Vec<T> = slopes.into_iter().map(T::of).collect();
    let deltas = network.deltas(products, &tape);
    (energy, network.gradient(products, &tape, &deltas, &slopes))
}

impl Normal {
    fn new(
        points: &[[f64; 2]],
        weights: &[f64],
        sites: &[[f64; 2]],
        masses: &[f64],
    ) -> Result<Self, SemiDualError> {
        let weights = error::check(points, weights, 0)?;
        let masses = error::check(sites, masses, 1)?;
        let (centre, spread) = moments(points, &weights);
        let (mean, scatter) = moments(sites, &masses);
        let length = if spread > 0.0 { spread.sqrt() } else { 1.0 };
        // One site, or all at one place: y′ = 0, in the source's units.
        let size = if scatter > 0.0 { scatter.sqrt() } else { length };
        let apart = [0, 1].map(|k| centre[k] - mean[k]);
        let to = |p: &[f64; 2], o: [f64; 2], s: f64| [(p[0] - o[0]) / s, (p[1] - o[1]) / s];
        Ok(Self {
            points: points.iter().map(|p| to(p, centre, length)).collect(),
            sites: sites.iter().map(|p| to(p, mean, size)).collect(),
            weights,
            masses,
            centre,
            length,
            mean,
            size,
            constant: apart[0] * apart[0] + apart[1] * apart[1] + spread + scatter,
        })
    }

    /// E for these values of n at the points, and for each site the point on top; of equal ones
    /// the first.
    fn conjugate<T: Scalar>(&self, n: &[T]) -> (f64, Vec<usize>) {
        let n: Vec<f64> = n.iter().map(|n| n.to_f64()).collect();
        let mut energy: f64 = self.weights.iter().zip(&n).map(|(w, n)| w * n).sum();
        let mut tops = Vec::with_capacity(self.sites.len());
        for (y, mass) in self.sites.iter().zip(&self.masses) {
            let (mut best, mut top) = (f64::NEG_INFINITY, 0);
            for (k, (x, n)) in self.points.iter().zip(&n).enumerate() {
                let value = x[0] * y[0] + x[1] * y[1] - n;
                if value > best {
                    (best, top) = (value, k);
                }
            }
            energy += mass * best;
            tops.push(top);
        }
        (energy, tops)
    }

    /// W₂² where E is least, less than it elsewhere.
    fn w2(&self, energy: f64) -> f64 {
        self.constant - 2.0 * self.length * self.size * energy
    }

    fn local(&self, x: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| (x[k] - self.centre[k]) / self.length)
    }

    /// φ(x) = ½|x|² − u(x), with u(x) = length · size · n(x′) + ⟨x − centre, mean⟩, whose gradient is
    /// mean + size · ∇n(x′).
    fn potential(&self, x: [f64; 2], n: f64) -> f64 {
        let along: f64 = (0..2).map(|k| (x[k] - self.centre[k]) * self.mean[k]).sum();
        0.5 * (x[0] * x[0] + x[1] * x[1]) - self.length * self.size * n - along
    }
}

/// The mean and the mean squared distance to it, for masses of sum 1.
pub(crate) fn moments(points: &[[f64; 2]], masses: &[f64]) -> ([f64; 2], f64) {
    let pairs = || points.iter().zip(masses);
    let mean = [0, 1].map(|k| pairs().map(|(p, m)| m * p[k]).sum::<f64>());
    let square =
        |p: &[f64; 2]| (p[0] - mean[0]) * (p[0] - mean[0]) + (p[1] - mean[1]) * (p[1] - mean[1]);
    (mean, pairs().map(|(p, m)| m * square(p)).sum())
}
