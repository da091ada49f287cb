//! Solves with the Hessian of the energy, the Laplacian of a weighted planar graph: a multifrontal
//! sparse Cholesky factorisation (Duff and Reid, ACM TOMS 9, 1983) in nested dissection order.

use geometry::Point;

use crate::ordering::{Ordering, nested_dissection};

/// An edge i < j with its weight −∂²E/∂hᵢ∂hⱼ ≥ 0.
pub(crate) type Edge = (u32, u32, f64);

/// One dense block of columns of the factor: its own `width` columns, and the rows below them.
#[derive(Default)]
struct Front {
    first: u32,
    width: usize,
    /// Positions, ascending, of the rows below the block.
    rows: Vec<u32>,
    /// Column-major, `width + rows.len()` rows by `width` columns; the lower triangle counts.
    panel: Vec<f64>,
    /// What is left for later blocks: lower triangle over `rows`, taken by the parent.
    update: Vec<f64>,
    children: Vec<u32>,
}

/// The factorised Laplacian, one vertex tied to zero.
pub(crate) struct Factor {
    /// Position in the elimination order of each vertex.
    position: Vec<u32>,
    order: Vec<u32>,
    fronts: Vec<Front>,
    block_of: Vec<u32>,
    /// Entries of the factor when the order was made.
    fresh_entries: usize,
    entries: usize,
    starts: Vec<u32>,
    columns: Vec<(u32, f64)>,
    diagonal: Vec<f64>,
    local: Vec<u32>,
    /// Memory of updates that were taken, for the next ones.
    spare: Vec<Vec<f64>>,
}

/// The matrix is not positive definite: the graph falls apart, or a weight is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotPositive;

impl Factor {
    /// An order for the graph of `edges` over vertices at `places`; no numbers yet.
    pub(crate) fn new(places: &[Point], edges: &[Edge]) -> Self {
        let n = places.len();
        let mut this = Self {
            position: vec![0; n],
            order: Vec::new(),
            fronts: Vec::new(),
            block_of: vec![0; n],
            fresh_entries: 0,
            entries: 0,
            starts: Vec::new(),
            columns: Vec::new(),
            diagonal: vec![0.0; n],
            local: vec![0; n],
            spare: Vec::new(),
        };
        this.reorder(places, edges);
        this
    }

    fn reorder(&mut self, places: &[Point], edges: &[Edge]) {
        let n = places.len();
        let mut starts = vec![0u32; n + 1];
        for &(i, j, _) in edges {
            starts[i as usize + 1] += 1;
            starts[j as usize + 1] += 1;
        }
        for k in 0..n {
            starts[k + 1] += starts[k];
        }
        let mut fill = starts.clone();
        let mut neighbours = vec![0u32; 2 * edges.len()];
        for &(i, j, _) in edges {
            for (a, b) in [(i, j), (j, i)] {
                neighbours[fill[a as usize] as usize] = b;
                fill[a as usize] += 1;
            }
        }
        let Ordering { order, blocks } = nested_dissection(places, &starts, &neighbours);
        for (k, &v) in (0u32..).zip(&order) {
            self.position[v as usize] = k;
        }
        self.order = order;
        self.fronts = blocks
            .windows(2)
            .map(|w| Front { first: w[0], width: (w[1] - w[0]) as usize, ..Front::default() })
            .collect();
        for (b, front) in (0u32..).zip(&self.fronts) {
            let first = front.first as usize;
            self.block_of[first..first + front.width].fill(b);
        }
        self.fresh_entries = 0;
    }

    /// Factorises the Laplacian of `edges`. The order is kept from the last time and made anew
    /// where the graph has changed so much that the factor grew by a third.
    pub(crate) fn factorise(
        &mut self,
        places: &[Point],
        edges: &[Edge],
    ) -> Result<(), NotPositive> {
        self.assemble(edges);
        self.symbolic();
        if self.fresh_entries == 0 {
            self.fresh_entries = self.entries;
        } else if 3 * self.entries > 4 * self.fresh_entries {
            self.reorder(places, edges);
            self.assemble(edges);
            self.symbolic();
            self.fresh_entries = self.entries;
        }
        for b in 0..self.fronts.len() {
            self.eliminate(b)?;
        }
        Ok(())
    }

