//! Adam, on the weights as plain numbers: a saved run is then its weights and two lists more.

use crate::layers::Network;
use crate::weights::{numbers, replaced};
use burn::module::{ModuleMapper, Param};
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

    /// The network, moved against its gradient, `rate` being Adam's α.
    pub(super) fn step<N: Network>(&mut self, network: N, gradients: &Gradients, rate: f64) -> N {
        self.steps += 1;
        let t = self.steps as f64;
        let mut mover = Mover {
            gradients,
            rate: (rate / (1.0 - libm::pow(BETA1, t))) as f32,
            unbias: (1.0 / (1.0 - libm::pow(BETA2, t))) as f32,
            first: &mut self.first,
            second: &mut self.second,
        };
        network.map(&mut mover)
    }
}

struct Mover<'a> {
    gradients: &'a Gradients,
    rate: f32,
    unbias: f32,
    /// Of the weights that are still to be moved.
    first: &'a mut [f32],
    second: &'a mut [f32],
}

impl ModuleMapper for Mover<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let tensor = param.val();
        let mut weights = numbers(tensor.clone().inner());
        let (first, rest) = std::mem::take(&mut self.first).split_at_mut(weights.len());
        self.first = rest;
        let (second, rest) = std::mem::take(&mut self.second).split_at_mut(weights.len());
        self.second = rest;
        let Some(gradient) = tensor.grad(self.gradients) else { return param };
        let entries = weights.iter_mut().zip(numbers(gradient)).zip(first).zip(second);
        for (((weight, g), first), second) in entries {
            *first += (1.0 - BETA1) as f32 * (g - *first);
            *second += (1.0 - BETA2) as f32 * (g * g - *second);
            *weight -= self.rate * *first / ((*second * self.unbias).sqrt() + EPSILON);
        }
        replaced(param, weights)
    }
}
