//! Colour classes of sites in space. The facets are not known there, so neighbours are sites near
//! one another, which is what neighbouring cells mostly have.

use crate::colours::{CLASSES, least};

/// How many of the nearest sites should differ.
const NEAR: usize = 14;

/// Greedy in the order of the sites: the class that the nearest sites use least.
pub(super) fn assign(sites: &[[f64; 3]]) -> Vec<u8> {
    let mut classes: Vec<u8> = Vec::with_capacity(sites.len());
    let mut total = [0; CLASSES];
    let mut near: Vec<(f64, u32)> = Vec::with_capacity(sites.len());
    for (i, p) in sites.iter().enumerate() {
        let square = |q: &[f64; 3]| (0..3).map(|k| (p[k] - q[k]).powi(2)).sum::<f64>();
        near.clear();
        near.extend(sites.iter().zip(0..).map(|(q, j)| (square(q), j)));
        // The nearest of all is the site itself.
        let last = NEAR.min(near.len() - 1);
        near.select_nth_unstable_by(last, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let used = near[..=last].iter().filter(|(_, j)| (*j as usize) < i);
        let class = least(used.map(|(_, j)| classes[*j as usize]), &total);
        total[usize::from(class)] += 1;
        classes.push(class);
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_sites_mostly_differ() {
        let sites: Vec<[f64; 3]> =
            (0..512_u32).map(|i| [i % 8, i / 8 % 8, i / 64].map(f64::from)).collect();
        let classes = assign(&sites);
        assert!(classes.iter().all(|c| usize::from(*c) < CLASSES));
        let beside = |i: &usize| i % 8 < 7;
        let equal = (0..511).filter(beside).filter(|i| classes[*i] == classes[i + 1]).count();
        assert!(equal < 20, "{equal} of 448 neighbours share a class");
        assert_eq!(assign(&sites[..1]), [0]);
    }
}
