//! Which state takes part how in which compact.

use async_graphql::{Context, InputObject, Object};
use domain::access::Act;

use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::{CompactStatus, Confidence, Discipline, Jurisdiction};
use crate::graphql::error::Fault;
use crate::graphql::object::{CompactPeriod, reading};
use crate::graphql::payload::payload;
use crate::graphql::scalar::Date;
use crate::service;

/// What a state has done about a compact from a day on.
#[derive(InputObject)]
pub struct AddCompactPeriodInput {
    /// Whose compact.
    discipline: Discipline,
    /// Which state.
    jurisdiction: Jurisdiction,
    /// What it has done.
    status: CompactStatus,
    /// First day; it holds until the next period on file begins.
    effective_from: Date,
    /// The text or announcement that says so; this or `sourceUrl` is needed.
    citation: Option<String>,
    /// Where it was read.
    source_url: Option<String>,
    /// The day whose truth the source tells.
    source_as_of: Option<Date>,
    /// How sure we are of the status and its first day.
    confidence: Confidence,
    /// In our words, where there is something to say.
    note: Option<String>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of putting a state's part in a compact on file.
    AddCompactPeriodPayload {
        /// The period.
        period: CompactPeriod,
    }
}

#[derive(Default)]
pub(super) struct CompactMutation;

#[Object]
impl CompactMutation {
    /// Put on file what a state has done about a compact from a day on. One of the same state, discipline and
    /// day is corrected by it. Every privilege is judged by it at once.
    async fn add_compact_period(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which state, what, since when, and where that was read.")]
        input: AddCompactPeriodInput,
    ) -> Result<AddCompactPeriodPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::AddCompactPeriod, &input, &input.idempotency_key)?;
        let words = |text: Option<String>| {
            let text = text
                .as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty());
            text.map(Box::from)
        };
        let period = domain::license::compact::CompactPeriod {
            discipline: input.discipline.into(),
            jurisdiction: input.jurisdiction.into(),
            from: input.effective_from.0,
            status: input.status.into(),
            citation: words(input.citation),
            source_url: words(input.source_url),
            source_as_of: input.source_as_of.map(|day| day.0),
            confidence: input.confidence.into(),
            note: words(input.note),
        };
        let pair = (period.discipline, period.jurisdiction);
        let from = period.from;
        let done = service::compact::add_period(app, who, &order, period).await;
        Ok(match settled(ctx, done)? {
            Ok(()) => AddCompactPeriodPayload {
                period: service::compact::period(reading(ctx), pair, from).map(Into::into),
                user_errors: Vec::new(),
            },
            Err(errors) => AddCompactPeriodPayload::refused(errors),
        })
    }
}
