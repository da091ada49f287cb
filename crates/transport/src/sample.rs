//! Samples of the source measure.

use geometry::{ConvexPolygon, Point};
use rand_core::Rng;

use crate::{Density, Source};

/// A uniform number in [0, 1) with 53 bits.
fn unit(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * (-53f64).exp2()
}

/// `n` independent points, uniform on `domain`: a triangle of its fan by area, then a point of
/// that triangle by folding the unit square. Three numbers are drawn a point, so that a longer
/// sample begins with the shorter one.
pub fn uniform(domain: &ConvexPolygon, rng: &mut impl Rng, n: usize) -> Vec<Point> {
    let v = domain.vertices();
    let mut cumulative = Vec::with_capacity(v.len() - 2);
    let mut total = 0.0;
    for k in 1..v.len() - 1 {
        total += (v[k][0] - v[0][0]) * (v[k + 1][1] - v[0][1])
            - (v[k][1] - v[0][1]) * (v[k + 1][0] - v[0][0]);
        cumulative.push(total);
    }
    (0..n)
        .map(|_| {
            let r = unit(rng) * total;
            let k = cumulative.partition_point(|&c| c <= r).min(cumulative.len() - 1);
            let (mut s, mut t) = (unit(rng), unit(rng));
            if s + t > 1.0 {
                (s, t) = (1.0 - s, 1.0 - t);
            }
            let (o, a, b) = (v[0], v[k + 1], v[k + 2]);
            [
                o[0] + s * (a[0] - o[0]) + t * (b[0] - o[0]),
                o[1] + s * (a[1] - o[1]) + t * (b[1] - o[1]),
            ]
        })
        .collect()
}

/// `n` independent points of the source: for a Gaussian by Box and Muller's transform, keeping those
/// that fall in the domain, or, where few would, uniform points kept with the density's probability.
pub fn from_source(source: &Source, rng: &mut impl Rng, n: usize) -> Vec<Point> {
    let domain = source.domain();
    let Density::Gaussian { mean, sigma } = source.density() else {
        return uniform(domain, rng, n);
    };
    let exponent =
        |p: Point| -0.5 * ((p[0] - mean[0]).powi(2) + (p[1] - mean[1]).powi(2)) / (sigma * sigma);
    // The largest density is at the point of the domain nearest to the mean.
    let largest = exponent(domain.nearest_point(mean));
    let propose_normal = largest > -2.0 && domain.area() > sigma * sigma;
    let mut points = Vec::with_capacity(n);
    while points.len() < n {
        if propose_normal {
            let r = sigma * (-2.0 * (1.0 - unit(rng)).ln()).sqrt();
            let (sin, cos) = (std::f64::consts::TAU * unit(rng)).sin_cos();
            let p = [mean[0] + r * cos, mean[1] + r * sin];
            if domain.contains(p) {
                points.push(p);
            }
        } else {
            let p = uniform(domain, rng, 1)[0];
            if unit(rng).ln() <= exponent(p) - largest {
                points.push(p);
            }
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    #[test]
    fn moments_are_those_of_the_domain() {
        let domain =
            ConvexPolygon::new(vec![[0.0, 0.0], [4.0, 0.0], [3.0, 2.0], [0.5, 1.5]]).unwrap();
        let mut rng = rand_pcg::Pcg64::seed_from_u64(3);
        let n = 40_000;
        let points = uniform(&domain, &mut rng, n);
        assert!(points.iter().all(|&p| domain.contains(p)));
        let c = domain.centroid();
        let inertia = domain.moments().inertia / domain.area();
        let mean = |f: &dyn Fn(&Point) -> f64| points.iter().map(f).sum::<f64>() / n as f64;
        // Five standard errors.
        let tolerance = 5.0 * (inertia / n as f64).sqrt();
        assert!((mean(&|p| p[0]) - c[0]).abs() < tolerance);
        assert!((mean(&|p| p[1]) - c[1]).abs() < tolerance);
        let spread = mean(&|p| (p[0] - c[0]).powi(2) + (p[1] - c[1]).powi(2));
        assert!((spread - inertia).abs() < 0.03 * inertia);
        let mut again = rand_pcg::Pcg64::seed_from_u64(3);
        assert_eq!(uniform(&domain, &mut again, 10), points[..10]);
    }
}
