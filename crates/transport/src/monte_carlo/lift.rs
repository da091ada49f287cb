//! Starved planes raised until they touch the potential.

use super::cell_mass::{CellMass, Draw, MachineError, Planes, Want};
use super::run::rounded;
use super::solve::Machines;

/// Samples that are asked where a plane touches, at most.
const SAMPLES: u32 = 1 << 16;

/// Where the samples of a machine's draws can be had themselves.
pub(crate) struct Rows<'a, S> {
    pub(crate) machines: &'a S,
    /// M × d, for a machine that was given its samples.
    pub(crate) given: Option<&'a [f32]>,
}

impl<S: Machines> Rows<'_, S> {
    fn of(&self, planes: &Planes, draw: Draw) -> Vec<f32> {
        let d = planes.dimension;
        match self.given {
            Some(rows) => rows[draw.first as usize * d..][..draw.count as usize * d].to_vec(),
            None => self.machines.samples(planes, draw),
        }
    }
}

/// Raises each plane of `starved` to touch u from below, and by `more`, so that it gets a cell. On
/// the samples x of a draw the height at which it touches is −u*(y), with the Legendre dual
/// u*(y) = max ⟨x, y⟩ − u(x): the assignment problem with samples and sites changed about. u does
/// not change by a plane that only touches it, so the energy falls by νᵢ times the way up.
///
/// Returns the samples drawn.
pub(crate) async fn lift<S: Machines, M: CellMass>(
    rows: &Rows<'_, S>,
    machine: &mut M,
    draw: Draw,
    heights: &mut [f64],
    starved: &[u32],
    more: f64,
) -> Result<u64, MachineError> {
    let planes = machine.planes().clone();
    let d = planes.dimension;
    let part = Draw { count: draw.count.min(SAMPLES), ..draw };
    let local = rounded(heights);
    let want = Want { winners: true, ..Want::default() };
    let winners = machine.estimate(&local, part, want).await?.winners;
    let samples = rows.of(&planes, part);
    let site = |i: u32| &planes.sites[i as usize * d..][..d];
    let values: Vec<f32> = samples
        .chunks_exact(d)
        .zip(&winners)
        .map(|(x, i)| -(dot(x, site(*i)) + local[*i as usize]))
        .collect();
    let dual = Planes {
        masses: vec![1.0 / values.len() as f32; values.len()],
        sites: samples.clone(),
        ..planes.clone()
    };
    let asked: Vec<f32> = starved.iter().flat_map(|i| site(*i).iter().copied()).collect();
    let every = Draw { seed: 0, first: 0, count: starved.len() as u32 };
    let touch = rows.machines.of_samples(dual, asked).estimate(&values, every, want).await?.winners;
    for (i, k) in starved.iter().zip(touch) {
        let x = &samples[k as usize * d..][..d];
        let up = -f64::from(values[k as usize]) - f64::from(dot(x, site(*i)));
        heights[*i as usize] = heights[*i as usize].max(up) + more;
    }
    Ok(u64::from(part.count))
}

fn dot(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}
