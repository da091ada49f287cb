//! `brenier train gan`: whole runs of the architecture of PacGAN's authors, kept so that a run that
//! was stopped goes on, and so that `brenier coverage --reproduce` and the page can show it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use coverage::{Modes, ReferenceCase};
use gan::{Arithmetic, Config, Epochs, Trainer};
use lab::error::Error;
use lab::experiment::Scorer;
use lab::gan::{Architecture, Recording};

use crate::Outcome;
use crate::args::TrainArgs;

/// Packs in an epoch, as PacGAN's authors have it.
const PACKS: usize = 100_000;
/// Points generated after each epoch.
pub(crate) const SAMPLES: usize = 2_500;
/// Bytes of an epoch in the history: its points, in f32.
const RECORD: u64 = SAMPLES as u64 * 8;
/// Least time between two lines of progress.
const QUIET: Duration = Duration::from_secs(10);

/// Trains, epoch by epoch, from where the folder's run stands.
pub(crate) fn run(args: &TrainArgs) -> Result<Outcome, Error> {
    let config = Config {
        arithmetic: Arithmetic::Fused,
        ..Config::paper(args.packing, u64::from(args.seed))
    };
    let modes = if args.modes == "ring" { Modes::ring() } else { Modes::grid() };
    fs::create_dir_all(&args.out).map_err(|e| failed(&args.out, &e))?;
    let mut trainer = start(args, &config)?;
    trainer.set_threads(args.threads);
    let points = lab::presets::samples(&modes, PACKS * args.packing, args.seed);
    let mut real = Epochs::new(points, args.packing, config.seed)
        .ok_or_else(|| Error::new("usage", "there is nothing to train on"))?;
    real.go_to(trainer.counters().draws * config.batch as u64);
    let batches = (PACKS / config.batch) as u64;
    let mut history = History::open(&args.out, trainer.counters().draws / batches)?;
    let mut scorer = Scorer::default();
    let (began, first) = (Instant::now(), trainer.counters().steps);
    let mut told = began;
    while trainer.counters().steps < args.epochs as u64 * batches {
        for _ in 0..batches {
            trainer.step(&mut real).map_err(|e| Error::new("diverged", e.to_string()))?;
        }
        let points = trainer.generate(SAMPLES);
        history.add(&points)?;
        keep(&args.out, &trainer)?;
        let steps = trainer.counters().steps;
        if told.elapsed() >= QUIET || steps == args.epochs as u64 * batches {
            told = Instant::now();
            let points: Vec<[f64; 2]> = points.iter().map(|p| p.map(f64::from)).collect();
            let case = ReferenceCase::Perfect;
            let row = scorer.row("GAN", &modes, &points, None, case, args.seed)?;
            let rate = (steps - first) as f64 / began.elapsed().as_secs_f64();
            let left = (args.epochs as u64 * batches - steps) as f64 / rate;
            // Nothing is left to do where standard error is closed.
            let _ = writeln!(
                std::io::stderr(),
                "epoch {} of {}: {} modes, {:.1} % high quality, reverse KL {:.3}; {rate:.0} steps/s, {:.0} min left",
                steps / batches,
                args.epochs,
                row.modes.value,
                100.0 * row.high_quality.value,
                row.reverse_kl.value,
                left / 60.0,
            );
        }
    }
    if let Some(path) = &args.recording {
        let read = history.read(args.epochs)?;
        let command = format!(
            "brenier train gan --modes {} --packing {} --epochs {} --seed {}",
            args.modes, args.packing, args.epochs, args.seed
        );
        let paper = Architecture::Paper;
        let recording = Recording::new(&mut trainer, paper, &modes, &read, &command)?;
        fs::write(path, recording.to_bytes()?).map_err(|e| failed(path, &e))?;
    }
    let text =
        format!("{}: {} steps, seed {}\n", args.out.display(), trainer.counters().steps, args.seed);
    Ok(Outcome { text, reached: true })
}

/// The run as the folder has it, or its start.
fn start(args: &TrainArgs, config: &Config) -> Result<Trainer, Error> {
    let path = args.out.join("state.bin");
    let trainer = match fs::read(&path) {
        Ok(bytes) => Trainer::resume(&bytes)
            .map_err(|e| Error::new("state", format!("{}: {e}", path.display())))?,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            Trainer::new(config.clone()).map_err(|e| Error::new("usage", e.to_string()))?
        }
        Err(e) => return Err(failed(&path, &e)),
    };
    if trainer.config() != config {
        let message = format!(
            "{} holds a run with another packing or seed: give --out another folder",
            args.out.display()
        );
        return Err(Error::new("state", message));
    }
    Ok(trainer)
}

/// Writes the state beside the old one and then in its place, so that one of them is always whole.
fn keep(folder: &Path, trainer: &Trainer) -> Result<(), Error> {
    let (new, old) = (folder.join("state.new"), folder.join("state.bin"));
    fs::write(&new, trainer.save()).map_err(|e| failed(&new, &e))?;
    fs::rename(&new, &old).map_err(|e| failed(&old, &e))
}

/// The generated points after each epoch, one after the other.
struct History(File);

impl History {
    /// Opened behind so many epochs; what a run that was cut off wrote after them is dropped.
    fn open(folder: &Path, epochs: u64) -> Result<Self, Error> {
        let path = folder.join("history.bin");
        let file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
        let mut file = file.map_err(|e| failed(&path, &e))?;
        let length = file.metadata().map_err(|e| failed(&path, &e))?.len();
        if length < epochs * RECORD {
            let message =
                format!("{} is shorter than the run: give --out another folder", path.display());
            return Err(Error::new("state", message));
        }
        file.set_len(epochs * RECORD).map_err(|e| failed(&path, &e))?;
        file.seek(SeekFrom::End(0)).map_err(|e| failed(&path, &e))?;
        Ok(Self(file))
    }

    /// The points after each of the first epochs.
    fn read(mut self, epochs: usize) -> Result<Vec<Vec<[f64; 2]>>, Error> {
        let mut bytes = Vec::new();
        let read = self.0.rewind().and_then(|()| self.0.read_to_end(&mut bytes));
        read.map_err(|e| failed(Path::new("history.bin"), &e))?;
        let at = |bytes: &[u8; 4]| f64::from(f32::from_le_bytes(*bytes));
        let points = |epoch: &[u8]| -> Vec<[f64; 2]> {
            let (numbers, _) = epoch.as_chunks::<4>();
            numbers.as_chunks::<2>().0.iter().map(|[x, y]| [at(x), at(y)]).collect()
        };
        Ok(bytes.chunks_exact(RECORD as usize).take(epochs).map(points).collect())
    }

    fn add(&mut self, points: &[[f32; 2]]) -> Result<(), Error> {
        let bytes: Vec<u8> = points.as_flattened().iter().flat_map(|x| x.to_le_bytes()).collect();
        self.0.write_all(&bytes).map_err(|e| failed(Path::new("history.bin"), &e))
    }
}

fn failed(path: &Path, e: &std::io::Error) -> Error {
    Error::new("file", format!("{}: {e}", path.display()))
}
