//! The classifier that counts generated digits, trained when the autoencoder is done.

use std::path::Path;

use decoder::images::{self, Pictures};
use decoder::{Labeller, Labels, Trainer, train_labeller};
use lab::error::Error;

use super::{Set, read, say, told};

/// Passes over the pictures.
const EPOCHS: usize = 6;

/// The classes of each set, as its authors name them.
fn classes(name: &str) -> [&'static str; 10] {
    match name {
        "digits" => ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        _ => [
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ],
    }
}

/// Trains on the labels of `path`, and says what share of the held-out pictures it labels otherwise.
pub(super) fn train(
    name: &str,
    path: &Path,
    trainer: &Trainer,
    set: &Set,
) -> Result<(Labeller, Labels), Error> {
    let all = images::labels(&path.display().to_string(), &read(path)?).map_err(told)?;
    let of = |pictures: &Pictures| -> Result<Vec<u8>, Error> {
        let label = |number: &u32| all.get(*number as usize).copied();
        let message = || {
            let most = pictures.numbers().iter().max().map_or(0, |number| number + 1);
            let labels = all.len();
            format!(
                "{} has {labels} labels for {most} pictures: give both files of one set",
                path.display()
            )
        };
        let some: Option<Vec<u8>> = pictures.numbers().iter().map(label).collect();
        some.ok_or_else(|| Error::new("pictures", message()))
    };
    let (sharp, judges) = (of(&set.sharp)?, of(&set.judges)?);
    let names = classes(name);
    let labeller = train_labeller(
        trainer.shape(),
        (&set.sharp, &sharp),
        names.len(),
        EPOCHS,
        trainer.settings().seed,
        |epoch, loss| {
            say(&format!("classifier epoch {epoch} of {EPOCHS}: cross-entropy {loss:.4}"))
        },
    )
    .map_err(told)?;
    let mut pictures = Vec::new();
    (0..set.judges.len()).for_each(|k| set.judges.put(k, false, &mut pictures));
    let given = labeller.label(&pictures).map_err(told)?;
    let wrong = given.iter().zip(&judges).filter(|(a, b)| a != b).count();
    let error = wrong as f64 / judges.len() as f64;
    say(&format!("classifier: {:.2} % of held-out pictures labelled otherwise", 100.0 * error));
    let classes = names.map(str::to_owned).to_vec();
    Ok((labeller, Labels { classes, error }))
}
