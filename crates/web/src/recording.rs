//! A recorded run of a GAN.

use crate::convert::{failure, json};
use js_sys::Float32Array;
use wasm_bindgen::prelude::*;

/// A run that was made elsewhere, read from its file.
#[wasm_bindgen]
pub struct Recording {
    recording: lab::gan::Recording,
}

#[wasm_bindgen]
impl Recording {
    /// Reads the file.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Recording, JsValue> {
        Ok(Self { recording: lab::gan::Recording::from_bytes(bytes).map_err(failure)? })
    }

    /// What it says of itself: `lab::gan::About`.
    pub fn about(&self) -> Result<JsValue, JsValue> {
        Ok(json(self.recording.about())?.into())
    }

    /// The points of a frame: x, y of each.
    pub fn frame(&self, index: usize) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.recording.frame(index).map_err(failure)?.as_slice()))
    }

    /// Fresh points of the generator that the run ended with.
    pub fn points(&self, count: usize, seed: u32) -> Float32Array {
        Float32Array::from(self.recording.points(count, u64::from(seed)).as_slice())
    }

    /// The image of a regular grid in z under that generator, as `Gan.grid` gives it.
    pub fn grid(&self, lines: usize, samples: usize) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.recording.grid(lines, samples).map_err(failure)?.as_slice()))
    }
}
