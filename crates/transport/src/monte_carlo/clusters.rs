//! k-means clusters of sites, by the machine: the nearest centre is the highest of the planes
//! ⟨y, c⟩ − |c|²/2.

use super::cell_mass::{CellMass, Draw, MachineError, Planes, Sequence, Want};
use super::problem::Problem;
use super::solve::Machines;

/// Rounds of Lloyd's iteration: clusters need not be optimal, only compact.
const ROUNDS: usize = 8;

/// Sites in groups, none empty.
pub(crate) struct Clusters {
    /// For each group its sites, as places in the problem's order of planes.
    pub(crate) members: Vec<Vec<u32>>,
    /// K × d centres, means of the members, in the machine's units.
    pub(crate) centres: Vec<f64>,
}

/// At most `count` clusters of the problem's planes by Lloyd's iteration (IEEE Trans. Inf. Theory
/// 28, 1982). A centre that loses all its sites is dropped.
pub(crate) async fn clusters<S: Machines>(
    problem: &Problem,
    machines: &S,
    sequence: Sequence,
    count: usize,
    seed: u32,
) -> Result<Clusters, MachineError> {
    let planes = problem.planes(sequence);
    let (n, d) = (planes.len(), planes.dimension);
    let draw = Draw { seed: 0, first: 0, count: n as u32 };
    let mut centres: Vec<f32> = Vec::with_capacity(count * d);
    for i in distinct(n, count, seed) {
        centres.extend_from_slice(&planes.sites[i * d..][..d]);
    }
    let mut members: Vec<Vec<u32>> = Vec::new();
    for _ in 0..ROUNDS {
        let k = centres.len() / d;
        let heights: Vec<f64> = centres
            .chunks_exact(d)
            .map(|c| -0.5 * c.iter().map(|c| f64::from(*c) * f64::from(*c)).sum::<f64>())
            .collect();
        let masses = vec![1.0 / k as f32; k];
        let planes_of_centres = Planes {
            dimension: d,
            sites: centres.clone(),
            rests: Vec::new(),
            masses,
            law: planes.law,
            sequence,
        };
        let mut machine = machines.of_samples(planes_of_centres, planes.sites.clone());
        let want = Want { winners: true, ..Want::default() };
        let nearest = machine.estimate(&heights, draw, want).await?.winners;
        members = vec![Vec::new(); k];
        for (i, c) in nearest.iter().enumerate() {
            members[*c as usize].push(i as u32);
        }
        members.retain(|m| !m.is_empty());
        centres.clear();
        for group in &members {
            centres.extend(mean(group, &planes.sites, d).iter().map(|c| *c as f32));
        }
    }
    let centres = members.iter().flat_map(|m| mean(m, &planes.sites, d)).collect();
    Ok(Clusters { members, centres })
}

fn mean(group: &[u32], sites: &[f32], d: usize) -> Vec<f64> {
    let mut mean = vec![0.0; d];
    for i in group {
        let site = &sites[*i as usize * d..][..d];
        mean.iter_mut().zip(site).for_each(|(m, y)| *m += f64::from(*y) / group.len() as f64);
    }
    mean
}

/// `count` different numbers below n, spread by a stride that shares no factor with n.
fn distinct(n: usize, count: usize, seed: u32) -> impl Iterator<Item = usize> {
    let mut stride = ((n as f64 * 0.618_033_988_749_894_9) as usize).max(1);
    while gcd(stride, n) != 1 {
        stride += 1;
    }
    let first = seed as usize % n;
    (0..count.min(n)).map(move |k| (first + k * stride) % n)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::distinct;

    #[test]
    fn the_first_centres_differ() {
        for n in [1, 2, 3, 4, 10, 97, 100, 4096] {
            let mut seen: Vec<usize> = distinct(n, n, 5).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..n).collect::<Vec<_>>());
        }
    }
}
