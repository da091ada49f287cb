//! Runs.

use super::losses::LOSSES;
use crate::random::{Random, normals};
use crate::{Activation, Config, Init, Loss, Schedule, StepError, Trainer};
use rand_core::Rng;

/// Two clusters of standard deviation 0.1 at (3, 1) and (3, −1).
pub(super) fn clusters(rng: &mut Random, points: &mut [[f64; 2]]) {
    for point in points {
        normals(rng, 0.1, point);
        point[0] += 3.0;
        point[1] += if rng.next_u64() >> 63 == 0 { 1.0 } else { -1.0 };
    }
}

/// Small enough for a test, with everything in it.
pub(super) fn small(loss: Loss, packing: usize, seed: u64) -> Config {
    let mut config = Config::page(loss, packing, seed);
    config.generator.widths = vec![16, 16];
    config.discriminator.widths = vec![16, 16];
    config.batch = 32;
    config.generator.norm = packing > 1;
    if !matches!(loss, Loss::Wasserstein { .. }) {
        config.schedule = Schedule::Simultaneous;
        config.discriminator_adam.rate = 2e-3;
    }
    if packing == 2 {
        config.discriminator.activation = Activation::Maxout { pieces: 3 };
        config.generator.latent.law = crate::Law::Uniform;
        config.generator.init = Init::Normal { deviation: 0.3 };
    }
    config
}

fn mean(points: &[[f32; 2]]) -> [f64; 2] {
    let n = points.len() as f64;
    [0, 1].map(|k| points.iter().map(|p| f64::from(p[k])).sum::<f64>() / n)
}

#[test]
fn the_generator_goes_to_the_data() {
    for (loss, packing, steps) in [(LOSSES[0], 1, 400), (LOSSES[0], 4, 400), (LOSSES[1], 2, 1000)] {
        let mut trainer = Trainer::new(small(loss, packing, 1)).unwrap();
        let before = mean(&trainer.generate(2000));
        for _ in 0..steps {
            trainer.step(&mut clusters).unwrap();
        }
        let after = mean(&trainer.generate(2000));
        println!("{loss:?}, {packing}: {before:?} to {after:?}");
        assert!((after[0] - 3.0).abs() < 0.5 * (before[0] - 3.0).abs(), "{before:?} {after:?}");
        assert_eq!(trainer.counters().generator, steps);
        assert_eq!(trainer.counters().discriminator, steps);
    }
}

#[test]
fn a_critic_is_nearly_lipschitz_and_generator_follows() {
    let mut trainer = Trainer::new(small(LOSSES[2], 1, 1)).unwrap();
    let before = mean(&trainer.generate(2000));
    let mut last = None;
    for _ in 0..200 {
        last = Some(trainer.step(&mut clusters).unwrap());
    }
    let after = mean(&trainer.generate(2000));
    assert!((after[0] - 3.0).abs() < 0.5 * (before[0] - 3.0).abs(), "{before:?} {after:?}");
    let last = last.unwrap();
    // λ (‖∇s‖ − 1)² with λ = 10: slopes are within 0.3 of 1 in the mean square.
    assert!(last.discriminator.penalty < 0.9, "{last:?}");
    assert_eq!(trainer.counters().discriminator, 1000);
}

#[test]
fn the_same_seed_is_the_same_run() {
    let run = |seed, look: bool| {
        let mut trainer = Trainer::new(small(LOSSES[0], 2, seed)).unwrap();
        let mut losses = Vec::new();
        for _ in 0..20 {
            losses.push(trainer.step(&mut clusters).unwrap());
            if look {
                trainer.generate(10);
                trainer.discriminate(&[[0.0, 1.0]]);
                trainer.gradient_field(&[[0.0, 1.0]]);
            }
        }
        (losses, trainer.save())
    };
    assert_eq!(run(1, false), run(1, true), "looking changes nothing");
    assert_ne!(run(1, false), run(2, false));
}

#[test]
fn either_network_alone() {
    let mut trainer = Trainer::new(small(LOSSES[0], 3, 4)).unwrap();
    let start = trainer.clone();
    trainer.step_discriminator(&mut clusters).unwrap();
    assert_eq!(trainer.generator, start.generator);
    assert_ne!(trainer.discriminator, start.discriminator);
    let discriminator = trainer.discriminator.clone();
    trainer.step_generator().unwrap();
    assert_ne!(trainer.generator, start.generator);
    assert_eq!(trainer.discriminator, discriminator);
    let counters = trainer.counters();
    assert_eq!((counters.steps, counters.draws), (0, 2));
}

