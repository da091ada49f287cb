//! Colour classes of cells: neighbours mostly differ, and a class stays with its site.
//!
//! Classes are given once, when a scene is opened, and kept through every edit, so that no colour
//! shifts while a site is dragged; a new site takes the class its neighbours use least.

use transport::Plan;

/// Number of classes.
pub const CLASSES: usize = 7;

fn neighbours(plan: &Plan) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); plan.sites.len()];
    for f in &plan.facets {
        lists[f.i as usize].push(f.j);
        lists[f.j as usize].push(f.i);
    }
    lists
}

/// The class used least by the given ones; among equals the one used least over all.
pub(crate) fn least(near: impl Iterator<Item = u8>, total: &[u32; CLASSES]) -> u8 {
    let mut used = [0_u32; CLASSES];
    for c in near {
        used[usize::from(c) % CLASSES] += 1;
    }
    (0..CLASSES).min_by_key(|&c| (used[c], total[c])).unwrap_or(0) as u8
}

/// Classes for a plan, those of the first `kept.len()` sites kept: greedy in the order of the
/// sites.
pub fn assign(plan: &Plan, kept: &[u8]) -> Vec<u8> {
    let lists = neighbours(plan);
    let n = plan.sites.len();
    let mut classes: Vec<u8> = kept.iter().copied().take(n).collect();
    let mut total = [0; CLASSES];
    for &c in &classes {
        total[usize::from(c) % CLASSES] += 1;
    }
    for i in classes.len()..n {
        let near = lists[i].iter().filter_map(|&j| classes.get(j as usize).copied());
        let class = least(near, &total);
        total[usize::from(class)] += 1;
        classes.push(class);
    }
    classes
}

/// Classes without a plan, for scenes that wait to be solved.
pub fn by_index(count: usize, kept: &[u8]) -> Vec<u8> {
    let more = (kept.len()..count).map(|i| (i % CLASSES) as u8);
    kept.iter().copied().take(count).chain(more).collect()
}