    /// The strict lower triangle by columns of the permuted matrix, and its diagonal.
    fn assemble(&mut self, edges: &[Edge]) {
        let n = self.position.len();
        self.starts.clear();
        self.starts.resize(n + 1, 0);
        self.diagonal.clear();
        self.diagonal.resize(n, 0.0);
        let at = |i: u32, j: u32| {
            let (a, b) = (self.position[i as usize], self.position[j as usize]);
            (a.min(b), a.max(b))
        };
        for &(i, j, weight) in edges {
            let (a, b) = at(i, j);
            self.starts[a as usize + 1] += 1;
            self.diagonal[a as usize] += weight;
            self.diagonal[b as usize] += weight;
        }
        for k in 0..n {
            self.starts[k + 1] += self.starts[k];
        }
        self.columns.clear();
        self.columns.resize(edges.len(), (0, 0.0));
        let mut fill = self.starts.clone();
        for &(i, j, weight) in edges {
            let (a, b) = at(i, j);
            self.columns[fill[a as usize] as usize] = (b, weight);
            fill[a as usize] += 1;
        }
        // Constants are the kernel: tie the last vertex to zero. For right-hand sides that sum to
        // zero this changes nothing but the constant.
        let last = &mut self.diagonal[n - 1];
        *last = if *last > 0.0 { 2.0 * *last } else { 1.0 };
    }

    /// Rows and children of each block.
    fn symbolic(&mut self) {
        let n = self.position.len();
        let mut seen = vec![u32::MAX; n];
        for front in &mut self.fronts {
            front.children.clear();
        }
        self.entries = 0;
        for b in 0..self.fronts.len() {
            let (done, rest) = self.fronts.split_at_mut(b);
            let front = &mut rest[0];
            let end = front.first + front.width as u32;
            let stamp = b as u32;
            front.rows.clear();
            let own =
                self.starts[front.first as usize] as usize..self.starts[end as usize] as usize;
            let from_children =
                front.children.iter().flat_map(|&c| done[c as usize].rows.iter().copied());
            let from_matrix = self.columns[own].iter().map(|e| e.0);
            for row in from_matrix.chain(from_children) {
                if row >= end && seen[row as usize] != stamp {
                    seen[row as usize] = stamp;
                    front.rows.push(row);
                }
            }
            front.rows.sort_unstable();
            self.entries += front.width * (front.width + front.rows.len());
            if let Some(&row) = front.rows.first() {
                let parent = self.block_of[row as usize];
                self.fronts[parent as usize].children.push(stamp);
            }
        }
    }

    fn eliminate(&mut self, b: usize) -> Result<(), NotPositive> {
        let (done, rest) = self.fronts.split_at_mut(b);
        let front = &mut rest[0];
        let (k, r) = (front.width, front.rows.len());
        let m = k + r;
        let first = front.first as usize;
        front.panel.clear();
        front.panel.resize(m * k, 0.0);
        front.update = self.spare.pop().unwrap_or_default();
        front.update.clear();
        front.update.resize(r * r, 0.0);
        for j in 0..k {
            self.local[first + j] = j as u32;
        }
        for (i, &row) in front.rows.iter().enumerate() {
            self.local[row as usize] = (k + i) as u32;
        }
        for j in 0..k {
            let column = &mut front.panel[j * m..(j + 1) * m];
            column[j] = self.diagonal[first + j];
            let entries = self.starts[first + j] as usize..self.starts[first + j + 1] as usize;
            for &(row, weight) in &self.columns[entries] {
                column[self.local[row as usize] as usize] -= weight;
            }
        }
        for &c in &front.children {
            let child = &mut done[c as usize];
            let update = std::mem::take(&mut child.update);
            let size = child.rows.len();
            for (j, &column) in child.rows.iter().enumerate() {
                let lj = self.local[column as usize] as usize;
                let source = &update[j * size + j..(j + 1) * size];
                let rows = &child.rows[j..];
                if lj < k {
                    let target = &mut front.panel[lj * m..(lj + 1) * m];
                    for (&row, value) in rows.iter().zip(source) {
                        target[self.local[row as usize] as usize] += value;
                    }
                } else {
                    let target = &mut front.update[(lj - k) * r..(lj - k + 1) * r];
                    for (&row, value) in rows.iter().zip(source) {
                        target[self.local[row as usize] as usize - k] += value;
                    }
                }
            }
            self.spare.push(update);
        }
        factor_panel(&mut front.panel, m, k)?;
        subtract_outer(&mut front.update, &front.panel, m, k);
        Ok(())
    }

