//! The Fréchet distance between two sets of feature vectors, each taken as a Gaussian: the squared
//! 2-Wasserstein distance of the two Gaussians (Dowson and Landau, *The Fréchet distance between
//! multivariate normal distributions*, Journal of Multivariate Analysis 12, 1982, equation 4; Heusel and
//! others, *GANs trained by a two time-scale update rule converge to a local Nash equilibrium*, NeurIPS
//! 2017, for its use with features of a network).
//!
//! What it says depends on the features, and it grows as fewer samples are taken: only distances with
//! the same features and equal counts may be set beside each other.

use crate::error::SamplesError;
use rand::RngExt as _;
use rand_core::Rng;

/// Mean and covariance of a set of feature vectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// d numbers.
    pub mean: Vec<f64>,
    /// d × d, with n − 1 below the line.
    pub covariance: Vec<f64>,
}

impl Moments {
    /// Of n × `dimension` numbers.
    ///
    /// # Errors
    /// [`SamplesError`]: there are fewer than two vectors, they are not whole, or a number of them is
    /// not finite.
    pub fn new(features: &[f32], dimension: usize) -> Result<Self, SamplesError> {
        let rows = rows(features, dimension)?;
        Ok(Self::of(dimension, rows, |k| k))
    }

    /// Of as many of the vectors, drawn with replacement: one round of a bootstrap.
    ///
    /// # Errors
    /// As [`Moments::new`].
    pub fn resampled(
        features: &[f32],
        dimension: usize,
        rng: &mut impl Rng,
    ) -> Result<Self, SamplesError> {
        let rows = rows(features, dimension)?;
        let drawn: Vec<usize> = rows.iter().map(|_| rng.random_range(0..rows.len())).collect();
        Ok(Self::of(dimension, rows, |k| drawn[k]))
    }

    fn of(dimension: usize, rows: Vec<&[f32]>, place: impl Fn(usize) -> usize) -> Self {
        let count = rows.len() as f64;
        let mut mean = vec![0.0; dimension];
        for k in 0..rows.len() {
            mean.iter_mut().zip(rows[place(k)]).for_each(|(m, x)| *m += f64::from(*x) / count);
        }
        let mut covariance = vec![0.0; dimension * dimension];
        let mut centred = vec![0.0; dimension];
        for k in 0..rows.len() {
            let row = rows[place(k)].iter().zip(&mean);
            centred.iter_mut().zip(row).for_each(|(c, (x, m))| *c = f64::from(*x) - m);
            for (line, a) in covariance.chunks_exact_mut(dimension).zip(&centred) {
                line.iter_mut().zip(&centred).for_each(|(sum, b)| *sum += a * b);
            }
        }
        covariance.iter_mut().for_each(|sum| *sum /= count - 1.0);
        Self { mean, covariance }
    }

    /// |m − m′|² + tr(Σ + Σ′ − 2 (Σ Σ′)^½), the squared distance of two Gaussians of one dimension; in
    /// squared units of the features.
    ///
    /// # Panics
    /// Where the dimensions differ.
    pub fn frechet(&self, other: &Self) -> f64 {
        let d = self.mean.len();
        assert_eq!(d, other.mean.len(), "features of two dimensions");
        let apart: f64 = self.mean.iter().zip(&other.mean).map(|(a, b)| (a - b).powi(2)).sum();
        let trace = |m: &Self| (0..d).map(|k| m.covariance[k * d + k]).sum::<f64>();
        // Σ = L Lᵀ: Σ Σ′ has the eigenvalues of the symmetric Lᵀ Σ′ L.
        let lower = cholesky(&self.covariance, d);
        let mut right = vec![0.0; d * d];
        for i in 0..d {
            for k in 0..d {
                let a = other.covariance[i * d + k];
                for j in 0..=k {
                    right[i * d + j] += a * lower[k * d + j];
                }
            }
        }
        let mut both = vec![0.0; d * d];
        for k in 0..d {
            for i in 0..=k {
                let a = lower[k * d + i];
                for j in 0..d {
                    both[i * d + j] += a * right[k * d + j];
                }
            }
        }
        let roots: f64 = eigenvalues(both, d).into_iter().map(|x| x.max(0.0).sqrt()).sum();
        (apart + trace(self) + trace(other) - 2.0 * roots).max(0.0)
    }
}

fn rows(features: &[f32], dimension: usize) -> Result<Vec<&[f32]>, SamplesError> {
    if dimension == 0 || features.len() < 2 * dimension || !features.len().is_multiple_of(dimension)
    {
        return Err(SamplesError::Empty);
    }
    if let Some(index) = features.iter().position(|x| !x.is_finite()) {
        return Err(SamplesError::NotFinite { index: index / dimension });
    }
    Ok(features.chunks_exact(dimension).collect())
}

/// L of a positive semidefinite matrix; a direction without variance has a column of 0.
fn cholesky(matrix: &[f64], d: usize) -> Vec<f64> {
    let largest = (0..d).map(|k| matrix[k * d + k]).fold(0.0, f64::max);
    let mut lower = vec![0.0; d * d];
    for j in 0..d {
        let dot = |a: usize, b: usize, l: &[f64]| -> f64 {
            (0..j).map(|k| l[a * d + k] * l[b * d + k]).sum()
        };
        let pivot = matrix[j * d + j] - dot(j, j, &lower);
        if pivot <= 1e-14 * largest {
            continue;
        }
        let root = pivot.sqrt();
        lower[j * d + j] = root;
        for i in j + 1..d {
            lower[i * d + j] = (matrix[i * d + j] - dot(i, j, &lower)) / root;
        }
    }
    lower
}

