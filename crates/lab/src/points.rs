//! Points from text: CSV `x,y[,mass]` or JSON. Every error names the line, the column and what
//! to do.

use crate::error::Error;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Points that were read, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// `[x, y, mass]`; the mass is 1 where the text gives none.
    pub points: Vec<[f64; 3]>,
    /// Whether the text gave masses.
    pub with_masses: bool,
}

/// Reads points from CSV or JSON, whichever the text looks like.
///
/// CSV: separated by commas, semicolons, tabs or spaces (one kind throughout a line); with
/// semicolons a comma is a decimal comma. Lines that are blank or start with `#` are skipped. A
/// header is optional; its names `x`, `y` and `mass` (`m`, `w`, `weight`) pick columns, and then
/// further columns are ignored.
///
/// JSON: `[[x, y], …]`, `[[x, y, mass], …]`, `[{"x":…, "y":…, "mass":…}, …]`, any of these under
/// `points`, or `{"sites": […], "masses": […]}` as a plan is exported.
///
/// Requires finite coordinates and positive finite masses, on all rows or on none.
///
/// # Errors
/// Code `csv` or `json` with line and column; code `empty` when there is no point.
pub fn parse(text: &str) -> Result<Points, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = match text.trim_start().chars().next() {
        Some('[' | '{') => json(text)?,
        _ => csv(text)?,
    };
    if read.points.is_empty() {
        return Err(Error::new(
            "empty",
            "There is no point in this text. Give one a line, as x,y or x,y,mass.",
        ));
    }
    Ok(read)
}

/// Splits a line into its fields and their separator.
pub(crate) fn fields(line: &str) -> (Vec<&str>, bool) {
    if line.contains(';') {
        (line.split(';').map(str::trim).collect(), true)
    } else if line.contains(',') {
        (line.split(',').map(str::trim).collect(), false)
    } else if line.contains('\t') {
        (line.split('\t').map(str::trim).collect(), false)
    } else {
        (line.split_whitespace().collect(), false)
    }
}

pub(crate) fn number(field: &str, decimal_comma: bool) -> Option<f64> {
    let field = field.trim_matches('"');
    if decimal_comma && field.contains(',') && !field.contains('.') {
        return field.replace(',', ".").parse().ok();
    }
    field.parse().ok()
}

/// How numbers start.
pub(crate) const NUMERIC: [char; 14] =
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '+', '.', ','];

/// Columns of x, y and mass.
type Columns = (usize, usize, Option<usize>);

fn header(names: &[&str], line: usize) -> Result<Option<Columns>, Error> {
    let find = |wanted: &[&str]| {
        names.iter().position(|n| {
            wanted.contains(&n.trim_matches('"').trim().to_ascii_lowercase().as_str())
        })
    };
    let mass = find(&["mass", "masses", "m", "w", "weight", "weights", "nu", "ν"]);
    match (find(&["x", "x0"]), find(&["y", "y0"])) {
        (Some(x), Some(y)) => Ok(Some((x, y, mass))),
        (None, None) if names.len() <= 3 => Ok(None),
        _ => Err(Error::new(
            "csv",
            format!("Line {line}: the header names no column x or no column y. Name them, or leave the header out."),
        )
        .at_line(line, None)),
    }
}

