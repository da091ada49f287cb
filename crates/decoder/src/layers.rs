//! What encoder and decoder are made of.

use burn::module::{Initializer, Module};
use burn::nn::PaddingConfig2d;
use burn::nn::conv::{Conv2d, Conv2dConfig, ConvTranspose2d, ConvTranspose2dConfig};
use burn::nn::{Linear, LinearConfig};
use burn::tensor::{Device, Tensor, activation};

/// Slope of the activation below 0.
const SLOPE: f64 = 0.2;

/// x where it is positive, a fifth of it elsewhere: no slower than ReLU on burn-flex, where smooth
/// activations take fifteen times as long, and no unit dies.
pub(crate) fn bend<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    activation::leaky_relu(x, SLOPE)
}

/// A dense layer, its weights 0.
pub(crate) fn dense(from: usize, to: usize, device: &Device) -> Linear {
    LinearConfig::new(from, to).with_initializer(Initializer::Zeros).init(device)
}

/// A 3 × 3 convolution that keeps the grid, its weights 0.
pub(crate) fn same(from: usize, to: usize, device: &Device) -> Conv2d {
    Conv2dConfig::new([from, to], [3, 3])
        .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
        .with_initializer(Initializer::Zeros)
        .init(device)
}

/// A 4 × 4 convolution that halves the grid, its weights 0.
pub(crate) fn halve(from: usize, to: usize, device: &Device) -> Conv2d {
    Conv2dConfig::new([from, to], [4, 4])
        .with_stride([2, 2])
        .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
        .with_initializer(Initializer::Zeros)
        .init(device)
}

/// A 4 × 4 transposed convolution that doubles the grid, its weights 0.
pub(crate) fn double(from: usize, to: usize, device: &Device) -> ConvTranspose2d {
    ConvTranspose2dConfig::new([from, to], [4, 4])
        .with_stride([2, 2])
        .with_padding([1, 1])
        .with_initializer(Initializer::Zeros)
        .init(device)
}

/// count × 4 c × n × n to count × c × 2 n × 2 n: four values of a place become four places.
pub(crate) fn spread(x: Tensor<4>) -> Tensor<4> {
    let [count, channels, height, width] = x.dims();
    x.reshape([count, channels / 4, 2, 2, height, width]).permute([0, 1, 4, 2, 5, 3]).reshape([
        count,
        channels / 4,
        2 * height,
        2 * width,
    ])
}

/// The inverse of [`spread`].
#[cfg(feature = "training")]
pub(crate) fn gather(x: Tensor<4>) -> Tensor<4> {
    let [count, channels, height, width] = x.dims();
    x.reshape([count, channels, height / 2, 2, width / 2, 2]).permute([0, 1, 3, 5, 2, 4]).reshape([
        count,
        4 * channels,
        height / 2,
        width / 2,
    ])
}

/// All that networks have to be here.
pub(crate) trait Network: Module {}
impl<M: Module> Network for M {}
