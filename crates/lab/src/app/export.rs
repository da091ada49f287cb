//! What leaves the application: plans, samples, the experiment and its scores.

use super::{Lab, Solved};
use crate::error::Error;
use crate::experiment::{self, Row, Run};
use crate::frame;
use crate::plan_json::{self, Milliseconds, ReportJson};
use crate::{points, presets};
use coverage::ReferenceCase;
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
        let began = (self.clock)();
        let scenario = &self.scene.scenario;
        let modes = presets::mixture(scenario, &self.scene.points)?;
        let run = Run {
            real: scenario.experiment.real,
            generated: scenario.experiment.generated,
            seed: scenario.seed,
            measure: frame::measure(&scenario.view),
            tolerance: scenario.tolerance,
        };
        let clock = self.clock;
        let progress = &mut self.progress;
        let mut report = |p: &Progress| match progress {
            Some(call) => call(p.iteration, p.residual),
            None => ControlFlow::Continue(()),
        };
        let made = experiment::generate(&modes, &self.scene.source, &run, &mut report)?;
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

    /// Scores samples of a generator of one's own against the scene's mixture, beside a sampler
    /// that knows the truth. Distances are to the experiment's real samples.
    ///
    /// # Errors
    /// Codes `csv` and `json` with the line; `experiment` where the scene is no mixture.
    pub fn score(&mut self, text: &str, name: &str) -> Result<(Row, Vec<f64>), Error> {
        let read = points::parse(text)?;
        let samples: Vec<Point> = read.points.iter().map(|p| [p[0], p[1]]).collect();
        let scenario = &self.scene.scenario;
        let modes = presets::mixture(scenario, &self.scene.points)?;
        let real = presets::samples(&modes, scenario.experiment.real, scenario.seed);
        let name = if name.is_empty() { "Your samples" } else { name };
        let seed = scenario.seed;
        let row =
            self.scorer.row(name, &modes, &samples, Some(&real), ReferenceCase::Perfect, seed)?;
        Ok((row, samples.into_iter().flatten().collect()))
    }
}
