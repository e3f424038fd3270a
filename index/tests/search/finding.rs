//! One question, the few people it is about.

use domain::eligibility::ListingOutcome;
use domain::license::{BoardStatus, CheckOutcome};
use domain::place::{GeoPoint, Jurisdiction, METERS_PER_MILE};
use domain::search::{Criteria, RawCriteria};
use domain::taxonomy::Discipline;
use index::{Facets, Notice, Page, Want};

use crate::people::*;

#[test]
fn people_come_nearest_first_and_ties_by_npi() {
    let people = snapshot([
        a_pt(5),
        a_pt(2),
        a_person(9)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
            .at((39.80, -104.97), Jurisdiction::Co),
        a_person(1)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
            .at((39.85, -104.97), Jurisdiction::Co),
    ]);
    let found = search(&people, &near(25.0));
    assert_eq!(serials(&found), [2, 5, 9, 1]);
    assert_eq!(found.total, Some(4));
    let meters = found.hits[2].distance_meters.unwrap();
    assert!((meters - 5_559.75).abs() < 0.01, "{meters}");
}

#[test]
fn a_person_comes_once_at_the_nearest_place_that_qualifies() {
    let person = a_person(1)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .at((39.90, -104.97), Jurisdiction::Co)
        .at(HERE, Jurisdiction::Ca)
        .at((39.80, -104.97), Jurisdiction::Co)
        .accessible(true);
    let people = snapshot([person]);
    let found = search(&people, &near(25.0));
    assert_eq!((found.total, found.hits.len()), (Some(1), 1));
    assert_eq!(
        found.hits[0].location, 2,
        "the one in California is hidden by law"
    );

    let inaccessible = RawCriteria {
        wheelchair_access: Some(false),
        ..near(25.0)
    };
    assert_eq!(search(&people, &inaccessible).total, Some(0));
}

#[test]
fn a_place_farther_away_does_not_bring_a_person_back() {
    let person = a_pt(1).at((39.80, -104.97), Jurisdiction::Co);
    let people = snapshot([person, a_pt(2)]);
    let found = search(&people, &near(25.0));
    assert_eq!(serials(&found), [1, 2]);
    let rest = page(&people, &near(25.0), 100, Some(&found.hits[0].key));
    assert_eq!(serials(&rest), [2]);
}

#[test]
fn those_equally_far_on_both_sides_come_by_npi_across_pages() {
    let at = |serial, longitude| {
        a_person(serial)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
            .at((HERE.0, longitude), Jurisdiction::Co)
    };
    let (west, east) = (HERE.1 - 0.125, HERE.1 + 0.125);
    // Somebody hidden leads the way to the side of the later numbers.
    let hidden = at(0, east).deactivated(day("2026-01-01"));
    let people = [hidden, at(1, west), at(2, west), at(3, east), at(4, east)];
    let people = snapshot(people);
    let all = search(&people, &near(25.0)).hits;
    assert_eq!(all[0].distance_meters, all[3].distance_meters);
    let mut after = None;
    for expected in 1..=4 {
        let found = page(&people, &near(25.0), 1, after.as_ref());
        assert_eq!(serials(&found), [expected]);
        assert_eq!(found.has_next, expected < 4);
        after = found.hits.last().map(|hit| hit.key.clone());
    }
}

#[test]
fn of_places_equally_near_the_better_outcome_is_shown_then_the_first_on_file() {
    let unproved_first = a_person(1)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .checked(3)
        .at(HERE, Jurisdiction::Co)
        .at(HERE, Jurisdiction::Co)
        .verified();
    let mut person = unproved_first;
    person.0.locations[0].confirmed_at.clear();
    let found = search(&snapshot([person.clone()]), &near(1.0));
    assert_eq!(found.hits[0].location, 1);
    assert_eq!(found.hits[0].outcome, ListingOutcome::Verified);

    person.0.locations[1].confirmed_at.clear();
    let found = search(&snapshot([person]), &near(1.0));
    assert_eq!(found.hits[0].location, 0);
    assert_eq!(found.hits[0].outcome, ListingOutcome::Unverified);
}

