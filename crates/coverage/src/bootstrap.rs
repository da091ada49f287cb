//! Standard errors by resampling.
//!
//! The scores depend on the samples only through counts: how many are high quality and how many
//! are not, by nearest mode. Drawing n of n samples with replacement (Efron, Annals of
//! Statistics 1979) therefore equals drawing those counts from a multinomial distribution with
//! the observed shares, and a round costs one binomial draw for each non-empty count instead of
//! n look-ups (where counts are many and samples few, look-ups it is). A reader should know three limits: an error is 0 where all samples agree (all
//! high quality, or a single sample); modes captured can only fall under resampling; and for a
//! generator trained on drawn data the error speaks of this generator, not of a new training
//! set, which the reference's interval includes.

use rand::RngExt;
use rand_core::Rng;
use rand_distr::{Binomial, Distribution};

use crate::Modes;
use crate::score::{Tally, count_scores};

/// Rounds of resampling: the error's own relative error is then near 1/√(2 · 300), 4 %.
pub const ROUNDS: usize = 300;

/// Standard errors of the scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandardErrors {
    /// Of the number of modes captured.
    pub modes: f64,
    /// Of the share of high-quality samples.
    pub high_quality: f64,
    /// Of the reverse KL, in nats.
    pub reverse_kl: f64,
}

/// A non-empty count: its mode, whether it is of high-quality samples, and the count.
type Category = (usize, bool, u32);

/// Resamples the counts of `tally` [`ROUNDS`] times.
pub(crate) fn standard_errors<R: Rng + ?Sized>(
    modes: &Modes,
    tally: &Tally,
    rng: &mut R,
) -> StandardErrors {
    let categories: Vec<Category> = (0..modes.len())
        .flat_map(|i| [(i, true, tally.good[i]), (i, false, tally.all[i] - tally.good[i])])
        .filter(|&(_, _, count)| count > 0)
        .collect();
    let n: usize = categories.iter().map(|c| c.2 as usize).sum();
    // A binomial draw costs about as much as eight look-ups.
    if categories.len() * 8 < n {
        rounds(modes, &categories, |drawn| multinomial(&categories, n, drawn, rng))
    } else {
        let members: Vec<usize> = categories
            .iter()
            .enumerate()
            .flat_map(|(k, c)| std::iter::repeat_n(k, c.2 as usize))
            .collect();
        rounds(modes, &categories, |drawn| {
            (0..n).for_each(|_| drawn[members[rng.random_range(0..n)]] += 1);
        })
    }
}

/// Spread of the scores over [`ROUNDS`] rounds, in each of which `draw` fills the counts of the
/// categories, zero before.
fn rounds(
    modes: &Modes,
    categories: &[Category],
    mut draw: impl FnMut(&mut [u32]),
) -> StandardErrors {
    let (mut all, mut good) = (vec![0; modes.len()], vec![0; modes.len()]);
    let mut drawn = vec![0; categories.len()];
    let mut values = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        drawn.fill(0);
        draw(&mut drawn);
        all.fill(0);
        good.fill(0);
        for (&(mode, high_quality, _), &count) in categories.iter().zip(&drawn) {
            all[mode] += count;
            if high_quality {
                good[mode] += count;
            }
        }
        let scores = count_scores(modes, &all, &good);
        values[0].push(scores.modes as f64);
        values[1].push(scores.high_quality);
        values[2].push(scores.reverse_kl);
    }
    let [modes, high_quality, reverse_kl] = values.map(|v| deviation(&v));
    StandardErrors { modes, high_quality, reverse_kl }
}

/// One draw of `n` over the categories with their observed shares, a binomial draw for each.
fn multinomial<R: Rng + ?Sized>(categories: &[Category], n: usize, drawn: &mut [u32], rng: &mut R) {
    let (mut left, mut unseen) = (n as u64, n as u64);
    for (&(_, _, count), drawn) in categories.iter().zip(drawn) {
        // Its share of the categories not yet drawn; exactly 1 for the last.
        let next = binomial(left, u64::from(count), unseen, rng);
        *drawn = next as u32;
        left -= next;
        unseen -= u64::from(count);
    }
}

