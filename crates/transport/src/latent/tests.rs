//! Closed forms, the plane's exact answers, and brute force.

use super::*;
use crate::monte_carlo::{
    Adam, AdamSteps, CellMass, Draw, Estimate, Law, MachineError, Planes, Problem, Sequence, Want,
};
use crate::{ConvexPolygon, Options, Target, newton};
use rand::{RngExt as _, SeedableRng as _};
use rand_pcg::Pcg64;
use std::ops::ControlFlow;

const WHOLE: Extension = Extension { threshold: f64::INFINITY, ramp: 0.3 };

fn random(rng: &mut Pcg64, count: usize) -> Vec<f64> {
    (0..count).map(|_| rng.random::<f64>()).collect()
}

/// Sites at the middles of the 2^d boxes of a cube: with these heights each has its own box.
fn boxes(d: usize) -> LatentMap {
    let sites: Vec<f64> = (0..1usize << d)
        .flat_map(|i| (0..d).map(move |k| if i >> k & 1 == 1 { 0.75 } else { 0.25 }))
        .collect();
    let heights: Vec<f64> =
        sites.chunks_exact(d).map(|y| -0.5 * y.iter().map(|y| y * y).sum::<f64>()).collect();
    LatentMap::new(d, &sites, &heights).unwrap()
}

/// Some sites in d dimensions, with heights near those of Voronoi's diagram so that all have cells.
fn scattered(seed: u64, n: usize, d: usize) -> LatentMap {
    let mut rng = Pcg64::seed_from_u64(seed);
    let sites = random(&mut rng, n * d);
    let heights: Vec<f64> = sites
        .chunks_exact(d)
        .map(|y| -0.5 * y.iter().map(|y| y * y).sum::<f64>() + 0.01 * rng.random::<f64>())
        .collect();
    LatentMap::new(d, &sites, &heights).unwrap()
}

#[test]
fn two_sites() {
    // The facet is x = ½; the jump is 0.6 and the strip 0.3 · 0.6 wide.
    let map = LatentMap::new(2, &[0.2, 0.0, 0.8, 0.0], &[0.15, -0.15]).unwrap();
    let strip = 0.3 * 0.6;
    for x in [0.0, 0.4, 0.45, 0.5, 0.55, 0.58, 0.7, 1.0] {
        let image = map.map(&[x, 0.3], &WHOLE);
        let share = ((x - 0.5) / strip + 0.5).clamp(0.0, 1.0);
        assert!((image.target[0] - (0.2 + 0.6 * share)).abs() < 1e-12, "{x} {image:?}");
        assert_eq!(image.target[1], 0.0);
        let sharp = Extension { threshold: 0.59, ..WHOLE };
        if x != 0.5 {
            assert_eq!(map.map(&[x, 0.3], &sharp).target[0], if x > 0.5 { 0.8 } else { 0.2 });
        }
        assert_eq!(map.map(&[x, 0.3], &Extension { ramp: 0.0, ..WHOLE }).heaviest(), 1.0);
    }
    let top = map.top(&[0.6, 0.9]);
    assert_eq!((top.cell, top.second), (1, 0));
    assert!((top.gap - 0.06).abs() < 1e-12 && (top.jump - 0.6).abs() < 1e-12);
    // Normals (∓0.3 s, 0, −1).
    assert!((map.angle(0, 1, 1.0 / 0.3) - std::f64::consts::FRAC_PI_2).abs() < 1e-12);
    assert!((map.angle(0, 1, 1e-9) - 0.6e-9).abs() < 1e-18);
    assert!((map.spread() - 0.3).abs() < 1e-12);
}

