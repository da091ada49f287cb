//! The domain: a convex polygon.

use crate::error::PolygonError;
use crate::predicates::orient2d;
use crate::{MAX_COORDINATE, Moments, Point, moments};

/// A convex polygon with positive area, its vertices counter-clockwise.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvexPolygon {
    vertices: Vec<Point>,
    moments: Moments,
    /// Radius of the largest disk about the centroid inside the polygon, a hair less: accepts most
    /// points at once.
    inner_radius_squared: f64,
}

impl ConvexPolygon {
    /// The convex polygon with these vertices, given in order either way round. Repeated vertices
    /// and vertices within a side are dropped.
    ///
    /// # Errors
    /// [`PolygonError`] names the vertex at fault.
    pub fn new(vertices: Vec<Point>) -> Result<Self, PolygonError> {
        for (index, v) in vertices.iter().enumerate() {
            if !v.iter().all(|c| c.is_finite()) {
                return Err(PolygonError::NotFinite { index });
            }
            if v.iter().any(|c| c.abs() > MAX_COORDINATE) {
                return Err(PolygonError::TooLarge { index });
            }
        }
        let mut kept: Vec<(usize, Point)> = Vec::with_capacity(vertices.len());
        for (index, &v) in vertices.iter().enumerate() {
            if kept.last().is_none_or(|&(_, last)| last != v) {
                kept.push((index, v));
            }
        }
        while kept.len() > 1 && kept[0].1 == kept[kept.len() - 1].1 {
            kept.pop();
        }
        if kept.len() < 3 {
            return Err(PolygonError::TooFewVertices);
        }
        // The lowest, then leftmost vertex is a corner of the hull; the turn there tells the sense.
        let n = kept.len();
        let turn_at = |kept: &[(usize, Point)], k: usize| {
            orient2d(kept[(k + n - 1) % n].1, kept[k].1, kept[(k + 1) % n].1)
        };
        let signed: f64 = (0..n).map(|k| turn_at(&kept, k).signum_or_zero()).sum();
        if signed == 0.0 && (0..n).all(|k| turn_at(&kept, k) == 0.0) {
            return Err(PolygonError::NoArea);
        }
        if signed < 0.0 {
            kept.reverse();
        }
        check_convex(&kept)?;
        let corners: Vec<Point> =
            (0..n).filter(|&k| turn_at(&kept, k) > 0.0).map(|k| kept[k].1).collect();
        Self::from_corners(corners)
    }

    fn from_corners(vertices: Vec<Point>) -> Result<Self, PolygonError> {
        let moments = moments(&vertices);
        if vertices.len() < 3 || !(moments.area > 0.0) || !moments.area.is_finite() {
            return Err(PolygonError::NoArea);
        }
        let c = moments.centroid;
        let mut inner = f64::INFINITY;
        for (a, b) in sides(&vertices) {
            let side = [b[0] - a[0], b[1] - a[1]];
            let cross = side[0] * (c[1] - a[1]) - side[1] * (c[0] - a[0]);
            inner = inner.min(cross / side[0].hypot(side[1]));
        }
        let inner = (inner * (1.0 - 1e-9)).max(0.0);
        Ok(Self { vertices, moments, inner_radius_squared: inner * inner })
    }

    /// The unit square [0, 1]².
    pub fn unit_square() -> Self {
        let vertices = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let moments = moments(&vertices);
        Self { vertices, moments, inner_radius_squared: 0.249 }
    }

