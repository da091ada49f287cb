//! The same bits on every machine: fingerprints of whole runs, frozen.

use super::losses::LOSSES;
use super::train::{clusters, small};
use crate::product::Products;
use crate::state::checksum;
use crate::{Arithmetic, Trainer};
use fearless_simd::Level;

/// Of the saved state after 100 steps. They change only with the mathematics or the format, never
/// with the machine: x86 with narrow and wide vectors, ARM and wasm agree.
const FINGERPRINTS: [u64; 3] =
    [0x6752_3317_221a_9e2f, 0x7cbc_2daf_438f_f4dd, 0xace7_f195_6726_b89b];

#[test]
fn a_hundred_steps_are_the_same_on_every_machine() {
    for level in [Level::new(), Level::baseline()] {
        let mut found = Vec::new();
        for (loss, packing) in LOSSES.into_iter().zip([1, 2, 4]) {
            let mut trainer = Trainer::new(small(loss, packing, 11)).unwrap();
            trainer.products = Products::with(level, Arithmetic::Portable);
            for _ in 0..100 {
                trainer.step(&mut clusters).unwrap();
            }
            found.push(checksum(&trainer.save()));
        }
        assert_eq!(found, FINGERPRINTS, "{level:?}: {found:#x?}");
    }
}
