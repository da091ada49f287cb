//! The scene in space: plain data in, flat arrays out. Nothing is kept between calls.

use crate::convert::{Object, failure, json};
use js_sys::{Float32Array, Float64Array, Uint8Array, Uint32Array};
use lab::space::{Space, link, points, tear};
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsValue>;

/// Opens a link: `{space, missing}`, the scene as the plain object of its JSON.
#[wasm_bindgen(js_name = spaceOpen)]
pub fn open(hash: &str) -> Answer {
    let opened = link::read(hash).map_err(failure)?;
    let object = Object::new();
    object.set("space", &json(&opened.space)?.into());
    let missing = opened.missing.map_or(JsValue::NULL, |n| (n as f64).into());
    object.set("missing", &missing);
    Ok(object.into())
}

/// The link of a scene given as JSON: `{hash, carried, step}`.
#[wasm_bindgen(js_name = spaceLink)]
pub fn link_of(space: &str) -> Answer {
    let link = link::write(&Space::from_json(space).map_err(failure)?);
    let object = Object::new();
    object.set("hash", &link.hash.into());
    object.set("carried", &link.carried.into());
    object.set("step", &link.step.map_or(JsValue::NULL, JsValue::from));
    Ok(object.into())
}

/// The sites of a scene given as JSON, and how to draw them.
#[wasm_bindgen(js_name = spaceScene)]
pub fn scene(space: &str) -> Answer {
    let scene = Space::from_json(space).and_then(|s| s.scene()).map_err(failure)?;
    let object = Object::new();
    object.set("sites", &Float64Array::from(scene.sites.as_slice()).into());
    let masses = scene.masses.map(|m| Float64Array::from(m.as_slice()));
    object.set("masses", &masses.map_or(JsValue::NULL, JsValue::from));
    object.set("colours", &Uint8Array::from(scene.colours.as_slice()).into());
    for (key, value) in [("centre", scene.centre), ("reach", scene.reach), ("scale", scene.scale)] {
        object.set(key, &value.into());
    }
    Ok(object.into())
}

/// Own points from CSV or JSON, as the scene's `points`.
#[wasm_bindgen(js_name = spacePoints)]
pub fn own_points(text: &str) -> Answer {
    Ok(json(&points::parse(text).map_err(failure)?)?.into())
}

/// The site of the cell each sample is in.
#[wasm_bindgen(js_name = spaceCells)]
pub fn cells(sites: &[f64], heights: &[f64], positions: &[f64]) -> Uint32Array {
    Uint32Array::from(tear::cells(sites, heights, positions).as_slice())
}

/// The jump of the map across the nearest wall of each sample's cell: `{relative, median}`.
#[wasm_bindgen(js_name = spaceJumps)]
pub fn jumps(sites: &[f64], heights: &[f64], positions: &[f64], winners: &[u32]) -> JsValue {
    let jumps = tear::jumps(sites, heights, positions, winners);
    let object = Object::new();
    object.set("relative", &Float32Array::from(jumps.relative.as_slice()).into());
    object.set("median", &jumps.median.into());
    object.into()
}
