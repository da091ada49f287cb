//! Training: derivatives, bits, what it reaches, what is refused.

use super::*;
use crate::state::checksum;
use fearless_simd::Level;

const MODES: [[f64; 2]; 4] = [[0.2, 0.2], [0.8, 0.3], [0.3, 0.9], [0.7, 0.7]];

fn fit(widths: &[usize], seed: u64) -> Fit {
    let points = lattice(24);
    let images: Vec<[f64; 2]> = points.iter().map(|x| nearest(&MODES, *x)).collect();
    Fit::new(seed, widths, &points, &vec![1.0; points.len()], &images).unwrap()
}

fn advance(fit: &mut Fit, steps: usize) -> f64 {
    let mut last = f64::NAN;
    for _ in 0..steps {
        last = fit.step().unwrap();
    }
    last
}

/// In f64, of every parameter, at depths 1 to 4.
#[test]
fn the_gradient_is_that_of_the_value() {
    for depth in 1..=MAX_HIDDEN {
        let widths: Vec<usize> = (0..depth).map(|l| 6 - l).collect();
        let mut network = Generator::<f64>::new(&spec(&widths), &mut generator(depth as u64));
        let mut rng = generator(9);
        let mut normal = |n: usize| -> Vec<f64> {
            let mut entries = vec![0.0; n];
            normals(&mut rng, 1.0, &mut entries);
            entries
        };
        let points = Matrix::new(11, 2, normal(22));
        let images = Matrix::new(11, 2, normal(22));
        let weights: Vec<f64> = normal(11).iter().map(|w| w.abs()).collect();
        let products = &mut Products::new(Arithmetic::Portable);
        let (_, gradient) = descent(products, &network, points.clone(), &images, &weights);
        let gradient = gradient.parameters().concat();
        let (mut k, step) = (0, 1e-6);
        for list in 0..network.parameters().len() {
            for entry in 0..network.parameters()[list].len() {
                let mut value = |shift: f64| {
                    network.parameters_mut()[list][entry] += shift;
                    descent(products, &network, points.clone(), &images, &weights).0
                };
                let (above, below) = (value(step), value(-2.0 * step));
                value(step);
                let difference = (above - below) / (2.0 * step);
                assert!((difference - gradient[k]).abs() < 1e-7, "{k}: {difference} {gradient:?}");
                k += 1;
            }
        }
        assert_eq!(k, gradient.len());
    }
}

/// They change only with the mathematics, never with the machine.
#[test]
fn steps_are_the_same_on_every_machine() {
    for level in [Level::new(), Level::baseline()] {
        let mut fit = fit(&[16, 16], 3);
        fit.products = Products::with(level, Arithmetic::Portable);
        advance(&mut fit, 100);
        let images = fit.network().map(&lattice(10));
        let bits: Vec<u8> = images.as_flattened().iter().flat_map(|v| v.to_le_bytes()).collect();
        assert_eq!(checksum(&bits), 0x0f2d_7337_ad3c_0d30, "{level:?}: {:#x}", checksum(&bits));
    }
}

#[test]
fn runs_repeat_and_seeds_differ() {
    let (mut a, mut b, mut c) = (fit(&[8], 1), fit(&[8], 1), fit(&[8], 2));
    assert_eq!(advance(&mut a, 30), advance(&mut b, 30));
    advance(&mut c, 30);
    assert_eq!(a.network(), b.network());
    assert_ne!(a.network(), c.network());
    assert_eq!((a.steps(), a.widths(), a.network().widths()), (30, [8].as_slice(), vec![8]));
}

/// An affine map, far out and in units of its own, is found; so are its regions' matrices.
#[test]
fn an_affine_map_is_found() {
    let points: Vec<[f64; 2]> =
        lattice(16).iter().map(|p| [1000.0 + 4.0 * p[0], 4.0 * p[1]]).collect();
    let image = |x: &[f64; 2]| [0.02 * (x[0] - 1000.0) - 7.0, 0.03 * x[1] + 0.01 * (x[0] - 1000.0)];
    let images: Vec<[f64; 2]> = points.iter().map(image).collect();
    let mut fit = Fit::new(5, &[24, 24], &points, &vec![1.0; points.len()], &images).unwrap();
    advance(&mut fit, 1500);
    let mapped = fit.network().map(&points);
    let off = mapped.iter().zip(&images).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]));
    let worst = off.fold(0.0, f64::max);
    assert!(worst < 4e-3, "{worst}");
}