#[test]
fn boxes_mix_coordinate_by_coordinate() {
    for d in [1, 2, 5] {
        let map = boxes(d);
        let mut rng = Pcg64::seed_from_u64(8);
        for _ in 0..50 {
            let x = random(&mut rng, d);
            let image = map.map(&x, &WHOLE);
            // The strips of parallel facets: each coordinate goes its own way.
            for (x, y) in x.iter().zip(&image.target) {
                let share = ((x - 0.5) / (0.3 * 0.5) + 0.5).clamp(0.0, 1.0);
                assert!((y - (0.25 + 0.5 * share)).abs() < 1e-6, "{x} {y}");
            }
            assert!((image.weights.iter().map(|w| w.1).sum::<f64>() - 1.0).abs() < 1e-9);
            assert_eq!(
                map.nearest(&map.map(&x, &Extension { ramp: 0.0, ..WHOLE }).target),
                (image.cell, 0.0)
            );
        }
    }
}

#[test]
fn the_highest_plane_and_the_nearest_site_by_brute_force() {
    let map = scattered(1, 333, 7);
    let mut rng = Pcg64::seed_from_u64(2);
    for _ in 0..200 {
        let x = random(&mut rng, 7);
        let centred = map.about_middle(&x);
        let value = |i: usize| {
            map.site(i).iter().zip(&centred).map(|(y, x)| y * x).sum::<f64>() + map.local[i]
        };
        let mut order: Vec<usize> = (0..map.len()).collect();
        order.sort_by(|a, b| value(*b).total_cmp(&value(*a)));
        let top = map.top(&x);
        assert_eq!([top.cell as usize, top.second as usize], [order[0], order[1]]);
        assert!((top.gap - value(order[0]) + value(order[1])).abs() < 1e-12);
        let (nearest, distance) = map.nearest(&x);
        let far = |i: usize| {
            map.site(i)
                .iter()
                .zip(map.mean().iter().zip(&x))
                .map(|(y, (m, x))| (y + m - x).powi(2))
                .sum::<f64>()
                .sqrt()
        };
        let best = (0..map.len()).map(far).fold(f64::INFINITY, f64::min);
        assert!((distance - best).abs() < 1e-12 && (far(nearest as usize) - best).abs() < 1e-12);
    }
}

#[test]
fn the_whole_map_is_monotone_and_no_steeper_than_it_says() {
    let map = scattered(3, 200, 6);
    let mut rng = Pcg64::seed_from_u64(4);
    for k in 0..200 {
        let a = random(&mut rng, 6);
        // Also close neighbours, which a discontinuity would set apart.
        let size = if k % 2 == 0 { 1.0 } else { 1e-4 };
        let b: Vec<f64> =
            a.iter().map(|a| (a + size * (rng.random::<f64>() - 0.5)).clamp(0.0, 1.0)).collect();
        let (s, t) = (map.map(&a, &WHOLE).target, map.map(&b, &WHOLE).target);
        let square =
            |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
        let along: f64 = (0..6).map(|k| (a[k] - b[k]) * (s[k] - t[k])).sum();
        // The gradient of a convex function that is 1/ε-smooth is co-coercive.
        assert!(along >= WHOLE.ramp * square(&s, &t) - 1e-9, "{along}");
    }
}

#[test]
fn a_threshold_keeps_out_what_is_singular() {
    let map = scattered(5, 150, 4);
    let extension = Extension { threshold: 0.3, ramp: 0.5 };
    let mut rng = Pcg64::seed_from_u64(6);
    let points = random(&mut rng, 4 * 200);
    for x in points.chunks_exact(4) {
        let image = map.map(x, &extension);
        assert!(image.weights.iter().all(|(i, _)| map.jump(*i, image.cell) <= 0.3));
        assert_eq!(image.cell, map.top(x).cell);
    }
    // A threshold that keeps everything is none.
    for x in points.chunks_exact(4) {
        let all = map.map(x, &Extension { threshold: 10.0, ..WHOLE });
        let whole = map.map(x, &WHOLE);
        assert!(all.target.iter().zip(&whole.target).all(|(a, b)| (a - b).abs() < 1e-9));
    }
    let found = survey(&map, &points, &extension);
    assert!(found.across > 0.2 && found.across < 1.0, "{found:?}");
    assert!(found.interpolated > 0.0 && found.mixed > 1.0);
    let ramp = ramp_for(&map, &points, 0.5, 0.6);
    let met = survey(&map, &points, &Extension { threshold: 0.5, ramp });
    assert!((0.6..0.7).contains(&met.interpolated), "{ramp} {met:?}");
    let (jumps, angles) = jumps(&map, &points, 1.0 / map.spread());
    assert!(jumps.is_sorted() && angles.is_sorted() && jumps.len() == 200);
    assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
}

