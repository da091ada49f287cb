//! The potential scene's part of a scenario: which of its views is shown, and how.

use crate::error::Error;
use crate::method::{name_of, named};
use crate::scenario::MAX_SITES;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most planes that are moved by hand in one link.
pub const MAX_HAND: usize = 32;
/// Farthest that a plane is moved by hand, in units of heights.
pub const MAX_LIFT: f64 = 1e12;
/// Most steps that a solver records.
pub const MAX_STEPS: u32 = 2_000;
/// Fewest and most sites of a shape.
pub const COUNTS: std::ops::RangeInclusive<usize> = 100..=4000;
/// Most trails of the interpolation, and most points chosen for one.
pub const MAX_TRAILS: u32 = 32;
/// Most hidden layers of the network, and the least and most neurons in each.
pub const LAYERS: usize = 4;
/// See [`LAYERS`].
pub const WIDTHS: std::ops::RangeInclusive<usize> = 2..=64;
/// Most steps that the network is trained to.
pub const MAX_TRAINED: u32 = 20_000;

/// A view of the scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// The graph of u, its Legendre dual and the cells.
    Graph,
    /// Heights by hand, and the solvers step by step.
    Heights,
    /// The potential as generator and critic.
    Critic,
    /// Displacement interpolation of shapes.
    Path,
    /// A network fitted to the map.
    Network,
}

/// Heights from which the hand and the solvers begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StartName {
    /// The Voronoi diagram of a homothetic image of the sites: every cell has mass.
    Homothetic,
    /// h = 0; a site inside the hull of the others may be without a cell.
    Zero,
    /// The exact ones.
    Solved,
}

/// A solver that is shown step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SolverName {
    /// Damped Newton.
    Newton,
    /// Gradient descent.
    Gradient,
    /// L-BFGS.
    Lbfgs,
    /// Adam on sampled cell masses.
    Adam,
}

/// A target of the interpolation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ShapeName {
    /// A crescent moon.
    Crescent,
    /// A star with five points.
    Star,
    /// Two disks apart.
    Two,
    /// A ring.
    Ring,
    /// A sea horse, the paper's.
    Seahorse,
    /// A heart.
    Heart,
    /// The present scene's own sites and masses.
    Scene,
}

/// The source that is carried to a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SourceShape {
    /// The unit disk.
    Disk,
    /// A square of the disk's area.
    Square,
}

/// How the potential is shown beside its map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Look {
    /// By colours.
    Field,
    /// As a graph.
    Graph,
    /// Both.
    Both,
}

/// Every view with its name in links.
pub const PARTS: [(&str, Part); 5] = [
    ("graph", Part::Graph),
    ("heights", Part::Heights),
    ("critic", Part::Critic),
    ("path", Part::Path),
    ("network", Part::Network),
];
/// Every start with its name in links.
pub const STARTS: [(&str, StartName); 3] = [
    ("homothetic", StartName::Homothetic),
    ("zero", StartName::Zero),
    ("solved", StartName::Solved),
];
/// Every solver with its name in links.
pub const SOLVERS: [(&str, SolverName); 4] = [
    ("newton", SolverName::Newton),
    ("gradient", SolverName::Gradient),
    ("lbfgs", SolverName::Lbfgs),
    ("adam", SolverName::Adam),
];
/// Every target with its name in links.
pub const SHAPES: [(&str, ShapeName); 7] = [
    ("crescent", ShapeName::Crescent),
    ("star", ShapeName::Star),
    ("two", ShapeName::Two),
    ("ring", ShapeName::Ring),
    ("seahorse", ShapeName::Seahorse),
    ("heart", ShapeName::Heart),
    ("scene", ShapeName::Scene),
];

/// Every source of a shape with its name in links.
pub const SOURCES: [(&str, SourceShape); 2] =
    [("disk", SourceShape::Disk), ("square", SourceShape::Square)];
/// Every look with its name in links.
pub const LOOKS: [(&str, Look); 3] =
    [("field", Look::Field), ("graph", Look::Graph), ("both", Look::Both)];

