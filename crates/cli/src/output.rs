//! What is printed: JSON, or a short report for people.

use std::fmt::Write;

use coverage::ReferenceCase;
use lab::error::Error;
use lab::experiment::{EstimateJson, Row};
use lab::monte_carlo::Solution;
use lab::plan_json::Milliseconds;
use serde::Serialize;
use transport::{Density, Plan, Stopped};

use crate::coverage::{Average, Summary};

/// One line of JSON with its line end.
///
/// # Errors
/// Code `json`: nothing this crate prints fails, short of a lack of memory.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Error> {
    let mut text = serde_json::to_string(value).map_err(|e| Error::new("json", e.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// An error for people, on one line.
pub(crate) fn error_line(error: &Error) -> String {
    format!("brenier: {}", error.message.replace('\n', " "))
}

/// An error for programs: `code`, `message`, and `index`, `line`, `column` where known.
pub(crate) fn error_json(error: &Error) -> String {
    serde_json::to_string(error).unwrap_or_else(|_| error_line(error))
}

/// A solve for people.
pub(crate) fn plan(plan: &Plan, domain: &str, density: Density, milliseconds: &[f64]) -> String {
    let r = &plan.report;
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(out, "{name:<15}{value}");
    };
    let merged = match r.merged.len() {
        0 => String::new(),
        n => format!(", {n} of them at the place of an earlier one and merged into it"),
    };
    line("sites", format!("{}{merged}", plan.sites.len()));
    line("domain", domain.to_owned());
    if let Density::Gaussian { mean: [x, y], sigma } = density {
        line("source", format!("gaussian:{x},{y},{sigma}"));
    }
    line("method", r.method.to_owned());
    line(
        "stopped",
        format!(
            "{} after {} {}",
            r.stopped.name(),
            r.iterations,
            crate::table::plural(r.iterations, "step")
        ),
    );
    line("residual", format!("{:<12}  max |w - nu| / nu", short(r.residual)));
    if r.stopped == Stopped::Precision {
        let limit = short(r.precision_limit);
        line("limit of f64", format!("{limit:<12}  about the smallest residual to be had here"));
    }
    line("smallest cell", format!("{:<12}  min w / nu", short(r.smallest_cell)));
    line("energy", format!("{:.10}", r.energy));
    line("W2 squared", format!("{}  cost to the masses reached", digits(r.w2_primal)));
    line("  at least", digits(r.w2_dual));
    line("  at most", format!("{}  gap {}", digits(r.w2_upper), short(r.duality_gap)));
    line("milliseconds", times(milliseconds));
    out
}

/// A Monte Carlo solve for people.
pub(crate) fn monte_carlo(solved: &Solution, domain: &str) -> String {
    let r = &solved.report;
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(out, "{name:<15}{value}");
    };
    let error = |value: f64, error: f64| format!("{} +- {}", digits(value), short(error));
    line("sites", format!("{} of dimension {}", solved.heights.len(), solved.dimension));
    line("domain", domain.to_owned());
    line("method", r.method.to_owned());
    line("device", r.device.clone());
    let steps = crate::table::plural(r.iterations, "step");
    line("stopped", format!("{} after {} {steps}", r.stopped, r.iterations));
    line("samples", r.samples.to_string());
    line(
        "residual",
        format!(
            "{} +- {}  root mean square of w / nu - 1, debiased",
            short(r.residual),
            short(r.residual_error)
        ),
    );
    line(
        "  at most",
        format!("{}  where noise alone shows {}", short(r.maximum), short(r.maximum_noise)),
    );
    if let Some(exact) = solved.exact {
        line("  exact", format!("{}  max |w - nu| / nu", short(exact.residual)));
    }
    line(
        "variation",
        format!("{}  where noise alone shows {}", short(r.variation), short(r.variation_noise)),
    );
    if !r.starved.is_empty() {
        let some: Vec<String> = r.starved.iter().take(8).map(u32::to_string).collect();
        let more = if r.starved.len() > 8 { ", ..." } else { "" };
        line(
            "starved",
            format!("{} cells got no sample: {}{more}", r.starved.len(), some.join(", ")),
        );
    }
    line("energy", error(r.energy, r.energy_error));
    line(
        "W2 squared",
        format!("{}  cost to the masses reached", error(r.w2_primal, r.w2_primal_error)),
    );
    line("  at least", error(r.w2_dual, r.w2_dual_error));
    line("  at most", error(r.w2_upper, r.w2_upper_error));
    line(
        "milliseconds",
        times(match &r.milliseconds {
            Milliseconds::One(one) => std::slice::from_ref(one),
            Milliseconds::Many(many) => many,
        }),
    );
    out
}

