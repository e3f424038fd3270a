//! How names are compared: without case, accents and other differences of spelling.

use deunicode::deunicode;
use domain::name::PersonName;

/// Text in lower-case ASCII: accents dropped, other scripts by their usual transcription.
pub fn fold(text: &str) -> String {
    let mut folded = deunicode(text);
    folded.make_ascii_lowercase();
    folded
}

/// The words of a text, each with its parts, folded.
///
/// Words are runs of letters and digits. Hyphens and apostrophes join: `Smith-Jones` is the word
/// `smithjones` with the parts `smith` and `jones`, `O'Brien` the word `obrien` with the parts `o`
/// and `brien`. A word without such a sign has no parts but itself.
pub(crate) fn words(text: &str) -> Vec<Word> {
    fold(text)
        .split(|sign: char| !sign.is_ascii_alphanumeric() && !is_joint(sign))
        .filter_map(Word::new)
        .collect()
}

/// A folded word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// Without hyphens and apostrophes.
    pub(crate) whole: String,
    /// What lies between them; empty when the word has none.
    pub(crate) parts: Vec<String>,
}

impl Word {
    fn new(text: &str) -> Option<Self> {
        let mut parts: Vec<String> = text
            .split(is_joint)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let whole = parts.concat();
        if parts.len() == 1 {
            parts.clear();
        }
        (!whole.is_empty()).then_some(Self { whole, parts })
    }
}

/// The folded family and given name: what people are ordered by.
pub(crate) fn order_key(name: &PersonName) -> (String, String) {
    let part = |part: &Option<Box<str>>| part.as_deref().map(fold).unwrap_or_default();
    (part(&name.family), part(&name.given))
}

/// Of the signs that transcription leaves.
fn is_joint(sign: char) -> bool {
    matches!(sign, '-' | '\'' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = words(text)
            .into_iter()
            .map(|word| {
                if word.parts.is_empty() {
                    word.whole
                } else {
                    format!("{}({})", word.whole, word.parts.join(" "))
                }
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn words_lose_case_accents_and_signs() {
        check("José GARCÍA, Jr.", "jose garcia jr");
        check("  Łukasz  Weiß ", "lukasz weiss");
        check("Smith-Jones", "smithjones(smith jones)");
        check("O'Brien O’Brien", "obrien(o brien) obrien(o brien)");
        check("d`Arc", "darc(d arc)");
        check("-Ann- '", "ann");
        check("St. John", "st john");
        check("!!! ' - ?", "");
        check("Иван", "ivan");
    }
}
