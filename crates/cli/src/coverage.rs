//! `brenier coverage`.

use std::ffi::OsStr;
use std::ops::ControlFlow;

use coverage::{Mode, Modes, ReferenceCase};
use lab::domain::{DomainSpec, around};
use lab::error::Error;
use lab::experiment::{self, Row, Run, Scorer};
use lab::presets::auto_domain;
use lab::scenario::{Preset, Scenario};
use serde::Serialize;
use transport::Stopped;
use transport::singular::Measure;

use crate::args::{CoverageArgs, Input, Source};
use crate::{Outcome, domain, output, table};

/// Reads or makes the samples and scores them.
pub(crate) fn run(args: &CoverageArgs) -> Result<Outcome, Error> {
    let truth = Truth::read(&args.modes)?;
    match &args.source {
        Source::Samples { samples, real, reference } => {
            scored(args, &truth, samples, real.as_ref(), *reference)
        }
        Source::AeOt { real, generate, repeat, kappa, domain } => {
            made(args, &truth, *real, *generate, *repeat, *kappa, domain)
        }
    }
}

/// The mixture, its name, and the source domain that `auto` stands for.
struct Truth {
    modes: Modes,
    name: String,
    auto: DomainSpec,
}

impl Truth {
    fn read(name: &OsStr) -> Result<Self, Error> {
        let known = |modes, preset| Self {
            modes,
            name: name.to_string_lossy().into_owned(),
            auto: auto_domain(&Scenario::of(preset)),
        };
        match name.to_str() {
            Some("grid") => Ok(known(Modes::grid(), Preset::Grid)),
            Some("ring") => Ok(known(Modes::ring(), Preset::Ring)),
            _ => Self::file(&Input::of(name.to_owned())),
        }
    }

    fn file(input: &Input) -> Result<Self, Error> {
        let rows = input.parse(|text| table::read(text, &["x", "y", "sigma", "weight"], 3))?;
        let modes: Vec<Mode> = rows
            .iter()
            .map(|row| Mode {
                centre: [row.values[0], row.values[1]],
                sigma: row.values[2],
                weight: row.values.get(3).copied().unwrap_or(1.0),
            })
            .collect();
        // A square around the modes, out to 3 σ.
        let corners: Vec<[f64; 3]> = modes
            .iter()
            .flat_map(|m| {
                let [x, y] = m.centre;
                let r = 3.0 * m.sigma;
                [[x - r, y - r, 1.0], [x + r, y + r, 1.0]]
            })
            .collect();
        let modes = Modes::new(modes).map_err(|e| {
            let at = match e.index() {
                Some(index) => {
                    let line = rows[index].line;
                    Error::new(e.code(), format!("Line {line}: {e}"))
                        .at_index(index)
                        .at_line(line, None)
                }
                None => Error::new(e.code(), e.to_string()),
            };
            input.blame(at)
        })?;
        Ok(Self { modes, name: input.name(), auto: around(&corners) })
    }
}

/// Scores samples that are read.
fn scored(
    args: &CoverageArgs,
    truth: &Truth,
    samples: &Input,
    real: Option<&Input>,
    reference: ReferenceCase,
) -> Result<Outcome, Error> {
    let plane = |input: &Input| -> Result<Vec<[f64; 2]>, Error> {
        Ok(input.points()?.points.iter().map(|p| [p[0], p[1]]).collect())
    };
    let points = plane(samples)?;
    let real = real.map(plane).transpose()?;
    let row = Scorer::default().row(
        &samples.name(),
        &truth.modes,
        &points,
        real.as_deref(),
        reference,
        args.seed,
    )?;
    let text = if args.json {
        output::json(&row)?
    } else {
        output::row(&row, &truth.name, truth.modes.len(), reference)
    };
    Ok(Outcome { text, reached: true })
}

/// A row of AE-OT with how its solve went.
#[derive(Serialize)]
struct Made {
    #[serde(flatten)]
    row: Row,
    real: usize,
    solve: Solve,
}

#[derive(Serialize)]
struct Solve {
    domain: String,
    iterations: usize,
    residual: f64,
    stopped: &'static str,
}

/// Mean over seeds, and the standard error of that mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Average {
    pub(crate) mean: f64,
    /// Absent for a single seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) standard_error: Option<f64>,
}

