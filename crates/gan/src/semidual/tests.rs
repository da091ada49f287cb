//! The semi-dual's network: derivatives, closed forms, bounds, bits.

use super::*;
use crate::random::uniform;
use crate::state::checksum;
use fearless_simd::Level;

/// Centres of the q × q squares of [0, 1]².
fn lattice(q: usize) -> Vec<[f64; 2]> {
    let at = |k: usize| (k as f64 + 0.5) / q as f64;
    (0..q * q).map(|k| [at(k % q), at(k / q)]).collect()
}

fn uniform_points(n: usize, seed: u64) -> Vec<[f64; 2]> {
    let mut rng = random(seed, Purpose::Real, 0);
    (0..n).map(|_| [uniform(&mut rng), uniform(&mut rng)]).collect()
}

fn advance(dual: &mut SemiDual, steps: usize) {
    for _ in 0..steps {
        dual.step().unwrap();
    }
}

fn trained(q: usize, sites: &[[f64; 2]], steps: usize) -> SemiDual {
    let points = lattice(q);
    let (weights, masses) = (vec![1.0; points.len()], vec![1.0; sites.len()]);
    let mut dual = SemiDual::new(1, &points, &weights, sites, &masses).unwrap();
    advance(&mut dual, steps);
    dual
}

/// In f64, and with the points of the maxima found anew for every shift.
#[test]
fn the_gradient_is_that_of_the_value() {
    let sites = uniform_points(7, 3);
    let masses: Vec<f64> = (1..=7).map(f64::from).collect();
    let points = lattice(9);
    let normal = Normal::new(&points, &vec![1.0; 81], &sites, &masses).unwrap();
    let products = &mut Products::new(Arithmetic::Portable);
    let activation = Activation::LeakyRelu { slope: 0.0 };
    let spec = DiscriminatorSpec { widths: vec![6, 5, 4], activation, init: Init::He };
    let mut network = Discriminator::new(&spec, 1, &mut random(4, Purpose::Discriminator, 0));
    let batch = Matrix::<f64>::new(81, 2, normal.points.concat());
    let (_, gradient) = ascent(products, &network, batch.clone(), &normal);
    let gradient = gradient.parameters().concat();
    let (mut k, step) = (0, 1e-6);
    for list in 0..network.parameters().len() {
        for entry in 0..network.parameters()[list].len() {
            let mut value = |shift: f64| {
                network.parameters_mut()[list][entry] += shift;
                ascent(products, &network, batch.clone(), &normal).0
            };
            let (above, below) = (value(step), value(-2.0 * step));
            value(step);
            let difference = (above - below) / (2.0 * step);
            assert!((difference - gradient[k]).abs() < 1e-8, "{k}: {difference} {}", gradient[k]);
            k += 1;
        }
    }
    assert_eq!(k, gradient.len());
}

/// Each of 3 × 3 sites at the centre of its cell: W₂² is the lattice's spread within a cell.
#[test]
fn a_grid_in_closed_form() {
    let (sites, q) = (lattice(3), 12);
    let within = 2.0 * (1.0 - 1.0 / 16.0) / 12.0 / 9.0;
    let mut dual = trained(q, &sites, 1500);
    let w2 = dual.w2();
    assert!(w2 < within * (1.0 + 1e-4) && w2 > 0.97 * within, "{w2} of {within}");
    // The map: most points of the lattice are carried near the centre of their own cell.
    let points = lattice(q);
    let near = points.iter().zip(dual.map(&points)).filter(|(x, image)| {
        let site = x.map(|c| ((c * 3.0).floor() + 0.5) / 3.0);
        (image[0] - site[0]).hypot(image[1] - site[1]) < 0.1
    });
    assert!(near.count() > 100);
}

/// One site: φ = ½|x|² − ⟨x, y⟩ whatever the network's start, and W₂² = ∫|x − y|² dμ.
#[test]
fn one_site_is_reached_from_below() {
    let site = [5.0, -2.0];
    let exact = 2.0 * (1.0 - 1.0 / 256.0) / 12.0 + 4.5 * 4.5 + 2.5 * 2.5;
    let mut dual = trained(16, &[site], 400);
    assert!(dual.w2() < exact * (1.0 + 1e-6) && dual.w2() > 0.999 * exact, "{}", dual.w2());
}

/// No network is above the truth: here two sites that halve the square.
#[test]
fn the_estimate_stays_below() {
    let points = lattice(8);
    let sites = [[0.25, 0.5], [0.75, 0.5]];
    let halves = (1.0 - 1.0 / 16.0) / 12.0 / 4.0 + (1.0 - 1.0 / 64.0) / 12.0;
    for seed in 0..5 {
        let mut dual = SemiDual::new(seed, &points, &[1.0; 64], &sites, &[1.0; 2]).unwrap();
        for _ in 0..100 {
            let before = dual.step().unwrap();
            assert!(before < halves * (1.0 + 1e-5), "{before} {halves}");
        }
        assert!(dual.w2() < halves * (1.0 + 1e-5));
    }
}

