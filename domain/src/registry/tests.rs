use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId,
};
use crate::name::PersonName;
use crate::npi::Npi;
use crate::place::Jurisdiction;
use crate::provider::{NpiStatus, NpiStatusChange, Provider};
use crate::taxonomy::Discipline;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const SEEN: fn() -> NaiveDate = || day("2026-11-21");

fn place(street: &str, city: &str) -> RegistryLocation {
    RegistryLocation {
        lines: vec![street.into()],
        city: city.into(),
        state: Jurisdiction::Co,
        postal_code: "80205".parse().unwrap(),
        phone: Some("3035550100".into()),
        point: Some((39.76, -104.96)),
        zone: Jurisdiction::Co.zone(),
        zip_state: None,
    }
}

fn colorado(number: &str) -> RegistryLicense {
    RegistryLicense {
        discipline: Discipline::PhysicalTherapist,
        jurisdiction: Jurisdiction::Co,
        number: number.into(),
    }
}

fn ada() -> RegistryRecord {
    RegistryRecord {
        npi: Npi::sample(7),
        name: PersonName::new("ADA", "", "MOSS", "").unwrap(),
        other_names: Vec::new(),
        taxonomies: vec!["225100000X".parse().unwrap()],
        licenses: vec![colorado("PTL-1")],
        practice: Some(place("1 Elm St", "DENVER")),
        further: Vec::new(),
        trade_names: Vec::new(),
        enumerated_on: Some(day("2010-04-07")),
        updated_on: Some(day("2020-01-02")),
        deactivated_on: None,
        reactivated_on: None,
        replaced_by: None,
    }
}

fn entry(record: &RegistryRecord) -> Provider {
    new_entry(record, SEEN())
}

fn after(held: &Provider, base: &RegistryRecord, record: &RegistryRecord) -> Reconciled {
    reconcile(held, Some(base), record, SEEN())
}

fn checked(license: &mut License) {
    license.checks.push(LicenseCheck {
        source_kind: CheckSourceKind::Primary,
        source_name: "Colorado".into(),
        source_url: None,
        checked_at: Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap(),
        as_of: day("2026-11-01"),
        outcome: CheckOutcome::Match,
        board_status: BoardStatus::Active,
        expires_on: None,
        mismatches: Vec::new(),
    });
}

#[test]
fn a_record_that_says_the_same_changes_nothing() {
    assert_eq!(after(&entry(&ada()), &ada(), &ada()), Reconciled::default());
}

#[test]
fn a_new_entry_claims_nothing_that_the_registry_does_not_say() {
    let held = entry(&ada());
    assert!(!held.claimed);
    assert_eq!(held.offers_dry_needling, None);
    assert!(held.training.is_empty() && held.attestations.is_empty());
    assert!(
        held.licenses
            .iter()
            .all(|license| license.checks.is_empty())
    );
    assert_eq!(&*held.licenses[0].source, "registry");
}

#[test]
fn a_new_name_is_taken_and_the_old_one_remembered() {
    let mut news = ada();
    news.name = PersonName::new("ADA", "", "FENN", "").unwrap();
    let edits = after(&entry(&ada()), &ada(), &news).edits;
    assert_eq!(
        edits,
        [
            Edit::Name(news.name.clone()),
            Edit::AddFormerName(ada().name)
        ]
    );
}

#[test]
fn a_claimed_entry_keeps_its_name_licences_and_places() {
    let mut held = entry(&ada());
    held.claimed = true;
    let mut news = ada();
    news.name = PersonName::new("ADA", "", "FENN", "").unwrap();
    news.licenses = vec![colorado("PTL-2")];
    news.practice = Some(place("2 Oak St", "DENVER"));
    let out = after(&held, &ada(), &news);
    assert_eq!(out.edits, []);
    let kinds: Vec<_> = out.differences.iter().map(|found| found.kind).collect();
    assert_eq!(
        kinds,
        [
            DifferenceKind::Name,
            DifferenceKind::License,
            DifferenceKind::Location
        ]
    );
    // Said once: the next run compares with what the registry said in this one.
    assert_eq!(after(&held, &news, &news), Reconciled::default());
}

