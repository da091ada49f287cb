//! A plane through the cube: the planes restricted to it are those of projected sites, so that the
//! cells there are a power diagram, and exact.

use super::{LatentError, LatentMap};
use geometry::{ConvexPolygon, Point, PowerDiagram, WeightedDelaunay};

/// The points o + s e₁ + t e₂ of [0,1]^d, with e₁ and e₂ orthonormal, and the cells there.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// o, d numbers.
    pub origin: Vec<f64>,
    /// e₁ and e₂, d numbers each.
    pub axes: [Vec<f64>; 2],
    /// The polygon of the (s, t) with o + s e₁ + t e₂ in the cube, counter-clockwise.
    pub polygon: Vec<Point>,
    /// The sites whose cells the plane meets, increasing.
    pub sites: Vec<u32>,
    /// Where each of these cells begins in `vertices`, and their end: one more than sites.
    pub offsets: Vec<u32>,
    /// Corners (s, t) of the cells, each counter-clockwise.
    pub vertices: Vec<Point>,
    /// The facets between two cells.
    pub edges: Vec<Edge>,
}

/// A facet in a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The site on one side, the lower index.
    pub left: u32,
    /// The site on the other.
    pub right: u32,
    /// Its ends (s, t).
    pub ends: [Point; 2],
    /// |y_right − y_left|, in the sites' units.
    pub jump: f64,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Section {
    /// o + s e₁ + t e₂.
    pub fn at(&self, p: Point) -> Vec<f64> {
        let [e, f] = &self.axes;
        self.origin.iter().zip(e.iter().zip(f)).map(|(o, (e, f))| o + p[0] * e + p[1] * f).collect()
    }

    /// (s, t) of the point of the plane nearest to x.
    pub fn place(&self, x: &[f64]) -> Point {
        let from: Vec<f64> = x.iter().zip(&self.origin).map(|(x, o)| x - o).collect();
        [dot(&from, &self.axes[0]), dot(&from, &self.axes[1])]
    }
}

impl LatentMap {
    /// The plane through three points of [0,1]^d, its origin in their middle, e₁ from the first
    /// towards the second and the third on the side of e₂. O(N d + N log N).
    ///
    /// # Errors
    /// [`LatentError::Plane`] where they are on one line, or not in the cube.
    pub fn section(&self, points: [&[f64]; 3]) -> Result<Section, LatentError> {
        let d = self.dimension();
        if d < 2 || points.iter().any(|p| p.len() != d || !p.iter().all(|x| x.is_finite())) {
            return Err(LatentError::Plane);
        }
        let [a, b, c] = points;
        let origin: Vec<f64> = (0..d).map(|k| (a[k] + b[k] + c[k]) / 3.0).collect();
        let mut e: Vec<f64> = b.iter().zip(a).map(|(b, a)| b - a).collect();
        let mut f: Vec<f64> = c.iter().zip(a).map(|(c, a)| c - a).collect();
        let size = dot(&e, &e).max(dot(&f, &f)).sqrt();
        normalise(&mut e, 1e-9 * size)?;
        // Twice, for what rounding leaves of e in f.
        for _ in 0..2 {
            let along = dot(&e, &f);
            f.iter_mut().zip(&e).for_each(|(f, e)| *f -= along * e);
        }
        normalise(&mut f, 1e-9 * size)?;
        let domain = slice(&origin, &e, &f).ok_or(LatentError::Plane)?;
        let middle = self.about_middle(&origin);
        let rows = || self.centred.chunks_exact(d);
        let sites: Vec<Point> = rows().map(|y| [dot(&e, y), dot(&f, y)]).collect();
        let heights: Vec<f64> = rows().zip(&self.local).map(|(y, h)| dot(&middle, y) + h).collect();
        let delaunay = WeightedDelaunay::new(&sites, &heights).map_err(|_| LatentError::Plane)?;
        let diagram = PowerDiagram::new(&delaunay, &domain);
        let polygon = domain.vertices().to_vec();
        let mut section = Section {
            origin,
            axes: [e, f],
            polygon,
            sites: vec![],
            offsets: vec![0],
            vertices: vec![],
            edges: vec![],
        };
        for (i, area) in (0u32..).zip(diagram.areas()) {
            if *area > 0.0 {
                section.sites.push(i);
                section.vertices.extend_from_slice(diagram.cell(i as usize));
                section.offsets.push(section.vertices.len() as u32);
            }
        }
        diagram.facets(|i, j, a, b| {
            if a != b {
                let jump = self.jump(i, j);
                section.edges.push(Edge { left: i, right: j, ends: [a, b], jump });
            }
        });
        Ok(section)
    }
}

/// Divides by the length, where that is above `least`.
fn normalise(v: &mut [f64], least: f64) -> Result<(), LatentError> {
    let length = dot(v, v).sqrt();
    if !(length > least) {
        return Err(LatentError::Plane);
    }
    v.iter_mut().for_each(|v| *v /= length);
    Ok(())
}

/// The (s, t) with 0 ≤ o + s e + t f ≤ 1: a square that holds all of them, cut 2 d times.
fn slice(origin: &[f64], e: &[f64], f: &[f64]) -> Option<ConvexPolygon> {
    let reach = 1.0 + 2.0 * (origin.len() as f64).sqrt();
    let mut polygon: Vec<Point> =
        vec![[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]];
    for (o, (e, f)) in origin.iter().zip(e.iter().zip(f)) {
        cut(&mut polygon, [*e, *f], 1.0 - o);
        cut(&mut polygon, [-e, -f], *o);
    }
    // Corners that rounding has set a hair apart would make a side that turns the wrong way.
    let near = |a: Point, b: Point| (a[0] - b[0]).abs() + (a[1] - b[1]).abs() < 1e-9;
    let mut kept: Vec<Point> = Vec::with_capacity(polygon.len());
    for p in polygon {
        if kept.last().is_none_or(|q| !near(p, *q)) {
            kept.push(p);
        }
    }
    while kept.len() > 1 && near(kept[0], kept[kept.len() - 1]) {
        kept.pop();
    }
    loop {
        match ConvexPolygon::new(kept.clone()) {
            Ok(polygon) => return Some(polygon),
            // A corner that turns the wrong way by rounding is on a side.
            Err(e) => match e.index() {
                Some(index) if kept.len() > 3 => kept.remove(index),
                _ => return None,
            },
        };
    }
}

/// Keeps ⟨p, normal⟩ ≤ offset.
fn cut(polygon: &mut Vec<Point>, normal: Point, offset: f64) {
    let side = |p: Point| p[0] * normal[0] + p[1] * normal[1] - offset;
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (k, &a) in polygon.iter().enumerate() {
        let b = polygon[(k + 1) % polygon.len()];
        let (s, t) = (side(a), side(b));
        if s <= 0.0 {
            kept.push(a);
        }
        if (s < 0.0 && t > 0.0) || (s > 0.0 && t < 0.0) {
            let r = s / (s - t);
            kept.push([a[0] + r * (b[0] - a[0]), a[1] + r * (b[1] - a[1])]);
        }
    }
    *polygon = kept;
}
