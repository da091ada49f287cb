//! Small convex quadratic programs on the simplex.

/// Weights at or below this are none.
const NONE: f64 = 1e-13;

/// λ ≥ 0, Σ λ = 1, with ½ λᵀGλ − ⟨b, λ⟩ least, for n × n `gram` G, symmetric and positive
/// semi-definite, and n numbers `linear` b, n ≥ 1. With G the inner products of n points and b = 0
/// that is the point of their hull nearest to the origin, and the method is Wolfe's (Mathematical
/// Programming 11, 1976): the set of positive weights grows by the steepest vertex and shrinks
/// where the optimum on its affine hull lies outside. Exact but for rounding and for a ridge of
/// 1e-13 of G's trace, which chooses among equal optima. O(n³) a round, few rounds.
pub fn on_simplex(gram: &[f64], linear: &[f64]) -> Vec<f64> {
    let n = linear.len();
    let at = |i: usize, j: usize| gram[i * n + j];
    let ridge = 1e-13 * (0..n).map(|i| at(i, i)).sum::<f64>();
    let cost = |i: usize| 0.5 * at(i, i) - linear[i];
    let first = (0..n).min_by(|i, j| cost(*i).total_cmp(&cost(*j))).unwrap_or(0);
    let mut weights = vec![0.0; n];
    weights[first] = 1.0;
    let mut support = vec![first];
    let size = linear.iter().fold(0.0f64, |m, b| m.max(b.abs()))
        + (0..n).fold(0.0f64, |m, i| m.max(at(i, i)));
    // Each round lowers the cost, so that no support comes twice; the bound is for rounding.
    for _ in 0..16 * n + 16 {
        settle(&at, linear, ridge, &mut support, &mut weights);
        let slope =
            |i: usize| support.iter().map(|j| at(i, *j) * weights[*j]).sum::<f64>() - linear[i];
        let level = support.iter().map(|i| weights[*i] * slope(*i)).sum::<f64>();
        let steepest = (0..n).min_by(|i, j| slope(*i).total_cmp(&slope(*j))).unwrap_or(0);
        if slope(steepest) >= level - 1e-13 * size || support.contains(&steepest) {
            break;
        }
        support.push(steepest);
    }
    weights
}

/// Moves to the optimum of the affine hull of `support`, dropping what would become negative.
fn settle(
    at: &impl Fn(usize, usize) -> f64,
    linear: &[f64],
    ridge: f64,
    support: &mut Vec<usize>,
    weights: &mut [f64],
) {
    while support.len() > 1 {
        let Some(aim) = affine(at, linear, ridge, support) else { return };
        if aim.iter().all(|w| *w > NONE) {
            support.iter().zip(&aim).for_each(|(i, w)| weights[*i] = *w);
            return;
        }
        let mut step = 1.0f64;
        let mut leaves = None;
        for (k, (i, w)) in support.iter().zip(&aim).enumerate() {
            let reach = if weights[*i] > 0.0 { weights[*i] / (weights[*i] - w) } else { 0.0 };
            if *w <= NONE && (leaves.is_none() || reach < step) {
                (step, leaves) = (reach.clamp(0.0, 1.0), Some(k));
            }
        }
        support.iter().zip(&aim).for_each(|(i, w)| weights[*i] += step * (w - weights[*i]));
        if let Some(k) = leaves {
            weights[support.remove(k)] = 0.0;
        }
        support.retain(|i| {
            let stays = weights[*i] > NONE;
            if !stays {
                weights[*i] = 0.0;
            }
            stays
        });
        let total: f64 = support.iter().map(|i| weights[*i]).sum();
        support.iter().for_each(|i| weights[*i] /= total);
    }
    if let [one] = support[..] {
        weights[one] = 1.0;
    }
}

