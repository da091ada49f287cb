//! Files that can be read in one go, and kernels that have a twin.

use crate::{code, files, none, root};

/// Longest source file, and the longest that the middle one may be.
const LONGEST: usize = 700;
const MEDIAN: usize = 300;

#[test]
fn files_can_be_read_in_one_go() {
    let mut lengths = Vec::new();
    let mut wrong = Vec::new();
    for folder in ["crates", "tests", "www", "shaders"] {
        for (path, text) in files(folder, &["rs", "js", "mjs", "css", "wgsl"]) {
            let length = text.lines().count();
            if length > LONGEST {
                wrong.push(format!("{}: {length} lines: split it", path.display()));
            }
            lengths.push(length);
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    if median > MEDIAN {
        wrong.push(format!("the middle file has {median} lines: files are getting long"));
    }
    none(wrong);
}

#[test]
fn every_kernel_has_a_twin_and_a_test() {
    let mut wrong = Vec::new();
    let kernels = files(".", &["wgsl"]);
    assert!(!kernels.is_empty(), "shaders/ has no kernels");
    let names: Vec<&str> =
        kernels.iter().map(|(path, _)| path.file_stem().unwrap().to_str().unwrap()).collect();
    let tests = files("tests/kernels", &["rs"]);
    for ((path, text), name) in kernels.iter().zip(&names) {
        if path.parent() != Some("shaders".as_ref()) {
            wrong.push(format!("{}: kernels live in shaders/", path.display()));
        }
        let twin = format!("crates/gpu/src/twin/{name}.rs");
        if !root().join(&twin).is_file() {
            wrong.push(format!("{}: has no {twin}", path.display()));
        }
        if !text.contains(&twin) {
            wrong.push(format!("{}: name its twin, {twin}, at the top", path.display()));
        }
        let tested = tests.iter().any(|(test, text)| {
            test.ends_with(format!("{name}.rs")) && code::bare(text).contains("twin")
        });
        if !tested {
            wrong.push(format!("{}: tests/kernels/{name}.rs must compare it", path.display()));
        }
    }
    for (path, _) in files("crates/gpu/src/twin", &["rs"]) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name != "mod" && !names.contains(&name) {
            wrong.push(format!("{}: is no kernel's twin", path.display()));
        }
    }
    none(wrong);
}
