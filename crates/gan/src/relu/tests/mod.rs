//! The fitted network and its linear regions.

mod fit;
mod outside;
mod regions;

use super::network::Layer;
use super::*;
use crate::random::{Random, normals, uniform};

const PLAIN: Frame = Frame { centre: [0.0; 2], length: 1.0, mean: [0.0; 2], size: 1.0 };
const SQUARE: [[f64; 2]; 4] = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];

fn generator(seed: u64) -> Random {
    random(seed, Purpose::Samples, 0)
}

/// A network from its layers: the rows of weights that each input has, and the biases.
fn network(layers: &[(&[&[f64]], &[f64])]) -> Network {
    let layer = |(rows, bias): &(&[&[f64]], &[f64])| {
        assert!(rows.iter().all(|row| row.len() == bias.len()));
        Layer { weights: rows.concat(), bias: bias.to_vec() }
    };
    Network { layers: layers.iter().map(layer).collect(), frame: PLAIN }
}

/// A network with independent normal weights, biases of deviation `bias`.
fn random_network(widths: &[usize], bias: f64, seed: u64) -> Network {
    let mut rng = generator(seed);
    let shapes = std::iter::once(&2).chain(widths).zip(widths.iter().chain(&[2]));
    let layer = |(from, to): (&usize, &usize)| {
        let (mut weights, mut biases) = (vec![0.0; from * to], vec![0.0; *to]);
        normals(&mut rng, (2.0 / *from as f64).sqrt(), &mut weights);
        normals(&mut rng, bias, &mut biases);
        Layer { weights, bias: biases }
    };
    Network { layers: shapes.map(layer).collect(), frame: PLAIN }
}

/// A polygon with `n` vertices on an ellipse.
fn ellipse(centre: [f64; 2], radii: [f64; 2], n: usize) -> Vec<[f64; 2]> {
    let at = |k: usize| std::f64::consts::TAU * (k as f64 + 0.3) / n as f64;
    (0..n)
        .map(|k| [centre[0] + radii[0] * at(k).cos(), centre[1] + radii[1] * at(k).sin()])
        .collect()
}

/// A random point inside a convex polygon.
fn inside(polygon: &[[f64; 2]], rng: &mut Random) -> [f64; 2] {
    let weights: Vec<f64> = polygon.iter().map(|_| 0.05 + uniform(rng)).collect();
    let total: f64 = weights.iter().sum();
    [0, 1].map(|c| polygon.iter().zip(&weights).map(|(v, w)| v[c] * w / total).sum())
}

/// The map whose pieces are those of an exact one: to the nearest of these sites.
fn nearest(sites: &[[f64; 2]], x: [f64; 2]) -> [f64; 2] {
    let far = |y: &[f64; 2]| (x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2);
    *sites.iter().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap()
}

/// Centres of the q × q squares of [0, 1]².
fn lattice(q: usize) -> Vec<[f64; 2]> {
    let at = |k: usize| (k as f64 + 0.5) / q as f64;
    (0..q * q).map(|k| [at(k % q), at(k / q)]).collect()
}
