//! `brenier`: optimal transport and mode coverage on the command line.
//!
//! The command reads files and arguments, hands plain data to the library crates, and writes
//! what they answer. It computes nothing that the page would compute otherwise: points, domains,
//! plans and scores go through `lab`, so that both say the same numbers under the same names.
//!
//! Exit codes: 0 done; 1 a solve stopped before its tolerance, the best answer being written all
//! the same; 2 bad input or usage, with one line on standard error (an object with `--json`).

mod args;
mod bench;
mod coverage;
mod domain;
mod gan;
mod help;
#[cfg(feature = "faces")]
mod images;
mod input;
mod monte_carlo;
mod output;
mod reproduce;
mod solve;
mod table;
mod train;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use args::Command;
use lab::error::Error;

/// What a command leaves: the text for standard output, and whether every solve reached its
/// tolerance.
pub(crate) struct Outcome {
    pub(crate) text: String,
    pub(crate) reached: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Known before the arguments are, so that their own mistakes are JSON too.
    let json = arguments.iter().any(|a| a == "--json");
    match run(arguments) {
        Ok(outcome) => write(&outcome),
        Err(error) => {
            let line = if json { output::error_json(&error) } else { output::error_line(&error) };
            // Nothing is left to do where standard error is closed.
            let _ = writeln!(std::io::stderr(), "{line}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Vec<OsString>) -> Result<Outcome, Error> {
    let said = |text: String| Ok(Outcome { text, reached: true });
    match args::parse(arguments)? {
        Command::Help(text) => said(text.to_owned()),
        Command::Version => said(format!("brenier {}\n", env!("CARGO_PKG_VERSION"))),
        Command::Solve(args) => solve::run(&args),
        Command::Coverage(args) => coverage::run(&args),
        Command::Reproduce(args) => reproduce::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Train(args) => train::run(&args),
        #[cfg(feature = "faces")]
        Command::Images(args) => images::run(&args),
        #[cfg(feature = "faces")]
        Command::Latents(args) => images::latents::run(&args),
        #[cfg(feature = "faces")]
        Command::Measure(args) => images::measure::run(&args),
        #[cfg(not(feature = "faces"))]
        Command::Images(_) | Command::Latents(_) | Command::Measure(_) => Err(Error::new(
            "usage",
            "this brenier was built without pictures: build it with --features faces",
        )),
        Command::Gan(args) => gan::run(&args),
    }
}

fn write(outcome: &Outcome) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(outcome.text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) if outcome.reached => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(1),
        // A reader that has seen enough, such as `head`.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            let _ = writeln!(std::io::stderr(), "brenier: standard output: {e}");
            ExitCode::from(2)
        }
    }
}
