//! The kernel against its twin, bit for bit.

use crate::config::Arithmetic;
use crate::matrix::{Matrix, View};
use crate::product::{Products, plain};
use crate::random::{Purpose, normals, random};
use fearless_simd::Level;

fn matrix(rows: usize, columns: usize, seed: u64) -> Matrix<f32> {
    let mut matrix = Matrix::zeros(rows, columns);
    normals(&mut random(seed, Purpose::Samples, 1), 1.0, matrix.entries_mut());
    matrix
}

/// With one rounding for each term.
fn fused(left: View<'_, f32>, right: View<'_, f32>) -> Matrix<f32> {
    let mut out = Matrix::zeros(left.rows(), right.columns());
    for (place, to) in out.entries_mut().iter_mut().enumerate() {
        let (i, j) = (place / right.columns(), place % right.columns());
        for k in 0..left.columns() {
            *to = left.at(i, k).mul_add(right.at(k, j), *to);
        }
    }
    out
}

fn twin(left: View<'_, f32>, right: View<'_, f32>) -> Matrix<f32> {
    let mut out = Matrix::zeros(left.rows(), right.columns());
    plain(left, right, out.entries_mut());
    out
}

#[test]
fn the_kernel_is_its_twin() {
    let widest = &mut Products::new(Arithmetic::Portable);
    let narrowest = &mut Products::with(Level::baseline(), Arithmetic::Portable);
    for batch in [1, 2, 5, 6, 7, 12, 13, 64, 100] {
        for (from, to) in [(1, 1), (2, 128), (128, 2), (3, 33), (31, 32), (40, 65), (128, 1)] {
            let (x, w, g) = (matrix(batch, from, 1), matrix(from, to, 2), matrix(batch, to, 3));
            for products in [&mut *widest, &mut *narrowest] {
                let forward = products.forward(&x, &w);
                assert_eq!(forward, twin(x.view(), w.view()), "x·W {batch} {from} {to}");
                let weights = products.weights(&x, &g);
                assert_eq!(weights, twin(x.transposed(), g.view()), "xᵀ·g {batch} {from} {to}");
                let back = products.back(&g, &w);
                assert_eq!(back, twin(g.view(), w.transposed()), "g·Wᵀ {batch} {from} {to}");
            }
        }
    }
}

#[test]
fn fused_terms_are_rounded_once() {
    let widest = &mut Products::new(Arithmetic::Fused);
    let narrowest = &mut Products::with(Level::baseline(), Arithmetic::Fused);
    for (batch, from, to) in [(1, 1, 1), (7, 31, 33), (13, 40, 65), (25, 128, 1)] {
        let (x, w, g) = (matrix(batch, from, 1), matrix(from, to, 2), matrix(batch, to, 3));
        for products in [&mut *widest, &mut *narrowest] {
            assert_eq!(products.forward(&x, &w), fused(x.view(), w.view()));
            assert_eq!(products.weights(&x, &g), fused(x.transposed(), g.view()));
            assert_eq!(products.back(&g, &w), fused(g.view(), w.transposed()));
        }
    }
}
