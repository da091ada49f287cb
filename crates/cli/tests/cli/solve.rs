//! `brenier solve` on closed forms, with the names and lengths that programs rely on.

use crate::{brenier, file, near, numbers};
use std::f64::consts::PI;

/// Two sites on the unit square with masses 1 : 3: the cut is at x = 1/4.
const TWO: &str = "x,y,mass\n0.25,0.5,1\n0.75,0.5,3\n";

#[test]
fn two_sites_in_closed_form() {
    let ran = brenier("solve --sites - --domain square --json", TWO);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let plan = ran.json();
    // ⟨x,y₀⟩ + h₀ = ⟨x,y₁⟩ + h₁ at x = 1/4 with h₀ + h₁ = 0.
    near(&plan["heights"][0], 0.0625, 1e-12);
    near(&plan["heights"][1], -0.0625, 1e-12);
    near(&plan["cellMasses"][0], 0.25, 1e-12);
    near(&plan["centroids"][1][0], 0.625, 1e-12);
    let report = &plan["report"];
    let w2 = 2.0 * 0.25f64.powi(3) / 3.0 + 0.125 / 3.0 + 1.0 / 12.0;
    near(&report["w2Primal"], w2, 1e-9);
    near(&report["w2Dual"], w2, 1e-9);
    // Above by diam · √(½ Σ|wᵢ − νᵢ|), which rounding alone lifts to 1e-8.
    near(&report["w2Upper"], w2, 1e-6);
    near(&report["dualityGap"], 0.0, 1e-6);
    near(&report["smallestCell"], 1.0, 1e-9);
    assert!(report["residual"].as_f64().unwrap() <= 1e-9);
    assert!(report["milliseconds"].as_f64().unwrap() > 0.0);
    assert_eq!(report["method"], "newton");
    assert_eq!(report["stopped"], "tolerance");
    assert_eq!(
        report["residualHistory"].as_array().unwrap().len() as u64,
        report["iterations"].as_u64().unwrap() + 1
    );
    // Cell 0 is the quarter on the left.
    let offsets = numbers(&plan["cells"]["offsets"]);
    let vertices = plan["cells"]["vertices"].as_array().unwrap();
    assert_eq!((offsets.len(), offsets[2] as usize), (3, vertices.len()));
    for vertex in &vertices[..offsets[1] as usize] {
        assert!(vertex[0].as_f64().unwrap() <= 0.25 + 1e-12);
    }
}

#[test]
fn masses_of_a_file_of_their_own_give_the_same_plan() {
    file("solve-masses.csv", "mass\n# any unit\n0.5\n1.5\n");
    file("solve-sites.csv", "0.25 0.5\n0.75 0.5\n");
    let apart =
        brenier("solve --sites solve-sites.csv --masses solve-masses.csv --json", "").json();
    let together = brenier("solve --sites - --json", TWO).json();
    assert_eq!(apart["heights"], together["heights"]);
    assert_eq!((&apart["factor"], &together["factor"]), (&0.5.into(), &0.25.into()));
}

#[test]
fn repeated_sites_keep_their_places_in_the_arrays() {
    let plan = brenier("solve --sites - --json", "0.2,0.5\n0.8,0.5\n0.2,0.5\n").json();
    for name in ["sites", "masses", "heights", "cellMasses", "centroids"] {
        assert_eq!(plan[name].as_array().unwrap().len(), 3, "{name}");
    }
    assert_eq!(plan["report"]["merged"], serde_json::json!([[2, 0]]));
    assert_eq!(plan["heights"][2], plan["heights"][0]);
    assert_eq!(plan["cellMasses"][2], 0.0);
    near(&plan["cellMasses"][0], 2.0 / 3.0, 1e-9);
    let offsets = numbers(&plan["cells"]["offsets"]);
    assert_eq!(offsets[2], offsets[3]);
    // Σ hᵢ = 0 over the input's length.
    assert!(numbers(&plan["heights"]).iter().sum::<f64>().abs() < 1e-12);
}

#[test]
fn every_domain_is_cut_in_half_by_symmetry() {
    file("solve-triangle.csv", "-1,0\n1,0\n0,2\n");
    for (domain, area) in [
        ("square", 1.0),
        ("rectangle:-3,-1,3,1", 12.0),
        ("disk:0,0,2", 4.0 * PI),
        ("polygon:solve-triangle.csv", 2.0),
        ("polygon:-1,0;1,0;0,2", 2.0),
        ("auto", f64::NAN),
    ] {
        let centre = if domain == "square" { 0.5 } else { 0.0 };
        let sites = format!("{},0.3\n{},0.3\n", centre - 0.5, centre + 0.5);
        let ran = brenier(&format!("solve --sites - --domain {domain} --json"), &sites);
        assert_eq!(ran.code, 0, "{domain}: {}", ran.err);
        let plan = ran.json();
        // The cut is at x = centre, so that h₀ − h₁ = centre · (1/2 + 1/2).
        near(&plan["heights"][0], plan["heights"][1].as_f64().unwrap() + centre, 1e-9);
        near(&plan["cellMasses"][0], 0.5, 1e-9);
        let ring: Vec<Vec<f64>> = plan["domain"].as_array().unwrap().iter().map(numbers).collect();
        let twice: f64 = (0..ring.len())
            .map(|i| {
                let (a, b) = (&ring[i], &ring[(i + 1) % ring.len()]);
                a[0] * b[1] - a[1] * b[0]
            })
            .sum();
        if area.is_finite() {
            assert!((twice / 2.0 - area).abs() < 1e-9, "{domain} has area {}", twice / 2.0);
        }
    }
}

