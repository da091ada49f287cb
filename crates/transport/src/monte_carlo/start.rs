//! Heights to start from: what costs no sample, chosen by a few of them.

use super::cell_mass::{CellMass, Draw, Law, MachineError, Planes, Want};
use super::problem::Problem;
use super::solve::Options;

/// Heights in the machine's units: those of all sites that were given, or balanced ones.
pub(crate) async fn given_or_balanced<M: CellMass>(
    problem: &Problem,
    machine: &mut M,
    options: &Options,
    given: Option<&[f64]>,
) -> Result<Vec<f64>, MachineError> {
    match given {
        Some(heights) => Ok(problem.local_heights(heights)),
        None => {
            let count = options.first_batch(problem.places().len());
            balanced(machine, Draw { seed: options.seed, first: 0, count }).await
        }
    }
}

/// Of some starts the one that leaves the fewest cells without a sample, and among those the one
/// with the smallest Σ ŵᵢ²/νᵢ, in the machine's units.
///
/// Voronoi's diagram of the sites, shrunk into the domain, is a power diagram of theirs and good
/// in the plane; in many dimensions the sites farthest out take nearly everything from it. There
/// ⟨x, y⟩ is nearly normal with deviation σ|y|, and the largest of N of them near σ|y|√(2 ln N):
/// heights that take that away give far sites no more than near ones.
pub(crate) async fn balanced<M: CellMass>(
    machine: &mut M,
    draw: Draw,
) -> Result<Vec<f64>, MachineError> {
    let planes = machine.planes().clone();
    let squares: Vec<f64> = planes.sites.chunks_exact(planes.dimension).map(square).collect();
    let largest = squares.iter().copied().fold(0.0, f64::max).sqrt().max(f64::MIN_POSITIVE);
    let deviation = deviation(&planes);
    let reach = deviation * (2.0 * (planes.len() as f64).ln()).sqrt();
    // The radius that sites are shrunk to, inside the cube and the ball.
    let inside = if planes.law == Law::Gaussian { 1.0 } else { 0.5 };
    let voronoi = |s: f64| squares.iter().map(|q| -0.5 * s * q).collect::<Vec<_>>();
    let starts = [
        voronoi(inside / largest),
        voronoi(0.25 * inside / largest),
        squares.iter().map(|q| -reach * q.sqrt()).collect(),
        vec![0.0; squares.len()],
    ];
    let mut best: Option<((usize, f64), Vec<f64>)> = None;
    for start in starts {
        let estimate = machine.estimate(&start, draw, Want::default()).await?;
        let starved = estimate.counts.iter().filter(|c| **c == 0).count();
        let uneven = estimate
            .counts
            .iter()
            .zip(&planes.masses)
            .map(|(c, v)| (*c as f64 / estimate.samples as f64).powi(2) / f64::from(*v))
            .sum();
        if best.as_ref().is_none_or(|(least, _)| (starved, uneven) < *least) {
            best = Some(((starved, uneven), start));
        }
    }
    Ok(best.map(|(_, start)| start).unwrap_or_default())
}

fn square(site: &[f32]) -> f64 {
    site.iter().map(|y| f64::from(*y) * f64::from(*y)).sum()
}

/// The standard deviation of one coordinate of the source.
fn deviation(planes: &Planes) -> f64 {
    match planes.law {
        Law::Cube => (1.0f64 / 12.0).sqrt(),
        Law::Gaussian => 1.0,
        Law::Ball => (planes.dimension as f64 + 2.0).sqrt().recip(),
    }
}
