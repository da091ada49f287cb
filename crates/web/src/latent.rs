//! Transport in latent space: a `.blat` file, open. In the wasm file of long solves, which brings
//! `monteCarlo` for solving its heights again.
//!
//! **The contract.** `const latents = new Latents(bytes)`; N codes of d coordinates. A *point* is d
//! numbers in [0, 1]; points are `Float32Array`s of M × d. *Codes* are what the decoder takes,
//! `Float32Array`s of M × d in its units. Sites and classes are told by index. Jumps and distances
//! are in the cube's units. `map` is `"transport"` (AE-OT), `"continuous"` (threshold ∞) or
//! `"gaussian"`; `quantile`, from 0 to 1, sets the threshold among the measured jumps, and
//! `undefined` is the one shipped. The same seed gives the same points for each map.
//!
//! *Samples* are `{points, codes: M × d, cells, seconds, nearest: Uint32Array(M), jumps, heaviest,
//! distances: Float32Array(M), offsets: Uint32Array(M + 1), neighbours: Uint32Array, weights:
//! Float32Array}`: the site whose cell holds the point; the second highest plane and the jump to it;
//! max λ (0 for the Gaussian); the site nearest to the image and its distance; and from
//! `offsets[k]` up to `offsets[k + 1]` the sites mixed and their λ, the heaviest first.
//!
//! To solve live: `setHeights(new Float64Array(N))` shows the map of no solve; then, in a worker of its
//! own, `monteCarlo(latents.request(…), latents.sites(), latents.masses(), look)`, whose progress
//! carries heights for `setHeights`, as does its answer; `calibrate` then chooses the threshold for
//! them. `setHeights()` goes back.
//!
//! Errors have a `code`: `latent-foreign`, `latent-version`, `latent-damaged`, `latent-header`,
//! `latent-not-finite` of a file; `latent-map`, `latent-point`, `latent-site`, `latent-steps`,
//! `latent-plane`, `latent-cell`, `latent-heights` of what is asked.

use crate::convert::{Object, failure, json};
use js_sys::{Float32Array, Float64Array, Uint8Array, Uint32Array};
use lab::latent::{self, Line, Map, Plane, Samples};
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsValue>;

/// Latent codes and their transport.
#[wasm_bindgen]
pub struct Latents {
    latents: latent::Latents,
}

impl Object {
    fn floats(&self, key: &str, values: &[f32]) {
        self.set(key, &Float32Array::from(values).into());
    }

    fn doubles(&self, key: &str, values: &[f64]) {
        self.set(key, &Float64Array::from(values).into());
    }

    fn indices(&self, key: &str, values: &[u32]) {
        self.set(key, &Uint32Array::from(values).into());
    }

    fn bytes(&self, key: &str, values: &[u8]) {
        self.set(key, &Uint8Array::from(values).into());
    }
}

fn samples(s: &Samples) -> Object {
    let object = Object::new();
    object.floats("points", &s.points);
    object.floats("codes", &s.codes);
    object.indices("cells", &s.cells);
    object.indices("seconds", &s.seconds);
    object.floats("jumps", &s.jumps);
    object.floats("heaviest", &s.heaviest);
    object.indices("offsets", &s.offsets);
    object.indices("neighbours", &s.neighbours);
    object.floats("weights", &s.weights);
    object.indices("nearest", &s.nearest);
    object.floats("distances", &s.distances);
    object
}

fn line(l: &Line) -> Object {
    let object = Object::new();
    object.set("samples", &samples(&l.samples).into());
    object.floats("ts", &l.ts);
    object.floats("changes", &l.changes);
    object.doubles("crossings", &l.crossings);
    object.indices("left", &l.left);
    object.indices("right", &l.right);
    object.floats("jumps", &l.jumps);
    object.floats("angles", &l.angles);
    object.bytes("singular", &l.singular);
    object
}

fn plane(p: &Plane) -> Object {
    let object = Object::new();
    object.doubles("chosen", &p.chosen);
    object.doubles("polygon", &p.polygon);
    object.indices("sites", &p.sites);
    object.indices("offsets", &p.offsets);
    object.doubles("vertices", &p.vertices);
    object.doubles("edges", &p.edges);
    object.indices("left", &p.left);
    object.indices("right", &p.right);
    object.floats("jumps", &p.jumps);
    object.bytes("singular", &p.singular);
    object
}