/// Scaled and shifted, the same run: φ scales as the square.
#[test]
fn units_do_not_matter() {
    let (points, sites) = (lattice(8), uniform_points(5, 9));
    let moved: Vec<[f64; 2]> = points.iter().map(|p| [8.0 * p[0] + 64.0, 8.0 * p[1]]).collect();
    let far: Vec<[f64; 2]> = sites.iter().map(|p| [8.0 * p[0] + 64.0, 8.0 * p[1]]).collect();
    let mut near = SemiDual::new(2, &points, &[1.0; 64], &sites, &[0.2; 5]).unwrap();
    let mut wide = SemiDual::new(2, &moved, &[0.5; 64], &far, &[3.0; 5]).unwrap();
    for _ in 0..20 {
        let (a, b) = (near.step().unwrap(), wide.step().unwrap());
        assert!((64.0 * a - b).abs() < 1e-3 * b.abs(), "{a} {b}");
    }
    // Up to ½|x|² − ⟨x, …⟩ of the shift, which x − ∇φ takes along.
    let images = near.map(&points).into_iter().zip(wide.map(&moved));
    for (a, b) in images {
        assert!((8.0 * a[0] + 64.0 - b[0]).abs() < 1e-2 && (8.0 * a[1] - b[1]).abs() < 1e-2);
    }
}

/// The potential and the map belong together.
#[test]
fn the_map_is_the_potentials() {
    let mut dual = trained(8, &uniform_points(4, 5), 50);
    let at = uniform_points(50, 6);
    let step = 1e-3;
    let shifted = |k: usize, s: f64| -> Vec<[f64; 2]> {
        at.iter().map(|x| if k == 0 { [x[0] + s, x[1]] } else { [x[0], x[1] + s] }).collect()
    };
    let map = dual.map(&at);
    for k in 0..2 {
        let (above, below) =
            (dual.potential(&shifted(k, step)), dual.potential(&shifted(k, -step)));
        let slopes = above.iter().zip(&below).map(|(a, b)| (a - b) / (2.0 * step));
        let off = slopes
            .zip(&at)
            .zip(&map)
            .filter(|((slope, x), image)| (x[k] - slope - image[k]).abs() > 1e-3);
        // Those between whose two places a border of the pieces runs.
        let off = off.count();
        assert!(off < 10, "{off}");
    }
}

/// They change only with the mathematics, never with the machine.
#[test]
fn steps_are_the_same_on_every_machine() {
    for level in [Level::new(), Level::baseline()] {
        let mut dual = trained(10, &uniform_points(6, 7), 0);
        dual.products = Products::with(level, Arithmetic::Portable);
        advance(&mut dual, 100);
        let bits: Vec<u8> =
            dual.potential(&lattice(10)).iter().flat_map(|v| v.to_le_bytes()).collect();
        assert_eq!(checksum(&bits), 0x5d20_a803_8414_c6a6, "{level:?}: {:#x}", checksum(&bits));
    }
}

#[test]
fn hostile_input_is_named() {
    let error = |p: &[[f64; 2]], w: &[f64], y: &[[f64; 2]], m: &[f64]| {
        SemiDual::new(0, p, w, y, m).err().unwrap()
    };
    let (two, ones) = ([[0.0, 0.0], [1.0, 0.0]], [1.0; 2]);
    assert_eq!(error(&[], &[], &two, &ones), SemiDualError::Count { side: 0, count: 0 });
    assert_eq!(error(&two, &ones, &[], &[]), SemiDualError::Count { side: 1, count: 0 });
    let mismatch = SemiDualError::LengthMismatch { side: 1, points: 2, masses: 1 };
    assert_eq!(error(&two, &ones, &two, &[1.0]), mismatch);
    for bad in [f64::NAN, f64::INFINITY, 1e200] {
        let e = error(&two, &ones, &[[0.0; 2], [bad, 0.0]], &ones);
        assert_eq!(e, SemiDualError::BadPoint { side: 1, index: 1 });
    }
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        let e = error(&two, &[1.0, bad], &two, &ones);
        assert_eq!((e.index(), e.code()), (Some(1), "semidual-mass"));
    }
    assert!(error(&two, &[0.0; 2], &two, &ones).to_string().contains("source"));
    // Nothing to learn, but nothing to fail at.
    let mut point = SemiDual::new(0, &[[1.0, 2.0]], &[1.0], &[[4.0, 6.0]], &[1.0]).unwrap();
    advance(&mut point, 300);
    assert!((point.w2() - 25.0).abs() < 1e-4, "{}", point.w2());
}
