//! Adam on samples, as the Monte Carlo solver runs it, measured exactly.

use geometry::Point;
use rand_core::Rng;

use super::recorder::Told;
use super::{Arrival, Solve};
use crate::frame::Frame;
use crate::monte_carlo::adam::{BLOCK, Stall, block, next_batch, relative_norm};
use crate::monte_carlo::{Adam, Draw, Estimate, Options as MonteCarlo};
use crate::plan::Neighbours;
use crate::{Stopped, sample};

/// Most samples of one step.
const MOST_SAMPLES: u32 = 1 << 16;

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
    let locator = Locator::new(solve);
    let mut counts = vec![0; solve.point.heights.len()];
    for x in sample::from_source(&solve.frame.source, &mut rng, batch as usize) {
        counts[locator.cell_of(x) as usize] += 1;
    }
    counts
}

/// Finds the cells of many points, each from the cell of a lattice's point near by.
struct Locator<'a> {
    sites: &'a [Point],
    heights: &'a [f64],
    neighbours: Neighbours,
    corner: Point,
    /// One over the lattice's distances.
    inverse: [f64; 2],
    side: usize,
    near: Vec<u32>,
}

impl<'a> Locator<'a> {
    fn new(solve: &'a Solve<'_>) -> Self {
        let n = solve.point.heights.len();
        let mut facets = Vec::with_capacity(3 * n);
        solve.surface.diagram.facets(|i, j, _, _| facets.push((i, j)));
        let triangles = solve.surface.delaunay.triangles();
        let bounds = solve.frame.domain().bounds();
        let side = (2.0 * (n as f64).sqrt()).ceil() as usize;
        let size = [bounds[2] - bounds[0], bounds[3] - bounds[1]];
        let mut this = Self {
            sites: &solve.frame.sites,
            heights: &solve.point.heights,
            neighbours: Neighbours::new(n, facets.into_iter(), triangles),
            corner: [bounds[0], bounds[1]],
            inverse: size.map(|s| side as f64 / s),
            side,
            near: Vec::with_capacity(side * side),
        };
        // A cell that meets the domain: where there is no triangle, others know no neighbours.
        let masses = &solve.point.masses;
        let largest = |a: &usize, b: &usize| masses[*a].total_cmp(&masses[*b]);
        let mut hint = (0..n).max_by(largest).unwrap_or(0) as u32;
        for k in 0..side * side {
            let middle = |axis: usize, place: usize| {
                this.corner[axis] + (place as f64 + 0.5) / this.inverse[axis]
            };
            hint = this.ascend([middle(0, k % side), middle(1, k / side)], hint);
            this.near.push(hint);
        }
        this
    }

    fn ascend(&self, x: Point, hint: u32) -> u32 {
        self.neighbours.ascend(hint, |i| {
            let y = self.sites[i as usize];
            x[0] * y[0] + x[1] * y[1] + self.heights[i as usize]
        })
    }

    fn cell_of(&self, x: Point) -> u32 {
        let place = |axis: usize| {
            let t = (x[axis] - self.corner[axis]) * self.inverse[axis];
            (t as usize).min(self.side - 1)
        };
        self.ascend(x, self.near[place(1) * self.side + place(0)])
    }
}

fn root_mean_square(frame: &Frame, masses: &[f64]) -> f64 {
    let of = |(w, v): (&f64, &f64)| (w / v - 1.0).powi(2);
    (masses.iter().zip(&frame.masses).map(of).sum::<f64>() / masses.len() as f64).sqrt()
}
