//! Counts of samples by cell, and sums of the samples in each.
//!
//! Sums are exact in fixed point, so they do not depend on the order: a coordinate x, at most 6 in
//! size for every source, is rounded to 2⁻²⁰ and counted as the integer (x + 8) 2²⁰, from 1 to
//! 2²⁴ − 1. Overflow bound: in 64 bits, which a kernel keeps as two words with a carry, 2⁴⁰ samples
//! of one cell; in 32 bits, without the carry, 256.

/// Adds a sample's winner to the counts of N cells. A draw has less than 2³² samples.
pub fn counts(winner: u32, counts: &mut [u32]) {
    counts[winner as usize] += 1;
}

/// Adds a sample to the sums of its cell, of N × d.
pub fn sums(point: &[f32], winner: u32, sums: &mut [u64]) {
    let cell = &mut sums[winner as usize * point.len()..][..point.len()];
    for (sum, x) in cell.iter_mut().zip(point) {
        *sum += u64::from(fixed(*x));
    }
}

/// A coordinate in fixed point. Requires |x| < 8.
pub fn fixed(x: f32) -> u32 {
    ((x * ONE).round_ties_even() as i32 + SHIFT) as u32
}

/// The sum of `count` coordinates from that of their fixed points, to within 2⁻²¹ each.
pub fn real(sum: u64, count: u64) -> f64 {
    (i128::from(sum) - i128::from(count) * i128::from(SHIFT)) as f64 / f64::from(ONE)
}

const ONE: f32 = 1_048_576.0;
const SHIFT: i32 = 8 << 20;
