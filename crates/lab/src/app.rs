//! The application: a scene that is opened, edited, undone, solved and drawn.
//!
//! While a site is dragged the solve starts from the last heights. When the drag ends the scene
//! is solved afresh, so that the frame of a finished edit depends on the scenario alone. Every
//! change is made on a copy and put in place only when it succeeds: an error loses nothing.

mod edit;
mod export;
mod scene;

pub use export::{AeOt, AeOtRequest, Experiment};

use crate::colours;
use crate::error::Error;
use crate::experiment::Scorer;
use crate::frame::{self, Frame, Meta};
use crate::history::History;
use crate::link::{self, Link};
use crate::plan_json::{self, Milliseconds};
use crate::points;
use crate::presets;
use crate::scenario::{MAX_SITES, Preset, Scenario};
use crate::source::SourceJson;
use geometry::Point;
use scene::Scene;
use std::ops::ControlFlow;
use transport::newton::{self, Options};
use transport::{Plan, Progress, Target};

/// Most sites that are solved without being asked.
pub const INTERACTIVE: usize = 10_000;

/// Called at each step of a solve with its number and the residual; `Break` cancels.
pub type OnProgress = Box<dyn FnMut(usize, f64) -> ControlFlow<()>>;

/// A solve and what it took.
struct Solved {
    plan: Plan,
    factor: f64,
    milliseconds: f64,
}

/// The stateful application. It has no clock of its own: it is given one.
pub struct Lab {
    clock: fn() -> f64,
    progress: Option<OnProgress>,
    scene: Scene,
    solved: Option<Solved>,
    history: History<Scene>,
    /// What the last edit was part of; edits of one gesture make one step of the history.
    gesture: Option<String>,
    scorer: Scorer,
    notes: Vec<String>,
    serial: u64,
    /// Nothing was opened yet: the first scene replaces nothing worth keeping.
    fresh: bool,
}

impl Lab {
    /// The default scene, not yet solved: [`Lab::open`] with the empty link, or anything else
    /// that changes the scene, solves. `clock` gives milliseconds.
    ///
    /// # Errors
    /// None is known; the default scene is tested.
    pub fn new(clock: fn() -> f64) -> Result<Lab, Error> {
        let scene = Scene::of(Scenario::default())?;
        Ok(Lab {
            clock,
            progress: None,
            scene,
            solved: None,
            history: History::new(),
            gesture: None,
            scorer: Scorer::default(),
            notes: Vec::new(),
            serial: 0,
            fresh: true,
        })
    }

    /// Sets what is called at each step of a solve.
    pub fn on_progress(&mut self, progress: OnProgress) {
        self.progress = Some(progress);
    }

    /// The scenario as it is now, edits included.
    pub fn scenario(&self) -> Scenario {
        self.scene.scenario()
    }

    /// Whether a gesture is under way, so that the present state is not yet worth saving.
    pub fn in_gesture(&self) -> bool {
        self.gesture.as_ref().is_some_and(|g| !g.starts_with("set:"))
    }

    /// Opens a link; the scene before it can be had back by undo.
    ///
    /// # Errors
    /// Code `link`; the scene stays.
    pub fn open(&mut self, hash: &str) -> Result<Frame, Error> {
        let opened = link::read(hash)?;
        let frame = self.replace(opened.scenario, None)?;
        if let Some(missing) = opened.missing {
            self.notes.push(format!(
                "This link was too short to carry its {missing} points. Import them from their file."
            ));
            return Ok(self.frame());
        }
        Ok(frame)
    }

    /// Opens a scenario.
    ///
    /// # Errors
    /// Those of the scenario, of its domain and of `transport`; the scene stays.
    pub fn open_scenario(&mut self, scenario: Scenario) -> Result<Frame, Error> {
        scenario.validate()?;
        self.replace(scenario, None)
    }

    /// Lays a patch over the scenario (see [`Scenario::patched`]). Changes of scene, view,
    /// method, experiment, GANs, potential and controls do not solve again and are no step of the history.
    ///
    /// # Errors
    /// Code `scenario` and others; the scene stays.
    pub fn set(&mut self, patch: &str) -> Result<Frame, Error> {
        let now = self.scenario();
        let new = now.patched(patch)?;
        if new.same_solve(&now) {
            self.scene.scenario = Scenario { points: None, ..new };
            return Ok(self.frame());
        }
        let keys: Vec<String> = match serde_json::from_str(patch) {
            Ok(serde_json::Value::Object(map)) => map.into_iter().map(|(k, _)| k).collect(),
            _ => Vec::new(),
        };
        self.replace(new, Some(format!("set:{}", keys.join(","))))
    }

