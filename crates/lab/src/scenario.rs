//! The scenario: everything that fixes a picture, as plain data with its seed.

use crate::domain::DomainSpec;
use crate::error::Error;
pub use crate::gan::Gans;
pub use crate::method::{DeviceName, Method, MethodName, SequenceName};
pub use crate::potential::Settings as PotentialSettings;
pub use crate::preset::{Defaults, Preset};
pub use crate::source::SourceName;
pub use crate::view::{Controls, ExperimentSettings, MeasureName, View};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Most sites a preset makes, and most points an import may bring.
pub const MAX_SITES: usize = 100_000;
/// Most samples drawn, for the view or for the experiment.
pub const MAX_SAMPLES: usize = 100_000;
/// Every scene in the plane.
const SCENES: [&str; 3] = ["transport", "coverage", "potential"];
/// Most real samples of the experiment.
pub const MAX_REAL: usize = 5_000;

/// A scene as plain data. Every field has a default, unknown fields are refused.
///
/// Two equal scenarios give equal frames, bit for bit, on the same build.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// Version of this form: 1.
    pub version: u32,
    /// The scene: `transport`, `coverage` or `potential`.
    pub scene: String,
    /// Where the sites come from.
    pub preset: Preset,
    /// Text of the letters preset, 1 to 12 characters.
    pub text: String,
    /// Number of sites the preset makes (for `centres` the number of modes).
    pub count: usize,
    /// Number of modes; for `grid` and `centres` a square number.
    pub modes: usize,
    /// Standard deviation of a mode.
    pub sigma: f64,
    /// Relative weights of the modes, or `null` for equal ones.
    pub weights: Option<Vec<f64>>,
    /// Own or edited points as `[x, y, mass]`; `null` while the preset stands as it was made.
    pub points: Option<Vec<[f64; 3]>>,
    /// `auto`, `square`, `rectangle:…`, `disk:…` or `polygon:…`.
    pub domain: String,
    /// Density of the source.
    pub source: SourceName,
    /// σ of a Gaussian source, in units of half the domain's smaller side.
    pub source_sigma: f64,
    /// Bound on the residual of the exact solve.
    pub tolerance: f64,
    /// The solver and its settings; the exact solve runs beside any, and is the check.
    pub method: Method,
    /// Seed of everything drawn at random.
    pub seed: u32,
    /// What is drawn.
    pub view: View,
    /// Sizes of the experiment.
    pub experiment: ExperimentSettings,
    /// The GANs beside AE-OT.
    pub gans: Gans,
    /// The potential scene: its view, camera, heights by hand, shape and network.
    pub potential: PotentialSettings,
    /// Which controls are shown.
    pub controls: Controls,
}

/// A scenario as it is written: what depends on the preset may be absent.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Raw {
    version: u32,
    scene: String,
    preset: Preset,
    text: String,
    count: Option<usize>,
    modes: Option<usize>,
    sigma: Option<f64>,
    weights: Option<Vec<f64>>,
    points: Option<Vec<[f64; 3]>>,
    domain: String,
    source: SourceName,
    source_sigma: f64,
    tolerance: f64,
    method: Method,
    seed: u32,
    view: View,
    experiment: ExperimentSettings,
    gans: Gans,
    potential: PotentialSettings,
    controls: Controls,
}

impl Default for Raw {
    fn default() -> Self {
        Raw {
            version: 1,
            scene: "transport".into(),
            preset: Preset::Grid,
            text: "W₂".into(),
            count: None,
            modes: None,
            sigma: None,
            weights: None,
            points: None,
            domain: "auto".into(),
            source: SourceName::Uniform,
            source_sigma: 0.5,
            tolerance: 1e-9,
            method: Method::default(),
            seed: 0,
            view: View::default(),
            experiment: ExperimentSettings::default(),
            gans: Gans::default(),
            potential: PotentialSettings::default(),
            controls: Controls::All,
        }
    }
}

impl TryFrom<Raw> for Scenario {
    type Error = Error;

    fn try_from(raw: Raw) -> Result<Self, Error> {
        let d = raw.preset.defaults();
        let modes = raw.modes.unwrap_or(d.modes);
        let own = raw.preset == Preset::Own;
        let scenario = Scenario {
            version: raw.version,
            scene: raw.scene,
            preset: raw.preset,
            text: raw.text,
            count: match raw.preset {
                Preset::Centres => modes,
                Preset::Own => 0,
                _ => raw.count.unwrap_or(d.count),
            },
            modes,
            sigma: raw.sigma.unwrap_or(d.sigma),
            weights: raw.weights,
            points: if own { Some(raw.points.unwrap_or_default()) } else { raw.points },
            domain: raw.domain,
            source: raw.source,
            source_sigma: raw.source_sigma,
            tolerance: raw.tolerance,
            method: raw.method,
            seed: raw.seed,
            view: raw.view,
            experiment: raw.experiment,
            gans: raw.gans,
            potential: raw.potential,
            controls: raw.controls,
        };
        scenario.validate()?;
        Ok(scenario)
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Scenario::of(Preset::Grid)
    }
}

