use async_graphql::Enum;

/// How a claimant shows who they are.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::claim::ClaimMethod")]
pub enum ClaimMethod {
    /// By a code that somebody reads out to the practice's telephone in the registry.
    PracticePhone,
    /// By a code in a letter to the practice's address in the registry.
    PostalAddress,
    /// By evidence that an admin sees.
    EvidenceSeen,
}

/// Where a claim stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::claim::ClaimState")]
pub enum ClaimState {
    /// Nobody has decided.
    Open,
    /// The entry is the claimant's.
    Confirmed,
    /// It is not.
    Declined,
    /// The claimant gave up.
    Withdrawn,
}

/// What is wrong with an entry.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::report::MistakeKind")]
pub enum MistakeKind {
    /// The person does not practise there.
    NotAtLocation,
    /// The telephone number is another.
    WrongPhone,
    /// The name is another.
    WrongName,
    /// The person does not do dry needling.
    NoDryNeedling,
    /// The person does not take patients.
    NotAcceptingPatients,
    /// The licence, the training or another credential is not as shown.
    WrongCredential,
    /// Something about needles or hygiene.
    SafetyConcern,
    /// Something else.
    Other,
}

/// Where a report of a mistake stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::report::ReportState")]
pub enum ReportState {
    /// Nobody has answered.
    Open,
    /// The entry was wrong and is not any more.
    Corrected,
    /// The entry is right.
    NoMistake,
    /// It is looked into elsewhere: by compliance, by a board.
    Referred,
}

/// Where a request that an entry goes stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::report::RemovalState")]
pub enum RemovalState {
    /// Nobody has decided.
    Open,
    /// The entry is hidden and kept.
    Hidden,
    /// The entry is hidden and nothing but its number is kept.
    Erased,
    /// The entry stays.
    Refused,
}

/// What happens to a person whose state's law says neither yes nor no.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::policy::SilentScope")]
pub enum SilentScope {
    /// Shown with the words "state law does not say".
    Show,
    /// Not VERIFIED there.
    Withhold,
}

/// How many people a decision that raises trust takes.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::policy::ReviewPolicy")]
pub enum ReviewPolicy {
    /// One verifies, another approves.
    FourEyes,
    /// One verifier may do both.
    SingleReviewer,
}
