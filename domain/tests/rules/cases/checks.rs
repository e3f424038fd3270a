//! What checks have to be, and what they say together.

use domain::case::{Action, ActionKind, CaseId, CaseState, Effect, Guard, Purpose, Refusal};
use domain::check::{Check, CheckId, CheckOutcome, CheckSourceKind, InvalidCheck, changed};
use domain::license::MismatchField;
use domain::place::Jurisdiction;

use super::desk::{Desk, a_check, a_training, an_act};
use crate::support::{day, noon};

fn of_field(id: i64, field: &str) -> Check {
    Check {
        field: field.parse().unwrap(),
        ..a_check(CaseId(1), CheckId(id), 1)
    }
}

#[track_caller]
fn recommended(checks: Vec<Check>, expected: Option<Refusal>) {
    let mut desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    desk.checks = checks;
    let action = an_act(ActionKind::Recommend, &held);
    assert_eq!(desk.take(held, "VERIFIER", action).err(), expected);
}

#[test]
fn every_required_field_has_an_answer_and_one_is_proved() {
    let all = ["holderName", "issuer", "completedOn", "hours"];
    let each = |spoil: fn(&mut Check)| {
        let checks = all.iter().zip(1..).map(|(field, id)| {
            let mut check = of_field(id, field);
            spoil(&mut check);
            check
        });
        checks.collect::<Vec<_>>()
    };
    recommended(each(|_| {}), None);
    let three = each(|_| {}).split_off(1);
    recommended(three, Some(Refusal::Unchecked(vec!["holderName"])));
    let second_hand = each(|check| check.source.kind = CheckSourceKind::Secondary);
    recommended(second_hand, Some(Refusal::NotProved));
    let unclear = each(|check| check.original_outcome = CheckOutcome::NeedsReview);
    recommended(unclear, Some(Refusal::Unchecked(all.to_vec())));
    recommended(Vec::new(), Some(Refusal::Unchecked(all.to_vec())));
}

#[test]
fn what_a_source_contradicts_is_not_approved_until_somebody_explains_it() {
    let mismatch = Check {
        original_outcome: CheckOutcome::Mismatch,
        mismatches: vec![MismatchField::Name],
        performed_at: noon("2026-11-20") + chrono::TimeDelta::hours(1),
        ..of_field(2, "holderName")
    };
    let whole = a_check(CaseId(1), CheckId(1), 1);
    let contradicted = Guard::Contradicted(vec!["holderName".into()]);
    recommended(
        vec![whole.clone(), mismatch.clone()],
        Some(contradicted.into()),
    );
    let mut desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    desk.checks.push(mismatch.clone());
    let resolve = |outcome| Action::ResolveCheck {
        check: CheckId(2),
        outcome,
    };
    let open = desk.take(held.clone(), "VERIFIER", resolve(CheckOutcome::NeedsReview));
    let refusal = Refusal::from(Guard::from(InvalidCheck::NoResolution));
    assert_eq!(open.unwrap_err(), refusal);
    let moved = desk.take(held.clone(), "VERIFIER", resolve(CheckOutcome::Match));
    let [Effect::CheckResolved(resolved)] = &moved.unwrap().effects[..] else {
        panic!("one effect");
    };
    // A former name: the first outcome stays beside it.
    assert_eq!(resolved.original_outcome, CheckOutcome::Mismatch);
    assert_eq!(resolved.outcome(), CheckOutcome::Match);
    desk.checks[1] = (**resolved).clone();
    let again = desk.take(held, "VERIFIER", resolve(CheckOutcome::NotFound));
    let refusal = Refusal::from(Guard::from(InvalidCheck::NotOpen));
    assert_eq!(again.unwrap_err(), refusal);
    recommended(vec![whole, (**resolved).clone()], None);
}

#[test]
fn a_source_that_fails_undoes_no_earlier_answer() {
    let silent = Check {
        original_outcome: CheckOutcome::SourceUnavailable,
        performed_at: noon("2026-11-20") + chrono::TimeDelta::hours(1),
        ..of_field(2, "*")
    };
    recommended(vec![a_check(CaseId(1), CheckId(1), 1), silent], None);
}

