//! Set-up: finds out what a task lacks, says what it is about to install and why, installs it
//! where that is ours to do (as root on Debian or Ubuntu), and else stops with the line to run.

use crate::{
    engines,
    shell::{self, Outcome, ask, run, which},
    tools, wasm,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Something a task cannot do without, and the Debian packages that bring it.
pub(crate) struct Lack {
    pub(crate) packages: &'static [&'static str],
    pub(crate) why: &'static str,
    /// What to do on a machine without apt.
    pub(crate) otherwise: &'static str,
}

/// What the browser tests run on.
pub(crate) struct Browser {
    pub(crate) node: PathBuf,
    pub(crate) chromium: PathBuf,
    /// Folder that holds `node_modules/playwright-core`.
    pub(crate) modules: PathBuf,
}

/// `cargo xtask setup`.
pub(crate) fn everything() -> Outcome {
    for_tests()?;
    let toolchain = wasm::toolchain()?;
    println!("wasm: {toolchain}");
    println!("tools: {}", tools::path()?.display());
    let browser = browser()?;
    println!("browser: {}", browser.chromium.display());
    println!("other browsers: {}", engines::told());
    println!("node: {} with {}", browser.node.display(), browser.modules.display());
    Ok(())
}

/// What building the site needs.
pub(crate) fn for_site() -> Outcome {
    install(&[wasm::lack()], &[])
}

/// What every test needs, asked for at once, so that a person is stopped at most once.
pub(crate) fn for_tests() -> Outcome {
    let needed = [wasm::lack(), browser_lack(), node_lack(), driver_lack()];
    install(&needed, &[engines::firefox_lack(), engines::webkit_lack()])
}

/// The browser, Node and its package, all present after [`for_tests`].
pub(crate) fn browser() -> Outcome<Browser> {
    let node = node().ok_or("no node found; set NODE to one")?;
    let chromium = chromium().ok_or("no Chromium found; set CHROME to one")?;
    let modules = modules(&node)?;
    Ok(Browser { node, chromium, modules })
}

fn chromium() -> Option<PathBuf> {
    let mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    env::var_os("CHROME")
        .map(PathBuf::from)
        .or_else(|| {
            ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
                .into_iter()
                .find_map(which)
        })
        .or_else(|| Some(PathBuf::from(mac)))
        .filter(|path| path.is_file())
}

fn browser_lack() -> Option<Lack> {
    chromium().is_none().then_some(Lack {
        packages: &["chromium"],
        why: "the browser that the page is tested in",
        otherwise: "install Chromium or Chrome, or set CHROME to its path",
    })
}

fn node() -> Option<PathBuf> {
    env::var_os("NODE").map(PathBuf::from).or_else(|| which("node"))
}

fn node_lack() -> Option<Lack> {
    (node().is_none() || which("npm").is_none()).then_some(Lack {
        packages: &["nodejs", "npm"],
        why: "they drive the browser in the tests",
        otherwise: "install Node 18 or newer with npm (https://nodejs.org)",
    })
}

/// A Vulkan driver, which macOS and Windows need none of. `BRENIER_ADAPTER=none` does without: the
/// tests of the kernels are then shown as ignored (tests/build.rs).
fn driver_lack() -> Option<Lack> {
    let folders = ["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let has_driver = |folder| {
        fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|entry| {
                entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "json"))
            })
        })
    };
    let refused = env::var_os("BRENIER_ADAPTER").is_some_and(|value| value == "none");
    let needed = cfg!(target_os = "linux") && !refused && !folders.into_iter().any(has_driver);
    needed.then_some(Lack {
        packages: &["mesa-vulkan-drivers"],
        why: "Vulkan in software, which the GPU kernels are tested on",
        otherwise: "install a Vulkan driver (Mesa's lavapipe will do), or set BRENIER_ADAPTER=none",
    })
}

/// What a benchmark sets the site beside in the browser: packages of Node, in the cache folder.
pub(crate) fn peers() -> Outcome<PathBuf> {
    let node = node().ok_or("no node found")?;
    packages(
        &node,
        "tests/browser/peers",
        "TensorFlow.js and onnxruntime-web (the benchmarks' peers)",
    )
}

/// What drives the browser.
fn modules(node: &Path) -> Outcome<PathBuf> {
    let what = "playwright-core, ws (drive browsers), axe-core (audits), reveal.js (the deck)";
    packages(node, "tests/browser", what)
}

