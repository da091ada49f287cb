//! Reading Markdown and HTML for what they point at.

use crate::{files, root};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A page of documentation, and what stands in it.
pub(super) struct Page {
    pub path: PathBuf,
    /// Addresses of links and pictures.
    pub links: Vec<String>,
    /// What stands in code within lines.
    pub codes: Vec<String>,
    /// Lines of commands.
    pub commands: Vec<String>,
}

/// Every page: those of docs/, and those at the root.
pub(super) fn pages() -> Vec<Page> {
    let mut found = files("docs", &["md"]);
    found.extend(
        files("docs", &["html"]).into_iter().filter(|(path, _)| !path.starts_with("docs/examples")),
    );
    for name in ["README.md", "ARCHITECTURE.md", "BENCHMARKS.md", "CONTRIBUTING.md"] {
        found.push((name.into(), fs::read_to_string(root().join(name)).unwrap()));
    }
    found.into_iter().map(|(path, text)| page(path, &text)).collect()
}

fn page(path: PathBuf, text: &str) -> Page {
    let markdown = path.extension().is_some_and(|e| e == "md");
    let (prose, commands) = if markdown { parted(text) } else { (text.to_owned(), Vec::new()) };
    let (bare, codes) = if markdown { uncoded(&prose) } else { (prose, Vec::new()) };
    let mut links: Vec<String> = Vec::new();
    if markdown {
        links.extend(
            bare.split("](").skip(1).filter_map(|rest| rest.split(')').next()).map(str::to_owned),
        );
    }
    for mark in [" href=\"", " src=\"", " srcset=\""] {
        let values = bare.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
        links.extend(values.map(|value| value.replace("&amp;", "&")));
    }
    Page { path, links, codes, commands }
}

/// Prose without what is fenced, and the lines of what is fenced as commands.
fn parted(text: &str) -> (String, Vec<String>) {
    let (mut prose, mut commands) = (String::new(), Vec::new());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        match (fence, line.trim_start().strip_prefix("```")) {
            (None, Some(kind)) => fence = Some(kind),
            (Some(_), Some(_)) => fence = None,
            (Some("sh"), None) => commands.push(line.trim().to_owned()),
            (Some(_), None) => {}
            (None, None) => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    (prose, commands)
}

/// Prose without the code in its lines, and that code.
fn uncoded(prose: &str) -> (String, Vec<String>) {
    let (mut bare, mut codes) = (String::new(), Vec::new());
    for (k, part) in prose.split('`').enumerate() {
        if k % 2 == 0 {
            bare.push_str(part);
        } else {
            codes.push(part.replace("\\|", "|"));
        }
    }
    (bare, codes)
}

/// The anchors of a page: its headings as GitHub names them, or the identifiers of HTML.
pub(super) fn anchors(path: &Path, text: &str) -> BTreeSet<String> {
    if path.extension().is_some_and(|e| e == "html") {
        let values = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        return values.map(str::to_owned).collect();
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for line in parted(text).0.lines().filter(|line| line.starts_with('#')) {
        let name: String = line
            .trim_start_matches('#')
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphabetic() || c.is_ascii_digit() || " -_".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let before = times.entry(name.clone()).or_default();
        found.insert(if *before == 0 { name.clone() } else { format!("{name}-{before}") });
        *before += 1;
    }
    found
}

#[test]
fn links_code_and_commands_are_told_apart() {
    let text = "# A `b`, W₂\n\nSee [c](d.md#e) and `[f](g)`: `x \\| y`.\n\n```sh\nh --i\n```\n\n```js\n[k](l)\n```\n<img src=\"m.png\">\n## A b, w\n";
    let Page { links, codes, commands, .. } = page("n.md".into(), text);
    assert_eq!(links, ["d.md#e", "m.png"]);
    assert_eq!(codes, ["b", "[f](g)", "x | y"]);
    assert_eq!(commands, ["h --i"]);
    let names: Vec<String> = anchors("n.md".as_ref(), text).into_iter().collect();
    assert_eq!(names, ["a-b-w", "a-b-w-1"]);
}
