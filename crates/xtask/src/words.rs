//! The quoted words of HTML, CSS and JavaScript, with comments left out: there addresses stand.

use crate::shell::Outcome;

/// What stands between quotes, or in `url(…)`.
#[derive(Debug, PartialEq)]
pub(crate) struct Word<'a> {
    /// The byte it begins at.
    pub(crate) at: usize,
    pub(crate) text: &'a str,
    /// Has `${…}` in it.
    pub(crate) computed: bool,
    /// `new URL('…', import.meta.url)`
    pub(crate) of_script: bool,
}

/// The words of a file in the order in which they end, and its text with blanks for comments.
pub(crate) struct Words<'a> {
    pub(crate) words: Vec<Word<'a>>,
    pub(crate) code: String,
}

/// Reads a file by its ending; of others than HTML, CSS, JavaScript and JSON there are no words.
pub(crate) fn of<'a>(file: &str, text: &'a str) -> Outcome<Words<'a>> {
    let mut reader = Reader { text, at: 0, words: Vec::new(), comments: Vec::new() };
    match file.rsplit('.').next() {
        Some("html") => reader.html(),
        Some("css") => reader.css(),
        Some("js" | "webmanifest") => reader.script(false),
        _ => Ok(()),
    }
    .map_err(|what| format!("{file}:{}: {what}", line(text, reader.at)))?;
    let mut code = text.as_bytes().to_vec();
    for (from, to) in reader.comments {
        code[from..to].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    // Whole comments are ASCII blanks now, so this is UTF-8 still.
    Ok(Words { words: reader.words, code: String::from_utf8_lossy(&code).into_owned() })
}

/// The number of the line that a byte is in.
pub(crate) fn line(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// Words after which a `/` begins a regular expression.
const BEFORE_PATTERN: &[&str] = &[
    "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do",
    "await", "yield",
];

struct Reader<'a> {
    text: &'a str,
    at: usize,
    words: Vec<Word<'a>>,
    comments: Vec<(usize, usize)>,
}

