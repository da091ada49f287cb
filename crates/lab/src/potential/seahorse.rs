//! The outline of a sea horse, drawn by hand for this page.

use geometry::Point;

/// Corners between two points of the drawing.
const STEPS: usize = 6;

/// Counter-clockwise, from under the snout: belly, tail, back with its fin, crown.
#[rustfmt::skip]
const POINTS: [Point; 59] = [
    [-3.4, 6.4], [-2.5, 6.55], [-1.6, 6.5], [-1.0, 6.6], [-0.55, 6.4], [-0.65, 5.9], [-1.3, 5.3],
    [-1.75, 4.4], [-1.7, 3.4], [-1.25, 2.4], [-0.65, 1.5], [-0.25, 0.6], [-0.1, -0.4],
    [-0.15, -1.4], [-0.4, -2.2], [-0.9, -2.75], [-1.55, -2.8], [-2.0, -2.4], [-2.05, -1.8],
    [-1.75, -1.4], [-1.3, -1.4], [-1.2, -1.7], [-1.45, -1.95], [-1.25, -2.25], [-0.8, -2.1],
    [-0.6, -1.45], [-1.1, -0.85], [-1.95, -0.8], [-2.65, -1.45], [-2.7, -2.5], [-2.05, -3.3],
    [-1.05, -3.5], [-0.15, -3.0], [0.45, -2.1], [0.8, -1.0], [1.05, 0.2], [1.35, 1.3],
    [1.75, 2.4], [2.0, 3.2], [2.6, 3.25], [3.1, 3.8], [3.2, 4.65], [2.7, 5.3], [1.9, 5.15],
    [1.35, 5.8], [0.9, 6.6], [0.8, 7.3], [0.75, 8.0], [0.8, 8.7], [0.25, 8.75], [0.05, 9.45],
    [-0.4, 8.85], [-0.85, 9.3], [-1.0, 8.45], [-1.4, 7.95], [-1.8, 7.35], [-2.6, 7.12],
    [-3.45, 7.12], [-3.6, 6.75],
];

/// The drawing's points joined by a Catmull–Rom spline.
pub(super) fn outline() -> Vec<Point> {
    let n = POINTS.len();
    let at = |k: usize| {
        let [a, b, c, d] = [n - 1, 0, 1, 2].map(|next| POINTS[(k / STEPS + next) % n]);
        let t = (k % STEPS) as f64 / STEPS as f64;
        [0, 1].map(|i| {
            let (p, q, r, s) = (a[i], b[i], c[i], d[i]);
            let cubic = -p + 3.0 * q - 3.0 * r + s;
            0.5 * (2.0 * q + t * (r - p + t * (2.0 * p - 5.0 * q + 4.0 * r - s + t * cubic)))
        })
    };
    (0..n * STEPS).map(at).collect()
}
