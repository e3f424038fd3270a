//! NUCC taxonomy codes and the disciplines they hint at.

use std::fmt;
use std::str::FromStr;

use crate::codes::codes;

codes! {
    /// A profession whose members may be licensed to needle.
    ///
    /// The discipline that counts is the one on a licence; a taxonomy code is self-reported.
    pub enum Discipline("discipline") {
        /// Physical therapist; never an assistant.
        PhysicalTherapist = "PHYSICAL_THERAPIST",
        /// Licensed or registered acupuncturist.
        Acupuncturist = "ACUPUNCTURIST",
        /// Chiropractor.
        Chiropractor = "CHIROPRACTOR",
        /// Athletic trainer.
        AthleticTrainer = "ATHLETIC_TRAINER",
        /// Occupational therapist; never an assistant.
        OccupationalTherapist = "OCCUPATIONAL_THERAPIST",
        /// Physician.
        Physician = "PHYSICIAN",
    }
}

impl Discipline {
    /// The name in a sentence, singular: "physical therapist".
    pub const fn noun(self) -> &'static str {
        match self {
            Self::PhysicalTherapist => "physical therapist",
            Self::Acupuncturist => "acupuncturist",
            Self::Chiropractor => "chiropractor",
            Self::AthleticTrainer => "athletic trainer",
            Self::OccupationalTherapist => "occupational therapist",
            Self::Physician => "physician",
        }
    }
}

/// A NUCC Health Care Provider Taxonomy code: ten upper-case letters and digits, the last an `X`.
///
/// Code set © American Medical Association; the codes are used unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxonomyCode([u8; 10]);

/// The text does not have the form of a taxonomy code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a taxonomy code has ten letters and digits and ends in X, unlike {0:?}")]
pub struct InvalidTaxonomyCode(pub String);

impl TaxonomyCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The discipline that the code hints at; `None` for assistants and other professions.
    pub fn discipline(&self) -> Option<Discipline> {
        let code = self.as_str();
        if code.starts_with("2251") {
            Some(Discipline::PhysicalTherapist)
        } else if code.starts_with("225X") {
            Some(Discipline::OccupationalTherapist)
        } else if code.starts_with("111N") {
            Some(Discipline::Chiropractor)
        } else if code.starts_with("20") {
            Some(Discipline::Physician)
        } else {
            match code {
                "171100000X" => Some(Discipline::Acupuncturist),
                "2255A2300X" => Some(Discipline::AthleticTrainer),
                _ => None,
            }
        }
    }
}

impl FromStr for TaxonomyCode {
    type Err = InvalidTaxonomyCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes: [u8; 10] = text
            .as_bytes()
            .try_into()
            .map_err(|_| InvalidTaxonomyCode(text.to_owned()))?;
        let well_formed = bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        if well_formed && bytes[9] == b'X' {
            Ok(Self(bytes))
        } else {
            Err(InvalidTaxonomyCode(text.to_owned()))
        }
    }
}

impl fmt::Display for TaxonomyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: Option<Discipline>) {
        assert_eq!(
            code.parse::<TaxonomyCode>().map(|code| code.discipline()),
            Ok(expected),
            "{code}"
        );
    }

    #[test]
    fn codes_hint_at_disciplines_and_assistants_at_none() {
        check("225100000X", Some(Discipline::PhysicalTherapist));
        check("2251X0800X", Some(Discipline::PhysicalTherapist));
        check("225200000X", None);
        check("171100000X", Some(Discipline::Acupuncturist));
        check("111N00000X", Some(Discipline::Chiropractor));
        check("111NS0005X", Some(Discipline::Chiropractor));
        check("2255A2300X", Some(Discipline::AthleticTrainer));
        check("225X00000X", Some(Discipline::OccupationalTherapist));
        check("224Z00000X", None);
        check("2081P2900X", Some(Discipline::Physician));
        check("225700000X", None);
    }

    #[test]
    fn malformed_codes_are_refused() {
        for text in [
            "",
            "225100000",
            "225100000Y",
            "225100000x",
            "2251 0000X",
            "22510000000X",
        ] {
            assert!(text.parse::<TaxonomyCode>().is_err(), "{text}");
        }
    }
}
