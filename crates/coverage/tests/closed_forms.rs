//! Simulated references against exact expectations, and the design's numbers.

use coverage::{Mode, Modes, Reference, ReferenceCase, References, measure, simulate};
use rand_core::SeedableRng;
use rand_pcg::Pcg64Mcg;

const ROUNDS: usize = 1_000;

/// Probability that a Gaussian sample in the plane lies within 3 σ.
fn within_three_sigma() -> f64 {
    1.0 - (-4.5f64).exp()
}

/// The mean agrees with `exact` to four of its own standard errors, which the interval tells.
fn assert_mean(reference: Reference, exact: f64, what: &str) {
    let error = (reference.high - reference.low) / 3.92 / (ROUNDS as f64).sqrt();
    let off = (reference.mean - exact).abs();
    assert!(off < 4.0 * error, "{what}: {} ± {error}, exactly {exact}", reference.mean);
}

/// ln of the binomial probabilities of 0..=n successes.
struct Binomial {
    ln_factorial: Vec<f64>,
}

impl Binomial {
    fn new(n: usize) -> Self {
        let mut ln_factorial = vec![0.0; n + 1];
        for k in 1..=n {
            ln_factorial[k] = ln_factorial[k - 1] + (k as f64).ln();
        }
        Self { ln_factorial }
    }

    fn probability(&self, n: usize, p: f64, k: usize) -> f64 {
        if p == 0.0 || p == 1.0 {
            return f64::from(u8::from(k == if p == 0.0 { 0 } else { n }));
        }
        let choose = self.ln_factorial[n] - self.ln_factorial[k] - self.ln_factorial[n - k];
        (choose + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln()).exp()
    }

    /// E[(X/n) ln(X / (n w))] of X successes in n trials of chance p.
    fn term(&self, n: usize, p: f64, w: f64) -> f64 {
        (1..=n)
            .map(|k| {
                let share = k as f64 / n as f64;
                self.probability(n, p, k) * share * (share / w).ln()
            })
            .sum()
    }
}

fn run(modes: &Modes, n: usize, case: ReferenceCase, seed: u64) -> References {
    #[expect(clippy::unwrap_used, reason = "a helper of the tests")]
    simulate(modes, n, case, ROUNDS, &mut Pcg64Mcg::seed_from_u64(seed)).unwrap()
}

#[test]
fn a_perfect_sampler_of_separate_modes() {
    let n = 2_500;
    let r = run(&Modes::grid(), n, ReferenceCase::Perfect, 1);
    assert_eq!(r.modes, Reference { mean: 25.0, low: 25.0, high: 25.0 });
    assert_mean(r.high_quality, within_three_sigma(), "high quality");
    assert_mean(r.reverse_kl, 25.0 * Binomial::new(n).term(n, 0.04, 0.04), "reverse KL");
    // |x|²/2 is exponential, cut off at 4.5: mean 1 − 4.5 e^−4.5 / (1 − e^−4.5).
    let variance = 1.0 - 4.5 * (-4.5f64).exp() / within_three_sigma();
    assert!((r.true_variance / variance - 1.0).abs() < 2e-3, "{}", r.true_variance);
    assert!((r.variance_ratio.mean - 1.0).abs() < 1e-12);
    assert!(r.variance_ratio.low > 0.9 && r.variance_ratio.high < 1.1);
    // The interval of a binomial share: p ± 1.96 √(p (1 − p)/n).
    let half = 1.96 * (within_three_sigma() * (-4.5f64).exp() / n as f64).sqrt();
    let width = r.high_quality.high - r.high_quality.low;
    assert!((width / (2.0 * half) - 1.0).abs() < 0.12, "{width} against {}", 2.0 * half);
}

#[test]
fn unequal_weights_and_few_samples() {
    let weights = [0.5, 0.3, 0.15, 0.05];
    let modes = Modes::new(
        weights
            .iter()
            .zip([0.0, 10.0, 20.0, 30.0])
            .map(|(&weight, x)| Mode { centre: [x, 0.0], sigma: 0.1, weight })
            .collect(),
    )
    .unwrap();
    let n = 20;
    let r = run(&modes, n, ReferenceCase::Perfect, 2);
    let binomial = Binomial::new(n);
    assert_mean(r.reverse_kl, weights.iter().map(|&w| binomial.term(n, w, w)).sum(), "reverse KL");
    // A mode is captured unless none of the n samples is a high-quality one of it.
    let captured: f64 =
        weights.iter().map(|w| 1.0 - (1.0 - w * within_three_sigma()).powi(n as i32)).sum();
    assert_mean(r.modes, captured, "modes");
}

