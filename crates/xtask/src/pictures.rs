//! `cargo xtask pictures`: the pictures in `docs/pictures/`. Those of the page while it is used come
//! from the built site and the browser that the tests run in; the plot of Monte Carlo's errors from
//! the solves that `cargo xtask bench monte-carlo` runs for it.

use crate::{bench, posters, shell::Outcome};

/// The one that is no picture of the page.
const PLOT: &str = "monte-carlo-slopes";

/// Draws the pictures with these names, or all.
pub(crate) fn task(names: &[&str]) -> Outcome {
    let of_page: Vec<&str> = names.iter().copied().filter(|name| *name != PLOT).collect();
    if names.is_empty() || !of_page.is_empty() {
        posters::draw("pictures", "docs/pictures", &of_page)?;
    }
    if names.is_empty() || names.contains(&PLOT) { bench::slopes() } else { Ok(()) }
}
