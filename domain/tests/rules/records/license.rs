use chrono::{DateTime, Utc};
use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseFinding,
    MismatchField, is_issued,
};
use domain::place::Jurisdiction::{self, Al, Ca, Co, Ny, Sd};
use domain::taxonomy::Discipline::{self, Acupuncturist, AthleticTrainer, PhysicalTherapist};
use domain::time::Day;

use crate::support::{a_provider, active_check, check, day, policy, today};

fn a_license() -> License {
    let person = a_provider().claiming_license(PhysicalTherapist, Co).build();
    person.licenses[0].clone()
}

fn finding(license: &License, day: Day) -> LicenseFinding<'_> {
    license.finding(day, Co.zone(), policy().license_check_days)
}

#[test]
fn the_latest_look_that_answered_and_proves_something_counts() {
    let mut license = a_license();
    let mut secondary = check("2026-11-12", CheckOutcome::Match, BoardStatus::Revoked);
    secondary.source_kind = CheckSourceKind::Secondary;
    license.checks = vec![
        active_check("2026-10-01"),
        check("2026-11-05", CheckOutcome::Match, BoardStatus::Probation),
        secondary,
        check(
            "2026-11-15",
            CheckOutcome::SourceUnavailable,
            BoardStatus::Unknown,
        ),
        check(
            "2026-11-16",
            CheckOutcome::NeedsReview,
            BoardStatus::Unknown,
        ),
    ];
    let status = |on: &str| license.board_status(day(on), Co.zone());
    assert_eq!(status("2026-09-30"), BoardStatus::Unknown);
    assert_eq!(status("2026-11-04"), BoardStatus::Active);
    assert_eq!(status("2026-11-05"), BoardStatus::Probation);
    assert_eq!(status("2026-11-21"), BoardStatus::Probation);
}

#[test]
fn the_day_of_a_look_is_that_of_the_place() {
    let mut license = a_license();
    let mut late = active_check("2026-11-10");
    // Half past eight in the evening of the 9th in Denver.
    late.checked_at = "2026-11-10T03:30:00Z"
        .parse::<DateTime<Utc>>()
        .expect("an instant");
    license.checks = vec![late];
    assert!(license.latest_check(day("2026-11-08"), Co.zone()).is_none());
    assert!(license.latest_check(day("2026-11-09"), Co.zone()).is_some());
}

#[test]
fn an_end_that_the_board_showed_overrides_the_holders_word() {
    let mut license = a_license();
    license.expires_on = Some(day("2026-06-30"));
    assert_eq!(
        finding(&license, Day::at(today())),
        LicenseFinding::Expired(day("2026-06-30"))
    );
    let mut renewed = active_check("2026-11-10");
    renewed.expires_on = Some(day("2028-06-30"));
    license.checks = vec![renewed];
    assert!(matches!(
        finding(&license, Day::at(today())),
        LicenseFinding::InForce { .. }
    ));
}

#[test]
fn an_end_shown_for_somebody_elses_license_does_not_count() {
    let mut license = a_license();
    let mut other = check("2026-11-10", CheckOutcome::Mismatch, BoardStatus::Revoked);
    other.mismatches = vec![MismatchField::Name];
    other.expires_on = Some(day("2020-01-01"));
    license.checks = vec![other.clone()];
    assert_eq!(
        finding(&license, Day::at(today())),
        LicenseFinding::Mismatch(&other)
    );
    // Where only the dates differ it is this person's licence, and the board's word on it counts.
    other.mismatches = vec![MismatchField::Dates];
    license.checks = vec![other.clone()];
    assert_eq!(
        finding(&license, Day::at(today())),
        LicenseFinding::OutOfForce(&other)
    );
}

/// Answers that do not tell of this person's licence for certain.
fn doubted(on: &str) -> [LicenseCheck; 2] {
    let mut anothers = check(on, CheckOutcome::Mismatch, BoardStatus::Active);
    anothers.mismatches = vec![MismatchField::Name];
    anothers.expires_on = Some(day("2030-01-01"));
    let none = check(on, CheckOutcome::NotFound, BoardStatus::NotFound);
    [anothers, none]
}

