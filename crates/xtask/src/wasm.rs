//! From crate to wasm and its JavaScript glue: the one pipeline, for every task and for trunk.
//!
//! wasm-opt is left out, as measured with binaryen 132 on the engine of November 2026: 604,452
//! bytes raw and 200,186 in brotli become 576,952 and 200,605 with -O3, and 575,534 and 200,582
//! with -Os, after half a minute each. What counts is the wire, and there nothing is gained.

use crate::{
    setup::{self, Lack},
    shell::{self, Outcome, ask, run, which},
    tools,
};
use std::{
    env,
    fmt::{Display, Formatter},
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];
const WHY: &str = "they compile the engine to wasm, where rustup's target may not be fetched";
const OTHERWISE: &str = "run `rustup target add wasm32-unknown-unknown`";

/// A wasm of the site.
pub(crate) struct Module<'a> {
    package: &'a str,
    features: &'a str,
    /// What its files are called.
    name: &'a str,
    profile: &'a str,
}

impl<'a> Module<'a> {
    /// The engine, or a part of it.
    pub(crate) const fn of_web(features: &'a str, name: &'a str) -> Self {
        Self { package: "brenier-web", features, name, profile: "release" }
    }

    /// A decoder: burn has a profile of its own (Cargo.toml), or it would compile for minutes.
    pub(crate) const fn of_faces(features: &'a str, name: &'a str) -> Self {
        Self { package: "brenier-web-faces", features, name, profile: "faces" }
    }

    /// Whether it takes minutes to compile, and the page opens without it.
    pub(crate) fn is_late(&self) -> bool {
        self.profile == "faces"
    }

    /// What its two files are called: the JavaScript, and the wasm that it loads.
    #[cfg(test)]
    pub(crate) fn files(&self) -> (String, String) {
        (format!("{}.js", self.name), format!("{}_bg.wasm", self.name))
    }

    /// The folder that its files are written to.
    pub(crate) fn glue(&self) -> PathBuf {
        target().join("glue").join(self.name)
    }
}

/// Which compiler makes the wasm.
pub(crate) enum Toolchain {
    /// The compiler in use has the target's standard library.
    Native,
    /// Debian's compiler, which builds the standard library from its source.
    Debian { linker: PathBuf },
}

impl Display for Toolchain {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Native => write!(f, "the Rust in use, with its {TARGET} target"),
            Self::Debian { .. } => {
                write!(f, "Debian's rustc-web, standard library from source (half a minute once)")
            }
        }
    }
}

/// The route that works now. Called after set-up, so a failure is final.
pub(crate) fn toolchain() -> Outcome<Toolchain> {
    if has_target() {
        return Ok(Toolchain::Native);
    }
    match linker() {
        Some(linker) if has_debian() => Ok(Toolchain::Debian { linker }),
        _ => Err(format!("no way to compile to wasm: {OTHERWISE}")),
    }
}

/// What is missing for wasm. Asks rustup for its target first, where that is allowed.
pub(crate) fn lack() -> Option<Lack> {
    if has_target() {
        return None;
    }
    if may_rustup() {
        println!("Needed: the {TARGET} target (compiles the engine to wasm)");
        println!("Installing: rustup target add {TARGET}");
        let added = run(Command::new("rustup").args(["target", "add", TARGET]));
        if added.is_ok() && has_target() {
            return None;
        }
    }
    let packages = match (has_debian(), linker()) {
        (true, Some(_)) => return None,
        (false, Some(_)) => DEBIAN,
        (true, None) => &["lld"],
        (false, None) => &["rustc-web", "cargo-web", "rust-web-src", "lld"],
    };
    Some(Lack { packages, why: WHY, otherwise: OTHERWISE })
}

/// rustup is never called where `RUSTUP_AUTO_INSTALL=0` says that it may fetch nothing.
fn may_rustup() -> bool {
    which("rustup").is_some() && env::var("RUSTUP_AUTO_INSTALL").as_deref() != Ok("0")
}

fn rustc() -> Command {
    let mut command = Command::new("rustc");
    command.current_dir(shell::root());
    command
}

fn has_target() -> bool {
    ask(rustc().args(["--print", "target-libdir", "--target", TARGET]))
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .is_some_and(|mut entries| {
            entries.any(|entry| {
                entry.is_ok_and(|e| e.file_name().to_string_lossy().starts_with("libstd-"))
            })
        })
}

