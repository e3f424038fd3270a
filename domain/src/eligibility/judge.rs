use super::case::Case;
use super::reason::{self, Finding};
use super::{Listing, ListingOutcome, ListingReason, ListingReasonCode, Rulebook, english};
use crate::provider::{Practice, Provider};
use crate::time::Day;

/// Judges a person at a place under a licence on a day, with a reason for each check, in English.
pub fn judge(provider: &Provider, practice: Practice<'_>, rules: &Rulebook, day: Day) -> Listing {
    let mut outcome = ListingOutcome::Verified;
    let reasons = findings(provider, practice, rules, day)
        .map(|(code, finding)| {
            outcome = outcome.min(finding.allows());
            ListingReason {
                code,
                outcome: finding.outcome(),
                message: english::message(&finding, &practice),
                citation: english::citation(&finding),
                due_on: finding.due_on(),
            }
        })
        .collect();
    Listing { outcome, reasons }
}

/// The eight findings themselves, in the order of their codes: what other languages are told from.
pub fn findings<'a>(
    provider: &'a Provider,
    practice: Practice<'a>,
    rules: &'a Rulebook,
    day: Day,
) -> impl Iterator<Item = (ListingReasonCode, Finding<'a>)> {
    let case = Case::new(provider, practice, rules);
    ListingReasonCode::ALL
        .iter()
        .map(move |code| (*code, reason::find(*code, &case, day)))
}

/// The outcome alone, as [`judge`] gives it, without a word being written.
pub fn outcome(
    provider: &Provider,
    practice: Practice<'_>,
    rules: &Rulebook,
    day: Day,
) -> ListingOutcome {
    let case = Case::new(provider, practice, rules);
    let mut least = ListingOutcome::Verified;
    for code in CHEAPEST_FIRST {
        least = least.min(reason::find(code, &case, day).allows());
        if least == ListingOutcome::NotListed {
            break;
        }
    }
    least
}

/// The reasons that can hide a person come before those that cannot, the costliest last of each.
const CHEAPEST_FIRST: [ListingReasonCode; 8] = [
    ListingReasonCode::NpiActive,
    ListingReasonCode::License,
    ListingReasonCode::Exclusion,
    ListingReasonCode::Standing,
    ListingReasonCode::Scope,
    ListingReasonCode::LocationConfirmed,
    ListingReasonCode::Sterility,
    ListingReasonCode::Training,
];
