use super::*;
use ::gan::Real;

fn grid() -> Modes {
    Modes::grid()
}

fn gan(request: Request) -> Gan {
    Gan::new(&request, grid()).unwrap()
}

#[test]
fn requests_fill_in_and_are_refused_by_name() {
    let request = Request::from_json("{\"loss\":\"leastSquares\",\"seed\":7}").unwrap();
    let expect = Request { loss: LossName::LeastSquares, seed: 7, ..Request::default() };
    assert_eq!(request, expect);
    let text = serde_json::to_string(&request).unwrap();
    assert_eq!(Request::from_json(&text).unwrap(), request);
    for (json, says) in [
        ("{\"architecture\":\"small\"}", "small"),
        ("{\"loss\":\"hinge\"}", "hinge"),
        ("{\"law\":\"cauchy\"}", "cauchy"),
        ("{\"packing\":5}", "5 points"),
        ("{\"packing\":0}", "0 points"),
        ("{\"rate\":1}", "rate"),
        ("7", "no request"),
    ] {
        let e = Request::from_json(json).and_then(|r| r.config()).unwrap_err();
        assert_eq!(e.code, "gan", "{json}");
        assert!(e.message.contains(says), "{json}: {e}");
    }
}

#[test]
fn every_request_is_a_configuration_with_its_name() {
    for (_, architecture) in Architecture::ALL {
        for (_, loss) in LossName::ALL {
            for (_, law) in LawName::ALL {
                for packing in 1..=4 {
                    let request = Request { architecture, loss, packing, law, seed: 3 };
                    let config = request.config().unwrap();
                    config.check().unwrap();
                    assert_eq!((config.packing, config.seed), (packing, 3));
                    assert_eq!(config.generator.latent.dimension, 2);
                }
            }
        }
    }
    let named = |loss, packing| gan(Request { loss, packing, ..Request::default() }).name();
    assert_eq!(named(LossName::LeastSquares, 1), "GAN");
    assert_eq!(named(LossName::NonSaturating, 3), "PacGAN3");
    assert_eq!(named(LossName::Wasserstein, 1), "WGAN-GP");
}

#[test]
fn mixtures_are_refused_at_the_door() {
    // Weights are divided by their sum, which may be 1 but for the last bit.
    let again = flat(&modes(&flat(&grid())).unwrap());
    assert!(again.iter().zip(flat(&grid())).all(|(a, b)| (a - b).abs() < 1e-15));
    for (numbers, index) in [
        (vec![], None),
        (vec![0.0; 5], None),
        ([0.0, 0.0, 1.0, 1.0].repeat(MAX_MODES + 1), None),
        (vec![0.0, 0.0, 1.0, 1.0, f64::NAN, 0.0, 1.0, 1.0], Some(1)),
        (vec![1e7, 0.0, 1.0, 1.0], Some(0)),
        (vec![0.0, 0.0, 0.0, 1.0], Some(0)),
        (vec![0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0], Some(1)),
    ] {
        let e = modes(&numbers).unwrap_err();
        assert_eq!((e.code, e.index), ("modes", index), "{numbers:?}: {e}");
    }
}

#[test]
fn batches_have_the_weights_and_the_deviations_of_the_mixture() {
    let flat = [-1.0, 2.0, 0.5, 3.0, 5.0, 0.0, 2.0, 1.0];
    let mut real = Mixture::new(&modes(&flat).unwrap());
    let mut points = vec![[0.0; 2]; 40_000];
    real.draw(&mut presets::generator(1, 0), &mut points);
    let n = points.len() as f64;
    let mean = |k: usize| points.iter().map(|p| p[k]).sum::<f64>() / n;
    let (x, y) = (mean(0), mean(1));
    assert!((x - 0.5).abs() < 0.06 && (y - 1.5).abs() < 0.05, "{x}, {y}");
    let variance = points.iter().map(|p| (p[0] - x).powi(2)).sum::<f64>() / n;
    // Σ wᵢ (σᵢ² + (xᵢ − mean)²).
    let truth = 0.75 * (0.25 + 2.25) + 0.25 * (4.0 + 20.25);
    assert!((variance / truth - 1.0).abs() < 0.03, "{variance} for {truth}");
}

#[test]
fn marks_are_close_at_first() {
    let mut steps = 0;
    let mut seen = Vec::new();
    for _ in 0..103 {
        steps = next_mark(steps);
        seen.push(steps);
    }
    assert_eq!(seen[..3], [100, 200, 300]);
    assert_eq!(seen[98..], [9_900, 10_000, 10_500, 11_000, 11_500]);
    assert_eq!(next_mark(10_499), 10_500);
}

