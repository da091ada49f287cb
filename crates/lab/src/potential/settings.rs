//! The potential scene's part of a scenario: which of its views is shown, and how.

use super::choices::{Look, Named, Part, ShapeName, SourceShape, by_name};
use crate::error::Error;
use crate::method::{name_of, named};
use crate::scenario::MAX_SITES;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use transport::trace::{Method, Start};

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

/// What is shown. Time is the view's `t`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Settings {
    /// The view.
    #[serde(with = "by_name")]
    pub part: Part,
    /// Degrees of the camera about the vertical, 0 to 359.
    pub yaw: u32,
    /// Degrees of the camera above the plane, −90 to 90.
    pub pitch: i32,
    /// Magnification, 0.5 to 4.
    pub zoom: f64,
    /// Whether the surfaces float above their cells.
    pub project: bool,
    /// The plane that is lit.
    pub site: Option<usize>,
    /// Where the hand and the solvers begin.
    #[serde(with = "by_name")]
    pub from: Start,
    /// The solver.
    #[serde(with = "by_name")]
    pub solver: Method,
    /// The recorded state that is shown; `null` while planes are moved by hand.
    pub step: Option<u32>,
    /// Planes moved by hand, each with its Δh from the start.
    pub hand: Vec<(usize, f64)>,
    /// The target of the interpolation.
    #[serde(with = "by_name")]
    pub shape: ShapeName,
    /// The source that is carried to it.
    #[serde(with = "by_name")]
    pub source: SourceShape,
    /// Sites of the shape.
    pub count: usize,
    /// Points whose way is drawn, spread over the source.
    pub trails: u32,
    /// Points of the source chosen for a trail.
    pub marks: Vec<[f64; 2]>,
    /// How the potential is shown as a critic.
    #[serde(with = "by_name")]
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
            project: true,
            site: None,
            from: Start::Homothetic,
            solver: Method::Newton,
            step: None,
            hand: Vec::new(),
            shape: ShapeName::Crescent,
            source: SourceShape::Disk,
            count: 1000,
            trails: 8,
            marks: Vec::new(),
            look: Look::Field,
            widths: vec![32, 32],
            trained: 5000,
        }
    }
}

/// A number in the fewer characters of its two decimal forms; both read back to the bit.
fn short(value: f64) -> String {
    let (plain, power) = (value.to_string(), format!("{value:e}"));
    if power.len() < plain.len() { power } else { plain }
}

fn listed(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
}

fn name<T: Named>(value: T) -> String {
    name_of(T::LIST, value).to_string()
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

    /// For other sites: planes are named by their site's index, so that none is lit or moved any more.
    pub(crate) fn forget_planes(&mut self) {
        self.site = None;
        self.hand.clear();
    }

    /// For the first `count` sites alone.
    pub(crate) fn keep_planes(&mut self, count: usize) {
        self.site = self.site.filter(|i| *i < count);
        self.hand.retain(|(i, _)| *i < count);
    }

    /// For the sites without one of them.
    pub(crate) fn remove_plane(&mut self, site: usize) {
        let next = |i: usize| (i != site).then(|| i - usize::from(i > site));
        self.site = self.site.and_then(next);
        self.hand = self.hand.iter().filter_map(|(i, lift)| Some((next(*i)?, *lift))).collect();
    }

    /// Key, value and default of each part of a link.
    pub(crate) fn pairs(&self) -> [(&'static str, String, String); 18] {
        let or = |value: Option<String>, none: &str| value.unwrap_or(none.to_string());
        let written = |s: &Self| {
            [
                ("part", name(s.part)),
                ("yaw", s.yaw.to_string()),
                ("pitch", s.pitch.to_string()),
                ("zoom", s.zoom.to_string()),
                ("project", u8::from(s.project).to_string()),
                ("site", or(s.site.map(|i| i.to_string()), "none")),
                ("from", name(s.from)),
                ("solver", name(s.solver)),
                ("step", or(s.step.map(|k| k.to_string()), "hand")),
                ("hand", listed(s.hand.iter().map(|(i, lift)| format!("{i}:{}", short(*lift))))),
                ("shape", name(s.shape)),
                ("shapeSource", name(s.source)),
                ("shapeCount", s.count.to_string()),
                ("trails", s.trails.to_string()),
                (
                    "marks",
                    listed(s.marks.iter().map(|p| format!("{}:{}", short(p[0]), short(p[1])))),
                ),
                ("look", name(s.look)),
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
            "part" => self.part = named(Part::LIST, key, value)?,
            "yaw" => self.yaw = whole()?,
            "pitch" => self.pitch = value.parse().map_err(|_| bad("a whole number"))?,
            "zoom" => self.zoom = value.parse().map_err(|_| bad("a number"))?,
            "project" => self.project = named(&[("0", false), ("1", true)], key, value)?,
            "site" if value == "none" => self.site = None,
            "site" => self.site = Some(whole()? as usize),
            "from" => self.from = named(Start::LIST, key, value)?,
            "solver" => self.solver = named(Method::LIST, key, value)?,
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
            "shape" => self.shape = named(ShapeName::LIST, key, value)?,
            "shapeSource" => self.source = named(SourceShape::LIST, key, value)?,
            "shapeCount" => self.count = whole()? as usize,
            "trails" => self.trails = whole()?,
            "marks" => {
                let points = paired(value, |x, y| Some([x.parse().ok()?, y.parse().ok()?]));
                self.marks = points.ok_or_else(|| bad("points as x:y, such as 0.5:-0.25"))?;
            }
            "look" => self.look = named(Look::LIST, key, value)?,
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
