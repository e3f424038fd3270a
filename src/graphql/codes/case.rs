use async_graphql::Enum;

/// What a case is for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::case::Purpose")]
pub enum CasePurpose {
    /// Verify for the first time.
    Initial,
    /// Verify again, before or after the verification in force is due.
    Revalidation,
    /// Verify a new version, which takes the place of the earlier one.
    Correction,
    /// Revoke: opened by a verifier.
    ForCause,
    /// Lift a suspension.
    Reinstatement,
    /// Overturn a decision.
    Appeal,
}

/// A state of a case, as read now: a lease that has ended is SUBMITTED again, and a request that nobody
/// answered in time has LAPSED.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::case::CaseState")]
pub enum CaseState {
    /// Being written.
    Draft,
    /// Waiting for a verifier.
    Submitted,
    /// A verifier holds it.
    InReview,
    /// The person was asked for something.
    InfoRequested,
    /// Waiting for an approver.
    PendingDecision,
    /// Decided in favour.
    Approved,
    /// Decided against.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// What was asked for never came.
    Lapsed,
}

/// What a verifier recommends.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::case::Recommendation")]
pub enum Recommendation {
    /// Decide in favour.
    Approve,
    /// Decide against.
    Reject,
}

/// How a source was asked.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::check::CheckMethod")]
pub enum CheckMethod {
    /// The board's page was read.
    BoardWebsite,
    /// A file from the board was searched.
    BoardFile,
    /// The source's interface was called.
    Api,
    /// The issuer wrote an e-mail.
    EmailFromIssuer,
    /// The issuer was called at a number found elsewhere than on the document.
    PhoneCallback,
    /// A letter came.
    Letter,
    /// The signature of a verifiable credential was verified.
    VcSignature,
    /// The document was read.
    DocumentReview,
}

/// What a signature means (21 CFR 11.50).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::duty::SignatureMeaning")]
pub enum SignatureMeaning {
    /// I wrote this.
    Authorship,
    /// I answer for this.
    Responsibility,
    /// I looked at this.
    Review,
    /// I approve this.
    Approval,
    /// I reject this.
    Rejection,
    /// I decided an appeal.
    AppealDecision,
}

/// What decisions have made of a credential: nothing that the passing of time causes.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::credential::Standing")]
pub enum Standing {
    /// Claimed.
    Unverified,
    /// Decided to be true.
    Verified,
    /// Out of force for now.
    Suspended,
    /// Out of force for good.
    Revoked,
    /// Taken back by its holder.
    Withdrawn,
    /// Replaced by a later version.
    Superseded,
    /// Never was.
    EnteredInError,
}

/// Why a credential is suspended.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::credential::SuspensionKind")]
pub enum SuspensionKind {
    /// After a proceeding.
    Disciplinary,
    /// Papers or fees.
    Administrative,
    /// The issuer is not trusted for the range in which it issued this.
    IssuerTaint,
    /// Doubt about what was said.
    IntegrityConcern,
    /// Danger to patients.
    Safety,
}

/// How a course ended, as its certificate says.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::content::AssessmentResult")]
pub enum AssessmentResult {
    /// A written examination was passed.
    PassedWritten,
    /// A practical examination was passed.
    PassedPractical,
    /// Both were.
    PassedBoth,
    /// Nobody was examined.
    AttendanceOnly,
    /// It was not passed.
    Failed,
    /// The certificate does not say.
    Unknown,
}
