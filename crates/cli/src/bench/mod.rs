//! `brenier bench`: solvers timed on point sets that anyone can make again.

mod monte_carlo;

use std::ops::ControlFlow;
use std::time::Instant;

use coverage::Modes;
use geometry::{ConvexPolygon, Point};
use lab::error::Error;
use rand_core::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg64;
use serde::Serialize;
use transport::Target;
use transport::newton::{self, Options};

use crate::args::{BenchArgs, Work};
use crate::{Outcome, output};

/// numpy's `default_rng(0)` before its first number: PCG64 as its SeedSequence starts it.
const NUMPY_STATE: u128 = 0xdb2c_d7e7_b0f4_78be_abf4_641a_2c71_ba49;
const NUMPY_STREAM: u128 = 0x20c6_ed6d_9d7b_8d41_2c40_99de_223c_39d4;

/// One point set: how long the solves took, and what they reached.
#[derive(Serialize)]
struct Row {
    /// `uniform`: points of numpy in the unit square; `grid`: samples of the 5 × 5 grid of
    /// Gaussians in raw coordinates. The source is the unit square in both.
    work: &'static str,
    n: usize,
    seed: u64,
    tolerance: f64,
    milliseconds: Vec<f64>,
    steps: usize,
    evaluations: usize,
    residual: f64,
    w2: f64,
    stopped: &'static str,
}

#[derive(Serialize)]
struct Rows {
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct MonteCarloRows {
    rows: Vec<monte_carlo::Row>,
}

/// Point `seed` of `default_rng(0).random((seeds, n, 2))`: consecutive stretches of one stream.
pub(crate) fn uniform_points(n: usize, seed: u64) -> Vec<Point> {
    let mut rng = Pcg64::new(NUMPY_STATE, NUMPY_STREAM);
    rng.advance(u128::from(seed) * 2 * n as u128);
    let mut unit = || (rng.next_u64() >> 11) as f64 * (-53f64).exp2();
    (0..n).map(|_| [unit(), unit()]).collect()
}

/// Does the work asked for.
pub(crate) fn run(args: &BenchArgs) -> Result<Outcome, Error> {
    let rows = match args.work {
        Work::Exact => return exact(args),
        Work::Grid => monte_carlo::grid(args)?,
        Work::High => monte_carlo::high(args)?,
        Work::Slopes => monte_carlo::slopes(args)?,
    };
    // The optimum on a fixed sample is not meant to reach a tolerance.
    let reached = rows.iter().all(|r| r.stopped == "tolerance" || r.work == "slopes");
    let text =
        if args.json { output::json(&MonteCarloRows { rows })? } else { monte_carlo_table(&rows) };
    Ok(Outcome { text, reached })
}

fn monte_carlo_table(rows: &[monte_carlo::Row]) -> String {
    let mut text = String::from(
        "work    method        sequence      N     d  seed    seconds  stopped    exact\n",
    );
    for r in rows {
        let exact = r.exact_residual.map_or_else(|| "-".to_owned(), |e| format!("{e:.5}"));
        text.push_str(&format!(
            "{:<8}{:<14}{:<9}{:>6}{:>6}{:>6}{:>11.2}  {:<9}{exact:>8}\n",
            r.work,
            r.method,
            r.sequence,
            r.n,
            r.dimension,
            r.seed,
            r.milliseconds / 1e3,
            r.stopped
        ));
    }
    text
}

/// Times every size and seed, after one solve to warm up.
fn exact(args: &BenchArgs) -> Result<Outcome, Error> {
    let mut rows = Vec::new();
    for &n in &args.sizes {
        for seed in 0..args.seeds {
            rows.push(time("uniform", seed, &uniform_points(n, seed), 1e-6, args.repeat)?);
        }
    }
    for seed in 0..args.seeds {
        let sites = Modes::grid().sample(512, &mut Pcg64::seed_from_u64(seed));
        rows.push(time("grid", seed, &sites, 1e-9, args.repeat)?);
    }
    let reached = rows.iter().all(|r| r.residual <= r.tolerance);
    let text = if args.json { output::json(&Rows { rows })? } else { table(&rows) };
    Ok(Outcome { text, reached })
}

fn time(
    work: &'static str,
    seed: u64,
    sites: &[Point],
    tolerance: f64,
    repeat: usize,
) -> Result<Row, Error> {
    let square = ConvexPolygon::unit_square();
    let options = Options { tolerance, ..Options::default() };
    let solve = || -> Result<_, Error> {
        let start = Instant::now();
        let target = Target::new(sites, None)?;
        let plan =
            newton::solve(&square, &target, &options, None, &mut |_| ControlFlow::Continue(()))?;
        Ok((plan.report, start.elapsed().as_secs_f64() * 1e3))
    };
    let (report, _) = solve()?;
    let mut milliseconds = Vec::with_capacity(repeat);
    for _ in 0..repeat {
        milliseconds.push(solve()?.1);
    }
    Ok(Row {
        work,
        n: sites.len(),
        seed,
        tolerance,
        milliseconds,
        steps: report.iterations,
        evaluations: report.evaluations,
        residual: report.residual,
        w2: report.w2_primal,
        stopped: report.stopped.name(),
    })
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from("work         N  seed   median ms  steps  residual\n");
    for r in rows {
        let mut sorted = r.milliseconds.clone();
        sorted.sort_by(f64::total_cmp);
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
        text.push_str(&format!(
            "{:<8}{:>6}{:>6}{:>12.2}{:>7}  {:.1e}\n",
            r.work, r.n, r.seed, median, r.steps, r.residual
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_are_numpy_s() {
        // default_rng(0).random(4)
        let expected = [
            0.636_961_687_321_454_3,
            0.269_786_713_763_870_3,
            0.040_973_523_936_194_69,
            0.016_527_635_528_529_094,
        ];
        let points = uniform_points(2, 0);
        assert_eq!([points[0][0], points[0][1], points[1][0], points[1][1]], expected);
        assert_eq!(uniform_points(1, 1), points[1..]);
    }
}