#[test]
fn resampling_512_real_samples_gives_the_designs_numbers() {
    let (real, n) = (512, 2_500);
    let r = run(&Modes::grid(), n, ReferenceCase::Resampled { real }, 3);
    assert_eq!(r.modes, Reference { mean: 25.0, low: 25.0, high: 25.0 });
    assert_mean(r.high_quality, within_three_sigma(), "high quality");
    // Doubly random counts: R of `real` fall to a mode, then X of n with chance R/real.
    let binomial = Binomial::new(n);
    let exact: f64 = (0..=60)
        .map(|k| {
            binomial.probability(real, 0.04, k) * binomial.term(n, k as f64 / real as f64, 0.04)
        })
        .sum();
    assert_mean(r.reverse_kl, 25.0 * exact, "reverse KL");
    assert!((r.reverse_kl.mean - 0.028).abs() < 1e-3, "{}", r.reverse_kl.mean);
    // Quality varies with both draws: p (1 − p) (1/real + 1/n − 1/(real n)).
    let share = within_three_sigma() * (-4.5f64).exp();
    let spread = (share * (1.0 / 512.0 + (1.0 - 1.0 / 512.0) / 2_500.0)).sqrt();
    let width = (r.high_quality.high - r.high_quality.low) / 3.92;
    assert!((width / spread - 1.0).abs() < 0.12, "{width} against {spread}");
    // Copies of few points vary less about their own mean: by R/(R − 1) · … a few percent.
    assert!(r.variance_ratio.mean < 1.0 && r.variance_ratio.mean > 0.9);
}

#[test]
fn perfect_samples_stand_within_their_reference_in_19_of_20_cases() {
    let modes = Modes::ring();
    let mut rng = Pcg64Mcg::seed_from_u64(4);
    let references = simulate(&modes, 400, ReferenceCase::Perfect, ROUNDS, &mut rng).unwrap();
    let cases = 600;
    let mut outside = [0; 2];
    for _ in 0..cases {
        let s = coverage::score(&modes, &modes.sample(400, &mut rng)).unwrap();
        let out = |r: Reference, v: f64| usize::from(v < r.low || v > r.high);
        outside[0] += out(references.high_quality, s.high_quality);
        outside[1] += out(references.reverse_kl, s.reverse_kl);
    }
    // Binomial(600, 5 %): 30 ± 5.3; the share's steps of 1/400 make its interval wider.
    assert!((3..=52).contains(&outside[0]), "{outside:?}");
    assert!((10..=52).contains(&outside[1]), "{outside:?}");
}

#[test]
fn a_narrow_sampler_is_marked_and_a_wide_one_is_not() {
    let truth = Modes::grid();
    let with_sigma = |sigma: f64| {
        Modes::new(truth.modes().iter().map(|&m| Mode { sigma, ..m }).collect()).unwrap()
    };
    let mut rng = Pcg64Mcg::seed_from_u64(5);
    let mut check = |sigma: f64| {
        let samples = with_sigma(sigma).sample(2_500, &mut rng);
        measure(&truth, &samples, None, ReferenceCase::Perfect, &mut rng).unwrap()
    };
    let narrow = check(0.025);
    assert!(narrow.narrower_than_truth() && narrow.high_quality.narrower_than_truth);
    // Half of σ: a quarter of the variance, over that of the truth cut off at 3 σ, 0.949.
    assert!((narrow.variance_ratio - 0.25 / 0.949).abs() < 0.02, "{}", narrow.variance_ratio);
    let wide = check(0.07);
    assert!(!wide.narrower_than_truth());
    assert_eq!(wide.high_quality.standing, coverage::Standing::Worse);
    assert!(wide.variance_ratio > 1.05);
}

#[test]
fn memorising_shows_in_the_distance_to_the_nearest_real_sample() {
    let modes = Modes::grid();
    let mut rng = Pcg64Mcg::seed_from_u64(6);
    let real = modes.sample(512, &mut rng);
    let near = |generated: &[coverage::Point], rng: &mut Pcg64Mcg| {
        let case = ReferenceCase::Resampled { real: 512 };
        measure(&modes, generated, Some(&real), case, rng).unwrap().nearest_real.unwrap()
    };
    let copied: Vec<_> = (0..2_500).map(|i| real[i % 512]).collect();
    let memorised = near(&copied, &mut rng);
    assert_eq!((memorised.copies, memorised.generated.p95), (1.0, 0.0));
    assert!(memorised.reference.median > 0.0);
    let honest = near(&modes.sample(2_500, &mut rng), &mut rng);
    assert_eq!(honest.copies, 0.0);
    assert!((honest.generated.median / honest.reference.median - 1.0).abs() < 0.1);
}
