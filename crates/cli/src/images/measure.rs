//! `brenier measure`: reconstructions beside principal components, and Fréchet distances.

use coverage::frechet::Moments;
use decoder::images::Pictures;
use decoder::measure::{FEATURES, Features, principal_errors};
use decoder::{Shape, Trainer};
use lab::error::Error;
use rand_core::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde::Serialize;

use super::{HELD_OUT, read, told};
use crate::args::MeasureArgs;
use crate::{Outcome, output};

/// Numbers of components and coordinates that are compared.
const COUNTS: [usize; 5] = [16, 32, 64, 96, 128];
/// Rounds of the bootstrap.
const ROUNDS: usize = 100;

/// What is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Measures {
    name: String,
    latent: usize,
    /// Pictures held out, which everything is measured on.
    held_out: usize,
    /// Of their reconstructions, per pixel and channel, black being 0 and white 1.
    error: f64,
    /// After the first step of training, on the pictures that decided when it ended.
    joint_error: Option<f64>,
    /// After the second.
    decoder_error: Option<f64>,
    /// (components, error) of principal components of the pictures trained on.
    principal: Vec<(usize, f64)>,
    /// 1 − error / that of as many components.
    gain: f64,
    /// Fréchet distances to the held-out pictures.
    frechet: Vec<Distance>,
    /// What the transport does, where it was given.
    generated: Option<super::latents::Told>,
}

/// The Fréchet distance of some pictures to those held out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Distance {
    /// What the pictures are.
    of: String,
    /// As many as are held out, in squares of the features.
    distance: f64,
    standard_error: f64,
    /// To that of the reconstructions of pictures trained on.
    ratio: f64,
    ratio_error: f64,
}

/// Measures.
pub(crate) fn run(args: &MeasureArgs) -> Result<Outcome, Error> {
    let path = args.run.join("state.bin");
    let trainer = Trainer::resume(&read(&path)?)
        .map_err(|e| Error::new("state", format!("{}: {e}", path.display())))?;
    let shape = trainer.shape().clone();
    let (trained, held) = sets(args, &shape)?;
    let counts: Vec<usize> = {
        let mut counts = [&COUNTS[..], &[shape.latent]].concat();
        counts.sort_unstable();
        counts.dedup();
        counts
    };
    let errors = principal_errors(&trained, &held, &counts);
    let principal: Vec<(usize, f64)> = counts.into_iter().zip(errors).collect();
    let error = trainer.error(&held);
    let same = principal.iter().find(|(count, _)| *count == shape.latent);
    let mut sets = vec![("reconstructions of pictures trained on".to_owned(), {
        let some = real(&trained, (0..held.len()).map(|k| k * trained.len() / held.len()));
        trainer.reconstruct(&some)
    })];
    sets.push((
        "reconstructions of pictures held out".into(),
        trainer.reconstruct(&real(&held, 0..held.len())),
    ));
    let generated = match &args.latents {
        Some(path) => {
            let told = super::latents::generate(path, args, &trainer, &held)?;
            sets.extend(told.1);
            Some(told.0)
        }
        None => None,
    };
    let progress = trainer.progress();
    let measures = Measures {
        name: args.name.clone(),
        latent: shape.latent,
        held_out: held.len(),
        error,
        joint_error: progress.joint.last().copied(),
        decoder_error: progress.decoder.last().copied(),
        gain: same.map_or(f64::NAN, |(_, linear)| 1.0 - error / linear),
        principal,
        frechet: distances(&shape, &real(&held, 0..held.len()), sets, args.seed)?,
        generated,
    };
    let text = if args.json { output::json(&measures)? } else { measures.text() };
    Ok(Outcome { text, reached: true })
}

