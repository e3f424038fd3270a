//! Licences as observed records: what a board or the person said, when, and through which source.
//!
//! [`License::finding`] says what the record is worth on a day by itself, [`License::finding_among`] what
//! it is worth as one of its holder's: a compact privilege counts only while its home licence does.

pub mod compact;
mod finding;
mod issued;
mod privilege;
mod source;

pub use finding::LicenseFinding;
pub use issued::is_issued;
pub use privilege::NoPrivilege;
pub use source::{CheckSource, ImpossibleAnswer, LicenseSource, RecordedCheck, SourceAnswer, ask};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;
use crate::time::{days_after, happened_by};

codes! {
    /// What a board's register said of a licence. Observed, never edited.
    pub enum BoardStatus("board status") {
        /// In force.
        Active = "ACTIVE",
        /// In force, with published conditions.
        ActiveConditions = "ACTIVE_CONDITIONS",
        /// In force, on probation.
        Probation = "PROBATION",
        /// Held, not entitling to practise.
        Inactive = "INACTIVE",
        /// Past its end.
        Expired = "EXPIRED",
        /// Suspended after a disciplinary proceeding.
        SuspendedDisciplinary = "SUSPENDED_DISCIPLINARY",
        /// Suspended for fees or papers.
        SuspendedAdmin = "SUSPENDED_ADMIN",
        /// Taken away.
        Revoked = "REVOKED",
        /// Given up.
        Surrendered = "SURRENDERED",
        /// Applied for.
        Pending = "PENDING",
        /// The register answered and has no such licence.
        NotFound = "NOT_FOUND",
        /// Nobody has seen what the register says. A look-up that failed is this, never `NOT_FOUND`.
        Unknown = "UNKNOWN",
    }
}

codes! {
    /// How near a source stands to the fact.
    pub enum CheckSourceKind("check source kind") {
        /// The body that made the fact: a licensing board, a school.
        Primary = "PRIMARY",
        /// Under contract to the primary source.
        AgentOfPrimary = "AGENT_OF_PRIMARY",
        /// Fed by the primary source and recognised as its equal.
        PrimaryEquivalent = "PRIMARY_EQUIVALENT",
        /// The issuer's own signature over the document.
        IssuerSignature = "ISSUER_SIGNATURE",
        /// Somebody who checks on our behalf.
        Delegate = "DELEGATE",
        /// A copy, a list, a third party.
        Secondary = "SECONDARY",
        /// The person's own word.
        Self_ = "SELF",
    }
}

impl CheckSourceKind {
    /// Does an answer of this source prove the fact?
    pub const fn proves(self) -> bool {
        match self {
            Self::Primary
            | Self::AgentOfPrimary
            | Self::PrimaryEquivalent
            | Self::IssuerSignature => true,
            Self::Delegate | Self::Secondary | Self::Self_ => false,
        }
    }
}

codes! {
    /// What a check found.
    pub enum CheckOutcome("check outcome") {
        /// The source says the same.
        Match = "MATCH",
        /// The source says otherwise; the fields are named.
        Mismatch = "MISMATCH",
        /// The source answered and knows of none.
        NotFound = "NOT_FOUND",
        /// The source did not answer.
        SourceUnavailable = "SOURCE_UNAVAILABLE",
        /// Somebody has to look.
        NeedsReview = "NEEDS_REVIEW",
        /// There is nothing to check here.
        NotApplicable = "NOT_APPLICABLE",
    }
}

codes! {
    /// A field in which a source differs from the claim.
    pub enum MismatchField("mismatch field") {
        /// The holder's name.
        Name = "NAME",
        /// The licence is of another profession or kind.
        LicenseType = "LICENSE_TYPE",
        /// Its number.
        LicenseNumber = "LICENSE_NUMBER",
        /// Its state.
        State = "STATE",
        /// Its dates.
        Dates = "DATES",
        /// Training hours.
        Hours = "HOURS",
        /// A title.
        Title = "TITLE",
        /// Who issued it.
        Issuer = "ISSUER",
    }
}

/// The stored number of a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LicenseId(pub i64);

/// A licence on file. Until a source confirms it, it is the holder's own word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// How often it was changed by an act, itself counted: what a change has to name. Starts at 1.
    pub version: u32,
    /// Its stored number.
    pub id: LicenseId,
    /// The profession it licenses.
    pub discipline: Discipline,
    /// The jurisdiction that issued it and in which it counts.
    pub jurisdiction: Jurisdiction,
    /// As printed.
    pub number: Option<Box<str>>,
    /// First day.
    pub issued_on: Option<NaiveDate>,
    /// Last day, by the holder's word; a check that saw another overrides it.
    pub expires_on: Option<NaiveDate>,
    /// Who told us of the licence: "registry", "provider", a board's name.
    pub source: Box<str>,
    /// For a compact privilege, the licence of the same person that it is held under.
    pub home: Option<LicenseId>,
    /// Every look at a source, oldest first.
    pub checks: Vec<LicenseCheck>,
}

