//! The kernels of `shaders/`, written down plainly: the oracle of the tests.

pub mod accumulate;
pub mod adam;
pub mod assign;
pub mod energy;
pub mod sample;

use transport::monte_carlo::{AdamSteps, Draw, Estimate, Planes, Want};

/// What a machine answers to [`CellMass::estimate`], by the twins one after another.
///
/// [`CellMass::estimate`]: transport::monte_carlo::CellMass::estimate
pub fn estimate(planes: &Planes, heights: &[f32], draw: Draw, want: Want) -> Estimate {
    let (n, d) = (planes.len(), planes.dimension);
    let mut counts = vec![0; n];
    let mut sums = vec![0; if want.sums { n * d } else { 0 }];
    let mut estimate = Estimate { samples: draw.count.into(), ..Estimate::default() };
    let mut values = Vec::new();
    let mut point = vec![0.0; d];
    for k in 0..draw.count {
        sample::point(
            planes.law,
            planes.sequence,
            draw.seed,
            draw.first.wrapping_add(k),
            &mut point,
        );
        let top = assign::assign(&point, &planes.sites, heights);
        values.push(top.value);
        accumulate::counts(top.winner, &mut counts);
        if want.sums {
            accumulate::sums(&point, top.winner, &mut sums);
        }
        if want.winners || want.seconds {
            estimate.winners.push(top.winner);
        }
        if want.seconds {
            estimate.seconds.push(top.second);
            estimate.gaps.push(top.gap);
        }
    }
    estimate.top = energy::energy(&values);
    estimate.counts = counts.into_iter().map(u64::from).collect();
    estimate.sums = sums
        .iter()
        .enumerate()
        .map(|(k, sum)| accumulate::real(*sum, estimate.counts[k / d]))
        .collect();
    estimate
}

/// What a machine answers to [`CellMass::descend`], by the twins one after another.
///
/// [`CellMass::descend`]: transport::monte_carlo::CellMass::descend
pub fn descend(planes: &Planes, adam: &mut adam::State, steps: &AdamSteps) -> Estimate {
    let mut total = Estimate { counts: vec![0; planes.len()], ..Estimate::default() };
    for step in 0..steps.steps {
        let first = steps.draw.first.wrapping_add(step.wrapping_mul(steps.draw.count));
        let draw = Draw { first, ..steps.draw };
        let of_step = estimate(planes, &adam.heights, draw, Want::default());
        let mut counts: Vec<u32> = of_step.counts.iter().map(|n| *n as u32).collect();
        let betas = [steps.beta1, steps.beta2];
        let samples = draw.count as f32;
        adam::adam(adam, &mut counts, &planes.masses, samples, steps.rate, betas);
        total.samples += of_step.samples;
        total.top += of_step.top;
        total.counts.iter_mut().zip(&of_step.counts).for_each(|(sum, n)| *sum += n);
    }
    total
}
