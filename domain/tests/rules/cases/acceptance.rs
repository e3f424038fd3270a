//! The acceptance cases of verification.md 9 about cases and duties, by their numbers, as far as the
//! rules alone decide them.

use chrono::{DateTime, Utc};
use domain::case::action::Deciding;
use domain::case::{
    Action, ActionKind, Case, CaseId, CaseState, Effect, Guard, Purpose, Refusal, Signing, Stored,
    is_suspected, open as open_case,
};
use domain::check::{Check, CheckId, CheckOutcome, FieldPath, MismatchField};
use domain::duty::{AccountId, Actor, Person, ReasonCode, RefusalCode, Role, SignatureMeaning};
use domain::place::Jurisdiction;
use domain::policy::Policy;

use super::desk::{Desk, SHA, TODAY, a_check, an_act, an_opening, person, signing, zone};
use crate::support::day;

#[track_caller]
fn refused(desk: &Desk, case: Case, who: &str, kind: ActionKind) -> Refusal {
    let action = an_act(kind, &case);
    desk.take(case, who, action).expect_err("it is refused")
}

#[track_caller]
fn code(desk: &Desk, case: Case, who: &str, kind: ActionKind) -> RefusalCode {
    refused(desk, case, who, kind).code()
}

#[test]
fn case_01_a_verifier_does_not_approve_their_own_case() {
    let desk = Desk::new();
    let pending = desk.case(Purpose::Initial, CaseState::PendingDecision);
    let duties = RefusalCode::SeparationOfDuties;
    for kind in [ActionKind::Approve, ActionKind::Reject, ActionKind::Return] {
        assert_eq!(code(&desk, pending.clone(), "VERIFIER", kind), duties);
    }
    // Nor does the same person with an approver's role.
    let by = Actor::Person(Person {
        role: Role::Approver,
        ..person("VERIFIER")
    });
    let action = an_act(ActionKind::Approve, &pending);
    let taken = domain::case::take(pending, &by, action, desk.now, &desk.facts());
    assert_eq!(taken.unwrap_err(), Refusal::SeparationOfDuties);
}

#[test]
fn one_reviewer_may_do_both_where_the_policy_says_so_and_it_is_recorded() {
    let desk = Desk::of_one_reviewer();
    for purpose in [Purpose::Initial, Purpose::Revalidation, Purpose::Correction] {
        let pending = desk.case(purpose, CaseState::PendingDecision);
        let approved = desk.does(pending.clone(), "VERIFIER", ActionKind::Approve);
        assert!(approved.decision().unwrap().single_reviewer, "{purpose}");
        let by_another = desk.does(pending, "APPROVER", ActionKind::Approve);
        assert!(!by_another.decision().unwrap().single_reviewer, "{purpose}");
    }
    let duties = RefusalCode::SeparationOfDuties;
    for purpose in [Purpose::Reinstatement, Purpose::ForCause] {
        let pending = desk.case(purpose, CaseState::PendingDecision);
        assert_eq!(
            code(&desk, pending, "VERIFIER", ActionKind::Approve),
            duties
        );
    }
    let appeal = desk.case(Purpose::Appeal, CaseState::PendingDecision);
    assert_eq!(code(&desk, appeal, "APPEALS", ActionKind::Approve), duties);
}

#[test]
fn nobody_reviews_or_decides_about_themselves_or_what_they_brought_in() {
    let desk = Desk::of_one_reviewer();
    let submitted = desk.case(Purpose::Initial, CaseState::Submitted);
    let pending = desk.case(Purpose::Initial, CaseState::PendingDecision);
    let subject = person("PROVIDER");
    let as_role = |role, npi, account| {
        Actor::Person(Person {
            account: AccountId(account),
            role,
            npi,
        })
    };
    // The subject under another account, the subject's account in another role, whoever uploaded.
    for (npi, account) in [(subject.npi, 90), (None, subject.account.0)] {
        for (case, role, kind) in [
            (&submitted, Role::Verifier, ActionKind::Claim),
            (&pending, Role::Approver, ActionKind::Approve),
            (&pending, Role::Verifier, ActionKind::Approve),
        ] {
            let by = as_role(role, npi, account);
            let action = an_act(kind, case);
            let taken = domain::case::take(case.clone(), &by, action, desk.now, &desk.facts());
            assert_eq!(
                taken.unwrap_err(),
                Refusal::SeparationOfDuties,
                "{role} {kind}"
            );
        }
    }
    // Whoever declared a conflict.
    let conflicted = desk.does(submitted, "VERIFIER", ActionKind::DeclareConflict);
    let duties = RefusalCode::SeparationOfDuties;
    assert_eq!(
        code(&desk, conflicted, "VERIFIER", ActionKind::Claim),
        duties
    );
    let conflicted = desk.does(pending, "APPROVER", ActionKind::DeclareConflict);
    assert_eq!(
        code(&desk, conflicted, "APPROVER", ActionKind::Approve),
        duties
    );
}

