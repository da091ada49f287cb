//! Flips that make the triangulation regular again, after an insertion or after new heights.

use crate::NONE;
use crate::delaunay::{Update, WeightedDelaunay};
use crate::mesh::{next, previous};
use crate::predicates::{below, covered_by_segment, orient2d};

/// What to do about an edge that is not locally regular.
enum Repair {
    /// Its quadrilateral is strictly convex: take the other diagonal.
    Flip,
    /// This vertex, an end of the edge where the quadrilateral is not convex, lies on or above the
    /// triangle or segment spanned by the other three: its plane is hidden.
    Hide(u32),
}

impl WeightedDelaunay {
    /// Whether the edge of `h` is not locally regular.
    #[inline]
    pub(crate) fn is_illegal(&self, h: u32) -> bool {
        let g = self.infinite();
        let (x, y) = (self.mesh.from(h), self.mesh.to(h));
        let (p, d) = (self.mesh.apex(h), self.mesh.apex(self.mesh.twin(h)));
        if x == g || y == g {
            return self.is_hull_illegal(h);
        }
        if p == g || d == g {
            return false;
        }
        below(self.lifted(x), self.lifted(y), self.lifted(p), self.lifted(d)) > 0.0
    }

    /// An edge to infinity: legal where the hull turns strictly outward at its finite end, or runs
    /// straight on with that end below the segment between its neighbours.
    fn is_hull_illegal(&self, h: u32) -> bool {
        let (before, at, after) = self.hull_corner(h);
        let [a, b, c] = [before, at, after].map(|v| self.sites[v as usize]);
        // The ghosts' finite edges run clockwise around the hull.
        let turn = orient2d(a, b, c);
        turn > 0.0
            || (turn == 0.0
                && covered_by_segment(self.lifted(before), self.lifted(at), self.lifted(after)))
    }

    /// For an edge to infinity: its finite end with the hull vertices before and after it,
    /// clockwise.
    fn hull_corner(&self, h: u32) -> (u32, u32, u32) {
        let (p, d) = (self.mesh.apex(h), self.mesh.apex(self.mesh.twin(h)));
        if self.mesh.to(h) == self.infinite() {
            (p, self.mesh.from(h), d)
        } else {
            (d, self.mesh.to(h), p)
        }
    }

    /// How to mend the illegal edge `h`.
    #[inline]
    fn repair(&self, h: u32) -> Repair {
        let g = self.infinite();
        let (x, y) = (self.mesh.from(h), self.mesh.to(h));
        if x == g || y == g {
            let (before, at, after) = self.hull_corner(h);
            let [a, b, c] = [before, at, after].map(|v| self.sites[v as usize]);
            return if orient2d(a, b, c) > 0.0 { Repair::Flip } else { Repair::Hide(at) };
        }
        let twin = self.mesh.twin(h);
        let [px, py, pp, pd] =
            [x, y, self.mesh.apex(h), self.mesh.apex(twin)].map(|v| self.sites[v as usize]);
        if orient2d(pp, px, pd) <= 0.0 {
            Repair::Hide(x)
        } else if orient2d(pd, py, pp) <= 0.0 {
            Repair::Hide(y)
        } else {
            Repair::Flip
        }
    }

    /// After the insertion of `p`: flips edges, and removes vertices that became hidden, until all
    /// is regular.
    pub(crate) fn legalise_star(&mut self, p: u32) {
        let start = self.mesh.leaving[p as usize];
        let mut h = start;
        loop {
            self.stack.push(next(h));
            h = self.mesh.around(h);
            if h == start {
                break;
            }
        }
        // While no vertex was removed, only edges that face p can have become illegal.
        let mut removed = false;
        while let Some(h) = self.stack.pop() {
            if !self.mesh.alive(h) || !self.is_illegal(h) {
                continue;
            }
            match self.repair(h) {
                Repair::Flip => {
                    let [t, s] = self.mesh.flip(h);
                    self.stack.extend([t, s]);
                    if removed {
                        self.stack.extend([previous(t), next(s)]);
                    }
                }
                Repair::Hide(v) => {
                    removed = true;
                    self.remove(v);
                    // The edge itself may still stand, if the other end was removed from it.
                    self.stack.push(h);
                }
            }
        }
    }

    /// Removes vertex `v`, which is hidden: flips its edges away until three neighbours are left,
    /// or four with `v` on the segment between two of them. Every star-shaped polygon has such an
    /// edge. What was touched goes on the stack.
    fn remove(&mut self, v: u32) {
        loop {
            let start = self.mesh.leaving[v as usize];
            match self.mesh.degree(start, 5) {
                3 => return self.remove_of_three(start),
                4 => {
                    let second = self.mesh.around(start);
                    let third = self.mesh.around(second);
                    let fourth = self.mesh.around(third);
                    for (h, across) in [(start, third), (second, fourth)] {
                        if self.in_line(v, self.mesh.to(h), self.mesh.to(across)) {
                            return self.remove_of_four(h);
                        }
                    }
                }
                _ => {}
            }
            let mut h = start;
            while !self.can_leave(h) {
                h = self.mesh.around(h);
                if h == start {
                    debug_assert!(false, "no edge of hidden vertex {v} can be flipped");
                    return;
                }
            }
            let [t, s] = self.mesh.flip(h);
            self.stack.extend([t, t + 1, t + 2, s, next(s)]);
        }
    }

