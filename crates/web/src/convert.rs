//! Rust values as JavaScript ones: arrays as typed arrays, the rest by serde.

use js_sys::{Float64Array, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A plain JavaScript object under construction.
pub(crate) struct Object(JsValue);

impl Object {
    pub(crate) fn new() -> Self {
        Object(js_sys::Object::new().into())
    }

    /// Sets a property; on a plain object that cannot fail.
    pub(crate) fn set(&self, key: &str, value: &JsValue) {
        let _ = Reflect::set(&self.0, &JsValue::from_str(key), value);
    }
}

impl From<Object> for JsValue {
    fn from(object: Object) -> JsValue {
        object.0
    }
}

/// An error as a JavaScript `Error` with `code`, and `index`, `line`, `column` where known.
pub(crate) fn failure(e: lab::Error) -> JsValue {
    let object = Object(js_sys::Error::new(&e.message).into());
    object.set("code", &e.code.into());
    for (key, value) in [("index", e.index), ("line", e.line), ("column", e.column)] {
        if let Some(value) = value {
            object.set(key, &(value as f64).into());
        }
    }
    object.into()
}

/// Anything that serde knows, as the plain object that its JSON would be.
pub(crate) fn json(value: &impl Serialize) -> Result<Object, JsValue> {
    Ok(Object(value.serialize(&Serializer::json_compatible())?))
}

/// Points as x, y, x, y, ….
pub(crate) fn points(points: &[[f64; 2]]) -> Float64Array {
    Float64Array::from(points.as_flattened())
}

/// A frame under the names the page reads.
pub(crate) fn frame(frame: lab::Frame) -> Result<JsValue, JsValue> {
    let object = json(&frame.meta)?;
    let doubles = [
        ("sites", &frame.sites),
        ("masses", &frame.masses),
        ("heights", &frame.heights),
        ("cellMasses", &frame.cell_masses),
        ("centroids", &frame.centroids),
        ("cellVertices", &frame.cell_vertices),
        ("facetEnds", &frame.facet_ends),
        ("facetValues", &frame.facet_values),
        ("domain", &frame.domain),
    ];
    for (key, values) in doubles {
        object.set(key, &Float64Array::from(values.as_slice()).into());
    }
    let integers = [
        ("cellOffsets", &frame.cell_offsets),
        ("facets", &frame.facets),
        ("triangles", &frame.triangles),
    ];
    for (key, values) in integers {
        object.set(key, &Uint32Array::from(values.as_slice()).into());
    }
    let bytes = [
        ("colours", &frame.colours),
        ("facetSingular", &frame.facet_singular),
        ("triangleBroken", &frame.triangle_broken),
    ];
    for (key, values) in bytes {
        object.set(key, &Uint8Array::from(values.as_slice()).into());
    }
    match &frame.samples {
        Some(s) => {
            object.set("samples", &Float64Array::from(s.at.as_slice()).into());
            object.set("mapped", &Float64Array::from(s.mapped.as_slice()).into());
            object.set("sampleCells", &Uint32Array::from(s.cells.as_slice()).into());
        }
        None => {
            for key in ["samples", "mapped", "sampleCells"] {
                object.set(key, &JsValue::NULL);
            }
        }
    }
    Ok(object.into())
}
