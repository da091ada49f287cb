//! Nested dissection by the sites' own coordinates (George, SIAM J. Numer. Anal. 10, 1973): an
//! elimination order with little fill for the Laplacian of a planar graph.

use geometry::Point;

/// Largest part that is eliminated as one dense block.
const LEAF: usize = 16;

/// An elimination order cut into blocks that are eliminated together.
pub(crate) struct Ordering {
    /// Vertices in the order of elimination.
    pub order: Vec<u32>,
    /// Where each block starts in `order`, and the end.
    pub blocks: Vec<u32>,
}

/// Orders the graph given by `starts` and `neighbours` (compressed rows) with vertices at `places`.
pub(crate) fn nested_dissection(places: &[Point], starts: &[u32], neighbours: &[u32]) -> Ordering {
    let n = places.len();
    let mut dissection = Dissection {
        places,
        starts,
        neighbours,
        side: vec![0; n],
        stamp: 0,
        classes: Vec::new(),
        parts: [const { Vec::new() }; 3],
        result: Ordering { order: Vec::with_capacity(n), blocks: vec![0] },
    };
    let mut nodes: Vec<u32> = (0..n as u32).collect();
    dissection.dissect(&mut nodes);
    dissection.result
}

struct Dissection<'a> {
    places: &'a [Point],
    starts: &'a [u32],
    neighbours: &'a [u32],
    /// Which half of which cut a vertex was last seen in.
    side: Vec<u32>,
    stamp: u32,
    /// Of each vertex of the present part: its half, and whether it touches the other.
    classes: Vec<(u8, bool)>,
    parts: [Vec<u32>; 3],
    result: Ordering,
}

impl Dissection<'_> {
    fn dissect(&mut self, nodes: &mut [u32]) {
        if nodes.len() <= LEAF {
            return self.push_block(nodes);
        }
        let axis = self.long_axis(nodes);
        let middle = nodes.len() / 2;
        let at = |v: u32| self.places[v as usize][axis];
        nodes.select_nth_unstable_by(middle, |&a, &b| at(a).total_cmp(&at(b)).then(a.cmp(&b)));
        let (low, high) = (self.stamp + 1, self.stamp + 2);
        self.stamp += 2;
        for (k, &v) in nodes.iter().enumerate() {
            self.side[v as usize] = if k < middle { low } else { high };
        }
        // The separator is the part of one half that touches the other, of the half with less.
        let mut touching = [0usize; 2];
        self.classes.clear();
        for (k, &v) in nodes.iter().enumerate() {
            let (half, other) = if k < middle { (0, high) } else { (1, low) };
            let touches = self.touches(v, other);
            touching[half] += usize::from(touches);
            self.classes.push((half as u8, touches));
        }
        let separating = u8::from(touching[1] < touching[0]);
        // Ranks: the rest of the low half, the rest of the high half, the separator.
        self.parts.iter_mut().for_each(Vec::clear);
        for (&v, &(half, touches)) in nodes.iter().zip(&self.classes) {
            let part = if touches && half == separating { 2 } else { usize::from(half) };
            self.parts[part].push(v);
        }
        let first = self.parts[0].len();
        let second = first + self.parts[1].len();
        for (slot, &v) in nodes.iter_mut().zip(self.parts.iter().flatten()) {
            *slot = v;
        }
        let (rest, separator) = nodes.split_at_mut(second);
        let (a, b) = rest.split_at_mut(first);
        self.dissect(a);
        self.dissect(b);
        self.push_block(separator);
    }

    fn touches(&self, v: u32, side: u32) -> bool {
        let row = self.starts[v as usize] as usize..self.starts[v as usize + 1] as usize;
        self.neighbours[row].iter().any(|&u| self.side[u as usize] == side)
    }

    fn long_axis(&self, nodes: &[u32]) -> usize {
        let (mut lo, mut hi) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for &v in nodes {
            let p = self.places[v as usize];
            for k in 0..2 {
                lo[k] = lo[k].min(p[k]);
                hi[k] = hi[k].max(p[k]);
            }
        }
        usize::from(hi[1] - lo[1] > hi[0] - lo[0])
    }

    fn push_block(&mut self, nodes: &[u32]) {
        if !nodes.is_empty() {
            self.result.order.extend_from_slice(nodes);
            self.result.blocks.push(self.result.order.len() as u32);
        }
    }
}