#[test]
fn whoever_ever_held_the_case_or_checked_for_it_does_not_decide_it() {
    let mut desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    let released = desk.does(held, "VERIFIER", ActionKind::Release);
    let taken_up = desk.does(released, "OTHER_VERIFIER", ActionKind::Claim);
    let pending = desk.does(taken_up, "OTHER_VERIFIER", ActionKind::Recommend);
    let approver = |name| {
        Actor::Person(Person {
            role: Role::Approver,
            ..person(name)
        })
    };
    let facts_of = |desk: &Desk, by: &Actor, case: &Case| {
        let action = an_act(ActionKind::Approve, case);
        domain::case::take(case.clone(), by, action, desk.now, &desk.facts())
            .map(|moved| moved.state())
            .map_err(|refusal| refusal.code())
    };
    let duties = Err(RefusalCode::SeparationOfDuties);
    for name in ["VERIFIER", "OTHER_VERIFIER"] {
        assert_eq!(facts_of(&desk, &approver(name), &pending), duties);
    }
    desk.checks[0].performed_by = person("APPROVER").account;
    assert_eq!(facts_of(&desk, &approver("APPROVER"), &pending), duties);
}

#[test]
fn case_02_what_is_decided_is_not_decided_again() {
    let desk = Desk::new();
    let approved = desk.case(Purpose::Initial, CaseState::Approved);
    let found = code(&desk, approved, "APPROVER", ActionKind::Approve);
    assert_eq!(found, RefusalCode::IllegalTransition);
}

#[test]
fn case_04_a_delegate_prepares_and_does_not_submit() {
    let desk = Desk::new();
    let draft = desk.draft(Purpose::Initial);
    let draft = desk.does(draft, "PROVIDER_DELEGATE", ActionKind::Edit);
    let draft = desk.does(draft, "PROVIDER_DELEGATE", ActionKind::Attach);
    let found = code(&desk, draft, "PROVIDER_DELEGATE", ActionKind::Submit);
    assert_eq!(found, RefusalCode::Forbidden);
}

#[test]
fn case_05_a_decision_is_about_one_content() {
    let desk = Desk::new();
    let pending = desk.case(Purpose::Initial, CaseState::PendingDecision);
    let found = code(&desk, pending, "PROVIDER", ActionKind::Edit);
    assert_eq!(found, RefusalCode::IllegalTransition);
    // The way to change it: a verifier asks, the provider answers, and it is another version.
    let asked = desk.case(Purpose::Initial, CaseState::InfoRequested);
    let answered = desk.does(asked, "PROVIDER", ActionKind::SupplyInfo);
    assert_eq!(answered.file().content.version, 2);
    assert_ne!(answered.file().content.sha256, SHA);
    let mut desk = desk;
    desk.checks = vec![a_check(answered.file().id, CheckId(2), 2)];
    let pending = desk.does(answered, "VERIFIER", ActionKind::Recommend);
    let of_old = Action::Approve(Deciding {
        signing: signing(SignatureMeaning::Approval),
        reason: None,
        note: None,
    });
    let stale = desk.take(pending.clone(), "APPROVER", of_old).unwrap_err();
    assert_eq!(stale, Refusal::StaleVersion);
    let approved = desk.does(pending, "APPROVER", ActionKind::Approve);
    let decision = approved.decision().unwrap();
    assert_eq!(
        (decision.content_version, decision.content_sha256),
        (2, [9; 32])
    );
}

