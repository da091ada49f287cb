//! Which names may stand in which crate's code.

use crate::{
    arrows::{dependencies, manifest},
    code::{bare, paths, shipped},
    crates, files, none,
};

/// `word` is `name` or a path into it.
fn means(word: &str, name: &str) -> bool {
    word == name || word.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"))
}

/// What of `text` reads or writes the world, keeps global state, or brings its own randomness.
fn impure(text: &str) -> Vec<String> {
    const WORLD: &[&str] = &[
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::time",
        "std::sync",
        "Instant",
        "SystemTime",
        "thread_local",
        "static",
        "print",
        "println",
        "eprint",
        "eprintln",
        "getrandom",
        "thread_rng",
        "rand::rng",
        "rand::random",
        "SysRng",
        "OsRng",
        "ThreadRng",
    ];
    let bare = bare(shipped(text));
    let mut found: Vec<String> = paths(&bare)
        .into_iter()
        .filter(|word| WORLD.iter().any(|name| means(word, name)))
        .map(str::to_owned)
        .collect();
    // `use std::{fs, …}` names the module without its parent.
    for group in bare.split("std::{").skip(1) {
        let group = group.split(';').next().unwrap_or("");
        let modules = ["fs", "io", "net", "env", "process", "thread", "time", "sync"];
        found.extend(
            paths(group)
                .into_iter()
                .filter(|w| modules.iter().any(|m| means(w, m)))
                .map(str::to_owned),
        );
    }
    found
}

#[test]
fn the_mathematics_is_pure() {
    let mut wrong = Vec::new();
    for name in ["geometry", "transport", "coverage"] {
        let sources = files(&format!("crates/{name}/src"), &["rs"]);
        assert!(!sources.is_empty(), "crates/{name} has no sources");
        for (path, text) in sources {
            for word in impure(&text) {
                wrong.push(format!(
                    "{}: {word}: no I/O, clock, thread or state here",
                    path.display()
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn impurity_is_seen() {
    for text in [
        "use std::fs;",
        "use std::{cmp, io::{self, Read}};",
        "static COUNT: u32 = 0;",
        "let t = std::time::Instant::now();",
        "let r = rand::rng();",
        "fn f() { println!() }",
    ] {
        assert!(!impure(text).is_empty(), "{text}");
    }
    let pure = "use std::{cmp, f64}; fn f(s: &'static str) {} // std::fs\n#[cfg(test)]\nmod tests { use std::fs; }";
    assert_eq!(impure(pure), Vec::<String>::new());
}

/// Each outside crate that only some of ours may know, by the start of its name.
const ONLY: &[(&[&str], &[&str])] = &[
    (&["web_sys", "js_sys", "wasm_bindgen", "serde_wasm_bindgen"], &["web", "web-faces"]),
    (&["wgpu", "naga"], &["gpu"]),
    (&["burn"], &["decoder"]),
];

#[test]
fn few_crates_know_the_browser_the_gpu_and_the_network() {
    let mut wrong = Vec::new();
    for name in crates() {
        for (outside, may) in ONLY {
            if may.contains(&name.as_str()) {
                continue;
            }
            for (_, on, _) in dependencies(&manifest(&name)) {
                let on = on.replace('-', "_");
                // wasm-bindgen's own tool is no browser type.
                if on != "wasm_bindgen_cli_support" && outside.iter().any(|o| on.starts_with(o)) {
                    wrong.push(format!("crates/{name} must not depend on {on}: only {may:?} may"));
                }
            }
            for (path, text) in files(&format!("crates/{name}"), &["rs"]) {
                let bare = bare(&text);
                for word in paths(&bare) {
                    if outside.iter().any(|o| means(word, o)) {
                        wrong.push(format!("{}: {word}: only {may:?} may name it", path.display()));
                    }
                }
            }
        }
    }
    none(wrong);
}

#[test]
fn the_lab_does_not_know_the_decoder() {
    let mut wrong = Vec::new();
    for (path, text) in files("crates/lab", &["rs"]) {
        let bare = bare(&text);
        for word in paths(&bare) {
            if means(word, "decoder") || means(word, "brenier_decoder") {
                wrong.push(format!("{}: latent codes cross as plain numbers", path.display()));
            }
        }
    }
    none(wrong);
}
