//! What leaves the application: plans, samples, the experiment and its scores.

use super::{Lab, Solved};
use crate::error::Error;
use crate::experiment::{self, Marks, Row, Run};
use crate::frame;
use crate::gan;
use crate::plan_json::{self, Milliseconds, ReportJson};
use crate::scenario::{MAX_REAL, MAX_SAMPLES};
use crate::{points, presets};
use coverage::{Modes, ReferenceCase};
use geometry::Point;
use serde::Serialize;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use transport::Progress;
use transport::singular::singular_set;

/// Result of the experiment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Experiment {
    /// 2 × real samples.
    #[serde(skip)]
    pub real: Vec<f64>,
    /// 2 × generated samples.
    #[serde(skip)]
    pub generated: Vec<f64>,
    /// x, y, σ of each mode.
    #[serde(skip)]
    pub modes: Vec<f64>,
    /// AE-OT's row.
    pub rows: Vec<Row>,
    /// Of the solve.
    pub report: ReportJson,
    /// Of all of it.
    pub milliseconds: f64,
}

/// What [`Lab::ae_ot`] is asked for; what is absent is the scenario's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AeOtRequest<'a> {
    /// x, y, σ, weight of each mode.
    pub modes: Option<&'a [f64]>,
    /// Real samples, 1 to [`MAX_REAL`].
    pub real: Option<usize>,
    /// Generated samples, 1 to [`MAX_SAMPLES`].
    pub generated: Option<usize>,
    /// Of both.
    pub seed: Option<u32>,
    /// Lines each way of a grid over the source, and points a line, 1 to [`MAX_SIDE`] each.
    pub grid: Option<(usize, usize)>,
}

/// AE-OT without errors and references: as fast as a drag wants it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AeOt {
    /// 2 × real samples.
    #[serde(skip)]
    pub real: Vec<f64>,
    /// 2 × generated samples.
    #[serde(skip)]
    pub generated: Vec<f64>,
    /// 2 × points of the grid's image, torn by NaN; see `experiment::Generated`.
    #[serde(skip)]
    pub grid: Vec<f64>,
    /// Their three scores.
    pub marks: Marks,
    /// Of the solve.
    pub report: ReportJson,
    /// Of all of it.
    pub milliseconds: f64,
}

impl Lab {
    fn solved(&self) -> Result<&Solved, Error> {
        self.solved.as_ref().ok_or_else(|| {
            Error::new(
                "unsolved",
                "There is no solved plan yet. Add a point, or solve the scene first.",
            )
        })
    }

    /// The plan as JSON, as `brenier solve --json` writes it.
    ///
    /// # Errors
    /// Code `unsolved`.
    pub fn export_plan(&self) -> Result<String, Error> {
        let s = self.solved()?;
        let time = Some(Milliseconds::One(s.milliseconds));
        let json = plan_json::plan(&s.plan, &self.scene.source, s.factor, time);
        serde_json::to_string(&json).map_err(|e| Error::new("unsolved", e.to_string()))
    }

    /// The view's samples and their images as CSV: `x,y,mapped_x,mapped_y,cell`.
    ///
    /// # Errors
    /// Code `unsolved`.
    pub fn export_samples(&self) -> Result<String, Error> {
        let s = self.solved()?;
        let scenario = &self.scene.scenario;
        let set = singular_set(&s.plan, frame::measure(&scenario.view));
        let made = frame::samples(&s.plan, &set, &self.scene.source, &scenario.view, scenario.seed);
        let mut csv = String::from("x,y,mapped_x,mapped_y,cell\n");
        for (i, cell) in made.cells.iter().enumerate() {
            let (a, b) = (&made.at[2 * i..2 * i + 2], &made.mapped[2 * i..2 * i + 2]);
            let _ = writeln!(csv, "{},{},{},{},{cell}", a[0], a[1], b[0], b[1]);
        }
        Ok(csv)
    }

