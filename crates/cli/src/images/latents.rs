//! `brenier latents`: codes of pictures trained on, placed in the cube, and the transport to them.

use std::path::Path;

use decoder::images::{Pictures, labels, strip};
use decoder::{Labeller, Picturer, Shape, Stage, Trainer};
use lab::error::Error;
use lab::latent::{Choice, Draft, Latents, Map, Precision, Solved, Words};
use lab::monte_carlo::{Method, Request, Shown, Watcher, solve};
use rand::seq::SliceRandom as _;
use rand_core::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde::Serialize;

use super::{JUDGES, failed, licence, read, say, told};
use crate::Outcome;
use crate::args::{LatentsArgs, MeasureArgs};
use crate::monte_carlo::clock;

/// Eight bits will do where decoded pictures then differ by less than this in the root mean square: one of
/// the 256 levels that a screen shows.
const SAME: f64 = 1.0 / 255.0;

/// The pictures that the page shows before it can make any: the first of the seed it opens with.
const FIRST: usize = 12;
const FIRST_SEED: u32 = 0;

/// Makes the three files that the page loads.
pub(crate) fn run(args: &LatentsArgs) -> Result<Outcome, Error> {
    let path = args.run.join("state.bin");
    let trainer = Trainer::resume(&read(&path)?)
        .map_err(|e| Error::new("state", format!("{}: {e}", path.display())))?;
    if trainer.progress().stage != Stage::Done {
        say("the training run is not at its end: these are its codes so far");
    }
    let shape = trainer.shape().clone();
    // What is shipped: half precision, and perhaps a classifier.
    let path = args.run.join("decoder.bdec");
    let decoder = read(&path)?;
    let (picturer, about) = Picturer::read(&decoder, decoder::Backend::DEFAULT)
        .map_err(|e| Error::new(e.code(), format!("{}: {e}", path.display())))?;
    let (pictures, chosen) = choose(args, &shape)?;
    let mut real = Vec::new();
    chosen.iter().for_each(|k| pictures.put(*k, false, &mut real));
    let codes = trainer.encode(&real);
    say(&format!("{} pictures encoded", chosen.len()));
    let draft = draft(&picturer, &codes)?;
    let request = Request {
        domain: "cube".into(),
        dimension: shape.latent,
        method: Method::Hierarchical,
        tolerance: args.tolerance,
        seed: args.seed,
        ..Request::default()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut line = Line { last: clock() };
    let solving = solve(&request, draft.sites(), None, clock, threads, &mut line);
    let solved = pollster::block_on(solving)?;
    say(&format!(
        "heights: r.m.s. {:.4} ± {:.4}, {} starved, {} samples, {:.0} s: {}",
        solved.report.residual,
        solved.report.residual_error,
        solved.report.starved.len(),
        solved.report.samples,
        clock() / 1e3,
        solved.report.stopped
    ));
    let labels = match &args.labels {
        Some(path) => {
            let all = labels(&path.display().to_string(), &read(path)?).map_err(told)?;
            let own = |k: &usize| all.get(pictures.numbers()[*k] as usize).copied();
            let some: Option<Vec<u8>> = chosen.iter().map(own).collect();
            let refused = || {
                let message = format!("{} has too few labels for these pictures", path.display());
                Error::new("pictures", message)
            };
            Some(some.ok_or_else(refused)?)
        }
        None => None,
    };
    let classes = about.labels.map(|labels| labels.classes).unwrap_or_default();
    let classes: Vec<&str> = match labels {
        Some(_) => classes.iter().map(String::as_str).collect(),
        None => vec![],
    };
    let command = format!(
        "brenier latents {} --count {} --tolerance {} --quantile {} --share {} --seed {}",
        args.name, args.count, args.tolerance, args.quantile, args.share, args.seed
    );
    let words = Words {
        name: &args.name,
        licence: licence(&args.name),
        command: &command,
        seed: args.seed,
        classes: &classes,
    };
    let solved = Solved {
        heights: &solved.heights,
        masses: None,
        // No map needs them.
        centroids: None,
        labels: labels.as_deref(),
        report: (&solved.report).into(),
    };
    let choice = Choice { quantile: args.quantile, interpolated: args.share, ..Choice::default() };
    let bytes = draft.finish(&words, &solved, &choice)?;
    std::fs::create_dir_all(&args.out).map_err(|e| failed(&args.out, &e))?;
    let latents = Latents::from_bytes(&bytes)?;
    let first = latents.sample(FIRST_SEED, 0, FIRST, Map::Transport, None);
    let first = strip(&shape, &picturer.decode(&first.codes).map_err(told)?);
    for (end, bytes) in [(".bdec", &decoder), (".blat", &bytes), ("-strip.png", &first)] {
        let path = args.out.join(format!("{}{end}", args.name));
        std::fs::write(&path, bytes).map_err(|e| failed(&path, &e))?;
        say(&format!("{}: {} bytes", path.display(), bytes.len()));
    }
    Ok(Outcome { text: Told::of(&latents).text(), reached: true })
}

/// The pictures, and the places of those to encode.
fn choose(args: &LatentsArgs, shape: &Shape) -> Result<(Pictures, Vec<usize>), Error> {
    let bytes = read(&args.data)?;
    let mut pictures = Pictures::new(shape);
    if args.name == "faces" {
        pictures.add_tar(&bytes, |number| number < JUDGES.start).map_err(told)?;
    } else {
        pictures.add_idx(&args.data.display().to_string(), &bytes).map_err(told)?;
    }
    if args.count > pictures.len() || args.count < 2 {
        let message = format!(
            "{} has {} pictures that were trained on, and --count is {}: choose 2 to as many",
            args.data.display(),
            pictures.len(),
            args.count
        );
        return Err(Error::new("pictures", message));
    }
    let mut places: Vec<usize> = (0..pictures.len()).collect();
    let mut rng = Pcg64Mcg::seed_from_u64(u64::from(args.seed));
    let (chosen, _) = places.partial_shuffle(&mut rng, args.count);
    let chosen = chosen.to_vec();
    Ok((pictures, chosen))
}

/// The codes in as few bytes as leave the decoded pictures as they are.
fn draft(picturer: &Picturer, codes: &[f32]) -> Result<Draft, Error> {
    let latent = picturer.shape().latent;
    // Some hundred say it well enough.
    let some = codes.len().min(512 * latent);
    let plain = picturer.decode(&codes[..some]).map_err(told)?;
    let mut drafts = Vec::new();
    for (name, precision) in [("eight bits", Precision::Eight), ("half precision", Precision::Half)]
    {
        let draft = Draft::new(latent, codes, precision)?;
        let stored = picturer.decode(&draft.codes()[..some]).map_err(told)?;
        let squares = plain.iter().zip(&stored).map(|(a, b)| f64::from(a - b).powi(2));
        let apart = (squares.sum::<f64>() / plain.len() as f64).sqrt();
        say(&format!(
            "codes in {name}: decoded pictures differ by {:.3} levels of 255",
            apart * 255.0
        ));
        if apart < SAME {
            return Ok(draft);
        }
        drafts.push(draft);
    }
    // Half precision is as good as it gets.
    drafts.pop().ok_or_else(|| Error::new("latent-sites", "there are no codes"))
}

/// Tells how the solve goes, once in a while.
struct Line {
    last: f64,
}

impl Watcher for Line {
    async fn watch(&mut self, p: &Shown<'_>) -> bool {
        if clock() - self.last > 15e3 {
            self.last = clock();
            say(&format!(
                "{}: step {}, {:.2e} samples, residual {:.3}",
                p.phase, p.iteration, p.samples as f64, p.rms
            ));
        }
        true
    }
}

/// What the transport does at random points.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told {
    /// Codes.
    count: usize,
    /// See `lab::latent::Estimates`.
    report: lab::latent::Estimates,
    /// Jumps above this quantile are singular.
    quantile: f64,
    /// The share of images with max λ < 0.9.
    interpolated: f64,
    /// Deciles of max λ, 0 to 100 %.
    heaviest: Vec<f64>,
    /// The share of points whose second plane is across the singular set.
    across: f64,
    /// Median distance of an interpolated image to the nearest code, and of held-out pictures' own
    /// codes to theirs; in the cube's units.
    nearest: Option<[f64; 2]>,
    /// Of labelled pictures, the classes of those that each map drew.
    classes: Vec<(String, lab::latent::ClassTally)>,
}

