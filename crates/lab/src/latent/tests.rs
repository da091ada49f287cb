//! A small synthetic set: two clouds of codes in six dimensions.

use super::*;
use crate::presets::uniform as unit;

const D: usize = 6;
const N: usize = 120;

fn codes() -> Vec<f32> {
    let mut rng = generator(3, 0);
    (0..N * D)
        .map(|k| {
            let cloud = if (k / D).is_multiple_of(2) { -3.0 } else { 3.0 };
            (unit(&mut rng) + if k % D == 0 { cloud } else { 0.0 }) as f32
        })
        .collect()
}

fn labels() -> Vec<u8> {
    (0..N).map(|i| (i % 2) as u8).collect()
}

/// Heights as of a solve are not needed: Voronoi's do.
fn file(precision: Precision) -> (Draft, Vec<u8>) {
    let draft = Draft::new(D, &codes(), precision).unwrap();
    let heights: Vec<f64> = draft
        .sites()
        .chunks_exact(D)
        .map(|y| -0.5 * y.iter().map(|y| y * y).sum::<f64>())
        .collect();
    let labels = labels();
    let words = Words {
        name: "faces",
        licence: "none",
        command: "brenier latents",
        seed: 7,
        classes: &["left", "right"],
    };
    let solved = Solved {
        heights: &heights,
        masses: None,
        centroids: None,
        labels: Some(&labels),
        report: Estimates { method: "adam".into(), residual: 0.01, ..Estimates::default() },
    };
    let choice = Choice { points: 300, ..Choice::default() };
    let bytes = draft.finish(&words, &solved, &choice).unwrap();
    (draft, bytes)
}

fn open() -> Latents {
    Latents::from_bytes(&file(Precision::Half).1).unwrap()
}

#[test]
fn what_is_written_reads_back() {
    for precision in [Precision::Eight, Precision::Half] {
        let (draft, bytes) = file(precision);
        let read = Latents::from_bytes(&bytes).unwrap();
        assert_eq!(read.sites(), draft.sites());
        assert!(read.sites().iter().all(|y| (0.0..=1.0).contains(y)));
        assert_eq!((read.labels(), read.masses()), (&labels()[..], None));
        let about = read.about();
        assert_eq!((about.name.as_str(), about.count, about.dimension), ("faces", N, D));
        assert_eq!(about.report.residual, 0.01);
        assert!(about.shipped.interpolated >= 0.6, "{:?}", about.shipped);
        // What is stored is the code but for its precision.
        let all: Vec<u32> = (0..N as u32).collect();
        let stored = read.codes(&all).unwrap();
        let step = if precision == Precision::Eight { 7.2 / 255.0 } else { 4e-3 };
        let off = |(a, b): (&f32, &f32)| (a - b).abs();
        assert!(stored.iter().zip(&codes()).map(off).fold(0.0, f32::max) < step);
        assert_eq!(read.codes(&[0, N as u32]).unwrap_err().code, "latent-site");
    }
}

#[test]
fn a_damaged_file_is_refused_in_every_byte() {
    let bytes = file(Precision::Eight).1;
    let code = |bytes: &[u8]| Latents::from_bytes(bytes).unwrap_err().code;
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 32;
        let expected = match place {
            0..8 => "latent-foreign",
            8..12 => "latent-version",
            _ => "latent-damaged",
        };
        assert_eq!(code(&changed), expected, "byte {place}");
    }
    for length in (12..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
        assert_eq!(code(&bytes[..length]), "latent-damaged", "{length} bytes");
    }
    assert_eq!(code(&bytes[..5]), "latent-foreign");
    assert_eq!(code(b"<!doctype html>"), "latent-foreign");
    // With its checksum right, but not what it says.
    let (mut about, arrays) = file::read(&bytes).unwrap();
    let mut longer = bytes[..bytes.len() - 8].to_vec();
    longer.push(0);
    longer.extend(gan::checksum(&longer).to_le_bytes());
    assert_eq!(code(&longer), "latent-damaged");
    about.jumps.pop();
    assert_eq!(file::write(&about, &arrays).unwrap_err().code, "latent-header");
}

#[test]
fn what_makes_no_file_is_refused() {
    let code = |r: Result<Draft, Error>| r.unwrap_err().code;
    assert_eq!(code(Draft::new(2, &[1.0; 3], Precision::Half)), "latent-sites");
    assert_eq!(code(Draft::new(2, &[1.0, f32::NAN], Precision::Half)), "latent-not-finite");
    assert_eq!(code(Draft::new(2, &[1.0, 1e30], Precision::Half)), "latent-not-finite");
    let one = Draft::new(2, &[1.0; 4], Precision::Eight).unwrap();
    assert_eq!(one.sites(), [0.0; 4]);
}

