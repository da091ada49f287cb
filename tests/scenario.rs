//! The application as a person uses it: a scenario in, a frame out, edits, links, errors.

#![allow(clippy::unwrap_used)] // in the helpers, which only tests call

use lab::app::{AeOtRequest, INTERACTIVE};
use lab::experiment::{Marks, Run, Scorer, generate};
use lab::scenario::{Preset, Scenario};
use lab::{Frame, Lab, link, presets};
use std::ops::ControlFlow;

/// A clock that stands still: frames are then equal bit for bit, timings included.
fn still() -> f64 {
    0.0
}

fn lab() -> Lab {
    let mut lab = Lab::new(still).unwrap();
    lab.open("").unwrap();
    lab
}

/// A frame without what counts calls or depends on the history.
fn bare(mut frame: Frame) -> Frame {
    frame.meta.serial = 0;
    frame.meta.can_undo = false;
    frame.meta.can_redo = false;
    frame.meta.notes.clear();
    frame
}

fn opened(scenario: &Scenario) -> Frame {
    bare(Lab::new(still).unwrap().open_scenario(scenario.clone()).unwrap())
}

#[track_caller]
fn check(frame: &Frame) {
    let n = frame.meta.count;
    let report = frame.meta.report.as_ref().unwrap();
    assert_eq!(report.stopped, "tolerance");
    assert!(report.w2_dual <= report.w2_upper);
    assert_eq!(frame.sites.len(), 2 * n);
    assert_eq!(frame.cell_offsets.len(), n + 1);
    assert_eq!(frame.cell_vertices.len(), 2 * frame.cell_offsets[n] as usize);
    assert_eq!(frame.colours.len(), n);
    let facets = frame.facet_values.len();
    assert_eq!((frame.facets.len(), frame.facet_ends.len()), (2 * facets, 4 * facets));
    assert_eq!(frame.facet_singular.len(), facets);
    assert_eq!(frame.triangles.len(), 3 * frame.triangle_broken.len());
    for (w, nu) in frame.cell_masses.iter().zip(&frame.masses) {
        assert!((w - nu).abs() <= 1e-9 * nu, "a cell of mass {w} for {nu}");
    }
    assert!((frame.masses.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(frame.centroids.iter().all(|c| c.is_finite()));
}

#[test]
fn every_preset_is_solved_and_the_same_again() {
    for (preset, name) in Preset::ALL {
        if preset == Preset::Own {
            continue;
        }
        let mut scenario = Scenario::of(preset);
        scenario.view.samples = true;
        scenario.view.extended = true;
        let frame = opened(&scenario);
        check(&frame);
        assert_eq!(frame, opened(&scenario), "{name}");
        assert_eq!(frame, opened(&Scenario::from_json(&scenario.to_json()).unwrap()), "{name}");
        let mut by_link = Lab::new(still).unwrap();
        let hash = link::write(&scenario).unwrap().hash;
        assert_eq!(frame, bare(by_link.open(&hash).unwrap()), "{name}");
    }
}

#[test]
fn neighbours_mostly_differ_in_colour() {
    for preset in [Preset::Grid, Preset::Random, Preset::Letters] {
        let frame = opened(&Scenario::of(preset));
        let same = |f: &[u32]| frame.colours[f[0] as usize] == frame.colours[f[1] as usize];
        let equal = frame.facets.chunks(2).filter(|f| same(f)).count();
        assert!(equal * 50 < frame.facet_values.len(), "{equal} of {}", frame.facet_values.len());
    }
}

#[test]
fn ae_ot_without_its_row_is_the_experiment_and_follows_its_modes() {
    let mut lab = lab();
    let whole = lab.experiment().unwrap();
    let bare = lab.ae_ot(&AeOtRequest::default()).unwrap();
    assert_eq!((&bare.real, &bare.generated), (&whole.real, &whole.generated));
    let row = &whole.rows[0];
    let scores = [row.modes.value, row.high_quality.value, row.reverse_kl.value];
    let Marks { modes, high_quality, reverse_kl } = bare.marks;
    assert_eq!([modes as f64, high_quality, reverse_kl], scores);
    let one = [1.0, -2.0, 0.1, 3.0];
    let small = Some(50);
    let request = AeOtRequest {
        modes: Some(&one),
        real: small,
        generated: small,
        seed: Some(4),
        grid: Some((3, 5)),
    };
    let near = lab.ae_ot(&request).unwrap();
    assert_eq!((near.generated.len(), near.marks.modes), (100, 1));
    assert!(!near.grid.is_empty() && bare.grid.is_empty());
    assert!(near.generated.chunks(2).all(|p| (p[0] - 1.0).hypot(p[1] + 2.0) < 1.0));
    assert_eq!(
        lab.ae_ot(&AeOtRequest { real: Some(0), ..request }).unwrap_err().code,
        "experiment"
    );
    assert_eq!(lab.ae_ot(&AeOtRequest { modes: Some(&[]), ..request }).unwrap_err().code, "modes");
    // Looking at another scene of the plane is no step of the history, and undo stays in it.
    lab.set("{\"seed\":3}").unwrap();
    lab.set("{\"scene\":\"coverage\",\"gans\":{\"goal\":500}}").unwrap();
    let undone = lab.undo().unwrap();
    assert!(!undone.meta.can_undo);
    let now = lab.scenario();
    assert_eq!((now.scene.as_str(), now.gans.goal, now.seed), ("coverage", 500, 0));
}

#[test]
fn planes_moved_by_hand_follow_their_sites() {
    let mut lab = Lab::new(still).unwrap();
    let hash =
        "preset=random&scene=potential&count=20&part=heights&site=9&hand=3:0.5,12:-0.25,40:1";
    lab.open(hash).unwrap();
    // There is no plane 40.
    assert_eq!(lab.scenario().potential.hand, [(3, 0.5), (12, -0.25)]);
    let solved = bare(lab.frame());
    let turned = lab.set("{\"potential\":{\"yaw\":120,\"step\":2}}").unwrap();
    assert_eq!((bare(turned).heights, lab.scenario().potential.yaw), (solved.heights, 120));
    lab.remove(5).unwrap();
    let planes = |lab: &Lab| (lab.scenario().potential.site, lab.scenario().potential.hand);
    assert_eq!(planes(&lab), (Some(8), vec![(3, 0.5), (11, -0.25)]));
    lab.remove(8).unwrap();
    assert_eq!(planes(&lab), (None, vec![(3, 0.5), (10, -0.25)]));
    lab.move_site(3, 0.4, 0.4, true).unwrap();
    assert_eq!(lab.scenario().potential.hand.len(), 2);
    lab.undo().unwrap();
    assert_eq!(lab.scenario().potential.hand.len(), 2);
    // With a site back the numbers would mean other planes.
    lab.undo().unwrap();
    assert_eq!(planes(&lab), (None, vec![]));
    lab.set("{\"potential\":{\"hand\":[[1,0.5]]}}").unwrap();
    lab.set("{\"seed\":2}").unwrap();
    assert!(planes(&lab).1.is_empty() && lab.scenario().potential.yaw == 120);
    lab.set("{\"potential\":{\"hand\":[[1,0.5]]}}").unwrap();
    lab.import("0,0\n1,0\n0,1", "").unwrap();
    let now = lab.scenario();
    assert!(now.potential.hand.is_empty() && now.potential.yaw == 120 && now.scene == "potential");
}

#[test]
fn a_drag_keeps_colours_and_bounds_and_is_one_step() {
    let mut lab = lab();
    let start = bare(lab.frame());
    for k in 1..20 {
        let frame = lab.move_site(7, 0.1 * f64::from(k), 0.3, k == 19).unwrap();
        check(&frame);
        assert_eq!(frame.colours, start.colours);
        assert_eq!(frame.meta.bounds, start.meta.bounds);
        assert_eq!(lab.in_gesture(), k < 19);
    }
    let moved = bare(lab.frame());
    assert!((moved.sites[14] - 1.9).abs() < 1e-5 && (moved.sites[15] - 0.3).abs() < 1e-5);
    let undone = lab.undo().unwrap();
    assert!(!undone.meta.can_undo && undone.meta.can_redo);
    assert_eq!(bare(undone), start);
    assert_eq!(bare(lab.redo().unwrap()), moved);
    // Where the drag went on its way leaves no trace but in the colours, which stay.
    let reopened = opened(&lab.scenario());
    assert_eq!(Frame { colours: vec![], ..reopened }, Frame { colours: vec![], ..moved });
}

#[test]
fn a_link_restores_edits_bit_for_bit() {
    let mut lab = lab();
    lab.move_site(3, 0.123_456_789, -1.0, true).unwrap();
    lab.remove(10).unwrap();
    lab.add(2.2, 2.2, Some(3.0)).unwrap();
    lab.set_mass(4, 1.2345, true).unwrap();
    let last = lab.brush(&[[-1.0, -1.0], [1.0, 0.5], [1.0, 2.0]]).unwrap();
    check(&last);
    assert!(last.meta.count > 520);
    let link = lab.link().unwrap();
    assert!(link.carried && link.step.is_none());
    let mut other = Lab::new(still).unwrap();
    let restored = bare(other.open(&link.hash).unwrap());
    assert_eq!(other.scenario(), lab.scenario());
    assert_eq!(Frame { colours: vec![], ..restored }, Frame { colours: vec![], ..bare(last) });
}

#[test]
fn errors_lose_nothing() {
    let mut lab = lab();
    lab.move_site(3, 1.0, 1.0, true).unwrap();
    let before = bare(lab.frame());
    let can_undo = lab.frame().meta.can_undo;
    let errors = [
        lab.open("preset=moon").unwrap_err(),
        lab.open("edits=AAAA").unwrap_err(),
        lab.set("{\"count\":-1}").unwrap_err(),
        lab.set("{\"domain\":\"disk:0,0,0\"}").unwrap_err(),
        lab.set("{\"domain\":\"polygon:0,0;1,0;0.2,0.2;0,1\"}").unwrap_err(),
        lab.set("{\"preset\":\"letters\",\"text\":\"@\"}").unwrap_err(),
        lab.move_site(9999, 0.0, 0.0, true).unwrap_err(),
        lab.move_site(3, f64::NAN, 0.0, true).unwrap_err(),
        lab.set_mass(3, 0.0, true).unwrap_err(),
        lab.set_mass(3, f64::NAN, true).unwrap_err(),
        lab.import("1,2\n3,4,5", "a.csv").unwrap_err(),
        lab.import("1e200,0\n0,0", "a.csv").unwrap_err(),
        lab.score("x,y\n", "").unwrap_err(),
    ];
    for e in &errors {
        assert!(!e.code.is_empty() && e.message.len() > 15, "{e:?}");
    }
    let places: Vec<_> = errors.iter().map(|e| (e.index, e.line)).collect();
    assert_eq!(places[6].0, Some(9999));
    assert_eq!(places[10].1, Some(2));
    assert_eq!(places[11].0, Some(0));
    assert_eq!(bare(lab.frame()), before);
    assert_eq!(lab.frame().meta.can_undo, can_undo);
}

#[test]
fn places_beyond_the_figure_are_clamped() {
    let mut lab = lab();
    let bounds = lab.frame().meta.bounds;
    for (x, y) in [(f64::INFINITY, 0.0), (-1e300, f64::NEG_INFINITY), (3.0, 77.0)] {
        let frame = lab.move_site(0, x, y, true).unwrap();
        check(&frame);
        let at = [frame.sites[0], frame.sites[1]];
        assert!(
            at[0] >= bounds[0] && at[0] <= bounds[2] && at[1] >= bounds[1] && at[1] <= bounds[3]
        );
    }
}

#[test]
fn sites_may_meet_and_part_again() {
    let mut lab = lab();
    let start = lab.set("{\"preset\":\"random\",\"count\":30}").unwrap();
    let at = lab.move_site(5, 0.5, 0.5, true).unwrap();
    let frame = lab.move_site(9, 0.5, 0.5, false).unwrap();
    assert_eq!(frame.meta.report.as_ref().unwrap().merged, [(9, 5)]);
    assert!(frame.meta.notes[0].contains("same place"));
    assert_eq!((frame.masses[9], frame.colours.clone()), (0.0, start.colours.clone()));
    assert!((frame.masses[5] - 2.0 / 30.0).abs() < 1e-12);
    let parted = lab.move_site(9, 0.8, 0.5, true).unwrap();
    check(&parted);
    assert!(parted.meta.report.unwrap().merged.is_empty() && parted.meta.notes.is_empty());
    assert_eq!(at.colours, parted.colours);
    let all = lab.import("0,0\n0,0\n0,0", "").unwrap();
    assert_eq!(all.meta.report.unwrap().merged.len(), 2);
}

#[test]
fn views_do_not_solve_again_and_are_no_step() {
    let mut lab = lab();
    let before = lab.frame();
    let frame = lab.set("{\"view\":{\"kappa\":6,\"samples\":true,\"sampleCount\":50}}").unwrap();
    assert_eq!(frame.heights, before.heights);
    assert!(!frame.meta.can_undo);
    assert!(frame.meta.singular.count <= before.meta.singular.count);
    let samples = frame.samples.unwrap();
    assert_eq!((samples.at.len(), samples.mapped.len(), samples.cells.len()), (100, 100, 50));
    for (k, &i) in samples.cells.iter().enumerate() {
        let i = i as usize;
        assert_eq!(samples.mapped[2 * k..2 * k + 2], frame.sites[2 * i..2 * i + 2]);
    }
    lab.move_site(0, 1.0, 1.0, true).unwrap();
    lab.set("{\"view\":{\"dual\":true}}").unwrap();
    lab.undo().unwrap();
    assert!(lab.scenario().view.dual && lab.scenario().view.kappa == 6.0);
}

#[test]
fn a_slider_is_one_step_and_a_preset_can_be_taken_back() {
    let mut lab = lab();
    for count in [100, 120, 140] {
        lab.set(&format!("{{\"count\":{count}}}")).unwrap();
    }
    lab.set("{\"preset\":\"ring\"}").unwrap();
    assert_eq!(lab.undo().unwrap().meta.count, 140);
    let first = lab.undo().unwrap();
    assert_eq!((first.meta.count, first.meta.can_undo), (512, false));
}

#[test]
fn own_points_keep_their_order_and_get_a_domain_that_stays() {
    let mut lab = lab();
    let frame = lab.import("x,y,mass\n0,0,1\n10,0,2\n0,10,5", "mine.csv").unwrap();
    check(&frame);
    assert_eq!(frame.meta.domain_name, "rectangle:-1,-1,11,11");
    assert!(frame.meta.notes[0].contains("mine.csv"));
    assert_eq!(frame.meta.factor, 0.125);
    assert_eq!(frame.masses, [0.125, 0.25, 0.625]);
    let moved = lab.move_site(0, 5.0, 9.0, true).unwrap();
    assert_eq!(moved.domain, frame.domain);
    let mut empty = lab.set("{\"preset\":\"own\",\"points\":[]}").unwrap();
    assert_eq!((empty.meta.count, empty.meta.needs_solve), (0, false));
    assert!(empty.meta.report.is_none());
    empty = lab.add(0.5, 0.5, None).unwrap();
    check(&empty);
    assert_eq!(lab.remove(0).unwrap().meta.count, 0);
    assert!(lab.export_plan().is_err());
}

#[test]
fn a_gaussian_source_is_solved_sampled_and_linked() {
    let mut lab = lab();
    let uniform = lab.frame();
    let frame = lab
        .set("{\"source\":\"gaussian\",\"sourceSigma\":0.4,\"view\":{\"samples\":true}}")
        .unwrap();
    check(&frame);
    assert_eq!((frame.meta.source.mean, frame.meta.source.sigma), (Some([0.0, 0.0]), Some(2.0)));
    assert_ne!(frame.heights, uniform.heights);
    assert_eq!(frame.colours, uniform.colours);
    let at = frame.samples.as_ref().unwrap().at.clone();
    let variance = at.iter().map(|v| v * v).sum::<f64>() / at.len() as f64;
    assert!((variance - 3.7).abs() < 0.5, "of a normal variable cut at 2.5 σ: {variance}");
    let hash = lab.link().unwrap().hash;
    assert_eq!(hash, "source=gaussian&sourceSigma=0.4&samples=1");
    assert_eq!(
        bare(Lab::new(still).unwrap().open(&hash).unwrap()),
        Frame { colours: opened(&lab.scenario()).colours, ..bare(frame) }
    );
    assert_eq!(lab.experiment().unwrap().rows[0].modes.value, 25.0);
    assert!(lab.set("{\"sourceSigma\":0.02}").is_err());
}

#[test]
fn large_scenes_wait_until_asked() {
    let mut lab = lab();
    let count = INTERACTIVE + 1;
    let frame = lab.set(&format!("{{\"preset\":\"random\",\"count\":{count}}}")).unwrap();
    assert!(frame.meta.needs_solve && frame.meta.report.is_none());
    assert_eq!((frame.sites.len(), frame.facets.len()), (2 * count, 0));
    let solved = lab.solve().unwrap();
    assert!(!solved.meta.needs_solve);
    check(&solved);
}

#[test]
fn exports_say_what_the_frame_says() {
    let mut lab = lab();
    let frame = lab.set("{\"preset\":\"ring\",\"view\":{\"sampleCount\":7}}").unwrap();
    let plan: serde_json::Value = serde_json::from_str(&lab.export_plan().unwrap()).unwrap();
    for key in ["heights", "cellMasses", "centroids", "cells", "report", "sites", "masses"] {
        assert!(plan.get(key).is_some(), "{key}");
    }
    let heights: Vec<f64> =
        plan["heights"].as_array().unwrap().iter().map(|h| h.as_f64().unwrap()).collect();
    assert_eq!(heights, frame.heights);
    // The exported plan can be brought back as own points.
    assert_eq!(lab.import(&plan.to_string(), "plan.json").unwrap().sites, frame.sites);
    lab.undo().unwrap();
    let csv = lab.export_samples().unwrap();
    assert_eq!(csv.lines().count(), 8);
    assert!(csv.lines().skip(1).all(|l| l.split(',').count() == 5));
}

#[test]
fn the_experiment_is_the_scene_scored() {
    let mut lab = lab();
    let frame = lab.frame();
    let made = lab.experiment().unwrap();
    assert_eq!(made.real, frame.sites, "512 real samples of seed 0 are the scene's sites");
    assert_eq!(made.generated.len(), 5000);
    assert_eq!(made.modes.len(), 75);
    let row = &made.rows[0];
    assert_eq!((row.samples, row.modes.value), (2500, 25.0));
    assert_eq!(row.histogram.iter().sum::<u32>(), 2500);
    assert_eq!(lab.experiment().unwrap(), made);
    let few = lab.set("{\"experiment\":{\"real\":25}}").unwrap();
    assert_eq!(few.heights, frame.heights);
    assert!(lab.experiment().unwrap().rows[0].modes.value < 25.0, "25 samples miss modes");
    // A generator that knows three centres only.
    let (row, points) = lab.score("0,0\n2,2\n4,4", "mine").unwrap();
    assert_eq!((row.modes.value, row.samples, points.len()), (3.0, 3, 6));
    lab.set("{\"preset\":\"dumbbell\",\"count\":2000}").unwrap();
    assert_eq!(lab.experiment().unwrap_err().code, "experiment");
}

#[test]
fn ae_ot_on_the_grid_is_near_its_reference_over_ten_seeds() {
    let scenario = Scenario::default();
    let modes = presets::mixture(&scenario, &[]).unwrap();
    let domain = presets::auto_domain(&scenario).polygon(&lab::domain::DomainSpec::Square).unwrap();
    let case = coverage::ReferenceCase::Resampled { real: 512 };
    let mut scorer = Scorer::default();
    let mut sums = [0.0; 3];
    let mut reference = 0.0;
    for seed in 0..10 {
        let measure = transport::singular::Measure::Jump { kappa: 3.0 };
        let run = Run { real: 512, generated: 2500, seed, measure, tolerance: 1e-9, grid: None };
        let made = generate(&modes, &domain, &run, &mut |_| ControlFlow::Continue(())).unwrap();
        let row = scorer.row("AE-OT", &modes, &made.generated, None, case, seed).unwrap();
        println!("{seed}: {} {} {}", row.modes.value, row.high_quality.value, row.reverse_kl.value);
        for (sum, value) in
            sums.iter_mut().zip([row.modes.value, row.high_quality.value, row.reverse_kl.value])
        {
            *sum += value / 10.0;
        }
        reference += row.reverse_kl.reference.mean / 10.0;
    }
    let [captured, quality, kl] = sums;
    assert_eq!(captured, 25.0);
    assert!((quality - 0.989).abs() < 0.01, "high quality {quality}");
    assert!((kl - reference).abs() < 0.01, "reverse KL {kl}, reference {reference}");
}

/// What `tests/fixtures/frames.json` holds of a preset, here and in the browser case that reads it.
fn digest(frame: &Frame) -> Vec<f64> {
    let report = frame.meta.report.as_ref().unwrap();
    let n = frame.meta.count;
    let mean = |v: &[f64]| v.iter().map(|x| x.abs()).sum::<f64>() / v.len() as f64;
    vec![
        report.energy,
        report.w2_primal,
        report.w2_dual,
        frame.heights[0],
        frame.heights[n - 1],
        mean(&frame.heights),
        mean(&frame.centroids),
        frame.sites[0],
        mean(&frame.sites),
    ]
}

/// The same file is held against the wasm: native and wasm agree to 1e-12.
#[test]
fn frames_are_those_of_the_fixture() {
    let text = include_str!("fixtures/frames.json");
    let known: std::collections::BTreeMap<String, Vec<f64>> = serde_json::from_str(text).unwrap();
    for preset in [Preset::Grid, Preset::Ring, Preset::Letters, Preset::Spiral] {
        let mut scenario = Scenario::of(preset);
        // Quadratic convergence puts the answer at the limit of f64, whatever the path.
        scenario.tolerance = 1e-12;
        let now = digest(&opened(&scenario));
        println!("\"{}\": {now:?}", preset.name());
        assert_eq!(now.len(), known[preset.name()].len());
        for (a, b) in now.iter().zip(&known[preset.name()]) {
            assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{}: {a}, not {b}", preset.name());
        }
    }
}
