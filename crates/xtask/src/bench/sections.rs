//! BENCHMARKS.md by its sections, so that a part of the benchmark replaces its own and no other.

/// A section: its heading without the `## `, and what stands under it.
pub(super) type Section = (String, String);

/// `text` with `fresh` sections in place of those of the same headings, in the order of `order`,
/// those it does not name at the end; what stands before the first becomes `top`.
pub(super) fn replace(text: &str, top: &str, fresh: &[Section], order: &[&str]) -> String {
    let mut all = split(text);
    for section in fresh {
        match all.iter_mut().find(|(heading, _)| *heading == section.0) {
            Some(old) => old.1.clone_from(&section.1),
            None => all.push(section.clone()),
        }
    }
    let place = |heading: &str| order.iter().position(|o| *o == heading).unwrap_or(order.len());
    all.sort_by_key(|(heading, _)| place(heading));
    let mut out = format!("{}\n", top.trim());
    for (heading, body) in all {
        out.push_str(&format!("\n## {heading}\n\n{}\n", body.trim()));
    }
    out
}

fn split(text: &str) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            all.push((heading.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = all.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(heading: &str, body: &str) -> Section {
        (heading.to_owned(), body.to_owned())
    }

    #[test]
    fn a_part_replaces_its_own_sections_only() {
        let text =
            "# Old\n\n## A\n\nold a\n\n### within a\n\n## Mine\n\nby hand\n\n## C\n\nold c\n";
        let fresh = [section("C", "new c\n"), section("B", "new b")];
        let out = replace(text, "# New\n\ntop", &fresh, &["A", "B", "C"]);
        assert_eq!(
            out,
            "# New\n\ntop\n\n## A\n\nold a\n\n### within a\n\n## B\n\nnew b\n\n## C\n\nnew c\n\n\
             ## Mine\n\nby hand\n"
        );
        assert_eq!(replace(&out, "# New\n\ntop", &fresh, &["A", "B", "C"]), out);
        assert_eq!(replace("", "# T", &fresh[..1], &[]), "# T\n\n## C\n\nnew c\n");
    }
}
