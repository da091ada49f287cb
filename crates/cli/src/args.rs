//! The words of the command line, checked before any file is opened.

mod gan;
mod images;
mod latents;
mod reproduce;
mod solve;
mod train;

pub(crate) use latents::{LatentsArgs, MeasureArgs};
pub(crate) use solve::SPACES;

use std::ffi::OsString;
use std::path::PathBuf;

use coverage::ReferenceCase;
use lab::error::Error;
use lab::gan::Request;
use lab::monte_carlo::{DeviceName, Method, SequenceName};
use lab::scenario::Preset;
use lexopt::{Arg, Parser, ValueExt};
use transport::Density;

/// What was asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    /// Print this text.
    Help(&'static str),
    /// Print the version.
    Version,
    /// `brenier solve`.
    Solve(SolveArgs),
    /// `brenier coverage`.
    Coverage(CoverageArgs),
    /// `brenier coverage --reproduce`.
    Reproduce(ReproduceArgs),
    /// `brenier bench`.
    Bench(BenchArgs),
    /// `brenier train gan`.
    Train(TrainArgs),
    /// `brenier train faces`, `digits` or `fashion`.
    Images(ImagesArgs),
    /// `brenier latents`.
    Latents(LatentsArgs),
    /// `brenier measure`.
    Measure(MeasureArgs),
    /// `brenier gan`.
    Gan(GanArgs),
}

/// A file, or standard input where `-` stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// Options of `brenier solve`.
#[derive(Debug, PartialEq)]
pub(crate) struct SolveArgs {
    pub(crate) sites: Input,
    pub(crate) masses: Option<Input>,
    pub(crate) domain: String,
    pub(crate) density: Density,
    pub(crate) tolerance: Option<f64>,
    pub(crate) max_iterations: Option<usize>,
    /// Timed solves after a warm-up; `None` is one solve without.
    pub(crate) repeat: Option<usize>,
    pub(crate) json: bool,
    /// By Monte Carlo, and how; `None` is exactly, by Newton's method.
    pub(crate) monte_carlo: Option<MonteCarloArgs>,
}

/// Options of `brenier solve` that Monte Carlo alone has.
#[derive(Debug, PartialEq)]
pub(crate) struct MonteCarloArgs {
    pub(crate) method: Method,
    pub(crate) samples: Option<u32>,
    pub(crate) max_samples: Option<u32>,
    pub(crate) rate: Option<f64>,
    pub(crate) sequence: SequenceName,
    pub(crate) seed: u32,
    pub(crate) device: DeviceName,
    /// Of the processor; all there are where not given.
    pub(crate) threads: Option<usize>,
}

/// Options of `brenier coverage`.
#[derive(Debug, PartialEq)]
pub(crate) struct CoverageArgs {
    /// `grid`, `ring` or a file.
    pub(crate) modes: OsString,
    pub(crate) source: Source,
    pub(crate) seed: u32,
    pub(crate) json: bool,
}

/// Options of `brenier coverage --reproduce`.
#[derive(Debug, PartialEq)]
pub(crate) struct ReproduceArgs {
    /// `grid` or `ring`; both where not given.
    pub(crate) modes: Option<String>,
    /// Seeds of each row.
    pub(crate) repeat: usize,
    /// Of each run.
    pub(crate) steps: u64,
    /// Runs at once.
    pub(crate) threads: usize,
    /// Where runs that have ended are kept, and found again.
    pub(crate) keep: Option<PathBuf>,
    /// Folder of recorded runs.
    pub(crate) recordings: PathBuf,
    pub(crate) json: bool,
}

/// Options of `brenier bench`.
#[derive(Debug, PartialEq)]
pub(crate) struct BenchArgs {
    pub(crate) work: Work,
    pub(crate) sizes: Vec<usize>,
    pub(crate) seeds: u64,
    /// Timed solves of each point set, after a warm-up.
    pub(crate) repeat: usize,
    pub(crate) json: bool,
}

