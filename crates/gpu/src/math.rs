//! Logarithm and exponential in `f32`, the same bits on every machine, which the system's functions
//! do not promise, and without branches, so that a block of samples is done by SIMD.
//!
//! Polynomials of S. L. Moshier's Cephes library (logf, expf).

const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// (ln(1 + f) − f + f²/2) / f³, highest power first.
const LN: [f32; 9] = [
    7.037_683_6e-2,
    -1.151_461e-1,
    1.167_699_9e-1,
    -1.242_014_1e-1,
    1.424_932_3e-1,
    -1.666_805_8e-1,
    2.000_071_5e-1,
    -2.499_999_4e-1,
    3.333_333e-1,
];

/// (eʳ − 1 − r) / r².
const EXP: [f32; 6] =
    [1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];

/// ln x for a normal number x > 0, to one unit in the last place or two.
#[inline(always)]
pub(crate) fn ln(x: f32) -> f32 {
    // x = (1 + f) 2^e with 1 + f from √½ to √2.
    let middle = std::f32::consts::FRAC_1_SQRT_2.to_bits();
    let bits = x.to_bits().wrapping_sub(middle);
    let e = (bits as i32 >> 23) as f32;
    let f = f32::from_bits((bits & 0x007f_ffff) + middle) - 1.0;
    let square = f * f;
    let p = LN.iter().fold(0.0, |p, c| p * f + c);
    // ln 2 in two parts, the first of which times e is exact.
    f + (f * square * p - 0.5 * square + e * LN_2_LOW) + e * LN_2_HIGH
}

/// eˣ for x from −80 to 0, to one unit in the last place or two.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let n = (x * std::f32::consts::LOG2_E - 0.5) as i32;
    let r = x - n as f32 * LN_2_HIGH - n as f32 * LN_2_LOW;
    let p = EXP.iter().fold(0.0, |p, c| p * r + c);
    (p * r * r + r + 1.0) * f32::from_bits(((n + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::{exp, ln};

    #[test]
    fn good_to_the_last_places() {
        for k in 1..=200_000u32 {
            let x = k as f32 / 200_000.0;
            let (found, exact) = (f64::from(ln(x)), f64::from(x).ln());
            assert!(
                (found - exact).abs() <= 2e-7 * exact.abs().max(1e-3),
                "ln {x} {found} {exact}"
            );
            let x = -60.0 * x;
            let (found, exact) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((found - exact).abs() <= 3e-7 * exact, "exp {x}: {found} {exact}");
        }
        assert_eq!((ln(1.0), exp(0.0)), (0.0, 1.0));
        assert!((ln(2f32.powi(-46)) + 46.0 * std::f32::consts::LN_2).abs() < 4e-6);
    }
}
