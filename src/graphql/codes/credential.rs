use async_graphql::Enum;

/// What a credential other than a licence is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::credential::CredentialKind")]
pub enum CredentialKind {
    /// A state's endorsement, registration or letter for needling.
    StateEndorsement,
    /// A state's permit or certificate that allows needling.
    StatePermit,
    /// An academic degree.
    Degree,
    /// Proof of a requirement that the law names and no other kind covers.
    RequirementProof,
    /// Dry-needling training with hours.
    DryNeedlingTraining,
    /// National certification, such as a diplomate's.
    NationalCertification,
    /// A passed examination.
    ExamResult,
    /// A log of supervised sessions.
    SupervisedSessionsLog,
    /// Clean-needle technique.
    CleanNeedleTechnique,
    /// Blood-borne pathogens.
    BloodbornePathogens,
}

/// What a credential is worth by itself on a day; the first that applies, in this order of strength:
/// revoked, withdrawn, superseded, suspended, expired, not yet valid, revalidation required, verified,
/// unverified.
///
/// Of a credential by itself: scope, licence and exclusion are listing reasons, not credential states.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::credential::EffectiveStatus")]
pub enum EffectiveStatus {
    /// Checked against its source, and the check still counts.
    Verified,
    /// Claimed; nobody has checked it.
    Unverified,
    /// Was verified, too long ago.
    RevalidationRequired,
    /// Begins on a later day.
    NotYetValid,
    /// Past its own last day.
    Expired,
    /// Out of force for now.
    Suspended,
    /// Out of force for good.
    Revoked,
    /// Taken back by its holder. Not shown in public.
    Withdrawn,
    /// Replaced by a later version.
    Superseded,
}