#[test]
fn case_06_a_proof_is_as_young_as_the_policy_says_on_the_day_of_the_decision() {
    #[track_caller]
    fn check(cvo: bool, days: i64, expected: Option<RefusalCode>) {
        let mut desk = Desk::new();
        desk.policy.cvo = cvo;
        let pending = desk.case(Purpose::Initial, CaseState::PendingDecision);
        let mut desk = desk.later(days);
        desk.screening.screened_on = Some(desk.now.date_naive());
        let action = an_act(ActionKind::Approve, &pending);
        let taken = desk.take(pending, "APPROVER", action);
        assert_eq!(
            taken.err().map(|refusal| refusal.code()),
            expected,
            "{days}"
        );
    }
    check(false, 120, None);
    check(false, 121, Some(RefusalCode::PsvStale));
    check(true, 90, None);
    check(true, 91, Some(RefusalCode::PsvStale));
}

#[test]
fn case_06_a_decision_by_an_old_policy_stays_what_it_is() {
    let desk = Desk::new();
    let approved = desk.case(Purpose::Initial, CaseState::Approved);
    let mut stored = Stored::from(&approved);
    let decided_at: DateTime<Utc> = "2025-06-30T12:00:00Z".parse().unwrap();
    if let Some(decision) = &mut stored.decision {
        decision.at = decided_at;
        decision.policy_version = 1;
        // 180 days before: the age that held until 1 July 2025.
        decision.psv_as_of = Some(day("2025-01-01"));
    }
    let read = Case::try_from(stored).unwrap();
    let policy = Policy {
        version: 2,
        ..Policy::default()
    };
    let state = read.reading(desk.now, zone(), &policy);
    assert_eq!(state, CaseState::Approved);
    assert_eq!(read.decision().unwrap().policy_version, 1);
}

#[test]
fn case_07_a_completion_to_come_is_judged_by_the_clocks_of_its_place() {
    #[track_caller]
    fn check(
        at: DateTime<Utc>,
        place: Option<Jurisdiction>,
        completed_on: &str,
        expected: Option<Refusal>,
    ) {
        let mut desk = Desk::new();
        desk.now = at;
        desk.content.completed_on = Some(day(completed_on));
        desk.content.issued_on = None;
        if let Some(training) = &mut desk.content.training {
            training.place_jurisdiction = place;
        }
        let draft = desk.draft(Purpose::Initial);
        let draft = desk.does(draft, "PROVIDER", ActionKind::Attach);
        let action = an_act(ActionKind::Submit, &draft);
        let taken = desk.take(draft, "PROVIDER", action);
        assert_eq!(taken.err(), expected, "{place:?} {completed_on}");
    }
    // Half past six in the evening in Denver is half past one of the next day in Greenwich, and of
    // the same day in Guam, which is ahead.
    let at: DateTime<Utc> = "2026-11-21T01:30:00Z".parse().unwrap();
    let future = |on: &str| Some(Refusal::Guard(Guard::FutureDate(day(on))));
    check(at, None, "2026-11-20", None);
    check(at, None, "2026-11-21", future("2026-11-21"));
    check(at, Some(Jurisdiction::Gu), "2026-11-21", None);
    check(
        at,
        Some(Jurisdiction::Gu),
        "2026-11-22",
        future("2026-11-22"),
    );
    check(
        at,
        Some(Jurisdiction::Hi),
        "2026-11-21",
        future("2026-11-21"),
    );
}

#[test]
fn case_08_a_source_that_does_not_answer_is_no_outcome() {
    let mut desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    desk.checks = vec![Check {
        original_outcome: CheckOutcome::SourceUnavailable,
        ..a_check(held.file().id, CheckId(1), 1)
    }];
    for recommendation in [
        domain::case::Recommendation::Approve,
        domain::case::Recommendation::Reject,
    ] {
        let action = Action::Recommend(domain::case::action::Recommending {
            recommendation,
            reason: Some(ReasonCode::NoResponse),
            note: None,
        });
        let refusal = desk.take(held.clone(), "VERIFIER", action).unwrap_err();
        let missing = vec!["holderName", "issuer", "completedOn", "hours"];
        assert_eq!(refusal, Refusal::Unchecked(missing));
    }
    // Asked again, it answers.
    desk.checks.push(a_check(held.file().id, CheckId(2), 1));
    desk.does(held, "VERIFIER", ActionKind::Recommend);
}