/// Options of `brenier train gan`.
#[derive(Debug, PartialEq)]
pub(crate) struct TrainArgs {
    /// `grid` or `ring`.
    pub(crate) modes: String,
    pub(crate) packing: usize,
    pub(crate) epochs: usize,
    pub(crate) seed: u32,
    /// Threads of the processor, at least one; the run does not depend on it.
    pub(crate) threads: usize,
    /// The run's folder.
    pub(crate) out: PathBuf,
    /// The file that shows the run in the page, made at its end.
    pub(crate) recording: Option<PathBuf>,
}

/// Options of `brenier train faces`, `digits` and `fashion`.
#[derive(Debug, PartialEq)]
#[cfg_attr(not(feature = "faces"), allow(dead_code))] // read, and then refused
pub(crate) struct ImagesArgs {
    /// `faces`, `digits` or `fashion`.
    pub(crate) name: String,
    /// The archive or idx file of the pictures.
    pub(crate) data: PathBuf,
    /// The pictures' labels, for a classifier.
    pub(crate) labels: Option<PathBuf>,
    /// An archive of less sharp ones, for the first epochs.
    pub(crate) extra: Option<PathBuf>,
    pub(crate) latent: usize,
    /// Most of them, in each of the two steps.
    pub(crate) epochs: usize,
    /// Most epochs of the decoder alone.
    pub(crate) decoder_epochs: usize,
    pub(crate) batch: usize,
    /// Adam's α at the start.
    pub(crate) rate: f64,
    /// What the errors' differences between neighbours weigh in the loss.
    pub(crate) edges: f64,
    /// `flex` or `gpu`; without it what is at hand.
    pub(crate) backend: Option<String>,
    pub(crate) seed: u32,
    /// The run's folder.
    pub(crate) out: PathBuf,
}

/// Options of `brenier gan`.
#[derive(Debug, PartialEq)]
pub(crate) struct GanArgs {
    /// The preset whose mixture it is.
    pub(crate) modes: Preset,
    pub(crate) request: Request,
    pub(crate) steps: u64,
    /// Steps between marks; `None` is as the page has them.
    pub(crate) every: Option<u64>,
    /// Generated points scored at each mark.
    pub(crate) samples: usize,
    pub(crate) json: bool,
}

/// What `brenier bench` measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Work {
    /// Exact solves.
    Exact,
    /// Monte Carlo on samples of the grid.
    Grid,
    /// Monte Carlo in 64 dimensions.
    High,
    /// How Monte Carlo's errors fall with the samples.
    Slopes,
}

/// Where the samples come from.
#[derive(Debug, PartialEq)]
pub(crate) enum Source {
    /// Read.
    Samples { samples: Input, real: Option<Input>, reference: ReferenceCase },
    /// Made by optimal transport to `real` samples of the modes.
    AeOt { real: usize, generate: usize, repeat: Option<usize>, kappa: Option<f64>, domain: String },
}

/// Options that take no value.
const FLAGS: [&str; 5] = ["json", "help", "version", "aeot", "reproduce"];
const BENCH: [&str; 5] = ["work", "sizes", "seeds", "repeat", "json"];
const COVERAGE: [&str; 12] = [
    "modes",
    "samples",
    "real-samples",
    "reference",
    "aeot",
    "real",
    "generate",
    "repeat",
    "kappa",
    "domain",
    "seed",
    "json",
];

/// Every command.
const COMMANDS: [&str; 8] =
    ["solve", "coverage", "bench", "train", "latents", "measure", "gan", "help"];

