//! Steepest descent on the exact energy.

use super::recorder::Told;
use super::surface::{dot, falls, moved};
use super::{Solve, Verdict};
use crate::Stopped;

/// The share of the slope's promise that the energy must fall by (Armijo, Pacific J. Math. 16, 1966).
/// On a parabola one half means: not beyond its lowest point. Measured, smaller shares, and with them
/// longer steps, take more of them.
const SHARE: f64 = 0.5;

/// So many halvings and the slope is noise.
const MOST_TRIES: usize = 50;

/// h ← h − τ(w − ν), τ halved until the energy falls; the first try of a step is twice the last one
/// accepted, that of the first step is short enough for the curvature at the start.
pub(super) fn run(solve: &mut Solve<'_>) -> Stopped {
    let mut tau = 0.5 * solve.surface.cautious_step();
    loop {
        if let Some(stopped) = solve.over() {
            return stopped;
        }
        let direction: Vec<f64> = solve.point.gradient.iter().map(|g| -g).collect();
        solve.recorder.stepping(&direction);
        let slope = dot(&solve.point.gradient, &direction);
        tau *= 2.0;
        let mut tries = 0;
        let next = loop {
            let trial = moved(&solve.point.heights, tau, &direction);
            if let Some(there) = solve.surface.at(trial) {
                let slopes = [slope, dot(&there.gradient, &direction)];
                if falls(solve.point.energy, there.energy, tau, slopes, SHARE) {
                    break there;
                }
            }
            solve.recorder.tried(tau, Verdict::Rise);
            tries += 1;
            if tries >= MOST_TRIES {
                return Stopped::Precision;
            }
            tau *= 0.5;
        };
        solve.recorder.tried(tau, Verdict::Accepted);
        solve.recorder.arrived(&Told::step(&next, tau));
        solve.point = next;
    }
}
