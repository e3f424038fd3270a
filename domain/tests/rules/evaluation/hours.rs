use domain::credential::CredentialKind::DryNeedlingTraining;
use domain::credential::Standing;
use domain::scope::RequirementResult::{Met, NotEvidenced, NotMet};
use domain::scope::{Answer, Lack, Shortfall};

use super::{answer, check, check_one, looked_up_here};
use crate::support::{Course, Person, a_course, a_provider, day, standing};

const TOTAL: (&str, &str, &str, &str) = ("TRAINING_HOURS_TOTAL", "50", "HOURS", "");

fn courses(courses: impl IntoIterator<Item = Course>) -> Person {
    courses.into_iter().fold(a_provider(), Person::trained)
}

#[test]
fn hours_of_courses_one_after_the_other_add_up() {
    let first = a_course(1, 27, 0).held("2025-06-01", "2025-06-03");
    let second = a_course(2, 27, 0).held("2025-06-04", "2025-06-06");
    check(courses([first.clone(), second]), &[TOTAL], Met);
    check(courses([first]), &[TOTAL], NotMet);
}

#[test]
fn a_series_certificate_does_not_double_its_courses() {
    let parts = || {
        [
            a_course(1, 20, 0).held("2025-06-01", "2025-06-03"),
            a_course(2, 20, 0).held("2025-07-01", "2025-07-03"),
        ]
    };
    let series = |hours| a_course(3, hours, 0).held("2025-06-01", "2025-07-03");
    let both = |hours| courses(parts().into_iter().chain([series(hours)]));
    assert_eq!(
        answer(both(40), &[TOTAL]),
        Answer::NotMet(Shortfall::Minutes(40 * 60))
    );
    // Where the series says more than its parts, it counts instead of them.
    check(both(50), &[TOTAL], Met);
    // Nobody sits in two courses at a time, whoever gives them; but that it is one course under two
    // names is not proved either.
    let elsewhere = |hours| courses(parts().into_iter().chain([series(hours).of_issuer(2)]));
    assert_eq!(
        answer(elsewhere(40), &[TOTAL]),
        Answer::NotEvidenced(Lack::Overlapping)
    );
    check(elsewhere(50), &[TOTAL], Met);
    let later = a_course(3, 40, 0).held("2025-08-01", "2025-08-05");
    let other_days = courses(parts().into_iter().chain([later.of_issuer(2)]));
    check(other_days, &[TOTAL], Met);
}

#[test]
fn courses_that_share_a_day_overlap_and_neighbours_do_not() {
    let first = a_course(1, 25, 0).held("2025-06-01", "2025-06-03");
    let touching = a_course(2, 25, 0).held("2025-06-03", "2025-06-05");
    let next = a_course(2, 25, 0).held("2025-06-04", "2025-06-06");
    check(courses([first.clone(), touching]), &[TOTAL], NotMet);
    check(courses([first, next]), &[TOTAL], Met);
}

#[test]
fn each_measure_is_chosen_by_itself() {
    // The long certificate has more hours, the short one more of them in person.
    let long = a_course(1, 10, 50).held("2025-06-01", "2025-06-30");
    let short = a_course(2, 40, 0).held("2025-06-10", "2025-06-12");
    let asked = [
        ("TRAINING_HOURS_TOTAL", "60", "HOURS", ""),
        ("TRAINING_HOURS_IN_PERSON", "40", "hours", ""),
    ];
    check(courses([long, short]), &asked, Met);
}

#[test]
fn undated_courses_neither_prove_nor_disprove_a_sum() {
    let dated = a_course(1, 27, 0);
    let undated = a_course(2, 27, 0).undated();
    let both = courses([dated.clone(), undated.clone()]);
    assert_eq!(answer(both, &[TOTAL]), Answer::NotEvidenced(Lack::NotDated));
    // By itself it counts, and two that are too few together fall short.
    check(courses([a_course(1, 50, 0).undated()]), &[TOTAL], Met);
    let too_few = courses([a_course(1, 20, 0), a_course(2, 20, 0).undated()]);
    check(too_few, &[TOTAL], NotMet);
}