fn csv(text: &str) -> Result<Points, Error> {
    let mut points = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut width: Option<(usize, usize)> = None;
    let mut first = true;
    for (i, raw) in text.lines().enumerate() {
        let line = i + 1;
        let content = raw.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (fields, comma) = fields(content);
        let fail = |column: usize, what: String| {
            Err(Error::new("csv", format!("Line {line}, column {}: {what}", column + 1))
                .at_line(line, Some(column + 1)))
        };
        if std::mem::take(&mut first) {
            // A name starts with neither a digit nor a sign.
            let names = fields.iter().all(|f| {
                let f = f.trim_matches('"');
                number(f, comma).is_none() && !f.is_empty() && !f.starts_with(NUMERIC)
            });
            if names {
                columns = header(&fields, line)?;
                if columns.is_some() {
                    width = Some((fields.len(), line));
                }
                continue;
            }
        }
        if columns.is_none() && !(2..=3).contains(&fields.len()) {
            let message = format!(
                "Line {line} has {} {}. Write x,y or x,y,mass.",
                fields.len(),
                if fields.len() == 1 { "field" } else { "fields" }
            );
            return Err(Error::new("csv", message).at_line(line, None));
        }
        let (expected, since) = *width.get_or_insert((fields.len(), line));
        if fields.len() != expected {
            return Err(Error::new(
                "csv",
                format!("Line {line} has {} fields, line {since} has {expected}. Give every line the same.", fields.len()),
            )
            .at_line(line, None));
        }
        let (x, y, mass) = columns.unwrap_or((0, 1, (fields.len() == 3).then_some(2)));
        let mut point = [0.0, 0.0, 1.0];
        for (slot, column) in [(0, Some(x)), (1, Some(y)), (2, mass)] {
            let Some(column) = column else { continue };
            let field = fields[column];
            match number(field, comma) {
                None if field.is_empty() => {
                    return fail(column, "the field is empty. Write a number.".into());
                }
                None => {
                    return fail(
                        column,
                        format!("“{field}” is not a number. Write numbers such as 0.25."),
                    );
                }
                Some(v) if !v.is_finite() => {
                    return fail(
                        column,
                        format!("“{field}” is not finite. Correct it or remove the line."),
                    );
                }
                Some(v) if slot == 2 && v <= 0.0 => {
                    return fail(
                        column,
                        format!(
                            "the mass {field} is not positive. Make it positive or remove the line."
                        ),
                    );
                }
                Some(v) => point[slot] = v,
            }
        }
        points.push(point);
    }
    let with_masses = match (columns, width) {
        (Some((_, _, mass)), _) => mass.is_some(),
        (None, width) => width.is_some_and(|(n, _)| n == 3),
    };
    Ok(Points { points, with_masses })
}

/// A row of JSON: `[x, y]`, `[x, y, mass]` or `{x, y, mass}`.
struct Row([f64; 2], Option<f64>);

struct RowVisitor;

/// A number that must be finite.
fn finite<E: de::Error>(v: f64) -> Result<f64, E> {
    if v.is_finite() { Ok(v) } else { Err(E::custom("a coordinate is not finite")) }
}

fn positive<E: de::Error>(v: f64) -> Result<f64, E> {
    if v > 0.0 && v.is_finite() {
        Ok(v)
    } else {
        Err(E::custom(format!(
            "the mass {v} is not positive; make it positive or remove the point"
        )))
    }
}

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a point: [x, y], [x, y, mass] or {\"x\":…, \"y\":…, \"mass\":…}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Row, A::Error> {
        let x = seq.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let y = seq.next_element()?.ok_or_else(|| de::Error::invalid_length(1, &self))?;
        let mass = seq.next_element()?.map(positive).transpose()?;
        if seq.next_element::<f64>()?.is_some() {
            return Err(de::Error::invalid_length(4, &self));
        }
        Ok(Row([finite(x)?, finite(y)?], mass))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
        let (mut x, mut y, mut mass) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "x" => x = Some(map.next_value::<f64>()?),
                "y" => y = Some(map.next_value::<f64>()?),
                "mass" | "m" | "w" | "weight" => mass = Some(positive(map.next_value()?)?),
                _ => {
                    map.next_value::<de::IgnoredAny>()?;
                }
            }
        }
        let x = x.ok_or_else(|| de::Error::missing_field("x"))?;
        let y = y.ok_or_else(|| de::Error::missing_field("y"))?;
        Ok(Row([finite(x)?, finite(y)?], mass))
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowVisitor)
    }
}

/// A whole document that is an object.
#[derive(Deserialize)]
struct Document {
    #[serde(alias = "points")]
    sites: Vec<Row>,
    masses: Option<Vec<f64>>,
}

