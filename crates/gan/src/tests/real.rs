//! The bank of real points.

use crate::random::{Purpose, random};
use crate::real::{Bank, Epochs, Real};

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

#[test]
fn an_epoch_takes_every_pack_once() {
    assert!(Epochs::new(vec![[0.0; 2]; 2], 3, 1).is_none() && Epochs::new(vec![], 1, 1).is_none());
    // Packs k of the points (k, 0) and (k, 1), and one point over.
    let points: Vec<[f64; 2]> = (0..15).map(|i| [f64::from(i / 2), f64::from(i % 2)]).collect();
    let mut epochs = Epochs::new(points, 2, 1).unwrap();
    assert_eq!(epochs.packs(), 7);
    let rng = &mut random(1, Purpose::Real, 0);
    let mut drawn = vec![[0.0; 2]; 2 * 21];
    epochs.draw(rng, &mut drawn);
    let packs: Vec<usize> = drawn
        .chunks(2)
        .map(|pack| {
            assert_eq!([pack[0][1], pack[1][1]], [0.0, 1.0]);
            assert_eq!(pack[0][0], pack[1][0]);
            pack[0][0] as usize
        })
        .collect();
    for epoch in packs.chunks(7) {
        let mut sorted = epoch.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 6]);
    }
    assert_ne!(packs[..7], packs[7..14]);
    // A saved run goes on with the packs it would have had.
    for taken in [3, 7, 10] {
        epochs.go_to(taken);
        let mut rest = vec![[0.0; 2]; 2 * (21 - taken as usize)];
        epochs.draw(rng, &mut rest);
        assert_eq!(rest, drawn[2 * taken as usize..]);
    }
}
