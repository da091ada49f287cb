//! Integrals of a Gaussian over convex polygons and segments, by Gauss–Legendre rules on pieces
//! that are small beside the scale on which it varies.

use geometry::{Moments, Point};

/// Nodes and weights on [0, 1] of the rules with 3, 4 and 6 points (Abramowitz and Stegun, table
/// 25.4, moved from [−1, 1]).
const RULE_3: [(f64, f64); 3] = [
    (0.112_701_665_379_258_3, 0.277_777_777_777_777_8),
    (0.5, 0.444_444_444_444_444_4),
    (0.887_298_334_620_741_7, 0.277_777_777_777_777_8),
];
const RULE_4: [(f64, f64); 4] = [
    (0.069_431_844_202_973_71, 0.173_927_422_568_726_8),
    (0.330_009_478_207_571_9, 0.326_072_577_431_273_2),
    (0.669_990_521_792_428_1, 0.326_072_577_431_273_2),
    (0.930_568_155_797_026_2, 0.173_927_422_568_726_8),
];
const RULE_6: [(f64, f64); 6] = [
    (0.033_765_242_898_424_03, 0.085_662_246_189_585_15),
    (0.169_395_306_766_867_8, 0.180_380_786_524_069_4),
    (0.380_690_406_958_401_6, 0.233_956_967_286_345_5),
    (0.619_309_593_041_598_4, 0.233_956_967_286_345_5),
    (0.830_604_693_233_132_2, 0.180_380_786_524_069_4),
    (0.966_234_757_101_575_9, 0.085_662_246_189_585_15),
];

/// The smallest of the three rules whose remainder is below about 10⁻¹² for a piece of this size;
/// `None`: cut the piece up.
fn rule(size: f64) -> Option<&'static [(f64, f64)]> {
    if size < 0.02 {
        Some(&RULE_3)
    } else if size < 0.08 {
        Some(&RULE_4)
    } else if size < 0.6 {
        Some(&RULE_6)
    } else {
        None
    }
}

/// exp(−|x − mean|² / 2σ²), unnormalised.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gaussian {
    mean: Point,
    sigma: f64,
    exponent: f64,
}

impl Gaussian {
    pub(crate) fn new(mean: Point, sigma: f64) -> Self {
        Self { mean, sigma, exponent: -0.5 / (sigma * sigma) }
    }

    fn density(&self, x: f64, y: f64) -> f64 {
        let (dx, dy) = (x - self.mean[0], y - self.mean[1]);
        libm::exp(self.exponent * (dx * dx + dy * dy))
    }

    /// A piece's extent in units of the length over which the density changes by a factor e, which
    /// shrinks in the tail like σ/r.
    fn size(&self, points: &[Point]) -> f64 {
        let (mut reach, mut extent) = (0.0f64, 0.0f64);
        for p in points {
            reach = reach.max((p[0] - self.mean[0]).hypot(p[1] - self.mean[1]));
            extent = extent.max((p[0] - points[0][0]).hypot(p[1] - points[0][1]));
        }
        extent / self.sigma * (1.0 + reach / self.sigma)
    }

    /// Mass of a convex polygon by Green's theorem, for the solver's inner loop: ∮ G dy with
    /// ∂G/∂x = ρ, an integral over the sides alone. G is taken from the end of the axis that is
    /// nearer, by the complementary error function, so that no digit is lost in the tail.
    pub(crate) fn mass(&self, polygon: &[Point]) -> f64 {
        let Some((&o, &last)) = polygon.first().zip(polygon.last()) else { return 0.0 };
        let right = o[0] > self.mean[0];
        let mut sum = 0.0;
        let mut a = last;
        for &b in polygon {
            sum += self.flux(a, b, right);
            a = b;
        }
        sum.max(0.0)
    }

