//! Which files of the site lead to which, read out of them: what a scene costs, and what is kept of
//! it for when there is no network.
//!
//! A quoted address in HTML or CSS, and in JavaScript one that is relative to the script, is fetched
//! with the file that names it. Fetched later, and together, is what one line of JavaScript names by
//! `import('…')`, by addresses that are the page's (`css/…`), and by names that are computed in part:
//! all data that these may name. This counts too much rather than too
//! little; tests in a browser hold the page to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path, PathBuf},
};

/// The scene whose line imports `js/NAME/….js`, or whatever else is fetched when first asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Scene {
    pub(crate) name: String,
    /// What it may fetch that the first scene has not, in order.
    pub(crate) files: BTreeSet<String>,
}

/// The files by their address, each with what it names.
pub(crate) struct Graph {
    links: BTreeMap<String, Links>,
}

#[derive(Default)]
struct Links {
    now: Vec<String>,
    /// Each what one line of a script names.
    later: Vec<Vec<String>>,
}

/// Fetched only where a page's address asks for it: the decoder on burn-ndarray.
pub(crate) fn is_beside(file: &str) -> bool {
    file.starts_with("wasm/brenier_faces_ndarray")
}

/// What runs, as opposed to what it reads.
pub(crate) fn is_program(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or("");
    ["html", "js", "css", "wasm"].contains(&ending)
}

impl Graph {
    /// `files` are addresses with their bytes.
    pub(crate) fn new<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Self {
        let texts: BTreeMap<String, Option<&str>> =
            files.map(|(file, bytes)| (file, std::str::from_utf8(bytes).ok())).collect();
        let known: BTreeSet<&str> = texts.keys().map(String::as_str).collect();
        let links = texts
            .iter()
            .map(|(file, text)| (file.clone(), links(file, text.unwrap_or(""), &known)))
            .collect();
        Self { links }
    }

    /// What a page fetches when it is opened. Other pages are links, not parts.
    pub(crate) fn first(&self, page: &str) -> BTreeSet<String> {
        let nothing = BTreeSet::new();
        self.closure(vec![page.to_owned()], &nothing, false)
    }

    /// What is fetched when a person first asks for it, from the scripts of the first scene on.
    pub(crate) fn scenes(&self, page: &str) -> Vec<Scene> {
        let first = self.first(page);
        let mut scenes: Vec<Scene> = Vec::new();
        for line in first.iter().filter_map(|file| self.links.get(file)).flat_map(|l| &l.later) {
            let Some(name) = line.iter().find_map(|file| {
                let (folder, _) = file.strip_prefix("js/")?.split_once('/')?;
                Some(folder.to_owned())
            }) else {
                continue;
            };
            let files = self.closure(line.clone(), &first, true);
            match scenes.iter_mut().find(|scene| scene.name == name) {
                Some(scene) => scene.files.extend(files),
                None => scenes.push(Scene { name, files }),
            }
        }
        scenes.sort_by(|a, b| a.name.cmp(&b.name));
        scenes
    }

    fn closure(&self, start: Vec<String>, had: &BTreeSet<String>, later: bool) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = start;
        while let Some(file) = open.pop() {
            if had.contains(&file) || is_beside(&file) || !found.insert(file.clone()) {
                continue;
            }
            let Some(links) = self.links.get(&file) else { continue };
            open.extend(links.now.iter().cloned());
            if later {
                open.extend(links.later.iter().flatten().cloned());
            }
        }
        found
    }
}

fn links(file: &str, text: &str, known: &BTreeSet<&str>) -> Links {
    let mut links = Links::default();
    // A manifest is the system's to read, and the page's icons are fetched for it alone.
    let ending = file.rsplit('.').next().unwrap_or("");
    // The service worker lists what may be kept.
    if !["html", "css", "js"].contains(&ending) || file == "sw.js" {
        return links;
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    for line in text.lines() {
        let mut later = Vec::new();
        for (k, part) in line.split("import('").enumerate() {
            let (imported, rest) = part.split_once('\'').filter(|_| k > 0).unwrap_or(("", part));
            later.extend(targets(folder, imported, known));
            for word in rest.split(['"', '\'', '`', '(', ')']) {
                let dotted = word.starts_with("./") || word.starts_with("../");
                let own = ending != "js" || dotted || line.contains("import.meta.url");
                if own && word.contains("${") {
                    later.extend(targets(folder, word, known));
                } else if own {
                    links.now.extend(targets(folder, word, known));
                } else {
                    // An address of the page's, in a script.
                    later.extend(targets("", word, known).filter(|f| f.contains('/')));
                }
            }
        }
        if !later.is_empty() {
            links.later.push(later);
        }
    }
    links
}

/// The files that a relative address means, seen from a folder; several where it is computed.
fn targets<'a>(
    folder: &str,
    address: &str,
    known: &BTreeSet<&'a str>,
) -> impl Iterator<Item = String> + use<'a> {
    let found: Vec<&'a str> = matching(folder, address, known).unwrap_or_default();
    found.into_iter().filter(|file| !file.ends_with(".html")).map(str::to_owned)
}

