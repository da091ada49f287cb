//! The words by which a domain is named, in links, in scenarios and on the command line.

use crate::error::Error;
use geometry::{ConvexPolygon, Point};
use std::fmt;

/// Sides of the polygon that stands for a disk. It has the disk's area; its vertices lie
/// outside the circle by about r·π²/(3·sides²), 2.5·10⁻⁵ r.
pub const DISK_SIDES: usize = 360;

/// A domain as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum DomainSpec {
    /// The preset's own: it encloses the sites.
    Auto,
    /// [0,1]².
    Square,
    /// `rectangle:x0,y0,x1,y1`.
    Rectangle([f64; 4]),
    /// `disk:x,y,r`.
    Disk([f64; 3]),
    /// `polygon:x,y;x,y;…`, convex, in either orientation.
    Polygon(Vec<Point>),
}

fn numbers(text: &str, count: usize, form: &str) -> Result<Vec<f64>, Error> {
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() != count {
        return Err(Error::new(
            "domain",
            format!("“{text}” has {} numbers. Write {form}.", parts.len()),
        ));
    }
    let read = |part: &&str| match part.trim().parse::<f64>() {
        Ok(x) if x.is_finite() => Ok(x),
        _ => Err(Error::new("domain", format!("“{part}” is not a number. Write {form}."))),
    };
    parts.iter().map(read).collect()
}

impl DomainSpec {
    /// Reads a domain.
    ///
    /// # Errors
    /// Code `domain`: not one of the forms. Whether the numbers make a convex polygon with area
    /// is known only when [`DomainSpec::polygon`] makes it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        Ok(match (kind, rest) {
            ("auto", "") => DomainSpec::Auto,
            ("square", "") => DomainSpec::Square,
            ("rectangle", r) => {
                let n = numbers(r, 4, "rectangle:x0,y0,x1,y1, such as rectangle:-1,-1,1,1")?;
                DomainSpec::Rectangle([n[0], n[1], n[2], n[3]])
            }
            ("disk", r) => {
                let n = numbers(r, 3, "disk:x,y,r, such as disk:0,0,1")?;
                DomainSpec::Disk([n[0], n[1], n[2]])
            }
            ("polygon", r) => {
                let mut vertices = Vec::new();
                for (i, vertex) in r.split(';').filter(|v| !v.trim().is_empty()).enumerate() {
                    let n = numbers(vertex, 2, "polygon:x,y;x,y;x,y, such as polygon:0,0;1,0;0,1")
                        .map_err(|e| e.at_index(i))?;
                    vertices.push([n[0], n[1]]);
                }
                DomainSpec::Polygon(vertices)
            }
            _ => {
                return Err(Error::new(
                    "domain",
                    format!(
                        "“{text}” is not a domain. Write auto, square, rectangle:x0,y0,x1,y1, disk:x,y,r or polygon:x,y;x,y;x,y."
                    ),
                ));
            }
        })
    }

    /// The polygon. `auto` is what stands for [`DomainSpec::Auto`].
    ///
    /// # Errors
    /// Those of `geometry`: no area, not convex, too large; the index is the vertex's.
    pub fn polygon(&self, auto: &DomainSpec) -> Result<ConvexPolygon, Error> {
        Ok(match self {
            DomainSpec::Auto if *auto == DomainSpec::Auto => ConvexPolygon::unit_square(),
            DomainSpec::Auto => return auto.polygon(&DomainSpec::Square),
            DomainSpec::Square => ConvexPolygon::unit_square(),
            DomainSpec::Rectangle([x0, y0, x1, y1]) => {
                ConvexPolygon::rectangle(*x0, *y0, *x1, *y1)?
            }
            DomainSpec::Disk([x, y, r]) => ConvexPolygon::disk([*x, *y], *r, DISK_SIDES)?,
            DomainSpec::Polygon(vertices) => ConvexPolygon::new(vertices.clone())?,
        })
    }
}

impl fmt::Display for DomainSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DomainSpec::Auto => f.write_str("auto"),
            DomainSpec::Square => f.write_str("square"),
            DomainSpec::Rectangle([a, b, c, d]) => write!(f, "rectangle:{a},{b},{c},{d}"),
            DomainSpec::Disk([x, y, r]) => write!(f, "disk:{x},{y},{r}"),
            DomainSpec::Polygon(vertices) => {
                f.write_str("polygon:")?;
                for (i, [x, y]) in vertices.iter().enumerate() {
                    write!(f, "{}{x},{y}", if i == 0 { "" } else { ";" })?;
                }
                Ok(())
            }
        }
    }
}

/// A square around the points with a margin, its numbers rounded to read well: the domain of
/// own points that come without one.
pub fn around(points: &[[f64; 3]]) -> DomainSpec {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for p in points {
        for k in 0..2 {
            low[k] = low[k].min(p[k]);
            high[k] = high[k].max(p[k]);
        }
    }
    if points.is_empty() {
        return DomainSpec::Square;
    }
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let magnitude = low.iter().chain(&high).fold(0.0_f64, |m, v| m.max(v.abs()));
    // A single place, or places that differ by rounding alone, get a square of their own size.
    let extent = if extent > magnitude * 1e-9 { extent } else { magnitude.max(1.0) };
    let step = 10_f64.powi((extent.log10().floor() as i32 - 1).max(-300));
    let half = (0.55 * extent / step).ceil() * step;
    let round = |v: f64| {
        // Through decimal text, so that 0.1 · 3 reads 0.3.
        let digits = (-step.log10().round()).clamp(0.0, 300.0) as usize;
        format!("{v:.digits$}").parse().unwrap_or(v)
    };
    let centre = [0, 1].map(|k| ((low[k] + high[k]) / 2.0 / step).round() * step);
    DomainSpec::Rectangle([
        round(centre[0] - half),
        round(centre[1] - half),
        round(centre[0] + half),
        round(centre[1] + half),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back() {
        for text in
            ["auto", "square", "rectangle:-1,0.5,2,3", "disk:0,0,1.5", "polygon:0,0;1,0;0.5,2"]
        {
            assert_eq!(DomainSpec::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn bad_forms_say_what_to_write() {
        for (text, hint) in [
            ("circle", "disk:x,y,r"),
            ("disk:0,0", "disk:x,y,r"),
            ("rectangle:0,0,1,x", "not a number"),
            ("polygon:0,0;1", "polygon:"),
            ("square:2", "is not a domain"),
            ("disk:0,0,inf", "not a number"),
        ] {
            let e = DomainSpec::parse(text).unwrap_err();
            assert_eq!(e.code, "domain");
            assert!(e.message.contains(hint), "{}", e.message);
        }
    }

    #[test]
    fn the_square_around_encloses_and_reads_well() {
        let square = around(&[[0.0, 0.0, 1.0], [0.31, 0.2, 1.0]]);
        assert_eq!(square.to_string(), "rectangle:-0.02,-0.08,0.34,0.28");
        for points in [vec![[3.0, 4.0, 1.0]], vec![[1e9, 0.0, 1.0], [1e9, 1e-3, 1.0]]] {
            let DomainSpec::Rectangle([x0, y0, x1, y1]) = around(&points) else { panic!() };
            for p in &points {
                assert!(x0 < p[0] && p[0] < x1 && y0 < p[1] && p[1] < y1);
            }
        }
        assert_eq!(around(&[]), DomainSpec::Square);
    }
}
