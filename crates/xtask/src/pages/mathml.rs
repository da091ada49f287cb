//! The part of TeX that the page about the mathematics uses, as MathML.

use crate::shell::Outcome;
use std::iter::Peekable;

/// What stands for one character.
const LETTERS: &[(&str, &str)] = &[
    ("mu", "μ"),
    ("nu", "ν"),
    ("psi", "ψ"),
    ("tau", "τ"),
    ("kappa", "κ"),
    ("theta", "θ"),
    ("lambda", "λ"),
    ("delta", "δ"),
    ("varepsilon", "ε"),
    ("varphi", "φ"),
    ("Omega", "Ω"),
    ("infty", "∞"),
];
const OPERATORS: &[(&str, &str)] = &[
    ("le", "≤"),
    ("ge", "≥"),
    ("ne", "≠"),
    ("in", "∈"),
    ("cap", "∩"),
    ("cdot", "·"),
    ("angle", "∠"),
    ("ast", "∗"),
];
/// Which take what stands below them under themselves, where there is room.
const LARGE: &[(&str, &str)] = &[("sum", "∑"), ("max", "max"), ("min", "min")];
const ACCENTS: &[(&str, &str)] = &[("hat", "^"), ("tilde", "~"), ("bar", "¯")];
const SPACES: &[(&str, &str)] = &[(",", "0.17em"), ("quad", "1.2em")];

fn of<'a>(table: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// `\name`, and `\{`, `\}`, `\,`.
    Command(String),
    /// What `\text` is given.
    Text(String),
    Number(String),
    Sign(char),
}

fn tokens(text: &str) -> Outcome<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        if c == '\\' {
            let mut name = take(&mut rest, |c| c.is_ascii_alphabetic());
            if name.is_empty() {
                name.extend(rest.next());
            }
            if name == "text" {
                rest.next_if_eq(&'{').ok_or("\\text wants braces")?;
                found.push(Token::Text(take(&mut rest, |c| c != '}')));
                rest.next();
            } else {
                found.push(Token::Command(name));
            }
        } else if c.is_ascii_digit() {
            let more = take(&mut rest, |c| c.is_ascii_digit() || c == '.');
            found.push(Token::Number(format!("{c}{more}")));
        } else {
            found.push(Token::Sign(c));
        }
    }
    Ok(found)
}

fn take(rest: &mut Peekable<std::str::Chars<'_>>, is: impl Fn(char) -> bool) -> String {
    let mut taken = String::new();
    while let Some(c) = rest.next_if(|c| is(*c)) {
        taken.push(c);
    }
    taken
}

/// A piece of MathML; tall ones want brackets that grow with them.
struct Piece {
    text: String,
    tall: bool,
    large: bool,
}

impl Piece {
    fn plain(text: String) -> Self {
        Self { text, tall: false, large: false }
    }
}

struct Reader {
    rest: Peekable<std::vec::IntoIter<Token>>,
}

impl Reader {
    /// Everything up to `end`, which is taken too, or up to the end of all.
    fn row(&mut self, end: Option<&Token>) -> Outcome<Piece> {
        let (mut text, mut tall) = (String::new(), false);
        loop {
            match self.rest.peek() {
                None if end.is_none() => break,
                None => return Err(format!("{end:?} is missing")),
                token if token == end => {
                    self.rest.next();
                    break;
                }
                Some(_) => {}
            }
            let piece = self.scripted()?;
            tall |= piece.tall;
            text.push_str(&piece.text);
        }
        Ok(Piece { text, tall, large: false })
    }

