//! Points and edits as a short text for links.
//!
//! Coordinates are multiples of a power of two, about 2⁻²⁰ of the points' extent (coarser where
//! that does not fit), written as differences by a Rice code. Points that are such multiples
//! already, as those the page has moved are, cross exactly.

use crate::bits::{Reader, Writer, base64, unbase64, unzigzag, zigzag};
use crate::error::Error;
use crate::scenario::MAX_SITES;

/// What [`pack`] wrote.
pub(crate) struct Packed {
    /// Base64url.
    pub(crate) text: String,
    /// Every point crosses without any change.
    pub(crate) exact: bool,
    /// The step of the coordinates.
    pub(crate) step: f64,
}

/// Edits of a preset's points: those removed, moved, given another mass where they stand, and
/// added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Edits {
    removed: Vec<u32>,
    moved: Vec<u32>,
    weighed: Vec<u32>,
    /// The moved, then the added.
    points: Vec<[f64; 3]>,
    /// Masses of the weighed.
    masses: Vec<f64>,
}

impl Edits {
    /// What turns `base` into `now`. Edits keep the order, so equal points are matched in order.
    pub(crate) fn between(base: &[[f64; 3]], now: &[[f64; 3]]) -> Edits {
        let mut edits = Edits::default();
        let mut i = 0;
        let mut rest = now.iter();
        // Removals left to place; where there are none, what differs was changed.
        let mut surplus = base.len().saturating_sub(now.len());
        while i < base.len() {
            let ahead = rest.as_slice();
            let Some(p) = ahead.first() else {
                edits.removed.push(i as u32);
                i += 1;
                continue;
            };
            if *p != base[i] {
                let gap = base[i + 1..].iter().take(surplus.max(64)).position(|b| b == p);
                if let Some(gap) = gap {
                    edits.removed.extend((i..=i + gap).map(|k| k as u32));
                    surplus = surplus.saturating_sub(gap + 1);
                    i += gap + 1;
                    continue;
                }
                if p[..2] == base[i][..2] {
                    edits.weighed.push(i as u32);
                    edits.masses.push(p[2]);
                } else {
                    edits.moved.push(i as u32);
                    edits.points.push(*p);
                }
            }
            rest.next();
            i += 1;
        }
        edits.points.extend(rest);
        edits
    }

    /// Applies the edits.
    pub(crate) fn apply(&self, base: &[[f64; 3]]) -> Option<Vec<[f64; 3]>> {
        let mut now: Vec<Option<[f64; 3]>> = base.iter().copied().map(Some).collect();
        for (p, &i) in self.points.iter().zip(&self.moved) {
            *now.get_mut(i as usize)? = Some(*p);
        }
        for (m, &i) in self.masses.iter().zip(&self.weighed) {
            now.get_mut(i as usize)?.as_mut()?[2] = *m;
        }
        for &i in &self.removed {
            *now.get_mut(i as usize)? = None;
        }
        let added = self.points[self.moved.len()..].iter().copied();
        Some(now.into_iter().flatten().chain(added).collect())
    }

    /// As a text of steps of 2⁻ᵇⁱᵗˢ of the extent.
    pub(crate) fn pack(&self, bits: i32) -> Packed {
        let mut w = Writer::default();
        w.bits(VERSION, 8);
        for list in [&self.removed, &self.moved, &self.weighed] {
            w.varint(list.len() as u64);
            let mut last = 0;
            let gaps: Vec<u64> =
                list.iter().map(|&i| u64::from(i - std::mem::replace(&mut last, i))).collect();
            w.rice(&gaps);
        }
        let (exact_points, step) = write_points(&mut w, &self.points, bits);
        let weighed: Vec<[f64; 3]> = self.masses.iter().map(|&m| [0.0, 0.0, m]).collect();
        let exact = write_masses(&mut w, &weighed) && exact_points;
        Packed { text: base64(&w.finish()), exact, step }
    }

    /// Reads [`Edits::pack`].
    pub(crate) fn unpack(text: &str) -> Result<Edits, Error> {
        let bytes = unbase64(text).ok_or_else(damaged)?;
        let mut r = Reader::new(&bytes).ok_or_else(damaged)?;
        let mut read = || {
            check_version(&mut r)?;
            let mut lists = [Vec::new(), Vec::new(), Vec::new()];
            for list in &mut lists {
                let n = count(&mut r)?;
                let mut sum = 0_u64;
                for gap in r.rice(n)? {
                    sum = sum.checked_add(gap)?;
                    list.push(u32::try_from(sum).ok()?);
                }
            }
            let points = read_points(&mut r)?;
            let [removed, moved, weighed] = lists;
            let mut masses = vec![[0.0, 0.0, 1.0]; weighed.len()];
            read_masses(&mut r, &mut masses)?;
            let masses = masses.iter().map(|m| m[2]).collect();
            let whole = points.len() >= moved.len();
            whole.then_some(Edits { removed, moved, weighed, points, masses })
        };
        read().ok_or_else(damaged)
    }
}

