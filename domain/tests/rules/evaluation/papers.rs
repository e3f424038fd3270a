use domain::credential::CredentialKind::{
    CleanNeedleTechnique, Degree, DryNeedlingTraining, ExamResult, NationalCertification,
    RequirementProof, StateEndorsement, StatePermit, SupervisedSessionsLog,
};
use domain::license::{BoardStatus, CheckOutcome};
use domain::place::Jurisdiction::{Co, Fl};
use domain::scope::RequirementResult::{Met, NotEvidenced, NotMet};
use domain::scope::{Answer, Lack};
use domain::taxonomy::Discipline::{Acupuncturist, PhysicalTherapist};

use super::{answer, check, check_one, looked_up_elsewhere, looked_up_here};
use crate::support::{a_course, a_provider, check as board_check, day};

#[test]
fn years_are_counted_from_the_earliest_confirmed_license() {
    let years = |unit, person, expected| check_one(person, "YEARS_LICENSED", "2", unit, expected);
    let licensed =
        |jurisdiction, since| a_provider().licensed_since(PhysicalTherapist, jurisdiction, since);
    years("YEARS", licensed(Co, "2024-11-21"), Met);
    years("years", licensed(Co, "2024-11-22"), NotMet);
    // Elsewhere counts too, unless the state counts its own years only.
    let moved = || licensed(Co, "2026-01-01").licensed_since(PhysicalTherapist, Fl, "2010-01-01");
    years("YEARS", moved(), Met);
    years("YEARS_IN_STATE", moved(), NotMet);
    years("years_in_state", licensed(Fl, "2010-01-01"), NotEvidenced);
    // Another profession's years are not this one's, nor is anybody's own word.
    let other = a_provider().licensed_since(Acupuncturist, Co, "2010-01-01");
    years("YEARS", other, NotEvidenced);
    let claimed = a_provider()
        .claiming_license(PhysicalTherapist, Co)
        .license(|license| license.issued_on = Some(day("2010-01-01")));
    years("YEARS", claimed, NotEvidenced);
    let not_found = licensed(Co, "2010-01-01").checked(vec![board_check(
        "2026-11-10",
        CheckOutcome::NotFound,
        BoardStatus::NotFound,
    )]);
    years("YEARS", not_found, NotEvidenced);
}

#[test]
fn a_dual_license_is_active_there() {
    let dual =
        |person, expected| check_one(person, "DUAL_LICENSE", "ACUPUNCTURIST", "TEXT", expected);
    dual(a_provider().licensed(Acupuncturist, Co), Met);
    dual(a_provider().licensed(Acupuncturist, Fl), NotEvidenced);
    dual(
        a_provider().claiming_license(Acupuncturist, Co),
        NotEvidenced,
    );
    let revoked = board_check("2024-01-01", CheckOutcome::Match, BoardStatus::Revoked);
    dual(
        a_provider()
            .licensed(Acupuncturist, Co)
            .checked(vec![revoked]),
        NotMet,
    );
}

#[test]
fn a_degree_or_a_license_since_a_day_stands_in() {
    let asked = |value, unit, person, expected| {
        check_one(person, "DEGREE_OR_LICENSED_SINCE", value, unit, expected);
    };
    let since = |on| a_provider().licensed_since(PhysicalTherapist, Co, on);
    asked("2008-06-30", "DATE", since("2008-06-30"), Met);
    asked("2008-06-30", "DATE", since("2008-07-01"), NotMet);
    asked("2003", "DATE", since("2003-12-31"), Met);
    asked("2003", "DATE", since("2004-01-01"), NotMet);
    let elsewhere = a_provider().licensed_since(PhysicalTherapist, Fl, "2000-01-01");
    asked("2003", "DATE", elsewhere, NotEvidenced);
    let degree = |name| a_provider().proving(Degree, name);
    asked("DOCTORATE", "TEXT", degree("doctorate"), Met);
    asked("DOCTORATE", "TEXT", degree("MASTER"), NotMet);
    asked("DOCTORATE", "TEXT", degree("DEGREE_TRAINING"), NotEvidenced);
    asked("DEGREE_TRAINING", "TEXT", degree("DEGREE_TRAINING"), Met);
    // Whether a degree held the training, its level does not say.
    asked("DEGREE_TRAINING", "TEXT", degree("MASTER"), NotEvidenced);
}

#[test]
fn an_approved_course_is_approved_by_the_body_named_or_by_any() {
    let approved = || a_provider().trained(a_course(1, 10, 0).approved_by("APTA"));
    for any in ["REQUIRED", "BOARD", "YES", ""] {
        check_one(approved(), "APPROVED_COURSE", any, "", Met);
    }
    check_one(approved(), "APPROVED_COURSE", "APTA", "TEXT", Met);
    check_one(approved(), "APPROVED_COURSE", "FSBPT", "TEXT", NotEvidenced);
    let unapproved = || a_provider().trained(a_course(1, 10, 0));
    check_one(unapproved(), "APPROVED_COURSE", "YES", "", NotEvidenced);
    check_one(
        looked_up_here(unapproved(), DryNeedlingTraining),
        "APPROVED_COURSE",
        "YES",
        "",
        NotMet,
    );
}

