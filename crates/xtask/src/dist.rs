//! The static site: `www/`, and `wasm/` beside it. To be worked on it is that as it stands; to be
//! published, its files have names of their own (`names`), and what is needed without a network.
//!
//! `cargo xtask dist` and trunk's hook both end here, so both give the same files.

use crate::{
    graph::address_of,
    names,
    offline::{self, Site},
    pages, setup,
    shell::{self, Outcome},
    sizes,
    wasm::{self, Module},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Each wasm of the site. Monte Carlo, and with it all of wgpu, the GANs, the potential and the decoders
/// are fetched when they are first asked for.
const MODULES: &[Module<'_>] = &[
    Module::of_web("scene", "brenier_web"),
    Module::of_web("monte-carlo", "brenier_monte_carlo"),
    Module::of_web("gan", "brenier_gan"),
    Module::of_web("potential", "brenier_potential"),
    Module::of_faces("flex", "brenier_faces"),
    Module::of_faces("ndarray", "brenier_faces_ndarray"),
];

/// `cargo xtask dist`.
pub(crate) fn task() -> Outcome {
    setup::for_site()?;
    let site = build()?;
    sizes::report(&site)
}

/// Builds the site as it is published, with what it needs to work offline, and returns its folder:
/// `dist/`, or the one trunk hands to its hooks.
pub(crate) fn build() -> Outcome<PathBuf> {
    site_of(wasm::build, true)
}

/// Builds the site to be worked on: a reload shows what was built last, as nothing is kept, and files
/// are called what their sources are.
pub(crate) fn build_plain() -> Outcome<PathBuf> {
    site_of(wasm::build, false)
}

/// Builds what the page opens with: of the decoders, which take minutes, what was built before.
pub(crate) fn build_first() -> Outcome<PathBuf> {
    let wasm = |module: &Module<'_>| {
        if module.is_late() { Ok(module.glue()) } else { wasm::build(module) }
    };
    site_of(wasm, false)
}

fn site_of(wasm: impl Fn(&Module<'_>) -> Outcome<PathBuf>, published: bool) -> Outcome<PathBuf> {
    let folder =
        env::var_os("TRUNK_STAGING_DIR").map_or_else(|| shell::root().join("dist"), PathBuf::from);
    let mut site = Site::new();
    gather(&mut site, "", &shell::root().join("www"))?;
    for module in MODULES {
        gather(&mut site, "wasm/", &wasm(module)?)?;
    }
    pages::add_to(&mut site)?;
    if published {
        site = names::publish(&site)?;
        offline::complete(&mut site)?;
    }
    sync(&site, &folder)?;
    Ok(folder)
}

/// Adds the files of a folder, each under a prefix.
fn gather(site: &mut Site, prefix: &str, folder: &Path) -> Outcome {
    for file in files(folder)? {
        let from = folder.join(&file);
        let bytes = fs::read(&from).map_err(|e| format!("{}: {e}", from.display()))?;
        site.insert(format!("{prefix}{}", address_of(&file)), bytes);
    }
    Ok(())
}

/// Makes `folder` hold exactly the files of `site`. Files that are already right are left alone, so
/// a server may go on serving meanwhile.
fn sync(site: &Site, folder: &Path) -> Outcome {
    for (file, bytes) in site {
        let to = folder.join(file);
        if fs::read(&to).ok().as_ref() != Some(bytes) {
            to.parent().map_or(Ok(()), shell::make)?;
            fs::write(&to, bytes).map_err(|e| format!("{}: {e}", to.display()))?;
        }
    }
    for file in files(folder)? {
        if !site.contains_key(&address_of(&file)) {
            let path = folder.join(&file);
            fs::remove_file(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        }
    }
    Ok(())
}

/// The files under a folder, relative to it, sorted; hidden ones are not part of the site.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    fn walk(base: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let hidden = path.file_name().is_none_or(|n| n.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            if path.is_dir() {
                walk(base, &path, found)?;
            } else if let Ok(relative) = path.strip_prefix(base) {
                found.push(relative.to_path_buf());
            }
        }
        Ok(())
    }
    shell::make(folder)?;
    let mut found = Vec::new();
    walk(folder, folder, &mut found).map_err(|e| format!("{}: {e}", folder.display()))?;
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_name_one_another_in_ways_that_can_be_published() {
        let mut site = Site::new();
        gather(&mut site, "", &shell::root().join("www")).unwrap();
        pages::add_to(&mut site).unwrap();
        for module in MODULES {
            let (glue, wasm) = module.files();
            for file in [glue, wasm] {
                site.insert(format!("wasm/{file}"), Vec::new());
            }
        }
        let published = names::publish(&site).unwrap();
        assert_eq!(published.len(), site.len());
        for (file, name) in published.keys().map(|name| (names::plain(name), name)) {
            assert_eq!(names::is_stable(&file), file == *name, "{file}");
        }
    }
}
