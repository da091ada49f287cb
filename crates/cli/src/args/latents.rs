//! The words of `brenier latents` and `brenier measure`.

use std::path::PathBuf;

use lab::error::Error;
use lexopt::Parser;

use super::{Command, Given, count, next, number, positive, stray, unknown, usage, value};

/// Every option of `brenier latents`.
pub(crate) const LATENTS: [&str; 9] =
    ["run", "data", "labels", "count", "tolerance", "quantile", "share", "seed", "out"];
/// Every option of `brenier measure`.
pub(crate) const MEASURE: [&str; 8] =
    ["run", "data", "held", "latents", "quantile", "share", "seed", "json"];
/// What there are pictures of.
const NAMES: [&str; 3] = ["faces", "digits", "fashion"];

/// Options of `brenier latents`.
#[derive(Debug, PartialEq)]
#[cfg_attr(not(feature = "faces"), allow(dead_code))] // read, and then refused
pub(crate) struct LatentsArgs {
    /// `faces`, `digits` or `fashion`.
    pub(crate) name: String,
    /// The folder of the training run.
    pub(crate) run: PathBuf,
    /// What it was trained on.
    pub(crate) data: PathBuf,
    /// The pictures' labels, which the file keeps.
    pub(crate) labels: Option<PathBuf>,
    /// Pictures to encode.
    pub(crate) count: usize,
    /// Debiased root mean square of wᵢ/νᵢ − 1 to reach.
    pub(crate) tolerance: f64,
    /// Jumps above this quantile are singular.
    pub(crate) quantile: f64,
    /// The share of samples that is to be interpolated.
    pub(crate) share: f64,
    pub(crate) seed: u32,
    /// Where the two files go.
    pub(crate) out: PathBuf,
}

/// Options of `brenier measure`.
#[derive(Debug, PartialEq)]
#[cfg_attr(not(feature = "faces"), allow(dead_code))]
pub(crate) struct MeasureArgs {
    pub(crate) name: String,
    pub(crate) run: PathBuf,
    pub(crate) data: PathBuf,
    /// Pictures held out, where they are a file of their own.
    pub(crate) held: Option<PathBuf>,
    /// The codes and their transport.
    pub(crate) latents: Option<PathBuf>,
    /// Another quantile, or another share, than the file's.
    pub(crate) quantile: Option<f64>,
    pub(crate) share: Option<f64>,
    pub(crate) seed: u32,
    pub(crate) json: bool,
}

fn name(parser: &mut Parser, command: &str) -> Result<Option<String>, Error> {
    match next(parser)? {
        Some(Given::Word(word)) if NAMES.iter().any(|name| word == *name) => {
            Ok(Some(word.to_string_lossy().into_owned()))
        }
        Some(Given::Option(name)) if name == "help" => Ok(None),
        _ => {
            Err(usage(format!("{command} what? Write brenier {command} faces, digits or fashion")))
        }
    }
}

/// A number above 0, at most 1.
fn part(parser: &mut Parser, option: &str) -> Result<f64, Error> {
    match positive(parser, option)? {
        part if part <= 1.0 => Ok(part),
        _ => Err(usage(format!("--{option} wants a number above 0, at most 1"))),
    }
}

/// Reads `brenier latents`.
pub(super) fn latents(parser: &mut Parser) -> Result<Command, Error> {
    let help = || Ok(Command::Help(crate::help::LATENTS));
    let Some(name) = name(parser, "latents")? else { return help() };
    let (mut run, mut data, mut labels, mut out) = (None, None, None, None);
    let (mut many, mut tolerance, mut seed) = (4096, 0.03, 0);
    let (mut quantile, mut share) = (0.5, 0.5);
    while let Some(given) = next(parser)? {
        let Given::Option(option) = given else { return Err(stray(given)) };
        match option.as_str() {
            "help" => return help(),
            "run" => run = Some(PathBuf::from(value(parser, &option)?)),
            "data" => data = Some(PathBuf::from(value(parser, &option)?)),
            "labels" => labels = Some(PathBuf::from(value(parser, &option)?)),
            "count" => many = count(parser, &option)?,
            "tolerance" => tolerance = positive(parser, &option)?,
            "quantile" => quantile = part(parser, &option)?,
            "share" => share = part(parser, &option)?,
            "seed" => seed = number(parser, &option, "a whole number from 0 to 4294967295")?,
            "out" => out = Some(PathBuf::from(value(parser, &option)?)),
            _ => return Err(unknown(&option, &LATENTS, "brenier latents --help")),
        }
    }
    Ok(Command::Latents(LatentsArgs {
        name,
        run: run.ok_or_else(|| usage("no training run: write --run FOLDER"))?,
        data: data.ok_or_else(|| usage("no pictures: write --data FILE"))?,
        labels,
        count: many,
        tolerance,
        quantile,
        share,
        seed,
        out: out.ok_or_else(|| usage("no place for the files: write --out FOLDER"))?,
    }))
}

/// Reads `brenier measure`.
pub(super) fn measure(parser: &mut Parser) -> Result<Command, Error> {
    let help = || Ok(Command::Help(crate::help::MEASURE));
    let Some(name) = name(parser, "measure")? else { return help() };
    let (mut run, mut data, mut held, mut latents) = (None, None, None, None);
    let (mut quantile, mut share, mut seed, mut json) = (None, None, 0, false);
    while let Some(given) = next(parser)? {
        let Given::Option(option) = given else { return Err(stray(given)) };
        match option.as_str() {
            "help" => return help(),
            "run" => run = Some(PathBuf::from(value(parser, &option)?)),
            "data" => data = Some(PathBuf::from(value(parser, &option)?)),
            "held" => held = Some(PathBuf::from(value(parser, &option)?)),
            "latents" => latents = Some(PathBuf::from(value(parser, &option)?)),
            "seed" => seed = number(parser, &option, "a whole number from 0 to 4294967295")?,
            "quantile" => quantile = Some(part(parser, &option)?),
            "share" => share = Some(part(parser, &option)?),
            "json" => json = true,
            _ => return Err(unknown(&option, &MEASURE, "brenier measure --help")),
        }
    }
    if held.is_none() && name != "faces" {
        return Err(usage("no held-out pictures: write --held FILE"));
    }
    Ok(Command::Measure(MeasureArgs {
        name,
        run: run.ok_or_else(|| usage("no training run: write --run FOLDER"))?,
        data: data.ok_or_else(|| usage("no pictures: write --data FILE"))?,
        held,
        latents,
        quantile,
        share,
        seed,
        json,
    }))
}