/// In the plane, with exact heights, the weights' average over the source gives each site its mass
/// but for what is not symmetric about the facets; and where T̃ is a site, it is ∇u.
#[test]
fn in_the_plane_the_masses_stay() {
    let mut rng = Pcg64::seed_from_u64(9);
    let sites: Vec<[f64; 2]> = (0..40).map(|_| [rng.random(), rng.random()]).collect();
    let target = Target::new(&sites, None).unwrap();
    let square = ConvexPolygon::unit_square();
    let plan = newton::solve(&square, &target, &Options::default(), None, &mut |_| {
        ControlFlow::Continue(())
    })
    .unwrap();
    let map = LatentMap::new(2, sites.as_flattened(), &plan.heights).unwrap();
    let (extension, side) = (Extension { threshold: f64::INFINITY, ramp: 0.2 }, 120);
    let mut shares = vec![0.0; 40];
    let mut mixed = 0;
    for k in 0..side * side {
        let x = [0.5 + (k % side) as f64, 0.5 + (k / side) as f64].map(|v| v / side as f64);
        let image = map.map(&x, &extension);
        assert_eq!(image.cell, plan.potential().cell_of(x, 0));
        mixed += usize::from(image.weights.len() > 1);
        image
            .weights
            .iter()
            .for_each(|(i, w)| shares[*i as usize] += w * 40.0 / (side * side) as f64);
    }
    assert!(mixed * 10 > side * side, "{mixed}");
    let off = shares.iter().map(|s| (s - 1.0).powi(2)).sum::<f64>() / 40.0;
    assert!(off.sqrt() < 0.1, "{off} {shares:?}");
}

#[test]
fn a_line_meets_what_brute_force_meets() {
    for d in [1, 3, 8] {
        let map = scattered(10, 120, d);
        let mut rng = Pcg64::seed_from_u64(11);
        let (a, b) = (random(&mut rng, d), random(&mut rng, d));
        let at = |t: f64| a.iter().zip(&b).map(|(a, b)| a + t * (b - a)).collect::<Vec<f64>>();
        let (first, crossings) = map.line(&a, &b);
        assert_eq!(first, map.top(&a).cell);
        assert!(crossings.windows(2).all(|w| w[0].t <= w[1].t && w[0].right == w[1].left));
        assert!(!crossings.is_empty());
        for k in 0..=1000 {
            let t = f64::from(k) / 1000.0;
            if crossings.iter().any(|c| (c.t - t).abs() < 1e-9) {
                continue;
            }
            let passed = crossings.partition_point(|c| c.t <= t);
            let cell = if passed == 0 { first } else { crossings[passed - 1].right };
            assert_eq!(map.top(&at(t)).cell, cell, "t = {t}");
        }
    }
    // Nowhere to go.
    assert_eq!(boxes(2).line(&[0.1, 0.1], &[0.1, 0.1]).1, []);
}

