//! The discriminator: from packs of points to scores, with derivatives of first and second order.

use crate::config::DiscriminatorSpec;
use crate::generator::{Place, random_linear};
use crate::linear::Linear;
use crate::matrix::Matrix;
use crate::piecewise::{Activation, Pieces};
use crate::product::Products;
use crate::random::Random;
use crate::scalar::Scalar;

/// Hidden layers (linear with bias, then an activation that is linear in pieces), and a linear layer
/// to one score. Nothing in it couples the rows of a batch. A gradient has the network's own shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Discriminator<T> {
    /// The last one gives the score.
    linears: Vec<Linear<T>>,
    activation: Activation,
}

/// What the forward pass leaves for the others.
#[derive(Clone, Debug)]
pub(crate) struct Tape<T> {
    /// What went into each linear layer; the first is the batch of packs, packs × 2m.
    pub(crate) inputs: Vec<Matrix<T>>,
    pieces: Vec<Pieces<T>>,
    /// One a pack.
    pub(crate) scores: Vec<T>,
}

impl<T: Scalar> Discriminator<T> {
    /// With random weights, for packs of `packing` points. Everything has been checked.
    pub(crate) fn new(spec: &DiscriminatorSpec, packing: usize, rng: &mut Random) -> Self {
        let mut from = 2 * packing;
        let mut linears = Vec::new();
        for width in &spec.widths {
            let shape = (from, width * spec.activation.inputs());
            linears.push(random_linear(rng, shape, true, spec.init, Place::Hidden));
            from = *width;
        }
        linears.push(random_linear(rng, (from, 1), true, spec.init, Place::Last));
        Self { linears, activation: spec.activation }
    }

    /// The scores of `packs` (packs × 2m).
    pub(crate) fn forward(&self, products: &mut Products, packs: Matrix<T>) -> Tape<T> {
        let (mut inputs, mut pieces) = (Vec::new(), Vec::new());
        let mut x = packs;
        for (l, linear) in self.linears.iter().enumerate() {
            let y = linear.forward(products, &x);
            inputs.push(x);
            if l + 1 == self.linears.len() {
                return Tape { inputs, pieces, scores: y.entries().to_vec() };
            }
            let (next, chosen) = self.activation.forward(y);
            pieces.push(chosen);
            x = next;
        }
        Tape { inputs, pieces, scores: Vec::new() }
    }

    /// The gradient of each pack's score in the output of each linear layer. That of a function of
    /// the scores follows, since rows are not coupled: each row times the slope of its score.
    pub(crate) fn deltas(&self, products: &mut Products, tape: &Tape<T>) -> Vec<Matrix<T>> {
        let rows = tape.scores.len();
        let mut deltas = vec![Matrix::new(rows, 1, vec![T::ONE; rows])];
        for (linear, pieces) in self.linears.iter().skip(1).zip(&tape.pieces).rev() {
            let g = linear.pull(products, &deltas[deltas.len() - 1]);
            deltas.push(pieces.pull(self.activation.inputs(), g));
        }
        deltas.reverse();
        deltas
    }

    /// The gradient of Σ slopes · scores in the packs.
    pub(crate) fn in_packs(
        &self,
        products: &mut Products,
        deltas: &[Matrix<T>],
        slopes: &[T],
    ) -> Matrix<T> {
        self.linears[0].pull(products, &deltas[0]).scaled(slopes)
    }

    /// The gradient of Σ slopes · scores in all parameters.
    pub(crate) fn gradient(
        &self,
        products: &mut Products,
        tape: &Tape<T>,
        deltas: &[Matrix<T>],
        slopes: &[T],
    ) -> Self {
        let layers = self.linears.iter().zip(&tape.inputs).zip(deltas);
        let linears = layers
            .map(|((linear, x), g)| linear.gradient(products, x, &g.clone().scaled(slopes)))
            .collect();
        Self { linears, activation: self.activation }
    }

    /// The second derivative that a gradient penalty needs: the gradient in all parameters of
    /// Σ ⟨`along`, ∇s⟩, with `along` (packs × 2m) held fixed.
    ///
    /// Between the borders of its pieces the network is linear, layer by layer, with masks M:
    /// ∇s = ((1 · Wₗᵀ Mₗ₋₁) … M₁) W₁ᵀ. Each weight enters this product once, and the masks do not
    /// move, so the gradient in Wₗ is vₗᵀ · deltaₗ, where v₁ = `along` and vₗ₊₁ = Mₗ(vₗ Wₗ): the
    /// derivative of the forward pass along `along`, through the same masks and without biases,
    /// whose own gradient is zero.
    pub(crate) fn second(
        &self,
        products: &mut Products,
        tape: &Tape<T>,
        deltas: &[Matrix<T>],
        along: Matrix<T>,
    ) -> Self {
        let mut v = along;
        let mut linears = Vec::with_capacity(self.linears.len());
        for (l, linear) in self.linears.iter().enumerate() {
            let weights = products.weights(&v, &deltas[l]);
            linears.push(Linear { weights, bias: vec![T::ZERO; linear.bias.len()] });
            if let Some(pieces) = tape.pieces.get(l) {
                v = pieces.push(products.forward(&v, &linear.weights));
            }
        }
        Self { linears, activation: self.activation }
    }

    /// Adds `other`, of the same shape.
    pub(crate) fn add(&mut self, other: &Self) {
        for (to, from) in self.parameters_mut().into_iter().zip(other.parameters()) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += *from);
        }
    }

    /// All parameters, in an order that stays.
    pub(crate) fn parameters(&self) -> Vec<&[T]> {
        self.linears.iter().flat_map(Linear::parameters).collect()
    }

    /// All parameters, in the order of `parameters`.
    pub(crate) fn parameters_mut(&mut self) -> Vec<&mut [T]> {
        self.linears.iter_mut().flat_map(Linear::parameters_mut).collect()
    }
}
