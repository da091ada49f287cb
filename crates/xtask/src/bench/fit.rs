//! Medians and least squares.

/// The middle value, or the mean of the two in the middle; NaN of nothing.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => 0.5 * (values[n / 2 - 1] + values[n / 2]),
    }
}

/// The exponent s of y ∝ x^s, by least squares in logarithms; none from fewer than two places x.
/// Requires positive numbers.
pub(super) fn exponent(points: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let points: Vec<(f64, f64)> = points.into_iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
    let (x, y) = (x / count, y / count);
    let above: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let below: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    (below > 0.0).then_some(above / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_found() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_power_law_is_its_exponent() {
        let law = [1.0f64, 4.0, 9.0, 100.0].map(|x| (x, 3.0 * x.powf(-0.75)));
        assert!((exponent(law).unwrap() + 0.75).abs() < 1e-12);
        // Noise that is even on both sides of the law does not turn it.
        let noisy = law.into_iter().flat_map(|(x, y)| [(x, 2.0 * y), (x, 0.5 * y)]);
        assert!((exponent(noisy).unwrap() + 0.75).abs() < 1e-12);
        assert_eq!(exponent([(2.0, 1.0), (2.0, 3.0)]), None);
        assert_eq!(exponent([]), None);
    }
}
