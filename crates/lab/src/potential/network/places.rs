//! The modes of a solved scene and where in the plane they are.

use super::square;
use geometry::Point;
use std::collections::HashSet;
use std::f64::consts::TAU;
use transport::Plan;
use transport::singular::{Measure, singular_set};

/// Sides of what stands for a disc; the disc is inside.
const SIDES: usize = 12;

/// What a place reaches, in median jumps, where no facet is singular, and where singular is an angle.
const ALONE: f64 = 0.25;
const ANGLE: f64 = 1.5;

/// The modes and their places. A mode is a group of sites joined by facets that are not singular. Its
/// place is what the extended map can reach of it: the triangles of the weighted Delaunay
/// triangulation whose three sides are such facets, the sides that belong to no such triangle, and
/// sites that stand alone, all of it grown by half the jump beyond which a facet is singular, so that
/// places a singular jump apart do not meet; where that is an angle, by 1.5 median jumps. A place need
/// not be convex: a spiral's arms stay apart.
///
/// Where no facet is singular there are no modes to tell apart. Each site then counts as one, and its
/// place is a disc of a quarter of the median jump, so that discs of neighbours seldom meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// Convex polygons, counter-clockwise, that overlap and together are the places.
    pub polygons: Vec<Vec<Point>>,
    /// Modes.
    pub modes: usize,
    /// Whether each site counts as a mode.
    pub alone: bool,
    /// By how much sites, sides and triangles are grown.
    pub reach: f64,
}

impl Places {
    /// Of a plan whose singular facets are those of `measure`. A site without a neighbour reaches
    /// `unit` around itself.
    pub fn new(plan: &Plan, measure: Measure, unit: f64) -> Self {
        let median = singular_set(plan, Measure::Jump { kappa: 1.0 }).median;
        let set = singular_set(plan, measure);
        let alone = !set.singular.contains(&true);
        let pairs = plan.facets.iter().zip(&set.singular);
        let joined: HashSet<(u32, u32)> = pairs
            .filter(|(_, singular)| !**singular && !alone)
            .map(|(f, _)| key(f.i, f.j))
            .collect();
        let standing: Vec<u32> =
            (0..plan.sites.len() as u32).filter(|i| plan.masses[*i as usize] > 0.0).collect();
        let reach = match measure {
            _ if alone => ALONE * median,
            Measure::Jump { kappa } => 0.5 * kappa * median,
            Measure::Angle { .. } => ANGLE * median,
        };
        let reach = if reach > 0.0 { reach } else { unit };
        let site = |i: &u32| plan.sites[*i as usize];
        let grow = |of: &[u32]| grown(&of.iter().map(site).collect::<Vec<Point>>(), reach);
        let sides = |t: &[u32; 3]| [key(t[0], t[1]), key(t[1], t[2]), key(t[2], t[0])];
        let (mut polygons, mut covered) = (Vec::new(), HashSet::new());
        let mut lonely: HashSet<u32> = standing.iter().copied().collect();
        for triangle in &plan.triangles {
            if sides(triangle).iter().all(|side| joined.contains(side)) {
                covered.extend(sides(triangle));
                polygons.push(grow(triangle));
            }
        }
        let mut bare: Vec<(u32, u32)> = joined.difference(&covered).copied().collect();
        bare.sort_unstable();
        polygons.extend(bare.iter().map(|(i, j)| grow(&[*i, *j])));
        for (i, j) in &joined {
            lonely.remove(i);
            lonely.remove(j);
        }
        polygons.extend(standing.iter().filter(|i| lonely.contains(i)).map(|i| grow(&[*i])));
        // The largest first: they take away most.
        polygons.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Self { polygons, modes: groups(&standing, &joined), alone, reach }
    }

    /// Whether a point lies in a place.
    pub fn hold(&self, p: Point) -> bool {
        let left = |(a, b): (&Point, &Point)| {
            (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) >= 0.0
        };
        let inside = |place: &Vec<Point>| place.iter().zip(place.iter().cycle().skip(1)).all(left);
        self.polygons.iter().any(inside)
    }
}

fn key(i: u32, j: u32) -> (u32, u32) {
    (i.min(j), i.max(j))
}

/// The groups into which pairs join these sites.
fn groups(sites: &[u32], pairs: &HashSet<(u32, u32)>) -> usize {
    let most = sites.iter().max().map_or(0, |i| *i as usize + 1);
    let mut parent: Vec<usize> = (0..most).collect();
    let mut count = sites.len();
    for (i, j) in pairs {
        let (a, b) = (root(&mut parent, *i as usize), root(&mut parent, *j as usize));
        if a != b {
            parent[a] = b;
            count -= 1;
        }
    }
    count
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// The convex hull of points, grown by a regular polygon about a disc of radius `reach`.
fn grown(points: &[Point], reach: f64) -> Vec<Point> {
    let r = reach / libm::cos(0.5 * TAU / SIDES as f64);
    let corner = |k: usize| {
        let angle = TAU * (k as f64 + 0.5) / SIDES as f64;
        [r * libm::cos(angle), r * libm::sin(angle)]
    };
    let around = |p: &Point| (0..SIDES).map(corner).map(|d| [p[0] + d[0], p[1] + d[1]]).collect();
    hull(points.iter().flat_map(|p| -> Vec<Point> { around(p) }).collect())
}

/// The convex hull, counter-clockwise: Andrew's chains.
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|p, q| p[0].total_cmp(&q[0]).then(p[1].total_cmp(&q[1])));
    let turn = |a: Point, b: Point, c: Point| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    };
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for p in points {
            while chain.len() > 1 && turn(chain[chain.len() - 2], chain[chain.len() - 1], p) <= 0.0
            {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut lower = chain(&mut points.iter().copied());
    lower.extend(chain(&mut points.iter().rev().copied()));
    lower
}

/// The squared length of the longest side: enough to order by.
fn size(polygon: &[Point]) -> f64 {
    let sides = polygon.iter().zip(polygon.iter().cycle().skip(1));
    sides.map(|(a, b)| square(*a, *b)).fold(0.0, f64::max)
}
