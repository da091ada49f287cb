//! The generator: from the latent space to the plane.

use crate::config::{GeneratorSpec, Init};
use crate::linear::Linear;
use crate::matrix::Matrix;
use crate::norm::{Norm, NormTape, Statistics};
use crate::piecewise::{Activation, Pieces};
use crate::product::Products;
use crate::random::{Random, normals};
use crate::scalar::Scalar;

/// Hidden layers (linear, without bias where batch normalisation follows, then the activation), and
/// a linear layer to the plane. A gradient has the network's own shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Generator<T> {
    hidden: Vec<(Linear<T>, Option<Norm<T>>)>,
    last: Linear<T>,
    activation: Activation,
}

/// What the forward pass leaves for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct GeneratorTape<T> {
    /// What went into each linear layer.
    inputs: Vec<Matrix<T>>,
    norms: Vec<Option<NormTape<T>>>,
    pieces: Vec<Pieces<T>>,
    /// Batch × 2.
    pub(crate) output: Matrix<T>,
}

/// Where a layer stands in its network.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Hidden,
    Last,
}

/// A linear layer as `init` has it, with a bias or without.
pub(crate) fn random_linear<T: Scalar>(
    rng: &mut Random,
    shape: (usize, usize),
    bias: bool,
    init: Init,
    place: Place,
) -> Linear<T> {
    let (deviation, of_bias) = match (init, place) {
        (Init::Normal { deviation }, _) => (deviation, 0.0),
        (Init::He, Place::Hidden) => ((2.0 / shape.0 as f64).sqrt(), 1.0),
        (Init::He, Place::Last) => ((1.0 / shape.0 as f64).sqrt(), 0.0),
    };
    let mut weights = Matrix::zeros(shape.0, shape.1);
    normals(rng, deviation, weights.entries_mut());
    let mut biases = vec![T::ZERO; if bias { shape.1 } else { 0 }];
    if of_bias > 0.0 {
        normals(rng, of_bias, &mut biases);
    }
    Linear { weights, bias: biases }
}

impl<T: Scalar> Generator<T> {
    /// With random weights. Everything about `spec` has been checked.
    pub(crate) fn new(spec: &GeneratorSpec, rng: &mut Random) -> Self {
        let mut from = spec.latent.dimension;
        let mut hidden = Vec::new();
        for width in &spec.widths {
            let columns = width * spec.activation.inputs();
            let linear = random_linear(rng, (from, columns), !spec.norm, spec.init, Place::Hidden);
            hidden.push((linear, spec.norm.then(|| Norm::new(columns))));
            from = *width;
        }
        let last = random_linear(rng, (from, 2), true, spec.init, Place::Last);
        Self { hidden, last, activation: spec.activation }
    }

    /// The points of `z` (batch × latent), normalised by the batch's own statistics, those of row r
    /// with the other rows of r mod `groups`.
    pub(crate) fn forward(
        &self,
        products: &mut Products,
        z: Matrix<T>,
        groups: usize,
    ) -> GeneratorTape<T> {
        let (mut inputs, mut norms, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
        let mut x = z;
        for (linear, norm) in &self.hidden {
            let mut y = linear.forward(products, &x);
            inputs.push(x);
            let mut tape = None;
            if let Some(norm) = norm {
                let (normalised, kept) = norm.forward(y, groups);
                (y, tape) = (normalised, Some(kept));
            }
            norms.push(tape);
            let (next, chosen) = self.activation.forward(y);
            pieces.push(chosen);
            x = next;
        }
        let output = self.last.forward(products, &x);
        inputs.push(x);
        GeneratorTape { inputs, norms, pieces, output }
    }

    /// The statistics of each hidden layer's linear part on `z`; none where nothing is normalised.
    pub(crate) fn statistics(&self, products: &mut Products, z: Matrix<T>) -> Vec<Statistics<T>> {
        let mut all = Vec::new();
        let mut x = z;
        for (linear, norm) in &self.hidden {
            let mut y = linear.forward(products, &x);
            if let Some(norm) = norm {
                let statistics = Statistics::of(&y);
                norm.apply(&mut y, &statistics);
                all.push(statistics);
            }
            x = self.activation.forward(y).0;
        }
        all
    }

    /// The points of `z` with these statistics: a map that takes each z by itself.
    pub(crate) fn apply(
        &self,
        products: &mut Products,
        z: Matrix<T>,
        statistics: &[Statistics<T>],
    ) -> Matrix<T> {
        let mut statistics = statistics.iter();
        let mut x = z;
        for (linear, norm) in &self.hidden {
            let mut y = linear.forward(products, &x);
            if let (Some(norm), Some(statistics)) = (norm, statistics.next()) {
                norm.apply(&mut y, statistics);
            }
            x = self.activation.forward(y).0;
        }
        self.last.forward(products, &x)
    }

    /// The same map without normalisation, that of `statistics` folded into the linear layers.
    pub(crate) fn folded(&self, statistics: &[Statistics<T>]) -> Self {
        let mut statistics = statistics.iter();
        let fold = |(linear, norm): &(Linear<T>, Option<Norm<T>>)| {
            let folded = norm.as_ref().zip(statistics.next()).map(|(n, s)| n.fold(linear, s));
            (folded.unwrap_or_else(|| linear.clone()), None)
        };
        Self {
            hidden: self.hidden.iter().map(fold).collect(),
            last: self.last.clone(),
            activation: self.activation,
        }
    }

    /// The gradient in all parameters, given the gradient `g` (batch × 2) in the points.
    pub(crate) fn backward(
        &self,
        products: &mut Products,
        tape: &GeneratorTape<T>,
        g: &Matrix<T>,
    ) -> Self {
        let depth = self.hidden.len();
        let last = self.last.gradient(products, &tape.inputs[depth], g);
        let mut g = self.last.pull(products, g);
        let mut hidden = Vec::with_capacity(depth);
        for (l, (linear, norm)) in self.hidden.iter().enumerate().rev() {
            g = tape.pieces[l].pull(self.activation.inputs(), g);
            let mut in_norm = None;
            if let (Some(norm), Some(tape)) = (norm, &tape.norms[l]) {
                let (gradient, through) = norm.backward(tape, g);
                (in_norm, g) = (Some(gradient), through);
            }
            hidden.push((linear.gradient(products, &tape.inputs[l], &g), in_norm));
            if l > 0 {
                g = linear.pull(products, &g);
            }
        }
        hidden.reverse();
        Self { hidden, last, activation: self.activation }
    }

    /// The linear layers, the last one to the plane.
    pub(crate) fn linears(&self) -> impl Iterator<Item = &Linear<T>> {
        self.hidden.iter().map(|(linear, _)| linear).chain(std::iter::once(&self.last))
    }

    /// All parameters, in an order that stays.
    pub(crate) fn parameters(&self) -> Vec<&[T]> {
        let mut all = Vec::new();
        for (linear, norm) in &self.hidden {
            all.extend(linear.parameters());
            all.extend(norm.iter().flat_map(Norm::parameters));
        }
        all.extend(self.last.parameters());
        all
    }

    /// All parameters, in the order of `parameters`.
    pub(crate) fn parameters_mut(&mut self) -> Vec<&mut [T]> {
        let mut all = Vec::new();
        for (linear, norm) in &mut self.hidden {
            all.extend(linear.parameters_mut());
            all.extend(norm.iter_mut().flat_map(Norm::parameters_mut));
        }
        all.extend(self.last.parameters_mut());
        all
    }
}