#[test]
fn a_claimed_entry_is_still_deactivated_and_replaced() {
    let mut held = entry(&ada());
    held.claimed = true;
    let mut news = ada();
    news.deactivated_on = Some(day("2026-05-01"));
    news.replaced_by = Some(Npi::sample(8));
    let edits = after(&held, &ada(), &news).edits;
    let expected = [
        NpiStatusChange {
            from: day("2010-04-07"),
            status: NpiStatus::Active,
        },
        NpiStatusChange {
            from: day("2026-05-01"),
            status: NpiStatus::Deactivated,
        },
    ];
    assert_eq!(
        edits,
        [
            Edit::NpiHistory(expected.to_vec()),
            Edit::ReplacedBy(Some(Npi::sample(8)))
        ]
    );
}

#[test]
fn an_unchecked_licence_follows_the_registry_and_a_checked_one_stays() {
    let mut news = ada();
    news.licenses = vec![colorado("PTL-2")];
    let mut held = entry(&ada());
    let id = held.licenses[0].id;
    assert_eq!(
        after(&held, &ada(), &news).edits,
        [Edit::LicenseNumber(id, "PTL-2".into())]
    );
    checked(&mut held.licenses[0]);
    let out = after(&held, &ada(), &news);
    assert_eq!(out.edits, []);
    assert_eq!(out.differences[0].kind, DifferenceKind::License);
    assert_eq!(
        out.differences[0].held.as_deref(),
        Some("physical therapist in CO, no. PTL-1")
    );
}

#[test]
fn a_licence_spelled_otherwise_is_the_same_licence() {
    let mut news = ada();
    news.licenses = vec![colorado("ptl 1")];
    assert_eq!(after(&entry(&ada()), &ada(), &news), Reconciled::default());
}

#[test]
fn licences_come_and_go() {
    let mut news = ada();
    let mut texas = colorado("1149843");
    texas.jurisdiction = Jurisdiction::Tx;
    news.licenses = vec![texas];
    let held = entry(&ada());
    let edits = after(&held, &ada(), &news).edits;
    assert!(
        matches!(&edits[..], [Edit::AddLicense(added), Edit::RemoveLicense(gone)]
        if added.jurisdiction == Jurisdiction::Tx && *gone == held.licenses[0].id)
    );
}

#[test]
fn a_move_keeps_the_number_of_the_place_and_a_confirmed_place_stays() {
    let mut news = ada();
    news.practice = Some(place("2 Oak St", "BOULDER"));
    let mut held = entry(&ada());
    let edits = after(&held, &ada(), &news).edits;
    assert!(matches!(&edits[..], [Edit::ReplaceLocation(moved)]
        if moved.id == held.locations[0].id && &*moved.address.city == "BOULDER"));

    held.locations[0]
        .confirmed_at
        .push(Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap());
    let out = after(&held, &ada(), &news);
    assert_eq!(out.edits, []);
    assert_eq!(out.differences[0].registry, "2 Oak St, BOULDER, CO 80205");
}

#[test]
fn a_further_place_comes_and_goes_by_itself() {
    let mut news = ada();
    news.further = vec![place("9 Ash St", "AURORA")];
    let held = entry(&ada());
    assert!(matches!(
        &after(&held, &ada(), &news).edits[..],
        [Edit::AddLocation(_)]
    ));
    let held = entry(&news);
    assert_eq!(
        after(&held, &news, &ada()).edits,
        [Edit::RemoveLocation(held.locations[1].id)]
    );
}

#[test]
fn what_somebody_corrected_here_stays_until_the_registry_says_something_new() {
    let mut held = entry(&ada());
    held.name = PersonName::new("Ada", "L.", "Moss", "").unwrap();
    let mut news = ada();
    news.updated_on = Some(day("2026-01-01"));
    assert_eq!(after(&held, &ada(), &news), Reconciled::default());
    news.name = PersonName::new("ADA", "", "FENN", "").unwrap();
    let out = after(&held, &ada(), &news);
    assert_eq!(out.edits, []);
    assert_eq!(out.differences[0].kind, DifferenceKind::Name);
}

