//! Writes a decoder whose weights are drawn from a seed and were never trained:
//!
//! `cargo run -p brenier-decoder --example untrained -- SHAPE FILE.bdec`
//!
//! SHAPE is `faces` or `digits` (for `cargo xtask bench faces` where no trained ones are at hand), or
//! `tiny`: 16 × 16 in colour. Beside a tiny one goes `FILE.json`, some codes and the pixels that they
//! decode to here, in hexadecimal; `tests/fixtures/decoder.bdec` was made so, and every build of the
//! decoder is held against it.

use decoder::{About, Backend, Picturer, Record, Settings, Shape, Trainer};
use std::{env, error::Error, fs, path::PathBuf};

const SEED: u64 = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [name, file] = &arguments[..] else {
        return Err("usage: untrained faces|digits|tiny FILE.bdec".into());
    };
    let shape = match name.as_str() {
        "faces" => Shape::faces(64),
        "digits" => Shape::digits(16),
        "tiny" => Shape { side: 16, channels: 3, latent: 4, widths: vec![12, 8] },
        other => return Err(format!("no shape {other}: faces, digits or tiny").into()),
    };
    let settings = Settings {
        batch: 1,
        rate: 1e-3,
        mirror: false,
        epochs: 1,
        decoder_epochs: 1,
        edges: 0.0,
        seed: SEED,
    };
    let record = Record {
        command: format!("cargo run -p brenier-decoder --example untrained -- {name}"),
        ..Record::default()
    };
    let about = About {
        name: name.clone(),
        shape: shape.clone(),
        licence: "free".into(),
        record,
        labels: None,
    };
    let bytes = Trainer::new(&shape, settings)?.picturer()?.write(&about)?;
    fs::write(file, &bytes)?;
    if name == "tiny" {
        // From the file, since that holds halves; far out, for colours beyond grey.
        let codes: Vec<f32> = (0..12).map(|k| 3.0 * f32::sin(12.9898 * k as f32)).collect();
        let pixels = Picturer::read(&bytes, Backend::DEFAULT)?.0.pixels(&codes)?;
        let pixels: String = pixels.iter().map(|value| format!("{value:02x}")).collect();
        let told = serde_json::json!({ "codes": codes, "pixels": pixels });
        fs::write(PathBuf::from(file).with_extension("json"), format!("{told}\n"))?;
    }
    Ok(())
}