#[test]
fn examinations_are_named_or_counted() {
    let passed = |names: &[&str]| {
        names.iter().fold(a_provider(), |person, name| {
            person.proving(ExamResult, name)
        })
    };
    check_one(passed(&["WRITTEN"]), "EXAM", "WRITTEN", "TEXT", Met);
    check_one(
        passed(&["WRITTEN"]),
        "EXAM",
        "PRACTICAL",
        "TEXT",
        NotEvidenced,
    );
    check_one(passed(&["anything"]), "EXAM", "REQUIRED", "TEXT", Met);
    check_one(passed(&["anything"]), "EXAM", "1", "exam", Met);
    check_one(passed(&["one", "two"]), "EXAM", "2", "exams", Met);
    assert_eq!(
        answer(passed(&["one"]), &[("EXAM", "2", "exams", "")]),
        Answer::NotEvidenced(Lack::Incomplete)
    );
    check_one(
        looked_up_here(passed(&["one"]), ExamResult),
        "EXAM",
        "2",
        "exams",
        NotMet,
    );
    check_one(
        passed(&[]).looked_up(ExamResult, Some("NBCE"), None, false),
        "EXAM",
        "NBCE",
        "TEXT",
        NotMet,
    );
    check_one(
        passed(&[]).looked_up(ExamResult, Some("NBCE"), None, false),
        "EXAM",
        "NCCAOM",
        "TEXT",
        NotEvidenced,
    );
    let as_acupuncturist = passed(&["WRITTEN"])
        .with(|provider| provider.credentials[0].discipline = Some(Acupuncturist));
    check_one(as_acupuncturist, "EXAM", "WRITTEN", "TEXT", NotEvidenced);
}

#[test]
fn national_certification_is_a_paper_of_that_kind() {
    let certified = a_provider().proving(NationalCertification, "Diplomate");
    check_one(certified.clone(), "NATIONAL_CERTIFICATION", "", "", Met);
    check_one(
        a_provider().proving(CleanNeedleTechnique, "Diplomate"),
        "NATIONAL_CERTIFICATION",
        "",
        "",
        NotEvidenced,
    );
}

#[test]
fn sessions_are_those_of_one_log() {
    let sessions =
        |person, expected| check_one(person, "SUPERVISED_SESSIONS", "25", "SESSIONS", expected);
    sessions(a_provider(), NotEvidenced);
    sessions(a_provider().supervised(25), Met);
    sessions(a_provider().supervised(24), NotMet);
    // Two logs may tell of the same sessions.
    sessions(a_provider().supervised(20).supervised(20), NotEvidenced);
    sessions(a_provider().supervised(10).supervised(10), NotMet);
    let unsaid = a_provider().proving(SupervisedSessionsLog, "log");
    sessions(unsaid, NotEvidenced);
    sessions(looked_up_here(a_provider(), SupervisedSessionsLog), NotMet);
}

#[test]
fn other_requirements_are_proved_by_their_name_or_not_at_all() {
    let proof = |name| a_provider().proving(RequirementProof, name);
    check_one(proof("CPR"), "OTHER", "CPR", "TEXT", Met);
    check_one(
        proof("CPR"),
        "OTHER",
        "PROOF_TO_BOARD",
        "TEXT",
        NotEvidenced,
    );
    check_one(proof("50 HOURS"), "OTHER", "50", "HOURS", Met);
    check_one(proof("50"), "OTHER", "50", "HOURS", NotEvidenced);
    check_one(proof("anything"), "OTHER", "", "", NotEvidenced);
    let in_vain = a_provider().looked_up(RequirementProof, Some("CPR"), None, false);
    check_one(in_vain, "OTHER", "CPR", "TEXT", NotMet);
    check_one(
        proof("ADVERSE_EVENT_REPORTING"),
        "ADVERSE_EVENT_REPORTING",
        "YES",
        "",
        Met,
    );
    // What was proved to another state's board was not proved to this one's.
    let elsewhere = a_provider().endorsed(RequirementProof, "PROOF_TO_BOARD", Fl);
    check_one(elsewhere, "OTHER", "PROOF_TO_BOARD", "TEXT", NotEvidenced);
}

