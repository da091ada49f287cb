//! The draws.

use crate::random::{Purpose, normals, random, uniform};
use rand_core::Rng;

#[test]
fn normals_have_their_moments() {
    let mut draws = vec![0.0_f64; 40_001];
    normals(&mut random(1, Purpose::Latent, 0), 2.0, &mut draws);
    let n = draws.len() as f64;
    let moment = |k: i32| draws.iter().map(|x| (x / 2.0).powi(k)).sum::<f64>() / n;
    // Five standard errors of each.
    let error = |variance: f64| 5.0 * (variance / n).sqrt();
    assert!(moment(1).abs() < error(1.0));
    assert!((moment(2) - 1.0).abs() < error(2.0));
    assert!(moment(3).abs() < error(15.0));
    assert!((moment(4) - 3.0).abs() < error(96.0));
}

#[test]
fn streams_differ() {
    let first = |seed, purpose, count| random(seed, purpose, count).next_u64();
    let mut all = vec![];
    for seed in 0..20 {
        for count in 0..20 {
            all.push(first(seed, Purpose::Real, count));
            all.push(first(seed, Purpose::Latent, count));
        }
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 800);
}

#[test]
fn uniforms_are_in_range() {
    let mut rng = random(3, Purpose::Penalty, 0);
    let draws: Vec<f64> = (0..10_000).map(|_| uniform(&mut rng)).collect();
    assert!(draws.iter().all(|x| (0.0..1.0).contains(x)));
    let mean = draws.iter().sum::<f64>() / 1e4;
    assert!((mean - 0.5).abs() < 5.0 * (1.0 / 12e4_f64).sqrt(), "{mean}");
}
