//! `cargo xtask pages`: the page about the mathematics as HTML with MathML, which any browser shows
//! from the file and prints, without a script and without a renderer of formulas.

mod markdown;
mod mathml;

use crate::shell::{self, Outcome};
use std::{fmt::Write, fs};

const FROM: &str = "docs/how-it-works.md";
const TO: &str = "docs/how-it-works.html";

/// Writes the page anew.
pub(crate) fn task() -> Outcome {
    let file = shell::root().join(TO);
    fs::write(&file, page()?).map_err(|e| format!("{}: {e}", file.display()))?;
    println!("Written to {TO}.");
    Ok(())
}

fn page() -> Outcome<String> {
    let file = shell::root().join(FROM);
    let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let markdown::Made { title, headings, body } =
        markdown::html(&text).map_err(|line| format!("{FROM}: {line}"))?;
    let mut contents = String::new();
    for (anchor, heading) in headings {
        // Writing to a String cannot fail.
        let _ = writeln!(contents, "<li><a href=\"#{anchor}\">{heading}</a></li>");
    }
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Brenier: {title}</title>\n\
         <link rel=\"icon\" href=\"../www/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"how-it-works.css\">\n</head>\n<body>\n\
         <header><p><a href=\"README.md\">Brenier</a></p><h1>{title}</h1></header>\n\
         <nav aria-label=\"Sections\"><ol>\n{contents}</ol></nav>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_what_its_text_says() {
        let kept = fs::read_to_string(shell::root().join(TO)).unwrap();
        assert!(kept == page().unwrap(), "{TO} is old: cargo xtask pages writes it anew");
    }
}
