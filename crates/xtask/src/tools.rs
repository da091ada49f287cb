//! The heavy tools (crates/xtask-tools), built once for each version and kept in the cache.

use crate::shell::{self, Outcome, run};
use std::{fs, path::PathBuf, process::Command};

/// The built `brenier-tools`, building it when its sources or pinned versions have changed.
pub(crate) fn path() -> Outcome<PathBuf> {
    let root = shell::root();
    let read = |name: &str| fs::read(root.join(name)).map_err(|e| format!("{name}: {e}"));
    let manifest = String::from_utf8_lossy(&read("Cargo.toml")?).into_owned();
    let pins: Vec<&str> = manifest
        .lines()
        .filter(|line| line.starts_with("wasm-bindgen") || line.starts_with("brotli"))
        .collect();
    let key = shell::fingerprint(&[
        pins.join("\n").as_bytes(),
        &read("crates/xtask-tools/Cargo.toml")?,
        &read("crates/xtask-tools/src/main.rs")?,
        std::env::consts::ARCH.as_bytes(),
        std::env::consts::OS.as_bytes(),
    ]);
    let name = format!("tools-{key}{}", std::env::consts::EXE_SUFFIX);
    let kept = shell::cache()?.join(name);
    if !kept.is_file() {
        println!("Building wasm-bindgen and brotli, once, for {}", kept.display());
        let words = ["build", "--quiet", "--profile", "tool", "-p", "brenier-xtask-tools"];
        let target = root.join("target");
        run(shell::cargo().args(words).arg("--target-dir").arg(&target))?;
        let built = target.join(format!("tool/brenier-tools{}", std::env::consts::EXE_SUFFIX));
        // A copy under another name, then a rename: another run may be looking.
        let half = kept.with_extension(format!("{}", std::process::id()));
        fs::copy(&built, &half)
            .and_then(|_| fs::rename(&half, &kept))
            .map_err(|e| format!("{}: {e}", kept.display()))?;
    }
    Ok(kept)
}

/// A call of `brenier-tools`.
pub(crate) fn command() -> Outcome<Command> {
    Ok(Command::new(path()?))
}
