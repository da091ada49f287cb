//! A classifier of labelled pictures, trained on its own.

use super::adam::{Adam, apart, gradient};
use super::random::{Purpose, order, random};
use super::trainer::drawn;
use crate::error::Error;
use crate::images::Pictures;
use crate::labeller::{Classifier, Labeller};
use crate::picturer::Backend;
use crate::shape::Shape;
use crate::threads::each;
use crate::weights::weights;
use burn::tensor::{Device, Tensor, TensorData, activation};

const BATCH: usize = 64;
/// A batch's parts, as the autoencoder's.
const PARTS: usize = 4;
/// Adam's α at the start; it falls to 0 by a straight line.
const RATE: f64 = 2e-3;

/// Trains a [`Labeller`] by the cross-entropy, for so many passes over the pictures; `told` hears the
/// mean loss of each. The same seed gives the same weights on any number of cores.
///
/// # Errors
/// Code `decoder-settings`: there are not as many labels as pictures, none, or one at or above
/// `classes`. Code `decoder-diverged`.
pub fn train_labeller(
    shape: &Shape,
    (pictures, labels): (&Pictures, &[u8]),
    classes: usize,
    epochs: usize,
    seed: u64,
    mut told: impl FnMut(usize, f64),
) -> Result<Labeller, Error> {
    let refused = |why| Err(Error::Settings { why });
    if labels.len() != pictures.len() || labels.is_empty() {
        return refused("there must be a label for each picture");
    }
    if labels.iter().any(|label| usize::from(*label) >= classes) {
        return refused("a label is beyond the classes");
    }
    let device = Backend::DEFAULT.device().autodiff();
    let mut classifier =
        drawn(Classifier::new(shape, classes, &device), seed, Purpose::Classifier)?;
    let mut adam = Adam::new(weights(&classifier).len());
    let batches = pictures.len().div_ceil(BATCH);
    for epoch in 0..epochs {
        let order = order(&mut random(seed, Purpose::Labels, epoch as u64), pictures.len());
        let mut sum = 0.0;
        for (k, batch) in order.chunks(BATCH).enumerate() {
            let gone = (epoch * batches + k) as f64 / (epochs * batches) as f64;
            let parts: Vec<&[u32]> = batch.chunks(batch.len().div_ceil(PARTS)).collect();
            let results = each(&parts, |part| {
                let leaves = apart(&classifier);
                let loss = loss(&leaves, shape, classes, (pictures, labels), part, &device);
                let value = f64::from(loss.clone().inner().into_scalar::<f32>());
                (value, gradient(&leaves, &loss.backward()))
            });
            let mut whole = vec![0.0; adam.len()];
            for (part, (value, gradient)) in parts.iter().zip(results) {
                let share = part.len() as f64 / batch.len() as f64;
                sum += share * value;
                whole.iter_mut().zip(gradient).for_each(|(a, g)| *a += share as f32 * g);
            }
            if !sum.is_finite() {
                return Err(Error::Diverged { steps: adam.steps });
            }
            classifier = adam.step(classifier, &whole, RATE * (1.0 - gone));
        }
        told(epoch + 1, sum / batches as f64);
    }
    Labeller::new(shape, classes, &weights(&classifier), Backend::DEFAULT)
}

/// The cross-entropy of some pictures' labels, in nats.
fn loss(
    classifier: &Classifier,
    shape: &Shape,
    classes: usize,
    (pictures, labels): (&Pictures, &[u8]),
    some: &[u32],
    device: &Device,
) -> Tensor<1> {
    let mut numbers = Vec::with_capacity(some.len() * shape.pixels());
    let mut chosen = vec![0.0_f32; some.len() * classes];
    for (row, index) in some.iter().enumerate() {
        pictures.put(*index as usize, false, &mut numbers);
        chosen[row * classes + usize::from(labels[*index as usize])] = 1.0;
    }
    let size = [some.len(), shape.channels, shape.side, shape.side];
    let pictures = Tensor::<4>::from_data(TensorData::new(numbers, size), device);
    let chosen = Tensor::<2>::from_data(TensorData::new(chosen, [some.len(), classes]), device);
    let logarithms = activation::log_softmax(classifier.classify(pictures), 1);
    (logarithms * chosen).sum() / -(some.len() as f64)
}
