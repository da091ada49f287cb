//! The page about the command says what the command does.

use crate::brenier;
use std::collections::BTreeSet;

/// Options named in a text, such as `--sites`.
fn options(text: &str) -> BTreeSet<&str> {
    text.match_indices("--")
        .map(|(i, _)| &text[i..])
        .map(|rest| {
            let end = rest[2..]
                .find(|c: char| !c.is_ascii_lowercase() && c != '-')
                .unwrap_or(rest.len() - 2);
            &rest[..end + 2]
        })
        .filter(|option| option.len() > 3 && !option.ends_with('-'))
        .collect()
}

#[test]
fn docs_and_help_name_the_same_options() {
    let docs = include_str!("../../../../docs/cli.md");
    let commands = [
        "",
        "solve",
        "coverage",
        "gan",
        "train faces",
        "latents digits",
        "measure digits",
        "bench",
    ];
    let help: String = commands.iter().map(|c| brenier(&format!("{c} --help"), "").out).collect();
    let (docs, help) = (options(docs), options(&help));
    assert!(docs.len() > 15);
    // Cargo's own options may stand in the docs' first lines.
    let cargo: BTreeSet<&str> = ["--release", "--path", "--features"].into();
    let extra: Vec<_> = docs.difference(&help).filter(|o| !cargo.contains(*o)).collect();
    assert!(extra.is_empty(), "in the docs, not in the help: {extra:?}");
    let missing: Vec<_> = help.difference(&docs).collect();
    assert!(missing.is_empty(), "in the help, not in the docs: {missing:?}");
}

#[test]
fn help_and_version_exit_with_0() {
    for arguments in
        ["", "--help", "help solve", "solve --help", "coverage -h", "help bench", "--version"]
    {
        let ran = brenier(arguments, "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments}");
        assert!(ran.out.lines().all(|line| line.len() <= 100));
    }
}
