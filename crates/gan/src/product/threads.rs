//! Several threads: two computations at once, and of a large product a band of rows each.
//!
//! An entry sums its terms as on one thread, so the bits stay. A thread lives for one computation:
//! what it reads is borrowed, which a pool would not allow without unsafe code. Its start and end cost
//! tens of microseconds, so few computations are worth it.

use super::{Products, multiply_panels, pack_left, pack_right};
use crate::matrix::View;
use fearless_simd::{Simd, SimdBase};
use std::panic;
use std::sync::OnceLock;
use std::thread;

/// Multiplications that take several times as long as a thread's start and end.
const WORTH: usize = 1 << 24;

/// How many threads there may be, and what each needs.
#[derive(Clone, Debug)]
pub(super) struct Threads {
    count: usize,
    /// Multiplications of a product that are worth a thread of its own.
    worth: usize,
    /// Of the first of two computations.
    products: Option<Box<Products>>,
    /// Panels of its own rows.
    left: Vec<Vec<f32>>,
    /// Panels of its share of the columns, which all threads need.
    right: Vec<OnceLock<Vec<f32>>>,
}

impl Default for Threads {
    fn default() -> Self {
        Self { count: 1, worth: WORTH, products: None, left: Vec::new(), right: Vec::new() }
    }
}

impl Products {
    /// From now on on so many threads; 0 is as 1.
    pub(crate) fn set_threads(&mut self, count: usize) {
        self.threads.count = count;
    }

    /// Another threshold, for a test of small products.
    #[cfg(test)]
    pub(crate) fn worth(&mut self, multiplications: usize) {
        self.threads.worth = multiplications;
    }

    /// Two computations, of which neither needs the other: at once where there are several threads.
    pub(crate) fn both<A: Send, B>(
        &mut self,
        one: impl FnOnce(&mut Self) -> A + Send,
        other: impl FnOnce(&mut Self) -> B,
    ) -> (A, B) {
        if self.threads.count < 2 {
            let one = one(self);
            return (one, other(self));
        }
        let new = || Box::new(Self::with(self.level, self.arithmetic));
        let mut products = self.threads.products.take().unwrap_or_else(new);
        // Each of the two may have all threads for a large product: one of them ends first.
        (products.threads.count, products.threads.worth) = (self.threads.count, self.threads.worth);
        let both = thread::scope(|scope| {
            let one = scope.spawn(|| one(&mut products));
            let other = other(self);
            (one.join().unwrap_or_else(|panic| panic::resume_unwind(panic)), other)
        });
        self.threads.products = Some(products);
        both
    }
}

impl Threads {
    /// The whole product, or `false` where one thread does it best.
    #[inline(always)]
    pub(super) fn sweep<S: Simd, const HIGH: usize, const FUSED: bool>(
        &mut self,
        simd: S,
        left: View<'_, f32>,
        right: View<'_, f32>,
        out: &mut [f32],
    ) -> bool {
        let (rows, inner, columns) = (left.rows(), left.columns(), right.columns());
        let threads = self.count.min(rows * inner * columns / self.worth);
        if threads < 2 {
            return false;
        }
        let high = rows.div_ceil(HIGH).div_ceil(threads) * HIGH;
        let bands = rows.div_ceil(high);
        let wide = 2 * S::f32s::LEN;
        let share = columns.div_ceil(wide).div_ceil(bands) * wide;
        let shares = columns.div_ceil(share);
        self.left.resize(bands, Vec::new());
        self.right.resize(shares, OnceLock::new());
        let mut room: Vec<_> =
            self.right.iter_mut().map(|r| r.take().unwrap_or_default()).collect();
        room.resize(bands, Vec::new());
        let panels = &self.right;
        let columns_of = |k: usize| k * share..columns.min((k + 1) * share);
        let band = |k: usize, packed: &mut Vec<f32>, mut room: Vec<f32>, out: &mut [f32]| {
            // Each thread must choose the processor's instructions anew.
            simd.vectorize(
                #[inline(always)]
                || {
                    // Whoever waits for these columns waits least if they come first.
                    if k < shares {
                        pack_right(right, wide, columns_of(k), &mut room);
                        // It was emptied above, and no other thread fills it.
                        let _ = panels[k].set(room);
                    }
                    pack_left::<HIGH>(left, k * high..rows.min((k + 1) * high), packed);
                    for turn in 0..shares {
                        let at = (k + turn) % shares;
                        let packed = (&packed[..], &panels[at].wait()[..]);
                        let range = columns_of(at);
                        multiply_panels::<S, HIGH, FUSED>(simd, inner, packed, range, columns, out);
                    }
                },
            );
        };
        let band = &band;
        let work = out.chunks_mut(high * columns).zip(&mut self.left).zip(room).enumerate();
        thread::scope(|scope| {
            let mut first = None;
            for (k, ((out, packed), room)) in work {
                if k == 0 {
                    first = Some((packed, room, out));
                } else {
                    scope.spawn(move || band(k, packed, room, out));
                }
            }
            if let Some((packed, room, out)) = first {
                band(0, packed, room, out);
            }
        });
        true
    }
}
