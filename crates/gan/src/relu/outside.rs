//! The part of a domain that a network sends outside of given places, exactly.

use super::clip::{Parts, Side, side};
use super::regions::Regions;

/// Parts of regions: convex polygons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outside {
    /// Vertices of all parts, counter-clockwise.
    pub vertices: Vec<[f64; 2]>,
    /// One offset more than there are parts, in vertices.
    pub offsets: Vec<u32>,
}

impl Regions {
    /// The part of the domain whose image lies in none of `places`, convex polygons that are given
    /// counter-clockwise: each region is cut where its image leaves a place.
    pub fn outside(&self, places: &[Vec<[f64; 2]>]) -> Outside {
        let boxes: Vec<[f64; 4]> =
            places.iter().map(|place| bounds(place.iter().copied())).collect();
        let mut found = Outside { vertices: Vec::new(), offsets: vec![0] };
        let (mut left, mut next) = (Vec::new(), Vec::new());
        let mut knife = Knife::default();
        for k in 0..self.count() {
            let (vertices, images) = self.region(k);
            let pairs = vertices.iter().zip(images).map(|(x, y)| [x[0], x[1], y[0], y[1]]);
            left.clear();
            left.push(pairs.collect::<Vec<[f64; 4]>>());
            let reach = bounds(images.iter().copied());
            let met = (0..places.len()).filter(|p| overlap(&reach, &boxes[*p]));
            for p in met {
                next.clear();
                left.drain(..).for_each(|piece| knife.take_away(piece, &places[p], &mut next));
                std::mem::swap(&mut left, &mut next);
                if left.is_empty() {
                    break;
                }
            }
            for piece in &left {
                found.vertices.extend(piece.iter().map(|v| [v[0], v[1]]));
                found.offsets.push(found.vertices.len() as u32);
            }
        }
        found
    }
}

impl Outside {
    /// The parts.
    pub fn parts(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        self.offsets.windows(2).map(|w| &self.vertices[w[0] as usize..w[1] as usize])
    }
}

/// Cuts polygons with vertices x, y of the domain and x, y of the image.
#[derive(Default)]
struct Knife {
    values: Vec<f64>,
    parts: Parts<4>,
}

impl Knife {
    /// Adds to `rest` what of `piece` has its image outside the convex polygon `place`.
    fn take_away(
        &mut self,
        mut piece: Vec<[f64; 4]>,
        place: &[[f64; 2]],
        rest: &mut Vec<Vec<[f64; 4]>>,
    ) {
        let sides = || place.iter().zip(place.iter().cycle().skip(1));
        // Beyond one side as a whole: nothing is cut.
        if sides().any(|(a, b)| piece.iter().all(|v| outward(v, a, b) >= 0.0)) {
            rest.push(piece);
            return;
        }
        for (a, b) in sides() {
            self.values.clear();
            self.values.extend(piece.iter().map(|v| outward(v, a, b)));
            match side(&self.values, 0.0) {
                Side::Below => {}
                Side::Above => {
                    rest.push(piece);
                    return;
                }
                Side::Both => {
                    self.parts.cut(&piece, &self.values, 0.0);
                    rest.push(self.parts.above.clone());
                    std::mem::swap(&mut piece, &mut self.parts.below);
                }
            }
        }
    }
}

/// Positive where the image lies to the right of a → b, outside a polygon that has this side.
fn outward(v: &[f64; 4], a: &[f64; 2], b: &[f64; 2]) -> f64 {
    (b[1] - a[1]) * (v[2] - a[0]) - (b[0] - a[0]) * (v[3] - a[1])
}

/// x0, y0, x1, y1.
fn bounds(points: impl Iterator<Item = [f64; 2]>) -> [f64; 4] {
    let (high, low) = (f64::INFINITY, f64::NEG_INFINITY);
    points.fold([high, high, low, low], |b, p| {
        [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
    })
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
