//! McCann's displacement interpolation.

use geometry::Point;

/// (1 − t) x + t y: where the mass that starts at `x` and ends at `y` = T(x) is at time `t` in
/// [0, 1] on its way along the geodesic of W₂ (McCann, Adv. Math. 128, 1997). Exactly `x` at 0 and
/// `y` at 1.
pub fn interpolate(x: Point, y: Point, t: f64) -> Point {
    [(1.0 - t) * x[0] + t * y[0], (1.0 - t) * x[1] + t * y[1]]
}