#[test]
fn case_09_a_rejection_has_a_reason_and_a_notice_in_time() {
    let desk = Desk::new();
    let pending = desk.case(Purpose::Initial, CaseState::PendingDecision);
    let without = Action::Reject(Deciding {
        signing: signing(SignatureMeaning::Rejection),
        reason: None,
        note: None,
    });
    let refusal = desk.take(pending.clone(), "APPROVER", without).unwrap_err();
    assert_eq!(refusal, Refusal::ReasonRequired);
    let action = an_act(ActionKind::Reject, &pending);
    let moved = desk.take(pending, "APPROVER", action).unwrap();
    let due_on = day("2026-12-20");
    let told = Effect::TellDecision {
        due_on,
        may_appeal: true,
    };
    assert_eq!(moved.effects, [told]);
    let notice = moved.case.notice().unwrap();
    assert!(!notice.is_overdue(due_on));
    assert!(notice.is_overdue(day("2026-12-21")));
    let sent = moved.case.clone().notice_sent(desk.now);
    assert!(!sent.notice().unwrap().is_overdue(day("2027-12-21")));
}

#[test]
fn case_11_nobody_withdraws_from_a_case_for_cause() {
    let desk = Desk::new();
    for state in [
        CaseState::Draft,
        CaseState::Submitted,
        CaseState::InReview,
        CaseState::InfoRequested,
        CaseState::PendingDecision,
    ] {
        let case = desk.case(Purpose::ForCause, state);
        for who in ["PROVIDER", "OTHER_VERIFIER", "VERIFIER"] {
            let found = code(&desk, case.clone(), who, ActionKind::Withdraw);
            assert_eq!(found, RefusalCode::IllegalTransition, "{state} {who}");
        }
    }
}

#[test]
fn a_suspicion_of_fraud_survives_a_withdrawal() {
    let desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    let flagged = desk.does(held, "VERIFIER", ActionKind::FlagFraud);
    let moved = desk.take(flagged, "PROVIDER", Action::Withdraw).unwrap();
    assert_eq!(moved.effects, [Effect::FraudFlagSurvives]);
    assert!(moved.case.file().fraud_flag);
}

#[test]
fn a_suspicion_outlives_what_was_taken_back_until_somebody_decides() {
    let desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    let flagged = desk.does(held, "VERIFIER", ActionKind::FlagFraud);
    let taken_back = desk.does(flagged, "PROVIDER", ActionKind::Withdraw);
    let clear = desk.case(Purpose::Initial, CaseState::Withdrawn);
    let open = desk.case(Purpose::Initial, CaseState::Submitted);
    let decided = desk.case(Purpose::Initial, CaseState::Rejected);
    let of = |cases: &[&Case]| is_suspected(cases.iter().copied());
    assert!(of(&[&taken_back]));
    assert!(of(&[&decided, &taken_back, &clear, &open]));
    assert!(
        !of(&[&taken_back, &decided, &clear]),
        "somebody has decided"
    );
    assert!(!of(&[&clear, &open]) && !of(&[]));
    let mut opening = an_opening(Purpose::Initial);
    opening.is_suspected = true;
    let opened = open_case(&person("PROVIDER"), opening, desk.now, zone(), &desk.policy);
    assert!(opened.unwrap().draft.file.fraud_flag);
}

#[test]
fn case_24_a_name_that_the_issuer_did_not_bear_then_is_no_match_until_somebody_has_looked() {
    for named in [CheckOutcome::NeedsReview, CheckOutcome::Mismatch] {
        let mut desk = Desk::new();
        desk.issuer_named = named;
        let held = desk.case(Purpose::Initial, CaseState::InReview);
        let says = |field: &str, outcome| {
            let mut check = a_check(CaseId(1), CheckId(9), 1);
            check.field = field.parse().unwrap();
            check.original_outcome = outcome;
            if outcome == CheckOutcome::Mismatch {
                check.mismatches = vec![MismatchField::Issuer];
            }
            desk.take(held.clone(), "VERIFIER", Action::RecordCheck(check.into()))
        };
        for field in ["issuer", "*"] {
            let refused = says(field, CheckOutcome::Match).unwrap_err();
            assert_eq!(refused, Guard::IssuerName(named).into(), "{field}");
        }
        assert!(says("hours", CheckOutcome::Match).is_ok());
        assert!(says("issuer", CheckOutcome::NeedsReview).is_ok());
        assert!(says("issuer", CheckOutcome::Mismatch).is_ok());
        // Of a case that does not ask for the issuer nothing is asked of its name.
        let cause = desk.case(Purpose::ForCause, CaseState::InReview);
        let mut check = a_check(CaseId(1), CheckId(9), 1);
        check.field = FieldPath::all();
        let said = desk.take(cause, "VERIFIER", Action::RecordCheck(check.into()));
        assert!(said.is_ok(), "{said:?}");
    }
}