fn matching<'a>(folder: &str, address: &str, known: &BTreeSet<&'a str>) -> Option<Vec<&'a str>> {
    if address.is_empty() || address.len() > 200 || address.contains(char::is_whitespace) {
        return None;
    }
    let address = address.split(['?', '#']).next()?;
    let (before, after) = match address.split_once("${") {
        Some((before, rest)) => (before, Some(rest.split_once('}')?.1)),
        None => (address, None),
    };
    let target = resolve(folder, before)?;
    let Some(after) = after else { return known.get(target.as_str()).map(|file| vec![*file]) };
    // `../../faces/${name}` and `../../faces/${set}-strip.png`
    let start = if before.ends_with('/') { format!("{target}/") } else { target };
    if !before.contains("./") || !start.contains('/') {
        return None;
    }
    let fits =
        |file: &&&str| file.starts_with(&start) && file.ends_with(after) && !is_program(file);
    Some(known.iter().filter(fits).copied().collect())
}

/// A relative address seen from a folder of the site; `None` when it leaves the site.
pub(crate) fn resolve(folder: &str, address: &str) -> Option<String> {
    let mut path = PathBuf::from(folder);
    for component in Path::new(address).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::Normal(name) => path.push(name),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(address_of(&path))
}

/// A path of the site as its address.
pub(crate) fn address_of(path: &Path) -> String {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &[(&str, &str)] = &[
        (
            "index.html",
            r#"<a href="embed.html"></a><script src="./js/a.js?v=1"></script><link href="m.webmanifest">"#,
        ),
        ("m.webmanifest", r#""src": "icon.png""#),
        ("sw.js", r#"const SITE = ["css/embed.css", "js/one/c.js"];"#),
        ("icon.png", ""),
        ("embed.html", r#"<link href="css/embed.css">"#),
        ("css/embed.css", ""),
        (
            "js/a.js",
            "new URL('../wasm/b.wasm', import.meta.url); import './../../out.js'; import '../sw.js'\n\
             one: { style: 'css/one.css', make: () => import('./one/index.js') },\n\
             two: { make: () => import('./two/two.js') },",
        ),
        ("js/unused.js", "import './a.js'"),
        ("js/one/index.js", "import '../a.js'; import { c } from './c.js';"),
        ("js/one/c.js", "new Worker(new URL('./worker.js', import.meta.url))"),
        ("js/one/worker.js", "() => import('../../wasm/brenier_faces_ndarray.js')"),
        (
            "js/two/two.js",
            "`../../data/${name}.bin`; `../../wasm/${name}_bg.wasm`; `${x}.js`; `.${y}`; `../../${z}`\n\
             new URL('d.js', import.meta.url)",
        ),
        ("js/two/d.js", "import init from '../../wasm/c.js'"),
        ("wasm/c.js", "new URL('c_bg.wasm', import.meta.url)"),
        ("css/one.css", "a { background: url(one.svg) }"),
        ("css/one.svg", ""),
        ("data/x.bin", ""),
        ("data/x.txt", ""),
        ("wasm/b.wasm", ""),
        ("wasm/brenier_faces_ndarray.js", ""),
        ("wasm/c_bg.wasm", ""),
    ];

    fn graph() -> Graph {
        Graph::new(SITE.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes())))
    }

    fn set(files: &[&str]) -> BTreeSet<String> {
        files.iter().map(|file| (*file).to_owned()).collect()
    }

    #[test]
    fn follows_addresses_but_not_other_pages_nor_what_comes_later() {
        let first = set(&["index.html", "js/a.js", "m.webmanifest", "sw.js", "wasm/b.wasm"]);
        assert_eq!(graph().first("index.html"), first);
        assert_eq!(graph().first("embed.html"), set(&["css/embed.css", "embed.html"]));
    }

    #[test]
    fn a_scene_is_what_a_line_imports_and_all_that_follows() {
        let one = ["css/one.css", "css/one.svg", "js/one/c.js", "js/one/index.js"];
        let mut one = set(&one);
        one.insert("js/one/worker.js".to_owned());
        let two =
            set(&["data/x.bin", "js/two/d.js", "js/two/two.js", "wasm/c.js", "wasm/c_bg.wasm"]);
        let scenes = graph().scenes("index.html");
        assert_eq!(scenes[0], Scene { name: "one".to_owned(), files: one });
        assert_eq!(scenes[1], Scene { name: "two".to_owned(), files: two });
        assert_eq!(scenes.len(), 2);
    }
}
