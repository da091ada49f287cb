//! Orders of points that keep neighbours together.

use crate::Point;

const BITS: u32 = 16;

/// Position of the cell `(x, y)` of a 2¹⁶ × 2¹⁶ grid along the Hilbert curve.
fn hilbert_key(mut x: u32, mut y: u32) -> u32 {
    let mut key = 0u32;
    let mut s = 1u32 << (BITS - 1);
    while s > 0 {
        let rx = u32::from(x & s > 0);
        let ry = u32::from(y & s > 0);
        key = key.wrapping_add(s.wrapping_mul(s).wrapping_mul((3 * rx) ^ ry));
        if ry == 0 {
            if rx == 1 {
                x = (s - 1).wrapping_sub(x & (s - 1));
                y = (s - 1).wrapping_sub(y & (s - 1));
            }
            std::mem::swap(&mut x, &mut y);
        }
        x &= s - 1;
        y &= s - 1;
        s >>= 1;
    }
    key
}

fn keys(points: &[Point]) -> Vec<u32> {
    let (mut lo, mut hi) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for p in points {
        for k in 0..2 {
            lo[k] = lo[k].min(p[k]);
            hi[k] = hi[k].max(p[k]);
        }
    }
    let side = (hi[0] - lo[0]).max(hi[1] - lo[1]);
    let scale = if side > 0.0 { f64::from((1u32 << BITS) - 1) / side } else { 0.0 };
    points
        .iter()
        .map(|p| hilbert_key(((p[0] - lo[0]) * scale) as u32, ((p[1] - lo[1]) * scale) as u32))
        .collect()
}

/// Indices of `points` along a Hilbert curve over their bounding square. Ties keep their order.
pub fn hilbert_order(points: &[Point]) -> Vec<u32> {
    let mut keyed: Vec<u64> =
        keys(points).iter().zip(0u64..).map(|(&k, i)| u64::from(k) << 32 | i).collect();
    keyed.sort_unstable();
    keyed.iter().map(|&k| k as u32).collect()
}

/// A biased randomised insertion order (Amenta, Choi, Rote, SoCG 2003): rounds of doubling size,
/// each along the Hilbert curve. The "random" bits are a fixed hash of the index, so the order is
/// the same every time; it spares incremental insertion its quadratic worst cases.
pub fn insertion_order(points: &[Point]) -> Vec<u32> {
    let rounds = points.len().max(64).ilog2() - 5;
    let mut keyed: Vec<u64> = keys(points)
        .iter()
        .zip(0u64..)
        .map(|(&k, i)| {
            // splitmix64's finaliser; a point is in the last round with probability 1/2, in the
            // one before with 1/4, and so on.
            let mut z = i.wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let round = (z >> 32).trailing_zeros().min(rounds);
            u64::from(rounds - round) << 58 | u64::from(k) << 26 | (i & 0x3ff_ffff)
        })
        .collect();
    keyed.sort_unstable();
    keyed.iter().map(|&k| (k & 0x3ff_ffff) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_visits_neighbours_in_turn() {
        // On the 8 × 8 corner of the grid the curve is a path of unit steps.
        let mut cells: Vec<(u32, [i64; 2])> = (0..64u32)
            .map(|c| (hilbert_key(c % 8, c / 8), [i64::from(c % 8), i64::from(c / 8)]))
            .collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let d = (pair[0].1[0] - pair[1].1[0]).abs() + (pair[0].1[1] - pair[1].1[1]).abs();
            assert_eq!(d, 1);
        }
    }

    #[test]
    fn both_orders_are_permutations() {
        let points: Vec<Point> =
            (0..1000).map(|i| [f64::from(i % 37), f64::from(i * i % 101)]).collect();
        for mut order in [hilbert_order(&points), insertion_order(&points)] {
            order.sort_unstable();
            assert!(order.iter().copied().eq(0..1000));
        }
        assert_eq!(hilbert_order(&[[1.0, 1.0]]), [0]);
    }
}