/// The eigenvalues of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, *Matrix
/// Computations*, section 8.5): slow and exact, which is right for a few hundred dimensions.
fn eigenvalues(mut a: Vec<f64>, d: usize) -> Vec<f64> {
    let size: f64 = a.iter().map(|x| x * x).sum();
    // It converges quadratically: far fewer sweeps are needed.
    for _ in 0..60 {
        let mut off = 0.0;
        for p in 0..d {
            for q in p + 1..d {
                let apq = a[p * d + q];
                off += apq * apq;
                if apq * apq <= 1e-32 * size {
                    continue;
                }
                let tau = (a[q * d + q] - a[p * d + p]) / (2.0 * apq);
                let t = tau.signum() / (tau.abs() + (1.0 + tau * tau).sqrt());
                let c = 1.0 / (1.0 + t * t).sqrt();
                let s = t * c;
                for k in 0..d {
                    let (x, y) = (a[p * d + k], a[q * d + k]);
                    (a[p * d + k], a[q * d + k]) = (c * x - s * y, s * x + c * y);
                }
                for k in 0..d {
                    let (x, y) = (a[k * d + p], a[k * d + q]);
                    (a[k * d + p], a[k * d + q]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
        if off <= 1e-26 * size {
            break;
        }
    }
    (0..d).map(|k| a[k * d + k]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng::rng;
    use rand_distr::{Distribution as _, StandardNormal};

    /// n vectors with independent coordinates of these means and deviations.
    fn normal(seed: u64, n: usize, means: &[f64], deviations: &[f64]) -> Vec<f32> {
        let mut rng = rng(seed);
        let mut one = |k: usize| -> f64 {
            let z: f64 = StandardNormal.sample(&mut rng);
            means[k] + deviations[k] * z
        };
        (0..n * means.len()).map(|k| one(k % means.len()) as f32).collect()
    }

    #[test]
    fn of_axis_parallel_gaussians_it_is_the_closed_form() {
        // Σ (m − m′)² + (σ − σ′)²
        let a = Moments { mean: vec![0.0, 1.0], covariance: vec![4.0, 0.0, 0.0, 1.0] };
        let b = Moments { mean: vec![3.0, 1.0], covariance: vec![1.0, 0.0, 0.0, 9.0] };
        assert!((a.frechet(&b) - (9.0 + 1.0 + 4.0)).abs() < 1e-12);
        assert!(a.frechet(&a) < 1e-12);
    }

    #[test]
    fn turning_both_changes_nothing() {
        let (c, s) = (0.8, 0.6);
        let turn = |m: [f64; 2], v: [f64; 2]| Moments {
            mean: vec![c * m[0] - s * m[1], s * m[0] + c * m[1]],
            covariance: vec![
                c * c * v[0] + s * s * v[1],
                c * s * (v[0] - v[1]),
                c * s * (v[0] - v[1]),
                s * s * v[0] + c * c * v[1],
            ],
        };
        let (a, b) = (turn([0.0, 1.0], [4.0, 1.0]), turn([3.0, 1.0], [1.0, 9.0]));
        assert!((a.frechet(&b) - 14.0).abs() < 1e-10, "{}", a.frechet(&b));
    }

    #[test]
    fn directions_without_variance_are_allowed() {
        let flat = Moments { mean: vec![0.0, 0.0], covariance: vec![1.0, 1.0, 1.0, 1.0] };
        let round = Moments { mean: vec![0.0, 0.0], covariance: vec![1.0, 0.0, 0.0, 1.0] };
        // Along (1, 1)/√2 the deviations are √2 and 1, across it 0 and 1.
        let expected = (2.0_f64.sqrt() - 1.0).powi(2) + 1.0;
        assert!((flat.frechet(&round) - expected).abs() < 1e-9);
        assert!((round.frechet(&flat) - expected).abs() < 1e-9);
    }

    #[test]
    fn samples_come_near_it() {
        let a = normal(1, 20_000, &[0.0, 0.0, 1.0], &[1.0, 2.0, 0.5]);
        let b = normal(2, 20_000, &[1.0, 0.0, 1.0], &[1.0, 1.0, 0.5]);
        let (a, b) = (Moments::new(&a, 3).unwrap(), Moments::new(&b, 3).unwrap());
        assert!((a.frechet(&b) - 2.0).abs() < 0.1, "{}", a.frechet(&b));
    }

    #[test]
    fn a_bootstrap_round_draws_from_the_same_vectors() {
        let a = normal(1, 400, &[0.0, 5.0], &[1.0, 1.0]);
        let again = Moments::resampled(&a, 2, &mut rng(3)).unwrap();
        assert!((again.mean[1] - 5.0).abs() < 0.3);
        assert_eq!(again, Moments::resampled(&a, 2, &mut rng(3)).unwrap());
        assert_ne!(again, Moments::new(&a, 2).unwrap());
    }

    #[test]
    fn what_is_no_set_of_vectors_is_refused() {
        assert!(Moments::new(&[1.0; 3], 2).is_err());
        assert!(Moments::new(&[1.0; 2], 2).is_err());
        assert!(Moments::new(&[1.0, f32::NAN, 0.0, 0.0], 2).is_err());
        assert!(Moments::new(&[], 0).is_err());
    }
}
