//! Generators for the unit tests.

use rand::RngExt;
use rand_core::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// A generator of seed `seed`.
pub(crate) fn rng(seed: u64) -> Pcg64Mcg {
    Pcg64Mcg::seed_from_u64(seed)
}

/// Uniform on [0, 1).
pub(crate) fn uniform(rng: &mut Pcg64Mcg) -> f64 {
    rng.random()
}