#[test]
fn a_doubted_answer_lifts_nothing_that_spoke_against_the_license() {
    for later in doubted("2026-11-12") {
        let mut license = a_license();
        let revoked = check("2026-11-01", CheckOutcome::Match, BoardStatus::Revoked);
        license.checks = vec![revoked.clone(), later.clone()];
        assert_eq!(
            finding(&license, Day::at(today())),
            LicenseFinding::OutOfForce(&revoked)
        );
        assert_eq!(
            license.board_status(today(), Co.zone()),
            BoardStatus::Revoked
        );

        let mut ended = active_check("2026-10-01");
        ended.expires_on = Some(day("2026-10-31"));
        license.checks = vec![ended, later.clone()];
        assert_eq!(
            finding(&license, Day::at(today())),
            LicenseFinding::Expired(day("2026-10-31"))
        );
        assert_eq!(
            license.expires_on(today(), Co.zone()),
            Some(day("2026-10-31"))
        );

        let mut other_kind = check("2026-11-01", CheckOutcome::Mismatch, BoardStatus::Active);
        other_kind.mismatches = vec![MismatchField::LicenseType];
        license.checks = vec![other_kind.clone(), later];
        assert_eq!(
            finding(&license, Day::at(today())),
            LicenseFinding::WrongKind(&other_kind)
        );

        let renewed = active_check("2026-11-14");
        license.checks = vec![revoked, renewed];
        assert!(matches!(
            finding(&license, Day::at(today())),
            LicenseFinding::InForce { .. }
        ));
    }
}

#[test]
fn a_doubted_answer_ends_what_spoke_for_the_license() {
    for later in doubted("2026-11-12") {
        let mut license = a_license();
        license.checks = vec![active_check("2026-11-10"), later];
        assert!(matches!(
            finding(&license, Day::at(today())),
            LicenseFinding::Mismatch(_) | LicenseFinding::Unclear(_)
        ));
        assert!(license.confirming_check(today(), Co.zone()).is_none());
        assert!(
            license
                .confirming_check(day("2026-11-11"), Co.zone())
                .is_some()
        );
    }
}

#[test]
fn a_source_that_lags_does_not_undo_what_was_said_of_a_later_day() {
    let mut license = a_license();
    let revoked = check("2026-11-10", CheckOutcome::Match, BoardStatus::Revoked);
    let mut lagging = active_check("2026-11-15");
    lagging.as_of = day("2026-11-01");
    license.checks = vec![revoked.clone(), lagging];
    assert_eq!(
        finding(&license, Day::at(today())),
        LicenseFinding::OutOfForce(&revoked)
    );
    // Of one day, the later look counts.
    let mut again = active_check("2026-11-16");
    again.as_of = day("2026-11-10");
    license.checks.push(again);
    assert!(matches!(
        finding(&license, Day::at(today())),
        LicenseFinding::InForce { .. }
    ));
}

#[test]
fn what_is_told_of_a_license_is_not_somebody_elses() {
    let [mut anothers, none] = doubted("2026-11-12");
    anothers.board_status = BoardStatus::Revoked;
    let mut license = a_license();
    license.expires_on = Some(day("2027-06-30"));
    assert_eq!(anothers.told_status(), BoardStatus::Unknown);
    assert_eq!(anothers.told_end(), None);
    assert_eq!(none.told_status(), BoardStatus::NotFound);
    let told = |license: &License| {
        (
            license.board_status(today(), Co.zone()),
            license.expires_on(today(), Co.zone()),
        )
    };
    license.checks = vec![anothers];
    assert_eq!(
        told(&license),
        (BoardStatus::Unknown, Some(day("2027-06-30")))
    );
    license.checks = vec![none];
    assert_eq!(
        told(&license),
        (BoardStatus::NotFound, Some(day("2027-06-30")))
    );
}

#[test]
fn a_day_to_come_takes_the_known_end_and_todays_age_of_the_check() {
    let mut license = a_license();
    let mut ending = active_check("2026-11-10");
    ending.expires_on = Some(day("2027-06-30"));
    license.checks = vec![ending];
    let on = |text: &str| finding(&license, Day::new(day(text), today()));
    assert!(matches!(on("2027-06-30"), LicenseFinding::InForce { .. }));
    assert_eq!(on("2027-07-01"), LicenseFinding::Expired(day("2027-06-30")));
    // Were that day today, the check would long be too old.
    assert!(matches!(
        finding(&license, Day::at(day("2027-06-30"))),
        LicenseFinding::Old(_)
    ));
}

#[test]
fn some_licenses_do_not_exist() {
    let check = |discipline: Discipline, jurisdiction: Jurisdiction, expected| {
        assert_eq!(
            is_issued(discipline, jurisdiction),
            expected,
            "{discipline} {jurisdiction}"
        );
    };
    check(Acupuncturist, Al, false);
    check(Acupuncturist, Jurisdiction::Ok, false);
    check(Acupuncturist, Sd, false);
    check(Acupuncturist, Ny, true);
    check(AthleticTrainer, Ca, false);
    check(AthleticTrainer, Al, true);
    check(PhysicalTherapist, Al, true);
}
