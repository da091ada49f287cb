//! The weighted Delaunay triangulation: the lower convex hull of the points (yᵢ, −hᵢ), projected.

use crate::error::SiteError;
use crate::mesh::{Mesh, previous};
use crate::predicates::{below, orient2d};
use crate::{MAX_COORDINATE, NONE, Point, insertion_order};

/// What [`WeightedDelaunay::update`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// The triangulation is that of the new heights and every site is a vertex of it.
    Full,
    /// This site's plane is nowhere strictly on top (there may be more such sites). After an
    /// update, the triangulation is unfinished: update it again before reading it.
    Hidden(u32),
}

/// The weighted Delaunay (regular) triangulation of sites with heights.
///
/// Its vertices are the sites whose plane ⟨x, yᵢ⟩ + hᵢ is strictly on top somewhere; the others
/// are hidden. Built by incremental insertion in a biased randomised Hilbert order with flips
/// (Edelsbrunner and Shah, Algorithmica 15, 1996), expected O(N log N). Where four or more lifted
/// points are coplanar one of the possible triangulations is chosen, the same every time.
#[derive(Clone, Debug)]
pub struct WeightedDelaunay {
    pub(crate) sites: Vec<Point>,
    /// −hᵢ, the third coordinate of the lifted points.
    pub(crate) lift: Vec<f64>,
    pub(crate) mesh: Mesh,
    pub(crate) hidden: Vec<bool>,
    /// When all sites are on one line there is no triangle: the vertices in order along it.
    pub(crate) line: Option<Vec<u32>>,
    /// Half-edges whose legality is to be looked at. Empty between calls.
    pub(crate) stack: Vec<u32>,
    /// A half-edge near the last change, where the next search starts.
    pub(crate) hint: u32,
}

impl WeightedDelaunay {
    /// Triangulates `sites`, in the plane, with `heights`, one each. Of several sites at one place
    /// the highest hides the others.
    ///
    /// # Errors
    /// [`SiteError`] for no sites, unequal lengths, numbers that are not finite or beyond
    /// [`MAX_COORDINATE`] (heights: its square).
    pub fn new(sites: &[Point], heights: &[f64]) -> Result<Self, SiteError> {
        if sites.is_empty() {
            return Err(SiteError::Empty);
        }
        if sites.len() >= 1 << 26 {
            return Err(SiteError::TooMany);
        }
        if sites.len() != heights.len() {
            return Err(SiteError::LengthMismatch { sites: sites.len(), heights: heights.len() });
        }
        for (index, site) in sites.iter().enumerate() {
            if !site.iter().all(|c| c.is_finite()) || !heights[index].is_finite() {
                return Err(SiteError::NotFinite { index });
            }
            if site.iter().any(|c| c.abs() > MAX_COORDINATE)
                || heights[index].abs() > MAX_COORDINATE * MAX_COORDINATE
            {
                return Err(SiteError::TooLarge { index });
            }
        }
        let mut this = Self {
            sites: sites.to_vec(),
            lift: heights.iter().map(|h| -h).collect(),
            mesh: Mesh::default(),
            hidden: Vec::new(),
            line: None,
            stack: Vec::new(),
            hint: NONE,
        };
        this.rebuild();
        Ok(this)
    }

    /// Moves to other heights for the same sites. Flips the present triangulation where that
    /// suffices, which for a small change costs a few comparisons a site, and else builds anew.
    /// Stops early at the first hidden site it meets, since a solver then rejects the heights.
    ///
    /// # Panics
    /// If `heights` has another length. Heights must be finite.
    pub fn update(&mut self, heights: &[f64]) -> Update {
        assert_eq!(heights.len(), self.lift.len(), "one height for each site");
        for (z, h) in self.lift.iter_mut().zip(heights) {
            *z = -h;
        }
        let was_full = self.line.is_none() && !self.hidden.contains(&true);
        if was_full && let Some(update) = self.reflip() {
            return update;
        }
        self.rebuild();
        self.first_hidden().map_or(Update::Full, Update::Hidden)
    }

    /// The first hidden site, if any.
    pub fn first_hidden(&self) -> Option<u32> {
        self.hidden.iter().position(|&h| h).map(|i| i as u32)
    }

    /// Whether the plane of site `i` is nowhere strictly on top.
    pub fn is_hidden(&self, i: u32) -> bool {
        self.hidden[i as usize]
    }

    /// The sites, in the order given.
    pub fn sites(&self) -> &[Point] {
        &self.sites
    }

