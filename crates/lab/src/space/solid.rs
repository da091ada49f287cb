//! Solids by whether a point is inside. All of them fit into the unit ball, or nearly.

use crate::letters::Strokes;

/// An ellipsoid whose long axis may lean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ellipsoid {
    centre: [f64; 3],
    radii: [f64; 3],
    /// Cosine and sine of the leaning along x, and the slope along y.
    lean: ([f64; 2], f64),
}

impl Ellipsoid {
    pub(super) fn of(centre: [f64; 3], radii: [f64; 3]) -> Self {
        Ellipsoid { centre, radii, lean: ([1.0, 0.0], 0.0) }
    }

    /// The same, turned in the xz-plane by `angle` and sheared along y by `slope`.
    pub(super) fn leaning(self, angle: f64, slope: f64) -> Self {
        Ellipsoid { lean: ([libm::cos(angle), libm::sin(angle)], slope), ..self }
    }

    fn contains(&self, p: [f64; 3]) -> bool {
        let [x, y, z] = [0, 1, 2].map(|k| p[k] - self.centre[k]);
        let ([c, s], slope) = self.lean;
        let turned = [c * x - s * z, y - slope * z, s * x + c * z];
        (0..3).map(|k| (turned[k] / self.radii[k]).powi(2)).sum::<f64>() <= 1.0
    }
}

/// A solid about the origin.
#[derive(Debug)]
pub(super) enum Solid {
    Ellipsoids(Vec<Ellipsoid>),
    /// Radius of the circle and of the tube; the axis is z.
    Torus(f64, f64),
    /// A polyline and the radius of the tube about it.
    Tube(Vec<[f64; 3]>, f64),
    Star,
    /// Half a side.
    Cube(f64),
    /// Letters in the xz-plane, their scale, and half the thickness in their own units.
    Letters(Strokes, f64, f64),
    /// Radii from the foot up, 1 the widest a profile can be.
    Lathe(Vec<f64>),
}

/// Half the height of a body of revolution, and its largest radius.
const LATHE: [f64; 2] = [0.8, 0.6];

impl Solid {
    /// Half the sides of a box about the origin that holds the solid.
    pub(super) fn half(&self) -> [f64; 3] {
        match self {
            Solid::Torus(large, small) => [large + small, large + small, *small],
            Solid::Cube(half) => [*half; 3],
            Solid::Letters(strokes, scale, thick) => {
                [scale * strokes.half[0], scale * thick, scale * strokes.half[1]]
            }
            Solid::Lathe(radii) => {
                let widest = LATHE[1] * radii.iter().fold(0.0_f64, |m, r| m.max(*r));
                [widest, widest, LATHE[0]]
            }
            Solid::Ellipsoids(_) | Solid::Tube(..) | Solid::Star => [1.0; 3],
        }
    }

    pub(super) fn contains(&self, p: [f64; 3]) -> bool {
        let [x, y, z] = p;
        match self {
            Solid::Ellipsoids(parts) => parts.iter().any(|e| e.contains(p)),
            Solid::Torus(large, small) => {
                let off = (x * x + y * y).sqrt() - large;
                off * off + z * z <= small * small
            }
            Solid::Tube(line, radius) => {
                line.windows(2).any(|s| square_distance(p, s[0], s[1]) <= radius * radius)
            }
            Solid::Star => in_star(p),
            Solid::Cube(half) => p.iter().all(|v| v.abs() <= *half),
            Solid::Letters(strokes, scale, thick) => {
                y.abs() <= scale * thick && strokes.contains([x / scale, z / scale])
            }
            Solid::Lathe(radii) => {
                let [half, widest] = LATHE;
                let at = (z / half + 1.0) / 2.0 * (radii.len() - 1) as f64;
                if !(0.0..=(radii.len() - 1) as f64).contains(&at) {
                    return false;
                }
                let k = (at as usize).min(radii.len() - 2);
                let r = widest * (radii[k] + (radii[k + 1] - radii[k]) * (at - k as f64));
                x * x + y * y <= r * r
            }
        }
    }
}

fn square_distance(p: [f64; 3], a: [f64; 3], b: [f64; 3]) -> f64 {
    let minus = |u: [f64; 3], v: [f64; 3]| [u[0] - v[0], u[1] - v[1], u[2] - v[2]];
    let dot = |u: [f64; 3], v: [f64; 3]| u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    let (d, e) = (minus(b, a), minus(p, a));
    let s = (dot(d, e) / dot(d, d).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    let r = minus(e, d.map(|v| s * v));
    dot(r, r)
}

/// Star-shaped: the radius grows towards the twelve corners of an icosahedron.
fn in_star(p: [f64; 3]) -> bool {
    // Corners are (0, ±1, ±φ) and its turns, over √(1 + φ²).
    const A: f64 = 0.525_731_112_119_133_6;
    const B: f64 = 0.850_650_808_352_039_9;
    // The cosine between a face's middle and its corners, the least of the greatest.
    const LEAST: f64 = 0.794_654_472_291_766_1;
    let [x, y, z] = p.map(f64::abs);
    let radius = (x * x + y * y + z * z).sqrt();
    if radius < 0.35 {
        return true;
    }
    let towards = (A * y + B * z).max(A * x + B * y).max(A * z + B * x) / radius;
    let near = ((towards - LEAST) / (1.0 - LEAST)).clamp(0.0, 1.0);
    radius <= 0.38 + 0.62 * near * near
}