#[test]
fn only_verified_hours_count() {
    for history in [
        Vec::new(),
        vec![standing("2026-11-22", Standing::Verified)],
        vec![standing("2023-11-20", Standing::Verified)],
        vec![
            standing("2026-01-05", Standing::Verified),
            standing("2026-02-05", Standing::Suspended),
        ],
    ] {
        let person = courses([a_course(1, 60, 0).standing(history)]);
        check(person, &[TOTAL], NotEvidenced);
    }
    let expired = courses([a_course(1, 60, 0).expiring("2026-11-20")]);
    check(expired, &[TOTAL], NotEvidenced);
    let on_its_last_day = courses([a_course(1, 60, 0).expiring("2026-11-21")]);
    assert_eq!(
        answer(on_its_last_day, &[TOTAL]),
        Answer::Met {
            until: Some(day("2026-11-21"))
        }
    );
}

#[test]
fn supervised_clinic_is_in_person_and_a_live_line_is_not() {
    let asked = [("TRAINING_HOURS_IN_PERSON", "40", "HOURS", "")];
    let clinic = a_provider()
        .trained(a_course(1, 30, 100))
        .with(|provider| provider.training[0].hours.supervised_clinical_minutes = 10 * 60);
    check(clinic, &asked, Met);
    check(courses([a_course(1, 39, 100)]), &asked, NotMet);
}

#[test]
fn half_hours_are_exact() {
    let asked = [("TRAINING_HOURS_TOTAL", "27.5", "HOURS", "")];
    let minutes = |minutes| {
        a_provider()
            .trained(a_course(1, 0, 0))
            .with(|provider| provider.training[0].hours.in_person_minutes = minutes)
    };
    check(minutes(1_650), &asked, Met);
    check(minutes(1_649), &asked, NotMet);
}

#[test]
fn certificates_that_do_not_say_how_much_prove_nothing_and_disprove_nothing() {
    for kind in [
        "TRAINING_HOURS_THEORY",
        "TRAINING_HOURS_PRACTICAL",
        "TRAINING_HOURS_POSTGRADUATE",
    ] {
        check_one(
            courses([a_course(1, 60, 0)]),
            kind,
            "40",
            "HOURS",
            NotEvidenced,
        );
    }
    check(courses([a_course(1, 0, 0)]), &[TOTAL], NotEvidenced);
    let stated = courses([a_course(1, 60, 0).theory_and_practical(39, 40)]);
    check_one(
        stated.clone(),
        "TRAINING_HOURS_PRACTICAL",
        "40",
        "HOURS",
        Met,
    );
    check_one(stated, "TRAINING_HOURS_THEORY", "40", "HOURS", NotMet);
}

#[test]
fn hours_whose_number_nobody_saw_are_never_met() {
    check_one(
        courses([a_course(1, 999, 0)]),
        "TRAINING_HOURS_TOTAL",
        "",
        "hours",
        NotEvidenced,
    );
}

#[test]
fn a_register_without_any_course_says_that_hours_are_missing() {
    check(a_provider(), &[TOTAL], NotEvidenced);
    let asked = looked_up_here(a_provider(), DryNeedlingTraining);
    check(asked, &[TOTAL], NotMet);
}

#[test]
fn interim_hours_allow_limited_practice_and_are_never_required() {
    let asked = [
        ("INTERIM_HOURS", "30", "HOURS", ""),
        ("TRAINING_HOURS_IN_PERSON", "40", "HOURS", ""),
        TOTAL,
    ];
    check(courses([a_course(1, 29, 0)]), &asked, NotMet);
    // Between the interim figure and the total, hours in person may still be to come.
    assert_eq!(
        answer(courses([a_course(1, 5, 25)]), &asked),
        Answer::NotEvidenced(Lack::LimitedPractice(30 * 60))
    );
    check(courses([a_course(1, 45, 4)]), &asked, NotEvidenced);
    check(courses([a_course(1, 45, 5)]), &asked, Met);
    // The total is reached and too little of it was in person.
    check(courses([a_course(1, 20, 40)]), &asked, NotMet);
    check(a_provider(), &[("INTERIM_HOURS", "30", "HOURS", "")], Met);
}
