//! Heights to start from, for which every cell has positive mass.
//!
//! For any strictly convex φ the heights hᵢ = −φ(yᵢ) put ∇φ(yᵢ) inside cell i, since
//! ⟨x, yⱼ⟩ − φ(yⱼ) at x = ∇φ(yᵢ) is largest for j = i. So every φ with gradients inside the domain
//! is admissible, wherever the sites are.

use geometry::{ConvexPolygon, Point};

/// φ(y) = ½ s |y|² + ⟨t, y⟩ with the largest s for which s y + t, t the domain's centroid, keeps
/// all sites inside the domain with a margin of half a typical cell: the Voronoi diagram of a
/// homothetic image of the sites.
pub(crate) fn homothetic(domain: &ConvexPolygon, sites: &[Point]) -> Vec<f64> {
    let t = domain.centroid();
    let mut s = f64::INFINITY;
    for (a, b) in domain.sides() {
        let normal = [b[1] - a[1], a[0] - b[0]];
        let reach = normal[0] * (a[0] - t[0]) + normal[1] * (a[1] - t[1]);
        let most = sites
            .iter()
            .map(|y| normal[0] * y[0] + normal[1] * y[1])
            .fold(f64::NEG_INFINITY, f64::max);
        if most > 0.0 {
            s = s.min(reach / most);
        }
    }
    if !s.is_finite() {
        s = 1.0;
    }
    s *= 1.0 - 0.5 / (sites.len() as f64).sqrt().max(2.0);
    sites
        .iter()
        .map(|y| -0.5 * s * (y[0] * y[0] + y[1] * y[1]) - (t[0] * y[0] + t[1] * y[1]))
        .collect()
}

/// A large rectangle in the domain, centred at its centroid and with the proportions of its bounds;
/// of a rectangle the whole.
pub(crate) fn inner_rectangle(domain: &ConvexPolygon) -> [f64; 4] {
    if let Some(all) = domain.as_rectangle() {
        return all;
    }
    let (c, b) = (domain.centroid(), domain.bounds());
    let half = [0.5 * (b[2] - b[0]), 0.5 * (b[3] - b[1])];
    let mut s = f64::INFINITY;
    for (p, q) in domain.sides() {
        let normal = [q[1] - p[1], p[0] - q[0]];
        let reach = normal[0] * (p[0] - c[0]) + normal[1] * (p[1] - c[1]);
        s = s.min(reach / (normal[0].abs() * half[0] + normal[1].abs() * half[1]));
    }
    [c[0] - s * half[0], c[1] - s * half[1], c[0] + s * half[0], c[1] + s * half[1]]
}

/// φ(y) = φ₁(y₁) + φ₂(y₂), each φₖ′ carrying the sites' masses along axis k to the rectangle's
/// side by the increasing rearrangement: the optimal map if the masses were a product. It spreads
/// clustered sites over the whole rectangle. `bell` is the mean and σ of a Gaussian source.
pub(crate) fn separable(
    rectangle: [f64; 4],
    bell: Option<(Point, f64)>,
    sites: &[Point],
    masses: &[f64],
) -> Vec<f64> {
    let mut heights = vec![0.0; sites.len()];
    let mut sorted: Vec<u32> = (0..sites.len() as u32).collect();
    for axis in 0..2 {
        let quantile = quantiles(
            rectangle[axis],
            rectangle[axis + 2],
            bell.map(|(mean, sigma)| (mean[axis], sigma)),
        );
        let at = |i: u32| sites[i as usize][axis];
        sorted.sort_unstable_by(|&i, &j| at(i).total_cmp(&at(j)).then(i.cmp(&j)));
        let (mut potential, mut below) = (0.0, 0.0);
        let mut previous: Option<(f64, f64)> = None;
        let mut k = 0;
        while k < sorted.len() {
            let place = at(sorted[k]);
            let group = sorted[k..].iter().take_while(|&&i| at(i) == place).count();
            let mass: f64 = sorted[k..k + group].iter().map(|&i| masses[i as usize]).sum();
            let slope = quantile((below + 0.5 * mass).min(1.0));
            below += mass;
            if let Some((last_place, last_slope)) = previous {
                potential += 0.5 * (slope + last_slope) * (place - last_place);
            }
            for &i in &sorted[k..k + group] {
                heights[i as usize] -= potential;
            }
            previous = Some((place, slope));
            k += group;
        }
    }
    heights
}

/// The quantile function of the source along one axis: linear for a uniform source, else from a
/// table of the bell curve's integral. A start need not be exact, but has to increase, hence the
/// little that is added to the density.
fn quantiles(from: f64, to: f64, bell: Option<(f64, f64)>) -> impl Fn(f64) -> f64 {
    const STEPS: usize = 256;
    let mut table = Vec::new();
    if let Some((mean, sigma)) = bell {
        let mut sum = 0.0;
        table.push(0.0);
        for k in 0..STEPS {
            let x = from + (to - from) * (k as f64 + 0.5) / STEPS as f64;
            sum += (-0.5 * ((x - mean) / sigma).powi(2)).exp() + 1e-9;
            table.push(sum);
        }
        table.iter_mut().for_each(|v| *v /= sum);
    }
    move |mass| {
        let part = if table.is_empty() {
            mass
        } else {
            let k = table.partition_point(|&v| v < mass).clamp(1, STEPS);
            let (a, b) = (table[k - 1], table[k]);
            (k as f64 - 1.0 + (mass - a) / (b - a)) / STEPS as f64
        };
        from + (to - from) * part
    }
}
