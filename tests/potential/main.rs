//! The potential scene against hulls found another way: the graph of u projects to the cells, its
//! Legendre dual to the weighted Delaunay triangulation, and each is the dual of the other.

#![allow(clippy::unwrap_used)] // in the helpers, which only tests call

mod hull;

use hull::{Point, area, cut, facet, hull_area, lower_hull, plane};
use lab::potential::{Potential, Request, Shape};
use lab::scenario::View;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use transport::trace::Start;
use transport::{ConvexPolygon, Density, Source, Target, newton};

/// Sites and masses, for a domain with a density.
struct Case {
    name: String,
    domain: Vec<Point>,
    density: Density,
    sites: Vec<Point>,
    masses: Vec<f64>,
}

struct Random(Pcg64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(Pcg64::seed_from_u64(seed))
    }

    fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn points(&mut self, count: usize) -> Vec<Point> {
        (0..count).map(|_| [self.within(0.0, 1.0), self.within(0.0, 1.0)]).collect()
    }
}

fn square() -> Vec<Point> {
    ConvexPolygon::unit_square().vertices().to_vec()
}

fn equal(name: &str, domain: Vec<Point>, sites: Vec<Point>) -> Case {
    let masses = vec![1.0; sites.len()];
    Case { name: name.into(), domain, density: Density::Uniform, sites, masses }
}

fn random(seed: u64, count: usize) -> Case {
    let mut random = Random::new(seed);
    let mut case = equal("", square(), random.points(count));
    case.name = format!("{count} random sites of seed {seed}");
    case.masses = (0..count).map(|_| random.within(0.2, 1.0)).collect();
    case
}

/// What breaks geometry: all that is degenerate, far, tiny or merged.
fn hostile() -> Vec<Case> {
    let mut random = Random::new(5);
    let disk = ConvexPolygon::disk([3.0, -2.0], 1.5, 360).unwrap().vertices().to_vec();
    let lattice: Vec<Point> =
        (0..144).map(|k| [f64::from(k % 12) / 11.0, f64::from(k / 12) / 11.0]).collect();
    let circle: Vec<Point> = (0..60)
        .map(|k| {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(k) / 60.0).sin_cos();
            [0.5 + 0.4 * cos, 0.5 + 0.4 * sin]
        })
        .collect();
    let line: Vec<Point> = (0..14).map(|k| [0.1 + 0.06 * f64::from(k), 0.3]).collect();
    let far = random.points(80).iter().map(|p| [4e4 + 300.0 * p[0], -1e5 + 300.0 * p[1]]).collect();
    let modes: Vec<Point> = (0..200)
        .map(|k| {
            let centre = [f64::from(k % 5), f64::from(k / 5 % 5)];
            centre.map(|c| c + random.within(-0.01, 0.01))
        })
        .collect();
    let mut twice = random.points(40);
    twice.extend_from_within(5..15);
    twice.extend_from_within(5..8);
    let tiny = random.points(30);
    let wide = Case {
        masses: (0..30).map(|k| 10_f64.powf(-12.0 * f64::from(k) / 29.0)).collect(),
        ..equal("masses from 1e-12 to 1", square(), tiny)
    };
    let bell = Case {
        density: Density::Gaussian { mean: [0.3, 0.6], sigma: 0.25 },
        ..equal("a Gaussian source", square(), random.points(60))
    };
    vec![
        equal("a lattice", square(), lattice),
        equal("sites on a circle", disk.clone(), circle),
        equal("sites on a line", square(), line),
        equal("sites far outside", disk, far),
        equal("clusters", square(), modes),
        equal("places taken twice and three times", square(), twice),
        wide,
        bell,
        equal("one site", square(), vec![[0.2, 7.0]]),
        equal("two sites", square(), vec![[0.2, 7.0], [0.1, 7.5]]),
    ]
}

impl Case {
    fn source(&self) -> Source {
        let domain = ConvexPolygon::new(self.domain.clone()).unwrap();
        match self.density {
            Density::Uniform => Source::uniform(domain),
            Density::Gaussian { mean, sigma } => Source::gaussian(domain, mean, sigma).unwrap(),
        }
    }

    fn potential(&self) -> Potential {
        let target = Target::new(&self.sites, Some(&self.masses)).unwrap();
        let mut go_on = |_: &transport::Progress| ControlFlow::Continue(());
        let options = newton::Options::default();
        let plan = newton::solve(self.source(), &target, &options, None, &mut go_on).unwrap();
        Potential::new(&Request {
            domain: &self.domain,
            density: self.density,
            sites: &plan.sites,
            masses: &plan.masses,
            heights: &plan.heights,
            colours: &vec![0; plan.sites.len()],
            view: &View::default(),
        })
        .unwrap()
    }

