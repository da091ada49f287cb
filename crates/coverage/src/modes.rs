//! The truth: a mixture of isotropic Gaussians in the plane.

use std::f64::consts::FRAC_1_SQRT_2;

use rand::RngExt;
use rand_core::Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::nearest::{Nearest, squared_distance};
use crate::{ModesError, Point, SamplesError};

/// Largest magnitude of a coordinate, standard deviation or weight; the reciprocal is the
/// smallest standard deviation or weight. Squares of such numbers, and their products with
/// counts, stay within the range of f64.
pub const MAX_MAGNITUDE: f64 = 1e100;

/// One isotropic Gaussian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mode {
    /// Its mean.
    pub centre: Point,
    /// Its standard deviation along each axis, positive.
    pub sigma: f64,
    /// Its share of the mass, positive; any unit, since [`Modes::new`] divides by the sum.
    pub weight: f64,
}

/// A validated mixture: at least one mode, distinct centres, weights summing to 1.
#[derive(Debug, Clone)]
pub struct Modes {
    modes: Vec<Mode>,
    /// Sums of the weights before each mode.
    cumulative: Vec<f64>,
    /// A sample nearer to its own centre than this (squared) has that centre as its nearest.
    safe: Vec<f64>,
    search: Nearest,
}

impl Modes {
    /// Checks `modes` and normalises their weights to sum 1; the order is kept.
    pub fn new(mut modes: Vec<Mode>) -> Result<Self, ModesError> {
        if modes.is_empty() {
            return Err(ModesError::Empty);
        }
        let usable = |x: f64| (1.0 / MAX_MAGNITUDE..=MAX_MAGNITUDE).contains(&x);
        for (index, mode) in modes.iter().enumerate() {
            if !mode.centre.iter().all(|x| x.is_finite()) {
                return Err(ModesError::NotFinite { index });
            }
            if mode.centre.iter().any(|x| x.abs() > MAX_MAGNITUDE) {
                return Err(ModesError::TooLarge { index });
            }
            if !usable(mode.sigma) {
                return Err(ModesError::BadSigma { index });
            }
            if !usable(mode.weight) {
                return Err(ModesError::BadWeight { index });
            }
        }
        let centres: Vec<Point> = modes.iter().map(|m| m.centre).collect();
        if let Some((first, index)) = duplicate(&centres) {
            return Err(ModesError::Duplicate { index, first });
        }

        let total: f64 = modes.iter().map(|m| m.weight).sum();
        let mut sum = 0.0;
        let mut cumulative = Vec::with_capacity(modes.len());
        for mode in &mut modes {
            mode.weight /= total;
            cumulative.push(sum);
            sum += mode.weight;
        }
        let search = Nearest::new(&centres);
        let safe = clearances(&centres, &search);
        Ok(Self { modes, cumulative, safe, search })
    }

    /// The 2D grid of PacGAN and AE-OT: 25 modes at {−4, −2, 0, 2, 4}², σ = 0.05, equal weights.
    pub fn grid() -> Self {
        let places = [-4.0, -2.0, 0.0, 2.0, 4.0];
        Self::of_known(
            places
                .iter()
                .flat_map(|&y| places.map(|x| Mode { centre: [x, y], sigma: 0.05, weight: 1.0 })),
        )
    }

    /// The 2D ring: 8 modes at (cos kπ/4, sin kπ/4), σ = 0.01, equal weights.
    pub fn ring() -> Self {
        // Written out, since sines differ in the last bit between machines.
        let d = FRAC_1_SQRT_2;
        let centres =
            [[1.0, 0.0], [d, d], [0.0, 1.0], [-d, d], [-1.0, 0.0], [-d, -d], [0.0, -1.0], [d, -d]];
        Self::of_known(centres.into_iter().map(|centre| Mode { centre, sigma: 0.01, weight: 1.0 }))
    }

    /// For the mixtures written in this file, which are valid.
    fn of_known(modes: impl Iterator<Item = Mode>) -> Self {
        let result = Self::new(modes.collect());
        #[expect(clippy::expect_used, reason = "constants of this file, covered by the tests")]
        result.expect("a built-in mixture is valid")
    }

