//! Which class a picture is of: what generated digits are counted by.

use crate::error::Error;
use crate::file;
use crate::layers::{bend, dense, halve};
use crate::picturer::Backend;
use crate::shape::Shape;
use crate::weights::{numbers, with_weights};
use burn::module::Module;
use burn::nn::Linear;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor, TensorData};

/// Channels of the two convolutions.
const WIDTHS: [usize; 2] = [12, 24];
/// Pictures labelled at once.
const CHUNK: usize = 64;

/// Two convolutions (4 × 4, stride 2) and a dense layer.
#[derive(Module, Debug)]
pub(crate) struct Classifier {
    convolutions: Vec<Conv2d>,
    dense: Linear,
}

impl Classifier {
    /// With weights 0, for pictures whose side is a multiple of 4.
    pub(crate) fn new(shape: &Shape, classes: usize, device: &Device) -> Self {
        let [first, second] = WIDTHS;
        Self {
            convolutions: vec![halve(shape.channels, first, device), halve(first, second, device)],
            dense: dense(second * (shape.side / 4).pow(2), classes, device),
        }
    }

    /// count × channels × side × side to count × classes: logarithms of shares, but for a constant.
    pub(crate) fn classify(&self, pictures: Tensor<4>) -> Tensor<2> {
        let mut grid = pictures - 0.5;
        for layer in &self.convolutions {
            grid = bend(layer.forward(grid));
        }
        self.dense.forward(grid.flatten(1, 3))
    }
}

/// Weights and biases of a classifier of such pictures.
pub(crate) fn weights(shape: &Shape, classes: usize) -> usize {
    let [first, second] = WIDTHS;
    (16 * shape.channels + 1) * first
        + (16 * first + 1) * second
        + (second * (shape.side / 4).pow(2) + 1) * classes
}

/// Labels pictures. It stands behind the decoder in the `.bdec` files of labelled pictures.
#[derive(Clone, Debug)]
pub struct Labeller {
    shape: Shape,
    classifier: Classifier,
    device: Device,
}

impl Labeller {
    /// The one in a `.bdec` file, if there is one.
    ///
    /// # Errors
    /// As [`crate::Picturer::read`].
    pub fn read(bytes: &[u8], backend: Backend) -> Result<Option<Self>, Error> {
        let (about, all) = file::read(bytes)?;
        let Some(labels) = &about.labels else { return Ok(None) };
        let own = all.get(about.shape.decoder_weights()..).ok_or(file::misfit())?;
        Self::new(&about.shape, labels.classes.len(), own, backend).map(Some)
    }

    /// Of these weights, in the order of the layers.
    ///
    /// # Errors
    /// Code `decoder-damaged` where they are too few or too many.
    pub fn new(
        shape: &Shape,
        classes: usize,
        weights: &[f32],
        backend: Backend,
    ) -> Result<Self, Error> {
        if weights.len() != self::weights(shape, classes) {
            return Err(file::misfit());
        }
        let device = backend.device();
        let empty = Classifier::new(shape, classes, &device);
        let classifier = with_weights(empty, weights).ok_or(file::misfit())?;
        Ok(Self { shape: shape.clone(), classifier, device })
    }

    pub(crate) fn weights(&self) -> Vec<f32> {
        crate::weights::weights(&self.classifier)
    }

    /// The class of each of the pictures, which stand one after the other, channel by channel, from 0
    /// (black) to 1 (white).
    ///
    /// # Errors
    /// Code `decoder-image`: the pictures are not whole.
    pub fn label(&self, pictures: &[f32]) -> Result<Vec<u8>, Error> {
        let pixels = self.shape.pixels();
        if !pictures.len().is_multiple_of(pixels) {
            let why = format!("{} numbers are no pictures of {pixels}", pictures.len());
            return Err(Error::Image { name: "pictures".into(), why });
        }
        let Shape { side, channels, .. } = self.shape;
        let mut labels = Vec::with_capacity(pictures.len() / pixels);
        for some in pictures.chunks(CHUNK * pixels) {
            let data = TensorData::new(some.to_vec(), [some.len() / pixels, channels, side, side]);
            let logits = self.classifier.classify(Tensor::from_data(data, &self.device));
            let classes = logits.dims()[1];
            labels.extend(numbers(logits).chunks_exact(classes).map(highest));
        }
        Ok(labels)
    }
}

/// The first of the highest.
pub(crate) fn highest(logits: &[f32]) -> u8 {
    let better = |best: usize, k: usize| if logits[k] > logits[best] { k } else { best };
    (1..logits.len()).fold(0, better) as u8
}
