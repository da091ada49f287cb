//! Exact assignment: against all permutations, and by its own certificate.

#![allow(clippy::unwrap_used)] // a test program

use proptest::prelude::*;
use rand::SeedableRng as _;
use transport::Point;
use transport::assignment::{Assignment, AssignmentError, MAX_POINTS, assign, euclidean};

fn points(n: usize, seed: u64) -> Vec<Point> {
    let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
    (0..n).map(|_| [rng.random(), rng.random()]).collect()
}

/// The least mean cost over all permutations, by Heap's method.
fn brute(n: usize, cost: &dyn Fn(usize, usize) -> f64) -> f64 {
    fn go(k: usize, p: &mut [usize], best: &mut f64, cost: &dyn Fn(usize, usize) -> f64) {
        if k == 1 {
            let sum: f64 = p.iter().enumerate().map(|(i, j)| cost(i, *j)).sum();
            *best = best.min(sum / p.len() as f64);
            return;
        }
        for i in 0..k {
            go(k - 1, p, best, cost);
            p.swap(if k.is_multiple_of(2) { i } else { 0 }, k - 1);
        }
    }
    let mut best = f64::INFINITY;
    go(n, &mut (0..n).collect::<Vec<_>>(), &mut best, cost);
    best
}

/// A permutation, feasible prices, and both sums as they are told. `size` is that of the costs.
fn sanity_check(found: &Assignment, size: f64, cost: &dyn Fn(usize, usize) -> f64) {
    let n = found.columns.len();
    let mut seen = vec![false; n];
    found.columns.iter().for_each(|j| assert!(!std::mem::replace(&mut seen[*j as usize], true)));
    let rounding = 1e-14 * n as f64 * size;
    for i in 0..n {
        for j in 0..n {
            let slack = cost(i, j) - found.row_potentials[i] - found.column_potentials[j];
            assert!(slack >= -rounding, "{i} {j}: {slack:e}");
        }
    }
    let gap = found.primal - found.dual;
    assert!(gap.abs() <= rounding, "gap {gap:e} of {}", found.primal);
}

proptest! {
    #[test]
    fn no_permutation_is_cheaper(n in 1_usize..=7, costs in prop::collection::vec(-3.0..3.0_f64, 49)) {
        let cost = |i: usize, j: usize| costs[7 * i + j];
        let found = assign(n, cost).unwrap();
        sanity_check(&found, 3.0, &cost);
        prop_assert!((found.primal - brute(n, &cost)).abs() < 1e-13);
    }

    /// Many ties: whole costs from 0 to 2.
    #[test]
    fn ties_are_no_trap(n in 1_usize..=7, costs in prop::collection::vec(0_u8..3, 49)) {
        let cost = |i: usize, j: usize| f64::from(costs[7 * i + j]);
        let found = assign(n, cost).unwrap();
        sanity_check(&found, 2.0, &cost);
        prop_assert!((found.primal - brute(n, &cost)).abs() < 1e-14);
    }
}

#[test]
fn eight_points_against_all_permutations() {
    let (a, b) = (points(8, 1), points(8, 2));
    let cost = |i: usize, j: usize| (a[i][0] - b[j][0]).hypot(a[i][1] - b[j][1]);
    assert!((euclidean(&a, &b).unwrap().primal - brute(8, &cost)).abs() < 1e-15);
}

#[test]
fn a_permutation_is_found_again() {
    let a = points(300, 3);
    let order: Vec<usize> = (0..300).map(|k| (k * 77 + 5) % 300).collect();
    let mut b = vec![[0.0; 2]; 300];
    for (i, j) in order.iter().enumerate() {
        // Nearer to its own than any other is.
        b[*j] = [a[i][0] + 1e-9, a[i][1]];
    }
    let found = euclidean(&a, &b).unwrap();
    assert!(found.columns.iter().zip(&order).all(|(c, o)| *c as usize == *o));
    assert!((found.primal - 1e-9).abs() < 1e-15);
}

