//! A GAN that is trained step by step; one in a worker.

use crate::convert::{failure, json};
use js_sys::{Float32Array, Uint8Array};
use lab::Error;
use lab::gan::{self, Losses, Request};
use wasm_bindgen::prelude::*;

/// A run on a mixture, whose modes are given as x, y, σ, weight of each.
#[wasm_bindgen]
pub struct Gan {
    pub(crate) gan: gan::Gan,
}

type Answer = Result<JsValue, JsValue>;
type Floats = Result<Float32Array, JsValue>;

fn losses(losses: Result<Losses, Error>) -> Answer {
    Ok(json(&losses.map_err(failure)?)?.into())
}

fn floats(values: Result<Vec<f32>, Error>) -> Floats {
    Ok(Float32Array::from(values.map_err(failure)?.as_slice()))
}

#[wasm_bindgen]
impl Gan {
    /// A run at its start; `request` is the JSON of `lab::gan::Request`.
    #[wasm_bindgen(constructor)]
    pub fn new(request: &str, modes: &[f64]) -> Result<Gan, JsValue> {
        let make = || gan::Gan::new(&Request::from_json(request)?, gan::modes(modes)?);
        Ok(Gan { gan: make().map_err(failure)? })
    }

    /// The run that was saved as `bytes`.
    pub fn resume(bytes: &[u8], modes: &[f64]) -> Result<Gan, JsValue> {
        let make = || gan::Gan::resume(bytes, gan::modes(modes)?);
        Ok(Gan { gan: make().map_err(failure)? })
    }

    /// Goes on on another mixture.
    pub fn retarget(&mut self, modes: &[f64]) -> Result<(), JsValue> {
        self.gan.retarget(gan::modes(modes).map_err(failure)?);
        Ok(())
    }

    /// So many steps: `{discriminator, penalty, generator}`, the losses of the last one.
    pub fn advance(&mut self, steps: usize) -> Answer {
        losses(self.gan.advance(steps))
    }

    /// One update of the discriminator alone.
    #[wasm_bindgen(js_name = stepDiscriminator)]
    pub fn step_discriminator(&mut self) -> Answer {
        losses(self.gan.step_discriminator())
    }

    /// One update of the generator alone.
    #[wasm_bindgen(js_name = stepGenerator)]
    pub fn step_generator(&mut self) -> Answer {
        losses(self.gan.step_generator())
    }

    /// `{steps, draws, generator, discriminator}`.
    pub fn counters(&self) -> Answer {
        Ok(json(&self.gan.counters())?.into())
    }

    /// Steps made.
    pub fn steps(&self) -> f64 {
        self.gan.counters().steps as f64
    }

    /// The step of the next mark of the curves.
    #[wasm_bindgen(js_name = nextMark)]
    pub fn next_mark(&self) -> f64 {
        self.gan.next_mark() as f64
    }

    /// Generated points, from z fixed by the seed.
    pub fn points(&mut self, count: usize) -> Floats {
        floats(self.gan.points(count))
    }

    /// Real points, fixed by the seed and the modes.
    pub fn real(&self, count: usize) -> Floats {
        floats(self.gan.real(count))
    }

    /// The discriminator's output over a box, n × n.
    pub fn field(&mut self, area: &[f64], n: usize) -> Floats {
        floats(self.gan.field(area, n))
    }

    /// Where the generator's loss would move points of a box, n × n × 2.
    pub fn arrows(&mut self, area: &[f64], n: usize) -> Floats {
        floats(self.gan.arrows(area, n))
    }

    /// The image of a regular grid in z.
    pub fn grid(&mut self, lines: usize, samples: usize) -> Floats {
        floats(self.gan.grid(lines, samples))
    }

    /// The table's row.
    pub fn score(&mut self, count: usize) -> Answer {
        Ok(json(&self.gan.score(count).map_err(failure)?)?.into())
    }

    /// `{modes, highQuality, reverseKl}`.
    pub fn marks(&mut self, count: usize) -> Answer {
        Ok(json(&self.gan.marks(count).map_err(failure)?)?.into())
    }

    /// The run as bytes.
    pub fn save(&self) -> Uint8Array {
        Uint8Array::from(self.gan.save().as_slice())
    }

    /// The run's fingerprint, 16 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.gan.fingerprint())
    }
}
