//! When two spellings are one, and when one is a slip of the other.

use domain::place::Jurisdiction;
use strsim::osa_distance;

use crate::fold::fold;

/// The words of a place's name, folded; hyphens divide, apostrophes join.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text)
        .replace(['\'', '`'], "")
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Fewer letters, with a slip, begin too much.
const SHORTEST_START: usize = 5;

/// What an abbreviated word stands for in the names of places.
pub(super) fn written_out(word: &str) -> Option<&'static str> {
    Some(match word {
        "st" => "saint",
        "ste" => "sainte",
        "ft" => "fort",
        "mt" => "mount",
        "n" => "north",
        "s" => "south",
        "e" => "east",
        "w" => "west",
        _ => return None,
    })
}

/// Words in one line, abbreviations written out: equal for `St. Louis` and `Saint Louis`.
pub(super) fn line(words: &[String]) -> String {
    let words: Vec<&str> = words
        .iter()
        .map(|word| written_out(word).unwrap_or(word))
        .collect();
    words.join(" ")
}

/// What a jurisdiction is called: its name, written out, and its code.
pub(super) fn spellings_of(jurisdiction: Jurisdiction) -> [String; 2] {
    // A code is no abbreviated word: MT is not "mount".
    [line(&words(jurisdiction.name())), fold(jurisdiction.code())]
}

/// How many slips of the pen a name of so many letters may have.
fn slips_allowed(length: usize) -> usize {
    match length {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The letters that occur in a text: a quick look that rules out most slips.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |letters, byte| {
            letters
                | match byte {
                    b'a'..=b'z' => 1 << (byte - b'a'),
                    b'0'..=b'9' => 1 << (26 + byte - b'0'),
                    _ => 0,
                }
        }))
    }

    /// Every slip brings in at most one letter that the other text does not have.
    fn foreign_to(self, other: Self) -> usize {
        (self.0 & !other.0).count_ones() as usize
    }
}

/// A folded text as typed, to be compared with many names.
pub(super) struct Typed<'a> {
    text: &'a str,
    letters: Letters,
    slips: usize,
}

impl<'a> Typed<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            letters: Letters::of(text),
            slips: slips_allowed(text.len()),
        }
    }

    /// Is the text the name but for slips: letters missing, added, wrong or swapped with the next?
    pub(super) fn is_slip_of(&self, name: &str, letters: Letters) -> bool {
        self.slips > 0
            && name.len().abs_diff(self.text.len()) <= self.slips
            && self.letters.foreign_to(letters) <= self.slips
            && letters.foreign_to(self.letters) <= self.slips
            && osa_distance(self.text, name) <= self.slips
    }

    /// Is the text the beginning of a longer name but for slips?
    pub(super) fn is_slip_of_start(&self, name: &str, letters: Letters) -> bool {
        let length = self.text.len();
        length >= SHORTEST_START
            && name.len() + self.slips > length
            && self.letters.foreign_to(letters) <= self.slips
            && (length - self.slips..=length + self.slips)
                .filter_map(|length| name.get(..length))
                .any(|start| osa_distance(self.text, start) <= self.slips)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_line() {
        for (text, expected) in [
            ("St. Louis", "saint louis"),
            ("Coeur d’Alene", "coeur dalene"),
            ("Winston-Salem", "winston salem"),
            ("  N. Hollywood ", "north hollywood"),
            ("Cañon City", "canon city"),
            ("?!", ""),
        ] {
            assert_eq!(line(&words(text)), expected, "{text}");
        }
    }

    #[test]
    fn longer_names_forgive_more() {
        for (typed, name, expected) in [
            ("denvr", "denver", true),
            ("dnever", "denver", true),
            ("denbor", "denver", false),
            ("ada", "adak", false),
            ("phialdelpha", "philadelphia", true),
            ("colorodo", "colorado", true),
        ] {
            let is_slip = Typed::new(typed).is_slip_of(name, Letters::of(name));
            assert_eq!(is_slip, expected, "{typed} {name}");
        }
        let name = "philadelphia";
        assert!(Typed::new("phill").is_slip_of_start(name, Letters::of(name)));
        assert!(!Typed::new("pxyla").is_slip_of_start(name, Letters::of(name)));
    }
}
