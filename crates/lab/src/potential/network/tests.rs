use super::*;
use crate::presets::uniform;
use crate::scenario::{MeasureName, View};
use std::ops::ControlFlow;
use transport::newton;

fn solved(source: &Source, sites: &[Point]) -> Plan {
    let target = Target::new(sites, None).unwrap();
    newton::solve(source, &target, &Default::default(), None, &mut |_| ControlFlow::Continue(()))
        .unwrap()
}

fn network(source: &Source, plan: &Plan, view: &View, widths: &[usize], seed: u32) -> Network {
    let scene = Request {
        domain: source.domain().vertices(),
        density: source.density(),
        sites: &plan.sites,
        masses: &plan.masses,
        heights: &plan.heights,
        colours: &[],
        view,
    };
    Network::new(&scene, widths, seed).unwrap()
}

/// `each` sites in each of four small squares about (±1, ±1).
fn four_modes(each: usize, seed: u32) -> Vec<Point> {
    let mut rng = generator(seed, 0);
    let corner = |k: usize| [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]][k % 4];
    (0..4 * each).map(|k| corner(k).map(|c| c + 0.2 * (uniform(&mut rng) - 0.5))).collect()
}

fn square_source() -> Source {
    Source::uniform(ConvexPolygon::unit_square())
}

#[test]
fn a_network_leaves_mass_between_modes_and_the_exact_map_none() {
    let disk = ConvexPolygon::disk([0.5, 0.5], 0.6, 90).unwrap();
    let bell = Source::gaussian(disk.clone(), [0.5, 0.5], 0.3).unwrap();
    for source in [square_source(), Source::uniform(disk), bell] {
        let plan = solved(&source, &four_modes(12, 1));
        let mut network = network(&source, &plan, &View::default(), &[16, 16], 3);
        network.advance(400).unwrap();
        let n = network.see(8, 0).unwrap().numbers;
        println!(
            "{} regions, {:.4} between, error {:.3} of {:.3}",
            n.regions, n.between, n.error, n.scale
        );
        assert_eq!((n.steps, n.modes, n.alone, n.between_exact), (400, 4, false, 0.0));
        assert!(n.between > 0.02 && n.between < 0.7, "{n:?}");
        assert!(n.error > 0.02 && n.error < 0.6 * n.scale, "{n:?}");
        assert!(n.widest > 1.6 && n.steepest > n.widest, "{n:?}");
        assert!(n.regions > 20 && n.most_of_plane.log10 < n.most.log10);
    }
}

