//! Runs on a few pictures that a tiny network can learn.

use super::random::{Purpose, order, random};
use crate::images::Pictures;
use crate::training::{Plan, Settings, Stage, Trainer, train_labeller};
use crate::{About, Backend, Labeller, Labels, Picturer, Record, Shape};

/// 8 × 8, grey: grids of 2, 4 and 8.
fn shape() -> Shape {
    Shape { side: 8, channels: 1, latent: 4, widths: vec![8, 6] }
}

fn settings() -> Settings {
    Settings {
        batch: 8,
        rate: 4e-3,
        mirror: true,
        epochs: 3,
        decoder_epochs: 2,
        edges: 0.0,
        seed: 7,
    }
}

/// 32 pictures, each a bright rectangle on black.
fn pictures() -> Pictures {
    let mut bytes = vec![0, 0, 8, 3, 0, 0, 0, 32, 0, 0, 0, 8, 0, 0, 0, 8];
    for k in 0..32 {
        let (left, top) = (k % 5, k / 8);
        for place in 0..64 {
            let (x, y) = (place % 8, place / 8);
            let inside = (left..left + 4).contains(&x) && (top..top + 3).contains(&y);
            bytes.push(if inside { 230 } else { 0 });
        }
    }
    let mut pictures = Pictures::new(&shape());
    pictures.add_idx("rectangles", &bytes).unwrap();
    pictures
}

fn trained(steps: usize) -> Trainer {
    let mut run = Trainer::new(&shape(), settings()).unwrap();
    for _ in 0..steps {
        run.step(&pictures()).unwrap();
    }
    run
}

#[test]
fn codes_and_pictures_have_their_shapes() {
    let run = trained(0);
    let mut two = Vec::new();
    pictures().put(0, false, &mut two);
    pictures().put(1, false, &mut two);
    let codes = run.encode(&two);
    assert_eq!(codes.len(), 2 * 4);
    let decoded = run.picturer().unwrap().decode(&codes).unwrap();
    assert_eq!(decoded, run.reconstruct(&two));
    assert_eq!(decoded.len(), 2 * 64);
    assert!(decoded.iter().all(|x| (0.0..=1.0).contains(x)));
    // What is made of a code does not depend on its company.
    let alone = run.picturer().unwrap().decode(&codes[4..]).unwrap();
    assert!(alone.iter().zip(&decoded[64..]).all(|(a, b)| (a - b).abs() < 1e-5));
}

#[test]
fn edges_count_for_more_where_they_are_asked_to() {
    let pictures = pictures();
    let after = |edges| {
        let mut run = Trainer::new(&shape(), Settings { edges, ..settings() }).unwrap();
        for _ in 0..60 {
            run.step(&pictures).unwrap();
        }
        let mut real = Vec::new();
        (0..pictures.len()).for_each(|k| pictures.put(k, false, &mut real));
        let error: Vec<f32> =
            run.reconstruct(&real).iter().zip(&real).map(|(a, b)| a - b).collect();
        let across =
            error.chunks(8).flat_map(|row| row.windows(2).map(|two| (two[1] - two[0]).powi(2)));
        (across.sum::<f32>(), run.progress().sum)
    };
    let (plain, edged) = (after(0.0), after(4.0));
    assert!(edged.0 < plain.0, "{edged:?} {plain:?}");
    // What is told is the error all the same: with the term it would be several times as much.
    assert!(edged.1 < 2.0 * plain.1, "{edged:?} {plain:?}");
}

#[test]
fn shipped_shapes_are_small_enough() {
    for (shape, most) in [(Shape::faces(128), 3_000_000), (Shape::digits(32), 300_000)] {
        let run = Trainer::new(&shape, settings()).unwrap();
        let bytes = run.picturer().unwrap().write(&about()).unwrap();
        let header = bytes.len() - 2 * shape.decoder_weights();
        assert!(bytes.len() <= most && header < 1000, "{} bytes", bytes.len());
    }
}

