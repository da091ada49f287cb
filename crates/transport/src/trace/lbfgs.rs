//! L-BFGS on the exact energy.

use std::collections::VecDeque;

use super::recorder::Told;
use super::surface::{Point, dot, falls, moved};
use super::{Solve, Verdict};
use crate::Stopped;

/// Pairs of steps and changes of the gradient that are remembered.
const MEMORY: usize = 8;

/// Wolfe's conditions: the energy falls by this share of the slope's promise, and the slope to this
/// share of what it was.
const SHARE: f64 = 1e-4;
const FLAT: f64 = 0.9;

/// So many tries and the slope is noise.
const MOST_TRIES: usize = 50;

type Pair = (Vec<f64>, Vec<f64>);

/// The method of Liu and Nocedal (Math. Program. 45, 1989), started from the multiple of the identity
/// that the last pair suggests. The line search bisects, or doubles while no step was too long, until
/// both of Wolfe's conditions hold, which on a convex energy always ends (Lewis and Overton, Math.
/// Program. 141, 2013).
pub(super) fn run(solve: &mut Solve<'_>) -> Stopped {
    let first = solve.surface.cautious_step();
    let mut memory: VecDeque<Pair> = VecDeque::new();
    loop {
        if let Some(stopped) = solve.over() {
            return stopped;
        }
        let direction = direction(&memory, &solve.point.gradient, first);
        solve.recorder.stepping(&direction);
        let Some((tau, next)) = search(solve, &direction) else { return Stopped::Precision };
        let step: Vec<f64> = direction.iter().map(|d| tau * d).collect();
        let change: Vec<f64> =
            next.gradient.iter().zip(&solve.point.gradient).map(|(a, b)| a - b).collect();
        if dot(&step, &change) > f64::EPSILON * dot(&change, &change) * first {
            memory.push_back((step, change));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        solve.recorder.arrived(&Told::step(&next, tau));
        solve.point = next;
    }
}

/// A step along `direction` that meets Wolfe's conditions, and where it leads.
fn search(solve: &mut Solve<'_>, direction: &[f64]) -> Option<(f64, Point)> {
    let slope = dot(&solve.point.gradient, direction);
    let (mut short, mut long) = (0.0, f64::INFINITY);
    let mut tau = 1.0;
    for _ in 0..MOST_TRIES {
        let trial = moved(&solve.point.heights, tau, direction);
        let there = solve.surface.at(trial);
        let verdict = match &there {
            Some(there) => {
                let slopes = [slope, dot(&there.gradient, direction)];
                if !falls(solve.point.energy, there.energy, tau, slopes, SHARE) {
                    Verdict::Rise
                } else if slopes[1] < FLAT * slope {
                    Verdict::Short
                } else {
                    Verdict::Accepted
                }
            }
            None => Verdict::Rise,
        };
        solve.recorder.tried(tau, verdict);
        match verdict {
            Verdict::Short => short = tau,
            Verdict::Accepted => return there.map(|there| (tau, there)),
            Verdict::Rise | Verdict::Cell => long = tau,
        }
        tau = if long < f64::INFINITY { 0.5 * (short + long) } else { 2.0 * tau };
    }
    None
}

/// Minus the inverse Hessian that the pairs suggest, times the gradient: the two loops.
fn direction(memory: &VecDeque<Pair>, gradient: &[f64], first: f64) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut factors = Vec::with_capacity(memory.len());
    for (s, y) in memory.iter().rev() {
        let alpha = dot(s, &q) / dot(s, y);
        q.iter_mut().zip(y).for_each(|(q, y)| *q -= alpha * y);
        factors.push(alpha);
    }
    let scale = memory.back().map_or(first, |(s, y)| dot(s, y) / dot(y, y));
    q.iter_mut().for_each(|q| *q *= scale);
    for ((s, y), alpha) in memory.iter().zip(factors.into_iter().rev()) {
        let beta = dot(y, &q) / dot(s, y);
        q.iter_mut().zip(s).for_each(|(q, s)| *q += (alpha - beta) * s);
    }
    q
}
