//! The acceptance tests of the specification's verification page, section 9, by their numbers, as far
//! as the rules alone decide them.

use domain::attestation::{AttestationState, FdaPathway};
use domain::credential::CredentialKind::{RequirementProof, StatePermit};
use domain::credential::{EffectiveStatus, Standing, SuspensionKind};
use domain::eligibility::ListingOutcome::{NotListed, Unverified, Verified};
use domain::eligibility::ListingReasonCode::{Exclusion, License, Scope, Sterility, Training};
use domain::eligibility::{ReasonOutcome, judge};
use domain::license::{BoardStatus, CheckOutcome};
use domain::place::Jurisdiction::{Ar, Az, Ca, Co, In, Mi, Tx, Ut};
use domain::provider::Provider;
use domain::scope::RequirementKind::{self, CompletionWindowYears, SupervisedSessions};
use domain::scope::RequirementResult::{self, Met, NotEvidenced, NotMet};
use domain::scope::{Evidence, evaluate};
use domain::screening::{MatchState, MatchTier};
use domain::taxonomy::Discipline::{Chiropractor, PhysicalTherapist};
use domain::time::Day;

use crate::support::{
    Person, a_course, a_provider, a_verified, active_check, attestation, check, day, law, listing,
    meets, of, outcome, policy, reason, rulebook, standing, today,
};

const TODAY: &str = "2026-11-21";

#[test]
fn case_08_a_boards_site_that_is_down_rejects_nobody() {
    let down = || {
        check(
            "2026-11-20",
            CheckOutcome::SourceUnavailable,
            BoardStatus::Unknown,
        )
    };
    let person =
        a_verified(PhysicalTherapist, Co).checked(vec![active_check("2026-11-10"), down()]);
    assert_eq!(outcome(&person.build(), TODAY), Verified);
    let never_seen = a_verified(PhysicalTherapist, Co)
        .checked(vec![down()])
        .build();
    let license = reason(&never_seen, TODAY, License);
    assert_eq!(license.outcome, ReasonOutcome::Unknown);
    assert!(
        !license.message.contains("not found"),
        "{}",
        license.message
    );
}

#[test]
fn case_13_a_certificate_verified_four_years_ago_is_due_again_and_not_expired() {
    let course = a_course(1, 54, 0).standing(vec![standing("2022-11-21", Standing::Verified)]);
    let status = course.0.credential.effective_status(
        Day::at(today()),
        Co.zone(),
        policy().revalidation_months,
    );
    assert_eq!(status, Some(EffectiveStatus::RevalidationRequired));
}

#[test]
fn case_16_a_suspension_hides_from_its_day_on() {
    let person = a_verified(PhysicalTherapist, Co)
        .trained(a_course(2, 10, 0).standing(vec![
            standing("2026-01-05", Standing::Verified),
            standing("2026-11-20", Standing::Suspended),
        ]))
        .build();
    assert_eq!(outcome(&person, "2026-11-19"), Verified);
    assert_eq!(outcome(&person, "2026-11-20"), NotListed);
}

#[test]
fn case_19_what_was_entered_in_error_never_was() {
    let person = a_verified(PhysicalTherapist, Co)
        .untrained()
        .trained(a_course(1, 54, 0).standing(vec![
            standing("2026-01-05", Standing::Verified),
            standing("2026-11-20", Standing::EnteredInError),
        ]))
        .build();
    for on in ["2026-11-15", TODAY] {
        let training = reason(&person, on, Training);
        assert_eq!(training.outcome, ReasonOutcome::Unknown, "{on}");
        assert_eq!(training.message, "No dry-needling training is on file.");
    }
}

#[test]
fn case_20_a_standing_is_that_of_the_day_asked_about() {
    let course = a_course(1, 54, 0).standing(vec![
        standing("2026-02-01", Standing::Verified),
        standing("2026-05-01", Standing::Suspended),
        standing("2026-08-01", Standing::Verified),
    ]);
    for (on, expected) in [
        ("2026-01-31", EffectiveStatus::Unverified),
        ("2026-02-01", EffectiveStatus::Verified),
        ("2026-05-01", EffectiveStatus::Suspended),
        ("2026-07-31", EffectiveStatus::Suspended),
        ("2026-08-01", EffectiveStatus::Verified),
    ] {
        let months = policy().revalidation_months;
        let status = course
            .0
            .credential
            .effective_status(Day::at(day(on)), Co.zone(), months);
        assert_eq!(status, Some(expected), "{on}");
    }
}