/// One time, or the median of several with the least and the most.
fn times(milliseconds: &[f64]) -> String {
    let mut sorted = milliseconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.as_slice() {
        [one] => format!("{one:.3}"),
        many => format!(
            "{:.3}  median of {}, from {:.3} to {:.3}",
            median(many),
            many.len(),
            many[0],
            many[many.len() - 1]
        ),
    }
}

/// Median of sorted values, at least one.
fn median(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    0.5 * (sorted[(n - 1) / 2] + sorted[n / 2])
}

/// Scores of one set of samples, for people.
pub(crate) fn row(row: &Row, modes: &str, count: usize, case: ReferenceCase) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {} samples on {modes}, {count} {}",
        row.name,
        row.samples,
        crate::table::plural(count, "mode")
    );
    let _ = writeln!(out, "{:<22}{:>10}  {:>9}   {}", "", "value", "error", perfect(case));
    out.push_str(&score("modes captured", &row.modes, 1.0, 0));
    out.push_str(&score("high quality, %", &row.high_quality, 100.0, 2));
    out.push_str(&score("reverse KL, nats", &row.reverse_kl, 1.0, 4));
    let v = row.variance_reference;
    let _ = writeln!(
        out,
        "{:<22}{:>10.3}  {:>9}   {:.3} [{:.3}, {:.3}]",
        "variance ratio", row.variance_ratio, "", v.mean, v.low, v.high
    );
    if let Some(n) = row.nearest_real {
        let _ = writeln!(
            out,
            "{:<22}{:>10}  {:>9}   {} for fresh true samples; {:.1} % are copies",
            "to nearest real",
            short(n.median),
            "median",
            short(n.reference_median),
            100.0 * n.copies
        );
    }
    if row.narrower {
        let _ = writeln!(
            out,
            "narrower than the truth: more high-quality samples than a perfect sampler has, with {:.0} % of the variance within modes",
            100.0 * row.variance_ratio
        );
    }
    out
}

fn perfect(case: ReferenceCase) -> String {
    match case {
        ReferenceCase::Perfect => "perfect sampler, mean [95 % of cases]".to_owned(),
        ReferenceCase::Resampled { real } => {
            format!("draws from {real} true samples, mean [95 % of cases]")
        }
    }
}

fn score(name: &str, e: &EstimateJson, scale: f64, decimals: usize) -> String {
    let r = e.reference;
    // One decimal more where counts are averaged.
    let averaged = decimals.max(usize::from(r.mean.fract() != 0.0 && decimals == 0));
    let side = if e.value < r.low {
        "  below"
    } else if e.value > r.high {
        "  above"
    } else {
        ""
    };
    format!(
        "{name:<22}{:>10.decimals$}  {:>9.errors$}   {:.averaged$} [{:.decimals$}, {:.decimals$}]{side}\n",
        scale * e.value,
        scale * e.standard_error,
        scale * r.mean,
        scale * r.low,
        scale * r.high,
        errors = decimals.max(1),
    )
}

/// How the solve behind a row went.
pub(crate) fn solved(domain: &str, stopped: &str, iterations: usize, residual: f64) -> String {
    format!(
        "{:<22}{stopped} after {iterations} {}, residual {}, from {domain}\n",
        "solve",
        crate::table::plural(iterations, "step"),
        short(residual)
    )
}