    fn flux(&self, a: Point, b: Point, right: bool) -> f64 {
        if a[1] == b[1] {
            return 0.0;
        }
        let Some(rule) = rule(self.size(&[a, b])) else {
            let middle = [0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])];
            return self.flux(a, middle, right) + self.flux(middle, b, right);
        };
        let unit = std::f64::consts::FRAC_1_SQRT_2 / self.sigma;
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let mut sum = 0.0;
        for &(t, weight) in rule {
            let x = (a[0] + t * dx - self.mean[0]) * unit;
            let y = (a[1] + t * dy - self.mean[1]) * unit;
            let tail = if right { -libm::erfc(x) } else { libm::erfc(-x) };
            sum += weight * tail * libm::exp(-y * y);
        }
        // ∫ exp(−s²/2σ²) ds from −∞ to x is σ √(π/2) erfc(−x/σ√2).
        sum * dy * self.sigma * (0.5 * std::f64::consts::PI).sqrt()
    }

    /// Mass, centre of mass and second moment about it of a convex polygon.
    pub(crate) fn moments(&self, polygon: &[Point]) -> Moments {
        let Some((&o, rest)) = polygon.split_first() else { return Moments::default() };
        // ∫ρ, ∫ρ(x − o), ∫ρ|x − o|².
        let mut sums = [0.0; 4];
        for pair in rest.windows(2) {
            let part = self.triangle([o, pair[0], pair[1]], o);
            (0..4).for_each(|k| sums[k] += part[k]);
        }
        let mass = sums[0];
        if !(mass > 0.0) {
            return Moments { area: 0.0, centroid: o, inertia: 0.0 };
        }
        let c = [sums[1] / mass, sums[2] / mass];
        Moments {
            area: mass,
            centroid: [o[0] + c[0], o[1] + c[1]],
            inertia: (sums[3] - mass * (c[0] * c[0] + c[1] * c[1])).max(0.0),
        }
    }

    /// ∫ ρ x of a convex polygon. Its `mass` being known, an integral over the sides alone, since
    /// ∇ρ = −ρ (x − mean)/σ²; but where the density hardly changes, that is a small difference of
    /// large terms, while rules on its triangles are exact with few points.
    pub(crate) fn first_moment(&self, polygon: &[Point], mass: f64) -> Point {
        let Some(&last) = polygon.last() else { return [0.0; 2] };
        if self.size(polygon) < 0.6 {
            let m = self.moments(polygon);
            return m.centroid.map(|c| m.area * c);
        }
        let mut flux = [0.0; 2];
        let mut a = last;
        for &b in polygon {
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let length = dx.hypot(dy);
            if length > 0.0 {
                let mean = self.segment(a, b) / length;
                flux = [flux[0] + mean * dy, flux[1] - mean * dx];
            }
            a = b;
        }
        let square = self.sigma * self.sigma;
        [mass * self.mean[0] - square * flux[0], mass * self.mean[1] - square * flux[1]]
    }

    /// By the product rule on the square that the map (s, t) ↦ a + s((1−t)(b−a) + t(c−a)) folds
    /// onto the triangle. Parts are summed as a tree, so that rounding does not pile up.
    fn triangle(&self, triangle: [Point; 3], o: Point) -> [f64; 4] {
        let [a, b, c] = triangle;
        let mut sums = [0.0; 4];
        let Some(rule) = rule(self.size(&triangle)) else {
            let middle = |p: Point, q: Point| [0.5 * (p[0] + q[0]), 0.5 * (p[1] + q[1])];
            let (ab, bc, ca) = (middle(a, b), middle(b, c), middle(c, a));
            for part in [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]] {
                let part = self.triangle(part, o);
                (0..4).for_each(|k| sums[k] += part[k]);
            }
            return sums;
        };
        let (bx, by) = (b[0] - a[0], b[1] - a[1]);
        let (cx, cy) = (c[0] - a[0], c[1] - a[1]);
        let cross = bx * cy - by * cx;
        for &(t, weight_t) in rule {
            let (ex, ey) = (bx + t * (cx - bx), by + t * (cy - by));
            for &(s, weight_s) in rule {
                let (x, y) = (a[0] + s * ex, a[1] + s * ey);
                let f = cross * weight_t * weight_s * s * self.density(x, y);
                let (dx, dy) = (x - o[0], y - o[1]);
                sums[0] += f;
                sums[1] += f * dx;
                sums[2] += f * dy;
                sums[3] += f * (dx * dx + dy * dy);
            }
        }
        sums
    }

    /// ∫ ρ ds over a segment.
    pub(crate) fn segment(&self, a: Point, b: Point) -> f64 {
        let Some(rule) = rule(self.size(&[a, b])) else {
            let middle = [0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])];
            return self.segment(a, middle) + self.segment(middle, b);
        };
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let sum: f64 =
            rule.iter().map(|&(t, w)| w * self.density(a[0] + t * dx, a[1] + t * dy)).sum();
        sum * dx.hypot(dy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Closed forms: the plane's mass 2πσ², second moment 2σ² of it, and quadrants by symmetry.
    #[test]
    fn large_squares_hold_everything() {
        for sigma in [0.03, 0.2, 1.0] {
            let g = Gaussian::new([0.3, -0.2], sigma);
            let r = 9.0 * sigma;
            let square = |x0: f64, y0: f64, x1: f64, y1: f64| {
                [[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(|p| [p[0] + 0.3, p[1] - 0.2])
            };
            let whole = std::f64::consts::TAU * sigma * sigma;
            let all = g.moments(&square(-r, -r, r, r));
            assert!((all.area / whole - 1.0).abs() < 1e-11, "{}", all.area / whole - 1.0);
            assert!((all.centroid[0] - 0.3).abs() < 1e-11 && (all.centroid[1] + 0.2).abs() < 1e-11);
            assert!((all.inertia / (2.0 * sigma * sigma * whole) - 1.0).abs() < 1e-10);
            let quarter = g.moments(&square(0.0, 0.0, r, r));
            assert!((quarter.area / whole - 0.25).abs() < 1e-11);
            let line = g.segment([0.3 - r, -0.2], [0.3 + r, -0.2]);
            assert!((line / (std::f64::consts::TAU.sqrt() * sigma) - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn first_moments_are_those_of_the_triangles() {
        for sigma in [0.1, 0.5, 5.0, 1e4] {
            let g = Gaussian::new([0.4, -0.1], sigma);
            for size in [1e-3, 0.1, 1.0] {
                let p = [[0.1, 0.2], [0.9, 0.3], [1.0, 0.8], [0.3, 1.1]];
                let polygon = p.map(|v| v.map(|c| 0.2 + size * (c - 0.5)));
                let m = g.moments(&polygon);
                let found = g.first_moment(&polygon, g.mass(&polygon));
                for axis in 0..2 {
                    let want = m.area * m.centroid[axis];
                    let whole = std::f64::consts::TAU * sigma * sigma;
                    assert!((found[axis] - want).abs() < 1e-11 * want.abs().max(whole.min(1.0)));
                }
            }
        }
    }

    /// Every rule agrees with a finer cutting of the same piece, also far out in the tail.
    #[test]
    fn pieces_of_all_sizes() {
        let g = Gaussian::new([0.0, 0.0], 1.0);
        for at in [0.0, 2.0, 6.0, 12.0] {
            for k in -12..4 {
                let d = 2f64.powi(k);
                let (a, b, c) = ([at, 0.1], [at + d, 0.1], [at + 0.3 * d, 0.1 + d]);
                let whole = g.moments(&[a, b, c]).area;
                let cut = [at + 0.5 * d, 0.1];
                let parts = g.moments(&[a, cut, c]).area + g.moments(&[cut, b, c]).area;
                assert!((parts / whole - 1.0).abs() < 1e-11, "{at} {k}: {}", parts / whole - 1.0);
                for turn in [[a, b, c], [a, b, c].map(|p| [-p[0], -p[1]])] {
                    let green = g.mass(&turn);
                    // What the sides leave of the difference of their integrals.
                    let rounding = 1e-15 / d.min(1.0) + 1e-11;
                    assert!((green / whole - 1.0).abs() < rounding, "{at} {k}: {}", green / whole);
                }
            }
        }
    }
}
