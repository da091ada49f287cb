//! What the page may hold: relative addresses, nothing inline, no mathematics of transport.

use crate::{files, none};
use std::path::Path;

/// The values of an attribute in HTML, quoted as all of ours are.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    html.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Whether an address leaves the folder the page is served from.
fn leaves(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    let inline = address.starts_with("data:") || address.starts_with("blob:");
    address.starts_with('/') || (scheme && !inline)
}

#[test]
fn every_address_is_relative() {
    let mut wrong = Vec::new();
    let mut tell = |path: &Path, address: &str| {
        if leaves(address) {
            wrong.push(format!("{}: {address}: use a relative address", path.display()));
        }
    };
    for (path, text) in files("www", &["html"]) {
        for attribute in ["src", "href", "srcset", "action", "poster", "data"] {
            // A link that a person may follow fetches nothing by itself.
            let links: Vec<&str> =
                text.split("<a ").skip(1).flat_map(|a| values(a, "href")).collect();
            for address in values(&text, attribute) {
                if !(address.starts_with("https://") && links.contains(&address)) {
                    tell(&path, address);
                }
            }
        }
    }
    for (path, text) in files("www/css", &["css"]) {
        for part in text.split("url(").skip(1) {
            tell(&path, part.split(')').next().unwrap_or("").trim_matches(['"', '\'']));
        }
    }
    for (path, text) in files("www", &["js"]) {
        for mark in ["from '", "import '", "import('", "fetch('", "new URL('", "new Worker('"] {
            for part in text.split(mark).skip(1) {
                tell(&path, part.split('\'').next().unwrap_or(""));
            }
        }
    }
    none(wrong);
}

#[test]
fn leaving_is_seen() {
    for address in ["/js/a.js", "//host/a.js", "https://host/a.js", "javascript:go()"] {
        assert!(leaves(address), "{address}");
    }
    for address in ["js/a.js", "./", "#part", "../b.css", "data:image/png;base64,AA=="] {
        assert!(!leaves(address), "{address}");
    }
}

/// What of a page its policy would refuse.
fn inline(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, empty) in [("<script", "></script>"), ("<style", "\0")] {
        for part in html.split(name).skip(1) {
            let rest = part.find('>').map_or("", |at| &part[at..]);
            if !rest.starts_with(empty) {
                found.push(format!("{name}> with content"));
            }
        }
    }
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or("");
        for attribute in tag.split_whitespace().skip(1) {
            let name = attribute.split('=').next().unwrap_or("");
            if name == "style" || (name.starts_with("on") && attribute.contains("=\"")) {
                found.push(attribute.to_owned());
            }
        }
    }
    found
}

#[test]
fn nothing_is_inline() {
    let pages = files("www", &["html"]);
    assert!(!pages.is_empty(), "www has no page");
    let wrong = pages
        .iter()
        .flat_map(|(path, text)| {
            inline(text).into_iter().map(move |what| format!("{}: {what}", path.display()))
        })
        .collect();
    none(wrong);
}

#[test]
fn inline_is_seen() {
    assert_eq!(inline("<script>go()</script>").len(), 1);
    assert_eq!(inline("<style>a{}</style>").len(), 1);
    assert_eq!(inline("<p style=\"a:b\" onclick=\"go()\">").len(), 2);
    assert_eq!(inline("<script src=\"a.js\"></script><p class=\"on\">"), Vec::<String>::new());
}

/// JavaScript draws, listens and passes messages. What it declares under one of these names it
/// would be computing for itself.
const MATHEMATICS: &[&str] = &[
    "voronoi",
    "delaunay",
    "laguerre",
    "powercell",
    "powerdiagram",
    "convexhull",
    "newton",
    "hessian",
    "cholesky",
    "laplacian",
    "brenierpotential",
    "cellmass",
    "reversekl",
    "dualitygap",
    "solveheights",
];

fn mathematics(script: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for mark in ["function ", "class "] {
        for part in script.split(mark).skip(1) {
            let name = part.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            if MATHEMATICS.iter().any(|word| name.to_lowercase().contains(word)) {
                found.push(name);
            }
        }
    }
    for part in script.split("const ").skip(1) {
        let Some((name, value)) = part.split_once('=') else { continue };
        let arrow = value.lines().next().is_some_and(|line| line.contains("=>"));
        if arrow && MATHEMATICS.iter().any(|word| name.to_lowercase().contains(word)) {
            found.push(name.trim());
        }
    }
    found
}

#[test]
fn javascript_decides_nothing_about_transport() {
    let scripts = files("www/js", &["js"]);
    assert!(!scripts.is_empty(), "www/js is empty");
    let wrong = scripts
        .iter()
        .flat_map(|(path, text)| {
            mathematics(text)
                .into_iter()
                .map(move |n| format!("{}: {n}: compute it in Rust", path.display()))
        })
        .collect();
    none(wrong);
    assert_eq!(mathematics("function newtonStep() {}\nconst cellMass = (i) => 1;").len(), 2);
}
