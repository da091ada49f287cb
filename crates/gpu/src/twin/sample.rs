//! Samples of the source measure, from integers that are the same on every machine.

use crate::{
    math::{exp, ln},
    sobol::directions,
};
use transport::monte_carlo::{Law, Sequence};

/// Sample `index` of a sequence in centred coordinates, one for each place of `out`: d of them,
/// from 1 to 256.
///
/// Cube: uniform on [−½, ½)^d. Gaussian: standard normal. Ball: uniform on the unit ball, a normal
/// direction with radius U^(1/d), U from a dimension of its own.
pub fn point(law: Law, sequence: Sequence, seed: u32, index: u32, out: &mut [f32]) {
    let d = out.len();
    for (j, x) in out.iter_mut().enumerate() {
        let u = uniform(bits(sequence, seed, index, j));
        *x = if law == Law::Cube { centred(u) } else { normal(u) };
    }
    if law == Law::Ball {
        let norm = out.iter().fold(0.0, |sum, x| sum + x * x).sqrt();
        let scale = radius(uniform(bits(sequence, seed, index, d)), d) / norm;
        out.iter_mut().for_each(|x| *x *= scale);
    }
}

/// The 32 bits of coordinate `dimension` (from 0 to 256) of sample `index`.
pub fn bits(sequence: Sequence, seed: u32, index: u32, dimension: usize) -> u32 {
    match sequence {
        Sequence::Sobol => {
            let v = directions(dimension);
            let x = (0..32).filter(|b| index >> b & 1 == 1).fold(0, |x, b| x ^ v[b]);
            scramble(x, dimension_seed(seed, dimension as u32))
        }
        Sequence::Philox => {
            philox([index, dimension as u32 / 4, 0, 0], [seed, PHILOX_KEY])[dimension % 4]
        }
    }
}

/// The uniform that is kept of 32 bits: the 24 highest, which `f32` holds exactly.
#[inline(always)]
pub fn uniform(bits: u32) -> u32 {
    bits >> 8
}

/// A coordinate of the centred cube, exact: (u − 2²³) 2⁻²⁴, from −½ to ½ − 2⁻²⁴.
#[inline(always)]
pub fn centred(u: u32) -> f32 {
    (u as i32 - (1 << 23)) as f32 * TO_UNIT
}

/// The quantile of the standard normal distribution at (u + ½) 2⁻²⁴: √2 erf⁻¹(2p − 1), with the
/// single-precision polynomials of M. Giles, "Approximating the erfinv function", GPU Computing
/// Gems Jade Edition (2012), to a few parts in 10⁷. Finite, at most 5.5 in size.
#[inline(always)]
pub fn normal(u: u32) -> f32 {
    // An odd integer below 2²⁴ in size. 1 − x² is made of integers, so that the tails are exact
    // and no compiler may write it as one minus a square.
    let n = 2 * u as i32 + 1 - (1 << 24);
    let x = n as f32 * TO_UNIT;
    let below = ((1 << 24) - n.abs()) as f32 * TO_UNIT;
    let w = -ln(below * ((1 << 24) + n.abs()) as f32 * TO_UNIT);
    // Both are computed and one is chosen: no branch.
    let (centre, tail) = (horner(&CENTRE, w - 2.5), horner(&TAIL, w.max(0.0).sqrt() - 3.0));
    (if w < 5.0 { centre } else { tail }) * x * std::f32::consts::SQRT_2
}

#[inline(always)]
fn horner(coefficients: &[f32; 9], x: f32) -> f32 {
    coefficients.iter().fold(0.0, |p, c| p * x + c)
}

/// The radius in a d-ball at (u + ½) 2⁻²⁴: its d-th root.
#[inline(always)]
pub fn radius(u: u32, d: usize) -> f32 {
    // In f32, u + ½ needs 25 bits where u ≥ 2²³: there the half may round to an even neighbour.
    exp(ln((u as f32 + 0.5) * TO_UNIT) / d as f32)
}

/// Nested uniform scrambling in base 2 (A. B. Owen, 1995), by the hash of B. Burley, "Practical
/// hash-based Owen scrambling", JCGT 9(4), 2020, after S. Laine and T. Karras: each bit is flipped
/// or not depending on the seed and the bits above it alone.
pub fn scramble(x: u32, seed: u32) -> u32 {
    // Multiplication by even numbers carries upwards only, hence the reversal.
    let mut x = x.reverse_bits().wrapping_add(seed);
    for factor in [0x6c50_b47c, 0xb82f_1e52, 0xc7af_e638, 0x8d22_f6e6] {
        x ^= x.wrapping_mul(factor);
    }
    x.reverse_bits()
}

/// The seed of a dimension's scramble.
pub fn dimension_seed(seed: u32, dimension: u32) -> u32 {
    mix(mix(seed) ^ (dimension + 1).wrapping_mul(0x9e37_79b9))
}

/// The integer hash lowbias32 of C. Wellons (2018), a bijection.
fn mix(mut x: u32) -> u32 {
    x = (x ^ x >> 16).wrapping_mul(0x7feb_352d);
    x = (x ^ x >> 15).wrapping_mul(0x846c_a68b);
    x ^ x >> 16
}

/// Philox 4×32 with ten rounds: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel
/// random numbers: as easy as 1, 2, 3", SC 2011.
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut a, mut b, mut c, mut d], [mut k, mut l]) = (counter, key);
    for _ in 0..10 {
        let p = 0xd251_1f53 * u64::from(a);
        let q = 0xcd9e_8d57 * u64::from(c);
        (a, b, c, d) = ((q >> 32) as u32 ^ b ^ k, q as u32, (p >> 32) as u32 ^ d ^ l, p as u32);
        (k, l) = (k.wrapping_add(0x9e37_79b9), l.wrapping_add(0xbb67_ae85));
    }
    [a, b, c, d]
}

/// The second word of Philox's key: these streams are no other program's.
pub const PHILOX_KEY: u32 = 0x4272_656e;

const TO_UNIT: f32 = 1.0 / 16_777_216.0;

/// Giles's polynomial in w − 5/2 for w < 5, highest power first.
const CENTRE: [f32; 9] = [
    2.810_226_4e-8,
    3.432_739_4e-7,
    -3.523_387_7e-6,
    -4.391_506_5e-6,
    2.185_808_7e-4,
    -1.253_725e-3,
    -4.177_681_6e-3,
    0.246_640_73,
    1.501_409_4,
];

/// And in √w − 3 beyond.
const TAIL: [f32; 9] = [
    -2.002_142_6e-4,
    1.009_505_6e-4,
    1.349_343_2e-3,
    -3.673_428_4e-3,
    5.739_507_7e-3,
    -7.622_461_3e-3,
    9.438_870_5e-3,
    1.001_674,
    2.832_976_8,
];
