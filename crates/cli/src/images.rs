//! `brenier train faces`, `digits` and `fashion`: autoencoders of pictures, kept so that a run that was
//! stopped goes on.

mod labels;
pub(crate) mod latents;
pub(crate) mod measure;

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use decoder::images::{Pictures, sheet};
use decoder::{About, Backend, Progress, Record, Settings, Shape, Stage, Trainer};
use lab::error::Error;

use crate::Outcome;
use crate::args::ImagesArgs;

/// Faces that decide when a step ends, by CelebA's number; those behind them are kept for measuring.
const JUDGES: std::ops::Range<u32> = 200_000..201_000;
/// The first face that is kept for measuring.
const HELD_OUT: u32 = 201_000;
/// Of other pictures the last one in so many decides.
const JUDGE_SHARE: u32 = 12;
/// Least time between two lines of progress.
const QUIET: Duration = Duration::from_secs(30);
/// Least time between two states on the disk, within an epoch.
const KEEP: Duration = Duration::from_secs(180);
/// Pictures on a sheet, and in one of its rows.
const SHEET: (usize, usize) = (64, 16);

/// Trains, from where the folder's run stands.
pub(crate) fn run(args: &ImagesArgs) -> Result<Outcome, Error> {
    let shape = match args.name.as_str() {
        "faces" => Shape::faces(args.latent),
        _ => Shape::digits(args.latent),
    };
    let settings = Settings {
        batch: args.batch,
        rate: args.rate,
        mirror: args.name == "faces",
        epochs: args.epochs,
        decoder_epochs: args.decoder_epochs,
        edges: args.edges,
        seed: u64::from(args.seed),
    };
    fs::create_dir_all(&args.out).map_err(|e| failed(&args.out, &e))?;
    let trainer = start(args, &shape, &settings)?;
    let mut trainer = trainer.on(backend(args)?).map_err(told)?;
    let set = Set::read(args, &shape)?;
    let mut record = Record {
        command: command(args, trainer.progress()),
        images: set.all.as_ref().map_or(set.sharp.len(), Pictures::len),
        held_out: set.judges.len(),
        ..Record::default()
    };
    tell(&mut record, &trainer);
    let mut clock = Clock::start();
    while trainer.progress().stage != Stage::Done {
        let pictures = set.now(&trainer);
        let batches = trainer.batches(pictures);
        while trainer.progress().batches < batches {
            trainer.step(pictures).map_err(told)?;
            clock.images += settings.batch.min(pictures.len());
            if clock.told.elapsed() >= QUIET {
                clock.tell(&trainer, batches);
            }
            if clock.kept.elapsed() >= KEEP {
                keep(&args.out, "state", &trainer.save().map_err(told)?)?;
                clock.kept = Instant::now();
            }
        }
        let (error, stage) = (trainer.error(&set.judges), trainer.progress().stage);
        let seen = trainer.progress().sum / batches as f64;
        trainer.end_epoch(error);
        tell(&mut record, &trainer);
        let (name, epoch) = match stage {
            Stage::Joint => ("joint", record.joint_epochs),
            _ => ("decoder", record.decoder_epochs),
        };
        say(&format!("{name} epoch {epoch} ended: error {error:.6}, in training {seen:.6}"));
        let about = About {
            name: args.name.clone(),
            shape: shape.clone(),
            licence: licence(&args.name).into(),
            record: record.clone(),
            labels: None,
        };
        let picturer = trainer.picturer().map_err(told)?;
        keep(&args.out, "decoder", &picturer.write(&about).map_err(told)?)?;
        let path = args.out.join(format!("sheet-{name}-{epoch:03}.png"));
        fs::write(&path, contact(&trainer, &set.judges)).map_err(|e| failed(&path, &e))?;
        keep(&args.out, "state", &trainer.save().map_err(told)?)?;
        clock.kept = Instant::now();
    }
    let mut about = About {
        name: args.name.clone(),
        shape: shape.clone(),
        licence: licence(&args.name).into(),
        record,
        labels: None,
    };
    let picturer = trainer.picturer().map_err(told)?;
    let bytes = match &args.labels {
        None => picturer.write(&about),
        Some(path) => {
            let (labeller, labels) = labels::train(&args.name, path, &trainer, &set)?;
            about.labels = Some(labels);
            picturer.write_labelled(&about, &labeller)
        }
    };
    keep(&args.out, "decoder", &bytes.map_err(told)?)?;
    let (joint, after) = (&trainer.progress().joint, &trainer.progress().decoder);
    let last = |errors: &[f64]| errors.last().copied().unwrap_or_default();
    let text = format!(
        "{}: mean square error {:.6} after {} epochs of encoder and decoder, {:.6} after {} more of the decoder\n",
        args.out.display(),
        last(joint),
        joint.len(),
        last(after),
        after.len(),
    );
    Ok(Outcome { text, reached: true })
}

