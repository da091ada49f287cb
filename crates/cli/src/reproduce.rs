//! `brenier coverage --reproduce`: the table of PacGAN's authors, made anew, with AE-OT beside it.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use lab::error::Error;
use lab::experiment::{self, Marks, Run};
use lab::gan::{Gan, Recording, Request, flat, modes};
use lab::presets::{self, auto_domain};
use lab::scenario::{Preset, Scenario};
use serde::{Deserialize, Serialize};
use transport::singular::Measure;

use crate::args::ReproduceArgs;
use crate::coverage::{Average, average};
use crate::{Outcome, domain, output};

/// Samples scored, and real samples of AE-OT.
const SAMPLES: usize = 2_500;
const REAL: usize = 512;

/// Published figures: modes, high quality in percent, reverse KL, each with its standard error over
/// ten runs. Z. Lin, A. Khetan, G. Fanti, S. Oh, *PacGAN* (NeurIPS 2018), tables of the 2D grid and
/// the 2D ring.
const PUBLISHED: [(&str, &str, [[f64; 2]; 3]); 9] = [
    ("grid", "GAN", [[17.3, 0.8], [94.8, 0.7], [0.70, 0.07]]),
    ("grid", "ALI", [[24.1, 0.4], [95.7, 0.6], [0.14, 0.03]]),
    ("grid", "PacGAN2", [[23.8, 0.7], [91.3, 0.8], [0.13, 0.04]]),
    ("grid", "PacGAN3", [[24.6, 0.4], [94.2, 0.4], [0.06, 0.02]]),
    ("grid", "PacGAN4", [[24.8, 0.2], [93.6, 0.6], [0.04, 0.01]]),
    ("ring", "GAN", [[6.3, 0.5], [98.2, 0.2], [0.45, 0.09]]),
    ("ring", "PacGAN2", [[7.9, 0.1], [95.6, 2.0], [0.07, 0.03]]),
    ("ring", "PacGAN3", [[7.8, 0.1], [97.7, 0.3], [0.10, 0.02]]),
    ("ring", "PacGAN4", [[7.8, 0.1], [95.9, 1.4], [0.07, 0.02]]),
];

/// A run that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ended {
    target: String,
    packing: usize,
    seed: u32,
    steps: u64,
    /// `None` where training diverged.
    marks: Option<Marks>,
}

/// A row of the table.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    target: &'static str,
    name: String,
    /// How it was made.
    architecture: &'static str,
    runs: usize,
    /// Of those, runs that diverged and are in no average.
    diverged: usize,
    modes: Average,
    high_quality: Average,
    reverse_kl: Average,
    /// As the authors print it, high quality as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<[Average; 3]>,
}

/// Trains what is not kept yet, and prints the table.
pub(crate) fn run(args: &ReproduceArgs) -> Result<Outcome, Error> {
    let targets: &[(&str, Preset)] = &[("grid", Preset::Grid), ("ring", Preset::Ring)];
    let targets: Vec<_> =
        targets.iter().filter(|(n, _)| args.modes.as_deref().is_none_or(|m| m == *n)).collect();
    let kept = args.keep.as_deref().map(read).transpose()?.unwrap_or_default();
    let ended = train(args, &targets, kept)?;
    let mut lines = Vec::new();
    for (target, preset) in targets {
        for packing in 1..=gan::MAX_PACKING {
            let of = |e: &&Ended| {
                (e.target.as_str(), e.packing, e.steps) == (*target, packing, args.steps)
                    && (e.seed as usize) < args.repeat
            };
            let runs: Vec<Option<Marks>> = ended.iter().filter(of).map(|e| e.marks).collect();
            lines.extend(line(target, packed(packing), "page", &runs));
        }
        for recording in recordings(&args.recordings, *preset)? {
            let marks = recording.about().curve.last().copied();
            lines.extend(line(target, recording.about().name.clone(), "paper", &[marks]));
        }
        let runs = aeot(*preset, args.repeat)?;
        lines.extend(line(target, "AE-OT".into(), "exact", &runs));
    }
    let text = if args.json { output::json(&lines)? } else { table(&lines, args) };
    Ok(Outcome { text, reached: true })
}

