use super::*;
use crate::presets::{generator, uniform};
use std::collections::{HashMap, HashSet};
use transport::trace::Method;

fn random(count: usize, density: Density) -> Potential {
    let mut rng = generator(3, 99);
    let sites: Vec<Point> =
        (0..count).map(|_| [3.0 + uniform(&mut rng), uniform(&mut rng) - 7.0]).collect();
    solved(ConvexPolygon::rectangle(2.5, -8.0, 4.5, -5.5).unwrap(), density, &sites)
}

fn solved(domain: ConvexPolygon, density: Density, sites: &[Point]) -> Potential {
    let source = source::of_density(domain.clone(), density).unwrap();
    let target = Target::new(sites, None).unwrap();
    let heights = Start::Solved.heights(&source, &target).unwrap();
    Potential::new(&Request {
        domain: domain.vertices(),
        density,
        sites,
        masses: target.masses(),
        heights: &heights,
        colours: &vec![1; sites.len()],
        view: &View::default(),
    })
    .unwrap()
}

const BELL: Density = Density::Gaussian { mean: [3.0, -7.0], sigma: 0.8 };

#[test]
fn w2_is_the_same_read_off_the_map_and_off_the_potential() {
    for density in [Density::Uniform, BELL] {
        let scene = random(50, density);
        let fields = scene.fields(160, 200).unwrap();
        let w2 = &fields.numbers.w2;
        assert!((w2.generator - w2.critic).abs() < 1e-10 * w2.generator, "{w2:?}");
        assert!(w2.dual <= w2.upper && (w2.critic - w2.dual).abs() < 1e-10 * w2.dual);
        // The mean of φ over places, weighted by the density, is 0 up to the size of a part.
        let (mut sum, mut mass) = (0.0, 0.0);
        for (k, phi) in fields.phi.iter().enumerate() {
            let x = [
                2.5 + 2.0 * ((k % 160) as f64 + 0.5) / 160.0,
                -8.0 + 2.5 * ((k / 160) as f64 + 0.5) / 200.0,
            ];
            let weight = match density {
                Density::Uniform => 1.0,
                Density::Gaussian { mean, sigma } => {
                    let squared = (x[0] - mean[0]).powi(2) + (x[1] - mean[1]).powi(2);
                    (-0.5 * squared / (sigma * sigma)).exp()
                }
            };
            sum += weight * f64::from(*phi);
            mass += weight;
            // φ = ½|x|² − u.
            let told =
                0.5 * (x[0] * x[0] + x[1] * x[1]) - f64::from(fields.u[k]) - fields.numbers.mean;
            assert!((told - f64::from(*phi)).abs() < 1e-4, "{told} {phi}");
        }
        assert!((sum / mass).abs() < 1e-4, "{}", sum / mass);
        let reach = &fields.numbers.reach;
        assert!(reach.phi[0] < 0.0 && reach.phi[1] > 0.0 && reach.u[0] < reach.u[1]);
    }
    let disk = solved(
        ConvexPolygon::disk([0.0, 0.0], 1.0, 60).unwrap(),
        Density::Uniform,
        &[[0.0, 1.0], [1.0, 0.0]],
    );
    let fields = disk.fields(9, 9).unwrap();
    assert!(fields.u[0].is_nan() && fields.phi[80].is_nan() && !fields.u[40].is_nan());
    assert_eq!(disk.fields(0, 4).unwrap_err().code, "potential");
    assert_eq!(disk.fields(4096, 4096).unwrap_err().code, "potential");
}

#[test]
fn a_recording_is_read_at_every_state() {
    let mut scene = random(40, Density::Uniform);
    let by_hand = [(3, 0.01), (7, -0.02)];
    for (_, solver) in Method::LIST {
        let request = RecordRequest {
            solver: *solver,
            from: Start::Homothetic,
            hand: &by_hand,
            tolerance: 1e-9,
            steps: 60,
            seed: 1,
        };
        let mut heard = 0;
        let record = scene.record(&request, |_, _| heard += 1).unwrap();
        let states = record.numbers.count;
        assert!(states > 2 && heard + 1 >= states, "{heard} {states}");
        assert_eq!(record.try_offsets.len(), states + 1);
        assert_eq!(record.try_offsets[states] as usize, record.try_tau.len());
        assert_eq!(record.try_verdict.len(), record.try_tau.len());
        let start = scene.heights(Start::Homothetic, &by_hand).unwrap();
        for k in 0..states {
            let moment = scene.at(k, *solver).unwrap();
            let (told, shown) = (record.residual[k], moment.shape.numbers.residual);
            assert!((told - shown).abs() < 1e-9 * (1.0 + told), "{told} {shown}");
            assert!((record.energy[k] - moment.shape.numbers.energy).abs() < 1e-9);
            assert!(moment.gradient.iter().sum::<f64>().abs() < 1e-12);
            if k == 0 {
                assert!(
                    moment
                        .shape
                        .heights
                        .iter()
                        .zip(&start.heights)
                        .all(|(a, b)| (a - b).abs() < 1e-12)
                );
            } else if record.arrival[k] == 1 {
                let before = scene.at(k - 1, *solver).unwrap();
                for i in 0..40 {
                    let stepped = before.shape.heights[i] + record.step[k] * before.direction[i];
                    assert!((stepped - moment.shape.heights[i]).abs() < 1e-9);
                }
            }
        }
        assert_eq!(scene.at(states, *solver).unwrap_err().code, "potential");
    }
    // The hand's planes stayed where they were while states were read.
    let lifted = scene.lift(0, 0.0).unwrap().heights;
    let set = scene.heights(Start::Homothetic, &by_hand).unwrap().heights;
    assert!(lifted.iter().zip(&set).all(|(a, b)| (a - b).abs() < 1e-14));
    let other = random(5, Density::Uniform);
    assert_eq!(other.at(0, Method::Adam).unwrap_err().code, "potential");
}

