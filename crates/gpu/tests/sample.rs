//! Samples: known answers, nets, moments.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use gpu::twin::sample::{bits, centred, normal, philox, point, scramble, uniform};
use transport::monte_carlo::{Law, Sequence};

/// The known answers that the authors publish with Random123 (`kat_vectors`, philox4x32 10).
#[test]
fn philox_gives_the_known_answers() {
    assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
    assert_eq!(
        philox([u32::MAX; 4], [u32::MAX; 2]),
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    );
    assert_eq!(
        philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    );
}

#[test]
fn a_scramble_permutes_and_keeps_the_tree() {
    for seed in [0, 1, 0x1234_5678, u32::MAX] {
        // What agrees in the top bits agrees there after the scramble, and differs after them.
        for shared in 0..32 {
            let x: u32 = 0x9abc_def0;
            let y = x ^ 1 << (31 - shared);
            let differ = scramble(x, seed) ^ scramble(y, seed);
            assert_eq!(differ.leading_zeros(), shared, "seed {seed}");
        }
    }
}

/// 2^m scrambled points have exactly one in each box of the elementary partitions of the square.
#[test]
fn scrambled_sobol_is_a_net_in_its_first_two_dimensions() {
    for (seed, first) in [(0, 0), (1, 0), (99, 3 << 10)] {
        for m in [4u32, 10] {
            for a in 0..=m {
                let mut seen = vec![0; 1 << m];
                for k in first..first + (1 << m) {
                    let x = u64::from(bits(Sequence::Sobol, seed, k, 0)) >> (32 - a);
                    let y = u64::from(bits(Sequence::Sobol, seed, k, 1)) >> (32 - (m - a));
                    seen[(x << (m - a) | y) as usize] += 1;
                }
                assert!(seen.iter().all(|n| *n == 1), "seed {seed}, 2^{a} by 2^{}", m - a);
            }
        }
    }
}

#[test]
fn centred_coordinates_are_exact_at_the_ends() {
    assert_eq!(centred(0), -0.5);
    assert_eq!(centred(1 << 23), 0.0);
    assert_eq!(centred((1 << 24) - 1), 0.5 - 1.0 / 16_777_216.0);
    assert_eq!(uniform(u32::MAX), (1 << 24) - 1);
}

#[test]
fn normal_quantiles_are_the_known_ones() {
    // At p = (u + ½) 2⁻²⁴, by Wichura's algorithm AS 241 in f64.
    let known = [
        (0, -5.419_983_175_f64),
        (1 << 10, -3.841_810_894),
        (167_772, -2.326_347_114),
        (1 << 22, -0.674_489_656),
        (1 << 23, 7.470_334_4e-8),
        (12_582_912, 0.674_489_844),
        ((1 << 24) - 1, 5.419_983_175),
    ];
    for (u, x) in known {
        let got = f64::from(normal(u));
        assert!((got - x).abs() <= 2e-6 * x.abs().max(1e-7), "u = {u}: {got}, not {x}");
    }
    for u in 1..1 << 16 {
        let u = u << 8;
        assert!(normal(u) > normal(u - 256), "not increasing at {u}");
    }
}

#[test]
fn gaussian_samples_have_the_moments_of_their_law() {
    for sequence in [Sequence::Sobol, Sequence::Philox] {
        let (d, count) = (6, 1 << 14);
        let mut x = vec![0.0; d];
        let mut moments = vec![[0.0f64; 3]; d];
        let mut covariance = 0.0;
        for k in 0..count {
            point(Law::Gaussian, sequence, 5, k, &mut x);
            covariance += f64::from(x[0] * x[3]);
            for (m, x) in moments.iter_mut().zip(&x) {
                let x = f64::from(*x);
                m[0] += x;
                m[1] += x * x;
                m[2] += x.powi(4);
            }
        }
        let n = f64::from(count);
        // Five standard errors of independent samples.
        assert!(covariance.abs() / n < 5.0 / n.sqrt(), "{sequence:?}: {covariance}");
        for m in moments {
            assert!((m[0] / n).abs() < 5.0 / n.sqrt(), "{sequence:?}: mean {}", m[0] / n);
            let variance = m[1] / n;
            assert!((variance - 1.0).abs() < 5.0 * (2.0 / n).sqrt(), "{sequence:?}: {variance}");
            assert!((m[2] / n - 3.0).abs() < 5.0 * (96.0 / n).sqrt(), "{sequence:?}: {}", m[2] / n);
        }
    }
}

#[test]
fn a_ball_is_filled_evenly() {
    for sequence in [Sequence::Sobol, Sequence::Philox] {
        for d in [1, 2, 3, 8, 256] {
            let count = 1 << 12;
            let mut x = vec![0.0; d];
            let mut tenths = [0u32; 10];
            let mut means = vec![0.0; d];
            for k in 0..count {
                point(Law::Ball, sequence, 11, k, &mut x);
                let norm = x.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
                assert!(norm <= 1.0 + 1e-6, "norm {norm}");
                // norm^d is uniform.
                tenths[((norm.powi(d as i32) * 10.0) as usize).min(9)] += 1;
                means.iter_mut().zip(&x).for_each(|(m, x)| *m += f64::from(*x));
            }
            let n = f64::from(count);
            for t in tenths {
                let off = (f64::from(t) - n / 10.0).abs();
                assert!(off < 5.0 * (n * 0.09).sqrt(), "{sequence:?}, d = {d}: {tenths:?}");
            }
            for m in means {
                let spread = (1.0 / (d as f64 + 2.0) / n).sqrt();
                assert!((m / n).abs() < 5.0 * spread, "{sequence:?}, d = {d}: mean {}", m / n);
            }
        }
    }
}
