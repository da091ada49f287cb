//! The critic for free: a network trained on the semi-dual beside the exact potential, and the
//! Wasserstein critic beside the exact W₁.

use crate::convert::{Object, failure, json};
use crate::gan::Gan;
use js_sys::Float32Array;
use lab::gan::critic::{self, Request};
use lab::source;
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsValue>;

/// A network that learns the potential of a solved scene; one in a worker.
#[wasm_bindgen]
pub struct SemiDual {
    dual: critic::SemiDual,
}

#[wasm_bindgen]
impl SemiDual {
    /// A network at its start. `domain` and `sites` are x, y, x, y, …; `gaussian` the source's mean
    /// and σ, or nothing where it is uniform.
    #[wasm_bindgen(constructor)]
    pub fn new(
        domain: &[f64],
        gaussian: Option<Vec<f64>>,
        sites: &[f64],
        masses: &[f64],
        heights: &[f64],
        seed: u32,
    ) -> Result<SemiDual, JsValue> {
        let make = || {
            critic::SemiDual::new(&Request {
                domain: domain.as_chunks::<2>().0,
                density: source::density(gaussian.as_deref())?,
                sites: sites.as_chunks::<2>().0,
                masses,
                heights,
                seed,
            })
        };
        Ok(SemiDual { dual: make().map_err(failure)? })
    }

    /// So many steps; the estimate of W₂² that the last one started from.
    pub fn advance(&mut self, steps: usize) -> Result<f64, JsValue> {
        self.dual.advance(steps).map_err(failure)
    }

    /// Steps made.
    pub fn steps(&self) -> f64 {
        self.dual.steps() as f64
    }

    /// The estimate of W₂² as it stands.
    pub fn w2(&mut self) -> f64 {
        self.dual.w2()
    }

    /// How near the network is, see `lab::gan::critic::Numbers`.
    pub fn numbers(&mut self) -> Answer {
        Ok(json(&self.dual.numbers())?.into())
    }

    /// `{exact, network, reach}`: both potentials over a box, n × n; only what is inside the domain
    /// means something.
    pub fn fields(&mut self, area: &[f64], n: usize) -> Answer {
        let fields = self.dual.fields(area, n).map_err(failure)?;
        let object = Object::new();
        object.set("exact", &Float32Array::from(fields.exact.as_slice()).into());
        object.set("network", &Float32Array::from(fields.network.as_slice()).into());
        object.set("reach", &fields.reach.into());
        Ok(object.into())
    }
}

#[wasm_bindgen]
impl Gan {
    /// The critic's estimate on `count` real and as many generated points beside the exact W₁, see
    /// `lab::gan::critic::Wasserstein1`; `null` where the loss is another one.
    pub fn wasserstein1(&mut self, count: usize) -> Answer {
        match self.gan.wasserstein1(count).map_err(failure)? {
            Some(found) => Ok(json(&found)?.into()),
            None => Ok(JsValue::NULL),
        }
    }

    /// `{trained, best, reach}`: the critic, and a best 1-Lipschitz one of the same batch, over a
    /// box, n × n, each with mean 0.
    pub fn critics(&mut self, count: usize, area: &[f64], n: usize) -> Answer {
        let critics = self.gan.critics(count, area, n).map_err(failure)?;
        let object = Object::new();
        object.set("trained", &Float32Array::from(critics.trained.as_slice()).into());
        object.set("best", &Float32Array::from(critics.best.as_slice()).into());
        object.set("reach", &critics.reach.into());
        Ok(object.into())
    }
}
