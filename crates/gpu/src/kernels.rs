//! The kernels of `shaders/`: what each is called, what it binds, and how it is dispatched.

use crate::{
    recording::{BufferId, Dispatch},
    twin::energy::SHARE,
};
use transport::monte_carlo::{Draw, Law, Sequence};

/// An entry point, specialised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// `sample.wgsl`: coordinates, for a ball still normal ones.
    Coordinates,
    /// `sample.wgsl`: normal samples into the ball.
    Ball,
    /// `assign.wgsl` for d > 4.
    Tiled {
        /// Whether the second highest planes are found too.
        seconds: bool,
    },
    /// `assign.wgsl` for d ≤ 4.
    Small {
        /// d.
        dimension: u8,
        /// Whether the second highest planes are found too.
        seconds: bool,
    },
    /// `accumulate.wgsl`: counts by cell.
    Counts,
    /// `accumulate.wgsl`: sums of the samples in each cell.
    Sums,
    /// `adam.wgsl`.
    Adam,
    /// `energy.wgsl`.
    Energy,
}

/// How a kernel uses a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It reads it.
    Read,
    /// It reads and writes it.
    Write,
}

use Access::{Read, Write};

impl Kernel {
    /// The text of the shader.
    pub fn source(self) -> &'static str {
        match self {
            Self::Coordinates | Self::Ball => include_str!("../../../shaders/sample.wgsl"),
            Self::Tiled { .. } | Self::Small { .. } => {
                include_str!("../../../shaders/assign.wgsl")
            }
            Self::Counts | Self::Sums => include_str!("../../../shaders/accumulate.wgsl"),
            Self::Adam => include_str!("../../../shaders/adam.wgsl"),
            Self::Energy => include_str!("../../../shaders/energy.wgsl"),
        }
    }

    /// The name of the entry point.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Coordinates => "coordinates",
            Self::Ball => "ball",
            Self::Tiled { .. } => "tiled",
            Self::Small { .. } => "small",
            Self::Counts => "counts",
            Self::Sums => "sums",
            Self::Adam => "adam",
            Self::Energy => "energy",
        }
    }

    /// Values of the shader's override constants.
    pub fn constants(self) -> Vec<(&'static str, f64)> {
        match self {
            Self::Tiled { seconds } => vec![("SECONDS", seconds.into())],
            Self::Small { dimension, seconds } => {
                vec![("DIMENSION", dimension.into()), ("SECONDS", seconds.into())]
            }
            _ => Vec::new(),
        }
    }

    /// The numbers of the bindings beside `Params`, which is binding 0, and how they are used.
    pub fn bindings(self) -> &'static [(u32, Access)] {
        match self {
            Self::Coordinates | Self::Ball => &[(1, Read), (2, Write)],
            Self::Tiled { .. } | Self::Small { .. } => {
                &[(1, Read), (2, Read), (3, Read), (4, Write), (5, Write), (6, Write), (7, Write)]
            }
            Self::Counts => &[(1, Read), (2, Write)],
            Self::Sums => &[(1, Read), (3, Read), (4, Write), (5, Write)],
            Self::Adam => {
                &[(1, Write), (2, Read), (3, Write), (4, Write), (5, Write), (6, Write), (7, Write)]
            }
            Self::Energy => &[(1, Read), (2, Write)],
        }
    }
}

/// Planes and samples as the kernels lay them out: one row a coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// d.
    pub dimension: usize,
    /// N.
    pub cells: usize,
    /// Rows, those of zeros that fill up the last chunk included.
    pub rows: usize,
    /// Places in a row of sites, with those that fill up the last tile.
    pub places: usize,
}

/// Samples in a row are a multiple of this: the samples of two workgroups of `tiled`, one of
/// `small`.
pub const SAMPLES: usize = 256;

/// The height of a plane that fills up a tile: not above any other.
pub const LOWEST: f32 = f32::MIN;

impl Shape {
    /// Of N planes in R^d.
    pub fn new(dimension: usize, cells: usize) -> Self {
        let rows = if dimension <= SMALL { dimension } else { dimension.next_multiple_of(8) };
        Self { dimension, cells, rows, places: cells.next_multiple_of(tile(dimension)) }
    }

    /// N × d sites, one after the other, as rows of the coordinates.
    pub fn sites(&self, sites: &[f32]) -> Vec<f32> {
        let mut rows = vec![0.0; self.rows * self.places];
        for (i, site) in sites.chunks(self.dimension).enumerate() {
            for (j, y) in site.iter().enumerate() {
                rows[j * self.places + i] = *y;
            }
        }
        rows
    }