#[test]
fn case_21_the_same_person_is_hidden_in_california_and_verified_in_arizona() {
    let person = a_verified(PhysicalTherapist, Ca)
        .practising_in(Az)
        .confirmed("2026-11-01")
        .licensed(PhysicalTherapist, Az)
        .untrained()
        .trained(a_course(1, 54, 0).approved_by("a body"))
        .proving(RequirementProof, "PROOF_TO_BOARD")
        .with(|provider| {
            let both = provider.locations.iter().map(|place| place.id).collect();
            provider.attestations[0].locations = both;
        })
        .build();
    let judged: Vec<_> = person
        .practices()
        .into_iter()
        .map(|practice| {
            let listing = judge(&person, practice, rulebook(), Day::at(today()));
            let scope = of(&listing, Scope).outcome;
            (practice.jurisdiction(), listing.outcome, scope)
        })
        .collect();
    assert_eq!(
        judged,
        [
            (Some(Ca), NotListed, ReasonOutcome::Fail),
            (Some(Az), Verified, ReasonOutcome::Pass),
        ]
    );
}

#[test]
fn case_22_the_old_rule_of_utah_takes_a_log_of_250_sessions_or_a_letter() {
    let answers = |person: Person| requirements_of_utah(&person.build(), "2025-05-06");
    let of_kind = |answers: &[(RequirementKind, RequirementResult)], kind| {
        answers
            .iter()
            .find(|(asked, _)| *asked == kind)
            .map(|(_, result)| *result)
    };
    let log = |sessions| answers(verified_since_2024(a_provider().supervised(sessions)));
    assert_eq!(of_kind(&log(250), SupervisedSessions), Some(Met));
    assert_eq!(of_kind(&log(249), SupervisedSessions), Some(NotMet));
    let letter = answers(verified_since_2024(
        a_provider().proving(RequirementProof, "SUPERVISOR_LETTER"),
    ));
    assert_eq!(of_kind(&letter, RequirementKind::Other), Some(Met));

    let taking_until = |last: &str| {
        let person = a_provider()
            .trained(a_course(1, 150, 0).held("2021-03-01", "2021-03-30"))
            .trained(a_course(2, 150, 0).held("2024-02-01", last));
        of_kind(&answers(verified_since_2024(person)), CompletionWindowYears)
    };
    assert_eq!(taking_until("2024-03-01"), Some(Met));
    assert_eq!(taking_until("2024-03-02"), Some(NotMet));
}

#[test]
fn case_25_a_rule_of_1_july_counts_from_that_day() {
    let person = verified_since_2024(
        a_provider()
            .licensed(PhysicalTherapist, In)
            .trained(a_course(1, 20, 0).held("2023-06-01", "2023-06-04"))
            .proving(RequirementProof, "KNOWLEDGE_AND_COMPETENCE"),
    )
    .with(|provider| provider.licenses[0].checks = vec![active_check("2024-06-20")])
    .build();
    assert_eq!(meets(&person, PhysicalTherapist, In, "2024-06-30"), Met);
    assert_eq!(meets(&person, PhysicalTherapist, In, "2024-07-01"), NotMet);
}

#[test]
fn case_26_a_silent_state_is_not_said_to_forbid() {
    let person = a_verified(PhysicalTherapist, Mi).build();
    let scope = reason(&person, TODAY, Scope);
    assert_eq!(scope.outcome, ReasonOutcome::Unknown);
    assert_eq!(
        scope.message,
        "In Michigan, state law does not say whether physical therapists may dry needle."
    );
}

#[test]
fn case_27_a_texan_chiropractor_needs_the_permit_and_54_hours_are_not_it() {
    let trained = || {
        a_provider()
            .licensed(Chiropractor, Tx)
            .trained(a_course(1, 54, 0))
    };
    let without = trained().build();
    assert_eq!(meets(&without, Chiropractor, Tx, TODAY), NotEvidenced);
    let with = trained()
        .endorsed(StatePermit, "ACUPUNCTURE_PERMIT", Tx)
        .build();
    assert_eq!(meets(&with, Chiropractor, Tx, TODAY), Met);
}

#[test]
fn case_29_an_issuers_taint_touches_its_certificate_and_not_the_person() {
    let mut taint = standing("2026-11-01", Standing::Suspended);
    taint.suspension = Some(SuspensionKind::IssuerTaint);
    let tainted =
        a_course(1, 54, 0).standing(vec![standing("2026-01-05", Standing::Verified), taint]);
    let only_that = a_verified(PhysicalTherapist, Ar)
        .untrained()
        .trained(tainted.clone());
    assert_eq!(outcome(&only_that.build(), TODAY), Unverified);
    let another_too = a_verified(PhysicalTherapist, Ar).trained(tainted);
    assert_eq!(outcome(&another_too.build(), TODAY), Verified);
}

