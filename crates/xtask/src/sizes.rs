//! What the site weighs over the wire: a table, and budgets of what each scene may cost.

use crate::{
    dist,
    graph::{self, Graph, address_of},
    names,
    offline::ZIP,
    shell::{self, Outcome, ask},
    tools,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Bytes, brotli, that opening the page may cost.
const FIRST: u64 = 400_000;
/// Bytes, brotli, that a scene's program and its data may cost when all of it is used.
const BUDGETS: &[(&str, u64, u64)] = &[
    ("coverage", 300_000, 2_400_000),
    ("faces", 720_000, 2_800_000),
    ("monte-carlo", 420_000, 0),
    ("potential", 450_000, 0),
    ("space", 420_000, 0),
];

/// What some files weigh together.
#[derive(Clone, Copy, Default)]
struct Weight {
    raw: u64,
    brotli: u64,
}

/// A row of the table of scenes.
struct Row {
    name: String,
    program: Weight,
    data: Weight,
    files: Vec<String>,
}

/// Prints the tables and fails above a budget. The files counted are also written down, in
/// target/scenes.json, for browser tests that compare them with what the page fetches.
pub(crate) fn report(site: &Path) -> Outcome {
    let (weights, rows) = measure(site)?;
    let first: BTreeSet<&String> = rows[0].files.iter().collect();
    println!("\n{:>10} {:>10}  first scene  file", "bytes", "brotli");
    for (file, weight) in &weights {
        let mark = if first.contains(file) { "yes" } else { "" };
        println!("{:>10} {:>10}  {mark:<11}  {}", weight.raw, weight.brotli, names::plain(file));
    }
    let zip = fs::metadata(site.join(ZIP)).map_or(0, |data| data.len());
    println!("{zip:>10} {:>10}  {:<11}  {ZIP}", "–", "");

    println!(
        "\nWhat a scene costs when all of it is used, beside the first scene; its data apart:"
    );
    println!("{:>10} {:>10} {:>10} {:>10}  scene", "bytes", "brotli", "data", "brotli");
    for Row { name, program, data, .. } in &rows {
        let cells = [program.raw, program.brotli, data.raw, data.brotli];
        println!("{}  {name}", cells.map(|cell| format!("{cell:>10}")).join(" "));
    }
    let everything = sum(weights.values());
    println!("{:>10} {:>10} {:>21}  everything", everything.raw, everything.brotli, "");

    let told: serde_json::Map<_, _> =
        rows.iter().map(|row| (row.name.clone(), row.files.clone().into())).collect();
    let file = shell::root().join("target/scenes.json");
    fs::write(&file, serde_json::Value::from(told).to_string())
        .map_err(|e| format!("{}: {e}", file.display()))?;
    over_budget(&rows)?;
    println!("The first scene keeps its budget of {FIRST} bytes, brotli, and the others theirs.");
    Ok(())
}

/// What the first scene costs, in bytes, brotli.
pub(crate) fn first_scene(site: &Path) -> Outcome<u64> {
    measure(site).map(|(_, rows)| rows[0].program.brotli)
}

/// The bytes of a file, raw and as brotli sends it.
pub(crate) fn of(file: &Path) -> Outcome<(u64, u64)> {
    let told = || format!("{}: cannot be weighed", file.display());
    let raw = fs::metadata(file).map_err(|e| format!("{}: {e}", file.display()))?.len();
    let brotli = ask(tools::command()?.arg("brotli").arg(file)).ok_or_else(told)?;
    Ok((raw, brotli.parse().map_err(|_| told())?))
}

/// Every file's weight, and the rows of the scenes, the first scene's first.
fn measure(site: &Path) -> Outcome<(BTreeMap<String, Weight>, Vec<Row>)> {
    // The zip is the site once more, for other ways than the wire.
    let files: Vec<PathBuf> =
        dist::files(site)?.into_iter().filter(|file| file != Path::new(ZIP)).collect();
    let paths: Vec<PathBuf> = files.iter().map(|file| site.join(file)).collect();
    let sizes = ask(tools::command()?.arg("brotli").args(&paths))
        .ok_or("brenier-tools brotli failed on the site")?;
    let sizes: Vec<u64> = sizes.lines().filter_map(|line| line.parse().ok()).collect();
    if sizes.len() != files.len() {
        return Err("brenier-tools brotli did not answer for every file".to_owned());
    }
    let mut contents = BTreeMap::new();
    let mut weights = BTreeMap::new();
    for ((file, path), brotli) in files.iter().zip(&paths).zip(sizes) {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        weights.insert(address_of(file), Weight { raw: bytes.len() as u64, brotli });
        contents.insert(address_of(file), bytes);
    }
    let graph = Graph::new(contents.iter().map(|(file, bytes)| (file.clone(), &bytes[..])));
    let row = |name: String, files: BTreeSet<String>, whole: bool| {
        let (program, data) = files.iter().partition(|file| whole || graph::is_program(file));
        let (program, data): (Vec<&String>, Vec<&String>) = (program, data);
        let weigh = |files: Vec<&String>| sum(files.into_iter().filter_map(|f| weights.get(f)));
        Row { name, program: weigh(program), data: weigh(data), files: files.into_iter().collect() }
    };
    let mut rows = vec![row("first scene".to_owned(), graph.first("index.html"), true)];
    rows.extend(graph.scenes("index.html").into_iter().map(|s| row(s.name, s.files, false)));
    Ok((weights, rows))
}

fn sum<'a>(weights: impl Iterator<Item = &'a Weight>) -> Weight {
    weights.fold(Weight::default(), |all, weight| Weight {
        raw: all.raw + weight.raw,
        brotli: all.brotli + weight.brotli,
    })
}

/// Fails with every row that costs more than it may, and with every scene that has no budget.
fn over_budget(rows: &[Row]) -> Outcome {
    let mut wrong = Vec::new();
    for (k, Row { name, program, data, .. }) in rows.iter().enumerate() {
        let budget = BUDGETS.iter().find(|(scene, ..)| scene == name);
        let (for_program, for_data) = match budget {
            _ if k == 0 => (FIRST, 0),
            Some((_, for_program, for_data)) => (*for_program, *for_data),
            None => {
                wrong.push(format!("{name} has no budget: give it one in {}", file!()));
                continue;
            }
        };
        for (what, weight, budget) in
            [("program", program.brotli, for_program), ("data", data.brotli, for_data)]
        {
            if weight > budget {
                let line = format!(
                    "{name}: its {what} costs {weight} bytes, brotli; the budget is {budget}"
                );
                wrong.push(line);
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, program: u64, data: u64) -> Row {
        let weight = |brotli| Weight { raw: 3 * brotli, brotli };
        Row { name: name.to_owned(), program: weight(program), data: weight(data), files: vec![] }
    }

    #[test]
    fn a_budget_is_kept_by_program_and_data_each() {
        assert_eq!(over_budget(&[row("first scene", FIRST, 0), row("space", 9, 0)]), Ok(()));
        let told = |rows: &[Row]| over_budget(rows).unwrap_err();
        assert!(told(&[row("first scene", FIRST + 1, 0)]).contains("first scene: its program"));
        let wrong = told(&[row("first scene", 1, 0), row("faces", 9, 9_000_000), row("new", 1, 1)]);
        assert!(wrong.contains("faces: its data costs 9000000") && wrong.contains("new has no"));
    }
}
