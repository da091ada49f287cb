//! Distances to the nearest real sample: what shows memorising.

use rand_core::Rng;

use crate::nearest::Nearest;
use crate::reference::quantile;
use crate::{Modes, Point, SamplesError};

/// Summary of distances, in the samples' units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// Mean.
    pub mean: f64,
    /// 5 % quantile.
    pub p05: f64,
    /// First quartile.
    pub p25: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub p75: f64,
    /// 95 % quantile.
    pub p95: f64,
}

/// How near the generated samples come to the real ones, beside fresh samples of the truth.
///
/// A generator that repeats its training set has distances far below those of fresh samples;
/// one that keeps to the truth has similar ones; larger ones come from samples between modes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearestReal {
    /// From each generated sample to its nearest real one.
    pub generated: Distances,
    /// From as many fresh samples of the truth (at least 2,000) to the same real ones.
    pub reference: Distances,
    /// Share of the generated samples that equal a real one exactly, 0 to 1.
    pub copies: f64,
}

/// Measures `generated` against `real`. Both are checked like samples to be scored.
pub fn nearest_real<R: Rng + ?Sized>(
    modes: &Modes,
    generated: &[Point],
    real: &[Point],
    rng: &mut R,
) -> Result<NearestReal, SamplesError> {
    Modes::check(generated)?;
    Modes::check(real).map_err(|error| match error {
        SamplesError::Empty => SamplesError::RealEmpty,
        SamplesError::NotFinite { index } => SamplesError::RealNotFinite { index },
        SamplesError::TooLarge { index } => SamplesError::RealTooLarge { index },
        other => other,
    })?;
    let search = Nearest::new(real);
    let distances = |points: &[Point]| -> Vec<f64> {
        points.iter().filter_map(|&p| search.find(p)).map(|(_, squared)| squared.sqrt()).collect()
    };
    let of_generated = distances(generated);
    let fresh = modes.sample(generated.len().max(2_000), rng);
    let copies = of_generated.iter().filter(|&&d| d == 0.0).count() as f64;
    Ok(NearestReal {
        copies: copies / of_generated.len() as f64,
        generated: Distances::of(of_generated),
        reference: Distances::of(distances(&fresh)),
    })
}

impl Distances {
    /// Summary of `values`, at least one.
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |q| quantile(&values, q);
        Self {
            mean: values.iter().sum::<f64>() / values.len() as f64,
            p05: at(0.05),
            p25: at(0.25),
            median: at(0.5),
            p75: at(0.75),
            p95: at(0.95),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mode;
    use crate::test_rng::rng;

    #[test]
    fn one_real_sample_at_the_centre_sees_a_rayleigh_law() {
        let modes =
            Modes::new(vec![Mode { centre: [3.0, -1.0], sigma: 0.5, weight: 1.0 }]).unwrap();
        let generated = modes.sample(40_000, &mut rng(1));
        let near = nearest_real(&modes, &generated, &[[3.0, -1.0]], &mut rng(2)).unwrap();
        // Rayleigh with scale σ: mean σ √(π/2), quantile q at σ √(−2 ln(1 − q)).
        for d in [near.generated, near.reference] {
            assert!((d.mean / (0.5 * (std::f64::consts::PI / 2.0).sqrt()) - 1.0).abs() < 0.02);
            for (value, q) in
                [(d.p05, 0.05), (d.p25, 0.25), (d.median, 0.5), (d.p75, 0.75), (d.p95, 0.95)]
            {
                let truth = 0.5 * (-2.0 * f64::ln(1.0 - q)).sqrt();
                assert!((value / truth - 1.0f64).abs() < 0.04, "{q}: {value} against {truth}");
            }
        }
        assert_eq!(near.copies, 0.0);
    }

    #[test]
    fn copies_are_counted() {
        let modes = Modes::ring();
        let real = modes.sample(50, &mut rng(1));
        let mut generated = real.clone();
        generated.extend(modes.sample(150, &mut rng(2)));
        let near = nearest_real(&modes, &generated, &real, &mut rng(3)).unwrap();
        assert_eq!(near.copies, 0.25);
        assert_eq!(near.generated.p05, 0.0);
        assert!(near.reference.p05 > 0.0);
    }

    #[test]
    fn refusals_tell_real_from_generated() {
        let modes = Modes::ring();
        let run = |g: &[Point], r: &[Point]| nearest_real(&modes, g, r, &mut rng(0)).unwrap_err();
        let (good, bad) = ([[0.0, 0.0]], [[0.0, 0.0], [f64::INFINITY, 0.0]]);
        assert_eq!(run(&bad, &good), SamplesError::NotFinite { index: 1 });
        assert_eq!(run(&good, &bad), SamplesError::RealNotFinite { index: 1 });
        assert_eq!(run(&good, &[]), SamplesError::RealEmpty);
        assert_eq!(run(&[], &good), SamplesError::Empty);
    }
}