/// What computes: what is asked for, else a GPU where there is one.
#[cfg(feature = "faces-gpu")]
fn backend(args: &ImagesArgs) -> Result<Backend, Error> {
    let wanted = args.backend.as_deref();
    if wanted == Some("flex") {
        return Ok(Backend::Flex);
    }
    match (Backend::gpu(), wanted) {
        (Some((gpu, name)), _) => {
            say(&format!("training on {name}"));
            Ok(gpu)
        }
        (None, None) => Ok(Backend::Flex),
        (None, Some(_)) => Err(Error::new(
            "gpu",
            "there is no GPU, or none but a processor that plays one: leave --backend out",
        )),
    }
}

/// What computes: this build has one backend.
#[cfg(not(feature = "faces-gpu"))]
fn backend(_: &ImagesArgs) -> Result<Backend, Error> {
    Ok(Backend::Flex)
}

/// What made the run, with the plans that were given up.
fn command(args: &ImagesArgs, progress: &Progress) -> String {
    let mut text = format!(
        "brenier train {} --latent {} --epochs {} --decoder-epochs {} --batch {} --rate {} --seed {}",
        args.name, args.latent, args.epochs, args.decoder_epochs, args.batch, args.rate, args.seed
    );
    if args.edges > 0.0 {
        text += &format!(" --edges {}", args.edges);
    }
    for plan in &progress.given_up {
        text += &format!(
            " (until {} epochs had ended: --epochs {} --decoder-epochs {} --batch {} --rate {})",
            plan.ended, plan.epochs, plan.decoder_epochs, plan.batch, plan.rate
        );
    }
    text
}

/// How far the run has come, for its file.
fn tell(record: &mut Record, trainer: &Trainer) {
    let progress = trainer.progress();
    let last = |errors: &[f64]| errors.last().copied().unwrap_or_default();
    (record.joint_epochs, record.joint_error) = (progress.joint.len(), last(&progress.joint));
    (record.decoder_epochs, record.decoder_error) =
        (progress.decoder.len(), last(&progress.decoder));
}

/// What weights trained on these pictures may be used for.
fn licence(name: &str) -> &'static str {
    match name {
        "faces" => "trained on CelebA, for non-commercial research",
        "digits" => "trained on MNIST (LeCun, Cortes, Burges), CC BY-SA 3.0",
        _ => "trained on Fashion-MNIST (Zalando SE), MIT",
    }
}

/// The pictures of a run.
struct Set {
    sharp: Pictures,
    /// With the less sharp ones.
    all: Option<Pictures>,
    judges: Pictures,
}

impl Set {
    fn read(args: &ImagesArgs, shape: &Shape) -> Result<Self, Error> {
        let bytes = read(&args.data)?;
        let mut sharp = Pictures::new(shape);
        if args.name == "faces" {
            sharp.add_tar(&bytes, |number| number < JUDGES.end).map_err(told)?;
        } else {
            sharp.add_idx(&args.data.display().to_string(), &bytes).map_err(told)?;
        }
        let count = sharp.len() as u32;
        let judge = |number: u32| match args.name.as_str() {
            "faces" => JUDGES.contains(&number),
            _ => number >= count - count / JUDGE_SHARE,
        };
        let (judges, sharp) = sharp.split(judge);
        if judges.is_empty() || sharp.is_empty() {
            let message = format!(
                "{} has {} pictures to train on and {} to judge by",
                args.data.display(),
                sharp.len(),
                judges.len()
            );
            return Err(Error::new("pictures", message));
        }
        let all = match &args.extra {
            Some(path) => {
                let (mut all, bytes) = (sharp.clone(), read(path)?);
                all.add_tar(&bytes, |number| number < JUDGES.start).map_err(told)?;
                Some(all)
            }
            None => None,
        };
        Ok(Self { sharp, all, judges })
    }

