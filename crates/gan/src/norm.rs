//! Batch normalisation.

use crate::linear::Linear;
use crate::matrix::Matrix;
use crate::scalar::Scalar;

/// Added to variances, so that a column that does not vary stays finite: what PacGAN's code has from
/// its library (Blocks, `BatchNormalization`).
pub(crate) const EPSILON: f64 = 1e-4;

/// y = scale · (x − mean) / √(variance + ε) + shift, each column by itself, with the mean and the
/// (biased) variance of the batch: Ioffe and Szegedy, *Batch Normalization* (ICML 2015),
/// algorithm 1. In training the rows fall into groups, row r into group r mod their number, and each
/// group has statistics of its own. A gradient of the layer has the layer's own shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Norm<T> {
    pub(crate) scale: Vec<T>,
    pub(crate) shift: Vec<T>,
}

/// Mean and variance of each column, group after group.
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
    /// 1 / √(variance + ε), group after group.
    inverse: Vec<T>,
    groups: usize,
}

impl<T: Scalar> Statistics<T> {
    /// Of all rows together.
    pub(crate) fn of(x: &Matrix<T>) -> Self {
        Self::of_groups(x, 1)
    }

    fn of_groups(x: &Matrix<T>, groups: usize) -> Self {
        let share = T::of(groups as f64) / T::of(x.rows() as f64);
        let mut mean = group_sums(x, groups);
        mean.iter_mut().for_each(|sum| *sum = *sum * share);
        let mut variance = vec![T::ZERO; groups * x.columns()];
        for (r, row) in x.iter_rows().enumerate() {
            let of_group = group(r, groups, row.len());
            let sums = variance[of_group.clone()].iter_mut();
            for ((v, x), m) in sums.zip(row).zip(&mean[of_group]) {
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

    /// With the statistics of each group of the batch's rows; each has two rows or more.
    pub(crate) fn forward(&self, x: Matrix<T>, groups: usize) -> (Matrix<T>, NormTape<T>) {
        let statistics = Statistics::of_groups(&x, groups);
        let inverse = statistics.inverse();
        let mut normal = x;
        let mut y = Matrix::zeros(normal.rows(), normal.columns());
        for (r, (x, y)) in normal.iter_rows_mut().zip(y.iter_rows_mut()).enumerate() {
            let of_group = group(r, groups, x.len());
            let statistics = statistics.mean[of_group.clone()].iter().zip(&inverse[of_group]);
            let layer = self.scale.iter().zip(&self.shift);
            for (((x, y), (m, i)), (scale, shift)) in x.iter_mut().zip(y).zip(statistics).zip(layer)
            {
                *x = (*x - *m) * *i;
                *y = *x * *scale + *shift;
            }
        }
        (y, NormTape { normal, inverse, groups })
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

    /// `linear` with this layer behind it, as one linear layer with a bias.
    pub(crate) fn fold(&self, linear: &Linear<T>, statistics: &Statistics<T>) -> Linear<T> {
        let inverse = statistics.inverse();
        let factor: Vec<T> = self.scale.iter().zip(&inverse).map(|(s, i)| *s * *i).collect();
        let mut weights = linear.weights.clone();
        for row in weights.iter_rows_mut() {
            row.iter_mut().zip(&factor).for_each(|(w, f)| *w = *w * *f);
        }
        let bias = (0..factor.len())
            .map(|j| {
                let own = linear.bias.get(j).copied().unwrap_or(T::ZERO);
                (own - statistics.mean[j]) * factor[j] + self.shift[j]
            })
            .collect();
        Linear { weights, bias }
    }

    fn scale_and_shift(&self, x: &mut Matrix<T>) {
        for row in x.iter_rows_mut() {
            for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
                *x = *x * *scale + *shift;
            }
        }
    }

    /// The gradients in the layer's parameters and in x, given the gradient `g` in y. The second
    /// goes through the statistics: with n rows in the group and the normalised x̂, sums over it,
    /// ∂/∂x = scale · inverse / n · (n g − Σ g − x̂ Σ g x̂).
    pub(crate) fn backward(&self, tape: &NormTape<T>, mut g: Matrix<T>) -> (Self, Matrix<T>) {
        let (groups, width) = (tape.groups, g.columns());
        let shifts = group_sums(&g, groups);
        let mut scales = vec![T::ZERO; groups * width];
        for (r, (g, normal)) in g.iter_rows().zip(tape.normal.iter_rows()).enumerate() {
            let sums = scales[group(r, groups, width)].iter_mut();
            sums.zip(g).zip(normal).for_each(|((sum, g), x)| *sum += *g * *x);
        }
        let share = T::of(groups as f64) / T::of(g.rows() as f64);
        let along: Vec<T> = scales.iter().map(|sum| *sum * share).collect();
        let mean: Vec<T> = shifts.iter().map(|sum| *sum * share).collect();
        let scale_again = self.scale.iter().cycle();
        let factor: Vec<T> = tape.inverse.iter().zip(scale_again).map(|(i, s)| *s * *i).collect();
        for (r, (g, normal)) in g.iter_rows_mut().zip(tape.normal.iter_rows()).enumerate() {
            let of_group = group(r, groups, width);
            let sums = mean[of_group.clone()].iter().zip(&along[of_group.clone()]);
            let factors = factor[of_group].iter().zip(sums);
            for ((g, x), (factor, (mean, along))) in g.iter_mut().zip(normal).zip(factors) {
                *g = *factor * (*g - *mean - *x * *along);
            }
        }
        let total = |sums: &[T]| {
            let mut total = sums[..width].to_vec();
            for sums in sums[width..].chunks_exact(width) {
                total.iter_mut().zip(sums).for_each(|(total, sum)| *total += *sum);
            }
            total
        };
        (Self { scale: total(&scales), shift: total(&shifts) }, g)
    }

    pub(crate) fn parameters(&self) -> [&[T]; 2] {
        [&self.scale, &self.shift]
    }

    pub(crate) fn parameters_mut(&mut self) -> [&mut [T]; 2] {
        [&mut self.scale, &mut self.shift]
    }
}

/// Where the statistics of row `r`'s group stand.
fn group(r: usize, groups: usize, width: usize) -> std::ops::Range<usize> {
    let first = r % groups * width;
    first..first + width
}

/// The sum of each column over each group, rows taken in order.
fn group_sums<T: Scalar>(x: &Matrix<T>, groups: usize) -> Vec<T> {
    let width = x.columns();
    let mut sums = vec![T::ZERO; groups * width];
    for (r, row) in x.iter_rows().enumerate() {
        let sums = sums[group(r, groups, width)].iter_mut();
        sums.zip(row).for_each(|(sum, x)| *sum += *x);
    }
    sums
}
