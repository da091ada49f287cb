//! Features of a fixed network that was never trained.

use crate::error::Error;
use crate::picturer::Backend;
use crate::threads::each;
use crate::training::random::{Purpose, normals, random};
use crate::weights::numbers;
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor, TensorData, activation, module};

/// Numbers in a picture's features.
pub const FEATURES: usize = 64;
/// The network's seed: it is part of what the distances mean.
const SEED: u64 = 0;
/// Channels of its convolutions.
const WIDTHS: [usize; 3] = [24, 48, 64];
/// Places in a row of the pooled grid.
const POOLED: usize = 2;
/// Pictures at once.
const CHUNK: usize = 32;

/// Three convolutions (5 × 5, stride 2, ReLU) with weights from a seed, N(0, 2 / inputs); the means of
/// each one's responses over the picture's four quarters; and a linear projection, from the seed too,
/// to [`FEATURES`] numbers. Nothing of it was trained, so no method can have been made for it: random
/// convolutions keep colour, layout and texture (Jarrett, Kavukcuoglu, Ranzato and LeCun, *What is the
/// best multi-stage architecture for object recognition?*, ICCV 2009).
#[derive(Clone, Debug)]
pub struct Features {
    side: usize,
    channels: usize,
    convolutions: Vec<Tensor<4>>,
    projection: Tensor<2>,
    device: Device,
}

impl Features {
    /// For pictures of `side` × `side` pixels.
    pub fn new(side: usize, channels: usize) -> Self {
        let device = Backend::DEFAULT.device();
        let mut rng = random(SEED, Purpose::Features, 0);
        let mut inputs = channels;
        let convolutions = WIDTHS.map(|outputs| {
            let deviation = (2.0 / (25 * inputs) as f64).sqrt();
            let weights = normals(&mut rng, deviation, outputs * inputs * 25);
            let shape = [outputs, inputs, 5, 5];
            inputs = outputs;
            Tensor::from_data(TensorData::new(weights, shape), &device)
        });
        let pooled = POOLED * POOLED * WIDTHS.iter().sum::<usize>();
        let weights = normals(&mut rng, (1.0 / pooled as f64).sqrt(), pooled * FEATURES);
        let projection = TensorData::new(weights, [pooled, FEATURES]);
        Self {
            side,
            channels,
            convolutions: convolutions.to_vec(),
            projection: Tensor::from_data(projection, &device),
            device,
        }
    }

    /// [`FEATURES`] numbers for each of the pictures, which stand one after the other, channel by
    /// channel, from 0 (black) to 1 (white).
    ///
    /// # Errors
    /// Code `decoder-image`: the pictures are not whole.
    pub fn of(&self, pictures: &[f32]) -> Result<Vec<f32>, Error> {
        let pixels = self.channels * self.side * self.side;
        if !pictures.len().is_multiple_of(pixels) {
            let why = format!("{} numbers are no pictures of {pixels}", pictures.len());
            return Err(Error::Image { name: "pictures".into(), why });
        }
        let some: Vec<&[f32]> = pictures.chunks(CHUNK * pixels).collect();
        Ok(each(&some, |some| self.chunk(some, some.len() / pixels)).concat())
    }

    fn chunk(&self, pictures: &[f32], count: usize) -> Vec<f32> {
        let shape = [count, self.channels, self.side, self.side];
        let mut grid: Tensor<4> =
            Tensor::from_data(TensorData::new(pictures.to_vec(), shape), &self.device) - 0.5;
        let mut pooled = Vec::new();
        for weights in &self.convolutions {
            let options = ConvOptions::new([2, 2], [2, 2], [1, 1], 1);
            grid = activation::relu(module::conv2d(grid, weights.clone(), None, options));
            let means = module::adaptive_avg_pool2d(grid.clone(), [POOLED, POOLED]);
            pooled.push(means.flatten::<2>(1, 3));
        }
        numbers(Tensor::cat(pooled, 1).matmul(self.projection.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_fixed_and_tell_pictures_apart() {
        let features = Features::new(16, 3);
        let pictures: Vec<f32> = (0..3 * 768).map(|k| ((k * k) % 97) as f32 / 97.0).collect();
        let all = features.of(&pictures).unwrap();
        assert_eq!(all.len(), 3 * FEATURES);
        assert_eq!(all, Features::new(16, 3).of(&pictures).unwrap());
        let (a, b) = (&all[..FEATURES], &all[FEATURES..2 * FEATURES]);
        assert!(a.iter().zip(b).any(|(a, b)| (a - b).abs() > 1e-3));
        // A picture's features do not depend on its company.
        let alone = features.of(&pictures[768..1536]).unwrap();
        assert!(alone.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5));
        assert_eq!(features.of(&pictures[1..]).unwrap_err().code(), "decoder-image");
    }
}
