//! Whole objectives against central differences, for every loss, packing and activation.

use super::losses::LOSSES;
use super::{check, dot, flat, normal_matrix, set};
use crate::config::{Arithmetic, DiscriminatorSpec, GeneratorSpec, Init, Latent, Law};
use crate::discriminator::Discriminator;
use crate::generator::Generator;
use crate::matrix::Matrix;
use crate::objective::{of_discriminator, of_generator, on_real};
use crate::piecewise::Activation;
use crate::product::Products;
use crate::random::{Purpose, random};

const ACTIVATIONS: [Activation; 2] =
    [Activation::LeakyRelu { slope: 0.2 }, Activation::Maxout { pieces: 3 }];

fn discriminator(activation: Activation, packing: usize) -> Discriminator<f64> {
    let spec = DiscriminatorSpec { widths: vec![5, 4], activation, init: Init::He };
    Discriminator::new(&spec, packing, &mut random(5, Purpose::Discriminator, 0))
}

fn generator(norm: bool) -> Generator<f64> {
    let latent = Latent { dimension: 3, law: Law::Normal };
    let activation = Activation::LeakyRelu { slope: 0.0 };
    let spec = GeneratorSpec { latent, widths: vec![6, 5], norm, activation, init: Init::He };
    Generator::new(&spec, &mut random(7, Purpose::Generator, 0))
}

/// Every parameter away from where it starts, biases included.
fn shake(parameters: Vec<&mut [f64]>) {
    for (k, p) in parameters.into_iter().enumerate().filter(|(_, p)| !p.is_empty()) {
        let noise = normal_matrix(1, p.len(), 100 + k as u64);
        p.iter_mut().zip(noise.entries()).for_each(|(p, e)| *p += 0.3 * e);
    }
}

#[test]
fn the_discriminators_objective() {
    let products = &mut Products::new(Arithmetic::Portable);
    let batch = 6;
    let mix: Vec<f64> = (0..batch).map(|b| (b as f64 + 0.5) / 6.0).collect();
    for loss in LOSSES {
        for packing in 1..=4 {
            for activation in ACTIVATIONS {
                let mut d = discriminator(activation, packing);
                shake(d.parameters_mut());
                let real = normal_matrix(batch, 2 * packing, 1);
                let fake = normal_matrix(batch, 2 * packing, 2);
                let mut objective = |d: &Discriminator<f64>| {
                    let real = on_real(products, d, loss, real.clone());
                    let fake = d.forward(products, fake.clone());
                    let deltas = d.deltas(products, &fake);
                    of_discriminator(products, d, loss, real, (&fake, &deltas), &mix)
                };
                let at = objective(&d);
                let mut moved = d.clone();
                check(
                    &format!("discriminator, {loss:?}, packing {packing}, {activation:?}"),
                    &flat(&d.parameters()),
                    &flat(&at.gradient.parameters()),
                    |p| {
                        set(moved.parameters_mut(), p);
                        let there = objective(&moved);
                        there.value + there.penalty
                    },
                );
            }
        }
    }
}

#[test]
fn the_generators_objective() {
    let products = &mut Products::new(Arithmetic::Portable);
    for loss in LOSSES {
        for packing in 1..=4 {
            for (norm, activation) in [(true, ACTIVATIONS[0]), (false, ACTIVATIONS[1])] {
                let (mut g, mut d) = (generator(norm), discriminator(activation, packing));
                shake(g.parameters_mut());
                shake(d.parameters_mut());
                let z = normal_matrix(5 * packing, 3, 3);
                let mut objective = |g: &Generator<f64>| {
                    let points = g.forward(products, z.clone(), packing);
                    let packs = d.forward(products, points.output.clone().reshaped(2 * packing));
                    let deltas = d.deltas(products, &packs);
                    of_generator(products, (g, &points), &d, (&packs, &deltas), loss)
                };
                let (_, gradient) = objective(&g);
                let mut moved = g.clone();
                check(
                    &format!("generator, {loss:?}, packing {packing}, norm {norm}"),
                    &flat(&g.parameters()),
                    &flat(&gradient.parameters()),
                    |p| {
                        set(moved.parameters_mut(), p);
                        objective(&moved).0
                    },
                );
            }
        }
    }
}

