//! The domain, by its words on the command line.

use geometry::ConvexPolygon;
use lab::domain::DomainSpec;
use lab::error::Error;

use crate::args::Input;

/// The polygon that `text` names, with a name for people. `auto` stands for
/// [`DomainSpec::Auto`].
///
/// The words are the page's, but that `polygon:` is followed by a file. Vertices written out as
/// in the page's links, `polygon:0,0;1,0;0,1`, are understood too, since no list of vertices is
/// without a semicolon.
pub(crate) fn parse(text: &str, auto: &DomainSpec) -> Result<(ConvexPolygon, String), Error> {
    if let Some(file) = text.strip_prefix("polygon:").filter(|rest| !rest.contains(';')) {
        if file.is_empty() {
            return Err(Error::new(
                "domain",
                "polygon: wants a file. Write polygon:FILE, a vertex a line.",
            ));
        }
        let input = Input::of(file.into());
        let read = input.points()?;
        let vertices = read.points.iter().map(|p| [p[0], p[1]]).collect();
        let polygon = ConvexPolygon::new(vertices).map_err(|e| input.blame(e.into()))?;
        return Ok((polygon, text.to_owned()));
    }
    let spec = DomainSpec::parse(text)?;
    let named = if spec == DomainSpec::Auto { auto } else { &spec };
    Ok((spec.polygon(auto)?, named.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_page_and_vertices() {
        let auto = DomainSpec::Rectangle([-1.0, -1.0, 1.0, 1.0]);
        let area = |text: &str| parse(text, &auto).unwrap().0.area();
        assert_eq!(area("square"), 1.0);
        assert_eq!(area("auto"), 4.0);
        assert_eq!(area("rectangle:0,0,2,3"), 6.0);
        assert_eq!(area("polygon:0,0;1,0;0,1"), 0.5);
        assert!((area("disk:3,4,2") - 4.0 * std::f64::consts::PI).abs() < 1e-12);
        assert_eq!(parse("auto", &auto).unwrap().1, "rectangle:-1,-1,1,1");
    }

    #[test]
    fn mistakes_say_what_to_write() {
        let code = |text: &str| parse(text, &DomainSpec::Square).unwrap_err().code;
        assert_eq!(code("polygon:"), "domain");
        assert_eq!(code("circle"), "domain");
        assert_eq!(code("polygon:/nonexistent/file.csv"), "file");
    }
}
