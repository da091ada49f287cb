//! A triangulation of the sphere by half-edges: the plane's triangles and, beyond the hull, ghost
//! triangles that share one vertex at infinity, so that every half-edge has a twin.

use crate::NONE;

/// Half-edge `h` belongs to triangle `h / 3`, starts at `origin[h]`, and goes to the origin of the
/// next half-edge of its triangle, counter-clockwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mesh {
    pub(crate) origin: Vec<u32>,
    pub(crate) twin: Vec<u32>,
    /// For each vertex one half-edge that starts there; [`NONE`] for vertices not in the mesh.
    pub(crate) leaving: Vec<u32>,
    free: Vec<u32>,
}

#[inline]
pub(crate) fn next(h: u32) -> u32 {
    if h % 3 == 2 { h - 2 } else { h + 1 }
}

#[inline]
pub(crate) fn previous(h: u32) -> u32 {
    if h.is_multiple_of(3) { h + 2 } else { h - 1 }
}

impl Mesh {
    /// A mesh without triangles for vertices `0..vertices`.
    pub(crate) fn new(vertices: usize) -> Self {
        Self {
            origin: Vec::with_capacity(6 * vertices),
            twin: Vec::with_capacity(6 * vertices),
            leaving: vec![NONE; vertices],
            free: Vec::new(),
        }
    }

    #[inline]
    pub(crate) fn from(&self, h: u32) -> u32 {
        self.origin[h as usize]
    }

    #[inline]
    pub(crate) fn to(&self, h: u32) -> u32 {
        self.origin[next(h) as usize]
    }

    /// The third vertex of the half-edge's triangle.
    #[inline]
    pub(crate) fn apex(&self, h: u32) -> u32 {
        self.origin[previous(h) as usize]
    }

    #[inline]
    pub(crate) fn twin(&self, h: u32) -> u32 {
        self.twin[h as usize]
    }

    /// Whether the triangle of half-edge `h` exists.
    #[inline]
    pub(crate) fn alive(&self, h: u32) -> bool {
        self.origin[(h - h % 3) as usize] != NONE
    }

    /// Half-edges in the arrays, dead triangles included.
    pub(crate) fn len(&self) -> u32 {
        self.origin.len() as u32
    }

    /// A new triangle, not yet linked; returns its first half-edge, which starts at `a`.
    pub(crate) fn add(&mut self, a: u32, b: u32, c: u32) -> u32 {
        let h = self.free.pop().unwrap_or_else(|| {
            let h = self.origin.len() as u32;
            self.origin.extend([NONE; 3]);
            self.twin.extend([NONE; 3]);
            h
        });
        self.set(h, a, b, c);
        h
    }

    /// Overwrites the vertices of the triangle that starts at half-edge `h`.
    #[inline]
    pub(crate) fn set(&mut self, h: u32, a: u32, b: u32, c: u32) {
        for (k, v) in [a, b, c].into_iter().enumerate() {
            self.origin[h as usize + k] = v;
            self.leaving[v as usize] = h + k as u32;
        }
    }

    /// Gives back the triangle that starts at half-edge `h`.
    pub(crate) fn remove(&mut self, h: u32) {
        self.origin[h as usize..h as usize + 3].fill(NONE);
        self.free.push(h);
    }

    #[inline]
    pub(crate) fn link(&mut self, a: u32, b: u32) {
        self.twin[a as usize] = b;
        self.twin[b as usize] = a;
    }

    /// The next half-edge that leaves the same vertex, counter-clockwise.
    #[inline]
    pub(crate) fn around(&self, h: u32) -> u32 {
        self.twin(previous(h))
    }

    /// Number of edges at the origin of `h`, counted up to `most`.
    pub(crate) fn degree(&self, h: u32, most: usize) -> usize {
        let mut at = self.around(h);
        let mut count = 1;
        while at != h && count < most {
            at = self.around(at);
            count += 1;
        }
        count
    }

    /// Replaces the edge of `h` by the other diagonal of its two triangles. With `h` from x to y,
    /// p opposite `h` and d opposite its twin, the triangles become (x, d, p) and (d, y, p), and
    /// the half-edges x → d and d → y, which are returned, face p.
    pub(crate) fn flip(&mut self, h: u32) -> [u32; 2] {
        let g = self.twin(h);
        let (hn, hp, gn, gp) = (next(h), previous(h), next(g), previous(g));
        let (x, y, p, d) = (self.from(h), self.from(g), self.from(hp), self.from(gp));
        let (to_hn, to_hp, to_gn, to_gp) =
            (self.twin(hn), self.twin(hp), self.twin(gn), self.twin(gp));
        let (t, s) = (h - h % 3, g - g % 3);
        self.set(t, x, d, p);
        self.set(s, d, y, p);
        self.link(t, to_gn);
        self.link(t + 1, s + 2);
        self.link(t + 2, to_hp);
        self.link(s, to_gp);
        self.link(s + 1, to_hn);
        [t, s]
    }
}
