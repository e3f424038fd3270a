//! What a hit says of itself: which rule found it, and what agreed.

use serde::{Deserialize, Serialize};

use super::finding::MatchTier;
use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

codes! {
    /// Whom a row may be.
    pub enum MatchSubject("match subject") {
        /// The person.
        Person = "PERSON",
        /// A clinic at which the person practises; says nothing about the person.
        Organisation = "ORGANISATION",
    }
}

codes! {
    /// The rule that a hit fulfils.
    pub enum MatchRule("match rule") {
        /// T1: the NPIs are equal.
        NpiEqual = "NPI_EQUAL",
        /// T2: family name, given name (or a short form of it) and birth date are equal.
        NameAndBirthDate = "NAME_AND_BIRTH_DATE",
        /// T3: another writing of the name, and the birth date.
        OtherNameAndBirthDate = "OTHER_NAME_AND_BIRTH_DATE",
        /// T3: the name, and the state or the profession; birth dates cannot be compared.
        NameAndContext = "NAME_AND_CONTEXT",
        /// T3: another writing of the name alone; birth dates cannot be compared.
        OtherNameAlone = "OTHER_NAME_ALONE",
        /// T4: the name alone; birth dates cannot be compared.
        NameAlone = "NAME_ALONE",
        /// T4, cleared at once: the name, and another birth date.
        NameAndOtherBirthDate = "NAME_AND_OTHER_BIRTH_DATE",
        /// T3: a business of the clinic's name in the clinic's state.
        ClinicAndState = "CLINIC_AND_STATE",
        /// T4: a business of the clinic's name elsewhere.
        ClinicAlone = "CLINIC_ALONE",
    }
}

codes! {
    /// How two names came to be the same.
    pub enum NameRule("name rule") {
        /// The given name is a short form, or the other is.
        Nickname = "NICKNAME",
        /// One half of a compound family name.
        HyphenHalf = "HYPHEN_HALF",
        /// The first of several given names, where the other has no more.
        GivenPart = "GIVEN_PART",
        /// A name that the person bore.
        FormerName = "FORMER_NAME",
        /// Family and given name in the other's place.
        SwappedOrder = "SWAPPED_ORDER",
        /// Written in another script.
        Transliteration = "TRANSLITERATION",
        /// Nearly the same letters: Jaro-Winkler of 0.92 or more.
        Fuzzy = "FUZZY",
        /// No given name on one side.
        GivenMissing = "GIVEN_MISSING",
    }
}

impl NameRule {
    /// Does a name that is the same by this rule alone count as the name itself?
    pub const fn is_the_name_itself(self) -> bool {
        matches!(self, Self::Nickname | Self::GivenPart)
    }
}

codes! {
    /// Do two values agree?
    pub enum Agreement("agreement") {
        /// They are equal.
        Equal = "EQUAL",
        /// They differ.
        Different = "DIFFERENT",
        /// One of them is not known.
        NotComparable = "NOT_COMPARABLE",
    }
}

impl Agreement {
    /// Compares two values that may be unknown.
    pub fn of<T: PartialEq>(one: Option<T>, other: Option<T>) -> Self {
        match (one, other) {
            (Some(one), Some(other)) if one == other => Self::Equal,
            (Some(_), Some(_)) => Self::Different,
            _ => Self::NotComparable,
        }
    }
}

/// Why a row may be a person, or a clinic. Holds no birth date: only whether it agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MatchEvidence {
    /// Which rule it fulfils.
    pub rule: MatchRule,
    /// The person's name, or the clinic's, that was compared.
    pub compared_name: Box<str>,
    /// By what else than equality the names are the same.
    pub name_rules: Vec<NameRule>,
    /// The lower Jaro-Winkler similarity of family and given name, in thousandths; only of fuzzy ones.
    pub similarity_permille: Option<u16>,
    /// NPIs.
    pub npi: Agreement,
    /// Birth dates.
    pub birth_date: Agreement,
    /// Middle names, or what is given of them.
    pub middle_name: Agreement,
    /// The state that both name.
    pub state: Option<Jurisdiction>,
    /// The profession that both name.
    pub discipline: Option<Discipline>,
    /// The number of the practice location whose clinic it may be.
    pub location_id: Option<i64>,
}

impl MatchRule {
    /// How strong a hit by this rule is.
    pub const fn tier(self) -> MatchTier {
        match self {
            Self::NpiEqual => MatchTier::T1Npi,
            Self::NameAndBirthDate => MatchTier::T2NameDob,
            Self::OtherNameAndBirthDate
            | Self::NameAndContext
            | Self::OtherNameAlone
            | Self::ClinicAndState => MatchTier::T3NameContext,
            Self::NameAlone | Self::NameAndOtherBirthDate | Self::ClinicAlone => {
                MatchTier::T4NameOnly
            }
        }
    }

    /// Is a hit by this rule cleared at once, by a birth date that is another?
    pub const fn clears_itself(self) -> bool {
        matches!(self, Self::NameAndOtherBirthDate)
    }
}