    /// The modes in the order given, weights normalised.
    pub fn modes(&self) -> &[Mode] {
        &self.modes
    }

    /// Number of modes, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.modes.len()
    }

    /// Index of the mode nearest to `point`, and the distance to its centre. Of modes at equal
    /// distance the first is taken.
    pub fn nearest(&self, point: Point) -> (usize, f64) {
        let (mode, squared) = self.find(point);
        (mode, squared.sqrt())
    }

    /// [`nearest`](Self::nearest) with the squared distance.
    pub(crate) fn find(&self, point: Point) -> (usize, f64) {
        self.search.find(point).unwrap_or((0, f64::INFINITY))
    }

    /// [`find`](Self::find) for a sample drawn from mode `own`: by the triangle inequality no
    /// other centre can be nearer when `own` is nearer than half its distance to the others.
    pub(crate) fn find_drawn(&self, own: usize, point: Point) -> (usize, f64) {
        let squared = squared_distance(point, self.modes[own].centre);
        if squared < self.safe[own] { (own, squared) } else { self.find(point) }
    }

    /// `n` independent samples of the mixture.
    pub fn sample<R: Rng + ?Sized>(&self, n: usize, rng: &mut R) -> Vec<Point> {
        (0..n).map(|_| self.draw(rng).1).collect()
    }

    /// One sample, with the mode it was drawn from.
    pub(crate) fn draw<R: Rng + ?Sized>(&self, rng: &mut R) -> (usize, Point) {
        let u: f64 = rng.random();
        let own = self.cumulative.partition_point(|&c| c <= u).saturating_sub(1);
        let Mode { centre, sigma, .. } = self.modes[own];
        let x: f64 = StandardNormal.sample(rng);
        let y: f64 = StandardNormal.sample(rng);
        (own, [centre[0] + sigma * x, centre[1] + sigma * y])
    }

    /// Refuses what cannot be scored.
    pub(crate) fn check(samples: &[Point]) -> Result<(), SamplesError> {
        if samples.is_empty() {
            return Err(SamplesError::Empty);
        }
        if u32::try_from(samples.len()).is_err() {
            return Err(SamplesError::TooMany);
        }
        for (index, sample) in samples.iter().enumerate() {
            if !sample.iter().all(|x| x.is_finite()) {
                return Err(SamplesError::NotFinite { index });
            }
            if sample.iter().any(|x| x.abs() > MAX_MAGNITUDE) {
                return Err(SamplesError::TooLarge { index });
            }
        }
        Ok(())
    }
}

/// The first two indices that share a centre, in the order (earlier, later).
fn duplicate(centres: &[Point]) -> Option<(usize, usize)> {
    let mut order: Vec<usize> = (0..centres.len()).collect();
    // −0 and 0 are the same place.
    let key = |i: usize| centres[i].map(|x| x + 0.0);
    order.sort_by(|&a, &b| {
        let (p, q) = (key(a), key(b));
        p[0].total_cmp(&q[0]).then(p[1].total_cmp(&q[1])).then(a.cmp(&b))
    });
    order
        .windows(2)
        .filter(|w| centres[w[0]] == centres[w[1]])
        .map(|w| (w[0], w[1]))
        .min_by_key(|&(_, later)| later)
}

