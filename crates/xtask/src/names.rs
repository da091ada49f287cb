//! The names of the published files. Whatever only other files of the site name has a hash of its
//! content in its name (`js/ui/plane-3f9a1c2b.js`), so that browsers may keep it for good, and a
//! release is fetched anew only where it differs. Files that name one another in a circle have
//! their hash together. [`is_stable`] says what keeps its name.
//!
//! What can be rewritten are whole addresses: in quotes in JavaScript, relative to the script
//! (`'./x.js'`, `new URL('x.wasm', import.meta.url)`) or, with a folder, to the page
//! (`'css/x.css'`); in attributes of HTML; in CSS. Where a file is named otherwise, the build ends.

use crate::{
    dist,
    graph::{address_of, resolve},
    offline::Site,
    shell::Outcome,
    words::{self, Word, line},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Digits of a hash in a name.
const DIGITS: usize = 8;

/// Whether a file keeps its name: people, other sites, or the browser by itself ask for it.
pub(crate) fn is_stable(file: &str) -> bool {
    const FILES: &[&str] = &["icon.svg", "js/brenier-demo.js", "js/brenier.js", "sw.js"];
    const FOLDERS: &[&str] = &["icons/", "posters/"];
    const ENDINGS: &[&str] = &["html", "webmanifest", "ts", "txt", "zip"];
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    FILES.contains(&file)
        || FOLDERS.iter().any(|folder| file.starts_with(folder))
        || ENDINGS.contains(&ending)
        || ending.is_empty()
        || ending.contains('/')
}

/// A file's name without the hash, where it has one.
pub(crate) fn plain(file: &str) -> String {
    let parts = file.rsplit_once('.').and_then(|(stem, ending)| {
        let (stem, hash) = stem.rsplit_once('-')?;
        let is_hash = hash.len() == DIGITS
            && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && !stem.is_empty()
            && !stem.ends_with('/')
            && !ending.contains('/');
        is_hash.then(|| format!("{stem}.{ending}"))
    });
    parts.unwrap_or_else(|| file.to_owned())
}

/// Whether a name changes with the content, so that browsers may keep the file for good.
pub(crate) fn is_hashed(file: &str) -> bool {
    plain(file) != file
}

/// What the files of a published site are called, by the names that they have in the sources.
pub(crate) fn by_source(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let addresses = dist::files(folder)?.into_iter().map(|file| address_of(&file));
    Ok(addresses.map(|file| (plain(&file), file)).collect())
}

/// The site as it is published: under its names, each file naming the others by theirs.
pub(crate) fn publish(site: &Site) -> Outcome<Site> {
    let hashed: BTreeSet<&str> =
        site.keys().map(String::as_str).filter(|file| !is_stable(file)).collect();
    let mut wrong: Vec<String> = site
        .keys()
        .filter(|file| is_hashed(file))
        .map(|file| format!("{file}: a name that ends like a hash is for published files alone"))
        .collect();
    let mut references = BTreeMap::new();
    for file in site.keys() {
        match references_of(site, file, &hashed) {
            Ok(found) => drop(references.insert(file.as_str(), found)),
            Err(lines) => wrong.extend(lines),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    for group in groups(&hashed, &references) {
        let mut all = Sha256::new();
        for file in &group {
            // Names within the group are not known yet: they stand as they are.
            let bytes = rewritten(&site[*file], &references[file], &names);
            all.update(format!("{file}\n{}\n", bytes.len()));
            all.update(bytes);
        }
        let hash: String =
            all.finalize().iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect();
        for file in group {
            let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
            names.insert(file, format!("{stem}-{hash}.{ending}"));
        }
    }
    let published = site.iter().map(|(file, bytes)| {
        let name = names.get(file.as_str()).unwrap_or(file).clone();
        (name, rewritten(bytes, &references[file.as_str()], &names))
    });
    Ok(published.collect())
}

/// Where a file names another: the bytes of the name alone, without folders.
struct Reference<'a> {
    from: usize,
    to: usize,
    target: &'a str,
}

fn rewritten(
    bytes: &[u8],
    references: &[Reference<'_>],
    names: &BTreeMap<&str, String>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for Reference { from, to, target } in references {
        let Some(name) = names.get(target) else { continue };
        out.extend_from_slice(&bytes[done..*from]);
        out.extend_from_slice(name_in(name).as_bytes());
        done = *to;
    }
    out.extend_from_slice(&bytes[done..]);
    out
}

/// A file's name without its folder.
fn name_in(file: &str) -> &str {
    file.rsplit_once('/').map_or(file, |(_, name)| name)
}

/// What a file names of the `hashed` ones, in order; or what is wrong with it, a line each.
fn references_of<'a>(
    site: &Site,
    file: &str,
    hashed: &BTreeSet<&'a str>,
) -> Result<Vec<Reference<'a>>, Vec<String>> {
    let ending = file.rsplit('.').next().unwrap_or("");
    if !["html", "css", "js", "webmanifest"].contains(&ending) {
        return Ok(Vec::new());
    }
    let text =
        std::str::from_utf8(&site[file]).map_err(|_| vec![format!("{file}: is not UTF-8")])?;
    let words::Words { words, code } = words::of(file, text).map_err(|told| vec![told])?;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_script = ending == "js";
    let mut found: Vec<Reference<'a>> = Vec::new();
    let mut wrong = Vec::new();
    for word in &words {
        let Some((address, target)) = address_in(word, folder, is_script) else { continue };
        if let Some(target) = hashed.get(target.as_str()).filter(|_| !word.computed) {
            let to = word.at + address.len();
            found.push(Reference { from: to - name_in(target).len(), to, target });
        } else if let Some(one) = hashed.iter().find(|one| is_part(word, address, &target, one)) {
            let told = "is made of parts, and its name has a hash: write whole addresses";
            let line = line(text, word.at);
            wrong.push(format!("{file}:{line}: the address `{}` of {one} {told}", word.text));
        } else if !file.starts_with("wasm/") && is_missing(word, address, &target, site) {
            let line = line(text, word.at);
            wrong.push(format!("{file}:{line}: `{}`: the site has no {target}", word.text));
        }
    }
    found.sort_by_key(|reference| reference.from);
    // What else looks like the name of such a file is one that would not be found.
    let names: BTreeMap<&str, &str> = hashed.iter().map(|file| (name_in(file), *file)).collect();
    let places: Vec<(usize, &str)> = if is_script {
        words.iter().map(|word| (word.at, word.text)).collect()
    } else {
        vec![(0, code.as_str())]
    };
    let mut seen = BTreeSet::new();
    for (start, place) in places {
        for (at, token) in tokens(place) {
            let at = start + at;
            let known = found.binary_search_by_key(&at, |reference| reference.from).is_ok();
            let token = token.trim_end_matches('.');
            if let Some(one) = names.get(token).filter(|_| !known && seen.insert(at)) {
                let how = if is_script { ", relative to this script or to the page" } else { "" };
                let line = line(text, at);
                wrong.push(format!(
                    "{file}:{line}: `{token}` looks like {one}, whose name has a hash: \
                     write its whole address in quotes{how}"
                ));
            }
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// The address that a word may be, as written and as a path of the site: of a computed one, of what
/// comes before its first part.
fn address_in<'a>(word: &Word<'a>, folder: &str, is_script: bool) -> Option<(&'a str, String)> {
    let fixed = word.text.split("${").next()?;
    let address = fixed.split(['?', '#']).next()?;
    if address.is_empty() || address.contains(char::is_whitespace) {
        return None;
    }
    let dotted = address.starts_with("./") || address.starts_with("../");
    let of_folder = !is_script || dotted || word.of_script;
    // In a script, a word alone is no address of the page's.
    if !of_folder && !address.contains('/') {
        return None;
    }
    let target = resolve(if of_folder { folder } else { "" }, address)?;
    Some((address, target))
}

/// Whether `file` is one of those that a word may name once the rest of its address is put to it.
fn is_part(word: &Word<'_>, address: &str, target: &str, file: &str) -> bool {
    // `./` and `../` alone are folders that anything may be in.
    if !address.contains('/') || address.split('/').all(|name| matches!(name, "" | "." | "..")) {
        return false;
    }
    let start = if address.ends_with('/') { format!("{target}/") } else { target.to_owned() };
    let end = word.text.rsplit_once('}').filter(|_| word.computed).map_or("", |(_, end)| end);
    file.strip_prefix(&start).is_some_and(|rest| rest.ends_with(end))
}

/// Whether a word names a script or another part of the site that is not there. (What wasm-bindgen
/// writes has keys that look like such names.)
fn is_missing(word: &Word<'_>, address: &str, target: &str, site: &Site) -> bool {
    let relative = address.starts_with("./") || address.starts_with("../") || word.of_script;
    let ending = name_in(target).rsplit_once('.').map_or("", |(_, ending)| ending);
    let part = ["js", "css", "wasm"].contains(&ending) && !word.computed;
    relative && part && !site.contains_key(target)
}

/// What may be names of files, each with where it begins.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let other = |sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.'));
    let mut at = 0;
    text.split(other).map(move |token| {
        let from = at;
        at = from + token.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (from, token)
    })
}

/// The files in groups that name one another in a circle, most of them alone; those that a group
/// names come before it. Tarjan's algorithm.
fn groups<'a>(
    files: &BTreeSet<&'a str>,
    references: &BTreeMap<&str, Vec<Reference<'a>>>,
) -> Vec<Vec<&'a str>> {
    struct Search<'a, 'b> {
        references: &'b BTreeMap<&'b str, Vec<Reference<'a>>>,
        /// By file: when it was reached, and the earliest that it leads back to.
        seen: BTreeMap<&'a str, (usize, usize)>,
        open: Vec<&'a str>,
        groups: Vec<Vec<&'a str>>,
    }
    impl<'a> Search<'a, '_> {
        fn visit(&mut self, file: &'a str) {
            let reached = self.seen.len();
            let mut earliest = reached;
            self.seen.insert(file, (reached, reached));
            self.open.push(file);
            let references = self.references;
            for target in references[file].iter().map(|reference| reference.target) {
                match self.seen.get(target) {
                    None => {
                        self.visit(target);
                        earliest = earliest.min(self.seen[target].1);
                    }
                    Some((at, _)) if self.open.contains(&target) => earliest = earliest.min(*at),
                    Some(_) => {}
                }
            }
            self.seen.insert(file, (reached, earliest));
            if earliest == reached {
                let from = self.open.iter().position(|other| *other == file).unwrap_or(0);
                let mut group = self.open.split_off(from);
                group.sort_unstable();
                self.groups.push(group);
            }
        }
    }
    let mut search =
        Search { references, seen: BTreeMap::new(), open: Vec::new(), groups: Vec::new() };
    for file in files {
        if !search.seen.contains_key(file) {
            search.visit(file);
        }
    }
    search.groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        files.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())).collect()
    }

    /// The published files by their plain names: the name and the text of each.
    fn published(files: &[(&str, &str)]) -> BTreeMap<String, (String, String)> {
        publish(&site(files))
            .unwrap()
            .into_iter()
            .map(|(file, bytes)| (plain(&file), (file, String::from_utf8(bytes).unwrap())))
            .collect()
    }

    /// A text of `js/ui/a.js` in a site of the usual kind, as published, but with plain names: with
    /// `*` for each hash.
    fn script(text: &str) -> Outcome<String> {
        let files = [
            ("js/ui/a.js", text),
            ("js/ui/b.js", ""),
            ("js/c.js", ""),
            ("js/brenier.js", ""),
            ("css/d.css", ""),
            ("wasm/e_bg.wasm", ""),
            ("faces/one.bdec", ""),
            ("faces/one-strip.png", ""),
            ("posters/f.png", ""),
        ];
        let published = publish(&site(&files))?;
        let names: Vec<&String> = published.keys().filter(|file| is_hashed(file)).collect();
        let (_, bytes) = published.iter().find(|(file, _)| plain(file) == "js/ui/a.js").unwrap();
        let mut text = String::from_utf8(bytes.clone()).unwrap();
        for name in names {
            let (stem, ending) = name.rsplit_once('.').unwrap();
            let star = format!("{}*.{ending}", &stem[..stem.len() - DIGITS]);
            text = text.replace(name_in(name), name_in(&star));
        }
        Ok(text)
    }

    #[test]
    fn every_form_of_address_in_a_script_is_rewritten() {
        for (before, after) in [
            ("import { b } from './b.js';", "import { b } from './b-*.js';"),
            ("import\n  '../c.js'", "import\n  '../c-*.js'"),
            ("export * from \"../ui/b.js\"", "export * from \"../ui/b-*.js\""),
            ("() => import('./b.js')", "() => import('./b-*.js')"),
            ("import(`./b.js`)", "import(`./b-*.js`)"),
            ("new URL('./b.js', import.meta.url)", "new URL('./b-*.js', import.meta.url)"),
            ("new URL('b.js', import.meta.url)", "new URL('b-*.js', import.meta.url)"),
            (
                "new Worker(new URL('../c.js?x=1#y', import.meta.url))",
                "new Worker(new URL('../c-*.js?x=1#y', import.meta.url))",
            ),
            (
                "fetch(new URL('../../wasm/e_bg.wasm', import.meta.url))",
                "fetch(new URL('../../wasm/e_bg-*.wasm', import.meta.url))",
            ),
            ("{ style: 'css/d.css' }", "{ style: 'css/d-*.css' }"),
            ("`${f('./b.js')}.html`", "`${f('./b-*.js')}.html`"),
        ] {
            assert_eq!(script(before).as_deref(), Ok(after));
        }
    }

    #[test]
    fn stable_names_comments_and_other_words_stay() {
        for text in [
            "import '../brenier.js'",
            "new URL('../../posters/', import.meta.url)",
            "new URL('.', import.meta.url); new URL('../', base); `./${link}`",
            "// import './b.js'\n/* from ./c.js */ 'text/html'",
            "/[/'\"]b.js/.test(d.css)",
            "`../../posters/${name}.png`",
        ] {
            assert_eq!(script(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_cannot_be_rewritten_ends_the_build_with_file_line_and_what_to_do() {
        for (text, named) in [
            ("`../../faces/${name}`", "js/ui/a.js:2: the address `../../faces/${name}`"),
            ("`../../faces/${set}-strip.png`", "one-strip.png is made of parts"),
            ("'../../faces/' + name", "is made of parts, and its name has a hash"),
            ("'../../faces/one' + '.bdec'", "write whole addresses"),
            ("`css/${name}.css`", "css/d.css is made of parts"),
            ("`../../wasm/${name}_bg.wasm`", "wasm/e_bg.wasm is made of parts"),
            ("{ one: 'one.bdec' }", "js/ui/a.js:2: `one.bdec` looks like faces/one.bdec"),
            ("`${folder}/one.bdec`", "write its whole address in quotes, relative to this script"),
            ("'a.js'; 'b'\n'", "js/ui/a.js:3: a quote that does not end"),
            ("import '../b.js'", "js/ui/a.js:2: `../b.js`: the site has no js/b.js"),
            ("new URL('b.wasm', import.meta.url)", "the site has no js/ui/b.wasm"),
        ] {
            let told = script(&format!("\n{text}")).unwrap_err();
            assert!(told.contains(named), "{told}");
        }
        for (file, text) in
            [("index.html", "\n<script src=js/a.js></script>"), ("css/b.css", "\n@import a.js;")]
        {
            let told = publish(&site(&[(file, text), ("js/a.js", "")])).unwrap_err();
            assert!(told.starts_with(&format!("{file}:2: `a.js` looks like js/a.js")), "{told}");
        }
        let told = publish(&site(&[("js/a-0123abcd.js", "")])).unwrap_err();
        assert!(told.starts_with("js/a-0123abcd.js: a name that ends like a hash"), "{told}");
    }

    #[test]
    fn pages_sheets_and_the_manifest_name_files_by_their_new_names() {
        let page = "<link rel=modulepreload href=\"js/a.js\"><script src='./js/a.js?v'></script>\
                    <img srcset=\"b.svg 1x, b.svg 2x\"><a href=\"embed.html\" class=\"js css\">";
        let found = published(&[
            ("index.html", page),
            ("embed.html", "<!-- js/a.js -->"),
            ("js/a.js", ""),
            ("b.svg", ""),
            ("css/a.css", "@import \"b.css\"; c { d: url(../b.svg) url('../b.svg#e') }"),
            ("css/b.css", ""),
            ("m.webmanifest", "{ \"src\": \"b.svg\" }"),
        ]);
        let name = |file: &str| found[file].0.as_str();
        let (a, b) = (name("js/a.js"), name("b.svg"));
        assert_eq!(found["index.html"].1, page.replace("js/a.js", a).replace("b.svg", b));
        assert_eq!(found["embed.html"], ("embed.html".to_owned(), "<!-- js/a.js -->".to_owned()));
        let sheet = format!(
            "@import \"{}\"; c {{ d: url(../{b}) url('../{b}#e') }}",
            name_in(name("css/b.css"))
        );
        assert_eq!(found["css/a.css"].1, sheet);
        let manifest = ("m.webmanifest".to_owned(), format!("{{ \"src\": \"{b}\" }}"));
        assert_eq!(found["m.webmanifest"], manifest);
    }

    const CHAIN: [(&str, &str); 6] = [
        ("index.html", "<script src=\"js/a.js\">"),
        ("js/a.js", "import './b.js'; import './d.js'"),
        ("js/b.js", "import './c.js'"),
        ("js/c.js", "import './b.js'; new URL('./e.txt', import.meta.url)"),
        ("js/d.js", ""),
        ("js/e.txt", ""),
    ];

    /// The files of the chain whose names differ when `file` is another.
    fn renamed(file: &str, text: &str) -> Vec<&'static str> {
        let other = CHAIN.map(|(name, old)| (name, if name == file { text } else { old }));
        let (one, two) = (published(&CHAIN), published(&other));
        CHAIN.iter().map(|(name, _)| *name).filter(|name| one[*name].0 != two[*name].0).collect()
    }

    #[test]
    fn a_change_gives_a_file_and_those_that_name_it_other_names_and_no_others() {
        assert_eq!(renamed("js/d.js", "d()"), ["js/a.js", "js/d.js"]);
        assert_eq!(renamed("js/a.js", "import './b.js'"), ["js/a.js"]);
        assert_eq!(renamed("js/e.txt", "e"), [""; 0]);
        assert_eq!(renamed("index.html", "<script src=\"js/d.js\">"), [""; 0]);
    }

    #[test]
    fn files_in_a_circle_change_their_names_together() {
        let all = ["js/a.js", "js/b.js", "js/c.js"];
        assert_eq!(renamed("js/b.js", "import './c.js'; b()"), all);
        assert_eq!(renamed("js/c.js", "import './b.js'"), all);
        let found = published(&CHAIN);
        assert_eq!(found["js/b.js"].1, format!("import './{}'", name_in(&found["js/c.js"].0)));
        assert!(found["js/c.js"].1.contains(name_in(&found["js/b.js"].0)));
        // One that names itself is such a circle too.
        let own = published(&[("js/a.js", "new URL('./a.js', import.meta.url)")]);
        assert!(own["js/a.js"].1.contains(name_in(&own["js/a.js"].0)));
    }

    #[test]
    fn the_same_files_have_the_same_names_wherever_they_are_made() {
        assert_eq!(published(&CHAIN), published(&CHAIN));
        // Only a change of the rule changes this one.
        let found = published(&[("js/a.js", "a()")]);
        assert_eq!(found["js/a.js"].0, "js/a-8e92921b.js");
    }

    #[test]
    fn a_hash_is_told_from_other_endings() {
        assert_eq!(plain("js/ui/a-b-0123abcd.js"), "js/ui/a-b.js");
        for file in ["js/a.js", "js/a-0123ABCD.js", "js/-0123abcd.js", "a-0123abcd", "a-1/b.js"] {
            assert!(!is_hashed(file), "{file}");
        }
    }
}
