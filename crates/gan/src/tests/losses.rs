//! Losses as functions of scores.

use super::check;
use crate::loss::Loss;
use crate::scalar::{sigmoid, softplus};

pub(super) const LOSSES: [Loss; 3] =
    [Loss::NonSaturating, Loss::LeastSquares, Loss::Wasserstein { penalty: 10.0 }];

#[test]
fn slopes() {
    let scores = [-3.0, -0.5, 0.0, 0.25, 4.0];
    for loss in LOSSES {
        for (what, of) in [
            ("real", Loss::on_real as fn(Loss, &[f64]) -> _),
            ("fake", Loss::on_fake),
            ("generator", Loss::of_generator),
        ] {
            check(&format!("{loss:?}, {what}"), &scores, &of(loss, &scores).slopes, |s| {
                of(loss, s).value
            });
        }
    }
}

#[test]
fn values_in_closed_form() {
    let ln2 = std::f64::consts::LN_2;
    let value = |loss: Loss| {
        let s = &[0.0_f64, 0.0][..];
        [loss.on_real(s).value, loss.on_fake(s).value, loss.of_generator(s).value]
    };
    assert_eq!(value(Loss::NonSaturating), [ln2; 3], "D = ½ everywhere");
    assert_eq!(value(Loss::LeastSquares), [0.5, 0.0, 0.5]);
    assert_eq!(value(Loss::Wasserstein { penalty: 1.0 }), [0.0; 3]);
    assert_eq!(Loss::NonSaturating.output(0.0), 0.5);
    assert_eq!(Loss::LeastSquares.output(0.75), 0.75);
}

#[test]
fn the_ends_do_not_overflow() {
    for x in [-1e300, -800.0, 800.0, 1e300] {
        assert!((0.0..=1.0).contains(&sigmoid(x)), "σ({x})");
        assert_eq!(softplus(x), x.max(0.0), "softplus({x})");
    }
    assert!((sigmoid(2.0) + sigmoid(-2.0) - 1.0).abs() < 1e-15);
}