/// Square of a little less than half of each centre's distance to the nearest other, infinite
/// for a single one; the margin covers rounding.
fn clearances(centres: &[Point], search: &Nearest) -> Vec<f64> {
    let to_other = |(i, &centre): (usize, &Point)| {
        let squared = search.find_other(centre, i).map_or(f64::INFINITY, |(_, squared)| squared);
        0.25 * (1.0 - 1e-9) * squared
    };
    centres.iter().enumerate().map(to_other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng::rng;

    fn mode(x: f64, y: f64, sigma: f64, weight: f64) -> Mode {
        Mode { centre: [x, y], sigma, weight }
    }

    #[test]
    fn the_known_mixtures_are_the_papers() {
        let (grid, ring) = (Modes::grid(), Modes::ring());
        assert_eq!((grid.len(), ring.len()), (25, 8));
        for m in grid.modes() {
            assert!(m.centre.iter().all(|x| [-4.0, -2.0, 0.0, 2.0, 4.0].contains(x)));
            assert_eq!((m.sigma, m.weight), (0.05, 0.04));
        }
        for (k, m) in (0u8..).zip(ring.modes()) {
            let angle = f64::from(k) * std::f64::consts::FRAC_PI_4;
            assert!((m.centre[0] - angle.cos()).abs() < 1e-15);
            assert!((m.centre[1] - angle.sin()).abs() < 1e-15);
            assert_eq!((m.sigma, m.weight), (0.01, 0.125));
        }
    }

    #[test]
    fn weights_are_normalised_in_the_order_given() {
        let modes = Modes::new(vec![mode(0.0, 0.0, 1.0, 6.0), mode(1.0, 0.0, 1.0, 2.0)]).unwrap();
        assert_eq!(modes.modes()[0].weight, 0.75);
        assert_eq!(modes.modes()[1].weight, 0.25);
    }

    #[test]
    fn refusals_name_the_mode() {
        let good = mode(0.0, 0.0, 1.0, 1.0);
        let refused = |bad: Mode| Modes::new(vec![good, bad]).unwrap_err();
        assert_eq!(Modes::new(vec![]).unwrap_err(), ModesError::Empty);
        assert_eq!(refused(mode(f64::NAN, 1.0, 1.0, 1.0)), ModesError::NotFinite { index: 1 });
        assert_eq!(refused(mode(1e101, 1.0, 1.0, 1.0)), ModesError::TooLarge { index: 1 });
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-300] {
            assert_eq!(refused(mode(1.0, 1.0, bad, 1.0)), ModesError::BadSigma { index: 1 });
            assert_eq!(refused(mode(1.0, 1.0, 1.0, bad)), ModesError::BadWeight { index: 1 });
        }
        let twin = refused(mode(-0.0, 0.0, 2.0, 1.0));
        assert_eq!(twin, ModesError::Duplicate { index: 1, first: 0 });
        assert_eq!((twin.code(), twin.index()), ("mode-duplicate", Some(1)));
        assert!(twin.to_string().contains("modes 0 and 1"));
    }

    #[test]
    fn the_earliest_repeated_mode_is_named() {
        let at = |x: f64| mode(x, 0.0, 1.0, 1.0);
        let error = Modes::new(vec![at(3.0), at(1.0), at(2.0), at(3.0), at(1.0)]).unwrap_err();
        assert_eq!(error, ModesError::Duplicate { index: 3, first: 0 });
    }

    #[test]
    fn samples_have_the_moments_of_the_mixture() {
        let modes = Modes::new(vec![mode(-1.0, 2.0, 0.5, 3.0), mode(5.0, 0.0, 2.0, 1.0)]).unwrap();
        let n = 200_000;
        let samples = modes.sample(n, &mut rng(3));
        let mean = samples.iter().map(|p| p[0]).sum::<f64>() / n as f64;
        let variance = samples.iter().map(|p| (p[0] - mean).powi(2)).sum::<f64>() / n as f64;
        // Mean −3/4 + 5/4; variance Σ wᵢ (σᵢ² + (cᵢ − mean)²) = 3/4 (1/4 + 9/4) + 1/4 (4 + 81/4).
        let truth = 0.75 * 2.5 + 0.25 * 24.25;
        assert!((mean - 0.5).abs() < 5.0 * (truth / n as f64).sqrt());
        assert!((variance / truth - 1.0).abs() < 0.02);
    }

    #[test]
    fn the_shortcut_for_drawn_samples_changes_nothing() {
        // σ from far below to far above the distances between the modes.
        for sigma in [0.01, 0.3, 5.0] {
            let modes = Modes::new(
                (0..40).map(|i| mode((i % 8) as f64, 0.7 * (i / 8) as f64, sigma, 1.0)).collect(),
            )
            .unwrap();
            let mut rng = rng(4);
            for _ in 0..2_000 {
                let (own, point) = modes.draw(&mut rng);
                assert_eq!(modes.find_drawn(own, point), modes.find(point));
            }
        }
    }
}
