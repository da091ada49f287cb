//! A mesh of the source that follows the optimal map and opens along its singular set.
//!
//! The transport map of a semi-discrete problem is constant on cells, so that a picture carried by it
//! would fall into points. The mesh carries a continuous one beside it, an extended map in the sense of
//! the paper (Lei et al. 2020, section 4.3) but on all of Ω: each cell is cut into triangles from its
//! centroid, which goes to the site; a corner goes to the mean of the sites whose cells meet there.
//! Cells across a singular facet count as apart: where one ends at a corner, the corner has a vertex
//! for each group of cells that hang together around it, and their images differ. So at t = 0 the mesh
//! is exactly Ω, on the way it is continuous except across singular facets, and there it opens.

use geometry::Point;
use std::collections::HashSet;
use transport::Plan;
use transport::singular::SingularSet;

/// Triangles of Ω, and where their vertices go. V vertices, T triangles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Vertices at t = 0; the first N are the cells' centroids in the order of the sites.
    pub vertices: Vec<Point>,
    /// Vertices at t = 1.
    pub images: Vec<Point>,
    /// The site whose cell a vertex belongs to, of several the first.
    pub sites: Vec<u32>,
    /// Whether a vertex lies on the boundary of Ω or at a singular facet, and is no end of a slit.
    pub rim: Vec<bool>,
    /// Triangles, counter-clockwise at t = 0.
    pub triangles: Vec<[u32; 3]>,
}

/// Corners nearer than this share of Ω's extent are one.
const SAME: f64 = 1e-7;

impl Mesh {
    /// The mesh of a plan, slit along its singular facets.
    pub fn new(plan: &Plan, set: &SingularSet) -> Self {
        let n = plan.sites.len();
        let extent = |k: usize| {
            let along = plan.cells.vertices.iter().map(|x| x[k]);
            along.clone().fold(f64::NEG_INFINITY, f64::max) - along.fold(f64::INFINITY, f64::min)
        };
        let same = SAME * extent(0).max(extent(1));
        let joined: HashSet<(u32, u32)> = plan
            .facets
            .iter()
            .zip(&set.singular)
            .filter(|(_, singular)| !**singular)
            .map(|(f, _)| (f.i, f.j))
            .collect();
        let middle = |i: usize| {
            let (c, y) = (plan.centroids[i], plan.sites[i]);
            if c[0].is_nan() { y } else { c }
        };
        let mut mesh = Self {
            vertices: (0..n).map(middle).collect(),
            images: plan.sites.clone(),
            sites: (0..n as u32).collect(),
            rim: vec![false; n],
            triangles: Vec::new(),
        };
        let owner: Vec<u32> =
            (0..n).flat_map(|i| std::iter::repeat_n(i as u32, plan.cells.cell(i).len())).collect();
        // For each corner of a cell its vertex.
        let mut vertex = vec![0_u32; owner.len()];
        for cluster in clusters(&plan.cells.vertices, same) {
            let x = plan.cells.vertices[cluster[0] as usize];
            let cells: Vec<u32> = cluster.iter().map(|c| owner[*c as usize]).collect();
            // Inside Ω three cells meet at least.
            let border = cells.iter().collect::<HashSet<_>>().len() < 3;
            let groups = groups(&cells, &joined);
            let most = groups.iter().copied().max().unwrap_or(0);
            for group in 0..=most {
                let mut members: Vec<u32> = cells
                    .iter()
                    .zip(&groups)
                    .filter(|(_, g)| **g == group)
                    .map(|(c, _)| *c)
                    .collect();
                members.sort_unstable();
                members.dedup();
                let of = members.len() as f64;
                let sum = members.iter().map(|i| plan.sites[*i as usize]);
                let sum = sum.fold([0.0; 2], |s, y| [s[0] + y[0], s[1] + y[1]]);
                for (corner, _) in cluster.iter().zip(&groups).filter(|(_, g)| **g == group) {
                    vertex[*corner as usize] = mesh.vertices.len() as u32;
                }
                mesh.vertices.push(x);
                mesh.images.push(sum.map(|s| s / of));
                mesh.sites.push(members[0]);
                mesh.rim.push(border || most > 0);
            }
        }
        for i in 0..n {
            let range = plan.cells.offsets[i] as usize..plan.cells.offsets[i + 1] as usize;
            let corners = &vertex[range];
            for k in 0..corners.len() {
                let (a, b) = (corners[k], corners[(k + 1) % corners.len()]);
                if mesh.vertices[a as usize] != mesh.vertices[b as usize] {
                    mesh.triangles.push([i as u32, a, b]);
                }
            }
        }
        mesh
    }
}

/// Points that are one, up to `same`, as lists of indices.
fn clusters(points: &[Point], same: f64) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..points.len() as u32).collect();
    let at = |i: u32| points[i as usize];
    order.sort_unstable_by(|a, b| at(*a)[0].total_cmp(&at(*b)[0]).then(a.cmp(b)));
    let mut clusters: Vec<Vec<u32>> = Vec::new();
    // Clusters whose first point may still be near, by the sweep over x.
    let mut open: Vec<usize> = Vec::new();
    for i in order {
        let p = at(i);
        open.retain(|c| p[0] - at(clusters[*c][0])[0] <= same);
        let near = open.iter().find(|c| (p[1] - at(clusters[**c][0])[1]).abs() <= same);
        match near {
            Some(&c) => clusters[c].push(i),
            None => {
                open.push(clusters.len());
                clusters.push(vec![i]);
            }
        }
    }
    clusters
}

/// For each cell around a corner its group: cells that hang together by facets of the corner.
fn groups(cells: &[u32], joined: &HashSet<(u32, u32)>) -> Vec<usize> {
    let mut group: Vec<usize> = (0..cells.len()).collect();
    for a in 0..cells.len() {
        for b in 0..a {
            let pair = (cells[a].min(cells[b]), cells[a].max(cells[b]));
            if group[a] != group[b] && (pair.0 == pair.1 || joined.contains(&pair)) {
                let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    // Numbered from 0 on.
    let mut names: Vec<usize> = group.clone();
    names.sort_unstable();
    names.dedup();
    group.iter().map(|g| names.partition_point(|name| name < g)).collect()
}