#[test]
fn a_plane_shows_the_cells_it_cuts() {
    for d in [2, 3, 10] {
        let map = scattered(12, 200, d);
        let mut rng = Pcg64::seed_from_u64(13);
        let points = [(); 3].map(|()| random(&mut rng, d));
        let section = map.section([&points[0], &points[1], &points[2]]).unwrap();
        let polygon = ConvexPolygon::new(section.polygon.clone()).unwrap();
        // The chosen points are in the plane, in the cube, and counter-clockwise.
        let places = points.each_ref().map(|p| section.place(p));
        for (place, point) in places.iter().zip(&points) {
            assert!(polygon.contains(*place));
            assert!(section.at(*place).iter().zip(point).all(|(a, b)| (a - b).abs() < 1e-12));
        }
        assert!(geometry::moments(&places).area > 0.0);
        for corner in &section.polygon {
            let x = section.at(*corner);
            assert!(x.iter().all(|x| (-1e-9..1.0 + 1e-9).contains(x)));
            assert!(x.iter().any(|x| x.abs() < 1e-9 || (x - 1.0).abs() < 1e-9));
        }
        let cell = |k: usize| {
            &section.vertices[section.offsets[k] as usize..section.offsets[k + 1] as usize]
        };
        let area: f64 = (0..section.sites.len()).map(|k| geometry::moments(cell(k)).area).sum();
        assert!((area / polygon.area() - 1.0).abs() < 1e-9, "d = {d}");
        for (k, i) in section.sites.iter().enumerate() {
            let m = geometry::moments(cell(k));
            if m.area > 1e-9 {
                assert_eq!(map.top(&section.at(m.centroid)).cell, *i);
            }
        }
        for edge in &section.edges {
            assert_eq!(edge.jump, map.jump(edge.left, edge.right));
            let [a, b] = edge.ends;
            let top = map.top(&section.at([0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])]));
            if (a[0] - b[0]).hypot(a[1] - b[1]) > 1e-6 {
                assert_eq!(
                    [top.cell.min(top.second), top.cell.max(top.second)],
                    [edge.left, edge.right]
                );
            }
        }
    }
}

#[test]
fn planes_that_are_none_and_planes_along_the_axes() {
    let map = boxes(3);
    let line = map.section([&[0.1; 3], &[0.2; 3], &[0.4; 3]]);
    assert_eq!(line.unwrap_err(), LatentError::Plane);
    assert_eq!(map.section([&[0.1; 3], &[0.1; 3], &[0.4; 3]]).unwrap_err().code(), "latent-plane");
    // Sites lie above one another here, in pairs: the higher has the cell.
    let section = map.section([&[0.1, 0.1, 0.3], &[0.9, 0.1, 0.3], &[0.1, 0.9, 0.3]]).unwrap();
    assert_eq!(section.sites, [0, 1, 2, 3]);
    let polygon = ConvexPolygon::new(section.polygon).unwrap();
    assert!((polygon.area() - 1.0).abs() < 1e-12 && section.edges.len() == 4);
}

#[test]
fn a_crossing_is_found_and_is_the_only_one() {
    let map = scattered(14, 300, 5);
    let points = random(&mut Pcg64::seed_from_u64(2), 5 * 200);
    let threshold = quantile(&jumps(&map, &points, 1.0).0, 0.7);
    let found = find_crossing(&map, threshold, &mut Pcg64::seed_from_u64(1), 32).unwrap();
    let (_, crossings) = map.line(&found.from, &found.to);
    let singular: Vec<&Crossing> = crossings.iter().filter(|c| c.jump > threshold).collect();
    assert_eq!(singular.len(), 1);
    assert!((singular[0].t - found.t).abs() < 1e-9 && singular[0].jump == found.jump);
    assert!(crossings[0].t < found.t && crossings[crossings.len() - 1].t > found.t);
    let again = find_crossing(&map, threshold, &mut Pcg64::seed_from_u64(1), 32);
    assert_eq!(again, Some(found));
    assert_eq!(find_crossing(&map, f64::INFINITY, &mut Pcg64::seed_from_u64(1), 32), None);
}

#[test]
fn a_point_in_each_cell() {
    let map = scattered(15, 100, 6);
    for i in 0..100 {
        if let Some(x) = map.point_in(i) {
            assert_eq!(map.top(&x).cell, i);
            assert!(x.iter().all(|x| (0.0..=1.0).contains(x)));
        }
    }
    assert!((0..100).filter(|i| map.point_in(*i).is_some()).count() > 90);
    // A site far below the others has no cell.
    let hidden = LatentMap::new(2, &[0.2, 0.0, 0.8, 0.0, 0.5, 0.0], &[0.0, 0.0, -5.0]).unwrap();
    assert_eq!(hidden.point_in(2), None);
    let alone = LatentMap::new(1, &[0.3], &[0.0]).unwrap();
    assert!(alone.point_in(0).is_some() && alone.map(&[0.9], &WHOLE).target == [0.3]);
    assert_eq!(alone.top(&[0.9]), Top { cell: 0, second: 0, gap: 0.0, jump: 0.0 });
}