    /// AE-OT on the scene's mixture: real samples, an exact solve, generated samples, scores.
    ///
    /// # Errors
    /// Code `experiment` where the scene is no mixture; those of `transport` and `coverage`.
    pub fn experiment(&mut self) -> Result<Experiment, Error> {
        let (clock, began) = (self.clock, (self.clock)());
        let modes = self.mixture()?;
        let run = self.run();
        let made = self.generate(&modes, &run)?;
        let solve_time = clock() - began;
        let case = ReferenceCase::Resampled { real: run.real };
        let row =
            self.scorer.row("AE-OT", &modes, &made.generated, Some(&made.real), case, run.seed)?;
        Ok(Experiment {
            real: made.real.iter().flatten().copied().collect(),
            generated: made.generated.iter().flatten().copied().collect(),
            modes: modes.modes().iter().flat_map(|m| [m.centre[0], m.centre[1], m.sigma]).collect(),
            rows: vec![row],
            report: plan_json::report(&made.report, Some(Milliseconds::One(solve_time))),
            milliseconds: clock() - began,
        })
    }

    /// The scene's mixture: that of its preset, or its own points as modes.
    ///
    /// # Errors
    /// Code `experiment` where the scene is no mixture.
    pub fn mixture(&self) -> Result<Modes, Error> {
        presets::mixture(&self.scene.scenario, &self.scene.points)
    }

    /// AE-OT on the scene's mixture or another one, from the scene's source: real samples, an exact
    /// solve, generated samples and their scores alone.
    ///
    /// # Errors
    /// Code `modes` or `experiment` for a mixture or a number that is none; those of `transport`.
    pub fn ae_ot(&mut self, request: &AeOtRequest<'_>) -> Result<AeOt, Error> {
        let (clock, began) = (self.clock, (self.clock)());
        let modes = match request.modes {
            Some(flat) => gan::modes(flat)?,
            None => self.mixture()?,
        };
        let usual = self.run();
        let run = Run {
            real: request.real.unwrap_or(usual.real),
            generated: request.generated.unwrap_or(usual.generated),
            seed: request.seed.unwrap_or(usual.seed),
            grid: request.grid,
            ..usual
        };
        if request.grid.is_some_and(|(a, b)| a.max(b) > gan::MAX_SIDE) {
            let message =
                format!("Of a grid choose at most {0} lines of {0} points.", gan::MAX_SIDE);
            return Err(Error::new("experiment", message));
        }
        for (count, most) in [(run.real, MAX_REAL), (run.generated, MAX_SAMPLES)] {
            if !(1..=most).contains(&count) {
                let message = format!("{count} samples are none of ours. Choose 1 to {most}.");
                return Err(Error::new("experiment", message));
            }
        }
        let made = self.generate(&modes, &run)?;
        Ok(AeOt {
            marks: Marks::of(&modes, &made.generated)?,
            report: plan_json::report(&made.report, None),
            real: made.real.into_iter().flatten().collect(),
            generated: made.generated.into_iter().flatten().collect(),
            grid: made.grid.into_iter().flatten().collect(),
            milliseconds: clock() - began,
        })
    }

    /// The run that the scenario asks for.
    fn run(&self) -> Run {
        let scenario = &self.scene.scenario;
        Run {
            real: scenario.experiment.real,
            generated: scenario.experiment.generated,
            seed: scenario.seed,
            measure: frame::measure(&scenario.view),
            tolerance: scenario.tolerance,
            grid: None,
        }
    }

    fn generate(&mut self, modes: &Modes, run: &Run) -> Result<experiment::Generated, Error> {
        let progress = &mut self.progress;
        let mut report = |p: &Progress| match progress {
            Some(call) => call(p.iteration, p.residual),
            None => ControlFlow::Continue(()),
        };
        experiment::generate(modes, &self.scene.source, run, &mut report)
    }

    /// Scores samples of a generator of one's own against the scene's mixture, beside a sampler
    /// that knows the truth. Distances are to the experiment's real samples.
    ///
    /// # Errors
    /// Codes `csv` and `json` with the line; `experiment` where the scene is no mixture.
    pub fn score(&mut self, text: &str, name: &str) -> Result<(Row, Vec<f64>), Error> {
        let read = points::parse(text)?;
        let samples: Vec<Point> = read.points.iter().map(|p| [p[0], p[1]]).collect();
        let scenario = &self.scene.scenario;
        let modes = self.mixture()?;
        let real = presets::samples(&modes, scenario.experiment.real, scenario.seed);
        let name = if name.is_empty() { "Your samples" } else { name };
        let seed = scenario.seed;
        let row =
            self.scorer.row(name, &modes, &samples, Some(&real), ReferenceCase::Perfect, seed)?;
        Ok((row, samples.into_iter().flatten().collect()))
    }
}