/// One look at a source, kept as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseCheck {
    /// How near the source stands.
    pub source_kind: CheckSourceKind,
    /// Its name.
    pub source_name: Box<str>,
    /// Where it was read.
    pub source_url: Option<Box<str>>,
    /// When somebody looked.
    pub checked_at: DateTime<Utc>,
    /// The day whose truth the source tells; never after the look itself.
    pub as_of: NaiveDate,
    /// What came of it.
    pub outcome: CheckOutcome,
    /// What the register said, in our words.
    pub board_status: BoardStatus,
    /// The end that the register showed.
    pub expires_on: Option<NaiveDate>,
    /// Fields in which the register differed.
    pub mismatches: Vec<MismatchField>,
}

impl License {
    /// The last word, up to a day, of sources that prove something: the answer that tells of the
    /// latest day, and of those the latest look.
    ///
    /// A source that lags behind does not undo what a quicker one said of a later day.
    pub fn latest_check(&self, on: NaiveDate, zone: Tz) -> Option<&LicenseCheck> {
        self.answers(on, zone)
            .max_by_key(|check| (check.as_of, check.checked_at))
    }

    /// The last word that is about this person's licence without a doubt.
    pub fn latest_undoubted_check(&self, on: NaiveDate, zone: Tz) -> Option<&LicenseCheck> {
        self.answers(on, zone)
            .filter(|check| !check.doubts_identity())
            .max_by_key(|check| (check.as_of, check.checked_at))
    }

    /// The last word, when it is that the licence is this person's and in force.
    pub fn confirming_check(&self, on: NaiveDate, zone: Tz) -> Option<&LicenseCheck> {
        self.latest_check(on, zone)
            .filter(|check| check.outcome == CheckOutcome::Match && check.board_status.entitles())
    }

    /// The last day on which the last word counts, which is `days` after the day that it tells of.
    pub fn check_due_on(&self, on: NaiveDate, zone: Tz, days: u32) -> Option<NaiveDate> {
        self.latest_check(on, zone)
            .map(|check| days_after(check.as_of, days))
    }

    /// The last day of the licence as known on a day: as the board last showed it without a doubt,
    /// else by the holder's word.
    pub fn expires_on(&self, on: NaiveDate, zone: Tz) -> Option<NaiveDate> {
        self.latest_undoubted_check(on, zone)
            .and_then(|check| check.expires_on)
            .or(self.expires_on)
    }

    /// What the board said, as known on a day. That the licence does not entitle stands until an
    /// answer about this very licence says otherwise; anything else is only worth the last word.
    pub fn board_status(&self, on: NaiveDate, zone: Tz) -> BoardStatus {
        let barring = self
            .latest_undoubted_check(on, zone)
            .filter(|check| check.board_status.bars());
        barring
            .or_else(|| self.latest_check(on, zone))
            .map_or(BoardStatus::Unknown, LicenseCheck::told_status)
    }

    fn answers(&self, on: NaiveDate, zone: Tz) -> impl Iterator<Item = &LicenseCheck> {
        self.checks
            .iter()
            .filter(|check| check.source_kind.proves() && check.is_conclusive())
            .filter(move |check| happened_by(check.checked_at, zone, on))
    }
}

impl LicenseCheck {
    /// Did the source answer? Silence changes nothing that an earlier answer showed.
    pub const fn is_conclusive(&self) -> bool {
        match self.outcome {
            CheckOutcome::Match | CheckOutcome::Mismatch | CheckOutcome::NotFound => true,
            CheckOutcome::SourceUnavailable
            | CheckOutcome::NeedsReview
            | CheckOutcome::NotApplicable => false,
        }
    }

    /// What the register said of this licence: UNKNOWN where it may have shown somebody else's.
    pub fn told_status(&self) -> BoardStatus {
        match self.outcome {
            CheckOutcome::NotFound => BoardStatus::NotFound,
            _ if self.doubts_identity() => BoardStatus::Unknown,
            _ => self.board_status,
        }
    }

    /// The end that the register showed of this licence; none where it may have shown somebody
    /// else's.
    pub fn told_end(&self) -> Option<NaiveDate> {
        self.expires_on.filter(|_| !self.doubts_identity())
    }
}
