//! Firefox and WebKit, which the site is tested in beside Chromium. Where one is missing and cannot
//! be installed, its tests are skipped, with a line that says why.

use crate::{setup::Lack, shell::which};
use serde_json::{Value, json};
use std::{env, path::PathBuf};

/// A program of one's own by a variable, `none` to do without, or the one in the path.
fn program(variable: &str, names: &[&str], elsewhere: &str) -> Option<PathBuf> {
    match env::var_os(variable) {
        Some(value) if value == "none" => None,
        Some(value) => Some(PathBuf::from(value)),
        None => names
            .iter()
            .find_map(|name| which(name))
            .or_else(|| Some(PathBuf::from(elsewhere)).filter(|path| path.is_file())),
    }
}

fn firefox() -> Option<PathBuf> {
    let mac = "/Applications/Firefox.app/Contents/MacOS/firefox";
    program("FIREFOX", &["firefox-esr", "firefox"], mac)
}

/// `WebKitWebDriver`, and the screen it needs, which nobody sees.
fn webkit() -> Option<(PathBuf, PathBuf)> {
    Some((program("WEBKIT_DRIVER", &["WebKitWebDriver"], "")?, which("Xvfb")?))
}

/// Whether a person does without an engine.
fn refused(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| value == "none")
}

pub(crate) fn firefox_lack() -> Option<Lack> {
    (firefox().is_none() && !refused("FIREFOX")).then_some(Lack {
        packages: &["firefox-esr"],
        why: "a second browser that the page is tested in",
        otherwise: "install Firefox, or set FIREFOX to its path",
    })
}

pub(crate) fn webkit_lack() -> Option<Lack> {
    (webkit().is_none() && !refused("WEBKIT_DRIVER")).then_some(Lack {
        packages: &["webkit2gtk-driver", "xvfb"],
        why: "a third browser that the page is tested in, and a screen for it",
        otherwise: "install WebKitGTK's WebKitWebDriver and Xvfb, or set WEBKIT_DRIVER to its path",
    })
}

/// What the tests are told: each engine's programs, or why there are none.
pub(crate) fn told() -> Value {
    let missing = |variable: &str, lack: Option<Lack>| {
        let why = lack.map_or_else(|| format!("{variable}=none"), |lack| lack.otherwise.to_owned());
        json!({ "missing": why })
    };
    json!({
        "Firefox": firefox().map_or_else(
            || missing("FIREFOX", firefox_lack()),
            |firefox| json!({ "firefox": firefox }),
        ),
        "WebKit": webkit().map_or_else(
            || missing("WEBKIT_DRIVER", webkit_lack()),
            |(webkit, xvfb)| json!({ "webkit": webkit, "xvfb": xvfb }),
        ),
    })
}
