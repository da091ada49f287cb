//! Adam, on the weights as plain numbers: a saved run is then its weights and two lists more.

use crate::layers::Network;
use crate::weights::{numbers, weights, with_weights};
use burn::module::{ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Gradients, Tensor};

/// β₁ and β₂, the paper's; ε of Kingma and Ba, *Adam* (ICLR 2015), algorithm 1.
const BETA1: f64 = 0.5;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;

/// Adam's memory of one network: of each weight the decaying mean of its gradient and of the
/// gradient's square.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Adam {
    pub(super) steps: u64,
    pub(super) first: Vec<f32>,
    pub(super) second: Vec<f32>,
}

impl Adam {
    pub(super) fn new(weights: usize) -> Self {
        Self { steps: 0, first: vec![0.0; weights], second: vec![0.0; weights] }
    }

    /// How many weights it remembers.
    pub(super) fn len(&self) -> usize {
        self.first.len()
    }

    /// The network, moved against its gradient, `rate` being Adam's α.
    pub(super) fn step<N: Network>(&mut self, network: N, gradient: &[f32], rate: f64) -> N {
        self.steps += 1;
        let t = self.steps as f64;
        let rate = (rate / (1.0 - libm::pow(BETA1, t))) as f32;
        let unbias = (1.0 / (1.0 - libm::pow(BETA2, t))) as f32;
        let mut moved = weights(&network);
        let memory = self.first.iter_mut().zip(&mut self.second);
        for ((weight, g), (first, second)) in moved.iter_mut().zip(gradient).zip(memory) {
            *first += (1.0 - BETA1) as f32 * (g - *first);
            *second += (1.0 - BETA2) as f32 * (g * g - *second);
            *weight -= rate * *first / ((*second * unbias).sqrt() + EPSILON);
        }
        // They are as many as they were.
        with_weights(network.clone(), &moved).unwrap_or(network)
    }
}

/// The gradient by each weight, in the order of the layers; 0 where there is none.
pub(super) fn gradient<N: Network>(network: &N, gradients: &Gradients) -> Vec<f32> {
    let mut reader = Reader { gradients, all: vec![] };
    network.visit(&mut reader);
    reader.all
}

struct Reader<'a> {
    gradients: &'a Gradients,
    all: Vec<f32>,
}

impl ModuleVisitor for Reader<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        match tensor.grad(self.gradients) {
            Some(gradient) => self.all.extend(numbers(gradient)),
            None => self.all.resize(self.all.len() + tensor.dims().iter().product::<usize>(), 0.0),
        }
    }
}

/// The network with leaves of its own in burn's graph.
pub(super) fn apart<N: Network>(network: &N) -> N {
    struct Apart;
    impl ModuleMapper for Apart {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            param.map(|old| {
                let trained = old.is_require_grad();
                Tensor::from_inner(old.inner()).set_require_grad(trained)
            })
        }
    }
    network.clone().map(&mut Apart)
}
