//! Exact signs, by Shewchuk's adaptive arithmetic (Discrete Comput. Geom. 18, 1997) behind a
//! floating-point filter that settles nearly every call.

use robust::{Coord, Coord3D};

use crate::Point;

const EPS: f64 = f64::EPSILON * 0.5;
// Shewchuk's first-stage error bounds for the two determinants.
const FILTER_2D: f64 = (3.0 + 16.0 * EPS) * EPS;
const FILTER_3D: f64 = (7.0 + 56.0 * EPS) * EPS;

/// Positive if `a`, `b`, `c` turn left, negative if they turn right, zero on one line. The sign is
/// exact.
#[inline]
pub(crate) fn orient2d(a: Point, b: Point, c: Point) -> f64 {
    let left = (a[0] - c[0]) * (b[1] - c[1]);
    let right = (a[1] - c[1]) * (b[0] - c[0]);
    let det = left - right;
    if det.abs() > FILTER_2D * (left.abs() + right.abs()) {
        return det;
    }
    orient2d_exact(a, b, c)
}

#[cold]
#[inline(never)]
fn orient2d_exact(a: Point, b: Point, c: Point) -> f64 {
    let at = |p: Point| Coord { x: p[0], y: p[1] };
    robust::orient2d(at(a), at(b), at(c))
}

/// Positive if `d` lies strictly below the plane through `a`, `b`, `c`, whose projections turn
/// left; zero on it. The sign is exact.
#[inline]
pub(crate) fn below(a: [f64; 3], b: [f64; 3], c: [f64; 3], d: [f64; 3]) -> f64 {
    let (adx, bdx, cdx) = (a[0] - d[0], b[0] - d[0], c[0] - d[0]);
    let (ady, bdy, cdy) = (a[1] - d[1], b[1] - d[1], c[1] - d[1]);
    let (adz, bdz, cdz) = (a[2] - d[2], b[2] - d[2], c[2] - d[2]);
    let (bc, cb) = (bdx * cdy, cdx * bdy);
    let (ca, ac) = (cdx * ady, adx * cdy);
    let (ab, ba) = (adx * bdy, bdx * ady);
    let det = adz * (bc - cb) + bdz * (ca - ac) + cdz * (ab - ba);
    let size = (bc.abs() + cb.abs()) * adz.abs()
        + (ca.abs() + ac.abs()) * bdz.abs()
        + (ab.abs() + ba.abs()) * cdz.abs();
    if det.abs() > FILTER_3D * size {
        return det;
    }
    below_exact(a, b, c, d)
}

#[cold]
#[inline(never)]
fn below_exact(a: [f64; 3], b: [f64; 3], c: [f64; 3], d: [f64; 3]) -> f64 {
    let at = |p: [f64; 3]| Coord3D { x: p[0], y: p[1], z: p[2] };
    robust::orient3d(at(a), at(b), at(c), at(d))
}

/// For `b` on the line through `a` and `c`, strictly between them: whether `b` is not below the
/// segment from `a` to `c` in space, so that its plane is nowhere strictly on top.
pub(crate) fn covered_by_segment(a: [f64; 3], b: [f64; 3], c: [f64; 3]) -> bool {
    // Any coordinate that separates the ends is an affine parameter of the line.
    let axis = if (a[0] - c[0]).abs() >= (a[1] - c[1]).abs() { 0 } else { 1 };
    let (lo, hi) = if a[axis] < c[axis] { (a, c) } else { (c, a) };
    orient2d([lo[axis], lo[2]], [hi[axis], hi[2]], [b[axis], b[2]]) >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_survive_cancellation() {
        let a = [0.5, 0.5];
        for k in 1..60 {
            let e = 2f64.powi(-k);
            assert!(orient2d([12.0, 12.0], [24.0, 24.0 + e], a) > 0.0 || 24.0 + e == 24.0);
        }
        assert_eq!(orient2d([0.1, 0.1], [0.3, 0.3], [0.7, 0.7]), 0.0);
    }

    #[test]
    fn below_looks_down() {
        let plane = ([0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]);
        assert!(below(plane.0, plane.1, plane.2, [0.2, 0.2, -1e-300]) > 0.0);
        assert!(below(plane.0, plane.1, plane.2, [0.2, 0.2, 1e-300]) < 0.0);
        assert_eq!(below(plane.0, plane.1, plane.2, [7.0, -3.0, 0.0]), 0.0);
    }

    #[test]
    fn a_point_above_or_on_its_segment_is_covered() {
        let (a, c) = ([0.0, 0.0, 0.0], [2.0, 4.0, 2.0]);
        assert!(covered_by_segment(a, [1.0, 2.0, 1.0], c));
        assert!(covered_by_segment(c, [1.0, 2.0, 1.5], a));
        assert!(!covered_by_segment(a, [1.0, 2.0, 0.5], c));
    }
}
