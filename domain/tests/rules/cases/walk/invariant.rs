use std::collections::BTreeSet;

use domain::case::{Case, Purpose};
use domain::credential::{Standing, SuspensionKind};
use domain::duty::AccountId;
use domain::standing::{Entry, Record};

use super::world::{Held, World};
use crate::cases::desk::{person, subject};

/// What holds whatever was done.
pub(super) fn hold(world: &World) {
    let mut open = BTreeSet::new();
    for worked in &world.cases {
        let case = &worked.case;
        duties_are_apart(case);
        if !case.state().is_terminal() {
            let file = case.file();
            let is_first = open.insert((file.about, file.purpose));
            assert!(
                is_first,
                "two open cases: {:?} {}",
                file.about, file.purpose
            );
        }
    }
    for held in &world.held {
        reached_by_rows(held, world);
    }
}

/// Subject, claimant, reviewers, decider and whoever acted before an appeal are different people.
fn duties_are_apart(case: &Case) {
    let file = case.file();
    let mut claimants = file.uploaders();
    claimants.push(file.opened_by);
    claimants.extend(case.submission().map(|submission| submission.by));
    claimants.push(person("PROVIDER").account);
    let barred = file.appeals.iter().flat_map(|appealed| &appealed.barred);
    let others: BTreeSet<AccountId> = claimants.iter().chain(barred).copied().collect();
    for reviewer in &file.reviewers {
        assert!(!others.contains(reviewer), "{case:#?}");
    }
    let Some(decision) = case.decision() else {
        return;
    };
    assert!(!others.contains(&decision.by), "{case:#?}");
    let did_both = file.reviewers.contains(&decision.by);
    assert_eq!(did_both, decision.single_reviewer, "{case:#?}");
    assert!(
        !did_both || file.purpose.allows_single_reviewer(),
        "{case:#?}"
    );
    assert_eq!(decision.content_sha256, file.content.sha256);
    assert_eq!(decision.content_version, file.content.version);
    if matches!(case, Case::Rejected(_)) {
        assert!(decision.reason.is_some());
    }
}

/// Every standing is what its rows make, and every row is one of the specification's.
fn reached_by_rows(held: &Held, world: &World) {
    let record = &held.record;
    let read = Record::stored(
        (record.id, subject()),
        (record.supersedes, record.replaces),
        &held.entries,
        held.overturned,
    );
    assert_eq!(read, *record);
    let mut from = Standing::Unverified;
    let mut before: Option<&Entry> = None;
    for entry in &held.entries {
        let purpose = entry.case.map(|id| {
            let found = world.cases.iter().find(|it| it.case.file().id == id);
            let found = &found.expect("a case of this world").case;
            assert!(matches!(found, Case::Approved(_)), "{entry:?}");
            let appealed = found.file().appeals.as_ref();
            appealed.map_or(found.file().purpose, |it| it.purpose.unwrap())
        });
        let by_taint = before.is_some_and(|it| it.suspension == Some(SuspensionKind::IssuerTaint));
        let replaces = record.replaces.is_some() && before.is_none();
        let is_a_row = match (from, entry.standing, purpose) {
            (Standing::Unverified, Standing::Verified, Some(purpose)) => {
                matches!(purpose, Purpose::Initial | Purpose::Correction) != replaces
            }
            (Standing::Verified, Standing::Verified, Some(purpose)) => {
                purpose == Purpose::Revalidation
            }
            (Standing::Verified, Standing::Suspended, None) => entry.suspension.is_some(),
            (Standing::Suspended, Standing::Verified, Some(purpose)) => {
                purpose == Purpose::Reinstatement
            }
            (Standing::Suspended, Standing::Verified | Standing::Withdrawn, None) => by_taint,
            (Standing::Suspended, Standing::Suspended, None) => {
                by_taint && entry.suspension != Some(SuspensionKind::IssuerTaint)
            }
            (Standing::Verified | Standing::Suspended, Standing::Revoked, Some(purpose)) => {
                purpose == Purpose::ForCause
            }
            (Standing::Unverified | Standing::Verified, Standing::Superseded, Some(purpose)) => {
                purpose == Purpose::Correction
            }
            (Standing::Unverified | Standing::Verified, Standing::Withdrawn, None) => true,
            (from, Standing::EnteredInError, None) => from != Standing::EnteredInError,
            _ => false,
        };
        assert!(is_a_row, "{from} {entry:?} {purpose:?}");
        from = entry.standing;
        before = Some(entry);
    }
}
