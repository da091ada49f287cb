//! The AE-OT experiment of the paper on any mixture in the plane: draw real samples, solve the
//! transport onto them exactly, generate through the extended map with singular edges cut, and
//! score what comes out beside what a perfect sampler would score.

use crate::error::Error;
use crate::presets::{generator, samples as draw_samples};
use coverage::{Coverage, Modes, ReferenceCase, References};
use geometry::{ConvexPolygon, Point};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use transport::extended::ExtendedMap;
use transport::newton::{self, Options};
use transport::singular::{Measure, singular_set};
use transport::{Progress, Report, Source, Target, sample};

/// Streams of the seed: the source's samples, the resampling of scores, the references.
const SOURCE: u64 = 2;
const BOOTSTRAP: u64 = 3;
const REFERENCE: u64 = 4;

/// What AE-OT made.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Independent samples of the mixture.
    pub real: Vec<Point>,
    /// Images of samples of the source under the extended map.
    pub generated: Vec<Point>,
    /// The image of [`Run::grid`] on the source; empty without one.
    pub grid: Vec<Point>,
    /// Of the solve onto the real samples.
    pub report: Report,
}

/// Sizes and settings of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Number of real samples, at least 1.
    pub real: usize,
    /// Number of generated samples, at least 1.
    pub generated: usize,
    /// Seed of all of it.
    pub seed: u32,
    /// Which facets are cut.
    pub measure: Measure,
    /// Bound on the residual of the solve.
    pub tolerance: f64,
    /// Lines each way of a regular grid over the source whose image is wanted, and points a line.
    pub grid: Option<(usize, usize)>,
}

/// Draws, solves, generates. A `&ConvexPolygon` as the source is the uniform measure on it.
///
/// # Errors
/// Those of `transport`.
pub fn generate(
    modes: &Modes,
    source: impl Into<Source>,
    run: &Run,
    progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Generated, Error> {
    let source = source.into();
    let real = draw_samples(modes, run.real, run.seed);
    let target = Target::new(&real, None)?;
    let options = Options { tolerance: run.tolerance, ..Options::default() };
    let plan = newton::solve(&source, &target, &options, None, progress)?;
    let set = singular_set(&plan, run.measure);
    let map = ExtendedMap::new(&plan, &set);
    let mut rng = generator(run.seed, SOURCE);
    let generated = map.map_all(&sample::from_source(&source, &mut rng, run.generated));
    let grid = run.grid.map_or_else(Vec::new, |(lines, samples)| {
        // A line tears where neighbours on it land farther apart than a facet may jump.
        let tear = singular_set(&plan, Measure::Jump { kappa: TEAR }).threshold;
        carry(&map, source.domain(), lines, samples, tear)
    });
    Ok(Generated { real, generated, grid, report: plan.report })
}

/// A jump of the map is drawn as a tear from so many times the usual jump on.
const TEAR: f64 = 3.0;

/// The images of the points of a regular grid over the domain's box, lines of constant x first.
/// Where a point lies outside the domain, or its image farther than `tear` from that of the point
/// before it, NaN stands in its place.
fn carry(
    map: &ExtendedMap<'_>,
    domain: &ConvexPolygon,
    lines: usize,
    samples: usize,
    tear: f64,
) -> Vec<Point> {
    let [x0, y0, x1, y1] = domain.bounds();
    let share = |k: usize, n: usize| (k as f64 + 0.5) / n as f64;
    let mut images = Vec::with_capacity(2 * lines * samples);
    for upright in [true, false] {
        for line in 0..lines {
            let mut before: Option<Point> = None;
            for k in 0..samples {
                let (fixed, along) = (share(line, lines), share(k, samples));
                let [u, v] = if upright { [fixed, along] } else { [along, fixed] };
                let x = [x0 + u * (x1 - x0), y0 + v * (y1 - y0)];
                let image = domain.contains(x).then(|| map.map(x, 0));
                let torn = |a: Point, b: Point| (a[0] - b[0]).hypot(a[1] - b[1]) > tear;
                let whole = image.zip(before).is_none_or(|(a, b)| !torn(a, b));
                images.push(image.filter(|_| whole).unwrap_or([f64::NAN; 2]));
                before = image;
            }
        }
    }
    images
}

/// A score with its error and its reference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EstimateJson {
    /// The score.
    pub value: f64,
    /// Standard error by resampling.
    pub standard_error: f64,
    /// What a perfect sampler scores with as many samples.
    pub reference: ReferenceJson,
}

/// Mean and 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferenceJson {
    /// Mean.
    pub mean: f64,
    /// 2.5 % quantile.
    pub low: f64,
    /// 97.5 % quantile.
    pub high: f64,
}

/// Distances from each sample to the nearest real one, beside those of fresh true samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NearestJson {
    /// Mean.
    pub mean: f64,
    /// 5 % quantile.
    pub p05: f64,
    /// Median.
    pub median: f64,
    /// 95 % quantile.
    pub p95: f64,
    /// Median of fresh samples of the truth.
    pub reference_median: f64,
    /// Share of samples that equal a real one.
    pub copies: f64,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Name of the generator.
    pub name: String,
    /// Number of samples scored.
    pub samples: usize,
    /// Modes captured.
    pub modes: EstimateJson,
    /// Share of high-quality samples.
    pub high_quality: EstimateJson,
    /// Reverse KL in nats.
    pub reverse_kl: EstimateJson,
    /// Variance within modes over the truth's.
    pub variance_ratio: f64,
    /// The same for a perfect sampler.
    pub variance_reference: ReferenceJson,
    /// Distances to the nearest real sample.
    pub nearest_real: Option<NearestJson>,
    /// More high-quality samples than the reference's interval allows.
    pub narrower: bool,
    /// The seed.
    pub seed: u32,
    /// Samples by nearest mode.
    pub histogram: Vec<u32>,
}

