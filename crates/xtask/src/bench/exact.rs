//! The exact solver natively and in wasm on the same point sets, in turns.

use super::{
    Stamp,
    fit::{exponent, median},
    in_browser, number, read, rows,
    sections::Section,
};
use crate::{shell::Outcome, sizes};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write, path::Path, process::Command};

pub(super) const COLD: &str = "Exact solve, cold, one thread";
pub(super) const REST: &str = "The rest of the exact solver, and the page";

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

/// Both sections.
pub(super) fn measure(program: &Path, site: &Path, quick: bool) -> Outcome<[Section; 2]> {
    let (points, rounds) = if quick { (&SIZES[..3], 1) } else { (SIZES, ROUNDS) };
    let first_scene = sizes::first_scene(site)?;
    let stamp = Stamp::new("cargo xtask bench exact");
    let (mut natively, mut in_wasm) = (json!({}), json!({}));
    for round in 1..=rounds {
        println!("Round {round} of {rounds}");
        append(&mut natively, native(program, points, REPEAT)?);
        append(&mut in_wasm, wasm(site, points, REPEAT)?);
    }
    report(&natively, &in_wasm, rounds * REPEAT, first_scene, &stamp.line())
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

fn native(program: &Path, points: &[u64], repeat: u64) -> Outcome<Value> {
    let list: Vec<String> = points.iter().map(u64::to_string).collect();
    let mut command = Command::new(program);
    command.args(["bench", "--json", "--sizes", &list.join(",")]);
    command.args(["--seeds", &SEEDS.to_string(), "--repeat", &repeat.to_string()]);
    read(&mut command)
}

fn wasm(site: &Path, points: &[u64], repeat: u64) -> Outcome<Value> {
    in_browser("bench.mjs", site, json!({ "sizes": points, "seeds": SEEDS, "repeat": repeat }))
}

/// The rows of one kind of work, by size. An unfinished solve is an error, not a number.
fn by_size(told: &Value, work: &str, tolerance: f64) -> Outcome<Vec<Size>> {
    let mut sizes: BTreeMap<u64, [Vec<f64>; 3]> = BTreeMap::new();
    for row in rows(told) {
        if row["work"] != work {
            continue;
        }
        let number = |key: &str| number(row, key);
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

/// The exponent of N in the time of one Newton step, N ≥ 2,000.
fn growth(sizes: &[Size]) -> Option<f64> {
    let large = sizes.iter().filter(|size| size.n >= 2_000);
    exponent(large.map(|size| (size.n as f64, size.milliseconds / size.steps)))
}

fn report(
    native: &Value,
    wasm: &Value,
    repeat: u64,
    first_scene: u64,
    stamp: &str,
) -> Outcome<[Section; 2]> {
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
        "{stamp}\n\nUniform random sites (numpy's `default_rng(0)`) with equal masses in the unit square, to \
         residual 1e-6. Medians over {SEEDS} point sets, {repeat} solves each, native and wasm \
         in turns, each after a warm-up. \
         wasm is timed in headless Chromium, through `brenier.js`, in its worker. W₂² is {}.\n\n\
         | N | native, ms | Newton steps | ms a step | wasm, ms | wasm / native | half the peer, ms |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
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
    let cold = std::mem::take(&mut text);
    let _ = writeln!(text, "{stamp}\n\n| work | measured | reach |\n| --- | --- | --- |");
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
    Ok([(COLD.to_owned(), cold), (REST.to_owned(), text)])
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