    /// Solves in place. `x` must sum to zero; the solution is the one that sums to zero.
    pub(crate) fn solve(&self, x: &mut [f64]) {
        let n = x.len();
        let mut y: Vec<f64> = self.order.iter().map(|&v| x[v as usize]).collect();
        for front in &self.fronts {
            let (first, k) = (front.first as usize, front.width);
            let m = k + front.rows.len();
            for j in 0..k {
                let column = &front.panel[j * m..(j + 1) * m];
                let value = y[first + j] / column[j];
                y[first + j] = value;
                for i in j + 1..k {
                    y[first + i] -= column[i] * value;
                }
                for (&row, l) in front.rows.iter().zip(&column[k..]) {
                    y[row as usize] -= l * value;
                }
            }
        }
        for front in self.fronts.iter().rev() {
            let (first, k) = (front.first as usize, front.width);
            let m = k + front.rows.len();
            for j in (0..k).rev() {
                let column = &front.panel[j * m..(j + 1) * m];
                let mut value = y[first + j];
                for i in j + 1..k {
                    value -= column[i] * y[first + i];
                }
                for (&row, l) in front.rows.iter().zip(&column[k..]) {
                    value -= l * y[row as usize];
                }
                y[first + j] = value / column[j];
            }
        }
        let mean = y.iter().sum::<f64>() / n as f64;
        for (&v, value) in self.order.iter().zip(&y) {
            x[v as usize] = value - mean;
        }
    }
}

/// Cholesky of the first `k` columns of an `m` × `k` column-major panel.
fn factor_panel(panel: &mut [f64], m: usize, k: usize) -> Result<(), NotPositive> {
    for j in 0..k {
        let (before, rest) = panel.split_at_mut(j * m);
        let column = &mut rest[j..m];
        let mut p = 0;
        while p + 4 <= j {
            let l = |q: usize| &before[(p + q) * m + j..(p + q + 1) * m];
            axpy4(column, [l(0), l(1), l(2), l(3)]);
            p += 4;
        }
        for p in p..j {
            let l = &before[p * m + j..(p + 1) * m];
            let f = l[0];
            for (c, l) in column.iter_mut().zip(l) {
                *c -= f * l;
            }
        }
        let pivot = column[0];
        // Written so that a NaN fails too.
        if !(pivot > 0.0 && pivot.is_finite()) {
            return Err(NotPositive);
        }
        let root = pivot.sqrt();
        column[0] = root;
        let inverse = 1.0 / root;
        for c in &mut column[1..] {
            *c *= inverse;
        }
    }
    Ok(())
}

/// column −= Σ l[0] · l, four columns at a time.
#[inline]
fn axpy4(column: &mut [f64], l: [&[f64]; 4]) {
    let n = column.len();
    let [a, b, c, d] = l.map(|l| &l[..n]);
    let (fa, fb, fc, fd) = (a[0], b[0], c[0], d[0]);
    for i in 0..n {
        column[i] -= fa * a[i] + fb * b[i] + (fc * c[i] + fd * d[i]);
    }
}

