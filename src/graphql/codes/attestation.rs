use async_graphql::Enum;

/// Where a sterility attestation stands. Only ACCEPTED counts, and only until its last day.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::attestation::AttestationState")]
pub enum AttestationState {
    /// Being written. Not shown in public.
    Draft,
    /// Signed; checks are running. Not shown in public.
    Signed,
    /// A check failed and its author has to mend it. Not shown in public.
    NeedsFix,
    /// Somebody looks at the evidence. Not shown in public.
    UnderReview,
    /// In force until its last day.
    Accepted,
    /// Refused. Not shown in public.
    Rejected,
    /// Was accepted, and its last day is past.
    Lapsed,
    /// Taken out of force, by a recall of its needles or for cause.
    Invalidated,
    /// Taken back by its author. Not shown in public.
    Withdrawn,
    /// Replaced by a later one.
    Superseded,
}

/// How a needle came to the market of the United States. A clearance is not an approval
/// (21 CFR 807.97).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::attestation::FdaPathway")]
pub enum FdaPathway {
    /// Cleared under a 510(k) number.
    #[graphql(name = "CLEARED_510K")]
    Cleared510k,
    /// Exempt from premarket clearance since 30 December 2019 (21 CFR 880.5580(b)).
    #[graphql(name = "EXEMPT_510K")]
    Exempt510k,
    /// Not marketed in the United States.
    NotUsMarketed,
    /// Not stated.
    Unknown,
}
