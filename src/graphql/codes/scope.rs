use async_graphql::Enum;

/// What the law of a jurisdiction says to a discipline about dry needling.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::scope::ScopeStatus")]
pub enum ScopeStatus {
    /// Needling is within the scope of practice.
    Permitted,
    /// It is for those who meet what the rule asks.
    Conditional,
    /// It is barred.
    Prohibited,
    /// The law says neither yes nor no.
    Silent,
    /// Nobody has researched it: our ignorance, not the law's, and never "illegal".
    Unknown,
}

/// What kind of text a rule is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::scope::ScopeInstrument")]
pub enum ScopeInstrument {
    /// An act.
    Statute,
    /// An administrative rule.
    Regulation,
    /// A board's statement.
    BoardPolicy,
    /// An attorney general's opinion.
    AgOpinion,
    /// A judgment.
    Court,
    /// Something else.
    Other,
}

/// How sure we are of what a rule says.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::scope::Confidence")]
pub enum Confidence {
    /// The text itself was read.
    High,
    /// A good secondary source.
    Medium,
    /// Weak or contested.
    Low,
}

/// Whether something is asked of a visit.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::scope::rule::Flag")]
pub enum ScopeFlag {
    /// Yes.
    Yes,
    /// No.
    No,
    /// In part: a consultation, a veto or an evaluation beforehand.
    Partial,
}

/// Of whom a rule asks something.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::scope::RequirementSubject")]
pub enum RequirementSubject {
    /// Of the person: judged.
    Provider,
    /// Of the visit: shown, never judged.
    Visit,
}

/// What a rule asks for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::scope::RequirementKind")]
pub enum RequirementKind {
    /// Hours of training in all.
    TrainingHoursTotal,
    /// Hours in person, the supervised clinic included.
    TrainingHoursInPerson,
    /// Hours of theory.
    TrainingHoursTheory,
    /// Hours of practical work.
    TrainingHoursPractical,
    /// Hours after the entry-level degree.
    TrainingHoursPostgraduate,
    /// Hours from which limited practice is allowed; never required.
    InterimHours,
    /// Years from the start to the end of the training.
    CompletionWindowYears,
    /// Years licensed.
    YearsLicensed,
    /// Another licence beside this one.
    DualLicense,
    /// A degree, or a licence since a day.
    DegreeOrLicensedSince,
    /// A course that a body approved.
    ApprovedCourse,
    /// A passed examination.
    Exam,
    /// The state's endorsement, registration or letter.
    StateEndorsement,
    /// The state's permit or certificate.
    StatePermit,
    /// National certification.
    NationalCertification,
    /// Sessions under supervision.
    SupervisedSessions,
    /// The patient's consent.
    Consent,
    /// A referral.
    Referral,
    /// A limit of technique.
    Technique,
    /// A limit of body region.
    BodyRegion,
    /// No handing over to assistants.
    NoDelegation,
    /// A duty to report adverse events.
    AdverseEventReporting,
    /// Anything else; without a value we do not know what.
    Other,
}
