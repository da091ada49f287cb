//! How large the pictures and the layers are, as plain data.

use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Fewest latent coordinates.
pub const MIN_LATENT: usize = 2;
/// Most latent coordinates.
pub const MAX_LATENT: usize = 256;
/// Most channels of a layer.
const MAX_WIDTH: usize = 1024;
/// Most transposed convolutions, counted from one.
const MAX_WIDTHS: usize = 6;

/// The pictures, and the networks between them and their codes.
///
/// The decoder: a dense layer to `widths[0]` channels on a grid of [`Shape::base`] places a side;
/// for each further width a transposed convolution (4 × 4, stride 2) that doubles the grid; at last
/// a convolution (3 × 3) to four values for each channel of the picture, which lie side by side in
/// it. The encoder is its mirror image.
///
/// Chosen by speed on burn-flex: a transposed convolution of stride 2 makes each value from four
/// places instead of a nearest-neighbour enlargement's nine, and the last doubling costs nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shape {
    /// Pixels in a row, and rows.
    pub side: usize,
    /// 3 of a picture in colour (red, green, blue), 1 of a grey one.
    pub channels: usize,
    /// Latent coordinates, [`MIN_LATENT`] to [`MAX_LATENT`].
    pub latent: usize,
    /// Channels of the decoder's grids, from the smallest grid on.
    pub widths: Vec<usize>,
}

impl Shape {
    /// Faces: 64 × 64 in colour. With 64 latent coordinates the decoder has 958,060 weights, and
    /// takes 29 million multiplications and additions a face.
    pub fn faces(latent: usize) -> Self {
        Self { side: 64, channels: 3, latent, widths: vec![256, 128, 64, 32] }
    }

    /// Digits and the like: 28 × 28, grey. With 16 latent coordinates the decoder has 87,268
    /// weights.
    pub fn digits(latent: usize) -> Self {
        Self { side: 28, channels: 1, latent, widths: vec![64, 32] }
    }

    /// Numbers in a picture.
    pub fn pixels(&self) -> usize {
        self.channels * self.side * self.side
    }

    /// Places in a row of the smallest grid.
    pub fn base(&self) -> usize {
        self.side >> self.widths.len()
    }

    /// Numbers in the smallest grid.
    pub(crate) fn grid(&self) -> usize {
        self.widths[0] * self.base() * self.base()
    }

    /// Weights and biases of the decoder.
    pub fn decoder_weights(&self) -> usize {
        let w = &self.widths;
        let doubling: usize = w.windows(2).map(|w| 16 * w[0] * w[1] + w[1]).sum();
        let last = (9 * w[w.len() - 1] + 1) * 4 * self.channels;
        (self.latent + 1) * self.grid() + doubling + last
    }

    /// Whether there are such networks; the ranges are at each field.
    ///
    /// # Errors
    /// Code `decoder-shape`.
    pub fn check(&self) -> Result<(), Error> {
        let refused = |why: &str| Err(Error::Shape { why: why.to_owned() });
        if !(MIN_LATENT..=MAX_LATENT).contains(&self.latent) {
            return refused(&format!(
                "{} latent coordinates: it wants {MIN_LATENT} to {MAX_LATENT}",
                self.latent
            ));
        }
        if ![1, 3].contains(&self.channels) {
            return refused("pictures have 1 channel or 3");
        }
        if !(1..=MAX_WIDTHS).contains(&self.widths.len())
            || !self.widths.iter().all(|w| (1..=MAX_WIDTH).contains(w))
        {
            return refused("it wants 1 to 6 widths from 1 to 1024");
        }
        let base = self.base();
        if !(1..=64).contains(&base) || base << self.widths.len() != self.side {
            return refused("each width halves the side: it must come out even");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_double_up_to_the_side() {
        let (faces, digits) = (Shape::faces(64), Shape::digits(16));
        assert_eq!((faces.base(), faces.pixels(), faces.grid()), (4, 12_288, 4096));
        assert_eq!((digits.base(), digits.pixels(), digits.grid()), (7, 784, 3136));
        assert_eq!((faces.check(), digits.check()), (Ok(()), Ok(())));
        assert_eq!((faces.decoder_weights(), digits.decoder_weights()), (958_060, 87_268));
    }

    #[test]
    fn what_cannot_be_built_is_refused() {
        for shape in [
            Shape::faces(1),
            Shape::faces(257),
            Shape { channels: 2, ..Shape::faces(64) },
            Shape { side: 60, ..Shape::faces(64) },
            Shape { widths: vec![], ..Shape::faces(64) },
            Shape { widths: vec![0], ..Shape::faces(64) },
            Shape { widths: vec![4096], ..Shape::faces(64) },
            Shape { side: 1 << 40, widths: vec![8], ..Shape::faces(64) },
        ] {
            assert_eq!(shape.check().unwrap_err().code(), "decoder-shape", "{shape:?}");
        }
    }
}
