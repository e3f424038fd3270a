//! Change points against the judgment of every single day.

use chrono::{Days, NaiveDate};
use domain::eligibility::ListingOutcome::{self, NotListed, Unverified, Verified};
use domain::eligibility::{change_points, judge, outcome};
use domain::place::Jurisdiction::Co;
use domain::taxonomy::Discipline::PhysicalTherapist;
use domain::time::Day;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::support::{a_verified, any_person, day, only_practice, rulebook};

/// From before anything happens to any of the people until after all of it has aged.
fn every_day() -> impl Iterator<Item = NaiveDate> {
    day("2014-06-01")
        .iter_days()
        .take_while(|on| *on < day("2031-01-01"))
}

fn a_person() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 20..250)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn change_points_tell_what_judging_each_day_tells(rolls in a_person()) {
        let person = any_person(&rolls);
        for practice in person.practices() {
            let points = change_points(&person, practice, rulebook());
            for on in every_day().chain([day("1900-01-01"), day("2004-12-31"), day("2060-01-01")]) {
                prop_assert_eq!(
                    points.on(on),
                    outcome(&person, practice, rulebook(), Day::at(on)),
                    "{}", on
                );
            }
            let steps: Vec<_> = points.iter().collect();
            for pair in steps.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1, "{:?}", pair);
            }
        }
    }

    #[test]
    fn the_outcome_alone_is_that_of_the_reasons(rolls in a_person(), on in 0_u64..6_000, today in 0_u64..6_000) {
        let person = any_person(&rolls);
        let from = day("2014-06-01");
        let day = Day::new(from + Days::new(on), from + Days::new(today));
        for practice in person.practices() {
            prop_assert_eq!(
                outcome(&person, practice, rulebook(), day),
                judge(&person, practice, rulebook(), day).outcome
            );
        }
    }
}

#[test]
fn the_people_of_these_tests_reach_every_outcome() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..64 {
        let rolls = a_person()
            .new_tree(&mut runner)
            .expect("a person")
            .current();
        let person = any_person(&rolls);
        for practice in person.practices() {
            let points = change_points(&person, practice, rulebook());
            reached.extend(points.iter().map(|(_, outcome)| outcome));
        }
    }
    assert_eq!(reached.into_iter().collect::<Vec<_>>(), ListingOutcome::ALL);
}

#[test]
fn a_listing_ages_step_by_step_when_nothing_new_happens() {
    let person = a_verified(PhysicalTherapist, Co).build();
    let points = change_points(&person, only_practice(&person), rulebook());
    let steps: Vec<_> = points
        .iter()
        .map(|(from, outcome)| (from.to_string(), outcome))
        .skip_while(|(from, _)| !from.starts_with("20"))
        .collect();
    let expected = [
        // The license begins; the law has allowed it to the profession since 2005.
        ("2010-01-01", Unverified),
        // The board is asked, the last of eight reasons to become PASS.
        ("2026-11-10", Verified),
        // A screening of 5 November counts for 35 days, a check of 10 November for 30.
        ("2026-12-11", Unverified),
    ]
    .map(|(from, outcome)| (from.to_owned(), outcome));
    assert_eq!(steps, expected);
    assert_eq!(points.on(day("2009-12-31")), NotListed);
}