fn ensure(ok: bool, message: &str) -> Result<(), Error> {
    if ok { Ok(()) } else { Err(Error::new("scenario", message)) }
}

fn within(name: &str, value: f64, low: f64, high: f64) -> Result<(), Error> {
    ensure(
        value >= low && value <= high,
        &format!("{name} is {value}. Choose a number from {low} to {high}."),
    )
}

fn counted(name: &str, value: usize, low: usize, high: usize) -> Result<(), Error> {
    ensure(
        (low..=high).contains(&value),
        &format!("{name} is {value}. Choose a whole number from {low} to {high}."),
    )
}

impl Scenario {
    /// The preset as it starts.
    pub fn of(preset: Preset) -> Self {
        let raw = Raw { preset, ..Raw::default() };
        let d = preset.defaults();
        Scenario {
            version: raw.version,
            scene: raw.scene,
            preset,
            text: raw.text,
            count: d.count,
            modes: d.modes,
            sigma: d.sigma,
            weights: None,
            points: (preset == Preset::Own).then(Vec::new),
            domain: raw.domain,
            source: raw.source,
            source_sigma: raw.source_sigma,
            tolerance: raw.tolerance,
            method: raw.method,
            seed: raw.seed,
            view: raw.view,
            experiment: raw.experiment,
            gans: raw.gans,
            potential: raw.potential,
            controls: raw.controls,
        }
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// Code `scenario`, naming the field and what to do.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        read(serde_json::from_str(text).map_err(refused)?)
    }