/// What is shown. Time is the view's `t`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Settings {
    /// The view.
    pub part: Part,
    /// Degrees of the camera about the vertical, 0 to 359.
    pub yaw: u32,
    /// Degrees of the camera above the plane, −90 to 90.
    pub pitch: i32,
    /// Magnification, 0.5 to 4.
    pub zoom: f64,
    /// The plane that is lit.
    pub site: Option<usize>,
    /// Where the hand and the solvers begin.
    pub from: StartName,
    /// The solver.
    pub solver: SolverName,
    /// The recorded state that is shown; `null` while planes are moved by hand.
    pub step: Option<u32>,
    /// Planes moved by hand, each with its Δh from the start.
    pub hand: Vec<(usize, f64)>,
    /// The target of the interpolation.
    pub shape: ShapeName,
    /// The source that is carried to it.
    pub source: SourceShape,
    /// Sites of the shape.
    pub count: usize,
    /// Points whose way is drawn, spread over the source.
    pub trails: u32,
    /// Points of the source chosen for a trail.
    pub marks: Vec<[f64; 2]>,
    /// How the potential is shown as a critic.
    pub look: Look,
    /// Neurons in each hidden layer of the network.
    pub widths: Vec<usize>,
    /// Steps that the network is trained to.
    pub trained: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            part: Part::Graph,
            yaw: 30,
            pitch: 35,
            zoom: 1.0,
            site: None,
            from: StartName::Homothetic,
            solver: SolverName::Newton,
            step: None,
            hand: Vec::new(),
            shape: ShapeName::Crescent,
            source: SourceShape::Disk,
            count: 1000,
            trails: 8,
            marks: Vec::new(),
            look: Look::Field,
            widths: vec![32, 32],
            trained: 2000,
        }
    }
}

/// The value that a word names, for calls from outside.
///
/// # Errors
/// Code `potential`, with the words there are.
pub fn word<T: Copy>(list: &[(&'static str, T)], word: &str) -> Result<T, Error> {
    list.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
        Error::new("potential", format!("“{word}” should be one of {}.", names.join(", ")))
    })
}

/// A number in the fewer characters of its two decimal forms; both read back to the bit.
fn short(value: f64) -> String {
    let (plain, power) = (value.to_string(), format!("{value:e}"));
    if power.len() < plain.len() { power } else { plain }
}

fn listed(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
}

/// A list of pairs, `a:b,a:b`.
fn paired<T>(text: &str, read: impl Fn(&str, &str) -> Option<T>) -> Option<Vec<T>> {
    let pair = |text: &str| text.split_once(':').and_then(|(a, b)| read(a, b));
    text.split(',').map(pair).collect()
}

impl Settings {
    /// Checks every field.
    ///
    /// # Errors
    /// Code `scenario`, naming the field, its value and its range.
    pub fn validate(&self) -> Result<(), Error> {
        let ensure = |ok, message| if ok { Ok(()) } else { Err(Error::new("scenario", message)) };
        let whole = |name: &str, value: i64, low: i64, high: i64| {
            ensure(
                (low..=high).contains(&value),
                format!("{name} is {value}. Choose a whole number from {low} to {high}."),
            )
        };
        whole("The yaw", self.yaw.into(), 0, 359)?;
        whole("The pitch", self.pitch.into(), -90, 90)?;
        ensure(
            (0.5..=4.0).contains(&self.zoom),
            format!("The zoom is {}. Choose a number from 0.5 to 4.", self.zoom),
        )?;
        let site = |i: usize| {
            ensure(
                i < MAX_SITES,
                format!("There is no plane {i}: a scene has at most {MAX_SITES} sites."),
            )
        };
        self.site.map_or(Ok(()), site)?;
        if let Some(step) = self.step {
            whole("The step", step.into(), 0, MAX_STEPS.into())?;
        }
        ensure(
            self.hand.len() <= MAX_HAND,
            format!(
                "{} planes were moved by hand. A scene keeps at most {MAX_HAND}.",
                self.hand.len()
            ),
        )?;
        let mut moved = HashSet::new();
        for &(i, lift) in &self.hand {
            site(i)?;
            ensure(moved.insert(i), format!("Plane {i} was moved by hand twice. Give one Δh."))?;
            ensure(
                lift.abs() <= MAX_LIFT,
                format!("Plane {i} was moved by {lift}. Choose a number from −1e12 to 1e12."),
            )?;
        }
        ensure(
            COUNTS.contains(&self.count),
            format!(
                "The shape has {} sites. Choose {} to {}.",
                self.count,
                COUNTS.start(),
                COUNTS.end()
            ),
        )?;
        whole("The number of trails", self.trails.into(), 0, MAX_TRAILS.into())?;
        ensure(
            self.marks.len() <= MAX_TRAILS as usize,
            format!(
                "{} points are chosen for a trail. Choose at most {MAX_TRAILS}.",
                self.marks.len()
            ),
        )?;
        let finite = self.marks.iter().flatten().all(|x| x.abs() <= MAX_LIFT);
        ensure(finite, "A point chosen for a trail has no finite place. Remove it.".into())?;
        ensure(
            (1..=LAYERS).contains(&self.widths.len()),
            format!("The network has {} hidden layers. Choose 1 to {LAYERS}.", self.widths.len()),
        )?;
        for &width in &self.widths {
            ensure(
                WIDTHS.contains(&width),
                format!(
                    "A hidden layer has {width} neurons. Choose {} to {}.",
                    WIDTHS.start(),
                    WIDTHS.end()
                ),
            )?;
        }
        whole("The goal of training", self.trained.into(), 0, MAX_TRAINED.into())
    }

