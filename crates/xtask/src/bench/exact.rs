//! `cargo xtask bench`: the solver natively and in wasm on the same point sets in one run, written
//! to BENCHMARKS.md with the command, the machine and the date.

use crate::{
    dist, serve, setup,
    shell::{self, Outcome, ask, run},
    sizes,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write, fs, process::Command};

const SIZES: &[u64] = &[100, 512, 2_000, 10_000, 32_000];
const SEEDS: u64 = 3;
/// Native and wasm take turns, so that a machine whose speed drifts is unfair to neither.
const ROUNDS: u64 = 4;
const REPEAT: u64 = 2;

/// Milliseconds of the strongest peer, sdot's C++ core, on one thread: the same work, measured
/// once for this project's design on a machine of its own.
const PEER: &[(u64, f64)] = &[(100, 1.6), (512, 9.6), (2_000, 37.0), (10_000, 251.0)];

/// One size: medians over all seeds and repeats.
struct Size {
    n: u64,
    milliseconds: f64,
    steps: f64,
    w2: Vec<f64>,
}

/// `cargo xtask bench`.
pub(crate) fn task(options: &[&str]) -> Outcome {
    let quick = match options {
        [] => false,
        ["--quick"] => true,
        _ => return Err("bench: the only option is --quick".to_owned()),
    };
    setup::for_tests()?;
    let (points, rounds) = if quick { (&SIZES[..3], 1) } else { (SIZES, ROUNDS) };
    let site = dist::build()?;
    let first_scene = sizes::first_scene(&site)?;
    let (mut natively, mut in_wasm) = (json!({}), json!({}));
    for round in 1..=rounds {
        println!("Round {round} of {rounds}");
        append(&mut natively, native(points, REPEAT)?);
        append(&mut in_wasm, wasm(site.clone(), points, REPEAT)?);
    }
    let text = report(&natively, &in_wasm, rounds * REPEAT, first_scene)?;
    println!("\n{text}");
    if !quick {
        let file = shell::root().join("BENCHMARKS.md");
        fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))?;
        println!("Written to BENCHMARKS.md.");
    }
    Ok(())
}

/// Adds the lists of one round to those of the rounds before.
fn append(all: &mut Value, round: Value) {
    let Value::Object(round) = round else { return };
    for (key, value) in round {
        match (&mut all[key.as_str()], value) {
            (Value::Array(list), Value::Array(more)) => list.extend(more),
            (slot, value) => *slot = value,
        }
    }
}

fn native(points: &[u64], repeat: u64) -> Outcome<Value> {
    run(shell::cargo().args(["build", "--quiet", "--release", "-p", "brenier-cli"]))?;
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| shell::root().join("target"), Into::into);
    let program = folder.join("release").join(format!("brenier{}", std::env::consts::EXE_SUFFIX));
    let list: Vec<String> = points.iter().map(u64::to_string).collect();
    let mut command = Command::new(program);
    command.args(["bench", "--json", "--sizes", &list.join(",")]);
    command.args(["--seeds", &SEEDS.to_string(), "--repeat", &repeat.to_string()]);
    read(&mut command)
}

