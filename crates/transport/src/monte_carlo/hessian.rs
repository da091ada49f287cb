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

/// This share of the samples is nearest to a facet and tells its measure.
const SHARE: f64 = 0.25;

impl Hessian {
    /// From samples with their two highest planes. Near the facet between cells i and j the gap of
    /// the two planes is |yᵢ − yⱼ| times the distance, so the mass on both sides with a gap below ε
    /// is 2ε μ(facet)/|yᵢ − yⱼ| = −2ε ∂²E/∂hᵢ∂hⱼ, up to higher order in ε.
    ///
    /// A cell without samples has no facet to be seen: the diagonal then lets its plane rise by ε.
    pub(crate) fn sampled(estimate: &Estimate, masses: &[f32]) -> Self {
        let mut gaps = estimate.gaps.clone();
        let place = ((gaps.len() as f64 * SHARE) as usize).min(gaps.len() - 1);
        let (_, reach, _) = gaps.select_nth_unstable_by(place, f32::total_cmp);
        let reach = reach.max(f32::MIN_POSITIVE);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for ((i, j), gap) in estimate.winners.iter().zip(&estimate.seconds).zip(&estimate.gaps) {
            if *gap <= reach && i != j {
                pairs.extend([(*i, *j), (*j, *i)]);
            }
        }
        pairs.sort_unstable();
        let one = 1.0 / (2.0 * f64::from(reach) * estimate.samples as f64);
        let n = masses.len();
        let mut this = Self { starts: vec![0; n + 1], ..Self::default() };
        for pair in pairs.chunk_by(|a, b| a == b) {
            this.starts[pair[0].0 as usize + 1] += 1;
            this.columns.push(pair[0].1);
            this.weights.push(one * pair.len() as f64);
        }
        for i in 0..n {
            this.starts[i + 1] += this.starts[i];
        }
        this.diagonal = (0..n)
            .map(|i| {
                let degree: f64 = this.row(i).map(|(_, w)| w).sum();
                let least = f64::from(masses[i]) / f64::from(reach);
                if degree > 0.0 { degree + 1e-3 * least } else { least }
            })
            .collect();
        this
    }

    fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[i] as usize..self.starts[i + 1] as usize;
        self.columns[range.clone()].iter().map(|c| *c as usize).zip(self.weights[range].iter().copied())
    }

    /// Solves for the step −H⁻¹ g by conjugate gradients with the diagonal as preconditioner, to a
    /// hundredth of the residual: H itself is no better known.
    pub(crate) fn solve(&self, gradient: &[f64]) -> Vec<f64> {
        let n = gradient.len();
        let mut step = vec![0.0; n];
        let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let precondition = |r: &[f64]| -> Vec<f64> {
            r.iter().zip(&self.diagonal).map(|(r, d)| r / d).collect()
        };
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
        // Cells 0, 1, 2 in a row; four samples of which one in four is near enough: each gap is
        // the same here, so all count.
        let estimate = Estimate {
            samples: 4,
            winners: vec![0, 1, 1, 2],
            seconds: vec![1, 0, 2, 1],
            gaps: vec![0.5; 4],
            ..Estimate::default()
        };
        let h = Hessian::sampled(&estimate, &[0.25, 0.5, 0.25]);
        // Two samples a facet, of 4, over 2 · 0.5.
        let row: Vec<_> = h.row(1).collect();
        assert_eq!(row, [(0, 0.5), (2, 0.5)]);
        let g = [0.1, -0.3, 0.2];
        let step = h.solve(&g);
        for i in 0..3 {
            let off: f64 = h.row(i).map(|(j, w)| w * step[j]).sum();
            assert!((h.diagonal[i] * step[i] - off + g[i]).abs() < 1e-2);
        }
    }
}
