//! The sites each preset makes, and the mixture it stands for. Everything follows from the
//! scenario's numbers and its seed; sines come from `libm`, so that every machine makes the same
//! sites bit for bit.

use crate::domain::{self, DomainSpec};
use crate::error::Error;
use crate::letters::Strokes;
use crate::scenario::{Preset, Scenario};
use coverage::{Mode, Modes};
use geometry::Point;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use std::f64::consts::{PI, TAU};

/// Most modes an experiment takes from a scene's own sites.
pub const MAX_OWN_MODES: usize = 400;

/// The generator of one use of the scenario's seed; different uses get independent streams.
pub(crate) fn generator(seed: u32, stream: u64) -> Pcg64 {
    Pcg64::seed_from_u64(u64::from(seed) | stream << 32)
}

/// A uniform number in [0, 1) of 53 bits.
pub(crate) fn uniform(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// The domain that `auto` stands for: one that encloses the preset's sites, so that sites are
/// dragged in the plane where the cells are drawn.
pub fn auto_domain(scenario: &Scenario) -> DomainSpec {
    match scenario.preset {
        Preset::Grid | Preset::Centres | Preset::Clusters | Preset::Letters => {
            DomainSpec::Rectangle([-5.0, -5.0, 5.0, 5.0])
        }
        Preset::Ring => DomainSpec::Disk([0.0, 0.0, 1.5]),
        Preset::Dumbbell | Preset::Spiral => DomainSpec::Disk([0.0, 0.0, 5.0]),
        Preset::Random => DomainSpec::Square,
        Preset::Own => domain::around(scenario.points.as_deref().unwrap_or_default()),
    }
}

/// The sites as the preset makes them, `[x, y, mass]`, edits aside.
///
/// # Errors
/// Code `text` for letters that do not exist; those of `coverage` for modes that are no mixture.
pub fn sites(scenario: &Scenario) -> Result<Vec<[f64; 3]>, Error> {
    let mut rng = generator(scenario.seed, 0);
    let count = scenario.count;
    let places: Vec<Point> = match scenario.preset {
        Preset::Own => return Ok(Vec::new()),
        Preset::Centres => {
            let weights = scenario.weights.as_deref();
            let weighed = |(i, c): (usize, Point)| [c[0], c[1], weights.map_or(1.0, |w| w[i])];
            return Ok(centres(scenario).into_iter().enumerate().map(weighed).collect());
        }
        Preset::Grid | Preset::Ring | Preset::Clusters => {
            return Ok(samples(&mixture(scenario, &[])?, count, scenario.seed)
                .into_iter()
                .map(|p| [p[0], p[1], 1.0])
                .collect());
        }
        Preset::Dumbbell => fill([4.2, 1.6], count, &mut rng, |p| {
            let disk = |x: f64| (p[0] - x).powi(2) + p[1] * p[1] <= 1.6 * 1.6;
            disk(-2.6) || disk(2.6) || (p[0].abs() <= 2.6 && p[1].abs() <= 0.3)
        }),
        Preset::Spiral => spiral(count, &mut rng),
        Preset::Random => (0..count).map(|_| [uniform(&mut rng), uniform(&mut rng)]).collect(),
        Preset::Letters => {
            let strokes = Strokes::of(&scenario.text)?;
            let scale = (4.4 / strokes.half[0]).min(3.4 / strokes.half[1]);
            let half = strokes.half.map(|h| h * scale);
            fill(half, count, &mut rng, |p| strokes.contains([p[0] / scale, p[1] / scale]))
        }
    };
    Ok(places.into_iter().map(|p| [p[0], p[1], 1.0]).collect())
}

/// Independent samples of a mixture: the sites of the presets that have modes, and the real
/// samples of the experiment, which are the same when their number and seed are.
pub fn samples(modes: &Modes, count: usize, seed: u32) -> Vec<Point> {
    modes.sample(count, &mut generator(seed, 0))
}

/// Centres of the preset's modes.
fn centres(scenario: &Scenario) -> Vec<Point> {
    let k = scenario.modes;
    let on_circle = |radius: f64, turn: f64| {
        let at = move |i: usize| {
            let angle = TAU * i as f64 / k as f64 + turn;
            [radius * libm::cos(angle), radius * libm::sin(angle)]
        };
        (0..k).map(at).collect()
    };
    match scenario.preset {
        Preset::Ring => on_circle(1.0, 0.0),
        Preset::Clusters if k == 1 => vec![[0.0, 0.0]],
        Preset::Clusters => on_circle(2.8, PI),
        Preset::Spiral => (0..k).map(|i| on_spiral(i, k, 0.0)).collect(),
        _ => {
            let side = k.isqrt().max(1);
            let at = |i: usize| match side {
                1 => 0.0,
                _ => -4.0 + 8.0 * i as f64 / (side - 1) as f64,
            };
            (0..side).flat_map(|j| (0..side).map(move |i| [at(i), at(j)])).collect()
        }
    }
}

/// The mixture a scene stands for: that of its preset, or its own sites as modes of standard
/// deviation `sigma` (`current` holds the sites as they are now).
///
/// # Errors
/// Code `experiment` where there is none, and those of `coverage`.
pub fn mixture(scenario: &Scenario, current: &[[f64; 3]]) -> Result<Modes, Error> {
    let sigma = scenario.sigma;
    let modes: Vec<Mode> = match scenario.preset {
        Preset::Grid | Preset::Ring | Preset::Clusters | Preset::Spiral => centres(scenario)
            .into_iter()
            .enumerate()
            .map(|(i, centre)| {
                let weight = scenario.weights.as_ref().map_or(1.0, |w| w[i]);
                Mode { centre, sigma, weight }
            })
            .collect(),
        _ => {
            let mut places: Vec<Mode> = Vec::new();
            for p in current {
                let centre = [p[0], p[1]];
                match places.iter_mut().find(|m| m.centre == centre) {
                    Some(m) => m.weight += p[2],
                    None => places.push(Mode { centre, sigma, weight: p[2] }),
                }
                if places.len() > MAX_OWN_MODES {
                    return Err(Error::new(
                        "experiment",
                        format!(
                            "Each of your points is a mode here, and there are more than {MAX_OWN_MODES}. Choose the grid, the ring, the clusters or the spiral, or fewer points."
                        ),
                    ));
                }
            }
            places
        }
    };
    Modes::new(modes).map_err(|e| Error::new("experiment", e.to_string()))
}

/// A spiral of three turns with a little noise across, equal steps along the arc.
fn spiral(count: usize, rng: &mut impl Rng) -> Vec<Point> {
    (0..count).map(|i| on_spiral(i, count, 0.12 * (uniform(rng) - 0.5))).collect()
}

/// The place number `i` of `count` along the spiral, `across` further out.
fn on_spiral(i: usize, count: usize, across: f64) -> Point {
    let turns = 3.0;
    // r grows with the angle, so the arc grows with its square.
    let s = ((i as f64 + 0.5) / count as f64).sqrt();
    let angle = TAU * turns * s;
    let r = 4.3 * s + across;
    [r * libm::cos(angle), r * libm::sin(angle)]
}

/// Exactly `count` sites that fill a region inside the box of the given half sides about the
/// origin: a triangular lattice as coarse as still has enough points inside, each shifted by up
/// to a quarter of the spacing, surplus points dropped at random.
fn fill(
    half: [f64; 2],
    count: usize,
    rng: &mut impl Rng,
    inside: impl Fn(Point) -> bool,
) -> Vec<Point> {
    let lattice = |step: f64| {
        let row = step * 0.75_f64.sqrt();
        let (nx, ny) = ((half[0] / step).ceil() as i64, (half[1] / row).ceil() as i64);
        let mut found = Vec::new();
        for j in -ny..=ny {
            for i in -nx..=nx {
                let shift = if j.rem_euclid(2) == 0 { 0.25 } else { -0.25 };
                let p = [(i as f64 + shift) * step, j as f64 * row];
                if inside(p) {
                    found.push(p);
                }
            }
        }
        found
    };
    // Halve until it suffices, then bisect; lattice counts are nearly monotone in the step.
    let mut fine = half[0].max(half[1]);
    while lattice(fine).len() < count {
        fine /= 2.0;
    }
    let mut coarse = fine * 2.0;
    let mut found = lattice(fine);
    for _ in 0..24 {
        if found.len() == count {
            break;
        }
        let middle = (fine + coarse) / 2.0;
        let tried = lattice(middle);
        if tried.len() >= count {
            (fine, found) = (middle, tried);
        } else {
            coarse = middle;
        }
    }
    while found.len() > count {
        let k = (uniform(rng) * found.len() as f64) as usize;
        found.remove(k);
    }
    for p in &mut found {
        for v in p {
            *v += fine * 0.25 * (uniform(rng) - 0.5);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_makes_its_count_inside_its_domain_and_again_the_same() {
        for (preset, name) in Preset::ALL {
            if preset == Preset::Own {
                continue;
            }
            for count in [1, 7, 300] {
                let s = Scenario { count, ..Scenario::of(preset) };
                let made = sites(&s).unwrap();
                assert_eq!(
                    made.len(),
                    if preset == Preset::Centres { 25 } else { count },
                    "{name}"
                );
                assert_eq!(made, sites(&s).unwrap());
                let domain = auto_domain(&s).polygon(&DomainSpec::Square).unwrap();
                assert!(made.iter().all(|p| domain.contains([p[0], p[1]])), "{name}");
            }
        }
    }

    #[test]
    fn the_seed_changes_what_is_drawn() {
        for preset in [Preset::Grid, Preset::Random, Preset::Letters, Preset::Spiral] {
            let s = Scenario::of(preset);
            assert_ne!(sites(&s).unwrap(), sites(&Scenario { seed: 1, ..s }).unwrap());
        }
    }

    #[test]
    fn modes_are_those_of_coverage() {
        for (preset, known) in [(Preset::Grid, Modes::grid()), (Preset::Ring, Modes::ring())] {
            let mine = mixture(&Scenario::of(preset), &[]).unwrap();
            assert_eq!(mine.len(), known.len());
            for (a, b) in mine.modes().iter().zip(known.modes()) {
                for k in 0..2 {
                    assert!((a.centre[k] - b.centre[k]).abs() < 1e-15);
                }
                assert_eq!((a.sigma, a.weight), (b.sigma, b.weight));
            }
        }
    }

    #[test]
    fn the_spiral_is_a_mixture_of_modes_far_apart() {
        let s = Scenario::of(Preset::Spiral);
        let modes = mixture(&s, &[]).unwrap();
        assert_eq!(modes.len(), 16);
        let apart = |a: &Mode, b: &Mode| {
            (a.centre[0] - b.centre[0]).hypot(a.centre[1] - b.centre[1]) / a.sigma
        };
        for (i, a) in modes.modes().iter().enumerate() {
            for b in &modes.modes()[i + 1..] {
                assert!(apart(a, b) > 20.0, "{}", apart(a, b));
            }
        }
        assert_eq!(mixture(&Scenario { modes: 9, ..s }, &[]).unwrap().len(), 9);
    }

    #[test]
    fn own_points_are_modes_up_to_a_number() {
        let own = Scenario::of(Preset::Own);
        let few = [[0.0, 0.0, 1.0], [1.0, 0.0, 2.0], [0.0, 0.0, 1.0]];
        let modes = mixture(&own, &few).unwrap();
        assert_eq!(modes.len(), 2);
        assert_eq!(modes.modes()[0].weight, 0.5);
        let many: Vec<[f64; 3]> = (0..500).map(|i| [f64::from(i), 0.0, 1.0]).collect();
        assert_eq!(mixture(&own, &many).unwrap_err().code, "experiment");
        assert_eq!(mixture(&own, &[]).unwrap_err().code, "experiment");
    }
}
