//! Classes captured, where a classifier says which class each sample is of: what modes are for mixtures.

use rand::RngExt as _;
use rand_core::Rng;

use crate::{Reference, SamplesError};

/// How samples are spread over classes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassScores {
    /// Classes that at least one sample is of.
    pub captured: usize,
    /// Σ p̂ᵢ ln(p̂ᵢ / wᵢ) in nats, p̂ the samples' shares and w the true ones; infinite where a sample is
    /// of a class that has none. 0 is perfect.
    pub kl: f64,
}

/// Scores `counts` of samples in each class against the true `shares`, Σ = 1.
///
/// # Errors
/// [`SamplesError::Empty`]: there is no sample, or not a share for each count.
pub fn class_scores(counts: &[u64], shares: &[f64]) -> Result<ClassScores, SamplesError> {
    let total: u64 = counts.iter().sum();
    if total == 0 || counts.len() != shares.len() {
        return Err(SamplesError::Empty);
    }
    let part = |(count, share): (&u64, &f64)| {
        let p = *count as f64 / total as f64;
        if p > 0.0 { p * (p / share).ln() } else { 0.0 }
    };
    let kl = counts.iter().zip(shares).map(part).sum::<f64>().max(0.0);
    Ok(ClassScores { captured: counts.iter().filter(|count| **count > 0).count(), kl })
}

/// The divergence of as many samples of a perfect sampler: its mean and its 95 % interval over
/// `rounds` simulated sets. `shares` are Σ = 1.
pub fn class_reference(
    shares: &[f64],
    samples: u64,
    rounds: usize,
    rng: &mut impl Rng,
) -> Reference {
    let mut drawn: Vec<f64> = (0..rounds.max(1))
        .map(|_| {
            let mut counts = vec![0; shares.len()];
            for _ in 0..samples {
                let mut left: f64 = rng.random();
                let found = shares.iter().position(|share| {
                    left -= share;
                    left < 0.0
                });
                // What rounding leaves over is of the last class that has a share.
                let last = || shares.iter().rposition(|share| *share > 0.0);
                if let Some(class) = found.or_else(last) {
                    counts[class] += 1;
                }
            }
            class_scores(&counts, shares).map_or(0.0, |scores| scores.kl)
        })
        .collect();
    drawn.sort_unstable_by(f64::total_cmp);
    let at = |p: f64| drawn[(p * (drawn.len() - 1) as f64).round() as usize];
    let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
    Reference { mean, low: at(0.025), high: at(0.975) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng::rng;

    #[test]
    fn lost_classes_are_counted_and_cost() {
        let even = [0.25; 4];
        assert_eq!(class_scores(&[5, 5, 5, 5], &even), Ok(ClassScores { captured: 4, kl: 0.0 }));
        let half = class_scores(&[10, 10, 0, 0], &even).unwrap();
        assert_eq!(half.captured, 2);
        assert!((half.kl - 2.0_f64.ln()).abs() < 1e-12);
        assert_eq!(class_scores(&[1, 0], &[0.0, 1.0]).unwrap().kl, f64::INFINITY);
        assert!(class_scores(&[0, 0], &[0.5, 0.5]).is_err());
        assert!(class_scores(&[1], &[0.5, 0.5]).is_err());
    }

    #[test]
    fn a_perfect_sampler_scores_near_its_expectation() {
        // (K − 1) / 2 n for many samples.
        let shares = [0.1, 0.2, 0.3, 0.4];
        let reference = class_reference(&shares, 2_000, 300, &mut rng(1));
        assert!((reference.mean - 3.0 / 4_000.0).abs() < 1.5e-4, "{reference:?}");
        assert!(0.0 <= reference.low && reference.low < reference.mean);
        assert!(reference.mean < reference.high);
        assert_eq!(reference, class_reference(&shares, 2_000, 300, &mut rng(1)));
    }
}
