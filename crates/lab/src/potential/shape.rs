//! The graph of u over Ω at given heights, with its Legendre dual: flat arrays in user coordinates.

use crate::frame::{broken, flat};
use geometry::Point;
use serde::Serialize;
use transport::singular::SingularSet;
use transport::{Plan, Source, facet_masses};

/// The upper envelope u(x) = maxᵢ ⟨x, yᵢ⟩ + hᵢ over Ω, a convex polyhedron whose facets project to
/// the cells, and the lower hull of the points (yᵢ, −hᵢ), which projects to the weighted Delaunay
/// triangulation. N sites, V vertices of cells, F facets between cells, T triangles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// What is not an array.
    pub numbers: ShapeNumbers,
    /// 2N sites.
    pub sites: Vec<f64>,
    /// N heights, Σ = 0.
    pub heights: Vec<f64>,
    /// N masses νᵢ.
    pub masses: Vec<f64>,
    /// N cell masses wᵢ.
    pub cell_masses: Vec<f64>,
    /// 2N centroids; where there is no cell, the site itself.
    pub centroids: Vec<f64>,
    /// 2V vertices of all cells, counter-clockwise.
    pub cell_vertices: Vec<f64>,
    /// N + 1 offsets, in vertices.
    pub cell_offsets: Vec<u32>,
    /// V: u at the vertices.
    pub lifted: Vec<f64>,
    /// Sites with mass whose plane is nowhere on top in Ω.
    pub hidden: Vec<u32>,
    /// 2F pairs of sites.
    pub facets: Vec<u32>,
    /// 4F ends of the facets.
    pub facet_ends: Vec<f64>,
    /// 2F: u at the ends.
    pub facet_lifted: Vec<f64>,
    /// F: μ of the facet, per unit of length across it.
    pub facet_masses: Vec<f64>,
    /// F: −∂²E/∂hᵢ∂hⱼ = μ(facet) / |yᵢ − yⱼ|.
    pub facet_weights: Vec<f64>,
    /// F: 1 where the map jumps.
    pub facet_singular: Vec<u8>,
    /// 3T sites of the weighted Delaunay triangulation, counter-clockwise.
    pub triangles: Vec<u32>,
    /// 2T: where the three planes meet, the slope of u* over the triangle. May lie outside Ω.
    pub triangle_dual: Vec<f64>,
    /// T: 1 where the triangle has a singular edge.
    pub triangle_broken: Vec<u8>,
    /// N: u*(yᵢ), −hᵢ where plane i is somewhere on top in the whole plane, less where it is not.
    pub dual: Vec<f64>,
    /// N colour classes.
    pub colours: Vec<u8>,
}

/// A graph in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShapeNumbers {
    /// N.
    pub count: usize,
    /// x0, y0, x1, y1 of Ω.
    pub bounds: [f64; 4],
    /// maxᵢ |wᵢ − νᵢ| / νᵢ.
    pub residual: f64,
    /// E(h).
    pub energy: f64,
    /// Never more than W₂².
    pub w2_dual: f64,
    /// Never less than W₂².
    pub w2_upper: f64,
    /// What it costs to carry μ to the masses reached.
    pub w2_primal: f64,
    /// Least u on Ω.
    pub lowest: f64,
    /// Largest u on Ω.
    pub highest: f64,
}

fn plane(plan: &Plan, i: usize, x: Point) -> f64 {
    let y = plan.sites[i];
    x[0] * y[0] + x[1] * y[1] + plan.heights[i]
}

impl Shape {
    pub(super) fn new(source: &Source, plan: &Plan, set: &SingularSet, colours: &[u8]) -> Self {
        let n = plan.sites.len();
        let mut lifted = Vec::with_capacity(plan.cells.vertices.len());
        for i in 0..n {
            lifted.extend(plan.cells.cell(i).iter().map(|x| plane(plan, i, *x)));
        }
        let facet_masses = facet_masses(source, plan);
        let distance = |i: u32, j: u32| {
            let (y, z) = (plan.sites[i as usize], plan.sites[j as usize]);
            (y[0] - z[0]).hypot(y[1] - z[1])
        };
        let weights = plan.facets.iter().zip(&facet_masses);
        let hidden =
            |i: &u32| plan.masses[*i as usize] > 0.0 && plan.cells.cell(*i as usize).is_empty();
        let places = plan.centroids.iter().zip(&plan.sites);
        let bounds = source.domain().bounds();
        let report = &plan.report;
        Self {
            numbers: ShapeNumbers {
                count: n,
                bounds,
                residual: report.residual,
                energy: report.energy,
                w2_dual: report.w2_dual,
                w2_upper: report.w2_upper,
                w2_primal: report.w2_primal,
                lowest: lifted.iter().copied().fold(f64::INFINITY, f64::min),
                highest: lifted.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            },
            sites: flat(&plan.sites),
            heights: plan.heights.clone(),
            masses: plan.masses.clone(),
            cell_masses: plan.cell_masses.clone(),
            centroids: places.flat_map(|(c, y)| if c[0].is_nan() { *y } else { *c }).collect(),
            cell_vertices: flat(&plan.cells.vertices),
            cell_offsets: plan.cells.offsets.clone(),
            lifted,
            hidden: (0..n as u32).filter(hidden).collect(),
            facets: plan.facets.iter().flat_map(|f| [f.i, f.j]).collect(),
            facet_ends: plan.facets.iter().flat_map(|f| [f.a[0], f.a[1], f.b[0], f.b[1]]).collect(),
            facet_lifted: plan
                .facets
                .iter()
                .flat_map(|f| [f.a, f.b].map(|x| plane(plan, f.i as usize, x)))
                .collect(),
            facet_weights: weights.map(|(f, mass)| mass / distance(f.i, f.j)).collect(),
            facet_masses,
            facet_singular: set.singular.iter().map(|&s| u8::from(s)).collect(),
            triangles: plan.triangles.iter().flatten().copied().collect(),
            triangle_dual: plan.triangles.iter().flat_map(|t| meeting(plan, *t)).collect(),
            triangle_broken: broken(plan, set),
            dual: dual(plan),
            colours: colours.to_vec(),
        }
    }
}

