//! The decoder's wasm: `decoder` behind wasm-bindgen. It turns arguments and results between Rust
//! and JavaScript and decides nothing; `www/js/faces/decoder-worker.js` calls it.
//!
//! The site has two files of it: one with the feature `flex`, which the page takes, and one with
//! `ndarray`, which is slower and there to be compared with.

#[cfg(all(feature = "flex", feature = "ndarray", target_arch = "wasm32"))]
compile_error!("one backend to a wasm file: --no-default-features, and `flex` or `ndarray`");

use decoder::{About, Backend, Error, Labeller, Picturer};
use js_sys::{Reflect, Uint8Array, Uint8ClampedArray};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// Pictures from latent codes, by the weights of a `.bdec` file.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Decoder {
    picturer: Picturer,
    labeller: Option<Labeller>,
    about: About,
}

/// An error as a JavaScript `Error` with `code`.
fn failure(e: Error) -> JsValue {
    let object = js_sys::Error::new(&e.to_string());
    // On an object of our own this cannot fail.
    let _ = Reflect::set(&object, &"code".into(), &e.code().into());
    object.into()
}

#[wasm_bindgen]
impl Decoder {
    /// What is in a `.bdec` file.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Decoder, JsValue> {
        let (picturer, about) = Picturer::read(bytes, Backend::DEFAULT).map_err(failure)?;
        let labeller = Labeller::read(bytes, Backend::DEFAULT).map_err(failure)?;
        Ok(Decoder { picturer, labeller, about })
    }

    /// What the file says of itself: `{name, shape, licence, record, labels?}`.
    pub fn about(&self) -> Result<JsValue, JsValue> {
        Ok(self.about.serialize(&Serializer::json_compatible())?)
    }

    /// The pictures of codes, one after the other, as `ImageData` wants them: red, green, blue and
    /// opacity of each pixel, row by row.
    pub fn decode(&self, codes: &[f32]) -> Result<Uint8ClampedArray, JsValue> {
        let pixels = self.picturer.pixels(codes).map_err(failure)?;
        Ok(Uint8ClampedArray::from(pixels.as_slice()))
    }

    /// The class of each code's picture, numbered as in `about().labels.classes`; nothing where the
    /// file has no classifier.
    pub fn label(&self, codes: &[f32]) -> Result<Option<Uint8Array>, JsValue> {
        let Some(labeller) = &self.labeller else { return Ok(None) };
        let pictures = self.picturer.decode(codes).map_err(failure)?;
        let labels = labeller.label(&pictures).map_err(failure)?;
        Ok(Some(Uint8Array::from(labels.as_slice())))
    }

    /// Coordinates of a code.
    #[wasm_bindgen(getter)]
    pub fn latent(&self) -> usize {
        self.picturer.shape().latent
    }

    /// Pixels in a row of a picture, and rows.
    #[wasm_bindgen(getter)]
    pub fn side(&self) -> usize {
        self.picturer.shape().side
    }

    /// What computes: `flex` or `ndarray`.
    #[wasm_bindgen(getter)]
    pub fn backend(&self) -> String {
        Backend::DEFAULT.name().to_owned()
    }
}

/// Panics are told to the console before the worker dies.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
