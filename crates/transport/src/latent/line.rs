//! A segment through the cube: the planes restricted to it are N affine functions of one number.

use super::LatentMap;

/// Where a segment goes from one cell into the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where: a + t (b − a), 0 < t < 1, increasing along the segment.
    pub t: f64,
    /// The cell before.
    pub left: u32,
    /// The cell after.
    pub right: u32,
    /// |y_right − y_left|, in the sites' units.
    pub jump: f64,
}

impl LatentMap {
    /// The cells that the segment from a to b meets: the first one, and every crossing in order, of
    /// the exact upper envelope (but for the rounding of `f64`). Takes N · (d + crossings) steps.
    /// Requires two points of d coordinates.
    pub fn line(&self, a: &[f64], b: &[f64]) -> (u32, Vec<Crossing>) {
        let start = self.about_middle(a);
        let along: Vec<f64> = b.iter().zip(a).map(|(b, a)| b - a).collect();
        let planes: Vec<(f64, f64)> = self
            .centred
            .chunks_exact(self.dimension())
            .zip(&self.local)
            .map(|(y, h)| {
                let dot = |v: &[f64]| v.iter().zip(y).map(|(v, y)| v * y).sum::<f64>();
                (dot(&start) + h, dot(&along))
            })
            .collect();
        let mut here = 0;
        for (i, (value, slope)) in planes.iter().enumerate() {
            let (most, steepest) = planes[here];
            if *value > most || (*value == most && *slope > steepest) {
                here = i;
            }
        }
        let first = here as u32;
        let mut crossings = Vec::new();
        loop {
            let (value, slope) = planes[here];
            let mut next: Option<(f64, f64, usize)> = None;
            for (j, (other, steeper)) in planes.iter().enumerate() {
                let rise = steeper - slope;
                if rise > 0.0 {
                    let t = (value - other) / rise;
                    // Of planes that meet here the steepest goes on.
                    if next.is_none_or(|(s, r, _)| t < s || (t == s && rise > r)) {
                        next = Some((t, rise, j));
                    }
                }
            }
            let Some((t, _, j)) = next.filter(|next| next.0 < 1.0) else { break };
            let before = crossings.last().map_or(0.0, |c: &Crossing| c.t);
            let (left, right) = (here as u32, j as u32);
            crossings.push(Crossing {
                t: t.max(before),
                left,
                right,
                jump: self.jump(left, right),
            });
            here = j;
        }
        (first, crossings)
    }
}
