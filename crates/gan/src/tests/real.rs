//! The bank of real points.

use crate::random::{Purpose, random};
use crate::real::{Bank, Real};

#[test]
fn a_bank_draws_all_of_its_points_alike() {
    assert_eq!(Bank::new(vec![]), None);
    let points: Vec<[f64; 2]> = (0..5).map(|k| [f64::from(k), -f64::from(k)]).collect();
    let mut bank = Bank::new(points.clone()).unwrap();
    let mut drawn = vec![[0.0; 2]; 10_000];
    bank.draw(&mut random(1, Purpose::Real, 0), &mut drawn);
    for point in bank.points() {
        let count = drawn.iter().filter(|p| *p == point).count() as f64;
        assert!((count - 2000.0).abs() < 5.0 * 1600.0_f64.sqrt(), "{point:?}: {count}");
    }
}
