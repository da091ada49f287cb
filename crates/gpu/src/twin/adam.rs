//! A step of Adam on the heights: D. P. Kingma and J. Ba, "Adam: a method for stochastic
//! optimization", ICLR 2015, algorithm 1.

use transport::monte_carlo::{ADAM_EPSILON, Adam};

/// Takes one step from the `counts` of `samples` samples, of target `masses` νᵢ, at the rate and
/// decays (β₁, β₂) given: the gradient is (countᵢ / M − νᵢ) / νᵢ = countᵢ / (M νᵢ) − 1. Moves the
/// average by the heights arrived at, and clears the counts.
pub fn adam(
    adam: &mut Adam,
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
