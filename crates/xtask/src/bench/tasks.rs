//! The longest tasks of the page's own thread: what keeps it from answering a hand.

use super::{Stamp, in_browser, number, rows, sections::Section};
use crate::shell::Outcome;
use serde_json::{Value, json};
use std::{fmt::Write, path::Path};

pub(super) const HEADING: &str = "The longest tasks of the page's thread";

/// The section.
pub(super) fn measure(site: &Path) -> Outcome<Section> {
    let stamp = Stamp::new("cargo xtask bench tasks");
    let seen = in_browser("bench-longtasks.mjs", site, json!({}))?;
    Ok((HEADING.to_owned(), report(&seen, &stamp.line())?))
}

fn report(seen: &Value, stamp: &str) -> Outcome<String> {
    let all = rows(seen);
    if all.is_empty() {
        return Err(format!("nothing was traced: {seen}"));
    }
    let mut text = format!(
        "{stamp}\n\nIn headless Chromium {} without a graphics card, at 1440 × 900, as its tracing \
         sees them: a scene opened, and used. Milliseconds of the longest task, by the thread's \
         own processor time and by the clock, and how many tasks took over 50 ms of processor \
         time. None is to.\n\n\
         | scene | what | processor | clock | over 50 ms |\n|---|---|---:|---:|---:|\n",
        seen["browser"].as_str().unwrap_or_default(),
    );
    for row in all {
        let word =
            |key: &str| row[key].as_str().ok_or_else(|| format!("a row has no `{key}`: {row}"));
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {:.0} | {} |",
            word("scene")?,
            word("what")?,
            number(row, "cpu")?,
            number(row, "wall")?,
            number(row, "over")?,
        );
    }
    Ok(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_told_and_none_is_an_error() {
        let row =
            json!({ "scene": "space", "what": "turned", "cpu": 18.4, "wall": 21.6, "over": 0 });
        let text = report(&json!({ "browser": "1.2", "rows": [row] }), "Stamp.").unwrap();
        assert!(text.ends_with("| space | turned | 18 | 22 | 0 |"), "{text}");
        let half = json!({ "rows": [{ "scene": "space", "what": "turned", "cpu": 1.0 }] });
        assert!(report(&half, "").unwrap_err().contains("`wall`"));
        assert!(report(&json!({ "rows": [] }), "").unwrap_err().contains("nothing"));
    }
}
