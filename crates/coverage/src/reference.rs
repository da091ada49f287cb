//! What a perfect sampler scores with as many samples.

use rand::RngExt;
use rand_core::Rng;

use crate::score::{Placed, Tally};
use crate::{Modes, SamplesError, Scores};

/// Which perfect sampler is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceCase {
    /// One that draws every sample independently from the truth.
    Perfect,
    /// One that knows the truth only through `real` independent samples of it, each carrying
    /// mass 1/`real`, and draws every generated sample independently from those: the case of
    /// AE-OT, whose map pushes the source onto Dirac masses at the real samples. Mode counts are
    /// then doubly random: the mean reverse KL is near (K − 1)/2 · (1/`real` + 1/n) for K modes
    /// and n generated samples, not (K − 1)/2n.
    Resampled {
        /// Number of real samples, at least 1.
        real: usize,
    },
}

/// Distribution of one score over the simulated rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// Mean.
    pub mean: f64,
    /// Lower end of the 95 % interval: the 2.5 % quantile.
    pub low: f64,
    /// Upper end: the 97.5 % quantile.
    pub high: f64,
}

/// The references of all scores for one number of samples; worth keeping while modes, number of
/// samples and case stay the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct References {
    /// Modes captured.
    pub modes: Reference,
    /// Share of high-quality samples.
    pub high_quality: Reference,
    /// Reverse KL in nats.
    pub reverse_kl: Reference,
    /// Ratio of the variance within modes to the truth's (the mean of an independent sampler).
    pub variance_ratio: Reference,
    /// The truth's variance within modes itself, by which ratios are divided.
    pub true_variance: f64,
}

/// Rounds that give intervals steady enough to print: 400, for more than 50,000 samples fewer,
/// down to 100.
pub fn default_rounds(n: usize) -> usize {
    (20_000_000 / n.max(1)).clamp(100, 400)
}

/// Simulates `rounds` sets of `n` samples by a perfect sampler and scores each.
///
/// The points themselves are drawn and placed, so that overlapping modes are right too. The
/// cost is O(rounds · (n + `real`)) draws, and a search only for samples farther from their own
/// centre than half the distance to the next.
///
/// Errors when `n` or `real` is 0, or `rounds` is below 2.
pub fn simulate<R: Rng + ?Sized>(
    modes: &Modes,
    n: usize,
    case: ReferenceCase,
    rounds: usize,
    rng: &mut R,
) -> Result<References, SamplesError> {
    if n == 0 {
        return Err(SamplesError::Empty);
    }
    if u32::try_from(n).is_err() {
        return Err(SamplesError::TooMany);
    }
    if case == (ReferenceCase::Resampled { real: 0 }) {
        return Err(SamplesError::RealEmpty);
    }
    if rounds < 2 {
        return Err(SamplesError::TooFewRounds);
    }

    let mut tally = Tally::new(modes.len());
    let mut truth = Tally::new(modes.len());
    let (mut scores, mut true_variance) = (Vec::with_capacity(rounds), 0.0);
    let mut real = Vec::new();
    for _ in 0..rounds {
        tally.clear();
        truth.clear();
        match case {
            ReferenceCase::Perfect => {
                for _ in 0..n {
                    tally.add(&draw(modes, rng));
                }
                true_variance += tally.scores(modes).variance;
            }
            ReferenceCase::Resampled { real: count } => {
                real.clear();
                real.extend((0..count).map(|_| draw(modes, rng)));
                for placed in &real {
                    truth.add(placed);
                }
                true_variance += truth.scores(modes).variance;
                for _ in 0..n {
                    tally.add(&real[rng.random_range(0..count)]);
                }
            }
        }
        scores.push(tally.scores(modes));
    }

    // Too few samples for two in any mode leave no variance to compare with.
    let true_variance =
        if true_variance > 0.0 { true_variance / rounds as f64 } else { f64::INFINITY };
    let over = |f: &dyn Fn(&Scores) -> f64| Reference::of(scores.iter().map(f).collect());
    Ok(References {
        modes: over(&|s| s.modes as f64),
        high_quality: over(&|s| s.high_quality),
        reverse_kl: over(&|s| s.reverse_kl),
        variance_ratio: over(&|s| s.variance / true_variance),
        true_variance,
    })
}

