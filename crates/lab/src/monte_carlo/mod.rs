//! Monte Carlo solves as the page, `brenier.js` and the command line ask for them: a domain in
//! words, sites of any dimension, and somebody who watches.

mod placed;
mod report;
mod request;
mod watch;

use crate::error::Error;
use gpu::{Cpu, Devices};
use placed::Placed;
pub use report::ReportJson;
pub use request::{DeviceName, MAX_SHOWN, Method, Request, SequenceName};
use transport::monte_carlo::{
    Answer, Draw, MachineError, Problem, Sequence, Want, adam, hierarchical, lbfgs,
};
use transport::{Plan, Target};
pub use watch::{Beside, Shown, Watcher};
use watch::{Display, Exact, Watch};

/// Most sites that are compared with the exact solver while Monte Carlo runs.
const COMPARED: usize = crate::app::INTERACTIVE;

/// A solved request. Arrays have the input's order and length.
pub struct Solution {
    /// d.
    pub dimension: usize,
    /// Masses, Σ = 1; of merged sites the first carries the sum.
    pub masses: Vec<f64>,
    /// Input masses times this are the masses.
    pub factor: f64,
    /// Heights, Σ = 0, of u(x) = max ⟨x, yᵢ⟩ + hᵢ.
    pub heights: Vec<f64>,
    /// Estimated μ(Wᵢ).
    pub cell_masses: Vec<f64>,
    /// Estimated centroids, N × d; not a number where a cell got no sample.
    pub centroids: Vec<f64>,
    /// How the solve went.
    pub report: ReportJson,
    /// In the plane, the exact cells of these heights.
    pub plan: Option<Plan>,
    /// In the plane and where asked, how far off they are.
    pub exact: Option<Beside>,
}

/// Solves. `clock` gives milliseconds; `threads` are the processor's.
///
/// # Errors
/// Codes `domain`, `dimension`, `tolerance`, `samples`, `rate`, `request`, `start`, `machine`, and
/// those of `transport` with the site's index.
pub async fn solve<W: Watcher>(
    request: &Request,
    sites: &[f64],
    masses: Option<&[f64]>,
    clock: fn() -> f64,
    threads: usize,
    watcher: &mut W,
) -> Result<Solution, Error> {
    let options = request.options()?;
    let placed = Placed::parse(&request.domain, request.dimension)?;
    let problem = Problem::new(placed.law, request.dimension, &placed.sites(sites), masses)?;
    let start = match &request.start {
        Some(start) if start.len() != problem.len() || !start.iter().all(|h| h.is_finite()) => {
            return Err(Error::new(
                "start",
                format!("The start must be {} finite heights, one for each site.", problem.len()),
            ));
        }
        Some(start) => Some(placed.inner_heights(start, sites)),
        None => None,
    };
    let exact = match request.exact && problem.len() <= COMPARED {
        true => Exact::new(&placed, sites, masses)?,
        false => None,
    };
    let devices = Devices { device: request.device.into(), threads };
    let mut watch = Watch {
        watcher,
        clock,
        problem: &problem,
        placed: &placed,
        sites,
        exact: exact.as_ref(),
        display: Display::new(&problem, &placed, request.show, request.seed),
        began: clock(),
        aside: 0.0,
        due: 0.0,
        first: true,
    };
    let start = start.as_deref();
    let answer = match request.method {
        Method::Adam => adam::solve(&problem, &devices, &options, start, &mut watch).await,
        Method::Lbfgs => lbfgs::solve(&problem, &devices, &options, start, &mut watch).await,
        Method::Hierarchical => {
            hierarchical::solve(&problem, &devices, &options, start, &mut watch).await
        }
    }?;
    let milliseconds = clock() - watch.began - watch.aside;
    let given = Given { placed: &placed, problem: &problem, sites, masses, threads };
    finish(&given, exact.as_ref(), &answer, milliseconds)
}

/// What was to be solved.
struct Given<'a> {
    placed: &'a Placed,
    problem: &'a Problem,
    sites: &'a [f64],
    masses: Option<&'a [f64]>,
    threads: usize,
}

fn finish(
    given: &Given<'_>,
    exact: Option<&Exact>,
    answer: &Answer,
    milliseconds: f64,
) -> Result<Solution, Error> {
    let Given { placed, problem, sites, masses, threads } = *given;
    let heights = placed.heights(&answer.heights, sites);
    let measure = placed.measure(&answer.measure, sites, problem.masses());
    let plan = match &placed.polygon {
        Some(polygon) => {
            let target = Target::new(sites.as_chunks().0, masses)?;
            Some(Plan::from_heights(polygon, &target, &heights)?)
        }
        None => None,
    };
    let beside = match (exact, &plan) {
        (Some(exact), Some(plan)) => Some(exact.beside(plan)),
        _ => None,
    };
    Ok(Solution {
        dimension: problem.dimension(),
        masses: problem.masses().to_vec(),
        factor: problem.factor(),
        centroids: centroids(placed, problem, &answer.heights, threads),
        report: ReportJson::new(answer, &measure, problem, milliseconds),
        cell_masses: measure.cell_masses,
        heights,
        plan,
        exact: beside,
    })
}

/// Centres of mass of the cells, from 64 samples a site.
fn centroids(placed: &Placed, problem: &Problem, heights: &[f64], threads: usize) -> Vec<f64> {
    let d = problem.dimension();
    let local = problem.local_heights(heights);
    let mut machine = Cpu::new(problem.planes(Sequence::Sobol), threads);
    let count = (64 * local.len()).clamp(4_096, 1 << 22) as u32;
    let draw = Draw { seed: 0, first: 0, count };
    let estimate = machine.count(&local, draw, Want { sums: true, ..Want::default() });
    let mut centroids = vec![f64::NAN; problem.len() * d];
    for (k, i) in problem.places().iter().enumerate() {
        let count = estimate.counts[k] as f64;
        let mean: Vec<f32> =
            estimate.sums[k * d..][..d].iter().map(|s| (s / count) as f32).collect();
        let at = &mut centroids[*i as usize * d..][..d];
        at.iter_mut().zip(placed.point(&mean)).for_each(|(c, x)| *c = x);
    }
    centroids
}

impl From<transport::monte_carlo::ProblemError> for Error {
    fn from(e: transport::monte_carlo::ProblemError) -> Self {
        Error { index: e.index(), ..Error::new(e.code(), e.to_string()) }
    }
}

impl From<MachineError> for Error {
    fn from(e: MachineError) -> Self {
        Error::new("machine", e.to_string())
    }
}
