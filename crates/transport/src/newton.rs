//! The exact solver in the plane: damped Newton on the energy.

use std::ops::ControlFlow;

use geometry::{BOUNDARY, PowerDiagram, SiteError, Update, WeightedDelaunay};

use crate::frame::Frame;
use crate::laplacian::{Edge, Factor};
use crate::plan::{Plan, PlanError, Solved};
use crate::report::Stopped;
use crate::trace::Verdict;
use crate::{Density, Source, Target, start};

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Largest residual maxᵢ |wᵢ − νᵢ| / νᵢ to accept. Default 10⁻⁹.
    pub tolerance: f64,
    /// Most Newton steps to take. Default 500.
    pub max_iterations: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { tolerance: 1e-9, max_iterations: 500 }
    }
}

/// How far a solve is, given before each step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Newton steps taken.
    pub iteration: usize,
    /// maxᵢ |wᵢ − νᵢ| / νᵢ.
    pub residual: f64,
}

/// A step this short is given up.
const SHORTEST_STEP: f64 = 1e-7;
/// So many steps in a row, each below this share of Newton's, lead nowhere.
const STALLED: (usize, f64) = (40, 1e-3);
/// What continuation asks of the solves on its way.
const ROUGHLY: f64 = 0.1;
/// By how much it lets the smallest masses fall at a time.
const CONTINUED: f64 = 0.1;

/// Sees a descent as it goes. What it does not ask for costs nothing: `()` sees nothing.
pub(crate) trait Watch {
    /// Whether a last step may use the factor of the one before.
    const CHORDS: bool;
    /// The present heights, and the share of the step that led to them; 0 at the start.
    fn arrived(&mut self, _: &Frame, _: &Present<'_>, _: f64) {}
    /// The step that is tried from the present heights.
    fn stepping(&mut self, _: &[f64]) {}
    /// The share of it that was tried, and what came of it.
    fn tried(&mut self, _: f64, _: Verdict) {}
}

impl Watch for () {
    const CHORDS: bool = true;
}

/// Heights, in the frame, and the cells they give.
pub(crate) struct Present<'a> {
    pub diagram: &'a PowerDiagram,
    pub heights: &'a [f64],
    pub masses: &'a [f64],
    pub residual: f64,
}

/// One descent from `heights`, in the frame, and why it stopped; `None` if they leave a cell without
/// mass.
pub(crate) fn descend<W: Watch>(
    frame: &Frame,
    heights: Vec<f64>,
    options: &Options,
    progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
    watch: &mut W,
) -> Result<Option<Stopped>, SiteError> {
    Ok(Run::new(frame, heights)?.map(|mut run| {
        run.iterate(frame, options, progress, watch);
        run.stopped
    }))
}

