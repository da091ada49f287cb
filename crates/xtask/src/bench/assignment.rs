//! Assignments a second: natively, in wasm and on a GPU, beside a matrix product.

use super::{Stamp, in_browser, number, read, rows, sections::Section};
use crate::shell::{self, Outcome};
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};

pub(super) const HEADING: &str = "Assignments a second";

/// N, samples of a step, and d in wasm: few samples, so that a step is short.
const SHAPES: [[u64; 3]; 3] = [[512, 51_200, 2], [4_096, 4_096, 64], [10_000, 1_024, 100]];
const REPEAT: u64 = 3;

/// The section.
pub(super) fn measure(site: &Path, quick: bool) -> Outcome<Section> {
    let stamp = Stamp::new("cargo xtask bench monte-carlo");
    let shapes = if quick { &SHAPES[..2] } else { &SHAPES[..] };
    let told = json!({ "shapes": shapes, "repeat": REPEAT });
    let wasm = in_browser("bench-monte-carlo.mjs", site, told)?;
    let native = read(shell::cargo().args(["bench", "--quiet", "-p", "brenier-gpu"]).args([
        "--bench",
        "assignment",
        "--",
        "--json",
    ]))?;
    Ok((HEADING.to_owned(), report(&native, &wasm, &stamp.line())?))
}

/// What a machine is called in the table.
fn name(row: &Value) -> String {
    let device = row["device"].as_str().unwrap_or_default();
    match row["what"].as_str() {
        Some("peer") => {
            format!("peer: {device}, 1 thread, {} samples at a time", row["block"])
        }
        Some("wasm") => "wasm, 1 thread, within a solve".to_owned(),
        Some("software") => format!("{device}, software"),
        _ => device.to_owned(),
    }
}

fn report(native: &Value, wasm: &Value, stamp: &str) -> Outcome<String> {
    let mut text = format!(
        "{stamp}\n\nWhich of N planes is on top of each of M samples in dimension d. Medians of 3 \
         runs. Natively the whole estimate is timed: making the samples, finding their planes, \
         counting. The peer does less: one f32 matrix product of the same shape, its samples \
         ready made, nothing compared or counted; it stores 64 or 4,096 samples' products at a \
         time, whichever is faster. wasm runs in headless Chromium through `brenier.js`: the \
         samples and milliseconds between two reports of an Adam solve under way, M samples a \
         step. A software adapter, a processor that plays a graphics card, gets a sixteenth of the \
         samples of the large shapes. One multiply-add is one product and one sum; wasm has 4 lanes \
         and does not fuse the two.\n\n"
    );
    let bound = native["bound"]["multiplyAdds"].as_f64();
    // Writing to a String cannot fail.
    if let (Some(bound), Some(why)) = (bound, native["bound"]["why"].as_str()) {
        let _ = writeln!(
            text,
            "The bound of one core is {:.0} G multiply-adds/s: {why}.\n",
            bound / 1e9
        );
    }
    text.push_str(
        "| N | M | d | what | G multiply-adds/s | of one core's bound | ratio to the peer | G pairs/s |\n\
         | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |\n",
    );
    for [n, _, d] in SHAPES {
        let here = |row: &&Value| row["n"] == n && row["d"] == d;
        let peer = rows(native).iter().filter(here).find(|row| row["what"] == "peer");
        let peer = peer.map(|row| number(row, "multiplyAdds")).transpose()?;
        for row in rows(native).iter().chain(rows(wasm)).filter(here) {
            let rate = number(row, "multiplyAdds")?;
            let of = |whole: Option<f64>| {
                whole.map_or_else(|| "–".to_owned(), |whole| format!("{:.2}", rate / whole))
            };
            let _ = writeln!(
                text,
                "| {n} | {} | {d} | {} | {:.2} | {} | {} | {:.3} |",
                row["m"],
                name(row),
                rate / 1e9,
                of(bound),
                of(peer),
                number(row, "pairs")? / 1e9
            );
        }
    }
    text.push_str(
        "\nIn up to three dimensions the processor compares only planes that can be on top near a \
         sample: there pairs a second, and multiply-adds with them, count what is decided, not \
         what is computed. A pair at d = 2 computed in full takes two multiply-adds and a \
         comparison, so that the bound above, halved, is more than any machine that computes all \
         pairs on one core can reach. What is left to the processor there is the work on each \
         sample: making it, sorting it by place, counting it; and one draw of 51,200 is a single \
         chunk, in which a second thread has no share. To reach: on one thread a third of the \
         peer, d ≥ 64.\n",
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_stand_beside_the_peers() {
        let row = |what: &str, rate: f64| {
            json!({ "what": what, "device": "D", "n": 4096, "m": 9, "d": 64, "block": 64,
                    "multiplyAdds": rate, "pairs": rate / 64.0 })
        };
        let native = json!({ "bound": { "multiplyAdds": 8e9, "why": "so" },
                             "rows": [row("peer", 4e9), row("cpu", 2e9)] });
        let wasm = json!({ "rows": [row("wasm", 1e9)] });
        let text = report(&native, &wasm, "when").unwrap();
        assert!(text.contains("| 4096 | 9 | 64 | D | 2.00 | 0.25 | 0.50 | 0.031 |"), "{text}");
        assert!(text.contains("| wasm, 1 thread, within a solve | 1.00 | 0.12 | 0.25 |"), "{text}");
    }
}
