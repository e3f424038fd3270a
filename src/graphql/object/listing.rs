use std::sync::Arc;

use async_graphql::{Context, Description, Object, SimpleObject};

use super::{License, PracticeLocation, reading};
use crate::graphql::codes::{Discipline, ListingOutcome, ListingReasonCode, ReasonOutcome};
use crate::graphql::scalar::Date;
use crate::service::listing::Judged;
use crate::service::search::Hit;

/// What a person is shown as at one place under one licence, and why.
#[derive(Description)]
pub struct LocationListing {
    judged: Judged,
    /// Where a search has found it already.
    outcome: Option<domain::eligibility::ListingOutcome>,
}

impl From<Judged> for LocationListing {
    fn from(judged: Judged) -> Self {
        Self {
            judged,
            outcome: None,
        }
    }
}

impl From<&Hit> for LocationListing {
    fn from(hit: &Hit) -> Self {
        Self {
            judged: hit.judged.clone(),
            outcome: Some(hit.outcome),
        }
    }
}

/// One check, and what it found.
#[derive(SimpleObject)]
pub struct ListingReason {
    /// Which check.
    code: ListingReasonCode,
    /// What it found.
    outcome: ReasonOutcome,
    /// Why, in a sentence.
    message: String,
    /// The text that decides it.
    citation: Option<String>,
    /// The last day on which a PASS holds, or the day on which something ends by itself.
    due_on: Option<Date>,
}

#[Object(use_type_description)]
impl LocationListing {
    /// Where; null when no place of practice is on file.
    async fn location(&self) -> Option<PracticeLocation> {
        self.judged.location.map(|at| PracticeLocation {
            of: Arc::clone(&self.judged.provider),
            at,
        })
    }

    /// As what.
    async fn discipline(&self) -> Option<Discipline> {
        Some(self.judged.discipline.into())
    }

    /// Under which licence; null when none is on file for the place, and the taxonomy's discipline
    /// stands in.
    async fn license(&self) -> Option<License> {
        self.judged.license.map(|at| License {
            of: Arc::clone(&self.judged.provider),
            at,
        })
    }

    /// Shown as what.
    async fn outcome(&self, ctx: &Context<'_>) -> ListingOutcome {
        self.outcome
            .unwrap_or_else(|| self.judged.outcome(reading(ctx)))
            .into()
    }

    /// The day that was judged, in the zone of the place.
    async fn on(&self) -> Date {
        self.judged.day.on().into()
    }

    /// The eight checks, in the order of their codes.
    async fn reasons(&self, ctx: &Context<'_>) -> Vec<ListingReason> {
        let listing = self.judged.listing(reading(ctx));
        let reasons = listing.reasons.into_iter();
        reasons
            .map(|reason| ListingReason {
                code: reason.code.into(),
                outcome: reason.outcome.into(),
                message: reason.message,
                citation: reason.citation,
                due_on: reason.due_on.map(Into::into),
            })
            .collect()
    }
}