/// Minimises the energy by the damped Newton method of Kitagawa, Mérigot and Thibert (J. Eur.
/// Math. Soc. 21, 2019, algorithm 1): the step is halved until every cell keeps a floor mass and
/// the residual falls by half the step's promise, which converges globally at a linear rate and
/// locally at a quadratic one.
///
/// Departs from the paper in four points: the floor is ½ min(νᵢ, wᵢ at the start) for each cell
/// by itself, so that one tiny mass does not slow the others; the norm is that of (wᵢ − νᵢ)/√νᵢ,
/// so that small masses count; the first try of a step is twice the last one accepted;
/// and the last step may use the factor of the one before.
///
/// `from` are heights of an earlier solve of a nearby target, in the target's order: used if every
/// cell they give has mass; see [`Plan::heights_for`]. Otherwise the start is a strictly convex
/// potential (module `start`).
///
/// `progress` is called before each step and may end the solve with [`ControlFlow::Break`]; the
/// best heights so far are returned.
///
/// # Errors
/// Bad input only: heights of another length or not finite, or a domain that is degenerate in
/// `f64`. A solve that does not reach the tolerance is a plan whose report says so.
pub fn solve(
    source: impl Into<Source>,
    target: &Target,
    options: &Options,
    from: Option<&[f64]>,
    progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Plan, PlanError> {
    solve_from(&source.into(), target, options, from, progress)
}

/// Not generic, so that it is compiled here, with this crate's optimisation, and not by the caller.
fn solve_from(
    source: &Source,
    target: &Target,
    options: &Options,
    from: Option<&[f64]>,
    progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Plan, PlanError> {
    if let Some(heights) = from {
        crate::plan::check_heights(target, heights)?;
    }
    let mut frame = Frame::new(source, target)?;
    let mut best: Option<Run> = None;
    let mut stalled = false;
    for heights in starts(&frame, target, from) {
        let Some(mut run) = Run::new(&frame, heights)? else { continue };
        run.iterate(&frame, options, progress, &mut ());
        if run.stopped != Stopped::Precision || run.residual <= 64.0 * run.precision_limit {
            best = Some(run);
            stalled = false;
            break;
        }
        stalled |= run.stalled;
        // Stalled far from the limit: keep the better of the starts.
        if best.as_ref().is_none_or(|b| run.residual < b.residual) {
            best = Some(run);
        }
    }
    if stalled
        && let Some(run) = continued(&mut frame, options, progress)?
        && best.as_ref().is_none_or(|b| run.residual < b.residual)
    {
        best = Some(run);
    }
    let run = match best {
        Some(run) => run,
        // No start has all cells: masses or distances beyond f64. Report what the heights give.
        None => Run::degenerate(&frame, start::homothetic(frame.domain(), &frame.sites))?,
    };
    Ok(Plan::assemble(
        source.domain(),
        target,
        &frame,
        Solved {
            method: "newton",
            delaunay: &run.delaunay,
            diagram: &run.diagram,
            heights: &run.heights,
            history: run.history,
            evaluations: run.evaluations,
            stopped: run.stopped,
            precision_limit: run.precision_limit,
        },
    ))
}

/// Continuation in the masses: a solve for masses of which none is small, and then again for ever
/// smaller ones, each from the heights before. A tiny cell that has to hold its floor while large ones
/// move far about it makes all steps tiny; so it is shrunk when the others are in their places.
fn continued(
    frame: &mut Frame,
    options: &Options,
    progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Option<Run>, SiteError> {
    let goal = frame.masses.clone();
    let least = goal.iter().copied().fold(f64::INFINITY, f64::min);
    let mut small = 0.1 * goal.iter().copied().fold(0.0, f64::max);
    let mut heights = start::homothetic(frame.domain(), &frame.sites);
    let mut steps = 0;
    loop {
        let last = small <= least;
        frame.masses = goal.iter().map(|v| if last { *v } else { v.max(small) }).collect();
        let total: f64 = frame.masses.iter().sum();
        frame.masses.iter_mut().for_each(|v| *v /= total);
        let run = Run::new(frame, heights)?;
        let Some(mut run) = run else {
            frame.masses = goal;
            return Ok(None);
        };
        let stage = Options {
            tolerance: if last { options.tolerance } else { ROUGHLY.max(options.tolerance) },
            max_iterations: options.max_iterations.saturating_sub(steps),
        };
        run.iterate(frame, &stage, progress, &mut ());
        steps += run.history.len() - 1;
        if last {
            return Ok(Some(run));
        }
        if matches!(run.stopped, Stopped::Cancelled | Stopped::Iterations) {
            // What the heights reached give for the masses asked for.
            frame.masses = goal;
            let stopped = run.stopped;
            return Ok(Run::new(frame, run.heights)?.map(|run| Run { stopped, ..run }));
        }
        heights = run.heights;
        small *= CONTINUED;
    }
}

/// Starts in the order to be tried, made when asked for.
fn starts<'a>(
    frame: &'a Frame,
    target: &'a Target,
    from: Option<&'a [f64]>,
) -> impl Iterator<Item = Vec<f64>> + 'a {
    let given = from.into_iter().map(|h| frame.local_heights(target, h));
    let bell = match frame.source.density() {
        Density::Uniform => None,
        Density::Gaussian { mean, sigma } => Some((mean, sigma)),
    };
    let spread = std::iter::once_with(move || {
        let inner = start::inner_rectangle(frame.domain());
        start::separable(inner, bell, &frame.sites, &frame.masses)
    });
    let image = std::iter::once_with(|| start::homothetic(frame.domain(), &frame.sites));
    given.chain(spread).chain(image)
}

/// One descent from one start.
struct Run {
    delaunay: WeightedDelaunay,
    diagram: PowerDiagram,
    heights: Vec<f64>,
    masses: Vec<f64>,
    trial_masses: Vec<f64>,
    history: Vec<f64>,
    evaluations: usize,
    residual: f64,
    precision_limit: f64,
    stopped: Stopped,
    /// Whether it ended because all steps were tiny.
    stalled: bool,
}

impl Run {
    /// `None` if some cell has no mass.
    fn new(frame: &Frame, heights: Vec<f64>) -> Result<Option<Self>, SiteError> {
        let run = Self::degenerate(frame, heights)?;
        let admissible =
            run.delaunay.first_hidden().is_none() && run.masses.iter().all(|w| *w > 0.0);
        Ok(admissible.then_some(run))
    }

    fn degenerate(frame: &Frame, heights: Vec<f64>) -> Result<Self, SiteError> {
        let delaunay = WeightedDelaunay::new(&frame.sites, &heights)?;
        let diagram = PowerDiagram::new(&delaunay, frame.domain());
        let mut run = Self {
            delaunay,
            diagram,
            heights,
            masses: Vec::new(),
            trial_masses: Vec::new(),
            history: Vec::new(),
            evaluations: 1,
            residual: f64::INFINITY,
            precision_limit: 0.0,
            stopped: Stopped::Precision,
            stalled: false,
        };
        frame.cell_masses(&run.diagram, &mut run.masses);
        run.residual = residual(&run.masses, &frame.masses);
        run.history.push(run.residual);
        Ok(run)
    }

    fn iterate<W: Watch>(
        &mut self,
        frame: &Frame,
        options: &Options,
        progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
        watch: &mut W,
    ) {
        let nu = &frame.masses;
        let n = nu.len();
        let floor: Vec<f64> = nu.iter().zip(&self.masses).map(|(v, w)| 0.5 * v.min(*w)).collect();
        let mut edges: Vec<Edge> = Vec::with_capacity(3 * n);
        let mut factor: Option<Factor> = None;
        let (mut step, mut trial) = (vec![0.0; n], vec![0.0; n]);
        let mut tau = 1.0f64;
        let mut chord_allowed = W::CHORDS;
        let mut short = 0;
        let mut merit = squared_merit(&self.masses, nu);
        watch.arrived(frame, &self.present(), 0.0);
        loop {
            let iteration = self.history.len() - 1;
            // Near the solution the last factor is nearly the right one: a step with it multiplies
            // the residual by about what the last step left of it. Where that reaches the
            // tolerance with room to spare, another factor is not worth its price.
            let before = self.history.len().checked_sub(2).map_or(0.0, |k| self.history[k]);
            let chord = chord_allowed
                && factor.is_some()
                && 10.0 * self.residual * self.residual <= options.tolerance * before;
            if !chord {
                hessian_edges(&self.diagram, frame, &mut edges);
                self.precision_limit = precision_limit(&edges, &self.heights, nu);
            }
            if self.residual <= options.tolerance {
                self.stopped = Stopped::Tolerance;
                return;
            }
            if progress(&Progress { iteration, residual: self.residual }).is_break() {
                self.stopped = Stopped::Cancelled;
                return;
            }
            if iteration >= options.max_iterations {
                self.stopped = Stopped::Iterations;
                return;
            }
            self.stopped = Stopped::Precision;
            if short >= STALLED.0 {
                self.stalled = true;
                return;
            }
            let factor = factor.get_or_insert_with(|| Factor::new(&frame.sites, &edges));
            if !chord && factor.factorise(&frame.sites, &edges).is_err() {
                return;
            }
            for i in 0..n {
                step[i] = nu[i] - self.masses[i];
            }
            factor.solve(&mut step);
            watch.stepping(&step);
            tau = (2.0 * tau).min(1.0);
            loop {
                for i in 0..n {
                    trial[i] = self.heights[i] + tau * step[i];
                }
                let verdict = self.judge(frame, &trial, &floor, tau, &mut merit);
                watch.tried(tau, verdict);
                if verdict == Verdict::Accepted {
                    std::mem::swap(&mut self.heights, &mut trial);
                    self.history.push(self.residual);
                    watch.arrived(frame, &self.present(), tau);
                    short = if tau < STALLED.1 { short + 1 } else { 0 };
                    break;
                }
                if chord {
                    chord_allowed = false;
                    self.restore(frame);
                    break;
                }
                // Near the limit of f64 the differences are noise: no shorter step will help.
                tau *= 0.5;
                if tau < SHORTEST_STEP || self.residual <= 4.0 * self.precision_limit {
                    self.restore(frame);
                    return;
                }
            }
        }
    }

    fn present(&self) -> Present<'_> {
        Present {
            diagram: &self.diagram,
            heights: &self.heights,
            masses: &self.masses,
            residual: self.residual,
        }
    }

    /// Moves the diagram to the heights `trial`. If they are accepted the masses are theirs.
    fn judge(
        &mut self,
        frame: &Frame,
        trial: &[f64],
        floor: &[f64],
        tau: f64,
        merit: &mut f64,
    ) -> Verdict {
        self.evaluations += 1;
        if !trial.iter().all(|h| h.is_finite()) || self.delaunay.update(trial) != Update::Full {
            return Verdict::Cell;
        }
        self.diagram.fill(&self.delaunay, frame.domain());
        let masses = &mut self.trial_masses;
        frame.cell_masses(&self.diagram, masses);
        if masses.iter().zip(floor).any(|(w, f)| w < f) {
            return Verdict::Cell;
        }
        let new_merit = squared_merit(masses, &frame.masses);
        let new_residual = residual(masses, &frame.masses);
        let promise = 1.0 - 0.5 * tau;
        if new_merit > promise * promise * *merit && new_residual > promise * self.residual {
            return Verdict::Rise;
        }
        *merit = new_merit;
        self.residual = new_residual;
        std::mem::swap(&mut self.masses, &mut self.trial_masses);
        Verdict::Accepted
    }

    /// Back to the last heights accepted.
    fn restore(&mut self, frame: &Frame) {
        self.delaunay.update(&self.heights);
        self.diagram.fill(&self.delaunay, frame.domain());
    }
}