#[test]
fn sites_at_one_place_are_one_plane() {
    let sites = [[0.2, 0.2], [0.8, 0.3], [0.2, 0.2], [0.5, 0.9], [0.2, 0.2]];
    let mut scene = solved(ConvexPolygon::unit_square(), Density::Uniform, &sites);
    let solved = scene.solved();
    assert!(solved.numbers.residual < 1e-9);
    assert_eq!(solved.hidden, [0_u32; 0]);
    assert!((solved.masses[0] - 0.6).abs() < 1e-15 && solved.masses[2] == 0.0);
    let by_one = scene.heights(Start::Solved, &[(0, 0.1)]).unwrap();
    let by_other = scene.heights(Start::Solved, &[(4, 0.1)]).unwrap();
    assert_eq!(by_one, by_other);
    assert_eq!((by_one.dual[2], by_one.dual[4]), (by_one.dual[0], by_one.dual[0]));
    assert_eq!(by_one.heights[2], by_one.heights[0]);
    assert_eq!(scene.lift(5, 0.1).unwrap_err().index, Some(5));
    assert!(scene.lift(0, f64::NAN).is_err());
}

/// Twice the signed area.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

#[test]
fn the_mesh_is_the_domain_and_opens_along_singular_facets_alone() {
    for (name, shape) in ShapeName::LIST.iter().filter(|(name, _)| *name != "scene") {
        let region = Region::of(*shape).unwrap();
        for source in [SourceShape::Disk, SourceShape::Square] {
            let m = morph(*shape, source, 300, 2, || 0.0).unwrap();
            assert_eq!(m.numbers.count, 300, "{name}");
            assert!(m.numbers.report.residual <= 1e-9);
            let place = |list: &[f64], v: u32| [list[2 * v as usize], list[2 * v as usize + 1]];
            let (mut before, mut after) = (0.0, 0.0);
            // Each side of a triangle with the vertices it has at either end.
            let mut sides: HashMap<[u64; 4], Vec<[u32; 2]>> = HashMap::new();
            let key = |p: Point| p.map(|x| ((x * 1e6).round() as i64) as u64);
            for t in m.triangles.as_chunks::<3>().0 {
                let [a, b, c] = t.map(|v| place(&m.vertices, v));
                assert!(turn(a, b, c) > 0.0);
                before += 0.5 * turn(a, b, c);
                let [a, b, c] = t.map(|v| place(&m.images, v));
                after += 0.5 * turn(a, b, c);
                for k in 0..3 {
                    let ends = [t[k], t[(k + 1) % 3]];
                    let [p, q] = ends.map(|v| key(place(&m.vertices, v)));
                    let (low, ends) =
                        if p < q { ([p, q], ends) } else { ([q, p], [ends[1], ends[0]]) };
                    sides
                        .entry([low[0][0], low[0][1], low[1][0], low[1][1]])
                        .or_default()
                        .push(ends);
                }
            }
            assert!((before - std::f64::consts::PI).abs() < 1e-9, "{name} {before}");
            // What arrives covers the shape.
            assert!((after / region.area - 1.0).abs() < 0.04, "{name} {after}");
            let facets: HashSet<[u64; 4]> = m
                .facet_ends
                .as_chunks::<4>()
                .0
                .iter()
                .map(|e| {
                    let (p, q) = (key([e[0], e[1]]), key([e[2], e[3]]));
                    let (p, q) = if p < q { (p, q) } else { (q, p) };
                    [p[0], p[1], q[0], q[1]]
                })
                .collect();
            let torn: Vec<_> = sides.iter().filter(|(_, s)| s.len() == 2 && s[0] != s[1]).collect();
            assert!(sides.values().all(|s| s.len() <= 2), "{name}");
            assert!(torn.iter().all(|(side, _)| facets.contains(*side)), "{name}");
            // A singular facet stays closed where it is alone: both its ends are ends of the slit.
            assert!(
                torn.len() * 10 >= facets.len() * 8,
                "{name}: {} of {}",
                torn.len(),
                facets.len()
            );
            // Everything lands on the shape, within the distance of neighbouring sites.
            let near = 1.5 * (region.area / 300.0_f64).sqrt();
            for p in m.images.as_chunks::<2>().0 {
                assert!(region.contains(*p) || region.nearest(*p).1 < near, "{name} {p:?}");
            }
            assert!((m.share[0] - 1.0).abs() < 1e-9);
            assert!(m.share.windows(2).all(|s| s[0] >= s[1] - 1e-12), "{:?}", m.share);
            assert!(
                m.share[24] == 0.0 || m.numbers.furthest > 3.0 * m.numbers.report.w2_primal.sqrt()
            );
        }
    }
    let refused = morph(ShapeName::Scene, SourceShape::Disk, 300, 0, || 0.0).unwrap_err();
    assert_eq!(refused.code, "potential");
}

