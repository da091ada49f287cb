//! One solve without a scene: what `brenier.js` calls.

use crate::app::OnProgress;
use crate::domain::DomainSpec;
use crate::error::Error;
use crate::source;
use geometry::{ConvexPolygon, Point};
use std::ops::ControlFlow;
use transport::newton::{self, Options};
use transport::{Density, Plan, Progress, Target};

/// What to solve. The exact method draws nothing at random, so a request has no seed.
pub struct Request<'a> {
    /// Sites.
    pub sites: &'a [Point],
    /// Masses, or equal ones.
    pub masses: Option<&'a [f64]>,
    /// The domain in words; `auto` is the unit square.
    pub domain: &'a str,
    /// Density of the source on it.
    pub density: Density,
    /// `newton`.
    pub method: &'a str,
    /// Bound on the residual.
    pub tolerance: f64,
}

/// A solved request.
pub struct Solution {
    /// The plan.
    pub plan: Plan,
    /// The domain.
    pub domain: ConvexPolygon,
    /// Input masses times this are the masses.
    pub factor: f64,
    /// Of the solve alone, by the given clock.
    pub milliseconds: f64,
}

/// Solves a request. `clock` gives milliseconds.
///
/// # Errors
/// Codes `method`, `tolerance`, `domain`, `source`, and those of `geometry` and `transport` with the index.
pub fn solve(
    request: &Request<'_>,
    clock: fn() -> f64,
    mut progress: Option<OnProgress>,
) -> Result<Solution, Error> {
    if request.method != "newton" {
        return Err(Error::new(
            "method",
            format!("There is no method “{}” here. Use newton, the exact one.", request.method),
        ));
    }
    if !(request.tolerance > 0.0 && request.tolerance < 1.0) {
        return Err(Error::new(
            "tolerance",
            format!("The tolerance is {}. Choose a number between 0 and 1.", request.tolerance),
        ));
    }
    let domain = DomainSpec::parse(request.domain)?.polygon(&DomainSpec::Square)?;
    let source = source::of_density(domain, request.density)?;
    let target = Target::new(request.sites, request.masses)?;
    let options = Options { tolerance: request.tolerance, ..Options::default() };
    let mut report = |p: &Progress| match &mut progress {
        Some(call) => call(p.iteration, p.residual),
        None => ControlFlow::Continue(()),
    };
    let began = clock();
    let plan = newton::solve(&source, &target, &options, None, &mut report)?;
    let milliseconds = clock() - began;
    let domain = source.domain().clone();
    Ok(Solution { plan, domain, factor: target.factor(), milliseconds })
}
