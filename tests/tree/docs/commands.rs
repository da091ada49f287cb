//! The commands that the documentation names are there, with their options.

use super::{Page, pages, text_of};
use crate::{none, root};
use std::path::Path;

/// Commands of `brenier` and the text of each one's help.
const HELPS: [(&str, &str); 7] = [
    ("solve", "SOLVE"),
    ("coverage", "COVERAGE"),
    ("bench", "BENCH"),
    ("train", "TRAIN"),
    ("latents", "LATENTS"),
    ("measure", "MEASURE"),
    ("gan", "GAN"),
];

/// What `const NAME: &str = "…";` says in a file.
fn constant(text: &str, name: &str) -> String {
    let (_, rest) = text.split_once(&format!("const {name}: &str = \"")).unwrap();
    rest.split("\";").next().unwrap().to_owned()
}

/// The options among some words.
fn options<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let named = |word: &'a str| {
        let word = word.trim_start_matches('[');
        let end = word.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(word.len());
        (word.starts_with("--") && end > 2).then(|| &word[..end])
    };
    words.iter().copied().filter_map(named).collect()
}

/// What of a line of commands is not there.
fn unknown(line: &str, xtask: &str, helps: &str) -> Option<String> {
    for command in line.split(['|', ';', '>']) {
        let words: Vec<&str> =
            command.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
        let (help, rest) = match words[..] {
            ["cargo", "xtask"] => continue,
            ["cargo", "xtask", task, ref rest @ ..] => {
                if !xtask.lines().any(|line| line.trim_start().split(' ').next() == Some(task)) {
                    return Some(format!("no task {task}"));
                }
                let parts = match task {
                    "bench" | "weights" => rest.iter().find(|word| {
                        word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                            && !word.starts_with('-')
                            && !xtask.contains(*word)
                    }),
                    _ => None,
                };
                if let Some(part) = parts {
                    return Some(format!("{task} has no part {part}"));
                }
                (xtask.to_owned(), rest)
            }
            ["cargo", "run", ref rest @ ..] => {
                let at = rest.iter().position(|word| *word == "--example");
                let name = at.and_then(|k| rest.get(k + 1))?;
                let krate = rest.iter().find_map(|word| word.strip_prefix("brenier-"))?;
                let file = format!("crates/{krate}/examples/{name}.rs");
                if !root().join(&file).is_file() {
                    return Some(format!("no {file}"));
                }
                continue;
            }
            [program, name, ref rest @ ..]
                if program == "brenier" || program.ends_with("/brenier") =>
            {
                if name.starts_with('-') || name == "COMMAND" {
                    continue;
                }
                let Some((_, constant_name)) = HELPS.iter().find(|(known, _)| *known == name)
                else {
                    return Some(format!("brenier has no command {name}"));
                };
                (constant(helps, constant_name), rest)
            }
            _ => continue,
        };
        let known = |option: &&str| {
            *option == "--help" || help.split([' ', '\n', '[', ']', ',']).any(|w| w == *option)
        };
        if let Some(option) = options(rest).into_iter().find(|option| !known(option)) {
            return Some(format!("no option {option}"));
        }
    }
    None
}

fn texts() -> (String, String) {
    let xtask = constant(&text_of(Path::new("crates/xtask/src/main.rs")), "HELP");
    (xtask, text_of(Path::new("crates/cli/src/help.rs")))
}

#[test]
fn commands_are_there_with_their_options() {
    let (xtask, helps) = texts();
    let mut wrong = Vec::new();
    let mut count = 0;
    for Page { path, codes, commands, .. } in pages() {
        for line in codes.iter().chain(&commands) {
            count += 1;
            if let Some(what) = unknown(line, &xtask, &helps) {
                wrong.push(format!("{}: {line}: {what}", path.display()));
            }
        }
    }
    assert!(count > 300, "{count} pieces of code");
    none(wrong);
}

#[test]
fn what_is_not_there_is_seen() {
    let (xtask, helps) = texts();
    let unknown = |line: &str| unknown(line, &xtask, &helps);
    for line in [
        "cargo xtask moon",
        "cargo xtask bench moon",
        "cargo xtask serve --moon",
        "cargo run -p brenier-transport --example moon",
        "brenier moon",
        "brenier solve --moon 1",
        "cat a | brenier gan --sites - # --moon",
    ] {
        assert!(unknown(line).is_some(), "{line}");
    }
    for line in [
        "cargo xtask test --browser WORD",
        "cargo xtask bench exact --quick",
        "target/release/brenier solve --sites a.csv --json > plan.json",
        "brenier coverage --modes grid --aeot # --moon",
        "ls --moon",
    ] {
        assert_eq!(unknown(line), None, "{line}");
    }
}
