//! Reading Rust without its comments and strings.

/// The text without comments, string and character literals; line breaks stay.
pub(crate) fn bare(text: &str) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let at = |k: usize| bytes.get(k).copied().unwrap_or('\0');
    let mut out = String::new();
    let mut k = 0;
    while k < bytes.len() {
        let c = bytes[k];
        if c == '/' && at(k + 1) == '/' {
            while k < bytes.len() && bytes[k] != '\n' {
                k += 1;
            }
        } else if c == '/' && at(k + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(k), at(k + 1)) {
                    ('/', '*') => (depth, k) = (depth + 1, k + 2),
                    ('*', '/') => (depth, k) = (depth - 1, k + 2),
                    _ => k += 1,
                }
                if depth == 0 || k >= bytes.len() {
                    break;
                }
            }
        } else if let Some(hashes) = raw_string(&bytes, k) {
            let close: Vec<char> = std::iter::once('"').chain(vec!['#'; hashes]).collect();
            k += hashes + 2;
            while k < bytes.len() && !bytes[k..].starts_with(&close) {
                k += 1;
            }
            k += close.len();
        } else if c == '"' {
            k += 1;
            while k < bytes.len() && bytes[k] != '"' {
                k += if bytes[k] == '\\' { 2 } else { 1 };
            }
            k += 1;
            out.push(' ');
        } else if c == '\'' && (at(k + 1) == '\\' || at(k + 2) == '\'') {
            k += if at(k + 1) == '\\' { 3 } else { 2 }; // past what may itself be a quote
            while k < bytes.len() && bytes[k] != '\'' {
                k += 1;
            }
            k += 1;
        } else {
            out.push(c);
            k += 1;
        }
    }
    out
}

/// The number of hashes of a raw string that opens at `k`.
fn raw_string(text: &[char], k: usize) -> Option<usize> {
    let inside_word = k > 0 && (text[k - 1].is_alphanumeric() || text[k - 1] == '_');
    if text[k] != 'r' || inside_word {
        return None;
    }
    let hashes = text[k + 1..].iter().take_while(|c| **c == '#').count();
    (text.get(k + 1 + hashes) == Some(&'"')).then_some(hashes)
}

/// What ships: the text up to its test module, which by habit stands last.
pub(crate) fn shipped(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |at| &text[..at])
}

/// The identifiers of bare text, paths joined as written (`std::fs::read`).
pub(crate) fn paths(bare: &str) -> Vec<&str> {
    bare.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':' || c == '\''))
        .map(|word| word.trim_matches(':'))
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn comments_and_literals_are_not_code() {
    let text =
        "let a = \"std::fs \\\" x\"; // std::io\n/* std::net /* */ */ r#\"std::env\"# 'b' '\\'' b";
    let bare = bare(text);
    assert_eq!(paths(&bare), ["let", "a", "b"]);
    assert_eq!(
        paths("use std::fs::{read}; &'static str"),
        ["use", "std::fs", "read", "'static", "str"]
    );
    assert_eq!(shipped("a\n#[cfg(test)]\nmod tests {}"), "a\n");
}
