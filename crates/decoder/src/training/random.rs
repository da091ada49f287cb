//! Random numbers, each use with a stream of its own, so that a saved run goes on with those it would
//! have had.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use std::f64::consts::TAU;

/// What numbers are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Purpose {
    Encoder = 1,
    Decoder,
    Order,
    Mirror,
    Features,
    Principal,
    Classifier,
    Labels,
}

/// The generator of draw `count` for `purpose`.
pub(crate) fn random(seed: u64, purpose: Purpose, count: u64) -> Pcg64 {
    // Pcg's own seeding leaves no likeness between neighbours.
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&count.to_le_bytes());
    bytes[16] = purpose as u8;
    let mut first = Pcg64::from_seed(bytes);
    Pcg64::seed_from_u64(first.next_u64() ^ first.next_u64().rotate_left(32))
}

/// Below `bound`; the bias of 2⁻³² and less that this has does not matter here.
pub(crate) fn below(rng: &mut Pcg64, bound: usize) -> usize {
    ((u128::from(rng.next_u64()) * bound as u128) >> 64) as usize
}

/// 0 to `count` − 1 in random order (Fisher and Yates).
pub(crate) fn order(rng: &mut Pcg64, count: usize) -> Vec<u32> {
    let mut all: Vec<u32> = (0..count as u32).collect();
    for k in (1..count).rev() {
        all.swap(k, below(rng, k + 1));
    }
    all
}

/// Independent N(0, `deviation`²), by Box and Muller.
pub(crate) fn normals(rng: &mut Pcg64, deviation: f64, count: usize) -> Vec<f32> {
    let mut uniform = || (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut all = Vec::with_capacity(count + 1);
    while all.len() < count {
        let radius = (-2.0 * libm::log(1.0 - uniform())).sqrt() * deviation;
        let angle = TAU * uniform();
        all.extend([radius * libm::cos(angle), radius * libm::sin(angle)].map(|x| x as f32));
    }
    all.truncate(count);
    all
}
