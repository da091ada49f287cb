//! Samples by the block on a processor: the same numbers as [`sample::point`], bit for bit.

use crate::{
    sobol::{DIMENSIONS, directions},
    twin::sample,
};
use fearless_simd::{Level, dispatch};
use transport::monte_carlo::{Draw, Law, Sequence};

/// Makes samples of one source measure in one dimension.
#[derive(Clone, Debug)]
pub struct Sampler {
    law: Law,
    sequence: Sequence,
    dimension: usize,
    /// For Sobol, of each dimension: the exclusive or of the first b + 1 direction numbers.
    steps: Vec<[u32; 32]>,
}

impl Sampler {
    /// For samples in R^d. Requires 1 ≤ d ≤ 256.
    pub fn new(law: Law, sequence: Sequence, dimension: usize) -> Self {
        debug_assert!((1..DIMENSIONS).contains(&dimension));
        let needed = dimension + usize::from(law == Law::Ball);
        let steps = match sequence {
            Sequence::Sobol => (0..needed).map(prefixes).collect(),
            Sequence::Philox => Vec::new(),
        };
        Self { law, sequence, dimension, steps }
    }

    /// Samples of `draw`, one dimension after the other: coordinate j of sample k at
    /// `out[j * stride + k]`. Requires `stride` ≥ `draw.count` and d × `stride` places.
    pub fn fill(&self, draw: Draw, stride: usize, out: &mut [f32]) {
        let (d, count) = (self.dimension, draw.count as usize);
        let mut bits = [vec![0; count], vec![0; count], vec![0; count], vec![0; count]];
        for first in (0..d).step_by(4) {
            let group = self.bits(draw, first, &mut bits);
            for (bits, row) in
                group.iter().zip(out[first * stride..].chunks_mut(stride)).take(d - first)
            {
                coordinates(self.law, bits, row);
            }
        }
        if self.law == Law::Ball {
            let last = self.bits(draw, d - d % 4, &mut bits);
            let mut scale: Vec<f32> = vec![0.0; count];
            for row in out.chunks(stride).take(d) {
                scale.iter_mut().zip(row).for_each(|(sum, x)| *sum += x * x);
            }
            radii(&last[d % 4], d, &mut scale);
            for row in out.chunks_mut(stride).take(d) {
                row.iter_mut().zip(&scale).for_each(|(x, scale)| *x *= scale);
            }
        }
    }

    /// The bits of the four dimensions from `first` on, as far as this sampler needs them.
    fn bits<'a>(&self, draw: Draw, first: usize, bits: &'a mut [Vec<u32>; 4]) -> &'a [Vec<u32>; 4] {
        match self.sequence {
            Sequence::Sobol => {
                for (steps, (dimension, bits)) in
                    self.steps[first..].iter().zip((first..).zip(bits.iter_mut()))
                {
                    sobol(steps, sample::dimension_seed(draw.seed, dimension as u32), draw, bits);
                }
            }
            Sequence::Philox => {
                for k in 0..draw.count {
                    let counter = [draw.first.wrapping_add(k), first as u32 / 4, 0, 0];
                    let words = sample::philox(counter, [draw.seed, sample::PHILOX_KEY]);
                    words.iter().zip(bits.iter_mut()).for_each(|(w, bits)| bits[k as usize] = *w);
                }
            }
        }
        bits
    }
}

/// Coordinates of uniform bits, by the widest SIMD there is: their arithmetic has no branch.
fn coordinates(law: Law, bits: &[u32], out: &mut [f32]) {
    #[inline(always)]
    fn run(law: Law, bits: &[u32], out: &mut [f32]) {
        let pairs = out.iter_mut().zip(bits);
        match law {
            Law::Cube => pairs.for_each(|(x, b)| *x = sample::centred(sample::uniform(*b))),
            Law::Gaussian | Law::Ball => {
                pairs.for_each(|(x, b)| *x = sample::normal(sample::uniform(*b)));
            }
        }
    }
    dispatch!(Level::new(), _simd => run(law, bits, out));
}

/// Radii of uniform bits in a d-ball, over the norms whose squares `out` holds.
fn radii(bits: &[u32], d: usize, out: &mut [f32]) {
    #[inline(always)]
    fn run(bits: &[u32], d: usize, out: &mut [f32]) {
        for (scale, b) in out.iter_mut().zip(bits) {
            *scale = sample::radius(sample::uniform(*b), d) / scale.sqrt();
        }
    }
    dispatch!(Level::new(), _simd => run(bits, d, out));
}

/// v₀, v₀ ⊕ v₁, …: from index k to k + 1 the bits up to its lowest 0 change.
fn prefixes(dimension: usize) -> [u32; 32] {
    let mut v = directions(dimension);
    for b in 1..32 {
        v[b] ^= v[b - 1];
    }
    v
}

/// Scrambled Sobol bits of consecutive samples.
fn sobol(steps: &[u32; 32], seed: u32, draw: Draw, out: &mut [u32]) {
    let mut x = (0..32)
        .filter(|b| draw.first >> b & 1 == 1)
        .fold(0, |x, b| x ^ steps[b] ^ if b == 0 { 0 } else { steps[b - 1] });
    // Two passes: the second has no chain from one sample to the next and vectorises.
    for (k, out) in out.iter_mut().enumerate() {
        *out = x;
        // Past the last index all bits are ones: what it steps to is not used.
        x ^= steps[draw.first.wrapping_add(k as u32).trailing_ones().min(31) as usize];
    }
    out.iter_mut().for_each(|x| *x = sample::scramble(*x, seed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_its_points() {
        let draw = Draw { seed: 7, first: 4_093, count: 37 };
        for law in [Law::Cube, Law::Gaussian, Law::Ball] {
            for sequence in [Sequence::Sobol, Sequence::Philox] {
                for d in [1, 2, 3, 4, 5, 64, 255, 256] {
                    let stride = 40;
                    let mut out = vec![0.0; d * stride];
                    Sampler::new(law, sequence, d).fill(draw, stride, &mut out);
                    let mut point = vec![0.0; d];
                    for k in 0..draw.count {
                        sample::point(law, sequence, draw.seed, draw.first + k, &mut point);
                        for (j, x) in point.iter().enumerate() {
                            let y = out[j * stride + k as usize];
                            assert_eq!(
                                x.to_bits(),
                                y.to_bits(),
                                "{law:?} {sequence:?} {d} {k} {j}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_last_index_there_is() {
        let draw = Draw { seed: 1, first: u32::MAX - 1, count: 2 };
        let mut out = [0.0; 2];
        Sampler::new(Law::Cube, Sequence::Sobol, 1).fill(draw, 2, &mut out);
        let mut point = [0.0];
        sample::point(Law::Cube, Sequence::Sobol, 1, u32::MAX, &mut point);
        assert_eq!(out[1], point[0]);
    }
}
