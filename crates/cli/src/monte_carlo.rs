//! `brenier solve` by Monte Carlo.

use std::io::{IsTerminal as _, Write as _};
use std::sync::OnceLock;
use std::time::Instant;

use lab::domain::around;
use lab::error::Error;
use lab::monte_carlo::{Beside, ReportJson, Request, Shown, Solution, Watcher, solve};
use lab::plan_json::{CellsJson, Milliseconds};
use serde::Serialize;

use crate::args::{MonteCarloArgs, SolveArgs};
use crate::solve::masses;
use crate::{Outcome, output, table};

/// Milliseconds since the first call.
pub(crate) fn clock() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e3
}

/// Reads, solves, and says what came out.
pub(crate) fn run(args: &SolveArgs, options: &MonteCarloArgs) -> Result<Outcome, Error> {
    let read = read(args)?;
    let request = Request {
        domain: read.domain,
        dimension: read.dimension,
        method: options.method,
        seed: options.seed,
        sequence: options.sequence,
        samples: options.samples,
        max_samples: options.max_samples,
        max_iterations: args.max_iterations,
        device: options.device,
        ..Request::default()
    };
    let request = Request {
        tolerance: args.tolerance.unwrap_or(request.tolerance),
        rate: options.rate.unwrap_or(request.rate),
        ..request
    };
    let threads = options
        .threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let once = || {
        let mut line = Line::new();
        let (sites, masses) = (&read.sites, read.masses.as_deref());
        let solved = pollster::block_on(solve(&request, sites, masses, clock, threads, &mut line));
        line.clear();
        solved.map_err(|e| args.sites.blame(e))
    };
    if args.repeat.is_some() {
        once()?;
    }
    let mut solved = once()?;
    if let Some(repeat) = args.repeat {
        let mut milliseconds = vec![solved.report.milliseconds.clone()];
        for _ in 1..repeat {
            solved = once()?;
            milliseconds.push(solved.report.milliseconds.clone());
        }
        let one = |m| match m {
            Milliseconds::One(one) => vec![one],
            Milliseconds::Many(many) => many,
        };
        let all = milliseconds.into_iter().flat_map(one).collect();
        solved.report.milliseconds = Milliseconds::Many(all);
    }
    let reached = solved.report.stopped == "tolerance";
    let text = if args.json {
        output::json(&plan(&solved, &read.sites))?
    } else {
        output::monte_carlo(&solved, &request.domain)
    };
    Ok(Outcome { text, reached })
}

/// What the files say.
struct Read {
    dimension: usize,
    domain: String,
    sites: Vec<f64>,
    masses: Option<Vec<f64>>,
}

fn read(args: &SolveArgs) -> Result<Read, Error> {
    let space = crate::args::SPACES.contains(&args.domain.as_str());
    let (dimension, sites, own) = if space {
        let rows = args.sites.parse(table::rows)?;
        let dimension = rows[0].values.len();
        (dimension, rows.into_iter().flat_map(|row| row.values).collect::<Vec<f64>>(), None)
    } else {
        let read = args.sites.points()?;
        let own = read.with_masses.then(|| read.points.iter().map(|p| p[2]).collect());
        (2, read.points.iter().flat_map(|p| [p[0], p[1]]).collect(), own)
    };
    let count = sites.len() / dimension;
    let masses = match &args.masses {
        Some(file) => Some(masses(file, count, own.is_some())?),
        None => own,
    };
    let domain = match args.domain.as_str() {
        "auto" => {
            let points: Vec<[f64; 3]> =
                sites.as_chunks().0.iter().map(|&[x, y]| [x, y, 1.0]).collect();
            around(&points).to_string()
        }
        name => name.to_owned(),
    };
    Ok(Read { dimension, domain, sites, masses })
}

/// A line on a terminal that says how far a solve is.
struct Line {
    shown: bool,
    last: f64,
}

impl Line {
    /// Milliseconds between two lines.
    const PERIOD: f64 = 200.0;

    fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal(), last: clock() }
    }

    fn clear(&self) {
        if self.shown {
            // Nothing is left to do where standard error is closed.
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Watcher for Line {
    async fn watch(&mut self, p: &Shown<'_>) -> bool {
        if self.shown && clock() - self.last > Self::PERIOD {
            self.last = clock();
            let rms =
                if p.rms.is_finite() { format!(", residual {:.3}", p.rms) } else { String::new() };
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[K{}: step {}, {:.2e} samples{rms}, {:.0} s on {}",
                p.phase,
                p.iteration,
                p.samples as f64,
                p.milliseconds / 1e3,
                p.device
            );
        }
        true
    }
}

/// A plan by Monte Carlo, as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlanJson<'a> {
    dimension: usize,
    sites: Vec<&'a [f64]>,
    masses: &'a [f64],
    factor: f64,
    heights: &'a [f64],
    cell_masses: &'a [f64],
    centroids: Vec<&'a [f64]>,
    /// In the plane, the exact cells of these heights.
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<CellsJson<'a>>,
    report: &'a ReportJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<Beside>,
}

fn plan<'a>(solved: &'a Solution, sites: &'a [f64]) -> PlanJson<'a> {
    let d = solved.dimension;
    PlanJson {
        dimension: d,
        sites: sites.chunks_exact(d).collect(),
        masses: &solved.masses,
        factor: solved.factor,
        heights: &solved.heights,
        cell_masses: &solved.cell_masses,
        centroids: solved.centroids.chunks_exact(d).collect(),
        cells: solved
            .plan
            .as_ref()
            .map(|plan| CellsJson { vertices: &plan.cells.vertices, offsets: &plan.cells.offsets }),
        report: &solved.report,
        exact: solved.exact,
    }
}
