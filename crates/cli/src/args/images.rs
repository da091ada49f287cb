//! The words of `brenier train faces`, `digits` and `fashion`.

use lab::error::Error;
use lexopt::Parser;

use super::{
    Command, Given, ImagesArgs, count, next, number, positive, stray, text, unknown, usage, value,
};

/// Every option.
pub(crate) const OPTIONS: [&str; 12] = [
    "data",
    "labels",
    "extra",
    "latent",
    "epochs",
    "decoder-epochs",
    "batch",
    "rate",
    "edges",
    "backend",
    "seed",
    "out",
];

/// Reads the options behind the name of what is trained.
pub(super) fn parse(parser: &mut Parser, name: &str) -> Result<Command, Error> {
    let (mut data, mut labels, mut extra, mut out) = (None, None, None, None);
    let latent = if name == "faces" { 64 } else { 16 };
    let (mut latent, mut epochs, mut decoder_epochs, mut batch) = (latent, 12, 6, 32);
    let (mut rate, mut edges, mut backend, mut seed) = (1e-3, 0.0, None, 0);
    while let Some(given) = next(parser)? {
        let Given::Option(option) = given else { return Err(stray(given)) };
        match option.as_str() {
            "help" => return Ok(Command::Help(crate::help::TRAIN)),
            "data" => data = Some(value(parser, &option)?.into()),
            "labels" if name != "faces" => labels = Some(value(parser, &option)?.into()),
            "labels" => return Err(usage("--labels goes with digits and fashion: leave it out")),
            "extra" if name == "faces" => extra = Some(value(parser, &option)?.into()),
            "extra" => return Err(usage("--extra goes with faces: leave it out")),
            "latent" => latent = count(parser, &option)?,
            "epochs" => epochs = count(parser, &option)?,
            "decoder-epochs" => decoder_epochs = count(parser, &option)?,
            "batch" => batch = count(parser, &option)?,
            "rate" => rate = positive(parser, &option)?,
            "edges" => edges = positive(parser, &option)?,
            "backend" => backend = Some(backend_of(text(parser, &option)?)?),
            "seed" => seed = number(parser, &option, "a whole number from 0 to 4294967295")?,
            "out" => out = Some(value(parser, &option)?.into()),
            _ => return Err(unknown(&option, &OPTIONS, "brenier train --help")),
        }
    }
    let data = data.ok_or_else(|| usage("no pictures: write --data FILE"))?;
    let out = out.ok_or_else(|| usage("no place for the run: write --out FOLDER"))?;
    let name = name.to_owned();
    Ok(Command::Images(ImagesArgs {
        name,
        data,
        labels,
        extra,
        latent,
        epochs,
        decoder_epochs,
        batch,
        rate,
        edges,
        backend,
        seed,
        out,
    }))
}

/// `flex` or `gpu`; whether there is a GPU is seen later.
fn backend_of(name: String) -> Result<String, Error> {
    match name.as_str() {
        "flex" => Ok(name),
        "gpu" if cfg!(feature = "faces-gpu") => Ok(name),
        "gpu" => Err(usage(
            "this brenier was built without a GPU's kernels: build it with --features faces-gpu",
        )),
        _ => Err(usage("--backend wants flex or gpu")),
    }
}
