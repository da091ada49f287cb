//! What fresh samples say of heights: the residual without its noise, and the energy.
//!
//! The samples come in independent replicates (scrambles, or keys of the generator), and noise is
//! what the replicates disagree by. So one formula holds for independent samples and for
//! low-discrepancy ones, whose noise no formula in M gives.

use super::cell_mass::Estimate;
use super::problem::Problem;

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Value {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// What M fresh samples say of heights. Cells are those of sites that are not merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// M, over all replicates.
    pub samples: u64,
    /// √max(0, meanᵢ (ŵᵢ/νᵢ − 1)² − noise): the root mean square of the relative errors of the
    /// cell masses, without what noise adds.
    pub rms: Value,
    /// maxᵢ |ŵᵢ/νᵢ − 1|, noise and all; its error is the noise of that cell.
    pub maximum: Value,
    /// What noise alone would show as the maximum, were all cells exact.
    pub maximum_noise: f64,
    /// ½ Σ |ŵᵢ − νᵢ|, noise and all.
    pub variation: Value,
    /// What noise alone would show as the variation.
    pub variation_noise: f64,
    /// E(h), in the units of the problem.
    pub energy: Value,
    /// ∫|x|² dμ + Σ νᵢ |yᵢ|² − 2 E(h), a lower bound of W₂² but for its error.
    pub w2_dual: Value,
    /// ∫|x − ∇u|² dμ: what carrying μ to the masses reached costs.
    pub w2_primal: Value,
    /// (√primal + diam · √variation)², an upper bound of W₂² but for its error.
    pub w2_upper: Value,
    /// Sites whose cell got no sample.
    pub starved: Vec<u32>,
    /// ŵᵢ of all N sites; 0 for merged ones.
    pub cell_masses: Vec<f64>,
}

/// What at least two independent estimates of one size at `heights`, in the machine's units, say.
pub(crate) fn judge(problem: &Problem, heights: &[f64], replicates: &[Estimate]) -> Measure {
    let count = replicates.len() as f64;
    let each = replicates[0].samples as f64;
    let places = problem.places();
    let n = places.len();
    let mut masses = vec![0.0; n];
    // meanᵢ of the squares without noise, and their spread over the cells; Σ νᵢ (noise)².
    let (mut squares, mut fourth, mut noise) = (0.0, 0.0, 0.0);
    for (k, i) in places.iter().enumerate() {
        let v = problem.masses()[*i as usize];
        let of = |e: &Estimate| e.counts[k] as f64 / each;
        let mean = replicates.iter().map(of).sum::<f64>() / count;
        let spread = replicates.iter().map(|e| (of(e) - mean).powi(2)).sum::<f64>()
            / (count * (count - 1.0));
        masses[k] = mean;
        let square = (mean / v - 1.0).powi(2) - spread / (v * v);
        squares += square / n as f64;
        fourth += square * square / n as f64;
        noise += spread / v / n as f64;
    }
    let error = ((fourth - squares * squares).max(0.0) / n as f64).sqrt();
    let root = |x: f64| x.max(0.0).sqrt();
    let (least, most) = (root(squares - error), root(squares.max(0.0) + error));
    let rms = Value {
        value: root(squares),
        // Of the root by the ends of the square's interval, the longer way: at 0 there is but one.
        error: (0.5 * (most - least)).max(most - root(squares)),
    };
    // The variance of wᵢ/νᵢ is about `noise` / νᵢ, as that of a count: pooled, since each cell's
    // own, from so few replicates, is little worth.
    let deviation = |k: usize| (noise / problem.masses()[places[k] as usize]).sqrt();
    let mut measure = Measure {
        samples: replicates.iter().map(|e| e.samples).sum(),
        rms,
        maximum_noise: largest(n, deviation),
        cell_masses: vec![0.0; problem.len()],
        ..Measure::default()
    };
    for (k, i) in places.iter().enumerate() {
        let v = problem.masses()[*i as usize];
        measure.cell_masses[*i as usize] = masses[k];
        let off = (masses[k] / v - 1.0).abs();
        if off > measure.maximum.value {
            measure.maximum = Value { value: off, error: deviation(k) };
        }
        measure.variation.value += 0.5 * (masses[k] - v).abs();
        measure.variation_noise += 0.5 * v * deviation(k) * std::f64::consts::FRAC_2_PI.sqrt();
        if masses[k] == 0.0 {
            measure.starved.push(*i);
        }
    }
    // Cells err nearly independently: the variances of their parts add.
    measure.variation.error =
        0.5 * (0..n).map(|k| problem.masses()[places[k] as usize] * noise).sum::<f64>().sqrt();
    let each_costs: Vec<_> = replicates
        .iter()
        .map(|e| {
            let w: Vec<f64> = e.counts.iter().map(|c| *c as f64 / each).collect();
            problem.costs(heights, e.top / each, &w)
        })
        .collect();
    measure.energy = spread(each_costs.iter().map(|c| c.energy));
    measure.w2_dual = spread(each_costs.iter().map(|c| c.dual));
    measure.w2_primal = spread(each_costs.iter().map(|c| c.primal));
    let stray = problem.diameter() * measure.variation.value.sqrt();
    let primal = root(measure.w2_primal.value);
    measure.w2_upper = Value {
        value: (primal + stray).powi(2),
        error: if primal > 0.0 {
            measure.w2_primal.error * (primal + stray) / primal
        } else {
            measure.w2_primal.error
        },
    };
    measure
}

