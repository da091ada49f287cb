//! The power diagram, dual of the weighted Delaunay triangulation, clipped to a convex domain.

use crate::clip::Clipper;
use crate::delaunay::WeightedDelaunay;
use crate::mesh::previous;
use crate::moments::double_area;
use crate::{ConvexPolygon, Moments, NONE, Point, moments};

/// Stands for the domain's boundary where a neighbour is named.
pub const BOUNDARY: u32 = u32::MAX;

/// Cells Wᵢ = {x ∈ Ω : ⟨x, yᵢ⟩ + hᵢ ≥ ⟨x, yⱼ⟩ + hⱼ for all j}, convex polygons that cover the
/// domain. Kept and filled again by a solver, so that its memory is allocated once.
#[derive(Clone, Debug, Default)]
pub struct PowerDiagram {
    vertices: Vec<Point>,
    sides: Vec<u32>,
    offsets: Vec<u32>,
    areas: Vec<f64>,
    duals: Vec<Point>,
    clipper: Clipper,
}

impl PowerDiagram {
    /// The diagram of a triangulation, inside `domain`.
    pub fn new(delaunay: &WeightedDelaunay, domain: &ConvexPolygon) -> Self {
        let mut this = Self::default();
        this.fill(delaunay, domain);
        this
    }

    /// Replaces the contents by the diagram of `delaunay` inside `domain`. A cell all of whose
    /// corners, the duals of its triangles, lie in the domain is taken from them; one that meets
    /// the boundary is the domain cut by each neighbour's half-plane, which stays exact where
    /// thin triangles put their duals far away. O(N), plus O(√N · sides of the domain).
    pub fn fill(&mut self, delaunay: &WeightedDelaunay, domain: &ConvexPolygon) {
        let n = delaunay.sites.len();
        self.vertices.clear();
        self.sides.clear();
        self.offsets.clear();
        self.offsets.push(0);
        self.areas.clear();
        if let Some(line) = &delaunay.line {
            return self.fill_strips(delaunay, domain, line);
        }
        self.fill_duals(delaunay, domain);
        for i in 0..n as u32 {
            let first = self.vertices.len();
            let start = delaunay.mesh.leaving[i as usize];
            if start != NONE && !self.copy_inner_cell(delaunay, start) {
                self.vertices.truncate(first);
                self.sides.truncate(first);
                self.clip_cell(delaunay, domain, i, start);
            }
            self.close_cell(first);
        }
    }

    /// Duals of the triangles: the point where three planes meet. Not a number where it is outside
    /// the domain.
    fn fill_duals(&mut self, delaunay: &WeightedDelaunay, domain: &ConvexPolygon) {
        let infinite = delaunay.infinite();
        self.duals.clear();
        self.duals.extend(delaunay.mesh.origin.chunks_exact(3).map(|t| {
            if t[0] == NONE || t[0] == infinite || t[1] == infinite || t[2] == infinite {
                return [f64::NAN; 2];
            }
            let [a, b, c] = [t[0], t[1], t[2]].map(|v| delaunay.lifted(v));
            let (bx, by, bz) = (b[0] - a[0], b[1] - a[1], b[2] - a[2]);
            let (cx, cy, cz) = (c[0] - a[0], c[1] - a[1], c[2] - a[2]);
            let inverse = 1.0 / (bx * cy - by * cx);
            let x = [(bz * cy - cz * by) * inverse, (bx * cz - cx * bz) * inverse];
            if domain.contains(x) { x } else { [f64::NAN; 2] }
        }));
    }

    fn copy_inner_cell(&mut self, delaunay: &WeightedDelaunay, start: u32) -> bool {
        let mesh = &delaunay.mesh;
        let mut h = start;
        loop {
            let x = self.duals[(h / 3) as usize];
            if x[0].is_nan() {
                return false;
            }
            let p = previous(h);
            self.vertices.push(x);
            self.sides.push(mesh.from(p));
            h = mesh.twin(p);
            if h == start {
                return true;
            }
        }
    }

    fn clip_cell(
        &mut self,
        delaunay: &WeightedDelaunay,
        domain: &ConvexPolygon,
        i: u32,
        start: u32,
    ) {
        self.clipper.start(domain.vertices(), BOUNDARY);
        let mut h = start;
        loop {
            let j = delaunay.mesh.to(h);
            if j != delaunay.infinite() {
                cut(&mut self.clipper, delaunay, i, j);
            }
            h = delaunay.mesh.around(h);
            if h == start {
                break;
            }
        }
        self.take_clipped();
    }

    fn fill_strips(&mut self, delaunay: &WeightedDelaunay, domain: &ConvexPolygon, line: &[u32]) {
        let mut place = vec![NONE; delaunay.sites.len()];
        for (k, &i) in (0u32..).zip(line) {
            place[i as usize] = k;
        }
        for (i, &k) in (0u32..).zip(&place) {
            let first = self.vertices.len();
            if k != NONE {
                self.clipper.start(domain.vertices(), BOUNDARY);
                for near in [k.wrapping_sub(1), k + 1] {
                    if let Some(&j) = line.get(near as usize) {
                        cut(&mut self.clipper, delaunay, i, j);
                    }
                }
                self.take_clipped();
            }
            self.close_cell(first);
        }
    }

    fn take_clipped(&mut self) {
        let (vertices, tags) = self.clipper.polygon();
        self.vertices.extend_from_slice(vertices);
        self.sides.extend_from_slice(tags);
    }

    fn close_cell(&mut self, first: usize) {
        self.areas.push((0.5 * double_area(&self.vertices[first..])).max(0.0));
        self.offsets.push(self.vertices.len() as u32);
    }

    /// Number of cells: of sites, hidden ones too.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Areas of the cells; their sum is the domain's, up to rounding.
    pub fn areas(&self) -> &[f64] {
        &self.areas
    }

    /// Vertices of cell `i`, counter-clockwise; empty for a hidden site or one whose cell does
    /// not meet the domain.
    #[inline]
    pub fn cell(&self, i: usize) -> &[Point] {
        &self.vertices[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }

    /// What lies across each side of cell `i`, the side from vertex k to the next: a site, or
    /// [`BOUNDARY`].
    #[inline]
    pub fn sides(&self, i: usize) -> &[u32] {
        &self.sides[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }

    /// Area, centroid and second moment of cell `i`.
    pub fn moments(&self, i: usize) -> Moments {
        moments(self.cell(i))
    }

    /// All vertices, cell after cell, and where each cell starts (one more entry than cells).
    pub fn flat(&self) -> (&[Point], &[u32]) {
        (&self.vertices, &self.offsets)
    }

    /// Calls `visit(i, j, a, b)` for each facet between cells i < j, with its ends. Facets of
    /// length zero may be among them.
    pub fn facets(&self, mut visit: impl FnMut(u32, u32, Point, Point)) {
        for i in 0..self.len() {
            let (cell, sides) = (self.cell(i), self.sides(i));
            for k in 0..cell.len() {
                let j = sides[k];
                if j != BOUNDARY && j > i as u32 {
                    let b = cell[if k + 1 == cell.len() { 0 } else { k + 1 }];
                    visit(i as u32, j, cell[k], b);
                }
            }
        }
    }
}

/// Cuts cell `i` by its half-plane against site `j`.
fn cut(clipper: &mut Clipper, delaunay: &WeightedDelaunay, i: u32, j: u32) {
    let (a, b) = (delaunay.lifted(i), delaunay.lifted(j));
    clipper.cut([b[0] - a[0], b[1] - a[1]], b[2] - a[2], j);
}
