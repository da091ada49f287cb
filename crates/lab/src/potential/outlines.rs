//! The regions that the interpolation fills: outlines by formula, all of one area about the origin.

use super::ShapeName;
use geometry::{Point, moments};
use libm::sincos;
use std::f64::consts::{PI, TAU};

/// Corners of the polygon that stands for a curve.
const CORNERS: usize = 240;

/// A region between outlines, by the even-odd rule: simple polygons that do not meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The polygons.
    pub outlines: Vec<Vec<Point>>,
    /// Its area.
    pub area: f64,
}

fn circle(centre: Point, radius: f64) -> Vec<Point> {
    arc(centre, radius, 0.0, TAU * (1.0 - 1.0 / CORNERS as f64), CORNERS)
}

/// `count` points from one angle to another.
fn arc(centre: Point, radius: f64, from: f64, to: f64, count: usize) -> Vec<Point> {
    let at = |k: usize| {
        let (sin, cos) = sincos(from + (to - from) * k as f64 / (count - 1) as f64);
        [centre[0] + radius * cos, centre[1] + radius * sin]
    };
    (0..count).map(at).collect()
}

/// The unit disk less a disk of radius ρ about (a, 0): tips at angles ± the one where both circles
/// meet.
fn crescent() -> Vec<Point> {
    let (a, rho): (f64, f64) = (0.5, 0.78);
    let x = (1.0 + a * a - rho * rho) / (2.0 * a);
    let (outer, inner) = (libm::acos(x), libm::atan2((1.0 - x * x).sqrt(), x - a));
    let mut points = arc([0.0, 0.0], 1.0, outer, TAU - outer, CORNERS);
    let back = arc([a, 0.0], rho, TAU - inner, inner, CORNERS);
    points.extend(&back[1..CORNERS - 1]);
    points
}

/// Five points, one upwards; the inner corners at 0.45 of the outer ones' distance.
fn star() -> Vec<Point> {
    let at = |k: usize| {
        let radius = if k.is_multiple_of(2) { 1.0 } else { 0.45 };
        let (sin, cos) = sincos(PI * (0.5 + k as f64 / 5.0));
        [radius * cos, radius * sin]
    };
    (0..10).map(at).collect()
}

/// The heart curve 16 sin³ t, 13 cos t − 5 cos 2t − 2 cos 3t − cos 4t, run counter-clockwise.
fn heart() -> Vec<Point> {
    let at = |k: usize| {
        let t = TAU * k as f64 / CORNERS as f64;
        let cos = |n: f64| libm::cos(n * t);
        let x = -16.0 * libm::sin(t).powi(3);
        [x, 13.0 * cos(1.0) - 5.0 * cos(2.0) - 2.0 * cos(3.0) - cos(4.0)]
    };
    (0..CORNERS).map(at).collect()
}

impl Region {
    /// The region of a name, its area π and its centroid the origin; none for the scene's own sites.
    pub fn of(name: ShapeName) -> Option<Self> {
        let outlines = match name {
            ShapeName::Crescent => vec![crescent()],
            ShapeName::Star => vec![star()],
            ShapeName::Two => vec![circle([-1.25, 0.0], 1.0), circle([1.25, 0.0], 1.0)],
            ShapeName::Ring => vec![circle([0.0, 0.0], 1.0), circle([0.0, 0.0], 0.6)],
            ShapeName::Seahorse => vec![super::seahorse::outline()],
            ShapeName::Heart => vec![heart()],
            ShapeName::Scene => return None,
        };
        Some(Self::normalised(outlines))
    }

    /// The outlines moved and scaled to area π about the origin.
    fn normalised(mut outlines: Vec<Vec<Point>>) -> Self {
        // A polygon inside another one is a hole.
        let (mut area, mut moment) = (0.0, [0.0; 2]);
        for (k, outline) in outlines.iter().enumerate() {
            let inside = outlines[..k].iter().any(|other| winds(other, outline[0]));
            let m = moments(outline);
            let part = if inside { -m.area.abs() } else { m.area.abs() };
            area += part;
            moment = [0, 1].map(|k| moment[k] + part * m.centroid[k]);
        }
        let (scale, centre) = ((PI / area).sqrt(), moment.map(|m| m / area));
        for p in outlines.iter_mut().flatten() {
            *p = [0, 1].map(|k| scale * (p[k] - centre[k]));
        }
        Self { outlines, area: PI }
    }

    fn sides(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.outlines.iter().flat_map(|o| (0..o.len()).map(|k| (o[k], o[(k + 1) % o.len()])))
    }

    /// Whether p is inside.
    pub fn contains(&self, p: Point) -> bool {
        self.outlines.iter().filter(|o| winds(o, p)).count() % 2 == 1
    }

    /// x0, y0, x1, y1.
    pub fn bounds(&self) -> [f64; 4] {
        let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for p in self.outlines.iter().flatten() {
            b = [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])];
        }
        b
    }

    /// The points of a square lattice inside, row by row.
    pub(super) fn lattice(&self, spacing: f64) -> Vec<Point> {
        let [x0, y0, x1, y1] = self.bounds();
        let rows = ((y1 - y0) / spacing).ceil() as usize;
        let columns = ((x1 - x0) / spacing).ceil() as usize;
        let mut points = Vec::new();
        let mut crossings: Vec<f64> = Vec::new();
        for row in 0..rows {
            let y = y0 + spacing * (row as f64 + 0.5);
            crossings.clear();
            crossings.extend(
                self.sides()
                    .filter(|(a, b)| (a[1] > y) != (b[1] > y))
                    .map(|(a, b)| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])),
            );
            crossings.sort_unstable_by(f64::total_cmp);
            for column in 0..columns {
                let x = x0 + spacing * (column as f64 + 0.5);
                if crossings.partition_point(|c| *c < x) % 2 == 1 {
                    points.push([x, y]);
                }
            }
        }
        points
    }

    /// The point of an outline nearest to p, and its distance.
    pub(super) fn nearest(&self, p: Point) -> (Point, f64) {
        let mut best = (p, f64::INFINITY);
        for (a, b) in self.sides() {
            let d = [b[0] - a[0], b[1] - a[1]];
            let t = ((p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1]) / (d[0] * d[0] + d[1] * d[1]);
            let t = t.clamp(0.0, 1.0);
            let q = [a[0] + t * d[0], a[1] + t * d[1]];
            let distance = (q[0] - p[0]).hypot(q[1] - p[1]);
            if distance < best.1 {
                best = (q, distance);
            }
        }
        best
    }
}

/// Whether a ray from p to the right crosses the polygon an odd number of times.
fn winds(polygon: &[Point], p: Point) -> bool {
    let mut inside = false;
    for k in 0..polygon.len() {
        let (a, b) = (polygon[k], polygon[(k + 1) % polygon.len()]);
        if (a[1] > p[1]) != (b[1] > p[1])
            && p[0] < a[0] + (p[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        {
            inside = !inside;
        }
    }
    inside
}
