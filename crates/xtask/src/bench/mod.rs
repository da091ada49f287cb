//! `cargo xtask bench`: what this project promises in numbers, measured in one run and written to
//! BENCHMARKS.md with the command, the machine and the date.

mod assignment;
mod exact;
mod faces;
mod fit;
mod gan;
mod monte_carlo;
mod plot;
mod potential;
mod sections;
mod tasks;

use crate::{
    dist, serve, setup,
    shell::{self, Outcome, ask, run},
};
use sections::Section;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Headings in the order of the file, of both parts.
const ORDER: &[&str] = &[
    exact::COLD,
    exact::REST,
    assignment::HEADING,
    monte_carlo::GRID,
    monte_carlo::HIGH,
    monte_carlo::SLOPES,
    gan::HEADING,
    faces::HEADING,
    potential::HEADING,
    tasks::HEADING,
];

const TOP: &str = "\
# Benchmarks

`cargo xtask bench` measures everything here; `cargo xtask bench exact`, `cargo xtask bench \
monte-carlo`, `cargo xtask bench gan`, `cargo xtask bench faces`, `cargo xtask bench potential` \
and `cargo xtask bench tasks` measure their part. Times on a shared machine are noise: \
compare within one run, and ratios rather than times.";

/// `cargo xtask bench [exact | monte-carlo | gan | faces | potential | tasks] [--quick]`.
pub(crate) fn task(options: &[&str]) -> Outcome {
    let quick = options.contains(&"--quick");
    let parts: Vec<&str> = options.iter().copied().filter(|word| *word != "--quick").collect();
    let known = ["exact", "monte-carlo", "gan", "faces", "potential", "tasks"];
    if parts.len() > 1 || parts.iter().any(|part| !known.contains(part)) {
        return Err(format!("bench: give {} or none, and --quick", known.join(", ")));
    }
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    setup::for_tests()?;
    // Everything is built before anything is measured; what runs in the browser alone wants no program.
    let site = dist::build_plain()?;
    let native = ["exact", "monte-carlo"].into_iter().any(wanted);
    let program = if native { program()? } else { PathBuf::new() };
    if wanted("exact") {
        write(&exact::measure(&program, &site, quick)?, quick)?;
    }
    if wanted("monte-carlo") {
        write(&[assignment::measure(&site, quick)?], quick)?;
        monte_carlo::measure(&program, quick, |section| write(&[section], quick))?;
    }
    if wanted("gan") {
        write(&[gan::measure(&site, quick)?], quick)?;
    }
    if wanted("faces") {
        write(&[faces::measure(&site, quick)?], quick)?;
    }
    if wanted("potential") {
        write(&[potential::measure(&site, quick)?], quick)?;
    }
    if wanted("tasks") {
        write(&[tasks::measure(&site)?], quick)?;
    }
    Ok(())
}

/// Draws the picture of Monte Carlo's errors in docs/, and writes nothing else.
pub(crate) fn slopes() -> Outcome {
    monte_carlo::draw(&program()?)
}

/// Prints sections, and puts them into BENCHMARKS.md unless they were measured in a hurry.
fn write(fresh: &[Section], quick: bool) -> Outcome {
    for (heading, body) in fresh {
        println!("\n## {heading}\n\n{body}");
    }
    if quick {
        return Ok(());
    }
    let file = shell::root().join("BENCHMARKS.md");
    let told = |e: std::io::Error| format!("{}: {e}", file.display());
    let text =
        if file.is_file() { fs::read_to_string(&file).map_err(told)? } else { String::new() };
    fs::write(&file, sections::replace(&text, TOP, fresh, ORDER)).map_err(told)?;
    println!("\nWritten to BENCHMARKS.md.");
    Ok(())
}

/// What measures natively, built.
fn program() -> Outcome<PathBuf> {
    run(shell::cargo().args(["build", "--quiet", "--release", "-p", "brenier-cli"]))?;
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| shell::root().join("target"), Into::into);
    Ok(folder.join("release").join(format!("brenier{}", std::env::consts::EXE_SUFFIX)))
}

/// What a script of tests/browser measures in the built site.
fn in_browser(script: &str, site: &Path, mut told: Value) -> Outcome<Value> {
    let browser = setup::browser()?;
    told["root"] = json!(serve::start(site.to_owned(), "/", 0)?);
    told["chromium"] = json!(browser.chromium);
    told["modules"] = json!(browser.modules);
    let script = shell::root().join("tests/browser").join(script);
    read(Command::new(browser.node).arg(script).env("BRENIER_TESTS", told.to_string()))
}

/// What a program prints, as JSON; its complaints go to the terminal.
fn read(command: &mut Command) -> Outcome<Value> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|e| format!("{} printed no rows: {e}", command.get_program().display()))
}

/// The rows of what a program printed.
fn rows(value: &Value) -> &[Value] {
    value["rows"].as_array().map_or(&[], Vec::as_slice)
}

/// A number of a row.
fn number(row: &Value, key: &str) -> Outcome<f64> {
    row[key].as_f64().ok_or_else(|| format!("a row has no `{key}`: {row}"))
}

/// A whole number with its thousands set off.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// When, where and beside what something is measured.
struct Stamp {
    command: &'static str,
    load: Option<String>,
}

impl Stamp {
    /// To be made before the first measurement.
    fn new(command: &'static str) -> Self {
        Self { command, load: load() }
    }

    /// The line that says so, after the last one.
    fn line(&self) -> String {
        let date = ask(Command::new("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_default();
        let mut line = format!("`{}` on {date}: {}.", self.command, machine());
        if let (Some(before), Some(after)) = (&self.load, load()) {
            line += &format!(
                " Programs that wanted to run, by the machine's load of a minute: {before} before, \
                 {after} at the end, this one and its builds included."
            );
        }
        line
    }
}

/// Linux's mean number of programs that wanted to run in the last minute.
fn load() -> Option<String> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next().map(str::to_owned)
}

/// Processor, cores and compiler, as far as they can be told.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or(std::env::consts::ARCH, |(_, name)| name);
    let rust = ask(Command::new("rustc").arg("--version")).unwrap_or_default();
    format!("{model}, {cores} cores, {rust}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_off() {
        assert_eq!([0.0, 999.0, 1e3, 1_234_567.0].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
