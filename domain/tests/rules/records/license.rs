use chrono::{DateTime, Utc};
use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseFinding, MismatchField, is_issued,
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
