//! Own points in space from text: CSV `x,y,z[,mass]` or JSON. Every error names the line, the
//! column and what to do.

use super::MAX_OWN;
use crate::error::Error;
use crate::points::{NUMERIC, fields, number};

/// There are no points.
pub(super) fn none() -> Error {
    Error::new("empty", "There is no point in this text. Give one a line, as x,y,z or x,y,z,mass.")
}

/// Points centred at the middle of their box and scaled to `radius` about it, and the factor.
pub(super) fn beside(points: &[[f64; 4]], radius: f64) -> (Vec<[f64; 3]>, f64) {
    let middle = [0, 1, 2].map(|k| {
        let low = points.iter().map(|p| p[k]).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(|p| p[k]).fold(f64::NEG_INFINITY, f64::max);
        low + (high - low) / 2.0
    });
    let centred = |p: &[f64; 4]| [0, 1, 2].map(|k| p[k] - middle[k]);
    // The largest coordinate is taken out before squares are: 1e200 is a number too.
    let top = points.iter().flat_map(centred).fold(0.0_f64, |m, v| m.max(v.abs()));
    let far = points
        .iter()
        .map(|p| centred(p).iter().map(|v| (v / top).powi(2)).sum::<f64>().sqrt() * top)
        .fold(0.0, f64::max);
    let scale = if far > 0.0 { radius / far } else { 1.0 };
    (points.iter().map(|p| centred(p).map(|v| v * scale)).collect(), scale)
}

/// Reads points, `[x, y, z, mass]`; the mass is 1 where the text gives none.
///
/// CSV: separated by commas, semicolons, tabs or spaces; with semicolons a comma is a decimal
/// comma. Blank lines and lines that start with `#` are skipped, a header is optional and its
/// names `x`, `y`, `z` and `mass` pick columns. JSON: rows of 3 or 4 numbers.
///
/// # Errors
/// Code `csv` or `json` with line and column; `empty` when there is no point.
pub fn parse(text: &str) -> Result<Vec<[f64; 4]>, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = if text.trim_start().starts_with('[') { json(text)? } else { csv(text)? };
    match read.len() {
        0 => Err(none()),
        n if n > MAX_OWN => Err(Error::new(
            "csv",
            format!(
                "There are {n} points; this scene takes {MAX_OWN}. Use the command line for more."
            ),
        )),
        _ => Ok(read),
    }
}

/// Columns of x, y, z and the mass.
fn header(names: &[&str], line: usize) -> Result<Option<[Option<usize>; 4]>, Error> {
    let find = |wanted: &[&str]| {
        names.iter().position(|n| {
            wanted.contains(&n.trim_matches('"').trim().to_ascii_lowercase().as_str())
        })
    };
    let mass = find(&["mass", "masses", "m", "w", "weight", "weights", "nu", "ν"]);
    match [find(&["x"]), find(&["y"]), find(&["z"])] {
        [Some(x), Some(y), Some(z)] => Ok(Some([Some(x), Some(y), Some(z), mass])),
        [None, None, None] if names.len() <= 4 => Ok(None),
        _ => Err(Error::new(
            "csv",
            format!("Line {line}: the header does not name x, y and z. Name all three, or leave the header out."),
        )
        .at_line(line, None)),
    }
}

fn csv(text: &str) -> Result<Vec<[f64; 4]>, Error> {
    let mut points = Vec::new();
    let mut columns: Option<[Option<usize>; 4]> = None;
    let mut width: Option<(usize, usize)> = None;
    let mut first = true;
    for (line, raw) in (1..).zip(text.lines()) {
        let content = raw.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (fields, comma) = fields(content);
        let whole = |message| Err(Error::new("csv", message).at_line(line, None));
        if std::mem::take(&mut first) {
            let name = |f: &&str| {
                let f = f.trim_matches('"');
                number(f, comma).is_none() && !f.is_empty() && !f.starts_with(NUMERIC)
            };
            if fields.iter().all(name) {
                columns = header(&fields, line)?;
                width = columns.map(|_| (fields.len(), line));
                continue;
            }
        }
        let n = fields.len();
        if columns.is_none() && !(3..=4).contains(&n) {
            let words = if n == 1 { "field" } else { "fields" };
            return whole(format!("Line {line} has {n} {words}. Write x,y,z or x,y,z,mass."));
        }
        let (expected, since) = *width.get_or_insert((n, line));
        if n != expected {
            return whole(format!(
                "Line {line} has {n} fields, line {since} has {expected}. Give every line the same."
            ));
        }
        let picked = columns.unwrap_or([Some(0), Some(1), Some(2), (n == 4).then_some(3)]);
        let mut point = [0.0, 0.0, 0.0, 1.0];
        for (slot, column) in picked.into_iter().enumerate() {
            let Some(column) = column else { continue };
            let field = fields[column];
            point[slot] = match number(field, comma) {
                Some(v) if v.is_finite() && (slot < 3 || v > 0.0) => v,
                wrong => {
                    let what = match wrong {
                        None if field.is_empty() => "the field is empty. Write a number.".into(),
                        None => format!("“{field}” is not a number. Write numbers such as 0.25."),
                        Some(v) if !v.is_finite() => {
                            format!("“{field}” is not finite. Correct it or remove the line.")
                        }
                        Some(_) => format!(
                            "the mass {field} is not positive. Make it positive or remove the line."
                        ),
                    };
                    let message = format!("Line {line}, column {}: {what}", column + 1);
                    return Err(Error::new("csv", message).at_line(line, Some(column + 1)));
                }
            };
        }
        points.push(point);
    }
    Ok(points)
}

