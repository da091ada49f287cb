//! Files that can be read in one go, and kernels that have a twin.

use crate::{files, none};

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
    for (path, _) in files(".", &["wgsl"]) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.parent() != Some("shaders".as_ref()) {
            wrong.push(format!("{}: kernels live in shaders/", path.display()));
        }
        let sources = files("crates/gpu", &["rs"]);
        if !sources.iter().any(|(p, _)| p.ends_with(format!("twin/{name}.rs"))) {
            wrong.push(format!("{}: has no twin/{name}.rs in crates/gpu", path.display()));
        }
        let tested = sources.iter().chain(&files("tests", &["rs"])).any(|(p, text)| {
            p.components().any(|c| c.as_os_str() == "tests") && text.contains(name)
        });
        if !tested {
            wrong.push(format!("{}: no test compares it with its twin", path.display()));
        }
    }
    none(wrong);
}
