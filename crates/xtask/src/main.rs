//! `cargo xtask …`: everything one does with this repository, from a bare clone on.
//!
//! Each task first makes sure that what it needs is there (`setup`), says what it is about to
//! install and why, and stops with one clear line where it cannot.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a command speaks to its caller

mod bench;
mod dist;
mod engines;
mod graph;
mod icons;
mod mime;
mod names;
mod offline;
mod pages;
mod pictures;
mod posters;
mod serve;
mod setup;
mod shell;
mod sizes;
mod test;
mod tools;
mod wasm;
mod weights;
mod words;
mod zip;

use shell::Outcome;
use std::{env, process::ExitCode};

const HELP: &str = "\
Usage: cargo xtask <task>

  serve [--port N] [--no-open] [--site FOLDER]
                                 set up, build, and serve the page on this machine
                                 (--site: serve a site that is built, as from the zip of dist)
  test [--native | --browser] [WORD…]
                                 set up and run every test; ends with one line of counts
                                 (--native: without the browser; --browser: only the site's,
                                 those whose name holds a WORD)
  dist                           write the static site to dist/, with a zip of it for use without
                                 a network and a table of its bytes
  icons                          draw www/icons/ anew from www/icon.svg
  posters [NAME…]                draw www/posters/ anew: pictures of the scenes, all or those named
  pictures [NAME…]               draw docs/pictures/ anew: the page while it is used
  pages                          write docs/how-it-works.html anew from docs/how-it-works.md
  bench [exact | monte-carlo | gan | faces | potential | tasks] [--quick]
                                 measure, all or a part, and write it into BENCHMARKS.md
                                 (--quick: measure less, and print only)
  weights [faces | digits | fashion] --data FOLDER [--runs FOLDER]
                                 train the autoencoders on the pictures in FOLDER, solve the
                                 transport to their codes, and write www/faces/ (hours; goes on
                                 where it was stopped)
  setup                          install what the tasks above need, and nothing else
  help                           this text

What is installed, where missing: the compiler's wasm32-unknown-unknown target (by rustup, or by
Debian's rustc-web where rustup may fetch nothing), and for the tests Chromium, Firefox, WebKitGTK
and Node (Debian or Ubuntu, as root; elsewhere the line to run is printed). Node's packages and the
built tools go to ~/.cache/brenier. The variables CHROME, FIREFOX, WEBKIT_DRIVER and NODE name
programs of your own; Firefox and WebKit may be `none`: their tests are then skipped, as they are
where neither can be installed. `test --browser Firefox` runs what is tested in Firefox.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match task(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => {
            eprintln!("xtask: {line}");
            ExitCode::FAILURE
        }
    }
}

fn task(words: &[&str]) -> Outcome {
    match words {
        ["serve", options @ ..] => serve::task(options),
        ["dist"] => dist::task(),
        ["icons"] => icons::task(),
        ["posters", names @ ..] => posters::task(names),
        ["pictures", names @ ..] => pictures::task(names),
        ["pages"] => pages::task(),
        ["test", options @ ..] => test::task(options),
        ["bench", options @ ..] => bench::task(options),
        ["weights", options @ ..] => weights::task(options),
        ["setup"] => setup::everything(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("no task `{}`; `cargo xtask help` lists them", words.join(" "))),
    }
}
