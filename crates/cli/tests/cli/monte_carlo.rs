//! `brenier solve` by Monte Carlo: the names that programs rely on, and the exact solver's numbers.

use crate::{brenier, near, numbers};

const SITES: &str = "0.2,0.3,1\n0.7,0.6,2\n0.5,0.9,1\n0.9,0.1,1.5\n";

#[test]
fn every_method_agrees_with_newton_on_every_domain_of_the_plane() {
    for domain in ["square", "rectangle:-1,0,2,1", "disk:0.5,0.5,1"] {
        let exact = brenier(&format!("solve --sites - --domain {domain} --json"), SITES).json();
        for method in ["adam", "lbfgs", "hierarchical"] {
            let line = format!(
                "solve --sites - --domain {domain} --method {method} --tolerance 0.002 --device cpu --json"
            );
            let ran = brenier(&line, SITES);
            assert_eq!(ran.code, 0, "{line}: {}", ran.err);
            let plan = ran.json();
            let report = &plan["report"];
            assert_eq!(
                (&report["method"], &report["stopped"]),
                (&method.into(), &"tolerance".into())
            );
            for (a, b) in numbers(&plan["heights"]).iter().zip(numbers(&exact["heights"])) {
                assert!((a - b).abs() < 5e-3, "{line}: {a} {b}");
            }
            for (a, b) in numbers(&plan["cellMasses"]).iter().zip(numbers(&exact["cellMasses"])) {
                assert!((a / b - 1.0).abs() < 0.02, "{line}: {a} {b}");
            }
            for name in ["energy", "w2Primal", "w2Dual"] {
                let error = report[format!("{name}Error")].as_f64().unwrap();
                let wanted = exact["report"][name].as_f64().unwrap();
                // W₂ to the masses reached is that of slightly other masses.
                near(&report[name], wanted, 6.0 * error + 5e-3);
            }
            assert!(report["w2Upper"].as_f64() > report["w2Dual"].as_f64());
            assert_eq!(numbers(&plan["cells"]["offsets"]).len(), 5);
            for (a, b) in plan["centroids"]
                .as_array()
                .unwrap()
                .iter()
                .zip(exact["centroids"].as_array().unwrap())
            {
                near(&a[0], b[0].as_f64().unwrap(), 0.05);
            }
        }
    }
}

#[test]
fn in_many_dimensions_by_default() {
    let sites: String = (0..40)
        .map(|i| format!("{},{},{},{}\n", i % 5, (i * 7) % 11, (i * 3) % 4, i % 3))
        .collect();
    let ran = brenier("solve --sites - --domain cube --tolerance 0.05 --device cpu --json", &sites);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let plan = ran.json();
    assert_eq!(
        (&plan["dimension"], &plan["report"]["method"]),
        (&4.into(), &"hierarchical".into())
    );
    assert_eq!(plan["centroids"].as_array().unwrap().len(), 40);
    assert_eq!(plan["sites"][7].as_array().unwrap().len(), 4);
    assert!(plan.get("cells").is_none());
    assert_eq!(plan["report"]["starved"].as_array().unwrap().len(), 0);
    // The same again, whatever the threads.
    let line = "solve --sites - --domain cube --tolerance 0.05 --device cpu --json --threads 1";
    assert_eq!(brenier(line, &sites).json()["heights"], plan["heights"]);
    let other = brenier(&format!("{line} --seed 5"), &sites).json();
    assert_ne!(other["heights"], plan["heights"]);
}

#[test]
fn what_is_not_reached_exits_with_1() {
    let line = "solve --sites - --method adam --device cpu --tolerance 1e-6 --samples 64 --max-samples 64 --json";
    let ran = brenier(line, SITES);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["report"]["stopped"], "noise");
    assert!(!brenier(&line.replace(" --json", ""), SITES).out.is_empty());
}