    /// The triangles, each counter-clockwise, as indices of sites. None if all sites are on one
    /// line.
    pub fn triangles(&self) -> impl Iterator<Item = [u32; 3]> + '_ {
        let infinite = self.infinite();
        self.mesh
            .origin
            .chunks_exact(3)
            .filter(move |t| t[0] != NONE && !t.contains(&infinite))
            .map(|t| [t[0], t[1], t[2]])
    }

    #[inline]
    pub(crate) fn infinite(&self) -> u32 {
        self.sites.len() as u32
    }

    #[inline]
    pub(crate) fn lifted(&self, i: u32) -> [f64; 3] {
        let p = self.sites[i as usize];
        [p[0], p[1], self.lift[i as usize]]
    }

    fn rebuild(&mut self) {
        let n = self.sites.len();
        self.mesh = Mesh::new(n + 1);
        self.hidden = vec![false; n];
        self.line = None;
        self.stack.clear();
        self.hint = NONE;
        let order = insertion_order(&self.sites);
        match self.first_triangle(&order) {
            Some(start) => {
                for &i in &order {
                    if !start.contains(&i) {
                        self.insert(i);
                    }
                }
            }
            None => self.build_line(),
        }
    }

    /// Starts the mesh with three sites that are not on one line.
    fn first_triangle(&mut self, order: &[u32]) -> Option<[u32; 3]> {
        let a = order[0];
        let pa = self.sites[a as usize];
        let b = *order.iter().find(|&&b| self.sites[b as usize] != pa)?;
        let pb = self.sites[b as usize];
        let c = *order.iter().find(|&&c| orient2d(pa, pb, self.sites[c as usize]) != 0.0)?;
        let (b, c) = if orient2d(pa, pb, self.sites[c as usize]) > 0.0 { (b, c) } else { (c, b) };
        let g = self.infinite();
        let t = self.mesh.add(a, b, c);
        let ghosts = [self.mesh.add(b, a, g), self.mesh.add(c, b, g), self.mesh.add(a, c, g)];
        for k in 0..3 {
            self.mesh.link(t + k, ghosts[k as usize]);
            // Ghost (b, a, ∞): its edge a → ∞ is the twin of ∞ → a in ghost (a, c, ∞).
            self.mesh.link(ghosts[k as usize] + 1, ghosts[((k + 2) % 3) as usize] + 2);
        }
        Some([a, b, c])
    }

    /// All sites on one line: the lower hull of (position, −h) in the plane, by a monotone chain.
    fn build_line(&mut self) {
        let n = self.sites.len() as u32;
        let (mut lo, mut hi) = (self.sites[0], self.sites[0]);
        for p in &self.sites {
            for k in 0..2 {
                lo[k] = lo[k].min(p[k]);
                hi[k] = hi[k].max(p[k]);
            }
        }
        let axis = if hi[0] - lo[0] >= hi[1] - lo[1] { 0 } else { 1 };
        let at = |i: u32| [self.sites[i as usize][axis], self.lift[i as usize]];
        let mut sorted: Vec<u32> = (0..n).collect();
        sorted.sort_by(|&i, &j| {
            at(i)[0].total_cmp(&at(j)[0]).then(at(i)[1].total_cmp(&at(j)[1])).then(i.cmp(&j))
        });
        let mut chain: Vec<u32> = Vec::with_capacity(sorted.len());
        for i in sorted {
            if chain.last().is_some_and(|&last| at(last)[0] == at(i)[0]) {
                continue;
            }
            while let [.., a, b] = chain[..]
                && orient2d(at(a), at(b), at(i)) <= 0.0
            {
                chain.pop();
            }
            chain.push(i);
        }
        self.hidden = vec![true; n as usize];
        for &i in &chain {
            self.hidden[i as usize] = false;
        }
        self.line = Some(chain);
    }

    /// Checks every structural invariant: twins, orientation, convexity of the hull, local
    /// regularity of each edge, and that each hidden site lies on or above the hull.
    ///
    /// # Panics
    /// With what is broken. For tests; costs O(N · hidden) time.
    pub fn sanity_check(&self) {
        if let Some(line) = &self.line {
            assert_eq!(self.mesh.len(), 0);
            assert_eq!(line.len(), self.hidden.iter().filter(|&&h| !h).count());
            return;
        }
        let g = self.infinite();
        let mesh = &self.mesh;
        for h in (0..mesh.len()).filter(|&h| mesh.alive(h)) {
            let t = mesh.twin(h);
            assert!(mesh.alive(t) && mesh.twin(t) == h, "twins of half-edge {h}");
            assert!(mesh.from(h) == mesh.to(t) && mesh.to(h) == mesh.from(t), "ends of {h}");
            assert!(!self.is_illegal(h), "edge {} {} is not regular", mesh.from(h), mesh.to(h));
        }
        for [a, b, c] in self.triangles() {
            let turn =
                orient2d(self.sites[a as usize], self.sites[b as usize], self.sites[c as usize]);
            assert!(turn > 0.0, "triangle {a} {b} {c} is not counter-clockwise");
        }
        for v in 0..self.sites.len() as u32 {
            if self.hidden[v as usize] {
                assert_eq!(mesh.leaving[v as usize], NONE);
                self.check_hidden(v);
            } else {
                assert_eq!(mesh.from(mesh.leaving[v as usize]), v);
                let ghosts = {
                    let (mut count, start) = (0, mesh.leaving[v as usize]);
                    let mut h = start;
                    loop {
                        count += usize::from(mesh.from(previous(h)) == g);
                        h = mesh.around(h);
                        if h == start {
                            break count;
                        }
                    }
                };
                assert!(ghosts <= 1, "vertex {v} is twice on the hull");
            }
        }
    }

    fn check_hidden(&self, v: u32) {
        for [a, b, c] in self.triangles() {
            let [pa, pb, pc, p] = [a, b, c, v].map(|i| self.sites[i as usize]);
            let inside = orient2d(pa, pb, p) >= 0.0
                && orient2d(pb, pc, p) >= 0.0
                && orient2d(pc, pa, p) >= 0.0;
            if inside {
                let [a, b, c, d] = [a, b, c, v].map(|i| self.lifted(i));
                assert!(below(a, b, c, d) <= 0.0, "hidden site {v} is below the hull");
                return;
            }
        }
        unreachable!("hidden site {v} is in no triangle");
    }
}
