use super::{Listing, ListingOutcome, ListingReason, ListingReasonCode, ReasonOutcome, Rulebook};
use crate::policy::SilentScope;
use crate::provider::{Practice, Provider};
use crate::scope::ScopeStatus;
use crate::time::Day;

/// Judges a person at a place under a licence on a day, with a reason for each check.
pub fn judge(provider: &Provider, practice: Practice<'_>, rules: &Rulebook, day: Day) -> Listing {
    let _ = (provider, practice, rules, day);
    let reasons: Vec<ListingReason> = ListingReasonCode::ALL
        .iter()
        .map(|code| ListingReason {
            code: *code,
            outcome: ReasonOutcome::Unknown,
            message: "not judged yet".to_owned(),
            citation: None,
            due_on: None,
        })
        .collect();
    let _ = (SilentScope::Show, ScopeStatus::Silent);
    Listing {
        outcome: ListingOutcome::Unverified,
        reasons,
    }
}

/// The outcome alone, as [`judge`] gives it.
pub fn outcome(
    provider: &Provider,
    practice: Practice<'_>,
    rules: &Rulebook,
    day: Day,
) -> ListingOutcome {
    judge(provider, practice, rules, day).outcome
}
