//! Centres of mass of the cells, by Monte Carlo.

use crate::monte_carlo::{CellMass, Draw, Law, MachineError, Problem, Want};

/// Estimated centroids, each with its error.
#[derive(Clone, Debug, PartialEq)]
pub struct Centroids {
    /// N × d; not a number where a cell got no sample. They lie in their cells, which are convex,
    /// whatever their error.
    pub points: Vec<f64>,
    /// Of each the root mean square distance from the true one, estimated; not a number without
    /// two replicates that met the cell.
    pub errors: Vec<f64>,
    /// Samples in each cell.
    pub counts: Vec<u64>,
}

/// The mean of the source's samples in each cell, from `replicates` independent sequences of `each`
/// samples; their disagreement is the error. `machine` must have been made from `problem`'s planes,
/// and `heights` are the problem's N. Sites merged into another get its centroid.
///
/// # Errors
/// What the machine says.
pub async fn centroids<M: CellMass>(
    problem: &Problem,
    machine: &mut M,
    heights: &[f64],
    seed: u32,
    replicates: u32,
    each: u32,
) -> Result<Centroids, MachineError> {
    let (n, d) = (problem.len(), problem.dimension());
    let middle = if problem.law() == Law::Cube { 0.5 } else { 0.0 };
    let local = problem.local_heights(heights);
    let mut sums = vec![0.0; local.len() * d];
    let mut counts = vec![0u64; local.len()];
    // Of each replicate with samples in the cell: Σ over coordinates of its sum's square over its
    // count, from which the spread about the common mean follows.
    let mut squares = vec![0.0; local.len()];
    let mut met = vec![0u32; local.len()];
    for k in 0..replicates {
        let draw = Draw { seed: seed.wrapping_add(k), first: 0, count: each };
        let want = Want { sums: true, ..Want::default() };
        let estimate = machine.estimate(&local, draw, want).await?;
        for (i, count) in estimate.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let sum = &estimate.sums[i * d..][..d];
            sums[i * d..][..d].iter_mut().zip(sum).for_each(|(all, s)| *all += s);
            squares[i] += sum.iter().map(|s| s * s).sum::<f64>() / *count as f64;
            counts[i] += count;
            met[i] += 1;
        }
    }
    let mut out =
        Centroids { points: vec![f64::NAN; n * d], errors: vec![f64::NAN; n], counts: vec![0; n] };
    for (k, i) in problem.places().iter().map(|i| *i as usize).enumerate() {
        let (count, sum) = (counts[k] as f64, &sums[k * d..][..d]);
        out.counts[i] = counts[k];
        out.points[i * d..][..d].iter_mut().zip(sum).for_each(|(c, s)| *c = s / count + middle);
        if met[k] > 1 {
            let between = squares[k] - sum.iter().map(|s| s * s).sum::<f64>() / count;
            let variance = between.max(0.0) / f64::from(met[k] - 1);
            out.errors[i] = (variance / count).sqrt();
        }
    }
    for (i, j) in problem.merged().iter().map(|(i, j)| (*i as usize, *j as usize)) {
        out.points.copy_within(j * d..(j + 1) * d, i * d);
        (out.errors[i], out.counts[i]) = (out.errors[j], out.counts[j]);
    }
    Ok(out)
}
