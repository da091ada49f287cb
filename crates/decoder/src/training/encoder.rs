//! From pictures to codes.

use crate::layers::{bend, dense, gather, halve, same};
use crate::shape::Shape;
use burn::module::Module;
use burn::nn::Linear;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor};

/// The encoder's layers: the decoder's mirror image.
#[derive(Module, Debug)]
pub(super) struct Encoder {
    first: Conv2d,
    halve: Vec<Conv2d>,
    dense: Linear,
}

impl Encoder {
    /// With weights 0; `shape` has been checked.
    pub(super) fn new(shape: &Shape, device: &Device) -> Self {
        let widths = &shape.widths;
        Self {
            first: same(4 * shape.channels, widths[widths.len() - 1], device),
            halve: widths.windows(2).rev().map(|w| halve(w[1], w[0], device)).collect(),
            dense: dense(shape.grid(), shape.latent, device),
        }
    }

    /// count × channels × side × side to count × latent.
    pub(super) fn encode(&self, pictures: Tensor<4>) -> Tensor<2> {
        let mut grid = bend(self.first.forward(gather(pictures) - 0.5));
        for layer in &self.halve {
            grid = bend(layer.forward(grid));
        }
        self.dense.forward(grid.flatten(1, 3))
    }
}