#[test]
fn a_zip_of_another_state_is_pointed_out_once() {
    let mut news = ada();
    news.practice.as_mut().unwrap().zip_state = Some(Jurisdiction::Mn);
    let out = after(&entry(&ada()), &ada(), &news);
    assert_eq!(out.differences[0].kind, DifferenceKind::ZipState);
    assert_eq!(after(&entry(&news), &news, &news), Reconciled::default());
}

#[test]
fn the_history_of_a_number_follows_its_dates() {
    use NpiStatus::{Active, Deactivated};
    #[track_caller]
    fn check(dates: [Option<&str>; 4], expected: &[(&str, NpiStatus)]) {
        let mut record = ada();
        [
            record.enumerated_on,
            record.updated_on,
            record.deactivated_on,
            record.reactivated_on,
        ] = dates.map(|date| date.map(day));
        let found: Vec<_> = record
            .npi_history(SEEN())
            .into_iter()
            .map(|change| (change.from, change.status))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(from, s)| (day(from), *s)).collect();
        assert_eq!(found, expected, "{dates:?}");
    }
    check([None; 4], &[("2026-11-21", Active)]);
    check(
        [None, Some("2020-01-02"), None, None],
        &[("2020-01-02", Active)],
    );
    check(
        [Some("2010-04-07"), Some("2020-01-02"), None, None],
        &[("2010-04-07", Active)],
    );
    check(
        [None, None, Some("2021-03-04"), None],
        &[("2021-03-04", Deactivated)],
    );
    check(
        [Some("2010-04-07"), None, Some("2021-03-04"), None],
        &[("2010-04-07", Active), ("2021-03-04", Deactivated)],
    );
    check(
        [
            Some("2010-04-07"),
            None,
            Some("2021-03-04"),
            Some("2021-03-04"),
        ],
        &[
            ("2010-04-07", Active),
            ("2021-03-04", Deactivated),
            ("2021-03-04", Active),
        ],
    );
    // Reactivated in 2015, then deactivated for good.
    check(
        [
            Some("2010-04-07"),
            None,
            Some("2021-03-04"),
            Some("2015-01-01"),
        ],
        &[("2010-04-07", Active), ("2021-03-04", Deactivated)],
    );
}