#[test]
fn a_check_of_what_was_changed_since_is_repeated() {
    let mut desk = Desk::new();
    desk.checks = vec![of_field(1, "issuer"), of_field(2, "hours")];
    let asked = {
        let held = desk.case(Purpose::Initial, CaseState::InReview);
        let asked = desk.does(held, "VERIFIER", ActionKind::RequestInfo);
        asked.notice_sent(desk.now)
    };
    let supplied = domain::case::action::Supplied {
        version: 2,
        content_sha256: [9; 32],
        changed: vec!["hours.inPersonMinutes".parse().unwrap()],
        evidence: Vec::new(),
    };
    let moved = desk.take(asked, "PROVIDER", Action::SupplyInfo(supplied));
    let moved = moved.unwrap();
    assert_eq!(moved.effects, [Effect::ChecksToRepeat(vec![CheckId(2)])]);
    let content = &moved.case.file().content;
    assert!(content.still_holds(&"issuer".parse().unwrap(), 1));
    assert!(!content.still_holds(&"hours".parse().unwrap(), 1));
    assert!(!content.still_holds(&"*".parse().unwrap(), 1));
    assert!(content.still_holds(&"hours".parse().unwrap(), 2));
    assert!(!content.still_holds(&"hours".parse().unwrap(), 3));
    let refusal = desk.take(
        moved.case.clone(),
        "VERIFIER",
        an_act(ActionKind::Recommend, &moved.case),
    );
    let missing = vec!["holderName", "completedOn", "hours"];
    assert_eq!(refusal.unwrap_err(), Refusal::Unchecked(missing));
}

#[test]
fn the_fields_in_which_two_versions_differ_are_named_as_checks_name_them() {
    let before = a_training();
    let mut after = before.clone();
    assert_eq!(changed(&before, &after), []);
    after.title = "Dry Needling 2".into();
    after.training.as_mut().unwrap().hours.in_person_minutes = 1;
    let names: Vec<_> = changed(&before, &after)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["title", "hours"]);
    after.training = None;
    let names: Vec<_> = changed(&before, &after)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["title", "hours"]);
}

#[test]
fn whether_it_is_in_force_is_asked_again_of_another_paper() {
    #[track_caller]
    fn check(spoil: impl FnOnce(&mut domain::content::Content), is_another: bool) {
        let before = a_training();
        let mut after = before.clone();
        spoil(&mut after);
        let fields = changed(&before, &after);
        for asked in ["status", "result"] {
            let is_asked = fields.iter().any(|field| field.covers(asked));
            assert_eq!(is_asked, is_another, "{asked}: {fields:?}");
        }
    }
    check(|it| it.number = Some("another".into()), true);
    check(|it| it.jurisdiction = Some(Jurisdiction::Nv), true);
    check(|it| it.names = Some("another".into()), true);
    check(
        |it| it.kind = domain::credential::CredentialKind::Degree,
        true,
    );
    check(|it| it.issued_on = Some(day("2001-01-01")), true);
    check(|it| it.expires_on = Some(day("2031-01-01")), true);
    check(|it| it.title = "another".into(), false);
    check(|it| it.holder_name = Some("another".into()), false);
}

#[test]
fn a_check_says_whose_word_it_is() {
    #[track_caller]
    fn check(spoil: impl FnOnce(&mut Check), expected: Option<InvalidCheck>) {
        let mut made = of_field(1, "issuer");
        spoil(&mut made);
        assert_eq!(made.validate(day("2026-11-20")).err(), expected);
    }
    check(|_| {}, None);
    check(
        |check| check.source.as_of = day("2026-11-21"),
        Some(InvalidCheck::AsOfAfterLook),
    );
    check(
        |check| check.source.kind = CheckSourceKind::Delegate,
        Some(InvalidCheck::NoAgreement),
    );
    check(
        |check| check.source.kind = CheckSourceKind::AgentOfPrimary,
        Some(InvalidCheck::NoContract),
    );
    check(
        |check| check.original_outcome = CheckOutcome::Mismatch,
        Some(InvalidCheck::NoMismatchNamed),
    );
    check(
        |check| check.mismatches.push(MismatchField::Name),
        Some(InvalidCheck::MismatchNamed),
    );
}

#[test]
fn a_check_is_recorded_by_whoever_holds_the_case_against_the_content_as_it_is() {
    let desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    let record = |spoil: fn(&mut Check)| {
        let mut check = a_check(CaseId(1), CheckId(5), 1);
        spoil(&mut check);
        desk.take(held.clone(), "VERIFIER", Action::RecordCheck(check.into()))
            .err()
    };
    assert_eq!(record(|_| {}), None);
    let elsewhere = Some(Refusal::from(Guard::CheckElsewhere));
    assert_eq!(record(|check| check.case = CaseId(2)), elsewhere);
    assert_eq!(record(|check| check.content_version = 2), elsewhere);
    assert_eq!(
        record(|check| check.performed_by = domain::duty::AccountId(4)),
        elsewhere
    );
}
