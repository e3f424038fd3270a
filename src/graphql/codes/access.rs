use async_graphql::Enum;

/// A capacity in which somebody acts.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::access::Role")]
pub enum Role {
    /// The person whom an entry is about.
    Provider,
    /// Prepares for such a person, and may not attest.
    ProviderDelegate,
    /// Checks claims against their sources.
    Verifier,
    /// Decides what a verifier recommends.
    Approver,
    /// Suspends, and judges matches with exclusion lists.
    Compliance,
    /// Hears appeals.
    Appeals,
    /// Reads everything and changes nothing.
    Auditor,
    /// Runs the installation; has no part in cases.
    Admin,
    /// The program itself: may lower trust, never raise it.
    System,
    /// Anybody.
    Public,
}

/// What needs two people and is no case.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::access::ProposalKind")]
pub enum ProposalKind {
    /// A record never was: wrong person, or there twice.
    MarkInError,
    /// A certain match with an exclusion list is the person.
    ConfirmMatch,
    /// A certain match with an exclusion list is somebody else.
    ClearMatch,
    /// An excluded person was reinstated by the list's keeper.
    ReinstateMatch,
    /// An account's roles change.
    ChangeRoles,
    /// An issuer was not to be trusted for a range of days.
    TaintIssuer,
    /// It was to be trusted after all.
    LiftTaint,
    /// What a taint suspended is in force again.
    ReinstateInBulk,
}

/// Where a proposal stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::access::ProposalState")]
pub enum ProposalState {
    /// It waits for a second person.
    Open,
    /// A second person agreed, and it was done.
    Confirmed,
    /// A second person did not.
    Declined,
    /// Its proposer took it back.
    Withdrawn,
}