#[test]
fn past_deactivations_outlive_the_next_one() {
    use NpiStatus::{Active, Deactivated};
    type History = [(&'static str, NpiStatus)];
    #[track_caller]
    fn check(held: &History, dates: [Option<&str>; 4], expected: &History) {
        let change = |(from, status): &(&str, NpiStatus)| NpiStatusChange {
            from: day(from),
            status: *status,
        };
        let mut record = ada();
        [
            record.enumerated_on,
            record.updated_on,
            record.deactivated_on,
            record.reactivated_on,
        ] = dates.map(|date| date.map(day));
        let held: Vec<_> = held.iter().map(change).collect();
        let expected: Vec<_> = expected.iter().map(change).collect();
        let found = record.npi_history_after(&held, SEEN());
        assert_eq!(found, expected, "{dates:?}");
        let again = record.npi_history_after(&found, SEEN());
        assert_eq!(again, expected, "a second time: {dates:?}");
    }
    let issued = Some("2010-04-07");
    let once = [
        ("2010-04-07", Active),
        ("2014-01-01", Deactivated),
        ("2015-01-01", Active),
    ];
    let twice = [&once[..], &[("2021-03-04", Deactivated)]].concat();
    let back = [&twice[..], &[("2021-06-01", Active)]].concat();
    // The second deactivation, with and without the reactivation before it, and its end.
    check(&once, [issued, None, Some("2021-03-04"), None], &twice);
    let dates = [issued, None, Some("2021-03-04"), Some("2015-01-01")];
    check(&once, dates, &twice);
    let dates = [issued, None, Some("2021-03-04"), Some("2021-06-01")];
    check(&twice, dates, &back);
    check(&once, dates, &back);
    // A day that the registry corrects is not kept beside the right one.
    let dates = [issued, None, Some("2021-02-01"), None];
    let corrected = [&once[..], &[("2021-02-01", Deactivated)]].concat();
    check(&twice, dates, &corrected);
    // No dates of status: nothing is forgotten, and the number is in use.
    check(&once, [issued, Some("2026-01-02"), None, None], &once);
    let in_use = [&twice[..], &[("2026-01-02", Active)]].concat();
    check(&twice, [issued, Some("2026-01-02"), None, None], &in_use);
    check(&twice, [issued, None, None, None], &once);
    // The day of issue takes the place of the day on which the number was first seen.
    check(
        &[("2026-11-01", Active)],
        [issued, None, None, None],
        &[("2010-04-07", Active)],
    );
    check(
        &[("2021-03-04", Deactivated)],
        [issued, None, Some("2021-03-04"), Some("2021-06-01")],
        &[
            ("2010-04-07", Active),
            ("2021-03-04", Deactivated),
            ("2021-06-01", Active),
        ],
    );
}

#[test]
fn a_record_that_says_nothing_new_of_its_number_leaves_the_history() {
    let mut unspoken = ada();
    unspoken.enumerated_on = None;
    unspoken.updated_on = None;
    let mut held = entry(&unspoken);
    held.npi_history.push(NpiStatusChange {
        from: day("2026-12-01"),
        status: NpiStatus::Deactivated,
    });
    let mut news = unspoken.clone();
    news.further = vec![place("9 Ash St", "AURORA")];
    assert!(matches!(
        &after(&held, &unspoken, &news).edits[..],
        [Edit::AddLocation(_)]
    ));
}

#[test]
fn a_licence_that_a_privilege_is_held_under_is_not_dropped_with_the_registrys_row() {
    let mut held = entry(&ada());
    held.licenses.push(License {
        id: LicenseId(9),
        jurisdiction: Jurisdiction::Az,
        source: "provider".into(),
        home: Some(held.licenses[0].id),
        ..held.licenses[0].clone()
    });
    let mut news = ada();
    news.licenses = Vec::new();
    let out = after(&held, &ada(), &news);
    assert_eq!(out.edits, []);
    assert_eq!(out.differences.len(), 1);
}

#[test]
fn a_claimed_or_vouched_place_or_licence_that_the_registry_drops_is_asked_about_once() {
    let mut before = ada();
    before.further = vec![place("9 Ash St", "AURORA")];
    let mut news = ada();
    news.licenses = Vec::new();

    let mut claimed = entry(&before);
    claimed.claimed = true;
    let mut vouched = entry(&before);
    checked(&mut vouched.licenses[0]);
    vouched.locations[1]
        .confirmed_at
        .push(Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap());
    for held in [claimed, vouched] {
        let out = after(&held, &before, &news);
        assert_eq!(out.edits, []);
        let told: Vec<_> = out
            .differences
            .iter()
            .map(|found| (found.kind, found.held.as_deref(), &*found.registry))
            .collect();
        assert_eq!(
            told,
            [
                (
                    DifferenceKind::License,
                    Some("physical therapist in CO, no. PTL-1"),
                    "no longer named: physical therapist in CO, no. PTL-1"
                ),
                (
                    DifferenceKind::Location,
                    Some("9 Ash St, AURORA, CO 80205"),
                    "no longer named: 9 Ash St, AURORA, CO 80205"
                ),
            ]
        );
        assert_eq!(after(&held, &news, &news), Reconciled::default());
    }
}

#[test]
fn a_place_that_moved_is_one_difference_not_two() {
    let mut before = ada();
    before.further = vec![place("9 Ash St", "AURORA")];
    let mut held = entry(&before);
    held.claimed = true;
    let mut news = ada();
    news.further = vec![place("3 Fir St", "GOLDEN")];
    let out = after(&held, &before, &news);
    let told: Vec<_> = out
        .differences
        .iter()
        .map(|found| (found.held.as_deref(), &*found.registry))
        .collect();
    assert_eq!(
        told,
        [(
            Some("9 Ash St, AURORA, CO 80205"),
            "3 Fir St, GOLDEN, CO 80205"
        )]
    );
}
