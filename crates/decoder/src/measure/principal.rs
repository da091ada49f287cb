//! The best linear autoencoder.

use crate::images::Pictures;
use crate::picturer::Backend;
use crate::threads::each;
use crate::training::random::{Purpose, normals, random};
use crate::weights::numbers;
use burn::tensor::{Device, Tensor, TensorData};

/// Passes over the pictures. Components whose variances are near each other are still mixed after
/// them, which changes the error by far less than a hundredth.
const PASSES: usize = 10;
/// Pictures at once.
const CHUNK: usize = 256;

/// What principal components of `trained` leave of `held`, for each of the numbers of components, in
/// ascending order: the mean square over pixels and channels, as [`crate::Record`] has it.
///
/// The components are found by orthogonal iteration (Golub and Van Loan, *Matrix Computations*, section
/// 7.3) from a seeded start.
pub fn principal_errors(trained: &Pictures, held: &Pictures, counts: &[usize]) -> Vec<f64> {
    let device = Backend::DEFAULT.device();
    let most = counts.iter().copied().max().unwrap_or(0);
    let pixels = trained.size();
    let mean = mean(trained);
    let mut rng = random(0, Purpose::Principal, 0);
    let mut axes = columns(normals(&mut rng, 1.0, pixels * most), pixels);
    orthonormalise(&mut axes);
    for _ in 0..PASSES {
        axes = turned(trained, &mean, &axes, &device);
        orthonormalise(&mut axes);
    }
    let basis = tensor(&axes, &device);
    let parts = each(&starts(held), |start| {
        let centred = chunk(held, *start, &mean, &device);
        let whole: f64 = numbers(centred.clone()).iter().map(|x| f64::from(*x).powi(2)).sum();
        let kept = numbers(centred.matmul(basis.clone().transpose()));
        let mut squares = vec![0.0; most];
        for row in kept.chunks_exact(most) {
            squares.iter_mut().zip(row).for_each(|(sum, x)| *sum += f64::from(*x).powi(2));
        }
        (whole, squares)
    });
    let numbers = (held.len() * pixels) as f64;
    let left = |count: &usize| {
        let part =
            |(whole, squares): &(f64, Vec<f64>)| whole - squares[..*count].iter().sum::<f64>();
        parts.iter().map(part).sum::<f64>() / numbers
    };
    counts.iter().map(left).collect()
}

/// Xᵀ X times the axes, X being the centred pictures.
fn turned(pictures: &Pictures, mean: &[f32], axes: &[Vec<f32>], device: &Device) -> Vec<Vec<f32>> {
    let basis = tensor(axes, device);
    // A sum for each of a few groups, so that no more products than that are in memory.
    let groups: Vec<Vec<usize>> = starts(pictures).chunks(16).map(<[usize]>::to_vec).collect();
    let sums = each(&groups, |group| {
        let products = group.iter().map(|start| {
            let centred = chunk(pictures, *start, mean, device);
            let along = centred.clone().matmul(basis.clone().transpose());
            along.transpose().matmul(centred)
        });
        products.reduce(|a, b| a + b).map(numbers).unwrap_or_default()
    });
    let mut whole = vec![0.0; axes.len() * mean.len()];
    for sum in sums {
        whole.iter_mut().zip(sum).for_each(|(a, b)| *a += b);
    }
    columns(whole, mean.len())
}

fn starts(pictures: &Pictures) -> Vec<usize> {
    (0..pictures.len()).step_by(CHUNK).collect()
}

fn mean(pictures: &Pictures) -> Vec<f32> {
    let mut mean = vec![0.0_f64; pictures.size()];
    let mut one = Vec::new();
    for k in 0..pictures.len() {
        one.clear();
        pictures.put(k, false, &mut one);
        mean.iter_mut().zip(&one).for_each(|(m, x)| *m += f64::from(*x));
    }
    mean.into_iter().map(|m| (m / pictures.len() as f64) as f32).collect()
}

/// Some pictures less the mean, one a row.
fn chunk(pictures: &Pictures, start: usize, mean: &[f32], device: &Device) -> Tensor<2> {
    let end = (start + CHUNK).min(pictures.len());
    let mut all = Vec::with_capacity((end - start) * mean.len());
    (start..end).for_each(|k| pictures.put(k, false, &mut all));
    for row in all.chunks_exact_mut(mean.len()) {
        row.iter_mut().zip(mean).for_each(|(x, m)| *x -= m);
    }
    Tensor::from_data(TensorData::new(all, [end - start, mean.len()]), device)
}

fn columns(numbers: Vec<f32>, length: usize) -> Vec<Vec<f32>> {
    numbers.chunks_exact(length).map(<[f32]>::to_vec).collect()
}

/// One axis a row.
fn tensor(axes: &[Vec<f32>], device: &Device) -> Tensor<2> {
    let length = axes.first().map_or(0, Vec::len);
    Tensor::from_data(TensorData::new(axes.concat(), [axes.len(), length]), device)
}

/// Gram and Schmidt, each axis twice against those before it, which is enough in f32.
fn orthonormalise(axes: &mut [Vec<f32>]) {
    for k in 0..axes.len() {
        let (before, rest) = axes.split_at_mut(k);
        let axis = &mut rest[0];
        let whole = dot(axis, axis).sqrt();
        for _ in 0..2 {
            for other in before.iter() {
                let along = dot(axis, other);
                axis.iter_mut().zip(other).for_each(|(x, y)| *x -= along * y);
            }
        }
        let length = dot(axis, axis).sqrt();
        // What is left of pictures that have no more components is rounding.
        let scale = if length > 1e-4 * whole { length.recip() } else { 0.0 };
        axis.iter_mut().for_each(|x| *x *= scale);
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums at once vectorise.
    let (a8, b8) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a8.0.iter().zip(b8.0) {
        (0..8).for_each(|k| sums[k] += a[k] * b[k]);
    }
    let rest: f32 = a8.1.iter().zip(b8.1).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;

    /// Pictures of two independent stripes on grey: two components hold all of them.
    fn stripes() -> Pictures {
        let mut bytes = vec![0, 0, 8, 3, 0, 0, 0, 64, 0, 0, 0, 8, 0, 0, 0, 8];
        for k in 0..64_u32 {
            for place in 0..64 {
                bytes.push(match place / 8 {
                    1 => 100 + 10 * (k % 8) as u8,
                    5 => 100 + 4 * (k / 8) as u8,
                    _ => 128,
                });
            }
        }
        let shape = Shape { side: 8, channels: 1, latent: 4, widths: vec![8, 6] };
        let mut pictures = Pictures::new(&shape);
        pictures.add_idx("stripes", &bytes).unwrap();
        pictures
    }

    #[test]
    fn components_leave_what_they_cannot_hold() {
        let all = stripes();
        let errors = principal_errors(&all, &all, &[0, 1, 2, 3]);
        // Variances over the 64 pictures, in squares of 1/255: 100 · 5.25 and 16 · 5.25 on 8 of 64 pixels.
        let unit = 5.25 / 8.0 / 255.0_f64.powi(2);
        for (error, expected) in errors.iter().zip([116.0, 16.0, 0.0, 0.0]) {
            assert!((error - expected * unit).abs() < 1e-6 * (1.0 + expected * unit), "{errors:?}");
        }
    }
}
