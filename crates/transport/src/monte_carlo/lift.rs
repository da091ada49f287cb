//! Starved planes raised until they touch the potential.

use super::cell_mass::{CellMass, Draw, MachineError, Planes, Want};
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

/// Raises each plane of `starved` so that it gets a cell. On the samples x of a draw it touches u at
/// the height −u*(y), with the Legendre dual u*(y) = max ⟨x, y⟩ − u(x): the assignment problem with
/// samples and sites changed about. A plane that only touches u leaves u as it is, and the energy
/// falls by νᵢ times the way up.
///
/// From there it is raised until it has taken as many samples as its mass is worth, but no more
/// than half of those of the cell where it touches: two nearly parallel planes would otherwise
/// starve one another in turns.
///
/// Returns the samples drawn.
pub(crate) async fn lift<S: Machines, M: CellMass>(
    rows: &Rows<'_, S>,
    machine: &mut M,
    draw: Draw,
    heights: &mut [f64],
    starved: &[u32],
) -> Result<u64, MachineError> {
    let planes = machine.planes().clone();
    let d = planes.dimension;
    let part = Draw { count: draw.count.min(SAMPLES), ..draw };
    let want = Want { winners: true, ..Want::default() };
    let winners = machine.estimate(heights, part, want).await?.winners;
    let samples = rows.of(&planes, part);
    let sample = |k: u32| &samples[k as usize * d..][..d];
    let plane = |x: &[f32], i: u32| {
        let i = i as usize * d;
        let rests = planes.rests.get(i..i + d).unwrap_or(&[]);
        dot(x, &planes.sites[i..i + d]) + dot(x, rests)
    };
    let values: Vec<f64> = (0..part.count)
        .zip(&winners)
        .map(|(k, i)| plane(sample(k), *i) + heights[*i as usize])
        .collect();
    let dual = Planes {
        masses: vec![1.0 / values.len() as f32; values.len()],
        sites: samples.clone(),
        rests: Vec::new(),
        ..planes.clone()
    };
    let site = |i: &u32| planes.sites[*i as usize * d..][..d].iter().copied();
    let asked: Vec<f32> = starved.iter().flat_map(site).collect();
    let every = Draw { seed: 0, first: 0, count: starved.len() as u32 };
    let down: Vec<f64> = values.iter().map(|u| -u).collect();
    let touch = rows.machines.of_samples(dual, asked).estimate(&down, every, want).await?.winners;
    let mut cells: Vec<Vec<u32>> = vec![Vec::new(); planes.len()];
    winners.iter().zip(0..).for_each(|(i, k)| cells[*i as usize].push(k));
    for (i, k) in starved.iter().zip(touch) {
        // How far the plane must rise to be level with u, at the samples of the cell it touches.
        let cell = &mut cells[winners[k as usize] as usize];
        let rise = |k: u32| values[k as usize] - plane(sample(k), *i);
        cell.sort_unstable_by(|a, b| rise(*a).total_cmp(&rise(*b)));
        let worth = (f64::from(planes.masses[*i as usize]) * f64::from(part.count)).ceil();
        let taken = (worth as usize).clamp(1, (cell.len() / 2).max(1)).min(cell.len());
        let Some(last) = taken.checked_sub(1) else { continue };
        let level = match cell.get(taken) {
            Some(next) => 0.5 * (rise(cell[last]) + rise(*next)),
            None => rise(cell[last]),
        };
        heights[*i as usize] = level;
        cell.drain(..taken);
    }
    Ok(u64::from(part.count))
}

fn dot(x: &[f32], y: &[f32]) -> f64 {
    x.iter().zip(y).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
}
