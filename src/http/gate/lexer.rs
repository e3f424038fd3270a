//! Reads a document token by token, never recursively, and says how long and how deep it is.
//!
//! The parser behind the gate has no limit on nested values and overflows its stack: nothing reaches it
//! before [`measure`] has passed it. Where this lexer and the parser could disagree, this one is the
//! stricter. GraphQL specification, September 2025, section 2.1.

use super::limits::{NESTING, TOKENS, WORD_BYTES};

/// Why a document is not even worth parsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    TooManyTokens,
    TooDeeplyNested,
    WordTooLong {
        at: usize,
    },
    BadCharacter {
        at: usize,
    },
    OpenString {
        at: usize,
    },
    Unbalanced {
        at: usize,
    },
    /// A field of an input object is given twice.
    FieldTwice {
        at: usize,
    },
}

/// Passes a document of at most [`TOKENS`] tokens whose brackets pair and nest at most [`NESTING`] deep.
pub(crate) fn measure(source: &str) -> Result<(), Unreadable> {
    let mut open: Vec<Bracket<'_>> = Vec::with_capacity(NESTING);
    let mut lexer = Lexer::new(source);
    let mut tokens = 0;
    let mut previous = "";
    while let Some(token) = lexer.next_token()? {
        tokens += 1;
        if tokens > TOKENS {
            return Err(Unreadable::TooManyTokens);
        }
        let at = token.at;
        match token.kind {
            Kind::Open(close) => {
                if open.len() == NESTING {
                    return Err(Unreadable::TooDeeplyNested);
                }
                let in_list = open.last().is_some_and(|bracket| bracket.close == b']');
                let is_object = close == b'}' && (in_list || matches!(previous, ":" | "="));
                open.push(Bracket {
                    close,
                    fields: is_object.then(Vec::new),
                });
            }
            Kind::Close(close) => {
                if open.pop().map(|bracket| bracket.close) != Some(close) {
                    return Err(Unreadable::Unbalanced { at });
                }
            }
            Kind::Other => {
                if &source[at..lexer.at] == ":"
                    && let Some(fields) = open.last_mut().and_then(|open| open.fields.as_mut())
                {
                    if fields.contains(&previous) {
                        return Err(Unreadable::FieldTwice { at });
                    }
                    fields.push(previous);
                }
            }
        }
        previous = &source[at..lexer.at];
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(Unreadable::Unbalanced { at: source.len() })
    }
}

