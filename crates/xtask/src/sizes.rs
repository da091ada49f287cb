//! What the site weighs over the wire, and the budget of its first interactive scene.

use crate::{
    dist,
    shell::{self, Outcome, ask},
    tools,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Component, Path, PathBuf},
};

/// Bytes, brotli, that the first interactive scene may cost.
const BUDGET: u64 = 400_000;

/// One file of the site.
struct Part {
    path: PathBuf,
    raw: u64,
    brotli: u64,
    /// Whether opening the page fetches it (or could: see [`reachable`]).
    first: bool,
}

/// Prints the table and fails above the budget. The files counted for the first scene are also
/// written to target/first-scene.txt, which a browser test compares with what the page fetches.
pub(crate) fn report(site: &Path) -> Outcome {
    let parts = measure(site)?;
    println!("\n{:>10} {:>10}  first scene  file", "bytes", "brotli");
    for part in &parts {
        let mark = if part.first { "yes" } else { "" };
        println!("{:>10} {:>10}  {mark:<11}  {}", part.raw, part.brotli, part.path.display());
    }
    for (name, first_only) in [("first scene", true), ("everything", false)] {
        let counted = || parts.iter().filter(|part| part.first || !first_only);
        let raw: u64 = counted().map(|part| part.raw).sum();
        let brotli: u64 = counted().map(|part| part.brotli).sum();
        println!("{raw:>10} {brotli:>10}  {name}");
    }
    let list: String =
        parts.iter().filter(|p| p.first).map(|p| format!("{}\n", address(&p.path))).collect();
    let file = shell::root().join("target/first-scene.txt");
    fs::write(&file, list).map_err(|e| format!("{}: {e}", file.display()))?;
    let first = first_bytes(&parts);
    if first > BUDGET {
        return Err(format!("the first scene costs {first} bytes, brotli; the budget is {BUDGET}"));
    }
    println!("The first scene keeps its budget of {BUDGET} bytes, brotli.");
    Ok(())
}

/// What the first scene costs, in bytes, brotli.
pub(crate) fn first_scene(site: &Path) -> Outcome<u64> {
    measure(site).map(|parts| first_bytes(&parts))
}

/// The bytes of a file, raw and as brotli sends it.
pub(crate) fn of(file: &Path) -> Outcome<(u64, u64)> {
    let told = || format!("{}: cannot be weighed", file.display());
    let raw = fs::metadata(file).map_err(|e| format!("{}: {e}", file.display()))?.len();
    let brotli = ask(tools::command()?.arg("brotli").arg(file)).ok_or_else(told)?;
    Ok((raw, brotli.parse().map_err(|_| told())?))
}

fn first_bytes(parts: &[Part]) -> u64 {
    parts.iter().filter(|part| part.first).map(|part| part.brotli).sum()
}

fn measure(site: &Path) -> Outcome<Vec<Part>> {
    let files = dist::files(site)?;
    let paths: Vec<PathBuf> = files.iter().map(|file| site.join(file)).collect();
    let sizes = ask(tools::command()?.arg("brotli").args(&paths))
        .ok_or("brenier-tools brotli failed on the site")?;
    let sizes: Vec<u64> = sizes.lines().filter_map(|line| line.parse().ok()).collect();
    if sizes.len() != files.len() {
        return Err("brenier-tools brotli did not answer for every file".to_owned());
    }
    let mut texts = BTreeMap::new();
    let mut parts = Vec::new();
    for ((path, full), brotli) in files.into_iter().zip(&paths).zip(sizes) {
        let bytes = fs::read(full).map_err(|e| format!("{}: {e}", full.display()))?;
        let raw = bytes.len() as u64;
        texts.insert(path.clone(), String::from_utf8(bytes).ok());
        parts.push(Part { path, raw, brotli, first: false });
    }
    let first = reachable(&texts, Path::new("index.html"));
    for part in &mut parts {
        part.first = first.contains(&part.path);
    }
    Ok(parts)
}

/// Every file that can be reached from `start` by a quoted relative address in HTML, CSS or
/// JavaScript. Other pages are links, not parts, and `import('…')` fetches what is not there at
/// first; a browser test holds the page to that.
fn reachable(texts: &BTreeMap<PathBuf, Option<String>>, start: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::from([start.to_path_buf()]);
    let mut open = vec![start.to_path_buf()];
    while let Some(path) = open.pop() {
        let Some(Some(text)) = texts.get(&path) else { continue };
        let folder = path.parent().unwrap_or(Path::new(""));
        let text = at_first(text);
        for word in text.split(['"', '\'', '`', '(', ')']) {
            if word.is_empty() || word.len() > 200 || word.contains(char::is_whitespace) {
                continue;
            }
            let word = word.split(['?', '#']).next().unwrap_or(word);
            let Some(target) = resolve(folder, word) else { continue };
            let page = target.extension().is_some_and(|extension| extension == "html");
            if texts.contains_key(&target) && !page && found.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    found
}

/// A script without the addresses of its `import('…')`.
fn at_first(text: &str) -> String {
    let mut parts = text.split("import('");
    let first = parts.next().unwrap_or("");
    parts.fold(first.to_owned(), |all, part| {
        all + " " + part.split_once('\'').map_or("", |(_, rest)| rest)
    })
}

/// A relative address seen from a folder of the site; `None` when it leaves the site.
fn resolve(folder: &Path, address: &str) -> Option<PathBuf> {
    let mut path = folder.to_path_buf();
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
    Some(path)
}

fn address(path: &Path) -> String {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_addresses_but_not_other_pages() {
        let site = [
            ("index.html", r#"<a href="embed.html"></a><script src="./js/a.js?v=1"></script>"#),
            ("embed.html", r#"<link href="css/embed.css">"#),
            ("css/embed.css", ""),
            (
                "js/a.js",
                "new URL('../wasm/b.wasm', import.meta.url); import './../../out.js'; await import('./later.js')",
            ),
            ("js/unused.js", "import './a.js'"),
            ("js/later.js", ""),
            ("wasm/b.wasm", ""),
        ];
        let texts =
            site.iter().map(|(path, text)| (path.into(), Some((*text).to_owned()))).collect();
        let found = reachable(&texts, Path::new("index.html"));
        let names: Vec<String> = found.iter().map(|path| address(path)).collect();
        assert_eq!(names, ["index.html", "js/a.js", "wasm/b.wasm"]);
    }
}