    /// Shapes at heights solved, at both starts, and with planes raised and lowered by chance.
    fn shapes(&self) -> Vec<Shape> {
        let mut potential = self.potential();
        let mut random = Random::new(11);
        let solved = potential.heights(Start::Solved, &[]).unwrap();
        let (low, high) = solved
            .heights
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        let size = 0.2 * (high - low) / self.sites.len() as f64;
        let by_hand: Vec<(usize, f64)> =
            (0..self.sites.len()).step_by(3).map(|i| (i, random.within(-size, size))).collect();
        let mut shapes = vec![solved];
        for (start, hand) in
            [(Start::Homothetic, &[][..]), (Start::Zero, &[]), (Start::Solved, &by_hand)]
        {
            shapes.push(potential.heights(start, hand).unwrap());
        }
        shapes
    }
}

fn cell(shape: &Shape, i: usize) -> &[Point] {
    let points = shape.cell_vertices.as_chunks::<2>().0;
    &points[shape.cell_offsets[i] as usize..shape.cell_offsets[i + 1] as usize]
}

fn sites(shape: &Shape) -> &[Point] {
    shape.sites.as_chunks::<2>().0
}

fn top(shape: &Shape, x: Point) -> f64 {
    let planes = sites(shape).iter().zip(&shape.heights);
    planes.map(|(y, h)| plane(x, *y, *h)).fold(f64::NEG_INFINITY, f64::max)
}

/// The largest numbers that are added where a plane is evaluated on the domain.
fn height_size(shape: &Shape, domain: &[Point]) -> f64 {
    let planes = sites(shape).iter().zip(&shape.heights).flat_map(|(y, h)| {
        domain.iter().map(move |x| (x[0] * y[0]).abs() + (x[1] * y[1]).abs() + h.abs())
    });
    planes.fold(0.0, f64::max)
}

/// The facets of the graph of u, each found from all planes, are the cells.
fn check_envelope(case: &Case, shape: &Shape) {
    let n = case.sites.len();
    let whole = area(&case.domain);
    let size = height_size(shape, &case.domain);
    for i in 0..n {
        let polygon = facet(&case.domain, sites(shape), &shape.heights, i, 0..n);
        let (found, told) = (area(&polygon), area(cell(shape, i)));
        let off = (found - told).abs() / whole;
        assert!(off <= 1e-12, "{}: cell {i} is off by {off:e}", case.name);
        if matches!(case.density, Density::Uniform) {
            assert!((told / whole - shape.cell_masses[i]).abs() <= 1e-12, "{}", case.name);
        }
    }
    assert!((shape.cell_masses.iter().sum::<f64>() - 1.0).abs() < 1e-10);
    let rounded = 8.0 * f64::EPSILON * size;
    for (x, u) in shape.cell_vertices.as_chunks::<2>().0.iter().zip(&shape.lifted) {
        assert!((top(shape, *x) - u).abs() <= 1e3 * rounded, "{}: {x:?}", case.name);
        assert!(*u >= shape.numbers.lowest && *u <= shape.numbers.highest);
    }
    for (ends, lifted) in
        shape.facet_ends.as_chunks::<4>().0.iter().zip(shape.facet_lifted.as_chunks::<2>().0)
    {
        for (x, u) in [[ends[0], ends[1]], [ends[2], ends[3]]].into_iter().zip(lifted) {
            assert!((top(shape, x) - u).abs() <= 1e3 * rounded, "{}: {x:?}", case.name);
        }
    }
}

#[test]
fn facets_of_the_graph_project_to_the_cells_over_random_sites() {
    for (seed, count) in [(1, 3), (2, 10), (3, 40), (4, 200), (5, 700)] {
        let case = random(seed, count);
        for shape in case.shapes() {
            check_envelope(&case, &shape);
        }
    }
}

#[test]
fn facets_of_the_graph_project_to_the_cells_over_hostile_sites() {
    for case in hostile() {
        for shape in case.shapes() {
            check_envelope(&case, &shape);
        }
    }
}

