//! What the extended map does to a plan in latent space, by threshold and ramp, beside barycentric
//! coordinates among the centroids of the k best cells:
//!
//! ```sh
//! brenier solve --sites codes.csv --domain cube --tolerance 0.05 --json > plan.json
//! cargo run --release -p brenier-lab --example latent -- plan.json
//! ```

use lab::latent::{Choice, Draft, Estimates, Latents, Map, Precision, Solved, Words};
use serde::Deserialize;
use std::io::Write as _;
use std::time::Instant;
use transport::latent::{
    Extension, Image, LatentMap, jumps, on_simplex, quantile, ramp_for, survey,
};

/// Points measured at.
const POINTS: usize = 500;

#[derive(Deserialize)]
struct Plan {
    dimension: usize,
    sites: Vec<Vec<f64>>,
    heights: Vec<f64>,
    centroids: Vec<Vec<f64>>,
}

/// The k highest planes at x whose jump from the highest is at most `threshold`, and the barycentric
/// coordinates, clamped to the simplex, of x among their cells' centroids.
fn among_centroids(plan: &Plan, map: &LatentMap, x: &[f64], k: usize, threshold: f64) -> Image {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let value = |i: &usize| dot(&plan.sites[*i], x) + plan.heights[*i];
    let mut order: Vec<usize> = (0..plan.heights.len()).collect();
    order.sort_by(|a, b| value(b).total_cmp(&value(a)));
    let cell = order[0];
    order.truncate(k);
    order.retain(|i| map.jump(cell as u32, *i as u32) <= threshold);
    let away: Vec<Vec<f64>> = order
        .iter()
        .map(|i| plan.centroids[*i].iter().zip(x).map(|(c, x)| c - x).collect())
        .collect();
    let gram: Vec<f64> = away.iter().flat_map(|a| away.iter().map(|b| dot(a, b))).collect();
    let weights = on_simplex(&gram, &vec![0.0; order.len()]);
    let mut target = vec![0.0; plan.dimension];
    for (i, w) in order.iter().zip(&weights) {
        target.iter_mut().zip(&plan.sites[*i]).for_each(|(t, y)| *t += w * y);
    }
    let mut weights: Vec<(u32, f64)> = order.iter().map(|i| *i as u32).zip(weights).collect();
    weights.sort_by(|a, b| b.1.total_cmp(&a.1));
    Image { target, cell: cell as u32, weights }
}

/// How much of a map's change along segments comes at singular facets, and how much of the rest
/// comes in steps longer than a continuous map of slope 1/`slope` could take.
fn jumpiness(
    map: &LatentMap,
    threshold: f64,
    slope: f64,
    of: impl Fn(&[f64]) -> Image,
) -> [f64; 2] {
    let (d, steps, length) = (map.dimension(), 400, 0.6);
    let points: Vec<f64> = uniform(d, 40);
    let (mut singular, mut stray, mut all) = (0.0, 0.0, 0.0);
    for pair in points.chunks_exact(2 * d).take(6) {
        let (a, b) = pair.split_at(d);
        let far = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
        let step = length / steps as f64;
        let mut before: Option<Image> = None;
        for k in 0..=steps {
            let t = step * k as f64 / far;
            let x: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + t * (b - a)).collect();
            let image = of(&x);
            if let Some(before) = before {
                let square = |(a, b): (&f64, &f64)| (a - b) * (a - b);
                let change =
                    before.target.iter().zip(&image.target).map(square).sum::<f64>().sqrt();
                all += change;
                if map.jump(before.cell, image.cell) > threshold {
                    singular += change;
                } else if change > 2.0 * step / slope {
                    stray += change;
                }
            }
            before = Some(image);
        }
    }
    let rest: f64 = all - singular;
    [singular / all, if rest > 0.0 { stray / rest } else { 0.0 }]
}