/// Where three planes meet.
fn meeting(plan: &Plan, triangle: [u32; 3]) -> Point {
    let [a, b, c] = triangle.map(|i| {
        let y = plan.sites[i as usize];
        [y[0], y[1], -plan.heights[i as usize]]
    });
    let (b, c) = ([0, 1, 2].map(|k| b[k] - a[k]), [0, 1, 2].map(|k| c[k] - a[k]));
    let area = b[0] * c[1] - b[1] * c[0];
    [(b[2] * c[1] - c[2] * b[1]) / area, (b[0] * c[2] - c[0] * b[2]) / area]
}

/// u* at the sites: −hᵢ at the vertices of the lower hull, and on the hull for the others.
fn dual(plan: &Plan) -> Vec<f64> {
    let mut dual: Vec<f64> = plan.heights.iter().map(|h| -h).collect();
    let mut vertex = vec![false; dual.len()];
    plan.triangles.iter().flatten().for_each(|i| vertex[*i as usize] = true);
    plan.report.merged.iter().for_each(|(i, _)| vertex[*i as usize] = true);
    let mut chain = None;
    for i in (0..dual.len()).filter(|i| !vertex[*i]) {
        let lower = if plan.triangles.is_empty() {
            chain.get_or_insert_with(|| Chain::new(plan)).at(plan.sites[i])
        } else {
            over_triangle(plan, plan.sites[i])
        };
        // Never above the point itself, whatever was rounded.
        dual[i] = lower.min(-plan.heights[i]);
    }
    // At one place there is one value.
    for &(i, into) in &plan.report.merged {
        dual[i as usize] = dual[into as usize];
    }
    dual
}

/// The lower hull above y: linear in the triangle that holds y, or comes nearest to it.
fn over_triangle(plan: &Plan, y: Point) -> f64 {
    let cross = |a: Point, b: Point, c: Point| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    };
    let (mut best, mut value) = (f64::NEG_INFINITY, f64::NAN);
    for t in &plan.triangles {
        let [a, b, c] = t.map(|i| plan.sites[i as usize]);
        let parts = [cross(b, c, y), cross(c, a, y), cross(a, b, y)];
        let total = parts[0] + parts[1] + parts[2];
        let inside = parts.iter().copied().fold(f64::INFINITY, f64::min) / total;
        if inside > best {
            best = inside;
            value = -(0..3).map(|k| parts[k] / total * plan.heights[t[k] as usize]).sum::<f64>();
        }
    }
    value
}

/// The lower hull over sites on one line, as positions along it and values.
struct Chain {
    axis: usize,
    points: Vec<Point>,
}

impl Chain {
    fn new(plan: &Plan) -> Self {
        let reach = |k: usize| {
            let (low, high) = plan
                .sites
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |r, y| (r.0.min(y[k]), r.1.max(y[k])));
            high - low
        };
        let axis = if reach(0) >= reach(1) { 0 } else { 1 };
        let mut all: Vec<Point> =
            plan.sites.iter().zip(&plan.heights).map(|(y, h)| [y[axis], -h]).collect();
        all.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        let mut points: Vec<Point> = Vec::with_capacity(all.len());
        for p in all {
            if points.last().is_some_and(|last| last[0] == p[0]) {
                continue;
            }
            while let [.., a, b] = points[..]
                && (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) <= 0.0
            {
                points.pop();
            }
            points.push(p);
        }
        Self { axis, points }
    }

    fn at(&self, y: Point) -> f64 {
        let s = y[self.axis];
        let k = self.points.partition_point(|p| p[0] < s).clamp(1, self.points.len().max(2) - 1);
        match self.points.get(k) {
            None => self.points[0][1],
            Some(b) if b[0] == s => b[1],
            Some(b) => {
                let a = self.points[k - 1];
                a[1] + (s - a[0]) / (b[0] - a[0]) * (b[1] - a[1])
            }
        }
    }
}
