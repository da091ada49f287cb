//! The shapes of the scene in space, and sites that fill them.

use super::Space;
use super::fill::fill;
use super::solid::{Ellipsoid, Solid};
use crate::error::Error;
use crate::letters::Strokes;
use crate::presets::{generator, uniform};
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Number of radii of a profile.
pub const PROFILE: usize = 24;

/// A vase: the profile that the lathe starts with.
pub(super) const VASE: [u8; PROFILE] =
    [30, 31, 26, 14, 9, 10, 18, 30, 41, 49, 53, 54, 52, 47, 40, 31, 22, 15, 12, 12, 15, 21, 28, 32];

/// What the sites fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A rabbit of ellipsoids, after the paper's Fig. 11.
    Rabbit,
    /// A solid torus.
    Torus,
    /// A tube along the trefoil knot.
    Trefoil,
    /// Two balls apart: the map must tear.
    Balls,
    /// A body with twelve points.
    Star,
    /// A cube.
    Cube,
    /// Samples of 27 Gaussians on a grid, what the plane's 25 are in space.
    Grid,
    /// Letters with a thickness.
    Letters,
    /// A profile drawn by hand, revolved.
    Lathe,
    /// The person's own points.
    Own,
}

impl Shape {
    /// Every shape with its name in links and JSON.
    pub const ALL: [(Shape, &'static str); 10] = [
        (Shape::Rabbit, "rabbit"),
        (Shape::Torus, "torus"),
        (Shape::Trefoil, "trefoil"),
        (Shape::Balls, "balls"),
        (Shape::Star, "star"),
        (Shape::Cube, "cube"),
        (Shape::Grid, "grid"),
        (Shape::Letters, "letters"),
        (Shape::Lathe, "lathe"),
        (Shape::Own, "own"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(s, _)| *s == self).map_or("", |(_, name)| name)
    }
}

/// Half the thickness of letters, in units of their raster.
const THICK: f64 = 1.6;

/// The sites of a shape that is not `own`, within the unit ball.
///
/// # Errors
/// Those of [`solid`].
pub(super) fn sites(space: &Space) -> Result<Vec<[f64; 3]>, Error> {
    let mut rng = generator(space.seed, 0x5350);
    Ok(match solid(space)? {
        None => grid(space.count, &mut rng),
        Some(solid) => fill(&solid, space.count, &mut rng),
    })
}

/// The solid that a shape fills, where it fills one.
///
/// # Errors
/// Code `text` for letters that do not exist, `shape` for a profile that holds nothing.
pub(super) fn solid(space: &Space) -> Result<Option<Solid>, Error> {
    let solid = match space.shape {
        Shape::Grid | Shape::Own => return Ok(None),
        Shape::Rabbit => Solid::Ellipsoids(rabbit()),
        Shape::Torus => Solid::Torus(0.68, 0.3),
        Shape::Trefoil => Solid::Tube(trefoil(), 0.145),
        Shape::Balls => {
            Solid::Ellipsoids([-0.56, 0.56].map(|x| Ellipsoid::of([x, 0.0, 0.0], [0.43; 3])).into())
        }
        Shape::Star => Solid::Star,
        Shape::Cube => Solid::Cube(0.57),
        Shape::Letters => {
            let strokes = Strokes::of(&space.text)?;
            let [a, b] = strokes.half;
            let scale = 0.99 / (a * a + b * b + THICK * THICK).sqrt();
            Solid::Letters(strokes, scale, THICK)
        }
        Shape::Lathe => {
            // A hundredth of the widest body's volume: below it sites would take too long to find.
            let volume: u32 = space.profile.iter().map(|r| u32::from(*r).pow(2)).sum();
            if volume < PROFILE as u32 * 63 * 63 / 100 {
                return Err(Error::new(
                    "shape",
                    "The profile is too thin to hold sites. Draw it wider.",
                ));
            }
            Solid::Lathe(space.profile.iter().map(|r| f64::from(*r) / 63.0).collect())
        }
    };
    Ok(Some(solid))
}

/// Independent samples of 27 Gaussians with equal weights.
fn grid(count: usize, rng: &mut impl Rng) -> Vec<[f64; 3]> {
    let (step, sigma) = (0.52, 0.022);
    (0..count)
        .map(|_| {
            let mode = (uniform(rng) * 27.0) as u32;
            let centre = [mode % 3, mode / 3 % 3, mode / 9].map(|k| step * (f64::from(k) - 1.0));
            centre.map(|c| c + sigma * normal(rng).clamp(-4.0, 4.0))
        })
        .collect()
}

/// A standard normal number, by Box and Muller.
fn normal(rng: &mut impl Rng) -> f64 {
    let radius = (-2.0 * libm::log(1.0 - uniform(rng))).sqrt();
    radius * libm::cos(TAU * uniform(rng))
}

/// The knot's points, upright and facing the one who looks along y.
fn trefoil() -> Vec<[f64; 3]> {
    const POINTS: usize = 96;
    let at = |i: usize| {
        let a = TAU * i as f64 / POINTS as f64;
        let x = libm::sin(a) + 2.0 * libm::sin(2.0 * a);
        let z = libm::cos(a) - 2.0 * libm::cos(2.0 * a);
        [0.265 * x, 0.3 * libm::sin(3.0 * a), 0.265 * z + 0.1]
    };
    (0..=POINTS).map(at).collect()
}

/// Sitting, and looking along x.
fn rabbit() -> Vec<Ellipsoid> {
    let mut parts = vec![
        Ellipsoid::of([-0.14, 0.0, -0.36], [0.47, 0.38, 0.42]),
        Ellipsoid::of([0.16, 0.0, -0.16], [0.27, 0.28, 0.38]),
        Ellipsoid::of([0.32, 0.0, 0.22], [0.29, 0.23, 0.235]),
        Ellipsoid::of([0.47, 0.0, 0.15], [0.17, 0.15, 0.14]),
        Ellipsoid::of([-0.63, 0.0, -0.42], [0.14, 0.14, 0.14]),
    ];
    for side in [-1.0, 1.0] {
        parts.push(Ellipsoid::of([-0.2, 0.24 * side, -0.46], [0.33, 0.2, 0.28]));
        parts.push(Ellipsoid::of([0.04, 0.3 * side, -0.7], [0.32, 0.12, 0.1]));
        parts.push(Ellipsoid::of([0.36, 0.16 * side, -0.6], [0.12, 0.1, 0.2]));
        parts.push(Ellipsoid::of([0.42, 0.16 * side, -0.72], [0.17, 0.09, 0.085]));
        parts.push(
            Ellipsoid::of([0.07, 0.14 * side, 0.63], [0.11, 0.075, 0.33])
                .leaning(-0.42, 0.16 * side),
        );
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(shape: Shape, count: usize) -> Vec<[f64; 3]> {
        sites(&Space { shape, count, ..Space::default() }).unwrap()
    }

    #[test]
    fn shapes_fill_the_unit_ball_and_stand_about_its_middle() {
        for (shape, name) in Shape::ALL.into_iter().filter(|(s, _)| *s != Shape::Own) {
            let places = made(shape, 3000);
            let far = places.iter().map(|p| p.iter().map(|x| x * x).sum::<f64>().sqrt());
            let far = far.fold(0.0, f64::max);
            assert!(far <= 1.001 && far > 0.85, "{name} reaches {far}");
            for k in 0..3 {
                let low = places.iter().map(|p| p[k]).fold(f64::INFINITY, f64::min);
                let high = places.iter().map(|p| p[k]).fold(f64::NEG_INFINITY, f64::max);
                assert!((low + high).abs() < 0.25, "{name}: {low} to {high} along {k}");
            }
        }
    }

    /// FNV-1a of the bits of the sites as the page gets them.
    fn digest(shape: Shape) -> u32 {
        let space = Space { shape, count: 300, ..Space::default() };
        let bytes = space.scene().unwrap().sites.into_iter().flat_map(f64::to_le_bytes);
        bytes.fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
    }

    /// The same table is held against the wasm by tests/browser/cases/space-native.mjs.
    #[test]
    fn shapes_are_the_same_everywhere() {
        let table = include_str!("../../../../tests/fixtures/space.json");
        let expect: std::collections::BTreeMap<String, u32> = serde_json::from_str(table).unwrap();
        let made = Shape::ALL.into_iter().filter(|(s, _)| *s != Shape::Own);
        let made = made.map(|(s, name)| (name.to_string(), digest(s))).collect();
        assert_eq!(expect, made, "where this is meant, write the right side down");
    }

    #[test]
    fn two_balls_share_the_sites_and_leave_a_gap() {
        let places = made(Shape::Balls, 1000);
        let right = places.iter().filter(|p| p[0] > 0.0).count();
        assert!((480..=520).contains(&right), "{right} on the right");
        assert!(places.iter().all(|p| p[0].abs() > 0.12));
    }

    #[test]
    fn a_profile_is_revolved_and_an_empty_one_refused() {
        let mut profile = vec![0; PROFILE];
        let thin = Space { shape: Shape::Lathe, profile: profile.clone(), ..Space::default() };
        assert_eq!(sites(&thin).unwrap_err().code, "shape");
        profile[..8].fill(63);
        let foot = Space { profile, ..thin };
        assert!(sites(&foot).unwrap().iter().all(|p| p[2] < -0.2));
        let e = Space { shape: Shape::Letters, text: "@".into(), ..Space::default() };
        assert_eq!(sites(&e).unwrap_err().code, "text");
    }
}