fn uniform(d: usize, count: usize) -> Vec<f64> {
    use rand_core::{Rng as _, SeedableRng as _};
    let mut rng = rand_pcg::Pcg64::seed_from_u64(1);
    (0..d * count).map(|_| (rng.next_u64() >> 11) as f64 * (-53f64).exp2()).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("give a plan of `brenier solve --json`")?;
    let plan: Plan = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let d = plan.dimension;
    let flat: Vec<f64> = plan.sites.iter().flatten().copied().collect();
    let map = LatentMap::new(d, &flat, &plan.heights)?;
    let points = uniform(d, POINTS);
    let (sorted, angles) = jumps(&map, &points, 1.0 / map.spread());
    let unit = ramp_for(&map, &points, f64::INFINITY, 0.5);
    let mut out = std::io::stdout();
    writeln!(
        out,
        "jumps at 0, 25, 50, 75, 90, 100 %: {:.3?}",
        [0.0, 0.25, 0.5, 0.75, 0.9, 1.0].map(|q| quantile(&sorted, q))
    )?;
    writeln!(
        out,
        "the paper's angle at 50, 100 %: {:.3?}",
        [0.5, 1.0].map(|q| quantile(&angles, q))
    )?;
    writeln!(
        out,
        "| map | quantile | max λ at 10, 25, 50, 75 % | below 0.9 | across | mixed | nearest site, median | at singular facets | rest in jumps | ms |"
    )?;
    for q in [0.25, 0.5, 0.75, 0.9, 1.0] {
        let threshold = if q < 1.0 { quantile(&sorted, q) } else { f64::INFINITY };
        for ramp in [unit, 2.0 * unit, 4.0 * unit] {
            let extension = Extension { threshold, ramp };
            let began = Instant::now();
            for x in points.chunks_exact(d) {
                map.map(x, &extension);
            }
            let ms = began.elapsed().as_secs_f64() * 1e3 / POINTS as f64;
            let s = survey(&map, &points, &extension);
            let heaviest = [0.1, 0.25, 0.5, 0.75].map(|p| quantile(&s.heaviest, p));
            let [at, stray] = jumpiness(&map, threshold, ramp, |x| map.map(x, &extension));
            writeln!(
                out,
                "| ramp {ramp:.3} | {q} | {heaviest:.2?} | {:.3} | {:.3} | {:.2} | {:.3} | {at:.3} | {stray:.3} | {ms:.2} |",
                s.interpolated,
                s.across,
                s.mixed,
                quantile(&s.nearest, 0.5)
            )?;
        }
        for k in [4, 8, 16] {
            let of = |x: &[f64]| among_centroids(&plan, &map, x, k, threshold);
            let images: Vec<Image> = points.chunks_exact(d).map(of).collect();
            let mut heaviest: Vec<f64> = images.iter().map(Image::heaviest).collect();
            heaviest.sort_unstable_by(f64::total_cmp);
            let below = heaviest.partition_point(|w| *w < 0.9) as f64 / POINTS as f64;
            let mut near: Vec<f64> = images.iter().map(|i| map.nearest(&i.target).1).collect();
            near.sort_unstable_by(f64::total_cmp);
            let mixed: usize =
                images.iter().map(|i| i.weights.iter().filter(|w| w.1 > 0.0).count()).sum();
            let heaviest = [0.1, 0.25, 0.5, 0.75].map(|p| quantile(&heaviest, p));
            let [at, stray] = jumpiness(&map, threshold, 0.1, of);
            writeln!(
                out,
                "| {k} centroids | {q} | {heaviest:.2?} | {below:.3} | | {:.2} | {:.3} | {at:.3} | {stray:.3} | |",
                mixed as f64 / POINTS as f64,
                quantile(&near, 0.5)
            )?;
        }
    }
    let codes: Vec<f32> = flat.iter().map(|y| *y as f32).collect();
    for precision in [Precision::Eight, Precision::Half] {
        let draft = Draft::new(d, &codes, precision)?;
        // The cube holds the sites once more, by another scale: heights grow with it.
        let side = |sites: &[f64]| {
            sites.iter().copied().fold(f64::MIN, f64::max)
                - sites.iter().copied().fold(f64::MAX, f64::min)
        };
        let factor = side(draft.sites()) / side(&flat);
        let heights: Vec<f64> = plan.heights.iter().map(|h| factor * h).collect();
        let words = Words { name: "synthetic", licence: "", command: "", seed: 1, classes: &[] };
        let solved = Solved {
            heights: &heights,
            masses: None,
            centroids: None,
            labels: None,
            report: Estimates::default(),
        };
        let bytes =
            draft.finish(&words, &solved, &Choice { points: POINTS, ..Choice::default() })?;
        let latents = Latents::from_bytes(&bytes)?;
        writeln!(out, "{precision:?}: {} bytes, shipped {:?}", bytes.len(), {
            let mut s = latents.about().shipped.clone();
            s.heaviest.clear();
            s.nearest.clear();
            s
        })?;
        let began = Instant::now();
        let found = latents.find_crossing(1, None).map(|f| (f.t, f.jump));
        writeln!(out, "a crossing {found:?} in {:.0} ms", began.elapsed().as_secs_f64() * 1e3)?;
        let began = Instant::now();
        let mut latents = latents;
        let three = latents.points(1, 0, 3);
        let plane = latents.plane(&three, None)?;
        writeln!(
            out,
            "a plane of {} cells, {} edges in {:.1} ms",
            plane.sites.len(),
            plane.left.len(),
            began.elapsed().as_secs_f64() * 1e3
        )?;
        let (from, to) = (&three[..d], &three[d..2 * d]);
        let began = Instant::now();
        let line = latents.line(from, to, 64, Map::Transport, None)?;
        let cut = line.singular.iter().filter(|s| **s == 1).count();
        writeln!(
            out,
            "a line of {} crossings, {cut} singular, in {:.1} ms",
            line.left.len(),
            began.elapsed().as_secs_f64() * 1e3
        )?;
        let found = (0..latents.about().count as u32)
            .step_by(16)
            .filter(|i| latents.point_in(*i).is_ok())
            .count();
        writeln!(out, "a point was found in {found} of 256 cells")?;
    }
    Ok(())
}
