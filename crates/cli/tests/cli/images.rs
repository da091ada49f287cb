//! `brenier train digits`, on a few pictures that are made here.

use crate::brenier;
use std::fs;
use std::path::{Path, PathBuf};

/// 48 squares as an idx file, in an empty folder for the run.
fn pictures(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder); // there may be none
    fs::create_dir_all(&folder).unwrap();
    let mut bytes = vec![0, 0, 8, 3, 0, 0, 0, 48, 0, 0, 0, 28, 0, 0, 0, 28];
    for k in 0..48 {
        let inside = |x: usize| (4 + k % 12..16 + k % 12).contains(&x);
        bytes.extend((0..784).map(|p| if inside(p % 28) && inside(p / 28) { 255 } else { 0 }));
    }
    fs::write(folder.join("squares"), bytes).unwrap();
    folder
}

#[test]
fn a_run_is_kept_and_goes_on() {
    let folder = pictures("digits-run");
    let at = folder.display();
    let command = format!("train digits --data {at}/squares --out {at}/run --latent 4 --epochs 1");
    let ran = brenier(&command, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("after 1 epochs of encoder and decoder"), "{}", ran.out);
    let kept = |name: &str| fs::read(folder.join("run").join(name)).unwrap();
    assert!(kept("decoder.bdec").starts_with(b"brendec\n"));
    for sheet in ["sheet-joint-001.png", "sheet-decoder-001.png"] {
        assert!(kept(sheet).starts_with(b"\x89PNG"));
    }
    let header = String::from_utf8_lossy(&kept("decoder.bdec")[..600]).into_owned();
    assert!(header.contains("MNIST") && !header.contains("squares"), "{header}");
    // It has ended: nothing is done again.
    let (state, again) = (kept("state.bin"), brenier(&command, ""));
    assert_eq!((again.code, again.out, kept("state.bin")), (0, ran.out, state));
    let other = brenier(&format!("{command} --seed 1"), "");
    assert_eq!(other.code, 2);
    assert!(other.err.contains("another seed"), "{}", other.err);
    // And its transport, in the three files that the page loads.
    let command = format!(
        "latents digits --run {at}/run --data {at}/squares --count 20 --tolerance 0.2 --out {at}/page"
    );
    let ran = brenier(&command, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("20 codes"), "{}", ran.out);
    let page = |name: &str| fs::read(folder.join("page").join(name)).unwrap();
    assert!(page("digits.bdec").starts_with(b"brendec\n"));
    assert!(page("digits.blat").starts_with(b"brenlat\n"));
    assert!(page("digits-strip.png").starts_with(b"\x89PNG"));
    let command = format!(
        "measure digits --run {at}/run --data {at}/squares --held {at}/squares --latents {at}/page/digits.blat"
    );
    let ran = brenier(&command, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("principal components") && ran.out.contains("AE-OT"), "{}", ran.out);
}

#[test]
fn what_cannot_be_trained_is_refused_in_one_line() {
    let folder = pictures("digits-refused");
    let at = folder.display();
    for (command, says) in [
        ("train pictures".to_owned(), "train what?"),
        ("train digits --out run".to_owned(), "--data FILE"),
        (format!("train digits --data {at}/squares"), "--out FOLDER"),
        (format!("train digits --data {at}/none --out {at}/run"), "none: "),
        (format!("train faces --data {at}/squares --out {at}/run"), "archive"),
        (format!("train digits --data {at}/squares --out {at}/run --latent 1000"), "latent"),
        (format!("train digits --data {at}/squares --out {at}/run --extra x"), "--extra"),
    ] {
        let ran = brenier(&command, "");
        assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{command}: {}", ran.err);
        assert!(ran.err.contains(says), "{command}: {}", ran.err);
    }
}