#[test]
fn the_lower_hull_of_the_dual_points_is_the_triangulation_and_gives_the_cells() {
    for seed in 0..12 {
        let case = random(100 + seed, 12 + 2 * seed as usize);
        for shape in case.shapes() {
            let z: Vec<f64> = shape.heights.iter().map(|h| -h).collect();
            // At h = 0 every point lies on one plane.
            if z.iter().all(|z| *z == 0.0) {
                continue;
            }
            let hull = lower_hull(&case.sites, &z);
            let mut told: Vec<[u32; 3]> = shape.triangles.as_chunks::<3>().0.to_vec();
            for t in &mut told {
                let first = (0..3).min_by_key(|k| t[*k]).unwrap();
                t.rotate_left(first);
            }
            told.sort_unstable();
            assert_eq!(told, hull, "{}", case.name);
            for i in 0..case.sites.len() {
                let around: BTreeSet<usize> = hull
                    .iter()
                    .filter(|t| t.contains(&(i as u32)))
                    .flatten()
                    .map(|j| *j as usize)
                    .collect();
                let polygon = if around.is_empty() {
                    Vec::new()
                } else {
                    facet(&case.domain, &case.sites, &shape.heights, i, around.into_iter())
                };
                assert!((area(&polygon) - area(cell(&shape, i))).abs() <= 1e-12);
            }
        }
    }
}

#[test]
fn the_triangulation_lies_under_all_points_and_covers_their_hull() {
    for case in hostile() {
        for shape in case.shapes() {
            let size = height_size(&shape, &case.domain);
            let triangles = shape.triangles.as_chunks::<3>().0;
            let corners = |t: &[u32; 3]| t.map(|i| case.sites[i as usize]);
            let covered: f64 = triangles.iter().map(|t| area(&corners(t))).sum();
            let hull = hull_area(&case.sites);
            assert!((covered - hull).abs() <= 1e-9 * hull, "{}", case.name);
            for (t, &x) in triangles.iter().zip(shape.triangle_dual.as_chunks::<2>().0) {
                // Where three planes meet no other is higher: x is a vertex of the graph.
                let reach = 1.0 + x[0].abs().max(x[1].abs());
                let u = plane(x, corners(t)[0], shape.heights[t[0] as usize]);
                let allowed = 1e-10 * reach * size.max(1.0);
                assert!(top(&shape, x) - u <= allowed, "{}: {t:?} {x:?}", case.name);
            }
        }
    }
}

/// Points of a convex polygon, its corners and others.
fn inside(domain: &[Point], random: &mut Random, count: usize) -> Vec<Point> {
    let mut points = domain.iter().copied().step_by(domain.len().div_ceil(8)).collect::<Vec<_>>();
    for _ in 0..count {
        let weights: Vec<f64> = domain.iter().map(|_| -random.within(1e-9, 1.0).ln()).collect();
        let total: f64 = weights.iter().sum();
        let mut x = [0.0; 2];
        for (v, w) in domain.iter().zip(&weights) {
            x = [x[0] + w / total * v[0], x[1] + w / total * v[1]];
        }
        points.push(x);
    }
    points
}

#[test]
fn the_dual_of_the_dual_is_the_potential_on_the_domain() {
    let mut random_points = Random::new(21);
    for case in hostile().into_iter().chain([random(31, 150), random(32, 500)]) {
        let places = inside(&case.domain, &mut random_points, 200);
        for shape in case.shapes() {
            let allowed = 1e-12 * (1.0 + height_size(&shape, &case.domain));
            for (i, (dual, h)) in shape.dual.iter().zip(&shape.heights).enumerate() {
                // u* is convex, never above the point, and meets it where plane i is on top.
                assert!(*dual <= -h, "{}: site {i}", case.name);
                if shape.cell_masses[i] > 0.0 {
                    assert_eq!(*dual, -h, "{}: site {i}", case.name);
                }
            }
            for &x in &places {
                let pairs = sites(&shape).iter().zip(&shape.dual);
                let twice = pairs.map(|(y, d)| plane(x, *y, -d)).fold(f64::NEG_INFINITY, f64::max);
                let u = top(&shape, x);
                assert!((twice - u).abs() <= allowed, "{}: {twice} for {u}", case.name);
            }
        }
    }
}

#[test]
fn the_dual_at_a_hidden_site_is_the_largest_of_what_the_vertices_say() {
    let mut hidden = 0;
    for seed in 0..6 {
        let case = random(200 + seed, 60);
        let mut potential = case.potential();
        let sunk: Vec<(usize, f64)> = (0..60).step_by(2).map(|i| (i, -0.05)).collect();
        let shape = potential.heights(Start::Solved, &sunk).unwrap();
        for i in (0..60).filter(|i| shape.dual[*i] < -shape.heights[*i]) {
            // u*(y) = max over x of ⟨x, y⟩ − u(x), for y inside the hull at a vertex of the graph.
            let vertices = shape.triangle_dual.as_chunks::<2>().0.iter();
            let told = vertices
                .map(|x| plane(*x, case.sites[i], -top(&shape, *x)))
                .fold(f64::NEG_INFINITY, f64::max);
            assert!((told - shape.dual[i]).abs() < 1e-9, "{told} {}", shape.dual[i]);
            assert!(shape.cell_masses[i] == 0.0);
            hidden += 1;
        }
        let empty = (0..60).filter(|i| shape.cell_masses[*i] == 0.0).map(|i| i as u32);
        assert_eq!(shape.hidden, empty.collect::<Vec<_>>());
    }
    assert!(hidden > 60, "{hidden}");
}