#[test]
fn the_error_goes_down_in_either_step() {
    let pictures = pictures();
    let long = Settings { epochs: 50, decoder_epochs: 25, ..settings() };
    let mut run = Trainer::new(&shape(), long).unwrap();
    let epoch = |run: &mut Trainer| {
        (0..run.batches(&pictures)).for_each(|_| assert!(run.step(&pictures).is_ok()));
        run.end_epoch(run.error(&pictures))
    };
    let start = run.error(&pictures);
    while epoch(&mut run) == Stage::Joint {}
    let joint = run.error(&pictures);
    assert!(joint < 0.4 * start, "{joint} from {start}");
    let mut some = Vec::new();
    pictures.put(3, false, &mut some);
    let code = run.encode(&some);
    while epoch(&mut run) == Stage::Decoder {}
    let decoder = run.error(&pictures);
    assert!(decoder < joint, "{decoder} from {joint}");
    assert_eq!(run.encode(&some), code, "the encoder is frozen");
}

#[test]
fn a_run_that_was_saved_goes_on_as_if_it_had_not_been() {
    let (pictures, mut run) = (pictures(), trained(3));
    let mut again = Trainer::resume(&run.save().unwrap()).unwrap();
    assert_eq!(again.progress(), run.progress());
    for _ in 0..2 {
        run.step(&pictures).unwrap();
        again.step(&pictures).unwrap();
    }
    assert_eq!(run.save().unwrap(), again.save().unwrap());
    assert_eq!(trained(5).save().unwrap(), run.save().unwrap(), "the seed decides");
    let other = Settings { seed: 8, ..settings() };
    let mut other = Trainer::new(&shape(), other).unwrap();
    (0..5).for_each(|_| assert!(other.step(&pictures).is_ok()));
    assert_ne!(other.save().unwrap(), run.save().unwrap());
}

#[test]
fn damaged_runs_are_refused() {
    let bytes = trained(1).save().unwrap();
    let code = |bytes: &[u8]| Trainer::resume(bytes).unwrap_err().code();
    assert_eq!(code(b"something else"), "decoder-foreign");
    assert_eq!(code(&bytes[..bytes.len() - 4]), "decoder-damaged");
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    assert_eq!(code(&changed), "decoder-damaged");
}

#[test]
fn steps_end_when_the_error_stops_falling() {
    let long = Settings { epochs: 100, decoder_epochs: 100, ..settings() };
    let mut run = Trainer::new(&shape(), long).unwrap();
    for k in 0..10 {
        assert_eq!(run.end_epoch(0.9_f64.powi(k)), Stage::Joint);
    }
    // One epoch that is no better is forgiven, two are not.
    assert_eq!(run.end_epoch(1.0), Stage::Joint);
    assert_eq!(run.end_epoch(0.1), Stage::Joint);
    assert_eq!(run.end_epoch(1.0), Stage::Joint);
    assert_eq!(run.end_epoch(1.0), Stage::Decoder);
    assert_eq!(run.end_epoch(0.1), Stage::Decoder);
    while run.end_epoch(f64::NAN) != Stage::Done {}
    assert_eq!((run.progress().joint.len(), run.progress().decoder.len()), (14, 3));
    // And when there have been epochs enough.
    let mut run = Trainer::new(&shape(), settings()).unwrap();
    (0..2).for_each(|k| assert_eq!(run.end_epoch(1.0 / f64::from(1 << k)), Stage::Joint));
    assert_eq!(run.end_epoch(0.1), Stage::Decoder);
}

