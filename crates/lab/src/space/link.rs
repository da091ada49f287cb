//! The scene in space as the hash of an address: `scene=space` and what differs from the default.
//!
//! Own points travel as two packed lists (see [`crate::packed`]): `points=` holds x, y and the
//! masses, `depths=` holds z. Length and rounding are as in [`crate::link`].

use super::shape;
use super::{Shape, Space, SpaceMethod, SpaceSource, SpaceView};
use crate::bits::{base64, unbase64};
use crate::error::Error;
use crate::link::{Link, MAX_LENGTH, PRECISIONS, bad, escape, number, parts};
use crate::method::{self, DEVICES, name_of};
use crate::packed::{pack, unpack};

/// A scene read from a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The scene.
    pub space: Space,
    /// Number of points the link was too short to carry.
    pub missing: Option<usize>,
}

/// The numbers of a view, by their keys.
fn numbers(v: &mut SpaceView) -> [(&'static str, &mut f64); 8] {
    [
        ("t", &mut v.t),
        ("cut", &mut v.cut),
        ("cutYaw", &mut v.cut_yaw),
        ("cutPitch", &mut v.cut_pitch),
        ("kappa", &mut v.kappa),
        ("yaw", &mut v.yaw),
        ("pitch", &mut v.pitch),
        ("zoom", &mut v.zoom),
    ]
}

fn switches(v: &mut SpaceView) -> [(&'static str, &mut bool); 2] {
    [("tear", &mut v.tear), ("sites", &mut v.sites)]
}

/// The pairs that differ from the default, points aside.
fn pairs(s: &Space) -> Vec<(&'static str, String)> {
    let base = Space::default();
    let mut out = vec![("scene", "space".to_string())];
    let mut put = |key, value: String, default: String| {
        if value != default {
            out.push((key, value));
        }
    };
    put("source", s.source.name().into(), base.source.name().into());
    put("shape", s.shape.name().into(), base.shape.name().into());
    put("text", escape(&s.text), escape(&base.text));
    put("profile", base64(&s.profile), base64(&base.profile));
    put("count", s.count.to_string(), base.count.to_string());
    put("seed", s.seed.to_string(), base.seed.to_string());
    put("method", s.method.name().into(), base.method.name().into());
    put("device", name_of(&DEVICES, s.device).into(), name_of(&DEVICES, base.device).into());
    let (mut v, mut b) = (s.view.clone(), base.view);
    for ((key, value), (_, default)) in switches(&mut v).into_iter().zip(switches(&mut b)) {
        put(key, u8::from(*value).to_string(), u8::from(*default).to_string());
    }
    for ((key, value), (_, default)) in numbers(&mut v).into_iter().zip(numbers(&mut b)) {
        put(key, value.to_string(), default.to_string());
    }
    out
}

/// Writes the link.
pub fn write(space: &Space) -> Link {
    let join = |pairs: &[(&str, String)]| {
        pairs.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&")
    };
    let mut all = pairs(space);
    let Some(points) = space.points.as_ref().filter(|_| space.shape == Shape::Own) else {
        return Link { hash: join(&all), carried: true, step: None };
    };
    let flat: Vec<[f64; 3]> = points.iter().map(|p| [p[0], p[1], p[3]]).collect();
    let deep: Vec<[f64; 3]> = points.iter().map(|p| [p[2], 0.0, 1.0]).collect();
    for bits in PRECISIONS {
        let (flat, deep) = (pack(&flat, bits), pack(&deep, bits));
        all.push(("points", flat.text));
        all.push(("depths", deep.text));
        let hash = join(&all);
        if hash.len() <= MAX_LENGTH {
            let exact = flat.exact && deep.exact;
            let step = (!exact).then_some(flat.step.max(deep.step));
            return Link { hash, carried: true, step };
        }
        all.truncate(all.len() - 2);
    }
    all.push(("missing", points.len().to_string()));
    Link { hash: join(&all), carried: false, step: None }
}

/// Reads a link, with or without `#`.
///
/// # Errors
/// Code `link`, naming the part that cannot be read.
pub fn read(hash: &str) -> Result<Opened, Error> {
    let mut s = Space::default();
    let (mut flat, mut deep, mut missing) = (None, None, None);
    let parts = parts(hash)?;
    if !parts.iter().any(|(key, value)| *key == "scene" && value == "space") {
        return Err(bad("This link is not one of the scene in space: it has no scene=space."));
    }
    for (key, value) in &parts {
        match *key {
            "scene" => {}
            "points" => flat = Some(unpack(value)?),
            "depths" => deep = Some(unpack(value)?),
            "missing" => missing = Some(number(key, value)?),
            _ => assign(&mut s, key, value)?,
        }
    }
    match (s.shape, flat, deep) {
        (_, None, None) => {}
        (Shape::Own, Some(flat), Some(deep)) if flat.len() == deep.len() => {
            let point = |(p, q): (&[f64; 3], &[f64; 3])| [p[0], p[1], q[0], p[2]];
            s.points = Some(flat.iter().zip(&deep).map(point).collect());
        }
        _ => {
            return Err(bad(
                "The points in this link are not complete. Copy the whole link again.",
            ));
        }
    }
    s.validate().map_err(|e| bad(&format!("This link cannot be opened. {}", e.message)))?;
    shape::solid(&s).map_err(|e| bad(&format!("This link cannot be opened. {}", e.message)))?;
    Ok(Opened { space: s, missing })
}

/// The value of this name.
fn named<T: Copy>(all: &[(T, &str)], key: &str, value: &str) -> Result<T, Error> {
    let names = || all.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
    all.iter()
        .find(|(_, name)| *name == value)
        .map(|(v, _)| *v)
        .ok_or_else(|| bad(&format!("In this link “{key}={value}” should be one of {}.", names())))
}

fn assign(s: &mut Space, key: &str, value: &str) -> Result<(), Error> {
    match key {
        "source" => s.source = named(&SpaceSource::ALL, key, value)?,
        "shape" => s.shape = named(&Shape::ALL, key, value)?,
        "method" => s.method = named(&SpaceMethod::ALL, key, value)?,
        "device" => s.device = method::named(&DEVICES, key, value)?,
        "text" => s.text = value.to_string(),
        "profile" => {
            s.profile = unbase64(value)
                .ok_or_else(|| bad("The profile in this link is damaged. Copy the link again."))?;
        }
        "count" => s.count = number(key, value)?,
        "seed" => s.seed = number(key, value)?,
        _ => {
            if let Some((_, slot)) = switches(&mut s.view).into_iter().find(|(k, _)| *k == key) {
                *slot = named(&[(false, "0"), (true, "1")], key, value)?;
            } else if let Some((_, slot)) =
                numbers(&mut s.view).into_iter().find(|(k, _)| *k == key)
            {
                *slot = number(key, value)?;
            } else {
                return Err(bad(&format!(
                    "The link has a part “{key}” that the scene in space does not know. Remove it, or reload to get the newest page."
                )));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scene() -> impl Strategy<Value = Space> {
        let names = (0_usize..3, 0_usize..9, 0_usize..3, "[A-Z0-9 +=]{0,11}A", 0_usize..3);
        let counts = (50_usize..=5000, any::<u32>(), prop::collection::vec(20_u8..=63, 24));
        let numbers = (0.0_f64..=1.0, -180.0_f64..180.0, -89.0_f64..89.0, 1.0_f64..20.0);
        (names, counts, numbers, any::<[bool; 2]>()).prop_map(|(n, c, v, f)| Space {
            source: SpaceSource::ALL[n.0].0,
            shape: Shape::ALL[n.1].0,
            method: SpaceMethod::ALL[n.2].0,
            device: DEVICES[n.4].1,
            text: n.3,
            count: c.0,
            seed: c.1,
            profile: c.2,
            view: SpaceView {
                t: v.0,
                cut: 1.0 - v.0,
                cut_yaw: v.1,
                cut_pitch: v.2,
                kappa: v.3,
                yaw: -v.1,
                pitch: -v.2,
                zoom: v.3,
                tear: f[0],
                sites: f[1],
            },
            ..Space::default()
        })
    }

    proptest! {
        #[test]
        fn shapes_cross_exactly_and_the_link_is_canonical(s in scene()) {
            let link = write(&s);
            prop_assert!(link.carried && link.step.is_none());
            let read = read(&link.hash).unwrap();
            prop_assert_eq!(&read.space, &s);
            prop_assert_eq!(write(&read.space), link);
        }

        #[test]
        fn own_points_cross_within_the_stated_step_and_then_stay(
            points in prop::collection::vec(prop::array::uniform4(0.01_f64..9.0), 1..200)
        ) {
            let s = Space { shape: Shape::Own, points: Some(points.clone()), ..Space::default() };
            let link = write(&s);
            let first = read(&link.hash).unwrap().space;
            let step = link.step.unwrap_or(0.0);
            for (a, b) in points.iter().zip(first.points.as_ref().unwrap()) {
                for k in 0..3 {
                    prop_assert!((a[k] - b[k]).abs() <= 0.51 * step);
                }
                prop_assert!((a[3] - b[3]).abs() <= 1e-6 * a[3]);
            }
            let again = write(&first);
            prop_assert_eq!(read(&again.hash).unwrap().space, first);
        }
    }

    #[test]
    fn the_default_is_short_and_too_many_points_stay_behind() {
        assert_eq!(write(&Space::default()).hash, "scene=space");
        let shape = Space { shape: Shape::Balls, seed: 3, ..Space::default() };
        assert_eq!(write(&shape).hash, "scene=space&shape=balls&seed=3");
        let many = (0..20_000_u32).map(|i| {
            let x = f64::from(i.wrapping_mul(2_654_435_761)) / 7.0;
            [x, x * 0.37 % 1e9, x * 0.73 % 1e9, 1.0]
        });
        let own = Space { shape: Shape::Own, points: Some(many.collect()), ..Space::default() };
        let link = write(&own);
        assert!(!link.carried);
        let opened = read(&link.hash).unwrap();
        assert_eq!((opened.missing, opened.space.points), (Some(20_000), None));
    }

    #[test]
    fn what_is_no_link_is_refused_by_name() {
        for (hash, says) in [
            ("", "scene=space"),
            ("scene=space&shape=teapot", "rabbit, torus"),
            ("scene=space&source=disk", "cube, ball, gaussian"),
            ("scene=space&tear=2", "0, 1"),
            ("scene=space&device=tpu", "auto, cpu, gpu"),
            ("scene=space&count=7", "number of sites"),
            ("scene=space&yaw=north", "not a number"),
            ("scene=space&preset=grid", "does not know"),
            ("scene=space&profile=AAAA", "profile"),
            ("scene=space&shape=own&points=AAAA", "damaged"),
            ("scene=space&shape=letters&text=%25", "no letter"),
            ("scene=space&t=0&t=1", "twice"),
        ] {
            let e = read(hash).unwrap_err();
            assert_eq!(e.code, "link", "{hash}");
            assert!(e.message.contains(says), "{hash}: {}", e.message);
        }
    }
}
