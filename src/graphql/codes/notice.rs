use async_graphql::Enum;

/// What a notice is about.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::notice::NoticeKind")]
pub enum NoticeKind {
    /// A case was decided.
    Decision,
    /// More is asked for in a case.
    InfoRequested,
    /// What was asked for has not come yet.
    InfoDue,
    /// A case ended because nothing came.
    CaseLapsed,
    /// A credential was suspended.
    Suspended,
    /// A credential is in force again.
    Reinstated,
    /// A credential was revoked.
    Revoked,
    /// A credential ends soon.
    CredentialExpires,
    /// A verification ends soon.
    RevalidationDue,
    /// A licence ends soon.
    LicenseExpires,
    /// An attestation was accepted, refused or taken out of force.
    AttestationDecision,
    /// An attestation ends soon.
    AttestationDue,
    /// An attestation has ended.
    AttestationLapsed,
    /// A lot of needles has expired or is recalled.
    LotOut,
    /// A place of practice has to be confirmed.
    LocationDue,
    /// Of a screening against an exclusion list.
    Screening,
    /// Of a claim to an entry.
    Claim,
    /// Of a request to be taken out of the directory.
    Removal,
    /// Of a mistake that somebody reported.
    Report,
    /// Of an account of ours.
    Account,
}

/// What somebody of ours has to do.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::notice::TaskKind")]
pub enum TaskKind {
    /// The registry has another name than the entry.
    Name,
    /// The registry has another licence number than the entry.
    License,
    /// The registry has another place of practice than the entry.
    Location,
    /// The ZIP belongs to another state than the address says.
    ZipState,
    /// Look at a licence's register again.
    LicenseRecheck,
    /// Look at a suspension again (verification.md 3.3, S5).
    SuspensionReview,
    /// A lot of needles in use has expired.
    LotLapsed,
    /// A lot of needles in use was recalled.
    LotRecalled,
    /// Two people gave a lot two last days.
    LotTwoExpiries,
    /// A statement about needles was signed as denied.
    StatementDenied,
    /// Somebody was not screened in time.
    ScreeningDue,
    /// A request for removal waits.
    RemovalDue,
    /// A notice was not sent in time.
    NoticeOverdue,
    /// A claim's code is to be read out or posted.
    ClaimCode,
    /// A claim's evidence is to be seen, or a dispute decided.
    ClaimDecision,
    /// A report of a mistake waits for an answer.
    ReportDue,
    /// A claim was taken back under a suspicion of fraud.
    FraudSuspected,
}

/// How a task ended.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::notice::TaskResolution")]
pub enum TaskResolution {
    /// What it asked for was done.
    Done,
    /// It had become needless.
    NotNeeded,
    /// It should not have been opened.
    Mistaken,
}

/// What ends, or has to be done, by a day.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::notice::DueKind")]
pub enum DueKind {
    /// A verified credential ends.
    Credential,
    /// The verification of a credential ends.
    Revalidation,
    /// A suspension is to be looked at again.
    SuspensionReview,
    /// A licence ends.
    License,
    /// The last look at a licence's register counts no longer.
    LicenseCheck,
    /// An attestation ends.
    Attestation,
    /// A lot of needles in use expires.
    NeedleLot,
    /// The confirmation of a place of practice ends.
    LocationConfirmation,
    /// The last screening counts no longer.
    Screening,
    /// A notice has to be sent.
    Notice,
    /// A claim waits for one of us.
    Claim,
    /// A request that an entry goes has to be decided.
    Removal,
    /// A report of a mistake has to be answered.
    Report,
}
