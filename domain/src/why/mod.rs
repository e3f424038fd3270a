//! Why a record is not verified on a day: a code, a sentence, who must act, and by when.
//!
//! One function a kind of record. An empty answer says that the record is verified. The sentences may
//! be read by the person and by the public: like those of a listing they name no suspicion and no
//! unreviewed match ([`crate::eligibility`]).

mod attestation;
mod credential;
mod english;
mod license;
mod location;

pub use attestation::attestation;
pub use credential::credential;
pub use license::license;
pub use location::location;

use chrono::NaiveDate;

use crate::codes::codes;
use crate::duty::Role;

codes! {
    /// Why a record is not verified.
    pub enum WhyNotCode("reason why not verified") {
        /// Nobody has submitted it.
        NotSubmitted = "NOT_SUBMITTED",
        /// It waits for a verifier.
        AwaitsVerifier = "AWAITS_VERIFIER",
        /// A verifier has it.
        InReview = "IN_REVIEW",
        /// The person was asked for something.
        InfoRequested = "INFO_REQUESTED",
        /// It waits for a decision.
        AwaitsDecision = "AWAITS_DECISION",
        /// What was asked for never came.
        CaseLapsed = "CASE_LAPSED",
        /// The case was taken back.
        CaseWithdrawn = "CASE_WITHDRAWN",
        /// Decided against.
        Rejected = "REJECTED",
        /// Verified too long ago.
        RevalidationRequired = "REVALIDATION_REQUIRED",
        /// Past its own end.
        Expired = "EXPIRED",
        /// Begins later.
        NotYetValid = "NOT_YET_VALID",
        /// Out of force for now.
        Suspended = "SUSPENDED",
        /// What its issuer issued then is not relied on.
        IssuerTainted = "ISSUER_TAINTED",
        /// Out of force for good.
        Revoked = "REVOKED",
        /// Overturned, and another record stands in for it.
        Replaced = "REPLACED",
        /// Taken back.
        Withdrawn = "WITHDRAWN",
        /// A later version or attestation counts.
        Superseded = "SUPERSEDED",
        /// Never was.
        EnteredInError = "ENTERED_IN_ERROR",
        /// No source was asked.
        NotChecked = "NOT_CHECKED",
        /// A source was asked too long ago.
        CheckTooOld = "CHECK_TOO_OLD",
        /// A source differs from the claim.
        Mismatch = "MISMATCH",
        /// A source knows of none, or does not say.
        NotFoundAtSource = "NOT_FOUND_AT_SOURCE",
        /// The board does not let its holder practise.
        NotInForce = "NOT_IN_FORCE",
        /// Of another profession.
        OtherProfession = "OTHER_PROFESSION",
        /// The jurisdiction licenses no such profession.
        NoneIssued = "NONE_ISSUED",
        /// A compact privilege that its home licence does not carry.
        HomeLicense = "HOME_LICENSE",
        /// A compact privilege of a state that issues none.
        CompactNotIssuing = "COMPACT_NOT_ISSUING",
        /// A check failed.
        NeedsFix = "NEEDS_FIX",
        /// Past its last day, or out of lots.
        Lapsed = "LAPSED",
        /// Taken out of force.
        Invalidated = "INVALIDATED",
        /// Nobody confirmed it.
        NotConfirmed = "NOT_CONFIRMED",
        /// Confirmed too long ago.
        ConfirmationTooOld = "CONFIRMATION_TOO_OLD",
    }
}

/// Why a record is not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// By name.
    pub code: WhyNotCode,
    /// In a sentence.
    pub text: String,
    /// Who must act; `None` where nobody can, or nobody has to.
    pub actor: Option<Role>,
    /// By when, or the day on which it was due.
    pub due_on: Option<NaiveDate>,
}

impl WhyNot {
    fn new(code: WhyNotCode, actor: Option<Role>, due_on: Option<NaiveDate>) -> Self {
        Self {
            code,
            text: english::text(code, due_on),
            actor,
            due_on,
        }
    }
}
