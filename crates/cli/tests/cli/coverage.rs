//! `brenier coverage` on samples whose scores are known, and on samples it makes.

use crate::{brenier, file, near};
use serde_json::Value;

/// One sample on each centre of the grid.
fn centres() -> String {
    let places = [-4, -2, 0, 2, 4];
    places.iter().flat_map(|y| places.iter().map(move |x| format!("{x},{y}\n"))).collect()
}

#[test]
fn one_sample_a_mode_is_perfect() {
    let ran = brenier("coverage --modes grid --samples - --json", &centres());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let c = ran.json();
    assert_eq!((&c["samples"], &c["modes"]["value"]), (&25.into(), &25.0.into()));
    assert_eq!(c["highQuality"]["value"], 1.0);
    near(&c["reverseKl"]["value"], 0.0, 1e-15);
    assert_eq!(c["histogram"], serde_json::json!(vec![1; 25]));
    for name in ["modes", "highQuality", "reverseKl"] {
        let (e, r) = (&c[name], &c[name]["reference"]);
        assert!(e["standardError"].as_f64().unwrap() >= 0.0);
        let [mean, low, high] = ["mean", "low", "high"].map(|k| r[k].as_f64().unwrap());
        assert!(low <= mean && mean <= high, "{name}: {r}");
    }
    // 25 independent samples leave (24/25)²⁵ = 36 % of the modes empty.
    near(&c["modes"]["reference"]["mean"], 25.0 * (1.0 - 0.96f64.powi(25)), 0.6);
}

#[test]
fn modes_of_a_file_with_weights() {
    file("coverage-modes.csv", "x;y;sigma;weight\n0;0;0,5;3\n10;0;1;1\n");
    let samples = "0,0\n0,1.4\n0,1.6\n12.9,0\n";
    let c = brenier("coverage --modes coverage-modes.csv --samples - --json", samples).json();
    assert_eq!(c["histogram"], serde_json::json!([3, 1]));
    assert_eq!(c["highQuality"]["value"], 0.75);
    near(&c["reverseKl"]["value"], 0.0, 1e-15);
}

#[test]
fn collapse_is_seen() {
    let c = brenier("coverage --modes ring --samples - --json", &"1,0\n".repeat(100)).json();
    assert_eq!(c["modes"]["value"], 1.0);
    near(&c["reverseKl"]["value"], 8f64.ln(), 1e-12);
    assert!(c["reverseKl"]["value"].as_f64() > c["reverseKl"]["reference"]["high"].as_f64());
    assert_eq!(c["varianceRatio"], 0.0);
}

