//! A generator by itself.

use super::losses::LOSSES;
use super::train::{clusters, small};
use crate::{Activation, FROZEN_VERSION, Frozen, StateError, Trainer};

/// One with batch normalisation, one without, one with maxout.
fn trained() -> Vec<Trainer> {
    let mut all = Vec::new();
    for (packing, activation) in [(2, None), (1, None), (3, Some(Activation::Maxout { pieces: 2 }))]
    {
        let mut config = small(LOSSES[0], packing, 5);
        config.generator.activation = activation.unwrap_or(config.generator.activation);
        let mut trainer = Trainer::new(config).unwrap();
        for _ in 0..50 {
            trainer.step(&mut clusters).unwrap();
        }
        all.push(trainer);
    }
    all
}

/// The largest distance between two lists of points.
fn apart(a: &[[f32; 2]], b: &[[f32; 2]]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1])).fold(0.0, f32::max)
}

#[test]
fn the_map_is_the_trainers() {
    for mut trainer in trained() {
        let frozen = trainer.freeze();
        let z = frozen.latent(500, trainer.config().seed);
        let points = trainer.generate(500);
        assert!(apart(&frozen.map(&z), &points) < 1e-5, "folding only rounds");
        let halved = Frozen::from_half(&frozen.to_half().unwrap()).unwrap();
        assert_eq!(halved.spec().widths, frozen.spec().widths);
        let error = apart(&halved.map(&z), &points);
        // Each of some 16 terms a unit is rounded by 2⁻¹¹ of itself.
        assert!(error > 0.0 && error < 0.05, "{error}");
        assert_eq!(Frozen::from_half(&halved.to_half().unwrap()).unwrap(), halved);
    }
}

#[test]
fn other_bytes_are_refused() {
    let bytes = trained().remove(0).freeze().to_half().unwrap();
    assert_eq!(Frozen::from_half(b"hello"), Err(StateError::NotAState));
    assert_eq!(Frozen::from_half(&bytes[..40]), Err(StateError::Damaged));
    let mut newer = bytes.clone();
    newer[8] += 1;
    let found = FROZEN_VERSION + 1;
    assert_eq!(
        Frozen::from_half(&newer),
        Err(StateError::Version { found, known: FROZEN_VERSION })
    );
    for place in (12..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[place] ^= 4;
        assert_eq!(Frozen::from_half(&changed), Err(StateError::Damaged));
    }
}
