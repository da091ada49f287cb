//! Losses of a batch with their gradients in the parameters of either network.

use crate::discriminator::{Discriminator, Tape};
use crate::generator::{Generator, GeneratorTape};
use crate::loss::{Loss, Slopes};
use crate::matrix::Matrix;
use crate::product::Products;
use crate::scalar::Scalar;

/// The discriminator's objective on a batch.
pub(crate) struct DiscriminatorObjective<T> {
    /// Without the penalty.
    pub(crate) value: f64,
    /// λ times the mean penalty; 0 where the loss has none.
    pub(crate) penalty: f64,
    /// Of the sum of both.
    pub(crate) gradient: Discriminator<T>,
}

/// The discriminator's loss on real packs, and its gradient.
pub(crate) struct OnReal<T> {
    tape: Tape<T>,
    value: f64,
    gradient: Discriminator<T>,
}

/// The part of the discriminator's objective that knows nothing of the generator.
pub(crate) fn on_real<T: Scalar>(
    products: &mut Products,
    discriminator: &Discriminator<T>,
    loss: Loss,
    packs: Matrix<T>,
) -> OnReal<T> {
    let tape = discriminator.forward(products, packs);
    let deltas = discriminator.deltas(products, &tape);
    let Slopes { value, slopes } = loss.on_real(&tape.scores);
    let gradient = discriminator.gradient(products, &tape, &deltas, &slopes);
    OnReal { tape, value, gradient }
}

/// The discriminator's loss on as many real as generated packs, given its part on the real ones, and
/// scores and deltas of the generated ones. `mix` holds ε of each pack; only a loss with a penalty reads it.
pub(crate) fn of_discriminator<T: Scalar>(
    products: &mut Products,
    discriminator: &Discriminator<T>,
    loss: Loss,
    OnReal { tape: real, value, mut gradient }: OnReal<T>,
    (fake, fake_deltas): (&Tape<T>, &[Matrix<T>]),
    mix: &[T],
) -> DiscriminatorObjective<T> {
    let on_fake = loss.on_fake(&fake.scores);
    let in_fake = discriminator.gradient(products, fake, fake_deltas, &on_fake.slopes);
    gradient.add(&in_fake);
    let mut penalty = 0.0;
    if let Loss::Wasserstein { penalty: lambda } = loss {
        let between = between(&real.inputs[0], &fake.inputs[0], mix);
        let (value, in_parameters) = penalise(products, discriminator, between, lambda);
        penalty = value;
        gradient.add(&in_parameters);
    }
    DiscriminatorObjective { value: value + on_fake.value, penalty, gradient }
}

/// The generator's loss on generated packs, whose points, scores and deltas are given, and its
/// gradient.
pub(crate) fn of_generator<T: Scalar>(
    products: &mut Products,
    (generator, points): (&Generator<T>, &GeneratorTape<T>),
    discriminator: &Discriminator<T>,
    (packs, deltas): (&Tape<T>, &[Matrix<T>]),
    loss: Loss,
) -> (f64, Generator<T>) {
    let slopes = loss.of_generator(&packs.scores);
    let g = discriminator.in_packs(products, deltas, &slopes.slopes).reshaped(2);
    (slopes.value, generator.backward(products, points, &g))
}

/// ε · real + (1 − ε) · fake, pack by pack.
fn between<T: Scalar>(real: &Matrix<T>, fake: &Matrix<T>, mix: &[T]) -> Matrix<T> {
    let mut packs = fake.clone();
    for ((to, from), e) in packs.iter_rows_mut().zip(real.iter_rows()).zip(mix) {
        to.iter_mut().zip(from).for_each(|(to, from)| *to = *e * *from + (T::ONE - *e) * *to);
    }
    packs
}

/// λ mean (‖∇s‖ − 1)² over `packs`, and its gradient in the parameters. With P the penalty and
/// u = ∂P/∂∇s = 2λ/B · (‖∇s‖ − 1) ∇s/‖∇s‖ (zero where ∇s is), it is the gradient of ⟨u, ∇s⟩ with u
/// held fixed.
fn penalise<T: Scalar>(
    products: &mut Products,
    discriminator: &Discriminator<T>,
    packs: Matrix<T>,
    lambda: f64,
) -> (f64, Discriminator<T>) {
    let tape = discriminator.forward(products, packs);
    let deltas = discriminator.deltas(products, &tape);
    let mut along = discriminator.in_packs(products, &deltas, &vec![T::ONE; tape.scores.len()]);
    let share = lambda / along.rows() as f64;
    let mut value = 0.0;
    for g in along.iter_rows_mut() {
        let norm = g.iter().map(|g| g.to_f64() * g.to_f64()).sum::<f64>().sqrt();
        value += share * (norm - 1.0) * (norm - 1.0);
        let factor = if norm > 0.0 { 2.0 * share * (norm - 1.0) / norm } else { 0.0 };
        g.iter_mut().for_each(|g| *g = T::of(factor * g.to_f64()));
    }
    (value, discriminator.second(products, &tape, &deltas, along))
}
