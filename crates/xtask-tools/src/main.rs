//! `brenier-tools bindgen INPUT.wasm OUTPUT_FOLDER` writes the JavaScript glue and the final wasm;
//! `brenier-tools brotli FILE…` prints the bytes of each file as brotli would send it, one a line.
//!
//! A crate of its own because it pulls in some forty others (a minute and more to build on two
//! cores): xtask builds it once for each version and keeps the binary in the user's cache.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a command speaks to its caller

use std::{env, fs, io, path::Path, process::ExitCode};

/// What servers use for files compressed ahead of time: the best quality, the usual window.
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["bindgen", input, output] => bindgen(Path::new(input), Path::new(output)),
        ["brotli", files @ ..] => files.iter().try_for_each(|file| brotli(Path::new(file))),
        _ => Err("usage: brenier-tools bindgen INPUT.wasm FOLDER | brotli FILE…".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => {
            eprintln!("brenier-tools: {line}");
            ExitCode::FAILURE
        }
    }
}

/// The glue as an ES module. Function names and the list of producers go: they are bytes on the
/// wire, and the second would make the file depend on the machine.
fn bindgen(input: &Path, output: &Path) -> Result<(), String> {
    let mut tool = wasm_bindgen_cli_support::Bindgen::new();
    tool.input_path(input);
    tool.web(true).map_err(|e| format!("{e:#}"))?;
    tool.typescript(false).remove_name_section(true).remove_producers_section(true);
    tool.generate(output).map_err(|e| format!("{}: {e:#}", input.display()))
}

fn brotli(file: &Path) -> Result<(), String> {
    let told = |e: io::Error| format!("{}: {e}", file.display());
    let bytes = fs::read(file).map_err(told)?;
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, QUALITY, WINDOW);
    io::Write::write_all(&mut writer, &bytes).map_err(told)?;
    drop(writer); // writes the last block
    println!("{}", packed.len());
    Ok(())
}
