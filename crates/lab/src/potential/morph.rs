//! Displacement interpolation between a source and a shape: the solve, the mesh that moves, and how
//! far the mass goes.

use super::fill::{fill, spacing};
use super::mesh::Mesh;
use super::outlines::Region;
use super::{Potential, ShapeName, SourceShape};
use crate::domain::DISK_SIDES;
use crate::error::Error;
use crate::frame::flat;
use crate::plan_json::{self, Milliseconds, ReportJson};
use geometry::{ConvexPolygon, Point};
use serde::Serialize;
use std::f64::consts::PI;
use std::ops::ControlFlow;
use transport::newton::{self, Options};
use transport::singular::{Measure, SingularSet, singular_set};
use transport::{Plan, Progress, Source, Target};

/// Jump in median jumps beyond which a facet of a shape is singular. Neighbours in an even filling
/// are about one median apart, so that a gap of less than one more site is no tear.
const KAPPA: f64 = 2.0;
/// A vertex of the rim goes to the outline when it is nearer than so many spacings.
const REACH: f64 = 1.5;
/// Marks of [`Morph::share`] in one W₂.
const MARKS: usize = 8;
/// Number of marks: up to 3 W₂.
const SHARES: usize = 25;

/// A source on its way to a target. N sites, V vertices and T triangles of the mesh, F singular
/// facets.
#[derive(Clone, Debug, PartialEq)]
pub struct Morph {
    /// What is not an array.
    pub numbers: MorphNumbers,
    /// Vertices of Ω, counter-clockwise.
    pub domain: Vec<f64>,
    /// Vertices of the target's outlines, and where each begins; none for the scene's sites.
    pub outlines: Vec<f64>,
    /// One more than outlines, in vertices.
    pub outline_offsets: Vec<u32>,
    /// 2N.
    pub sites: Vec<f64>,
    /// N.
    pub masses: Vec<f64>,
    /// N.
    pub heights: Vec<f64>,
    /// Vertices of all cells.
    pub cell_vertices: Vec<f64>,
    /// N + 1 offsets, in vertices.
    pub cell_offsets: Vec<u32>,
    /// 2V vertices at t = 0, the first N the centroids of the cells; at time t each is at
    /// (1 − t) vertex + t image.
    pub vertices: Vec<f64>,
    /// 2V vertices at t = 1.
    pub images: Vec<f64>,
    /// V: the site whose cell a vertex belongs to.
    pub vertex_sites: Vec<u32>,
    /// 3T.
    pub triangles: Vec<u32>,
    /// 2F pairs of sites.
    pub facets: Vec<u32>,
    /// 4F ends of the singular facets.
    pub facet_ends: Vec<f64>,
    /// Share of the mass that goes farther than k W₂ / 8, for k from 0 to 24. Exact for a uniform
    /// source; a Gaussian one is taken as constant in each cell.
    pub share: Vec<f64>,
}

/// A [`Morph`] in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MorphNumbers {
    /// N.
    pub count: usize,
    /// x0, y0, x1, y1 of source and target.
    pub bounds: [f64; 4],
    /// Jump or angle beyond which a facet is singular.
    pub threshold: f64,
    /// Length of the singular facets.
    pub singular_length: f64,
    /// Largest |x − T(x)|.
    pub furthest: f64,
    /// The certificate.
    pub report: ReportJson,
}

/// A shape's source: the unit disk, or the square of its area.
fn domain(source: SourceShape) -> Result<ConvexPolygon, Error> {
    Ok(match source {
        SourceShape::Disk => ConvexPolygon::disk([0.0, 0.0], 1.0, DISK_SIDES)?,
        SourceShape::Square => {
            let half = 0.5 * PI.sqrt();
            ConvexPolygon::rectangle(-half, -half, half, half)?
        }
    })
}

/// The uniform measure on a disk or a square to `count` equal masses spread over a shape.
///
/// # Errors
/// Code `potential` for the scene's own sites, which [`Potential::morph`] carries; those of
/// `transport`.
pub fn morph(
    shape: ShapeName,
    source: SourceShape,
    count: usize,
    seed: u32,
    clock: fn() -> f64,
) -> Result<Morph, Error> {
    let region = Region::of(shape)
        .ok_or_else(|| Error::new("potential", "The scene's sites have no outline."))?;
    let source = Source::uniform(domain(source)?);
    let sites = fill(&region, count, seed);
    let target = Target::new(&sites, None)?;
    let began = clock();
    let mut go_on = |_: &Progress| ControlFlow::Continue(());
    let plan = newton::solve(&source, &target, &Options::default(), None, &mut go_on)?;
    let milliseconds = clock() - began;
    let set = singular_set(&plan, Measure::Jump { kappa: KAPPA });
    let mut mesh = Mesh::new(&plan, &set);
    let reach = REACH * spacing(&region, sites.len());
    for (image, _) in mesh.images.iter_mut().zip(&mesh.rim).filter(|(_, rim)| **rim) {
        let (p, distance) = region.nearest(*image);
        if distance < reach {
            *image = p;
        }
    }
    Ok(Morph::new(&source, &plan, &set, mesh, &region.outlines, Some(milliseconds)))
}