/// An alternating schedule is its parts.
#[test]
fn a_step_is_its_updates() {
    let mut config = small(LOSSES[0], 1, 4);
    config.schedule = Schedule::Alternating { discriminator_steps: 2 };
    let mut whole = Trainer::new(config).unwrap();
    let mut parts = whole.clone();
    whole.step(&mut clusters).unwrap();
    parts.step_discriminator(&mut clusters).unwrap();
    parts.step_discriminator(&mut clusters).unwrap();
    parts.step_generator().unwrap();
    assert_eq!(whole.generator, parts.generator);
    assert_eq!(whole.discriminator, parts.discriminator);
}

#[test]
fn shapes_of_what_is_seen() {
    for packing in 1..=4 {
        let mut trainer = Trainer::new(small(LOSSES[0], packing, 4)).unwrap();
        let mut asked = 0;
        let mut real = |rng: &mut Random, points: &mut [[f64; 2]]| {
            asked = points.len();
            clusters(rng, points);
        };
        trainer.step(&mut real).unwrap();
        assert_eq!(asked, 32 * packing);
        assert_eq!(trainer.generate(1500).len(), 1500);
        assert_eq!(trainer.generate(0).len(), 0);
        let points: Vec<[f32; 2]> = (0..1500).map(|k| [k as f32 / 500.0, 1.0]).collect();
        let outputs = trainer.discriminate(&points);
        assert_eq!(outputs.len(), 1500);
        assert!(outputs.iter().all(|p| (0.0..=1.0).contains(p)), "probabilities");
        let arrows = trainer.gradient_field(&points);
        assert_eq!(arrows.len(), 1500);
        // A point's values do not depend on which others are asked for.
        assert_eq!(trainer.discriminate(&points[1200..1201]), &outputs[1200..1201]);
        // The last one, of a chunk of another length, up to the rounding of the mean's share.
        let alone = trainer.gradient_field(&points[1499..])[0];
        for k in 0..2 {
            assert!((alone[k] - arrows[1499][k]).abs() <= 1e-5 * arrows[1499][k].abs());
        }
    }
}

/// Arrows point where the generator's loss falls: up the probability of being real.
#[test]
fn arrows_are_the_gradient_of_the_output() {
    for loss in LOSSES {
        let mut trainer = Trainer::new(small(loss, 1, 4)).unwrap();
        for _ in 0..20 {
            trainer.step(&mut clusters).unwrap();
        }
        let (x, h) = ([0.7_f32, 0.4_f32], 2e-3_f32);
        let around = [[x[0] - h, x[1]], [x[0] + h, x[1]], [x[0], x[1] - h], [x[0], x[1] + h]];
        let outputs = trainer.discriminate(&around);
        // −ln D, ½ (s − 1)², −s.
        let loss_at = |output: f32| match loss {
            Loss::NonSaturating => -output.ln(),
            Loss::LeastSquares => 0.5 * (output - 1.0) * (output - 1.0),
            Loss::Wasserstein { .. } => -output,
        };
        let arrow = trainer.gradient_field(&[x])[0];
        for k in 0..2 {
            let slope = (loss_at(outputs[2 * k + 1]) - loss_at(outputs[2 * k])) / (2.0 * h);
            // Scores are good to some 1e-7, so differences at this step to some 1e-4.
            assert!((arrow[k] + slope).abs() < 1e-3, "{loss:?}: {arrow:?} {k} {slope}");
        }
    }
}

/// The map takes each z by itself, whatever else it is asked for.
#[test]
fn the_map_is_a_map() {
    let mut trainer = Trainer::new(small(LOSSES[0], 1, 4)).unwrap();
    trainer.step(&mut clusters).unwrap();
    let z = [0.3, -1.0, 2.0, 0.5, 0.0, 0.1];
    let together = trainer.map(&z);
    assert_eq!(together.len(), 3);
    assert_eq!(trainer.map(&z[2..4]), &together[1..2]);
    assert_eq!(trainer.map(&z[..3]), &together[..1], "an incomplete last one is ignored");
}

#[test]
fn what_is_not_finite_leaves_nothing_behind() {
    let mut trainer = Trainer::new(small(LOSSES[0], 2, 4)).unwrap();
    let before = trainer.save();
    for bad in [f64::NAN, f64::INFINITY, 1e200] {
        let mut real = |_: &mut Random, points: &mut [[f64; 2]]| points[5] = [0.0, bad];
        let error = trainer.step(&mut real).unwrap_err();
        assert_eq!(error, StepError::RealNotFinite { index: 5 });
    }
    let mut far = |_: &mut Random, points: &mut [[f64; 2]]| points.fill([3e38; 2]);
    let error = trainer.step(&mut far).unwrap_err();
    assert_eq!((&error, error.code()), (&StepError::Diverged { steps: 0 }, "gan-diverged"));
    assert_eq!(trainer.save(), before);
    trainer.step(&mut clusters).unwrap();
}
