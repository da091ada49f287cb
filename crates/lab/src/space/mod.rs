//! The scene in space: a solid source is carried to sites that fill another solid, so that
//! dimension is more than a number (displacement interpolation from a ball to a solid is the
//! paper's Fig. 11).
//!
//! A [`Space`] is plain data with its seed, as a [`crate::Scenario`] is for the plane: it
//! round-trips through JSON and through the link ([`link`]). [`Space::scene`] makes its sites. The
//! heights come from [`crate::monte_carlo`], and [`tear`] finds the samples near the singular set.

mod colours;
mod fill;
pub mod link;
pub mod points;
mod shape;
mod solid;
pub mod tear;
mod view;

use crate::error::Error;
use crate::method::DeviceName;
use serde::{Deserialize, Serialize};
pub use shape::{PROFILE, Shape};
pub use view::SpaceView;

/// Fewest and most sites of a shape.
pub const COUNT: [usize; 2] = [50, 5_000];
/// Most own points.
pub const MAX_OWN: usize = 20_000;

/// The source measure in space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpaceSource {
    /// Uniform on [0, 1]³.
    Cube,
    /// Uniform on the unit ball.
    Ball,
    /// The standard normal distribution.
    Gaussian,
}

impl SpaceSource {
    /// Every source with its name in links, JSON and requests to the solver.
    pub const ALL: [(SpaceSource, &'static str); 3] = [
        (SpaceSource::Cube, "cube"),
        (SpaceSource::Ball, "ball"),
        (SpaceSource::Gaussian, "gaussian"),
    ];

    /// The name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(s, _)| *s == self).map_or("", |(_, name)| name)
    }

    /// Its mean, and the radius about it that the shape is given, so that neither dwarfs the other.
    fn place(self) -> (f64, f64) {
        match self {
            SpaceSource::Cube => (0.5, 0.7),
            SpaceSource::Ball => (0.0, 1.15),
            SpaceSource::Gaussian => (0.0, 2.2),
        }
    }

    /// Radius about the mean that a picture should hold.
    fn reach(self) -> f64 {
        match self {
            SpaceSource::Cube => 0.88,
            SpaceSource::Ball => 1.2,
            SpaceSource::Gaussian => 3.3,
        }
    }
}

/// How the heights are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpaceMethod {
    /// Adam on sampled cell masses.
    Adam,
    /// L-BFGS on fixed samples.
    Lbfgs,
    /// Clusters first.
    Hierarchical,
}

impl SpaceMethod {
    /// Every method with its name in links, JSON and requests to the solver.
    pub const ALL: [(SpaceMethod, &'static str); 3] = [
        (SpaceMethod::Adam, "adam"),
        (SpaceMethod::Lbfgs, "lbfgs"),
        (SpaceMethod::Hierarchical, "hierarchical"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(m, _)| *m == self).map_or("", |(_, name)| name)
    }
}

/// The scene as plain data. Every field has a default, unknown fields are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Space {
    /// Version of this form: 1.
    pub version: u32,
    /// `space`.
    pub scene: String,
    /// Where mass comes from.
    pub source: SpaceSource,
    /// What the sites fill.
    pub shape: Shape,
    /// Text of the letters, 1 to 12 characters.
    pub text: String,
    /// Radii of the body of revolution, [`PROFILE`] of them from the foot up, 0 to 63.
    pub profile: Vec<u8>,
    /// Number of sites the shape gets.
    pub count: usize,
    /// Seed of sites and samples.
    pub seed: u32,
    /// Solver.
    pub method: SpaceMethod,
    /// What computes.
    pub device: DeviceName,
    /// Own points as `[x, y, z, mass]`.
    pub points: Option<Vec<[f64; 4]>>,
    /// What is drawn, and from where.
    pub view: SpaceView,
}

impl Default for Space {
    fn default() -> Self {
        Space {
            version: 1,
            scene: "space".into(),
            source: SpaceSource::Ball,
            shape: Shape::Rabbit,
            text: "W₂".into(),
            profile: shape::VASE.to_vec(),
            count: 1_000,
            seed: 0,
            method: SpaceMethod::Adam,
            device: DeviceName::Auto,
            points: None,
            view: SpaceView::default(),
        }
    }
}

/// What the page draws before anything is solved, as flat arrays.
#[derive(Clone, Debug, PartialEq)]
pub struct SpaceScene {
    /// x, y, z of each site, beside the source.
    pub sites: Vec<f64>,
    /// Masses as given, where own points have them.
    pub masses: Option<Vec<f64>>,
    /// A colour class for each site; sites that are neighbours mostly differ.
    pub colours: Vec<u8>,
    /// Every coordinate of the source's mean.
    pub centre: f64,
    /// Radius about it that a picture should hold.
    pub reach: f64,
    /// Own points were multiplied by this to stand beside the source; 1 for shapes.
    pub scale: f64,
}

fn ensure(ok: bool, message: &str) -> Result<(), Error> {
    if ok { Ok(()) } else { Err(Error::new("scenario", message)) }
}

