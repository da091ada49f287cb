//! `cargo xtask weights`: from the training data to the files that the page ships, in one command.
//! What is committed in `www/faces/` was made so.

use crate::shell::{self, Outcome, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One set of pictures.
struct Set {
    name: &'static str,
    /// Options of `brenier train`, a file's path being relative to the data folder.
    train: &'static [&'static str],
    /// Options of `brenier latents`.
    latents: &'static [&'static str],
    /// Options whose value is a file in the data folder.
    files: &'static [(&'static str, &'static str)],
    /// Those of them that `brenier latents` takes too.
    shared: &'static [&'static str],
}

const LATENTS: &[&str] =
    &["--count", "4096", "--tolerance", "0.03", "--quantile", "0.5", "--share", "0.505"];

const SETS: &[Set] = &[
    Set {
        name: "faces",
        train: &["--latent", "64", "--epochs", "6", "--decoder-epochs", "3"],
        latents: LATENTS,
        files: &[("--data", "celeba64/celeba64.tar"), ("--extra", "celeba64/celeba64_extra.tar")],
        shared: &["--data"],
    },
    Set {
        name: "digits",
        train: &["--latent", "16", "--epochs", "6", "--decoder-epochs", "2"],
        latents: LATENTS,
        files: &[
            ("--data", "mnist/train-images-idx3-ubyte.gz"),
            ("--labels", "mnist/train-labels-idx1-ubyte.gz"),
        ],
        shared: &["--data", "--labels"],
    },
    Set {
        name: "fashion",
        train: &["--latent", "16", "--epochs", "3", "--decoder-epochs", "1"],
        latents: LATENTS,
        files: &[
            ("--data", "fashion-mnist/train-images-idx3-ubyte.gz"),
            ("--labels", "fashion-mnist/train-labels-idx1-ubyte.gz"),
        ],
        shared: &["--data", "--labels"],
    },
];

/// Trains and solves, going on with what is in the folder of runs.
pub(crate) fn task(options: &[&str]) -> Outcome {
    let (mut data, mut runs) = (None, shell::root().join("target/runs"));
    let mut names = Vec::new();
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let mut folder =
            || options.next().map(PathBuf::from).ok_or(format!("{option} wants a folder"));
        match *option {
            "--data" => data = Some(folder()?),
            "--runs" => runs = folder()?,
            name if SETS.iter().any(|set| set.name == name) => names.push(name),
            other => return Err(format!("weights knows no “{other}”: cargo xtask help")),
        }
    }
    let data = data.ok_or("where is the training data? Write --data FOLDER")?;
    for set in SETS.iter().filter(|set| names.is_empty() || names.contains(&set.name)) {
        if let Some((_, file)) = set.files.iter().find(|(_, file)| !data.join(file).is_file()) {
            return Err(format!("{} is not there", data.join(file).display()));
        }
    }
    run(shell::cargo()
        .args(["build", "--release", "--quiet", "--package", "brenier-cli"])
        .args(["--features", "faces"]))?;
    let brenier = shell::root().join("target/release/brenier");
    for set in SETS.iter().filter(|set| names.is_empty() || names.contains(&set.name)) {
        let folder = runs.join(set.name);
        let mut train = command(&brenier, "train", set, &data, |_| true);
        run(train.args(set.train).arg("--out").arg(&folder))?;
        let mut latents = command(&brenier, "latents", set, &data, |o| set.shared.contains(&o));
        let out = shell::root().join("www/faces");
        run(latents.args(set.latents).arg("--run").arg(&folder).arg("--out").arg(out))?;
    }
    Ok(())
}

fn command(
    brenier: &Path,
    word: &str,
    set: &Set,
    data: &Path,
    takes: impl Fn(&str) -> bool,
) -> Command {
    let mut command = Command::new(brenier);
    command.args([word, set.name]);
    for (option, file) in set.files.iter().filter(|(option, _)| takes(option)) {
        command.arg(option).arg(data.join(file));
    }
    command
}
