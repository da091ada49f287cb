//! Linear layers.

use crate::matrix::Matrix;
use crate::product::Products;
use crate::scalar::Scalar;

/// y = x·W + b, with one sample a row of x (batch × in), W (in × out), and b (out), which may be
/// absent. A gradient of the layer has the layer's own shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear<T> {
    pub(crate) weights: Matrix<T>,
    /// Empty where the layer has none.
    pub(crate) bias: Vec<T>,
}

impl<T: Scalar> Linear<T> {
    pub(crate) fn forward(&self, products: &mut Products, x: &Matrix<T>) -> Matrix<T> {
        let mut y = products.forward(x, &self.weights);
        if !self.bias.is_empty() {
            for row in y.iter_rows_mut() {
                row.iter_mut().zip(&self.bias).for_each(|(y, b)| *y += *b);
            }
        }
        y
    }

    /// The gradient in x, given the gradient `g` (batch × out) in y: g·Wᵀ.
    pub(crate) fn pull(&self, products: &mut Products, g: &Matrix<T>) -> Matrix<T> {
        products.back(g, &self.weights)
    }

    /// The gradient in W and b, given x and the gradient `g` in y: xᵀ·g, and g's column sums.
    pub(crate) fn gradient(&self, products: &mut Products, x: &Matrix<T>, g: &Matrix<T>) -> Self {
        let bias = if self.bias.is_empty() { Vec::new() } else { g.column_sums() };
        Self { weights: products.weights(x, g), bias }
    }

    pub(crate) fn parameters(&self) -> [&[T]; 2] {
        [self.weights.entries(), &self.bias]
    }

    pub(crate) fn parameters_mut(&mut self) -> [&mut [T]; 2] {
        [self.weights.entries_mut(), &mut self.bias]
    }
}
