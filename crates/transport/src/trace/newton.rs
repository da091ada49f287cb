//! Damped Newton, watched; and where to start it when a cell is empty.
//!
//! How fast the recorded residuals fall is known. On a uniform source √wᵢ is concave in the heights: a
//! blend of heights has cells that contain the blends of the cells, to which Brunn and Minkowski's
//! inequality applies. So a full step, for which the masses to first order are ν, ends at
//! wᵢ ≤ νᵢ + (wᵢ − νᵢ)²/4wᵢ, the masses before on the right: a residual r leaves no cell too large by
//! more than r²/4(1 − r), and what cells lack adds up to what others have too much.

use geometry::SiteError;

use super::recorder::{Recorder, Told};
use super::surface::{Energy, Point, Surface, is_empty};
use super::{Arrival, Solve, Verdict};
use crate::frame::Frame;
use crate::newton::{Present, Watch, descend, squared_merit};
use crate::{Stopped, start};

/// Shares of the strictly convex start in heights whose hidden planes were raised, to choose from: a
/// start anew is better than h = 0, and a little is enough where one plane was pushed down.
const BLENDS: [f64; 4] = [1.0, 0.5, 0.2, 0.1];

pub(super) fn run(solve: &mut Solve<'_>) -> Result<Stopped, SiteError> {
    let mut cells = solve.point.masses.iter().zip(&solve.frame.masses);
    if cells.any(|(w, v)| is_empty(*w, *v)) {
        if let Some(stopped) = solve.over() {
            return Ok(stopped);
        }
        let touching = raised(solve.frame, &solve.surface, &solve.point.heights);
        let convex = start::homothetic(solve.frame.domain(), &solve.frame.sites);
        let mut best: Option<(f64, f64, Point)> = None;
        for share in BLENDS {
            let blend = |(a, b): (&f64, &f64)| (1.0 - share) * a + share * b;
            let heights = touching.iter().zip(&convex).map(blend).collect();
            let Some(point) = solve.surface.at(heights) else { continue };
            if solve.surface.delaunay.first_hidden().is_none()
                && point.masses.iter().all(|w| *w > 0.0)
            {
                let merit = squared_merit(&point.masses, &solve.frame.masses);
                if best.as_ref().is_none_or(|(least, ..)| merit < *least) {
                    best = Some((merit, share, point));
                }
            }
        }
        // Masses or distances beyond f64: no heights give all sites a cell.
        let Some((_, share, point)) = best else { return Ok(Stopped::Precision) };
        solve.point = point;
        solve
            .recorder
            .arrived(&Told { arrival: Arrival::Raised, ..Told::step(&solve.point, share) });
    }
    let before = solve.recorder.iteration();
    let options = crate::Options {
        tolerance: solve.options.tolerance,
        max_iterations: solve.options.max_steps.saturating_sub(before),
    };
    let progress = &mut *solve.progress;
    let mut watch = Watcher { recorder: &mut solve.recorder, heights: Vec::new() };
    let stopped = descend(
        solve.frame,
        solve.point.heights.clone(),
        &options,
        &mut |p| progress(&crate::Progress { iteration: before + p.iteration, ..*p }),
        &mut watch,
    )?;
    let last = watch.heights;
    if let Some(point) = solve.surface.at(last) {
        solve.point = point;
    }
    // All cells have mass.
    Ok(stopped.unwrap_or(Stopped::Precision))
}

/// The heights with those of empty cells raised until their planes touch the potential on the domain:
/// hᵢ = −u*(yᵢ), u*(y) the largest ⟨x, y⟩ − u(x), which is met at a corner of a cell.
///
/// What then holds of all sites: −hᵢ is convex in yᵢ, with a point xᵢ of the domain for a slope
/// there. A share of the strictly convex φ, whose slopes are inside the domain, makes it strictly
/// convex with slopes inside, so every cell has mass, however small the share (see [`start`]).
fn raised(frame: &Frame, surface: &Surface<'_>, heights: &[f64]) -> Vec<f64> {
    let diagram = &surface.diagram;
    let mut corners: Vec<([f64; 2], f64)> = Vec::new();
    for k in 0..heights.len() {
        let y = frame.sites[k];
        corners
            .extend(diagram.cell(k).iter().map(|x| (*x, x[0] * y[0] + x[1] * y[1] + heights[k])));
    }
    (0..heights.len())
        .map(|i| {
            let y = frame.sites[i];
            let lack = |(x, u): &([f64; 2], f64)| u - (x[0] * y[0] + x[1] * y[1]);
            let touch = corners.iter().map(lack).fold(f64::INFINITY, f64::min);
            if touch.is_finite() { heights[i].max(touch) } else { heights[i] }
        })
        .collect()
}

struct Watcher<'r, 'a> {
    recorder: &'r mut Recorder<'a>,
    heights: Vec<f64>,
}

impl Watch for Watcher<'_, '_> {
    const CHORDS: bool = false;

    fn arrived(&mut self, frame: &Frame, present: &Present<'_>, tau: f64) {
        self.heights.clear();
        self.heights.extend_from_slice(present.heights);
        // The state it starts from is recorded.
        if tau > 0.0 {
            self.recorder.arrived(&Told {
                arrival: Arrival::Step,
                heights: present.heights,
                masses: present.masses,
                energy: Energy::of(frame, present.diagram, present.heights, present.masses),
                residual: present.residual,
                step: tau,
                samples: 0,
            });
        }
    }

    fn stepping(&mut self, step: &[f64]) {
        self.recorder.stepping(step);
    }

    fn tried(&mut self, tau: f64, verdict: Verdict) {
        self.recorder.tried(tau, verdict);
    }
}
