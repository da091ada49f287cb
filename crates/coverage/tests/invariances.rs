//! What must not change the scores, and bounds that always hold, with shrinking.

use coverage::{Mode, Modes, Point, ReferenceCase, measure, score};
use proptest::prelude::*;
use rand_core::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// Multiples of 2⁻⁶ of moderate size: sums and differences of them are exact, so that
/// invariance can be asked for to the last bit, ties included.
fn dyadic() -> impl Strategy<Value = f64> {
    (-512i32..512).prop_map(|k| f64::from(k) / 64.0)
}

fn points(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec([dyadic(), dyadic()], n)
}

/// Up to 40 modes with distinct centres and powers of two as σ, so that offsets in σ are exact.
fn modes() -> impl Strategy<Value = Vec<Mode>> {
    prop::collection::btree_map((-512i32..512, -512i32..512), (-5i32..2, 1u32..9), 1..40).prop_map(
        |map| {
            map.into_iter()
                .map(|((x, y), (power, weight))| Mode {
                    centre: [f64::from(x) / 64.0, f64::from(y) / 64.0],
                    sigma: 2f64.powi(power),
                    weight: f64::from(weight),
                })
                .collect()
        },
    )
}

proptest! {
    #[test]
    fn translation(list in modes(), samples in points(1..80), by in [dyadic(), dyadic()]) {
        let shift = |p: Point| [p[0] + by[0], p[1] + by[1]];
        let moved: Vec<Mode> =
            list.iter().map(|&m| Mode { centre: shift(m.centre), ..m }).collect();
        let moved_samples: Vec<Point> = samples.iter().map(|&p| shift(p)).collect();
        prop_assert_eq!(
            score(&Modes::new(list).unwrap(), &samples),
            score(&Modes::new(moved).unwrap(), &moved_samples)
        );
    }

    #[test]
    fn scaling_and_turning_by_a_right_angle(list in modes(), samples in points(1..80)) {
        let turn = |p: Point| [-4.0 * p[1], 4.0 * p[0]];
        let turned: Vec<Mode> = list
            .iter()
            .map(|m| Mode { centre: turn(m.centre), sigma: 4.0 * m.sigma, ..*m })
            .collect();
        let turned_samples: Vec<Point> = samples.iter().map(|&p| turn(p)).collect();
        let a = score(&Modes::new(list).unwrap(), &samples).unwrap();
        let b = score(&Modes::new(turned).unwrap(), &turned_samples).unwrap();
        prop_assert_eq!((a.modes, a.high_quality, a.reverse_kl), (b.modes, b.high_quality, b.reverse_kl));
        prop_assert!((a.variance - b.variance).abs() <= 1e-12);
    }

    #[test]
    fn order_of_the_samples(list in modes(), samples in points(1..80), seed in any::<u64>()) {
        let modes = Modes::new(list).unwrap();
        let mut shuffled = samples.clone();
        let n = shuffled.len() as u64;
        for i in 0..shuffled.len() {
            shuffled.swap(i, (seed.wrapping_mul(i as u64 * 2 + 1) >> 7) as usize % n as usize);
        }
        let (a, b) = (score(&modes, &samples).unwrap(), score(&modes, &shuffled).unwrap());
        prop_assert_eq!((a.modes, a.high_quality, a.reverse_kl), (b.modes, b.high_quality, b.reverse_kl));
        prop_assert!((a.variance - b.variance).abs() <= 1e-12);
        // Bootstrap and reference depend on counts and the generator alone.
        let run = |s: &[Point]| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed);
            let c = measure(&modes, s, None, ReferenceCase::Perfect, &mut rng).unwrap();
            (c.modes, c.high_quality, c.reverse_kl, c.histogram)
        };
        prop_assert_eq!(run(&samples), run(&shuffled));
    }

    #[test]
    fn order_of_the_modes(list in modes(), samples in points(1..80)) {
        let mut reversed = list.clone();
        reversed.reverse();
        let (a, b) = (Modes::new(list).unwrap(), Modes::new(reversed).unwrap());
        // Ties go to the first mode, so that order may matter for samples half-way: leave them out.
        let samples: Vec<Point> = samples
            .into_iter()
            .filter(|&p| a.nearest(p).0 + b.nearest(p).0 + 1 == a.len())
            .collect();
        prop_assume!(!samples.is_empty());
        let (a, b) = (score(&a, &samples).unwrap(), score(&b, &samples).unwrap());
        prop_assert_eq!((a.modes, a.high_quality), (b.modes, b.high_quality));
        prop_assert!((a.reverse_kl - b.reverse_kl).abs() <= 1e-12);
    }

    #[test]
    fn scale_of_the_weights(list in modes(), samples in points(1..40), factor in 0.001f64..1000.0) {
        let scaled = list.iter().map(|&m| Mode { weight: factor * m.weight, ..m }).collect();
        let a = score(&Modes::new(list).unwrap(), &samples).unwrap();
        let b = score(&Modes::new(scaled).unwrap(), &samples).unwrap();
        prop_assert!((a.reverse_kl - b.reverse_kl).abs() <= 1e-12);
    }

    #[test]
    fn bounds(list in modes(), samples in points(1..80)) {
        let modes = Modes::new(list).unwrap();
        let s = score(&modes, &samples).unwrap();
        let smallest = modes.modes().iter().map(|m| m.weight).fold(1.0, f64::min);
        prop_assert!(s.modes <= modes.len().min(samples.len()));
        prop_assert!((0.0..=1.0).contains(&s.high_quality));
        prop_assert!(s.high_quality > 0.0 || s.modes == 0);
        prop_assert!((0.0..=-smallest.ln() + 1e-12).contains(&s.reverse_kl));
        prop_assert!((0.0..=9.0 * 2.0).contains(&s.variance));
    }

    #[test]
    fn counts_agree_with_a_plain_loop(list in modes(), samples in points(1..80)) {
        let modes = Modes::new(list).unwrap();
        let mut rng = Pcg64Mcg::seed_from_u64(0);
        let references =
            coverage::simulate(&modes, samples.len(), ReferenceCase::Perfect, 2, &mut rng).unwrap();
        let c = coverage::measure_against(&modes, &samples, None, &references, &mut rng).unwrap();
        let (mut all, mut good) = (vec![0; modes.len()], vec![0; modes.len()]);
        for p in &samples {
            // Squares, which are exact here, so that ties are ties.
            let distance = |m: &Mode| (p[0] - m.centre[0]).powi(2) + (p[1] - m.centre[1]).powi(2);
            let nearest = modes.modes().iter().map(distance).fold(f64::INFINITY, f64::min);
            let first = modes.modes().iter().position(|m| distance(m) == nearest).unwrap();
            all[first] += 1;
            good[first] += u32::from(nearest <= (3.0 * modes.modes()[first].sigma).powi(2));
        }
        prop_assert_eq!(c.histogram, all);
        prop_assert_eq!(c.high_quality_histogram, good);
    }
}