#[test]
fn case_22_sessions_that_took_longer_than_the_law_allows_are_not_submitted() {
    let took = |last: &str, months| {
        let mut desk = Desk::new();
        desk.content.started_on = Some(day("2020-03-01"));
        desk.content.completed_on = Some(day(last));
        desk.content.issued_on = None;
        desk.window_months = months;
        let draft = desk.case(Purpose::Initial, CaseState::Draft);
        let submit = an_act(ActionKind::Submit, &draft);
        desk.take(draft, "PROVIDER", submit).err()
    };
    assert_eq!(took("2023-03-01", Some(36)), None);
    let (from, to) = (day("2020-03-01"), day("2023-03-02"));
    let months = 36;
    let guard = Guard::TookTooLong { from, to, months };
    assert_eq!(took("2023-03-02", Some(36)), Some(guard.into()));
    assert_eq!(took("2023-03-02", None), None, "a law without a window");
}

#[test]
fn case_14_a_revalidation_more_than_thirty_days_late_is_a_first_verification() {
    #[track_caller]
    fn check(due_on: &str, field: &str, expected: Option<Refusal>) {
        let mut desk = Desk::new();
        desk.revalidation_due_on = Some(day(due_on));
        desk.checks[0].field = field.parse().unwrap();
        let held = desk.case(Purpose::Revalidation, CaseState::InReview);
        let action = an_act(ActionKind::Recommend, &held);
        let taken = desk.take(held, "VERIFIER", action);
        assert_eq!(taken.err(), expected, "{due_on}");
    }
    // The issuer says that it still stands.
    check("2026-11-10", "status", None);
    check("2026-10-21", "status", None);
    let all = vec!["holderName", "issuer", "completedOn", "hours"];
    check("2026-10-20", "status", Some(Refusal::Unchecked(all)));
    check("2026-10-20", "*", None);
}

#[test]
fn a_revalidation_of_what_nobody_approved_is_a_first_verification() {
    #[track_caller]
    fn check(approved: Option<[u8; 32]>, field: &str, expected: Option<Refusal>) {
        let mut desk = Desk::new();
        desk.approved_sha256 = approved;
        desk.checks[0].field = field.parse().unwrap();
        let held = desk.case(Purpose::Revalidation, CaseState::InReview);
        let action = an_act(ActionKind::Recommend, &held);
        let taken = desk.take(held, "VERIFIER", action);
        assert_eq!(taken.err(), expected, "{approved:?}");
    }
    check(Some(SHA), "status", None);
    let all = vec!["holderName", "issuer", "completedOn", "hours"];
    let other = Some([77; 32]);
    check(other, "status", Some(Refusal::Unchecked(all)));
    check(other, "*", None);
}

#[test]
fn an_edit_carries_its_version_and_what_is_supplied_comes_after_every_other() {
    let desk = Desk::new();
    let draft = desk.case(Purpose::Initial, CaseState::Draft);
    let edit = Action::Edit {
        version: 4,
        content_sha256: [9; 32],
    };
    let edited = desk.take(draft, "PROVIDER", edit).unwrap().case;
    let content = &edited.file().content;
    assert_eq!((content.version, content.sha256), (4, [9; 32]));
    let asked = desk.case(Purpose::Initial, CaseState::InfoRequested);
    let supplied = |version| {
        let Action::SupplyInfo(mut supplied) = an_act(ActionKind::SupplyInfo, &asked) else {
            panic!("it is what it is called");
        };
        supplied.version = version;
        desk.take(asked.clone(), "PROVIDER", Action::SupplyInfo(supplied))
    };
    assert_eq!(supplied(1).unwrap_err(), Refusal::StaleVersion);
    let moved = supplied(3).unwrap();
    assert_eq!(moved.case.file().content.version, 3);
}

