//! Which crate may name which.

use crate::{crates, none, root};
use std::fs;

/// Each crate and the crates of ours that it may stand on. `web → lab → {gan, gpu} → transport →
/// geometry`, `web-faces → decoder`; `coverage` stands on nothing, and `lab` not on `decoder`.
const MAY: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("transport", &["geometry"]),
    ("coverage", &[]),
    ("gpu", &["transport", "geometry"]),
    ("gan", &["transport", "geometry", "coverage"]),
    ("decoder", &[]),
    ("lab", &["gan", "gpu", "transport", "geometry", "coverage"]),
    ("web", &["lab"]),
    ("web-faces", &["decoder"]),
    ("cli", &["lab", "gan", "gpu", "decoder", "transport", "geometry", "coverage"]),
    ("xtask", &[]),
    ("xtask-tools", &[]),
];

/// The dependencies in a manifest, as (section, name, rest of the line).
pub(crate) fn dependencies(manifest: &str) -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for line in manifest.lines() {
        let line = line.split(" #").next().unwrap_or(line).trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
            // [dependencies.name]
            if let Some((before, name)) = section.rsplit_once("dependencies.") {
                found.push((format!("{before}dependencies"), name.to_owned(), String::new()));
            }
        } else if section.ends_with("dependencies")
            && let Some((key, value)) = line.split_once('=')
        {
            let (name, attribute) = key.trim().split_once('.').unwrap_or((key.trim(), ""));
            found.push((section.clone(), name.to_owned(), format!("{attribute}={value}")));
        }
    }
    found
}

/// A crate's manifest.
pub(crate) fn manifest(name: &str) -> String {
    fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap()
}

#[test]
fn arrows_point_one_way() {
    let ours: Vec<&str> = MAY.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for name in crates() {
        let Some((_, may)) = MAY.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("crates/{name} has no place in the arrows: give it one here"));
            continue;
        };
        for (section, on, _) in dependencies(&manifest(&name)) {
            let on = on.strip_prefix("brenier-").unwrap_or(&on);
            if ours.contains(&on) && !may.contains(&on) {
                wrong.push(format!("crates/{name} must not name {on} ({section})"));
            }
        }
    }
    none(wrong);
}

#[test]
fn versions_and_lints_are_the_workspaces() {
    let mut wrong = Vec::new();
    for name in crates() {
        let manifest = manifest(&name);
        for (_, on, rest) in dependencies(&manifest) {
            if !rest.contains("workspace") {
                wrong.push(format!("crates/{name}: pin {on} in the root Cargo.toml"));
            }
        }
        if !manifest.contains("[lints]\nworkspace = true") {
            wrong.push(format!("crates/{name}: inherit the workspace's lints"));
        }
    }
    none(wrong);
}

#[test]
fn dependencies_are_read() {
    let text = "[dependencies]\na.workspace = true\nb = { workspace = true } # why\n\
        [target.'x'.dev-dependencies]\nc = \"1\"\n[dependencies.d]\nversion = \"1\"\n[lints]\ne = 1";
    let names: Vec<String> = dependencies(text).into_iter().map(|(_, name, _)| name).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}