/// An open bracket: what closes it and, in an input object, the fields given so far.
struct Bracket<'a> {
    close: u8,
    fields: Option<Vec<&'a str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token {
    kind: Kind,
    at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A bracket, with the byte that closes it.
    Open(u8),
    Close(u8),
    Other,
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    const fn new(source: &'a str) -> Self {
        Self {
            bytes: source.as_bytes(),
            at: 0,
        }
    }

    fn next_token(&mut self) -> Result<Option<Token>, Unreadable> {
        self.skip_ignored();
        let at = self.at;
        let Some(byte) = self.peek(0) else {
            return Ok(None);
        };
        let kind = match byte {
            b'{' => self.take(Kind::Open(b'}')),
            b'[' => self.take(Kind::Open(b']')),
            b'(' => self.take(Kind::Open(b')')),
            b'}' | b']' | b')' => self.take(Kind::Close(byte)),
            b'!' | b'$' | b'&' | b':' | b'=' | b'@' | b'|' => self.take(Kind::Other),
            b'.' if self.bytes[at..].starts_with(b"...") => {
                self.at += 3;
                Kind::Other
            }
            b'"' => self.string()?,
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => self.name(),
            b'-' | b'0'..=b'9' => self.number()?,
            _ => return Err(Unreadable::BadCharacter { at }),
        };
        if !matches!(byte, b'"') && self.at - at > WORD_BYTES {
            return Err(Unreadable::WordTooLong { at });
        }
        Ok(Some(Token { kind, at }))
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    const fn take(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    fn skip_while(&mut self, holds: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&holds) {
            self.at += 1;
        }
    }

    fn skip_ignored(&mut self) {
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t' | b'\n' | b'\r' | b',') => self.at += 1,
                Some(b'#') => self.skip_while(|byte| !matches!(byte, b'\n' | b'\r')),
                Some(0xEF) if self.bytes[self.at..].starts_with("\u{feff}".as_bytes()) => {
                    self.at += 3;
                }
                _ => return,
            }
        }
    }

    fn name(&mut self) -> Kind {
        self.skip_while(continues_name);
        Kind::Other
    }

    fn number(&mut self) -> Result<Kind, Unreadable> {
        let digits = |lexer: &mut Self| {
            let from = lexer.at;
            lexer.skip_while(|byte| byte.is_ascii_digit());
            if lexer.at == from {
                Err(Unreadable::BadCharacter { at: from })
            } else {
                Ok(())
            }
        };
        if self.peek(0) == Some(b'-') {
            self.at += 1;
        }
        if self.peek(0) == Some(b'0') && self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(Unreadable::BadCharacter { at: self.at + 1 });
        }
        digits(self)?;
        if self.peek(0) == Some(b'.') {
            self.at += 1;
            digits(self)?;
        }
        if matches!(self.peek(0), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(0), Some(b'+' | b'-')) {
                self.at += 1;
            }
            digits(self)?;
        }
        // `1a` and `1.2.3` are neither numbers nor two tokens.
        if self
            .peek(0)
            .is_some_and(|byte| byte == b'.' || continues_name(byte))
        {
            return Err(Unreadable::BadCharacter { at: self.at });
        }
        Ok(Kind::Other)
    }

    fn string(&mut self) -> Result<Kind, Unreadable> {
        let from = self.at;
        let open = Unreadable::OpenString { at: from };
        if self.bytes[from..].starts_with(b"\"\"\"") {
            self.at += 3;
            loop {
                let rest = &self.bytes[self.at..];
                if rest.is_empty() {
                    return Err(open);
                } else if rest.starts_with(b"\\\"\"\"") {
                    self.at += 4;
                } else if rest.starts_with(b"\"\"\"") {
                    self.at += 3;
                    return Ok(Kind::Other);
                } else {
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        loop {
            match self.peek(0) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Kind::Other);
                }
                // What may follow a backslash is the parser's to judge; never a quote that closes.
                Some(b'\\') => match self.peek(1) {
                    None | Some(b'\n' | b'\r') => return Err(open),
                    Some(_) => self.at += 2,
                },
                None | Some(b'\n' | b'\r') => return Err(open),
                Some(_) => self.at += 1,
            }
        }
    }
}

