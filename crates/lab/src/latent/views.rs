//! What the page draws, as flat arrays.

use serde::Serialize;
use transport::latent::{Crossing, Section};

/// Points of the cube and what a map makes of them. M points, d coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// M × d, in [0, 1].
    pub points: Vec<f32>,
    /// M: the site whose cell holds the point.
    pub cells: Vec<u32>,
    /// M: the second highest plane.
    pub seconds: Vec<u32>,
    /// M: the jump to it, in the cube's units.
    pub jumps: Vec<f32>,
    /// M × d codes for the decoder.
    pub codes: Vec<f32>,
    /// M: max λ; 0 for the Gaussian.
    pub heaviest: Vec<f32>,
    /// M + 1: where each point's entries of `neighbours` and `weights` begin, and their end.
    pub offsets: Vec<u32>,
    /// The sites mixed, the heaviest first; none for the Gaussian.
    pub neighbours: Vec<u32>,
    /// Their λ, summing to one.
    pub weights: Vec<f32>,
    /// M: the site nearest to the image.
    pub nearest: Vec<u32>,
    /// M: its distance, in the cube's units.
    pub distances: Vec<f32>,
}

/// A threshold in each of its measures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Threshold {
    /// Of the jumps measured at random points.
    pub quantile: f64,
    /// The jump there, in the cube's units: larger ones are singular.
    pub jump: f64,
    /// The paper's angle at the same quantile, in radians, which would cut as often.
    pub angle: f64,
    /// The factor that sites are multiplied by, about their mean, for the angle.
    pub angle_scale: f64,
}

/// A segment through the cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// `steps` images at t = 0 … 1.
    pub samples: Samples,
    /// `steps`: t.
    pub ts: Vec<f32>,
    /// `steps` − 1: |T̃(next) − T̃(this)|, in the cube's units.
    pub changes: Vec<f32>,
    /// C: t of each crossing into another cell, increasing.
    pub crossings: Vec<f64>,
    /// C: the cell before.
    pub left: Vec<u32>,
    /// C: the cell after.
    pub right: Vec<u32>,
    /// C: |y_right − y_left|, in the cube's units.
    pub jumps: Vec<f32>,
    /// C: the paper's angle to the next plane, in radians.
    pub angles: Vec<f32>,
    /// C: 1 where the jump is above the threshold.
    pub singular: Vec<u8>,
}

impl Line {
    pub(super) fn new(
        ts: &[f64],
        samples: Samples,
        targets: &[f64],
        crossings: &[Crossing],
        threshold: f64,
        angle: impl Fn(&Crossing) -> f64,
    ) -> Self {
        let d = targets.len() / ts.len();
        let between = |k: usize| {
            let (a, b) = (&targets[k * d..][..d], &targets[(k + 1) * d..][..d]);
            a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt() as f32
        };
        Self {
            samples,
            ts: ts.iter().map(|t| *t as f32).collect(),
            changes: (0..ts.len() - 1).map(between).collect(),
            crossings: crossings.iter().map(|c| c.t).collect(),
            left: crossings.iter().map(|c| c.left).collect(),
            right: crossings.iter().map(|c| c.right).collect(),
            jumps: crossings.iter().map(|c| c.jump as f32).collect(),
            angles: crossings.iter().map(|c| angle(c) as f32).collect(),
            singular: crossings.iter().map(|c| u8::from(c.jump > threshold)).collect(),
        }
    }
}

/// A segment that crosses the singular set once.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossed {
    /// d numbers.
    pub from: Vec<f32>,
    /// d numbers.
    pub to: Vec<f32>,
    /// The crossing: from + t (to − from).
    pub t: f64,
    /// Its jump, in the cube's units.
    pub jump: f64,
}

/// A plane through the cube: where it is in it, and the cells it meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// (s, t) of the three points: 6 numbers.
    pub chosen: Vec<f64>,
    /// Corners of the plane's part in the cube, s, t, s, t, …, counter-clockwise.
    pub polygon: Vec<f64>,
    /// K sites whose cells are met.
    pub sites: Vec<u32>,
    /// K + 1: where the corners of each cell begin, in corners, and their end.
    pub offsets: Vec<u32>,
    /// Corners of the cells, s, t, s, t, …, each cell counter-clockwise.
    pub vertices: Vec<f64>,
    /// E × 4: s, t, s, t of each edge between two cells.
    pub edges: Vec<f64>,
    /// E: the site on one side.
    pub left: Vec<u32>,
    /// E: the site on the other.
    pub right: Vec<u32>,
    /// E: |y_right − y_left|, in the cube's units.
    pub jumps: Vec<f32>,
    /// E: 1 where that is above the threshold.
    pub singular: Vec<u8>,
}

impl Plane {
    pub(super) fn new(section: &Section, chosen: [&[f64]; 3], threshold: f64) -> Self {
        let edges = &section.edges;
        Self {
            chosen: chosen.map(|x| section.place(x)).as_flattened().to_vec(),
            polygon: section.polygon.as_flattened().to_vec(),
            sites: section.sites.clone(),
            offsets: section.offsets.clone(),
            vertices: section.vertices.as_flattened().to_vec(),
            edges: edges.iter().flat_map(|e| e.ends.as_flattened().to_vec()).collect(),
            left: edges.iter().map(|e| e.left).collect(),
            right: edges.iter().map(|e| e.right).collect(),
            jumps: edges.iter().map(|e| e.jump as f32).collect(),
            singular: edges.iter().map(|e| u8::from(e.jump > threshold)).collect(),
        }
    }
}
