//! Adam.

use crate::scalar::Scalar;

/// The settings of Adam: Kingma and Ba, *Adam* (ICLR 2015), algorithm 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamSettings {
    /// The step size α: above 0, at most 1.
    pub rate: f64,
    /// β₁, the decay of the mean: from 0 up to, but not including, 1.
    pub beta1: f64,
    /// β₂, the decay of the mean square: from 0 up to, but not including, 1.
    pub beta2: f64,
}

/// ε of the algorithm.
const EPSILON: f64 = 1e-8;

/// Adam's memory: of each parameter the decaying mean of its gradient and of the gradient's square.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Adam<T> {
    pub(crate) settings: AdamSettings,
    /// β₁ᵗ and β₂ᵗ after t steps.
    pub(crate) powers: [f64; 2],
    pub(crate) first: Vec<Vec<T>>,
    pub(crate) second: Vec<Vec<T>>,
}

impl<T: Scalar> Adam<T> {
    /// For parameters of these shapes.
    pub(crate) fn new(settings: AdamSettings, parameters: &[&[T]]) -> Self {
        let zeros: Vec<Vec<T>> = parameters.iter().map(|p| vec![T::ZERO; p.len()]).collect();
        Self { settings, powers: [1.0; 2], first: zeros.clone(), second: zeros }
    }

    /// Moves `parameters` against `gradient`, of the same shapes.
    pub(crate) fn step(&mut self, parameters: Vec<&mut [T]>, gradient: &[&[T]]) {
        let AdamSettings { rate, beta1, beta2 } = self.settings;
        self.powers = [self.powers[0] * beta1, self.powers[1] * beta2];
        let rate = T::of(rate / (1.0 - self.powers[0]));
        let unbias = T::of(1.0 / (1.0 - self.powers[1]));
        let (keep1, take1) = (T::of(beta1), T::of(1.0 - beta1));
        let (keep2, take2) = (T::of(beta2), T::of(1.0 - beta2));
        let epsilon = T::of(EPSILON);
        let memory = self.first.iter_mut().zip(&mut self.second);
        for ((parameters, gradient), (first, second)) in
            parameters.into_iter().zip(gradient).zip(memory)
        {
            let entries = parameters.iter_mut().zip(*gradient).zip(first).zip(second);
            for (((parameter, g), first), second) in entries {
                *first = keep1 * *first + take1 * *g;
                *second = keep2 * *second + take2 * (*g * *g);
                let size = (*second * unbias).sqrt() + epsilon;
                *parameter = *parameter - rate * *first / size;
            }
        }
    }
}