fn json(text: &str) -> Result<Vec<[f64; 4]>, Error> {
    let rows: Vec<Vec<f64>> = serde_json::from_str(text).map_err(|e| {
        let (line, column, what) = (e.line(), e.column(), e.to_string());
        let what = what.split(" at line ").next().unwrap_or_default().to_string();
        Error::new("json", format!("Line {line}, character {column}: {what}."))
            .at_line(line, Some(column))
    })?;
    let point = |(index, row): (usize, &Vec<f64>)| {
        let refuse =
            |what: &str| Err(Error::new("json", format!("Point {index}: {what}")).at_index(index));
        match *row.as_slice() {
            [x, y, z] => Ok([x, y, z, 1.0]),
            [x, y, z, m] if m > 0.0 => Ok([x, y, z, m]),
            [_, _, _, m] => refuse(&format!("the mass {m} is not positive.")),
            _ => refuse("write [x, y, z] or [x, y, z, mass]."),
        }
    };
    rows.iter().enumerate().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_lists_are_read() {
        let two = [[0.5, 1.0, 2.0, 1.0], [2.0, -0.03, 0.0, 1.0]];
        for text in [
            "0.5,1,2\n2,-3e-2,0",
            "0,5;1;2\n2;-0,03;0",
            "  0.5 1 2\n\n2 -0.03 0\n",
            "# mine\nx,y,z\n0.5,1,2\n2,-0.03,0",
            "id,z,y,x\n7,2,1,0.5\n8,0,-0.03,2",
            "[[0.5,1,2],[2,-0.03,0,1]]",
        ] {
            assert_eq!(parse(text).unwrap(), two, "{text}");
        }
        assert_eq!(parse("1,2,3,0.25").unwrap(), [[1.0, 2.0, 3.0, 0.25]]);
        assert_eq!(parse("mass;x;y;z\n2;1;1;1").unwrap(), [[1.0, 1.0, 1.0, 2.0]]);
    }

    #[test]
    fn errors_say_where() {
        for (text, code, line, column, says) in [
            ("1,2,3\n3,x,1", "csv", Some(2), Some(2), "“x” is not a number"),
            ("# c\n\n1,2,3\n3,,1", "csv", Some(4), Some(2), "empty"),
            ("1,2,3\n3,4,5,6", "csv", Some(2), None, "4 fields, line 1 has 3"),
            ("1,2", "csv", Some(1), None, "2 fields. Write x,y,z"),
            ("1,2,nan", "csv", Some(1), Some(3), "not finite"),
            ("1,2,3,0", "csv", Some(1), Some(4), "not positive"),
            ("x,y,mass\n1,2,3", "csv", Some(1), None, "does not name x, y and z"),
            ("", "empty", None, None, "no point"),
            ("[]", "empty", None, None, "no point"),
            ("[[1,2,3],\n[1,2,\"a\"]]", "json", Some(2), None, "string"),
            ("[[1,2,3],[1,2]]", "json", None, None, "Point 1"),
        ] {
            let e = parse(text).unwrap_err();
            assert_eq!((e.code, e.line), (code, line), "{text}: {e}");
            assert!(e.message.contains(says), "{text}: {e}");
            assert!(column.is_none() || e.column == column, "{text}: {e}");
        }
        assert_eq!(parse(&"0 0 0\n".repeat(MAX_OWN + 1)).unwrap_err().code, "csv");
    }

    #[test]
    fn huge_points_are_scaled_too() {
        let (places, scale) = beside(&[[1e200, 0.0, 0.0, 1.0], [-1e200, 0.0, 0.0, 1.0]], 1.0);
        assert_eq!(places, [[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]);
        assert_eq!(scale, 1e-200);
    }
}
