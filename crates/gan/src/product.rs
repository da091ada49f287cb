//! Matrix products: a register-blocked kernel on packed panels.
//!
//! Vectors run along the columns of the result, and each entry adds its terms one after the other.
//! So the bits of a product do not depend on how wide the processor's vectors are. By default terms
//! are multiplied and then added, and x86, ARM and wasm, which has no fused operation, agree exactly;
//! fused terms, on request, save a processor up to half of its arithmetic.

use crate::config::Arithmetic;
use crate::matrix::{Matrix, View};
use crate::scalar::Scalar;
use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use std::ops::Range;

#[cfg(feature = "threads")]
mod threads;

/// Widest tile: two vectors of sixteen.
const WIDEST: usize = 32;
/// Rows of a panel packed at once: a cache line of each column.
const DEEP: usize = 16;

/// What a product needs besides its operands: the processor's instructions, and room to pack.
#[derive(Clone, Debug)]
pub(crate) struct Products {
    level: Level,
    arithmetic: Arithmetic,
    left: Vec<f32>,
    right: Vec<f32>,
    #[cfg(feature = "threads")]
    threads: threads::Threads,
}

impl Products {
    pub(crate) fn new(arithmetic: Arithmetic) -> Self {
        Self::with(Level::new(), arithmetic)
    }

    /// With these instructions, for a test that compares levels.
    pub(crate) fn with(level: Level, arithmetic: Arithmetic) -> Self {
        Self {
            level,
            arithmetic,
            left: Vec::new(),
            right: Vec::new(),
            #[cfg(feature = "threads")]
            threads: threads::Threads::default(),
        }
    }

    /// A linear layer forward: x · W, of batch × in and in × out.
    pub(crate) fn forward<T: Scalar>(&mut self, x: &Matrix<T>, w: &Matrix<T>) -> Matrix<T> {
        self.multiply(x.view(), w.view())
    }

    /// A linear layer's gradient in its weights: xᵀ · g, of batch × in and batch × out.
    pub(crate) fn weights<T: Scalar>(&mut self, x: &Matrix<T>, g: &Matrix<T>) -> Matrix<T> {
        self.multiply(x.transposed(), g.view())
    }

    /// A linear layer's gradient in its input: g · Wᵀ, of batch × out and in × out.
    pub(crate) fn back<T: Scalar>(&mut self, g: &Matrix<T>, w: &Matrix<T>) -> Matrix<T> {
        self.multiply(g.view(), w.transposed())
    }

    /// Two computations, of which neither needs the other: at once where there are several threads.
    #[cfg(not(feature = "threads"))]
    pub(crate) fn both<A, B>(
        &mut self,
        one: impl FnOnce(&mut Self) -> A,
        other: impl FnOnce(&mut Self) -> B,
    ) -> (A, B) {
        let one = one(self);
        (one, other(self))
    }

    fn multiply<T: Scalar>(&mut self, left: View<'_, T>, right: View<'_, T>) -> Matrix<T> {
        assert_eq!(left.columns(), right.rows(), "shapes of a product");
        let mut out = Matrix::zeros(left.rows(), right.columns());
        T::product(self, left, right, out.entries_mut());
        out
    }

    /// The kernel, in f32.
    pub(crate) fn fast(&mut self, left: View<'_, f32>, right: View<'_, f32>, out: &mut [f32]) {
        let level = self.level;
        dispatch!(level, simd => self.run(simd, left, right, out));
    }

    /// Tiles of as many sums as the registers hold beside their operands: 12 × 2 of 32 vectors, or
    /// of 16 vectors 6 × 2, or 4 × 2 where each product needs a register before it is added (as
    /// measured in wasm, up to half faster than 6 × 2).
    #[inline(always)]
    fn run<S: Simd>(
        &mut self,
        simd: S,
        left: View<'_, f32>,
        right: View<'_, f32>,
        out: &mut [f32],
    ) {
        match (S::f32s::LEN >= 16, self.arithmetic) {
            (true, Arithmetic::Portable) => self.sweep::<S, 12, false>(simd, left, right, out),
            (true, Arithmetic::Fused) => self.sweep::<S, 12, true>(simd, left, right, out),
            (false, Arithmetic::Portable) => self.sweep::<S, 4, false>(simd, left, right, out),
            (false, Arithmetic::Fused) => self.sweep::<S, 6, true>(simd, left, right, out),
        }
    }

    // A function of its own in wasm: browsers allot registers worse in one that holds several.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn sweep<S: Simd, const HIGH: usize, const FUSED: bool>(
        &mut self,
        simd: S,
        left: View<'_, f32>,
        right: View<'_, f32>,
        out: &mut [f32],
    ) {
        #[cfg(feature = "threads")]
        if self.threads.sweep::<S, HIGH, FUSED>(simd, left, right, out) {
            return;
        }
        let all = 0..right.columns();
        pack_left::<HIGH>(left, 0..left.rows(), &mut self.left);
        pack_right(right, 2 * S::f32s::LEN, all.clone(), &mut self.right);
        let (inner, packed) = (left.columns(), (&self.left[..], &self.right[..]));
        multiply_panels::<S, HIGH, FUSED>(simd, inner, packed, all, right.columns(), out);
    }
}