/// Mass, of all regions and of what lies between, against samples of the source.
#[test]
fn masses_are_those_of_the_source() {
    let disk = ConvexPolygon::disk([2.0, -1.0], 1.5, 60).unwrap();
    let bell = Source::gaussian(disk.clone(), [2.5, -1.0], 0.7).unwrap();
    for source in [Source::uniform(disk), bell] {
        let plan = solved(&source, &four_modes(10, 2));
        let mut network = network(&source, &plan, &View::default(), &[24, 12], 4);
        network.advance(150).unwrap();
        let seen = network.see(4, 20_000).unwrap();
        assert!((seen.masses.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let images = seen.samples.as_chunks::<2>().0;
        let off = images.iter().filter(|y| !network.places().hold(**y)).count();
        let share = off as f64 / images.len() as f64;
        let sigma = (share * (1.0 - share) / images.len() as f64).sqrt();
        println!("{share:.4} of samples, {:.4} exactly", seen.numbers.between);
        assert!((share - seen.numbers.between).abs() < 4.0 * sigma, "{share}");
    }
}

/// Two modes of five sites in a column: the places are two grown segments, known by hand.
#[test]
fn places_by_hand() {
    let columns: Vec<Point> =
        (0..10).map(|k| [f64::from(k / 5 * 2 - 1), 0.1 * f64::from(k % 5)]).collect();
    let plan = solved(&square_source(), &columns);
    let places = Places::new(&plan, Measure::Jump { kappa: 3.0 }, 0.01);
    assert_eq!((places.modes, places.alone), (2, false));
    let median = singular_set_median(&plan);
    assert!((places.reach - 1.5 * median).abs() < 1e-15);
    // All within the reach is held, nothing beyond the polygon about the disc.
    let far = places.reach / (std::f64::consts::PI / 12.0).cos();
    for k in 0..60 {
        let (sin, cos) = (0.1047 * f64::from(k)).sin_cos();
        let at = |r: f64, y: f64| [1.0 + r * cos, y + r * sin];
        let y = if sin > 0.0 { 0.4 } else { 0.0 };
        assert!(places.hold(at(0.999 * places.reach, y)));
        assert!(!places.hold(at(1.001 * far, y)));
    }
    // Nothing singular: each site is a mode.
    let places = Places::new(&plan, Measure::Jump { kappa: 1e6 }, 0.01);
    assert_eq!((places.modes, places.alone, places.polygons.len()), (10, true, 10));
    assert!((places.reach - 0.25 * median).abs() < 1e-15);
    // All singular: discs again.
    let places = Places::new(&plan, Measure::Jump { kappa: 1e-6 }, 0.01);
    assert_eq!((places.modes, places.alone, places.polygons.len()), (10, false, 10));
    assert_eq!(
        Places::new(&solved(&square_source(), &[[3.0, 4.0]]), Measure::Jump { kappa: 3.0 }, 0.01)
            .modes,
        1
    );
}

fn singular_set_median(plan: &Plan) -> f64 {
    transport::singular::singular_set(plan, Measure::Jump { kappa: 1.0 }).median
}

use transport::singular::Measure;

/// A ring of sites is one mode, and its middle is no part of its place.
#[test]
fn a_place_need_not_be_convex() {
    let at = |k: usize| std::f64::consts::TAU * k as f64 / 40.0;
    let sites: Vec<Point> = (0..40).map(|k| [at(k).cos(), at(k).sin()]).collect();
    let disk = Source::uniform(ConvexPolygon::disk([0.0, 0.0], 1.0, 90).unwrap());
    let plan = solved(&disk, &[sites, vec![[6.0, 0.0]]].concat());
    let places = Places::new(&plan, Measure::Jump { kappa: 3.0 }, 0.01);
    assert_eq!((places.modes, places.alone), (2, false));
    assert!(!places.hold([0.0, 0.0]) && !places.hold([3.0, 0.0]));
    assert!(places.hold([6.0, 0.0]) && places.hold([at(7).cos(), at(7).sin()]));
}

#[test]
fn the_angle_measure_is_taken() {
    let plan = solved(&square_source(), &four_modes(12, 1));
    let view = View { measure: MeasureName::Angle, theta: 0.5, scale: 1.0, ..View::default() };
    let n = network(&square_source(), &plan, &view, &[4], 1).see(0, 0).unwrap().numbers;
    assert_eq!((n.modes, n.alone), (4, false));
}

#[test]
fn lines_stay_inside_and_their_images_join_the_regions() {
    let disk = Source::uniform(ConvexPolygon::disk([0.0, 0.0], 1.0, 60).unwrap());
    let plan = solved(&disk, &four_modes(5, 4));
    let mut network = network(&disk, &plan, &View::default(), &[10, 10], 1);
    network.advance(50).unwrap();
    let grid = network.grid(9).unwrap();
    assert_eq!(grid.len(), 18);
    for [a, b] in &grid {
        for p in [a, b] {
            assert!(p[0].hypot(p[1]) < 1.002, "{p:?}");
        }
    }
    // The middle lines are diameters.
    assert!((grid[4][0][1] + 1.0).abs() < 2e-3 && (grid[4][1][1] - 1.0).abs() < 2e-3);
    let seen = network.see(9, 100).unwrap();
    assert_eq!(seen.line_offsets.len(), 20);
    assert_eq!(*seen.line_offsets.last().unwrap() as usize, seen.lines.len() / 2);
    assert_eq!((seen.samples.len(), seen.images.len()), (200, seen.vertices.len()));
    let regions = seen.numbers.regions;
    assert_eq!(
        (seen.offsets.len(), seen.slopes.len(), seen.masses.len()),
        (regions + 1, regions, regions)
    );
    assert_eq!(seen.slopes[seen.numbers.steepest_region], seen.numbers.steepest as f32);
    assert_eq!(network.grid(201).unwrap_err().code, "network");
    assert_eq!(network.see(1, 100_001).unwrap_err().code, "network");
}

#[test]
fn merged_sites_do_not_count_and_runs_repeat() {
    let sites = [[0.2, 0.3], [0.7, 0.6], [0.2, 0.3]];
    let plan = solved(&square_source(), &sites);
    assert_eq!(plan.masses[2], 0.0);
    let run = |slices: &[usize]| {
        let mut network = network(&square_source(), &plan, &View::default(), &[8, 8], 5);
        slices.iter().for_each(|s| {
            network.advance(*s).unwrap();
            network.see(3, 10).unwrap();
        });
        network.see(3, 10).unwrap()
    };
    assert_eq!(run(&[30]), run(&[10, 5, 15]));
    let source = square_source();
    let scene = Request {
        domain: source.domain().vertices(),
        density: transport::Density::Uniform,
        sites: &plan.sites,
        masses: &plan.masses,
        heights: &plan.heights,
        colours: &[],
        view: &View::default(),
    };
    let refused = Network::new(&scene, &[8, 1], 0).err().unwrap();
    assert_eq!((refused.code, refused.index), ("network", Some(1)));
    let empty = Request { sites: &[], ..scene };
    assert_eq!(Network::new(&empty, &[8], 0).err().unwrap().code, "no-sites");
}

/// To the last bit: the browser's case finds the same numbers in wasm.
#[test]
fn a_run_is_the_same_on_every_machine() {
    let sites = [[0.1, 0.2], [0.8, 0.3], [0.4, 0.9], [0.6, 0.5]];
    let target = Target::new(&sites, Some(&[0.1, 0.2, 0.3, 0.4])).unwrap();
    let plan = Plan::from_heights(square_source(), &target, &[0.1, -0.05, -0.03, -0.02]).unwrap();
    let mut network = network(&square_source(), &plan, &View::default(), &[16, 12], 7);
    network.advance(100).unwrap();
    let n = network.see(5, 10).unwrap().numbers;
    let found = [n.regions as f64, n.between, n.error, n.steepest];
    assert_eq!(found, [111.0, 0.04792987484560619, 0.08766901085354803, 7.789893122528515]);
}
