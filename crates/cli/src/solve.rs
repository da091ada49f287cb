//! `brenier solve`.

use std::ops::ControlFlow;
use std::time::Instant;

use lab::domain::around;
use lab::error::Error;
use lab::plan_json::{self, Milliseconds};
use lab::source;
use transport::newton::{self, Options};
use transport::{Plan, Source, Target};

use crate::args::{Input, SolveArgs};
use crate::{Outcome, domain, monte_carlo, output, table};

/// Reads, solves, and says what came out.
pub(crate) fn run(args: &SolveArgs) -> Result<Outcome, Error> {
    if let Some(options) = &args.monte_carlo {
        return monte_carlo::run(args, options);
    }
    let read = args.sites.points()?;
    let masses = match &args.masses {
        Some(file) => Some(masses(file, read.points.len(), read.with_masses)?),
        None => read.with_masses.then(|| read.points.iter().map(|p| p[2]).collect()),
    };
    let (domain, domain_name) = domain::parse(&args.domain, &around(&read.points))?;
    let source = source::of_density(domain, args.density)?;
    let sites: Vec<_> = read.points.iter().map(|p| [p[0], p[1]]).collect();
    let target =
        Target::new(&sites, masses.as_deref()).map_err(|e| args.sites.blame(Error::from(e)))?;

    let mut options = Options::default();
    if let Some(tolerance) = args.tolerance {
        options.tolerance = tolerance;
    }
    if let Some(most) = args.max_iterations {
        options.max_iterations = most;
    }
    if args.repeat.is_some() {
        timed(&source, &target, &options)?;
    }
    let (mut plan, first) = timed(&source, &target, &options)?;
    let mut milliseconds = vec![first];
    for _ in 1..args.repeat.unwrap_or(1) {
        let (again, time) = timed(&source, &target, &options)?;
        plan = again;
        milliseconds.push(time);
    }

    let text = if args.json {
        let milliseconds = match args.repeat {
            Some(_) => Milliseconds::Many(milliseconds),
            None => Milliseconds::One(first),
        };
        output::json(&plan_json::plan(&plan, &source, target.factor(), Some(milliseconds)))?
    } else {
        output::plan(&plan, &domain_name, args.density, &milliseconds)
    };
    Ok(Outcome { text, reached: plan.report.residual <= options.tolerance })
}

/// One cold solve with its time in milliseconds.
fn timed(source: &Source, target: &Target, options: &Options) -> Result<(Plan, f64), Error> {
    let start = Instant::now();
    let plan = newton::solve(source, target, options, None, &mut |_| ControlFlow::Continue(()))?;
    Ok((plan, start.elapsed().as_secs_f64() * 1e3))
}

/// Masses of a file of their own, for `count` sites.
pub(crate) fn masses(
    file: &Input,
    count: usize,
    sites_have_masses: bool,
) -> Result<Vec<f64>, Error> {
    if sites_have_masses {
        return Err(Error::new(
            "usage",
            "the sites have masses already: leave --masses out, or remove the sites' third column",
        ));
    }
    let rows = file.parse(|text| table::read(text, &["mass"], 1))?;
    if let Some((index, row)) = rows.iter().enumerate().find(|(_, r)| r.values[0] <= 0.0) {
        let message = format!(
            "Line {}: the mass {} is not positive. Make it positive or remove it with its site.",
            row.line, row.values[0]
        );
        return Err(
            file.blame(Error::new("csv", message).at_line(row.line, Some(1)).at_index(index))
        );
    }
    if rows.len() != count {
        let message = format!(
            "the masses are {} and the sites are {count}: give one mass a site, in the same order",
            rows.len()
        );
        return Err(file.blame(Error::new("length", message)));
    }
    Ok(rows.into_iter().map(|r| r.values[0]).collect())
}
