//! The scene in the plane, and exact solves without one.

use crate::clock;
use crate::convert::{Object, failure, json};
use crate::frame;
use js_sys::{Float64Array, Function, Uint32Array};
use lab::app::{AeOtRequest, OnProgress};
use lab::gan;
use lab::plan_json::{self, Milliseconds};
use lab::solve::{Request, solve as solve_request};
use lab::source;
use lab::{Error, Lab, Scenario};
use std::ops::ControlFlow;
use wasm_bindgen::prelude::*;

/// A progress call that passes (iteration, residual) to JavaScript and never cancels: a worker
/// that computes hears nothing, so cancelling means ending it.
fn progress(call: Function) -> OnProgress {
    Box::new(move |iteration, residual| {
        // A listener that throws must not stop a solve.
        let _ = call.call2(&JsValue::NULL, &(iteration as f64).into(), &residual.into());
        ControlFlow::Continue(())
    })
}

/// A site's index as JavaScript numbers it; what is no index becomes one that no scene has.
fn index(site: f64) -> usize {
    if site >= 0.0 && site.fract() == 0.0 && site < 4e9 { site as usize } else { usize::MAX }
}

/// The application; one in a worker.
#[wasm_bindgen]
pub struct App {
    lab: Lab,
}

type Answer = Result<JsValue, JsValue>;

#[wasm_bindgen]
impl App {
    /// The default scene. `on_progress` is called with (iteration, residual).
    #[wasm_bindgen(constructor)]
    pub fn new(on_progress: Function) -> Result<App, JsValue> {
        let mut lab = Lab::new(clock).map_err(failure)?;
        lab.on_progress(progress(on_progress));
        Ok(App { lab })
    }

    fn frame(frame: Result<lab::Frame, Error>) -> Answer {
        frame::frame(frame.map_err(failure)?)
    }

    /// Opens a link.
    pub fn open(&mut self, hash: &str) -> Answer {
        Self::frame(self.lab.open(hash))
    }

    /// Opens a scenario given as JSON.
    pub fn restore(&mut self, scenario: &str) -> Answer {
        Self::frame(Scenario::from_json(scenario).and_then(|s| self.lab.open_scenario(s)))
    }

    /// The scenario as JSON.
    pub fn scenario(&self) -> String {
        self.lab.scenario().to_json()
    }

    /// Whether a drag is under way.
    #[wasm_bindgen(js_name = inGesture)]
    pub fn in_gesture(&self) -> bool {
        self.lab.in_gesture()
    }

    /// Lays a patch, given as JSON, over the scenario.
    pub fn set(&mut self, patch: &str) -> Answer {
        Self::frame(self.lab.set(patch))
    }

    /// Moves a site.
    #[wasm_bindgen(js_name = move)]
    pub fn move_site(&mut self, site: f64, x: f64, y: f64, last: bool) -> Answer {
        Self::frame(self.lab.move_site(index(site), x, y, last))
    }

    /// Sets a site's mass in multiples of the usual mass of the others.
    pub fn mass(&mut self, site: f64, relative: f64, last: bool) -> Answer {
        Self::frame(self.lab.set_mass(index(site), relative, last))
    }

    /// Adds a site.
    pub fn add(&mut self, x: f64, y: f64, relative: Option<f64>) -> Answer {
        Self::frame(self.lab.add(x, y, relative))
    }

    /// Removes a site.
    pub fn remove(&mut self, site: f64) -> Answer {
        Self::frame(self.lab.remove(index(site)))
    }

    /// Adds sites along a path x, y, x, y, ….
    pub fn brush(&mut self, path: &[f64]) -> Answer {
        Self::frame(self.lab.brush(path.as_chunks().0))
    }

    /// Reads points from CSV or JSON.
    #[wasm_bindgen(js_name = importText)]
    pub fn import_text(&mut self, text: &str, name: &str) -> Answer {
        Self::frame(self.lab.import(text, name))
    }

    /// Takes back one step.
    pub fn undo(&mut self) -> Answer {
        Self::frame(self.lab.undo())
    }

    /// Makes one undone step again.
    pub fn redo(&mut self) -> Answer {
        Self::frame(self.lab.redo())
    }

    /// Solves a scene however large.
    pub fn solve(&mut self) -> Answer {
        Self::frame(self.lab.solve())
    }

    /// The link: `{hash, carried, step}`.
    pub fn hash(&self) -> Answer {
        let link = self.lab.link().map_err(failure)?;
        let object = Object::new();
        object.set("hash", &link.hash.into());
        object.set("carried", &link.carried.into());
        object.set("step", &link.step.map_or(JsValue::NULL, JsValue::from));
        Ok(object.into())
    }

