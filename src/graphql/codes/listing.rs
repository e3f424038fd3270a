use async_graphql::Enum;

/// What a person is shown as, at a place, under a licence, on a day.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::eligibility::ListingOutcome")]
pub enum ListingOutcome {
    /// Not shown: one of `NPI_ACTIVE`, LICENSE, EXCLUSION, STANDING and SCOPE is FAIL.
    NotListed,
    /// In the federal registry; dry needling not confirmed.
    Unverified,
    /// All eight checks pass; or all but SCOPE, where the law is silent and the policy shows that.
    Verified,
}

/// What one check found.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::eligibility::ReasonOutcome")]
pub enum ReasonOutcome {
    /// Proved.
    Pass,
    /// Proved to be otherwise.
    Fail,
    /// Not proved.
    Unknown,
}

/// The eight checks behind a listing.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::eligibility::ListingReasonCode")]
pub enum ListingReasonCode {
    /// Is the NPI in use?
    NpiActive,
    /// Does the law let the discipline needle here, and are its conditions met?
    Scope,
    /// Is the licence in force here?
    License,
    /// Is there a verified dry-needling training?
    Training,
    /// Is a sterility attestation in force here?
    Sterility,
    /// Is the person excluded from federal health programmes?
    Exclusion,
    /// Is a credential suspended or revoked?
    Standing,
    /// Did somebody confirm lately that the person works here?
    LocationConfirmed,
}
