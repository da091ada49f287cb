//! Monte Carlo solves: long, so that who calls is asked again and again whether to go on.

use crate::clock;
use crate::convert::{Object, failure, json};
use js_sys::{Float64Array, Function, Promise, Uint32Array};
use lab::monte_carlo::{Beside, Request, Shown, Watcher, solve};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Asks a JavaScript function whether to go on, and waits for its promise: a pending one pauses.
struct Asker {
    look: Function,
    /// What it threw; the solve ends by it.
    thrown: Option<JsValue>,
}

impl Watcher for Asker {
    async fn watch(&mut self, shown: &Shown<'_>) -> bool {
        let told = self.look.call1(&JsValue::NULL, &progress(shown));
        let answer = match told {
            Ok(value) => JsFuture::from(Promise::resolve(&value)).await,
            Err(thrown) => Err(thrown),
        };
        match answer {
            Ok(value) => value != JsValue::FALSE,
            Err(thrown) => {
                self.thrown = Some(thrown);
                false
            }
        }
    }
}

fn progress(shown: &Shown<'_>) -> JsValue {
    let object = Object::new();
    object.set("phase", &shown.phase.into());
    for (key, value) in [
        ("iteration", shown.iteration as f64),
        ("samples", shown.samples as f64),
        ("batch", f64::from(shown.batch)),
        ("rms", shown.rms),
        ("milliseconds", shown.milliseconds),
    ] {
        object.set(key, &value.into());
    }
    object.set("device", &shown.device.into());
    object.set("heights", &Float64Array::from(shown.heights).into());
    object.set("positions", &Float64Array::from(shown.positions).into());
    object.set("winners", &Uint32Array::from(shown.winners).into());
    let exact = shown.exact.and_then(|beside| json(&beside).ok());
    object.set("exact", &exact.map_or(JsValue::NULL, JsValue::from));
    object.set("newton", &newton(shown.newton));
    object.into()
}

/// Newton's steps, quantity by quantity.
fn newton(steps: &[Beside]) -> JsValue {
    if steps.is_empty() {
        return JsValue::NULL;
    }
    let object = Object::new();
    let set = |key: &str, of: fn(&Beside) -> f64| {
        let values: Vec<f64> = steps.iter().map(of).collect();
        object.set(key, &Float64Array::from(values.as_slice()).into());
    };
    set("residual", |b| b.residual);
    set("heightError", |b| b.height_error);
    set("energyGap", |b| b.energy_gap);
    object.into()
}

/// Solves by Monte Carlo. `request` is the JSON of `lab::monte_carlo::Request`, `sites` are N × d
/// coordinates. `look(progress)` is called before the first step and then many times a second;
/// `false`, or a promise of it, ends the solve.
#[wasm_bindgen(js_name = monteCarlo)]
pub async fn monte_carlo(
    request: String,
    sites: Vec<f64>,
    masses: Option<Vec<f64>>,
    look: Function,
) -> Result<JsValue, JsValue> {
    let request = Request::from_json(&request).map_err(failure)?;
    let mut asker = Asker { look, thrown: None };
    let solved = solve(&request, &sites, masses.as_deref(), clock, 1, &mut asker).await;
    if let Some(thrown) = asker.thrown {
        return Err(thrown);
    }
    let solved = solved.map_err(failure)?;
    let object = Object::new();
    for (key, values) in [
        ("masses", &solved.masses),
        ("heights", &solved.heights),
        ("cellMasses", &solved.cell_masses),
        ("centroids", &solved.centroids),
    ] {
        object.set(key, &Float64Array::from(values.as_slice()).into());
    }
    object.set("dimension", &(solved.dimension as f64).into());
    object.set("factor", &solved.factor.into());
    object.set("report", &json(&solved.report)?.into());
    let exact = solved.exact.map(|beside| json(&beside)).transpose()?;
    object.set("exact", &exact.map_or(JsValue::NULL, JsValue::from));
    if let Some(plan) = &solved.plan {
        let cells = Object::new();
        let vertices = Float64Array::from(plan.cells.vertices.as_flattened());
        cells.set("vertices", &vertices.into());
        cells.set("offsets", &Uint32Array::from(plan.cells.offsets.as_slice()).into());
        object.set("cells", &cells.into());
    }
    Ok(object.into())
}
