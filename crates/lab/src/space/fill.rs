//! Sites that fill a solid evenly, without rows: a low-discrepancy sequence, shaken, whose
//! points push each other apart.

use super::solid::Solid;
use crate::presets::uniform;
use rand_core::Rng;

/// Rounds of pushing, and how far one goes in units of the usual distance.
const ROUNDS: usize = 30;
const PUSH: f64 = 0.3;
/// The additive recurrence of Roberts (extremelearning.com.au, 2018) generalises the golden ratio:
/// inverse powers of the real root of g⁴ = g + 1.
const G: f64 = 1.220_744_084_605_759_5;
const STEPS: [f64; 3] = [1.0 / G, 1.0 / (G * G), 1.0 / (G * G * G)];
/// Points of it that measure a solid's volume.
const TRIED: usize = 20_000;
/// Most boxes of the grid along an axis.
const BOXES: f64 = 48.0;

/// Exactly `count` sites inside the solid. A site is never pushed out of it, so the outline fills
/// too.
pub(super) fn fill(solid: &Solid, count: usize, rng: &mut impl Rng) -> Vec<[f64; 3]> {
    let half = solid.half();
    let mut u = [uniform(rng), uniform(rng), uniform(rng)];
    let mut next = || {
        u = [0, 1, 2].map(|k| (u[k] + STEPS[k]).fract());
        [0, 1, 2].map(|k| half[k] * (2.0 * u[k] - 1.0))
    };
    let inside = (0..TRIED).filter(|_| solid.contains(next())).count().max(1);
    let volume = 8.0 * half[0] * half[1] * half[2] * inside as f64 / TRIED as f64;
    // Spheres of three quarters of this diameter would fill half of the solid.
    let apart = 1.3 * libm::cbrt(volume / count as f64);
    let mut sites = Vec::with_capacity(count);
    while sites.len() < count {
        let p = next().map(|x| x + 0.5 * apart * (uniform(rng) - 0.5));
        if solid.contains(p) {
            sites.push(p);
        }
    }
    for _ in 0..ROUNDS {
        push(&mut sites, solid, apart);
    }
    sites
}

/// One round: each site in turn goes away from those nearer than `apart`.
fn push(sites: &mut [[f64; 3]], solid: &Solid, apart: f64) {
    let half = solid.half();
    let size = half.map(|h| apart.max(2.0 * h / BOXES));
    let boxes = [0, 1, 2].map(|k| (2.0 * half[k] / size[k]).ceil() as usize + 1);
    let place = |p: &[f64; 3]| [0, 1, 2].map(|k| ((p[k] + half[k]) / size[k]) as usize);
    let index = |b: [usize; 3]| (b[0] * boxes[1] + b[1]) * boxes[2] + b[2];
    let mut grid: Vec<Vec<u32>> = vec![Vec::new(); boxes[0] * boxes[1] * boxes[2]];
    for (p, i) in sites.iter().zip(0..) {
        grid[index(place(p))].push(i);
    }
    for i in 0..sites.len() {
        let p = sites[i];
        let b = place(&p);
        let near = |k: usize| b[k].saturating_sub(1)..=(b[k] + 1).min(boxes[k] - 1);
        let mut force = [0.0; 3];
        for x in near(0) {
            for y in near(1) {
                for z in near(2) {
                    for &j in &grid[index([x, y, z])] {
                        let q = sites[j as usize];
                        let d = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
                        let r = (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt();
                        if r > 0.0 && r < apart {
                            let weight = (1.0 - r / apart) / r;
                            force = [0, 1, 2].map(|k| force[k] + weight * d[k]);
                        }
                    }
                }
            }
        }
        let step = force.map(|f| PUSH * apart * f.clamp(-1.0, 1.0));
        let moved =
            |along: [bool; 3]| [0, 1, 2].map(|k| if along[k] { p[k] + step[k] } else { p[k] });
        // At the border it slides along an axis.
        let ways = [[true; 3], [true, false, false], [false, true, false], [false, false, true]];
        if let Some(free) = ways.map(moved).into_iter().find(|m| solid.contains(*m)) {
            sites[i] = free;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::generator;

    #[test]
    fn sites_keep_their_distance_and_stay_inside() {
        for solid in [Solid::Cube(0.5), Solid::Torus(0.68, 0.3), Solid::Star] {
            let sites = fill(&solid, 600, &mut generator(0, 0));
            assert!(sites.iter().all(|p| solid.contains(*p)));
            let nearest = |p: &[f64; 3]| {
                let far = |q: &&[f64; 3]| (0..3).map(|k| (p[k] - q[k]).powi(2)).sum::<f64>();
                sites.iter().map(|q| far(&q)).filter(|d| *d > 0.0).fold(f64::INFINITY, f64::min)
            };
            let distances: Vec<f64> = sites.iter().map(|p| nearest(p).sqrt()).collect();
            let mean = distances.iter().sum::<f64>() / 600.0;
            let least = distances.iter().fold(f64::INFINITY, |m, d| m.min(*d));
            assert!(least > 0.4 * mean, "{least} where the mean is {mean}: {solid:?}");
        }
        assert_eq!(fill(&Solid::Cube(0.5), 1, &mut generator(0, 0)).len(), 1);
    }
}