#[test]
fn case_33_an_exclusion_stands_until_somebody_reinstates() {
    let confirmed = a_verified(PhysicalTherapist, Co).matched(
        MatchTier::T1Npi,
        "2024-03-01",
        MatchState::Confirmed,
    );
    assert_eq!(outcome(&confirmed.clone().build(), TODAY), NotListed);
    let reinstated = confirmed.with(|provider| {
        let mut change = provider.screening.matches[0].history[0].clone();
        change.at = crate::support::noon("2026-11-20");
        change.state = MatchState::Reinstated;
        provider.screening.matches[0].history.push(change);
    });
    assert_eq!(
        outcome(&reinstated.clone().build(), "2026-11-19"),
        NotListed
    );
    assert_eq!(outcome(&reinstated.build(), TODAY), Verified);
}

#[test]
fn case_34_a_screening_of_31_days_counts_and_one_of_36_is_overdue() {
    let screened = |on: &str| {
        let at = crate::support::noon(on);
        a_verified(PhysicalTherapist, Co)
            .with(|provider| provider.screening.screened_at = vec![at])
            .build()
    };
    assert_eq!(outcome(&screened("2026-10-21"), TODAY), Verified);
    let overdue = screened("2026-10-16");
    let listing = listing(&overdue, TODAY);
    assert_eq!(listing.outcome, Unverified);
    assert!(
        of(&listing, Exclusion)
            .message
            .starts_with("Screening overdue")
    );
}

#[test]
fn case_36_a_needle_without_a_clearance_number_is_no_obstacle() {
    let person = a_verified(PhysicalTherapist, Co).build();
    let product = &person.attestations[0].products[0];
    assert_eq!(
        (product.fda_pathway, product.k510_number.as_deref()),
        (FdaPathway::Exempt510k, None)
    );
    assert_eq!(outcome(&person, TODAY), Verified);
}

#[test]
fn case_39_a_lot_is_usable_on_its_last_day_and_the_attestation_lapses_with_the_last_lot() {
    let accepted = [("2026-10-02", AttestationState::Accepted)];
    let signed = attestation("2027-01-29", TODAY, &accepted);
    let state = |on: &str| signed.state(Day::at(day(on)), Co.zone());
    assert_eq!(state(TODAY), AttestationState::Accepted);
    assert_eq!(state("2026-11-22"), AttestationState::Lapsed);

    let mut two_lots = signed.clone();
    let mut later = two_lots.products[0].lots[0].clone();
    later.expires_on = day("2026-12-31");
    two_lots.products[0].lots.push(later);
    let state = |on: &str| two_lots.state(Day::at(day(on)), Co.zone());
    assert_eq!(state("2026-11-22"), AttestationState::Accepted);
    assert_eq!(state("2027-01-01"), AttestationState::Lapsed);

    let person = a_verified(PhysicalTherapist, Co)
        .with(|provider| provider.attestations = vec![signed.clone()])
        .build();
    let sterility = reason(&person, TODAY, Sterility);
    assert_eq!(sterility.outcome, ReasonOutcome::Pass);
    assert_eq!(sterility.due_on, Some(today()));
    assert_eq!(outcome(&person, "2026-11-22"), Unverified);
}

/// Puts every verification before the days that are asked about.
fn verified_since_2024(person: Person) -> Person {
    let verified = vec![standing("2024-01-05", Standing::Verified)];
    person.with(|provider| {
        for training in &mut provider.training {
            training.credential.history.clone_from(&verified);
        }
        for credential in &mut provider.credentials {
            credential.history.clone_from(&verified);
        }
    })
}

fn requirements_of_utah(
    provider: &Provider,
    on: &str,
) -> Vec<(RequirementKind, RequirementResult)> {
    let decision = law().decide(PhysicalTherapist, Ut, day(on));
    let evidence = Evidence {
        provider,
        discipline: PhysicalTherapist,
        jurisdiction: Ut,
        day: Day::at(day(on)),
        zone: Ut.zone(),
        policy: policy(),
        compacts: &rulebook().compacts,
    };
    evaluate(decision.rule.expect("a rule"), &evidence)
        .judged
        .iter()
        .map(|judged| (judged.requirement.kind, judged.answer.result()))
        .collect()
}