#[test]
fn weights_are_the_hessian() {
    for density in [Density::Uniform, Density::Gaussian { mean: [0.7, 0.2], sigma: 0.4 }] {
        let case = Case { density, ..random(7, 30) };
        let mut potential = case.potential();
        let shape = potential.heights(Start::Homothetic, &[]).unwrap();
        let mut edges = 0;
        for i in (0..30).step_by(4) {
            let step = 1e-6;
            let mut masses =
                |by| potential.heights(Start::Homothetic, &[(i, by)]).unwrap().cell_masses;
            let (up, down) = (masses(step), masses(-step));
            let mut slope: Vec<f64> =
                up.iter().zip(&down).map(|(a, b)| (a - b) / (2.0 * step)).collect();
            // ∂²E/∂hᵢ∂hⱼ = ∂wⱼ/∂hᵢ; a row sums to nothing.
            assert!(slope.iter().sum::<f64>().abs() < 1e-8);
            let mut own = 0.0;
            for (&[a, b], weight) in
                shape.facets.as_chunks::<2>().0.iter().zip(&shape.facet_weights)
            {
                let other = if a as usize == i { b } else { a } as usize;
                if [a as usize, b as usize].contains(&i) {
                    assert!((slope[other] + weight).abs() < 1e-6 * (1.0 + weight));
                    slope[other] = 0.0;
                    own += weight;
                    edges += 1;
                }
            }
            assert!((slope[i] - own).abs() < 1e-6 * (1.0 + own));
            slope[i] = 0.0;
            // No facet, no second derivative.
            assert!(slope.iter().all(|s| s.abs() < 1e-8), "{slope:?}");
        }
        assert!(edges > 20);
    }
}

#[test]
fn a_lifted_plane_takes_mass_from_the_others_and_from_nobody_else() {
    for case in [random(9, 80), hostile().remove(7)] {
        let n = case.sites.len();
        for i in [0, n / 3, n / 2, n - 1] {
            let mut potential = case.potential();
            let mut before = potential.heights(Start::Homothetic, &[]).unwrap();
            let step = 0.02 * (before.numbers.highest - before.numbers.lowest);
            for k in 1..=20 {
                let after = potential.lift(i, step).unwrap();
                let (w, v) = (&after.cell_masses, &before.cell_masses);
                assert!(w[i] > v[i] || w[i] > 1.0 - 1e-12, "{} {}", w[i], v[i]);
                for j in (0..n).filter(|j| *j != i) {
                    assert!(w[j] <= v[j] + 1e-14, "cell {j} grew from {} to {}", v[j], w[j]);
                }
                assert!((w.iter().sum::<f64>() - 1.0).abs() < 1e-10);
                assert!(after.heights.iter().sum::<f64>().abs() < 1e-9);
                let moved = (after.heights[i] - after.heights[(i + 1) % n])
                    - (before.heights[i] - before.heights[(i + 1) % n]);
                assert!((moved - step).abs() < 1e-12, "{k}");
                before = after;
            }
            // And all the way back.
            let back = potential.lift(i, -20.0 * step).unwrap();
            let start = potential.heights(Start::Homothetic, &[]).unwrap();
            for (a, b) in back.cell_masses.iter().zip(&start.cell_masses) {
                assert!((a - b).abs() < 1e-10);
            }
        }
    }
}

#[test]
fn brute_force_agrees_with_closed_forms() {
    let half = cut(&square(), [1.0, 0.0], 0.25);
    assert_eq!(area(&half), 0.25);
    let tent = [[-1.0, 0.0], [1.0, 0.0]];
    // max(−x, x − ½) over the unit square: the planes meet at x = ¼.
    let left = facet(&square(), &tent, &[0.0, -0.5], 0, 0..2);
    assert!((area(&left) - 0.25).abs() < 1e-15);
    let corners = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
    assert_eq!(lower_hull(&corners, &[0.0, 0.0, 0.0, 1.0]), [[0, 1, 2], [1, 3, 2]]);
    assert_eq!(hull_area(&corners), 1.0);
}