/// The mean square falls, towards a map that it cannot be: it stays continuous.
#[test]
fn a_jump_is_approached_and_never_made() {
    let mut fit = fit(&[32, 32], 7);
    let (before, after) = (advance(&mut fit, 1), advance(&mut fit, 1500));
    assert!(after < 0.05 * before, "{before} {after}");
    let network = fit.network();
    let regions = network.regions(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]);
    let discs: Vec<Vec<[f64; 2]>> = MODES.iter().map(|m| ellipse(*m, [0.05; 2], 24)).collect();
    let between: f64 = regions.outside(&discs).parts().map(super::super::clip::area).sum();
    let steepest = regions.slopes().iter().copied().fold(0.0, f64::max);
    println!("{} regions, {between:.4} between, slope {steepest:.1}", regions.count());
    assert!(between > 0.01 && between < 0.5, "{between}");
    assert!(steepest > 5.0 && steepest.is_finite());
}

/// Masses count: what has none is not fitted.
#[test]
fn masses_count() {
    let points = lattice(16);
    let left = |x: &[f64; 2]| x[0] < 0.5;
    let images: Vec<[f64; 2]> =
        points.iter().map(|x| if left(x) { [x[1], 1.0] } else { [9.0, -9.0] }).collect();
    let weights: Vec<f64> = points.iter().map(|x| f64::from(u8::from(left(x)))).collect();
    let mut fit = Fit::new(1, &[16, 16], &points, &weights, &images).unwrap();
    advance(&mut fit, 600);
    let mapped = fit.network().map(&points);
    for ((x, y), to) in points.iter().zip(&mapped).zip(&images).filter(|((x, _), _)| left(x)) {
        assert!((y[0] - to[0]).hypot(y[1] - to[1]) < 0.1, "{x:?} {y:?}");
    }
}

#[test]
fn what_is_refused_is_named() {
    let (p, w) = ([[0.0, 0.0], [1.0, 0.0]], [1.0; 2]);
    let error = |widths: &[usize], p: &[[f64; 2]], w: &[f64], y: &[[f64; 2]]| {
        Fit::new(0, widths, p, w, y).err().unwrap()
    };
    assert_eq!(error(&[], &p, &w, &p), ReluError::Layers { layers: 0 });
    assert_eq!(error(&[4; 5], &p, &w, &p), ReluError::Layers { layers: 5 });
    assert_eq!(error(&[4, 1], &p, &w, &p), ReluError::Width { layer: 1, width: 1 });
    assert_eq!(error(&[4, 65], &p, &w, &p).index(), Some(1));
    assert!(error(&[65], &p, &w, &p).to_string().contains("2 to 64"));
    let short = SemiDualError::LengthMismatch { side: 1, points: 1, masses: 2 };
    assert_eq!(error(&[4], &p, &w, &p[..1]), short.into());
    assert_eq!(error(&[4], &[], &[], &[]).code(), "semidual-count");
    let bad = [[0.0; 2], [f64::NAN, 0.0]];
    assert_eq!(error(&[4], &p, &w, &bad), SemiDualError::BadPoint { side: 1, index: 1 }.into());
    assert_eq!(error(&[4], &bad, &w, &p).index(), Some(1));
    assert_eq!(error(&[4], &p, &[1.0, -1.0], &p).code(), "semidual-mass");
    // All to one point, whose mean is off by its rounding: learnt in the source's units.
    let points = lattice(9);
    let mut point = Fit::new(0, &[4], &points, &[1.0; 81], &[[0.1, 0.7]; 81]).unwrap();
    assert!(advance(&mut point, 1) > 1e-3 && advance(&mut point, 400) < 1e-4);
    // One point: nothing to learn but its image.
    let mut one = Fit::new(0, &[4], &[[1.0, 2.0]], &[1.0], &[[4.0, 6.0]]).unwrap();
    assert!(advance(&mut one, 300) < 1e-3);
}
