//! The potential scene: a solved scene's heights, moved.

use crate::clock;
use crate::convert::{Object, failure, json};
use js_sys::{Float32Array, Float64Array, Function, Uint8Array, Uint32Array};
use lab::potential::{self, Morph, Potential, RecordRequest, Request, Shape, morph, word};
use lab::{Error, source};
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsValue>;

/// A solved scene; one in a worker.
#[wasm_bindgen(js_name = Potential)]
pub struct Scene {
    potential: Potential,
}

pub(crate) fn doubles(object: &Object, list: &[(&str, &[f64])]) {
    for (key, values) in list {
        object.set(key, &Float64Array::from(*values).into());
    }
}

pub(crate) fn integers(object: &Object, list: &[(&str, &[u32])]) {
    for (key, values) in list {
        object.set(key, &Uint32Array::from(*values).into());
    }
}

pub(crate) fn bytes(object: &Object, list: &[(&str, &[u8])]) {
    for (key, values) in list {
        object.set(key, &Uint8Array::from(*values).into());
    }
}

/// Planes moved by hand.
fn hand(moved: &[u32], lifts: &[f64]) -> Vec<(usize, f64)> {
    moved.iter().map(|i| *i as usize).zip(lifts.iter().copied()).collect()
}

fn shape(shape: Result<Shape, Error>) -> Result<Object, JsValue> {
    let s = shape.map_err(failure)?;
    let object = json(&s.numbers)?;
    doubles(
        &object,
        &[
            ("sites", &s.sites),
            ("heights", &s.heights),
            ("masses", &s.masses),
            ("cellMasses", &s.cell_masses),
            ("centroids", &s.centroids),
            ("cellVertices", &s.cell_vertices),
            ("lifted", &s.lifted),
            ("facetEnds", &s.facet_ends),
            ("facetLifted", &s.facet_lifted),
            ("facetMasses", &s.facet_masses),
            ("facetWeights", &s.facet_weights),
            ("triangleDual", &s.triangle_dual),
            ("dual", &s.dual),
        ],
    );
    integers(
        &object,
        &[
            ("cellOffsets", &s.cell_offsets),
            ("hidden", &s.hidden),
            ("facets", &s.facets),
            ("triangles", &s.triangles),
        ],
    );
    bytes(
        &object,
        &[
            ("facetSingular", &s.facet_singular),
            ("triangleBroken", &s.triangle_broken),
            ("colours", &s.colours),
        ],
    );
    Ok(object)
}

#[wasm_bindgen(js_class = Potential)]
impl Scene {
    /// Takes over a frame's solve. Points are x, y, x, y, …; `gaussian` is the source's mean and σ,
    /// or nothing where it is uniform; `view` the JSON of the scenario's view.
    #[wasm_bindgen(constructor)]
    pub fn new(
        domain: &[f64],
        gaussian: Option<Vec<f64>>,
        sites: &[f64],
        masses: &[f64],
        heights: &[f64],
        colours: &[u8],
        view: &str,
    ) -> Result<Scene, JsValue> {
        let make = || {
            Potential::new(&Request {
                domain: domain.as_chunks::<2>().0,
                density: source::density(gaussian.as_deref())?,
                sites: sites.as_chunks::<2>().0,
                masses,
                heights,
                colours,
                view: &potential::view(view)?,
            })
        };
        Ok(Scene { potential: make().map_err(failure)? })
    }

    /// `{count, threshold}`: jump or angle beyond which a facet is singular here.
    pub fn state(&self) -> JsValue {
        let object = Object::new();
        object.set("count", &(self.potential.count() as f64).into());
        object.set("threshold", &self.potential.threshold().into());
        object.into()
    }

    /// The graph at the heights of a start, planes `moved` by `lifts`.
    pub fn heights(&mut self, from: &str, moved: &[u32], lifts: &[f64]) -> Answer {
        let from = word(from).map_err(failure)?;
        Ok(shape(self.potential.heights(from, &hand(moved, lifts)))?.into())
    }