#[test]
fn two_disks_tear_the_source_in_the_middle() {
    let m = morph(ShapeName::Two, SourceShape::Disk, 400, 0, || 0.0).unwrap();
    // By symmetry along the line x = 0, whose length in the disk is 2.
    assert!((m.numbers.singular_length - 2.0).abs() < 0.05, "{}", m.numbers.singular_length);
    assert!(m.facet_ends.as_chunks::<2>().0.iter().all(|p| p[0].abs() < 0.05));
    // Half the mass lands on either side.
    let sites = m.sites.as_chunks::<2>().0.iter().zip(&m.masses);
    let right: f64 = sites.filter(|(y, _)| y[0] > 0.0).map(|(_, mass)| mass).sum();
    assert!((right - 0.5).abs() < 0.01, "{right}");
}

#[test]
fn shares_are_areas_outside_of_disks() {
    // All of the unit square to its middle: what goes farther than r lies outside the disk.
    let scene = solved(ConvexPolygon::unit_square(), Density::Uniform, &[[0.5, 0.5]]);
    let m = scene.morph();
    let step = m.numbers.report.w2_primal.sqrt() / 8.0;
    assert!((m.numbers.report.w2_primal - 1.0 / 6.0).abs() < 1e-14);
    for (k, share) in m.share.iter().enumerate() {
        let r = step * k as f64;
        let told = if r <= 0.5 {
            1.0 - std::f64::consts::PI * r * r
        } else if r < 0.5_f64.sqrt() {
            // Four segments of the disk stand out of the square.
            let angle = 2.0 * (0.5 / r).acos();
            1.0 - std::f64::consts::PI * r * r + 2.0 * r * r * (angle - angle.sin())
        } else {
            0.0
        };
        assert!((share - told).abs() < 1e-12, "{k}: {share} {told}");
    }
    assert!((m.numbers.furthest - 0.5_f64.sqrt()).abs() < 1e-15);
}

#[test]
fn regions_have_one_area_about_the_origin() {
    for (name, shape) in ShapeName::LIST {
        let Some(region) = Region::of(*shape) else {
            assert_eq!(*name, "scene");
            continue;
        };
        let spacing = 0.01;
        let points = region.lattice(spacing);
        let area = points.len() as f64 * spacing * spacing;
        assert!((area / std::f64::consts::PI - 1.0).abs() < 2e-3, "{name} {area}");
        let sum = points.iter().fold([0.0; 2], |s, p| [s[0] + p[0], s[1] + p[1]]);
        assert!(sum.iter().all(|s| (s / points.len() as f64).abs() < 3e-3), "{name} {sum:?}");
        assert!(points.iter().step_by(97).all(|p| region.contains(*p)));
    }
    let ring = Region::of(ShapeName::Ring).unwrap();
    assert!(!ring.contains([0.0, 0.0]) && ring.contains([0.0, 1.0]));
    let (p, distance) = ring.nearest([0.0, 0.0]);
    assert!((distance - 0.75).abs() < 1e-3 && (p[0].hypot(p[1]) - distance).abs() < 1e-12);
}

#[test]
fn a_scene_that_does_not_fit_is_refused() {
    let square = ConvexPolygon::unit_square();
    let request = Request {
        domain: square.vertices(),
        density: Density::Uniform,
        sites: &[[0.1, 0.2], [0.3, 0.4]],
        masses: &[0.5, 0.5],
        heights: &[0.0],
        colours: &[0, 0],
        view: &View::default(),
    };
    assert_eq!(Potential::new(&request).err().unwrap().code, "potential");
    assert!(view("{\"kappa\":2}").unwrap().kappa == 2.0 && view("{\"kapa\":2}").is_err());
    assert!(word::<Start>("zero").unwrap() == Start::Zero);
    assert!(word::<Method>("sgd").unwrap_err().message.contains("newton, gradient"));
}
