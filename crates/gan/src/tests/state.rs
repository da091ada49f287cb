//! Saving and resuming.

use super::losses::LOSSES;
use super::train::{clusters, small};
use crate::state::checksum;
use crate::{Config, STATE_VERSION, StateError, Trainer};

#[test]
fn a_resumed_run_goes_on_bit_for_bit() {
    for (loss, packing) in LOSSES.into_iter().zip([1, 2, 4]) {
        let mut straight = Trainer::new(small(loss, packing, 3)).unwrap();
        for _ in 0..10 {
            straight.step(&mut clusters).unwrap();
        }
        let saved = straight.save();
        let mut resumed = Trainer::resume(&saved).unwrap();
        assert_eq!(resumed.save(), saved);
        assert_eq!(resumed.config(), straight.config());
        assert_eq!(resumed.counters(), straight.counters());
        for _ in 0..10 {
            let losses = straight.step(&mut clusters).unwrap();
            assert_eq!(resumed.step(&mut clusters).unwrap(), losses);
        }
        assert_eq!(resumed.save(), straight.save());
        assert_eq!(resumed.generate(100), straight.generate(100));
    }
}

#[test]
fn every_configuration_comes_back() {
    for config in [Config::paper(3, u64::MAX), Config::page(LOSSES[2], 4, 7)] {
        let trainer = Trainer::new(config.clone()).unwrap();
        assert_eq!(Trainer::resume(&trainer.save()).unwrap().config(), &config);
    }
}

/// Bytes changed in one place, with their checksum made good.
fn forged(bytes: &[u8], place: usize, with: &[u8]) -> Vec<u8> {
    let mut body = bytes[..bytes.len() - 8].to_vec();
    body[place..place + with.len()].copy_from_slice(with);
    let sum = checksum(&body).to_le_bytes();
    body.extend(sum);
    body
}

#[test]
fn what_is_no_saved_run_is_refused() {
    let saved = Trainer::new(small(LOSSES[0], 1, 3)).unwrap().save();
    let error = |bytes: &[u8]| Trainer::resume(bytes).unwrap_err();
    assert_eq!(error(b""), StateError::NotAState);
    assert_eq!(error(b"{\"steps\": 3}"), StateError::NotAState);
    for length in [8, 11, 12, 19, 20, 100, saved.len() - 1] {
        let cut = error(&saved[..length]);
        assert!(matches!(cut, StateError::Damaged | StateError::Version { .. }), "{length}: {cut}");
    }
    for place in (12..saved.len()).step_by(97) {
        let mut bytes = saved.clone();
        bytes[place] ^= 4;
        assert_eq!(error(&bytes), StateError::Damaged, "{place}");
    }
    let newer = forged(&saved, 8, &(STATE_VERSION + 1).to_le_bytes());
    let found = STATE_VERSION + 1;
    assert_eq!(error(&newer), StateError::Version { found, known: STATE_VERSION });
    let mut longer = saved[..saved.len() - 8].to_vec();
    longer.push(0);
    longer.extend(checksum(&longer).to_le_bytes());
    assert_eq!(error(&longer), StateError::Damaged);
    // The latent coordinates come first.
    let empty = forged(&saved, 12, &0_u64.to_le_bytes());
    assert_eq!(error(&empty).code(), "gan-latent");
    let foreign = forged(&saved, 20, &7_u64.to_le_bytes());
    assert_eq!(error(&foreign), StateError::Damaged);
    // The last number before the checksum is a parameter's memory.
    let nan = forged(&saved, saved.len() - 12, &f32::NAN.to_le_bytes());
    assert_eq!(error(&nan), StateError::NotFinite);
}