    fn replace(&mut self, scenario: Scenario, gesture: Option<String>) -> Result<Frame, Error> {
        let mut scene = Scene::of(scenario)?;
        if scene.points == self.scene.points {
            scene.colours = self.scene.colours.clone();
        }
        self.commit(scene, gesture, false)
    }

    /// Replaces the sites by points from CSV or JSON; seed, tolerance and view stay.
    ///
    /// # Errors
    /// Codes `csv`, `json`, `empty` with the line; those of `transport` with the index.
    pub fn import(&mut self, text: &str, name: &str) -> Result<Frame, Error> {
        let read = points::parse(text)?;
        let count = read.points.len();
        if count > MAX_SITES {
            return Err(Error::new(
                "csv",
                format!(
                    "There are {count} points; the page takes {MAX_SITES}. Use the command line for more."
                ),
            ));
        }
        let now = &self.scene.scenario;
        let mut scenario = Scenario {
            points: Some(read.points),
            tolerance: now.tolerance,
            method: now.method.clone(),
            seed: now.seed,
            view: now.view.clone(),
            experiment: now.experiment.clone(),
            gans: now.gans.clone(),
            potential: now.potential.clone(),
            scene: now.scene.clone(),
            controls: now.controls,
            ..Scenario::of(Preset::Own)
        };
        scenario.potential.forget_planes();
        self.replace(scenario, None)?;
        let masses = if read.with_masses { ", with masses" } else { "" };
        self.notes.push(match name {
            "" => format!("{count} points read{masses}."),
            name => format!("{count} points read from {name}{masses}."),
        });
        Ok(self.frame())
    }

    /// Solves a changed scene and puts it in place. `warm` starts from the last heights.
    fn commit(
        &mut self,
        mut scene: Scene,
        gesture: Option<String>,
        warm: bool,
    ) -> Result<Frame, Error> {
        let last = self.solved.take();
        let start = last.as_ref().filter(|_| warm).and_then(|s| {
            let sites: Vec<Point> = scene.points.iter().map(|p| [p[0], p[1]]).collect();
            s.plan.heights_for(&sites)
        });
        match self.solve_scene(&mut scene, start.as_deref(), false) {
            Err(e) => {
                self.solved = last;
                Err(e)
            }
            Ok(solved) => {
                self.solved = solved;
                self.notes.clear();
                let before = std::mem::replace(&mut self.scene, scene);
                let first = std::mem::take(&mut self.fresh);
                if !first && (gesture.is_none() || gesture != self.gesture) {
                    let size = before.points.len();
                    self.history.push(before, size);
                }
                self.gesture = gesture;
                Ok(self.frame())
            }
        }
    }

    /// Takes back one step; without one nothing changes.
    ///
    /// # Errors
    /// Those of `transport`; the scene stays.
    pub fn undo(&mut self) -> Result<Frame, Error> {
        self.step(true)
    }

    /// Makes one undone step again; without one nothing changes.
    ///
    /// # Errors
    /// Those of `transport`; the scene stays.
    pub fn redo(&mut self) -> Result<Frame, Error> {
        self.step(false)
    }

    fn step(&mut self, back: bool) -> Result<Frame, Error> {
        let next = if back { self.history.peek_undo() } else { self.history.peek_redo() };
        let Some(mut scene) = next.cloned() else { return Ok(self.frame()) };
        let solved = self.solve_scene(&mut scene, None, false)?;
        // What is looked at is no step of the history: it stays.
        let now = &self.scene.scenario;
        scene.scenario.view = now.view.clone();
        scene.scenario.method = now.method.clone();
        scene.scenario.experiment = now.experiment.clone();
        scene.scenario.gans = now.gans.clone();
        scene.scenario.potential = now.potential.clone();
        if scene.points.len() != self.scene.points.len() {
            scene.scenario.potential.forget_planes();
        }
        scene.scenario.scene = now.scene.clone();
        scene.scenario.controls = now.controls;
        let present = std::mem::replace(&mut self.scene, scene);
        let size = present.points.len();
        if back {
            self.history.undo(present, size);
        } else {
            self.history.redo(present, size);
        }
        self.solved = solved;
        self.notes.clear();
        self.gesture = None;
        Ok(self.frame())
    }

