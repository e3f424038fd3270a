//! What they are shown as: every reason and outcome, and enough to find.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::eligibility::{ListingOutcome, ListingReasonCode, ReasonOutcome, judge, outcome};
use domain::npi::Npi;
use domain::place::{GeoPoint, Jurisdiction, METERS_PER_MILE};
use domain::provider::{Practice, Provider};
use domain::scope::ScopeStatus;
use domain::taxonomy::Discipline;
use domain::time::{Day, local_day};

use super::{LAW, PEOPLE, PLACES, RULES, jurisdictions, now};

#[test]
fn every_reason_has_every_outcome_that_it_can_have() {
    let mut missing = BTreeSet::new();
    for code in ListingReasonCode::ALL {
        for outcome in ReasonOutcome::ALL {
            // Absence of proof is no disproof, and a standing is always known.
            let never = matches!(
                (code, outcome),
                (
                    ListingReasonCode::Training
                        | ListingReasonCode::Sterility
                        | ListingReasonCode::LocationConfirmed,
                    ReasonOutcome::Fail
                ) | (ListingReasonCode::Standing, ReasonOutcome::Unknown)
            );
            if !never {
                missing.insert((*code, *outcome));
            }
        }
    }
    let mut scopes: BTreeSet<_> = ScopeStatus::ALL.iter().collect();
    for person in &*PEOPLE {
        for practice in person.practices() {
            let listing = judge(person, practice, &RULES, today(practice));
            for reason in listing.reasons {
                missing.remove(&(reason.code, reason.outcome));
            }
            if let Some(jurisdiction) = practice.jurisdiction() {
                let day = today(practice).on();
                let status = LAW.decide(practice.discipline, jurisdiction, day).status;
                scopes.remove(&status);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    assert!(scopes.is_empty(), "{scopes:?}");
}

#[test]
fn conditional_law_is_met_missed_and_left_open_by_somebody() {
    let mut found = BTreeMap::<_, usize>::new();
    for person in PEOPLE.iter().filter(|it| it.claimed) {
        for practice in person.practices() {
            let Some(jurisdiction) = practice.jurisdiction() else {
                continue;
            };
            let day = today(practice);
            let law = LAW.decide(practice.discipline, jurisdiction, day.on());
            if law.status == ScopeStatus::Conditional {
                let reasons = judge(person, practice, &RULES, day).reasons;
                let scope = reasons
                    .iter()
                    .find(|it| it.code == ListingReasonCode::Scope);
                *found.entry(scope.unwrap().outcome).or_default() += 1;
            }
        }
    }
    let all: usize = found.values().sum();
    assert!(found[&ReasonOutcome::Pass] * 100 > all * 50, "{found:?}");
    assert!(found[&ReasonOutcome::Fail] * 100 > all * 5, "{found:?}");
    assert!(found[&ReasonOutcome::Unknown] * 100 > all * 5, "{found:?}");
}

#[test]
fn most_people_in_order_are_verified_where_the_law_allows_it() {
    let (mut allowed, mut verified) = (0, 0);
    let mut outcomes = BTreeSet::new();
    for person in &*PEOPLE {
        for practice in person.practices() {
            let day = today(practice);
            let outcome = outcome(person, practice, &RULES, day);
            outcomes.insert(outcome);
            let status = practice
                .jurisdiction()
                .map(|there| LAW.decide(practice.discipline, there, day.on()).status);
            if matches!(
                status,
                Some(ScopeStatus::Permitted | ScopeStatus::Conditional)
            ) {
                allowed += 1;
                verified += usize::from(outcome == ListingOutcome::Verified);
            }
        }
    }
    assert_eq!(outcomes.len(), ListingOutcome::ALL.len());
    let percent = verified * 100 / allowed;
    assert!((40..70).contains(&percent), "{percent} %");
}

#[test]
fn a_search_near_denver_finds_verified_people_and_near_san_francisco_hides_therapists() {
    let denver: Vec<_> = PEOPLE
        .iter()
        .filter(|it| near(it, zip("80205"), 25.0) && best(it, 0) == ListingOutcome::Verified)
        .collect();
    let therapists = denver
        .iter()
        .filter(|it| it.disciplines() == [Discipline::PhysicalTherapist])
        .count();
    assert!(denver.len() >= 5, "{}", denver.len());
    assert!(therapists >= 2, "{therapists}");

    let hidden: Vec<_> = PEOPLE
        .iter()
        .filter(|it| it.disciplines() == [Discipline::PhysicalTherapist])
        .filter(|it| jurisdictions(&it.locations) == BTreeSet::from([Jurisdiction::Ca]))
        .filter(|it| near(it, zip("94103"), 25.0))
        .collect();
    assert!(hidden.len() >= 3, "{}", hidden.len());
    for person in hidden {
        assert_eq!(best(person, 0), ListingOutcome::NotListed);
    }
}

#[test]
fn what_is_verified_runs_out_little_by_little_and_past_days_differ() {
    let verified = |days: i64| -> BTreeSet<Npi> {
        let there = PEOPLE.iter().take(1_500);
        there
            .filter(|it| best(it, days) == ListingOutcome::Verified)
            .map(|it| it.npi)
            .collect()
    };
    let now = verified(0);
    let mut before = now.len();
    for days in 1..=30 {
        let left = verified(days).len();
        assert!(
            left + now.len() / 8 >= before,
            "day {days}: {before} to {left}"
        );
        before = left;
    }
    assert!(verified(7).len() * 100 >= now.len() * 60);
    let last_week = verified(-10);
    assert!(last_week.difference(&now).count() >= 5);
    assert!(now.difference(&last_week).count() >= 5);
}

/// As the end of the day so many days after the clock judges it.
fn best(person: &Provider, days: i64) -> ListingOutcome {
    person
        .practices()
        .into_iter()
        .map(|practice| {
            let day = Day::at(today(practice).on() + TimeDelta::days(days));
            outcome(person, practice, &RULES, day)
        })
        .max()
        .unwrap_or(ListingOutcome::NotListed)
}

fn today(practice: Practice<'_>) -> Day {
    Day::at(local_day(now(), practice.zone()))
}

fn near(person: &Provider, origin: GeoPoint, miles: f64) -> bool {
    person
        .locations
        .iter()
        .filter_map(|it| it.position)
        .any(|it| it.point.distance_meters(origin) <= miles * METERS_PER_MILE)
}

fn zip(text: &str) -> GeoPoint {
    let code = text.parse().expect("a ZIP");
    PLACES
        .iter()
        .find(|it| it.postal_code == code)
        .expect("a place")
        .point
}
