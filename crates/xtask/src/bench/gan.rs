//! Steps of GAN training a second: natively, in wasm, and in TensorFlow.js.

use super::{Stamp, in_browser, number, read, rows, sections::Section};
use crate::{
    setup,
    shell::{self, Outcome},
};
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};

pub(super) const HEADING: &str = "Steps of GAN training a second";

const WORKS: [(&str, u64); 4] = [("page", 1), ("page", 4), ("paper", 1), ("paper", 4)];
/// Who trains, as the rows name them and as people do.
const NAMES: [(&str, &str); 5] = [
    ("brenier", "wasm"),
    ("wasm", "TensorFlow.js, wasm"),
    ("cpu", "TensorFlow.js, CPU"),
    ("portable", "native"),
    ("fused", "native, fused"),
];

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

fn report(wasm: &Value, native: &Value, stamp: &str) -> Outcome<String> {
    let version = wasm["version"].as_str().unwrap_or_default();
    let yes = |key: &str| if wasm[key] == true { "with" } else { "without" };
    let mut text = format!(
        "{stamp}\n\nOne step is what the schedule of `Config::page` (batch 128, two updates of the \
         discriminator, one of the generator) or `Config::paper` (batch 100, both at once) says; \
         medians of 3 rounds, one thread everywhere. In headless Chromium, on one page and in turn: \
         the site's wasm, and TensorFlow.js {version} on the same networks, batches and losses, its \
         wasm backend {} SIMD and {} threads (which need headers that plain hosts do not send). \
         Fused products are for long native runs; all others give the same bits everywhere.\n\n\
         | networks | packing |",
        yes("simd"),
        yes("threads")
    );
    // Writing to a String cannot fail.
    for (_, name) in NAMES {
        let _ = write!(text, " {name} |");
    }
    text.push_str(" wasm to TensorFlow.js |\n| --- | ---: |");
    text.push_str(&" ---: |".repeat(NAMES.len() + 1));
    text.push('\n');
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
        let _ = writeln!(text, " {:.1} × |", own / best);
    }
    Ok(text)
}