/// Mean and standard error.
fn spread(values: impl ExactSizeIterator<Item = f64> + Clone) -> Value {
    let count = values.len() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let square = values.map(|v| (v - mean).powi(2)).sum::<f64>() / (count - 1.0);
    Value { value: mean, error: (square / count).sqrt() }
}

/// The median of maxᵢ |zᵢ| for independent zᵢ ~ N(0, deviation(i)²): where the chance that any
/// exceeds it is one half.
fn largest(n: usize, deviation: impl Fn(usize) -> f64) -> f64 {
    let deviations: Vec<f64> = (0..n).map(deviation).collect();
    let most = deviations.iter().copied().fold(0.0, f64::max);
    if !(most > 0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 12.0 * most);
    for _ in 0..60 {
        let t = 0.5 * (low + high);
        // log of the chance that all stay below.
        let below: f64 = deviations
            .iter()
            .filter(|s| **s > 0.0)
            .map(|s| libm::log1p(-libm::erfc(t / s * std::f64::consts::FRAC_1_SQRT_2)))
            .sum();
        if below < -std::f64::consts::LN_2 { low = t } else { high = t }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monte_carlo::Law;

    #[test]
    fn the_largest_of_normal_deviates() {
        // One: its median, 0.6745. A thousand: Φ(t)^1000-like tables give 3.40 for both tails.
        assert!((largest(1, |_| 2.0) - 2.0 * 0.674_490).abs() < 1e-4);
        assert!((largest(1000, |_| 1.0) - 3.395).abs() < 0.01);
        assert_eq!(largest(3, |_| 0.0), 0.0);
    }

    /// Counts of independent samples: binomial, here by their normal approximation.
    fn replicates(w: &[f64], each: u64) -> Vec<Estimate> {
        use rand::RngExt as _;
        use rand::SeedableRng as _;
        let mut rng = rand_pcg::Pcg64::seed_from_u64(1);
        let mut normal = || (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
        (0..8)
            .map(|_| Estimate {
                samples: each,
                counts: w
                    .iter()
                    .map(|w| {
                        let m = w * each as f64;
                        (m + m.sqrt() * normal()).round().max(0.0) as u64
                    })
                    .collect(),
                ..Estimate::default()
            })
            .collect()
    }

    #[test]
    fn noise_is_taken_away() {
        let n = 2_000;
        let sites: Vec<f64> = (0..n).map(|i| i as f64).collect();
        let problem = Problem::new(Law::Cube, 1, &sites, None).unwrap();
        let zero = vec![0.0; n];
        // Exact cells: noise alone, 100 samples a cell in all.
        let exact = vec![1.0 / n as f64; n];
        let m = judge(&problem, &zero, &replicates(&exact, 12 * n as u64));
        assert!(m.rms.value < 0.04 && m.rms.error > 0.0, "{:?}", m.rms);
        assert!((m.maximum.value / m.maximum_noise - 1.0).abs() < 0.3);
        assert!((m.variation.value / m.variation_noise - 1.0).abs() < 0.1);
        // Half of the cells 10 % too large, half too small: an error as large as the noise.
        let off: Vec<f64> =
            (0..n).map(|i| (1.0 + if i % 2 == 0 { 0.1 } else { -0.1 }) / n as f64).collect();
        let m = judge(&problem, &zero, &replicates(&off, 12 * n as u64));
        assert!((m.rms.value - 0.1).abs() < 3.0 * m.rms.error + 0.005, "{:?}", m.rms);
    }
}
