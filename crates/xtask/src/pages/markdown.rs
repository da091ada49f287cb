//! The part of Markdown that the page about the mathematics uses, as HTML: headings, paragraphs,
//! lists, links, code, emphasis, lines of HTML as they are, and formulas, which become MathML.

use super::mathml;
use crate::shell::Outcome;
use std::fmt::Write;

/// What is made of a text.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The first heading.
    pub title: String,
    /// The headings below it, each with its anchor.
    pub headings: Vec<(String, String)>,
    /// The rest.
    pub body: String,
}

/// The anchor of a heading, as GitHub makes it.
pub(super) fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic() || c.is_ascii_digit() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

pub(super) fn html(text: &str) -> Outcome<Made> {
    let mut made = Made::default();
    let mut lines = text.lines().peekable();
    // Writing to a String cannot fail.
    while let Some(line) = lines.next() {
        let body = &mut made.body;
        if let Some(title) = line.strip_prefix("# ") {
            title.clone_into(&mut made.title);
        } else if let Some(heading) = line.strip_prefix("## ") {
            let name = anchor(heading);
            let _ = writeln!(body, "<h2 id=\"{name}\">{}</h2>", inline(heading)?);
            made.headings.push((name, heading.to_owned()));
        } else if line == "```math" {
            let mut tex = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                tex.push_str(line);
                tex.push(' ');
            }
            // It scrolls where it is wider than the page, by keys too.
            let math = mathml::formula(&tex, true)?;
            let _ = writeln!(
                body,
                "<div class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\">{math}</div>"
            );
        } else if line.starts_with("- ") {
            body.push_str("<ul>\n");
            let mut item = Some(line);
            while let Some(words) = item.and_then(|line| line.strip_prefix("- ")) {
                let _ = writeln!(body, "<li>{}</li>", inline(words)?);
                item = lines.next_if(|line| line.starts_with("- "));
            }
            body.push_str("</ul>\n");
        } else if line.starts_with('<') {
            // On paper a picture is light; GitHub knows its own theme by these very words.
            let line = line.replace("media=\"(", "media=\"screen and (");
            let _ = writeln!(body, "<figure>{line}</figure>");
        } else if line.starts_with("```") || line.starts_with('|') || line.starts_with('#') {
            return Err(format!("`{line}` is Markdown that this page cannot hold"));
        } else if !line.is_empty() {
            let class = if line.starts_with("*Source:*") { " class=\"source\"" } else { "" };
            let _ = writeln!(body, "<p{class}>{}</p>", inline(line)?);
        }
    }
    Ok(made)
}

/// What stands within a line.
fn inline(text: &str) -> Outcome<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let between = |mark: &str| {
            let inside = rest.strip_prefix(mark)?;
            inside.find(mark).map(|end| (&inside[..end], &inside[end + mark.len()..]))
        };
        if let Some((tex, after)) = between("$") {
            out.push_str(&mathml::formula(tex, false)?);
            rest = after;
        } else if let Some((code, after)) = between("`") {
            let _ = write!(out, "<code>{}</code>", escaped(code));
            rest = after;
        } else if let Some((words, after)) = between("**") {
            let _ = write!(out, "<strong>{}</strong>", inline(words)?);
            rest = after;
        } else if let Some((words, after)) = between("*") {
            let _ = write!(out, "<em>{}</em>", inline(words)?);
            rest = after;
        } else if let Some((words, address, after)) = link(rest) {
            let _ = write!(out, "<a href=\"{}\">{}</a>", escaped(address), inline(words)?);
            rest = after;
        } else {
            out.push_str(&escaped(&rest[..c.len_utf8()]));
            rest = &rest[c.len_utf8()..];
        }
    }
    Ok(out)
}

fn link(rest: &str) -> Option<(&str, &str, &str)> {
    let (words, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (address, after) = after.split_once(')')?;
    Some((words, address, after))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_line_becomes_its_element() {
        let made = html("# Title\n\nOne *two* **three** `a < b` [four](x.md#y).\n\n## A & b, c\n\n- p\n- q\n\n```math\na\n= b\n```\n\n<source media=\"(a)\">\n\n*Source:* x.\n").unwrap();
        assert_eq!(made.title, "Title");
        assert_eq!(made.headings, [("a--b-c".to_owned(), "A & b, c".to_owned())]);
        assert_eq!(
            made.body,
            "<p>One <em>two</em> <strong>three</strong> <code>a &lt; b</code> <a href=\"x.md#y\">four</a>.</p>\n\
             <h2 id=\"a--b-c\">A &amp; b, c</h2>\n<ul>\n<li>p</li>\n<li>q</li>\n</ul>\n\
             <div class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\"><math display=\"block\"><mrow><mi>a</mi><mo>=</mo><mi>b</mi></mrow></math></div>\n\
             <figure><source media=\"screen and (a)\"></figure>\n<p class=\"source\"><em>Source:</em> x.</p>\n"
        );
    }

    #[test]
    fn what_cannot_be_held_is_refused() {
        assert!(html("| a | b |").unwrap_err().contains("| a | b |"));
        assert!(html("So $\\foo$.").unwrap_err().contains("\\foo"));
    }
}