fn wasm(site: std::path::PathBuf, points: &[u64], repeat: u64) -> Outcome<Value> {
    let browser = setup::browser()?;
    let told = json!({
        "root": serve::start(site, "/", 0)?,
        "chromium": browser.chromium,
        "modules": browser.modules,
        "sizes": points,
        "seeds": SEEDS,
        "repeat": repeat,
    });
    let script = shell::root().join("tests/browser/bench.mjs");
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

/// The rows of one kind of work, by size. An unfinished solve is an error, not a number.
fn by_size(rows: &Value, work: &str, tolerance: f64) -> Outcome<Vec<Size>> {
    let mut sizes: BTreeMap<u64, [Vec<f64>; 3]> = BTreeMap::new();
    for row in rows["rows"].as_array().into_iter().flatten() {
        if row["work"] != work {
            continue;
        }
        let number = |key: &str| row[key].as_f64().ok_or(format!("a row has no `{key}`: {row}"));
        if number("residual")? > tolerance {
            return Err(format!("a solve did not reach {tolerance:e}: {row}"));
        }
        let [times, steps, w2] = sizes.entry(number("n")? as u64).or_default();
        times
            .extend(row["milliseconds"].as_array().into_iter().flatten().filter_map(Value::as_f64));
        steps.push(number("steps")?);
        w2.push(number("w2")?);
    }
    let size = |(n, [times, steps, w2]): (u64, [Vec<f64>; 3])| Size {
        n,
        milliseconds: median(times),
        steps: median(steps),
        w2,
    };
    Ok(sizes.into_iter().map(size).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => 0.5 * (values[n / 2 - 1] + values[n / 2]),
    }
}

/// The exponent of N in the time of one Newton step, by least squares in logarithms, N ≥ 2,000.
fn growth(sizes: &[Size]) -> Option<f64> {
    let points: Vec<(f64, f64)> = sizes
        .iter()
        .filter(|size| size.n >= 2_000)
        .map(|size| ((size.n as f64).ln(), (size.milliseconds / size.steps).ln()))
        .collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let above: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let below: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    (points.len() > 1).then_some(above / below)
}

fn report(native: &Value, wasm: &Value, repeat: u64, first_scene: u64) -> Outcome<String> {
    let (ours, theirs) = (by_size(native, "uniform", 1e-6)?, by_size(wasm, "uniform", 1e-6)?);
    let mut apart: f64 = 0.0;
    for (a, b) in ours.iter().zip(&theirs) {
        for (v, w) in a.w2.iter().zip(&b.w2) {
            apart = apart.max((v - w).abs() / v.abs());
        }
    }
    if ours.len() != theirs.len() || apart > 1e-12 {
        return Err(format!("native and wasm do not agree: W₂² differs by {apart:e}, relative"));
    }
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "# Benchmarks\n\n`cargo xtask bench` measured this on {}: {}.\n\n\
         Times on a shared machine are noise: compare within one run, and ratios rather than \
         times.\n\n## Exact solve, cold, one thread\n\n\
         Uniform random sites (numpy's `default_rng(0)`) with equal masses in the unit square, to \
         residual 1e-6. Medians over {SEEDS} point sets, {repeat} solves each, native and wasm \
         in turns, each after a warm-up. \
         wasm is timed in headless Chromium, through `brenier.js`, in its worker. W₂² is {}.\n\n\
         | N | native, ms | Newton steps | ms a step | wasm, ms | wasm / native | half the peer, ms |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        ask(Command::new("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_default(),
        machine(),
        if apart == 0.0 {
            "the same to the last bit natively and in wasm".to_owned()
        } else {
            format!("the same natively and in wasm up to {apart:.0e}, relative")
        }
    );
    for (a, b) in ours.iter().zip(&theirs) {
        let peer = PEER.iter().find(|(n, _)| *n == a.n);
        let _ = writeln!(
            text,
            "| {} | {:.2} | {} | {:.3} | {:.2} | {:.2} | {} |",
            a.n,
            a.milliseconds,
            a.steps,
            a.milliseconds / a.steps,
            b.milliseconds,
            b.milliseconds / a.milliseconds,
            peer.map_or_else(|| "–".to_owned(), |(_, ms)| format!("{}", ms / 2.0)),
        );
    }
    let _ = writeln!(
        text,
        "\nThe peer is sdot's C++ core; its times are of another run on another machine, and only \
         a hint. To reach: half its time; wasm within 1.6 × native; a Newton step that grows no \
         steeper than N^1.15 from 2,000 on."
    );
    if let (Some(a), Some(b)) = (growth(&ours), growth(&theirs)) {
        let _ = writeln!(text, "Measured growth: N^{a:.2} native, N^{b:.2} wasm.");
    }
    let _ = writeln!(text, "\n## The rest\n\n| work | measured | reach |\n| --- | --- | --- |");
    for size in by_size(native, "grid", 1e-9)? {
        let _ = writeln!(
            text,
            "| {} samples of the 5 × 5 grid in raw coordinates, unit-square source, to 1e-9, \
             native | converges: {:.2} ms, {} steps | converges |",
            size.n, size.milliseconds, size.steps
        );
    }
    let drags = wasm["drag"].as_array().cloned().unwrap_or_default();
    let of = |key: &str| drags.iter().filter_map(|drag| drag[key].as_f64()).collect::<Vec<_>>();
    let slowest = of("solve").into_iter().fold(f64::NAN, f64::max);
    let _ = writeln!(
        text,
        "| dragging one of 512 sites, warm, wasm: solve | median {:.2} ms, slowest {slowest:.2} ms | \
         under 4 ms |\n| the same until the page has what it draws from | median {:.2} ms | |\n\
         | first interactive scene, brotli | {first_scene} bytes | 400000 bytes |",
        median(of("solve")),
        median(of("frame")),
    );
    Ok(text)
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
    fn growth_is_the_exponent_of_a_step() {
        let size = |n: u64, steps: f64| Size {
            n,
            milliseconds: steps * 1e-4 * (n as f64).powf(1.1),
            steps,
            w2: Vec::new(),
        };
        let sizes = [size(100, 50.0), size(2_000, 5.0), size(10_000, 6.0), size(32_000, 7.0)];
        assert!((growth(&sizes).unwrap() - 1.1).abs() < 1e-9);
        assert_eq!(growth(&sizes[..2]), None);
    }

    #[test]
    fn rows_become_medians_and_unfinished_solves_are_refused() {
        let row = |seed: u64, times: [f64; 2], residual: f64| {
            json!({ "work": "uniform", "n": 100, "seed": seed, "milliseconds": times,
                    "steps": 5 + seed, "residual": residual, "w2": 0.01 })
        };
        let rows = json!({ "rows": [row(0, [1.0, 2.0], 1e-8), row(1, [3.0, 8.0], 1e-9)] });
        let sizes = by_size(&rows, "uniform", 1e-6).unwrap();
        assert_eq!((sizes.len(), sizes[0].milliseconds, sizes[0].steps), (1, 2.5, 5.5));
        let bad = json!({ "rows": [row(0, [1.0, 2.0], 1e-3)] });
        assert!(by_size(&bad, "uniform", 1e-6).is_err());
    }
}