#[test]
fn the_training_set_shows_memorising() {
    let path = file("coverage-real.csv", &centres());
    let arguments =
        format!("coverage --modes grid --samples - --real-samples {} --json", path.display());
    let c = brenier(&arguments, &centres()).json();
    assert_eq!(c["nearestReal"]["copies"], 1.0);
    assert_eq!(c["nearestReal"]["median"], 0.0);
    assert!(c["nearestReal"]["referenceMedian"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_reference_is_that_of_the_case_asked_for() {
    let run = |reference: &str| {
        brenier(
            &format!("coverage --modes grid --samples - --json {reference}"),
            &centres().repeat(40),
        )
        .json()
    };
    let kl = |v: &Value| v["reverseKl"]["reference"]["mean"].as_f64().unwrap();
    let (perfect, resampled) = (run(""), run("--reference resampled:100"));
    // Near (K − 1)/2n, and (K − 1)/2 · (1/100 + 1/n).
    assert!((kl(&perfect) - 0.012).abs() < 0.002, "{}", kl(&perfect));
    assert!((kl(&resampled) - 0.132).abs() < 0.015, "{}", kl(&resampled));
}

#[test]
fn a_seed_fixes_every_number() {
    let run = |seed: u32| {
        brenier(
            &format!("coverage --modes ring --samples - --seed {seed} --json"),
            "1,0\n0,1.02\n0,1\n",
        )
        .out
    };
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
}

#[test]
fn aeot_captures_every_mode_of_the_grid() {
    let ran =
        brenier("coverage --modes grid --aeot --real 512 --generate 2500 --seed 0 --json", "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let c = ran.json();
    assert_eq!((&c["samples"], &c["real"], &c["seed"]), (&2500.into(), &512.into(), &0.into()));
    assert_eq!(c["modes"]["value"], 25.0);
    // The reference of 512 real samples: reverse KL near 0.028, high quality 98.89 %.
    near(&c["reverseKl"]["reference"]["mean"], 0.0285, 0.002);
    near(&c["highQuality"]["reference"]["mean"], 0.98889, 0.001);
    assert!(c["highQuality"]["value"].as_f64().unwrap() > 0.95);
    assert_eq!(c["solve"]["stopped"], "tolerance");
    assert!(c["nearestReal"].is_object());
}

#[test]
fn aeot_scores_what_its_real_samples_allow() {
    let c = brenier("coverage --modes grid --aeot --repeat 20 --json", "").json();
    let (mean, row) = (&c["mean"], &c["rows"][0]);
    // One seed in forty lies above the 95 % interval by chance; their mean does not.
    let kl = mean["reverseKl"]["mean"].as_f64().unwrap();
    let error = mean["reverseKl"]["standardError"].as_f64().unwrap();
    near(&row["reverseKl"]["reference"]["mean"], kl, 4.0 * error);
    // Points between real samples of one mode make it a little narrower, never wider.
    let quality = mean["highQuality"]["mean"].as_f64().unwrap();
    assert!((0.985..0.995).contains(&quality), "{quality}");
    let variance = mean["varianceRatio"]["mean"].as_f64().unwrap();
    assert!((0.88..0.98).contains(&variance), "{variance}");
}

#[test]
fn a_scaled_domain_carries_the_same_samples() {
    let run = |domain: &str| {
        brenier(&format!("coverage --modes grid --aeot --domain {domain} --json"), "").json()
    };
    let (wide, unit) = (run("auto"), run("square"));
    for name in ["modes", "highQuality", "reverseKl"] {
        near(&unit[name]["value"], wide[name]["value"].as_f64().unwrap(), 1e-3);
    }
    near(&unit["varianceRatio"], wide["varianceRatio"].as_f64().unwrap(), 1e-3);
}

#[test]
fn several_seeds_come_with_mean_and_standard_error() {
    let line = "coverage --modes ring --aeot --real 64 --generate 300 --seed 5 --repeat 3";
    let c = brenier(&format!("{line} --json"), "").json();
    let rows = c["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|r| r["seed"].as_u64().unwrap()).collect::<Vec<_>>(), [5, 6, 7]);
    let values: Vec<f64> = rows.iter().map(|r| r["reverseKl"]["value"].as_f64().unwrap()).collect();
    let mean = values.iter().sum::<f64>() / 3.0;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    near(&c["mean"]["reverseKl"]["mean"], mean, 1e-14);
    near(&c["mean"]["reverseKl"]["standardError"], (squares / 6.0).sqrt(), 1e-14);
    // The row of a seed is what that seed gives alone.
    let alone =
        brenier("coverage --modes ring --aeot --real 64 --generate 300 --seed 6 --json", "").json();
    assert_eq!(alone, rows[1]);
    let text = brenier(line, "").out;
    assert!(
        ["standard error", "reference", "reverse KL"].iter().all(|w| text.contains(w)),
        "{text}"
    );
}

#[test]
fn the_report_for_people_stands_beside_its_reference() {
    let ran = brenier("coverage --modes grid --samples -", &centres());
    for word in
        ["modes captured", "high quality", "reverse KL", "perfect sampler", "variance ratio"]
    {
        assert!(ran.out.contains(word), "no {word} in\n{}", ran.out);
    }
    assert_eq!(ran.code, 0);
}
