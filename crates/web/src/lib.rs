//! The engine's wasm: `lab` behind wasm-bindgen. It turns arguments and results between Rust and
//! JavaScript and decides nothing; what may be called when, and in which thread, is the business
//! of `www/js/worker.js`, `www/js/monte-carlo-worker.js`, `www/js/gan-worker.js` and
//! `www/js/potential/worker.js`.
//!
//! The site has four files of it: one with the feature `scene`, which the page opens with, one with
//! `monte-carlo`, one with `gan` and one with `potential`, each fetched when it is first asked for.

mod convert;
#[cfg(feature = "gan")]
pub mod critic;
#[cfg(feature = "scene")]
mod frame;
#[cfg(feature = "gan")]
pub mod gan;
#[cfg(feature = "monte-carlo")]
pub mod latent;
#[cfg(feature = "monte-carlo")]
pub mod monte_carlo;
#[cfg(feature = "potential")]
pub mod network;
#[cfg(feature = "potential")]
pub mod potential;
#[cfg(feature = "gan")]
pub mod recording;
#[cfg(feature = "scene")]
pub mod scene;
#[cfg(feature = "monte-carlo")]
pub mod space;

use wasm_bindgen::prelude::*;

/// Milliseconds since the worker began; a window has the same getter.
#[cfg(any(feature = "scene", feature = "monte-carlo", feature = "potential"))]
fn clock() -> f64 {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().map_or(0.0, |p| p.now())
}

/// Panics are told to the console before the worker dies.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
