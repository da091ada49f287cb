//! Which plane is on top of a sample.

/// What a sample finds above it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Top {
    /// Index of the highest plane; of level ones the lowest.
    pub winner: u32,
    /// Its height u(x) = ⟨x, y⟩ + h there.
    pub value: f32,
    /// Index of the second highest by the same order; the winner itself where there is one plane.
    pub second: u32,
    /// How far below the highest it is, at least 0.
    pub gap: f32,
}

/// The highest and the second highest plane at `point` ∈ R^d, of N × d `sites` with N `heights`.
/// The product starts with the height, and goes through the coordinates in order.
pub fn assign(point: &[f32], sites: &[f32], heights: &[f32]) -> Top {
    let (mut best, mut next) = ((f32::NEG_INFINITY, 0), (f32::NEG_INFINITY, 0));
    for (i, (site, h)) in sites.chunks(point.len()).zip(heights).enumerate() {
        let value = point.iter().zip(site).fold(*h, |sum, (x, y)| sum + x * y);
        if value > best.0 {
            next = best;
            best = (value, i as u32);
        } else if value > next.0 {
            next = (value, i as u32);
        }
    }
    if heights.len() == 1 {
        next = best;
    }
    Top { winner: best.1, value: best.0, second: next.1, gap: best.0 - next.0 }
}