#[test]
fn a_states_paper_satisfies_the_whole_rule_that_asks_for_it() {
    let asked = [
        ("STATE_ENDORSEMENT", "REGISTRATION", "TEXT", ""),
        ("TRAINING_HOURS_TOTAL", "300", "HOURS", ""),
        ("OTHER", "", "", ""),
    ];
    let registered = |name, jurisdiction| {
        a_provider()
            .trained(a_course(1, 10, 0))
            .endorsed(StateEndorsement, name, jurisdiction)
    };
    check(registered("REGISTRATION", Co), &asked, Met);
    // Without a name of its own it is taken by its kind; with another it is another paper.
    let unnamed = registered("", Co).with(|provider| provider.credentials[0].names = None);
    check(unnamed, &asked, Met);
    check(registered("LETTER", Co), &asked, NotMet);
    check(registered("REGISTRATION", Fl), &asked, NotMet);
    // A permit is not an endorsement, and a rule that asks for no paper is not satisfied by one.
    let permit = a_provider().endorsed(StatePermit, "REGISTRATION", Co);
    check(permit, &asked, NotEvidenced);
    check(
        registered("REGISTRATION", Co),
        &[("TRAINING_HOURS_TOTAL", "300", "HOURS", "")],
        NotMet,
    );
}

#[test]
fn a_register_speaks_for_its_own_state_and_its_last_word_counts() {
    let asked = [("STATE_PERMIT", "YES", "", "")];
    check(looked_up_here(a_provider(), StatePermit), &asked, NotMet);
    check(
        looked_up_elsewhere(a_provider(), StatePermit),
        &asked,
        NotEvidenced,
    );
    let later_found = looked_up_here(a_provider(), StatePermit)
        .looked_up(StatePermit, None, Some(Co), true)
        .with(|provider| {
            provider.lookups[1].looked_up_at = crate::support::noon("2026-11-13");
        });
    check(later_found, &asked, NotEvidenced);
    let tomorrow = looked_up_here(a_provider(), StatePermit).with(|provider| {
        provider.lookups[0].looked_up_at = crate::support::noon("2026-11-22");
    });
    check(tomorrow, &asked, NotEvidenced);
}

#[test]
fn a_register_that_has_no_such_paper_since_its_verification_beats_it() {
    // Verified on 5 January 2026.
    let looked_up = |on: &str, names, state, found| {
        a_provider()
            .endorsed(StatePermit, "PERMIT", Co)
            .looked_up(StatePermit, names, state, found)
            .with(|provider| provider.lookups[0].looked_up_at = crate::support::noon(on))
    };
    for asked in [
        [("STATE_PERMIT", "YES", "", "")],
        [("STATE_PERMIT", "PERMIT", "TEXT", "")],
    ] {
        check(
            looked_up("2026-11-12", None, Some(Co), false),
            &asked,
            NotMet,
        );
        check(
            looked_up("2026-11-12", Some("PERMIT"), Some(Co), false),
            &asked,
            NotMet,
        );
        check(looked_up("2026-01-04", None, Some(Co), false), &asked, Met);
        check(looked_up("2026-11-12", None, Some(Fl), false), &asked, Met);
        check(
            looked_up("2026-11-12", Some("LETTER"), Some(Co), false),
            &asked,
            Met,
        );
        check(looked_up("2026-11-12", None, Some(Co), true), &asked, Met);
        check(looked_up("2026-11-22", None, Some(Co), false), &asked, Met);
    }
}

#[test]
fn one_of_each_group_will_do_and_all_must_fall_short_to_fail() {
    let asked = [
        ("EXAM", "NBCE", "TEXT", "way"),
        ("TRAINING_HOURS_TOTAL", "100", "HOURS", "way"),
        ("OTHER", "CPR", "TEXT", ""),
    ];
    let person = |hours| {
        a_provider()
            .trained(a_course(1, hours, 0))
            .proving(RequirementProof, "CPR")
    };
    check(person(100), &asked, Met);
    check(person(10).proving(ExamResult, "NBCE"), &asked, Met);
    // The hours fall short, and nobody knows of the examination.
    check(person(10), &asked, NotEvidenced);
    let neither = person(10).looked_up(ExamResult, None, None, false);
    check(neither, &asked, NotMet);
    // What has no alternative is asked for all the same.
    let without_cpr = a_provider().trained(a_course(1, 100, 0));
    check(without_cpr, &asked, NotEvidenced);
}

#[test]
fn what_is_repeated_in_two_groups_stands_in_for_both() {
    // (hours and examination) or degree: the degree is an alternative to each.
    let asked = [
        ("TRAINING_HOURS_TOTAL", "12", "HOURS", "hours_or_degree"),
        (
            "DEGREE_OR_LICENSED_SINCE",
            "DEGREE_TRAINING",
            "TEXT",
            "hours_or_degree",
        ),
        ("EXAM", "WRITTEN", "TEXT", "exam_or_degree"),
        (
            "DEGREE_OR_LICENSED_SINCE",
            "DEGREE_TRAINING",
            "TEXT",
            "exam_or_degree",
        ),
    ];
    check(a_provider().proving(Degree, "DEGREE_TRAINING"), &asked, Met);
    let trained = || a_provider().trained(a_course(1, 12, 0));
    check(trained(), &asked, NotEvidenced);
    check(trained().proving(ExamResult, "WRITTEN"), &asked, Met);
}