/// Pictures that are labelled.
const LABELLED: usize = 2500;

impl Told {
    fn of(latents: &Latents) -> Self {
        let about = latents.about();
        Self {
            count: about.count,
            report: about.report.clone(),
            quantile: about.shipped.quantile,
            interpolated: about.shipped.interpolated,
            heaviest: about.shipped.heaviest.iter().step_by(10).copied().collect(),
            across: about.shipped.across,
            nearest: None,
            classes: vec![],
        }
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "{} codes; r.m.s. of relative mass errors {:.4} ± {:.4}, maximum {:.3} (noise alone {:.3}), variation {:.4} (noise {:.4}), {} starved\n",
            self.count,
            self.report.residual,
            self.report.residual_error,
            self.report.maximum,
            self.report.maximum_noise,
            self.report.variation,
            self.report.variation_noise,
            self.report.starved.len(),
        );
        text += &format!(
            "jumps above the {:.2} quantile are singular: {:.1} % of points have one beside them; {:.1} % of images are interpolated (max λ < 0.9)\nmax λ, deciles:",
            self.quantile,
            100.0 * self.across,
            100.0 * self.interpolated
        );
        self.heaviest.iter().for_each(|x| text += &format!(" {x:.3}"));
        text += "\n";
        if let Some([own, held]) = self.nearest {
            text += &format!(
                "median distance to the nearest code: {own:.4} of interpolated images, {held:.4} of held-out pictures' own codes ({:.2})\n",
                own / held
            );
        }
        for (of, tally) in &self.classes {
            text += &format!(
                "{LABELLED} labelled: {} of the classes, KL {:.4} (perfect {:.4}, {:.4} to {:.4})  {of}\n",
                tally.captured, tally.kl, tally.perfect, tally.low, tally.high
            );
        }
        text
    }
}