/// The pictures trained on, and those held out.
fn sets(args: &MeasureArgs, shape: &Shape) -> Result<(Pictures, Pictures), Error> {
    let bytes = read(&args.data)?;
    let mut all = Pictures::new(shape);
    let (trained, held) = if args.name == "faces" {
        all.add_tar(&bytes, |_| true).map_err(told)?;
        let (held, rest) = all.split(|number| number >= HELD_OUT);
        (rest.split(|number| number < super::JUDGES.start).0, held)
    } else {
        all.add_idx(&args.data.display().to_string(), &bytes).map_err(told)?;
        let mut held = Pictures::new(shape);
        if let Some(path) = &args.held {
            held.add_idx(&path.display().to_string(), &read(path)?).map_err(told)?;
        }
        (all, held)
    };
    if trained.is_empty() || held.len() < 2 {
        let message = format!(
            "{} has {} pictures that were trained on, and {} are held out",
            args.data.display(),
            trained.len(),
            held.len()
        );
        return Err(Error::new("pictures", message));
    }
    Ok((trained, held))
}

fn real(pictures: &Pictures, places: impl Iterator<Item = usize>) -> Vec<f32> {
    let mut all = Vec::new();
    places.for_each(|k| pictures.put(k, false, &mut all));
    all
}

/// Of each set to the held-out pictures, the first being what the others are compared with.
fn distances(
    shape: &Shape,
    held: &[f32],
    sets: Vec<(String, Vec<f32>)>,
    seed: u32,
) -> Result<Vec<Distance>, Error> {
    let network = Features::new(shape.side, shape.channels);
    let features = |pictures: &[f32]| network.of(pictures).map_err(told);
    let refused = |e: coverage::SamplesError| Error::new(e.code(), e.to_string());
    let held = features(held)?;
    let sets: Vec<(String, Vec<f32>)> = sets
        .into_iter()
        .map(|(of, pictures)| Ok((of, features(&pictures)?)))
        .collect::<Result<_, Error>>()?;
    let plain = Moments::new(&held, FEATURES).map_err(refused)?;
    let values: Vec<f64> = sets
        .iter()
        .map(|(_, some)| Ok(Moments::new(some, FEATURES).map_err(refused)?.frechet(&plain)))
        .collect::<Result<_, Error>>()?;
    // The same held-out pictures for all sets of a round, so that ratios vary as they would.
    let mut rng = Pcg64Mcg::seed_from_u64(u64::from(seed));
    let mut rounds = vec![vec![0.0; ROUNDS]; sets.len()];
    for round in 0..ROUNDS {
        let drawn = Moments::resampled(&held, FEATURES, &mut rng).map_err(refused)?;
        for (k, (_, some)) in sets.iter().enumerate() {
            let own = Moments::resampled(some, FEATURES, &mut rng).map_err(refused)?;
            rounds[k][round] = own.frechet(&drawn);
        }
    }
    let ratios = |k: usize| -> Vec<f64> {
        rounds[k].iter().zip(&rounds[0]).map(|(own, first)| own / first).collect()
    };
    Ok(sets
        .into_iter()
        .enumerate()
        .map(|(k, (of, _))| Distance {
            of,
            distance: values[k],
            standard_error: deviation(&rounds[k]),
            ratio: values[k] / values[0],
            ratio_error: deviation(&ratios(k)),
        })
        .collect())
}

fn deviation(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

impl Measures {
    fn text(&self) -> String {
        let mut text = format!(
            "{}: {} pictures held out, {} latent coordinates\nmean square error {:.6}",
            self.name, self.held_out, self.latent, self.error
        );
        if let Some(joint) = self.joint_error {
            text += &format!("; while training {joint:.6} after the first step");
        }
        if let Some(decoder) = self.decoder_error {
            text += &format!(", {decoder:.6} after the second");
        }
        text += "\nprincipal components:";
        for (count, error) in &self.principal {
            text += &format!(" {count}: {error:.6}");
        }
        text += &format!("; {:.1} % below as many of them\n", 100.0 * self.gain);
        text += "Fréchet distance to the pictures held out:\n";
        for d in &self.frechet {
            text += &format!(
                "  {:.5} ± {:.5} ({:.3} ± {:.3} of the first)  {}\n",
                d.distance, d.standard_error, d.ratio, d.ratio_error, d.of
            );
        }
        if let Some(generated) = &self.generated {
            text += &generated.text();
        }
        text
    }
}
