//! A frame as the object that the page draws from.

use crate::convert::json;
use js_sys::{Float64Array, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

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
