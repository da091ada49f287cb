//! Frame times of the potential scene without a graphics card, and what it adds to what is fetched.

use super::{Stamp, grouped, in_browser, number, rows, sections::Section};
use crate::{shell::Outcome, sizes};
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};

pub(super) const HEADING: &str = "The potential scene";

const COUNTS: [u64; 2] = [512, 5000];

/// The section.
pub(super) fn measure(site: &Path, quick: bool) -> Outcome<Section> {
    let stamp = Stamp::new("cargo xtask bench potential");
    let told = json!({ "counts": COUNTS, "turns": if quick { 60 } else { 360 } });
    let seen = in_browser("bench-potential.mjs", site, told)?;
    let (mut raw, mut small) = (0, 0);
    let files = seen["opened"].as_array().map_or(&[][..], Vec::as_slice);
    for file in files {
        let file = file.as_str().ok_or_else(|| format!("not a file: {file}"))?;
        let (all, brotli) = sizes::of(&site.join(file))?;
        raw += all;
        small += brotli;
    }
    let weight = format!(
        "Nothing of the scene is fetched before it is opened; opening it fetches {} files, {} bytes, \
         {} with brotli.",
        files.len(),
        grouped(raw as f64),
        grouped(small as f64),
    );
    Ok((HEADING.to_owned(), report(&seen, &weight, &stamp.line())?))
}

fn report(seen: &Value, weight: &str, stamp: &str) -> Outcome<String> {
    let mut text = format!(
        "{stamp}\n\nMilliseconds between animation frames in headless Chromium {} without a \
         graphics card, while a pointer turns the graph of u and its dual, each {} pixels wide: \
         every frame draws both. Beside it the same of a page that draws nothing, which the \
         browser holds to 60 frames a second; and from a key that moves a point to the picture of \
         the new answer: a solve, two calls to workers, and all three views, drawn.\n\n\
         | points | facets | triangles | median | 95 % | at rest | a point moved |\n\
         |---:|---:|---:|---:|---:|---:|---:|\n",
        seen["browser"].as_str().unwrap_or_default(),
        seen["side"],
    );
    for row in rows(seen) {
        let frames = &row["frames"];
        let (drawn, all) = (number(frames, "drawn")?, number(frames, "frames")?);
        if drawn < 0.9 * all {
            return Err(format!("{drawn} of {all} frames drew: these are no frame times: {row}"));
        }
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.1} | {:.1} | {:.1} | {:.0} |",
            grouped(number(row, "sites")?),
            grouped(number(row, "facets")?),
            grouped(number(row, "triangles")?),
            number(frames, "median")?,
            number(frames, "high")?,
            number(row, "idle")?,
            number(row, "drag")?,
        );
    }
    let _ = write!(text, "\n{weight}");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(drawn: u32) -> Value {
        let frames = json!({ "drawn": drawn, "frames": 60, "median": 16.7, "high": 33.4 });
        json!({ "browser": "1.2", "side": 435, "rows": [
            { "sites": 5000, "facets": 5000, "triangles": 9750, "idle": 16.7, "frames": frames, "drag": 120.4 },
        ] })
    }

    #[test]
    fn a_row_is_told_and_frames_that_drew_nothing_are_refused() {
        let text = report(&seen(60), "Light.", "Stamp.").unwrap();
        assert!(
            text.contains("| 5,000 | 5,000 | 9,750 | 16.7 | 33.4 | 16.7 | 120 |\n\nLight."),
            "{text}"
        );
        assert!(report(&seen(20), "", "").unwrap_err().contains("20 of 60 frames"));
    }
}
