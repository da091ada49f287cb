use super::*;
use crate::gan::{Gan, LossName, Request as GanRequest, modes};
use crate::presets::{generator, uniform};
use std::ops::ControlFlow;
use transport::newton;

fn random_sites(count: usize, seed: u32) -> Vec<Point> {
    let mut rng = generator(seed, 0);
    (0..count).map(|_| [uniform(&mut rng), uniform(&mut rng)]).collect()
}

fn solved(source: &Source, sites: &[Point], masses: Option<&[f64]>) -> Plan {
    let target = Target::new(sites, masses).unwrap();
    newton::solve(source, &target, &Default::default(), None, &mut |_| ControlFlow::Continue(()))
        .unwrap()
}

fn critic(source: &Source, plan: &Plan, seed: u32) -> SemiDual {
    SemiDual::new(&Request {
        domain: source.domain().vertices(),
        density: source.density(),
        sites: &plan.sites,
        masses: &plan.masses,
        heights: &plan.heights,
        seed,
    })
    .unwrap()
}

#[test]
fn the_lattice_is_the_source() {
    let square = Source::uniform(ConvexPolygon::unit_square());
    let lattice = Lattice::new(&square, 8).unwrap();
    assert_eq!(lattice.points.len(), 64);
    assert!(lattice.weights.iter().all(|w| (w * 64.0 - 1.0).abs() < 1e-12));
    assert!((lattice.spread * 6.0 * 64.0 - 1.0).abs() < 1e-10, "{}", lattice.spread);
    // Cut by a circle, far out, and under a bell: mass and centre of mass are those of μ.
    let far = ConvexPolygon::disk([1e4, -3e4], 2.0, 90).unwrap();
    let bell = Source::gaussian(far.clone(), [1e4 + 0.5, -3e4], 1.0).unwrap();
    for (source, exact) in [(Source::uniform(far), true), (bell, false)] {
        let lattice = Lattice::new(&source, 8).unwrap();
        assert!((lattice.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(lattice.points.iter().all(|p| source.domain().contains(*p)));
        assert!(lattice.spread > 0.0 && lattice.spread < lattice.spacing * lattice.spacing / 5.0);
        if exact {
            for k in 0..2 {
                let mean: f64 =
                    (lattice.points.iter().zip(&lattice.weights)).map(|(p, w)| p[k] * w).sum();
                assert!((mean - source.domain().centroid()[k]).abs() < 1e-7);
            }
        }
    }
}

/// 25 random sites in a square and in a disk: within 6 % of W₂² after 800 steps, from below.
#[test]
fn the_network_comes_near_the_exact_potential() {
    for (domain, seed) in
        [(ConvexPolygon::unit_square(), 1), (ConvexPolygon::disk([0.5, 0.5], 0.6, 90).unwrap(), 2)]
    {
        let source = Source::uniform(domain);
        let plan = solved(&source, &random_sites(25, seed), None);
        let mut critic = critic(&source, &plan, seed);
        let start = critic.numbers();
        assert!(start.w2_upper - start.w2_dual < 1e-5 && start.residual < 1e-9);
        assert!((start.w2_lattice / start.w2_dual - 1.0).abs() < 5e-3, "{start:?}");
        critic.advance(800).unwrap();
        let end = critic.numbers();
        println!(
            "{:.6} of {:.6}, φ off by {:.2e} of {:.2e}, map by {:.3}",
            end.w2, end.w2_dual, end.difference, end.scale, end.map_error
        );
        assert!(end.w2 > 0.94 * end.w2_dual && end.w2 < end.w2_dual + end.spread, "{end:?}");
        assert!(end.difference < 0.1 * end.scale && end.map_error < 0.08, "{end:?}");
        assert_eq!(end.steps, 800);
    }
}

#[test]
fn fields_have_one_scale_and_it_is_the_domains() {
    let disk = ConvexPolygon::disk([0.0, 0.0], 1.0, 60).unwrap();
    let source = Source::uniform(disk);
    let plan = solved(&source, &[[-1.0, 0.0], [1.0, 0.0]], Some(&[1.0, 1.0]));
    let mut critic = critic(&source, &plan, 0);
    let fields = critic.fields(&[-1.0, -1.0, 1.0, 1.0], 20).unwrap();
    // u = |x|, up to a constant.
    let value = |x: f64, y: f64| (0.5 * (x * x + y * y) - x.abs()) as f32;
    let middle = fields.exact[10 * 20 + 10] - value(0.05, 0.05);
    let off = fields.exact[10 * 20 + 15] - value(0.55, 0.05);
    assert!((middle - off).abs() < 1e-6);
    // Far outside φ grows as ½|x|², which the scale does not follow.
    let wide = critic.fields(&[-3.0, -3.0, 3.0, 3.0], 60).unwrap();
    let largest = wide.exact.iter().fold(0.0_f32, |m, v| m.max(v.abs()));
    assert!(wide.reach > 0.3 && wide.reach <= fields.reach * 1.01 && largest > 2.0);
    assert_eq!(critic.fields(&[0.0; 4], 20).unwrap_err().code, "gan");
}

#[test]
fn runs_repeat_and_merged_sites_do_not_count() {
    let source = Source::uniform(ConvexPolygon::unit_square());
    let sites = [[0.2, 0.3], [0.7, 0.6], [0.2, 0.3]];
    let plan = solved(&source, &sites, None);
    assert_eq!(plan.masses[2], 0.0);
    let [mut a, mut b] = [critic(&source, &plan, 5), critic(&source, &plan, 5)];
    a.advance(30).unwrap();
    for _ in 0..3 {
        b.advance(10).unwrap();
        b.numbers();
    }
    assert_eq!(a.numbers(), b.numbers());
    let refused = SemiDual::new(&Request {
        domain: source.domain().vertices(),
        density: Density::Uniform,
        sites: &[],
        masses: &[],
        heights: &[],
        seed: 0,
    });
    assert_eq!(refused.err().unwrap().code, "no-sites");
}

/// To the last bit: the browser's case finds the same numbers in wasm.
#[test]
fn a_run_is_the_same_on_every_machine() {
    let source = Source::uniform(ConvexPolygon::unit_square());
    let sites = [[0.1, 0.2], [0.8, 0.3], [0.4, 0.9], [0.6, 0.5]];
    let target = Target::new(&sites, Some(&[0.1, 0.2, 0.3, 0.4])).unwrap();
    let plan = Plan::from_heights(&source, &target, &[0.1, -0.05, -0.03, -0.02]).unwrap();
    let mut critic = critic(&source, &plan, 7);
    critic.advance(100).unwrap();
    let numbers = critic.numbers();
    let found = [numbers.w2, numbers.difference, numbers.map_error];
    assert_eq!(found, [0.06356861279450171, 0.06328162553441706, 0.3094140586131933]);
}

#[test]
fn a_trained_critic_is_below_the_exact_distance_once_divided() {
    let two = modes(&[-1.0, 0.0, 0.1, 1.0, 1.0, 0.0, 0.1, 1.0]).unwrap();
    let request = GanRequest { loss: LossName::Wasserstein, ..GanRequest::default() };
    let mut gan = Gan::new(&request, two.clone()).unwrap();
    gan.advance(60).unwrap();
    let one = gan.wasserstein1(64).unwrap().unwrap();
    assert!((one.exact - one.dual).abs() < 1e-12, "{one:?}");
    assert!(one.lower <= one.exact && one.lower > 0.2 * one.exact, "{one:?}");
    assert!((one.lower * one.steepest - one.critic).abs() < 1e-12);
    // The best critic is 1-Lipschitz on its lattice, and centred.
    let area = [-2.0, -2.0, 2.0, 2.0];
    let Critics { trained, best, reach } = gan.critics(64, &area, 16).unwrap();
    assert!(trained.iter().sum::<f32>().abs() < 1e-3 && best.iter().all(|v| v.abs() <= reach));
    let step = 4.0 / 16.0;
    for j in 0..16 {
        for i in 1..16 {
            assert!((best[16 * j + i] - best[16 * j + i - 1]).abs() <= step * 1.0001);
        }
    }
    assert!(best.iter().sum::<f32>().abs() < 1e-3);
    assert_eq!(gan.wasserstein1(MAX_BATCH + 1).unwrap_err().code, "gan");
    let mut other = Gan::new(&GanRequest::default(), two).unwrap();
    assert_eq!(other.wasserstein1(10).unwrap(), None);
}
