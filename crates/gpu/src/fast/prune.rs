//! Which planes can be on top somewhere in a box, and the planes as seen from its centre.

use super::chunk::{Extent, FEW};
use transport::monte_carlo::Planes;

/// Some planes, coordinate by coordinate, in f64.
#[derive(Clone, Debug, Default)]
struct Few {
    columns: Vec<Vec<f64>>,
    heights: Vec<f64>,
}

/// Chooses planes in two passes: those that matter in a region of many boxes, and of them those that
/// matter in each box.
///
/// Two planes of sites that lie close together differ by little where they cross: f32 would place
/// their facet wrongly by the rounding of the heights over the distance of the sites. Seen from the
/// centre c of a box, relative to one plane b on top there, a plane is ⟨x − c, yᵢ − y_b⟩ +
/// (uᵢ(c) − u_b(c)), whose small numbers f32 holds well.
#[derive(Clone, Debug)]
pub(crate) struct Pruner {
    all: Few,
    /// The planes of the present region, and their indices.
    near: Few,
    indices: Vec<u32>,
    /// Of the planes asked last: values at the centre, and places of those that were chosen.
    values: Vec<f64>,
    chosen: Vec<u32>,
}

/// What was chosen for a box.
pub(crate) struct Local<'a> {
    pruner: &'a Pruner,
    /// The plane that the others are relative to.
    pub(crate) plane: Plane,
}

/// A plane by its value at the centre of a box, and its slope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    pub(crate) value: f64,
    pub(crate) slope: [f64; FEW],
}

impl Local<'_> {
    /// How many planes matter.
    pub(crate) fn len(&self) -> usize {
        self.pruner.chosen.len()
    }

    /// The index of the k-th of them; they are in their order.
    pub(crate) fn index(&self, k: usize) -> u32 {
        self.pruner.indices[self.pruner.chosen[k] as usize]
    }

    /// Coordinate j of yᵢ − y_b.
    pub(crate) fn site(&self, k: usize, j: usize) -> f32 {
        let place = self.pruner.chosen[k] as usize;
        (self.pruner.near.columns[j][place] - self.plane.slope[j]) as f32
    }

    /// uᵢ(c) − u_b(c).
    pub(crate) fn height(&self, k: usize) -> f32 {
        (self.pruner.values[self.pruner.chosen[k] as usize] - self.plane.value) as f32
    }
}

const LANES: usize = 8;

impl Pruner {
    /// For N sites in d ≤ 3 dimensions, at these heights.
    pub(crate) fn new(planes: &Planes, heights: &[f64]) -> Self {
        let d = planes.dimension;
        let column = |j: usize| {
            let whole = planes.sites.iter().skip(j).step_by(d).map(|y| f64::from(*y));
            let rests = planes.rests.iter().skip(j).step_by(d).map(|y| f64::from(*y));
            whole.zip(rests.chain(std::iter::repeat(0.0))).map(|(y, rest)| y + rest).collect()
        };
        let columns: Vec<Vec<f64>> = (0..d).map(column).collect();
        Self {
            near: Few { columns: vec![Vec::new(); d], heights: Vec::new() },
            all: Few { columns, heights: heights.to_vec() },
            indices: Vec::new(),
            values: Vec::new(),
            chosen: Vec::new(),
        }
    }

    /// Keeps the planes that matter in a region.
    pub(crate) fn enter(&mut self, region: &Extent, seconds: bool) {
        self.all.choose(region, seconds, &mut self.values, &mut self.chosen);
        std::mem::swap(&mut self.indices, &mut self.chosen);
        let gather = |from: &[f64], to: &mut Vec<f64>| {
            to.clear();
            to.extend(self.indices.iter().map(|i| from[*i as usize]));
        };
        gather(&self.all.heights, &mut self.near.heights);
        for (from, to) in self.all.columns.iter().zip(&mut self.near.columns) {
            gather(from, to);
        }
    }

    /// The planes that matter in a box of the region.
    pub(crate) fn choose(&mut self, extent: &Extent, seconds: bool) -> Local<'_> {
        let plane = self.near.choose(extent, seconds, &mut self.values, &mut self.chosen);
        Local { plane, pruner: self }
    }
}

impl Few {
    /// The places of planes that are highest, or where `seconds` second highest, at any point of
    /// the box; perhaps of some others too. Plane i is left out if plane b, one of the highest at
    /// the centre c, is above it in the whole box: uᵢ(c) + Σₖ rₖ |yᵢₖ − y_bₖ| < u_b(c). Returns the
    /// highest plane at c.
    fn choose(
        &self,
        extent: &Extent,
        seconds: bool,
        values: &mut Vec<f64>,
        chosen: &mut Vec<u32>,
    ) -> Plane {
        let d = self.columns.len();
        values.clear();
        values.extend_from_slice(&self.heights);
        for (column, c) in self.columns.iter().zip(extent.centre) {
            values.iter_mut().zip(column).for_each(|(v, y)| *v += f64::from(c) * y);
        }
        let first = highest(values, usize::MAX);
        let second = if seconds { highest(values, first) } else { first };
        // The second of two planes is never left out: not below the lower of both.
        let planes = [first, second].map(|b| {
            let mut slope = [0.0; FEW];
            (0..d).for_each(|j| slope[j] = self.columns[j][b]);
            Plane { value: values[b], slope }
        });
        let reach = extent.reach.map(f64::from);
        // Rounding of what the kernel compares.
        let size: f64 = (0..d).map(|j| reach[j] * planes[0].slope[j].abs()).sum();
        let slack = 1e-12 * planes[0].value.abs() + 1e-6 * size;
        chosen.clear();
        for i in 0..values.len() {
            let mut above = planes.map(|plane| plane.value - slack - values[i]);
            for j in 0..d {
                let y = self.columns[j][i];
                above[0] -= reach[j] * (y - planes[0].slope[j]).abs();
                above[1] -= reach[j] * (y - planes[1].slope[j]).abs();
            }
            if above[0] <= 0.0 || above[1] <= 0.0 {
                chosen.push(i as u32);
            }
        }
        planes[0]
    }
}

/// The index of the largest value, `but` left out; the lowest one where values are equal.
fn highest(values: &[f64], but: usize) -> usize {
    let most = if but < values.len() {
        let others = values[..but].iter().chain(&values[but + 1..]);
        others.fold(f64::NEG_INFINITY, |m, v| m.max(*v))
    } else {
        // Lane by lane, so that the search vectorises.
        let mut top = [f64::NEG_INFINITY; LANES];
        let (blocks, rest) = values.as_chunks::<LANES>();
        for block in blocks {
            for l in 0..LANES {
                top[l] = if block[l] > top[l] { block[l] } else { top[l] };
            }
        }
        top.iter().chain(rest).fold(f64::NEG_INFINITY, |m, v| m.max(*v))
    };
    (0..values.len()).find(|i| *i != but && values[*i] == most).unwrap_or(0)
}