    /// The AE-OT experiment.
    pub fn experiment(&mut self) -> Answer {
        let made = self.lab.experiment().map_err(failure)?;
        let object = json(&made)?;
        object.set("real", &Float64Array::from(made.real.as_slice()).into());
        object.set("generated", &Float64Array::from(made.generated.as_slice()).into());
        object.set("modes", &Float64Array::from(made.modes.as_slice()).into());
        Ok(object.into())
    }

    /// x, y, σ, weight of each mode of the scene's mixture.
    pub fn modes(&self) -> Result<Float64Array, JsValue> {
        let modes = self.lab.mixture().map_err(failure)?;
        Ok(Float64Array::from(gan::flat(&modes).as_slice()))
    }

    /// AE-OT without errors and references: `{real, generated, grid, marks, report, milliseconds}`.
    /// What is not given is the scenario's; `grid` is lines and points a line of a grid whose image
    /// is wanted.
    pub fn aeot(
        &mut self,
        modes: Option<Box<[f64]>>,
        real: Option<u32>,
        generated: Option<u32>,
        seed: Option<u32>,
        grid: Option<Box<[u32]>>,
    ) -> Answer {
        let size = |n: Option<u32>| n.map(|n| n as usize);
        let request = AeOtRequest {
            modes: modes.as_deref(),
            real: size(real),
            generated: size(generated),
            seed,
            grid: grid.as_deref().and_then(|g| Some((*g.first()? as usize, *g.get(1)? as usize))),
        };
        let made = self.lab.ae_ot(&request).map_err(failure)?;
        let object = json(&made)?;
        object.set("real", &Float64Array::from(made.real.as_slice()).into());
        object.set("generated", &Float64Array::from(made.generated.as_slice()).into());
        object.set("grid", &Float64Array::from(made.grid.as_slice()).into());
        Ok(object.into())
    }

    /// Scores samples of another generator; the row carries the samples read as `points`.
    pub fn score(&mut self, text: &str, name: &str) -> Answer {
        let (row, points) = self.lab.score(text, name).map_err(failure)?;
        let object = json(&row)?;
        object.set("points", &Float64Array::from(points.as_slice()).into());
        Ok(object.into())
    }

    /// The plan as JSON.
    #[wasm_bindgen(js_name = exportPlan)]
    pub fn export_plan(&self) -> Result<String, JsValue> {
        self.lab.export_plan().map_err(failure)
    }

    /// Samples and their images as CSV.
    #[wasm_bindgen(js_name = exportSamples)]
    pub fn export_samples(&self) -> Result<String, JsValue> {
        self.lab.export_samples().map_err(failure)
    }
}

/// Solves one problem without a scene; see `docs/brenier-js.md`. Sites are x, y, x, y, …;
/// `gaussian` is x, y of the mean and σ of a Gaussian source, absent for the uniform one.
#[wasm_bindgen]
pub fn solve(
    sites: &[f64],
    masses: Option<Box<[f64]>>,
    domain: &str,
    gaussian: Option<Box<[f64]>>,
    method: &str,
    tolerance: f64,
    on_progress: Option<Function>,
) -> Answer {
    let density = source::density(gaussian.as_deref()).map_err(failure)?;
    let request = Request {
        sites: sites.as_chunks().0,
        masses: masses.as_deref(),
        domain,
        density,
        method,
        tolerance,
    };
    let solved = solve_request(&request, clock, on_progress.map(progress)).map_err(failure)?;
    let plan = &solved.plan;
    let time = Some(Milliseconds::One(solved.milliseconds));
    let object = Object::new();
    object.set("domain", &frame::points(solved.domain.vertices()).into());
    object.set("sites", &frame::points(&plan.sites).into());
    object.set("masses", &Float64Array::from(plan.masses.as_slice()).into());
    object.set("factor", &solved.factor.into());
    object.set("heights", &Float64Array::from(plan.heights.as_slice()).into());
    object.set("cellMasses", &Float64Array::from(plan.cell_masses.as_slice()).into());
    object.set("centroids", &frame::points(&plan.centroids).into());
    let cells = Object::new();
    cells.set("vertices", &frame::points(&plan.cells.vertices).into());
    cells.set("offsets", &Uint32Array::from(plan.cells.offsets.as_slice()).into());
    object.set("cells", &cells.into());
    object.set("report", &json(&plan_json::report(&plan.report, time))?.into());
    Ok(object.into())
}