/// Successes of `trials` with chance `part / whole`, `part` ≤ `whole`.
fn binomial<R: Rng + ?Sized>(trials: u64, part: u64, whole: u64, rng: &mut R) -> u64 {
    if part == whole {
        return trials;
    }
    Binomial::new(trials, part as f64 / whole as f64).map_or(0, |b| b.sample(rng))
}

/// Standard deviation, with one degree of freedom taken by the mean; at least two values.
fn deviation(values: &[f64]) -> f64 {
    // Relative to the first value, so that equal values give exactly 0.
    let n = values.len() as f64;
    let mean = values.iter().map(|v| v - values[0]).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - values[0] - mean).powi(2)).sum();
    (squares / (n - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Placed;
    use crate::test_rng::rng;
    use crate::{Mode, Point};

    fn tally(modes: &Modes, samples: &[Point]) -> Tally {
        let mut tally = Tally::new(modes.len());
        samples.iter().for_each(|&p| tally.add(&Placed::new(modes, p, modes.find(p))));
        tally
    }

    #[test]
    fn the_error_of_a_share_is_the_binomial_one() {
        let modes = Modes::grid();
        let samples = modes.sample(2_500, &mut rng(1));
        let counts = tally(&modes, &samples);
        let p = count_scores(&modes, &counts.all, &counts.good).high_quality;
        let expected = (p * (1.0 - p) / 2_500.0).sqrt();
        let error = standard_errors(&modes, &counts, &mut rng(2)).high_quality;
        // A standard deviation over 300 rounds is right to 4 % (one sigma).
        assert!((error / expected - 1.0).abs() < 0.2, "{error} against {expected}");
    }

    #[test]
    fn agreement_leaves_no_error() {
        let modes = Modes::grid();
        let errors = standard_errors(&modes, &tally(&modes, &[[2.0, 2.0]; 40]), &mut rng(0));
        assert_eq!(errors, StandardErrors { modes: 0.0, high_quality: 0.0, reverse_kl: 0.0 });
    }

    #[test]
    fn counts_and_raw_samples_resample_alike() {
        let modes = Modes::new(
            (0..6)
                .map(|i| Mode {
                    centre: [f64::from(i), 0.0],
                    sigma: 0.3,
                    weight: 1.0 + f64::from(i),
                })
                .collect(),
        )
        .unwrap();
        let mut rng = rng(7);
        // Few samples, so that a mode or two is captured only in some rounds.
        let mut samples = modes.sample(200, &mut rng);
        samples.retain(|p| p[0] > 1.6);
        samples.extend([[0.0, 0.0], [1.0, 0.0], [3.0, 1.5], [3.2, -1.5]]);
        assert!(12 * 8 < samples.len(), "else both ways look up");
        let average = |f: &mut dyn FnMut() -> [f64; 3]| {
            let mut sum = [0.0; 3];
            for _ in 0..30 {
                let next = f();
                (0..3).for_each(|k| sum[k] += next[k] / 30.0);
            }
            sum
        };
        let counts = tally(&modes, &samples);
        let mut generator = rng.clone();
        let by_counts = average(&mut || {
            let e = standard_errors(&modes, &counts, &mut generator);
            [e.modes, e.high_quality, e.reverse_kl]
        });
        let by_samples = average(&mut || {
            let mut values = [const { Vec::new() }; 3];
            for _ in 0..ROUNDS {
                let drawn: Vec<Point> = (0..samples.len())
                    .map(|_| samples[rng.random_range(0..samples.len())])
                    .collect();
                let t = tally(&modes, &drawn);
                let s = count_scores(&modes, &t.all, &t.good);
                values[0].push(s.modes as f64);
                values[1].push(s.high_quality);
                values[2].push(s.reverse_kl);
            }
            values.map(|v| deviation(&v))
        });
        for (a, b) in by_counts.iter().zip(by_samples) {
            // Thirty averages of 300 rounds each: right to about 1 %.
            assert!((a / b - 1.0).abs() < 0.05, "{by_counts:?} against {by_samples:?}");
        }
    }
}
