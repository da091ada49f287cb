//! The kernel against its twin, bit for bit.

use crate::matrix::{Matrix, View};
use crate::product::{Products, plain};
use crate::random::{Purpose, normals, random};
use fearless_simd::Level;

fn matrix(rows: usize, columns: usize, seed: u64) -> Matrix<f32> {
    let mut matrix = Matrix::zeros(rows, columns);
    normals(&mut random(seed, Purpose::Samples, 1), 1.0, matrix.entries_mut());
    matrix
}

fn twin(left: View<'_, f32>, right: View<'_, f32>) -> Matrix<f32> {
    let mut out = Matrix::zeros(left.rows(), right.columns());
    plain(left, right, out.entries_mut());
    out
}

#[test]
fn the_kernel_is_its_twin() {
    let widest = &mut Products::new();
    let narrowest = &mut Products::with(Level::baseline());
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
