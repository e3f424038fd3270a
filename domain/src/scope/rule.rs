//! One rule: what the law of one jurisdiction says to one discipline in one period.

use chrono::NaiveDate;

use super::requirement::{Requirement, RequirementKind, RequirementSubject};
use super::rule_id::RuleId;
use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;
use crate::time::days_between;

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
    /// The least hours of training as published with the rule; judged are the requirements.
    pub min_training_hours: Option<u32>,
    /// The least hours in person as published with the rule; judged are the requirements.
    pub min_in_person_hours: Option<u32>,
    /// The least years licensed as published with the rule; judged are the requirements.
    pub min_years_licensed: Option<u32>,
    /// Does a patient need a referral?
    pub referral_required: Option<Flag>,
    /// Must a patient consent?
    pub consent_required: Option<Flag>,
    /// What it asks of the person and of the visit.
    pub requirements: Vec<Requirement>,
}

/// How old the source of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceAge {
    /// Within the limit.
    Fresh,
    /// Older than the limit: the status is kept and somebody should look again.
    Stale {
        /// The day whose truth the source tells.
        as_of: NaiveDate,
    },
    /// The source bears no date.
    Undated,
}

impl ScopeRule {
    /// The name by which it is known: it never changes, because a change of law is a new period.
    pub const fn id(&self) -> RuleId {
        RuleId {
            jurisdiction: self.jurisdiction,
            discipline: self.discipline,
            effective_from: self.effective_from,
        }
    }

    /// How old its source is on a day; it is stale when older than `limit_days`.
    pub fn source_age(&self, on: NaiveDate, limit_days: u32) -> SourceAge {
        match self.source_as_of {
            None => SourceAge::Undated,
            Some(as_of) if days_between(as_of, on) > i64::from(limit_days) => {
                SourceAge::Stale { as_of }
            }
            Some(_) => SourceAge::Fresh,
        }
    }

    /// The last day on which it is in force; `None` while no end is known.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.effective_to.and_then(|to| to.pred_opt())
    }

    /// Within how many months it wants a training done, from its first day to its last; `None` where
    /// it does not say.
    pub fn completion_window_months(&self) -> Option<u32> {
        let asks = |requirement: &&Requirement| {
            requirement.kind == RequirementKind::CompletionWindowYears
                && requirement.subject == RequirementSubject::Provider
        };
        self.requirements.iter().find(asks)?.months()
    }

    /// Is the rule in force on a day?
    pub fn covers(&self, on: NaiveDate) -> bool {
        self.effective_from.is_none_or(|from| from <= on)
            && self.effective_to.is_none_or(|to| on < to)
    }
}
