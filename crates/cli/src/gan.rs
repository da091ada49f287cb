//! `brenier gan`: trains a GAN as the page does, and prints what its curves show.

use lab::error::Error;
use lab::experiment::Marks;
use lab::gan::{Gan, Losses, Request, flat, modes, next_mark};
use lab::presets;
use lab::scenario::Scenario;
use serde::Serialize;
use std::fmt::Write as _;

use crate::Outcome;
use crate::args::GanArgs;
use crate::output;

/// A point of the curves.
#[derive(Serialize)]
struct Mark {
    steps: u64,
    /// Of the last step, before it.
    losses: Losses,
    #[serde(flatten)]
    marks: Marks,
    /// Of the saved state, 16 hexadecimal digits.
    fingerprint: String,
}

/// The run and its curves.
#[derive(Serialize)]
struct Run<'a> {
    name: String,
    modes: &'a str,
    request: &'a Request,
    samples: usize,
    marks: Vec<Mark>,
}

/// Trains and prints.
pub(crate) fn run(args: &GanArgs) -> Result<Outcome, Error> {
    // The mixture goes the way that it goes in the page, as plain numbers.
    let mixture = presets::mixture(&Scenario::of(args.modes), &[])?;
    let mut gan = Gan::new(&args.request, modes(&flat(&mixture))?)?;
    let mut marks = Vec::new();
    let mut losses = Losses::default();
    loop {
        let steps = gan.counters().steps;
        let fingerprint = format!("{:016x}", gan.fingerprint());
        marks.push(Mark { steps, losses, marks: gan.marks(args.samples)?, fingerprint });
        let due = args.every.map_or_else(|| next_mark(steps), |every| (steps / every + 1) * every);
        let due = due.min(args.steps);
        if due <= steps {
            break;
        }
        losses = gan.advance((due - steps) as usize)?;
    }
    let name = gan.name();
    let (modes, request, samples) = (args.modes.name(), &args.request, args.samples);
    let run = Run { name, modes, request, samples, marks };
    let text = if args.json { output::json(&run)? } else { table(&run) };
    Ok(Outcome { text, reached: true })
}

/// The curves for people.
fn table(run: &Run<'_>) -> String {
    let mut out = format!("{} on {}, seed {}\n", run.name, run.modes, run.request.seed);
    let _ = writeln!(
        out,
        "{:>8} {:>14} {:>12} {:>6} {:>14} {:>11}",
        "steps", "discriminator", "generator", "modes", "high quality", "reverse KL"
    );
    let loss = |loss: Option<f64>| loss.map_or_else(|| "-".into(), |x| format!("{x:.4}"));
    for mark in &run.marks {
        let Marks { modes, high_quality, reverse_kl } = mark.marks;
        let _ = writeln!(
            out,
            "{:>8} {:>14} {:>12} {modes:>6} {:>12.2} % {reverse_kl:>11.4}",
            mark.steps,
            loss(mark.losses.discriminator),
            loss(mark.losses.generator),
            100.0 * high_quality,
        );
    }
    out
}
