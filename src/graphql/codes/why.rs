use async_graphql::Enum;

/// Why a record is not verified.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::why::WhyNotCode")]
pub enum WhyNotCode {
    /// Nobody has submitted it.
    NotSubmitted,
    /// It waits for a verifier.
    AwaitsVerifier,
    /// A verifier has it.
    InReview,
    /// The person was asked for something.
    InfoRequested,
    /// It waits for a decision.
    AwaitsDecision,
    /// What was asked for never came.
    CaseLapsed,
    /// The case was taken back.
    CaseWithdrawn,
    /// Decided against.
    Rejected,
    /// Verified too long ago.
    RevalidationRequired,
    /// Past its own end.
    Expired,
    /// Begins later.
    NotYetValid,
    /// Out of force for now.
    Suspended,
    /// What its issuer issued then is not relied on.
    IssuerTainted,
    /// Out of force for good.
    Revoked,
    /// Overturned, and another record stands in for it.
    Replaced,
    /// Taken back.
    Withdrawn,
    /// A later version or attestation counts.
    Superseded,
    /// Never was.
    EnteredInError,
    /// No source was asked.
    NotChecked,
    /// A source was asked too long ago.
    CheckTooOld,
    /// A source differs from the claim.
    Mismatch,
    /// A source knows of none, or does not say.
    NotFoundAtSource,
    /// The board does not let its holder practise.
    NotInForce,
    /// Of another profession.
    OtherProfession,
    /// The jurisdiction licenses no such profession.
    NoneIssued,
    /// A compact privilege that its home licence does not carry.
    HomeLicense,
    /// A compact privilege of a state that issues none.
    CompactNotIssuing,
    /// A check failed.
    NeedsFix,
    /// Past its last day, or out of lots.
    Lapsed,
    /// Taken out of force.
    Invalidated,
    /// Nobody confirmed it.
    NotConfirmed,
    /// Confirmed too long ago.
    ConfirmationTooOld,
}
