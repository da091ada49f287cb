//! Convex polygons under the knife.

/// The part of a convex polygon on each side of a line. A vertex on the line belongs to both.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts<const N: usize> {
    /// Where the values are negative.
    pub(super) below: Vec<[f64; N]>,
    /// Where they are positive.
    pub(super) above: Vec<[f64; N]>,
}

/// Where a polygon lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// At no vertex above the line; some may be on it.
    Below,
    /// At no vertex below it, and at some above.
    Above,
    /// On both sides.
    Both,
}

/// Which side the vertices with these values are on; at most `tolerance` counts as 0.
pub(super) fn side(values: &[f64], tolerance: f64) -> Side {
    let above = values.iter().any(|s| *s > tolerance);
    let below = values.iter().any(|s| *s < -tolerance);
    match (above, below) {
        (true, true) => Side::Both,
        (true, false) => Side::Above,
        (false, _) => Side::Below,
    }
}

impl<const N: usize> Parts<N> {
    /// Cuts a convex polygon where the values of an affine function, one a vertex, change sign. All
    /// N coordinates of a vertex are affine along a side.
    pub(super) fn cut(&mut self, polygon: &[[f64; N]], values: &[f64], tolerance: f64) {
        self.below.clear();
        self.above.clear();
        let n = polygon.len();
        for k in 0..n {
            let after = if k + 1 == n { 0 } else { k + 1 };
            let (v, s, t) = (polygon[k], values[k], values[after]);
            if s <= tolerance {
                self.below.push(v);
            }
            if s >= -tolerance {
                self.above.push(v);
            }
            if (s > tolerance && t < -tolerance) || (s < -tolerance && t > tolerance) {
                let f = s / (s - t);
                let w = polygon[after];
                let between = std::array::from_fn(|c| v[c] + f * (w[c] - v[c]));
                self.below.push(between);
                self.above.push(between);
            }
        }
    }
}

/// Area of a convex polygon in its first two coordinates, counter-clockwise positive, relative to
/// its first vertex, so that a small one far out loses no digits.
pub(super) fn area<const N: usize>(polygon: &[[f64; N]]) -> f64 {
    let Some((o, rest)) = polygon.split_first() else { return 0.0 };
    let cross =
        |a: &[f64; N], b: &[f64; N]| (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
    0.5 * rest.windows(2).map(|pair| cross(&pair[0], &pair[1])).sum::<f64>()
}
