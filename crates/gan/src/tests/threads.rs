//! Several threads give the bits of one.

use super::losses::LOSSES;
use super::train::{clusters, small};
use crate::matrix::Matrix;
use crate::product::Products;
use crate::random::{Purpose, normals, random};
use crate::{Activation, Arithmetic, Config, Trainer};
use fearless_simd::Level;

fn matrix(rows: usize, columns: usize, seed: u64) -> Matrix<f32> {
    let mut matrix = Matrix::zeros(rows, columns);
    normals(&mut random(seed, Purpose::Samples, 2), 1.0, matrix.entries_mut());
    matrix
}

/// Among them bands with fewer rows than the others, fewer bands or shares of columns than threads,
/// and panels that are not full.
#[test]
fn products_in_bands() {
    let shapes = [(1, 9, 40), (7, 40, 31), (37, 29, 33), (50, 61, 130), (101, 13, 1), (25, 7, 290)];
    for arithmetic in [Arithmetic::Portable, Arithmetic::Fused] {
        for level in [Level::new(), Level::baseline()] {
            let alone = &mut Products::with(level, arithmetic);
            let shared = &mut Products::with(level, arithmetic);
            shared.worth(1);
            for threads in [2, 3, 5] {
                shared.set_threads(threads);
                for (batch, from, to) in shapes {
                    let (x, w) = (matrix(batch, from, 1), matrix(from, to, 2));
                    let g = matrix(batch, to, 3);
                    let what = format!("{batch} {from} {to}, {threads} threads");
                    assert_eq!(shared.forward(&x, &w), alone.forward(&x, &w), "x·W {what}");
                    assert_eq!(shared.weights(&x, &g), alone.weights(&x, &g), "xᵀ·g {what}");
                    assert_eq!(shared.back(&g, &w), alone.back(&g, &w), "g·Wᵀ {what}");
                }
            }
        }
    }
}

/// The state after some steps on one thread, two and three, with bands wherever they can be.
fn states(config: &Config, steps: usize) -> [Vec<u8>; 3] {
    [1, 2, 3].map(|threads| {
        let mut trainer = Trainer::new(config.clone()).unwrap();
        trainer.products.worth(1);
        trainer.set_threads(threads);
        for _ in 0..steps {
            trainer.step(&mut clusters).unwrap();
        }
        trainer.generate(33);
        trainer.save()
    })
}

#[test]
fn runs_of_both_architectures() {
    for packing in [1, 3] {
        // Widths and a batch that no band and no panel divides.
        let mut paper = Config::paper(packing, 5);
        paper.generator.widths = vec![61, 47, 53];
        paper.discriminator.widths = vec![23, 37];
        paper.batch = 43;
        paper.arithmetic = Arithmetic::Fused;
        assert_eq!(paper.discriminator.activation, Activation::Maxout { pieces: 5 });
        let mut configs = vec![paper];
        configs.extend(LOSSES.map(|loss| small(loss, packing, 5)));
        for config in configs {
            let [one, two, three] = states(&config, 5);
            assert!(one == two && one == three, "{config:?}");
        }
    }
}

/// With the real threshold, a whole step of the networks that are trained for hours.
#[test]
fn a_step_at_full_size() {
    let config = Config { arithmetic: Arithmetic::Fused, ..Config::paper(4, 1) };
    let [one, two] = [1, 2].map(|threads| {
        let mut trainer = Trainer::new(config.clone()).unwrap();
        trainer.set_threads(threads);
        trainer.step(&mut clusters).unwrap();
        trainer.save()
    });
    assert!(one == two);
}

#[test]
fn a_run_goes_on_with_another_number() {
    let mut trainer = Trainer::new(small(LOSSES[0], 2, 3)).unwrap();
    trainer.step(&mut clusters).unwrap();
    let mut resumed = Trainer::resume(&trainer.save()).unwrap();
    resumed.set_threads(2);
    trainer.step(&mut clusters).unwrap();
    resumed.step(&mut clusters).unwrap();
    assert_eq!(resumed.save(), trainer.save());
    assert_eq!(resumed.config(), trainer.config());
}
