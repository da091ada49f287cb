//! The three scores and the variance within modes, from counts by nearest mode.

use crate::{Modes, Point, SamplesError};

/// High quality means within this many standard deviations of the nearest mode (PacGAN).
pub(crate) const HIGH_QUALITY_SIGMAS: f64 = 3.0;

/// The scores of one set of samples, without errors or references.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Number of modes nearest to at least one high-quality sample.
    pub modes: usize,
    /// Share of samples within 3 σ of their nearest mode, 0 to 1.
    pub high_quality: f64,
    /// KL divergence in nats of the histogram of all samples over nearest modes, relative to the
    /// true weights; 0 to ln(1 / smallest weight).
    pub reverse_kl: f64,
    /// Variance along an axis, in units of each mode's σ², of the high-quality samples about
    /// their own mean, pooled over modes; 0 when no mode has two of them. Independent samples
    /// of well-separated modes have 0.949 in expectation, being cut off at 3 σ.
    pub variance: f64,
}

/// The scores of `samples`.
///
/// Errors when there is no sample or one is not finite or beyond [`MAX_MAGNITUDE`](crate::MAX_MAGNITUDE).
pub fn score(modes: &Modes, samples: &[Point]) -> Result<Scores, SamplesError> {
    Modes::check(samples)?;
    let mut tally = Tally::new(modes.len());
    for &sample in samples {
        tally.add(&Placed::new(modes, sample, modes.find(sample)));
    }
    Ok(tally.scores(modes))
}

/// A sample with what the scores need of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed {
    /// Its nearest mode.
    pub(crate) mode: u32,
    /// Whether it is within 3 σ of that mode.
    pub(crate) high_quality: bool,
    /// Its offset from that mode, in that mode's σ.
    pub(crate) offset: Point,
}

impl Placed {
    /// Places `sample`, given its nearest mode and the squared distance to it.
    pub(crate) fn new(modes: &Modes, sample: Point, (mode, squared): (usize, f64)) -> Self {
        let m = modes.modes()[mode];
        let radius = HIGH_QUALITY_SIGMAS * m.sigma;
        Self {
            mode: mode as u32,
            high_quality: squared <= radius * radius,
            offset: [0, 1].map(|axis| (sample[axis] - m.centre[axis]) / m.sigma),
        }
    }
}

/// Running sums of one set of samples, by nearest mode.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    /// All samples.
    pub(crate) all: Vec<u32>,
    /// High-quality samples.
    pub(crate) good: Vec<u32>,
    /// Sums of the high-quality samples' offsets, in σ.
    offsets: Vec<Point>,
    /// Sum of their squared lengths over all modes.
    squares: f64,
}

impl Tally {
    /// An empty tally of `modes` modes.
    pub(crate) fn new(modes: usize) -> Self {
        Self {
            all: vec![0; modes],
            good: vec![0; modes],
            offsets: vec![[0.0; 2]; modes],
            squares: 0.0,
        }
    }

    /// Back to empty, keeping the memory.
    pub(crate) fn clear(&mut self) {
        self.all.fill(0);
        self.good.fill(0);
        self.offsets.fill([0.0; 2]);
        self.squares = 0.0;
    }

    /// Counts one sample.
    pub(crate) fn add(&mut self, placed: &Placed) {
        let mode = placed.mode as usize;
        self.all[mode] += 1;
        if placed.high_quality {
            self.good[mode] += 1;
            let [x, y] = placed.offset;
            self.offsets[mode][0] += x;
            self.offsets[mode][1] += y;
            self.squares += x * x + y * y;
        }
    }

    /// The scores of what was counted; needs at least one sample.
    pub(crate) fn scores(&self, modes: &Modes) -> Scores {
        let counted = count_scores(modes, &self.all, &self.good);
        Scores { variance: self.variance(), ..counted }
    }

    fn variance(&self) -> f64 {
        // Σ|x − mean|² = Σ|x|² − n |mean|², with n − 1 degrees of freedom a mode and axis. The
        // offsets are at most 3, so that nothing cancels badly.
        let (mut about_means, mut freedom) = (self.squares, 0.0);
        for (&n, [x, y]) in self.good.iter().zip(&self.offsets) {
            if n > 0 {
                let n = f64::from(n);
                about_means -= (x * x + y * y) / n;
                freedom += 2.0 * (n - 1.0);
            }
        }
        if freedom > 0.0 { (about_means / freedom).max(0.0) } else { 0.0 }
    }
}