/// Debian's compiler, new enough for this workspace: a release first came with an older one.
fn has_debian() -> bool {
    let wanted = release(env!("CARGO_PKG_RUST_VERSION"));
    DEBIAN.iter().all(|package| setup::installed(package).is_some_and(|v| release(&v) >= wanted))
}

/// The first two numbers of a version.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(|n| n.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// The linker that comes with rustup's toolchain is of the compiler's own age; Debian's `lld`
/// (14 in Debian 12) links today's objects too.
fn linker() -> Option<PathBuf> {
    let bundled = || {
        let root = PathBuf::from(ask(rustc().args(["--print", "sysroot"]))?);
        let host = ask(rustc().arg("-vV"))?;
        let host = host.lines().find_map(|line| line.strip_prefix("host: "))?;
        let path = root.join("lib/rustlib").join(host).join("bin/rust-lld");
        path.is_file().then_some(path)
    };
    bundled().or_else(|| which("lld"))
}

/// A target folder of its own: two compilers would rebuild each other's work.
fn target() -> PathBuf {
    shell::root().join("target/wasm")
}

/// Compiles a crate with some of its features to wasm and writes `NAME.js` and `NAME_bg.wasm` into
/// a fresh folder, which it returns.
pub(crate) fn build(module: &Module<'_>) -> Outcome<PathBuf> {
    let Module { package, features, name, profile } = module;
    let toolchain = toolchain()?;
    println!("Compiling {package} ({features}) to wasm with {toolchain}");
    let target = target();
    run(compiler(&toolchain)?
        .args(["build", "--quiet", "--profile", profile, "--target", TARGET, "--package", package])
        .args(["--no-default-features", "--features", features])
        .arg("--target-dir")
        .arg(&target))?;
    // The files are named after the wasm: a library's, or another name for other features of it.
    let folder = target.join(TARGET).join(profile);
    let compiled = folder.join(format!("{}.wasm", package.replace('-', "_")));
    let named = target.join(format!("{name}.wasm"));
    std::fs::copy(&compiled, &named).map_err(|e| format!("{}: {e}", compiled.display()))?;
    let output = module.glue();
    if output.exists() {
        std::fs::remove_dir_all(&output).map_err(|e| format!("{}: {e}", output.display()))?;
    }
    run(tools::command()?.arg("bindgen").arg(&named).arg(&output))?;
    Ok(output)
}

/// A cargo ready to compile for the target.
fn compiler(toolchain: &Toolchain) -> Outcome<Command> {
    let mut command = match toolchain {
        Toolchain::Native => shell::cargo(),
        Toolchain::Debian { linker } => debian(linker)?,
    };
    command.env("CARGO_ENCODED_RUSTFLAGS", flags().join("\x1f"));
    Ok(command)
}

fn debian(linker: &Path) -> Outcome<Command> {
    let mut command = Command::new("/usr/bin/cargo");
    command.current_dir(shell::root());
    // What rustup's cargo has put into our environment speaks of another compiler.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let foreign = text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_");
        let named =
            ["CARGO", "LD_LIBRARY_PATH", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTUP_TOOLCHAIN"];
        if foreign || named.contains(&text.as_ref()) {
            command.env_remove(&name);
        }
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from("/usr/bin")).chain(env::split_paths(&path));
    let path = env::join_paths(folders).map_err(|e| format!("PATH: {e}"))?;
    command
        .env("PATH", path)
        .env("RUSTC_BOOTSTRAP", "1") // -Zbuild-std on a stable compiler
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    Ok(command)
}

/// simd128 is in every browser that has module workers. Paths in panic messages are cut to what
/// does not depend on the machine, so that the same sources and compiler give the same bytes.
fn flags() -> Vec<String> {
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
    let home = env::var("CARGO_HOME").or_else(|_| {
        env::var(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(|h| h + "/.cargo")
    });
    if let Ok(home) = home {
        flags.push(format!("--remap-path-prefix={home}=/cargo"));
    }
    flags.push(format!("--remap-path-prefix={}=/brenier", shell::root().display()));
    flags
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(release("1.96.0+dfsg1-1~deb12u2"), Some((1, 96)));
        assert!(release("1.100.0") > release("1.95"));
        assert!(release("1.85.0+dfsg3-1") < release("1.95"));
        assert!(release(env!("CARGO_PKG_RUST_VERSION")).is_some());
    }
}
