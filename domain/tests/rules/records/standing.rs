use domain::attestation::{AttestationState, SterilityAttestation};
use domain::credential::{Credential, EffectiveStatus, Standing};
use domain::place::Jurisdiction::{Co, Hi};
use domain::time::Day;

use crate::support::{a_course, attestation, day, standing, today};

fn with(history: &[(&str, Standing)]) -> Credential {
    let history = history
        .iter()
        .map(|(on, what)| standing(on, *what))
        .collect();
    a_course(1, 54, 0).standing(history).0.credential
}

fn status(credential: &Credential, day: Day) -> Option<EffectiveStatus> {
    credential.effective_status(day, Co.zone(), 36)
}

#[test]
fn the_first_state_that_applies_wins() {
    let verified = ("2026-01-05", Standing::Verified);
    for (last, expected) in [
        (Standing::EnteredInError, None),
        (Standing::Revoked, Some(EffectiveStatus::Revoked)),
        (Standing::Withdrawn, Some(EffectiveStatus::Withdrawn)),
        (Standing::Superseded, Some(EffectiveStatus::Superseded)),
        (Standing::Suspended, Some(EffectiveStatus::Suspended)),
        // From here on the dates of the credential come first: it is past its end.
        (Standing::Verified, Some(EffectiveStatus::Expired)),
        (Standing::Unverified, Some(EffectiveStatus::Expired)),
    ] {
        let mut credential = with(&[verified, ("2026-02-01", last)]);
        credential.expires_on = Some(day("2026-11-20"));
        assert_eq!(status(&credential, Day::at(today())), expected, "{last}");
        credential.expires_on = None;
        credential.issued_on = Some(day("2026-11-22"));
        let not_yet = expected.map(|expected| match expected {
            EffectiveStatus::Expired => EffectiveStatus::NotYetValid,
            other => other,
        });
        assert_eq!(status(&credential, Day::at(today())), not_yet, "{last}");
    }
    assert_eq!(
        status(&with(&[]), Day::at(today())),
        Some(EffectiveStatus::Unverified)
    );
}

#[test]
fn a_credential_is_valid_through_its_whole_last_day() {
    let mut credential = with(&[("2026-01-05", Standing::Verified)]);
    credential.expires_on = Some(today());
    assert_eq!(
        status(&credential, Day::at(today())),
        Some(EffectiveStatus::Verified)
    );
    assert_eq!(
        status(&credential, Day::new(day("2026-11-22"), today())),
        Some(EffectiveStatus::Expired)
    );
}

#[test]
fn a_verification_counts_for_36_months_measured_to_the_day_of_the_evidence() {
    let credential = with(&[("2024-02-29", Standing::Verified)]);
    for (on, expected) in [
        ("2027-02-28", EffectiveStatus::Verified),
        ("2027-03-01", EffectiveStatus::RevalidationRequired),
    ] {
        assert_eq!(
            status(&credential, Day::at(day(on))),
            Some(expected),
            "{on}"
        );
    }
    // Asked today about a day to come, the evidence is that of today.
    assert_eq!(
        status(&credential, Day::new(day("2027-03-01"), today())),
        Some(EffectiveStatus::Verified)
    );
}

#[test]
fn a_decision_falls_on_the_day_of_the_place() {
    let mut credential = with(&[("2026-11-10", Standing::Verified)]);
    credential.history[0].at = "2026-11-11T08:00:00Z".parse().expect("an instant");
    let in_zone = |zone| credential.effective_status(Day::at(day("2026-11-10")), zone, 36);
    assert_eq!(in_zone(Hi.zone()), Some(EffectiveStatus::Verified));
    assert_eq!(in_zone(Co.zone()), Some(EffectiveStatus::Unverified));
}