/// update −= L Lᵀ over the lower triangle, L being the panel's rows below its block. Two columns
/// of the update by four of L at a time, so that each number loaded serves twice.
fn subtract_outer(update: &mut [f64], panel: &[f64], m: usize, k: usize) {
    let r = m - k;
    let mut j = 0;
    while j + 2 <= r {
        let (left, right) = update[j * r..(j + 2) * r].split_at_mut(r);
        let n = r - j;
        let (left, right) = (&mut left[j..], &mut right[j..]);
        let (left, right) = (&mut left[..n], &mut right[..n]);
        let l = |p: usize| &panel[p * m + k + j..(p + 1) * m][..n];
        let mut p = 0;
        while p + 4 <= k {
            let (a, b, c, d) = (l(p), l(p + 1), l(p + 2), l(p + 3));
            let (a0, b0, c0, d0) = (a[0], b[0], c[0], d[0]);
            let (a1, b1, c1, d1) = (a[1], b[1], c[1], d[1]);
            for i in 0..n {
                left[i] -= a0 * a[i] + b0 * b[i] + (c0 * c[i] + d0 * d[i]);
                // The entry above the diagonal is not used.
                right[i] -= a1 * a[i] + b1 * b[i] + (c1 * c[i] + d1 * d[i]);
            }
            p += 4;
        }
        for p in p..k {
            let a = l(p);
            let (a0, a1) = (a[0], a[1]);
            for i in 0..n {
                left[i] -= a0 * a[i];
                right[i] -= a1 * a[i];
            }
        }
        j += 2;
    }
    if j < r {
        for p in 0..k {
            let a = panel[p * m + m - 1];
            update[r * r - 1] -= a * a;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _};

    /// A grid graph with random weights, shuffled.
    fn grid(side: u32, seed: u64) -> (Vec<Point>, Vec<Edge>) {
        let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
        let n = side * side;
        let places = (0..n).map(|v| [f64::from(v % side), f64::from(v / side)]).collect();
        let mut edges = Vec::new();
        for v in 0..n {
            for (dx, dy) in [(1, 0), (0, 1), (1, 1)] {
                if v % side + dx < side && v / side + dy < side {
                    edges.push((v, v + dx + dy * side, 0.01 + rng.random::<f64>()));
                }
            }
        }
        (places, edges)
    }

    fn multiply(edges: &[Edge], x: &[f64]) -> Vec<f64> {
        let mut y = vec![0.0; x.len()];
        for &(i, j, w) in edges {
            let d = w * (x[i as usize] - x[j as usize]);
            y[i as usize] += d;
            y[j as usize] -= d;
        }
        y
    }

    #[test]
    fn solves_grids_of_all_sizes() {
        for side in [1, 2, 3, 5, 9, 40] {
            let (places, edges) = grid(side, 7);
            let mut factor = Factor::new(&places, &edges);
            factor.factorise(&places, &edges).unwrap();
            let n = places.len();
            let mut x: Vec<f64> = (0..n).map(|i| ((i * 37) % 101) as f64).collect();
            let mean = x.iter().sum::<f64>() / n as f64;
            x.iter_mut().for_each(|v| *v -= mean);
            let mut b = multiply(&edges, &x);
            factor.solve(&mut b);
            for i in 0..n {
                assert!((b[i] - x[i]).abs() < 1e-9, "side {side} vertex {i}");
            }
        }
    }

    #[test]
    fn a_kept_order_serves_another_graph() {
        let (places, edges) = grid(12, 1);
        let mut factor = Factor::new(&places, &edges);
        factor.factorise(&places, &edges).unwrap();
        // Long edges that the separators did not foresee, then so many that the order is remade.
        for extra in [3u32, 60] {
            let mut more = edges.clone();
            more.extend((0..extra).map(|k| (k, 143 - k, 0.5)));
            factor.factorise(&places, &more).unwrap();
            let x: Vec<f64> = (0..144).map(|i| f64::from(i) - 71.5).collect();
            let mut b = multiply(&more, &x);
            factor.solve(&mut b);
            assert!((0..144).all(|i| (b[i] - x[i]).abs() < 1e-9));
        }
    }

    #[test]
    fn a_graph_in_two_parts_is_refused() {
        let places = [[0.0, 0.0], [1.0, 0.0], [5.0, 0.0], [6.0, 0.0]];
        let edges = [(0, 1, 1.0), (2, 3, f64::NAN)];
        assert_eq!(Factor::new(&places, &edges).factorise(&places, &edges), Err(NotPositive));
        let edges = [(0, 1, 1.0), (2, 3, 1.0)];
        assert_eq!(Factor::new(&places, &edges).factorise(&places, &edges), Err(NotPositive));
    }
}
