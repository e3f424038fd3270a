use domain::scope::RequirementResult::{Met, NotEvidenced, NotMet};
use domain::scope::{Answer, Lack};

use super::{answer, check};
use crate::support::{Person, a_course, a_provider};

const ASKED: [(&str, &str, &str, &str); 2] = [
    ("COMPLETION_WINDOW_YEARS", "1.5", "years", ""),
    ("TRAINING_HOURS_TOTAL", "50", "HOURS", ""),
];

/// Two courses of 25 hours.
fn two(first: (&str, &str), second: (&str, &str)) -> Person {
    a_provider()
        .trained(a_course(1, 25, 0).held(first.0, first.1))
        .trained(a_course(2, 25, 0).held(second.0, second.1))
}

#[test]
fn the_window_runs_from_the_first_day_to_the_anniversary() {
    let first = ("2022-01-10", "2022-01-12");
    check(two(first, ("2023-07-08", "2023-07-10")), &ASKED, Met);
    check(two(first, ("2023-07-09", "2023-07-11")), &ASKED, NotMet);
}

#[test]
fn an_older_course_beyond_what_is_asked_does_no_harm() {
    let person = two(("2022-01-10", "2022-01-12"), ("2022-03-01", "2022-03-03"))
        .trained(a_course(3, 20, 0).held("2015-05-01", "2015-05-03"));
    check(person, &ASKED, Met);
}

#[test]
fn a_course_whose_beginning_nobody_knows_proves_no_window() {
    let person = a_provider()
        .trained(a_course(1, 60, 0))
        .with(|provider| provider.training[0].started_on = None);
    assert_eq!(answer(person, &ASKED), Answer::NotEvidenced(Lack::NotDated));
}

#[test]
fn the_window_is_not_judged_before_the_hours_are_complete() {
    let started = a_provider().trained(a_course(1, 25, 0));
    let only_window = [ASKED[0], ("INTERIM_HOURS", "20", "HOURS", ""), ASKED[1]];
    check(started, &only_window, NotEvidenced);
    check(a_provider(), &ASKED, NotEvidenced);
}
