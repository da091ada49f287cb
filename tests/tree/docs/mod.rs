//! What the documentation points at is there: files, anchors, pictures, links into the page, paths
//! of the tree, commands and their options.

mod commands;
mod reading;

use crate::{files, none, root};
use reading::{Page, anchors, pages};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::{Component, Path, PathBuf},
};

/// Where a reader begins.
const START: &str = "docs/README.md";
/// Most bytes of all pictures.
const PICTURES: u64 = 600_000;
/// Where `cargo xtask serve` shows the page.
const SERVED: &str = "http://127.0.0.1:8080/";

/// What a relative address names from a page, and the anchor in it.
fn target(from: &Path, address: &str) -> Option<(PathBuf, Option<String>)> {
    if address.contains("://") || address.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = address.split_once('#').map_or((address, None), |(p, a)| (p, Some(a)));
    let mut to = if path.is_empty() { from.to_owned() } else { from.parent()?.to_owned() };
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => _ = to.pop(),
            Component::CurDir => {}
            part => to.push(part),
        }
    }
    Some((to, anchor.map(str::to_owned)))
}

fn text_of(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut known: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for Page { path, links, .. } in pages() {
        for address in links {
            let Some((to, anchor)) = target(&path, &address) else { continue };
            if !root().join(&to).exists() {
                wrong.push(format!("{}: {address}: nothing is there", path.display()));
            } else if let Some(anchor) = anchor {
                let found = known.entry(to.clone()).or_insert_with(|| anchors(&to, &text_of(&to)));
                if !found.contains(&anchor) {
                    wrong.push(format!("{}: {address}: no such heading", path.display()));
                }
            }
        }
    }
    none(wrong);
}

#[test]
fn every_page_is_reached_from_the_start() {
    let pages: BTreeMap<PathBuf, Page> =
        pages().into_iter().map(|page| (page.path.clone(), page)).collect();
    let mut reached = BTreeSet::from([PathBuf::from(START)]);
    let mut next = VecDeque::from([PathBuf::from(START)]);
    while let Some(page) = next.pop_front().and_then(|path| pages.get(&path)) {
        for (to, _) in page.links.iter().filter_map(|address| target(&page.path, address)) {
            if pages.contains_key(&to) && reached.insert(to.clone()) {
                next.push_back(to);
            }
        }
    }
    assert!(pages.len() > 10 && pages["README.md".as_ref() as &Path].links.len() > 5);
    none(
        pages
            .keys()
            .filter(|path| path.starts_with("docs") && !reached.contains(*path))
            .map(|path| format!("{}: link it from {START}", path.display()))
            .collect(),
    );
}

#[test]
fn pictures_are_used_small_and_light_and_dark() {
    let used: BTreeSet<PathBuf> = pages()
        .iter()
        .flat_map(|page| page.links.iter().filter_map(|address| target(&page.path, address)))
        .map(|(to, _)| to)
        .collect();
    let mut wrong = Vec::new();
    let mut bytes = 0;
    for entry in fs::read_dir(root().join("docs/pictures")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        bytes += entry.metadata().unwrap().len();
        if !used.contains(&Path::new("docs/pictures").join(&name)) {
            wrong.push(format!("docs/pictures/{name}: no page shows it"));
        }
        let other = match name.strip_suffix(".png") {
            None => continue,
            Some(dark) if dark.ends_with("-dark") => format!("{}.png", &dark[..dark.len() - 5]),
            Some(light) => format!("{light}-dark.png"),
        };
        if !root().join("docs/pictures").join(&other).is_file() {
            wrong.push(format!("docs/pictures/{name}: {other} is missing"));
        }
    }
    if bytes > PICTURES {
        wrong.push(format!("docs/pictures: {bytes} bytes, more than {PICTURES}"));
    }
    none(wrong);
}

/// Why the page would refuse a link's hash.
fn refused(hash: &str) -> Option<String> {
    let pairs: Vec<(&str, &str)> =
        hash.trim_start_matches('#').split('&').filter_map(|pair| pair.split_once('=')).collect();
    match pairs.iter().find(|(key, _)| *key == "scene").map(|(_, scene)| *scene) {
        Some("space") => lab::space::link::read(hash).err().map(|e| e.message),
        // Its links are read by the page, which passes over what it does not know.
        Some("faces") => {
            let settings = text_of(Path::new("www/js/faces/settings.js"));
            let unknown = |(key, value): &&(&str, &str)| {
                let named = |word: &str| settings.contains(&format!("\n  {word}: {{ name:"));
                !settings.contains(&format!("q.get('{key}')")) && *key != "scene"
                    || matches!(*key, "part" | "set" | "map") && !named(value)
            };
            pairs.iter().find(unknown).map(|(key, value)| format!("{key}={value} is not known"))
        }
        _ => lab::link::read(hash).err().map(|e| e.message),
    }
}

#[test]
fn links_into_the_page_are_links_it_reads() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut tell = |path: &Path, hash: &str| {
        count += 1;
        if let Some(line) = refused(hash) {
            wrong.push(format!("{}: {hash}: {line}", path.display()));
        }
    };
    for Page { path, links, codes, .. } in pages() {
        for code in codes.iter().filter(|code| code.starts_with('#') && code.contains('=')) {
            tell(&path, code);
        }
        for hash in links.iter().filter_map(|address| address.strip_prefix(SERVED)) {
            tell(&path, hash);
        }
    }
    for (path, text) in files("docs/examples", &["html"]) {
        for part in text.split(" hash=\"").skip(1) {
            tell(&path, &part.split('"').next().unwrap_or("").replace("&amp;", "&"));
        }
    }
    assert!(count > 20, "{count} links into the page");
    none(wrong);
}

#[test]
fn a_wrong_link_into_the_page_is_seen() {
    for hash in [
        "#preset=moon",
        "#scene=space&shape=moon",
        "#scene=faces&part=moon",
        "#scene=faces&moon=1",
        "#scene=faces&set=moon",
    ] {
        assert!(refused(hash).is_some(), "{hash}");
    }
    for hash in ["#preset=ring", "#scene=space&t=0.5", "#scene=faces&part=line&crossing=1"] {
        assert_eq!(refused(hash), None, "{hash}");
    }
}

#[test]
fn paths_of_the_tree_exist() {
    let folders = ["crates/", "www/", "tests/", "docs/", "shaders/", ".ci/", ".github/"];
    let mut wrong = Vec::new();
    for Page { path, codes, .. } in pages() {
        for code in codes.iter().filter(|code| folders.iter().any(|f| code.starts_with(f))) {
            let stands_for_many = code.contains(['*', '…', ' ', '{'])
                || code.split(['/', '.']).any(|part| part == "X" || part == "NAME");
            if !stands_for_many && !root().join(code).exists() {
                wrong.push(format!("{}: {code}: nothing is there", path.display()));
            }
        }
    }
    none(wrong);
}