/// One sample of the truth, placed.
fn draw<R: Rng + ?Sized>(modes: &Modes, rng: &mut R) -> Placed {
    let (own, point) = modes.draw(rng);
    Placed::new(modes, point, modes.find_drawn(own, point))
}

impl Reference {
    /// Mean and 95 % interval of `values`, at least one.
    fn of(mut values: Vec<f64>) -> Self {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.sort_by(f64::total_cmp);
        Self { mean, low: quantile(&values, 0.025), high: quantile(&values, 0.975) }
    }
}

/// Quantile `q` of sorted values, linear between order statistics (type 7 of Hyndman and Fan,
/// The American Statistician 1996); at least one value.
pub(crate) fn quantile(sorted: &[f64], q: f64) -> f64 {
    let place = q * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    let t = place - below as f64;
    // Not `a + t (b − a)`: equal neighbours must give themselves exactly.
    if t == 0.0 || sorted[below] == sorted[above] {
        sorted[below]
    } else {
        sorted[below] * (1.0 - t) + sorted[above] * t
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mode;
    use crate::test_rng::rng;

    #[test]
    fn quantiles_of_a_ramp_are_linear() {
        let ramp: Vec<f64> = (0..=40).map(f64::from).collect();
        assert_eq!(quantile(&ramp, 0.0), 0.0);
        assert_eq!(quantile(&ramp, 0.025), 1.0);
        assert_eq!(quantile(&ramp, 0.5), 20.0);
        assert!((quantile(&ramp, 0.9625) - 38.5).abs() < 1e-12);
        assert_eq!(quantile(&ramp, 1.0), 40.0);
        assert_eq!(quantile(&[7.0], 0.3), 7.0);
    }

    #[test]
    fn impossible_simulations_are_refused() {
        let run = |n, case, rounds| simulate(&Modes::ring(), n, case, rounds, &mut rng(0));
        let nobody = ReferenceCase::Resampled { real: 0 };
        assert_eq!(run(0, ReferenceCase::Perfect, 9), Err(SamplesError::Empty));
        assert_eq!(run(9, nobody, 9), Err(SamplesError::RealEmpty));
        assert_eq!(run(9, ReferenceCase::Perfect, 1), Err(SamplesError::TooFewRounds));
    }

    #[test]
    fn the_same_seed_gives_the_same_reference() {
        let run = |seed| {
            let case = ReferenceCase::Resampled { real: 64 };
            simulate(&Modes::ring(), 100, case, 20, &mut rng(seed)).unwrap()
        };
        assert_eq!(run(5), run(5));
        assert_ne!(run(5), run(6));
    }

    #[test]
    fn a_single_sample_has_a_finite_reference() {
        let r = simulate(&Modes::grid(), 1, ReferenceCase::Perfect, 50, &mut rng(0)).unwrap();
        assert_eq!(r.variance_ratio, Reference { mean: 0.0, low: 0.0, high: 0.0 });
        assert!((r.reverse_kl.mean - 25f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn overlap_raises_quality_and_lowers_variance_of_the_truth() {
        // Two coincident-looking modes: half of a wide neighbour's samples are nearer to the
        // narrow one's centre, so that the closed forms of separate modes do not hold.
        let pair = |gap: f64| {
            let mode = |x: f64| Mode { centre: [x, 0.0], sigma: 1.0, weight: 1.0 };
            Modes::new(vec![mode(0.0), mode(gap)]).unwrap()
        };
        let run =
            |gap| simulate(&pair(gap), 4_000, ReferenceCase::Perfect, 50, &mut rng(2)).unwrap();
        let (near, far) = (run(2.0), run(100.0));
        assert!((far.high_quality.mean - (1.0 - (-4.5f64).exp())).abs() < 1e-3);
        assert!(near.high_quality.mean > far.high_quality.high);
        assert!(near.true_variance < 0.95 * far.true_variance);
    }
}
