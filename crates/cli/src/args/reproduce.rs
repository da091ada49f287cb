//! The words of `brenier coverage --reproduce`.

use lab::error::Error;
use lexopt::Parser;

use super::{Command, Given, ReproduceArgs, count, next, stray, text, unknown, usage, value};

/// Every option.
pub(crate) const OPTIONS: [&str; 8] =
    ["reproduce", "modes", "repeat", "steps", "threads", "keep", "recordings", "json"];

/// Reads the options behind `--reproduce`, which comes first.
pub(super) fn parse(parser: &mut Parser) -> Result<Command, Error> {
    let mut args = ReproduceArgs {
        modes: None,
        repeat: 10,
        steps: 20_000,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        keep: None,
        recordings: "www/recordings".into(),
        json: false,
    };
    while let Some(given) = next(parser)? {
        let Given::Option(name) = given else { return Err(stray(given)) };
        match name.as_str() {
            "help" => return Ok(Command::Help(crate::help::COVERAGE)),
            "reproduce" => {}
            "json" => args.json = true,
            "modes" => {
                let modes = text(parser, &name)?;
                if !["grid", "ring"].contains(&modes.as_str()) {
                    return Err(usage(format!(
                        "--reproduce knows --modes grid and --modes ring, not “{modes}”"
                    )));
                }
                args.modes = Some(modes);
            }
            "repeat" => args.repeat = count(parser, &name)?,
            "steps" => args.steps = count(parser, &name)? as u64,
            "threads" => args.threads = count(parser, &name)?,
            "keep" => args.keep = Some(value(parser, &name)?.into()),
            "recordings" => args.recordings = value(parser, &name)?.into(),
            _ => return Err(unknown(&name, &OPTIONS, "brenier coverage --help")),
        }
    }
    Ok(Command::Reproduce(args))
}
