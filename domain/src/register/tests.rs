use super::*;
use crate::license::LicenseId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn name(given: &str, family: &str) -> PersonName {
    PersonName::new(given, "", family, "").unwrap()
}

fn entry(number: &str, given: &str, family: &str) -> RegisterEntry {
    RegisterEntry {
        number: number.into(),
        holder: name(given, family),
        discipline: Some(Discipline::PhysicalTherapist),
        status: BoardStatus::Active,
        status_text: "Active".into(),
        issued_on: Some(day("2015-06-01")),
        expires_on: Some(day("2027-10-31")),
    }
}

fn claim(number: Option<&str>) -> License {
    License {
        version: 1,
        id: LicenseId(1),
        discipline: Discipline::PhysicalTherapist,
        jurisdiction: Jurisdiction::Co,
        number: number.map(Into::into),
        issued_on: Some(day("2015-06-01")),
        expires_on: Some(day("2026-10-31")),
        source: "provider".into(),
        home: None,
        checks: Vec::new(),
    }
}

fn look_up(
    entries: Vec<RegisterEntry>,
    license: &License,
    former: &[PersonName],
) -> (CheckOutcome, Vec<MismatchField>, Option<Box<str>>) {
    let register = Register::new(Jurisdiction::Co, Discipline::PhysicalTherapist, entries);
    assert!(register.covers(license));
    let claimed = name("Zoë", "Núñez");
    let found = register.look_up(
        license,
        Claimant {
            name: &claimed,
            former_names: former,
        },
    );
    let number = found.entry.map(|entry| entry.number.clone());
    (found.outcome, found.mismatches, number)
}

#[test]
fn number_and_name_together_are_a_match_whatever_their_typography() {
    let entries = vec![
        entry("PTL.0000044", "Anna", "Lee"),
        entry("PTL.0001234", "ZOE", "NUNEZ"),
    ];
    let (outcome, mismatches, number) = look_up(entries, &claim(Some("1234")), &[]);
    assert_eq!((outcome, mismatches), (CheckOutcome::Match, vec![]));
    assert_eq!(number.as_deref(), Some("PTL.0001234"));
}

#[test]
fn a_former_name_is_as_good_as_the_present_one() {
    let entries = || vec![entry("1234", "Zoe", "Brown")];
    let (outcome, mismatches, _) = look_up(entries(), &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::Mismatch);
    assert_eq!(mismatches, [MismatchField::Name]);
    let (outcome, ..) = look_up(entries(), &claim(Some("1234")), &[name("Zoe", "Brown")]);
    assert_eq!(outcome, CheckOutcome::Match);
}

#[test]
fn another_beginning_is_a_mismatch_and_another_end_is_a_renewal() {
    let other = RegisterEntry {
        issued_on: Some(day("2016-06-01")),
        ..entry("1234", "Zoe", "Nunez")
    };
    let (outcome, mismatches, _) = look_up(vec![other], &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::Mismatch);
    assert_eq!(mismatches, [MismatchField::Dates]);
    let unspoken = RegisterEntry {
        issued_on: None,
        ..entry("1234", "Zoe", "Nunez")
    };
    let (outcome, ..) = look_up(vec![unspoken], &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::Match);
}

#[test]
fn every_field_that_differs_is_named() {
    let other = RegisterEntry {
        discipline: None,
        issued_on: Some(day("2016-06-01")),
        ..entry("1234", "Anna", "Lee")
    };
    let (_, mismatches, _) = look_up(vec![other], &claim(Some("1234")), &[]);
    assert_eq!(
        mismatches,
        [
            MismatchField::Name,
            MismatchField::LicenseType,
            MismatchField::Dates
        ]
    );
}

#[test]
fn a_number_nobody_has_is_not_found_unless_the_name_has_another() {
    let (outcome, ..) = look_up(vec![entry("9", "Anna", "Lee")], &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::NotFound);
    let (outcome, mismatches, number) =
        look_up(vec![entry("9", "Zoe", "Nunez")], &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::Mismatch);
    assert_eq!(mismatches, [MismatchField::LicenseNumber]);
    assert_eq!(number.as_deref(), Some("9"));
    let two = vec![entry("8", "Zoe", "Nunez"), entry("9", "Zoe", "Nunez")];
    let (outcome, ..) = look_up(two, &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::NeedsReview);
}

#[test]
fn nobody_is_recognised_by_name_alone() {
    let (outcome, _, number) = look_up(vec![entry("9", "Zoe", "Nunez")], &claim(None), &[]);
    assert_eq!((outcome, number), (CheckOutcome::NeedsReview, None));
    let (outcome, ..) = look_up(vec![entry("9", "Anna", "Lee")], &claim(None), &[]);
    assert_eq!(outcome, CheckOutcome::NotFound);
}

#[test]
fn of_two_licenses_of_one_number_the_one_of_that_name_is_meant() {
    let two = || {
        vec![
            entry("PTL1234", "Zoe", "Nunez"),
            entry("PTA1234", "Anna", "Lee"),
        ]
    };
    let (outcome, _, number) = look_up(two(), &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::Match);
    assert_eq!(number.as_deref(), Some("PTL1234"));
    let strangers = vec![
        entry("PTL1234", "Bea", "Ray"),
        entry("PTA1234", "Anna", "Lee"),
    ];
    let (outcome, ..) = look_up(strangers, &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::NeedsReview);
}

#[test]
fn a_status_that_nobody_mapped_is_looked_at_and_proves_nothing() {
    let odd = RegisterEntry {
        status: BoardStatus::Unknown,
        status_text: "Held in abeyance".into(),
        ..entry("1234", "Zoe", "Nunez")
    };
    let (outcome, _, number) = look_up(vec![odd], &claim(Some("1234")), &[]);
    assert_eq!(outcome, CheckOutcome::NeedsReview);
    assert!(number.is_some());
}
