//! The file that every build of the decoder is held against; `examples/untrained.rs` made it.

#![allow(clippy::unwrap_used)] // a test fails by it

use decoder::{Backend, Picturer};
use std::path::Path;

/// What a value of 255 may be off: sums in another order are rounded otherwise.
const TOLERANCE: u8 = 1;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    std::fs::read(folder.join(name)).unwrap()
}

fn backends() -> Vec<Backend> {
    vec![
        #[cfg(feature = "flex")]
        Backend::Flex,
        #[cfg(feature = "ndarray")]
        Backend::Ndarray,
    ]
}

#[test]
fn the_same_file_is_the_same_pictures() {
    let told: serde_json::Value = serde_json::from_slice(&fixture("decoder.json")).unwrap();
    let codes: Vec<f32> = serde_json::from_value(told["codes"].clone()).unwrap();
    let hex = told["pixels"].as_str().unwrap();
    let expected: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|k| u8::from_str_radix(&hex[k..k + 2], 16).unwrap())
        .collect();
    for backend in backends() {
        let (picturer, about) = Picturer::read(&fixture("decoder.bdec"), backend).unwrap();
        let side = about.shape.side;
        let pixels = picturer.pixels(&codes).unwrap();
        assert_eq!(pixels.len(), codes.len() / about.shape.latent * side * side * 4);
        let most = pixels.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(most <= Some(TOLERANCE), "{backend:?}: {most:?} of 255 apart");
        // Nor is it one colour.
        let different = pixels.chunks(4).filter(|pixel| *pixel != &pixels[..4]).count();
        assert!(different > pixels.len() / 8, "{backend:?}: {different} pixels unlike the first");
        assert!(pixels.chunks(4).all(|pixel| pixel[3] == 255));
    }
}