#[test]
fn a_lease_that_has_ended_holds_nobody() {
    let desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    let found = code(&desk, held.clone(), "OTHER_VERIFIER", ActionKind::Claim);
    assert_eq!(found, RefusalCode::IllegalTransition);
    let mut later = desk.clone();
    later.now += chrono::TimeDelta::hours(8) - chrono::TimeDelta::seconds(1);
    later.does(held.clone(), "VERIFIER", ActionKind::Recommend);
    later.now += chrono::TimeDelta::seconds(1);
    let zone = zone();
    assert_eq!(
        held.reading(later.now, zone, &later.policy),
        CaseState::Submitted
    );
    let found = code(&later, held.clone(), "VERIFIER", ActionKind::Recommend);
    assert_eq!(found, RefusalCode::IllegalTransition);
    let taken_up = later.does(held, "OTHER_VERIFIER", ActionKind::Claim);
    assert_eq!(taken_up.file().reviewers.len(), 2);
}

#[test]
fn screening_is_at_most_thirty_days_old_and_nothing_is_open() {
    #[track_caller]
    fn check(spoil: impl FnOnce(&mut Desk), expected: Option<Refusal>) {
        let mut desk = Desk::new();
        let held = desk.case(Purpose::Initial, CaseState::InReview);
        spoil(&mut desk);
        let action = an_act(ActionKind::Recommend, &held);
        let taken = desk.take(held, "VERIFIER", action);
        assert_eq!(taken.err(), expected);
    }
    let screened = |on: &str| {
        let on = day(on);
        move |desk: &mut Desk| desk.screening.screened_on = Some(on)
    };
    check(screened("2026-10-21"), None);
    check(
        screened("2026-10-20"),
        Some(Refusal::ScreeningStale {
            screened_on: Some(day("2026-10-20")),
        }),
    );
    check(
        |desk| desk.screening.screened_on = None,
        Some(Refusal::ScreeningStale { screened_on: None }),
    );
    check(
        |desk| desk.screening.unresolved = 1,
        Some(Refusal::ScreeningOpen),
    );
    check(
        |desk| desk.screening.is_excluded = true,
        Some(Guard::Excluded.into()),
    );
    check(
        |desk| desk.issuer_trust = domain::issuer::TrustLevel::Tainted,
        Some(Guard::IssuerTainted.into()),
    );
}

#[test]
fn only_a_whole_claim_is_submitted() {
    #[track_caller]
    fn check(spoil: impl FnOnce(&mut Desk), signing: Option<Signing>, expected: &Refusal) {
        let mut desk = Desk::new();
        spoil(&mut desk);
        let draft = desk.draft(Purpose::Initial);
        let draft = desk.does(draft, "PROVIDER", ActionKind::Attach);
        let action = match signing {
            Some(signing) => Action::Submit(signing),
            None => an_act(ActionKind::Submit, &draft),
        };
        let taken = desk.take(draft, "PROVIDER", action);
        assert_eq!(taken.as_ref().err(), Some(expected));
    }
    check(
        |desk| desk.content.completed_on = None,
        None,
        &Guard::Incomplete(vec!["completedOn"]).into(),
    );
    check(
        |desk| desk.content.issued_on = Some(day("2025-06-02")),
        None,
        &Guard::IssuedBeforeCompleted.into(),
    );
    let review = Some(signing(SignatureMeaning::Review));
    check(|_| {}, review, &Guard::Meaning.into());
    let mut nameless = signing(SignatureMeaning::Authorship);
    nameless.printed_name = " ".into();
    check(|_| {}, Some(nameless), &Guard::Meaning.into());
    let mut other = signing(SignatureMeaning::Authorship);
    other.content_sha256 = [8; 32];
    check(|_| {}, Some(other), &Refusal::StaleVersion);
    let desk = Desk::new();
    let bare = desk.draft(Purpose::Initial);
    let found = refused(&desk, bare, "PROVIDER", ActionKind::Submit);
    assert_eq!(found, Refusal::NoEvidence);
    assert_eq!(day(TODAY), desk.now.date_naive());
}