/// Pictures that were made, and from what.
type Sets = Vec<(String, Vec<f32>)>;

/// As many pictures as are held out from each of the three maps, at the same points.
pub(super) fn generate(
    path: &Path,
    args: &MeasureArgs,
    trainer: &Trainer,
    held: &Pictures,
) -> Result<(Told, Sets), Error> {
    let (run, seed) = (&args.run, args.seed);
    let mut latents = Latents::from_bytes(&read(path)?)?;
    if latents.about().dimension != trainer.shape().latent {
        let message = format!(
            "{} holds codes of {} coordinates, the run has {}",
            path.display(),
            latents.about().dimension,
            trainer.shape().latent
        );
        return Err(Error::new("latent-sites", message));
    }
    if args.quantile.is_some() || args.share.is_some() {
        let usual = Choice::default();
        let shipped = &latents.about().shipped;
        let quantile = args.quantile.unwrap_or(shipped.quantile);
        let interpolated = args.share.unwrap_or(shipped.interpolated);
        let seed = latents.about().seed;
        latents.calibrate(seed, &Choice { quantile, interpolated, ..usual });
    }
    let file = run.join("decoder.bdec");
    let bytes = read(&file)?;
    let spoilt = |e: decoder::Error| Error::new(e.code(), format!("{}: {e}", file.display()));
    let (picturer, _) = Picturer::read(&bytes, decoder::Backend::DEFAULT).map_err(spoilt)?;
    let labeller = Labeller::read(&bytes, decoder::Backend::DEFAULT).map_err(spoilt)?;
    let count = held.len();
    let (mut sets, mut nearest, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    for (map, of) in [
        (Map::Transport, "AE-OT, cut at the singular set"),
        (Map::Continuous, "the same with the threshold at infinity"),
        (Map::Gaussian, "the Gaussian fitted to the codes"),
    ] {
        let samples = latents.sample(seed, 0, count, map, None);
        if map == Map::Transport {
            let new = samples.distances.iter().zip(&samples.heaviest);
            nearest = new.filter(|(_, w)| **w < 0.9).map(|(d, _)| f64::from(*d)).collect();
        }
        sets.push((of.to_owned(), picturer.decode(&samples.codes).map_err(told)?));
        if let Some(labeller) = &labeller {
            let samples = latents.sample(seed, 0, LABELLED, map, None);
            let pictures = picturer.decode(&samples.codes).map_err(told)?;
            let mut counts = vec![0; latents.about().classes.len()];
            for label in labeller.label(&pictures).map_err(told)? {
                // One that the codes do not have is counted nowhere, and refused below if all are.
                counts.iter_mut().skip(usize::from(label)).take(1).for_each(|n| *n += 1);
            }
            classes.push((of.to_owned(), latents.tally(&counts)?));
        }
    }
    let mut told = Told::of(&latents);
    told.classes = classes;
    let about = latents.about();
    let mut real = Vec::new();
    (0..count).for_each(|k| held.put(k, false, &mut real));
    let codes = trainer.encode(&real);
    let placed = |c: &f32| f64::from(*c) * about.scale + about.shift;
    let codes: Vec<f64> = codes.iter().map(placed).collect();
    let mut own: Vec<f64> = codes
        .chunks_exact(about.dimension)
        .map(|code| {
            let apart =
                |site: &[f64]| -> f64 { site.iter().zip(code).map(|(a, b)| (a - b).powi(2)).sum() };
            let sites = latents.sites().chunks_exact(about.dimension);
            sites.map(apart).fold(f64::INFINITY, f64::min).sqrt()
        })
        .collect();
    told.nearest = Some([median(&mut nearest), median(&mut own)]);
    Ok((told, sets))
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    transport::latent::quantile(values, 0.5)
}