#[test]
fn a_run_is_the_same_however_it_is_cut_and_looked_at() {
    let request = Request { packing: 2, seed: 5, ..Request::default() };
    let mut straight = gan(request);
    let last = straight.advance(6).unwrap();
    let mut cut = gan(request);
    for _ in 0..3 {
        cut.advance(1).unwrap();
        cut.points(50).unwrap();
        cut.field(&[-5.0, -5.0, 5.0, 5.0], 4).unwrap();
        cut.arrows(&[-5.0, -5.0, 5.0, 5.0], 3).unwrap();
        cut.grid(3, 5).unwrap();
        cut.marks(100).unwrap();
    }
    let mut resumed = Gan::resume(&cut.save(), grid()).unwrap();
    assert_eq!(resumed.fingerprint(), cut.fingerprint());
    assert_eq!(resumed.advance(3).unwrap(), last);
    assert_eq!(resumed.fingerprint(), straight.fingerprint());
    assert_eq!(resumed.counters(), straight.counters());
    assert_eq!(resumed.marks(500).unwrap(), straight.marks(500).unwrap());
    assert_ne!(cut.fingerprint(), straight.fingerprint());
    assert_eq!(Gan::resume(&[1, 2], grid()).err().unwrap().code, "state");
}

#[test]
fn networks_are_stepped_alone() {
    let mut gan = gan(Request::default());
    let d = gan.step_discriminator().unwrap();
    assert!(d.discriminator.is_some() && d.penalty == Some(0.0) && d.generator.is_none());
    let g = gan.step_generator().unwrap();
    assert!(g.generator.is_some() && g.discriminator.is_none());
    let expect = Counters { steps: 0, draws: 2, generator: 1, discriminator: 1 };
    assert_eq!(gan.counters(), expect);
}

#[test]
fn what_is_looked_at_has_its_shape() {
    let mut gan = gan(Request { law: LawName::Uniform, ..Request::default() });
    assert_eq!(gan.points(7).unwrap().len(), 14);
    assert_eq!(gan.grid(3, 5).unwrap().len(), 2 * 2 * 3 * 5);
    assert_eq!(gan.arrows(&[0.0, 0.0, 1.0, 1.0], 3).unwrap().len(), 18);
    let field = gan.field(&[-1.0, -1.0, 1.0, 3.0], 2).unwrap();
    let below = gan.field(&[-1.0, -1.0, 1.0, 1.0], 1).unwrap();
    assert_eq!((field.len(), below.len()), (4, 1));
    assert!(field.iter().all(|d| (0.0..=1.0).contains(d)));
    // The grid's lines cross: the middle of the middle line of either kind is the image of 0.
    let grid = gan.grid(3, 3).unwrap();
    assert_eq!(grid[2 * 4..2 * 5], grid[2 * 13..2 * 14]);
    for refused in [
        gan.field(&[0.0, 0.0, 1.0], 2),
        gan.field(&[0.0, 0.0, 0.0, 1.0], 2),
        gan.arrows(&[0.0, 0.0, 1.0, f64::NAN], 2),
        gan.field(&[0.0, 0.0, 1.0, 1.0], 0),
        gan.grid(1000, 5),
        gan.points(MAX_SAMPLES + 1),
    ] {
        assert_eq!(refused.unwrap_err().code, "gan");
    }
}

#[test]
fn real_points_are_those_of_ae_ot() {
    let gan = gan(Request { seed: 4, ..Request::default() });
    let points = presets::samples(&grid(), 20, 4);
    let expect: Vec<f32> = points.iter().flatten().map(|x| *x as f32).collect();
    assert_eq!(gan.real(20).unwrap(), expect);
}

#[test]
fn a_moved_target_is_what_is_trained_on_and_scored() {
    let mut gan = gan(Request::default());
    gan.advance(2).unwrap();
    let before = gan.marks(200).unwrap();
    let steps = gan.counters();
    gan.retarget(modes(&[0.0, 0.0, 100.0, 1.0]).unwrap());
    assert_eq!(gan.counters(), steps);
    let after = gan.marks(200).unwrap();
    assert!(before.modes > 0 || before.reverse_kl > 0.0);
    assert_eq!((after.modes, after.reverse_kl), (1, 0.0));
    assert_eq!(gan.modes().len(), 1);
    let row = gan.score(200).unwrap();
    assert_eq!((row.name.as_str(), row.samples, row.nearest_real), ("GAN", 200, None));
    assert_eq!(row.modes.value, 1.0);
}

#[test]
fn what_diverges_says_so() {
    // One mode so far out that the scores leave f32's range at once.
    let mut gan = Gan::new(&Request::default(), modes(&[0.0, 0.0, 1e-3, 1.0]).unwrap()).unwrap();
    gan.real = Mixture::new(
        &Modes::new(vec![coverage::Mode { centre: [1e38, 1e38], sigma: 1.0, weight: 1.0 }])
            .unwrap(),
    );
    let e = (0..50).find_map(|_| gan.advance(1).err()).unwrap();
    assert_eq!(e.code, "diverged");
    assert!(e.message.contains("diverged after"));
}