    /// N heights, filled up.
    pub fn heights(&self, heights: &[f32]) -> Vec<f32> {
        let mut row = heights.to_vec();
        row.resize(self.places, LOWEST);
        row
    }

    /// The multiply-adds of `planes` planes and `count` samples, with the samples that fill up.
    pub fn work(&self, count: usize, planes: usize) -> u64 {
        count.next_multiple_of(SAMPLES) as u64 * (self.rows * planes) as u64
    }

    /// How many planes one dispatch may go through for `count` samples within `limit`
    /// multiply-adds: whole tiles, at least one.
    pub fn part(&self, count: usize, limit: u64) -> usize {
        let most = limit / self.work(count, 1);
        let tile = tile(self.dimension);
        let tiles = usize::try_from(most).unwrap_or(usize::MAX) / tile;
        (tiles.max(1) * tile).min(self.places)
    }
}

/// The highest dimension of the kernel that keeps whole sites.
const SMALL: usize = 4;

/// Sites that a workgroup brings in at a time.
fn tile(dimension: usize) -> usize {
    if dimension <= SMALL { 512 } else { 128 }
}

/// Where the samples are, and how many.
#[derive(Clone, Copy, Debug)]
pub struct Samples {
    /// Rows of coordinates.
    pub buffer: BufferId,
    /// Length of a row, a multiple of [`SAMPLES`].
    pub stride: usize,
    /// How many samples there are, at most `stride`.
    pub count: usize,
}

/// What the assignment writes: for each sample one word in each.
#[derive(Clone, Copy, Debug)]
pub struct Tops {
    /// Indices of the highest planes.
    pub winners: BufferId,
    /// Their heights.
    pub values: BufferId,
    /// Indices of the second highest and their heights, where wanted; else any other buffers.
    pub seconds: [BufferId; 2],
}

/// Makes samples. For a ball, [`ball`] must follow.
pub fn coordinates(
    (law, sequence): (Law, Sequence),
    seed: u32,
    first: u32,
    dimension: usize,
    directions: BufferId,
    samples: Samples,
) -> Dispatch {
    let draw = Draw { seed, first, count: samples.count as u32 };
    let groups = dimension.div_ceil(4) as u32;
    let groups = [(samples.count as u32).div_ceil(64), groups];
    sample(Kernel::Coordinates, (law, sequence), draw, dimension, directions, samples, groups)
}

/// Moves the normal samples of [`coordinates`] into the unit ball.
pub fn ball(
    sequence: Sequence,
    seed: u32,
    first: u32,
    dimension: usize,
    directions: BufferId,
    samples: Samples,
) -> Dispatch {
    let draw = Draw { seed, first, count: samples.count as u32 };
    let groups = [(samples.count as u32).div_ceil(64), 1];
    sample(Kernel::Ball, (Law::Ball, sequence), draw, dimension, directions, samples, groups)
}

fn sample(
    kernel: Kernel,
    (law, sequence): (Law, Sequence),
    draw: Draw,
    dimension: usize,
    directions: BufferId,
    samples: Samples,
    workgroups: [u32; 2],
) -> Dispatch {
    Dispatch {
        kernel,
        params: vec![
            draw.first,
            draw.count,
            samples.stride as u32,
            dimension as u32,
            draw.seed,
            (law != Law::Cube).into(),
            (sequence == Sequence::Philox).into(),
        ],
        buffers: vec![directions, samples.buffer],
        workgroups,
    }
}

/// Finds the highest of the planes `part` (of [`Shape::part`] each) above each sample; joins what
/// is found to what is there unless `part` starts at 0.
pub fn assign(
    shape: &Shape,
    samples: Samples,
    [sites, heights]: [BufferId; 2],
    part: std::ops::Range<usize>,
    tops: Tops,
    seconds: bool,
) -> Dispatch {
    let small = shape.dimension <= SMALL;
    let (kernel, a_group, end) = if small {
        // A block of eight at the end is enough: these are not multiplied tile by tile.
        let end = part.end.min(shape.cells.next_multiple_of(8));
        (Kernel::Small { dimension: shape.dimension as u8, seconds }, 256, end)
    } else {
        (Kernel::Tiled { seconds }, 128, part.end)
    };
    let quadruples = [samples.stride, shape.places, part.start, end].map(|n| n as u32 / 4);
    let [stride, places, first, last] = quadruples;
    Dispatch {
        kernel,
        params: vec![stride, places, first, last, (shape.rows / 8) as u32, (part.start > 0).into()],
        buffers: vec![
            samples.buffer,
            sites,
            heights,
            tops.winners,
            tops.values,
            tops.seconds[0],
            tops.seconds[1],
        ],
        workgroups: [samples.count.div_ceil(a_group) as u32, 1],
    }
}

