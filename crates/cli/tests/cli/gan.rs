//! `brenier gan`.

use crate::{brenier, numbers};
use serde_json::Value;

#[test]
fn curves_have_their_marks_and_are_the_same_again() {
    let line =
        "gan --modes clusters --packing 2 --seed 5 --steps 25 --every 10 --samples 300 --json";
    let ran = brenier(line, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let run = ran.json();
    assert_eq!((run["name"].as_str(), run["modes"].as_str()), (Some("PacGAN2"), Some("clusters")));
    assert_eq!(run["request"]["loss"], "nonSaturating");
    let marks = run["marks"].as_array().unwrap();
    let of = |key: &str| Value::Array(marks.iter().map(|mark| mark[key].clone()).collect());
    assert_eq!(numbers(&of("steps")), [0.0, 10.0, 20.0, 25.0]);
    assert!(numbers(&of("modes")).iter().all(|n| (0.0..=2.0).contains(n)));
    assert!(numbers(&of("highQuality")).iter().all(|share| (0.0..=1.0).contains(share)));
    assert!(numbers(&of("reverseKl")).iter().all(|kl| (0.0..0.694).contains(kl)));
    assert!(marks[0]["losses"]["generator"].is_null());
    assert_eq!(marks[3]["losses"]["penalty"], 0.0);
    let prints: Vec<&str> = marks.iter().filter_map(|m| m["fingerprint"].as_str()).collect();
    assert!(prints.iter().all(|print| print.len() == 16));
    // How often it was looked at changes nothing, the seed everything.
    let last = |line: &str| brenier(line, "").json()["marks"].as_array().unwrap().last().cloned();
    let rare = line.replace("--every 10", "--every 25");
    assert_eq!(last(&rare).as_ref(), marks.last());
    let other = last(&line.replace("--seed 5", "--seed 6")).unwrap();
    assert_ne!(other["fingerprint"], marks[3]["fingerprint"]);
}

#[test]
fn people_get_a_table() {
    let ran = brenier("gan --modes ring --steps 3 --every 2 --samples 50 --loss wasserstein", "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 5, "{}", ran.out);
    assert!(lines[0].starts_with("WGAN-GP on ring, seed 0") && lines[2].contains(" - "));
    assert!(lines[4].trim_start().starts_with("3 "));
}
