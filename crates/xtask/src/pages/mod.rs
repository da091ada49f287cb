//! The page about the mathematics as HTML with MathML, which any browser shows and prints, without a
//! script and without a renderer of formulas: in the repository, by `cargo xtask pages`, with links to
//! the code; and in the site.

mod markdown;
mod mathml;

use crate::offline::Site;
use crate::shell::{self, Outcome};
use std::{collections::BTreeSet, fmt::Write, fs};

const FROM: &str = "docs/how-it-works.md";
const TO: &str = "docs/how-it-works.html";
/// What the page in the site may load.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'";

/// Writes the page anew.
pub(crate) fn task() -> Outcome {
    let file = shell::root().join(TO);
    fs::write(&file, in_docs()?).map_err(|e| format!("{}: {e}", file.display()))?;
    println!("Written to {TO}.");
    Ok(())
}

/// Adds the page to a site, with its style and its pictures.
pub(crate) fn add_to(site: &mut Site) -> Outcome {
    let page = in_site()?;
    let docs = shell::root().join("docs");
    // Posters are in the site.
    let drawn = pictures_of(&page).filter(|file| file.starts_with("pictures/"));
    for file in drawn.collect::<BTreeSet<_>>() {
        let path = docs.join(file);
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        site.insert(file.to_owned(), bytes);
    }
    let style = docs.join("how-it-works.css");
    let bytes = fs::read(&style).map_err(|e| format!("{}: {e}", style.display()))?;
    site.insert("css/how-it-works.css".to_owned(), bytes);
    site.insert("how-it-works.html".to_owned(), page.into_bytes());
    Ok(())
}

/// What the images of a page are.
fn pictures_of(page: &str) -> impl Iterator<Item = &str> {
    page.match_indices("src").filter_map(|(at, _)| {
        let rest = page[at..].trim_start_matches("srcset=").trim_start_matches("src=");
        rest.strip_prefix('"')?.split('"').next()
    })
}

fn in_docs() -> Outcome<String> {
    let head = "<link rel=\"icon\" href=\"../www/icon.svg\" type=\"image/svg+xml\">\n\
                <link rel=\"stylesheet\" href=\"how-it-works.css\">";
    page(head, "README.md", str::to_owned)
}

fn in_site() -> Outcome<String> {
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"css/how-it-works.css\">"
    );
    page(&head, "./", |body| {
        // The line about this very file; the code and the other pages are not in the site.
        let own = |line: &&str| !line.contains("<a href=\"how-it-works.html\">");
        body.lines()
            .filter(own)
            .map(|line| without_links(line) + "\n")
            .collect::<String>()
            .replace("../www/", "")
    })
}

/// A line whose links to other files are their words alone.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    for (k, part) in line.split("<a href=\"").enumerate() {
        let inner = part.split_once("\">").and_then(|(address, rest)| {
            let (words, rest) = rest.split_once("</a>")?;
            (k > 0 && !address.starts_with(['#']) && !address.contains("://"))
                .then_some((words, rest))
        });
        match inner {
            Some((words, rest)) => out.extend([words, rest]),
            None if k > 0 => out.extend(["<a href=\"", part]),
            None => out.push_str(part),
        }
    }
    out
}

fn page(head: &str, home: &str, body_for: impl Fn(&str) -> String) -> Outcome<String> {
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
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Brenier: {title}</title>\n{head}\n</head>\n<body>\n\
         <header><p><a href=\"{home}\">Brenier</a></p><h1>{title}</h1></header>\n\
         <nav aria-label=\"Sections\"><ol>\n{contents}</ol></nav>\n<main>\n{}</main>\n</body>\n</html>\n",
        body_for(&body)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_what_its_text_says() {
        let kept = fs::read_to_string(shell::root().join(TO)).unwrap();
        assert!(kept == in_docs().unwrap(), "{TO} is old: cargo xtask pages writes it anew");
    }

    #[test]
    fn in_the_site_it_leads_only_to_what_the_site_has() {
        let page = in_site().unwrap();
        assert!(page.contains(">newton.rs") || page.contains(" newton.rs"), "code keeps its name");
        for address in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let inside = ["./", "icon.svg", "css/how-it-works.css"].contains(&address);
            assert!(inside || address.starts_with(['#']) || address.contains("://"), "{address}");
        }
        let mut site = Site::new();
        add_to(&mut site).unwrap();
        assert!(site.contains_key("pictures/network-dark.png"), "{:?}", site.keys());
        assert!(site.keys().all(|file| !file.contains("..")), "{:?}", site.keys());
    }

    #[test]
    fn links_that_lead_nowhere_are_their_words() {
        let line = "a <a href=\"../x.rs\">x</a>, <a href=\"#y\">y</a>, <a href=\"https://z.org\">z</a>, <a href=\"w.md#v\">w</a>.";
        let kept = "a x, <a href=\"#y\">y</a>, <a href=\"https://z.org\">z</a>, w.";
        assert_eq!(without_links(line), kept);
    }
}