/// Weights, of any sign, of the optimum with Σ λ = 1 on `support`: (G λ)ᵢ + μ = bᵢ, by elimination
/// with pivoting. None where G is singular there.
fn affine(
    at: &impl Fn(usize, usize) -> f64,
    linear: &[f64],
    ridge: f64,
    support: &[usize],
) -> Option<Vec<f64>> {
    let n = support.len();
    let (rows, columns) = (n + 1, n + 2);
    // The multiplier's column in units of G, for the pivots' sake.
    let unit = (0..n).map(|k| at(support[k], support[k])).sum::<f64>() / n as f64 + ridge;
    let unit = if unit > 0.0 { unit } else { 1.0 };
    let mut m = vec![0.0; rows * columns];
    for (k, i) in support.iter().enumerate() {
        for (l, j) in support.iter().enumerate() {
            m[k * columns + l] = at(*i, *j) + if k == l { ridge } else { 0.0 };
        }
        m[k * columns + n] = unit;
        m[k * columns + n + 1] = linear[*i];
        m[n * columns + k] = unit;
    }
    m[n * columns + n + 1] = unit;
    for k in 0..rows {
        let size = |r: &usize| m[r * columns + k].abs();
        let pivot = (k..rows).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        if !(m[pivot * columns + k].abs() > 1e-300) {
            return None;
        }
        for c in 0..columns {
            m.swap(k * columns + c, pivot * columns + c);
        }
        for r in 0..rows {
            if r != k {
                let f = m[r * columns + k] / m[k * columns + k];
                for c in k..columns {
                    m[r * columns + c] -= f * m[k * columns + c];
                }
            }
        }
    }
    Some((0..n).map(|k| m[k * columns + n + 1] / m[k * columns + k]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _};

    /// The nearest point to p of a hull, as weights.
    fn nearest(points: &[[f64; 2]], p: [f64; 2]) -> Vec<f64> {
        let of: Vec<[f64; 2]> = points.iter().map(|q| [q[0] - p[0], q[1] - p[1]]).collect();
        let gram: Vec<f64> =
            of.iter().flat_map(|a| of.iter().map(move |b| a[0] * b[0] + a[1] * b[1])).collect();
        on_simplex(&gram, &vec![0.0; points.len()])
    }

    #[test]
    fn closed_forms() {
        let triangle = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]];
        let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(close(&nearest(&triangle, [0.25, 0.25]), &[0.5, 0.25, 0.25]));
        assert!(close(&nearest(&triangle, [1.0, 1.0]), &[0.0, 0.5, 0.5]));
        assert!(close(&nearest(&triangle, [-1.0, -2.0]), &[1.0, 0.0, 0.0]));
        assert!(close(&nearest(&triangle, [0.5, -2.0]), &[0.5, 0.5, 0.0]));
        // The wrong clamp would project (2, −1) by its barycentric signs: (0, 1, 0) here is right.
        assert!(close(&nearest(&triangle, [3.0, -0.1]), &[0.0, 1.0, 0.0]));
        assert_eq!(on_simplex(&[7.0], &[3.0]), [1.0]);
    }

    #[test]
    fn no_vertex_improves_on_the_answer() {
        let mut rng = rand_pcg::Pcg64::seed_from_u64(4);
        for case in 0..400 {
            // Also more points than dimensions, and some twice.
            let (n, d) = (1 + case % 14, 1 + case % 5);
            let mut y: Vec<f64> = (0..n * d).map(|_| rng.random::<f64>() - 0.5).collect();
            if n > 2 {
                y.copy_within(0..d, d);
            }
            let dot = |i: usize, j: usize| (0..d).map(|k| y[i * d + k] * y[j * d + k]).sum::<f64>();
            let gram: Vec<f64> = (0..n * n).map(|k| dot(k / n, k % n)).collect();
            let b: Vec<f64> = (0..n).map(|_| 0.3 * rng.random::<f64>()).collect();
            let w = on_simplex(&gram, &b);
            assert!((w.iter().sum::<f64>() - 1.0).abs() < 1e-9 && w.iter().all(|w| *w >= 0.0));
            let slope = |i: usize| (0..n).map(|j| gram[i * n + j] * w[j]).sum::<f64>() - b[i];
            let level: f64 = (0..n).map(|i| w[i] * slope(i)).sum();
            for i in 0..n {
                assert!(slope(i) >= level - 1e-7, "case {case}: {} below {level}", slope(i));
            }
        }
    }
}
