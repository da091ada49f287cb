//! Triangulations and diagrams on friendly and hostile sites, by their invariants.

#![allow(clippy::unwrap_used, reason = "test helpers fail by panicking")]

use geometry::{ConvexPolygon, Point, PowerDiagram, Update, WeightedDelaunay};
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_pcg::Pcg64;

fn voronoi_heights(sites: &[Point]) -> Vec<f64> {
    sites.iter().map(|p| -0.5 * (p[0] * p[0] + p[1] * p[1])).collect()
}

/// Builds, checks every invariant, and returns the diagram in `domain`.
fn check(sites: &[Point], heights: &[f64], domain: &ConvexPolygon) -> PowerDiagram {
    let delaunay = WeightedDelaunay::new(sites, heights).unwrap();
    delaunay.sanity_check();
    let diagram = PowerDiagram::new(&delaunay, domain);
    let total: f64 = diagram.areas().iter().sum();
    assert!(
        (total - domain.area()).abs() < 1e-9 * domain.area(),
        "cells cover the domain: {total}"
    );
    for i in 0..sites.len() {
        if delaunay.is_hidden(i as u32) {
            assert!(diagram.cell(i).is_empty());
        }
    }
    diagram
}

/// The area of each cell by brute force: the domain cut by every other plane.
fn areas_by_definition(sites: &[Point], heights: &[f64], domain: &ConvexPolygon) -> Vec<f64> {
    (0..sites.len())
        .map(|i| {
            let mut cell = domain.vertices().to_vec();
            for j in (0..sites.len()).filter(|&j| sites[j] != sites[i]) {
                let n = [sites[j][0] - sites[i][0], sites[j][1] - sites[i][1]];
                let c = heights[i] - heights[j];
                let s = |p: &Point| p[0] * n[0] + p[1] * n[1] - c;
                let mut next = Vec::new();
                for k in 0..cell.len() {
                    let (a, b) = (cell[k], cell[(k + 1) % cell.len()]);
                    let (u, v) = (s(&a), s(&b));
                    if u <= 0.0 {
                        next.push(a);
                    }
                    if (u < 0.0 && v > 0.0) || (u > 0.0 && v < 0.0) {
                        let t = u / (u - v);
                        next.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
                    }
                }
                cell = next;
            }
            geometry::moments(&cell).area
        })
        .collect()
}

fn random_sites(rng: &mut Pcg64, n: usize) -> Vec<Point> {
    (0..n).map(|_| [rng.random(), rng.random()]).collect()
}

#[test]
fn random_sites_agree_with_the_definition() {
    let mut rng = Pcg64::seed_from_u64(1);
    let square = ConvexPolygon::unit_square();
    let disk = ConvexPolygon::disk([0.5, 0.5], 0.4, 64).unwrap();
    for n in [1, 2, 3, 4, 10, 80] {
        let sites = random_sites(&mut rng, n);
        // Strong weights, so that some sites are hidden.
        let heights: Vec<f64> = voronoi_heights(&sites)
            .iter()
            .map(|h| h + 0.05 * rng.random::<f64>() / (n as f64).sqrt())
            .collect();
        for domain in [&square, &disk] {
            let diagram = check(&sites, &heights, domain);
            let expected = areas_by_definition(&sites, &heights, domain);
            for i in 0..n {
                assert!((diagram.areas()[i] - expected[i]).abs() < 1e-12, "cell {i} of {n}");
            }
        }
    }
}

#[test]
fn lattices_are_full_of_coplanar_points() {
    let square = ConvexPolygon::unit_square();
    let sites: Vec<Point> =
        (0..400).map(|k| [f64::from(k % 20) / 19.0, f64::from(k / 20) / 19.0]).collect();
    let diagram = check(&sites, &voronoi_heights(&sites), &square);
    assert!((diagram.areas()[21] - 1.0 / 361.0).abs() < 1e-15);
    // All planes through one point: a flat lift, where every site within the hull is on it.
    let flat = vec![0.0; 400];
    check(&sites, &flat, &square);
    // Integers small enough for the predicates to meet many exact zeros.
    let ints: Vec<Point> = (0..144).map(|k| [f64::from(k % 12), f64::from((k * k) % 11)]).collect();
    let heights: Vec<f64> = (0..144).map(|k| f64::from((k * 7) % 5)).collect();
    check(&ints, &heights, &square);
}

#[test]
fn cocircular_collinear_coincident() {
    let square = ConvexPolygon::unit_square();
    let circle: Vec<Point> = (0..64)
        .map(|k| {
            let a = f64::from(k) * std::f64::consts::TAU / 64.0;
            [0.5 + 0.3 * a.cos(), 0.5 + 0.3 * a.sin()]
        })
        .collect();
    check(&circle, &voronoi_heights(&circle), &square);
    let line: Vec<Point> = (0..9).map(|k| [f64::from(k) / 8.0, 0.25]).collect();
    let strips = check(&line, &voronoi_heights(&line), &square);
    assert!((strips.areas()[3] - 0.125).abs() < 1e-15);
    // The middle plane too low to show.
    let hidden = check(&[[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]], &[0.0, -1.0, 0.0], &square);
    assert_eq!(hidden.areas()[1], 0.0);
    // Several sites at one place: the highest wins.
    let twice = [[0.2, 0.2], [0.8, 0.3], [0.2, 0.2], [0.5, 0.9], [0.2, 0.2]];
    let diagram = check(&twice, &[0.0, 0.0, 0.1, 0.0, 0.05], &square);
    assert_eq!((diagram.areas()[0], diagram.areas()[4]), (0.0, 0.0));
    assert!(diagram.areas()[2] > 0.0);
    check(&[[0.3, 0.3]; 3], &[0.0, 2.0, 1.0], &square);
}