#[test]
fn what_is_no_map_is_refused() {
    let code =
        |d, sites: &[f64], heights: &[f64]| LatentMap::new(d, sites, heights).unwrap_err().code();
    assert_eq!(code(0, &[], &[]), "latent-sites");
    assert_eq!(code(2, &[1.0; 3], &[0.0]), "latent-sites");
    assert_eq!(code(2, &[1.0; 4], &[0.0]), "latent-heights");
    assert_eq!(code(2, &[1.0, f64::NAN], &[0.0]), "latent-not-finite");
    assert_eq!(LatentMap::new(1, &[1.0, 2.0], &[0.0, f64::INFINITY]).unwrap_err().index(), Some(1));
}

/// A machine that counts by brute force.
struct Plain(Planes);

impl CellMass for Plain {
    fn planes(&self) -> &Planes {
        &self.0
    }

    fn name(&self) -> String {
        "plain".into()
    }

    async fn estimate(
        &mut self,
        heights: &[f64],
        draw: Draw,
        _: Want,
    ) -> Result<Estimate, MachineError> {
        let d = self.0.dimension;
        let mut rng = Pcg64::seed_from_u64(u64::from(draw.seed));
        let mut out = Estimate {
            counts: vec![0; heights.len()],
            sums: vec![0.0; heights.len() * d],
            ..Estimate::default()
        };
        for _ in 0..draw.count {
            let x: Vec<f64> = (0..d).map(|_| rng.random::<f64>() - 0.5).collect();
            let value = |i: &usize| {
                self.0.sites[i * d..][..d]
                    .iter()
                    .zip(&x)
                    .map(|(y, x)| f64::from(*y) * x)
                    .sum::<f64>()
                    + heights[*i]
            };
            let i = (0..heights.len()).max_by(|a, b| value(a).total_cmp(&value(b))).unwrap();
            out.counts[i] += 1;
            out.sums[i * d..][..d].iter_mut().zip(&x).for_each(|(s, x)| *s += x);
        }
        Ok(out)
    }

    async fn descend(&mut self, _: &mut Adam, _: &AdamSteps) -> Result<Estimate, MachineError> {
        unreachable!("nothing is solved here")
    }
}

#[test]
fn centroids_of_boxes_with_their_errors() {
    let sites = [0.25, 0.25, 0.75, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.25];
    let problem = Problem::new(Law::Cube, 2, &sites, None).unwrap();
    let mut machine = Plain(problem.planes(Sequence::Philox));
    let heights: Vec<f64> =
        sites.chunks_exact(2).map(|y| -0.5 * (y[0] * y[0] + y[1] * y[1])).collect();
    let (n, work) = (2_000, centroids(&problem, &mut machine, &heights, 5, 8, 2_000));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(found) = std::pin::pin!(work).poll(&mut context) else {
        panic!("the machine is ready at once")
    };
    let found = found.unwrap();
    assert_eq!(found.counts[..4].iter().sum::<u64>(), 8 * n);
    // Uniform on a box of side ½: each coordinate has variance 1/48.
    let expected = (2.0 / 48.0 / 4_000.0f64).sqrt();
    for i in 0..5 {
        let [x, y] = [0, 1].map(|k| found.points[2 * i + k] - sites[2 * i + k]);
        assert!(x.hypot(y) < 4.0 * expected, "{i}");
        assert!(found.errors[i] > 0.3 * expected && found.errors[i] < 2.0 * expected);
    }
    assert_eq!((found.counts[4], found.errors[4]), (found.counts[0], found.errors[0]));
}
