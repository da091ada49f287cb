//! Adam on samples, as the Monte Carlo solver runs it, measured exactly.

use rand_core::Rng;

use super::recorder::Told;
use super::{Arrival, Solve};
use crate::frame::Frame;
use crate::monte_carlo::adam::{BLOCK, Stall, block, next_batch, relative_norm};
use crate::monte_carlo::{Adam, Draw, Estimate, Options as MonteCarlo};
use crate::plan::Neighbours;
use crate::{Stopped, sample};

/// Most samples of one step.
const MOST_SAMPLES: u32 = 1 << 18;

/// The stages of [`crate::monte_carlo::adam`], with the same rules for the rate and the number of
/// samples, but for one: how much a stage has gained is told by the exact residual of its average
/// and not by fresh samples. The rate is in the same units: of ⟨x, y⟩ where the source is the square of
/// the same deviation.
pub(super) fn run(solve: &mut Solve<'_>, rng: &mut dyn Rng) -> Stopped {
    let frame = solve.frame;
    let settings = MonteCarlo {
        samples: solve.options.samples,
        max_samples: MOST_SAMPLES,
        ..MonteCarlo::default()
    };
    // A mass below the least f32 would be a division by zero.
    let least = |v: &f64| (*v as f32).max(f32::MIN_POSITIVE);
    let masses: Vec<f32> = frame.masses.iter().map(least).collect();
    let mut batch = settings.first_batch(masses.len());
    let mut rate = settings.rate * unit(solve);
    let mut adam = Adam::new(solve.point.heights.clone());
    let mut before = f64::INFINITY;
    loop {
        let mut stall = Stall::new();
        // Only the part in which nothing falls any more is averaged: it is centred at the answer.
        adam.averaged = 0;
        let steps = block(1, Draw { seed: 0, first: 0, count: batch }, rate);
        while !stall.over() {
            let mut seen = Estimate::default();
            for _ in 0..BLOCK {
                if let Some(stopped) = solve.over() {
                    return stopped;
                }
                let counts = count(solve, rng, batch);
                let from = adam.heights.clone();
                adam.step(&counts, u64::from(batch), &masses, &steps);
                let rate = f64::from(steps.rate);
                let direction: Vec<f64> =
                    adam.heights.iter().zip(&from).map(|(to, from)| (to - from) / rate).collect();
                solve.recorder.stepping(&direction);
                let Some(next) = solve.surface.at(adam.heights.clone()) else {
                    return Stopped::Precision;
                };
                solve.recorder.arrived(&Told { samples: batch, ..Told::step(&next, rate) });
                solve.point = next;
                seen.add(Estimate { samples: u64::from(batch), counts, ..Estimate::default() });
            }
            if stall.falls(relative_norm(&seen, &masses)) {
                adam.averaged = 0;
            }
        }
        if let Some(stopped) = solve.over() {
            return stopped;
        }
        // The average is nearer to the answer than the last iterate is.
        let Some(next) = solve.surface.at(adam.average.clone()) else { return Stopped::Precision };
        solve.recorder.arrived(&Told { arrival: Arrival::Averaged, ..Told::step(&next, 0.0) });
        adam.heights.clone_from(&adam.average);
        adam.first.fill(0.0);
        let rms = root_mean_square(frame, &next.masses);
        batch = next_batch(batch, MOST_SAMPLES, rms, before);
        before = rms;
        rate *= 0.5;
        solve.point = next;
    }
}

/// The height that is one to the Monte Carlo solver: the sites' root mean square distance from their
/// mean times, for the unit square, one; for a source that is wider, as much more.
fn unit(solve: &Solve<'_>) -> f64 {
    let frame = solve.frame;
    let n = frame.sites.len() as f64;
    let spread = |points: &mut dyn Iterator<Item = ([f64; 2], f64)>| {
        let (mut mean, mut square, mut total) = ([0.0; 2], 0.0, 0.0);
        for (p, w) in points {
            mean = [mean[0] + w * p[0], mean[1] + w * p[1]];
            square += w * (p[0] * p[0] + p[1] * p[1]);
            total += w;
        }
        square / total - (mean[0] / total).powi(2) - (mean[1] / total).powi(2)
    };
    let sites = spread(&mut frame.sites.iter().map(|y| (*y, 1.0 / n)));
    let mut within = 0.0;
    let diagram = &solve.surface.diagram;
    let cells = |k: usize| frame.cell_moments(diagram, k);
    let filled: Vec<usize> = (0..diagram.len()).filter(|&k| solve.point.masses[k] > 0.0).collect();
    for &k in &filled {
        within += solve.point.masses[k] * cells(k).inertia / cells(k).area;
    }
    let between = spread(&mut filled.iter().map(|&k| (cells(k).centroid, solve.point.masses[k])));
    // A coordinate of the unit square has the variance 1/12.
    let unit = (sites.max(0.0) * 6.0 * (within + between)).sqrt();
    if unit > 0.0 { unit } else { 1.0 }
}

/// How many of `batch` samples each cell of the present diagram holds.
fn count(solve: &Solve<'_>, mut rng: &mut dyn Rng, batch: u32) -> Vec<u64> {
    let (frame, heights) = (solve.frame, &solve.point.heights);
    let mut facets = Vec::with_capacity(3 * heights.len());
    solve.surface.diagram.facets(|i, j, _, _| facets.push((i, j)));
    let triangles = solve.surface.delaunay.triangles();
    let neighbours = Neighbours::new(heights.len(), facets.into_iter(), triangles);
    let largest = |a: &usize, b: &usize| solve.point.masses[*a].total_cmp(&solve.point.masses[*b]);
    let first = (0..heights.len()).max_by(largest).unwrap_or(0) as u32;
    let mut counts = vec![0; heights.len()];
    for x in sample::from_source(&frame.source, &mut rng, batch as usize) {
        let plane = |i: u32| {
            let y = frame.sites[i as usize];
            x[0] * y[0] + x[1] * y[1] + heights[i as usize]
        };
        counts[neighbours.ascend(first, plane) as usize] += 1;
    }
    counts
}

fn root_mean_square(frame: &Frame, masses: &[f64]) -> f64 {
    let of = |(w, v): (&f64, &f64)| (w / v - 1.0).powi(2);
    (masses.iter().zip(&frame.masses).map(of).sum::<f64>() / masses.len() as f64).sqrt()
}