#[test]
fn samples_depend_on_seed_and_place_alone() {
    let latents = open();
    let all = latents.sample(5, 0, 20, Map::Transport, None);
    let some = latents.sample(5, 8, 4, Map::Transport, None);
    assert_eq!(all.points[8 * D..12 * D], some.points);
    assert_eq!(all.codes[8 * D..12 * D], some.codes);
    assert_eq!(all.cells[8..12], some.cells);
    assert_ne!(latents.sample(6, 0, 20, Map::Transport, None).points, all.points);
    for map in [Map::Continuous, Map::Gaussian] {
        let other = latents.sample(5, 0, 20, map, None);
        assert_eq!((&other.points, &other.cells), (&all.points, &all.cells));
        assert_ne!(other.codes, all.codes);
    }
    assert_eq!(latents.images(&all.points, Map::Transport, None).unwrap(), all);
    assert_eq!(latents.images(&[1.5; D], Map::Transport, None).unwrap_err().code, "latent-point");
    assert_eq!(Map::from_name("vae").unwrap_err().code, "latent-map");
}

#[test]
fn weights_mix_codes_of_one_cloud_alone() {
    let latents = open();
    let samples = latents.sample(1, 0, 200, Map::Transport, None);
    let continuous = latents.sample(1, 0, 200, Map::Continuous, None);
    let mut strays = [0, 0];
    for (s, found) in [&samples, &continuous].into_iter().enumerate() {
        for k in 0..200 {
            let range = found.offsets[k] as usize..found.offsets[k + 1] as usize;
            let (sites, weights) = (&found.neighbours[range.clone()], &found.weights[range]);
            assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            assert_eq!(found.heaviest[k], weights[0]);
            // The code is the weighted mean of the stored ones.
            let stored = latents.codes(sites).unwrap();
            for j in 0..D {
                let mean: f32 =
                    weights.iter().zip(stored.chunks_exact(D)).map(|(w, c)| w * c[j]).sum();
                assert!((mean - found.codes[k * D + j]).abs() < 1e-4);
            }
            let label = |i: &u32| latents.labels()[*i as usize];
            strays[s] += usize::from(sites.iter().any(|i| label(i) != label(&sites[0])));
        }
    }
    assert_eq!(strays[0], 0);
    assert!(strays[1] > 0);
    // Between the clouds there is no code; the Gaussian fills the gap.
    let gap =
        |samples: &Samples| samples.codes.chunks_exact(D).filter(|c| c[0].abs() < 2.0).count();
    assert_eq!(gap(&samples), 0);
    assert!(gap(&latents.sample(1, 0, 200, Map::Gaussian, None)) > 30);
    let survey = latents.survey(1, 200, Map::Transport, None);
    assert!(survey.interpolated > 0.5);
}

#[test]
fn thresholds_follow_the_quantile() {
    let latents = open();
    let shipped = latents.threshold(None);
    assert_eq!((shipped.quantile, shipped.jump), (0.5, latents.about().jumps[50]));
    let all: Vec<f64> =
        (0..=10).map(|k| latents.threshold(Some(f64::from(k) / 10.0)).jump).collect();
    assert!(all.is_sorted());
    assert_eq!(latents.threshold(Some(7.0)).quantile, 1.0);
    assert!(shipped.angle > 0.0 && shipped.angle < std::f64::consts::PI);
}

#[test]
fn a_found_crossing_is_seen_on_its_line() {
    let latents = open();
    let found = latents.find_crossing(4, None).unwrap();
    assert_eq!(latents.find_crossing(4, None), Some(found.clone()));
    let line = latents.line(&found.from, &found.to, 101, Map::Transport, None).unwrap();
    assert_eq!(line.singular.iter().filter(|s| **s == 1).count(), 1);
    let k = line.singular.iter().position(|s| *s == 1).unwrap();
    assert!((line.crossings[k] - found.t).abs() < 1e-4);
    assert_eq!((line.ts.len(), line.changes.len(), line.samples.cells.len()), (101, 100, 101));
    // The largest change is the one across it.
    let at = (found.t * 100.0) as usize;
    let largest = line.changes.iter().copied().fold(0.0, f32::max);
    assert_eq!(line.changes[at], largest, "{:?}", line.changes);
    assert!(line.angles.iter().all(|a| *a >= 0.0));
    let refused = |from: &[f32], steps| {
        latents.line(from, &found.to, steps, Map::Transport, None).unwrap_err().code
    };
    assert_eq!(refused(&found.from, 1), "latent-steps");
    assert_eq!(refused(&[0.5; 2], 9), "latent-point");
}

