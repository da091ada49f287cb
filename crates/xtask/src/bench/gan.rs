//! Steps of GAN training a second: natively, in wasm, and in TensorFlow.js.

use super::{Stamp, in_browser, number, read, rows, sections::Section};
use crate::{
    setup,
    shell::{self, Outcome},
};
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};

pub(super) const HEADING: &str = "GAN training";

const WORKS: [(&str, u64); 4] = [("page", 1), ("page", 4), ("paper", 1), ("paper", 4)];
/// Who trains, as the rows name them and as people do.
const NAMES: [(&str, &str); 6] = [
    ("brenier", "wasm"),
    ("wasm", "TensorFlow.js, wasm"),
    ("cpu", "TensorFlow.js, CPU"),
    ("portable", "native"),
    ("fused", "native, fused"),
    ("fused on all cores", "native, fused, all cores"),
];
/// How many times as large as another's a loss may be and still be the same training, whose random
/// numbers differ.
const APART: f64 = 2.0;
/// What is promised: so many times the steps of the fastest backend of TensorFlow.js.
const REACH: f64 = 5.0;

/// The section.
pub(super) fn measure(site: &Path, quick: bool) -> Outcome<Section> {
    let stamp = Stamp::new("cargo xtask bench gan");
    let works: Vec<Value> =
        WORKS.iter().take(if quick { 1 } else { 4 }).map(|(a, m)| json!([a, m])).collect();
    let told = json!({ "works": works, "repeat": 3, "seconds": if quick { 1 } else { 3 }, "peers": setup::peers()? });
    let wasm = in_browser("bench-gan.mjs", site, told)?;
    let native = read(
        shell::cargo()
            .args(["bench", "--quiet", "-p", "brenier-gan"])
            .args(["--bench", "steps", "--", "--json"]),
    )?;
    Ok((HEADING.to_owned(), report(&wasm, &native, &stamp.line())?))
}

/// The largest ratio of the losses of two that train the same; an error where a loss is not finite,
/// or where they are too far apart to be the same training.
fn apart(wasm: &Value) -> Outcome<f64> {
    let mut most = 1.0_f64;
    for (architecture, packing) in WORKS {
        let same = |row: &&Value| row["architecture"] == architecture && row["packing"] == packing;
        for of in 0..2 {
            let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
            for row in rows(wasm).iter().filter(same) {
                // What is not finite is null in JSON.
                let loss = row["losses"][of].as_f64().filter(|loss| *loss > 0.0);
                let loss = loss.ok_or_else(|| format!("a loss is not a positive number: {row}"))?;
                (low, high) = (low.min(loss), high.max(loss));
            }
            most = most.max(high / low);
        }
    }
    if most > APART {
        return Err(format!("losses {most:.1} times apart are not the same training: {wasm}"));
    }
    Ok(most)
}

fn report(wasm: &Value, native: &Value, stamp: &str) -> Outcome<String> {
    let word = |key: &str| wasm[key].as_str().unwrap_or_default();
    let yes = |key: &str| if wasm[key] == true { "with" } else { "without" };
    let cores = rows(native).iter().filter_map(|row| row["threads"].as_u64()).max();
    let mut text = format!(
        "{stamp}\n\nSteps a second. One step is what the schedule of `Config::page` (batch 128, two \
         updates of the discriminator, one of the generator) or `Config::paper` (batch 100, both at \
         once) says; medians of 3 rounds, on one thread but for the last of ours. In one worker in headless Chromium \
         {}, in turn: the site's wasm, and TensorFlow.js {} on the same networks, batches, losses \
         and schedules, its wasm backend {} SIMD and {} threads (which need headers that plain \
         hosts do not send). Of the ways to write an operation in TensorFlow.js the fastest found \
         is taken. After as many steps the mean losses of the three differ by at most a factor of \
         {:.2}. Fused products are for long native runs; all others of ours give the same bits \
         everywhere. On all cores{} one run is spread over the processor, to the bits of one thread: \
         real and generated packs at once, and rows of large products in bands. It wants cores that \
         nothing else uses.\n\n| networks | packing |",
        word("browser"),
        word("version"),
        yes("simd"),
        yes("threads"),
        apart(wasm)?,
        cores.map_or_else(String::new, |n| format!(" (here {n})")),
    );
    // Writing to a String cannot fail.
    for (_, name) in NAMES {
        let _ = write!(text, " {name} |");
    }
    text.push_str(" wasm to TensorFlow.js |\n| --- | ---: |");
    text.push_str(&" ---: |".repeat(NAMES.len() + 1));
    text.push('\n');
    let mut least = f64::INFINITY;
    for (architecture, packing) in WORKS {
        let rate = |name: &str| {
            rows(wasm)
                .iter()
                .chain(rows(native))
                .find(|row| {
                    row["architecture"] == architecture
                        && row["packing"] == packing
                        && row["name"] == name
                })
                .map(|row| number(row, "rate"))
                .transpose()
        };
        let Some(own) = rate("brenier")? else { continue };
        let _ = write!(text, "| {architecture} | {packing} |");
        for (key, _) in NAMES {
            let _ = match rate(key)? {
                Some(rate) => write!(text, " {rate:.*} |", usize::from(rate < 100.0)),
                None => write!(text, " – |"),
            };
        }
        let best = rate("wasm")?.unwrap_or(0.0).max(rate("cpu")?.unwrap_or(0.0));
        least = least.min(own / best);
        let _ = writeln!(text, " {:.1} × |", own / best);
    }
    let _ = writeln!(
        text,
        "\nTo reach: {REACH:.0} × the fastest backend of TensorFlow.js without a graphics card. \
         Here {least:.1} × at the least{}.",
        if least < REACH { ", which falls short" } else { "" }
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, rate: f64, losses: &Value) -> Value {
        json!({ "name": name, "architecture": "page", "packing": 1, "rate": rate, "losses": losses })
    }

    fn wasm(losses: &Value) -> Value {
        let peers = [row("cpu", 4.0, losses), row("wasm", 20.0, &json!([1.5, 0.5]))];
        json!({ "rows": [row("brenier", 120.0, &json!([1.2, 0.6])), peers[0], peers[1]] })
    }

    #[test]
    fn the_ratio_is_to_the_fastest_backend() {
        let text = report(&wasm(&json!([1.2, 0.5])), &json!({ "rows": [] }), "stamp").unwrap();
        assert!(text.contains("| page | 1 | 120 | 20.0 | 4.0 | – | – | – | 6.0 × |"), "{text}");
        assert!(text.contains("a factor of 1.25"), "{text}");
        assert!(text.contains("Here 6.0 × at the least."), "{text}");
    }

    #[test]
    fn other_trainings_are_not_compared() {
        assert!(apart(&wasm(&json!([3.0, 0.5]))).is_err());
        assert!(apart(&wasm(&json!([null, 0.5]))).is_err());
    }
}
