//! One version, wherever it is written.

use crate::{none, root};
use std::fs;

/// What stands between `mark` and the next quote in a file.
fn quoted(path: &str, mark: &str) -> Option<String> {
    let text = fs::read_to_string(root().join(path)).unwrap();
    let (_, rest) = text.split_once(mark)?;
    rest.split(['"', '\'']).next().map(str::to_owned)
}

#[test]
fn the_page_names_the_version_of_the_crates() {
    let cargo = quoted("Cargo.toml", "\nversion = \"").unwrap();
    assert!(cargo.split('.').count() >= 3, "Cargo.toml: {cargo} is no version");
    let wrong = match quoted("www/js/version.js", "VERSION = '") {
        Some(page) if page == cargo => vec![],
        page => vec![format!("www/js/version.js: {page:?}: write {cargo}, as Cargo.toml does")],
    };
    none(wrong);
}