fn json(text: &str) -> Result<Points, Error> {
    let fail = |e: serde_json::Error| {
        let (line, column) = (e.line(), e.column());
        let what = e.to_string();
        let what = what.split(" at line ").next().unwrap_or_default().to_string();
        Error::new("json", format!("Line {line}, character {column}: {what}."))
            .at_line(line, Some(column))
    };
    let rows: Vec<Row> = if text.trim_start().starts_with('{') {
        let document: Document = serde_json::from_str(text).map_err(fail)?;
        match document.masses {
            None => document.sites,
            Some(masses) if masses.len() != document.sites.len() => {
                return Err(Error::new(
                    "json",
                    format!(
                        "There are {} masses for {} sites. Give one mass a site.",
                        masses.len(),
                        document.sites.len()
                    ),
                ));
            }
            Some(masses) => {
                let mut rows = document.sites;
                for (index, (row, mass)) in rows.iter_mut().zip(masses).enumerate() {
                    if !(mass > 0.0 && mass.is_finite()) {
                        return Err(Error::new(
                            "json",
                            format!("The mass {mass} of site {index} is not positive. Make it positive or remove the site."),
                        )
                        .at_index(index));
                    }
                    row.1 = Some(mass);
                }
                rows
            }
        }
    } else {
        serde_json::from_str(text).map_err(fail)?
    };
    let with_masses = rows.iter().any(|r| r.1.is_some());
    if let Some(index) = rows.iter().position(|r| r.1.is_some() != with_masses) {
        return Err(Error::new(
            "json",
            format!("Point {index} has no mass and others have. Give all points a mass or none."),
        )
        .at_index(index));
    }
    let points = rows.into_iter().map(|Row(p, m)| [p[0], p[1], m.unwrap_or(1.0)]).collect();
    Ok(Points { points, with_masses })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(text: &str, expect: &[[f64; 3]], with_masses: bool) {
        let read = parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(read, Points { points: expect.to_vec(), with_masses }, "{text}");
    }

    #[test]
    fn tables_of_every_separator() {
        let two = [[0.5, 1.0, 1.0], [2.0, -3e-2, 1.0]];
        for text in [
            "0.5,1\n2,-3e-2",
            "0.5;1\n2;-3e-2\n",
            "0,5;1\n2;-0,03",
            "0.5\t1\r\n2\t-.03\r\n",
            "  0.5   1\n\n2 -0.03",
            "# made by hand\nx,y\n0.5,1\n# more\n2,-0.03",
            "\u{feff}\"x\";\"y\"\n0,5;1\n2;-0,03",
        ] {
            good(text, &two, false);
        }
    }

    #[test]
    fn headers_pick_columns() {
        good("id,mass,y,x\n7,2,1,0.5", &[[0.5, 1.0, 2.0]], true);
        good("X;Y;Weight\n1;2;3", &[[1.0, 2.0, 3.0]], true);
        good("lon lat\n1 2", &[[1.0, 2.0, 1.0]], false);
        good("1,2,0.25", &[[1.0, 2.0, 0.25]], true);
    }

    #[test]
    fn json_of_every_form() {
        good("[[1,2],[3,4]]", &[[1.0, 2.0, 1.0], [3.0, 4.0, 1.0]], false);
        good("[[1,2,0.5]]", &[[1.0, 2.0, 0.5]], true);
        good(r#" [{"x":1,"y":2,"name":"a"}]"#, &[[1.0, 2.0, 1.0]], false);
        good(r#"{"points":[{"x":1,"y":2,"mass":3}]}"#, &[[1.0, 2.0, 3.0]], true);
        good(r#"{"sites":[[1,2]],"masses":[3],"heights":[0]}"#, &[[1.0, 2.0, 3.0]], true);
    }

    #[test]
    fn errors_say_where() {
        for (text, code, line, column, says) in [
            ("1,2\n3,x", "csv", Some(2), Some(2), "“x” is not a number"),
            ("# c\n\n1,2\n3,", "csv", Some(4), Some(2), "empty"),
            ("1,2\n3,4,5", "csv", Some(2), None, "3 fields, line 1 has 2"),
            ("1,2,3,4", "csv", Some(1), None, "Write x,y"),
            ("1", "csv", Some(1), None, "1 field."),
            ("1,nan", "csv", Some(1), Some(2), "not finite"),
            ("1,2\ninf,2", "csv", Some(2), Some(1), "not finite"),
            ("1,2,0", "csv", Some(1), Some(3), "not positive"),
            ("x,y,mass\n1,2,-1", "csv", Some(2), Some(3), "not positive"),
            ("a,b,c,d\n1,2,3,4", "csv", Some(1), None, "no column x"),
            ("", "empty", None, None, "no point"),
            ("x,y\n", "empty", None, None, "no point"),
            ("[]", "empty", None, None, "no point"),
            ("[[1,2],\n[3]]", "json", Some(2), Some(3), "a point"),
            ("[[1,2],\n[3,4,-1]]", "json", Some(2), Some(9), "not positive"),
            ("[[1,2],[3,4,1]]", "json", None, None, "Point 0 has no mass"),
            ("{\"sites\":[[1,2]],\"masses\":[1,2]}", "json", None, None, "2 masses for 1"),
        ] {
            let e = parse(text).unwrap_err();
            assert_eq!(e.code, code, "{text}: {e}");
            assert!(e.message.contains(says), "{text}: {e}");
            assert_eq!(e.line, line, "{text}: {e}");
            if column.is_some() && code == "csv" {
                assert_eq!(e.column, column, "{text}: {e}");
            }
        }
    }
}
