//! The quadratic fall of Newton's residuals: the last three above 10⁻¹¹ of ten seeds, and by what
//! constant C each is at most C times the square of the one before.
//!
//! `cargo run -p brenier-transport --example newton_steps`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example prints")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::ops::ControlFlow;

use transport::trace::{Method, Options, Start, record};
use transport::{ConvexPolygon, Point, Target};

fn main() {
    let uniform = |seed| common::uniform_points(128, seed);
    let grid = |seed| common::grid_samples(512, seed);
    print("128 uniform sites in the unit square", &uniform);
    print("512 samples of the 5 × 5 grid of Gaussians", &grid);
}

fn print(name: &str, sites: &dyn Fn(u64) -> Vec<Point>) {
    println!("{name}, equal masses, from the homothetic start");
    println!(
        "seed  steps  tries  the last three residuals above 1e-11   next      r₂/r₁²   r₃/r₂²"
    );
    for seed in 0..10 {
        let square = ConvexPolygon::unit_square();
        let target = Target::new(&sites(seed), None).unwrap();
        let from = Start::Homothetic.heights(&square, &target).unwrap();
        let options = Options { tolerance: 1e-11, ..Options::default() };
        let mut rng = rand_pcg::Pcg64::new(0, 0);
        let mut go_on = |_: &transport::Progress| ControlFlow::Continue(());
        let recording =
            record(&square, &target, Method::Newton, &from, &options, &mut rng, &mut go_on)
                .unwrap();
        let (last, next) = common::last_three(&recording);
        let [a, b, c] = last;
        println!(
            "{seed:>4}  {:>5}  {:>5}  {a:>10.3e}  {b:>10.3e}  {c:>10.3e}  {next:>10.1e}  {:>7.3}  {:>7.3}",
            recording.iterations,
            recording.evaluations - 1,
            b / (a * a),
            c / (b * b),
        );
    }
    println!();
}