impl Potential {
    /// The scene's own source to its own sites.
    pub fn morph(&self) -> Morph {
        let set = self.singular(&self.solved);
        let mesh = Mesh::new(&self.solved, &set);
        Morph::new(&self.source, &self.solved, &set, mesh, &[], None)
    }
}

impl Morph {
    fn new(
        source: &Source,
        plan: &Plan,
        set: &SingularSet,
        mesh: Mesh,
        outlines: &[Vec<Point>],
        milliseconds: Option<f64>,
    ) -> Self {
        let all =
            source.domain().vertices().iter().chain(&plan.sites).chain(outlines.iter().flatten());
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for p in all {
            bounds = [
                bounds[0].min(p[0]),
                bounds[1].min(p[1]),
                bounds[2].max(p[0]),
                bounds[3].max(p[1]),
            ];
        }
        let mut outline_offsets = vec![0];
        for outline in outlines {
            outline_offsets.push(outline_offsets[outline_offsets.len() - 1] + outline.len() as u32);
        }
        let facets = || plan.facets.iter().zip(&set.singular).filter(|(_, s)| **s).map(|(f, _)| f);
        Self {
            numbers: MorphNumbers {
                count: plan.sites.len(),
                bounds,
                threshold: set.threshold,
                singular_length: set.length,
                furthest: (0..plan.sites.len()).map(|i| farthest(plan, i)).fold(0.0, f64::max),
                report: plan_json::report(&plan.report, milliseconds.map(Milliseconds::One)),
            },
            domain: flat(source.domain().vertices()),
            outlines: outlines.iter().flatten().flatten().copied().collect(),
            outline_offsets,
            sites: flat(&plan.sites),
            masses: plan.masses.clone(),
            heights: plan.heights.clone(),
            cell_vertices: flat(&plan.cells.vertices),
            cell_offsets: plan.cells.offsets.clone(),
            vertices: flat(&mesh.vertices),
            images: flat(&mesh.images),
            vertex_sites: mesh.sites,
            triangles: mesh.triangles.as_flattened().to_vec(),
            facets: facets().flat_map(|f| [f.i, f.j]).collect(),
            facet_ends: facets().flat_map(|f| [f.a[0], f.a[1], f.b[0], f.b[1]]).collect(),
            share: shares(plan),
        }
    }
}

/// How far the mass of cell i goes at most: to its site from the farthest corner.
fn farthest(plan: &Plan, i: usize) -> f64 {
    let y = plan.sites[i];
    let cell = plan.cells.cell(i).iter();
    cell.map(|x| (x[0] - y[0]).hypot(x[1] - y[1])).fold(0.0, f64::max)
}

/// See [`Morph::share`].
fn shares(plan: &Plan) -> Vec<f64> {
    let step = plan.report.w2_primal.sqrt() / MARKS as f64;
    let mut shares = vec![0.0; SHARES];
    for i in (0..plan.sites.len()).filter(|i| plan.cell_masses[*i] > 0.0) {
        let (cell, y, far) = (plan.cells.cell(i), plan.sites[i], farthest(plan, i));
        let area = geometry::moments(cell).area;
        for (k, share) in shares.iter_mut().enumerate() {
            let radius = step * k as f64;
            if radius < far {
                let near = in_disk(cell, y, radius);
                *share += plan.cell_masses[i] * (1.0 - near / area).clamp(0.0, 1.0);
            }
        }
    }
    shares
}

/// Area of a convex polygon inside the disk of radius r about y: for each side the triangle with y,
/// cut by the circle.
fn in_disk(polygon: &[Point], y: Point, r: f64) -> f64 {
    let cross = |a: Point, b: Point| a[0] * b[1] - a[1] * b[0];
    let dot = |a: Point, b: Point| a[0] * b[0] + a[1] * b[1];
    let sector = |a: Point, b: Point| 0.5 * r * r * libm::atan2(cross(a, b), dot(a, b));
    let mut sum = 0.0;
    for k in 0..polygon.len() {
        let (p, q) = (polygon[k], polygon[(k + 1) % polygon.len()]);
        let (a, b) = ([p[0] - y[0], p[1] - y[1]], [q[0] - y[0], q[1] - y[1]]);
        let d = [b[0] - a[0], b[1] - a[1]];
        let (square, half, rest) = (dot(d, d), dot(a, d), dot(a, a) - r * r);
        let inside = half * half - square * rest;
        if !(inside > 0.0) || !(square > 0.0) {
            sum += sector(a, b);
            continue;
        }
        let root = inside.sqrt();
        let enters = ((-half - root) / square).clamp(0.0, 1.0);
        let leaves = ((-half + root) / square).clamp(0.0, 1.0);
        let at = |t: f64| [a[0] + t * d[0], a[1] + t * d[1]];
        let (from, to) = (at(enters), at(leaves));
        sum += sector(a, from) + 0.5 * cross(from, to) + sector(to, b);
    }
    sum
}
