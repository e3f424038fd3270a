//! What the law means for who is shown.

use domain::credential::CredentialKind::{NationalCertification, RequirementProof};
use domain::eligibility::ListingOutcome::{NotListed, Unverified, Verified};
use domain::eligibility::ListingReasonCode::{License, Scope};
use domain::eligibility::{ReasonOutcome, judge};
use domain::license::LicenseFinding;
use domain::place::Jurisdiction::{self, *};
use domain::policy::{Policy, SilentScope};
use domain::taxonomy::Discipline::{
    self, Acupuncturist, AthleticTrainer, Chiropractor, PhysicalTherapist,
};
use domain::time::Day;

use crate::support::{
    a_course, a_provider, a_verified, day, listing, of, only_practice, outcome, policy, reason,
    rulebook, rulebook_with, today,
};

const TODAY: &str = "2026-11-21";

#[track_caller]
fn scope_of(discipline: Discipline, jurisdiction: Jurisdiction) -> (ReasonOutcome, String) {
    let person = a_verified(discipline, jurisdiction).build();
    let scope = reason(&person, TODAY, Scope);
    (scope.outcome, scope.message)
}

#[test]
fn case_01_physical_therapists_are_hidden_where_they_are_barred() {
    for jurisdiction in [Ca, Hi, Ny, Or] {
        let person = a_verified(PhysicalTherapist, jurisdiction).build();
        let listing = listing(&person, TODAY);
        assert_eq!(listing.outcome, NotListed, "{jurisdiction}");
        let scope = of(&listing, Scope);
        assert_eq!(scope.outcome, ReasonOutcome::Fail);
        assert!(scope.citation.is_some(), "{jurisdiction}");
    }
}

#[test]
fn case_02_oregon_stays_barred_on_a_day_to_come() {
    let person = a_verified(PhysicalTherapist, Or).build();
    let to_come = judge(
        &person,
        only_practice(&person),
        rulebook(),
        Day::new(day("2027-07-01"), today()),
    );
    assert_eq!(to_come.outcome, NotListed);
    assert_eq!(of(&to_come, Scope).outcome, ReasonOutcome::Fail);
}

#[test]
fn case_22_only_the_policy_decides_on_silent_states() {
    let withheld = rulebook_with(Policy {
        silent_scope: SilentScope::Withhold,
        ..policy().clone()
    });
    for jurisdiction in [Ct, Ma, Mi, Mn, Mo, Ok, Pa, Pr] {
        let person = a_verified(PhysicalTherapist, jurisdiction).build();
        let shown = listing(&person, TODAY);
        assert_eq!(shown.outcome, Verified, "{jurisdiction}");
        let scope = of(&shown, Scope);
        assert_eq!(scope.outcome, ReasonOutcome::Unknown);
        assert!(
            scope.message.contains("state law does not say"),
            "{}",
            scope.message
        );
        let practice = only_practice(&person);
        let hidden = judge(&person, practice, &withheld, Day::at(today()));
        assert_eq!(hidden.outcome, Unverified, "{jurisdiction}");
        assert_eq!(of(&hidden, Scope), scope, "{jurisdiction}");
    }
}

#[test]
fn case_23_a_bar_of_low_confidence_says_so() {
    let person = a_verified(PhysicalTherapist, Pa)
        .npi_from("2010-01-01", domain::provider::NpiStatus::Active)
        .build();
    let scope = reason(&person, "2015-01-01", Scope);
    assert_eq!(scope.outcome, ReasonOutcome::Fail);
    assert!(
        scope.message.contains("low confidence"),
        "{}",
        scope.message
    );
}

#[test]
fn case_24_what_nobody_researched_hides_and_is_never_called_illegal() {
    for jurisdiction in [Gu, Vi] {
        let (outcome, message) = scope_of(PhysicalTherapist, jurisdiction);
        assert_eq!(outcome, ReasonOutcome::Fail);
        assert!(message.contains("not researched"), "{message}");
        assert!(!message.contains("illegal"), "{message}");
    }
}

