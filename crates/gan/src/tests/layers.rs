//! Each layer's derivatives against central differences of ⟨weights, output⟩.

use super::{check, dot, flat, normal_matrix, set};
use crate::config::Arithmetic;
use crate::linear::Linear;
use crate::matrix::Matrix;
use crate::norm::{Norm, Statistics};
use crate::piecewise::{Activation, Pieces};
use crate::product::Products;

const ACTIVATIONS: [Activation; 4] = [
    Activation::LeakyRelu { slope: 0.0 },
    Activation::LeakyRelu { slope: 0.2 },
    Activation::Maxout { pieces: 2 },
    Activation::Maxout { pieces: 5 },
];

#[test]
fn linear() {
    let products = &mut Products::new(Arithmetic::Portable);
    for bias in [vec![], normal_matrix(1, 3, 4).entries().to_vec()] {
        let layer = Linear { weights: normal_matrix(5, 3, 1), bias };
        let x = normal_matrix(7, 5, 2);
        let g = normal_matrix(7, 3, 3);
        let pulled = layer.pull(products, &g);
        check("linear, input", x.entries(), pulled.entries(), |x| {
            let x = Matrix::new(7, 5, x.to_vec());
            dot(layer.forward(products, &x).entries(), g.entries())
        });
        let gradient = layer.gradient(products, &x, &g);
        let mut moved = layer.clone();
        check(
            "linear, parameters",
            &flat(&layer.parameters()),
            &flat(&gradient.parameters()),
            |p| {
                set(moved.parameters_mut().into(), p);
                dot(moved.forward(products, &x).entries(), g.entries())
            },
        );
    }
}

#[test]
fn batch_norm() {
    let layer = Norm {
        scale: normal_matrix(1, 4, 1).entries().to_vec(),
        shift: normal_matrix(1, 4, 2).entries().to_vec(),
    };
    for groups in 1..=4 {
        let (x, g) = (normal_matrix(12, 4, 3), normal_matrix(12, 4, 4));
        let (_, tape) = layer.forward(x.clone(), groups);
        let (gradient, through) = layer.backward(&tape, g.clone());
        check(&format!("batch norm, input, {groups}"), x.entries(), through.entries(), |x| {
            let x = Matrix::new(12, 4, x.to_vec());
            dot(layer.forward(x, groups).0.entries(), g.entries())
        });
        let mut moved = layer.clone();
        check(
            &format!("batch norm, parameters, {groups}"),
            &flat(&layer.parameters()),
            &flat(&gradient.parameters()),
            |p| {
                set(moved.parameters_mut().into(), p);
                dot(moved.forward(x.clone(), groups).0.entries(), g.entries())
            },
        );
    }
}

/// Each group of rows comes out as if it were a batch by itself.
#[test]
fn groups_do_not_meet() {
    let layer = Norm::new(3);
    let x = normal_matrix(10, 3, 5);
    let (y, _) = layer.forward(x.clone(), 2);
    for group in 0..2 {
        let rows = |m: &Matrix<f64>| -> Vec<f64> {
            m.iter_rows().skip(group).step_by(2).flatten().copied().collect()
        };
        let (alone, _) = layer.forward(Matrix::new(5, 3, rows(&x)), 1);
        assert_eq!(alone.entries(), rows(&y));
    }
}

#[test]
fn batch_norm_normalises() {
    let layer = Norm::new(3);
    let x = normal_matrix(50, 3, 9);
    let (mut y, _) = layer.forward(x.clone(), 1);
    let of_y = Statistics::of(&y);
    assert!(y.column_sums().iter().all(|sum| sum.abs() < 1e-12), "{of_y:?}");
    let mut other = x.clone();
    layer.apply(&mut other, &Statistics::of(&x));
    assert_eq!(y, other, "its own statistics, from elsewhere");
    // A constant column, whose variance is 0, stays finite.
    y.iter_rows_mut().for_each(|row| row[0] = 3.0);
    assert!(layer.forward(y, 1).0.entries().iter().all(|y| y.is_finite()));
}

#[test]
fn activations() {
    for activation in ACTIVATIONS {
        let units = 4;
        let columns = units * activation.inputs();
        let (x, g) = (normal_matrix(6, columns, 1), normal_matrix(6, units, 2));
        let (_, pieces) = activation.forward(x.clone());
        let pulled = pieces.pull(activation.inputs(), g.clone());
        check(&format!("{activation:?}"), x.entries(), pulled.entries(), |x| {
            let (y, _) = activation.forward(Matrix::new(6, columns, x.to_vec()));
            dot(y.entries(), g.entries())
        });
        let v = normal_matrix(6, columns, 3);
        let pushed = pieces.push(v.clone());
        let transpose = dot(pushed.entries(), g.entries()) - dot(v.entries(), pulled.entries());
        assert!(transpose.abs() < 1e-12, "{activation:?}: push and pull are transposes");
    }
}

#[test]
fn maxout_takes_the_first_of_equals() {
    let x = Matrix::new(1, 4, vec![1.0, -2.0, 1.0, -3.0]);
    let (y, pieces) = Activation::Maxout { pieces: 2 }.forward(x);
    assert_eq!((y.entries(), pieces), (&[1.0, -2.0][..], Pieces::Numbers(vec![0, 0])));
}
