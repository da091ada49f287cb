//! What the two networks minimise, as functions of the discriminator's scores.

use crate::scalar::{Scalar, sigmoid, softplus};

/// What the two networks minimise. s(x) is the discriminator's score, B the packs of a batch; means
/// are over real packs x or generated packs x̃.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// Goodfellow and others, *Generative Adversarial Nets* (NeurIPS 2014), section 3, with the
    /// generator's loss that does not saturate. With D = σ(s), the discriminator minimises
    /// mean −ln D(x) + mean −ln(1 − D(x̃)), and the generator mean −ln D(x̃).
    NonSaturating,
    /// Mao and others, *Least Squares GANs* (ICCV 2017), equation 9: ½ mean (s(x) − 1)² +
    /// ½ mean s(x̃)², and ½ mean (s(x̃) − 1)².
    LeastSquares,
    /// Gulrajani and others, *Improved Training of Wasserstein GANs* (NeurIPS 2017), equation 3:
    /// mean s(x̃) − mean s(x) + λ mean (‖∇s(x̂)‖ − 1)², and −mean s(x̃), where x̂ = ε x + (1 − ε) x̃
    /// with ε uniform on [0, 1), one for each pack; the gradient is in all 2m coordinates of it.
    Wasserstein {
        /// λ, above 0 and at most 1,000. The authors take 10 for pictures and 0.1 for mixtures in
        /// the plane (their code's `gan_toy.py`), where 10 hardly trains.
        penalty: f64,
    },
}

/// A loss and its derivatives in the scores.
pub(crate) struct Slopes<T> {
    pub(crate) value: f64,
    pub(crate) slopes: Vec<T>,
}

/// Mean of `value` over the scores, and the mean's derivatives.
fn mean<T: Scalar>(scores: &[T], value: impl Fn(f64) -> (f64, f64)) -> Slopes<T> {
    let share = 1.0 / scores.len() as f64;
    let mut sum = 0.0;
    let slopes = scores
        .iter()
        .map(|s| {
            let (value, slope) = value(s.to_f64());
            sum += value;
            T::of(slope * share)
        })
        .collect();
    Slopes { value: sum * share, slopes }
}

impl Loss {
    /// The discriminator's loss on real packs.
    pub(crate) fn on_real<T: Scalar>(self, scores: &[T]) -> Slopes<T> {
        mean(scores, |s| match self {
            Self::NonSaturating => (softplus(-s), -sigmoid(-s)),
            Self::LeastSquares => (0.5 * (s - 1.0) * (s - 1.0), s - 1.0),
            Self::Wasserstein { .. } => (-s, -1.0),
        })
    }

    /// The discriminator's loss on generated packs.
    pub(crate) fn on_fake<T: Scalar>(self, scores: &[T]) -> Slopes<T> {
        mean(scores, |s| match self {
            Self::NonSaturating => (softplus(s), sigmoid(s)),
            Self::LeastSquares => (0.5 * s * s, s),
            Self::Wasserstein { .. } => (s, 1.0),
        })
    }

    /// The generator's loss on generated packs.
    pub(crate) fn of_generator<T: Scalar>(self, scores: &[T]) -> Slopes<T> {
        match self {
            Self::NonSaturating | Self::LeastSquares => self.on_real(scores),
            Self::Wasserstein { .. } => mean(scores, |s| (-s, -1.0)),
        }
    }

    /// The discriminator's output as its authors read it: the probability of being real σ(s), or
    /// the score itself.
    pub(crate) fn output(self, score: f64) -> f64 {
        match self {
            Self::NonSaturating => sigmoid(score),
            Self::LeastSquares | Self::Wasserstein { .. } => score,
        }
    }
}