/// Reads the arguments, the program's name left out.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Error> {
    let mut parser = Parser::from_args(arguments);
    let Some(first) = next(&mut parser)? else {
        return Ok(Command::Help(crate::help::BRENIER));
    };
    match first {
        Given::Option(name) if name == "help" => Ok(Command::Help(crate::help::BRENIER)),
        Given::Option(name) if name == "version" => Ok(Command::Version),
        Given::Word(word) if word == "solve" => solve::parse(&mut parser),
        Given::Word(word) if word == "coverage" => coverage(&mut parser),
        Given::Word(word) if word == "bench" => bench(&mut parser),
        Given::Word(word) if word == "train" => train::parse(&mut parser),
        Given::Word(word) if word == "latents" => latents::latents(&mut parser),
        Given::Word(word) if word == "measure" => latents::measure(&mut parser),
        Given::Word(word) if word == "gan" => gan::parse(&mut parser),
        Given::Word(word) if word == "help" => Ok(Command::Help(match next(&mut parser)? {
            Some(Given::Word(w)) if w == "solve" => crate::help::SOLVE,
            Some(Given::Word(w)) if w == "coverage" => crate::help::COVERAGE,
            Some(Given::Word(w)) if w == "bench" => crate::help::BENCH,
            Some(Given::Word(w)) if w == "train" => crate::help::TRAIN,
            Some(Given::Word(w)) if w == "latents" => crate::help::LATENTS,
            Some(Given::Word(w)) if w == "measure" => crate::help::MEASURE,
            Some(Given::Word(w)) if w == "gan" => crate::help::GAN,
            _ => crate::help::BRENIER,
        })),
        Given::Word(word) => {
            let word = word.to_string_lossy().into_owned();
            let hint = suggest(&word, &COMMANDS);
            Err(usage(format!(
                "there is no command “{word}”{}",
                hint_or(hint, "", "brenier --help")
            )))
        }
        Given::Option(name) => Err(unknown(&name, &["help", "version"], "brenier --help")),
    }
}

fn bench(parser: &mut Parser) -> Result<Command, Error> {
    let (mut sizes, mut seeds, mut repeat) = (vec![100, 512, 2_000, 10_000, 32_000], 3, 5);
    let (mut json, mut work) = (false, Work::Exact);
    while let Some(given) = next(parser)? {
        let Given::Option(name) = given else { return Err(stray(given)) };
        match name.as_str() {
            "help" => return Ok(Command::Help(crate::help::BENCH)),
            "work" => {
                work = match text(parser, &name)?.as_str() {
                    "exact" => Work::Exact,
                    "grid" => Work::Grid,
                    "high" => Work::High,
                    "slopes" => Work::Slopes,
                    other => {
                        return Err(usage(format!(
                            "--work wants exact, grid, high or slopes, not “{other}”"
                        )));
                    }
                }
            }
            "json" => json = true,
            "sizes" => {
                sizes = text(parser, &name)?
                    .split(',')
                    .map(|n| match n.trim().parse() {
                        Ok(n) if n > 0 => Ok(n),
                        _ => Err(usage(format!(
                            "--sizes needs whole numbers above 0 with commas between them, not “{n}”"
                        ))),
                    })
                    .collect::<Result<_, _>>()?;
            }
            "seeds" => seeds = count(parser, &name)? as u64,
            "repeat" => repeat = count(parser, &name)?,
            _ => return Err(unknown(&name, &BENCH, "brenier bench --help")),
        }
    }
    Ok(Command::Bench(BenchArgs { work, sizes, seeds, repeat, json }))
}

fn coverage(parser: &mut Parser) -> Result<Command, Error> {
    let (mut modes, mut samples, mut real_samples, mut reference) = (None, None, None, None);
    let (mut aeot, mut real, mut generate, mut repeat) = (false, None, None, None);
    let (mut kappa, mut domain, mut seed, mut json) = (None, None, None, false);
    while let Some(given) = next(parser)? {
        let Given::Option(name) = given else { return Err(stray(given)) };
        match name.as_str() {
            "help" => return Ok(Command::Help(crate::help::COVERAGE)),
            "reproduce" => return reproduce::parse(parser),
            "json" => json = true,
            "aeot" => aeot = true,
            "modes" => modes = Some(value(parser, &name)?),
            "samples" => samples = Some(input(parser, &name)?),
            "real-samples" => real_samples = Some(input(parser, &name)?),
            "reference" => reference = Some(case(&text(parser, &name)?)?),
            "real" => real = Some(count(parser, &name)?),
            "generate" => generate = Some(count(parser, &name)?),
            "repeat" => repeat = Some(count(parser, &name)?),
            "kappa" => kappa = Some(positive(parser, &name)?),
            "domain" => domain = Some(text(parser, &name)?),
            "seed" => seed = Some(number(parser, &name, "a whole number from 0 to 4294967295")?),
            _ => return Err(unknown(&name, &COVERAGE, "brenier coverage --help")),
        }
    }
    let modes =
        modes.ok_or_else(|| usage("no modes: write --modes grid, --modes ring or --modes FILE"))?;
    let source = if aeot {
        let wrong = [
            ("samples", samples.is_some()),
            ("real-samples", real_samples.is_some()),
            ("reference", reference.is_some()),
        ];
        forbid(
            &wrong,
            "does not go with --aeot, which makes the samples itself: leave one of them out",
        )?;
        once([None, (modes == "-").then_some(&Input::Standard)])?;
        Source::AeOt {
            real: real.unwrap_or(512),
            generate: generate.unwrap_or(2_500),
            repeat,
            kappa,
            domain: domain.unwrap_or_else(|| "auto".to_owned()),
        }
    } else {
        let wrong = [
            ("real", real.is_some()),
            ("generate", generate.is_some()),
            ("repeat", repeat.is_some()),
            ("kappa", kappa.is_some()),
            ("domain", domain.is_some()),
        ];
        forbid(
            &wrong,
            "belongs to --aeot: add --aeot (a file of real samples goes to --real-samples)",
        )?;
        let samples = samples.ok_or_else(|| {
            usage("no samples: write --samples FILE, --samples - for standard input, or --aeot to make them")
        })?;
        let modes_input = (modes == "-").then_some(&Input::Standard);
        once([Some(&samples), real_samples.as_ref(), modes_input])?;
        Source::Samples {
            samples,
            real: real_samples,
            reference: reference.unwrap_or(ReferenceCase::Perfect),
        }
    };
    Ok(Command::Coverage(CoverageArgs { modes, source, seed: seed.unwrap_or(0), json }))
}