    /// The rectangle [x0, x1] × [y0, y1].
    ///
    /// # Errors
    /// [`PolygonError::NoArea`] unless x0 < x1 and y0 < y1; the others for wild numbers.
    pub fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> Result<Self, PolygonError> {
        if x0 >= x1 || y0 >= y1 {
            return Err(PolygonError::NoArea);
        }
        Self::new(vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    }

    /// The disk about `centre`, as a regular polygon of the same area with `sides` sides. Its
    /// boundary stays within `radius` · 3.3 / `sides`² of the circle on either side.
    ///
    /// # Errors
    /// [`PolygonError::NoArea`] unless `radius` > 0; [`PolygonError::TooFewVertices`] for fewer
    /// than three sides.
    pub fn disk(centre: Point, radius: f64, sides: usize) -> Result<Self, PolygonError> {
        if sides < 3 {
            return Err(PolygonError::TooFewVertices);
        }
        if radius <= 0.0 {
            return Err(PolygonError::NoArea);
        }
        let step = std::f64::consts::TAU / sides as f64;
        let r = radius * (step / step.sin()).sqrt();
        Self::new(
            (0..sides)
                .map(|k| {
                    let (sin, cos) = (step * (k as f64 + 0.5)).sin_cos();
                    [centre[0] + r * cos, centre[1] + r * sin]
                })
                .collect(),
        )
    }

    /// Vertices, counter-clockwise.
    pub fn vertices(&self) -> &[Point] {
        &self.vertices
    }

    /// Area, centroid and second moment.
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// Area, positive.
    pub fn area(&self) -> f64 {
        self.moments.area
    }

    /// Centre of mass.
    pub fn centroid(&self) -> Point {
        self.moments.centroid
    }

    /// Sides as pairs of vertices, counter-clockwise.
    pub fn sides(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        sides(&self.vertices)
    }

    /// Whether `p` is inside or on the boundary, up to rounding.
    #[inline]
    pub fn contains(&self, p: Point) -> bool {
        let (dx, dy) = (p[0] - self.moments.centroid[0], p[1] - self.moments.centroid[1]);
        if dx * dx + dy * dy <= self.inner_radius_squared {
            return true;
        }
        // Written so that a NaN is outside.
        sides(&self.vertices)
            .all(|(a, b)| (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) >= 0.0)
    }

    /// The point of the polygon nearest to `p`: `p` itself if it is inside.
    pub fn nearest_point(&self, p: Point) -> Point {
        if self.contains(p) {
            return p;
        }
        let mut best = (f64::INFINITY, p);
        for (a, b) in self.sides() {
            let d = [b[0] - a[0], b[1] - a[1]];
            let t = ((p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1]) / (d[0] * d[0] + d[1] * d[1]);
            let t = t.clamp(0.0, 1.0);
            let q = [a[0] + t * d[0], a[1] + t * d[1]];
            let distance = (q[0] - p[0]).hypot(q[1] - p[1]);
            if distance < best.0 {
                best = (distance, q);
            }
        }
        best.1
    }

    /// `[x0, y0, x1, y1]`, the smallest axis-parallel rectangle around the polygon.
    pub fn bounds(&self) -> [f64; 4] {
        let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for v in &self.vertices {
            b = [b[0].min(v[0]), b[1].min(v[1]), b[2].max(v[0]), b[3].max(v[1])];
        }
        b
    }

    /// `[x0, y0, x1, y1]` if the polygon is an axis-parallel rectangle.
    pub fn as_rectangle(&self) -> Option<[f64; 4]> {
        let b = self.bounds();
        let corner = |v: &Point| (v[0] == b[0] || v[0] == b[2]) && (v[1] == b[1] || v[1] == b[3]);
        (self.vertices.len() == 4 && self.vertices.iter().all(corner)).then_some(b)
    }
}

fn sides(vertices: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let last = vertices.last().copied();
    let mut previous = last.unwrap_or_default();
    vertices.iter().map(move |&v| (std::mem::replace(&mut previous, v), v))
}

/// Every turn to the left or straight on, and one revolution in all.
fn check_convex(kept: &[(usize, Point)]) -> Result<(), PolygonError> {
    let n = kept.len();
    let mut upward_starts = 0;
    for k in 0..n {
        let (a, (index, b), c) = (kept[(k + n - 1) % n].1, kept[k], kept[(k + 1) % n].1);
        let turn = orient2d(a, b, c);
        let back = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0.0;
        if turn < 0.0 || (turn == 0.0 && back) {
            return Err(PolygonError::NotConvex { index });
        }
        let up = |p: Point, q: Point| q[1] > p[1] || (q[1] == p[1] && q[0] > p[0]);
        if !up(a, b) && up(b, c) {
            upward_starts += 1;
            if upward_starts > 1 {
                return Err(PolygonError::NotConvex { index });
            }
        }
    }
    Ok(())
}

trait SignumOrZero {
    fn signum_or_zero(self) -> f64;
}

impl SignumOrZero for f64 {
    fn signum_or_zero(self) -> f64 {
        if self == 0.0 { 0.0 } else { self.signum() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_sense_and_spare_vertices() {
        let clockwise = vec![
            [0.0, 0.0],
            [0.0, 2.0],
            [0.0, 2.0],
            [1.0, 2.0],
            [3.0, 2.0],
            [3.0, 0.0],
            [0.0, 0.0],
        ];
        let p = ConvexPolygon::new(clockwise).unwrap();
        assert_eq!(p.vertices().len(), 4);
        assert_eq!(p.area(), 6.0);
        assert_eq!(p.as_rectangle(), Some([0.0, 0.0, 3.0, 2.0]));
        assert!(p.contains([3.0, 2.0]) && p.contains([1.5, 0.0]) && !p.contains([3.1, 1.0]));
        assert!(!p.contains([f64::NAN, 1.0]));
        assert_eq!(p.nearest_point([5.0, 9.0]), [3.0, 2.0]);
        assert_eq!(p.nearest_point([1.0, -4.0]), [1.0, 0.0]);
        assert_eq!(p.nearest_point([1.0, 1.0]), [1.0, 1.0]);
    }

    #[test]
    fn errors_name_the_vertex() {
        let at = |v: &[Point]| ConvexPolygon::new(v.to_vec()).unwrap_err();
        assert_eq!(at(&[[0.0, 0.0], [1.0, 0.0]]), PolygonError::TooFewVertices);
        assert_eq!(at(&[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]), PolygonError::NoArea);
        assert_eq!(
            at(&[[0.0, 0.0], [f64::NAN, 0.0], [1.0, 1.0]]),
            PolygonError::NotFinite { index: 1 }
        );
        let dart = [[0.0, 0.0], [4.0, 0.0], [1.0, 1.0], [0.0, 4.0]];
        assert_eq!(at(&dart), PolygonError::NotConvex { index: 2 });
        let star: Vec<Point> = (0..5)
            .map(|k| {
                let a = f64::from(k) * 2.0 * std::f64::consts::TAU / 5.0;
                [a.cos(), a.sin()]
            })
            .collect();
        assert!(matches!(at(&star), PolygonError::NotConvex { .. }));
        assert_eq!(ConvexPolygon::rectangle(1.0, 0.0, 1.0, 2.0).unwrap_err(), PolygonError::NoArea);
    }

    #[test]
    fn the_disk_keeps_its_area() {
        for sides in [3, 16, 512] {
            let d = ConvexPolygon::disk([2.0, -1.0], 1.5, sides).unwrap();
            let area = std::f64::consts::PI * 2.25;
            assert!((d.area() - area).abs() < 1e-12 * area);
        }
        let d = ConvexPolygon::disk([0.0, 0.0], 1.0, 256).unwrap();
        for v in d.vertices() {
            assert!((v[0].hypot(v[1]) - 1.0).abs() < 3.3 / 256f64.powi(2));
        }
    }
}
