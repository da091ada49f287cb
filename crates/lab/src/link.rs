//! The scenario as the hash of an address, and back.
//!
//! `key=value` pairs joined by `&`, only what differs from the preset's defaults:
//! `preset=ring&count=300&seed=4&dual=1`. Edits of a preset travel as `edits=`, own points as
//! `points=`, both packed (see [`crate::packed`]). A link is at most [`MAX_LENGTH`] characters;
//! points that need more are first rounded more coarsely, then left out, and the link says so.

use crate::error::Error;
use crate::packed::{Edits, pack, unpack};
use crate::presets;
use crate::scenario::{
    Controls, ExperimentSettings, MeasureName, Preset, Scenario, SourceName, View,
};
use std::fmt::Write as _;

/// Longest link that carries points, in characters.
pub const MAX_LENGTH: usize = 16_000;
/// Steps tried for own points, as powers of ½ of their extent.
pub(crate) const PRECISIONS: [i32; 3] = [20, 16, 13];

/// A link, and what it carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The hash, without `#`.
    pub hash: String,
    /// Whether the points are in it. A preset without edits needs none.
    pub carried: bool,
    /// The step to which own points were rounded; `None` when opening the link gives the very
    /// same scenario.
    pub step: Option<f64>,
}

/// A scenario read from a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The scenario.
    pub scenario: Scenario,
    /// Number of points the link was too short to carry.
    pub missing: Option<usize>,
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::new();
    for &b in text.as_bytes() {
        let plain = b.is_ascii_alphanumeric() || b"-_.~,:;".contains(&b);
        if plain {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        if b == b'%' {
            let digit = |c: u8| char::from(c).to_digit(16).map(|d| d as u8);
            out.push(digit(bytes.next()?)? << 4 | digit(bytes.next()?)?);
        } else {
            out.push(b);
        }
    }
    String::from_utf8(out).ok()
}

/// The pairs of a scenario that differ from its preset's defaults, points aside.
fn pairs(s: &Scenario) -> Vec<(&'static str, String)> {
    let base = Scenario::of(s.preset);
    let mut out = Vec::new();
    if s.preset != Preset::Grid {
        out.push(("preset", s.preset.name().to_string()));
    }
    let mut put = |key, value: String, default: String| {
        if value != default {
            out.push((key, value));
        }
    };
    put("scene", escape(&s.scene), escape(&base.scene));
    put("text", escape(&s.text), escape(&base.text));
    if !matches!(s.preset, Preset::Centres | Preset::Own) {
        put("count", s.count.to_string(), base.count.to_string());
    }
    put("modes", s.modes.to_string(), base.modes.to_string());
    put("sigma", s.sigma.to_string(), base.sigma.to_string());
    let list = |w: &Option<Vec<f64>>| {
        let text = |w: &Vec<f64>| w.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        w.as_ref().map(text).unwrap_or_default()
    };
    put("weights", list(&s.weights), String::new());
    put("domain", escape(&s.domain), escape(&base.domain));
    let source = |s| if s == SourceName::Gaussian { "gaussian" } else { "uniform" }.to_string();
    put("source", source(s.source), source(base.source));
    put("sourceSigma", s.source_sigma.to_string(), base.source_sigma.to_string());
    put("tolerance", format!("{:e}", s.tolerance), format!("{:e}", base.tolerance));
    for (key, value, default) in s.method.pairs() {
        put(key, value, default);
    }
    put("seed", s.seed.to_string(), base.seed.to_string());
    let (v, b) = (&s.view, View::default());
    for (key, value, default) in switches(v, &b) {
        put(key, u8::from(value).to_string(), u8::from(default).to_string());
    }
    let measure = |m| if m == MeasureName::Angle { "angle" } else { "jump" }.to_string();
    put("measure", measure(v.measure), measure(b.measure));
    put("kappa", v.kappa.to_string(), b.kappa.to_string());
    put("theta", v.theta.to_string(), b.theta.to_string());
    put("scale", v.scale.to_string(), b.scale.to_string());
    put("sampleCount", v.sample_count.to_string(), b.sample_count.to_string());
    put("t", v.t.to_string(), b.t.to_string());
    let (e, d) = (&s.experiment, ExperimentSettings::default());
    put("real", e.real.to_string(), d.real.to_string());
    put("generated", e.generated.to_string(), d.generated.to_string());
    for (key, value, default) in s.gans.pairs().into_iter().chain(s.potential.pairs()) {
        put(key, value, default);
    }
    let controls = |c| match c {
        Controls::All => "all".to_string(),
        Controls::Few => "few".to_string(),
        Controls::None => "none".to_string(),
    };
    put("controls", controls(s.controls), controls(base.controls));
    out
}