    /// Whether the edge `h` of a vertex to be removed can be flipped away: its quadrilateral is
    /// strictly convex, or it leads to infinity from a reflex corner of the hull.
    fn can_leave(&self, h: u32) -> bool {
        let g = self.infinite();
        let (x, y) = (self.mesh.from(h), self.mesh.to(h));
        let (p, d) = (self.mesh.apex(h), self.mesh.apex(self.mesh.twin(h)));
        if p == g || d == g {
            return false;
        }
        let [x, p, d] = [x, p, d].map(|v| self.sites[v as usize]);
        let convex_here = orient2d(p, x, d) > 0.0;
        convex_here && (y == g || orient2d(d, self.sites[y as usize], p) > 0.0)
    }

    /// Removes the origin of `h`, which has three neighbours.
    fn remove_of_three(&mut self, h: u32) {
        let v = self.mesh.from(h);
        let h1 = self.mesh.around(h);
        let spokes = [h, h1, self.mesh.around(h1)];
        let outer = spokes.map(|e| self.mesh.twin(next(e)));
        let corners = spokes.map(|e| self.mesh.to(e));
        for e in &spokes[1..] {
            self.mesh.remove(e - e % 3);
        }
        let t = h - h % 3;
        self.mesh.set(t, corners[0], corners[1], corners[2]);
        for (k, o) in (t..).zip(outer) {
            self.mesh.link(k, o);
        }
        self.hide(v, t);
        self.stack.extend([t, t + 1, t + 2]);
    }

    /// Removes the origin of `h`, which has four neighbours: the end of `h` and the one opposite
    /// are in line with it.
    fn remove_of_four(&mut self, h: u32) {
        let v = self.mesh.from(h);
        let mut spokes = [h; 4];
        for k in 1..4 {
            spokes[k] = self.mesh.around(spokes[k - 1]);
        }
        let corners = spokes.map(|e| self.mesh.to(e));
        let outer = spokes.map(|e| self.mesh.twin(next(e)));
        let (t, s) = (spokes[0] - spokes[0] % 3, spokes[2] - spokes[2] % 3);
        for e in [spokes[1], spokes[3]] {
            self.mesh.remove(e - e % 3);
        }
        self.mesh.set(t, corners[0], corners[1], corners[2]);
        self.mesh.set(s, corners[2], corners[3], corners[0]);
        for (a, b) in
            [(t, outer[0]), (t + 1, outer[1]), (t + 2, s + 2), (s, outer[2]), (s + 1, outer[3])]
        {
            self.mesh.link(a, b);
        }
        self.hide(v, t);
        self.stack.extend([t, t + 1, t + 2, s, s + 1]);
    }

    fn hide(&mut self, v: u32, near: u32) {
        self.mesh.leaving[v as usize] = NONE;
        self.hidden[v as usize] = true;
        self.hint = near;
    }

    /// Whether `v` is on the segment between the sites `a` and `b`.
    fn in_line(&self, v: u32, a: u32, b: u32) -> bool {
        let g = self.infinite();
        if a == g || b == g {
            return false;
        }
        let [p, a, b] = [v, a, b].map(|i| self.sites[i as usize]);
        orient2d(a, p, b) == 0.0
            && (a[0] - p[0]) * (b[0] - p[0]) + (a[1] - p[1]) * (b[1] - p[1]) <= 0.0
    }

    /// Flips all edges until regular, for new heights of the same sites. An edge that cannot be
    /// flipped proves a hidden site, so flips never get stuck. `None` if they are too many for
    /// this to be the quicker way.
    pub(crate) fn reflip(&mut self) -> Option<Update> {
        let mut budget = 8 * self.sites.len() + 64;
        self.stack.clear();
        self.stack.extend((0..self.mesh.len()).filter(|&h| h < self.mesh.twin(h)));
        while let Some(h) = self.stack.pop() {
            if !self.is_illegal(h) {
                continue;
            }
            match self.repair(h) {
                Repair::Flip if budget > 0 => {
                    let [t, s] = self.mesh.flip(h);
                    self.stack.extend([t, previous(t), s, next(s)]);
                    budget -= 1;
                }
                Repair::Flip => {
                    self.stack.clear();
                    return None;
                }
                Repair::Hide(v) => {
                    self.stack.clear();
                    return Some(Update::Hidden(v));
                }
            }
        }
        Some(Update::Full)
    }
}