    /// The graph with plane `i` moved by `lift` from where it is.
    pub fn lift(&mut self, i: u32, lift: f64) -> Answer {
        Ok(shape(self.potential.lift(i as usize, lift))?.into())
    }

    /// Records a solve, told (iteration, residual) before each step.
    #[expect(clippy::too_many_arguments, reason = "one an argument of JavaScript's call")]
    pub fn record(
        &mut self,
        solver: &str,
        from: &str,
        moved: &[u32],
        lifts: &[f64],
        tolerance: f64,
        steps: usize,
        seed: u32,
        progress: &Function,
    ) -> Answer {
        let request = RecordRequest {
            solver: word(solver).map_err(failure)?,
            from: word(from).map_err(failure)?,
            hand: &hand(moved, lifts),
            tolerance,
            steps,
            seed,
        };
        let told = |iteration: usize, residual: f64| {
            // A listener that throws must not stop a solve.
            let _ = progress.call2(&JsValue::NULL, &(iteration as f64).into(), &residual.into());
        };
        let r = self.potential.record(&request, told).map_err(failure)?;
        let object = json(&r.numbers)?;
        doubles(&object, &[("residual", &r.residual), ("energy", &r.energy), ("step", &r.step)]);
        integers(
            &object,
            &[("iteration", &r.iteration), ("empty", &r.empty), ("samples", &r.samples)],
        );
        bytes(&object, &[("arrival", &r.arrival)]);
        let tries = Object::new();
        integers(&tries, &[("offsets", &r.try_offsets)]);
        doubles(&tries, &[("tau", &r.try_tau)]);
        bytes(&tries, &[("verdict", &r.try_verdict)]);
        object.set("tries", &tries.into());
        Ok(object.into())
    }

    /// The graph at state `k` of what was recorded of a solver, with `gradient` and `direction`.
    pub fn at(&self, k: usize, solver: &str) -> Answer {
        let solver = word(solver).map_err(failure)?;
        let moment = self.potential.at(k, solver).map_err(failure)?;
        let object = shape(Ok(moment.shape))?;
        doubles(&object, &[("gradient", &moment.gradient), ("direction", &moment.direction)]);
        Ok(object.into())
    }

    /// u and φ of the solved scene in the middles of `columns` × `rows` parts of Ω's box.
    pub fn fields(&self, columns: usize, rows: usize) -> Answer {
        let fields = self.potential.fields(columns, rows).map_err(failure)?;
        let object = json(&fields.numbers)?;
        object.set("u", &Float32Array::from(fields.u.as_slice()).into());
        object.set("phi", &Float32Array::from(fields.phi.as_slice()).into());
        Ok(object.into())
    }

    /// The scene's own source on its way to its sites.
    pub fn morph(&self) -> Answer {
        moving(self.potential.morph())
    }
}

/// A disk or a square on its way to a shape that `count` sites fill.
#[wasm_bindgen(js_name = morph)]
pub fn morph_to(shape: &str, source: &str, count: usize, seed: u32) -> Answer {
    let (shape, source) = (word(shape).map_err(failure)?, word(source).map_err(failure)?);
    moving(morph(shape, source, count, seed, clock).map_err(failure)?)
}

fn moving(m: Morph) -> Answer {
    let object = json(&m.numbers)?;
    doubles(
        &object,
        &[
            ("domain", &m.domain),
            ("outlines", &m.outlines),
            ("sites", &m.sites),
            ("masses", &m.masses),
            ("heights", &m.heights),
            ("cellVertices", &m.cell_vertices),
            ("vertices", &m.vertices),
            ("images", &m.images),
            ("facetEnds", &m.facet_ends),
            ("share", &m.share),
        ],
    );
    integers(
        &object,
        &[
            ("outlineOffsets", &m.outline_offsets),
            ("cellOffsets", &m.cell_offsets),
            ("vertexSites", &m.vertex_sites),
            ("triangles", &m.triangles),
            ("facets", &m.facets),
        ],
    );
    Ok(object.into())
}
