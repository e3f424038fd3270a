//! Why a step was not taken. A refusal is data: the case is as it was.

use chrono::NaiveDate;

use super::action::ActionKind;
use super::file::CaseState;
use crate::check::{CheckOutcome, InvalidCheck};
use crate::codes::codes;
use crate::credential::Standing;
use crate::duty::{Bar, RefusalCode};

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in this capacity.
    #[error("this is not yours to do")]
    Forbidden,
    /// Not by this person.
    #[error(
        "somebody else has to do this: whoever claims, verifies, decides and hears an appeal are different people"
    )]
    SeparationOfDuties,
    /// What was shown is not what is on file.
    #[error("the content was changed after it was shown")]
    StaleVersion,
    /// Not from this state.
    #[error("{action} cannot be done to a case that is {from}")]
    IllegalTransition {
        /// The state as read now.
        from: CaseState,
        /// What was asked.
        action: ActionKind,
    },
    /// A condition is not met.
    #[error(transparent)]
    Guard(#[from] Guard),
    /// No file is attached.
    #[error("attach at least one file of evidence")]
    NoEvidence,
    /// Required checks without an answer.
    #[error("not checked yet: {}", .0.join(", "))]
    Unchecked(Vec<&'static str>),
    /// No source near enough to the fact agreed.
    #[error(
        "no primary source, its agent, its equivalent or the issuer's signature has confirmed it"
    )]
    NotProved,
    /// Proofs that are too old.
    #[error("confirmed more than {days} days ago: {}", .fields.join(", "))]
    PsvStale {
        /// What they prove.
        fields: Vec<Box<str>>,
        /// How old a proof may be.
        days: u32,
    },
    /// The lists were searched too long ago, or never.
    #[error("the lists of excluded people have to be searched again: {}",
        .screened_on.map_or_else(|| "never searched".to_owned(), |on| format!("last searched on {on}")))]
    ScreeningStale {
        /// When they were last searched.
        screened_on: Option<NaiveDate>,
    },
    /// A match that nobody has decided.
    #[error("a match on a list of excluded people is not decided yet")]
    ScreeningOpen,
    /// No reason was given.
    #[error("a reason is required")]
    ReasonRequired,
}

/// A condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Guard {
    /// Fields without which nobody could check it.
    #[error("not filled in: {}", .0.join(", "))]
    Incomplete(Vec<&'static str>),
    /// Completed on a day to come.
    #[error("FUTURE_DATE: completed on {0}, which is still to come")]
    FutureDate(NaiveDate),
    /// Issued before it was completed.
    #[error("issued before it was completed")]
    IssuedBeforeCompleted,
    /// The sessions of a log took longer than the law allows.
    #[error(
        "the sessions from {from} to {to} took longer than the {months} months that the law allows"
    )]
    TookTooLong {
        /// The first session.
        from: NaiveDate,
        /// The last session.
        to: NaiveDate,
        /// What is allowed.
        months: u32,
    },
    /// The issuer did not bear the printed name on the paper's day.
    #[error(
        "{0}: the issuer did not bear the printed name on the day of the paper: record what was found of \
         `issuer`, and then what it is taken for"
    )]
    IssuerName(CheckOutcome),
    /// The signature means something else.
    #[error("the signature does not mean what this act takes")]
    Meaning,
    /// Nothing is asked for.
    #[error("say what is asked for")]
    NoItems,
    /// A day that has passed.
    #[error("the day by which it is asked for has passed")]
    DueInPast,
    /// A check that is not whole.
    #[error(transparent)]
    Check(#[from] InvalidCheck),
    /// A check of another case, or another version of the content.
    #[error("this check is of another case or of another version")]
    CheckElsewhere,
    /// A source says otherwise.
    #[error("a source says otherwise of: {}", .0.join(", "))]
    Contradicted(Vec<Box<str>>),
    /// The issuer was not to be trusted then.
    #[error("ISSUER_TAINTED: the issuer was not to be trusted on the day of issue")]
    IssuerTainted,
    /// Excluded from federal programmes.
    #[error("EXCLUDED: an exclusion is confirmed")]
    Excluded,
    /// Another case is open.
    #[error("a case of this purpose is open for this credential")]
    OpenCase,
    /// The credential's standing leaves nothing to decide.
    #[error("a case of this purpose is not for a credential that is {0}")]
    Standing(Standing),
    /// The case to be taken up again is open, or about something else.
    #[error("only a closed case about the same thing is taken up again")]
    Reopens,
    /// Only by an appeal's own way, or only about a credential.
    #[error("a case of this purpose is not opened this way")]
    Purpose,
    /// A decision in the person's favour, or one on appeal.
    #[error("this decision cannot be appealed")]
    NotAppealable,
    /// Too late.
    #[error("the time to appeal ended on {0}")]
    AppealLate(NaiveDate),
    /// One appeal a decision.
    #[error("an appeal was filed before")]
    AppealedBefore,
}

