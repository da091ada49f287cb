//! The energy's Hessian seen by samples: a weighted graph, and systems with its Laplacian.

use super::cell_mass::Estimate;

/// A symmetric matrix: the Laplacian of a graph plus a positive diagonal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hessian {
    /// Row i has the entries `starts[i] .. starts[i + 1]`, off the diagonal.
    starts: Vec<u32>,
    columns: Vec<u32>,
    /// −∂²E/∂hᵢ∂hⱼ.
    weights: Vec<f64>,
    diagonal: Vec<f64>,
}

/// This share of a cell's samples, those nearest to its facets, tell their measure.
const SHARE: f64 = 0.5;

impl Hessian {
    /// From samples with their two highest planes. Near the facet between cells i and j the gap of
    /// the two planes is |yᵢ − yⱼ| times the distance, so the mass in cell i with a gap below ε is
    /// ε μ(facet)/|yᵢ − yⱼ| = −ε ∂²E/∂hᵢ∂hⱼ, up to higher order in ε. Each cell has its own ε, since
    /// sites may lie at very different distances; of the two sides of a facet the mean is taken.
    ///
    /// A cell without samples has no facet to be seen: the diagonal then lets its plane rise by the
    /// median of all gaps.
    pub(crate) fn sampled(estimate: &Estimate, masses: &[f32]) -> Self {
        let n = masses.len();
        let mut order: Vec<u32> = (0..estimate.winners.len() as u32).collect();
        let gap = |k: u32| estimate.gaps[k as usize];
        let winner = |k: u32| estimate.winners[k as usize];
        order
            .sort_unstable_by(|a, b| winner(*a).cmp(&winner(*b)).then(gap(*a).total_cmp(&gap(*b))));
        let mut edges: Vec<(u32, u32, f64)> = Vec::new();
        let mut reaches = vec![0.0; n];
        for cell in order.chunk_by(|a, b| winner(*a) == winner(*b)) {
            let near = &cell[..(cell.len() as f64 * SHARE).ceil() as usize];
            let reach = f64::from(gap(near[near.len() - 1]).max(f32::MIN_POSITIVE));
            let one = 0.5 / (reach * estimate.samples as f64);
            reaches[winner(cell[0]) as usize] = reach;
            for k in near {
                let (i, j) = (winner(*k), estimate.seconds[*k as usize]);
                if i != j {
                    edges.extend([(i, j, one), (j, i, one)]);
                }
            }
        }
        edges.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let mut this = Self { starts: vec![0; n + 1], ..Self::default() };
        for pair in edges.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            this.starts[pair[0].0 as usize + 1] += 1;
            this.columns.push(pair[0].1);
            this.weights.push(pair.iter().map(|edge| edge.2).sum());
        }
        for i in 0..n {
            this.starts[i + 1] += this.starts[i];
        }
        let mut known: Vec<f64> = reaches.iter().copied().filter(|r| *r > 0.0).collect();
        known.sort_unstable_by(f64::total_cmp);
        let median = known.get(known.len() / 2).copied().unwrap_or(1.0);
        this.diagonal = (0..n)
            .map(|i| {
                let degree: f64 = this.row(i).map(|(_, w)| w).sum();
                let reach = if reaches[i] > 0.0 { reaches[i] } else { median };
                let least = f64::from(masses[i]) / reach;
                if degree > 0.0 { degree + 1e-3 * least } else { least }
            })
            .collect();
        this
    }

    fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[i] as usize..self.starts[i + 1] as usize;
        self.columns[range.clone()]
            .iter()
            .map(|c| *c as usize)
            .zip(self.weights[range].iter().copied())
    }

    /// Solves for the step −H⁻¹ g by conjugate gradients with the diagonal as preconditioner, to a
    /// hundredth of the residual: H itself is no better known.
    pub(crate) fn solve(&self, gradient: &[f64]) -> Vec<f64> {
        let n = gradient.len();
        let mut step = vec![0.0; n];
        let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let precondition =
            |r: &[f64]| -> Vec<f64> { r.iter().zip(&self.diagonal).map(|(r, d)| r / d).collect() };
        let mut z = precondition(&residual);
        let mut direction = z.clone();
        let mut energy = dot(&residual, &z);
        let enough = 1e-4 * energy;
        for _ in 0..500 {
            if !(energy > enough) {
                break;
            }
            let image: Vec<f64> = (0..n)
                .map(|i| {
                    let off: f64 = self.row(i).map(|(j, w)| w * direction[j]).sum();
                    self.diagonal[i] * direction[i] - off
                })
                .collect();
            let alpha = energy / dot(&direction, &image);
            for i in 0..n {
                step[i] += alpha * direction[i];
                residual[i] -= alpha * image[i];
            }
            z = precondition(&residual);
            let next = dot(&residual, &z);
            let beta = next / energy;
            energy = next;
            for i in 0..n {
                direction[i] = z[i] + beta * direction[i];
            }
        }
        step
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_three_cells() {
        // Cells 0, 1, 2 in a row, every second sample of a cell near enough.
        let estimate = Estimate {
            samples: 8,
            winners: vec![0, 0, 1, 1, 1, 1, 2, 2],
            seconds: vec![1, 1, 0, 2, 0, 2, 1, 1],
            gaps: vec![0.5, 0.9, 0.5, 0.5, 0.8, 0.9, 0.5, 0.9],
            ..Estimate::default()
        };
        let h = Hessian::sampled(&estimate, &[0.25, 0.5, 0.25]);
        // One sample a side of each facet, of 8, over 0.5.
        let row: Vec<_> = h.row(1).collect();
        assert_eq!(row, [(0, 0.25), (2, 0.25)]);
        let g = [0.1, -0.3, 0.2];
        let step = h.solve(&g);
        for i in 0..3 {
            let off: f64 = h.row(i).map(|(j, w)| w * step[j]).sum();
            assert!((h.diagonal[i] * step[i] - off + g[i]).abs() < 1e-2);
        }
    }
}