/// Adds winners to the counts of `cells` cells.
pub fn counts(count: usize, cells: usize, winners: BufferId, counts: BufferId) -> Dispatch {
    Dispatch {
        kernel: Kernel::Counts,
        params: vec![count as u32, 0, cells as u32, 0],
        buffers: vec![winners, counts],
        workgroups: [(count as u32).div_ceil(2048), 1],
    }
}

/// Adds samples to the sums of their cells, low and high words.
pub fn sums(shape: &Shape, samples: Samples, winners: BufferId, sums: [BufferId; 2]) -> Dispatch {
    Dispatch {
        kernel: Kernel::Sums,
        params: vec![
            samples.count as u32,
            samples.stride as u32,
            shape.cells as u32,
            shape.dimension as u32,
        ],
        buffers: vec![winners, samples.buffer, sums[0], sums[1]],
        workgroups: [(samples.count as u32).div_ceil(64), shape.dimension as u32],
    }
}

/// Sums values, leaving [`shares`] partial sums at `place`.
pub fn energy(count: usize, values: BufferId, partial: BufferId, place: usize) -> Dispatch {
    Dispatch {
        kernel: Kernel::Energy,
        params: vec![count as u32, place as u32],
        buffers: vec![values, partial],
        workgroups: [shares(count) as u32, 1],
    }
}

/// How many partial sums `count` values give.
pub fn shares(count: usize) -> usize {
    count.div_ceil(SHARE as usize)
}

/// The numbers of a step of Adam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// M.
    pub samples: f32,
    /// Length of a step.
    pub rate: f32,
    /// β₁ and β₂.
    pub betas: [f32; 2],
    /// 1 / (1 − βᵗ) of either.
    pub corrections: [f32; 2],
    /// Steps in the average, this one included.
    pub averaged: f32,
}

/// A step of Adam on buffers of N: counts, masses, heights, first and second moments, average,
/// and 2 N words of total counts.
pub fn adam(cells: usize, step: Step, buffers: [BufferId; 7]) -> Dispatch {
    let Step { samples, rate, betas, corrections, averaged } = step;
    let numbers = [samples, rate, betas[0], betas[1], corrections[0], corrections[1], averaged];
    Dispatch {
        kernel: Kernel::Adam,
        params: std::iter::once(cells as u32).chain(numbers.map(f32::to_bits)).collect(),
        buffers: buffers.to_vec(),
        workgroups: [(cells as u32).div_ceil(64), 1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_to_the_limit_and_are_whole_tiles() {
        for (d, n) in [(2, 1), (3, 100_000), (64, 4096), (256, 100_000)] {
            let shape = Shape::new(d, n);
            assert!(shape.places >= n && shape.rows >= d);
            for count in [1, 1000, 1 << 17] {
                let limit = 1 << 34;
                let part = shape.part(count, limit);
                assert!(shape.work(count, part) <= limit, "d = {d}, N = {n}, {count}: {part}");
                assert!(part.is_multiple_of(tile(d)) && part <= shape.places);
                assert_eq!(shape.part(count, 1), tile(d), "at least a tile");
            }
        }
    }

    /// WebGPU promises 128 MiB a binding: the largest sites there may be fit.
    #[test]
    fn the_largest_sites_fit_a_binding() {
        let shape = Shape::new(256, 100_000);
        assert!(4 * shape.rows * shape.places <= 128 << 20);
    }

    #[test]
    fn sites_become_rows() {
        let shape = Shape::new(5, 3);
        let sites: Vec<f32> = (0..15u8).map(f32::from).collect();
        let rows = shape.sites(&sites);
        assert_eq!(rows.len(), 8 * 128);
        assert_eq!(rows[128..132], [1.0, 6.0, 11.0, 0.0]);
        assert!(rows[5 * 128..].iter().all(|y| *y == 0.0));
        assert_eq!(shape.heights(&[1.0, 2.0, 3.0])[2..4], [3.0, LOWEST]);
    }
}
