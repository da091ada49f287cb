//! Bad input: exit code 2, nothing on standard output, one line or one object on standard error
//! that says where and what to do.

use crate::{brenier, file};
use serde_json::Value;

/// Each: arguments, standard input, code, line, index, a word of the message.
#[track_caller]
fn check(
    arguments: &str,
    stdin: &str,
    code: &str,
    line: Option<u64>,
    index: Option<u64>,
    word: &str,
) {
    let plain = brenier(arguments, stdin);
    assert_eq!((plain.code, plain.out.as_str()), (2, ""), "{arguments}");
    assert!(plain.err.starts_with("brenier: ") && plain.err.lines().count() == 1, "{}", plain.err);
    assert!(plain.err.contains(word), "no “{word}” in {}", plain.err);

    let json = brenier(&format!("{arguments} --json"), stdin);
    assert_eq!((json.code, json.out.as_str()), (2, ""), "{arguments}");
    let object: Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(object["code"], code, "{object}");
    assert_eq!((object["line"].as_u64(), object["index"].as_u64()), (line, index), "{object}");
    assert_eq!(format!("brenier: {}", object["message"].as_str().unwrap()), plain.err.trim_end());
}

#[test]
fn of_points() {
    let solve = "solve --sites -";
    check(solve, "", "empty", None, None, "no point");
    check(solve, "# only a comment\n", "empty", None, None, "no point");
    check(solve, "x,y\n0,0\n1,one\n", "csv", Some(3), None, "“one”");
    check(solve, "0,0\n1\n", "csv", Some(2), None, "Line 2");
    check(solve, "0,0\nNaN,1\n", "csv", Some(2), None, "finite");
    check(solve, "0,0,1\n1,1,-1\n", "csv", Some(2), None, "not positive");
    check(solve, "[[0,0],[1,\"a\"]]", "json", Some(1), None, "Line 1");
    let far = brenier("solve --sites - --json", "0,0\n1e300,0\n");
    let object: Value = serde_json::from_str(&far.err).unwrap();
    assert_eq!((far.code, object["index"].as_u64()), (2, Some(1)), "{object}");
}

#[test]
fn of_masses() {
    file("mistakes-masses.csv", "1\n0\n");
    check(
        "solve --sites - --masses mistakes-masses.csv",
        "0,0\n1,1\n",
        "csv",
        Some(2),
        Some(1),
        "not positive",
    );
    file("mistakes-three.csv", "1\n1\n1\n");
    check("solve --sites - --masses mistakes-three.csv", "0,0\n1,1\n", "length", None, None, "3");
    check(
        "solve --sites - --masses mistakes-three.csv",
        "0,0,1\n1,1,1\n",
        "usage",
        None,
        None,
        "--masses",
    );
}

#[test]
fn of_domains() {
    check("solve --sites - --domain circle", "0,0\n", "domain", None, None, "disk:x,y,r");
    check("solve --sites - --domain disk:0,0", "0,0\n", "domain", None, None, "disk:x,y,r");
    check(
        "solve --sites - --domain polygon:nowhere.csv",
        "0,0\n",
        "file",
        None,
        None,
        "nowhere.csv",
    );
    let dented = file("mistakes-dented.csv", "0,0\n4,0\n1,1\n0,4\n");
    let ran =
        brenier(&format!("solve --sites - --domain polygon:{} --json", dented.display()), "0,0\n");
    let object: Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!((ran.code, object["index"].as_u64()), (2, Some(2)), "{object}");
    let flat = brenier("solve --sites - --domain rectangle:0,0,1,0", "0,0\n");
    assert_eq!(flat.code, 2, "{}", flat.err);
}

#[test]
fn of_sources() {
    let line = |source: &str| format!("solve --sites - --source gaussian:{source}");
    check(&line("0,nan,1"), "0,0\n", "source-mean", None, None, "mean");
    check(&line("0,0,0"), "0,0\n", "source-sigma", None, None, "sigma");
    check(&line("0,0,0.01"), "0,0\n", "source-no-mass", None, None, "25 sigma");
    check(&line("0,0"), "0,0\n", "usage", None, None, "three numbers");
}

#[test]
fn of_files_and_usage() {
    check("solve --sites nowhere.csv", "", "file", None, None, "nowhere.csv");
    check("solve --sitse a.csv", "", "usage", None, None, "--sites");
    check("solve --sites - --method simplex", "0,0\n", "usage", None, None, "hierarchical");
    check("solve --sites - --samples 9", "0,0\n", "usage", None, None, "--method adam");
    check("frobnicate", "", "usage", None, None, "brenier --help");
}

#[test]
fn of_monte_carlo() {
    let adam = "solve --sites - --method adam";
    check(&format!("{adam} --domain polygon:0,0;1,0;0,1"), "0,0\n", "domain", None, None, "disk");
    check(&format!("{adam} --tolerance 2"), "0,0\n", "tolerance", None, None, "between 0 and 1");
    check(&format!("{adam} --samples 0"), "0,0\n", "samples", None, None, "at least 1");
    let cube = "solve --sites - --domain cube";
    check(cube, "1,2,3\n1,2\n", "csv", Some(2), None, "as many coordinates");
    check(cube, "1,2,3\n1,x,2\n", "csv", Some(2), None, "column 2");
    file("mistakes-cloud-masses.csv", "1\n-1\n");
    check(
        &format!("{cube} --masses mistakes-cloud-masses.csv"),
        "1,2,3\n4,5,6\n",
        "csv",
        Some(2),
        Some(1),
        "positive",
    );
}

#[test]
fn of_coverage() {
    check("coverage --modes grid --samples -", "1,2\n3,x\n", "csv", Some(2), None, "“x”");
    check("coverage --modes grid --samples -", "", "empty", None, None, "no point");
    check("coverage --modes nowhere.csv --aeot", "", "file", None, None, "nowhere.csv");
    file("mistakes-sigma.csv", "# x,y,sigma\n0,0,1\n1,0,-1\n");
    check(
        "coverage --modes mistakes-sigma.csv --samples -",
        "0,0\n",
        "mode-sigma",
        Some(3),
        Some(1),
        "positive",
    );
    file("mistakes-twins.csv", "0,0,1\n1,0,1\n0,0,2\n");
    check(
        "coverage --modes mistakes-twins.csv --samples -",
        "0,0\n",
        "mode-duplicate",
        Some(3),
        Some(2),
        "merge",
    );
    check(
        "coverage --modes grid --samples -",
        "0,0\n1e200,0\n",
        "sample-too-large",
        None,
        Some(1),
        "sample 1",
    );
}

#[test]
fn text_that_is_not_utf8() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes-latin1.csv");
    std::fs::write(path, b"# gr\xfcn\n0,0\n").unwrap();
    check("solve --sites mistakes-latin1.csv", "", "file", None, None, "UTF-8");
}
