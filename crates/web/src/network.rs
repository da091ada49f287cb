//! A network that is fitted to the exact map of a solved scene.

use crate::convert::{Object, failure, json};
use crate::potential::{doubles, integers};
use js_sys::Float32Array;
use lab::potential::{self, Request};
use lab::source;
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsValue>;

/// One in a worker.
#[wasm_bindgen]
pub struct Network {
    network: potential::network::Network,
}

#[wasm_bindgen]
impl Network {
    /// A network at its start. `domain` and `sites` are x, y, x, y, …; `gaussian` the source's mean
    /// and σ, or nothing where it is uniform; `view` JSON of the scenario's view, which says what is
    /// singular; `widths` those of the hidden layers.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::too_many_arguments, reason = "one an argument of JavaScript's call")]
    pub fn new(
        domain: &[f64],
        gaussian: Option<Vec<f64>>,
        sites: &[f64],
        masses: &[f64],
        heights: &[f64],
        view: &str,
        widths: &[u32],
        seed: u32,
    ) -> Result<Network, JsValue> {
        let make = || {
            let view = potential::view(view)?;
            let scene = Request {
                domain: domain.as_chunks::<2>().0,
                density: source::density(gaussian.as_deref())?,
                sites: sites.as_chunks::<2>().0,
                masses,
                heights,
                colours: &[],
                view: &view,
            };
            let widths: Vec<usize> = widths.iter().map(|w| *w as usize).collect();
            potential::network::Network::new(&scene, &widths, seed)
        };
        Ok(Network { network: make().map_err(failure)? })
    }

    /// So many steps; the mean square distance from the exact images over the points of the last.
    pub fn advance(&mut self, steps: usize) -> Result<f64, JsValue> {
        self.network.advance(steps).map_err(failure)
    }

    /// Steps made.
    pub fn steps(&self) -> f64 {
        self.network.steps() as f64
    }

    /// `{places, placeOffsets}`: the modes' places, convex polygons that overlap.
    pub fn places(&self) -> JsValue {
        let polygons = &self.network.places().polygons;
        let ends = polygons.iter().scan(0, |end, polygon| {
            *end += polygon.len() as u32;
            Some(*end)
        });
        let offsets: Vec<u32> = std::iter::once(0).chain(ends).collect();
        let object = Object::new();
        doubles(&object, &[("places", polygons.concat().as_flattened())]);
        integers(&object, &[("placeOffsets", &offsets)]);
        object.into()
    }

    /// The network as it stands, see `lab::potential::network::Seen`.
    pub fn see(&self, lines: usize, samples: usize) -> Answer {
        let seen = self.network.see(lines, samples).map_err(failure)?;
        let object = Object::new();
        object.set("numbers", &json(&seen.numbers)?.into());
        doubles(
            &object,
            &[
                ("vertices", &seen.vertices),
                ("images", &seen.images),
                ("masses", &seen.masses),
                ("between", &seen.between),
                ("lines", &seen.lines),
                ("samples", &seen.samples),
            ],
        );
        integers(
            &object,
            &[
                ("offsets", &seen.offsets),
                ("betweenOffsets", &seen.between_offsets),
                ("lineOffsets", &seen.line_offsets),
            ],
        );
        object.set("slopes", &Float32Array::from(seen.slopes.as_slice()).into());
        Ok(object.into())
    }
}
