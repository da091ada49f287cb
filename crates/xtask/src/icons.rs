//! `cargo xtask icons`: the pictures of the installed page, drawn from `www/icon.svg` by the browser
//! that the tests run in. They are kept in the repository, so that a build needs no browser.

use crate::{
    setup,
    shell::{self, Outcome, run},
};
use std::process::Command;

pub(crate) fn task() -> Outcome {
    setup::for_tests()?;
    let browser = setup::browser()?;
    let told = serde_json::json!({
        "chromium": browser.chromium,
        "modules": browser.modules,
        "from": shell::root().join("www/icon.svg"),
        "to": shell::root().join("www/icons"),
    });
    let script = shell::root().join("tests/browser/icons.mjs");
    run(Command::new(browser.node).arg(script).env("BRENIER_ICONS", told.to_string()))
}
