//! `brenier bench` solves what it says it solves.

use crate::{brenier, near};

#[test]
fn the_known_cost_of_numpys_hundred_points() {
    let ran = brenier("bench --sizes 100 --seeds 1 --repeat 2 --json", "");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let json = ran.json();
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    // W₂² agreed by four independent solvers.
    assert_eq!((&rows[0]["work"], &rows[0]["n"]), (&"uniform".into(), &100.into()));
    near(&rows[0]["w2"], 0.0103742, 5e-8);
    assert_eq!((&rows[1]["work"], &rows[1]["n"]), (&"grid".into(), &512.into()));
    assert!(rows[1]["residual"].as_f64().unwrap() <= 1e-9);
    assert!(rows.iter().all(|r| r["milliseconds"].as_array().unwrap().len() == 2));
}

#[test]
fn sizes_are_checked() {
    for arguments in ["bench --sizes 100,0", "bench --sizes many", "bench --seeds 0"] {
        let ran = brenier(arguments, "");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments}");
    }
    assert!(brenier("bench --size 1", "").err.contains("did you mean --sizes?"));
}