/// Node's packages, pinned by the lock file in a folder of the project, in the cache folder.
fn packages(node: &Path, from: &str, what: &str) -> Outcome<PathBuf> {
    let version = ask(Command::new(node).arg("--version")).unwrap_or_default();
    let major: u32 =
        version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if major < 18 {
        return Err(format!("node {version} is too old for the browser tests: 18 or newer"));
    }
    let source = shell::root().join(from);
    let read = |name: &str| fs::read(source.join(name)).map_err(|e| format!("{name}: {e}"));
    let (package, lock) = (read("package.json")?, read("package-lock.json")?);
    let folder = shell::cache()?.join(format!("node-{}", shell::fingerprint(&[&package, &lock])));
    let done = folder.join("installed");
    if !done.is_file() {
        println!("Installing {what} into {}", folder.display());
        shell::make(&folder)?;
        let write = |name: &str, bytes: &[u8]| {
            fs::write(folder.join(name), bytes).map_err(|e| format!("{name}: {e}"))
        };
        write("package.json", &package)?;
        write("package-lock.json", &lock)?;
        let npm = which("npm").ok_or("no npm found beside node")?;
        let quiet = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(Command::new(npm).args(quiet).current_dir(&folder))?;
        write("installed", b"")?;
    }
    Ok(folder)
}

/// Installs what is missing: one announcement, one call of apt-get. What is only wished for is done
/// without where it cannot be had, and that is said.
fn install(needed: &[Option<Lack>], wished: &[Option<Lack>]) -> Outcome {
    let needed: Vec<&Lack> = needed.iter().flatten().collect();
    let mut wished: Vec<&Lack> = wished.iter().flatten().collect();
    if needed.is_empty() && wished.is_empty() {
        return Ok(());
    }
    if which("apt-get").is_none() || !is_debian() {
        let advice: Vec<&str> = needed.iter().map(|lack| lack.otherwise).collect();
        without(&wished);
        return if needed.is_empty() { Ok(()) } else { Err(advice.join("; and ")) };
    }
    for lack in needed.iter().chain(&wished) {
        println!("Needed: {} ({})", lack.packages.join(", "), lack.why);
    }
    let line = "apt-get install -y --no-install-recommends";
    if ask(Command::new("id").arg("-u")).as_deref() != Some("0") {
        if needed.is_empty() {
            println!(
                "Not root, so tests are skipped until you run: sudo {line} {}",
                names(&wished)
            );
            return Ok(());
        }
        let all = [needed, wished].concat();
        return Err(format!("not root, so run this and come back: sudo {line} {}", names(&all)));
    }
    // Lists of the day the machine was made name old versions and files the mirror has dropped.
    // Where the update fails, what the lists know may still be had.
    let updated = run(apt().arg("update"));
    let unknown = |lack: &Lack| lack.packages.iter().copied().find(|package| !known(package));
    if let Some(package) = needed.iter().find_map(|lack| unknown(lack)) {
        updated?;
        let advice: Vec<&str> = needed.iter().map(|lack| lack.otherwise).collect();
        return Err(format!("this system has no package {package}: {}", advice.join("; and ")));
    }
    let (had, missing) = wished.into_iter().partition(|lack| unknown(lack).is_none());
    wished = had;
    without(&missing);
    let all = [needed, wished].concat();
    if all.is_empty() {
        return Ok(());
    }
    println!("Installing as root: {line} {}", names(&all));
    let packages = all.iter().flat_map(|lack| lack.packages);
    run(apt().args(["install", "-y", "-q", "--no-install-recommends"]).args(packages))
}

fn names(lacks: &[&Lack]) -> String {
    let packages: Vec<&str> = lacks.iter().flat_map(|lack| lack.packages).copied().collect();
    packages.join(" ")
}

/// Says what is done without.
fn without(lacks: &[&Lack]) {
    for lack in lacks {
        println!("Not here: {}. Its tests are skipped; to run them, {}", lack.why, lack.otherwise);
    }
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "Dpkg::Use-Pty=0"]);
    command
}

/// Whether apt's lists offer a package.
fn known(package: &str) -> bool {
    ask(Command::new("apt-cache").env("LC_ALL", "C").args(["policy", package]))
        .is_some_and(|text| text.contains("Candidate: ") && !text.contains("Candidate: (none)"))
}

/// The version of an installed Debian package.
pub(crate) fn installed(package: &str) -> Option<String> {
    ask(Command::new("dpkg-query").args(["-W", "-f=${Status} ${Version}", package]))?
        .strip_prefix("install ok installed ")
        .map(str::to_owned)
}

fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE="))
        .any(|line| line.contains("debian") || line.contains("ubuntu"))
}