    /// One piece with what stands above and below it.
    fn scripted(&mut self) -> Outcome<Piece> {
        let base = self.piece()?;
        let (mut below, mut above) = (None, None);
        while let Some(Token::Sign(sign @ ('_' | '^' | '\''))) = self.rest.peek().cloned() {
            self.rest.next();
            match sign {
                '_' => below = Some(self.piece()?.text),
                '^' => above = Some(self.piece()?.text),
                _ => above = Some("<mo>′</mo>".to_owned()),
            }
        }
        let Piece { text, tall, large } = base;
        Ok(match (below, above) {
            (None, None) => Piece { text, tall, large: false },
            (Some(b), None) if large => {
                Piece { text: format!("<munder>{text}{b}</munder>"), tall, large: false }
            }
            (Some(b), None) => {
                Piece { text: format!("<msub>{text}{b}</msub>"), tall, large: false }
            }
            (None, Some(a)) => {
                Piece { text: format!("<msup>{text}{a}</msup>"), tall, large: false }
            }
            (Some(b), Some(a)) => {
                Piece { text: format!("<msubsup>{text}{b}{a}</msubsup>"), tall, large: false }
            }
        })
    }

    /// A letter, a number, an operator, or all that stands in brackets.
    fn piece(&mut self) -> Outcome<Piece> {
        let token = self.rest.next().ok_or("a formula ends too early")?;
        match token {
            Token::Number(digits) => Ok(Piece::plain(format!("<mn>{digits}</mn>"))),
            Token::Text(words) => {
                // What stands at the ends of mtext would be lost.
                let kept = words.replace(' ', "\u{a0}");
                Ok(Piece::plain(format!("<mtext>{kept}</mtext>")))
            }
            Token::Sign('{') => {
                let Piece { text, tall, .. } = self.row(Some(&Token::Sign('}')))?;
                Ok(Piece { text: format!("<mrow>{text}</mrow>"), tall, large: false })
            }
            Token::Sign('(') => self.fenced("(", ")", &Token::Sign(')')),
            Token::Sign('[') => self.fenced("[", "]", &Token::Sign(']')),
            Token::Sign('|') => self.fenced("|", "|", &Token::Sign('|')),
            Token::Sign('-') => Ok(Piece::plain("<mo>−</mo>".to_owned())),
            Token::Sign('*') => Ok(Piece::plain("<mo>∗</mo>".to_owned())),
            Token::Sign('>') => Ok(Piece::plain("<mo>&gt;</mo>".to_owned())),
            Token::Sign(c) if c.is_alphabetic() => Ok(Piece::plain(format!("<mi>{c}</mi>"))),
            Token::Sign(c @ ('+' | '=' | ',' | ':' | '/' | '…')) => {
                Ok(Piece::plain(format!("<mo>{c}</mo>")))
            }
            Token::Sign(c) => Err(format!("`{c}` has no meaning here")),
            Token::Command(name) => self.command(&name),
        }
    }

    fn fenced(&mut self, open: &str, close: &str, end: &Token) -> Outcome<Piece> {
        let Piece { text, tall, .. } = self.row(Some(end))?;
        let grows = if tall { "true" } else { "false" };
        let mo = |sign: &str, form| {
            format!("<mo form=\"{form}\" fence=\"true\" stretchy=\"{grows}\">{sign}</mo>")
        };
        let text = format!("<mrow>{}{text}{}</mrow>", mo(open, "prefix"), mo(close, "postfix"));
        Ok(Piece { text, tall, large: false })
    }

