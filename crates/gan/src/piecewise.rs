//! Activations that are linear in pieces: leaky ReLU (ReLU with slope 0) and maxout.

use crate::matrix::Matrix;
use crate::scalar::Scalar;

/// Which piece each unit of each sample is on, batch × units. On its piece the activation is linear:
/// derivatives of any kind are this linear map or its transpose, and the second derivative is zero
/// except on the borders between pieces, a set of measure zero. Both kinds are as wide as the
/// entries they go with, so that loops over both run in vectors.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pieces<T> {
    /// The slope there.
    Slopes(Vec<T>),
    /// The number of the piece.
    Numbers(Vec<u32>),
}

/// An activation, linear in pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// x where x > 0, else `slope` · x. A slope of 0 is ReLU.
    LeakyRelu {
        /// From 0 up to, but not including, 1.
        slope: f64,
    },
    /// The largest of `pieces` linear functions: Goodfellow and others, *Maxout Networks*
    /// (ICML 2013). The linear layer before it has `pieces` times as many outputs as there are
    /// units; output p · units + u is piece p of unit u. Of equal pieces the first counts.
    Maxout {
        /// From 2 to 16.
        pieces: usize,
    },
}

impl Activation {
    /// Outputs of the linear layer before each unit.
    pub(crate) fn inputs(self) -> usize {
        match self {
            Self::LeakyRelu { .. } => 1,
            Self::Maxout { pieces } => pieces,
        }
    }

    /// Batch × (inputs · units) to batch × units, and the pieces chosen.
    pub(crate) fn forward<T: Scalar>(self, mut x: Matrix<T>) -> (Matrix<T>, Pieces<T>) {
        match self {
            Self::LeakyRelu { slope } => {
                let slope = T::of(slope);
                let mut slopes = vec![slope; x.entries().len()];
                for (x, to) in x.entries_mut().iter_mut().zip(&mut slopes) {
                    *to = if *x > T::ZERO { T::ONE } else { slope };
                    *x = *to * *x;
                }
                (x, Pieces::Slopes(slopes))
            }
            Self::Maxout { pieces } => {
                let units = x.columns() / pieces;
                let mut y = Matrix::zeros(x.rows(), units);
                let mut chosen = vec![0; x.rows() * units];
                let outputs = y.iter_rows_mut().zip(chosen.chunks_exact_mut(units));
                for ((y, chosen), x) in outputs.zip(x.iter_rows()) {
                    y.copy_from_slice(&x[..units]);
                    for (x, p) in x.chunks_exact(units).zip(0..).skip(1) {
                        for ((y, chosen), x) in y.iter_mut().zip(&mut *chosen).zip(x) {
                            let above = *x > *y;
                            *y = if above { *x } else { *y };
                            *chosen = if above { p } else { *chosen };
                        }
                    }
                }
                (y, Pieces::Numbers(chosen))
            }
        }
    }
}

impl<T: Scalar> Pieces<T> {
    /// The derivative along `v` (batch × (inputs · units)): the linear map of the pieces.
    pub(crate) fn push(&self, mut v: Matrix<T>) -> Matrix<T> {
        match self {
            Self::Slopes(slopes) => {
                scale(&mut v, slopes);
                v
            }
            Self::Numbers(chosen) => {
                let units = chosen.len() / v.rows();
                let mut y = Matrix::zeros(v.rows(), units);
                let outputs = y.iter_rows_mut().zip(chosen.chunks_exact(units));
                for ((y, chosen), v) in outputs.zip(v.iter_rows()) {
                    for (v, p) in v.chunks_exact(units).zip(0..) {
                        for ((y, chosen), v) in y.iter_mut().zip(chosen).zip(v) {
                            *y = if *chosen == p { *v } else { *y };
                        }
                    }
                }
                y
            }
        }
    }

    /// The gradient in the input (batch × (`inputs` · units)), given the gradient `g` (batch ×
    /// units) in the output: the transpose of `push`.
    pub(crate) fn pull(&self, inputs: usize, mut g: Matrix<T>) -> Matrix<T> {
        match self {
            Self::Slopes(slopes) => {
                scale(&mut g, slopes);
                g
            }
            Self::Numbers(chosen) => {
                let units = g.columns();
                let mut x = Matrix::zeros(g.rows(), units * inputs);
                let of_rows = x.iter_rows_mut().zip(chosen.chunks_exact(units));
                for ((x, chosen), g) in of_rows.zip(g.iter_rows()) {
                    for (x, p) in x.chunks_exact_mut(units).zip(0..) {
                        for ((x, chosen), g) in x.iter_mut().zip(chosen).zip(g) {
                            *x = if *chosen == p { *g } else { T::ZERO };
                        }
                    }
                }
                x
            }
        }
    }
}

fn scale<T: Scalar>(x: &mut Matrix<T>, slopes: &[T]) {
    x.entries_mut().iter_mut().zip(slopes).for_each(|(x, slope)| *x = *slope * *x);
}
