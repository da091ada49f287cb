//! Activations that are linear in pieces: leaky ReLU (ReLU with slope 0) and maxout.

use crate::matrix::Matrix;
use crate::scalar::Scalar;

/// Which piece each unit of each sample is on, batch × units. On its piece the activation is linear:
/// derivatives of any kind are this linear map or its transpose, and the second derivative is zero
/// except on the borders between pieces, a set of measure zero.
pub(crate) type Pieces = Vec<u8>;

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
    pub(crate) fn forward<T: Scalar>(self, mut x: Matrix<T>) -> (Matrix<T>, Pieces) {
        match self {
            Self::LeakyRelu { slope } => {
                let slope = T::of(slope);
                let pieces = x.entries().iter().map(|x| u8::from(*x > T::ZERO)).collect();
                for x in x.entries_mut() {
                    *x = if *x > T::ZERO { *x } else { slope * *x };
                }
                (x, pieces)
            }
            Self::Maxout { pieces } => {
                let units = x.columns() / pieces;
                let mut y = Matrix::zeros(x.rows(), units);
                let mut chosen = vec![0; x.rows() * units];
                let outputs = y.iter_rows_mut().zip(chosen.chunks_exact_mut(units));
                for ((y, chosen), x) in outputs.zip(x.iter_rows()) {
                    y.copy_from_slice(&x[..units]);
                    for (p, x) in x.chunks_exact(units).enumerate().skip(1) {
                        for ((y, chosen), x) in y.iter_mut().zip(&mut *chosen).zip(x) {
                            let above = *x > *y;
                            *y = if above { *x } else { *y };
                            *chosen = if above { p as u8 } else { *chosen };
                        }
                    }
                }
                (y, chosen)
            }
        }
    }

    /// The derivative along `v` (batch × (inputs · units)): the linear map of the pieces.
    pub(crate) fn push<T: Scalar>(self, chosen: &Pieces, mut v: Matrix<T>) -> Matrix<T> {
        match self {
            Self::LeakyRelu { slope } => {
                scale(&mut v, chosen, T::of(slope));
                v
            }
            Self::Maxout { pieces } => {
                let units = v.columns() / pieces;
                let mut y = Matrix::zeros(v.rows(), units);
                let outputs = y.iter_rows_mut().zip(chosen.chunks_exact(units));
                for ((y, chosen), v) in outputs.zip(v.iter_rows()) {
                    for u in 0..units {
                        y[u] = v[usize::from(chosen[u]) * units + u];
                    }
                }
                y
            }
        }
    }

    /// The gradient in the input, given the gradient `g` (batch × units) in the output: the
    /// transpose of `push`.
    pub(crate) fn pull<T: Scalar>(self, chosen: &Pieces, mut g: Matrix<T>) -> Matrix<T> {
        match self {
            Self::LeakyRelu { slope } => {
                scale(&mut g, chosen, T::of(slope));
                g
            }
            Self::Maxout { pieces } => {
                let units = g.columns();
                let mut x = Matrix::zeros(g.rows(), units * pieces);
                let inputs = x.iter_rows_mut().zip(chosen.chunks_exact(units));
                for ((x, chosen), g) in inputs.zip(g.iter_rows()) {
                    for u in 0..units {
                        x[usize::from(chosen[u]) * units + u] = g[u];
                    }
                }
                x
            }
        }
    }
}

/// Times `slope` on the lower piece.
fn scale<T: Scalar>(x: &mut Matrix<T>, chosen: &Pieces, slope: T) {
    for (x, piece) in x.entries_mut().iter_mut().zip(chosen) {
        *x = if *piece == 1 { *x } else { slope * *x };
    }
}