#[test]
fn a_run_may_be_made_longer_or_shorter() {
    let mut run = Trainer::new(&shape(), settings()).unwrap();
    assert_eq!(run.end_epoch(1.0), Stage::Joint);
    let other = Settings { epochs: 2, decoder_epochs: 1, batch: 4, ..settings() };
    run.step(&pictures()).unwrap();
    run.replan(&other).unwrap();
    let saved = Trainer::resume(&run.save().unwrap()).unwrap();
    let plan = Plan { ended: 1, epochs: 3, decoder_epochs: 2, batch: 8, rate: settings().rate };
    assert_eq!(saved.progress().given_up, [plan]);
    assert_eq!(saved.progress().batches, 2, "as far into the epoch as before");
    assert_eq!(run.end_epoch(0.5), Stage::Decoder);
    run.replan(&other).unwrap();
    assert_eq!(run.progress().given_up.len(), 1, "the same plan is no other one");
    assert_eq!(run.end_epoch(0.4), Stage::Done);
    let longer = Settings { epochs: 9, rate: 0.25 * other.rate, ..other.clone() };
    let mut again = run.clone();
    again.replan(&longer).unwrap();
    assert_eq!((again.progress().stage, again.progress().decoder.len()), (Stage::Joint, 0));
    assert_eq!(again.settings().rate, longer.rate);
    // The rate rises again and the error with it: that ends nothing, before it has fallen and rises.
    for error in [0.8, 0.7, 0.6, 0.7] {
        assert_eq!(again.end_epoch(error), Stage::Joint);
    }
    assert_eq!(again.end_epoch(0.7), Stage::Decoder);
    // Ended before its plan was through, it goes on by a shorter one that is still longer than it was.
    let shorter = Settings { epochs: 8, ..longer };
    again.replan(&shorter).unwrap();
    assert_eq!(again.progress().stage, Stage::Joint);
    assert_eq!(again.end_epoch(0.7), Stage::Decoder);
    for wrong in [Settings { seed: 8, ..other.clone() }, Settings { epochs: 0, ..other.clone() }] {
        assert_eq!(run.replan(&wrong).unwrap_err().code(), "decoder-settings");
        assert_eq!(*run.settings(), other);
    }
}

#[test]
fn settings_are_checked() {
    for wrong in [
        Settings { batch: 0, ..settings() },
        Settings { rate: f64::NAN, ..settings() },
        Settings { epochs: 0, ..settings() },
        Settings { decoder_epochs: 0, ..settings() },
        Settings { edges: -1.0, ..settings() },
        Settings { edges: f64::NAN, ..settings() },
    ] {
        assert_eq!(Trainer::new(&shape(), wrong).unwrap_err().code(), "decoder-settings");
    }
    let none = Pictures::new(&shape());
    assert_eq!(trained(0).step(&none).unwrap_err().code(), "decoder-settings");
}

#[test]
fn every_picture_comes_once_an_epoch() {
    let mut all = order(&mut random(1, Purpose::Order, 0), 100);
    assert_ne!(all, order(&mut random(1, Purpose::Order, 1), 100));
    all.sort_unstable();
    assert!(all.into_iter().eq(0..100));
}

fn about() -> About {
    About {
        name: "rectangles".into(),
        shape: shape(),
        licence: "none needed".into(),
        record: Record { joint_error: 0.1 + 0.2, images: 32, ..Record::default() },
        labels: None,
    }
}

#[test]
fn a_file_reads_back_in_half_precision() {
    let run = trained(20);
    let codes = [0.5, -1.0, 0.25, 2.0, 0.0, 0.0, 0.0, 0.0];
    let picturer = run.picturer().unwrap();
    let bytes = picturer.write(&about()).unwrap();
    let (read, told) = Picturer::read(&bytes, Backend::DEFAULT).unwrap();
    assert_eq!(told, about());
    let (a, b) = (picturer.decode(&codes).unwrap(), read.decode(&codes).unwrap());
    assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 5e-3));
    assert_eq!(read.write(&told).unwrap(), bytes);
    assert_eq!(read.decode(&[]), Ok(vec![]));
    assert_eq!(read.decode(&codes[..3]).unwrap_err().code(), "decoder-codes");
    assert_eq!(read.decode(&[f32::NAN; 4]).unwrap_err().code(), "decoder-codes");
}

#[test]
fn damaged_and_foreign_files_are_told_apart() {
    let bytes = trained(0).picturer().unwrap().write(&about()).unwrap();
    let code = |bytes: &[u8]| Picturer::read(bytes, Backend::DEFAULT).unwrap_err().code();
    assert_eq!(code(b"<!doctype html>"), "decoder-foreign");
    assert_eq!(code(&bytes[..8]), "decoder-damaged");
    assert_eq!(code(&bytes[..bytes.len() - 2]), "decoder-damaged");
    for place in (12..bytes.len()).step_by(101) {
        let mut changed = bytes.clone();
        changed[place] ^= 4;
        assert_eq!(code(&changed), "decoder-damaged", "byte {place}");
    }
    let mut newer = bytes.clone();
    newer[8] += 1;
    assert_eq!(code(&newer), "decoder-version");
    // Whole, but of another shape than it says.
    let small = Shape { latent: 3, ..shape() };
    let lies = crate::file::write(&About { shape: small, ..about() }, &[0.0; 10]).unwrap();
    assert_eq!(code(&lies), "decoder-damaged");
    let too_large = crate::file::write(&about(), &[1e6]);
    assert_eq!(too_large.unwrap_err().code(), "decoder-not-finite");
}

