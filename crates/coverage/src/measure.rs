//! Scores, errors and references together.

use rand_core::Rng;

use crate::bootstrap::standard_errors;
use crate::nearest_real::{NearestReal, nearest_real};
use crate::reference::{Reference, ReferenceCase, References, default_rounds, simulate};
use crate::score::{Placed, Tally};
use crate::{Modes, Point, SamplesError};

/// Where a score stands against its reference's 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Worse than a perfect sampler: fewer modes, lower quality, larger divergence.
    Worse,
    /// As good as a perfect sampler, as far as so many samples can tell.
    Within,
    /// Better than a perfect sampler: a higher quality than chance allows (the samples are
    /// narrower than the truth), or a histogram more even than chance makes it.
    Better,
}

/// A score with its error and its reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The score.
    pub value: f64,
    /// Its standard error by resampling the samples; see [`crate::bootstrap`] for its limits.
    pub standard_error: f64,
    /// What a perfect sampler scores.
    pub reference: Reference,
    /// Where the value stands against the reference's interval.
    pub standing: Standing,
    /// Whether the value shows samples narrower than the truth: a share of high-quality samples
    /// above the interval. Never set for the other scores, which narrowness does not raise. A
    /// perfect sampler is marked in 2.5 % of cases.
    pub narrower_than_truth: bool,
}

/// All that is measured of one set of samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// Number of samples.
    pub samples: usize,
    /// Modes captured.
    pub modes: Estimate,
    /// Share of high-quality samples, 0 to 1.
    pub high_quality: Estimate,
    /// Reverse KL in nats.
    pub reverse_kl: Estimate,
    /// Variance of the high-quality samples about their own mean in each mode, over that of true
    /// samples: below 1 the modes are too narrow. 0 when no mode has two high-quality samples.
    pub variance_ratio: f64,
    /// The same ratio for a perfect sampler.
    pub variance_reference: Reference,
    /// Distances to the nearest real sample, when real samples were given.
    pub nearest_real: Option<NearestReal>,
    /// Samples by nearest mode, in the order of the modes.
    pub histogram: Vec<u32>,
    /// High-quality samples by nearest mode.
    pub high_quality_histogram: Vec<u32>,
}

impl Coverage {
    /// Whether any score is marked narrower than the truth.
    pub fn narrower_than_truth(&self) -> bool {
        self.high_quality.narrower_than_truth
    }
}

/// Scores `samples` and simulates the reference of `case` for as many, over
/// [`default_rounds`] rounds; `real` are the samples the generator was made from, if known.
///
/// Errors when a set is empty or an entry is not finite or too large. The same generator state
/// gives the same result.
pub fn measure<R: Rng + ?Sized>(
    modes: &Modes,
    samples: &[Point],
    real: Option<&[Point]>,
    case: ReferenceCase,
    rng: &mut R,
) -> Result<Coverage, SamplesError> {
    Modes::check(samples)?;
    let references = simulate(modes, samples.len(), case, default_rounds(samples.len()), rng)?;
    measure_against(modes, samples, real, &references, rng)
}

/// [`measure`] with references simulated before, for the same modes and number of samples.
pub fn measure_against<R: Rng + ?Sized>(
    modes: &Modes,
    samples: &[Point],
    real: Option<&[Point]>,
    references: &References,
    rng: &mut R,
) -> Result<Coverage, SamplesError> {
    Modes::check(samples)?;
    let mut tally = Tally::new(modes.len());
    for &sample in samples {
        tally.add(&Placed::new(modes, sample, modes.find(sample)));
    }
    let scores = tally.scores(modes);
    let errors = standard_errors(modes, &tally, rng);
    let nearest_real = real.map(|real| nearest_real(modes, samples, real, rng)).transpose()?;

    let high_quality = Estimate::new(
        scores.high_quality,
        errors.high_quality,
        references.high_quality,
        Better::Higher,
    );
    Ok(Coverage {
        samples: samples.len(),
        modes: Estimate::new(scores.modes as f64, errors.modes, references.modes, Better::Higher),
        high_quality: Estimate {
            narrower_than_truth: high_quality.standing == Standing::Better,
            ..high_quality
        },
        reverse_kl: Estimate::new(
            scores.reverse_kl,
            errors.reverse_kl,
            references.reverse_kl,
            Better::Lower,
        ),
        variance_ratio: scores.variance / references.true_variance,
        variance_reference: references.variance_ratio,
        nearest_real,
        histogram: tally.all,
        high_quality_histogram: tally.good,
    })
}

/// Which direction is good.
enum Better {
    Higher,
    Lower,
}

impl Estimate {
    fn new(value: f64, standard_error: f64, reference: Reference, better: Better) -> Self {
        let (below, above) = match better {
            Better::Higher => (Standing::Worse, Standing::Better),
            Better::Lower => (Standing::Better, Standing::Worse),
        };
        let standing = if value < reference.low {
            below
        } else if value > reference.high {
            above
        } else {
            Standing::Within
        };
        Self { value, standard_error, reference, standing, narrower_than_truth: false }
    }
}