#[test]
fn sites_far_outside_and_thin_triangles() {
    let square = ConvexPolygon::unit_square();
    let mut rng = Pcg64::seed_from_u64(5);
    let far: Vec<Point> =
        (0..50).map(|k| [1e6 + 1e-3 * f64::from(k), 1e-3 * rng.random::<f64>()]).collect();
    let heights: Vec<f64> = far.iter().map(|p| -p[0] * 0.5 - 0.5 * (p[0] - 1e6).powi(2)).collect();
    let delaunay = WeightedDelaunay::new(&far, &heights).unwrap();
    delaunay.sanity_check();
    let near_line: Vec<Point> =
        (0..200).map(|k| [f64::from(k) / 199.0, 0.5 + 1e-13 * rng.random::<f64>()]).collect();
    check(&near_line, &voronoi_heights(&near_line), &square);
}

#[test]
fn updates_give_the_same_cells_as_building_anew() {
    let mut rng = Pcg64::seed_from_u64(7);
    let square = ConvexPolygon::unit_square();
    let sites = random_sites(&mut rng, 500);
    let mut heights = voronoi_heights(&sites);
    let mut delaunay = WeightedDelaunay::new(&sites, &heights).unwrap();
    let (mut full, mut hidden) = (0, 0);
    for round in 0..60 {
        let size = 10f64.powi(-3 - round % 4);
        for h in &mut heights {
            *h += size * (rng.random::<f64>() - 0.5);
        }
        let fresh = WeightedDelaunay::new(&sites, &heights).unwrap();
        match delaunay.update(&heights) {
            Update::Full => {
                full += 1;
                delaunay.sanity_check();
                let (a, b) =
                    (PowerDiagram::new(&delaunay, &square), PowerDiagram::new(&fresh, &square));
                for i in 0..500 {
                    assert!((a.areas()[i] - b.areas()[i]).abs() < 1e-13);
                }
            }
            Update::Hidden(i) => {
                hidden += 1;
                assert!(fresh.is_hidden(i));
                heights = voronoi_heights(&sites);
                assert_eq!(delaunay.update(&heights), Update::Full);
                delaunay.sanity_check();
            }
        }
    }
    assert!(full > 10 && hidden > 3, "the test meets both cases: {full} {hidden}");
}

#[test]
fn many_sites() {
    let mut rng = Pcg64::seed_from_u64(9);
    let sites = random_sites(&mut rng, 50_000);
    check(&sites, &voronoi_heights(&sites), &ConvexPolygon::unit_square());
    let lattice: Vec<Point> =
        (0..40_000u32).map(|k| [f64::from(k % 200) / 199.0, f64::from(k / 200) / 199.0]).collect();
    check(&lattice, &voronoi_heights(&lattice), &ConvexPolygon::unit_square());
}

#[test]
fn bad_sites_are_named() {
    use geometry::SiteError;
    let err = |s: &[Point], h: &[f64]| WeightedDelaunay::new(s, h).unwrap_err();
    assert_eq!(err(&[], &[]), SiteError::Empty);
    assert_eq!(err(&[[0.0, 0.0], [0.0, f64::NAN]], &[0.0; 2]), SiteError::NotFinite { index: 1 });
    assert_eq!(err(&[[0.0, 0.0]], &[f64::INFINITY]), SiteError::NotFinite { index: 0 });
    assert_eq!(err(&[[0.0, 1e61]], &[0.0]), SiteError::TooLarge { index: 0 });
    assert_eq!(err(&[[0.0, 0.0]], &[]), SiteError::LengthMismatch { sites: 1, heights: 0 });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Small integers: coincident, collinear and coplanar points in every mixture.
    #[test]
    fn integer_sites(raw in prop::collection::vec((0u8..6, 0u8..6, 0u8..5), 1..40)) {
        let sites: Vec<Point> = raw.iter().map(|r| [f64::from(r.0), f64::from(r.1)]).collect();
        let heights: Vec<f64> = raw.iter().map(|r| f64::from(r.2)).collect();
        let domain = ConvexPolygon::rectangle(-2.0, -2.0, 2.0, 2.0).unwrap();
        let diagram = check(&sites, &heights, &domain);
        let expected = areas_by_definition(&sites, &heights, &domain);
        // Coincident sites of one height are ambiguous by the definition: compare sums by place.
        for i in 0..sites.len() {
            let same = |j: &usize| sites[*j] == sites[i];
            let got: f64 = (0..sites.len()).filter(same).map(|j| diagram.areas()[j]).sum();
            let best = (0..sites.len()).filter(same)
                .max_by(|&a, &b| heights[a].total_cmp(&heights[b])).unwrap();
            prop_assert!((got - expected[best]).abs() < 1e-9);
        }
    }

    /// The cells do not depend on the order of the sites.
    #[test]
    fn order_does_not_matter(seed in 0u64..1000) {
        let mut rng = Pcg64::seed_from_u64(seed);
        let n = 3 + (rng.next_u32() % 60) as usize;
        let sites = random_sites(&mut rng, n);
        let heights: Vec<f64> =
            voronoi_heights(&sites).iter().map(|h| h + 0.02 * rng.random::<f64>()).collect();
        let square = ConvexPolygon::unit_square();
        let a = check(&sites, &heights, &square);
        let reversed: Vec<Point> = sites.iter().rev().copied().collect();
        let back: Vec<f64> = heights.iter().rev().copied().collect();
        let b = check(&reversed, &back, &square);
        for i in 0..n {
            prop_assert!((a.areas()[i] - b.areas()[n - 1 - i]).abs() < 1e-13);
        }
    }
}
