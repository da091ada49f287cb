//! Batch normalisation.

use crate::matrix::Matrix;
use crate::scalar::Scalar;

/// Added to variances, so that a column that does not vary stays finite.
pub(crate) const EPSILON: f64 = 1e-4;

/// y = scale · (x − mean) / √(variance + ε) + shift, each column by itself, with the mean and the
/// (biased) variance of the batch: Ioffe and Szegedy, *Batch Normalization* (ICML 2015),
/// algorithm 1. A gradient of the layer has the layer's own shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Norm<T> {
    pub(crate) scale: Vec<T>,
    pub(crate) shift: Vec<T>,
}

/// Mean and variance of each column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statistics<T> {
    mean: Vec<T>,
    variance: Vec<T>,
}

/// What the forward pass leaves for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct NormTape<T> {
    /// (x − mean) / √(variance + ε).
    normal: Matrix<T>,
    /// 1 / √(variance + ε).
    inverse: Vec<T>,
}

impl<T: Scalar> Statistics<T> {
    pub(crate) fn of(x: &Matrix<T>) -> Self {
        let share = T::ONE / T::of(x.rows() as f64);
        let mean: Vec<T> = x.column_sums().into_iter().map(|sum| sum * share).collect();
        let mut variance = vec![T::ZERO; x.columns()];
        for row in x.iter_rows() {
            for ((v, x), m) in variance.iter_mut().zip(row).zip(&mean) {
                *v += (*x - *m) * (*x - *m);
            }
        }
        variance.iter_mut().for_each(|v| *v = *v * share);
        Self { mean, variance }
    }

    fn inverse(&self) -> Vec<T> {
        self.variance.iter().map(|v| T::ONE / (*v + T::of(EPSILON)).sqrt()).collect()
    }
}

impl<T: Scalar> Norm<T> {
    pub(crate) fn new(width: usize) -> Self {
        Self { scale: vec![T::ONE; width], shift: vec![T::ZERO; width] }
    }

    /// With the batch's own statistics; x has two rows or more.
    pub(crate) fn forward(&self, x: Matrix<T>) -> (Matrix<T>, NormTape<T>) {
        let statistics = Statistics::of(&x);
        let inverse = statistics.inverse();
        let mut normal = x;
        for row in normal.iter_rows_mut() {
            for ((x, m), i) in row.iter_mut().zip(&statistics.mean).zip(&inverse) {
                *x = (*x - *m) * *i;
            }
        }
        let mut y = normal.clone();
        self.scale_and_shift(&mut y);
        (y, NormTape { normal, inverse })
    }

    /// With statistics from elsewhere, in place.
    pub(crate) fn apply(&self, x: &mut Matrix<T>, statistics: &Statistics<T>) {
        let inverse = statistics.inverse();
        for row in x.iter_rows_mut() {
            for ((x, m), i) in row.iter_mut().zip(&statistics.mean).zip(&inverse) {
                *x = (*x - *m) * *i;
            }
        }
        self.scale_and_shift(x);
    }

    fn scale_and_shift(&self, x: &mut Matrix<T>) {
        for row in x.iter_rows_mut() {
            for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
                *x = *x * *scale + *shift;
            }
        }
    }

    /// The gradients in the layer's parameters and in x, given the gradient `g` in y. The second
    /// goes through the statistics: with n rows and the normalised x̂,
    /// ∂/∂x = scale · inverse / n · (n g − Σ g − x̂ Σ g x̂).
    pub(crate) fn backward(&self, tape: &NormTape<T>, mut g: Matrix<T>) -> (Self, Matrix<T>) {
        let shift = g.column_sums();
        let mut scale = vec![T::ZERO; g.columns()];
        for (g, normal) in g.iter_rows().zip(tape.normal.iter_rows()) {
            for ((sum, g), x) in scale.iter_mut().zip(g).zip(normal) {
                *sum += *g * *x;
            }
        }
        let share = T::ONE / T::of(g.rows() as f64);
        let factor: Vec<T> = self.scale.iter().zip(&tape.inverse).map(|(s, i)| *s * *i).collect();
        let along: Vec<T> = scale.iter().map(|sum| *sum * share).collect();
        let mean: Vec<T> = shift.iter().map(|sum| *sum * share).collect();
        for (g, normal) in g.iter_rows_mut().zip(tape.normal.iter_rows()) {
            for j in 0..g.len() {
                g[j] = factor[j] * (g[j] - mean[j] - normal[j] * along[j]);
            }
        }
        (Self { scale, shift }, g)
    }

    pub(crate) fn parameters(&self) -> [&[T]; 2] {
        [&self.scale, &self.shift]
    }

    pub(crate) fn parameters_mut(&mut self) -> [&mut [T]; 2] {
        [&mut self.scale, &mut self.shift]
    }
}