#[test]
fn the_best_practice_of_a_place_is_shown_then_the_first_discipline() {
    let person = a_person(1)
        .licensed(Discipline::Chiropractor, Jurisdiction::Co)
        .checked(3)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .at(HERE, Jurisdiction::Co)
        .verified();
    let hit = &search(&snapshot([person.clone()]), &near(1.0)).hits[0];
    assert_eq!(
        (hit.license, hit.discipline),
        (Some(0), Discipline::Chiropractor)
    );
    assert_eq!(hit.outcome, ListingOutcome::Verified);

    let hit = &search(&snapshot([person.checked(3)]), &near(1.0)).hits[0];
    assert_eq!(
        (hit.license, hit.discipline),
        (Some(1), Discipline::PhysicalTherapist)
    );
}

#[test]
fn the_edge_of_the_radius_is_inside() {
    let origin = GeoPoint::new(HERE.0, HERE.1).unwrap();
    let mut tried = 0;
    for step in 1..200_u32 {
        let point = (
            HERE.0 + f64::from(step) * 0.013,
            HERE.1 - f64::from(step) * 0.007,
        );
        let meters = origin.distance_meters(GeoPoint::new(point.0, point.1).unwrap());
        // The miles that are exactly these metres, where there are any.
        let miles = meters / METERS_PER_MILE;
        let exact = [miles.next_down(), miles, miles.next_up()];
        let Some(miles) = exact
            .into_iter()
            .find(|miles| (*miles * METERS_PER_MILE).total_cmp(&meters).is_eq())
        else {
            continue;
        };
        let person = a_person(1)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
            .at(point, Jurisdiction::Co);
        let people = snapshot([person]);
        assert_eq!(search(&people, &near(miles)).total, Some(1), "{miles}");
        assert_eq!(
            search(&people, &near(miles.next_down())).total,
            Some(0),
            "{miles}"
        );
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_place_that_nobody_can_point_at_is_found_without_a_distance_only() {
    let people = snapshot([a_pt(1).unplaced()]);
    assert_eq!(search(&people, &near(500.0)).total, Some(0));
    assert_eq!(search(&people, &called("smith")).total, Some(1));
}

#[test]
fn a_person_without_a_place_is_on_file_and_not_found() {
    let person = a_person(1).licensed(Discipline::PhysicalTherapist, Jurisdiction::Co);
    let people = snapshot([person.clone()]);
    assert_eq!(search(&people, &called("smith")).total, Some(0));
    assert_eq!(
        people.provider(person.0.npi).map(|found| &**found),
        Some(&person.0)
    );
    let license = person.0.licenses[0].id;
    assert!(people.provider_of_license(license).is_some());
}

#[test]
fn without_a_distance_people_come_by_family_name_given_name_and_npi() {
    let people = snapshot([
        a_pt(1).named("Zoë", "Ávila"),
        a_pt(2).named("adam", "AVILA"),
        a_pt(4).named("Adam", "Avila"),
        a_pt(3).named("Eve", "Zimmer"),
    ]);
    let colorado = RawCriteria {
        jurisdiction: Some(Jurisdiction::Co),
        at_least: Some(ListingOutcome::Unverified),
        ..RawCriteria::default()
    };
    let found = search(&people, &colorado);
    assert_eq!(serials(&found), [2, 4, 1, 3]);
    assert_eq!(found.hits[0].distance_meters, None);
}

#[test]
fn every_word_asked_begins_a_word_of_a_name() {
    let people = snapshot([
        a_pt(1).named("José", "García-Márquez"),
        a_pt(2)
            .named("Mary Ann", "O'Brien")
            .formerly("Mary Ann", "Lopez"),
        a_pt(3).named("Sean", "O Brien"),
    ]);
    for (name, expected) in [
        ("jose", vec![1]),
        ("GARCÍA", vec![1]),
        ("marq", vec![1]),
        ("garciamarquez", vec![1]),
        ("Garcia-Marquez, José", vec![1]),
        ("márquez-garcía", vec![1]),
        ("mary lop", vec![2]),
        ("obrien", vec![2]),
        ("O'Brien", vec![3, 2]),
        ("brien", vec![3, 2]),
        ("ann ann", vec![2]),
        ("arcia", vec![]),
        ("mary garcia", vec![]),
    ] {
        let mut expected = expected;
        expected.sort_unstable();
        let mut found = serials(&search(&people, &called(name)));
        found.sort_unstable();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn nobody_hidden_is_found_and_proof_is_asked_for_by_default() {
    let proved = a_person(1)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .checked(3)
        .at(HERE, Jurisdiction::Co)
        .verified();
    let people = snapshot([proved, a_pt(2), a_pt(3).deactivated(day("2026-06-01"))]);
    assert_eq!(serials(&search(&people, &near(5.0))), [1, 2]);
    let verified = RawCriteria {
        at_least: None,
        ..near(5.0)
    };
    assert_eq!(serials(&search(&people, &verified)), [1]);
    let before = RawCriteria {
        on: Some(day("2026-05-31")),
        ..near(5.0)
    };
    assert_eq!(serials(&search(&people, &before)), [1, 2, 3]);
}

#[test]
fn a_day_to_come_has_its_law_and_the_evidence_of_today() {
    let cheyenne = (41.14, -104.82);
    let person = a_person(1)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Wy)
        .checked(20)
        .at(cheyenne, Jurisdiction::Wy)
        .verified();
    let people = snapshot([person]);
    let on = |on: &str| RawCriteria {
        on: Some(day(on)),
        at_least: None,
        ..near_point(cheyenne, 5.0)
    };
    let before = search(&people, &on("2026-06-30"));
    assert_eq!(before.total, Some(0));
    assert_eq!(
        before.notices,
        Some(vec![Notice {
            jurisdiction: Jurisdiction::Wy,
            discipline: Discipline::PhysicalTherapist,
            on: day("2026-06-30"),
            hidden_count: 1,
        }])
    );
    let after = search(&people, &on("2026-09-01"));
    assert_eq!(after.hits[0].outcome, ListingOutcome::Verified);
    assert_eq!(after.notices, Some(Vec::new()));
    assert_eq!(
        search(&people, &on("2027-02-01")).total,
        Some(0),
        "needles were attested until January"
    );
}

#[test]
fn today_is_told_by_the_clock_of_the_place() {
    // 05:30 UTC on the 1st of July is 23:30 on the 30th of June in Wyoming, 01:30 on the 1st in New York.
    let now = "2026-07-01T05:30:00Z".parse().unwrap();
    let pt = |serial| a_person(serial).licensed(Discipline::PhysicalTherapist, Jurisdiction::Wy);
    let mut eastern = pt(2).at(HERE, Jurisdiction::Wy);
    eastern.0.locations[0].zone = Jurisdiction::Ny.zone();
    let people = snapshot([pt(1).at(HERE, Jurisdiction::Wy), eastern]);
    let criteria = Criteria::new(near(5.0)).unwrap();
    let page = Page {
        first: 10,
        after: None,
    };
    let found = people.search(&criteria, now, page, everything());
    assert_eq!(serials(&found), [2]);
    let notices = found.notices.unwrap();
    assert_eq!(
        (notices[0].on, notices[0].hidden_count),
        (day("2026-06-30"), 1)
    );
}

#[test]
fn a_licence_counts_as_checked_through_the_last_day_asked_for() {
    let people = snapshot([
        a_person(1)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
            .checked(10)
            .at(HERE, Jurisdiction::Co),
        a_pt(2),
    ]);
    for (days, expected) in [(9, vec![]), (10, vec![1]), (3_660, vec![1])] {
        let asked = RawCriteria {
            verified_within_days: Some(days),
            ..near(5.0)
        };
        assert_eq!(serials(&search(&people, &asked)), expected, "{days}");
    }
}

#[test]
fn only_a_last_word_that_confirms_the_licence_counts_as_checked() {
    let license = || {
        a_person(1)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
            .checked(10)
            .at(HERE, Jurisdiction::Co)
    };
    let within = |days, people: Person| {
        let asked = RawCriteria {
            verified_within_days: Some(days),
            ..near(5.0)
        };
        !serials(&search(&snapshot([people]), &asked)).is_empty()
    };
    let later = |outcome, status| {
        let mut person = license().checked(5);
        let last = person.0.licenses[0].checks.last_mut().unwrap();
        last.outcome = outcome;
        last.board_status = status;
        person
    };
    assert!(within(
        30,
        later(CheckOutcome::Match, BoardStatus::Probation)
    ));
    assert!(!within(
        30,
        later(CheckOutcome::Match, BoardStatus::Pending)
    ));
    assert!(!within(
        30,
        later(CheckOutcome::NotFound, BoardStatus::NotFound)
    ));
    assert!(!within(
        30,
        later(CheckOutcome::Mismatch, BoardStatus::Active)
    ));
    // The register of a place to the east tells of tomorrow.
    let mut ahead = license().checked(0);
    let last = ahead.0.licenses[0].checks.last_mut().unwrap();
    last.as_of = last.as_of.succ_opt().unwrap();
    assert!(within(0, ahead));
}

#[test]
fn notices_count_people_whatever_else_is_asked() {
    let here = |serial| a_person(serial).at(HERE, Jurisdiction::Ca);
    let pt = Discipline::PhysicalTherapist;
    let people = snapshot([
        here(1)
            .licensed(pt, Jurisdiction::Ca)
            .at((39.76, -104.97), Jurisdiction::Ca),
        here(2)
            .licensed(pt, Jurisdiction::Ca)
            .deactivated(day("2026-01-01")),
        here(3).licensed(Discipline::Chiropractor, Jurisdiction::Ca),
        a_pt(4),
        a_person(5)
            .licensed(pt, Jurisdiction::Ca)
            .at((45.0, -104.97), Jurisdiction::Ca),
    ]);
    let asked = RawCriteria {
        accepts_new_patients: Some(true),
        name: Some("nobody".to_owned()),
        at_least: None,
        ..near(5.0)
    };
    let notice = |discipline, hidden_count| Notice {
        jurisdiction: Jurisdiction::Ca,
        discipline,
        on: today(),
        hidden_count,
    };
    assert_eq!(
        search(&people, &asked).notices,
        Some(vec![notice(pt, 2), notice(Discipline::Chiropractor, 1)])
    );
    let chiropractors = RawCriteria {
        disciplines: vec![Discipline::Chiropractor],
        ..near(5.0)
    };
    assert_eq!(
        search(&people, &chiropractors).notices,
        Some(vec![notice(Discipline::Chiropractor, 1)])
    );
    let colorado = RawCriteria {
        jurisdiction: Some(Jurisdiction::Co),
        ..near(5.0)
    };
    assert_eq!(search(&people, &colorado).notices, Some(Vec::new()));
    let named = search(&people, &called("smith")).notices;
    assert_eq!(
        named,
        Some(vec![notice(pt, 3), notice(Discipline::Chiropractor, 1)])
    );
}

#[test]
fn each_facet_ignores_its_own_filter_and_keeps_the_others() {
    let people = snapshot([
        a_pt(1)
            .speaking(&["en-us", "es"])
            .accepting(true)
            .accessible(true),
        a_pt(2).speaking(&["en-US"]).accepting(false),
        a_pt(3).speaking(&["fr"]).accepting(true),
        a_person(4)
            .licensed(Discipline::Chiropractor, Jurisdiction::Co)
            .at(HERE, Jurisdiction::Co)
            .speaking(&["en"])
            .accepting(true),
    ]);
    let asked = RawCriteria {
        languages: vec!["en".to_owned()],
        accepts_new_patients: Some(true),
        disciplines: vec![Discipline::PhysicalTherapist],
        ..near(5.0)
    };
    let found = search(&people, &asked);
    assert_eq!(serials(&found), [1]);
    assert_eq!(
        found.facets,
        Some(Facets {
            disciplines: vec![
                (Discipline::PhysicalTherapist, 1),
                (Discipline::Chiropractor, 1)
            ],
            jurisdictions: vec![(Jurisdiction::Co, 1)],
            languages: vec![("en-US".into(), 1), ("es".into(), 1), ("fr".into(), 1)],
            accepts_new_patients: vec![(true, 1), (false, 1)],
            wheelchair_access: vec![(true, 1)],
        })
    );
}

#[test]
fn the_facet_of_jurisdictions_looks_beyond_the_one_asked_for() {
    let people = snapshot([
        a_pt(1),
        a_person(2)
            .licensed(Discipline::PhysicalTherapist, Jurisdiction::Wy)
            .at((41.14, -104.82), Jurisdiction::Wy),
    ]);
    let asked = RawCriteria {
        jurisdiction: Some(Jurisdiction::Co),
        at_least: Some(ListingOutcome::Unverified),
        on: Some(day("2026-07-01")),
        ..RawCriteria::default()
    };
    let found = search(&people, &asked);
    assert_eq!(found.total, Some(1));
    assert_eq!(
        found.facets.unwrap().jurisdictions,
        [(Jurisdiction::Co, 1), (Jurisdiction::Wy, 1)]
    );
}

#[test]
fn only_the_counts_that_are_wanted_are_given() {
    let people = snapshot([a_pt(1)]);
    let criteria = Criteria::new(near(5.0)).unwrap();
    let page = Page {
        first: 0,
        after: None,
    };
    let found = people.search(&criteria, now(), page, Want::default());
    assert_eq!((found.hits.len(), found.has_next), (0, true));
    assert_eq!(
        (found.total, found.notices, found.facets),
        (None, None, None)
    );
}
