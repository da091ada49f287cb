//! Random numbers: a function of the seed, of what they are for, and of how often that was drawn,
//! so that a saved run goes on with the numbers it would have had.

use crate::scalar::Scalar;
use rand_core::{Rng, SeedableRng};
use std::f64::consts::TAU;

/// The generator that is handed to whoever draws real points.
pub type Random = rand_pcg::Pcg64;

/// What numbers are for; each has a stream of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Generator = 1,
    Discriminator,
    Real,
    Latent,
    Penalty,
    Samples,
    Statistics,
    Companions,
    Epoch,
}

/// The generator of draw `count` for `purpose`.
pub(crate) fn random(seed: u64, purpose: Purpose, count: u64) -> Random {
    let stream = mix(seed ^ mix(purpose as u64));
    Random::seed_from_u64(mix(stream.wrapping_add(count)))
}

/// A bijection of 64 bits without visible structure: the last step of SplitMix64 (Steele, Lea and
/// Flood, OOPSLA 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Uniform on [0, 1), of 53 bits.
pub(crate) fn uniform(rng: &mut Random) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Independent N(0, `deviation`²), by Box and Muller with `libm`'s functions.
pub(crate) fn normals<T: Scalar>(rng: &mut Random, deviation: f64, to: &mut [T]) {
    for pair in to.chunks_mut(2) {
        let radius = (-2.0 * libm::log(1.0 - uniform(rng))).sqrt() * deviation;
        let angle = TAU * uniform(rng);
        let both = [radius * libm::cos(angle), radius * libm::sin(angle)];
        pair.iter_mut().zip(both).for_each(|(to, x)| *to = T::of(x));
    }
}
