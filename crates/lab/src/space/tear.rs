//! Where the map tears, seen by samples.
//!
//! Cells in space have too many facets to list, but a sample can be asked for the nearest wall of
//! its cell. With i the cell's site, plane j is as high as plane i on a hyperplane at distance
//! (uᵢ(x) − uⱼ(x)) / |yᵢ − yⱼ| from x; the cell is convex, so the least of these is the distance to
//! its boundary, and the plane j that attains it lies behind the nearest facet. Across it the map
//! jumps by |yᵢ − yⱼ|.
//!
//! A sample is near the singular set when that jump exceeds κ times the median over all samples:
//! free of scale and shift, as the plane's default measure is.

/// The site of the cell each sample is in: the highest plane, among equals the first.
pub fn cells(sites: &[f64], heights: &[f64], positions: &[f64]) -> Vec<u32> {
    let sites: &[[f64; 3]] = sites.as_chunks().0;
    let highest = |x: &[f64; 3]| {
        let mut best = (f64::NEG_INFINITY, 0);
        for ((y, h), i) in sites.iter().zip(heights).zip(0..) {
            let u = x[0] * y[0] + x[1] * y[1] + x[2] * y[2] + h;
            if u > best.0 {
                best = (u, i);
            }
        }
        best.1
    };
    positions.as_chunks().0.iter().map(highest).collect()
}

/// For each sample the jump of the map across the nearest wall of its cell, in units of the
/// median over all samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Jumps {
    /// Of each sample, in medians; 0 where there is but one cell, or no median.
    pub relative: Vec<f32>,
    /// The median, in the sites' units.
    pub median: f64,
}

/// The jumps at samples of known cells: `positions` and `sites` are x, y, z, x, …, `winners` the
/// site of each sample's cell. Takes samples × sites steps.
pub fn jumps(sites: &[f64], heights: &[f64], positions: &[f64], winners: &[u32]) -> Jumps {
    let sites: &[[f64; 3]] = sites.as_chunks().0;
    let positions: &[[f64; 3]] = positions.as_chunks().0;
    // The other sites as seen from each site in use are needed again and again: samples are taken
    // cell by cell.
    let mut order: Vec<u32> = (0..winners.len().min(positions.len()) as u32).collect();
    order.sort_unstable_by_key(|s| winners[*s as usize]);
    let mut found = vec![0.0; order.len()];
    let mut others: Vec<([f64; 3], f64, f64)> = Vec::with_capacity(sites.len());
    let mut cell = usize::MAX;
    for s in order {
        let (x, i) = (positions[s as usize], winners[s as usize] as usize);
        let (Some(&y), Some(&h)) = (sites.get(i), heights.get(i)) else { continue };
        if cell != i {
            cell = i;
            others.clear();
            others.extend(sites.iter().zip(heights).filter_map(|(z, g)| {
                let d = [y[0] - z[0], y[1] - z[1], y[2] - z[2]];
                let length = (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt();
                // uᵢ − uⱼ over the jump is one inner product.
                (length > 0.0).then(|| (d.map(|v| v / length), (h - g) / length, length))
            }));
        }
        let mut nearest = f64::INFINITY;
        for (d, c, length) in &others {
            let distance = d[0] * x[0] + d[1] * x[1] + d[2] * x[2] + c;
            if distance < nearest {
                (nearest, found[s as usize]) = (distance, *length);
            }
        }
    }
    let mut sorted = found.clone();
    let middle = sorted.len() / 2;
    let median = match sorted.is_empty() {
        true => 0.0,
        false => *sorted.select_nth_unstable_by(middle, f64::total_cmp).1,
    };
    let relative = |jump: &f64| if median > 0.0 { (jump / median) as f32 } else { 0.0 };
    Jumps { relative: found.iter().map(relative).collect(), median }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four sites in two pairs; by symmetry equal heights (after ½|y|²) are right.
    #[test]
    fn the_nearest_wall_is_found_and_the_tear_stands_out() {
        let sites = [-2.0, 0.0, 0.5, -2.0, 0.0, -0.5, 2.0, 0.0, 0.5, 2.0, 0.0, -0.5];
        let heights = [0.0; 4];
        let positions = [-0.1, 0.0, 0.5, -0.5, 0.0, 0.1, 0.5, 0.0, -0.1, 0.6, 0.0, 0.1];
        let winners = [0, 0, 3, 2];
        assert_eq!(cells(&sites, &heights, &positions), winners);
        let j = jumps(&sites, &heights, &positions, &winners);
        assert_eq!(j.median, 1.0);
        assert_eq!(j.relative, [4.0, 1.0, 1.0, 1.0]);
        // Translating the sites adds ⟨x, c⟩ to u, scaling them scales it: neither moves a wall.
        let moved: Vec<f64> = sites.iter().map(|y| 3.0 * y + 7.0).collect();
        assert_eq!(jumps(&moved, &heights, &positions, &winners).relative, j.relative);
    }

    #[test]
    fn one_cell_has_no_wall() {
        let j = jumps(&[0.0; 3], &[0.0], &[0.0; 6], &[0, 0]);
        assert_eq!(j, Jumps { relative: vec![0.0; 2], median: 0.0 });
        assert_eq!(jumps(&[], &[], &[], &[]).relative, Vec::<f32>::new());
    }
}