fn case(text: &str) -> Result<ReferenceCase, Error> {
    let resampled = text.strip_prefix("resampled:").and_then(|n| n.parse().ok()).filter(|&n| n > 0);
    match (text, resampled) {
        ("perfect", _) => Ok(ReferenceCase::Perfect),
        (_, Some(real)) => Ok(ReferenceCase::Resampled { real }),
        _ => Err(usage(format!(
            "--reference wants perfect or resampled:N with N real samples, not “{text}”"
        ))),
    }
}

/// An option's name without its dashes, or a word without.
enum Given {
    Option(String),
    Word(OsString),
}

fn next(parser: &mut Parser) -> Result<Option<Given>, Error> {
    // A value that the option before does not take (`--json=1`) fails here.
    Ok(match parser.next().map_err(|e| usage(e.to_string()))? {
        None => None,
        Some(Arg::Short('h')) => Some(Given::Option("help".into())),
        Some(Arg::Short('V')) => Some(Given::Option("version".into())),
        Some(Arg::Short(c)) => {
            return Err(usage(format!(
                "unknown option -{c}: options have two dashes and a full name"
            )));
        }
        Some(Arg::Long(name)) => Some(Given::Option(name.to_owned())),
        Some(Arg::Value(word)) => Some(Given::Word(word)),
    })
}

fn value(parser: &mut Parser, name: &str) -> Result<OsString, Error> {
    parser.value().map_err(|_| usage(format!("--{name} wants a value")))
}

fn text(parser: &mut Parser, name: &str) -> Result<String, Error> {
    value(parser, name)?
        .string()
        .map_err(|_| usage(format!("the value of --{name} is not valid UTF-8")))
}

fn input(parser: &mut Parser, name: &str) -> Result<Input, Error> {
    Ok(Input::of(value(parser, name)?))
}

impl Input {
    /// `-` or a path.
    pub(crate) fn of(value: OsString) -> Self {
        if value == "-" { Self::Standard } else { Self::File(value.into()) }
    }
}

fn number<T: std::str::FromStr>(parser: &mut Parser, name: &str, wanted: &str) -> Result<T, Error> {
    let text = text(parser, name)?;
    text.parse().map_err(|_| usage(format!("--{name} wants {wanted}, not “{text}”")))
}

fn count(parser: &mut Parser, name: &str) -> Result<usize, Error> {
    let n = number(parser, name, "a whole number from 1")?;
    if n == 0 {
        Err(usage(format!("--{name} wants a whole number from 1, not “0”")))
    } else {
        Ok(n)
    }
}

fn positive(parser: &mut Parser, name: &str) -> Result<f64, Error> {
    let x: f64 = number(parser, name, "a positive number")?;
    if x > 0.0 && x.is_finite() {
        Ok(x)
    } else {
        Err(usage(format!("--{name} wants a positive number, not “{x}”")))
    }
}

