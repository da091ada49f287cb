//! The answer: heights, cells, facets, and their certificate.

use std::fmt;

use geometry::{
    ConvexPolygon, NONE, Point, PolygonError, PowerDiagram, SiteError, WeightedDelaunay,
};

use crate::frame::Frame;
use crate::newton::{hessian_edges, precision_limit, residual};
use crate::report::{Report, Stopped};
use crate::{Source, Target};

/// Convex polygons, one a site, counter-clockwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    /// Vertices of all cells, one cell after the other.
    pub vertices: Vec<Point>,
    /// Cell i has the vertices `offsets[i]..offsets[i + 1]`.
    pub offsets: Vec<u32>,
}

impl Cells {
    /// Vertices of cell `i`; none for a merged site.
    pub fn cell(&self, i: usize) -> &[Point] {
        &self.vertices[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }
}

/// A side shared by two cells, inside the domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facet {
    /// The site whose cell is to the left of a → b; less than `j`.
    pub i: u32,
    /// The site whose cell is to the right.
    pub j: u32,
    /// One end.
    pub a: Point,
    /// The other end.
    pub b: Point,
}

impl Facet {
    /// Length, positive.
    pub fn length(&self) -> f64 {
        (self.b[0] - self.a[0]).hypot(self.b[1] - self.a[1])
    }
}

/// Heights, the cells they give, and a certificate. Every array has the input's order and length;
/// for a site merged into an earlier one the mass is 0, the height the same, the cell empty.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The sites yᵢ.
    pub sites: Vec<Point>,
    /// The target masses νᵢ, normalised.
    pub masses: Vec<f64>,
    /// hᵢ with Σ hᵢ = 0.
    pub heights: Vec<f64>,
    /// wᵢ = μ(Wᵢ).
    pub cell_masses: Vec<f64>,
    /// Centres of mass of the cells; not a number for a site without a cell.
    pub centroids: Vec<Point>,
    /// The cells Wᵢ.
    pub cells: Cells,
    /// Pairs of cells that meet in a segment of positive length inside the domain.
    pub facets: Vec<Facet>,
    /// The weighted Delaunay triangulation, counter-clockwise in the sites, hull included.
    pub triangles: Vec<[u32; 3]>,
    /// The certificate.
    pub report: Report,
}

/// Why heights do not make a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// The domain is degenerate at the resolution of `f64`.
    Domain(PolygonError),
    /// Heights differ in number from the sites.
    HeightsLength {
        /// Number of heights.
        heights: usize,
        /// Number of sites.
        sites: usize,
    },
    /// A height that is not finite, or too large.
    Height {
        /// Index of the site.
        index: usize,
    },
}

impl PlanError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Domain(e) => e.code(),
            Self::HeightsLength { .. } => "heights-length",
            Self::Height { .. } => "bad-height",
        }
    }

    /// Index of the vertex or site that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::Domain(e) => e.index(),
            Self::HeightsLength { .. } => None,
            Self::Height { index } => Some(index),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Domain(e) => e.fmt(f),
            Self::HeightsLength { heights, sites } => {
                write!(f, "{heights} heights but {sites} sites; give one height for each site")
            }
            Self::Height { index } => {
                write!(f, "the height of site {index} is not a finite number of usable size")
            }
        }
    }
}

impl std::error::Error for PlanError {}

impl From<PolygonError> for PlanError {
    fn from(e: PolygonError) -> Self {
        Self::Domain(e)
    }
}

impl From<SiteError> for PlanError {
    fn from(e: SiteError) -> Self {
        // The target has validated the sites: only heights can be at fault.
        match e {
            SiteError::NotFinite { index } | SiteError::TooLarge { index } => {
                Self::Height { index }
            }
            SiteError::LengthMismatch { sites, heights } => Self::HeightsLength { heights, sites },
            SiteError::Empty | SiteError::TooMany => Self::HeightsLength { heights: 0, sites: 0 },
        }
    }
}

pub(crate) fn check_heights(target: &Target, heights: &[f64]) -> Result<(), PlanError> {
    if heights.len() != target.len() {
        return Err(PlanError::HeightsLength { heights: heights.len(), sites: target.len() });
    }
    match heights.iter().position(|h| !h.is_finite()) {
        Some(index) => Err(PlanError::Height { index }),
        None => Ok(()),
    }
}

/// What a solver hands over, in the frame's coordinates and order.
pub(crate) struct Solved<'a> {
    pub method: &'static str,
    pub delaunay: &'a WeightedDelaunay,
    pub diagram: &'a PowerDiagram,
    pub heights: &'a [f64],
    pub history: Vec<f64>,
    pub evaluations: usize,
    pub stopped: Stopped,
    pub precision_limit: f64,
}