codes! {
    /// A condition by name.
    pub enum GuardCode("guard") {
        /// Fields are missing.
        Incomplete = "INCOMPLETE",
        /// A day to come.
        FutureDate = "FUTURE_DATE",
        /// Issued before it was completed.
        DateOrder = "DATE_ORDER",
        /// The sessions took too long.
        TookTooLong = "TOOK_TOO_LONG",
        /// The name of the issuer.
        IssuerName = "ISSUER_NAME",
        /// The meaning of a signature.
        Meaning = "MEANING",
        /// Nothing asked for.
        NoItems = "NO_ITEMS",
        /// Asked for by a day that has passed.
        DueInPast = "DUE_IN_PAST",
        /// A check that is not whole.
        InvalidCheck = "INVALID_CHECK",
        /// A check of something else.
        CheckElsewhere = "CHECK_ELSEWHERE",
        /// A source says otherwise.
        Contradicted = "CONTRADICTED",
        /// The issuer was not to be trusted.
        IssuerTainted = "ISSUER_TAINTED",
        /// Excluded.
        Excluded = "EXCLUDED",
        /// Another case is open.
        OpenCase = "OPEN_CASE",
        /// The standing of the credential.
        Standing = "STANDING",
        /// What is taken up again.
        Reopens = "REOPENS",
        /// The purpose of the case.
        Purpose = "PURPOSE",
        /// No such decision is appealed.
        NotAppealable = "NOT_APPEALABLE",
        /// Too late.
        AppealLate = "APPEAL_LATE",
        /// Appealed before.
        AppealedBefore = "APPEALED_BEFORE",
    }
}

impl From<Bar> for Refusal {
    fn from(bar: Bar) -> Self {
        match bar {
            Bar::Forbidden => Self::Forbidden,
            Bar::SeparationOfDuties => Self::SeparationOfDuties,
        }
    }
}

impl Refusal {
    /// The code under which the API tells it.
    pub const fn code(&self) -> RefusalCode {
        match self {
            Self::Forbidden => RefusalCode::Forbidden,
            Self::SeparationOfDuties => RefusalCode::SeparationOfDuties,
            Self::StaleVersion => RefusalCode::StaleVersion,
            Self::IllegalTransition { .. } => RefusalCode::IllegalTransition,
            Self::Guard(_) => RefusalCode::GuardFailed,
            Self::NoEvidence | Self::Unchecked(_) | Self::NotProved => RefusalCode::EvidenceMissing,
            Self::PsvStale { .. } => RefusalCode::PsvStale,
            Self::ScreeningStale { .. } | Self::ScreeningOpen => RefusalCode::ScreeningStale,
            Self::ReasonRequired => RefusalCode::ReasonRequired,
        }
    }

    /// The field of the act that has to be mended, as the API spells it, where one is to blame.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::ReasonRequired => Some("reasonCode"),
            Self::NoEvidence => Some("evidenceIds"),
            Self::StaleVersion => Some("contentSha256"),
            Self::Guard(guard) => guard.field(),
            _ => None,
        }
    }
}

impl Guard {
    /// Its name.
    pub const fn code(&self) -> GuardCode {
        match self {
            Self::Incomplete(_) => GuardCode::Incomplete,
            Self::FutureDate(_) => GuardCode::FutureDate,
            Self::IssuedBeforeCompleted => GuardCode::DateOrder,
            Self::TookTooLong { .. } => GuardCode::TookTooLong,
            Self::IssuerName(_) => GuardCode::IssuerName,
            Self::Meaning => GuardCode::Meaning,
            Self::NoItems => GuardCode::NoItems,
            Self::DueInPast => GuardCode::DueInPast,
            Self::Check(_) => GuardCode::InvalidCheck,
            Self::CheckElsewhere => GuardCode::CheckElsewhere,
            Self::Contradicted(_) => GuardCode::Contradicted,
            Self::IssuerTainted => GuardCode::IssuerTainted,
            Self::Excluded => GuardCode::Excluded,
            Self::OpenCase => GuardCode::OpenCase,
            Self::Standing(_) => GuardCode::Standing,
            Self::Reopens => GuardCode::Reopens,
            Self::Purpose => GuardCode::Purpose,
            Self::NotAppealable => GuardCode::NotAppealable,
            Self::AppealLate(_) => GuardCode::AppealLate,
            Self::AppealedBefore => GuardCode::AppealedBefore,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Incomplete(fields) => fields.first().copied(),
            Self::FutureDate(_) | Self::TookTooLong { .. } => Some("completedOn"),
            Self::IssuedBeforeCompleted => Some("issuedOn"),
            Self::IssuerName(_) => Some("outcome"),
            Self::Meaning => Some("signatureMeaning"),
            Self::NoItems => Some("items"),
            Self::DueInPast => Some("dueOn"),
            Self::Check(check) => Some(check.field()),
            Self::Reopens => Some("reopensCaseId"),
            Self::Purpose => Some("purpose"),
            Self::IssuerTainted => Some("issuer"),
            _ => None,
        }
    }
}