/// Standard input can be read only once.
fn once<const N: usize>(inputs: [Option<&Input>; N]) -> Result<(), Error> {
    if inputs.iter().flatten().filter(|i| ***i == Input::Standard).count() > 1 {
        return Err(usage("standard input can be read only once: give a file for all but one “-”"));
    }
    Ok(())
}

fn forbid(options: &[(&str, bool)], why: &str) -> Result<(), Error> {
    match options.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(usage(format!("--{name} {why}"))),
        None => Ok(()),
    }
}

fn stray(given: Given) -> Error {
    let Given::Word(word) = given else { return usage("unexpected option") };
    usage(format!("“{}” stands alone: every value follows an option", word.to_string_lossy()))
}

fn usage(message: impl Into<String>) -> Error {
    Error::new("usage", message)
}

fn unknown(name: &str, known: &[&str], help: &str) -> Error {
    let hint = suggest(name, known).or_else(|| suggest(name, &FLAGS));
    usage(format!("unknown option --{name}{}", hint_or(hint, "--", help)))
}

fn hint_or(hint: Option<&str>, dashes: &str, help: &str) -> String {
    match hint {
        Some(hint) => format!(": did you mean {dashes}{hint}?"),
        None => format!(": see {help}"),
    }
}

/// The known word nearest to `word`, if it is near.
fn suggest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let nearest = known.iter().map(|&k| (edits(word, k), k)).min_by_key(|&(d, _)| d)?;
    let begun = || known.iter().copied().find(|k| word.len() >= 3 && k.starts_with(word));
    (nearest.0 <= 2.min(word.len() / 2)).then_some(nearest.1).or_else(begun)
}

