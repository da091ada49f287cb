//! A small alphabet of strokes, drawn for this page on a raster of 8 × 12 units.
//!
//! A glyph is a list of strokes separated by `|`. A stroke is a list of points, each two
//! hexadecimal digits `xy` with y upward. A stroke that starts with `~` is rounded, one that
//! starts with `o` is rounded and closed, any other is a polyline.

use crate::error::Error;
use geometry::Point;

const GLYPHS: &[(char, &str)] = &[
    ('A', "00 4c 80|24 64"),
    ('B', "00 0c|~0c 4c 8c 86 46 06|~06 46 86 80 40 00"),
    ('C', "~8a 8c 0c 00 80 82"),
    ('D', "00 0c|~0c 3c 8c 80 30 00"),
    ('E', "8c 0c 00 80|06 66"),
    ('F', "8c 0c 00|06 66"),
    ('G', "~8a 8c 0c 00 80 86|86 56"),
    ('H', "00 0c|80 8c|06 86"),
    ('I', "40 4c|2c 6c|20 60"),
    ('J', "~6c 64 60 00 04"),
    ('K', "00 0c|8c 05|38 80"),
    ('L', "0c 00 80"),
    ('M', "00 0c 45 8c 80"),
    ('N', "00 0c 80 8c"),
    ('O', "o0c 8c 80 00"),
    ('P', "00 0c|~0c 4c 8c 85 45 05"),
    ('Q', "o0c 8c 80 00|53 80"),
    ('R', "00 0c|~0c 4c 8c 85 45 05|45 80"),
    ('S', "~8a 8c 0c 06 86 80 00 02"),
    ('T', "0c 8c|4c 40"),
    ('U', "~0c 04 00 80 84 8c"),
    ('V', "0c 40 8c"),
    ('W', "0c 20 48 60 8c"),
    ('X', "00 8c|0c 80"),
    ('Y', "0c 46 8c|46 40"),
    ('Z', "0c 8c 00 80"),
    ('0', "o1c 7c 70 10"),
    ('1', "19 4c 40|10 70"),
    ('2', "~0a 0c 8c 87 00|00 80"),
    ('3', "~0a 0c 8c 86 36|~36 86 80 00 02"),
    ('4', "60 6c 04 84"),
    ('5', "8c 0c 07|~07 87 80 00 02"),
    ('6', "~7c 0c 00 80 87 07 03"),
    ('7', "0c 8c 30"),
    ('8', "o0c 8c 86 06|o06 86 80 00"),
    ('9', "~10 80 8c 0c 05 85 89"),
    ('+', "16 76|43 49"),
    ('-', "16 76"),
    ('=', "14 74|18 78"),
    ('/', "00 8c"),
    ('.', "40 41"),
    (',', "41 30"),
    (':', "42 43|49 4a"),
    ('!', "4c 44|40 41"),
    ('?', "~0a 0c 8c 87 44|40 41"),
    ('∇', "0c 8c 40 0c"),
    ('π', "09 89|20 29|60 69"),
    ('ν', "09 40 89"),
];

/// Width of a stroke, and the gap between letters, in units of the raster.
const STROKE: f64 = 1.7;
const GAP: f64 = 4.0;
const SCRIPT: f64 = 0.6;

/// The strokes of a text as line segments centred at the origin, with half their width.
#[derive(Debug)]
pub(crate) struct Strokes {
    segments: Vec<(Point, Point, f64)>,
    /// Half the width and half the height of the whole.
    pub(crate) half: [f64; 2],
}