    /// Solves a scene however large.
    ///
    /// # Errors
    /// Those of `transport`.
    pub fn solve(&mut self) -> Result<Frame, Error> {
        let mut scene = self.scene.clone();
        let solved = self.solve_scene(&mut scene, None, true)?;
        self.scene = scene;
        self.solved = solved;
        Ok(self.frame())
    }

    /// Solves if asked or small enough, and gives new sites their colours.
    fn solve_scene(
        &mut self,
        scene: &mut Scene,
        start: Option<&[f64]>,
        asked: bool,
    ) -> Result<Option<Solved>, Error> {
        let count = scene.points.len();
        if count == 0 {
            scene.colours.clear();
            return Ok(None);
        }
        let target = target(&scene.points)?;
        if count > INTERACTIVE && !asked {
            scene.colours = colours::by_index(count, &scene.colours);
            return Ok(None);
        }
        let options = Options { tolerance: scene.scenario.tolerance, ..Options::default() };
        let began = (self.clock)();
        let progress = &mut self.progress;
        let mut report = |p: &Progress| match progress {
            Some(call) => call(p.iteration, p.residual),
            None => ControlFlow::Continue(()),
        };
        let plan = newton::solve(&scene.source, &target, &options, start, &mut report)?;
        let milliseconds = (self.clock)() - began;
        if scene.colours.len() != count {
            scene.colours = colours::assign(&plan, &scene.colours);
        }
        Ok(Some(Solved { plan, factor: target.factor(), milliseconds }))
    }

    /// The present frame.
    pub fn frame(&mut self) -> Frame {
        self.serial += 1;
        let scene = &self.scene;
        let count = scene.points.len();
        let mut notes = self.notes.clone();
        let mut frame = Frame {
            meta: Meta {
                serial: self.serial,
                count,
                bounds: scene.bounds,
                source: SourceJson::of(&scene.source),
                can_undo: self.history.peek_undo().is_some(),
                can_redo: self.history.peek_redo().is_some(),
                domain_name: match scene.scenario.domain.as_str() {
                    "auto" => presets::auto_domain(&scene.scenario).to_string(),
                    name => name.to_string(),
                },
                ..Meta::default()
            },
            colours: scene.colours.clone(),
            domain: scene.source.domain().vertices().iter().flatten().copied().collect(),
            ..Frame::default()
        };
        match &self.solved {
            Some(s) => {
                let scenario = &scene.scenario;
                frame::draw(&mut frame, &s.plan, &scene.source, &scenario.view, scenario.seed);
                frame.meta.factor = s.factor;
                let time = Some(Milliseconds::One(s.milliseconds));
                frame.meta.report = Some(plan_json::report(&s.plan.report, time));
                match s.plan.report.merged.len() {
                    0 => {}
                    1 => notes.push("Two sites lie at the same place and share one cell. Drag one away to part them.".into()),
                    n => notes.push(format!("{n} sites lie exactly on others and share their cells.")),
                }
            }
            None => {
                let target = target(&scene.points).ok();
                frame.sites = scene.points.iter().flat_map(|p| [p[0], p[1]]).collect();
                frame.centroids = frame.sites.clone();
                frame.masses = target.as_ref().map(|t| t.masses().to_vec()).unwrap_or_default();
                frame.meta.factor = target.as_ref().map_or(1.0, Target::factor);
                frame.heights = vec![0.0; count];
                frame.cell_masses = vec![0.0; count];
                frame.cell_offsets = vec![0; count + 1];
                frame.meta.needs_solve = count > 0;
                frame.meta.singular.measure = "jump";
            }
        }
        frame.meta.notes = notes;
        frame
    }

    /// The canonical link of the present scene.
    ///
    /// # Errors
    /// None for a scene that is open.
    pub fn link(&self) -> Result<Link, Error> {
        link::write(&self.scenario())
    }
}

fn target(points: &[[f64; 3]]) -> Result<Target, Error> {
    let sites: Vec<Point> = points.iter().map(|p| [p[0], p[1]]).collect();
    let masses: Vec<f64> = points.iter().map(|p| p[2]).collect();
    Ok(Target::new(&sites, Some(&masses))?)
}