/// maxᵢ |wᵢ − νᵢ| / νᵢ.
pub(crate) fn residual(masses: &[f64], nu: &[f64]) -> f64 {
    masses.iter().zip(nu).map(|(w, v)| (w - v).abs() / v).fold(0.0, f64::max)
}

/// Σ (wᵢ − νᵢ)² / νᵢ.
pub(crate) fn squared_merit(masses: &[f64], nu: &[f64]) -> f64 {
    masses.iter().zip(nu).map(|(w, v)| (w - v) * (w - v) / v).sum()
}

/// −∂²E/∂hᵢ∂hⱼ = μ(facet ij) / |yᵢ − yⱼ| for each facet.
pub(crate) fn hessian_edges(diagram: &PowerDiagram, frame: &Frame, edges: &mut Vec<Edge>) {
    edges.clear();
    for i in 0..diagram.len() {
        let (cell, sides) = (diagram.cell(i), diagram.sides(i));
        let y = frame.sites[i];
        for k in 0..cell.len() {
            let j = sides[k];
            if j != BOUNDARY && j as usize > i {
                let (a, b) = (cell[k], cell[if k + 1 == cell.len() { 0 } else { k + 1 }]);
                let z = frame.sites[j as usize];
                let (jx, jy) = (z[0] - y[0], z[1] - y[1]);
                let weight = frame.facet_mass(a, b) / (jx * jx + jy * jy).sqrt();
                edges.push((i as u32, j, weight));
            }
        }
    }
}

/// A height is known to half a unit in its last place, which moves a facet, and with it the masses
/// on both sides, by ∂²E/∂h² times that; a few such errors meet in a cell, and facets that cross at a
/// small angle can make it some times more.
pub(crate) fn precision_limit(edges: &[Edge], heights: &[f64], nu: &[f64]) -> f64 {
    let size = heights.iter().fold(0.0f64, |m, h| m.max(h.abs()));
    let mut diagonal = vec![0.0; nu.len()];
    for &(i, j, weight) in edges {
        diagonal[i as usize] += weight;
        diagonal[j as usize] += weight;
    }
    let worst = diagonal.iter().zip(nu).map(|(d, v)| d / v).fold(0.0, f64::max);
    8.0 * f64::EPSILON * size * worst
}
