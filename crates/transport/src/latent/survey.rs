//! What the map does at random points: jumps, how much is interpolated, how new the images are.

use super::{Extension, LatentMap};

/// Below this max λ an image counts as interpolated.
const INTERPOLATED: f64 = 0.9;

/// What an extended map did at some points.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// max λ of each point's image, increasing.
    pub heaviest: Vec<f64>,
    /// The share of images with max λ < 0.9.
    pub interpolated: f64,
    /// The share of points whose second highest plane is across the singular set.
    pub across: f64,
    /// Mean number of sites mixed.
    pub mixed: f64,
    /// Distance of each image to the nearest site, increasing, in the sites' units.
    pub nearest: Vec<f64>,
}

/// Jumps between the highest and the second highest plane at points of [0,1]^d, M × d, in the
/// sites' units; and of the same pairs the paper's angles, in radians, with sites scaled by `scale`
/// about their mean. Both increasing.
pub fn jumps(map: &LatentMap, points: &[f64], scale: f64) -> (Vec<f64>, Vec<f64>) {
    let tops: Vec<_> = points.chunks_exact(map.dimension()).map(|x| map.top(x)).collect();
    let angle = |top: &super::Top| map.angle(top.cell, top.second, scale);
    let (mut jumps, mut angles): (Vec<f64>, Vec<f64>) =
        (tops.iter().map(|top| top.jump).collect(), tops.iter().map(angle).collect());
    jumps.sort_unstable_by(f64::total_cmp);
    angles.sort_unstable_by(f64::total_cmp);
    (jumps, angles)
}

/// The p-quantile of increasing numbers, linear between them; not a number of none.
pub fn quantile(increasing: &[f64], p: f64) -> f64 {
    let Some(last) = increasing.len().checked_sub(1) else { return f64::NAN };
    let place = p.clamp(0.0, 1.0) * last as f64;
    let low = (place as usize).min(last);
    let high = (low + 1).min(last);
    increasing[low] + (place - low as f64) * (increasing[high] - increasing[low])
}

/// What the extended map does at points of [0,1]^d, M × d.
pub fn survey(map: &LatentMap, points: &[f64], extension: &Extension) -> Survey {
    let count = (points.len() / map.dimension()).max(1) as f64;
    let (mut heaviest, mut nearest) = (Vec::new(), Vec::new());
    let (mut across, mut mixed) = (0.0, 0.0);
    for x in points.chunks_exact(map.dimension()) {
        let image = map.map(x, extension);
        across += f64::from(u8::from(map.top(x).jump > extension.threshold));
        mixed += image.weights.len() as f64;
        heaviest.push(image.heaviest());
        nearest.push(map.nearest(&image.target).1);
    }
    heaviest.sort_unstable_by(f64::total_cmp);
    nearest.sort_unstable_by(f64::total_cmp);
    let interpolated = heaviest.partition_point(|w| *w < INTERPOLATED) as f64 / count;
    Survey { heaviest, interpolated, across: across / count, mixed: mixed / count, nearest }
}

/// The smallest ε, to 1 %, at which at least `share` of the points' images are interpolated
/// (max λ < 0.9) under a threshold; the largest tried where none is enough, as when most points have
/// nothing but singular facets about them.
pub fn ramp_for(map: &LatentMap, points: &[f64], threshold: f64, share: f64) -> f64 {
    // In units of the ramp at which the median point is on the edge of its nearest facet's strip.
    let of = |x: &[f64]| {
        let top = map.top(x);
        2.0 * top.gap / (top.jump * top.jump)
    };
    let mut units: Vec<f64> = points
        .chunks_exact(map.dimension())
        .map(of)
        .filter(|unit| unit.is_finite() && *unit > 0.0)
        .collect();
    units.sort_unstable_by(f64::total_cmp);
    let unit = quantile(&units, 0.5);
    if !unit.is_finite() {
        return 0.0;
    }
    let enough =
        |ramp: f64| survey(map, points, &Extension { threshold, ramp }).interpolated >= share;
    let (mut low, mut high) = (unit / 64.0, unit * 16.0);
    if !enough(high) {
        return high;
    }
    while high > 1.01 * low {
        let middle = (low * high).sqrt();
        if enough(middle) { high = middle } else { low = middle }
    }
    high
}
