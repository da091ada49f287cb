//! Which planes can be on top somewhere in a box, and the planes as seen from its centre.

use super::chunk::{Extent, FEW};
use transport::monte_carlo::Planes;

/// All planes, coordinate by coordinate, in f64, and room for the values at the centre of a box.
///
/// Two planes of sites that lie close together differ by little where they cross: f32 would place
/// their facet wrongly by the rounding of the heights over the distance of the sites. Seen from the
/// centre c of a box, relative to one plane b on top there, a plane is ⟨x − c, yᵢ − y_b⟩ +
/// (uᵢ(c) − u_b(c)), whose small numbers f32 holds well.
#[derive(Clone, Debug)]
pub(crate) struct Pruner {
    columns: Vec<Vec<f64>>,
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
    /// The planes that matter, in their order.
    pub(crate) fn chosen(&self) -> &[u32] {
        &self.pruner.chosen
    }

    /// Coordinate k of yᵢ − y_b.
    pub(crate) fn site(&self, i: u32, k: usize) -> f32 {
        (self.pruner.columns[k][i as usize] - self.plane.slope[k]) as f32
    }

    /// uᵢ(c) − u_b(c).
    pub(crate) fn height(&self, i: u32) -> f32 {
        (self.pruner.values[i as usize] - self.plane.value) as f32
    }
}

const LANES: usize = 8;

impl Pruner {
    /// For N sites in d ≤ 3 dimensions.
    pub(crate) fn new(planes: &Planes) -> Self {
        let d = planes.dimension;
        let column = |j: usize| {
            let whole = planes.sites.iter().skip(j).step_by(d).map(|y| f64::from(*y));
            let rests = planes.rests.iter().skip(j).step_by(d).map(|y| f64::from(*y));
            whole.zip(rests.chain(std::iter::repeat(0.0))).map(|(y, rest)| y + rest).collect()
        };
        Self {
            columns: (0..d).map(column).collect(),
            values: Vec::new(),
            chosen: Vec::with_capacity(LANES),
        }
    }

    /// The planes that are highest, or where `seconds` second highest, at any point of the box;
    /// perhaps some others too. Plane i is left out if plane b, one of the highest at the centre c,
    /// is above it in the whole box: uᵢ(c) + Σₖ rₖ |yᵢₖ − y_bₖ| < u_b(c).
    pub(crate) fn choose(&mut self, heights: &[f64], extent: &Extent, seconds: bool) -> Local<'_> {
        let d = self.columns.len();
        self.values.clear();
        self.values.extend_from_slice(heights);
        for (column, c) in self.columns.iter().zip(extent.centre) {
            self.values.iter_mut().zip(column).for_each(|(v, y)| *v += f64::from(c) * y);
        }
        let first = highest(&self.values, usize::MAX);
        let second = if seconds { highest(&self.values, first) } else { first };
        // The second of two planes is never left out: not below the lower of both.
        let planes = [first, second].map(|b| {
            let mut slope = [0.0; FEW];
            (0..d).for_each(|j| slope[j] = self.columns[j][b]);
            Plane { value: self.values[b], slope }
        });
        let reach = extent.reach.map(f64::from);
        // Rounding of what the kernel compares.
        let size: f64 = (0..d).map(|j| reach[j] * planes[0].slope[j].abs()).sum();
        let slack = 1e-12 * planes[0].value.abs() + 1e-6 * size;
        self.chosen.clear();
        for i in 0..heights.len() {
            let mut above = planes.map(|plane| plane.value - slack - self.values[i]);
            for j in 0..d {
                let y = self.columns[j][i];
                above[0] -= reach[j] * (y - planes[0].slope[j]).abs();
                above[1] -= reach[j] * (y - planes[1].slope[j]).abs();
            }
            if above[0] <= 0.0 || above[1] <= 0.0 {
                self.chosen.push(i as u32);
            }
        }
        Local { plane: planes[0], pruner: self }
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
