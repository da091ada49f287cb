//! The linear regions of a network over a convex domain, exactly: layer by layer, each polygon on
//! which what goes in is affine is cut along the zero line of every unit.

use super::clip::{Parts, Side, area, side};
use super::network::{Layer, Network};

/// A polygon smaller than this share of the domain is below the rounding of its corners: it is left
/// with its neighbour.
const LEAST: f64 = 1e-15;

/// A value counts as 0 up to so many times the bound of its own rounding.
const ROUNDINGS: f64 = 8.0;

/// The cells of the decomposition of a domain by activation pattern: convex polygons that fill it,
/// on each of which the network is one affine map. R regions with V vertices in all.
///
/// A pattern says which units are above 0. Two neighbours may have the same affine map, where a unit
/// that tells them apart is not listened to: they still count as two, as they do in the bounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regions {
    /// V vertices of all regions, counter-clockwise.
    pub vertices: Vec<[f64; 2]>,
    /// R + 1 offsets, in vertices.
    pub offsets: Vec<u32>,
    /// V images of the vertices.
    pub images: Vec<[f64; 2]>,
    /// R matrices of the affine maps, row after row: the image of x is that of a vertex v, plus
    /// A (x − v).
    pub matrices: Vec<[f64; 4]>,
    /// R × hidden layers: bit u of an entry is set where unit u of the layer is above 0.
    pub patterns: Vec<u64>,
}

/// a·x + b on a polygon, and a bound of how far that is off by rounding.
#[derive(Clone, Copy, Debug, Default)]
struct Affine {
    a: [f64; 2],
    b: f64,
    error: f64,
}

impl Affine {
    fn at(&self, x: &[f64; 2]) -> f64 {
        self.a[0] * x[0] + self.a[1] * x[1] + self.b
    }
}

/// Polygons with the units above 0 on each.
#[derive(Clone, Debug, Default)]
struct Pieces {
    vertices: Vec<[f64; 2]>,
    ends: Vec<usize>,
    patterns: Vec<u64>,
}

impl Pieces {
    fn clear(&mut self) {
        self.vertices.clear();
        self.ends.clear();
        self.patterns.clear();
    }

    fn push(&mut self, polygon: &[[f64; 2]], pattern: u64) {
        self.vertices.extend_from_slice(polygon);
        self.ends.push(self.vertices.len());
        self.patterns.push(pattern);
    }

    fn get(&self, k: usize) -> (&[[f64; 2]], u64) {
        let from = if k == 0 { 0 } else { self.ends[k - 1] };
        (&self.vertices[from..self.ends[k]], self.patterns[k])
    }
}

struct Walk<'a> {
    network: &'a Network,
    /// The largest coordinate of the domain.
    reach: f64,
    /// Areas up to this are no regions.
    least: f64,
    parts: Parts<2>,
    values: Vec<f64>,
    found: Regions,
}

impl Network {
    /// The linear regions over the convex polygon `domain`, counter-clockwise.
    pub fn regions(&self, domain: &[[f64; 2]]) -> Regions {
        let local: Vec<[f64; 2]> = domain.iter().map(|x| self.frame.local(*x)).collect();
        let reach = local.as_flattened().iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let mut walk = Walk {
            network: self,
            reach,
            least: LEAST * area(&local),
            parts: Parts::default(),
            values: Vec::new(),
            found: Regions { offsets: vec![0], ..Regions::default() },
        };
        let rounded = Affine { error: f64::EPSILON * reach, ..Affine::default() };
        let inputs = [Affine { a: [1.0, 0.0], ..rounded }, Affine { a: [0.0, 1.0], ..rounded }];
        walk.descend(0, &local, &inputs, &mut Vec::new());
        walk.found
    }
}