#[test]
fn the_certificate_closes() {
    for seed in 0..3 {
        let (a, b) = (points(256, 10 + seed), points(256, 20 + seed));
        let cost = |i: usize, j: usize| (a[i][0] - b[j][0]).hypot(a[i][1] - b[j][1]);
        sanity_check(&euclidean(&a, &b).unwrap(), 1.5, &cost);
        let squared = |i: usize, j: usize| cost(i, j) * cost(i, j);
        sanity_check(&assign(256, squared).unwrap(), 2.0, &squared);
    }
}

/// In one dimension the order is the answer.
#[test]
fn on_a_line_both_are_sorted() {
    let line = |seed| -> Vec<Point> { points(200, seed).iter().map(|p| [p[0], 0.0]).collect() };
    let (a, b) = (line(4), line(5));
    let sorted = |set: &[Point]| {
        let mut x: Vec<f64> = set.iter().map(|p| p[0]).collect();
        x.sort_by(f64::total_cmp);
        x
    };
    let expected: f64 = sorted(&a).iter().zip(sorted(&b)).map(|(x, y)| (x - y).abs()).sum();
    assert!((euclidean(&a, &b).unwrap().primal - expected / 200.0).abs() < 1e-14);
}

#[test]
fn the_critic_attains_the_distance() {
    let (a, b) = (points(64, 6), points(64, 7));
    let found = euclidean(&a, &b).unwrap();
    let mean = |set: &[Point]| set.iter().map(|x| found.critic(&b, *x)).sum::<f64>() / 64.0;
    assert!((mean(&a) - mean(&b) - found.primal).abs() < 1e-13);
    let mut rng = rand_pcg::Pcg64::seed_from_u64(8);
    let mut draw = || -> Point { [0, 1].map(|_| 4.0 * rng.random::<f64>() - 2.0) };
    for _ in 0..1000 {
        let (x, y) = (draw(), draw());
        let rise = (found.critic(&b, x) - found.critic(&b, y)).abs();
        assert!(rise <= (x[0] - y[0]).hypot(x[1] - y[1]) + 1e-13);
    }
}

#[test]
fn points_at_one_place() {
    let one = vec![[0.25, 0.5]; 50];
    assert_eq!(euclidean(&one, &one).unwrap().primal, 0.0);
    let other = vec![[0.25, 1.5]; 50];
    let found = euclidean(&one, &other).unwrap();
    assert!((found.primal - 1.0).abs() < 1e-15 && (found.dual - 1.0).abs() < 1e-14);
    assert_eq!(euclidean(&[[1.0, 1.0]], &[[4.0, 5.0]]).unwrap().primal, 5.0);
}

#[test]
fn hostile_input_is_named() {
    let error = |a: &[Point], b: &[Point]| euclidean(a, b).unwrap_err();
    assert_eq!(error(&[], &[]), AssignmentError::Empty);
    let mismatch = error(&[[0.0; 2]], &[]);
    assert_eq!(mismatch, AssignmentError::LengthMismatch { rows: 1, columns: 0 });
    for bad in [f64::NAN, f64::INFINITY, 1e300] {
        let e = error(&[[0.0; 2]; 2], &[[0.0; 2], [0.0, bad]]);
        assert_eq!(e, AssignmentError::BadPoint { set: 1, index: 1 });
        assert_eq!((e.code(), e.index()), ("bad-point", Some(1)));
        let e = assign(2, |i, j| if (i, j) == (1, 0) { bad } else { 0.0 }).unwrap_err();
        assert_eq!(e, AssignmentError::BadCost { row: 1, column: 0 });
    }
    let many = assign(MAX_POINTS + 1, |_, _| 0.0).unwrap_err();
    assert_eq!(many, AssignmentError::TooMany { count: MAX_POINTS + 1 });
    assert!(mismatch.to_string().contains("as many"));
}

/// Costs of very different size: the certificate is relative to the largest.
#[test]
fn sizes_may_differ_widely() {
    let mut rng = rand_pcg::Pcg64::seed_from_u64(9);
    let costs: Vec<f64> =
        (0..40 * 40).map(|_| 10_f64.powf(f64::from(rng.next_u32() % 25) - 12.0)).collect();
    let cost = |i: usize, j: usize| costs[40 * i + j];
    sanity_check(&assign(40, cost).unwrap(), 1e12, &cost);
}
