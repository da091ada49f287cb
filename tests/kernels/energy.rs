//! `shaders/energy.wgsl` against `twin::energy`.

use crate::{Bench, floats, points, tolerance::ENERGY};
use gpu::{kernels, twin::energy::energy};

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn partial_sums_come_to_the_twins() {
    for count in [1, 255, 256, 257, 2048, 2049, 10_000] {
        let values = points(1, count, 9);
        let mut bench = Bench::new();
        let buffer = bench.numbers(&values);
        let shares = kernels::shares(count);
        // Not at the start: batches leave their sums one after another.
        let partial = bench.zeros(shares + 3);
        bench.dispatch(kernels::energy(count, buffer, partial, 3));
        let [found] = bench.read([(partial, shares + 3)]);
        let found = floats(&found);
        assert_eq!(found[..3], [0.0; 3]);
        let sum: f64 = found.iter().map(|x| f64::from(*x)).sum();
        let size: f32 = values.iter().map(|x| x.abs()).sum();
        ENERGY.check(sum as f32, energy(&values) as f32, size, &format!("{count} values"));
    }
}
