//! A step of Adam on the heights: D. P. Kingma and J. Ba, "Adam: a method for stochastic
//! optimization", ICLR 2015, algorithm 1.

use transport::monte_carlo::ADAM_EPSILON;

/// Heights under descent, as the device holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// N heights.
    pub heights: Vec<f32>,
    /// N first moments of the gradient.
    pub first: Vec<f32>,
    /// N second moments.
    pub second: Vec<f32>,
    /// N heights averaged over the last `averaged` steps.
    pub average: Vec<f32>,
    /// Steps taken.
    pub steps: u32,
    /// Steps in the average.
    pub averaged: u32,
}

impl State {
    /// At rest at `heights`.
    pub fn new(heights: Vec<f32>) -> Self {
        let zero = vec![0.0; heights.len()];
        let average = heights.clone();
        Self { heights, first: zero.clone(), second: zero, average, steps: 0, averaged: 0 }
    }
}

/// Takes one step from the `counts` of `samples` samples, of target `masses` νᵢ, at the rate and
/// decays (β₁, β₂) given: the gradient is (countᵢ / M − νᵢ) / νᵢ = countᵢ / (M νᵢ) − 1. Moves the
/// average by the heights arrived at, and clears the counts.
pub fn adam(
    adam: &mut State,
    counts: &mut [u32],
    masses: &[f32],
    samples: f32,
    rate: f32,
    [beta1, beta2]: [f32; 2],
) {
    adam.steps += 1;
    adam.averaged += 1;
    let [correction1, correction2] = [beta1, beta2].map(|beta| correction(beta, adam.steps));
    for i in 0..masses.len() {
        let gradient = counts[i] as f32 / (samples * masses[i]) - 1.0;
        counts[i] = 0;
        adam.first[i] = beta1 * adam.first[i] + (1.0 - beta1) * gradient;
        adam.second[i] = beta2 * adam.second[i] + (1.0 - beta2) * gradient * gradient;
        let size = (adam.second[i] * correction2).sqrt() + ADAM_EPSILON;
        adam.heights[i] -= rate * (adam.first[i] * correction1) / size;
        adam.average[i] += (adam.heights[i] - adam.average[i]) / adam.averaged as f32;
    }
}

/// 1 / (1 − βᵗ): what makes up for moments that start at 0. Requires 0 ≤ β < 1 and t ≥ 1.
pub fn correction(beta: f32, step: u32) -> f32 {
    (1.0 / (1.0 - f64::from(beta).powf(f64::from(step)))) as f32
}