/// The three scores alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Marks {
    /// Modes captured.
    pub modes: usize,
    /// Share of high-quality samples.
    pub high_quality: f64,
    /// Reverse KL in nats.
    pub reverse_kl: f64,
}

impl Marks {
    /// Those of some samples.
    ///
    /// # Errors
    /// Those of `coverage`, with the index of the sample.
    pub fn of(modes: &Modes, samples: &[Point]) -> Result<Self, Error> {
        let scores = coverage::score(modes, samples).map_err(refused)?;
        Ok(Self {
            modes: scores.modes,
            high_quality: scores.high_quality,
            reverse_kl: scores.reverse_kl,
        })
    }
}

fn refused(e: coverage::SamplesError) -> Error {
    Error { index: e.index(), ..Error::new(e.code(), e.to_string()) }
}

fn reference(r: coverage::Reference) -> ReferenceJson {
    ReferenceJson { mean: r.mean, low: r.low, high: r.high }
}

fn estimate(e: coverage::Estimate) -> EstimateJson {
    EstimateJson {
        value: e.value,
        standard_error: e.standard_error,
        reference: reference(e.reference),
    }
}

impl Row {
    fn of(name: &str, seed: u32, c: Coverage) -> Row {
        Row {
            name: name.to_string(),
            samples: c.samples,
            modes: estimate(c.modes),
            high_quality: estimate(c.high_quality),
            reverse_kl: estimate(c.reverse_kl),
            variance_ratio: c.variance_ratio,
            variance_reference: reference(c.variance_reference),
            nearest_real: c.nearest_real.map(|n| NearestJson {
                mean: n.generated.mean,
                p05: n.generated.p05,
                median: n.generated.median,
                p95: n.generated.p95,
                reference_median: n.reference.median,
                copies: n.copies,
            }),
            narrower: c.narrower_than_truth(),
            seed,
            histogram: c.histogram,
        }
    }
}

/// References already simulated: they depend on modes, number, case and seed alone, and take
/// longer than the scores.
#[derive(Default)]
pub struct Scorer {
    known: Vec<(Key, References)>,
}

/// Modes by their bits, number of samples, case, seed.
type Key = (Vec<[u64; 4]>, usize, ReferenceCase, u32);

/// References kept.
const KEPT: usize = 16;

impl Scorer {
    /// Scores samples as one row of the table.
    ///
    /// # Errors
    /// Those of `coverage`, with the index of the sample.
    pub fn row(
        &mut self,
        name: &str,
        modes: &Modes,
        samples: &[Point],
        real: Option<&[Point]>,
        case: ReferenceCase,
        seed: u32,
    ) -> Result<Row, Error> {
        let references = self.references(modes, samples.len(), case, seed).map_err(refused)?;
        let mut rng = generator(seed, BOOTSTRAP);
        let scored = coverage::measure_against(modes, samples, real, &references, &mut rng);
        Ok(Row::of(name, seed, scored.map_err(refused)?))
    }

    fn references(
        &mut self,
        modes: &Modes,
        n: usize,
        case: ReferenceCase,
        seed: u32,
    ) -> Result<References, coverage::SamplesError> {
        let bits =
            |m: &coverage::Mode| [m.centre[0], m.centre[1], m.sigma, m.weight].map(f64::to_bits);
        let key: Key = (modes.modes().iter().map(bits).collect(), n, case, seed);
        if let Some((_, found)) = self.known.iter().find(|(k, _)| *k == key) {
            return Ok(*found);
        }
        let mut rng = generator(seed, REFERENCE);
        let made = coverage::simulate(modes, n, case, coverage::default_rounds(n), &mut rng)?;
        if self.known.len() == KEPT {
            self.known.remove(0);
        }
        self.known.push((key, made));
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::auto_domain;
    use crate::scenario::{Preset, Scenario};

    /// The image of a grid is in pieces, each within a mode: the map jumps between them.
    #[test]
    fn the_image_of_a_grid_tears_between_modes() {
        let modes = Modes::grid();
        let domain = auto_domain(&Scenario::of(Preset::Grid));
        let polygon = domain.polygon(&domain).unwrap();
        let run = Run {
            real: 512,
            generated: 10,
            seed: 0,
            measure: Measure::Jump { kappa: 3.0 },
            tolerance: 1e-9,
            grid: Some((9, 101)),
        };
        let go_on = &mut |_: &Progress| ControlFlow::Continue(());
        let made = generate(&modes, &polygon, &run, go_on).unwrap();
        assert_eq!(made.grid.len(), 2 * 9 * 101);
        let mut longest = 0.0_f64;
        for line in made.grid.chunks(101) {
            for pair in line.windows(2).filter(|p| !p[0][0].is_nan() && !p[1][0].is_nan()) {
                longest = longest.max((pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]));
            }
            // Five modes in a row, so four jumps at least.
            assert!(line.iter().filter(|p| p[0].is_nan()).count() >= 4);
        }
        // Modes are 2 apart and 0.05 wide.
        assert!(longest < 1.0, "{longest}");
        assert!(
            generate(&modes, &polygon, &Run { grid: None, ..run }, go_on).unwrap().grid.is_empty()
        );
    }
}