fn switches(v: &View, base: &View) -> [(&'static str, bool, bool); 7] {
    [
        ("cells", v.cells, base.cells),
        ("sites", v.sites, base.sites),
        ("dual", v.dual, base.dual),
        ("singular", v.singular, base.singular),
        ("arrows", v.arrows, base.arrows),
        ("samples", v.samples, base.samples),
        ("extended", v.extended, base.extended),
    ]
}

/// Writes the link of a scenario. The default scenario is the empty hash.
///
/// # Errors
/// Code `text` when the scenario's letters do not exist, so that its sites are unknown.
pub fn write(scenario: &Scenario) -> Result<Link, Error> {
    let join = |pairs: &[(&str, String)]| {
        pairs.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&")
    };
    let mut all = pairs(scenario);
    let Some(points) =
        scenario.points.as_ref().filter(|p| scenario.preset != Preset::Own || !p.is_empty())
    else {
        return Ok(Link { hash: join(&all), carried: true, step: None });
    };
    let edits = match scenario.preset {
        Preset::Own => None,
        _ => Some(Edits::between(&presets::sites(scenario)?, points)),
    };
    for bits in PRECISIONS {
        let (key, packed) = match &edits {
            None => ("points", pack(points, bits)),
            Some(edits) => ("edits", edits.pack(bits)),
        };
        all.push((key, packed.text));
        let hash = join(&all);
        if hash.len() <= MAX_LENGTH {
            return Ok(Link { hash, carried: true, step: (!packed.exact).then_some(packed.step) });
        }
        all.pop();
    }
    all.push(("missing", points.len().to_string()));
    Ok(Link { hash: join(&all), carried: false, step: None })
}

/// The pairs of a link, with or without `#`, values unescaped, each key once.
pub(crate) fn parts(hash: &str) -> Result<Vec<(&str, String)>, Error> {
    let hash = hash.trim().trim_start_matches('#');
    let mut parts = Vec::new();
    for part in hash.split('&').filter(|p| !p.is_empty()) {
        let (key, value) = part.split_once('=').ok_or_else(|| {
            bad(&format!(
                "The part “{part}” of this link has no value. It should read like seed=3."
            ))
        })?;
        let value = unescape(value)
            .ok_or_else(|| bad(&format!("The value of “{key}” in this link is damaged.")))?;
        if parts.iter().any(|(k, _)| *k == key) {
            return Err(bad(&format!("The link says “{key}” twice. Remove one.")));
        }
        parts.push((key, value));
    }
    Ok(parts)
}

/// Reads a link, with or without `#`.
///
/// # Errors
/// Code `link`, naming the part that cannot be read.
pub fn read(hash: &str) -> Result<Opened, Error> {
    let parts = parts(hash)?;
    let preset = match parts.iter().find(|(k, _)| *k == "preset") {
        None => Preset::Grid,
        Some((_, name)) => Preset::from_name(name).ok_or_else(|| {
            bad(&format!("The link names a preset “{name}” that does not exist."))
        })?,
    };
    let mut s = Scenario::of(preset);
    let (mut packed, mut missing) = (None, None);
    for (key, value) in &parts {
        match *key {
            "points" | "edits" => packed = Some((*key, value.clone())),
            "missing" => missing = Some(number(key, value)?),
            _ => assign(&mut s, key, value)?,
        }
    }
    if preset == Preset::Centres {
        s.count = s.modes;
    }
    s.validate().map_err(|e| bad(&format!("This link cannot be opened. {}", e.message)))?;
    match packed {
        None => {}
        Some(("points", text)) if preset == Preset::Own => s.points = Some(unpack(&text)?),
        Some(("edits", text)) if preset != Preset::Own => {
            let base = presets::sites(&s).map_err(|e| bad(&e.message))?;
            let now = Edits::unpack(&text)?.apply(&base);
            s.points = Some(now.ok_or_else(|| {
                bad("The edits in this link belong to another preset. Copy the whole link again.")
            })?);
        }
        Some((key, _)) => {
            return Err(bad(&format!("“{key}” does not go with the preset {}.", preset.name())));
        }
    }
    s.validate().map_err(|e| bad(&format!("This link cannot be opened. {}", e.message)))?;
    Ok(Opened { scenario: s, missing })
}

pub(crate) fn bad(message: &str) -> Error {
    Error::new("link", message)
}

pub(crate) fn number<T: std::str::FromStr>(key: &str, value: &str) -> Result<T, Error> {
    value.parse().map_err(|_| bad(&format!("In this link “{key}={value}” is not a number.")))
}

fn assign(s: &mut Scenario, key: &str, value: &str) -> Result<(), Error> {
    let flag = || match value {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(bad(&format!("In this link “{key}={value}” should be 0 or 1."))),
    };
    let taken = s.method.assign(key, value)?
        || s.gans.assign(key, value)?
        || s.potential.assign(key, value)?;
    if taken {
        return Ok(());
    }
    let v = &mut s.view;
    match key {
        "preset" => {}
        "scene" => s.scene = value.to_string(),
        "text" => s.text = value.to_string(),
        "count" => s.count = number(key, value)?,
        "modes" => s.modes = number(key, value)?,
        "sigma" => s.sigma = number(key, value)?,
        "weights" => {
            let list: Result<_, _> = value.split(',').map(|w| number(key, w)).collect();
            s.weights = Some(list?);
        }
        "domain" => s.domain = value.to_string(),
        "source" => {
            s.source = match value {
                "uniform" => SourceName::Uniform,
                "gaussian" => SourceName::Gaussian,
                _ => {
                    return Err(bad(&format!(
                        "In this link “source={value}” should be uniform or gaussian."
                    )));
                }
            }
        }
        "sourceSigma" => s.source_sigma = number(key, value)?,
        "tolerance" => s.tolerance = number(key, value)?,
        "seed" => s.seed = number(key, value)?,
        "cells" => v.cells = flag()?,
        "sites" => v.sites = flag()?,
        "dual" => v.dual = flag()?,
        "singular" => v.singular = flag()?,
        "arrows" => v.arrows = flag()?,
        "samples" => v.samples = flag()?,
        "extended" => v.extended = flag()?,
        "measure" => {
            v.measure = match value {
                "jump" => MeasureName::Jump,
                "angle" => MeasureName::Angle,
                _ => {
                    return Err(bad(&format!(
                        "In this link “measure={value}” should be jump or angle."
                    )));
                }
            }
        }
        "kappa" => v.kappa = number(key, value)?,
        "theta" => v.theta = number(key, value)?,
        "scale" => v.scale = number(key, value)?,
        "sampleCount" => v.sample_count = number(key, value)?,
        "t" => v.t = number(key, value)?,
        "real" => s.experiment.real = number(key, value)?,
        "generated" => s.experiment.generated = number(key, value)?,
        "controls" => {
            s.controls = match value {
                "all" => Controls::All,
                "few" => Controls::Few,
                "none" => Controls::None,
                _ => {
                    return Err(bad(&format!(
                        "In this link “controls={value}” should be all, few or none."
                    )));
                }
            }
        }
        _ => {
            return Err(bad(&format!(
                "The link has a part “{key}” that this page does not know. Remove it, or reload to get the newest page."
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gan::{Architecture, Gans, LawName, LossName};
    use crate::potential::{
        Look, MAX_STEPS, MAX_TRAILS, MAX_TRAINED, Named, Part, ShapeName, SourceShape,
    };
    use crate::scenario::PotentialSettings;
    use crate::scenario::{DeviceName, Method, MethodName, SequenceName};
    use proptest::prelude::*;
    use transport::trace::{Method as Solver, Start};

    fn back(s: &Scenario) -> (Link, Scenario) {
        let link = write(s).unwrap();
        let opened = read(&link.hash).unwrap_or_else(|e| panic!("{}: {e}", link.hash));
        (link, opened.scenario)
    }

    fn scenario() -> impl Strategy<Value = Scenario> {
        let preset = prop::sample::select(Preset::ALL.map(|(p, _)| p).to_vec());
        let flags = prop::collection::vec(any::<bool>(), 8);
        let numbers = (1e-3_f64..50.0, 0.0_f64..3.1, 1e-3_f64..1e3, 0.0_f64..=1.0, 1e-12_f64..0.1);
        let counts = (1_usize..600, 1_usize..9, 1_usize..3000, any::<u32>());
        let words = ("[A-Za-z0-9 =&%#₂+-]{1,12}", 0_usize..4, 0_usize..3);
        (preset, flags, numbers, counts, words).prop_map(|(preset, f, n, c, w)| {
            let mut s = Scenario::of(preset);
            if preset != Preset::Own {
                s.count = c.0;
            }
            if preset.has_modes() {
                s.modes = c.1 * c.1;
                s.weights = f[7].then(|| (0..s.modes).map(|i| 0.5 + i as f64).collect());
            }
            if preset == Preset::Centres {
                s.count = s.modes;
            }
            s.text = w.0;
            s.domain = ["auto", "square", "disk:0.5,-1,2.25", "polygon:0,0;1,0;0.5,2"][w.1].into();
            s.controls = [Controls::All, Controls::Few, Controls::None][w.2];
            s.seed = c.3;
            s.source = if f[2] { SourceName::Gaussian } else { SourceName::Uniform };
            s.source_sigma = n.0 + 0.1;
            s.sigma = n.0;
            s.tolerance = n.4;
            s.view = View {
                cells: f[0],
                sites: f[1],
                dual: f[2],
                singular: f[3],
                arrows: f[4],
                samples: f[5],
                extended: f[6],
                kappa: n.0,
                theta: n.1,
                scale: n.2,
                t: n.3,
                sample_count: c.2,
                measure: if f[0] { MeasureName::Angle } else { MeasureName::Jump },
            };
            s.method = Method {
                name: [
                    MethodName::Newton,
                    MethodName::Adam,
                    MethodName::Lbfgs,
                    MethodName::Hierarchical,
                ][w.1],
                samples: f[1].then_some(64 + c.2 as u32),
                rate: n.4.max(1e-6),
                sequence: if f[3] { SequenceName::Sobol } else { SequenceName::Philox },
                device: [DeviceName::Auto, DeviceName::Cpu, DeviceName::Gpu][w.2],
                tolerance: 1e-4 + n.4,
            };
            s.experiment = ExperimentSettings { real: c.2, generated: c.0 };
            s.scene = ["transport", "coverage", "potential", "coverage"][w.1].into();
            s.potential = PotentialSettings {
                part: Part::LIST[c.1 % 5].1,
                yaw: c.3 % 360,
                pitch: (c.0 % 181) as i32 - 90,
                zoom: 0.5 + 3.5 * n.3,
                project: f[3],
                site: f[0].then_some(c.2),
                from: Start::LIST[w.2].1,
                solver: Solver::LIST[w.1].1,
                step: f[1].then_some(c.3 % (MAX_STEPS + 1)),
                hand: (0..c.1 * w.2).map(|i| (3 * i, n.2 * (i as f64 - 2.5) * n.4)).collect(),
                shape: ShapeName::LIST[c.0 % 7].1,
                source: SourceShape::LIST[c.0 % 2].1,
                count: 100 + c.2,
                trails: c.3 % (MAX_TRAILS + 1),
                marks: (0..c.1 * w.2).map(|i| [n.2 - i as f64 * n.3, -n.4]).collect(),
                look: Look::LIST[w.2].1,
                widths: (0..1 + w.1).map(|k| 2 + (c.2 + 7 * k) % 63).collect(),
                trained: c.3 % (MAX_TRAINED + 1),
            };
            s.gans = Gans {
                architecture: if f[0] { Architecture::Paper } else { Architecture::Page },
                packing: 2 + w.2,
                loss: if f[1] { LossName::LeastSquares } else { LossName::NonSaturating },
                law: if f[2] { LawName::Uniform } else { LawName::Normal },
                wasserstein: f[3],
                field: f[4],
                grid: f[5],
                arrows: f[6],
                goal: c.2 as u32,
                recorded: f[0] != f[1],
            };
            s
        })
    }

    proptest! {
        #[test]
        fn presets_cross_exactly_and_the_link_is_canonical(s in scenario()) {
            let (link, read) = back(&s);
            prop_assert!(link.carried && link.step.is_none());
            prop_assert_eq!(&read, &s);
            prop_assert_eq!(write(&read).unwrap(), link);
        }

        #[test]
        fn own_points_cross_within_the_stated_step_and_then_stay(
            points in prop::collection::vec((-1e3_f64..1e3, -1e3_f64..1e3, 0.01_f64..5.0), 1..200)
        ) {
            let points: Vec<[f64; 3]> = points.into_iter().map(|(x, y, m)| [x, y, m]).collect();
            let s = Scenario { points: Some(points.clone()), ..Scenario::of(Preset::Own) };
            let (link, read) = back(&s);
            let step = link.step.unwrap_or(0.0);
            for (a, b) in read.points.as_ref().unwrap().iter().zip(&points) {
                prop_assert!((a[0] - b[0]).abs() <= step && (a[1] - b[1]).abs() <= step);
            }
            let (again, stays) = back(&read);
            prop_assert_eq!(again.step, None);
            prop_assert_eq!(stays, read);
        }

        #[test]
        fn damaged_links_never_panic(s in scenario(), at in any::<prop::sample::Index>(), c in any::<char>()) {
            let hash = write(&s).unwrap().hash;
            let mut chars: Vec<char> = hash.chars().collect();
            if !chars.is_empty() {
                let k = at.index(chars.len());
                chars[k] = c;
            }
            let text: String = chars.into_iter().collect();
            if let Err(e) = read(&text) {
                prop_assert!(e.code == "link" && !e.message.is_empty());
            }
        }
    }

    #[test]
    fn the_default_scene_is_the_empty_hash() {
        assert_eq!(write(&Scenario::default()).unwrap().hash, "");
        assert_eq!(read("#").unwrap().scenario, Scenario::default());
    }

    #[test]
    fn a_link_reads_well() {
        let mut s = Scenario::of(Preset::Ring);
        s.count = 300;
        s.seed = 4;
        s.view.dual = true;
        assert_eq!(write(&s).unwrap().hash, "preset=ring&count=300&seed=4&dual=1");
    }

    #[test]
    fn the_method_is_in_the_link_and_only_where_it_is_not_the_usual_one() {
        let mut s = Scenario::default();
        s.method.name = MethodName::Adam;
        s.method.samples = Some(4096);
        s.method.sequence = SequenceName::Philox;
        let (link, read) = back(&s);
        assert_eq!(link.hash, "method=adam&mcSamples=4096&sequence=philox");
        assert_eq!(read, s);
    }

    #[test]
    fn a_link_of_mode_coverage_says_its_scene_and_what_is_not_usual() {
        let mut s = Scenario::of(Preset::Ring);
        s.scene = "coverage".into();
        s.gans.wasserstein = true;
        s.gans.loss = LossName::LeastSquares;
        s.gans.field = false;
        let (link, read) = back(&s);
        assert_eq!(link.hash, "preset=ring&scene=coverage&loss=leastSquares&wasserstein=1&field=0");
        assert_eq!(read, s);
    }

    #[test]
    fn a_link_of_the_potential_says_what_stands_in_it() {
        let mut s = Scenario::of(Preset::Ring);
        s.scene = "potential".into();
        s.potential.part = Part::Heights;
        s.potential.hand = vec![(3, 0.25), (7, -1e-9)];
        s.potential.widths = vec![8];
        let (link, read) = back(&s);
        assert_eq!(
            link.hash,
            "preset=ring&scene=potential&part=heights&hand=3:0.25,7:-1e-9&widths=8"
        );
        assert_eq!(read, s);
    }

    #[test]
    fn edits_cross_exactly_in_few_characters() {
        let mut s = Scenario::default();
        let mut points = presets::sites(&s).unwrap();
        points[17] = [1.5, -0.25, 1.0];
        points[40][2] = 2.5;
        points.remove(100);
        points.push([0.0, 0.125, 1.0]);
        s.points = Some(points);
        let (link, read) = back(&s);
        assert!(link.carried && link.step.is_none() && link.hash.len() < 80, "{}", link.hash);
        assert_eq!(read, s);
    }

    #[test]
    fn too_many_points_are_left_out_and_said_so() {
        let wide = |i: u32| f64::from(i.wrapping_mul(2_654_435_761) >> 8) / 16_777_216.0;
        let many: Vec<[f64; 3]> = (0..9000).map(|i| [wide(i), wide(i + 77_777), 1.0]).collect();
        let s = Scenario { points: Some(many), ..Scenario::of(Preset::Own) };
        let link = write(&s).unwrap();
        assert!(!link.carried && link.hash.len() < 100);
        let opened = read(&link.hash).unwrap();
        assert_eq!((opened.missing, opened.scenario.points), (Some(9000), Some(vec![])));
        // Fewer fit once they are rounded more coarsely, and the step is stated.
        let s = Scenario { points: s.points.map(|p| p[..2600].to_vec()), ..s };
        let link = write(&s).unwrap();
        assert!(link.carried && link.hash.len() <= MAX_LENGTH);
        assert!(link.step.unwrap() > 1e-6);
    }

    #[test]
    fn bad_links_say_what_is_wrong() {
        for (hash, says) in [
            ("preset=moon", "moon"),
            ("colour=red", "colour"),
            ("seed", "no value"),
            ("seed=x", "not a number"),
            ("seed=1&seed=2", "twice"),
            ("cells=yes", "0 or 1"),
            ("count=0", "number of sites"),
            ("preset=own&points=AAAA", "damaged"),
            ("points=AAAA", "does not go with"),
            ("edits=!!", "damaged"),
            ("text=%F", "damaged"),
            ("domain=ring", "not a domain"),
            ("modes=7", "square number"),
            ("method=sinkhorn", "one of newton, adam"),
            ("rate=0", "Adam's step"),
            ("mcSamples=few", "whole number"),
            ("scene=faces", "scene “faces”"),
            ("law=cauchy", "one of normal, uniform"),
            ("packing=two", "whole number"),
            ("packing=5", "from 2 to 4"),
            ("loss=wasserstein", "panel of its own"),
            ("ganGrid=on", "one of 0, 1"),
            ("part=dual", "one of graph, heights"),
            ("yaw=north", "a whole number"),
            ("pitch=100", "pitch is 100"),
            ("zoom=NaN", "zoom is NaN"),
            ("hand=3", "site:Δh"),
            ("hand=3:NaN", "moved by NaN"),
            ("marks=1,2", "points as x:y"),
            ("marks=1:inf", "finite place"),
            ("shapeCount=50", "50 sites"),
            ("shapeSource=cube", "one of disk, square"),
            ("widths=8,x", "whole numbers"),
            ("widths=1", "1 neurons"),
        ] {
            let e = read(hash).unwrap_err();
            assert_eq!(e.code, "link", "{hash}");
            assert!(e.message.contains(says), "{hash}: {}", e.message);
        }
    }
}