impl Plan {
    /// The cells and the certificate of given heights, in the target's order, without solving.
    ///
    /// # Errors
    /// [`PlanError`] for heights of another length, or not finite.
    pub fn from_heights(
        source: impl Into<Source>,
        target: &Target,
        heights: &[f64],
    ) -> Result<Self, PlanError> {
        check_heights(target, heights)?;
        let source = source.into();
        let frame = Frame::new(&source, target)?;
        let local = frame.local_heights(target, heights);
        let delaunay = WeightedDelaunay::new(&frame.sites, &local)?;
        let diagram = PowerDiagram::new(&delaunay, frame.domain());
        let mut masses = Vec::new();
        frame.cell_masses(&diagram, &mut masses);
        let mut edges = Vec::new();
        hessian_edges(&diagram, &frame, &mut edges);
        let solved = Solved {
            method: "given",
            delaunay: &delaunay,
            diagram: &diagram,
            heights: &local,
            history: vec![residual(&masses, &frame.masses)],
            evaluations: 1,
            stopped: Stopped::Given,
            precision_limit: precision_limit(&edges, &local, &frame.masses),
        };
        Ok(Self::assemble(source.domain(), target, &frame, solved))
    }

    /// Heights from which to solve for `sites` that are this plan's, some of them moved: each
    /// plane keeps its value at its cell's centroid, so that the cells barely move. `None` if the
    /// number of sites differs.
    pub fn heights_for(&self, sites: &[Point]) -> Option<Vec<f64>> {
        (sites.len() == self.sites.len()).then(|| {
            (0..sites.len())
                .map(|i| {
                    let (c, y, z) = (self.centroids[i], self.sites[i], sites[i]);
                    let shift = c[0] * (y[0] - z[0]) + c[1] * (y[1] - z[1]);
                    self.heights[i] + if shift.is_finite() { shift } else { 0.0 }
                })
                .collect()
        })
    }

    /// The Brenier potential of these heights, for evaluation.
    pub fn potential(&self) -> Potential<'_> {
        Potential::new(self)
    }

    pub(crate) fn assemble(
        domain: &ConvexPolygon,
        target: &Target,
        frame: &Frame,
        solved: Solved<'_>,
    ) -> Self {
        let n = target.len();
        let diagram = solved.diagram;
        let places = frame.places(target);
        let heights = frame.heights(target, solved.heights);
        let mut local_masses = Vec::new();
        frame.cell_masses(diagram, &mut local_masses);
        let mut plan = Self {
            sites: target.sites().to_vec(),
            masses: target.masses().to_vec(),
            heights,
            cell_masses: vec![0.0; n],
            centroids: vec![[f64::NAN; 2]; n],
            cells: Cells { vertices: Vec::new(), offsets: Vec::with_capacity(n + 1) },
            facets: Vec::with_capacity(3 * n),
            triangles: solved
                .delaunay
                .triangles()
                .map(|t| t.map(|k| frame.order[k as usize]))
                .collect(),
            report: Report {
                method: solved.method,
                iterations: solved.history.len() - 1,
                evaluations: solved.evaluations,
                residual: residual(&local_masses, &frame.masses),
                residual_history: solved.history,
                smallest_cell: f64::INFINITY,
                energy: 0.0,
                w2_primal: 0.0,
                w2_dual: 0.0,
                w2_upper: 0.0,
                duality_gap: 0.0,
                stopped: solved.stopped,
                merged: target.merged().to_vec(),
                precision_limit: solved.precision_limit,
            },
        };
        plan.cells.offsets.push(0);
        // Second moments about the centroid, of the unit of mass in each cell.
        let mut spreads = vec![0.0; n];
        for i in 0..n {
            if places[i] != NONE {
                let k = places[i] as usize;
                let cell = diagram.cell(k).iter().map(|&p| frame.source_point(p));
                plan.cells.vertices.extend(cell);
                plan.cell_masses[i] = local_masses[k];
                let moments = frame.cell_moments(diagram, k);
                // A sliver may have a mass and yet no moments: its centroid is then one of its corners.
                if local_masses[k] > 0.0 {
                    plan.centroids[i] = frame.source_point(moments.centroid);
                }
                if moments.area > 0.0 {
                    spreads[i] = moments.inertia / moments.area * frame.length().powi(2);
                }
            }
            plan.cells.offsets.push(plan.cells.vertices.len() as u32);
        }
        diagram.facets(|k, l, a, b| {
            let (i, j) = (frame.order[k as usize], frame.order[l as usize]);
            let (a, b) = (frame.source_point(a), frame.source_point(b));
            if a != b {
                plan.facets.push(if i < j {
                    Facet { i, j, a, b }
                } else {
                    Facet { i: j, j: i, a: b, b: a }
                });
            }
        });
        plan.certify(domain, target, &spreads);
        plan
    }

    /// Energy and bounds of W₂².
    fn certify(&mut self, domain: &ConvexPolygon, target: &Target, spreads: &[f64]) {
        let bounds = domain.bounds();
        // Any origin gives the same ψ up to a constant; this one keeps the numbers small.
        let o = [0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3])];
        let (mut primal, mut slack, mut variation, mut energy) = (0.0, 0.0, 0.0, 0.0);
        let mut smallest = f64::INFINITY;
        for i in 0..self.sites.len() {
            let (w, v) = (self.cell_masses[i], self.masses[i]);
            let (c, y, h) = (self.centroids[i], self.sites[i], self.heights[i]);
            energy -= v * h;
            if v > 0.0 {
                smallest = smallest.min(w / v);
            }
            variation += 0.5 * (w - v).abs();
            let d = [y[0] - o[0], y[1] - o[1]];
            let weight = d[0] * d[0] + d[1] * d[1] + 2.0 * (h + o[0] * y[0] + o[1] * y[1]);
            slack += (v - w) * weight;
            if w > 0.0 {
                let e = [c[0] - y[0], c[1] - y[1]];
                primal += w * (spreads[i] + e[0] * e[0] + e[1] * e[1]);
                energy += w * (c[0] * y[0] + c[1] * y[1] + h);
            }
        }
        let stray = target.diameter() * variation.sqrt();
        let report = &mut self.report;
        report.smallest_cell = smallest;
        report.energy = energy;
        report.w2_primal = primal;
        report.w2_dual = primal + slack;
        report.w2_upper = (primal.sqrt() + stray).powi(2);
        report.duality_gap = (2.0 * primal.sqrt() + stray) * stray - slack;
    }
}

