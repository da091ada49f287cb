//! Area, centroid and second moment of a convex polygon, in closed form.

use crate::Point;

/// Zeroth, first and second moments of a region of the plane with density one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// ∫ 1 dx.
    pub area: f64,
    /// ∫ x dx / ∫ 1 dx; the first vertex where the area is zero.
    pub centroid: Point,
    /// ∫ |x − centroid|² dx.
    pub inertia: f64,
}

/// Moments of the polygon with the given vertices, counter-clockwise.
///
/// Sums over the fan of triangles at the first vertex, in coordinates relative to it, so that a
/// small polygon far from the origin loses no digits.
pub fn moments(vertices: &[Point]) -> Moments {
    let Some((&o, rest)) = vertices.split_first() else { return Moments::default() };
    let (mut area2, mut sx, mut sy, mut sq) = (0.0, 0.0, 0.0, 0.0);
    for pair in rest.windows(2) {
        let a = [pair[0][0] - o[0], pair[0][1] - o[1]];
        let b = [pair[1][0] - o[0], pair[1][1] - o[1]];
        let cross = a[0] * b[1] - a[1] * b[0];
        area2 += cross;
        sx += cross * (a[0] + b[0]);
        sy += cross * (a[1] + b[1]);
        // ∫ |x|² over the triangle (0, a, b) is cross/12 · (|a|² + ⟨a,b⟩ + |b|²).
        sq += cross * (a[0] * (a[0] + b[0]) + b[0] * b[0] + a[1] * (a[1] + b[1]) + b[1] * b[1]);
    }
    if !(area2 > 0.0) {
        return Moments { area: 0.0, centroid: o, inertia: 0.0 };
    }
    let c = [sx / (3.0 * area2), sy / (3.0 * area2)];
    let area = 0.5 * area2;
    let inertia = (sq / 12.0 - area * (c[0] * c[0] + c[1] * c[1])).max(0.0);
    Moments { area, centroid: [o[0] + c[0], o[1] + c[1]], inertia }
}

/// Twice the area alone, for the solver's inner loop.
#[inline]
pub(crate) fn double_area(vertices: &[Point]) -> f64 {
    let Some((&o, rest)) = vertices.split_first() else { return 0.0 };
    let mut sum = 0.0;
    for pair in rest.windows(2) {
        sum +=
            (pair[0][0] - o[0]) * (pair[1][1] - o[1]) - (pair[0][1] - o[1]) * (pair[1][0] - o[0]);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangle() {
        let m = moments(&[[1.0, 2.0], [4.0, 2.0], [4.0, 4.0], [1.0, 4.0]]);
        assert!((m.area - 6.0).abs() < 1e-14);
        assert!((m.centroid[0] - 2.5).abs() < 1e-14 && (m.centroid[1] - 3.0).abs() < 1e-14);
        // w h (w² + h²) / 12
        assert!((m.inertia - 6.0 * 13.0 / 12.0).abs() < 1e-13);
    }

    #[test]
    fn far_from_the_origin_no_digit_is_lost() {
        let at = |x: f64, y: f64| [1e8 + x, -1e8 + y];
        let m = moments(&[at(0.0, 0.0), at(0.5, 0.0), at(0.5, 0.25), at(0.0, 0.25)]);
        assert_eq!(m.area, 0.125);
        assert!((m.inertia - 0.125 * (0.25 + 0.0625) / 12.0).abs() < 1e-16);
    }

    #[test]
    fn nothing_has_no_area() {
        assert_eq!(moments(&[]).area, 0.0);
        assert_eq!(moments(&[[1.0, 1.0], [2.0, 2.0]]).area, 0.0);
    }
}