/// Several seeds.
#[derive(Serialize)]
struct Seeds {
    rows: Vec<Made>,
    mean: Summary,
}

/// The scores averaged over seeds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Summary {
    pub(crate) modes: Average,
    pub(crate) high_quality: Average,
    pub(crate) reverse_kl: Average,
    pub(crate) variance_ratio: Average,
}

/// Makes samples by optimal transport and scores them, for one seed or several.
fn made(
    args: &CoverageArgs,
    truth: &Truth,
    real: usize,
    generate: usize,
    repeat: Option<usize>,
    kappa: Option<f64>,
    domain: &str,
) -> Result<Outcome, Error> {
    let (polygon, domain_name) = domain::parse(domain, &truth.auto)?;
    let defaults = Scenario::of(Preset::Grid);
    let kappa = kappa.unwrap_or(defaults.view.kappa);
    let case = ReferenceCase::Resampled { real };
    let mut scorer = Scorer::default();
    let mut rows = Vec::new();
    let mut reached = true;
    for k in 0..repeat.unwrap_or(1) {
        let seed =
            u32::try_from(k).ok().and_then(|k| args.seed.checked_add(k)).ok_or_else(|| {
                Error::new("usage", "the seeds go beyond 4294967295: lower --seed or --repeat")
            })?;
        let run = Run {
            real,
            generated: generate,
            seed,
            measure: Measure::Jump { kappa },
            tolerance: defaults.tolerance,
            grid: None,
        };
        let made =
            experiment::generate(&truth.modes, &polygon, &run, &mut |_| ControlFlow::Continue(()))?;
        reached &= made.report.stopped == Stopped::Tolerance;
        let row =
            scorer.row("AE-OT", &truth.modes, &made.generated, Some(&made.real), case, seed)?;
        let solve = Solve {
            domain: domain_name.clone(),
            iterations: made.report.iterations,
            residual: made.report.residual,
            stopped: made.report.stopped.name(),
        };
        rows.push(Made { row, real, solve });
    }

    let text = match (repeat, rows.as_slice()) {
        (None, [only]) if args.json => output::json(only)?,
        (None, [only]) => {
            let scores = output::row(&only.row, &truth.name, truth.modes.len(), case);
            format!(
                "{scores}{}",
                output::solved(
                    &only.solve.domain,
                    only.solve.stopped,
                    only.solve.iterations,
                    only.solve.residual
                )
            )
        }
        _ => {
            let mean = summary(rows.iter().map(|m| &m.row));
            if args.json {
                output::json(&Seeds { rows, mean })?
            } else {
                let rows: Vec<&Row> = rows.iter().map(|m| &m.row).collect();
                output::seeds(&rows, &mean, &truth.name, truth.modes.len(), case)
            }
        }
    };
    Ok(Outcome { text, reached })
}

fn summary<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> Summary {
    let over = |f: fn(&Row) -> f64| average(&rows.clone().map(f).collect::<Vec<_>>());
    Summary {
        modes: over(|r| r.modes.value),
        high_quality: over(|r| r.high_quality.value),
        reverse_kl: over(|r| r.reverse_kl.value),
        variance_ratio: over(|r| r.variance_ratio),
    }
}

/// Mean of at least one value, and its standard error from their spread.
pub(crate) fn average(values: &[f64]) -> Average {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let standard_error = (values.len() > 1).then(|| (squares / (n - 1.0) / n).sqrt());
    Average { mean, standard_error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_comes_from_the_spread() {
        // 1, 2, 3, 4: variance 5/3 with three degrees of freedom, over four values.
        let four = average(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!(four.mean, 2.5);
        assert!((four.standard_error.unwrap() - (5.0f64 / 12.0).sqrt()).abs() < 1e-15);
        assert_eq!(average(&[3.0]), Average { mean: 3.0, standard_error: None });
    }

    #[test]
    fn the_domain_of_a_known_mixture_encloses_it() {
        for name in ["grid", "ring"] {
            let truth = Truth::read(OsStr::new(name)).unwrap();
            let (polygon, _) = domain::parse("auto", &truth.auto).unwrap();
            assert!(truth.modes.modes().iter().all(|m| polygon.contains(m.centre)));
        }
    }
}
