//! From codes to pictures.

use crate::layers::{bend, dense, double, same, spread};
use crate::shape::Shape;
use burn::module::Module;
use burn::nn::Linear;
use burn::nn::conv::{Conv2d, ConvTranspose2d};
use burn::tensor::{Device, Tensor};

/// The decoder's layers, as [`Shape`] describes them.
#[derive(Module, Debug)]
pub(crate) struct Decoder {
    dense: Linear,
    double: Vec<ConvTranspose2d>,
    last: Conv2d,
    /// Places in a row of the smallest grid.
    #[module(skip)]
    base: usize,
}

impl Decoder {
    /// With weights 0; `shape` has been checked.
    pub(crate) fn new(shape: &Shape, device: &Device) -> Self {
        let widths = &shape.widths;
        Self {
            dense: dense(shape.latent, shape.grid(), device),
            double: widths.windows(2).map(|w| double(w[0], w[1], device)).collect(),
            last: same(widths[widths.len() - 1], 4 * shape.channels, device),
            base: shape.base(),
        }
    }

    /// count × latent to count × channels × side × side; black is 0 and white is 1, give or take.
    pub(crate) fn decode(&self, codes: Tensor<2>) -> Tensor<4> {
        let grid = bend(self.dense.forward(codes));
        let [count, numbers] = grid.dims();
        let mut grid =
            grid.reshape([count, numbers / (self.base * self.base), self.base, self.base]);
        for layer in &self.double {
            grid = bend(layer.forward(grid));
        }
        // Around grey, so that weights of 0 mean grey.
        spread(self.last.forward(grid)) + 0.5
    }
}
