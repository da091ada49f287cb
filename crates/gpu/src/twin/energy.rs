//! The sum of the samples' highest values: ∫ u dμ once divided by their number.

/// Σ u(x) over the samples. The kernel sums [`SHARE`] values at a time in `f32`, as a tree, and
/// leaves one partial sum of each share to be added in `f64`.
pub fn energy(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum()
}

/// Values that a workgroup sums.
pub const SHARE: u32 = 2048;
