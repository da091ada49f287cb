//! The singular set: facets across which the map jumps far (Lei et al. 2020, section 4.3).

use crate::Plan;

/// How far a jump is, and beyond what it is singular.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// |yᵢ − yⱼ| > κ · median over all facets: free of shift and scale.
    Jump {
        /// κ > 0.
        kappa: f64,
    },
    /// The paper's: the angle in [0, π) between the normals (yᵢ, −1) and (yⱼ, −1) of the
    /// supporting planes above θ. It changes with shift and scale, so the sites are centred at
    /// their mean (by mass) and multiplied by `scale` first.
    Angle {
        /// θ in radians.
        theta: f64,
        /// The factor, > 0, in 1 / units of the sites.
        scale: f64,
    },
}

/// Which facets of a plan are singular.
#[derive(Clone, Debug, PartialEq)]
pub struct SingularSet {
    /// What the values are compared with.
    pub threshold: f64,
    /// Jump, in the sites' units, or angle, in radians, of each facet in the plan's order.
    pub values: Vec<f64>,
    /// Whether each facet is singular.
    pub singular: Vec<bool>,
    /// Total length of the singular facets.
    pub length: f64,
    /// Median of the values; 0 without facets.
    pub median: f64,
}

/// The singular set of a plan by a measure.
pub fn singular_set(plan: &Plan, measure: Measure) -> SingularSet {
    let site = |i: u32| plan.sites[i as usize];
    let values: Vec<f64> = match measure {
        Measure::Jump { .. } => plan
            .facets
            .iter()
            .map(|f| (site(f.i)[0] - site(f.j)[0]).hypot(site(f.i)[1] - site(f.j)[1]))
            .collect(),
        Measure::Angle { scale, .. } => {
            let mut mean = [0.0; 2];
            for (y, v) in plan.sites.iter().zip(&plan.masses) {
                mean = [mean[0] + v * y[0], mean[1] + v * y[1]];
            }
            let normal = |i: u32| {
                let y = site(i);
                [scale * (y[0] - mean[0]), scale * (y[1] - mean[1]), -1.0]
            };
            plan.facets.iter().map(|f| angle(normal(f.i), normal(f.j))).collect()
        }
    };
    let median = median(&values);
    let threshold = match measure {
        Measure::Jump { kappa } => kappa * median,
        Measure::Angle { theta, .. } => theta,
    };
    let singular: Vec<bool> = values.iter().map(|&v| v > threshold).collect();
    let length =
        plan.facets.iter().zip(&singular).filter(|(_, s)| **s).map(|(f, _)| f.length()).sum();
    SingularSet { threshold, values, singular, length, median }
}

/// atan2 of cross and dot product: exact for small angles, where arccos is not.
fn angle(a: [f64; 3], b: [f64; 3]) -> f64 {
    let cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    let dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    (cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]).sqrt().atan2(dot)
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_and_medians() {
        assert!(
            (angle([1.0, 0.0, -1.0], [-1.0, 0.0, -1.0]) - std::f64::consts::FRAC_PI_2).abs()
                < 1e-15
        );
        assert!((angle([1e-9, 0.0, -1.0], [0.0, 0.0, -1.0]) - 1e-9).abs() < 1e-20);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }
}
