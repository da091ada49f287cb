//! Milliseconds to decode faces in wasm: on burn-flex, on burn-ndarray, and in onnxruntime-web; and
//! from the click on the scene to its first live face.

use super::{Stamp, grouped, in_browser, number, rows, sections::Section};
use crate::{
    setup,
    shell::{self, Outcome, run},
    sizes,
};
use serde_json::{Value, json};
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

pub(super) const HEADING: &str = "Decoding faces";

const COUNTS: [u64; 2] = [1, 16];
/// Who decodes, as the rows name them and as people do.
const NAMES: [(&str, &str); 3] =
    [("flex", "burn-flex"), ("ndarray", "burn-ndarray"), ("onnxruntime", "onnxruntime-web")];
/// What is promised for one face, in milliseconds.
const REACH: f64 = 15.0;
/// What pixels of 255 may be apart: sums in another order are rounded otherwise.
const APART: f64 = 1.0;

/// The section.
pub(super) fn measure(site: &Path, quick: bool) -> Outcome<Section> {
    let (weights, shipped) = weights()?;
    let stamp = Stamp::new("cargo xtask bench faces");
    let (repeat, milliseconds) = if quick { (1, 200) } else { (5, 1000) };
    let told = json!({
        "weights": weights, "counts": COUNTS, "repeat": repeat, "milliseconds": milliseconds,
        "peers": setup::peers()?,
    });
    let seen = in_browser("bench-faces.mjs", site, told)?;
    let bytes = bytes(site)?;
    Ok((HEADING.to_owned(), report(&seen, shipped, &bytes, &stamp.line())?))
}

/// The shipped weights, or, before there are any, untrained ones of the same shape; and which.
fn weights() -> Outcome<(PathBuf, bool)> {
    let shipped = shell::root().join("www/faces/faces.bdec");
    if shipped.is_file() {
        return Ok((shipped, true));
    }
    let made = shell::root().join("target/untrained.bdec");
    let words =
        ["run", "--quiet", "-p", "brenier-decoder", "--example", "untrained", "--", "faces"];
    run(shell::cargo().args(words).arg(&made))?;
    Ok((made, false))
}

/// Each wasm, its bytes, and those that brotli leaves.
fn bytes(site: &Path) -> Outcome<Vec<(&'static str, u64, u64)>> {
    let files = [
        ("burn-flex", "wasm/brenier_faces_bg.wasm"),
        ("burn-ndarray", "wasm/brenier_faces_ndarray_bg.wasm"),
    ];
    files
        .into_iter()
        .map(|(name, file)| {
            let (raw, brotli) = sizes::of(&site.join(file))?;
            Ok((name, raw, brotli))
        })
        .collect()
}

fn report(seen: &Value, shipped: bool, bytes: &[(&str, u64, u64)], stamp: &str) -> Outcome<String> {
    let apart = number(seen, "apart")?;
    if apart > APART {
        return Err(format!("pixels {apart} of 255 apart are not the same pictures: {seen}"));
    }
    let word = |key: &str| seen[key].as_str().unwrap_or_default();
    let mut text = format!(
        "{stamp}\n\nMilliseconds from codes to pixels, medians (and the fastest), in one worker in \
         headless Chromium {}, each on one thread and in turn: the site's wasm on burn-flex, which \
         the page takes, and on burn-ndarray, which it takes with `?backend=ndarray`; and \
         onnxruntime-web {} (wasm, {} thread) on the same network, {}, which stops at numbers and \
         makes no pixels of them. The pixels of the three are at most {apart} of 255 apart. Decoded \
         once before anything is timed.\n\n| faces |",
        word("browser"),
        word("version"),
        seen["threads"],
        if shipped { "with the shipped weights" } else { "with untrained weights" },
    );
    // Writing to a String cannot fail.
    for (_, name) in NAMES {
        let _ = write!(text, " {name} |");
    }
    text.push_str(" burn-flex to onnxruntime-web |\n| ---: |");
    text.push_str(&" ---: |".repeat(NAMES.len() + 1));
    text.push('\n');
    let mut one = f64::NAN;
    for count in COUNTS {
        let of = |name: &str| {
            let row = rows(seen)
                .iter()
                .find(|row| row["count"] == count && row["name"] == name)
                .ok_or_else(|| format!("no row of {name}, {count}: {seen}"))?;
            Ok::<_, String>((number(row, "milliseconds")?, number(row, "best")?))
        };
        let _ = write!(text, "| {count} |");
        for (name, _) in NAMES {
            let (median, best) = of(name)?;
            let _ = write!(text, " {median:.1} ({best:.1}) |");
        }
        let own = of("flex")?.0;
        if count == 1 {
            one = own;
        }
        let _ = writeln!(text, " {:.2} |", own / of("onnxruntime")?.0);
    }
    text.push_str("\n| wasm | bytes | brotli |\n| --- | ---: | ---: |\n");
    for (name, raw, brotli) in bytes {
        let (raw, brotli) = (grouped(*raw as f64), grouped(*brotli as f64));
        let _ = writeln!(text, "| {name} | {raw} | {brotli} |");
    }
    let first: Vec<f64> = seen["first"]
        .as_array()
        .map_or(vec![], |times| times.iter().filter_map(Value::as_f64).collect());
    if let (Some(best), Some(median)) = (first.first(), first.get(first.len() / 2)) {
        let _ = writeln!(
            text,
            "\nFrom the click on Faces, in a page that has just been opened, to the first live faces, \
             the files coming from this machine's own server: {median:.0} ms ({best:.0})."
        );
    }
    let short = if one > REACH { ", which falls short" } else { "" };
    let _ = writeln!(text, "\nTo reach: {REACH:.0} ms for one face. Here {one:.1} ms{short}.");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(apart: f64) -> Value {
        let row = |name: &str, count: u64, ms: f64| json!({ "name": name, "count": count, "milliseconds": ms, "best": ms / 2.0 });
        json!({ "apart": apart, "browser": "9", "version": "1.2", "threads": 1, "first": [700.4, 800.0, 2000.0], "rows": [
            row("flex", 1, 6.0), row("ndarray", 1, 120.0), row("onnxruntime", 1, 4.0),
            row("flex", 16, 80.0), row("ndarray", 16, 2000.0), row("onnxruntime", 16, 64.0),
        ] })
    }

    #[test]
    fn the_ratio_is_to_the_peer() {
        let text = report(&seen(1.0), true, &[("burn-flex", 2_000_000, 300_000)], "stamp").unwrap();
        assert!(text.contains("| 1 | 6.0 (3.0) | 120.0 (60.0) | 4.0 (2.0) | 1.50 |"), "{text}");
        assert!(text.contains("| burn-flex | 2,000,000 | 300,000 |"), "{text}");
        assert!(text.contains("this machine's own server: 800 ms (700)."), "{text}");
        assert!(text.ends_with("Here 6.0 ms.\n"), "{text}");
    }

    #[test]
    fn other_pictures_are_not_compared() {
        assert!(report(&seen(2.0), true, &[], "stamp").is_err());
    }
}
