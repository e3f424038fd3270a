//! Names as they are compared.

use deunicode::deunicode;

/// Words that are part of a family name and never a name by themselves.
const PARTICLES: [&str; 28] = [
    "ABU", "AL", "BEN", "BIN", "BINT", "DA", "DAS", "DE", "DEL", "DELA", "DEN", "DER", "DI", "DOS",
    "DU", "EL", "IBN", "LA", "LAS", "LE", "LOS", "MAC", "SAN", "SANTA", "ST", "VAN", "VON", "Y",
];

/// What follows a family name and says nothing about who it is.
const SUFFIXES: [&str; 9] = ["JR", "SR", "II", "III", "IV", "V", "MD", "DC", "PT"];

/// The shortest part of a compound name that is looked for by itself.
const SHORTEST_PART: usize = 3;

/// One name (family or given), in upper-case ASCII letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// All of it, without blanks, hyphens and apostrophes.
    pub whole: Box<str>,
    /// What lies between its hyphens and blanks, where it is more than one word. Particles, suffixes
    /// and what is shorter than three letters are left out.
    pub parts: Vec<Box<str>>,
    /// The first word.
    pub first: Box<str>,
    /// Was it written in another script than the Latin one? Accents do not make it so.
    pub is_transliterated: bool,
}

impl Folded {
    /// A family name: without "Jr" and other suffixes.
    pub fn family(text: &str) -> Self {
        Self::new(text, &SUFFIXES)
    }

    /// A given name.
    pub fn given(text: &str) -> Self {
        Self::new(text, &[])
    }

    /// Is there nothing of it?
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    fn new(text: &str, suffixes: &[&str]) -> Self {
        let words = words(text);
        let mut words: &[String] = &words;
        while let [rest @ .., last] = words
            && !rest.is_empty()
            && suffixes.contains(&last.as_str())
        {
            words = rest;
        }
        let parts = if words.len() > 1 {
            words
                .iter()
                .filter(|word| word.len() >= SHORTEST_PART && !PARTICLES.contains(&word.as_str()))
                .map(|word| word.as_str().into())
                .collect()
        } else {
            Vec::new()
        };
        Self {
            whole: words.concat().into(),
            parts,
            first: words
                .first()
                .map(|word| word.as_str().into())
                .unwrap_or_default(),
            is_transliterated: text.chars().any(is_of_another_script),
        }
    }
}

/// The words of a text in upper-case ASCII. Apostrophes and full stops join: `O'Brien` is `OBRIEN`.
pub fn words(text: &str) -> Vec<String> {
    let mut folded = deunicode(text);
    folded.make_ascii_uppercase();
    folded.retain(|sign| !matches!(sign, '\'' | '`' | '.'));
    folded
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Latin letters with any accent stand in U+0000–U+024F and U+1E00–U+1EFF.
fn is_of_another_script(letter: char) -> bool {
    letter.is_alphabetic() && !matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, whole: &str, parts: &[&str]) {
        let folded = Folded::family(text);
        assert_eq!(&*folded.whole, whole, "{text}");
        let found: Vec<&str> = folded.parts.iter().map(|part| &**part).collect();
        assert_eq!(found, parts, "{text}");
    }

    #[test]
    fn compound_names_have_parts_and_particles_are_none() {
        check("Smith-Jones", "SMITHJONES", &["SMITH", "JONES"]);
        check("García López", "GARCIALOPEZ", &["GARCIA", "LOPEZ"]);
        check("de la Cruz", "DELACRUZ", &["CRUZ"]);
        check("O’Brien", "OBRIEN", &[]);
        check("St. John", "STJOHN", &["JOHN"]);
        check("Ng-Li", "NGLI", &[]);
        check(" - ", "", &[]);
    }

    #[test]
    fn suffixes_fall_off_but_never_the_name_itself() {
        check("SMITH JR", "SMITH", &[]);
        check("Smith, Jr. III", "SMITH", &[]);
        check("Pt", "PT", &[]);
    }

    #[test]
    fn accents_are_no_other_script() {
        assert!(!Folded::family("Łukašević").is_transliterated);
        let ivanov = Folded::family("Иванов");
        assert!(ivanov.is_transliterated);
        assert_eq!(&*ivanov.whole, "IVANOV");
    }
}
