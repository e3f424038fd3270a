use async_graphql::Enum;

use crate::service::screening;

/// A list of excluded people.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::ExclusionList")]
pub enum ExclusionList {
    /// The List of Excluded Individuals/Entities of the HHS Office of Inspector General.
    OigLeie,
    /// Exclusions of the System for Award Management.
    SamGov,
    /// A state's own Medicaid list.
    StateMedicaid,
}

/// How strongly a row of a list points at a person.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::MatchTier")]
pub enum MatchTier {
    /// The NPI is equal. Holds the badge back at once.
    #[graphql(name = "T1_NPI")]
    T1Npi,
    /// Name and birth date are equal. Holds the badge back at once.
    #[graphql(name = "T2_NAME_DOB")]
    T2NameDob,
    /// The name, and the state or the profession; or another writing of the name. To be looked at within
    /// two business days.
    #[graphql(name = "T3_NAME_CONTEXT")]
    T3NameContext,
    /// The name alone. Cleared at once where the birth date is another.
    #[graphql(name = "T4_NAME_ONLY")]
    T4NameOnly,
}

/// What people decided about a match.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::MatchState")]
pub enum MatchState {
    /// Nobody has looked.
    New,
    /// Somebody is looking.
    UnderReview,
    /// It is this person.
    Confirmed,
    /// It is somebody else.
    FalsePositive,
    /// It is this person, and a waiver lifts it in one state.
    Waived,
    /// Nobody can tell.
    Inconclusive,
    /// It was this person, and the exclusion has ended.
    Reinstated,
}

/// What somebody decides about a match.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::decision::MatchDecision")]
pub enum MatchDecision {
    /// To look at it.
    StartReview,
    /// It is this person.
    Confirm,
    /// It is somebody else.
    FalsePositive,
    /// It is this person, and a waiver lifts it in one state.
    Waive,
    /// Nobody can tell.
    Inconclusive,
    /// It was this person, and the exclusion has ended: by the Office's written notice, and missing from
    /// a later full list.
    Reinstate,
}

/// Whom a row may be.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::evidence::MatchSubject")]
pub enum MatchSubject {
    /// The person.
    Person,
    /// A clinic at which the person practises; says nothing about the person.
    Organisation,
}

/// The rule that a match fulfils.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::evidence::MatchRule")]
pub enum MatchRule {
    /// The NPIs are equal.
    NpiEqual,
    /// Family name, given name (or a short form of it) and birth date are equal.
    NameAndBirthDate,
    /// Another writing of the name, and the birth date.
    OtherNameAndBirthDate,
    /// The name, and the state or the profession; birth dates cannot be compared.
    NameAndContext,
    /// Another writing of the name alone; birth dates cannot be compared.
    OtherNameAlone,
    /// The name alone; birth dates cannot be compared.
    NameAlone,
    /// The name, and another birth date.
    NameAndOtherBirthDate,
    /// A business of the clinic's name in the clinic's state.
    ClinicAndState,
    /// A business of the clinic's name elsewhere.
    ClinicAlone,
}

/// How two names came to be the same, where they are not equal.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::evidence::NameRule")]
pub enum NameRule {
    /// The given name is a short form, or the other is.
    Nickname,
    /// One half of a compound family name.
    HyphenHalf,
    /// The first of several given names.
    GivenPart,
    /// A name that the person bore.
    FormerName,
    /// Family and given name in the other's place.
    SwappedOrder,
    /// Written in another script.
    Transliteration,
    /// Nearly the same letters: Jaro-Winkler of 0.92 or more.
    Fuzzy,
    /// No given name on one side.
    GivenMissing,
}

/// Do two values agree?
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::screening::evidence::Agreement")]
pub enum Agreement {
    /// They are equal.
    Equal,
    /// They differ.
    Different,
    /// One of them is not known.
    NotComparable,
}

/// Why everybody was held against a list.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "screening::Cause")]
pub enum ScreeningCause {
    /// A new list came into force.
    Import,
    /// Somebody asked for it.
    Request,
    /// It was time.
    Schedule,
}
