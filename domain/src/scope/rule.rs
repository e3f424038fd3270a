//! One rule: what the law of one jurisdiction says to one discipline in one period.

use chrono::NaiveDate;

use super::requirement::Requirement;
use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

codes! {
    /// What the law says.
    pub enum ScopeStatus("scope status") {
        /// Needling is within the scope of practice.
        Permitted = "PERMITTED",
        /// It is for those who meet what the rule asks.
        Conditional = "CONDITIONAL",
        /// It is barred.
        Prohibited = "PROHIBITED",
        /// The law says neither.
        Silent = "SILENT",
        /// Nobody has researched it: our ignorance, not the law's.
        Unknown = "UNKNOWN",
    }
}

codes! {
    /// What kind of text the rule is.
    pub enum ScopeInstrument("scope instrument") {
        /// An act.
        Statute = "STATUTE",
        /// An administrative rule.
        Regulation = "REGULATION",
        /// A board's statement.
        BoardPolicy = "BOARD_POLICY",
        /// An attorney general's opinion.
        AgOpinion = "AG_OPINION",
        /// A judgment.
        Court = "COURT",
        /// Something else.
        Other = "OTHER",
    }
}

codes! {
    /// How sure we are of the status.
    pub enum Confidence("confidence") {
        /// The text itself was read.
        High = "HIGH",
        /// A good secondary source.
        Medium = "MEDIUM",
        /// Weak or contested.
        Low = "LOW",
    }
}

codes! {
    /// A three-way flag: PARTIAL is a consultation, a veto or a prior evaluation.
    pub enum Flag("flag") {
        /// Yes.
        Yes = "YES",
        /// No.
        No = "NO",
        /// In part.
        Partial = "PARTIAL",
    }
}

/// What the law says to one discipline in one jurisdiction from one day until another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRule {
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// To whom.
    pub discipline: Discipline,
    /// What it says.
    pub status: ScopeStatus,
    /// First day; open where the start was not found.
    pub effective_from: Option<NaiveDate>,
    /// First day on which it no longer holds; open while it does.
    pub effective_to: Option<NaiveDate>,
    /// What kind of text.
    pub instrument: ScopeInstrument,
    /// Where the text is found.
    pub citation: Option<Box<str>>,
    /// Where we read of it.
    pub source_url: Option<Box<str>>,
    /// The day whose truth the source tells.
    pub source_as_of: Option<NaiveDate>,
    /// How sure we are of the status.
    pub confidence: Confidence,
    /// In our words.
    pub summary: Box<str>,
    /// Does a patient need a referral?
    pub referral_required: Option<Flag>,
    /// Must a patient consent?
    pub consent_required: Option<Flag>,
    /// What it asks of the person and of the visit.
    pub requirements: Vec<Requirement>,
}

impl ScopeRule {
    /// Is the rule in force on a day?
    pub fn covers(&self, on: NaiveDate) -> bool {
        self.effective_from.is_none_or(|from| from <= on)
            && self.effective_to.is_none_or(|to| on < to)
    }
}
