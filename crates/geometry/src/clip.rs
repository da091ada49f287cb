//! Clipping of a convex polygon by half-planes, remembering what each side came from.

use crate::Point;

/// A convex polygon under the knife: vertex `k`, and the tag of the side from it to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clipper {
    vertices: Vec<Point>,
    tags: Vec<u32>,
    distances: Vec<f64>,
    spare: (Vec<Point>, Vec<u32>),
}

impl Clipper {
    /// Starts with the polygon `vertices`, all its sides tagged `tag`.
    pub(crate) fn start(&mut self, vertices: &[Point], tag: u32) {
        self.vertices.clear();
        self.vertices.extend_from_slice(vertices);
        self.tags.clear();
        self.tags.resize(vertices.len(), tag);
    }

    /// Keeps ⟨x, normal⟩ ≤ offset; the new side, if there is one, gets `tag`.
    pub(crate) fn cut(&mut self, normal: Point, offset: f64, tag: u32) {
        let n = self.vertices.len();
        self.distances.clear();
        let mut outside = 0;
        for v in &self.vertices {
            let s = v[0] * normal[0] + v[1] * normal[1] - offset;
            outside += usize::from(s > 0.0);
            self.distances.push(s);
        }
        if outside == 0 {
            return;
        }
        let (vertices, tags) = &mut self.spare;
        vertices.clear();
        tags.clear();
        if outside < n {
            for k in 0..n {
                let after = if k + 1 == n { 0 } else { k + 1 };
                let (a, b) = (self.vertices[k], self.vertices[after]);
                let (s, t) = (self.distances[k], self.distances[after]);
                if s <= 0.0 {
                    vertices.push(a);
                    tags.push(self.tags[k]);
                    if t > 0.0 && s < 0.0 {
                        // Leaving: the cut's side starts here.
                        vertices.push(between(a, b, s, t));
                        tags.push(tag);
                    } else if t > 0.0 {
                        // Leaving at a vertex on the line.
                        if let Some(last) = tags.last_mut() {
                            *last = tag;
                        }
                    }
                } else if t < 0.0 {
                    vertices.push(between(b, a, t, s));
                    tags.push(self.tags[k]);
                }
            }
        }
        std::mem::swap(&mut self.vertices, vertices);
        std::mem::swap(&mut self.tags, tags);
    }

    /// The polygon as it is: vertices and tags of the sides that start there. Empty if nothing is
    /// left.
    pub(crate) fn polygon(&self) -> (&[Point], &[u32]) {
        (&self.vertices, &self.tags)
    }
}

/// The point of the segment from `a` (signed distance `s` ≤ 0) to `b` (`t` > 0) at distance zero.
fn between(a: Point, b: Point, s: f64, t: f64) -> Point {
    let f = s / (s - t);
    [a[0] + f * (b[0] - a[0]), a[1] + f * (b[1] - a[1])]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];

    #[test]
    fn a_corner_is_cut_off() {
        let mut c = Clipper::default();
        c.start(&SQUARE, 9);
        c.cut([1.0, 1.0], 1.5, 3);
        let (v, t) = c.polygon();
        assert_eq!(v, [[0.0, 0.0], [1.0, 0.0], [1.0, 0.5], [0.5, 1.0], [0.0, 1.0]]);
        assert_eq!(t, [9, 9, 3, 9, 9]);
    }

    #[test]
    fn through_two_corners_past_and_away() {
        let mut c = Clipper::default();
        c.start(&SQUARE, 9);
        c.cut([1.0, 1.0], 1.0, 3);
        let (v, t) = c.polygon();
        assert_eq!(v, [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]);
        assert_eq!(t, [9, 3, 9]);
        c.cut([1.0, 0.0], 5.0, 4);
        assert_eq!(c.polygon().0.len(), 3);
        c.cut([1.0, 0.0], -5.0, 4);
        assert!(c.polygon().0.is_empty());
        c.cut([1.0, 0.0], 5.0, 4);
        assert!(c.polygon().0.is_empty());
    }
}