#[test]
fn a_gaussian_source_in_closed_form() {
    // N(0, 1) cut at x = 1: the masses are Φ(1) and 1 − Φ(1), and E[x | x > 1] = φ(1)/(1 − Φ(1)).
    let (below, above) = (0.841_344_746_068_542_9, 0.158_655_253_931_457_05);
    let sites = format!("-0.5,0,{below}\n0.5,0,{above}\n");
    let line = "solve --sites - --domain rectangle:-10,-10,10,10 --source gaussian:0,0,1";
    let plan = brenier(&format!("{line} --json"), &sites).json();
    near(&plan["heights"][0], 0.5, 1e-8);
    near(&plan["cellMasses"][1], above, 1e-9);
    near(&plan["centroids"][1][0], 1.525_135_276_160_981, 1e-8);
    assert_eq!(plan["report"]["stopped"], "tolerance");
    assert_eq!(
        plan["source"],
        serde_json::json!({"type": "gaussian", "mean": [0.0, 0.0], "sigma": 1.0})
    );
    assert!(brenier(line, &sites).out.contains("\nsource         gaussian:0,0,1\n"));
    let uniform = brenier("solve --sites - --source uniform --json", &sites).json();
    assert!(uniform.get("source").is_none());
}

#[test]
fn a_solve_that_stops_early_still_writes_its_best_and_exits_1() {
    // A fixed set without symmetry, so that one Newton step cannot be enough.
    let sites: String = (0..120u32)
        .map(|i| {
            let at = |m: u32| f64::from(i.wrapping_mul(m) % 9973) / 9973.0;
            format!("{},{}\n", at(7919), at(104_729))
        })
        .collect();
    let ran = brenier("solve --sites - --max-iterations 1 --json", &sites);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let plan = ran.json();
    assert_eq!(plan["report"]["stopped"], "iterations");
    assert!(plan["report"]["residual"].as_f64().unwrap() > 1e-9);
    assert_eq!(plan["heights"].as_array().unwrap().len(), 120);
    // The bounds hold all the same.
    let (dual, upper) = (&plan["report"]["w2Dual"], &plan["report"]["w2Upper"]);
    assert!(dual.as_f64().unwrap() <= upper.as_f64().unwrap());
    let full = brenier("solve --sites - --json", &sites);
    assert_eq!(full.code, 0);
    let w2 = full.json()["report"]["w2Primal"].as_f64().unwrap();
    assert!(dual.as_f64().unwrap() <= w2 + 1e-12 && w2 <= upper.as_f64().unwrap() + 1e-12);
    // A looser tolerance is reached in as many steps or fewer.
    let loose = brenier("solve --sites - --tolerance 0.5 --json", &sites);
    assert_eq!(loose.code, 0);
    assert!(
        loose.json()["report"]["iterations"].as_u64()
            <= full.json()["report"]["iterations"].as_u64()
    );
}

#[test]
fn repeats_list_their_times() {
    let plan = brenier("solve --sites - --repeat 3 --json", TWO).json();
    let times = numbers(&plan["report"]["milliseconds"]);
    assert!(times.len() == 3 && times.iter().all(|&t| t > 0.0));
}

#[test]
fn the_report_for_people_names_what_counts() {
    let ran = brenier("solve --sites -", "0.2;0,5\n0.8;0,5\n0.2;0,5\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for word in [
        "sites",
        "merged",
        "residual",
        "smallest cell",
        "at least",
        "at most",
        "gap",
        "tolerance after",
    ] {
        assert!(ran.out.contains(word), "no {word} in\n{}", ran.out);
    }
    assert!(ran.out.lines().count() < 20 && ran.out.lines().all(|l| l.len() < 100));
}

#[test]
fn json_sites_and_an_exported_plan_read_back() {
    let plan = brenier("solve --sites - --json", TWO);
    let again = brenier("solve --sites - --json", &plan.out).json();
    assert_eq!(again["heights"], plan.json()["heights"]);
    let list = brenier("solve --sites - --json", "[[0.25,0.5,1],[0.75,0.5,3]]").json();
    assert_eq!(list["heights"], plan.json()["heights"]);
}
