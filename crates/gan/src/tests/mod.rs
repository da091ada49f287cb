//! Tests of what is not public; each file holds one family.

mod adam;
mod bits;
mod config;
mod frozen;
mod layers;
mod losses;
mod networks;
mod product;
mod random;
mod real;
mod state;
#[cfg(feature = "threads")]
mod threads;
mod train;

use crate::matrix::Matrix;
use crate::random::{Purpose, normals, random};

/// The step of central differences in f64: their error is near its square and 1e-16 / step.
const STEP: f64 = 1e-6;

/// How far a gradient may be from central differences, relative to the largest entry of either or
/// to 1: a hundred times what the differences themselves are off by.
const TOLERANCE: f64 = 1e-7;

/// A matrix of independent N(0, 1).
fn normal_matrix(rows: usize, columns: usize, seed: u64) -> Matrix<f64> {
    let mut matrix = Matrix::zeros(rows, columns);
    normals(&mut random(seed, Purpose::Samples, 0), 1.0, matrix.entries_mut());
    matrix
}

/// Holds `gradient` against central differences of `value` at `at`, and gives the largest error.
fn differences(at: &[f64], gradient: &[f64], mut value: impl FnMut(&[f64]) -> f64) -> f64 {
    assert_eq!(at.len(), gradient.len());
    let mut moved = at.to_vec();
    let (mut worst, mut scale) = (0.0_f64, 1.0_f64);
    for i in 0..at.len() {
        moved[i] = at[i] + STEP;
        let above = value(&moved);
        moved[i] = at[i] - STEP;
        let below = value(&moved);
        moved[i] = at[i];
        let difference = (above - below) / (2.0 * STEP);
        worst = worst.max((difference - gradient[i]).abs());
        scale = scale.max(difference.abs()).max(gradient[i].abs());
    }
    worst / scale
}

/// Fails where a gradient is wrong.
fn check(what: &str, at: &[f64], gradient: &[f64], value: impl FnMut(&[f64]) -> f64) {
    let error = differences(at, gradient, value);
    println!("{what}: {error:.1e}");
    assert!(error < TOLERANCE, "{what}: off by {error:e}");
}

/// Parameters as one list.
fn flat(parameters: &[&[f64]]) -> Vec<f64> {
    parameters.concat()
}

/// Sets parameters from one list.
fn set(parameters: Vec<&mut [f64]>, flat: &[f64]) {
    let mut rest = flat;
    for to in parameters {
        let (head, tail) = rest.split_at(to.len());
        to.copy_from_slice(head);
        rest = tail;
    }
}

/// ⟨a, b⟩.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