/// Points as a text of steps of 2⁻ᵇⁱᵗˢ of the extent.
pub(crate) fn pack(points: &[[f64; 3]], bits: i32) -> Packed {
    let mut w = Writer::default();
    w.bits(VERSION, 8);
    let (exact, step) = write_points(&mut w, points, bits);
    Packed { text: base64(&w.finish()), exact, step }
}

/// Reads [`pack`].
pub(crate) fn unpack(text: &str) -> Result<Vec<[f64; 3]>, Error> {
    let bytes = unbase64(text).ok_or_else(damaged)?;
    let mut r = Reader::new(&bytes).ok_or_else(damaged)?;
    let mut read = || {
        check_version(&mut r)?;
        read_points(&mut r)
    };
    read().ok_or_else(damaged)
}

const VERSION: u64 = 1;

fn check_version(r: &mut Reader<'_>) -> Option<()> {
    (r.bits(8)? == VERSION).then_some(())
}

fn damaged() -> Error {
    Error::new(
        "link",
        "The points in this link are damaged: part of it is missing or changed. Copy the whole link again.",
    )
}

fn count(r: &mut Reader<'_>) -> Option<usize> {
    let n = usize::try_from(r.varint()?).ok()?;
    (n <= MAX_SITES).then_some(n)
}

/// 2ᵉ, exactly, for normal results.
fn power(e: i32) -> f64 {
    f64::from_bits(((1023 + e.clamp(-1022, 1023)) as u64) << 52)
}

/// Largest e with 2ᵉ ≤ v, for positive normal v.
fn exponent(v: f64) -> i32 {
    (v.to_bits() >> 52 & 0x7ff) as i32 - 1023
}

/// The step by which the page rounds places that a hand sets on a figure of this extent.
pub(crate) fn hand_step(extent: f64) -> f64 {
    power(exponent(extent.max(1e-280)) - 20)
}

/// The exponent of the step: the coarsest power of two of which all coordinates are multiples,
/// if there is one down to 2⁻ᵇⁱᵗˢ⁻³ of their extent, else 2⁻ᵇⁱᵗˢ of their extent.
fn step_exponent(points: &[[f64; 3]], bits: i32) -> (i32, bool) {
    let values = || points.iter().flat_map(|p| [p[0], p[1]]);
    let magnitude = values().fold(0.0_f64, |m, v| m.max(v.abs())).max(1e-280);
    let span = |k: usize| {
        let (low, high) = points
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p[k]), h.max(p[k])));
        high - low
    };
    // Never finer than the integers of f64 allow.
    let extent = span(0).max(span(1)).max(magnitude * power(-30));
    let needed = exponent(extent) - bits;
    let exact = |e: &i32| {
        let inverse = power(-*e);
        values().all(|v| (v * inverse).fract() == 0.0)
    };
    let coarsest = needed.max(exponent(magnitude) - bits) + 1;
    match (needed - 3..=coarsest).rev().find(exact) {
        Some(e) => (e, true),
        None => (needed, false),
    }
}

fn write_points(w: &mut Writer, points: &[[f64; 3]], bits: i32) -> (bool, f64) {
    let (e, exact_places) = step_exponent(points, bits);
    w.varint(points.len() as u64);
    w.varint(zigzag(i64::from(e)));
    let inverse = power(-e);
    for k in 0..2 {
        let mut last = 0_i64;
        let deltas: Vec<u64> = points
            .iter()
            .map(|p| {
                let v = (p[k] * inverse).round() as i64;
                zigzag(v.wrapping_sub(std::mem::replace(&mut last, v)))
            })
            .collect();
        w.rice(&deltas);
    }
    let exact_masses = write_masses(w, points);
    (exact_places && exact_masses, power(e))
}

/// Masses: all 1, else decimals of few digits, else f32.
fn write_masses(w: &mut Writer, points: &[[f64; 3]]) -> bool {
    if points.iter().all(|p| p[2] == 1.0) {
        w.bits(0, 2);
        return true;
    }
    let decimals = (0..=6_u32).find(|&d| {
        let scale = f64::from(10_u32.pow(d));
        points.iter().all(|p| {
            let k = (p[2] * scale).round();
            k < 2e9 && k / scale == p[2]
        })
    });
    if let Some(d) = decimals {
        let scale = f64::from(10_u32.pow(d));
        w.bits(1, 2);
        w.bits(u64::from(d), 3);
        let values: Vec<u64> = points.iter().map(|p| (p[2] * scale).round() as u64).collect();
        w.rice(&values);
        return true;
    }
    // f32 reaches 1e-38 to 3e38; masses beyond are relative to the largest.
    let top = points.iter().fold(0.0_f64, |m, p| m.max(p[2]));
    let scale = if (1e-20..1e20).contains(&top) { 1.0 } else { 1.0 / top };
    w.bits(2, 2);
    let mut exact = scale == 1.0;
    for p in points {
        let m = ((p[2] * scale) as f32).max(f32::MIN_POSITIVE);
        exact &= f64::from(m) == p[2];
        w.bits(u64::from(m.to_bits()), 32);
    }
    exact
}