    fn command(&mut self, name: &str) -> Outcome<Piece> {
        if let Some(letter) = of(LETTERS, name) {
            return Ok(Piece::plain(format!("<mi>{letter}</mi>")));
        }
        if let Some(sign) = of(OPERATORS, name) {
            return Ok(Piece::plain(format!("<mo>{sign}</mo>")));
        }
        if let Some(width) = of(SPACES, name) {
            return Ok(Piece::plain(format!("<mspace width=\"{width}\"/>")));
        }
        if let Some(sign) = of(LARGE, name) {
            let text = format!("<mo movablelimits=\"true\" rspace=\"0.17em\">{sign}</mo>");
            return Ok(Piece { text, tall: name == "sum", large: true });
        }
        if let Some(sign) = of(ACCENTS, name) {
            let under = self.piece()?.text;
            let text =
                format!("<mover accent=\"true\">{under}<mo stretchy=\"false\">{sign}</mo></mover>");
            return Ok(Piece::plain(text));
        }
        match name {
            "int" => Ok(Piece { text: "<mo>∫</mo>".to_owned(), tall: true, large: false }),
            "nabla" => Ok(Piece::plain("<mo rspace=\"0\">∇</mo>".to_owned())),
            "partial" => Ok(Piece::plain("<mi>∂</mi>".to_owned())),
            "ln" => Ok(Piece::plain("<mi>ln</mi><mspace width=\"0.17em\"/>".to_owned())),
            "langle" => self.fenced("⟨", "⟩", &Token::Command("rangle".to_owned())),
            "{" => self.fenced("{", "}", &Token::Command("}".to_owned())),
            "mathbb" => match self.piece()?.text.as_str() {
                "<mrow><mi>R</mi></mrow>" => Ok(Piece::plain("<mi>ℝ</mi>".to_owned())),
                other => Err(format!("\\mathbb{{{other}}} is not known")),
            },
            "frac" | "tfrac" => {
                let (above, below) = (self.piece()?.text, self.piece()?.text);
                let style = if name == "tfrac" { " displaystyle=\"false\"" } else { "" };
                let text = format!("<mfrac{style}>{above}{below}</mfrac>");
                Ok(Piece { text, tall: name == "frac", large: false })
            }
            "sqrt" => {
                let Piece { text, tall, .. } = self.piece()?;
                Ok(Piece { text: format!("<msqrt>{text}</msqrt>"), tall, large: false })
            }
            _ => Err(format!("\\{name} is not known")),
        }
    }
}

/// A formula as MathML, within a line or on one of its own.
pub(super) fn formula(tex: &str, display: bool) -> Outcome<String> {
    let said = |line: String| format!("`{}`: {line}", tex.trim());
    let mut reader = Reader { rest: tokens(tex).map_err(said)?.into_iter().peekable() };
    let row = reader.row(None).map_err(said)?.text;
    let block = if display { " display=\"block\"" } else { "" };
    Ok(format!("<math{block}><mrow>{row}</mrow></math>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(tex: &str) -> String {
        let all = formula(tex, false).unwrap();
        all.strip_prefix("<math><mrow>").unwrap().strip_suffix("</mrow></math>").unwrap().to_owned()
    }

    #[test]
    fn letters_carry_what_is_above_and_below_them() {
        assert_eq!(inner("W_2^2"), "<msubsup><mi>W</mi><mn>2</mn><mn>2</mn></msubsup>");
        assert_eq!(inner("x'"), "<msup><mi>x</mi><mo>′</mo></msup>");
        assert_eq!(
            inner(r"\hat{w}_i"),
            "<msub><mover accent=\"true\"><mrow><mi>w</mi></mrow><mo stretchy=\"false\">^</mo></mover><mi>i</mi></msub>"
        );
        assert!(inner(r"\max_i h_i").starts_with("<munder><mo "));
        assert!(inner(r"\int_\Omega u").starts_with("<msub><mo>∫</mo><mi>Ω</mi></msub>"));
    }

    #[test]
    fn brackets_hold_together_and_grow_where_they_must() {
        let bars = inner("|x - y|^2");
        assert!(
            bars.starts_with("<msup><mrow><mo form=\"prefix\"") && bars.contains("−"),
            "{bars}"
        );
        assert!(bars.contains("stretchy=\"false\""));
        assert!(inner(r"(\frac{a}{b})").contains("stretchy=\"true\""));
        assert!(inner(r"\{ x : x > 0 \}").contains("&gt;"));
    }

    #[test]
    fn what_is_not_known_is_named() {
        for (tex, says) in [(r"\foo", "\\foo"), ("(a", "missing"), ("a;", "`;`"), ("a_", "early")] {
            let line = formula(tex, true).unwrap_err();
            assert!(line.contains(says) && line.contains(tex), "{tex}: {line}");
        }
    }
}
