//! Edits by hand: move, weigh, add, remove, brush.

use super::{Lab, scene::Scene};
use crate::error::Error;
use crate::frame::Frame;
use geometry::Point;

/// Most sites one stroke of the brush adds.
const STROKE_SITES: usize = 400;

impl Lab {
    /// Moves a site; a drag calls this with `last` false and ends with true.
    ///
    /// # Errors
    /// Code `site` for a site or place that does not exist.
    pub fn move_site(&mut self, site: usize, x: f64, y: f64, last: bool) -> Result<Frame, Error> {
        let mut scene = self.scene.clone();
        scene.check(site)?;
        let [x, y] = scene.by_hand(x, y)?;
        scene.points[site][0] = x;
        scene.points[site][1] = y;
        self.edit(scene, format!("move:{site}"), last)
    }

    /// Sets a site's mass, in multiples of the usual (median) mass of the other sites.
    ///
    /// # Errors
    /// Code `mass` when it is not a number between a millionth and a million.
    pub fn set_mass(&mut self, site: usize, relative: f64, last: bool) -> Result<Frame, Error> {
        let mut scene = self.scene.clone();
        scene.check(site)?;
        scene.points[site][2] = relative_mass(relative)? * scene.usual_mass(Some(site));
        self.edit(scene, format!("mass:{site}"), last)
    }

    /// Adds a site of the usual mass, or of a multiple of it.
    ///
    /// # Errors
    /// Codes `site` and `mass`.
    pub fn add(&mut self, x: f64, y: f64, relative: Option<f64>) -> Result<Frame, Error> {
        let mut scene = self.scene.clone();
        scene.room_for(1)?;
        let [x, y] = scene.by_hand(x, y)?;
        let mass = relative_mass(relative.unwrap_or(1.0))? * scene.usual_mass(None);
        scene.points.push([x, y, mass]);
        self.edit(scene, "add".into(), true)
    }

    /// Removes a site.
    ///
    /// # Errors
    /// Code `site`.
    pub fn remove(&mut self, site: usize) -> Result<Frame, Error> {
        let mut scene = self.scene.clone();
        scene.check(site)?;
        scene.points.remove(site);
        scene.scenario.potential.remove_plane(site);
        if site < scene.colours.len() {
            scene.colours.remove(site);
        }
        self.edit(scene, "remove".into(), true)
    }

    /// Adds sites at equal distances along a stroke, a sixtieth of the domain's extent apart.
    ///
    /// # Errors
    /// Code `site` for a place that is no number, or too many sites.
    pub fn brush(&mut self, path: &[Point]) -> Result<Frame, Error> {
        let mut scene = self.scene.clone();
        let [x0, y0, x1, y1] = scene.source.domain().bounds();
        let places = along(path, (x1 - x0).max(y1 - y0) / 60.0);
        scene.room_for(places.len())?;
        let mass = scene.usual_mass(None);
        for [x, y] in places {
            let [x, y] = scene.by_hand(x, y)?;
            if !scene.points.iter().any(|p| p[0] == x && p[1] == y) {
                scene.points.push([x, y, mass]);
            }
        }
        self.edit(scene, "brush".into(), true)
    }

    fn edit(&mut self, mut scene: Scene, gesture: String, last: bool) -> Result<Frame, Error> {
        scene.edited = true;
        let frame = self.commit(scene, Some(gesture), !last)?;
        if last {
            self.gesture = None;
        }
        Ok(frame)
    }
}

fn relative_mass(relative: f64) -> Result<f64, Error> {
    if (1e-6..=1e6).contains(&relative) {
        // Four digits: what a slider shows, and what a link carries.
        return Ok(((relative * 1e4).round() / 1e4).max(1e-4));
    }
    Err(Error::new(
        "mass",
        format!(
            "The mass {relative} is not usable. Choose one from 0.000001 to 1,000,000 times the usual one."
        ),
    ))
}

/// Places at equal distances along a path, its start included.
fn along(path: &[Point], step: f64) -> Vec<Point> {
    let lengths = path.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]));
    let total: f64 = lengths.sum();
    let step = step.max(total / (STROKE_SITES - 1) as f64);
    let mut places: Vec<Point> = path.first().copied().into_iter().collect();
    let mut walked = 0.0;
    for w in path.windows(2) {
        let (d, mut s) = ([w[1][0] - w[0][0], w[1][1] - w[0][1]], 0.0);
        let length = d[0].hypot(d[1]);
        while length - s + walked >= step && places.len() < STROKE_SITES {
            s += step - walked;
            walked = 0.0;
            places.push([w[0][0] + d[0] * s / length, w[0][1] + d[1] * s / length]);
        }
        walked += length - s;
    }
    places
}