fn read_points(r: &mut Reader<'_>) -> Option<Vec<[f64; 3]>> {
    let n = count(r)?;
    let e = i32::try_from(unzigzag(r.varint()?)).ok()?;
    if !(-1000..=1000).contains(&e) {
        return None;
    }
    let mut points = vec![[0.0, 0.0, 1.0]; n];
    for k in 0..2 {
        let mut last = 0_i64;
        for (p, delta) in points.iter_mut().zip(r.rice(n)?) {
            last = last.wrapping_add(unzigzag(delta));
            p[k] = last as f64 * power(e);
        }
    }
    read_masses(r, &mut points)?;
    points.iter().all(|p| p.iter().all(|v| v.is_finite())).then_some(points)
}

fn read_masses(r: &mut Reader<'_>, points: &mut [[f64; 3]]) -> Option<()> {
    let n = points.len();
    match r.bits(2)? {
        0 => {}
        1 => {
            let scale = f64::from(10_u32.pow(r.bits(3)? as u32));
            for (p, v) in points.iter_mut().zip(r.rice(n)?) {
                p[2] = v as f64 / scale;
            }
        }
        2 => {
            for p in points.iter_mut() {
                p[2] = f64::from(f32::from_bits(r.bits(32)? as u32));
            }
        }
        _ => return None,
    }
    points.iter().all(|p| p[2].is_finite() && p[2] > 0.0).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point() -> impl Strategy<Value = [f64; 3]> {
        (-5.0_f64..5.0, -5.0_f64..5.0, prop_oneof![Just(1.0), 1e-6_f64..10.0])
            .prop_map(|(x, y, m)| [x, y, m])
    }

    proptest! {
        #[test]
        fn packed_points_are_near_and_then_stay(points in prop::collection::vec(point(), 0..60)) {
            let packed = pack(&points, 20);
            let read = unpack(&packed.text).unwrap();
            prop_assert_eq!(read.len(), points.len());
            for (a, b) in read.iter().zip(&points) {
                for k in 0..2 {
                    prop_assert!((a[k] - b[k]).abs() <= packed.step / 2.0);
                }
                prop_assert!((a[2] / b[2] - 1.0).abs() < 1e-7);
            }
            let again = pack(&read, 20);
            prop_assert!(again.exact);
            prop_assert_eq!(unpack(&again.text).unwrap(), read);
        }

        #[test]
        fn places_set_by_hand_cross_exactly(
            places in prop::collection::vec((-5_242_880_i32..5_242_880, -5_242_880_i32..5_242_880), 1..40)
        ) {
            let step = hand_step(10.0);
            let points: Vec<[f64; 3]> =
                places.iter().map(|&(x, y)| [f64::from(x) * step, f64::from(y) * step, 1.0]).collect();
            let packed = pack(&points, 20);
            prop_assert!(packed.exact);
            prop_assert_eq!(unpack(&packed.text).unwrap(), points);
        }

        #[test]
        fn edits_turn_one_into_the_other(
            base in prop::collection::vec(point(), 0..40),
            ops in prop::collection::vec((0_u8..3, any::<prop::sample::Index>(), point()), 0..20)
        ) {
            let mut now = base.clone();
            for (op, at, p) in ops {
                match op {
                    0 => now.push(p),
                    1 if !now.is_empty() => { now.remove(at.index(now.len())); }
                    2 if !now.is_empty() => { let k = at.index(now.len()); now[k] = p; }
                    _ => {}
                }
            }
            let edits = Edits::between(&base, &now);
            prop_assert_eq!(edits.apply(&base).unwrap(), now);
            let read = Edits::unpack(&edits.pack(20).text).unwrap();
            prop_assert_eq!(&read.removed, &edits.removed);
            prop_assert_eq!(&read.moved, &edits.moved);
            prop_assert_eq!(&read.weighed, &edits.weighed);
        }

        #[test]
        fn damaged_texts_are_refused_or_read_but_never_panic(
            points in prop::collection::vec(point(), 1..30), at in any::<prop::sample::Index>(), c in "[A-Za-z0-9_-]"
        ) {
            let text = pack(&points, 20).text;
            let k = at.index(text.len());
            let _ = unpack(&text[..k]);
            let mut changed = text.clone();
            changed.replace_range(k..=k, &c);
            if let Err(e) = unpack(&changed) {
                prop_assert_eq!(e.code, "link");
            }
            let _ = Edits::unpack(&changed);
        }
    }

    #[test]
    fn one_moved_site_is_short() {
        let base: Vec<[f64; 3]> = (0..512).map(|i| [f64::from(i).sqrt(), 0.3, 1.0]).collect();
        let mut now = base.clone();
        now[300] = [0.5, 0.25, 1.0];
        let edits = Edits::between(&base, &now);
        assert_eq!(edits.moved, [300]);
        assert!(edits.pack(20).text.len() < 40);
    }
}
