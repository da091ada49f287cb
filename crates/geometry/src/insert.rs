//! Insertion of one site into the triangulation.

use crate::NONE;
use crate::delaunay::WeightedDelaunay;
use crate::mesh::{next, previous};
use crate::predicates::{below, orient2d};

enum Place {
    /// Strictly inside the triangle of this half-edge.
    Triangle(u32),
    /// On this half-edge, between its ends.
    Edge(u32),
    /// Where this vertex is.
    Vertex(u32),
    /// Outside the hull, strictly left of this half-edge of a ghost triangle.
    Outside(u32),
}

impl WeightedDelaunay {
    /// Inserts site `p`, or marks it hidden, and restores regularity.
    pub(crate) fn insert(&mut self, p: u32) {
        match self.locate(p) {
            Place::Vertex(v) => {
                if self.lift[p as usize] < self.lift[v as usize] {
                    self.replace_vertex(v, p);
                } else {
                    self.hidden[p as usize] = true;
                    return;
                }
            }
            Place::Triangle(h) => {
                if !self.is_below_triangle(h, p) {
                    self.hidden[p as usize] = true;
                    return;
                }
                self.split_triangle(h, p);
            }
            Place::Edge(h) => {
                if !self.is_below_triangle(h, p) {
                    self.hidden[p as usize] = true;
                    return;
                }
                self.split_edge(h, p);
            }
            Place::Outside(h) => self.split_triangle(h, p),
        }
        self.legalise_star(p);
    }

    fn is_below_triangle(&self, h: u32, p: u32) -> bool {
        let [a, b, c] = [self.mesh.from(h), self.mesh.to(h), self.mesh.apex(h)];
        below(self.lifted(a), self.lifted(b), self.lifted(c), self.lifted(p)) > 0.0
    }

    /// A visibility walk from the last triangle made. Where many lifted points are coplanar a walk
    /// that prefers one side can go in circles, so the side is drawn (Devillers, Pion, Teillaud,
    /// Internat. J. Found. Comput. Sci. 13, 2002), from a generator that starts the same each time.
    fn locate(&self, p: u32) -> Place {
        let g = self.infinite();
        let target = self.sites[p as usize];
        let turn = |e: u32| {
            let (a, b) = (self.mesh.from(e), self.mesh.to(e));
            orient2d(self.sites[a as usize], self.sites[b as usize], target)
        };
        let mut dice = p | 1;
        let mut h = self.recent();
        // Coming through an edge, that edge needs no second look.
        let mut first = turn(h);
        if first < 0.0 {
            h = self.mesh.twin(h);
            if self.mesh.apex(h) == g {
                return Place::Outside(h);
            }
            first = 1.0;
        }
        loop {
            dice = dice.wrapping_mul(0x9e37_79b1).rotate_left(5);
            let (e, f) =
                if dice & 1 == 0 { (next(h), previous(h)) } else { (previous(h), next(h)) };
            let turn_e = turn(e);
            let turn_f = if turn_e < 0.0 { 0.0 } else { turn(f) };
            if turn_e < 0.0 || turn_f < 0.0 {
                h = self.mesh.twin(if turn_e < 0.0 { e } else { f });
                if self.mesh.apex(h) == g {
                    return Place::Outside(h);
                }
                first = 1.0;
                continue;
            }
            let on: [bool; 3] = if e == next(h) {
                [first == 0.0, turn_e == 0.0, turn_f == 0.0]
            } else {
                [first == 0.0, turn_f == 0.0, turn_e == 0.0]
            };
            return match on {
                [false, false, false] => Place::Triangle(h),
                [true, false, false] => Place::Edge(h),
                [false, true, false] => Place::Edge(next(h)),
                [false, false, true] => Place::Edge(previous(h)),
                // On two edges: at the vertex they share.
                [true, true, _] => Place::Vertex(self.mesh.to(h)),
                [true, false, true] => Place::Vertex(self.mesh.from(h)),
                [false, true, true] => Place::Vertex(self.mesh.apex(h)),
            };
        }
    }

    /// A half-edge of a finite triangle near the last change.
    fn recent(&self) -> u32 {
        let g = self.infinite();
        let h = self.hint();
        let corners = [self.mesh.from(h), self.mesh.to(h), self.mesh.apex(h)];
        match corners.iter().position(|&v| v == g) {
            None => h,
            // Step over the ghost's finite edge, the one opposite the vertex at infinity.
            Some(0) => self.mesh.twin(next(h)),
            Some(1) => self.mesh.twin(previous(h)),
            Some(_) => self.mesh.twin(h),
        }
    }

    fn hint(&self) -> u32 {
        if self.hint != NONE && self.mesh.alive(self.hint) {
            self.hint
        } else {
            self.any_half_edge()
        }
    }

    fn any_half_edge(&self) -> u32 {
        (0..self.mesh.len()).step_by(3).find(|&h| self.mesh.alive(h)).unwrap_or(0)
    }

    fn replace_vertex(&mut self, v: u32, p: u32) {
        let start = self.mesh.leaving[v as usize];
        let mut h = start;
        loop {
            self.mesh.origin[h as usize] = p;
            h = self.mesh.around(h);
            if h == start {
                break;
            }
        }
        self.mesh.leaving[p as usize] = start;
        self.mesh.leaving[v as usize] = NONE;
        self.hidden[v as usize] = true;
    }

    /// One triangle, finite or ghost, becomes three.
    fn split_triangle(&mut self, h: u32, p: u32) {
        let (hn, hp) = (next(h), previous(h));
        let (a, b, c) = (self.mesh.from(h), self.mesh.from(hn), self.mesh.from(hp));
        let outer = [self.mesh.twin(h), self.mesh.twin(hn), self.mesh.twin(hp)];
        let t = h - h % 3;
        self.mesh.set(t, a, b, p);
        let s = self.mesh.add(b, c, p);
        let r = self.mesh.add(c, a, p);
        for (new, old) in [t, s, r].into_iter().zip(outer) {
            self.mesh.link(new, old);
        }
        for (this, after) in [(t, s), (s, r), (r, t)] {
            self.mesh.link(this + 1, after + 2);
        }
        self.hint = t;
    }

    /// The two triangles at an edge, one of which may be a ghost, become four.
    fn split_edge(&mut self, h: u32, p: u32) {
        let g = self.mesh.twin(h);
        let (hn, hp, gn, gp) = (next(h), previous(h), next(g), previous(g));
        let [a, b, c, d] = [h, g, hp, gp].map(|e| self.mesh.from(e));
        let [bc, ca, ad, db] = [hn, hp, gn, gp].map(|e| self.mesh.twin(e));
        let (t, s) = (h - h % 3, g - g % 3);
        // Around p, counter-clockwise: (b, c), (c, a), (a, d), (d, b).
        self.mesh.set(t, b, c, p);
        self.mesh.set(s, a, d, p);
        let u = self.mesh.add(c, a, p);
        let w = self.mesh.add(d, b, p);
        for (new, old) in [(t, bc), (u, ca), (s, ad), (w, db)] {
            self.mesh.link(new, old);
        }
        for (this, after) in [(t, u), (u, s), (s, w), (w, t)] {
            self.mesh.link(this + 1, after + 2);
        }
        self.hint = t;
    }
}
