//! A network as numbers: its map, and its images of lines.

use super::Frame;
use crate::linear::Linear;

/// Linear layers with max(0, ·) between them, in f64: what a [`super::Fit`] has reached, whose f32
/// weights are numbers of f64. The map is that of real arithmetic up to rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    pub(super) layers: Vec<Layer>,
    pub(super) frame: Frame,
}

/// y = x·W + b.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layer {
    /// In × out, row after row.
    pub(super) weights: Vec<f64>,
    pub(super) bias: Vec<f64>,
}

impl Layer {
    /// The row of weights that each input has.
    pub(super) fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.weights.chunks_exact(self.bias.len())
    }

    fn apply(&self, x: &[f64], y: &mut Vec<f64>) {
        y.clear();
        y.extend_from_slice(&self.bias);
        for (x, row) in x.iter().zip(self.rows()).filter(|(x, _)| **x != 0.0) {
            y.iter_mut().zip(row).for_each(|(y, w)| *y += x * w);
        }
    }
}

impl Network {
    pub(super) fn new(linears: Vec<&Linear<f32>>, frame: Frame) -> Self {
        let wide = |of: &[f32]| of.iter().map(|w| f64::from(*w)).collect();
        let layer =
            |l: &&Linear<f32>| Layer { weights: wide(l.weights.entries()), bias: wide(&l.bias) };
        Self { layers: linears.iter().map(layer).collect(), frame }
    }

    /// The widths of the hidden layers.
    pub fn widths(&self) -> Vec<usize> {
        self.hidden().iter().map(|layer| layer.bias.len()).collect()
    }

    /// The layers that max(0, ·) follows.
    pub(super) fn hidden(&self) -> &[Layer] {
        &self.layers[..self.layers.len() - 1]
    }

    /// The images of these points.
    pub fn map(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        let image = |at: &[f64; 2]| {
            x.clear();
            x.extend(self.frame.local(*at));
            for (l, layer) in self.layers.iter().enumerate() {
                layer.apply(&x, &mut y);
                if l + 1 < self.layers.len() {
                    y.iter_mut().for_each(|y| *y = y.max(0.0));
                }
                std::mem::swap(&mut x, &mut y);
            }
            self.frame.image([x[0], x[1]])
        };
        points.iter().map(image).collect()
    }

    /// The image of the segment from `a` to `b`: a chain of segments, exactly, whose corners are
    /// where the segment leaves one linear region for the next.
    pub fn line(&self, a: [f64; 2], b: [f64; 2]) -> Vec<[f64; 2]> {
        let mut places = [a, b].map(|x| self.frame.local(x).to_vec()).to_vec();
        let mut y = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            for place in &mut places {
                layer.apply(place, &mut y);
                std::mem::swap(place, &mut y);
            }
            if l + 1 < self.layers.len() {
                places = crossed(places);
                places.iter_mut().flatten().for_each(|y| *y = y.max(0.0));
            }
        }
        places.iter().map(|y| self.frame.image([y[0], y[1]])).collect()
    }
}

/// The values at places along a line, and between each two of these, where all values are affine,
/// also at the places at which one of them is 0.
fn crossed(places: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let mut all: Vec<Vec<f64>> = Vec::with_capacity(2 * places.len());
    for next in places {
        if let Some(last) = all.last().cloned() {
            let pairs = || last.iter().zip(&next);
            let mut shares: Vec<f64> =
                pairs().filter(|(s, t)| *s * *t < 0.0).map(|(s, t)| s / (s - t)).collect();
            shares.sort_unstable_by(f64::total_cmp);
            all.extend(shares.iter().map(|f| pairs().map(|(s, t)| s + f * (t - s)).collect()));
        }
        all.push(next);
    }
    all
}
