//! The words of `brenier gan`.

use lab::error::Error;
use lab::gan::{Architecture, LawName, LossName, Request};
use lab::scenario::{MAX_SAMPLES, Preset};
use lexopt::Parser;

use super::{Command, GanArgs, Given, count, next, number, stray, text, unknown, usage};

/// Every option.
pub(crate) const OPTIONS: [&str; 10] = [
    "modes",
    "architecture",
    "packing",
    "loss",
    "law",
    "seed",
    "steps",
    "every",
    "samples",
    "json",
];

/// The mixtures there are, by the names of the page.
const MODES: [(&str, Preset); 4] = [
    ("grid", Preset::Grid),
    ("ring", Preset::Ring),
    ("clusters", Preset::Clusters),
    ("spiral", Preset::Spiral),
];
const LOSSES: [(&str, LossName); 3] = [
    ("non-saturating", LossName::NonSaturating),
    ("least-squares", LossName::LeastSquares),
    ("wasserstein", LossName::Wasserstein),
];

/// Reads the options of `brenier gan`.
pub(super) fn parse(parser: &mut Parser) -> Result<Command, Error> {
    let (mut modes, mut request) = (None, Request::default());
    let (mut steps, mut every, mut samples, mut json) = (10_000, None, 2_500, false);
    while let Some(given) = next(parser)? {
        let Given::Option(name) = given else { return Err(stray(given)) };
        match name.as_str() {
            "help" => return Ok(Command::Help(crate::help::GAN)),
            "json" => json = true,
            "modes" => modes = Some(named(parser, &name, &MODES)?),
            "architecture" => request.architecture = named(parser, &name, &Architecture::ALL)?,
            "loss" => request.loss = named(parser, &name, &LOSSES)?,
            "law" => request.law = named(parser, &name, &LawName::ALL)?,
            "packing" => request.packing = count(parser, &name)?,
            "seed" => request.seed = number(parser, &name, "a whole number from 0 to 4294967295")?,
            "steps" => steps = count(parser, &name)? as u64,
            "every" => every = Some(count(parser, &name)? as u64),
            "samples" => samples = count(parser, &name)?,
            _ => return Err(unknown(&name, &OPTIONS, "brenier gan --help")),
        }
    }
    let modes =
        modes.ok_or_else(|| usage("no modes: write --modes grid, ring, clusters or spiral"))?;
    if request.packing > gan::MAX_PACKING {
        return Err(usage(format!("--packing wants 1 to {}", gan::MAX_PACKING)));
    }
    if samples > MAX_SAMPLES {
        return Err(usage(format!("--samples wants 1 to {MAX_SAMPLES}")));
    }
    Ok(Command::Gan(GanArgs { modes, request, steps, every, samples, json }))
}

/// The value that a word names.
fn named<T: Copy>(parser: &mut Parser, name: &str, list: &[(&str, T)]) -> Result<T, Error> {
    let word = text(parser, name)?;
    list.iter().find(|(known, _)| *known == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(|(known, _)| *known).collect();
        usage(format!("--{name} wants one of {}, not “{word}”", names.join(", ")))
    })
}
