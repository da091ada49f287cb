//! Finds out whether there is a GPU, or a driver that plays one, for the tests of the kernels.
//! Where there is none they are compiled as ignored; `BRENIER_ADAPTER=none` says so by hand.

use std::{env, fs, path::Path};

/// Where Vulkan's drivers are registered.
const DRIVERS: [&str; 3] =
    ["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(adapter)");
    println!("cargo::rerun-if-env-changed=BRENIER_ADAPTER");
    for folder in DRIVERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    // macOS and Windows bring Metal and Direct3D.
    let brought = cfg!(any(target_os = "macos", target_os = "windows"));
    let registered = DRIVERS.iter().any(|folder| has_driver(Path::new(folder)));
    let refused = env::var_os("BRENIER_ADAPTER").is_some_and(|value| value == "none");
    if (brought || registered) && !refused {
        println!("cargo::rustc-cfg=adapter");
    }
}

fn has_driver(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "json"))
        })
    })
}
