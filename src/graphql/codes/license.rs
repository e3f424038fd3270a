use async_graphql::Enum;

/// What a board's register said of a licence: observed, never edited.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::license::BoardStatus")]
pub enum BoardStatus {
    /// In force.
    Active,
    /// In force, with published conditions.
    ActiveConditions,
    /// In force, on probation.
    Probation,
    /// Held, not entitling to practise.
    Inactive,
    /// Past its end.
    Expired,
    /// Suspended after a disciplinary proceeding.
    SuspendedDisciplinary,
    /// Suspended for fees or papers.
    SuspendedAdmin,
    /// Taken away.
    Revoked,
    /// Given up.
    Surrendered,
    /// Applied for.
    Pending,
    /// The register answered and has no such licence.
    NotFound,
    /// Nobody has seen what the register says. A look-up that failed is this, never `NOT_FOUND`.
    Unknown,
}

/// How near a source stands to the fact that it tells.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::license::CheckSourceKind")]
pub enum CheckSourceKind {
    /// The body that made the fact: a licensing board, a school.
    Primary,
    /// Under contract to the primary source.
    AgentOfPrimary,
    /// Fed by the primary source and recognised as its equal.
    PrimaryEquivalent,
    /// The issuer's own signature over the document.
    IssuerSignature,
    /// Somebody who checks on our behalf.
    Delegate,
    /// A copy, a list, a third party.
    Secondary,
    /// The person's own word.
    #[graphql(name = "SELF")]
    Self_,
}

/// What a check found.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::license::CheckOutcome")]
pub enum CheckOutcome {
    /// The source says the same.
    Match,
    /// The source says otherwise.
    Mismatch,
    /// The source answered and knows of none.
    NotFound,
    /// The source did not answer.
    SourceUnavailable,
    /// Somebody has to look.
    NeedsReview,
    /// There is nothing to check here.
    NotApplicable,
}

/// What the federal registry says of an NPI.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::provider::NpiStatus")]
pub enum NpiStatus {
    /// Held by the registry, not deactivated.
    Active,
    /// Deactivated.
    Deactivated,
}

/// A field in which a source differs from a claim.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::license::MismatchField")]
pub enum MismatchField {
    /// The holder's name.
    Name,
    /// The licence is of another profession or kind.
    LicenseType,
    /// Its number.
    LicenseNumber,
    /// Its state.
    State,
    /// Its dates.
    Dates,
    /// Training hours.
    Hours,
    /// A title.
    Title,
    /// Who issued it.
    Issuer,
}

/// What a state has done about a compact.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::license::compact::CompactStatus")]
pub enum CompactStatus {
    /// Nothing.
    None,
    /// It is law; no privilege is issued yet.
    Enacted,
    /// Privileges are issued and accepted.
    Issuing,
}