/// The double backward pass by itself: the gradient in the parameters of Σ ⟨v, ∇s⟩.
#[test]
fn the_second_derivative() {
    let products = &mut Products::new(Arithmetic::Portable);
    for activation in ACTIVATIONS {
        let mut d = discriminator(activation, 2);
        shake(d.parameters_mut());
        let (x, v) = (normal_matrix(6, 4, 1), normal_matrix(6, 4, 2));
        let tape = d.forward(products, x.clone());
        let deltas = d.deltas(products, &tape);
        let second = d.second(products, &tape, &deltas, v.clone());
        let mut moved = d.clone();
        check(
            &format!("second derivative, {activation:?}"),
            &flat(&d.parameters()),
            &flat(&second.parameters()),
            |p| {
                set(moved.parameters_mut(), p);
                let tape = moved.forward(products, x.clone());
                let deltas = moved.deltas(products, &tape);
                dot(moved.in_packs(products, &deltas, &[1.0; 6]).entries(), v.entries())
            },
        );
        let g = d.in_packs(products, &deltas, &[1.0; 6]);
        check(&format!("scores in the packs, {activation:?}"), x.entries(), g.entries(), |x| {
            d.forward(products, Matrix::new(6, 4, x.to_vec())).scores.iter().sum()
        });
    }
}

/// A discriminator without hidden layers has ∇s = w: its penalty is λ (|w| − 1)².
#[test]
fn the_penalty_in_closed_form() {
    let products = &mut Products::new(Arithmetic::Portable);
    let activation = ACTIVATIONS[0];
    let spec = DiscriminatorSpec { widths: vec![], activation, init: Init::He };
    let mut d = Discriminator::new(&spec, 1, &mut random(1, Purpose::Discriminator, 0));
    for (w, penalty) in [([3.0, 4.0], 160.0), ([0.6, 0.8], 0.0), ([0.0, 0.0], 10.0)] {
        set(d.parameters_mut(), &[w[0], w[1], 0.5]);
        let packs = normal_matrix(4, 2, 1);
        let real = on_real(products, &d, LOSSES[2], packs.clone());
        let tape = d.forward(products, packs);
        let deltas = d.deltas(products, &tape);
        let at = of_discriminator(products, &d, LOSSES[2], real, (&tape, &deltas), &[0.5; 4]);
        assert!((at.penalty - penalty).abs() < 1e-12, "{w:?}: {}", at.penalty);
        assert!(flat(&at.gradient.parameters()).iter().all(|g| g.is_finite()));
    }
}

#[test]
fn packing_only_reshapes() {
    let products = &mut Products::new(Arithmetic::Portable);
    let points = normal_matrix(12, 2, 1);
    for packing in 1..=4 {
        let packs = points.clone().reshaped(2 * packing);
        assert_eq!((packs.rows(), packs.columns()), (12 / packing, 2 * packing));
        assert_eq!(packs.entries(), points.entries(), "points of a pack are neighbours");
        let tape = discriminator(ACTIVATIONS[0], packing).forward(products, packs);
        assert_eq!(tape.scores.len(), 12 / packing);
    }
}

/// f32 computes what f64 does, to f32's precision.
#[test]
fn f32_follows_f64() {
    let products = &mut Products::new(Arithmetic::Portable);
    let spec =
        DiscriminatorSpec { widths: vec![40, 30], activation: ACTIVATIONS[1], init: Init::He };
    let d = Discriminator::<f64>::new(&spec, 2, &mut random(3, Purpose::Discriminator, 0));
    let single = Discriminator::<f32>::new(&spec, 2, &mut random(3, Purpose::Discriminator, 0));
    let x = normal_matrix(33, 4, 1);
    let low = Matrix::new(33, 4, x.entries().iter().map(|x| *x as f32).collect());
    let mix = vec![0.25; 33];
    let real = on_real(products, &d, LOSSES[2], x.clone());
    let real_low = on_real(products, &single, LOSSES[2], low.clone());
    let tape = d.forward(products, x);
    let tape_low = single.forward(products, low);
    let deltas = d.deltas(products, &tape);
    let at = of_discriminator(products, &d, LOSSES[2], real, (&tape, &deltas), &mix);
    let mix = vec![0.25_f32; 33];
    let deltas = single.deltas(products, &tape_low);
    let fake = (&tape_low, &deltas[..]);
    let at_low = of_discriminator(products, &single, LOSSES[2], real_low, fake, &mix);
    assert!((at.penalty - at_low.penalty).abs() < 1e-5 * at.penalty.max(1.0));
    let scale = flat(&at.gradient.parameters()).iter().fold(0.0_f64, |m, g| m.max(g.abs()));
    let pairs =
        at.gradient.parameters().concat().into_iter().zip(at_low.gradient.parameters().concat());
    for (high, low) in pairs {
        assert!((high - f64::from(low)).abs() < 1e-5 * scale, "{high} {low}");
    }
}
