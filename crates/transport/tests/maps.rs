//! The singular set, the extended map as a push-forward, displacement interpolation.

mod common;

use common::{grid_samples, numpy_points, solve_to};
use rand::SeedableRng as _;
use transport::singular::{Measure, singular_set};
use transport::{ConvexPolygon, Point, displacement, extended::ExtendedMap, sample};

fn two_clusters() -> Vec<Point> {
    numpy_points(120)
        .iter()
        .enumerate()
        .map(|(i, p)| [0.3 * p[0] + if i % 2 == 0 { 0.0 } else { 0.7 }, 0.3 * p[1] + 0.35])
        .collect()
}

#[test]
fn the_singular_set_parts_two_clusters() {
    let square = ConvexPolygon::unit_square();
    let plan = solve_to(&square, &two_clusters(), None, 1e-10);
    for measure in [Measure::Jump { kappa: 4.0 }, Measure::Angle { theta: 0.3, scale: 1.0 }] {
        let set = singular_set(&plan, measure);
        // Exactly the facets between the clusters, a curve from bottom to top at x₁ ≈ ½.
        for (f, singular) in plan.facets.iter().zip(&set.singular) {
            assert_eq!(*singular, f.i % 2 != f.j % 2, "{measure:?}");
        }
        assert!(set.length >= 1.0 && set.length < 1.2);
        assert!(set.median > 0.0 && set.threshold > set.median);
    }
}

#[test]
fn the_jump_measure_is_free_of_scale_and_the_angle_is_not() {
    let plan = solve_to(&ConvexPolygon::unit_square(), &two_clusters(), None, 1e-10);
    let larger: Vec<Point> = two_clusters().iter().map(|p| [50.0 * p[0], 50.0 * p[1]]).collect();
    let scaled = solve_to(&ConvexPolygon::unit_square(), &larger, None, 1e-10);
    let count = |p, m| singular_set(p, m).singular.iter().filter(|s| **s).count();
    let jump = Measure::Jump { kappa: 4.0 };
    assert_eq!(count(&plan, jump), count(&scaled, jump));
    let angle = |scale| Measure::Angle { theta: 0.3, scale };
    assert_ne!(count(&plan, angle(1.0)), count(&scaled, angle(1.0)));
    assert_eq!(count(&plan, angle(1.0)), count(&scaled, angle(0.02)));
}

#[test]
fn the_paper_s_angle_misses_facets_between_modes_in_raw_coordinates() {
    let plan = solve_to(&ConvexPolygon::unit_square(), &grid_samples(512, 0), None, 1e-9);
    let mode = |i: u32| plan.sites[i as usize].map(|c| (c / 2.0).round());
    let between: Vec<bool> = plan.facets.iter().map(|f| mode(f.i) != mode(f.j)).collect();
    let found = |m| {
        let set = singular_set(&plan, m);
        let hits = set.singular.iter().zip(&between).filter(|(s, b)| **s && **b).count();
        hits as f64 / between.iter().filter(|b| **b).count() as f64
    };
    assert!(found(Measure::Angle { theta: 0.75, scale: 1.0 }) < 0.2);
    assert!(found(Measure::Jump { kappa: 5.0 }) > 0.99);
}

#[test]
fn the_potential_finds_cells_as_the_definition_does() {
    let square = ConvexPolygon::unit_square();
    let plan = solve_to(&square, &grid_samples(200, 2), None, 1e-9);
    let potential = plan.potential();
    let mut rng = rand_pcg::Pcg64::seed_from_u64(5);
    for x in sample::uniform(&square, &mut rng, 500) {
        let plane = |i: usize| x[0] * plan.sites[i][0] + x[1] * plan.sites[i][1] + plan.heights[i];
        let best = (0..200).map(plane).fold(f64::NEG_INFINITY, f64::max);
        assert_eq!(potential.value(x), best);
        assert_eq!(plane(potential.cell_of(x, 150) as usize), best);
    }
    // Outside the domain too.
    let x = [7.0, -4.0];
    let best = (0..200)
        .map(|i| x[0] * plan.sites[i][0] + x[1] * plan.sites[i][1] + plan.heights[i])
        .fold(f64::NEG_INFINITY, f64::max);
    assert_eq!(potential.value(x), best);
}

#[test]
fn the_extended_map_is_linear_on_triangles_and_drops_nothing() {
    let square = ConvexPolygon::unit_square();
    let plan = solve_to(&square, &two_clusters(), None, 1e-10);
    let set = singular_set(&plan, Measure::Jump { kappa: 4.0 });
    let map = ExtendedMap::new(&plan, &set);
    assert!(map.triangles().len() > 100);
    for (i, &c) in plan.centroids.iter().enumerate() {
        let y = map.map(c, i as u32);
        let site = plan.sites[i];
        // A centroid goes to its site, or, in a triangle of the others, near it.
        assert!((y[0] - site[0]).hypot(y[1] - site[1]) < 0.1);
    }
    for t in map.triangles() {
        assert!((0..3).all(|k| t[k] % 2 == t[(k + 1) % 3] % 2), "no triangle bridges the clusters");
        let middle = |p: &[Point]| {
            let at = |k: usize| t.iter().map(|&i| p[i as usize][k]).sum::<f64>() / 3.0;
            [at(0), at(1)]
        };
        let (x, y) = (middle(&plan.centroids), middle(&plan.sites));
        let z = map.map(x, 0);
        assert!((y[0] - z[0]).hypot(y[1] - z[1]) < 1e-9);
    }
    let mut rng = rand_pcg::Pcg64::seed_from_u64(8);
    let xs = sample::uniform(&square, &mut rng, 5_000);
    let ys = map.map_all(&xs);
    assert_eq!(ys.len(), xs.len());
    // No mass between the clusters, and half of it on either side.
    assert!(ys.iter().all(|y| y[0] <= 0.3 || y[0] >= 0.7));
    let left = ys.iter().filter(|y| y[0] < 0.5).count() as f64;
    assert!((left / 5_000.0 - 0.5).abs() < 4.0 * 0.5 / 5_000f64.sqrt());
}

#[test]
fn interpolation_has_its_ends() {
    assert_eq!(displacement::interpolate([0.1, 0.7], [0.3, -9.0], 0.0), [0.1, 0.7]);
    assert_eq!(displacement::interpolate([0.1, 0.7], [0.3, -9.0], 1.0), [0.3, -9.0]);
    assert_eq!(displacement::interpolate([0.0, 1.0], [1.0, 3.0], 0.5), [0.5, 2.0]);
}
