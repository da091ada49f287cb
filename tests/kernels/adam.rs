//! `shaders/adam.wgsl` against `twin::adam`.

use crate::{Bench, floats, tolerance::ADAM};
use gpu::{
    kernels::{self, Step},
    twin::{adam, sample},
};
use transport::monte_carlo::Sequence;

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn ten_steps_are_the_twins() {
    for n in [1, 3, 64, 1000] {
        let (rate, betas, samples) = (0.01, [0.9, 0.5], 4096.0);
        let masses = vec![1.0 / n as f32; n];
        let start: Vec<f32> = (0..n).map(|i| (i as f32 * 0.37).sin()).collect();
        let mut twin = adam::State::new(start);
        let mut bench = Bench::new();
        let counts = bench.zeros(n);
        let target = bench.numbers(&masses);
        let heights = bench.numbers(&twin.heights);
        let [first, second, average] = [(); 3].map(|()| bench.zeros(n));
        let totals = bench.zeros(2 * n);
        let mut all = vec![0u64; n];
        for step in 1..=10 {
            let mut given: Vec<u32> = (0..n as u32)
                .map(|i| sample::bits(Sequence::Philox, step, i, 0) % (8192 / n as u32 + 1))
                .collect();
            if step == 3 {
                // More than a word holds, once ten such are added.
                given[0] = u32::MAX;
            }
            bench.recording.push(gpu::recording::Command::Upload(counts, given.clone()));
            all.iter_mut().zip(&given).for_each(|(sum, n)| *sum += u64::from(*n));
            let numbers = Step {
                samples,
                rate,
                betas,
                corrections: betas.map(|beta| adam::correction(beta, step)),
                averaged: step as f32,
            };
            let buffers = [counts, target, heights, first, second, average, totals];
            bench.dispatch(kernels::adam(n, numbers, buffers));
            adam::adam(&mut twin, &mut given, &masses, samples, rate, betas);
            assert!(given.iter().all(|count| *count == 0));
        }
        let [counts, heights, first, second, average, totals] = bench.read([
            (counts, n),
            (heights, n),
            (first, n),
            (second, n),
            (average, n),
            (totals, 2 * n),
        ]);
        assert!(counts.iter().all(|count| *count == 0));
        let pairs = [
            (floats(&heights), &twin.heights, "height"),
            (floats(&first), &twin.first, "first moment"),
            (floats(&second), &twin.second, "second moment"),
            (floats(&average), &twin.average, "average"),
        ];
        for (found, twin, what) in pairs {
            for i in 0..n {
                let size = twin[i].abs().max(rate);
                ADAM.check(found[i], twin[i], size, &format!("{what} {i} of {n}"));
            }
        }
        for i in 0..n {
            let total = u64::from(totals[2 * i + 1]) << 32 | u64::from(totals[2 * i]);
            assert_eq!(total, all[i], "total {i} of {n}");
        }
    }
}
