//! Samples by the chunk, laid out for the kernel; in few dimensions sorted by place.

use super::assign::GROUP;
use transport::monte_carlo::Law;

/// Up to this dimension a box of samples is small enough to rule out most planes at once.
pub(crate) const FEW: usize = 3;

/// Groups that share a box.
pub(crate) const BOX_GROUPS: usize = 4;

/// Bins that samples are sorted into, along Morton's curve: 2^12 in one and two dimensions and in
/// three, so that a box of a whole chunk's samples spans a few of them.
const BITS: u32 = 12;
const BINS: usize = 1 << BITS;

/// The smallest axis-parallel box that holds some samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) centre: [f32; FEW],
    /// Half the sides.
    pub(crate) reach: [f32; FEW],
}

impl Extent {
    /// The smallest box that holds some boxes, at least one.
    pub(crate) fn around(boxes: &[Self]) -> Self {
        let side = |j: usize| {
            let low = boxes.iter().map(|b| b.centre[j] - b.reach[j]).fold(f32::INFINITY, f32::min);
            let high =
                boxes.iter().map(|b| b.centre[j] + b.reach[j]).fold(f32::NEG_INFINITY, f32::max);
            between(low, high)
        };
        let sides: [(f32, f32); FEW] = std::array::from_fn(side);
        Self { centre: sides.map(|s| s.0), reach: sides.map(|s| s.1) }
    }
}

/// The middle of an interval, and the distance of its ends from there.
fn between(low: f32, high: f32) -> (f32, f32) {
    let centre = 0.5 * (low + high);
    // Some units in the last place more, for the rounding of the centre and of the ends.
    (centre, (high - centre).max(centre - low) + 4.0 * f32::EPSILON * low.abs().max(high.abs()))
}

/// Consecutive samples of a sequence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
    /// Groups of [`GROUP`] samples; the last one is filled up with copies of its last sample.
    pub(crate) groups: Vec<f32>,
    /// How many samples.
    pub(crate) count: usize,
    /// For each place the sample that stands there; empty where all stand in order.
    pub(crate) order: Vec<u32>,
    /// One for each [`BOX_GROUPS`] groups, in few dimensions.
    pub(crate) boxes: Vec<Extent>,
    rows: Vec<f32>,
}

impl Chunk {
    /// Samples that are worth making at once in dimension `d`: enough to fill many boxes, or a
    /// quarter of a MiB, so that they stay in the second cache.
    pub(crate) fn samples(d: usize) -> usize {
        if d <= FEW { 1 << 16 } else { ((1 << 16) / d).next_multiple_of(GROUP) }
    }

    /// Bytes that a chunk of `count` samples keeps.
    pub(crate) fn bytes(d: usize, count: usize) -> usize {
        4 * count * if d <= FEW { d + 1 } else { d }
    }

    /// Takes `count` samples that `make` writes coordinate by coordinate: that of dimension j and
    /// sample k at j · count + k.
    pub(crate) fn fill(&mut self, law: Law, d: usize, count: usize, make: impl FnOnce(&mut [f32])) {
        self.count = count;
        self.rows.resize(d * count, 0.0);
        make(&mut self.rows);
        self.order.clear();
        if d <= FEW {
            self.sort(law, d);
        }
        let groups = count.div_ceil(GROUP);
        self.groups.resize(groups * GROUP * d, 0.0);
        for (g, group) in self.groups.chunks_exact_mut(GROUP * d).enumerate() {
            for (row, out) in self.rows.chunks_exact(count).zip(group.chunks_exact_mut(GROUP)) {
                let here = g * GROUP..count.min((g + 1) * GROUP);
                let (full, rest) = out.split_at_mut(here.len());
                match self.order.get(here.clone()) {
                    Some(order) => {
                        full.iter_mut().zip(order).for_each(|(x, k)| *x = row[*k as usize]);
                    }
                    None => full.copy_from_slice(&row[here]),
                }
                rest.fill(full[full.len() - 1]);
            }
        }
        self.boxes.clear();
        if d <= FEW {
            self.boxes.extend(self.groups.chunks(BOX_GROUPS * GROUP * d).map(|g| extent(g, d)));
        }
        // What is kept between solves need not hold the samples twice.
        if self.rows.capacity() > 2 * self.rows.len() {
            self.rows.shrink_to_fit();
        }
    }

    /// Frees what only making the samples needs.
    pub(crate) fn keep(mut self) -> Self {
        self.rows = Vec::new();
        self
    }

    /// Sorts by bins along Morton's curve, counting: the samples of a box then lie close together.
    fn sort(&mut self, law: Law, d: usize) {
        let bits = BITS / d as u32;
        let (side, half) = (1 << bits, if law == Law::Cube { 0.5 } else { 2.0 });
        let scale = side as f32 / (2.0 * half);
        let bin = |k: usize| {
            let mut code = 0;
            for (j, row) in self.rows.chunks_exact(self.count).enumerate() {
                let cell = (((row[k] + half) * scale) as i32).clamp(0, side - 1) as usize;
                for b in 0..bits as usize {
                    code |= (cell >> b & 1) << (b * d + j);
                }
            }
            code
        };
        let bins: Vec<u16> = (0..self.count).map(|k| bin(k) as u16).collect();
        let mut starts = [0u32; BINS + 1];
        for b in &bins {
            starts[*b as usize + 1] += 1;
        }
        for b in 0..BINS {
            starts[b + 1] += starts[b];
        }
        self.order.resize(self.count, 0);
        for (k, b) in bins.iter().enumerate() {
            let place = &mut starts[*b as usize];
            self.order[*place as usize] = k as u32;
            *place += 1;
        }
    }
}

fn extent(groups: &[f32], d: usize) -> Extent {
    let (mut centre, mut reach) = ([0.0; FEW], [0.0; FEW]);
    for j in 0..d {
        let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
        for group in groups.chunks_exact(GROUP * d) {
            for x in &group[j * GROUP..][..GROUP] {
                low = if *x < low { *x } else { low };
                high = if *x > high { *x } else { high };
            }
        }
        (centre[j], reach[j]) = between(low, high);
    }
    Extent { centre, reach }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampler::Sampler;
    use transport::monte_carlo::{Draw, Sequence};

    #[test]
    fn a_sorted_chunk_holds_its_samples_and_its_boxes_hold_theirs() {
        for (law, d) in [(Law::Cube, 1), (Law::Cube, 2), (Law::Gaussian, 2), (Law::Ball, 3)] {
            let sampler = Sampler::new(law, Sequence::Philox, d);
            let draw = Draw { seed: 3, first: 10, count: 1_001 };
            let mut chunk = Chunk::default();
            chunk.fill(law, d, 1_001, |rows| sampler.fill(draw, 1_001, rows));
            let mut seen = vec![false; 1_001];
            for (place, k) in chunk.order.iter().enumerate() {
                seen[*k as usize] = true;
                let mut point = vec![0.0; d];
                crate::twin::sample::point(law, Sequence::Philox, 3, 10 + k, &mut point);
                let (group, lane) = (place / GROUP, place % GROUP);
                let extent = chunk.boxes[group / BOX_GROUPS];
                for j in 0..d {
                    let x = chunk.groups[(group * d + j) * GROUP + lane];
                    assert_eq!(x, point[j]);
                    assert!((x - extent.centre[j]).abs() <= extent.reach[j]);
                }
            }
            assert!(seen.iter().all(|s| *s));
        }
    }
}
