use serde::Deserialize;

use super::field::{Line, optional_text};
use crate::scope::error::{LawError, LawFile};
use crate::scope::rule::ScopeRule;

/// The columns of `scope_rules.csv`, as text. Blank is "not seen".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFields {
    /// Postal code.
    pub jurisdiction: String,
    /// Discipline code.
    pub discipline: String,
    /// Scope status code.
    pub status: String,
    /// First day; blank where the start was not found.
    pub effective_from: String,
    /// First day on which it no longer holds; blank while it does.
    pub effective_to: String,
    /// Instrument code.
    pub instrument: String,
    /// Where the text is found.
    pub citation: String,
    /// Whole hours.
    pub min_training_hours: String,
    /// Whole hours.
    pub min_in_person_hours: String,
    /// Whole years.
    pub min_years_licensed: String,
    /// YES, NO, PARTIAL.
    pub referral_required: String,
    /// YES, NO, PARTIAL.
    pub consent_required: String,
    /// Where we read of it.
    pub source_url: String,
    /// The day whose truth the source tells.
    pub source_as_of: String,
    /// HIGH, MEDIUM, LOW.
    pub confidence: String,
    /// In our words.
    pub summary: String,
}

/// The rule of a line, without its requirements.
pub(super) fn read(number: u64, fields: &RuleFields) -> Result<ScopeRule, Vec<LawError>> {
    let mut line = Line::new(LawFile::Rules, number);
    let jurisdiction = line.code("jurisdiction", &fields.jurisdiction);
    let discipline = line.code("discipline", &fields.discipline);
    let status = line.code("status", &fields.status);
    let effective_from = line.optional_day("effective_from", &fields.effective_from);
    let effective_to = line.optional_day("effective_to", &fields.effective_to);
    let instrument = line.code("instrument", &fields.instrument);
    let min_training_hours = line.optional_number("min_training_hours", &fields.min_training_hours);
    let min_in_person_hours =
        line.optional_number("min_in_person_hours", &fields.min_in_person_hours);
    let min_years_licensed = line.optional_number("min_years_licensed", &fields.min_years_licensed);
    let referral_required = line.optional_code("referral_required", &fields.referral_required);
    let consent_required = line.optional_code("consent_required", &fields.consent_required);
    let source_as_of = line.optional_day("source_as_of", &fields.source_as_of);
    let confidence = line.code("confidence", &fields.confidence);
    let summary = line.text("summary", &fields.summary);
    let rule = (|| {
        Some(ScopeRule {
            jurisdiction: jurisdiction?,
            discipline: discipline?,
            status: status?,
            effective_from,
            effective_to,
            instrument: instrument?,
            citation: optional_text(&fields.citation),
            source_url: optional_text(&fields.source_url),
            source_as_of,
            confidence: confidence?,
            summary: summary?,
            min_training_hours,
            min_in_person_hours,
            min_years_licensed,
            referral_required,
            consent_required,
            requirements: Vec::new(),
        })
    })();
    line.finish(rule)
}
