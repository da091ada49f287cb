//! The extended map: ∇u made continuous wherever it may be.

use std::collections::HashSet;

use geometry::Point;

use crate::singular::SingularSet;
use crate::{Plan, Potential};

/// T̃, piecewise linear on the dual complex: the centroid of cell i goes to yᵢ, and in a triangle
/// of the weighted Delaunay triangulation, taken between centroids, barycentric coordinates carry
/// over (Lei et al. 2020, section 4.3; An et al., AE-OT, ICLR 2020). In a triangle with a singular
/// edge, outside the complex, and where the triangle of centroids is not positively oriented, T̃ is
/// ∇u, the site of the cell that holds x. So every input has one output.
pub struct ExtendedMap<'a> {
    plan: &'a Plan,
    potential: Potential<'a>,
    triangles: Vec<[u32; 3]>,
    buckets: Buckets,
}

impl<'a> ExtendedMap<'a> {
    /// The extended map of a plan with its singular set cut.
    pub fn new(plan: &'a Plan, set: &SingularSet) -> Self {
        let cut: HashSet<(u32, u32)> = plan
            .facets
            .iter()
            .zip(&set.singular)
            .filter(|(_, singular)| **singular)
            .map(|(f, _)| (f.i, f.j))
            .collect();
        // Only pairs of cells that meet inside the domain belong to the complex.
        let inside: HashSet<(u32, u32)> = plan.facets.iter().map(|f| (f.i, f.j)).collect();
        let whole = |t: &[u32; 3]| {
            (0..3).all(|k| {
                let (a, b) = (t[k], t[(k + 1) % 3]);
                let pair = (a.min(b), a.max(b));
                inside.contains(&pair) && !cut.contains(&pair)
            })
        };
        let positive = |t: &[u32; 3]| {
            let [a, b, c] = t.map(|i| plan.centroids[i as usize]);
            cross(a, b, c) > 0.0
        };
        let triangles: Vec<[u32; 3]> =
            plan.triangles.iter().copied().filter(|t| whole(t) && positive(t)).collect();
        let buckets = Buckets::new(plan, &triangles);
        Self { plan, potential: plan.potential(), triangles, buckets }
    }

    /// Triangles on which T̃ is linear, as indices of sites.
    pub fn triangles(&self) -> &[[u32; 3]] {
        &self.triangles
    }

    /// T̃(x). `hint` is a site whose cell is near x, any if unknown.
    pub fn map(&self, x: Point, hint: u32) -> Point {
        for &t in self.buckets.at(x) {
            let t = self.triangles[t as usize];
            let [a, b, c] = t.map(|i| self.plan.centroids[i as usize]);
            let weights = [cross(b, c, x), cross(c, a, x), cross(a, b, x)];
            if weights.iter().all(|w| *w >= 0.0) {
                let total: f64 = weights.iter().sum();
                let mut y = [0.0; 2];
                for (i, w) in t.into_iter().zip(weights) {
                    let site = self.plan.sites[i as usize];
                    y = [y[0] + w / total * site[0], y[1] + w / total * site[1]];
                }
                return y;
            }
        }
        self.plan.sites[self.potential.cell_of(x, hint) as usize]
    }

    /// Carries points over: one output for each input, in order.
    pub fn map_all(&self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|&x| self.map(x, 0)).collect()
    }
}

fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Triangles by the squares of a grid that their boxes touch.
struct Buckets {
    corner: Point,
    inverse: Point,
    side: usize,
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Buckets {
    fn new(plan: &Plan, triangles: &[[u32; 3]]) -> Self {
        let (mut lo, mut hi) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for c in triangles.iter().flatten().map(|&i| plan.centroids[i as usize]) {
            for k in 0..2 {
                lo[k] = lo[k].min(c[k]);
                hi[k] = hi[k].max(c[k]);
            }
        }
        let side = ((triangles.len() as f64).sqrt().ceil() as usize).clamp(1, 512);
        let inverse = [0, 1].map(|k| {
            let width = hi[k] - lo[k];
            if width > 0.0 { side as f64 / width } else { 0.0 }
        });
        let mut this =
            Self { corner: lo, inverse, side, starts: vec![0; side * side + 1], entries: vec![] };
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(4 * triangles.len());
        for (t, corners) in (0u32..).zip(triangles) {
            let squares = corners.map(|i| this.square(plan.centroids[i as usize]));
            let range = |k: usize| {
                let v = squares.map(|s| s[k]);
                v[0].min(v[1]).min(v[2])..=v[0].max(v[1]).max(v[2])
            };
            for y in range(1) {
                pairs.extend(range(0).map(|x| ((y * side + x) as u32, t)));
            }
        }
        pairs.sort_unstable();
        for &(s, _) in &pairs {
            this.starts[s as usize + 1] += 1;
        }
        for s in 0..side * side {
            this.starts[s + 1] += this.starts[s];
        }
        this.entries = pairs.into_iter().map(|p| p.1).collect();
        this
    }

    fn square(&self, p: Point) -> [usize; 2] {
        [0, 1].map(|k| {
            (((p[k] - self.corner[k]) * self.inverse[k]).max(0.0) as usize).min(self.side - 1)
        })
    }

    fn at(&self, p: Point) -> &[u32] {
        let [x, y] = self.square(p);
        let s = y * self.side + x;
        &self.entries[self.starts[s] as usize..self.starts[s + 1] as usize]
    }
}
