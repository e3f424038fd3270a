use async_graphql::SimpleObject;

use crate::graphql::codes::{CompactStatus, Confidence, Discipline, Jurisdiction};
use crate::graphql::scalar::Date;

/// What a state has done about the compact of a discipline from a day on, until its next period begins.
#[derive(SimpleObject)]
pub struct CompactPeriod {
    /// Whose compact.
    discipline: Discipline,
    /// Which state.
    jurisdiction: Jurisdiction,
    /// What it has done.
    status: CompactStatus,
    /// First day.
    effective_from: Date,
    /// The text or announcement that says so.
    citation: Option<String>,
    /// Where we read of it.
    source_url: Option<String>,
    /// The day whose truth the source tells.
    source_as_of: Option<Date>,
    /// How sure we are of the status and its first day; LOW where the day is only known not to be earlier
    /// than the truth.
    confidence: Confidence,
    /// In our words, where there is something to say.
    note: Option<String>,
}

impl From<domain::license::compact::CompactPeriod> for CompactPeriod {
    fn from(period: domain::license::compact::CompactPeriod) -> Self {
        Self {
            discipline: period.discipline.into(),
            jurisdiction: period.jurisdiction.into(),
            status: period.status.into(),
            effective_from: period.from.into(),
            citation: period.citation.map(Into::into),
            source_url: period.source_url.map(Into::into),
            source_as_of: period.source_as_of.map(Into::into),
            confidence: period.confidence.into(),
            note: period.note.map(Into::into),
        }
    }
}
