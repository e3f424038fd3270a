//! People, days and the shipped law for tests.

mod dice;
pub(crate) mod golden;
mod law;
mod parts;
mod person;

pub(crate) use dice::any_person;
pub(crate) use law::{decide, law, meets, policy, rulebook, rulebook_with};
pub(crate) use parts::{
    Course, a_course, active_check, attestation, check, location, noon, standing,
};
pub(crate) use person::{Person, a_provider, a_verified};

use chrono::NaiveDate;
use domain::eligibility::{Listing, ListingOutcome, ListingReason, ListingReasonCode, judge};
use domain::provider::{Practice, Provider};
use domain::time::Day;

/// The day on which the specification counts.
pub(crate) fn today() -> NaiveDate {
    day("2026-11-21")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day like 2026-11-21")
}

/// The person's only practice.
#[track_caller]
pub(crate) fn only_practice(provider: &Provider) -> Practice<'_> {
    let practices = provider.practices();
    assert_eq!(practices.len(), 1, "one practice: {practices:#?}");
    practices[0]
}

/// The listing of the person's only practice on a day that is not to come.
#[track_caller]
pub(crate) fn listing(provider: &Provider, on: &str) -> Listing {
    judge(
        provider,
        only_practice(provider),
        rulebook(),
        Day::at(day(on)),
    )
}

#[track_caller]
pub(crate) fn outcome(provider: &Provider, on: &str) -> ListingOutcome {
    listing(provider, on).outcome
}

#[track_caller]
pub(crate) fn reason(provider: &Provider, on: &str, code: ListingReasonCode) -> ListingReason {
    of(&listing(provider, on), code).clone()
}

pub(crate) fn of(listing: &Listing, code: ListingReasonCode) -> &ListingReason {
    listing
        .reasons
        .iter()
        .find(|reason| reason.code == code)
        .expect("every listing has all eight reasons")
}