    /// Those of this epoch: what is less sharp only serves the beginning.
    fn now(&self, trainer: &Trainer) -> &Pictures {
        let progress = trainer.progress();
        let early =
            progress.stage == Stage::Joint && 2 * progress.joint.len() < trainer.settings().epochs;
        self.all.as_ref().filter(|_| early).unwrap_or(&self.sharp)
    }
}

/// The run as the folder has it, or its start.
fn start(args: &ImagesArgs, shape: &Shape, settings: &Settings) -> Result<Trainer, Error> {
    let path = args.out.join("state.bin");
    let mut trainer = match fs::read(&path) {
        Ok(bytes) => Trainer::resume(&bytes)
            .map_err(|e| Error::new("state", format!("{}: {e}", path.display())))?,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            Trainer::new(shape, settings.clone()).map_err(told)?
        }
        Err(e) => return Err(failed(&path, &e)),
    };
    // A run may be made longer or shorter; the file tells of it.
    if trainer.shape() != shape || trainer.replan(settings).is_err() {
        let message = format!(
            "{} holds a run with another seed or number of coordinates: give --out another folder",
            args.out.display()
        );
        return Err(Error::new("state", message));
    }
    Ok(trainer)
}

/// Writes a file beside the old one and then in its place, so that one of them is always whole.
fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let extension = if name == "decoder" { "bdec" } else { "bin" };
    let (new, old) =
        (folder.join(format!("{name}.new")), folder.join(format!("{name}.{extension}")));
    fs::write(&new, bytes).map_err(|e| failed(&new, &e))?;
    fs::rename(&new, &old).map_err(|e| failed(&old, &e))
}

/// Rows of held-out pictures, each above the row of their reconstructions.
fn contact(trainer: &Trainer, judges: &Pictures) -> Vec<u8> {
    let (count, columns) = SHEET;
    let count = count.min(judges.len());
    let mut all = Vec::new();
    // What does not fill a row is left out, unless it is all there is.
    for row in 0..(count / columns).max(1) {
        let mut real = Vec::new();
        let places = row * columns..((row + 1) * columns).min(count);
        places.for_each(|k| judges.put(k, false, &mut real));
        let made = trainer.reconstruct(&real);
        real.resize(columns * trainer.shape().pixels(), 1.0);
        all.extend(real);
        all.extend(made);
    }
    sheet(trainer.shape(), &all, columns)
}

/// What progress is told by.
struct Clock {
    began: Instant,
    images: usize,
    told: Instant,
    kept: Instant,
}

impl Clock {
    fn start() -> Self {
        let now = Instant::now();
        Self { began: now, images: 0, told: now, kept: now }
    }

    fn tell(&mut self, trainer: &Trainer, batches: usize) {
        self.told = Instant::now();
        let (progress, settings) = (trainer.progress(), trainer.settings());
        let rate = self.images as f64 / self.began.elapsed().as_secs_f64();
        let minutes = |batches: usize| (batches * settings.batch) as f64 / rate / 60.0;
        let (name, epochs, planned) = match progress.stage {
            Stage::Joint => ("joint", progress.joint.len(), settings.epochs),
            _ => ("decoder", progress.decoder.len(), settings.decoder_epochs),
        };
        let left = batches - progress.batches;
        let most = left + planned.saturating_sub(epochs + 1) * batches;
        say(&format!(
            "{name} epoch {}: {} of {batches} batches, error {:.6}; {rate:.1} images/s, {:.0} min left of the epoch, at most {:.1} h of the step",
            epochs + 1,
            progress.batches,
            progress.sum / progress.batches as f64,
            minutes(left),
            minutes(most) / 60.0,
        ));
    }
}

fn say(line: &str) {
    // Nothing is left to do where standard error is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|e| failed(path, &e))
}

fn told(e: decoder::Error) -> Error {
    Error::new(e.code(), e.to_string())
}

fn failed(path: &Path, e: &std::io::Error) -> Error {
    Error::new("file", format!("{}: {e}", path.display()))
}