impl<'a> Reader<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn begins(&self, with: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(with.as_bytes())
    }

    /// Goes past the next `end`, or to the end of the file.
    fn skip_past(&mut self, end: &str) {
        let rest = &self.text.as_bytes()[self.at..];
        let found = rest.windows(end.len()).position(|window| window == end.as_bytes());
        self.at += found.map_or(rest.len(), |k| k + end.len());
    }

    fn comment(&mut self, end: &str) {
        let from = self.at;
        self.skip_past(end);
        self.comments.push((from, self.at));
    }

    fn push(&mut self, at: usize, computed: bool) {
        let after = self.text[self.at..].trim_start_matches(['\'', '"', '`']).trim_start();
        let of_script = after
            .strip_prefix(',')
            .is_some_and(|rest| rest.trim_start().starts_with("import.meta.url"));
        self.words.push(Word { at, text: &self.text[at..self.at], computed, of_script });
    }

    /// A string of one line; stands behind it afterwards.
    fn string(&mut self, quote: u8) -> Result<(), &'static str> {
        self.at += 1;
        let from = self.at;
        while let Some(byte) = self.byte() {
            match byte {
                b'\\' => self.at += 2,
                b'\n' => break,
                _ if byte == quote => {
                    self.push(from, false);
                    self.at += 1;
                    return Ok(());
                }
                _ => self.at += 1,
            }
        }
        Err("a quote that does not end on its line, or what is read as one: write it otherwise")
    }

    fn template(&mut self) -> Result<(), &'static str> {
        self.at += 1;
        let from = self.at;
        let mut computed = false;
        while let Some(byte) = self.byte() {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.push(from, computed);
                    self.at += 1;
                    return Ok(());
                }
                b'$' if self.begins("${") => {
                    computed = true;
                    self.at += 2;
                    self.script(true)?;
                }
                _ => self.at += 1,
            }
        }
        Err("a template that does not end")
    }

    fn pattern(&mut self) -> Result<(), &'static str> {
        self.at += 1;
        let mut class = false;
        while let Some(byte) = self.byte() {
            match byte {
                b'\\' => self.at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'\n' => break,
                b'/' if !class => {
                    self.at += 1;
                    return Ok(());
                }
                _ => {}
            }
            self.at += 1;
        }
        Err("a `/` that is read as the start of a regular expression: write it otherwise")
    }

    /// JavaScript, to the end of the file, or past the brace that ends `${`.
    fn script(&mut self, nested: bool) -> Result<(), &'static str> {
        let mut depth = 0;
        // Whether a value ended here, so that a `/` divides it.
        let mut value = false;
        while let Some(byte) = self.byte() {
            match byte {
                b'/' if self.begins("//") => self.comment("\n"),
                b'/' if self.begins("/*") => self.comment("*/"),
                b'/' if !value => {
                    self.pattern()?;
                    value = true;
                }
                b'\'' | b'"' => {
                    self.string(byte)?;
                    value = true;
                }
                b'`' => {
                    self.template()?;
                    value = true;
                }
                b'}' if nested && depth == 0 => {
                    self.at += 1;
                    return Ok(());
                }
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ if is_name(byte) => {
                    let from = self.at;
                    while self.byte().is_some_and(is_name) {
                        self.at += 1;
                    }
                    value = !BEFORE_PATTERN.contains(&&self.text[from..self.at]);
                }
                _ => {
                    depth += i32::from(byte == b'{') - i32::from(byte == b'}');
                    let twice = self.begins("++") || self.begins("--");
                    value = twice || byte == b')' || byte == b']';
                    self.at += if twice { 2 } else { 1 };
                }
            }
        }
        if nested { Err("a `${` that does not end") } else { Ok(()) }
    }

    fn css(&mut self) -> Result<(), &'static str> {
        while let Some(byte) = self.byte() {
            match byte {
                b'/' if self.begins("/*") => self.comment("*/"),
                b'\'' | b'"' => self.string(byte)?,
                b'u' if self.begins("url(") && !self.begins("url('") && !self.begins("url(\"") => {
                    self.at += 4;
                    let from = self.at;
                    while self.byte().is_some_and(|byte| byte != b')') {
                        self.at += 1;
                    }
                    self.push(from, false);
                }
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    /// The values of attributes, each cut at blanks and commas as in `srcset`.
    fn html(&mut self) -> Result<(), &'static str> {
        while let Some(byte) = self.byte() {
            if self.begins("<!--") {
                self.comment("-->");
            } else if byte == b'<' {
                self.tag()?;
            } else {
                self.at += 1;
            }
        }
        Ok(())
    }

    fn tag(&mut self) -> Result<(), &'static str> {
        while let Some(byte) = self.byte() {
            self.at += 1;
            if byte == b'>' {
                return Ok(());
            }
            if byte != b'"' && byte != b'\'' {
                continue;
            }
            let mut from = self.at;
            while let Some(inner) = self.byte() {
                let ends = inner == byte;
                if ends || inner == b',' || inner.is_ascii_whitespace() {
                    if from < self.at {
                        self.push(from, false);
                    }
                    from = self.at + 1;
                }
                self.at += 1;
                if ends {
                    break;
                }
            }
        }
        Err("a tag that does not end")
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte == b'#' || byte >= 128
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(file: &str, text: &str) -> Vec<String> {
        of(file, text).unwrap().words.iter().map(|word| word.text.to_owned()).collect()
    }

    #[test]
    fn strings_of_a_script_but_not_its_comments_and_patterns() {
        let script = r#"import { a } from './a.js'; // it's './no.js'
            /* './no.js' */ const b = /['"`/]/.test(c) ? x / 2 : y['z'] / 3 / (k++ / 2);
            export * from "./d\'.js"; return /'/g;"#;
        assert_eq!(texts("a.js", script), ["./a.js", "z", r"./d\'.js"]);
    }

    #[test]
    fn templates_nest_and_say_that_they_are_computed() {
        let found = of("a.js", "f(`./${g({ h: `${'i'}` })}.js`, `j`)").unwrap().words;
        let told: Vec<_> = found.iter().map(|word| (word.text, word.computed)).collect();
        let outer = "./${g({ h: `${'i'}` })}.js";
        assert_eq!(told, [("i", false), ("${'i'}", true), (outer, true), ("j", false)]);
    }

    #[test]
    fn an_address_of_the_script_is_told_from_one_of_the_page() {
        let found =
            of("a.js", "new URL('a.wasm',\n  import.meta.url); new URL('b', base)").unwrap();
        assert_eq!(found.words.iter().map(|w| w.of_script).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn attributes_of_a_page_one_by_one_and_addresses_of_a_sheet() {
        let page = r#"<!-- "no" --><img alt='it is' srcset="a.png 1x, b.png 2x"> isn't <a href=c>"#;
        assert_eq!(texts("a.html", page), ["it", "is", "a.png", "1x", "b.png", "2x"]);
        let sheet = "/* 'no' */ @import \"a.css\"; b { c: url(d.svg) url('e.svg') }";
        assert_eq!(texts("a.css", sheet), ["a.css", "d.svg", "e.svg"]);
    }

    #[test]
    fn code_is_as_long_as_the_text_and_holds_no_comment() {
        let text = "a // é\n/* b\n */ c";
        let code = of("a.js", text).unwrap().code;
        assert_eq!((code.len(), code.trim_end()), (text.len(), "a      \n    \n    c"));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        for (file, text) in
            [("a.js", "a\n'b"), ("a.js", "a\n`b"), ("a.js", "\n/b"), ("a.html", "\n<b")]
        {
            let told = of(file, text).err().unwrap();
            assert!(told.starts_with(&format!("{file}:2: ")), "{told}");
        }
    }
}