fn map(name: &str) -> Result<Map, JsValue> {
    Map::from_name(name).map_err(failure)
}

#[wasm_bindgen]
impl Latents {
    /// Opens the bytes of a `.blat` file.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Latents, JsValue> {
        Ok(Self { latents: latent::Latents::from_bytes(bytes).map_err(failure)? })
    }

    /// What the file says of itself, `lab::latent::About`: `{name, dimension, count, scale, shift,
    /// encoding, centroids, masses, classes, licence, command, seed, report: {method, iterations,
    /// residual, residualError, maximum, maximumError, maximumNoise, variation, variationError,
    /// variationNoise, smallestCell, samples, milliseconds, stopped, starved, device}, shipped:
    /// {quantile, jump, ramp, points, interpolated, across, mixed, heaviest[101], nearest[101]},
    /// jumps[101], angles[101], angleScale}`.
    pub fn describe(&self) -> Answer {
        Ok(json(self.latents.about())?.into())
    }

    /// N × d coordinates in the cube, `Float64Array`, for `monteCarlo`.
    pub fn sites(&self) -> Float64Array {
        Float64Array::from(self.latents.sites())
    }

    /// N masses, `Float64Array`, or `undefined` where they are equal.
    pub fn masses(&self) -> Option<Float64Array> {
        self.latents.masses().map(Float64Array::from)
    }

    /// N heights, `Float64Array`: those shipped or set.
    pub fn heights(&self) -> Float64Array {
        Float64Array::from(self.latents.heights())
    }

    /// The share of each class among the codes, `Float64Array`; empty where there are none.
    #[wasm_bindgen(js_name = classShares)]
    pub fn class_shares(&self) -> Float64Array {
        Float64Array::from(self.latents.class_shares().as_slice())
    }

    /// Of counts of pictures in each class: `{captured, kl, perfect, low, high}`, the last three
    /// what a perfect sampler scores with as many (mean, and 95 % interval).
    pub fn tally(&self, counts: &[u32]) -> Answer {
        Ok(json(&self.latents.tally(counts).map_err(failure)?)?.into())
    }

    /// Other heights, N; or without any the shipped ones again. A plane is then to be asked for anew.
    #[wasm_bindgen(js_name = setHeights)]
    pub fn set_heights(&mut self, heights: Option<Vec<f64>>) -> Result<(), JsValue> {
        self.latents.set_heights(heights.as_deref()).map_err(failure)
    }

    /// Chooses threshold and ramp for the present heights, at `points` seeded points and for the
    /// shipped quantile and share of interpolated samples; what [`Latents::describe`] then says. Some
    /// hundred maps of each point.
    pub fn calibrate(&mut self, seed: u32, points: usize) -> Answer {
        let shipped = &self.latents.about().shipped;
        let choice = latent::Choice {
            quantile: shipped.quantile,
            ramp: None,
            interpolated: shipped.interpolated,
            points: points.max(1),
        };
        self.latents.calibrate(seed, &choice);
        self.describe()
    }

    /// The request, JSON, of a live solve from heights of zero. `method` is `adam`, `lbfgs` or
    /// `hierarchical`, `device` is `auto`, `cpu` or `gpu`.
    pub fn request(&self, method: &str, tolerance: f64, seed: u32, device: &str) -> String {
        self.latents.request(method, tolerance, seed, device)
    }

    /// `{quantile, jump, angle, angleScale}`: the threshold in the cube's units, and the paper's angle
    /// at the same quantile, in radians.
    pub fn threshold(&self, quantile: Option<f64>) -> Answer {
        Ok(json(&self.latents.threshold(quantile))?.into())
    }

    /// Stored codes of some sites, `Float32Array` of M × d.
    pub fn codes(&self, sites: &[u32]) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.latents.codes(sites).map_err(failure)?.as_slice()))
    }

    /// Points `first .. first + count` of a seed, M × d.
    pub fn points(&self, seed: u32, first: u32, count: usize) -> Float32Array {
        Float32Array::from(self.latents.points(seed, first, count).as_slice())
    }

    /// Seeded points through a map: samples.
    pub fn sample(
        &self,
        seed: u32,
        first: u32,
        count: usize,
        map_name: &str,
        quantile: Option<f64>,
    ) -> Answer {
        let found = self.latents.sample(seed, first, count, map(map_name)?, quantile);
        Ok(samples(&found).into())
    }

    /// Given points, M × d, through a map: samples.
    pub fn images(&self, points: &[f32], map_name: &str, quantile: Option<f64>) -> Answer {
        let found = self.latents.images(points, map(map_name)?, quantile).map_err(failure)?;
        Ok(samples(&found).into())
    }

    /// The segment between two points in `steps` images: `{samples, ts: Float32Array(steps), changes:
    /// Float32Array(steps − 1), crossings: Float64Array(C), left, right: Uint32Array(C), jumps, angles:
    /// Float32Array(C), singular: Uint8Array(C)}`. `changes` are |T̃(next) − T̃(this)|; each crossing
    /// into another cell, exact, has its t, jump, angle (radians), and 1 where it is singular.
    pub fn line(
        &self,
        from: &[f32],
        to: &[f32],
        steps: usize,
        map_name: &str,
        quantile: Option<f64>,
    ) -> Answer {
        let found = self.latents.line(from, to, steps, map(map_name)?, quantile);
        Ok(line(&found.map_err(failure)?).into())
    }

    /// A segment that crosses the singular set once, `{from, to: Float32Array(d), t, jump}`, or `null`
    /// where none does.
    #[wasm_bindgen(js_name = findCrossing)]
    pub fn find_crossing(&self, seed: u32, quantile: Option<f64>) -> JsValue {
        self.latents.find_crossing(seed, quantile).map_or(JsValue::NULL, |found| {
            let object = Object::new();
            object.floats("from", &found.from);
            object.floats("to", &found.to);
            object.set("t", &found.t.into());
            object.set("jump", &found.jump.into());
            object.into()
        })
    }

    /// A point in the cell of a site, `Float32Array(d)`.
    #[wasm_bindgen(js_name = pointIn)]
    pub fn point_in(&self, site: u32) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.latents.point_in(site).map_err(failure)?.as_slice()))
    }

    /// The plane through three points, 3 × d: `{chosen: Float64Array(6), polygon: Float64Array, sites:
    /// Uint32Array(K), offsets: Uint32Array(K + 1), vertices: Float64Array, edges: Float64Array(4 E),
    /// left, right: Uint32Array(E), jumps: Float32Array(E), singular: Uint8Array(E)}` in plane
    /// coordinates s, t of the cube's unit: `chosen` are the three points, `polygon` is the border,
    /// cell k has the corners `offsets[k]` up to `offsets[k + 1]`, two numbers each.
    pub fn plane(&mut self, points: &[f32], quantile: Option<f64>) -> Answer {
        Ok(plane(&self.latents.plane(points, quantile).map_err(failure)?).into())
    }

    /// The point (s, t) of the plane asked for last, through a map: samples, M = 1.
    #[wasm_bindgen(js_name = atPlane)]
    pub fn at_plane(&self, s: f64, t: f64, map_name: &str, quantile: Option<f64>) -> Answer {
        let found = self.latents.at_plane(s, t, map(map_name)?, quantile).map_err(failure)?;
        Ok(samples(&found).into())
    }

    /// What a map does at `count` seeded points with the present heights: `{interpolated, across,
    /// mixed, heaviest, nearest}`, the last two increasing, `Float64Array(count)`. For the Gaussian
    /// that is the continuous map's.
    pub fn survey(&self, seed: u32, count: usize, map_name: &str, quantile: Option<f64>) -> Answer {
        let found = self.latents.survey(seed, count, map(map_name)?, quantile);
        let object = Object::new();
        let shares = [
            ("interpolated", found.interpolated),
            ("across", found.across),
            ("mixed", found.mixed),
        ];
        shares.iter().for_each(|(key, share)| object.set(key, &(*share).into()));
        object.doubles("heaviest", &found.heaviest);
        object.doubles("nearest", &found.nearest);
        Ok(object.into())
    }
}