fn packed(packing: usize) -> String {
    if packing == 1 { "GAN".into() } else { format!("PacGAN{packing}") }
}

fn line(
    target: &'static str,
    name: String,
    architecture: &'static str,
    runs: &[Option<Marks>],
) -> Option<Line> {
    let marks: Vec<Marks> = runs.iter().flatten().copied().collect();
    if marks.is_empty() {
        return None;
    }
    let over = |f: fn(&Marks) -> f64| average(&marks.iter().map(f).collect::<Vec<_>>());
    let published = PUBLISHED.iter().find(|(t, n, _)| *t == target && *n == name);
    let figures = |[modes, quality, kl]: [[f64; 2]; 3]| {
        [(modes, 1.0), (quality, 0.01), (kl, 1.0)].map(|([mean, error], unit)| Average {
            mean: unit * mean,
            standard_error: Some(unit * error),
        })
    };
    Some(Line {
        target,
        name,
        architecture,
        runs: runs.len(),
        diverged: runs.len() - marks.len(),
        modes: over(|m| m.modes as f64),
        high_quality: over(|m| m.high_quality),
        reverse_kl: over(|m| m.reverse_kl),
        published: published.map(|(_, _, f)| figures(*f)),
    })
}

/// The runs of earlier calls.
fn read(path: &Path) -> Result<Vec<Ended>, Error> {
    let text = match fs::read_to_string(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|e| Error::new("file", format!("{}: {e}", path.display())))?,
    };
    let parse = |(k, row): (usize, &str)| {
        serde_json::from_str(row)
            .map_err(|e| Error::new("file", format!("{}, line {}: {e}", path.display(), k + 1)))
    };
    text.lines().enumerate().map(parse).collect()
}

/// Trains every run that is not there yet, several at once, each the same as alone.
fn train(
    args: &ReproduceArgs,
    targets: &[&(&'static str, Preset)],
    kept: Vec<Ended>,
) -> Result<Vec<Ended>, Error> {
    let there = |target: &str, packing: usize, seed: u32| {
        kept.iter().any(|e| {
            (e.target.as_str(), e.packing, e.seed, e.steps) == (target, packing, seed, args.steps)
        })
    };
    let mut jobs = VecDeque::new();
    for (target, preset) in targets {
        for seed in 0..args.repeat as u32 {
            for packing in 1..=gan::MAX_PACKING {
                if !there(target, packing, seed) {
                    jobs.push_back((*target, *preset, packing, seed));
                }
            }
        }
    }
    let all = jobs.len();
    let (jobs, ended) = (Mutex::new(jobs), Mutex::new(kept));
    let work = || -> Result<(), Error> {
        loop {
            let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((target, preset, packing, seed)) = job else { return Ok(()) };
            let marks = one(preset, packing, seed, args.steps)?;
            let row = Ended { target: target.into(), packing, seed, steps: args.steps, marks };
            if let Some(path) = &args.keep {
                let file = OpenOptions::new().create(true).append(true).open(path);
                file.and_then(|mut f| {
                    f.write_all(output::json(&row).unwrap_or_default().as_bytes())
                })
                .map_err(|e| Error::new("file", format!("{}: {e}", path.display())))?;
            }
            let left = jobs.lock().unwrap_or_else(PoisonError::into_inner).len();
            // Nothing is left to do where standard error is closed.
            let _ = writeln!(
                std::io::stderr(),
                "{} of {all}: {} on the {target}, seed {seed}",
                all - left,
                packed(packing)
            );
            ended.lock().unwrap_or_else(PoisonError::into_inner).push(row);
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..args.threads).map(|_| scope.spawn(work)).collect();
        let lost = || Error::new("engine", "a training thread was lost");
        threads.into_iter().try_for_each(|t| t.join().map_err(|_| lost())?)
    })?;
    Ok(ended.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// The page's run, to its end.
fn one(preset: Preset, packing: usize, seed: u32, steps: u64) -> Result<Option<Marks>, Error> {
    let mixture = presets::mixture(&Scenario::of(preset), &[])?;
    let request = Request { packing, seed, ..Request::default() };
    let mut gan = Gan::new(&request, modes(&flat(&mixture))?)?;
    match gan.advance(steps as usize) {
        Ok(_) => gan.marks(SAMPLES).map(Some),
        Err(e) if e.code == "diverged" => Ok(None),
        Err(e) => Err(e),
    }
}

fn aeot(preset: Preset, repeat: usize) -> Result<Vec<Option<Marks>>, Error> {
    let scenario = Scenario::of(preset);
    let mixture = presets::mixture(&scenario, &[])?;
    let (polygon, _) = domain::parse("auto", &auto_domain(&scenario))?;
    let made = |seed: usize| {
        let run = Run {
            real: REAL,
            generated: SAMPLES,
            seed: seed as u32,
            measure: Measure::Jump { kappa: scenario.view.kappa },
            tolerance: scenario.tolerance,
            grid: None,
        };
        let go_on = &mut |_: &_| ControlFlow::Continue(());
        let made = experiment::generate(&mixture, &polygon, &run, go_on)?;
        Marks::of(&mixture, &made.generated).map(Some)
    };
    (0..repeat).map(made).collect()
}

/// The recorded runs on a target.
fn recordings(folder: &Path, preset: Preset) -> Result<Vec<Recording>, Error> {
    let at = |e: std::io::Error| Error::new("file", format!("{}: {e}", folder.display()));
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(at)?,
    };
    let mut paths: Vec<_> =
        entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>().map_err(at)?;
    paths.sort();
    let own = flat(&presets::mixture(&Scenario::of(preset), &[])?);
    let mut found = Vec::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "brec")) {
        let recording = Recording::from_bytes(&fs::read(path).map_err(at)?)
            .map_err(|e| Error::new(e.code, format!("{}: {}", path.display(), e.message)))?;
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
        let there = &recording.about().modes;
        if there.len() == own.len() && there.iter().zip(&own).all(near) {
            found.push(recording);
        }
    }
    Ok(found)
}

