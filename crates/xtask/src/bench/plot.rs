//! A log-log plot as SVG, for light and dark pages.

use std::fmt::Write;

/// One line.
pub(super) struct Series {
    pub(super) label: String,
    pub(super) ink: Ink,
    /// Ascending in x; all numbers positive.
    pub(super) line: Vec<(f64, f64)>,
    /// What the line is the middle of.
    pub(super) dots: Vec<(f64, f64)>,
}

/// How a line is drawn, and on which side of it its label stands.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    /// Grey and dashed, labelled above.
    Neutral,
    /// Blue, labelled below.
    Blue,
}

impl Ink {
    fn class(self) -> &'static str {
        match self {
            Self::Neutral => "n",
            Self::Blue => "b",
        }
    }
}

/// Lines over a common x, each panel with heights of its own.
pub(super) struct Panel {
    pub(super) title: String,
    pub(super) series: Vec<Series>,
}

const WIDTH: f64 = 250.0;
const HEIGHT: f64 = 240.0;
/// Room left of a panel for its numbers, above for its title, below for the axis.
const LEFT: f64 = 52.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 50.0;
/// About the width of a letter of a label.
const LETTER: f64 = 6.4;

const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#333}.t{font-weight:600}.g{stroke:#e4e4e4}\
.n{stroke:#666;stroke-dasharray:6 4}.b{stroke:#0072B2}.n,.b{fill:none;stroke-width:2}\
circle.n{fill:#666}circle.b{fill:#0072B2}circle{stroke:none!important;opacity:.45}\
text.n{fill:#555;stroke:none}text.b{fill:#0072B2;stroke:none}.p{fill:#fff}\
@media(prefers-color-scheme:dark){text{fill:#ddd}.g{stroke:#343a42}.p{fill:#14171c}\
.n{stroke:#aaa}circle.n{fill:#aaa}text.n{fill:#bbb}\
.b{stroke:#56B4E9}circle.b,text.b{fill:#56B4E9}}";

/// The picture of some panels side by side; `title` is what it is called for those who do not see
/// it, `x` names the axis they share.
pub(super) fn svg(title: &str, x: &str, panels: &[Panel]) -> String {
    let width = panels.len() as f64 * (LEFT + WIDTH) + 16.0;
    let height = TOP + HEIGHT + BOTTOM;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"p\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    for (k, panel) in panels.iter().enumerate() {
        draw(&mut out, panel, x, k as f64 * (LEFT + WIDTH) + LEFT);
    }
    out.push_str("</svg>\n");
    out
}

/// Whole powers of `base` around some numbers.
fn extent(values: impl Iterator<Item = f64>, base: f64) -> (i32, i32) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    values.for_each(|v| (low, high) = (low.min(v.log(base)), high.max(v.log(base))));
    // A power of the base is itself, whatever its logarithm rounds to.
    let (low, high) = ((low + 1e-9).floor() as i32, (high - 1e-9).ceil() as i32);
    (low, high.max(low + 1))
}

fn draw(out: &mut String, panel: &Panel, x_label: &str, left: f64) {
    let points = || panel.series.iter().flat_map(|s| s.line.iter().chain(&s.dots));
    let (x0, x1) = extent(points().map(|p| p.0), 2.0);
    let (y0, y1) = extent(points().map(|p| p.1), 10.0);
    let at_x = |x: f64| left + WIDTH * (x.log2() - f64::from(x0)) / f64::from(x1 - x0);
    let at_y = |y: f64| TOP + HEIGHT * (f64::from(y1) - y.log10()) / f64::from(y1 - y0);
    // Writing to a String cannot fail.
    let _ = writeln!(out, "<text class=\"t\" x=\"{left}\" y=\"20\">{}</text>", panel.title);
    for power in y0..=y1 {
        let y = at_y(10f64.powi(power));
        let (right, name) = (left + WIDTH, superscript(power));
        let _ = writeln!(
            out,
            "<line class=\"g\" x1=\"{left}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">10{name}</text>",
            left - 6.0,
            y + 4.0
        );
    }
    let every = (f64::from(x1 - x0) / 5.0).ceil() as usize;
    for power in (x0..=x1).step_by(every) {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">2{}</text>",
            at_x(2f64.powi(power)),
            TOP + HEIGHT + 18.0,
            superscript(power)
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{x_label}</text>",
        left + WIDTH / 2.0,
        TOP + HEIGHT + 38.0
    );
    for series in &panel.series {
        let class = series.ink.class();
        for (x, y) in &series.dots {
            let (x, y) = (at_x(*x), at_y(*y));
            let _ =
                writeln!(out, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\"/>");
        }
        let line: Vec<(f64, f64)> = series.line.iter().map(|(x, y)| (at_x(*x), at_y(*y))).collect();
        let path: Vec<String> = line.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let _ = writeln!(out, "<path class=\"{class}\" d=\"M{}\"/>", path.join("L"));
        // Errors fall to the right: there is room above the right end and below the left one.
        let wide = LETTER * series.label.chars().count() as f64;
        let (x, y, anchor) = match series.ink {
            Ink::Neutral => {
                let beside = line.iter().filter(|p| p.0 >= left + WIDTH - wide - 12.0);
                let y = beside.map(|p| p.1).fold(f64::INFINITY, f64::min) - 12.0;
                (left + WIDTH - 2.0, y.max(TOP + 12.0), "end")
            }
            Ink::Blue => {
                let beside = line.iter().filter(|p| p.0 <= left + wide + 12.0);
                let y = beside.map(|p| p.1).fold(f64::NEG_INFINITY, f64::max) + 20.0;
                (left + 4.0, y.min(TOP + HEIGHT - 6.0), "start")
            }
        };
        let _ = writeln!(
            out,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
            series.label
        );
    }
}

/// A whole number as a superscript.
fn superscript(number: i32) -> String {
    let of = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(0x2070 + c as u32 - '0' as u32).unwrap_or(c),
        _ => '⁰',
    };
    number.to_string().chars().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_series_is_one_path() {
        let series = |ink, times: f64| Series {
            label: format!("times {times}"),
            ink,
            line: vec![(1024.0, times), (2048.0, times / 2.0), (4096.0, times / 4.0)],
            dots: vec![(1024.0, times * 1.1)],
        };
        let panel = |title: &str| Panel {
            title: title.to_owned(),
            series: vec![series(Ink::Neutral, 0.1), series(Ink::Blue, 0.01)],
        };
        let text = svg("what", "samples", &[panel("one"), panel("two")]);
        assert_eq!(text.matches("<path").count(), 4);
        assert_eq!(text.matches("<circle").count(), 4);
        assert_eq!(text.matches("times 0.01<").count(), 2);
        assert!(text.contains("prefers-color-scheme:dark") && text.contains(">10⁻³<"));
        assert!(!text.contains("NaN") && !text.contains("inf"));
    }

    #[test]
    fn axes_reach_from_power_to_power() {
        assert_eq!(extent([0.002, 0.5].into_iter(), 10.0), (-3, 0));
        assert_eq!(extent([0.001, 1.0].into_iter(), 10.0), (-3, 0));
        assert_eq!(extent([1024.0, 1024.0].into_iter(), 2.0), (10, 11));
        assert_eq!((superscript(-10), superscript(24)), ("⁻¹⁰".to_owned(), "²⁴".to_owned()));
    }
}
