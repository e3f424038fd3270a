//! Why a record is not verified, who must act, and by when.

use domain::attestation::AttestationState;
use domain::case::{Case, CaseState, Purpose};
use domain::credential::{Credential, Standing, StandingChange, SuspensionKind};
use domain::eligibility::Rulebook;
use domain::license::{BoardStatus, CheckOutcome, License, LicenseId};
use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;
use domain::why::{self, WhyNot};

use super::desk::{Desk, TODAY, zone};
use crate::support::{a_course, active_check, attestation, check, day, location, noon, standing};

/// "CODE who by-when", one a reason.
fn told(found: &[WhyNot]) -> String {
    let lines = found.iter().map(|why| {
        let actor = why.actor.map_or("nobody", |role| role.code());
        let due = why
            .due_on
            .map_or_else(|| "-".to_owned(), |on| on.to_string());
        format!("{} {actor} {due}", why.code)
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn course(history: Vec<StandingChange>) -> Credential {
    a_course(1, 54, 0).standing(history).0.credential
}

#[track_caller]
fn credential(history: Vec<StandingChange>, latest: Option<&Case>, expected: &str) {
    let desk = Desk::new();
    let found = why::credential(&course(history), latest, desk.now, zone(), &desk.policy);
    assert_eq!(told(&found), expected);
    for why in found {
        assert!(why.text.ends_with('.'), "{}", why.text);
    }
}

#[test]
fn a_claim_says_what_it_waits_for() {
    let desk = Desk::new();
    let at = |state| desk.case(Purpose::Initial, state);
    let check = |case: Case, expected: &str| credential(Vec::new(), Some(&case), expected);
    credential(Vec::new(), None, "NOT_SUBMITTED PROVIDER -");
    check(at(CaseState::Draft), "NOT_SUBMITTED PROVIDER -");
    check(at(CaseState::Submitted), "AWAITS_VERIFIER VERIFIER -");
    check(at(CaseState::InReview), "IN_REVIEW VERIFIER -");
    check(
        at(CaseState::InfoRequested),
        "INFO_REQUESTED PROVIDER 2026-12-20",
    );
    check(at(CaseState::PendingDecision), "AWAITS_DECISION APPROVER -");
    check(at(CaseState::Rejected), "REJECTED PROVIDER -");
    check(desk.rejection(), "REJECTED PROVIDER 2026-12-20");
    check(at(CaseState::Withdrawn), "CASE_WITHDRAWN PROVIDER -");
    check(desk.appeal_of_a_rejection(), "AWAITS_VERIFIER APPEALS -");
    // The calendar closes what nobody answered, and frees what nobody finished.
    let long_ago = {
        let mut desk = Desk::new();
        desk.now = noon("2026-06-01");
        desk.checks[0].source.as_of = day("2026-06-01");
        desk.screening.screened_on = Some(day("2026-06-01"));
        desk
    };
    let asked = long_ago.case(Purpose::Initial, CaseState::InfoRequested);
    check(asked, "CASE_LAPSED PROVIDER -");
    let held = long_ago.case(Purpose::Initial, CaseState::InReview);
    check(held, "AWAITS_VERIFIER VERIFIER -");
}

#[test]
fn a_standing_says_what_lifts_it() {
    let verified = || standing("2026-01-05", Standing::Verified);
    credential(vec![verified()], None, "");
    let suspended = |kind| StandingChange {
        suspension: Some(kind),
        ..standing("2026-11-20", Standing::Suspended)
    };
    credential(
        vec![verified(), suspended(SuspensionKind::Safety)],
        None,
        "SUSPENDED COMPLIANCE 2026-12-04",
    );
    credential(
        vec![verified(), suspended(SuspensionKind::IssuerTaint)],
        None,
        "ISSUER_TAINTED COMPLIANCE 2026-12-04",
    );
    let old = standing("2023-11-10", Standing::Verified);
    credential(
        vec![old.clone()],
        None,
        "REVALIDATION_REQUIRED PROVIDER 2026-11-10",
    );
    let desk = Desk::new();
    let open = desk.case(Purpose::Revalidation, CaseState::PendingDecision);
    credential(
        vec![old],
        Some(&open),
        "REVALIDATION_REQUIRED PROVIDER 2026-11-10; AWAITS_DECISION APPROVER -",
    );
    let revoked = || vec![verified(), standing("2026-11-20", Standing::Revoked)];
    credential(revoked(), None, "REVOKED nobody -");
    let decided = desk.case(Purpose::ForCause, CaseState::Approved);
    credential(
        revoked(),
        Some(&decided.notice_sent(desk.now)),
        "REVOKED PROVIDER 2026-12-20",
    );
    for (after, expected) in [
        (Standing::Withdrawn, "WITHDRAWN nobody -"),
        (Standing::Superseded, "SUPERSEDED nobody -"),
        (Standing::EnteredInError, "ENTERED_IN_ERROR nobody -"),
    ] {
        credential(vec![verified(), standing(TODAY, after)], None, expected);
    }
    let mut overturned = course(revoked());
    overturned.overturned_at = Some(desk.now);
    let found = why::credential(&overturned, None, desk.now, zone(), &desk.policy);
    assert_eq!(told(&found), "REPLACED nobody -");
}

#[test]
fn a_license_says_who_has_to_look() {
    #[track_caller]
    fn says(checks: Vec<domain::license::LicenseCheck>, last: Option<&str>, expected: &str) {
        let license = License {
            version: 1,
            id: LicenseId(1),
            discipline: Discipline::PhysicalTherapist,
            jurisdiction: Jurisdiction::Co,
            number: None,
            issued_on: None,
            expires_on: last.map(day),
            source: "provider".into(),
            home: None,
            checks,
        };
        let rules = Rulebook {
            policy: Desk::new().policy,
            ..Rulebook::default()
        };
        let held = std::slice::from_ref(&license);
        let found = why::license(&license, held, (day(TODAY), zone()), &rules);
        assert_eq!(told(&found), expected);
    }
    says(vec![active_check("2026-11-01")], None, "");
    says(Vec::new(), None, "NOT_CHECKED VERIFIER -");
    says(
        vec![active_check("2026-10-01")],
        None,
        "CHECK_TOO_OLD VERIFIER 2026-10-31",
    );
    says(
        vec![active_check("2026-11-01")],
        Some("2026-11-19"),
        "EXPIRED PROVIDER 2026-11-19",
    );
    let none = check("2026-11-01", CheckOutcome::NotFound, BoardStatus::NotFound);
    says(vec![none], None, "NOT_FOUND_AT_SOURCE VERIFIER -");
    let gone = check("2026-11-01", CheckOutcome::Match, BoardStatus::Revoked);
    says(vec![gone], None, "NOT_IN_FORCE PROVIDER -");
}

#[test]
fn an_attestation_says_what_it_waits_for() {
    let check = |state, expected: &str| {
        let signed = attestation("2027-01-29", "2029-12-31", &[("2026-10-02", state)]);
        let found = why::attestation(&signed, day(TODAY), zone());
        assert_eq!(told(&found), expected);
    };
    check(AttestationState::Accepted, "");
    check(AttestationState::Draft, "NOT_SUBMITTED PROVIDER -");
    check(AttestationState::NeedsFix, "NEEDS_FIX PROVIDER -");
    check(AttestationState::UnderReview, "IN_REVIEW VERIFIER -");
    check(AttestationState::Invalidated, "INVALIDATED PROVIDER -");
    let lapsed = attestation(
        "2026-11-19",
        "2029-12-31",
        &[("2026-10-02", AttestationState::Accepted)],
    );
    let found = why::attestation(&lapsed, day(TODAY), zone());
    assert_eq!(told(&found), "LAPSED PROVIDER 2026-11-19");
}

#[test]
fn a_place_says_when_it_was_last_confirmed() {
    let mut place = location(1, Jurisdiction::Co);
    let policy = &Desk::new().policy;
    let check = |place: &_, expected: &str| {
        assert_eq!(told(&why::location(place, day(TODAY), policy)), expected);
    };
    check(&place, "NOT_CONFIRMED PROVIDER -");
    place.confirmed_at.push(noon("2026-08-01"));
    check(&place, "CONFIRMATION_TOO_OLD PROVIDER 2026-10-30");
    place.confirmed_at.push(noon("2026-11-01"));
    check(&place, "");
}