const fn continues_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How many tokens a document has, by filling it up with names until it is refused.
    fn tokens(source: &str) -> usize {
        let spare = (0..=TOKENS)
            .rev()
            .find(|spare| measure(&format!("{source}{}", " a".repeat(*spare))).is_ok());
        TOKENS - spare.expect("the document itself is readable")
    }

    #[test]
    fn tokens_are_counted_as_the_grammar_does() {
        for (source, expected) in [
            ("", 0),
            (" \t\r\n,,\u{feff}# comment { [ ( \"", 0),
            ("{ a }", 3),
            (
                "query Q($x: [Int!]! = [1, -2.5e3]) { a(x: $x) @b ...F }",
                30,
            ),
            (r#"{ a(t: "x { y \" # z") }"#, 8),
            ("{ a(t: \"\"\"b \\\"\"\" { \" \n\"\"\") }", 8),
            (r#"{ a(t: "", u: """""") }"#, 11),
        ] {
            assert_eq!(tokens(source), expected, "{source}");
        }
    }

    #[test]
    fn a_document_may_have_as_many_tokens_as_the_limit_and_no_more() {
        assert_eq!(measure(&"a ".repeat(TOKENS)), Ok(()));
        assert_eq!(
            measure(&"a ".repeat(TOKENS + 1)),
            Err(Unreadable::TooManyTokens)
        );
    }

    #[test]
    fn brackets_of_any_kind_nest_as_deep_as_the_limit_and_no_deeper() {
        let nested = |depth: usize| {
            let open: String = "{[(".chars().cycle().take(depth).collect();
            let close: String = open
                .chars()
                .rev()
                .map(|bracket| match bracket {
                    '{' => '}',
                    '[' => ']',
                    _ => ')',
                })
                .collect();
            format!("{open}{close}")
        };
        assert_eq!(measure(&nested(NESTING)), Ok(()));
        assert_eq!(
            measure(&nested(NESTING + 1)),
            Err(Unreadable::TooDeeplyNested)
        );
    }

    #[test]
    fn a_name_or_a_number_has_a_limit_too() {
        assert_eq!(measure(&"a".repeat(WORD_BYTES)), Ok(()));
        for word in ["a", "1"] {
            assert_eq!(
                measure(&word.repeat(WORD_BYTES + 1)),
                Err(Unreadable::WordTooLong { at: 0 })
            );
        }
    }

    #[test]
    fn what_cannot_be_a_document_is_refused_where_it_goes_wrong() {
        for (source, expected) in [
            ("{ a", Unreadable::Unbalanced { at: 3 }),
            ("{ a ]", Unreadable::Unbalanced { at: 4 }),
            ("a }", Unreadable::Unbalanced { at: 2 }),
            ("{ é }", Unreadable::BadCharacter { at: 2 }),
            ("{ a(x: 1a) }", Unreadable::BadCharacter { at: 8 }),
            ("{ a(x: 01) }", Unreadable::BadCharacter { at: 8 }),
            ("{ a(x: -) }", Unreadable::BadCharacter { at: 8 }),
            ("{ a(x: 1.) }", Unreadable::BadCharacter { at: 9 }),
            ("..", Unreadable::BadCharacter { at: 0 }),
            ("{ a(x: \"y", Unreadable::OpenString { at: 7 }),
            ("{ a(x: \"y\n\") }", Unreadable::OpenString { at: 7 }),
            ("{ a(x: \"y\\", Unreadable::OpenString { at: 7 }),
            ("{ a(x: \"\"\"y\"\"", Unreadable::OpenString { at: 7 }),
        ] {
            assert_eq!(measure(source), Err(expected), "{source}");
        }
    }

    #[test]
    fn a_field_of_an_input_object_is_given_once() {
        for (source, expected) in [
            ("{ a(x: { y: 1, z: { y: 2 } }) }", Ok(())),
            ("{ a(x: [{ y: 1 }, { y: 2 }]) }", Ok(())),
            ("{ y: a y: a }", Ok(())),
            ("{ a { y: b y: b } }", Ok(())),
            (
                "{ a(x: { y: 1 y: 2 }) }",
                Err(Unreadable::FieldTwice { at: 15 }),
            ),
            (
                "{ a(x: { y: { z: 1 }, y: 2 }) }",
                Err(Unreadable::FieldTwice { at: 23 }),
            ),
            (
                "{ a(x: [{ y: 1, y: 1 }]) }",
                Err(Unreadable::FieldTwice { at: 17 }),
            ),
            (
                "query($v: T = { y: 1, y: 1 }) { a }",
                Err(Unreadable::FieldTwice { at: 23 }),
            ),
        ] {
            assert_eq!(measure(source), expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_measured_without_a_panic(source in "\\PC*") {
            let _ = measure(&source);
        }

        /// Soups of the grammar's own pieces: what the parser takes, the lexer must have understood.
        #[test]
        fn what_the_parser_accepts_is_readable(pieces in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "(", ")", "[", "]", "a", "on ", "...", ":", "$v", "!", "=", "@d", "\"s\"", "\"\"",
            "\"\"\"b\"\"\"", "\\", "\"", "#c\n", "1", "-", ".5", "e", "query ", "fragment ", " ", ",", "\n",
        ]), 0..24)) {
            let source: String = pieces.concat();
            if async_graphql_parser::parse_query(&source).is_ok() {
                let measured = measure(&source);
                let is_readable = matches!(measured, Ok(()) | Err(Unreadable::FieldTwice { .. }));
                prop_assert!(is_readable, "{measured:?}");
            }
        }
    }
}