/// The left edge's place is the class.
#[test]
fn a_labeller_learns_and_stands_behind_the_decoder() {
    let pictures = pictures();
    let labels: Vec<u8> = (0..32).map(|k| k % 5).collect();
    let all: Vec<f32> = (0..32).fold(vec![], |mut all, k| {
        pictures.put(k, false, &mut all);
        all
    });
    let mut losses = vec![];
    let train = |classes, labels: &[u8], losses: &mut Vec<f64>| {
        let told = |_, loss| losses.push(loss);
        train_labeller(&shape(), (&pictures, labels), classes, 60, 3, told)
    };
    let labeller = train(5, &labels, &mut losses).unwrap();
    assert!(losses.len() == 60 && losses[59] < 0.3 * losses[0], "{losses:?}");
    let right =
        |l: &Labeller| l.label(&all).unwrap().iter().zip(&labels).filter(|(a, b)| a == b).count();
    assert!(right(&labeller) >= 30);
    let labels_of = |classes: &[&str]| Labels {
        classes: classes.iter().map(|c| (*c).into()).collect(),
        error: 0.0,
    };
    let about = About { labels: Some(labels_of(&["a", "b", "c", "d", "e"])), ..about() };
    let picturer = trained(1).picturer().unwrap();
    let bytes = picturer.write_labelled(&about, &labeller).unwrap();
    let read = Labeller::read(&bytes, Backend::DEFAULT).unwrap().unwrap();
    assert!(right(&read) >= 30);
    assert_eq!(Picturer::read(&bytes, Backend::DEFAULT).unwrap().1, about);
    // Without it there is none, and one of other classes does not fit.
    let plain = picturer.write(&about).unwrap();
    assert!(Labeller::read(&plain, Backend::DEFAULT).unwrap().is_none());
    let few = About { labels: Some(labels_of(&["a", "b"])), ..about.clone() };
    assert_eq!(picturer.write_labelled(&few, &labeller).unwrap_err().code(), "decoder-damaged");
    assert_eq!(labeller.label(&all[1..]).unwrap_err().code(), "decoder-image");
    assert_eq!(train(4, &labels, &mut losses).unwrap_err().code(), "decoder-settings");
    assert_eq!(train(5, &labels[1..], &mut losses).unwrap_err().code(), "decoder-settings");
}

/// Both backends on the same weights.
#[cfg(all(feature = "flex", feature = "ndarray"))]
#[test]
fn backends_agree() {
    let bytes = trained(20).picturer().unwrap().write(&about()).unwrap();
    let codes = [0.5, -1.0, 0.25, 2.0];
    let decode = |backend| Picturer::read(&bytes, backend).unwrap().0.decode(&codes).unwrap();
    let (a, b) = (decode(Backend::Flex), decode(Backend::Ndarray));
    assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-5));
}

/// A run that goes on with a GPU, which a processor may play here, does as it would have done.
#[cfg(feature = "gpu")]
#[test]
fn a_run_moves_between_backends() {
    let (pictures, before) = (pictures(), trained(20));
    let after = |backend| {
        let mut run = before.clone().on(backend).unwrap();
        for _ in 0..5 {
            run.step(&pictures).unwrap();
        }
        (run.backend(), run.error(&pictures), run.on(Backend::Flex).unwrap().save().unwrap())
    };
    let (flex, gpu) = (after(Backend::Flex), after(Backend::Gpu));
    assert_eq!((flex.0, gpu.0), (Backend::Flex, Backend::Gpu));
    assert!((flex.1 / gpu.1 - 1.0).abs() < 1e-3, "{} and {}", flex.1, gpu.1);
    assert!(flex.1 < before.error(&pictures) && Trainer::resume(&gpu.2).is_ok());
}
