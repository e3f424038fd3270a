//! One look at a source about one claim: what was asked, where, how, and what came of it.
//!
//! [`field`] names what a check is about, [`mod@required`] what has to be checked for which credential,
//! and [`reading`] what all checks of a case say together. A look-up of a licence is
//! [`crate::license::LicenseCheck`]: an observed record, with the register's own words.

mod changed;
mod field;
pub mod reading;
pub mod required;

pub use changed::changed;
pub use field::{FieldPath, InvalidFieldPath};
pub use reading::{Reading, read};
pub use required::{Demand, required};

use chrono::{DateTime, NaiveDate, Utc};

use crate::case::CaseId;
use crate::codes::codes;
use crate::duty::{AccountId, Sha256};
pub use crate::license::{CheckOutcome, CheckSourceKind, MismatchField};

codes! {
    /// How a source was asked.
    pub enum CheckMethod("check method") {
        /// The board's page was read.
        BoardWebsite = "BOARD_WEBSITE",
        /// A file from the board was searched.
        BoardFile = "BOARD_FILE",
        /// The source's interface was called.
        Api = "API",
        /// The issuer wrote an e-mail.
        EmailFromIssuer = "EMAIL_FROM_ISSUER",
        /// The issuer was called at a number found elsewhere than on the document.
        PhoneCallback = "PHONE_CALLBACK",
        /// A letter came.
        Letter = "LETTER",
        /// The signature of a verifiable credential was verified.
        VcSignature = "VC_SIGNATURE",
        /// The document was read.
        DocumentReview = "DOCUMENT_REVIEW",
    }
}

/// The stored number of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(pub i64);

/// A check as it was made. Only [`Check::resolve`] adds to it; what was found first stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its stored number.
    pub id: CheckId,
    /// For which case.
    pub case: CaseId,
    /// What was checked.
    pub field: FieldPath,
    /// Against which version of the content.
    pub content_version: u32,
    /// The source.
    pub source: Source,
    /// How it was asked.
    pub method: CheckMethod,
    /// When.
    pub performed_at: DateTime<Utc>,
    /// By whom.
    pub performed_by: AccountId,
    /// What was found; never changed.
    pub original_outcome: CheckOutcome,
    /// Where the source differed.
    pub mismatches: Vec<MismatchField>,
    /// What somebody made of it later.
    pub resolution: Option<Resolution>,
    /// Over what the source said, as kept.
    pub raw_sha256: Option<Sha256>,
    /// In words.
    pub note: Option<Box<str>>,
}

/// A source, and by what right its word counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How near it stands to the fact.
    pub kind: CheckSourceKind,
    /// Its name.
    pub name: Box<str>,
    /// Where it was read.
    pub url: Option<Box<str>>,
    /// The day whose truth it tells; never after the look.
    pub as_of: NaiveDate,
    /// The agreement under which a delegate checks for us.
    pub delegation_agreement_id: Option<Box<str>>,
    /// Proof of the contract between an agent and its primary source.
    pub agent_contract_ref: Option<Box<str>>,
}

/// What somebody made of an answer that was not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution {
    /// What it is taken for.
    pub outcome: CheckOutcome,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a check is not recorded as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCheck {
    /// The source tells of a day after the look at it.
    #[error("a source cannot tell of a day after it was asked")]
    AsOfAfterLook,
    /// A mismatch that names no field.
    #[error("name the fields in which the source differs")]
    NoMismatchNamed,
    /// Fields named although the source agrees or said nothing.
    #[error("only a mismatch names fields")]
    MismatchNamed,
    /// A delegate without an agreement (NCQA on delegation).
    #[error("a delegate's check names the agreement it is made under")]
    NoAgreement,
    /// An agent without proof of its contract (NCQA on the National Student Clearinghouse).
    #[error("an agent's answer names the contract with its primary source")]
    NoContract,
    /// The day of a source that did not answer was plain, or the answer was resolved before.
    #[error("this answer is not open to be resolved")]
    NotOpen,
    /// A resolution that leaves it open.
    #[error("a resolution is a match, a mismatch, none found, or not applicable")]
    NoResolution,
}

impl InvalidCheck {
    /// The field that is wrong, as the API spells it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::AsOfAfterLook => "sourceAsOf",
            Self::NoMismatchNamed | Self::MismatchNamed => "mismatches",
            Self::NoAgreement => "delegationAgreementId",
            Self::NoContract => "agentContractRef",
            Self::NotOpen | Self::NoResolution => "resolvedOutcome",
        }
    }
}

impl Check {
    /// Is it whole? `performed_on` is the day of the look where it was made.
    pub fn validate(&self, performed_on: NaiveDate) -> Result<(), InvalidCheck> {
        if performed_on < self.source.as_of {
            return Err(InvalidCheck::AsOfAfterLook);
        }
        let is_mismatch = self.original_outcome == CheckOutcome::Mismatch;
        match (is_mismatch, self.mismatches.is_empty()) {
            (true, true) => return Err(InvalidCheck::NoMismatchNamed),
            (false, false) if self.original_outcome != CheckOutcome::NeedsReview => {
                return Err(InvalidCheck::MismatchNamed);
            }
            _ => {}
        }
        match self.source.kind {
            CheckSourceKind::Delegate if self.source.delegation_agreement_id.is_none() => {
                Err(InvalidCheck::NoAgreement)
            }
            CheckSourceKind::AgentOfPrimary if self.source.agent_contract_ref.is_none() => {
                Err(InvalidCheck::NoContract)
            }
            _ => Ok(()),
        }
    }

    /// What the check says now.
    pub fn outcome(&self) -> CheckOutcome {
        self.resolution
            .map_or(self.original_outcome, |resolution| resolution.outcome)
    }

    /// Does it prove what it is about? Only a source near enough to the fact, which agreed, does.
    pub fn proves(&self) -> bool {
        self.source.kind.proves() && self.outcome() == CheckOutcome::Match
    }

    /// Says, once, what an answer that was not plain is taken for: a name that differs is a former
    /// name. A source that did not answer is asked again, not resolved.
    pub fn resolve(mut self, resolution: Resolution) -> Result<Self, InvalidCheck> {
        let is_open = self.resolution.is_none()
            && matches!(
                self.original_outcome,
                CheckOutcome::NeedsReview | CheckOutcome::Mismatch | CheckOutcome::NotFound
            );
        if !is_open {
            return Err(InvalidCheck::NotOpen);
        }
        match resolution.outcome {
            CheckOutcome::Match
            | CheckOutcome::Mismatch
            | CheckOutcome::NotFound
            | CheckOutcome::NotApplicable => {
                self.resolution = Some(resolution);
                Ok(self)
            }
            CheckOutcome::SourceUnavailable | CheckOutcome::NeedsReview => {
                Err(InvalidCheck::NoResolution)
            }
        }
    }
}
