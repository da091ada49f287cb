//! A scenario made concrete: its sites, its domain, what the figure shows of them.

use crate::domain::DomainSpec;
use crate::error::Error;
use crate::packed::hand_step;
use crate::presets;
use crate::scenario::{MAX_SITES, Preset, Scenario};
use crate::source::source;
use geometry::{ConvexPolygon, Point};
use transport::Source;

/// A scenario made concrete.
#[derive(Clone)]
pub(super) struct Scene {
    /// Its `points` are always `None`: the points stand below.
    pub(super) scenario: Scenario,
    /// Whether the points are own or edited.
    pub(super) edited: bool,
    pub(super) points: Vec<[f64; 3]>,
    pub(super) source: Source,
    pub(super) bounds: [f64; 4],
    pub(super) colours: Vec<u8>,
}

impl Scene {
    pub(super) fn of(mut scenario: Scenario) -> Result<Scene, Error> {
        let spec = DomainSpec::parse(&scenario.domain)?;
        let auto = presets::auto_domain(&scenario);
        let domain = spec.polygon(&auto)?;
        if scenario.preset == Preset::Own && spec == DomainSpec::Auto {
            // A domain that followed own points would move while they are dragged.
            scenario.domain = auto.to_string();
        }
        let edited = scenario.points.is_some();
        let points = match scenario.points.take() {
            Some(points) => points,
            None => presets::sites(&scenario)?,
        };
        scenario.potential.keep_planes(points.len());
        let bounds = bounds(&domain, &points);
        let source = source(domain, scenario.source, scenario.source_sigma)?;
        Ok(Scene { scenario, edited, points, source, bounds, colours: Vec::new() })
    }

    pub(super) fn scenario(&self) -> Scenario {
        Scenario { points: self.edited.then(|| self.points.clone()), ..self.scenario.clone() }
    }

    /// A place set by hand: inside the figure, on a grid so fine that nobody sees it and so
    /// coarse that a link carries it exactly.
    pub(super) fn by_hand(&self, x: f64, y: f64) -> Result<Point, Error> {
        if x.is_nan() || y.is_nan() {
            return Err(Error::new("site", "The place is not a number. Give finite coordinates."));
        }
        let [x0, y0, x1, y1] = self.source.domain().bounds();
        let step = hand_step((x1 - x0).max(y1 - y0));
        let [b0, b1, b2, b3] = self.bounds;
        let snap = |v: f64, low: f64, high: f64| {
            let (low, high) = ((low / step).ceil(), (high / step).floor());
            (v / step).round().clamp(low, high) * step
        };
        Ok([snap(x, b0, b2), snap(y, b1, b3)])
    }

    pub(super) fn check(&self, site: usize) -> Result<(), Error> {
        if site < self.points.len() {
            return Ok(());
        }
        let message = format!("There is no site {site}: the scene has {}.", self.points.len());
        Err(Error::new("site", message).at_index(site))
    }

    pub(super) fn room_for(&self, more: usize) -> Result<(), Error> {
        if self.points.len() + more <= MAX_SITES {
            return Ok(());
        }
        Err(Error::new(
            "site",
            format!("A scene has at most {MAX_SITES} sites. Remove some first."),
        ))
    }

    /// The usual mass: the lower median of the other sites' masses, 1 if there is none. One of
    /// the masses themselves, so that it does not drift while masses are changed.
    pub(super) fn usual_mass(&self, but: Option<usize>) -> f64 {
        let others = self.points.iter().enumerate().filter(|(i, _)| Some(*i) != but);
        let mut masses: Vec<f64> = others.map(|(_, p)| p[2]).collect();
        let Some(last) = masses.len().checked_sub(1) else { return 1.0 };
        *masses.select_nth_unstable_by(last / 2, f64::total_cmp).1
    }
}

/// Ω and the sites with a margin.
fn bounds(domain: &ConvexPolygon, points: &[[f64; 3]]) -> [f64; 4] {
    let [mut x0, mut y0, mut x1, mut y1] = domain.bounds();
    for p in points.iter().filter(|p| p[0].is_finite() && p[1].is_finite()) {
        (x0, x1) = (x0.min(p[0]), x1.max(p[0]));
        (y0, y1) = (y0.min(p[1]), y1.max(p[1]));
    }
    let margin = 0.04 * (x1 - x0).max(y1 - y0);
    [x0 - margin, y0 - margin, x1 + margin, y1 + margin]
}