impl Space {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// Code `scenario`, naming the field and what to do.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let space: Space = serde_json::from_str(text)
            .map_err(|e| Error::new("scenario", format!("The scene cannot be read: {e}.")))?;
        space.validate()?;
        Ok(space)
    }

    /// The JSON form.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Checks every field.
    ///
    /// # Errors
    /// Code `scenario`, naming the field, its value and its range.
    pub fn validate(&self) -> Result<(), Error> {
        ensure(
            self.version == 1,
            &format!(
                "This scene is of version {}; this page reads version 1. Reload to get the newest page.",
                self.version
            ),
        )?;
        ensure(self.scene == "space", &format!("“{}” is not the scene in space.", self.scene))?;
        let [low, high] = COUNT;
        ensure(
            (low..=high).contains(&self.count),
            &format!(
                "The number of sites is {}. Choose a whole number from {low} to {high}.",
                self.count
            ),
        )?;
        let length = self.text.chars().count();
        ensure((1..=12).contains(&length), "The text of the letters has 1 to 12 characters.")?;
        ensure(
            self.profile.len() == PROFILE && self.profile.iter().all(|r| *r <= 63),
            &format!("A profile has {PROFILE} radii, each from 0 to 63."),
        )?;
        let own = self.points.as_ref().map_or(0, Vec::len);
        ensure(
            own <= MAX_OWN,
            &format!(
                "There are {own} points; this scene takes {MAX_OWN}. Use the command line for more."
            ),
        )?;
        self.view.validate()
    }

    /// The sites, and how to draw them. The same data give the same numbers everywhere.
    ///
    /// # Errors
    /// Code `text` for letters that do not exist, `shape` for a profile that holds nothing, `empty`
    /// where there are no own points.
    pub fn scene(&self) -> Result<SpaceScene, Error> {
        let (centre, radius) = self.source.place();
        let (places, masses, scale) = match (self.shape, &self.points) {
            (Shape::Own, None) => return Err(points::none()),
            (Shape::Own, Some(points)) => {
                if points.is_empty() {
                    return Err(points::none());
                }
                let (places, scale) = points::beside(points, radius);
                let masses: Vec<f64> = points.iter().map(|p| p[3]).collect();
                let masses = masses.iter().any(|m| *m != masses[0]).then_some(masses);
                (places, masses, scale)
            }
            _ => {
                let mut places = shape::sites(self)?;
                places.iter_mut().flatten().for_each(|x| *x *= radius);
                (places, None, 1.0)
            }
        };
        let sites: Vec<f64> = places.iter().flatten().map(|x| centre + x).collect();
        let colours = colours::assign(&places);
        Ok(SpaceScene { sites, masses, colours, centre, reach: self.source.reach(), scale })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_reads_back_and_defaults_fill_in() {
        for (shape, name) in Shape::ALL {
            let s = Space { shape, ..Space::default() };
            assert_eq!(Space::from_json(&s.to_json()).unwrap(), s);
            assert_eq!(Space::from_json(&format!("{{\"shape\":\"{name}\"}}")).unwrap(), s);
        }
        for (source, name) in SpaceSource::ALL {
            assert_eq!(source.name(), name);
        }
        for (name, device) in crate::method::DEVICES {
            let s = Space { device, ..Space::default() };
            assert_eq!(Space::from_json(&s.to_json()).unwrap(), s);
            assert_eq!(Space::from_json(&format!("{{\"device\":\"{name}\"}}")).unwrap(), s);
        }
        for (json, says) in [
            ("{\"colour\":1}", "colour"),
            ("{\"view\":{\"shadow\":true}}", "shadow"),
            ("{\"device\":\"tpu\"}", "tpu"),
            ("{\"version\":2}", "version 2"),
            ("{\"scene\":\"transport\"}", "transport"),
            ("{\"count\":10}", "number of sites is 10"),
            ("{\"profile\":[1]}", "profile"),
            ("{\"text\":\"\"}", "1 to 12"),
            ("{\"view\":{\"t\":2}}", "t is 2"),
        ] {
            let e = Space::from_json(json).unwrap_err();
            assert_eq!(e.code, "scenario");
            assert!(e.message.contains(says), "{json}: {}", e.message);
        }
    }

    #[test]
    fn every_shape_stands_beside_every_source() {
        for (source, _) in SpaceSource::ALL {
            for (shape, name) in Shape::ALL.into_iter().filter(|(s, _)| *s != Shape::Own) {
                let s = Space { source, shape, count: 200, ..Space::default() };
                let scene = s.scene().unwrap();
                assert_eq!(scene.sites.len(), 600, "{name}");
                assert_eq!(scene.colours.len(), 200);
                let far = scene
                    .sites
                    .chunks_exact(3)
                    .map(|p| p.iter().map(|x| (x - scene.centre).powi(2)).sum::<f64>().sqrt())
                    .fold(0.0, f64::max);
                assert!(far <= scene.reach && far > 0.5 * source.place().1, "{name}: {far}");
                assert_eq!(s.scene().unwrap(), scene);
                assert_ne!(Space { seed: 1, ..s }.scene().unwrap().sites, scene.sites, "{name}");
            }
        }
    }

    #[test]
    fn own_points_are_centred_and_keep_their_masses() {
        let own = |points: Vec<[f64; 4]>| Space {
            shape: Shape::Own,
            points: Some(points),
            ..Space::default()
        };
        let scene = own(vec![[10.0, 0.0, 0.0, 1.0], [30.0, 0.0, 0.0, 3.0]]).scene().unwrap();
        assert_eq!(scene.sites, [-1.15, 0.0, 0.0, 1.15, 0.0, 0.0]);
        assert_eq!(scene.masses, Some(vec![1.0, 3.0]));
        assert!((scene.scale - 0.115).abs() < 1e-12);
        let one = own(vec![[5.0, 5.0, 5.0, 2.0]]).scene().unwrap();
        assert_eq!((one.sites, one.masses), (vec![0.0; 3], None));
        assert_eq!(own(vec![]).scene().unwrap_err().code, "empty");
    }
}