#[test]
fn a_plane_and_the_point_under_the_pointer() {
    let mut latents = open();
    assert_eq!(latents.at_plane(0.0, 0.0, Map::Transport, None).unwrap_err().code, "latent-plane");
    let points: Vec<f32> = [0, 1, 2].iter().flat_map(|i| latents.point_in(*i).unwrap()).collect();
    let plane = latents.plane(&points, None).unwrap();
    for k in 0..3 {
        let here =
            latents.at_plane(plane.chosen[2 * k], plane.chosen[2 * k + 1], Map::Transport, None);
        assert_eq!(here.unwrap().cells, [k as u32]);
        assert!(plane.sites.contains(&(k as u32)));
    }
    let lengths = [plane.left.len(), plane.right.len(), plane.jumps.len(), plane.singular.len()];
    assert_eq!(lengths, [plane.edges.len() / 4; 4]);
    assert_eq!(*plane.offsets.last().unwrap() as usize, plane.vertices.len() / 2);
    // The clouds of even and odd sites are apart: an edge between them is singular.
    assert!(
        plane
            .left
            .iter()
            .zip(&plane.right)
            .zip(&plane.singular)
            .all(|((i, j), s)| i % 2 == j % 2 || *s == 1)
    );
    assert_eq!(latents.plane(&points[..2 * D], None).unwrap_err().code, "latent-point");
    let line: Vec<f32> = [0.2, 0.3, 0.4].iter().flat_map(|x| [*x; D]).collect();
    assert_eq!(latents.plane(&line, None).unwrap_err().code, "latent-plane");
    assert_eq!(latents.point_in(N as u32).unwrap_err().code, "latent-site");
}

#[test]
fn other_heights_and_back() {
    let mut latents = open();
    let before = latents.sample(5, 0, 10, Map::Transport, None);
    latents.set_heights(Some(&[0.0; N])).unwrap();
    assert_ne!(latents.sample(5, 0, 10, Map::Transport, None).cells, before.cells);
    assert_eq!(latents.set_heights(Some(&[0.0; 3])).unwrap_err().code, "latent-heights");
    latents.set_heights(None).unwrap();
    assert_eq!(latents.sample(5, 0, 10, Map::Transport, None), before);
    let request = crate::monte_carlo::Request::from_json(&latents.request("adam", 0.05, 3, "cpu"));
    let request = request.unwrap();
    assert_eq!((request.dimension, request.domain.as_str()), (D, "cube"));
    assert_eq!(request.start, Some(vec![0.0; N]));
}

#[test]
fn a_live_solve_from_no_heights() {
    let mut latents = open();
    let request = latents.request("hierarchical", 0.05, 3, "cpu");
    let request = crate::monte_carlo::Request::from_json(&request).unwrap();
    let mut nobody = ();
    let (sites, masses) = (latents.sites(), latents.masses());
    let work = crate::monte_carlo::solve(&request, sites, masses, || 0.0, 1, &mut nobody);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(solved) = std::pin::pin!(work).poll(&mut context) else {
        panic!("a processor is ready at once")
    };
    let solved = solved.unwrap();
    assert_eq!(solved.report.stopped, "tolerance", "{:?}", solved.report);
    latents.set_heights(Some(&solved.heights)).unwrap();
    // Each code has about its share of the points now.
    let cells = latents.sample(2, 0, 6_000, Map::Transport, Some(0.0)).cells;
    let mut counts = [0.0f64; N];
    cells.iter().for_each(|i| counts[*i as usize] += 1.0);
    let square = counts.iter().map(|c| (c / 50.0 - 1.0).powi(2)).sum::<f64>() / N as f64;
    assert!(square.sqrt() < 0.2, "{square}");
}

#[test]
fn classes_that_were_lost_are_told() {
    let latents = open();
    assert_eq!(latents.class_shares(), [0.5, 0.5]);
    let fair = latents.tally(&[50, 50]).unwrap();
    assert_eq!((fair.captured, fair.kl), (2, 0.0));
    assert!(fair.low <= fair.perfect && fair.perfect < fair.high);
    let lost = latents.tally(&[100, 0]).unwrap();
    assert_eq!(lost.captured, 1);
    assert!((lost.kl - 2.0_f64.ln()).abs() < 1e-12 && lost.kl > lost.high);
    for wrong in [&[1][..], &[0, 0]] {
        assert_eq!(latents.tally(wrong).unwrap_err().code, "latent-classes");
    }
}

#[test]
fn calibrating_for_the_shipped_heights_finds_what_was_shipped() {
    let mut latents = open();
    let shipped = latents.about().clone();
    let choice = Choice { points: 300, ..Choice::default() };
    latents.calibrate(7, &choice);
    assert_eq!(*latents.about(), shipped);
    latents.calibrate(7, &Choice { quantile: 0.25, ..choice });
    assert!(latents.about().shipped.jump < shipped.shipped.jump);
    // Of other heights the same quantile is another jump; the file's comes back with its heights.
    latents.set_heights(Some(&vec![0.0; shipped.count])).unwrap();
    latents.calibrate(7, &choice);
    assert_ne!(latents.about().jumps, shipped.jumps);
    latents.set_heights(None).unwrap();
    assert_eq!(*latents.about(), shipped);
}
