//! Why somebody is shown, or not.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::eligibility::{self, Listing, ListingOutcome};
use domain::npi::Npi;
use domain::provider::{Practice, Provider};
use domain::taxonomy::Discipline;
use domain::time::Day;

use super::Reading;

/// A person at a place under a licence, and the day on which that is judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Who.
    pub provider: Arc<Provider>,
    /// Which of their places; `None` when none is on file.
    pub location: Option<usize>,
    /// As what.
    pub discipline: Discipline,
    /// Under which of their licences; `None` when none is on file for the place.
    pub license: Option<usize>,
    /// The day, in the zone of the place.
    pub day: Day,
}

impl Judged {
    /// The practice itself.
    pub fn practice(&self) -> Practice<'_> {
        Practice {
            location: self.location.and_then(|at| self.provider.locations.get(at)),
            discipline: self.discipline,
            license: self.license.and_then(|at| self.provider.licenses.get(at)),
        }
    }

    /// The outcome and the eight checks behind it.
    pub fn listing(&self, reading: &Reading) -> Listing {
        eligibility::judge(&self.provider, self.practice(), reading.rules(), self.day)
    }

    /// The outcome alone.
    pub fn outcome(&self, reading: &Reading) -> ListingOutcome {
        eligibility::outcome(&self.provider, self.practice(), reading.rules(), self.day)
    }
}

/// Every practice of a person, in the order of the places on file; empty where we hold nobody by that
/// number.
pub fn why_not_shown(reading: &Reading, npi: Npi, on: Option<NaiveDate>) -> Vec<Judged> {
    let provider = reading.snapshot().provider(npi);
    provider.map_or_else(Vec::new, |provider| of(reading, provider, on))
}

/// Every practice of a person, in the order of the places on file, on a day or today.
pub fn of(reading: &Reading, provider: &Arc<Provider>, on: Option<NaiveDate>) -> Vec<Judged> {
    let practices = provider.practices().into_iter();
    practices
        .map(|practice| Judged {
            provider: Arc::clone(provider),
            location: practice
                .location
                .and_then(|it| provider.locations.iter().position(|one| one.id == it.id)),
            discipline: practice.discipline,
            license: practice
                .license
                .and_then(|it| provider.licenses.iter().position(|one| one.id == it.id)),
            day: reading.day(on, practice.zone()),
        })
        .collect()
}