/// The table for people.
fn table(lines: &[Line], args: &ReproduceArgs) -> String {
    let mut out = String::new();
    let value = |a: &Average, unit: f64, digits: usize| match a.standard_error {
        Some(e) => format!("{:.digits$} ± {:.digits$}", unit * a.mean, unit * e),
        None => format!("{:.digits$}", unit * a.mean),
    };
    let three = |[modes, quality, kl]: [&Average; 3]| {
        let [modes, quality] = [value(modes, 1.0, 1), value(quality, 100.0, 1)];
        format!("{modes:>12}  {quality:>12}  {:>13}", value(kl, 1.0, 3))
    };
    let mut target = "";
    for line in lines {
        if line.target != target {
            target = line.target;
            let _ = writeln!(
                out,
                "{}{target}, {SAMPLES} samples; page: {} steps; ± standard error over runs\n\
                 {:<16}{:>5}  {:>12}  {:>12}  {:>13}   published: modes, high quality %, reverse KL",
                if out.is_empty() { "" } else { "\n" },
                args.steps,
                "",
                "runs",
                "modes",
                "high qual. %",
                "reverse KL"
            );
        }
        let published = line.published.as_ref().map_or_else(String::new, |[m, q, k]| {
            format!("   {}  {}  {}", value(m, 1.0, 1), value(q, 100.0, 1), value(k, 1.0, 2))
        });
        let diverged = if line.diverged > 0 {
            format!("   {} diverged", line.diverged)
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "{:<16}{:>5}  {}{published}{diverged}",
            format!("{}, {}", line.name, line.architecture),
            line.runs,
            three([&line.modes, &line.high_quality, &line.reverse_kl])
        );
    }
    let others =
        PUBLISHED.iter().filter(|(t, n, _)| *n == "ALI" && lines.iter().any(|l| l.target == *t));
    for (target, name, [m, q, k]) in others {
        let _ = writeln!(
            out,
            "\n{name}, published only ({target}): {} ± {}, {} ± {} %, {} ± {}",
            m[0], m[1], q[0], q[1], k[0], k[1]
        );
    }
    out
}
