//! `cargo xtask test`: every test there is, and one line of counts at the end.

use crate::{
    dist, engines, names, serve, setup,
    shell::{self, Outcome, run},
    sizes,
};
use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

/// Compiled for the browser, or tools without tests: not part of the native run.
const NOT_NATIVE: &[&str] = &["brenier-web", "brenier-web-faces", "brenier-xtask-tools"];

/// What only some builds have, tested all the same: `decoder` compiles burn here anyway.
const OPTIONAL: [&str; 2] = ["--features", "brenier-cli/faces"];

/// Passed, failed, skipped.
#[derive(Default, Clone, Copy, PartialEq, Debug)]
struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    fn check(&mut self, name: &str, outcome: &Outcome) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(line) => {
                self.failed += 1;
                println!("FAILED: {name}: {line}");
            }
        }
    }
}

/// `cargo xtask test`.
pub(crate) fn task(options: &[&str]) -> Outcome {
    let (mut native, mut browser, mut words) = (true, true, Vec::new());
    for option in options {
        match *option {
            "--native" => browser = false,
            "--browser" => native = false,
            word if !word.starts_with('-') => words.push(word),
            other => return Err(format!("test: unknown option {other}")),
        }
    }
    // First, so that a missing package stops the run at once and not after minutes.
    if browser {
        setup::for_tests()?;
    }
    let start = Instant::now();
    let mut counts = Counts::default();
    if native {
        title("Formatting");
        counts.check("cargo fmt", &run(shell::cargo().args(["fmt", "--all", "--check"])));
        title("Lints");
        let mut lints = shell::cargo();
        lints.args(["clippy", "--quiet", "--workspace", "--all-targets"]).args(OPTIONAL);
        counts.check("cargo clippy", &run(lints.args(["--", "-D", "warnings"])));
        title("Native tests");
        counts.add(cargo_test()?);
    }
    if browser {
        title("Site");
        let site = dist::build().and_then(|site| sizes::report(&site).map(|()| site));
        counts.check("site", &site.as_ref().map(|_| ()).map_err(Clone::clone));
        title("Browser tests");
        match site {
            Ok(site) => counts.add(browser_cases(site, &words)?),
            Err(_) => println!("not run: there is no site"),
        }
    }
    let minutes = start.elapsed().as_secs_f64() / 60.0;
    println!("\nTook {minutes:.1} minutes.");
    println!("{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped);
    // The line of counts is the last one: nothing is added to it.
    std::process::exit(i32::from(counts.failed > 0));
}

fn title(text: &str) {
    println!("\n== {text}");
}

fn cargo_test() -> Outcome<Counts> {
    let mut command = shell::cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]).args(OPTIONAL);
    for package in NOT_NATIVE {
        command.args(["--exclude", package]);
    }
    let (mut counts, ended_well) = listen(&mut command, "test result:")?;
    if !ended_well && counts.failed == 0 {
        counts.failed = 1; // something did not even compile
    }
    Ok(counts)
}

fn browser_cases(site: std::path::PathBuf, words: &[&str]) -> Outcome<Counts> {
    let browser = setup::browser()?;
    let scenes = fs::read_to_string(shell::root().join("target/scenes.json"))
        .map_err(|e| format!("target/scenes.json: {e}"))?;
    let scenes: serde_json::Value =
        serde_json::from_str(&scenes).map_err(|e| format!("target/scenes.json: {e}"))?;
    let told = serde_json::json!({
        "files": names::by_source(&site)?,
        "root": serve::start(site.clone(), "/", 0)?,
        "deep": serve::start(site, "/talks/2026/brenier/", 0)?,
        "chromium": browser.chromium,
        "engines": engines::told(),
        "modules": browser.modules,
        "pictures": shell::root().join("target/browser"),
        "scenes": scenes,
        "words": words,
    });
    let mut command = Command::new(browser.node);
    command.arg(shell::root().join("tests/browser/run.mjs")).env("BRENIER_TESTS", told.to_string());
    let (mut counts, ended_well) = listen(&mut command, "browser result:")?;
    if !ended_well && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}

/// Runs a program, passes on what it prints, and sums the counts of the lines that start with
/// `mark`. Also says whether it ended well.
fn listen(command: &mut Command, mark: &str) -> Outcome<(Counts, bool)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let told = |e: std::io::Error| format!("{name}: {e}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(told)?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            if let Some(rest) = line.trim_start().strip_prefix(mark) {
                counts.add(parse(rest));
            }
        }
    }
    Ok((counts, child.wait().map_err(told)?.success()))
}

/// Reads `ok. 3 passed; 0 failed; 1 ignored; …`.
fn parse(text: &str) -> Counts {
    let mut counts = Counts::default();
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        let (Ok(number), what) = (pair[0].parse::<u64>(), pair[1].trim_end_matches(';')) else {
            continue;
        };
        match what {
            "passed" => counts.passed += number,
            "failed" => counts.failed += number,
            "ignored" | "skipped" => counts.skipped += number,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_counts_of_cargo_and_of_the_browser_runner() {
        let cargo = " FAILED. 31 passed; 2 failed; 1 ignored; 0 measured; 4 filtered out; in 0.1s";
        assert_eq!(parse(cargo), Counts { passed: 31, failed: 2, skipped: 1 });
        let browser = " 12 passed; 0 failed";
        assert_eq!(parse(browser), Counts { passed: 12, failed: 0, skipped: 0 });
    }

    #[test]
    fn sums_what_a_program_prints() {
        let mut command = Command::new("printf");
        command.arg("test result: ok. 1 passed; 0 failed\nother 7 passed\ntest result: 2 passed\n");
        let (counts, ended_well) = listen(&mut command, "test result:").unwrap();
        assert!(ended_well);
        assert_eq!(counts.passed, 3);
    }
}