/// Levenshtein's distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[track_caller]
    fn refused(line: &str, hint: &str) {
        let error = parsed(line).unwrap_err();
        assert_eq!(error.code, "usage");
        assert!(error.message.contains(hint), "{line}: {}", error.message);
        assert!(!error.message.contains('\n'));
    }

    #[test]
    fn solve_with_and_without_options() {
        let Ok(Command::Solve(plain)) = parsed("solve --sites a.csv") else { panic!() };
        assert_eq!(plain.sites, Input::File("a.csv".into()));
        assert_eq!((plain.domain.as_str(), plain.tolerance, plain.json), ("square", None, false));
        let line = "solve --domain=disk:-1,0,2 --json --tolerance 1e-6 --sites - --repeat 5 --threads 1 --method newton";
        let Ok(Command::Solve(full)) = parsed(line) else { panic!() };
        assert_eq!(full.sites, Input::Standard);
        assert_eq!((full.domain.as_str(), full.tolerance), ("disk:-1,0,2", Some(1e-6)));
        assert_eq!((full.repeat, full.json), (Some(5), true));
        assert_eq!((plain.density, full.density), (Density::Uniform, Density::Uniform));
        let Ok(Command::Solve(normal)) = parsed("solve --sites a --source gaussian:1,-2,0.5")
        else {
            panic!()
        };
        assert_eq!(normal.density, Density::Gaussian { mean: [1.0, -2.0], sigma: 0.5 });
    }

    #[test]
    fn coverage_of_a_file_and_of_aeot() {
        let Ok(Command::Coverage(a)) =
            parsed("coverage --modes grid --samples s.csv --reference resampled:512")
        else {
            panic!()
        };
        let Source::Samples { reference, .. } = a.source else { panic!() };
        assert_eq!(reference, ReferenceCase::Resampled { real: 512 });
        let Ok(Command::Coverage(b)) = parsed("coverage --modes ring --aeot --real 64 --seed 7")
        else {
            panic!()
        };
        let Source::AeOt { real, generate, repeat, .. } = b.source else { panic!() };
        assert_eq!((real, generate, repeat, b.seed), (64, 2_500, None, 7));
    }

    #[test]
    fn mistakes_are_named_with_what_to_do() {
        for (line, hint) in [
            ("sovle", "did you mean solve?"),
            ("trian", "did you mean train?"),
            ("train pictures", "brenier train gan"),
            ("train faces --out a", "--data FILE"),
            ("train digits --data a", "--out FOLDER"),
            ("train digits --data a --out b --extra c", "goes with faces"),
            ("train gan --modes cube --out a", "grid or ring"),
            ("train gan --modes grid", "--out FOLDER"),
            ("train gan --modes grid --out a --packing 5", "1 to 4"),
            ("train gan --modes grid --out a --threads 0", "--threads wants a whole number from 1"),
            (
                "train gan --modes grid --out a --threads all",
                "--threads wants a whole number from 1",
            ),
            ("gan", "--modes grid"),
            ("gan --modes cube", "grid, ring, clusters, spiral"),
            ("gan --modes grid --loss hinge", "least-squares"),
            ("gan --modes grid --packing 5", "1 to 4"),
            ("gan --modes grid --samples 1000000", "1 to 100000"),
            ("gan --modes grid --step 3", "did you mean --steps?"),
            ("solve", "--sites FILE"),
            ("solve --site a.csv", "did you mean --sites?"),
            ("solve --tol 1", "did you mean --tolerance?"),
            ("solve --frobnicate", "brenier solve --help"),
            ("solve a.csv", "follows an option"),
            ("solve --sites", "wants a value"),
            ("solve --sites a --tolerance 0", "positive number"),
            ("solve --sites a --tolerance nan", "positive number"),
            ("solve --sites a --repeat 0", "whole number from 1"),
            ("solve --sites a --source normal", "gaussian:x,y,sigma"),
            ("solve --sites a --source gaussian:0,1", "three numbers"),
            ("solve --sites a --method simplex", "no method"),
            ("solve --sites a --method newton --domain cube", "--method adam"),
            ("solve --sites a --domain ball --source gaussian:0,0,1", "--domain gaussian"),
            ("solve --sites a --method adam --source gaussian:0,0,1", "leave --source out"),
            ("solve --sites a --device gpu", "--method adam"),
            ("solve --sites a --samples 5", "--method adam"),
            ("solve --sites a --method adam --device tpu", "auto, cpu or gpu"),
            ("solve --sites a --method adam --sequence halton", "sobol or philox"),
            ("solve --sites a --threads 4", "one thread"),
            ("solve --sites - --masses -", "only once"),
            ("solve --json=yes --sites a", "--json"),
            ("solve -x", "-x"),
            ("coverage --samples a", "--modes grid"),
            ("coverage --modes grid", "--samples FILE"),
            ("coverage --modes grid --aeot --samples a", "--samples does not go with --aeot"),
            ("coverage --modes grid --samples a --real 5", "--real belongs to --aeot"),
            ("coverage --reproduce --modes spiral", "--modes grid"),
            ("coverage --reproduce --seed 1", "--seed"),
            ("coverage --modes - --samples -", "only once"),
            ("coverage --modes grid --samples a --seed -1", "whole number"),
            ("coverage --modes grid --samples a --reference best", "resampled:N"),
        ] {
            refused(line, hint);
        }
    }

    #[test]
    fn help_is_found_everywhere() {
        for line in [
            "",
            "--help",
            "-h",
            "help",
            "solve --help",
            "solve --sites a -h",
            "help coverage",
            "coverage --help",
        ] {
            assert!(matches!(parsed(line), Ok(Command::Help(_))), "{line}");
        }
        assert_eq!(parsed("--version"), Ok(Command::Version));
    }

    #[test]
    fn help_names_every_option_that_is_taken() {
        for (options, help) in [
            (&solve::OPTIONS[..], crate::help::SOLVE),
            (&COVERAGE[..], crate::help::COVERAGE),
            (&BENCH[..], crate::help::BENCH),
            (&train::OPTIONS[..], crate::help::TRAIN),
            (&reproduce::OPTIONS[..], crate::help::COVERAGE),
            (&latents::LATENTS[..], crate::help::LATENTS),
            (&latents::MEASURE[..], crate::help::MEASURE),
            (&gan::OPTIONS[..], crate::help::GAN),
        ] {
            for option in options {
                assert!(help.contains(&format!("--{option}")), "--{option} is not in the help");
            }
        }
    }

    #[test]
    fn distance_of_words() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(suggest("domian", &solve::OPTIONS), Some("domain"));
        assert_eq!(suggest("zzzzzz", &solve::OPTIONS), None);
    }
}
