//! Adam against its algorithm, step by step.

use crate::adam::{Adam, AdamSettings};

#[test]
fn three_steps_in_closed_form() {
    let settings = AdamSettings { rate: 0.1, beta1: 0.8, beta2: 0.99 };
    let mut x = [1.0_f64, -2.0];
    let mut adam = Adam::new(settings, &[&x]);
    let (mut expected, mut m, mut v) = (x, [0.0; 2], [0.0; 2]);
    for t in 1..=3 {
        // The gradient of ½ (x₀² + 4 x₁²).
        let g = [x[0], 4.0 * x[1]];
        adam.step(vec![&mut x], &[&g]);
        for i in 0..2 {
            m[i] = 0.8 * m[i] + 0.2 * g[i];
            v[i] = 0.99 * v[i] + 0.01 * g[i] * g[i];
            let first = m[i] / (1.0 - 0.8_f64.powi(t));
            let second = v[i] / (1.0 - 0.99_f64.powi(t));
            expected[i] -= 0.1 * first / (second.sqrt() + 1e-8);
        }
        for i in 0..2 {
            assert!((x[i] - expected[i]).abs() < 1e-13, "step {t}: {x:?} {expected:?}");
        }
    }
}

#[test]
fn the_first_step_has_the_size_of_the_rate() {
    let settings = AdamSettings { rate: 0.01, beta1: 0.5, beta2: 0.999 };
    let mut x = [0.0_f64; 3];
    let mut adam = Adam::new(settings, &[&x]);
    adam.step(vec![&mut x], &[&[1e-3, -50.0, 0.0]]);
    assert!((x[0] + 0.01).abs() < 1e-6 && (x[1] - 0.01).abs() < 1e-6 && x[2] == 0.0, "{x:?}");
}