/// The scores that depend on counts alone: `all` samples and `good` (high-quality) ones by
/// nearest mode. `variance` is left 0.
pub(crate) fn count_scores(modes: &Modes, all: &[u32], good: &[u32]) -> Scores {
    let n: f64 = all.iter().map(|&c| f64::from(c)).sum();
    let high_quality = good.iter().map(|&c| f64::from(c)).sum::<f64>() / n;
    let kl: f64 = all
        .iter()
        .zip(modes.modes())
        .filter(|&(&count, _)| count > 0)
        .map(|(&count, mode)| {
            let share = f64::from(count) / n;
            share * (share / mode.weight).ln()
        })
        .sum();
    Scores {
        modes: good.iter().filter(|&&c| c > 0).count(),
        high_quality,
        // Gibbs' inequality; rounding alone can fall below.
        reverse_kl: kl.max(0.0),
        variance: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mode;

    fn line(weights: &[f64]) -> Modes {
        let mode =
            |(i, &weight): (usize, &f64)| Mode { centre: [i as f64, 0.0], sigma: 0.125, weight };
        Modes::new(weights.iter().enumerate().map(mode).collect()).unwrap()
    }

    #[test]
    fn one_sample_on_each_of_equal_modes_is_perfect() {
        let scores =
            score(&line(&[1.0; 5]), &[0, 1, 2, 3, 4].map(|i| [f64::from(i), 0.0])).unwrap();
        assert_eq!(scores, Scores { modes: 5, high_quality: 1.0, reverse_kl: 0.0, variance: 0.0 });
    }

    #[test]
    fn a_single_captured_mode_has_the_largest_divergence() {
        let scores = score(&line(&[1.0; 5]), &[[2.0, 0.0]; 7]).unwrap();
        assert_eq!((scores.modes, scores.high_quality), (1, 1.0));
        assert!((scores.reverse_kl - 5f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn empty_bins_count_nothing_and_poor_samples_count_in_the_histogram() {
        // Weights 1/2, 1/4, 1/4; shares 1/2, 1/2, 0; the second mode's samples are 0.4 away.
        let modes = line(&[2.0, 1.0, 1.0]);
        let scores = score(&modes, &[[0.0, 0.0], [0.0, 0.0], [1.0, 0.4], [1.0, -0.4]]).unwrap();
        assert_eq!((scores.modes, scores.high_quality), (1, 0.5));
        assert!((scores.reverse_kl - 0.5 * 2f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn exactly_three_sigma_is_still_high_quality() {
        let modes = line(&[1.0]);
        assert_eq!(score(&modes, &[[0.375, 0.0]]).unwrap().high_quality, 1.0);
        assert_eq!(score(&modes, &[[0.375 + 1e-12, 0.0]]).unwrap().high_quality, 0.0);
    }

    #[test]
    fn a_sample_within_three_sigma_of_two_modes_captures_the_nearest_only() {
        let mode = |x: f64| Mode { centre: [x, 0.0], sigma: 1.0, weight: 1.0 };
        let modes = Modes::new(vec![mode(0.0), mode(1.0)]).unwrap();
        assert_eq!(score(&modes, &[[0.25, 0.0]]).unwrap().modes, 1);
    }

    #[test]
    fn each_mode_has_its_own_sigma() {
        let modes = Modes::new(vec![
            Mode { centre: [0.0, 0.0], sigma: 0.01, weight: 1.0 },
            Mode { centre: [10.0, 0.0], sigma: 1.0, weight: 1.0 },
        ])
        .unwrap();
        assert_eq!(score(&modes, &[[1.0, 0.0]]).unwrap().high_quality, 0.0);
        assert_eq!(score(&modes, &[[9.0, 0.0]]).unwrap().high_quality, 1.0);
    }

    #[test]
    fn variance_is_about_the_samples_own_mean() {
        // Two modes; each holds two samples 2a apart, off centre: Σ|x − mean|² = 2a² a mode,
        // over 2 (n − 1) = 2 degrees of freedom, in σ².
        let modes = line(&[1.0, 1.0]);
        let a = 0.0625;
        let pair = |x: f64| [[x + 0.125 - a, 0.125], [x + 0.125 + a, 0.125]];
        let samples = [pair(0.0), pair(1.0)].concat();
        let expected = a * a / (0.125 * 0.125);
        assert!((score(&modes, &samples).unwrap().variance - expected).abs() < 1e-15);
    }

    #[test]
    fn refusals_name_the_sample() {
        let modes = Modes::grid();
        assert_eq!(score(&modes, &[]), Err(SamplesError::Empty));
        let nan = [[0.0, 0.0], [0.0, f64::NAN]];
        assert_eq!(score(&modes, &nan), Err(SamplesError::NotFinite { index: 1 }));
        let far = [[0.0, -1e101], [0.0, 0.0]];
        assert_eq!(score(&modes, &far), Err(SamplesError::TooLarge { index: 0 }));
        // The largest allowed is scored without overflow.
        assert_eq!(score(&modes, &[[1e100, -1e100]]).unwrap().high_quality, 0.0);
    }
}