/// Which planes meet which: the graph along whose edges a point's plane is found by ascent.
pub(crate) struct Neighbours {
    starts: Vec<u32>,
    others: Vec<u32>,
}

impl Neighbours {
    /// Of `n` planes: those that share a facet or a triangle.
    pub(crate) fn new(
        n: usize,
        facets: impl Iterator<Item = (u32, u32)>,
        triangles: impl Iterator<Item = [u32; 3]>,
    ) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(12 * n);
        for (i, j) in facets {
            pairs.extend([(i, j), (j, i)]);
        }
        for [a, b, c] in triangles {
            pairs.extend([(a, b), (b, a), (b, c), (c, b), (c, a), (a, c)]);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0u32; n + 1];
        for &(i, _) in &pairs {
            starts[i as usize + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        Self { starts, others: pairs.into_iter().map(|p| p.1).collect() }
    }

    /// Whether plane `i` exists and meets another.
    fn knows(&self, i: u32) -> bool {
        (i as usize) + 1 < self.starts.len()
            && self.starts[i as usize] != self.starts[i as usize + 1]
    }

    /// The plane that is highest where `plane` gives the planes' heights, from plane `i` on.
    #[inline]
    pub(crate) fn ascend(&self, mut i: u32, plane: impl Fn(u32) -> f64) -> u32 {
        let mut best = plane(i);
        loop {
            let row = self.starts[i as usize] as usize..self.starts[i as usize + 1] as usize;
            let here = i;
            for &j in &self.others[row] {
                let value = plane(j);
                if value > best {
                    (best, i) = (value, j);
                }
            }
            if i == here {
                return i;
            }
        }
    }
}

/// u(x) = maxᵢ ⟨x, yᵢ⟩ + hᵢ, and the cell that holds x.
pub struct Potential<'a> {
    plan: &'a Plan,
    neighbours: Neighbours,
    first: u32,
}

impl<'a> Potential<'a> {
    fn new(plan: &'a Plan) -> Self {
        let n = plan.sites.len();
        let facets = plan.facets.iter().map(|f| (f.i, f.j));
        let neighbours = Neighbours::new(n, facets, plan.triangles.iter().copied());
        let first = (0..n).find(|&i| plan.cell_masses[i] > 0.0).unwrap_or(0) as u32;
        Self { plan, neighbours, first }
    }

    #[inline]
    fn plane(&self, i: u32, x: Point) -> f64 {
        let y = self.plan.sites[i as usize];
        x[0] * y[0] + x[1] * y[1] + self.plan.heights[i as usize]
    }

    /// u(x).
    pub fn value(&self, x: Point) -> f64 {
        self.plane(self.cell_of(x, self.first), x)
    }

    /// ∇u(x): the site of the cell that holds x.
    pub fn gradient(&self, x: Point) -> Point {
        self.plan.sites[self.cell_of(x, self.first) as usize]
    }

    /// The cell that holds x, by ascent over neighbouring planes from the site `hint`, which is
    /// quick when the hint is near. On a facet either neighbour may be returned.
    pub fn cell_of(&self, x: Point, hint: u32) -> u32 {
        let from = if self.neighbours.knows(hint) { hint } else { self.first };
        self.neighbours.ascend(from, |i| self.plane(i, x))
    }
}