/// A row a seed, then means with their errors and the reference of the first seed.
pub(crate) fn seeds(
    rows: &[&Row],
    mean: &Summary,
    modes: &str,
    count: usize,
    case: ReferenceCase,
) -> String {
    let mut out = String::new();
    if let Some(first) = rows.first() {
        let _ = writeln!(
            out,
            "{}: {} samples on {modes}, {count} {}",
            first.name,
            first.samples,
            crate::table::plural(count, "mode")
        );
    }
    let _ = writeln!(
        out,
        "{:<16}{:>10}{:>18}{:>18}{:>16}",
        "seed", "modes", "high quality, %", "reverse KL, nats", "variance ratio"
    );
    for r in rows {
        let _ = writeln!(
            out,
            "{:<16}{:>10}{:>18.2}{:>18.4}{:>16.3}",
            r.seed,
            r.modes.value,
            100.0 * r.high_quality.value,
            r.reverse_kl.value,
            r.variance_ratio
        );
    }
    let mut averages = |name: &str, f: &dyn Fn(&Average) -> Option<f64>| {
        let cell = |a: &Average, scale: f64, decimals: usize| {
            f(a).map_or_else(|| "-".to_owned(), |v| format!("{:.decimals$}", scale * v))
        };
        let _ = writeln!(
            out,
            "{name:<16}{:>10}{:>18}{:>18}{:>16}",
            cell(&mean.modes, 1.0, 2),
            cell(&mean.high_quality, 100.0, 3),
            cell(&mean.reverse_kl, 1.0, 5),
            cell(&mean.variance_ratio, 1.0, 4)
        );
    };
    averages("mean", &|a| Some(a.mean));
    averages("standard error", &|a| a.standard_error);
    if let Some(first) = rows.first() {
        let (m, q, k, v) = (
            first.modes.reference,
            first.high_quality.reference,
            first.reverse_kl.reference,
            first.variance_reference,
        );
        let _ = writeln!(
            out,
            "{:<16}{:>10.2}{:>18.3}{:>18.5}{:>16.4}   {}",
            "reference",
            m.mean,
            100.0 * q.mean,
            k.mean,
            v.mean,
            perfect(case)
        );
    }
    out
}

/// Three digits.
fn short(x: f64) -> String {
    significant(x, 3)
}

/// Nine digits.
fn digits(x: f64) -> String {
    significant(x, 9)
}

/// `n` significant digits, plainly where that reads well.
fn significant(x: f64, n: i32) -> String {
    if x == 0.0 {
        return "0".to_owned();
    }
    let magnitude = x.abs().log10().floor() as i32;
    if (-4..5).contains(&magnitude) {
        format!("{x:.*}", (n - 1 - magnitude).max(0) as usize)
    } else {
        format!("{x:.*e}", n as usize - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        for (x, text) in [
            (0.0, "0"),
            (1.0, "1.00"),
            (0.99866, "0.999"),
            (0.0123456, "0.0123"),
            (1234.5, "1234"),
            (0.00054105, "0.000541"),
            (-2.5e-5, "-2.50e-5"),
            (7e9, "7.00e9"),
            (3.14159e-11, "3.14e-11"),
        ] {
            assert_eq!(short(x), text);
        }
        assert_eq!(digits(0.1354166666), "0.135416667");
    }

    #[test]
    fn medians_of_even_and_odd_counts() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 3.0, 9.0]), 2.5);
    }

    #[test]
    fn errors_are_one_line_or_one_object() {
        let error = Error::new("csv", "Line 3: bad\nfield").at_line(3, Some(2)).at_index(1);
        assert_eq!(error_line(&error), "brenier: Line 3: bad field");
        let object: serde_json::Value = serde_json::from_str(&error_json(&error)).unwrap();
        assert_eq!(object["code"], "csv");
        assert_eq!((object["line"].as_u64(), object["index"].as_u64()), (Some(3), Some(1)));
    }
}
