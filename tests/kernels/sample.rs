//! `shaders/sample.wgsl` against `twin::sample`.

use crate::{
    Bench, DIMENSIONS, floats,
    tolerance::{BALL, EXACT, NORMAL},
};
use gpu::{kernels, sobol::directions, twin::sample::point};
use transport::monte_carlo::{Law, Sequence};

/// The device's samples, one row a dimension of `stride`.
fn drawn(
    law: Law,
    sequence: Sequence,
    (seed, first): (u32, u32),
    (d, count, stride): (usize, usize, usize),
) -> Vec<f32> {
    let mut bench = Bench::new();
    let table: Vec<u32> = (0..=d).flat_map(directions).collect();
    let table = bench.words(&table);
    let buffer = bench.zeros(d * stride);
    let samples = kernels::Samples { buffer, stride, count };
    bench.dispatch(kernels::coordinates((law, sequence), seed, first, d, table, samples));
    if law == Law::Ball {
        bench.dispatch(kernels::ball(sequence, seed, first, d, table, samples));
    }
    let [words] = bench.read([(buffer, d * stride)]);
    floats(&words)
}

fn compare(law: Law) {
    for sequence in [Sequence::Sobol, Sequence::Philox] {
        for d in DIMENSIONS {
            for (seed, first, count) in [(3, 0, 300), (u32::MAX, 4_000_000_000, 1)] {
                let stride = 512;
                let rows = drawn(law, sequence, (seed, first), (d, count, stride));
                let mut twin = vec![0.0; d];
                for k in 0..count {
                    point(law, sequence, seed, first + k as u32, &mut twin);
                    for j in 0..d {
                        let (a, b) = (rows[j * stride + k], twin[j]);
                        let what = format!("{law:?} {sequence:?} d = {d}, sample {k}, row {j}");
                        match law {
                            Law::Cube => EXACT.check(a, b, 1.0, &what),
                            Law::Gaussian => NORMAL.check(a, b, b.abs().max(1.0), &what),
                            Law::Ball => BALL.check(a, b, 1.0, &what),
                        }
                    }
                }
                let beyond = rows.chunks(stride).flat_map(|row| &row[count..]);
                assert!(beyond.copied().all(|x| x == 0.0), "wrote more than {count} samples");
            }
        }
    }
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn cube_is_the_twins_to_the_bit() {
    compare(Law::Cube);
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn gaussian_is_the_twins() {
    compare(Law::Gaussian);
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn ball_is_the_twins() {
    compare(Law::Ball);
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn gaussian_is_the_twins_in_the_tails() {
    let count = 1 << 16;
    let rows = drawn(Law::Gaussian, Sequence::Philox, (1, 0), (4, count, count));
    let mut twin = [0.0; 4];
    let mut farthest: f32 = 0.0;
    for k in 0..count {
        point(Law::Gaussian, Sequence::Philox, 1, k as u32, &mut twin);
        for j in 0..4 {
            let (a, b) = (rows[j * count + k], twin[j]);
            NORMAL.check(a, b, b.abs().max(1.0), &format!("sample {k}, row {j}"));
            farthest = farthest.max(a.abs());
        }
    }
    assert!(farthest > 4.0, "the tails were not reached: {farthest}");
}
