//! The words of `brenier train`.

use lab::error::Error;
use lexopt::Parser;

use super::{Command, Given, TrainArgs, count, next, number, stray, text, unknown, usage, value};

/// Every option.
pub(crate) const OPTIONS: [&str; 7] =
    ["modes", "packing", "epochs", "seed", "threads", "out", "recording"];

/// Reads the options of `brenier train`.
pub(super) fn parse(parser: &mut Parser) -> Result<Command, Error> {
    let (mut modes, mut packing, mut epochs, mut seed) = (None, 1, 400, 0);
    let (mut out, mut recording) = (None, None);
    let mut threads = std::thread::available_parallelism().map_or(1, usize::from);
    match next(parser)? {
        Some(Given::Word(word)) if word == "gan" => {}
        Some(Given::Word(word)) if ["faces", "digits", "fashion"].iter().any(|w| word == *w) => {
            return super::images::parse(parser, &word.to_string_lossy());
        }
        Some(Given::Option(name)) if name == "help" => {
            return Ok(Command::Help(crate::help::TRAIN));
        }
        _ => return Err(usage("train what? Write brenier train gan, faces, digits or fashion")),
    }
    while let Some(given) = next(parser)? {
        let Given::Option(name) = given else { return Err(stray(given)) };
        match name.as_str() {
            "help" => return Ok(Command::Help(crate::help::TRAIN)),
            "modes" => modes = Some(text(parser, &name)?),
            "packing" => packing = count(parser, &name)?,
            "epochs" => epochs = count(parser, &name)?,
            "seed" => seed = number(parser, &name, "a whole number from 0 to 4294967295")?,
            "threads" => threads = count(parser, &name)?,
            "out" => out = Some(value(parser, &name)?.into()),
            "recording" => recording = Some(value(parser, &name)?.into()),
            _ => return Err(unknown(&name, &OPTIONS, "brenier train --help")),
        }
    }
    let modes = match modes.as_deref() {
        Some(known @ ("grid" | "ring")) => known.to_owned(),
        Some(other) => return Err(usage(format!("--modes wants grid or ring, not “{other}”"))),
        None => return Err(usage("no modes: write --modes grid or --modes ring")),
    };
    if packing > gan::MAX_PACKING {
        return Err(usage(format!("--packing wants 1 to {}", gan::MAX_PACKING)));
    }
    let out = out.ok_or_else(|| usage("no place for the run: write --out FOLDER"))?;
    Ok(Command::Train(TrainArgs { modes, packing, epochs, seed, threads, out, recording }))
}
