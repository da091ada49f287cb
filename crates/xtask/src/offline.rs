//! What a site needs to work without a network: the list of its files in the service worker, its
//! build in the page, and the same site once more as a zip for a stick.

use crate::{
    graph::{self, Graph},
    shell::Outcome,
    zip,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The zip, in the site but not of it.
pub(crate) const ZIP: &str = "brenier-offline.zip";
/// The service worker, and the line of it that the list takes the place of.
const WORKER: (&str, &str) = ("sw.js", "const SITE = null;");
/// What knows which build it is of: the pages, and no script, whose name would change with it.
const PAGES: [&str; 2] = ["embed.html", "index.html"];
const BUILD: &str = "data-build=\"\"";
const README: &str = include_str!("offline-readme.txt");

/// The site: addresses with their bytes.
pub(crate) type Site = BTreeMap<String, Vec<u8>>;

/// Writes the list into the service worker and adds the zip. The build is the hash of every file as
/// it was before; where nothing changed, neither does a byte of what comes out.
pub(crate) fn complete(site: &mut Site) -> Outcome {
    let mut all = Sha256::new();
    for (file, bytes) in &*site {
        all.update(format!("{file}\n{}\n", bytes.len()));
        all.update(bytes);
    }
    let build: String = all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    for page in PAGES {
        replace(site, (page, BUILD), &format!("data-build=\"{build}\""))?;
    }
    let list = list(site, &build)?;
    replace(site, WORKER, &format!("const SITE = {list};"))?;
    let zip = packed(site)?;
    site.insert(ZIP.to_owned(), zip);
    Ok(())
}

fn replace(site: &mut Site, (file, part): (&str, &str), new: &str) -> Outcome {
    let bytes = site.get_mut(file).ok_or_else(|| format!("www/{file} is missing"))?;
    let text = String::from_utf8_lossy(bytes);
    if text.matches(part).count() != 1 {
        return Err(format!("www/{file}: once it must say `{part}`"));
    }
    *bytes = text.replacen(part, new, 1).into_bytes();
    Ok(())
}

/// The list: `build`; `files`, each its address, its bytes and their hash; `first`, what the page
/// and the embed open with; `scenes`, what each may fetch later; `beside`, what is fetched only where
/// an address asks for it. Files are named by their place in `files`.
fn list(site: &Site, build: &str) -> Outcome<String> {
    let files: Vec<_> = site.iter().filter(|(file, _)| *file != WORKER.0).collect();
    let places: BTreeMap<&str, usize> =
        files.iter().enumerate().map(|(k, (file, _))| (file.as_str(), k)).collect();
    let graph = Graph::new(site.iter().map(|(file, bytes)| (file.clone(), &bytes[..])));
    let place = |file: &String| places.get(file.as_str()).copied();
    let mut first = graph.first("index.html");
    first.extend(graph.first("embed.html"));
    let scenes: serde_json::Map<_, _> = graph
        .scenes("index.html")
        .into_iter()
        .map(|scene| (scene.name, scene.files.iter().filter_map(place).collect()))
        .collect();
    let told = serde_json::json!({
        "build": build,
        "files": files.iter().map(|(file, bytes)| (file, bytes.len(), hash(bytes))).collect::<Vec<_>>(),
        "first": first.iter().filter_map(place).collect::<Vec<_>>(),
        "scenes": scenes,
        "beside": files.iter().filter(|(file, _)| graph::is_beside(file))
            .filter_map(|(file, _)| place(file)).collect::<Vec<_>>(),
    });
    Ok(told.to_string())
}

/// The first 24 signs of SHA-256 in base64. The list is fetched with the page, and what it tells
/// apart are files of other builds: whoever could forge one could send another list.
fn hash(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(bytes);
    let bits = |three: &[u8]| three.iter().fold(0, |all, byte| (all << 8) | usize::from(*byte));
    let signs = |three| [18, 12, 6, 0].map(|shift| char::from(SIGNS[(bits(three) >> shift) & 63]));
    digest[..18].chunks(3).flat_map(signs).collect()
}

/// The site in a folder of its own, with a line on how it is served.
fn packed(site: &Site) -> Outcome<Vec<u8>> {
    let mut entries = vec![("brenier/README.txt".to_owned(), README.as_bytes())];
    entries.extend(site.iter().map(|(file, bytes)| (format!("brenier/{file}"), &bytes[..])));
    zip::of(&entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let files = [
            ("index.html", r#"<html data-build=""><script src="js/main.js"></script>"#),
            ("embed.html", r#"<html data-build=""><script src="js/offline.js"></script>"#),
            ("js/main.js", "import './offline.js';\nspace: () => import('./space/space.js')"),
            ("js/offline.js", "start();\n"),
            ("js/space/space.js", ""),
            ("sw.js", "const SITE = null;\nrun();\n"),
            ("wasm/brenier_faces_ndarray.js", ""),
        ];
        files.map(|(file, text)| (file.to_owned(), text.as_bytes().to_vec())).into()
    }

    fn told(site: &Site) -> serde_json::Value {
        let text = String::from_utf8_lossy(&site["sw.js"]).into_owned();
        let list = text.strip_prefix("const SITE = ").and_then(|t| t.strip_suffix(";\nrun();\n"));
        serde_json::from_str(list.unwrap()).unwrap()
    }

    #[test]
    fn the_list_names_every_file_but_the_worker_and_the_zip() {
        let mut site = site();
        complete(&mut site).unwrap();
        let told = told(&site);
        let names: Vec<_> = told["files"].as_array().unwrap().iter().map(|f| &f[0]).collect();
        let wanted: Vec<_> = site.keys().filter(|f| *f != "sw.js" && *f != ZIP).collect();
        assert_eq!(names, wanted);
        // The hash is that of the file as it is served, build included.
        for (k, page) in PAGES.into_iter().enumerate() {
            let bytes = &site[page];
            let begins = format!("<html data-build={}>", told["build"]);
            assert!(String::from_utf8_lossy(bytes).starts_with(&begins));
            assert_eq!(told["files"][k], serde_json::json!([page, bytes.len(), hash(bytes)]));
        }
        assert_eq!(told["first"], serde_json::json!([0, 1, 2, 3]));
        assert_eq!(told["scenes"], serde_json::json!({ "space": [4] }));
        assert_eq!(told["beside"], serde_json::json!([5]));
    }

    #[test]
    fn another_byte_is_another_build_and_the_same_bytes_the_same() {
        let (mut one, mut same, mut other) = (site(), site(), site());
        other.insert("js/space/space.js".to_owned(), b"go()".to_vec());
        for site in [&mut one, &mut same, &mut other] {
            complete(site).unwrap();
        }
        assert_eq!(one, same);
        assert_ne!(told(&one)["build"], told(&other)["build"]);
    }

    #[test]
    fn the_zip_holds_the_site_and_how_to_serve_it() {
        let mut site = site();
        complete(&mut site).unwrap();
        let zip = site.remove(ZIP).unwrap();
        let mut found = zip::read(&zip);
        let (name, text) = found.remove(0);
        assert_eq!(name, "brenier/README.txt");
        for server in ["python3 -m http.server", "node -e", "cargo xtask serve --site"] {
            assert!(String::from_utf8_lossy(&text).contains(server), "{server}");
        }
        let found: Site =
            found.into_iter().map(|(n, b)| (n.replacen("brenier/", "", 1), b)).collect();
        assert_eq!(found, site);
    }

    #[test]
    fn a_hash_is_the_beginning_of_what_base64_makes_of_sha_256() {
        assert_eq!(hash(b""), "47DEQpj8HBSa+/TImW+5JCeu");
        assert_eq!(hash(b"abc"), "ungWv48Bz+pBQUDeXa4iI7AD");
    }

    #[test]
    fn a_worker_without_its_line_is_refused_and_a_page_without_its_build() {
        for file in ["sw.js", "embed.html", "index.html"] {
            let mut site = site();
            site.insert(file.to_owned(), b"run();".to_vec());
            assert!(complete(&mut site).unwrap_err().contains(&format!("www/{file}")));
        }
    }
}