#[test]
fn case_25_arkansas_asks_for_no_hours() {
    let untrained = a_verified(PhysicalTherapist, Ar).untrained().build();
    let listing = listing(&untrained, TODAY);
    assert_eq!(of(&listing, Scope).outcome, ReasonOutcome::Pass);
    // Shown, though not as verified: nobody knows of a training.
    assert_eq!(listing.outcome, Unverified);
}

#[test]
fn case_28_a_license_that_no_state_issues_never_passes() {
    for jurisdiction in [Al, Ok, Sd] {
        let person = a_verified(Acupuncturist, jurisdiction).build();
        let license = &person.licenses[0];
        assert_eq!(
            license.finding(
                Day::at(today()),
                jurisdiction.zone(),
                policy().license_check_days
            ),
            LicenseFinding::NoneIssued
        );
        let reason = reason(&person, TODAY, License);
        assert_eq!(reason.outcome, ReasonOutcome::Unknown);
        assert!(
            reason.message.contains("issues no license"),
            "{}",
            reason.message
        );
        assert_eq!(outcome(&person, TODAY), Unverified);
    }
}

#[test]
fn case_32_a_chiropractor_of_new_york_is_shown_as_the_acupuncturist_they_also_are() {
    let person = a_verified(Chiropractor, Ny)
        .licensed(Acupuncturist, Ny)
        .proving(NationalCertification, "NCBAHM")
        .build();
    let shown: Vec<_> = person
        .practices()
        .into_iter()
        .map(|practice| {
            let listing = judge(&person, practice, rulebook(), Day::at(today()));
            (practice.discipline, listing.outcome)
        })
        .collect();
    assert_eq!(
        shown,
        [(Chiropractor, NotListed), (Acupuncturist, Verified)]
    );
}

#[test]
fn case_36_silence_of_low_confidence_says_so() {
    let (outcome, message) = scope_of(Chiropractor, Wa);
    assert_eq!(outcome, ReasonOutcome::Unknown);
    assert!(message.contains("low confidence"), "{message}");
    for jurisdiction in [Ca, Ga, Hi, Mi, Pa] {
        let (outcome, message) = scope_of(Chiropractor, jurisdiction);
        assert_eq!(outcome, ReasonOutcome::Fail);
        assert!(!message.contains("low confidence"), "{message}");
    }
}

#[test]
fn case_38_a_meridian_certificate_proves_nothing_in_missouri() {
    let with = a_verified(Chiropractor, Mo)
        .untrained()
        .trained(a_course(1, 100, 0))
        .proving(RequirementProof, "MERIDIAN_THERAPY")
        .build();
    let without = a_verified(Chiropractor, Mo).untrained().build();
    let scope = reason(&with, TODAY, Scope);
    assert_eq!(scope.outcome, ReasonOutcome::Unknown);
    assert!(
        scope.message.contains("state law does not say"),
        "{}",
        scope.message
    );
    assert_eq!(scope, reason(&without, TODAY, Scope));
}

#[test]
fn case_39_chiropractors_are_hidden_where_nobody_researched() {
    for jurisdiction in [Ar, Az, Dc, Nj, Ut, Ms] {
        let (outcome, message) = scope_of(Chiropractor, jurisdiction);
        assert_eq!(outcome, ReasonOutcome::Fail);
        assert!(message.contains("not researched"), "{message}");
        assert!(!message.contains("illegal"), "{message}");
    }
}

#[test]
fn case_44_california_licenses_no_athletic_trainers() {
    let person = a_verified(AthleticTrainer, Ca).build();
    let reason = reason(&person, TODAY, License);
    assert_eq!(reason.outcome, ReasonOutcome::Unknown);
    assert!(
        reason.message.contains("issues no license"),
        "{}",
        reason.message
    );
}

#[test]
fn case_46_a_massage_therapist_has_no_practice_to_show() {
    let person = a_provider()
        .practising_in(Co)
        .hinting_at("225700000X")
        .build();
    assert_eq!(person.practices(), []);
}
