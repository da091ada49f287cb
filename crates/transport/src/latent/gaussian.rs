//! The Gaussian fitted to codes: what is sampled where there is no transport.

#![allow(clippy::excessive_precision, reason = "coefficients as published")]

use super::LatentError;

/// N(mean, L Lᵀ).
#[derive(Clone, Debug, PartialEq)]
pub struct Gaussian {
    mean: Vec<f64>,
    /// L, d × d, lower triangular, row by row.
    factor: Vec<f64>,
}

impl Gaussian {
    /// Mean and covariance (over N − 1) of N × d codes. A direction without variance, as where
    /// N ≤ d, gets none.
    ///
    /// # Errors
    /// [`LatentError::Sites`] for no code, and lengths that do not fit.
    pub fn fit(dimension: usize, codes: &[f64]) -> Result<Self, LatentError> {
        let d = dimension;
        if d == 0 || codes.is_empty() || !codes.len().is_multiple_of(d) {
            return Err(LatentError::Sites { count: codes.len(), dimension });
        }
        let n = codes.len() / d;
        let mut mean = vec![0.0; d];
        for code in codes.chunks_exact(d) {
            mean.iter_mut().zip(code).for_each(|(m, y)| *m += y / n as f64);
        }
        let mut factor = vec![0.0; d * d];
        let over = (n.max(2) - 1) as f64;
        for code in codes.chunks_exact(d) {
            for i in 0..d {
                let a = (code[i] - mean[i]) / over;
                for j in 0..=i {
                    factor[i * d + j] += a * (code[j] - mean[j]);
                }
            }
        }
        cholesky(d, &mut factor);
        Ok(Self { mean, factor })
    }

    /// d numbers.
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// The covariance, d × d.
    pub fn covariance(&self) -> Vec<f64> {
        let d = self.mean.len();
        let at = |i: usize, j: usize| {
            (0..d).map(move |k| self.factor[i * d + k] * self.factor[j * d + k])
        };
        (0..d * d).map(|k| at(k / d, k % d).sum()).collect()
    }

    /// The sample that a point u of [0,1]^d stands for: mean + L Φ⁻¹(u), so that uniform points
    /// give samples. The same points can so go through the transport map.
    pub fn at(&self, u: &[f64]) -> Vec<f64> {
        let d = self.mean.len();
        // A coordinate on the border, of a number of 24 bits, stands for its interval's middle.
        let edge = (-25f64).exp2();
        let z: Vec<f64> = u.iter().map(|u| normal_quantile(u.clamp(edge, 1.0 - edge))).collect();
        let mut out = self.mean.clone();
        for (i, y) in out.iter_mut().enumerate() {
            *y += self.factor[i * d..=i * d + i].iter().zip(&z).map(|(l, z)| l * z).sum::<f64>();
        }
        out
    }
}

/// Replaces the lower half of a matrix by its factor L. A pivot without variance zeroes its column.
fn cholesky(d: usize, m: &mut [f64]) {
    let least = 1e-12 * (0..d).fold(0.0f64, |t, i| t.max(m[i * d + i]));
    for j in 0..d {
        let pivot = m[j * d + j] - (0..j).map(|k| m[j * d + k] * m[j * d + k]).sum::<f64>();
        let root = if pivot > least { pivot.sqrt() } else { 0.0 };
        m[j * d + j] = root;
        for i in j + 1..d {
            let rest = m[i * d + j] - (0..j).map(|k| m[i * d + k] * m[j * d + k]).sum::<f64>();
            m[i * d + j] = if root > 0.0 { rest / root } else { 0.0 };
        }
    }
}

/// Φ⁻¹(p) of the standard normal distribution, 0 < p < 1, to about 1e-16 (Wichura, algorithm AS 241,
/// PPND16, Applied Statistics 37, 1988). By `libm`: the same natively and in wasm.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180625 - q * q, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 { ratio(r - 1.6, &MIDDLE) } else { ratio(r - 5.0, &TAIL) };
    if q < 0.0 { -z } else { z }
}

fn ratio(x: f64, [above, below]: &[[f64; 8]; 2]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    horner(above) / horner(below)
}

const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_608,
        1.331_416_678_917_843_774_5e2,
        1.971_590_950_306_551_442_7e3,
        1.373_169_376_550_946_112_5e4,
        4.592_195_393_154_987_145_7e4,
        6.726_577_092_700_870_085_3e4,
        3.343_057_558_358_812_810_5e4,
        2.509_080_928_730_122_672_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091_125_2e1,
        6.871_870_074_920_579_083e2,
        5.394_196_021_424_751_107_7e3,
        2.121_379_430_158_659_586_7e4,
        3.930_789_580_009_271_061e4,
        2.872_908_573_572_194_267_4e4,
        5.226_495_278_852_854_561e3,
    ],
];
const MIDDLE: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        2.417_807_251_774_506_117_7e-1,
        2.272_384_498_926_918_458_33e-2,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        6.897_673_349_851_000_045_5e-1,
        1.481_039_764_274_800_745_9e-1,
        1.519_866_656_361_645_719_66e-2,
        5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
];
const TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        2.965_605_718_285_048_912_3e-1,
        2.653_218_952_657_612_309_3e-2,
        1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879_376_9e-1,
        1.369_298_809_227_358_053_1e-1,
        1.487_536_129_085_061_485_25e-2,
        7.868_691_311_456_132_591e-4,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles() {
        // By Python's statistics.NormalDist().inv_cdf, itself AS 241, and tables.
        for (p, z) in [
            (0.5, 0.0),
            (0.8413447460685429, 1.0),
            (0.9772498680518208, 2.0),
            (0.9986501019683699, 3.0),
            (3.167124183311986e-5, -4.0),
            (9.865876450376946e-10, -6.0),
        ] {
            let found = normal_quantile(p);
            assert!((found - z).abs() < 1e-12, "{p}: {found}");
            assert!((normal_quantile(1.0 - p) + found).abs() < 1e-6, "{p}");
        }
    }

    #[test]
    fn fits_and_samples() {
        // Four codes whose covariance is (1/3) [[10, 8], [8, 10]] about (1, 0).
        let codes = [3.0, 1.0, -1.0, -1.0, 2.0, 2.0, 0.0, -2.0];
        let fit = Gaussian::fit(2, &codes).unwrap();
        assert_eq!(fit.mean(), [1.0, 0.0]);
        let want = [10.0 / 3.0, 8.0 / 3.0, 8.0 / 3.0, 10.0 / 3.0];
        assert!(fit.covariance().iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12));
        assert_eq!(fit.at(&[0.5, 0.5]), [1.0, 0.0]);
        let one = fit.at(&[0.8413447460685429, 0.5]);
        assert!((one[0] - 1.0 - (10f64 / 3.0).sqrt()).abs() < 1e-9);
        assert!(fit.at(&[0.0, 1.0]).iter().all(|y| y.is_finite()));
        // One code has no variance.
        assert_eq!(Gaussian::fit(2, &[1.0, 2.0]).unwrap().at(&[0.1, 0.9]), [1.0, 2.0]);
        assert!(Gaussian::fit(2, &[1.0]).is_err());
    }
}