    /// The JSON form.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// This scenario with a patch laid over it: `view`, `method`, `experiment`, `gans` and `potential`
    /// are merged field by field, everything else is replaced. A new preset starts from its own defaults, so
    /// `count`, `modes`, `sigma`, `weights`, `points` and `domain` fall back unless the patch
    /// gives them; so do `weights` under a new number of modes, and edits and planes moved by hand
    /// under anything that makes new sites.
    ///
    /// # Errors
    /// Code `scenario`: what the patch says is not a scenario.
    pub fn patched(&self, patch: &str) -> Result<Self, Error> {
        let patch: Value = serde_json::from_str(patch).map_err(refused)?;
        let Value::Object(patch) = patch else {
            return Err(Error::new("scenario", "A change of the scene must be an object."));
        };
        // Points are moved aside: they may be many, and JSON values are wide.
        let mut rest = self.clone();
        let points = rest.points.take();
        let mut value = serde_json::to_value(&rest).map_err(refused)?;
        let Some(fields) = value.as_object_mut() else {
            return Err(Error::new("scenario", "The scene cannot be written as JSON."));
        };
        let new_preset =
            patch.get("preset").is_some_and(|p| p.as_str() != Some(self.preset.name()));
        if new_preset {
            for key in ["count", "modes", "sigma", "weights", "domain"] {
                fields.remove(key);
            }
        }
        if patch.contains_key("modes") {
            fields.remove("weights");
        }
        if self.preset == Preset::Centres || self.preset == Preset::Own {
            fields.remove("count");
        }
        let remakes = ["preset", "text", "count", "modes", "sigma", "weights", "seed"];
        let keep = !patch.contains_key("points")
            && (self.preset == Preset::Own && !new_preset
                || !remakes.iter().any(|k| patch.contains_key(*k)));
        let own_planes = patch.contains_key("potential");
        for (key, new) in patch {
            match (fields.get_mut(&key), new) {
                (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
                (_, new) => {
                    fields.insert(key, new);
                }
            }
        }
        let mut scenario = read(value)?;
        if keep {
            scenario.points = points;
        } else if !own_planes {
            scenario.potential.forget_planes();
        }
        Ok(scenario)
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
        ensure(
            SCENES.contains(&self.scene.as_str()),
            &format!(
                "There is no scene “{}” here. Choose transport, coverage or potential.",
                self.scene
            ),
        )?;
        if self.preset != Preset::Own {
            counted("The number of sites", self.count, 1, MAX_SITES)?;
        }
        counted("The number of modes", self.modes, 1, 400)?;
        if matches!(self.preset, Preset::Grid | Preset::Centres) {
            ensure(
                self.modes.isqrt().pow(2) == self.modes,
                &format!("The grid has {} modes. Choose a square number such as 25.", self.modes),
            )?;
        }
        within("σ", self.sigma, 1e-6, 100.0)?;
        if let Some(weights) = &self.weights {
            ensure(
                weights.len() == self.modes,
                &format!(
                    "There are {} weights for {} modes. Give each mode one, or none.",
                    weights.len(),
                    self.modes
                ),
            )?;
            for (i, &w) in weights.iter().enumerate() {
                if !(w > 0.0 && w <= 1e6) {
                    return Err(Error::new(
                        "scenario",
                        format!("The weight of mode {} is {w}. Weights are above 0 and at most 1,000,000.", i + 1),
                    )
                    .at_index(i));
                }
            }
        }
        let length = self.text.chars().count();
        ensure((1..=12).contains(&length), "The text of the letters has 1 to 12 characters.")?;
        if let Some(points) = &self.points {
            counted("The number of points", points.len(), 0, MAX_SITES)?;
        }
        DomainSpec::parse(&self.domain)?;
        within("σ of the source", self.source_sigma, 0.01, 1e6)?;
        within("The tolerance", self.tolerance, 1e-14, 0.5)?;
        self.method.validate()?;
        within("κ", self.view.kappa, 0.0, 1e6)?;
        within("θ", self.view.theta, 0.0, std::f64::consts::PI)?;
        within("The scale of the angle", self.view.scale, 1e-9, 1e9)?;
        within("t", self.view.t, 0.0, 1.0)?;
        counted("The number of samples", self.view.sample_count, 1, MAX_SAMPLES)?;
        counted("The number of real samples", self.experiment.real, 1, MAX_REAL)?;
        counted("The number of generated samples", self.experiment.generated, 1, MAX_SAMPLES)?;
        self.gans.validate()?;
        self.potential.validate()
    }

    /// Whether the other scenario shows the same solve: all but scene, view, method, experiment,
    /// GANs, potential and controls.
    pub fn same_solve(&self, other: &Scenario) -> bool {
        let strip = |s: &Scenario| Scenario {
            scene: String::new(),
            view: View::default(),
            method: Method::default(),
            experiment: ExperimentSettings::default(),
            gans: Gans::default(),
            potential: PotentialSettings::default(),
            controls: Controls::All,
            points: None,
            ..s.clone()
        };
        self.points == other.points && strip(self) == strip(other)
    }
}

/// Reading from a text without the value between would be the whole reader once more in the wasm.
fn read(value: Value) -> Result<Scenario, Error> {
    serde_json::from_value::<Raw>(value).map_err(refused)?.try_into()
}

fn refused(e: serde_json::Error) -> Error {
    Error::new("scenario", format!("The scene cannot be read: {e}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gan::LossName;

    #[test]
    fn json_reads_back_and_defaults_fill_in() {
        for (preset, name) in Preset::ALL {
            let s = Scenario::of(preset);
            assert_eq!(Scenario::from_json(&s.to_json()).unwrap(), s);
            let short = Scenario::from_json(&format!("{{\"preset\":\"{name}\"}}")).unwrap();
            assert_eq!(short, s);
        }
        assert_eq!(Scenario::from_json("{}").unwrap(), Scenario::default());
    }

    #[test]
    fn what_is_no_scenario_is_refused_by_name() {
        for (json, says) in [
            ("{\"colour\":1}", "colour"),
            ("{\"view\":{\"shadow\":true}}", "shadow"),
            ("{\"version\":2}", "version 2"),
            ("{\"scene\":\"faces\"}", "faces"),
            ("{\"modes\":7}", "square number"),
            ("{\"count\":0}", "number of sites"),
            ("{\"sigma\":0}", "σ"),
            ("{\"weights\":[1,2]}", "2 weights for 25 modes"),
            ("{\"preset\":\"ring\",\"weights\":[1,1,1,-1,1,1,1,1]}", "weight of mode 4"),
            ("{\"domain\":\"cube\"}", "not a domain"),
            ("{\"tolerance\":0}", "tolerance"),
            ("{\"method\":{\"rate\":0}}", "step"),
            ("{\"method\":{\"name\":\"sinkhorn\"}}", "sinkhorn"),
            ("{\"view\":{\"t\":2}}", "t is 2"),
            ("{\"experiment\":{\"real\":6000}}", "real samples"),
            ("{\"text\":\"\"}", "1 to 12"),
            ("{\"gans\":{\"packing\":1}}", "packing of PacGAN is 1"),
            ("{\"gans\":{\"loss\":\"wasserstein\"}}", "panel of its own"),
            ("{\"gans\":{\"goal\":0}}", "goal is 0"),
            ("{\"gans\":{\"law\":\"cauchy\"}}", "cauchy"),
            ("{\"gans\":{\"seed\":1}}", "seed"),
            ("{\"potential\":{\"part\":\"dual\"}}", "dual"),
            ("{\"potential\":{\"yaw\":360}}", "yaw is 360"),
            ("{\"potential\":{\"pitch\":-91}}", "pitch is -91"),
            ("{\"potential\":{\"zoom\":5}}", "zoom is 5"),
            ("{\"potential\":{\"site\":100000}}", "no plane 100000"),
            ("{\"potential\":{\"step\":2001}}", "step is 2001"),
            ("{\"potential\":{\"hand\":[[1,0.5],[1,1]]}}", "by hand twice"),
            ("{\"potential\":{\"hand\":[[1,1e300]]}}", "moved by 1"),
            ("{\"potential\":{\"trails\":33}}", "trails is 33"),
            ("{\"potential\":{\"widths\":[]}}", "0 hidden layers"),
            ("{\"potential\":{\"widths\":[32,65]}}", "65 neurons"),
            ("{\"potential\":{\"trained\":20001}}", "training is 20001"),
            ("3", "cannot be read"),
        ] {
            let e = Scenario::from_json(json).unwrap_err();
            assert_eq!(
                e.code,
                if json.contains("domain") { "domain" } else { "scenario" },
                "{json}"
            );
            assert!(e.message.ends_with('.') && !e.message.ends_with(".."), "{}", e.message);
            assert!(e.message.contains(says), "{json}: {}", e.message);
        }
    }

    #[test]
    fn a_patch_keeps_what_it_does_not_touch() {
        let mut s = Scenario::of(Preset::Ring);
        s.view.dual = true;
        s.weights = Some(vec![2.0; 8]);
        s.points = Some(vec![[0.0, 0.0, 1.0]]);
        let viewed = s.patched("{\"view\":{\"kappa\":5}}").unwrap();
        assert!(viewed.view.dual && viewed.view.kappa == 5.0 && viewed.same_solve(&s));
        let adam = viewed.patched("{\"method\":{\"name\":\"adam\"}}").unwrap();
        let slow = adam.patched("{\"method\":{\"rate\":0.01,\"samples\":null}}").unwrap();
        assert_eq!((slow.method.name, slow.method.rate), (MethodName::Adam, 0.01));
        assert!(slow.same_solve(&s) && slow.points == s.points);
        let coverage = s.patched("{\"scene\":\"coverage\",\"gans\":{\"packing\":2}}").unwrap();
        let least = coverage.patched("{\"gans\":{\"loss\":\"leastSquares\"}}").unwrap();
        assert_eq!((least.gans.packing, least.gans.loss), (2, LossName::LeastSquares));
        assert!(least.scene == "coverage" && least.same_solve(&s) && least.points == s.points);
        let hand = s
            .patched("{\"scene\":\"potential\",\"potential\":{\"step\":4,\"hand\":[[3,0.5]]}}")
            .unwrap();
        let seen = hand.patched("{\"potential\":{\"yaw\":90,\"step\":null}}").unwrap();
        assert_eq!((seen.potential.yaw, &seen.potential.hand), (90, &vec![(3, 0.5)]));
        assert!(seen.potential.step.is_none() && seen.same_solve(&s) && seen.points == s.points);
        let other = seen.patched("{\"seed\":8}").unwrap().potential;
        assert!(other.hand.is_empty() && other.yaw == 90);
        let domain = s.patched("{\"domain\":\"square\"}").unwrap();
        assert_eq!(domain.points, s.points);
        assert!(!domain.same_solve(&s));
        let modes = s.patched("{\"modes\":4}").unwrap();
        assert_eq!((modes.weights, modes.points), (None, None));
        let preset = s.patched("{\"preset\":\"spiral\"}").unwrap();
        assert_eq!((preset.count, preset.points.is_none(), preset.view.dual), (300, true, true));
        let own = s.patched("{\"preset\":\"own\",\"points\":[[1,2,3]]}").unwrap();
        assert_eq!(own.points, Some(vec![[1.0, 2.0, 3.0]]));
        assert_eq!(own.patched("{\"seed\":9}").unwrap().points, own.points);
        assert!(s.patched("{\"view\":{\"x\":1}}").is_err() && s.patched("3").is_err());
    }
}