impl Walk<'_> {
    /// Cuts `polygon`, on which layer `depth` takes in `inputs`, and goes on with each piece.
    fn descend(
        &mut self,
        depth: usize,
        polygon: &[[f64; 2]],
        inputs: &[Affine],
        pattern: &mut Vec<u64>,
    ) {
        let outputs = self.outputs(&self.network.layers[depth], inputs);
        if depth == self.network.hidden().len() {
            self.keep(polygon, &outputs, pattern);
            return;
        }
        let pieces = self.pieces(polygon, &outputs);
        for k in 0..pieces.patterns.len() {
            let (piece, active) = pieces.get(k);
            let listened = |(unit, output): (usize, &Affine)| {
                if active >> unit & 1 == 1 { *output } else { Affine::default() }
            };
            let inputs: Vec<Affine> = outputs.iter().enumerate().map(listened).collect();
            pattern.push(active);
            self.descend(depth + 1, piece, &inputs, pattern);
            pattern.pop();
        }
    }

    /// A layer's outputs, with the bound of their rounding carried along: each product and each sum
    /// adds at most ε times what is summed.
    fn outputs(&self, layer: &Layer, inputs: &[Affine]) -> Vec<Affine> {
        let start = |b: &f64| Affine { a: [0.0; 2], b: *b, error: f64::EPSILON * b.abs() };
        let mut outputs: Vec<Affine> = layer.bias.iter().map(start).collect();
        for (input, row) in inputs.iter().zip(layer.rows()) {
            let size = (input.a[0].abs() + input.a[1].abs()) * self.reach + input.b.abs();
            let error = input.error + f64::EPSILON * size;
            if error == 0.0 {
                continue;
            }
            for (to, w) in outputs.iter_mut().zip(row) {
                to.a[0] += w * input.a[0];
                to.a[1] += w * input.a[1];
                to.b += w * input.b;
                to.error += w.abs() * error;
            }
        }
        outputs
    }

    /// The pieces of a polygon, cut along the zero lines of all units of a layer.
    fn pieces(&mut self, polygon: &[[f64; 2]], outputs: &[Affine]) -> Pieces {
        let (mut pieces, mut next) = (Pieces::default(), Pieces::default());
        pieces.push(polygon, 0);
        for (unit, output) in outputs.iter().enumerate() {
            let bit = 1_u64 << unit;
            let tolerance = ROUNDINGS * output.error;
            next.clear();
            for k in 0..pieces.patterns.len() {
                let (piece, pattern) = pieces.get(k);
                self.values.clear();
                self.values.extend(piece.iter().map(|x| output.at(x)));
                match side(&self.values, tolerance) {
                    Side::Below => next.push(piece, pattern),
                    Side::Above => next.push(piece, pattern | bit),
                    Side::Both => {
                        self.parts.cut(piece, &self.values, tolerance);
                        let Parts { below, above } = &self.parts;
                        if area(below) <= self.least {
                            next.push(piece, pattern | bit);
                        } else if area(above) <= self.least {
                            next.push(piece, pattern);
                        } else {
                            next.push(below, pattern);
                            next.push(above, pattern | bit);
                        }
                    }
                }
            }
            std::mem::swap(&mut pieces, &mut next);
        }
        pieces
    }

    fn keep(&mut self, polygon: &[[f64; 2]], outputs: &[Affine], pattern: &[u64]) {
        let (frame, found) = (&self.network.frame, &mut self.found);
        let slope = frame.size / frame.length;
        let [f, g] = [outputs[0], outputs[1]];
        found.matrices.push([f.a[0], f.a[1], g.a[0], g.a[1]].map(|a| slope * a));
        found.vertices.extend(polygon.iter().map(|x| frame.back(*x)));
        found.images.extend(polygon.iter().map(|x| frame.image([f.at(x), g.at(x)])));
        found.offsets.push(found.vertices.len() as u32);
        found.patterns.extend_from_slice(pattern);
    }
}

impl Regions {
    /// R.
    pub fn count(&self) -> usize {
        self.matrices.len()
    }

    /// The vertices of a region, and their images.
    pub fn region(&self, k: usize) -> (&[[f64; 2]], &[[f64; 2]]) {
        let range = self.offsets[k] as usize..self.offsets[k + 1] as usize;
        (&self.vertices[range.clone()], &self.images[range])
    }

    /// The area of each region.
    pub fn areas(&self) -> Vec<f64> {
        (0..self.count()).map(|k| area(self.region(k).0)).collect()
    }

    /// The steepest slope on each region: the larger singular value of its matrix, image length
    /// over length.
    pub fn slopes(&self) -> Vec<f64> {
        self.matrices.iter().map(steepest).collect()
    }
}

/// The larger singular value, in closed form: half the sum of |(a + d, c − b)| and |(a − d, b + c)|.
fn steepest([a, b, c, d]: &[f64; 4]) -> f64 {
    let length = |x: f64, y: f64| (x * x + y * y).sqrt();
    0.5 * (length(a + d, c - b) + length(a - d, b + c))
}
