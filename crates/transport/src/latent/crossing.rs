//! A search for a segment that crosses the singular set, as Fig. 12(b) of Lei et al. 2020 shows one.

use super::LatentMap;
use rand_core::Rng;

/// A segment with one singular crossing.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Where it begins, a point of [0,1]^d.
    pub from: Vec<f64>,
    /// Where it ends.
    pub to: Vec<f64>,
    /// The crossing: from + t (to − from).
    pub t: f64,
    /// Its jump, in the sites' units.
    pub jump: f64,
}

/// Among the singular crossings (jump above `threshold`) of `tries` segments between random points
/// the one with the most ordinary crossings around it, on its poorer side; its segment is cut off
/// before the next singular ones, so that it crosses the singular set once. None where no segment
/// meets the singular set.
pub fn find_crossing(
    map: &LatentMap,
    threshold: f64,
    rng: &mut impl Rng,
    tries: usize,
) -> Option<Found> {
    let d = map.dimension();
    let mut best: Option<((usize, usize), Found)> = None;
    for _ in 0..tries {
        let mut point = || -> Vec<f64> { (0..d).map(|_| unit(rng)).collect() };
        let (a, b) = (point(), point());
        let at = |t: f64| a.iter().zip(&b).map(|(a, b)| a + t * (b - a)).collect::<Vec<f64>>();
        let (_, crossings) = map.line(&a, &b);
        let singular: Vec<usize> =
            (0..crossings.len()).filter(|k| crossings[*k].jump > threshold).collect();
        // The middle of the cell that is entered by crossing k − 1 and left by crossing k.
        let middle = |k: usize| {
            let t = |k: usize| crossings.get(k).map_or(1.0, |c| c.t);
            0.5 * (if k == 0 { 0.0 } else { t(k - 1) } + t(k))
        };
        for (place, &k) in singular.iter().enumerate() {
            let low = if place == 0 { 0 } else { singular[place - 1] + 1 };
            let high = singular.get(place + 1).copied().unwrap_or(crossings.len());
            let (before, after) = (k - low, high - k - 1);
            let score = (before.min(after), before + after);
            if best.as_ref().is_some_and(|(most, _)| *most >= score) {
                continue;
            }
            let (from, to) = (middle(low), middle(high));
            let t = (crossings[k].t - from) / (to - from);
            if t > 0.0 && t < 1.0 {
                let jump = crossings[k].jump;
                best = Some((score, Found { from: at(from), to: at(to), t, jump }));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// A uniform number in [0, 1) with 53 bits.
fn unit(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * (-53f64).exp2()
}
