//! Which planes can be on top somewhere in a box.

use super::chunk::{Extent, FEW};

/// All planes, coordinate by coordinate, and room for the values at the centre of a box.
#[derive(Clone, Debug)]
pub(crate) struct Pruner {
    columns: Vec<Vec<f32>>,
    values: Vec<f32>,
    chosen: Vec<u32>,
}

const LANES: usize = 16;

impl Pruner {
    /// For N sites in d ≤ 3 dimensions, one site after the other.
    pub(crate) fn new(sites: &[f32], d: usize) -> Self {
        let column = |j: usize| sites.iter().skip(j).step_by(d).copied().collect();
        Self {
            columns: (0..d).map(column).collect(),
            values: Vec::new(),
            chosen: Vec::with_capacity(LANES),
        }
    }

    /// The planes that are highest, or where `seconds` second highest, at any point of the box, in
    /// their order; perhaps some others too. Plane i is left out if plane b, one of the highest at
    /// the centre c, is above it in the whole box: uᵢ(c) + Σₖ rₖ |yᵢₖ − y_bₖ| < u_b(c).
    pub(crate) fn choose(&mut self, heights: &[f32], extent: &Extent, seconds: bool) -> &[u32] {
        let d = self.columns.len();
        self.values.clear();
        self.values.extend_from_slice(heights);
        for (column, c) in self.columns.iter().zip(extent.centre) {
            self.values.iter_mut().zip(column).for_each(|(v, y)| *v += c * y);
        }
        let first = highest(&self.values, usize::MAX);
        let rivals = match seconds.then(|| highest(&self.values, first)) {
            // The second of two planes is never left out: not below the lower of both.
            Some(second) => [first, second],
            None => [first, first],
        };
        self.chosen.clear();
        let at = |b: usize| {
            let mut y = [0.0; FEW];
            (0..d).for_each(|j| y[j] = self.columns[j][b]);
            y
        };
        let (ys, value) = (rivals.map(at), rivals.map(|b| self.values[b]));
        // Rounding of the values, here and in the kernel.
        let slack = 4e-6 * (value[0].abs() + value[1].abs() + heights[first].abs());
        for i in 0..heights.len() {
            let mut above = value.map(|v| v - slack - self.values[i]);
            for j in 0..d {
                let y = self.columns[j][i];
                above[0] -= extent.reach[j] * (y - ys[0][j]).abs();
                above[1] -= extent.reach[j] * (y - ys[1][j]).abs();
            }
            if above[0] <= 0.0 || above[1] <= 0.0 {
                self.chosen.push(i as u32);
            }
        }
        &self.chosen
    }
}

/// The index of the largest value, `but` left out; the lowest one where values are equal.
fn highest(values: &[f32], but: usize) -> usize {
    let mut top = [f32::NEG_INFINITY; LANES];
    let (blocks, rest) = values.as_chunks::<LANES>();
    let without = |i: usize| values[..i].iter().chain(&values[(i + 1).min(values.len())..]);
    let most = if but < values.len() {
        without(but).fold(f32::NEG_INFINITY, |m, v| m.max(*v))
    } else {
        for block in blocks {
            for l in 0..LANES {
                top[l] = if block[l] > top[l] { block[l] } else { top[l] };
            }
        }
        top.iter().chain(rest).fold(f32::NEG_INFINITY, |m, v| m.max(*v))
    };
    (0..values.len()).find(|i| *i != but && values[*i] == most).unwrap_or(0)
}