#[test]
fn an_attestation_is_a_draft_until_signed_and_lapses_after_its_last_day() {
    let signed = attestation(
        "2026-11-21",
        "2029-12-31",
        &[
            ("2026-10-01", AttestationState::Signed),
            ("2026-10-02", AttestationState::Accepted),
            ("2027-01-01", AttestationState::Superseded),
        ],
    );
    for (on, expected) in [
        ("2026-09-30", AttestationState::Draft),
        ("2026-10-01", AttestationState::Signed),
        ("2026-11-21", AttestationState::Accepted),
        ("2026-11-22", AttestationState::Lapsed),
        ("2027-01-01", AttestationState::Superseded),
    ] {
        let state = signed.state(Day::at(day(on)), Co.zone());
        assert_eq!(state, expected, "{on}");
    }
    // A day to come takes the known end and the state of today.
    let to_come = Day::new(day("2027-01-01"), today());
    assert_eq!(signed.state(to_come, Co.zone()), AttestationState::Lapsed);
}

#[test]
fn an_attestation_whose_products_have_no_lot_has_lapsed() {
    let mut signed = attestation(
        "2026-11-21",
        "2029-12-31",
        &[("2026-10-02", AttestationState::Accepted)],
    );
    let state = |signed: &SterilityAttestation| signed.state(Day::at(today()), Co.zone());
    assert_eq!(state(&signed), AttestationState::Accepted);
    signed.products[0].lots.clear();
    assert_eq!(signed.holds_through(), None);
    assert_eq!(state(&signed), AttestationState::Lapsed);
    signed.products.clear();
    assert_eq!(signed.holds_through(), Some(day("2026-11-21")));
    assert_eq!(state(&signed), AttestationState::Accepted);
}

#[test]
fn an_attestation_without_an_end_holds_on_no_day() {
    let mut endless = attestation(
        "2026-11-21",
        "2029-12-31",
        &[("2026-10-02", AttestationState::Accepted)],
    );
    endless.valid_until = None;
    let state = endless.state(Day::at(today()), Co.zone());
    assert_eq!(state, AttestationState::Lapsed);
}

#[test]
fn what_a_taint_suspended_is_as_old_after_it_is_lifted_as_before() {
    use domain::credential::SuspensionKind;
    let lifted = |kind| {
        let mut credential = with(&[
            ("2024-01-10", Standing::Verified),
            ("2026-02-01", Standing::Suspended),
            ("2026-03-01", Standing::Verified),
        ]);
        credential.history[1].suspension = Some(kind);
        credential.revalidation_due_on(today(), Co.zone(), 36)
    };
    assert_eq!(lifted(SuspensionKind::IssuerTaint), Some(day("2027-01-10")));
    // Anything else is lifted by a case, which looked anew.
    assert_eq!(lifted(SuspensionKind::Safety), Some(day("2029-03-01")));
}

#[test]
fn a_revocation_speaks_against_its_holder_until_it_is_overturned() {
    use crate::support::{a_verified, noon, outcome, reason};
    use domain::eligibility::{ListingOutcome, ListingReasonCode, ReasonOutcome};
    use domain::taxonomy::Discipline::PhysicalTherapist;
    let mut revoked = with(&[
        ("2026-01-05", Standing::Verified),
        ("2026-11-05", Standing::Revoked),
    ]);
    revoked.id = domain::credential::CredentialId(99);
    revoked.overturned_at = Some(noon("2026-11-15"));
    let mut provider = a_verified(PhysicalTherapist, Co).build();
    provider.credentials.push(revoked);
    let standing_on = |on| reason(&provider, on, ListingReasonCode::Standing).outcome;
    assert_eq!(standing_on("2026-11-04"), ReasonOutcome::Pass);
    assert_eq!(standing_on("2026-11-05"), ReasonOutcome::Fail);
    assert_eq!(standing_on("2026-11-14"), ReasonOutcome::Fail);
    assert_eq!(standing_on("2026-11-15"), ReasonOutcome::Pass);
    assert_eq!(outcome(&provider, "2026-11-14"), ListingOutcome::NotListed);
}

#[test]
fn case_15_an_open_revalidation_takes_nothing_away_before_the_day() {
    let verified = with(&[("2023-12-01", Standing::Verified)]);
    let on = |text: &str| status(&verified, Day::at(day(text)));
    assert_eq!(on("2026-12-01"), Some(EffectiveStatus::Verified));
    let due = Some(EffectiveStatus::RevalidationRequired);
    assert_eq!(on("2026-12-02"), due);
}
