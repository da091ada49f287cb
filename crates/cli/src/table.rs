//! Small numeric tables that are not points: modes and masses.
//!
//! The rules are those of points: commas, semicolons (with decimal commas), tabs or spaces
//! between fields; blank lines and lines that start with `#` are skipped; a header is optional.

use std::ops::RangeInclusive;

use lab::error::Error;

/// A row with the line it stands on, counted from 1.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) values: Vec<f64>,
}

/// Reads rows with a value for each of `columns`, of which those from `required` on may be
/// left out on all rows alike.
pub(crate) fn read(text: &str, columns: &[&str], required: usize) -> Result<Vec<Row>, Error> {
    let form = match required {
        n if n == columns.len() => columns.join(","),
        n => format!("{} or {}", columns[..n].join(","), columns.join(",")),
    };
    scan(text, &form, required..=columns.len(), |fields| {
        fields.len() <= columns.len()
            && fields.iter().zip(columns).all(|(f, c)| f.to_lowercase().starts_with(&c[..1]))
    })
}

/// Reads rows of coordinates, as many on each as on the first.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, Error> {
    scan(text, "as many coordinates as on the first line", 1..=usize::MAX, |_| true)
}

/// Reads rows of `counts` values, the same number on all. `in_order` is asked whether a header
/// names the columns in their order.
fn scan(
    text: &str,
    form: &str,
    counts: RangeInclusive<usize>,
    in_order: impl Fn(&[String]) -> bool,
) -> Result<Vec<Row>, Error> {
    let mut rows: Vec<Row> = Vec::new();
    let mut first = true;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (line, content) in (1..).zip(text.lines().map(str::trim)) {
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let fields = fields(content);
        let fail = |message: String, column| {
            Err(Error::new("csv", format!("Line {line}{message}")).at_line(line, column))
        };
        if std::mem::take(&mut first) && fields.iter().all(|f| is_name(f)) {
            if !in_order(&fields) {
                return fail(
                    format!(": the header is “{content}”. Order the columns as {form}."),
                    None,
                );
            }
            continue;
        }
        let expected = match rows.first() {
            Some(row) => row.values.len()..=row.values.len(),
            None => counts.clone(),
        };
        if !expected.contains(&fields.len()) {
            let n = fields.len();
            return fail(
                format!(" has {n} {}. Write {form} on every line.", plural(n, "field")),
                None,
            );
        }
        let mut values = Vec::with_capacity(fields.len());
        for (i, field) in fields.iter().enumerate() {
            let Some(value) = number(field).filter(|v| v.is_finite()) else {
                let message = format!(
                    ", column {}: “{field}” is not a finite number. Write numbers such as 0.25.",
                    i + 1
                );
                return fail(message, Some(i + 1));
            };
            values.push(value);
        }
        rows.push(Row { line, values });
    }
    if rows.is_empty() {
        return Err(Error::new(
            "empty",
            format!("There is no row in this text. Write {form} a line."),
        ));
    }
    Ok(rows)
}

fn fields(line: &str) -> Vec<String> {
    let clean = |f: &str| f.trim().trim_matches('"').to_owned();
    if line.contains(';') {
        line.split(';').map(|f| clean(f).replace(',', ".")).collect()
    } else if line.contains(',') {
        line.split(',').map(clean).collect()
    } else {
        line.split_whitespace().map(clean).collect()
    }
}

fn number(field: &str) -> Option<f64> {
    field.parse().ok()
}

fn is_name(field: &str) -> bool {
    number(field).is_none() && field.starts_with(char::is_alphabetic)
}

/// `1 field`, `2 fields`: the noun for `n`.
pub(crate) fn plural(n: usize, noun: &str) -> String {
    if n == 1 { noun.to_owned() } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [&str; 4] = ["x", "y", "sigma", "weight"];

    fn values(text: &str) -> Vec<Vec<f64>> {
        read(text, &MODES, 3).unwrap().into_iter().map(|r| r.values).collect()
    }

    #[test]
    fn all_separators_read_alike() {
        let expected = vec![vec![0.5, -1.0, 0.25], vec![2.0, 3.0, 1e-3]];
        for text in [
            "0.5,-1,0.25\n2,3,1e-3\n",
            "\u{feff}x,y,sigma\r\n0.5,-1,0.25\r\n2,3,1e-3",
            "# modes\n\nX;Y;Sigma\n0,5;-1;0,25\n2;3;1e-3",
            "0.5\t-1\t0.25\n  2 3   1e-3  \n# end",
            "\"x\",\"y\",\"sigma\"\n0.5, -1, 0.25\n2 , 3 , 1e-3",
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }

    #[test]
    fn rows_of_any_width_are_of_one() {
        let read = rows("a,b,c,d\n1,2,3,4\n5 6 7 8\n").unwrap();
        assert_eq!(read[1].values, [5.0, 6.0, 7.0, 8.0]);
        let error = rows("1,2,3\n1,2\n").unwrap_err();
        assert_eq!(error.line, Some(2));
        assert!(error.message.contains("as many coordinates"), "{}", error.message);
    }

    #[test]
    fn the_line_is_kept() {
        let rows = read("#\n\nmass\n1\n# two\n2\n", &["mass"], 1).unwrap();
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [4, 6]);
    }

    #[test]
    fn mistakes_name_the_line_and_what_to_write() {
        for (text, line, hint) in [
            ("0,0,1\n0,zero,1", 2, "column 2: “zero”"),
            ("0,0,1\n\n1,1", 3, "2 fields"),
            ("0,0,1\n1,1,1,2", 2, "x,y,sigma or x,y,sigma,weight"),
            ("1,2", 1, "2 fields"),
            ("1", 1, "1 field."),
            ("sigma,x,y\n1,0,0", 1, "Order the columns"),
            ("0,0,inf", 1, "finite"),
            ("0,,1", 1, "column 2"),
        ] {
            let error = read(text, &MODES, 3).unwrap_err();
            assert_eq!(error.line, Some(line), "{text}");
            assert!(error.message.contains(hint), "{}", error.message);
        }
        assert_eq!(read("# nothing\n", &MODES, 3).unwrap_err().code, "empty");
    }
}
