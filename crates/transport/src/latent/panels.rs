//! All planes at one point, in `f32` and in blocks that vectorise; what is close is told apart in
//! `f64` by who asks.

/// Planes that lie side by side in memory.
const WIDTH: usize = 16;

/// N vectors of d coordinates, in blocks of [`WIDTH`]: of each coordinate the block's values in a
/// row. Sums run in one fixed order without fused terms: the same bits natively and in wasm.
#[derive(Clone, Debug)]
pub(super) struct Panels {
    dimension: usize,
    count: usize,
    blocks: Vec<[f32; WIDTH]>,
    /// The longest vector.
    pub(super) reach: f64,
}

impl Panels {
    /// Of N × d numbers.
    pub(super) fn new(dimension: usize, vectors: &[f64]) -> Self {
        let count = vectors.len() / dimension;
        let mut blocks = vec![[0.0; WIDTH]; count.div_ceil(WIDTH) * dimension];
        let mut reach = 0.0f64;
        for (i, y) in vectors.chunks_exact(dimension).enumerate() {
            let block = &mut blocks[i / WIDTH * dimension..][..dimension];
            block.iter_mut().zip(y).for_each(|(row, y)| row[i % WIDTH] = *y as f32);
            reach = reach.max(y.iter().map(|y| y * y).sum());
        }
        Self { dimension, count, blocks, reach: reach.sqrt() }
    }

    /// ⟨x, yᵢ⟩ + hᵢ of all N.
    pub(super) fn values(&self, x: &[f64], heights: &[f64]) -> Vec<f32> {
        let x: Vec<f32> = x.iter().map(|x| *x as f32).collect();
        let mut out = Vec::with_capacity(self.count + WIDTH);
        for (block, heights) in self.blocks.chunks_exact(self.dimension).zip(heights.chunks(WIDTH))
        {
            let mut sums = [0.0f32; WIDTH];
            sums.iter_mut().zip(heights).for_each(|(s, h)| *s = *h as f32);
            for (x, row) in x.iter().zip(block) {
                for lane in 0..WIDTH {
                    sums[lane] += x * row[lane];
                }
            }
            out.extend_from_slice(&sums);
        }
        out.truncate(self.count);
        out
    }

    /// A bound on what rounding does to [`Panels::values`] at x, where |hᵢ| ≤ `tallest`.
    pub(super) fn rounding(&self, x: &[f64], tallest: f64) -> f64 {
        let length = x.iter().map(|x| x * x).sum::<f64>().sqrt();
        let terms = 2.0 + (self.dimension as f64);
        terms * f64::from(f32::EPSILON) * (length * self.reach + tallest)
    }
}