/// Panels of rows, those of `out`, against panels of columns, those of `range` among `columns`.
#[inline(always)]
fn multiply_panels<S: Simd, const HIGH: usize, const FUSED: bool>(
    simd: S,
    inner: usize,
    (left, right): (&[f32], &[f32]),
    range: Range<usize>,
    columns: usize,
    out: &mut [f32],
) {
    let wide = 2 * S::f32s::LEN;
    let mut tile = [[0.0; WIDEST]; HIGH];
    for (across, right) in right.chunks_exact(inner * wide).enumerate() {
        let first = range.start + across * wide;
        let width = wide.min(range.end - first);
        let bands = out.chunks_mut(HIGH * columns);
        for (left, band) in left.chunks_exact(inner * HIGH).zip(bands) {
            let (left, _) = left.as_chunks::<HIGH>();
            let sums = multiply_tile::<S, HIGH, FUSED>(simd, left, right);
            if width == wide {
                for (row, sums) in band.chunks_exact_mut(columns).zip(sums) {
                    store(sums, &mut row[first..first + wide]);
                }
            } else {
                for (row, sums) in tile.iter_mut().zip(sums) {
                    store(sums, &mut row[..wide]);
                }
                for (row, sums) in band.chunks_exact_mut(columns).zip(&tile) {
                    row[first..first + width].copy_from_slice(&sums[..width]);
                }
            }
        }
    }
}

/// One tile of the result: a panel of rows against a panel of columns.
#[inline(always)]
fn multiply_tile<S: Simd, const HIGH: usize, const FUSED: bool>(
    simd: S,
    left: &[[f32; HIGH]],
    right: &[f32],
) -> [[S::f32s; 2]; HIGH] {
    let len = S::f32s::LEN;
    let mut sums = [[S::f32s::splat(simd, 0.0); 2]; HIGH];
    for (x, w) in left.iter().zip(right.chunks_exact(2 * len)) {
        let low = S::f32s::from_slice(simd, &w[..len]);
        let high = S::f32s::from_slice(simd, &w[len..]);
        for r in 0..HIGH {
            let x = S::f32s::splat(simd, x[r]);
            if FUSED {
                sums[r] = [x.mul_add_precise(low, sums[r][0]), x.mul_add_precise(high, sums[r][1])];
            } else {
                sums[r][0] += x * low;
                sums[r][1] += x * high;
            }
        }
    }
    sums
}

#[inline(always)]
fn store<S: Simd, V: SimdBase<S, Element = f32>>([low, high]: [V; 2], to: &mut [f32]) {
    low.store_slice(&mut to[..V::LEN]);
    high.store_slice(&mut to[V::LEN..]);
}

/// Panels of `HIGH` of these rows, column after column. What stands for rows beyond the last is left
/// over from before: its sums are never stored.
#[inline(always)]
fn pack_left<const HIGH: usize>(left: View<'_, f32>, rows: Range<usize>, to: &mut Vec<f32>) {
    let inner = left.columns();
    to.resize(rows.len().next_multiple_of(HIGH) * inner, 0.0);
    let (entries, stride) = (left.matrix.entries(), left.matrix.columns());
    for (p, panel) in to.chunks_exact_mut(HIGH * inner).enumerate() {
        let first = rows.start + p * HIGH;
        let here = HIGH.min(rows.end - first);
        let (panel, _) = panel.as_chunks_mut::<HIGH>();
        if !left.transposed {
            for r in 0..here {
                let row = &entries[(first + r) * stride..][..inner];
                panel.iter_mut().zip(row).for_each(|(to, x)| to[r] = *x);
            }
        } else if here == HIGH {
            for (to, from) in panel.iter_mut().zip(entries.chunks_exact(stride)) {
                to.copy_from_slice(&from[first..first + HIGH]);
            }
        } else {
            for (to, from) in panel.iter_mut().zip(entries.chunks_exact(stride)) {
                to[..here].copy_from_slice(&from[first..first + here]);
            }
        }
    }
}

/// Panels of `wide` of these columns, row after row. What stands for columns beyond the last is left
/// over from before: its sums are never stored.
#[inline(always)]
fn pack_right(right: View<'_, f32>, wide: usize, columns: Range<usize>, to: &mut Vec<f32>) {
    let inner = right.rows();
    to.resize(columns.len().next_multiple_of(wide) * inner, 0.0);
    let (entries, stride) = (right.matrix.entries(), right.matrix.columns());
    for (p, panel) in to.chunks_exact_mut(wide * inner).enumerate() {
        let first = columns.start + p * wide;
        let here = wide.min(columns.end - first);
        if right.transposed {
            // Few rows at a time, which the fastest cache holds while all columns are read.
            for (block, panel) in panel.chunks_mut(DEEP * wide).enumerate() {
                for c in 0..here {
                    let column = &entries[(first + c) * stride + block * DEEP..];
                    panel.chunks_exact_mut(wide).zip(column).for_each(|(to, x)| to[c] = *x);
                }
            }
        } else if here == wide {
            for (to, from) in panel.chunks_exact_mut(wide).zip(entries.chunks_exact(stride)) {
                to[..wide].copy_from_slice(&from[first..first + wide]);
            }
        } else {
            for (to, from) in panel.chunks_exact_mut(wide).zip(entries.chunks_exact(stride)) {
                to[..here].copy_from_slice(&from[first..first + here]);
            }
        }
    }
}

/// The kernel's twin: the obvious loops, in the kernel's order of sums.
pub(crate) fn plain<T: Scalar>(left: View<'_, T>, right: View<'_, T>, out: &mut [T]) {
    let columns = right.columns();
    for (i, row) in out.chunks_exact_mut(columns).enumerate() {
        for (j, to) in row.iter_mut().enumerate() {
            let mut sum = T::ZERO;
            for k in 0..left.columns() {
                sum += left.at(i, k) * right.at(k, j);
            }
            *to = sum;
        }
    }
}