    /// Key, value and default of each part of a link.
    pub(crate) fn pairs(&self) -> [(&'static str, String, String); 17] {
        let or = |value: Option<String>, none: &str| value.unwrap_or(none.to_string());
        let written = |s: &Self| {
            [
                ("part", name_of(&PARTS, s.part).to_string()),
                ("yaw", s.yaw.to_string()),
                ("pitch", s.pitch.to_string()),
                ("zoom", s.zoom.to_string()),
                ("site", or(s.site.map(|i| i.to_string()), "none")),
                ("from", name_of(&STARTS, s.from).to_string()),
                ("solver", name_of(&SOLVERS, s.solver).to_string()),
                ("step", or(s.step.map(|k| k.to_string()), "hand")),
                ("hand", listed(s.hand.iter().map(|(i, lift)| format!("{i}:{}", short(*lift))))),
                ("shape", name_of(&SHAPES, s.shape).to_string()),
                ("shapeSource", name_of(&SOURCES, s.source).to_string()),
                ("shapeCount", s.count.to_string()),
                ("trails", s.trails.to_string()),
                (
                    "marks",
                    listed(s.marks.iter().map(|p| format!("{}:{}", short(p[0]), short(p[1])))),
                ),
                ("look", name_of(&LOOKS, s.look).to_string()),
                ("widths", listed(s.widths.iter().map(usize::to_string))),
                ("trained", s.trained.to_string()),
            ]
        };
        let mut base = written(&Self::default()).into_iter();
        written(self).map(|(key, value)| (key, value, base.next().unwrap_or_default().1))
    }

    /// Takes in a part of a link; false where the key is not one of these.
    ///
    /// # Errors
    /// Code `link`: the value cannot be read.
    pub(crate) fn assign(&mut self, key: &str, value: &str) -> Result<bool, Error> {
        let bad = |what: &str| {
            Error::new("link", format!("In this link “{key}={value}” should be {what}."))
        };
        let whole = || value.parse::<u32>().map_err(|_| bad("a whole number"));
        match key {
            "part" => self.part = named(&PARTS, key, value)?,
            "yaw" => self.yaw = whole()?,
            "pitch" => self.pitch = value.parse().map_err(|_| bad("a whole number"))?,
            "zoom" => self.zoom = value.parse().map_err(|_| bad("a number"))?,
            "site" if value == "none" => self.site = None,
            "site" => self.site = Some(whole()? as usize),
            "from" => self.from = named(&STARTS, key, value)?,
            "solver" => self.solver = named(&SOLVERS, key, value)?,
            "step" if value == "hand" => self.step = None,
            "step" => self.step = Some(whole()?),
            "hand" => {
                let plane = |text: &str| {
                    let (i, lift) = text.split_once(':')?;
                    Some((i.parse().ok()?, lift.parse().ok()?))
                };
                let planes: Option<_> = value.split(',').map(plane).collect();
                self.hand =
                    planes.ok_or_else(|| bad("planes as site:Δh, such as 3:0.25,7:-0.1"))?;
            }
            "shape" => self.shape = named(&SHAPES, key, value)?,
            "shapeSource" => self.source = named(&SOURCES, key, value)?,
            "shapeCount" => self.count = whole()? as usize,
            "trails" => self.trails = whole()?,
            "marks" => {
                let points = paired(value, |x, y| Some([x.parse().ok()?, y.parse().ok()?]));
                self.marks = points.ok_or_else(|| bad("points as x:y, such as 0.5:-0.25"))?;
            }
            "look" => self.look = named(&LOOKS, key, value)?,
            "widths" => {
                let widths: Result<_, _> = value.split(',').map(str::parse).collect();
                self.widths = widths.map_err(|_| bad("whole numbers, such as 32,32"))?;
            }
            "trained" => self.trained = whole()?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