impl Strokes {
    /// Lays out a text: letters (small ones as capitals), digits, raised (²) and lowered (₂)
    /// digits, spaces and `+ - = / . , : ! ? ∇ π ν`.
    pub(crate) fn of(text: &str) -> Result<Self, Error> {
        let mut segments = Vec::new();
        let mut x = 0.0;
        for (index, c) in text.chars().enumerate() {
            let (c, scale, lift) = script(c);
            if c != ' ' {
                let upper = c.to_ascii_uppercase();
                let glyph = GLYPHS.iter().find(|(g, _)| *g == upper);
                let Some((_, strokes)) = glyph else {
                    return Err(Error::new(
                        "text",
                        format!("There is no letter “{c}” here. Use A–Z, 0–9, ²₂ and + - = / . , : ! ? ∇ π ν."),
                    )
                    .at_index(index));
                };
                for stroke in strokes.split('|') {
                    let line = curve(stroke);
                    let place = |p: &Point| [x + scale * p[0], lift + scale * p[1]];
                    for pair in line.windows(2) {
                        let half = STROKE * scale.sqrt() / 2.0;
                        segments.push((place(&pair[0]), place(&pair[1]), half));
                    }
                }
            }
            x += scale * 8.0 + GAP;
        }
        if segments.is_empty() {
            return Err(Error::new("text", "The text has no letter. Write one, such as W₂."));
        }
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for (a, b, half) in &segments {
            for k in 0..2 {
                low[k] = low[k].min(a[k].min(b[k]) - half);
                high[k] = high[k].max(a[k].max(b[k]) + half);
            }
        }
        let centre = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];
        for (a, b, _) in &mut segments {
            for k in 0..2 {
                a[k] -= centre[k];
                b[k] -= centre[k];
            }
        }
        Ok(Strokes { segments, half: [(high[0] - low[0]) / 2.0, (high[1] - low[1]) / 2.0] })
    }

    /// Whether the point lies on a stroke.
    pub(crate) fn contains(&self, p: Point) -> bool {
        self.segments.iter().any(|(a, b, half)| {
            let (d, e) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
            let length = d[0] * d[0] + d[1] * d[1];
            let s = ((d[0] * e[0] + d[1] * e[1]) / length.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
            let r = [e[0] - s * d[0], e[1] - s * d[1]];
            r[0] * r[0] + r[1] * r[1] <= half * half
        })
    }
}

/// Raised and lowered digits as digits of a smaller size.
fn script(c: char) -> (char, f64, f64) {
    let digit = |n: u32| char::from_digit(n, 10).unwrap_or('0');
    match c {
        '₀'..='₉' => (digit(c as u32 - '₀' as u32), SCRIPT, -2.5),
        '²' => ('2', SCRIPT, 6.0),
        '³' => ('3', SCRIPT, 6.0),
        '¹' => ('1', SCRIPT, 6.0),
        _ => (c, 1.0, 0.0),
    }
}

/// The polyline of a stroke; corners of rounded strokes are cut three times (Chaikin 1974).
fn curve(stroke: &str) -> Vec<Point> {
    let (rounded, closed) = (stroke.starts_with(['~', 'o']), stroke.starts_with('o'));
    let mut line: Vec<Point> = stroke
        .trim_start_matches(['~', 'o'])
        .split(' ')
        .filter_map(|p| {
            let mut digits = p.chars().map(|c| c.to_digit(16));
            Some([f64::from(digits.next()??), f64::from(digits.next()??)])
        })
        .collect();
    if rounded {
        for _ in 0..3 {
            line = cut(&line, closed);
        }
    }
    if closed && let Some(&first) = line.first() {
        line.push(first);
    }
    line
}

fn cut(line: &[Point], closed: bool) -> Vec<Point> {
    let n = line.len();
    let mut out = Vec::with_capacity(2 * n + 2);
    if !closed {
        out.extend(line.first());
    }
    for i in 0..if closed { n } else { n.saturating_sub(1) } {
        let (a, b) = (line[i], line[(i + 1) % n]);
        out.push([0.75 * a[0] + 0.25 * b[0], 0.75 * a[1] + 0.25 * b[1]]);
        out.push([0.25 * a[0] + 0.75 * b[0], 0.25 * a[1] + 0.75 * b[1]]);
    }
    if !closed {
        out.extend(line.last());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_reads_and_stays_on_its_raster() {
        for (c, strokes) in GLYPHS {
            for stroke in strokes.split('|') {
                let points = stroke.trim_start_matches(['~', 'o']).split(' ').count();
                let plain = curve(stroke.trim_start_matches(['~', 'o']));
                assert_eq!(plain.len(), points, "{c}: {stroke}");
                let line = curve(stroke);
                assert!(line.iter().all(|p| p[0] <= 8.0 && p[1] <= 12.0), "{c}");
            }
        }
    }

    #[test]
    fn letters_and_digits_all_exist() {
        for c in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain('₀'..='₉') {
            Strokes::of(&c.to_string()).unwrap();
        }
    }

    #[test]
    fn the_hole_of_an_o_is_empty() {
        let o = Strokes::of("O").unwrap();
        assert!(!o.contains([0.0, 0.0]));
        assert!(o.contains([-4.0, 0.0]) && o.contains([0.0, 6.0]));
    }

    #[test]
    fn an_unknown_letter_is_named() {
        let e = Strokes::of("AB%").unwrap_err();
        assert_eq!((e.code, e.index), ("text", Some(2)));
        assert!(e.message.contains('%'));
        assert_eq!(Strokes::of("   ").unwrap_err().code, "text");
    }
}
