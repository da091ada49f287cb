//! `cargo xtask posters`: pictures of the scenes, drawn from the built site by the browser that the
//! tests run in. `<brenier-demo>` shows them until it is seen, on paper and without JavaScript; they
//! are kept in the repository, so that a build needs no browser.

use crate::{
    dist, serve, setup,
    shell::{self, Outcome, run},
};
use std::process::Command;

/// Draws the posters with these names, or all.
pub(crate) fn task(names: &[&str]) -> Outcome {
    draw("posters", "www/posters", names)
}

/// Builds the site and has `tests/browser/SCRIPT.mjs` draw what `names` say, or all, into `folder`.
pub(crate) fn draw(script: &str, folder: &str, names: &[&str]) -> Outcome {
    setup::for_tests()?;
    let browser = setup::browser()?;
    let told = serde_json::json!({
        "root": serve::start(dist::build_plain()?, "/", 0)?,
        "chromium": browser.chromium,
        "modules": browser.modules,
        "to": shell::root().join(folder),
        "words": names,
    });
    let variable = format!("BRENIER_{}", script.to_uppercase());
    let script = shell::root().join(format!("tests/browser/{script}.mjs"));
    run(Command::new(browser.node).arg(script).env(variable, told.to_string()))
}
