//! `shaders/accumulate.wgsl` against `twin::accumulate`.

use crate::{Bench, points};
use gpu::{
    kernels::{self, SAMPLES, Samples, Shape},
    twin::{accumulate, sample},
};
use transport::monte_carlo::Sequence;

/// Winners spread over all cells but the last, from the bits of a sample.
fn winners(count: usize, cells: usize) -> Vec<u32> {
    let spread = (cells as u32 - 1).max(1);
    (0..count).map(|k| sample::bits(Sequence::Philox, 8, k as u32, 0) % spread).collect()
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn counts_are_the_twins_and_sum_to_the_samples() {
    // Cells that a workgroup counts itself, and more than it can.
    for (count, cells) in [(1, 1), (5000, 1), (2048, 2048), (5000, 2049), (30_000, 5000)] {
        let winners = winners(count, cells);
        let mut bench = Bench::new();
        let counts = bench.zeros(cells);
        let buffer = bench.words(&winners);
        // Twice: counts add to what is there.
        bench.dispatch(kernels::counts(count, cells, buffer, counts));
        bench.dispatch(kernels::counts(count, cells, buffer, counts));
        let [found] = bench.read([(counts, cells)]);
        let mut twin = vec![0; cells];
        winners.iter().chain(&winners).for_each(|w| accumulate::counts(*w, &mut twin));
        assert_eq!(found, twin, "{count} samples, {cells} cells");
        assert_eq!(found.iter().sum::<u32>(), 2 * count as u32);
    }
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn sums_are_the_twins_to_the_bit() {
    // With one cell the low word overflows many times.
    for (d, count, cells) in [(1, 1, 1), (3, 3000, 1), (5, 2000, 7), (64, 300, 100)] {
        let (points, winners) = (points(d, count, 4), winners(count, cells));
        let stride = count.next_multiple_of(SAMPLES);
        let mut rows = vec![0.0; d * stride];
        let mut twin = vec![0; cells * d];
        for (k, x) in points.chunks(d).enumerate() {
            x.iter().enumerate().for_each(|(j, x)| rows[j * stride + k] = *x);
            accumulate::sums(x, winners[k], &mut twin);
        }
        let mut bench = Bench::new();
        let samples = Samples { buffer: bench.numbers(&rows), stride, count };
        let winners = bench.words(&winners);
        let words = [(); 2].map(|()| bench.zeros(cells * d));
        bench.dispatch(kernels::sums(&Shape::new(d, cells), samples, winners, words));
        let [low, high] = bench.read(words.map(|buffer| (buffer, cells * d)));
        for (k, sum) in twin.iter().enumerate() {
            let found = u64::from(high[k]) << 32 | u64::from(low[k]);
            assert_eq!(found, *sum, "d = {d}, {count} samples, sum {k}");
        }
    }
}

#[test]
fn fixed_point_is_as_fine_and_as_wide_as_it_says() {
    for x in [0.0, 0.25, -0.25, 5.5, -5.5, 1.0 / 3.0, -1e-7, 0.499_999_97] {
        let back = accumulate::real(accumulate::fixed(x).into(), 1);
        assert!((back - f64::from(x)).abs() <= 0.5f64.powi(21), "{x} came back as {back}");
        let word = accumulate::fixed(x);
        assert!(0 < word && word < 1 << 24, "{x} is {word}");
    }
}
