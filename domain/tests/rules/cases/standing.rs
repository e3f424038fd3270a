//! Standings: one of each, reached by steps, and what decisions make of them.

use chrono::TimeDelta;
use domain::case::{ActionKind, Approved, Case, CaseId, CaseState, Purpose};
use domain::credential::{CredentialId, Standing, SuspensionKind};
use domain::duty::{Bar, ReasonCode, RefusalCode, TwoPeople};
use domain::policy::Policy;
use domain::standing::{
    self, Action, Effect, Entry, Ground, Guard, Moved, Overturned, Record, Refusal, Stood,
    Suspending, SystemCause,
};

use super::desk::{CREDENTIAL, Desk, actor, now, person, subject, zone};
use crate::support::day;

const EARLIER: CredentialId = CredentialId(6);
const LATER: CredentialId = CredentialId(8);

/// An act by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Follow(Purpose),
    FollowAppeal(Purpose),
    Suspend,
    SuspendFor(SystemCause),
    ReinstateInBulk,
    Supersede,
    Withdraw,
    WithdrawUnderInvestigation,
    MarkInError,
}

impl Act {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Follow(Purpose::Initial),
        Self::Follow(Purpose::Revalidation),
        Self::Follow(Purpose::Correction),
        Self::Follow(Purpose::ForCause),
        Self::Follow(Purpose::Reinstatement),
        Self::FollowAppeal(Purpose::Initial),
        Self::FollowAppeal(Purpose::ForCause),
        Self::Suspend,
        Self::SuspendFor(SystemCause::IssuerTaint),
        Self::ReinstateInBulk,
        Self::Supersede,
        Self::Withdraw,
        Self::WithdrawUnderInvestigation,
        Self::MarkInError,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Follow(Purpose::Initial) => "FOLLOW INITIAL",
            Self::Follow(Purpose::Revalidation) => "FOLLOW REVALIDATION",
            Self::Follow(Purpose::Correction) => "FOLLOW CORRECTION",
            Self::Follow(Purpose::ForCause) => "FOLLOW FOR_CAUSE",
            Self::Follow(_) => "FOLLOW REINSTATEMENT",
            Self::FollowAppeal(Purpose::ForCause) => "FOLLOW APPEAL of a revocation",
            Self::FollowAppeal(_) => "FOLLOW APPEAL of a rejection",
            Self::Suspend => "SUSPEND",
            Self::SuspendFor(_) => "SUSPEND_FOR an issuer's taint",
            Self::ReinstateInBulk => "REINSTATE_IN_BULK",
            Self::Supersede => "SUPERSEDE",
            Self::Withdraw => "WITHDRAW",
            Self::WithdrawUnderInvestigation => "WITHDRAW while a case for cause is open",
            Self::MarkInError => "MARK_IN_ERROR",
        }
    }
}

/// A case about a credential, just approved.
#[track_caller]
pub(crate) fn approved(about: CredentialId, purpose: Purpose) -> Approved {
    let mut desk = Desk::new();
    desk.about = about;
    of_case(desk.case(purpose, CaseState::Approved))
}

/// An appeal against a decision, just approved.
#[track_caller]
pub(crate) fn overturned(purpose: Purpose) -> Approved {
    let desk = Desk::new();
    let decided = match purpose {
        Purpose::ForCause => desk.case(purpose, CaseState::Approved),
        _ => desk.case(purpose, CaseState::Rejected),
    };
    let (_, mut case) = desk.filed(decided.notice_sent(desk.now), CaseId(2));
    for (who, kind) in [
        ("APPEALS", ActionKind::Claim),
        ("APPEALS", ActionKind::Recommend),
        ("OTHER_APPEALS", ActionKind::Approve),
    ] {
        case = desk.does(case, who, kind);
    }
    of_case(case)
}

fn of_case(case: Case) -> Approved {
    match case {
        Case::Approved(approved) => approved,
        other => panic!("{:?}", other.state()),
    }
}

/// Takes a step as of now. Of what takes two people, the other one of compliance proposed it.
pub(crate) fn take(record: Record, who: &str, act: Act) -> Result<Moved, Refusal> {
    let confirmer = match who {
        "SYSTEM" => person("COMPLIANCE"),
        who => person(who),
    };
    // Where the two cannot be, two others are: the door says what is wrong with whoever asks.
    let other = person("OTHER_COMPLIANCE");
    let two = || {
        TwoPeople::new(&other, &confirmer, subject())
            .or_else(|_| TwoPeople::new(&other, &person("COMPLIANCE"), subject()))
    };
    let followed;
    let verified;
    let action = match act {
        Act::Follow(purpose) => {
            followed = approved(record.id, purpose);
            Action::Follow(&followed)
        }
        Act::FollowAppeal(purpose) => {
            followed = overturned(purpose);
            Action::Follow(&followed)
        }
        Act::Suspend => Action::Suspend(suspending()),
        Act::SuspendFor(cause) => Action::SuspendFor(cause),
        Act::ReinstateInBulk => Action::ReinstateInBulk(two()?),
        Act::Supersede => {
            followed = approved(LATER, Purpose::Correction);
            verified = successor(&followed);
            Action::Supersede {
                successor: &verified,
                approved: &followed,
            }
        }
        Act::Withdraw => Action::Withdraw {
            is_under_investigation: false,
        },
        Act::WithdrawUnderInvestigation => Action::Withdraw {
            is_under_investigation: true,
        },
        Act::MarkInError => Action::MarkInError {
            two: two()?,
            reason: Some(ReasonCode::WrongPerson),
        },
    };
    let policy = Policy::default();
    standing::take(record, &actor(who), action, now(), (zone(), &policy))
}

fn successor(approved: &Approved) -> Record {
    let claimed = Record::claimed(LATER, subject(), Some(CREDENTIAL));
    let policy = Policy::default();
    let action = Action::Follow(approved);
    let by = actor("APPROVER");
    let moved = standing::take(claimed, &by, action, now(), (zone(), &policy)).unwrap();
    assert_eq!(moved.effects, [Effect::SupersedeEarlier(CREDENTIAL)]);
    moved.record
}

fn suspending() -> Suspending {
    Suspending {
        kind: SuspensionKind::Safety,
        reason: Some(ReasonCode::Other),
        ground: Ground {
            evidence: vec![[5; 32]],
            words: None,
        },
    }
}

pub(crate) fn claimed() -> Record {
    Record::claimed(CREDENTIAL, subject(), Some(EARLIER))
}

#[track_caller]
fn after(record: Record, who: &str, act: Act) -> Record {
    take(record, who, act).expect("it is in order").record
}

pub(crate) fn verified() -> Record {
    after(claimed(), "APPROVER", Act::Follow(Purpose::Initial))
}

fn tainted() -> Record {
    let act = Act::SuspendFor(SystemCause::IssuerTaint);
    after(verified(), "SYSTEM", act)
}

fn revoked() -> Record {
    after(verified(), "APPROVER", Act::Follow(Purpose::ForCause))
}

/// One record of each standing.
pub(crate) fn every_standing() -> Vec<Record> {
    let standings = vec![
        claimed(),
        verified(),
        tainted(),
        revoked(),
        after(verified(), "PROVIDER", Act::Withdraw),
        after(verified(), "APPROVER", Act::Supersede),
        after(verified(), "COMPLIANCE", Act::MarkInError),
    ];
    let names: Vec<_> = standings.iter().map(Record::standing).collect();
    assert_eq!(names, Standing::ALL);
    standings
}

#[test]
fn a_record_reads_back_as_its_steps_left_it() {
    #[track_caller]
    fn check(steps: &[(&str, Act)]) {
        let mut record = claimed();
        let mut entries: Vec<Entry> = Vec::new();
        let mut annotation = None;
        for (who, act) in steps {
            let moved = take(record, who, *act).unwrap();
            entries.extend(moved.entry);
            record = moved.record;
            if let Stood::Revoked(state) = &record.stood {
                annotation = state.overturned;
            }
        }
        let read = Record::stored(
            (CREDENTIAL, subject()),
            (Some(EARLIER), None),
            &entries,
            annotation,
        );
        assert_eq!(read, record, "{steps:?}");
    }
    let initial = ("APPROVER", Act::Follow(Purpose::Initial));
    let taint = ("SYSTEM", Act::SuspendFor(SystemCause::IssuerTaint));
    let bulk = ("COMPLIANCE", Act::ReinstateInBulk);
    check(&[]);
    check(&[initial]);
    check(&[initial, taint]);
    check(&[initial, taint, bulk]);
    check(&[initial, taint, bulk, taint]);
    check(&[initial, ("COMPLIANCE", Act::Suspend)]);
    check(&[
        initial,
        ("COMPLIANCE", Act::Suspend),
        ("APPROVER", Act::Follow(Purpose::Reinstatement)),
    ]);
    check(&[
        initial,
        ("APPROVER", Act::Follow(Purpose::ForCause)),
        ("OTHER_APPEALS", Act::FollowAppeal(Purpose::ForCause)),
    ]);
    check(&[initial, ("PROVIDER", Act::Withdraw)]);
    check(&[initial, ("APPROVER", Act::Supersede)]);
    check(&[initial, ("COMPLIANCE", Act::MarkInError)]);
}

#[test]
fn case_16_compliance_suspends_alone_and_nobody_reinstates_alone() {
    let moved = take(verified(), "COMPLIANCE", Act::Suspend).unwrap();
    assert_eq!(moved.record.standing(), Standing::Suspended);
    // Ten business days after a Friday.
    let due_on = day("2026-12-04");
    assert_eq!(moved.effects, [Effect::ReviewSuspension { due_on }]);
    // Without a case, only what a taint suspended, and only by two.
    let two = TwoPeople::new(
        &person("COMPLIANCE"),
        &person("OTHER_COMPLIANCE"),
        subject(),
    );
    let policy = Policy::default();
    let action = Action::ReinstateInBulk(two.unwrap());
    let by = actor("OTHER_COMPLIANCE");
    let refused = standing::take(moved.record, &by, action, now(), (zone(), &policy));
    assert_eq!(refused.unwrap_err(), Guard::NotInBulk.into());
    let alone = TwoPeople::new(&person("COMPLIANCE"), &person("COMPLIANCE"), subject());
    assert_eq!(alone, Err(Bar::SeparationOfDuties));
    let refused = take(tainted(), "OTHER_COMPLIANCE", Act::ReinstateInBulk);
    assert_eq!(refused.unwrap_err(), Refusal::SeparationOfDuties);
}

#[test]
fn a_suspension_has_a_reason_and_a_ground() {
    #[track_caller]
    fn check(spoil: impl FnOnce(&mut Suspending), expected: Option<Refusal>) {
        let mut suspending = suspending();
        spoil(&mut suspending);
        let policy = Policy::default();
        let by = actor("COMPLIANCE");
        let action = Action::Suspend(suspending);
        let taken = standing::take(verified(), &by, action, now(), (zone(), &policy));
        assert_eq!(taken.err(), expected);
    }
    check(|_| {}, None);
    check(|it| it.reason = None, Some(Refusal::ReasonRequired));
    check(
        |it| it.ground = Ground::default(),
        Some(Refusal::EvidenceMissing),
    );
    let blank = |it: &mut Suspending| {
        it.ground = Ground {
            evidence: Vec::new(),
            words: Some("  ".into()),
        };
    };
    check(blank, Some(Refusal::EvidenceMissing));
    check(
        |it| {
            it.ground = Ground {
                evidence: Vec::new(),
                words: Some("a needle broke off, reported by telephone".into()),
            };
        },
        None,
    );
}

#[test]
fn case_17_the_system_takes_no_step_upward() {
    for record in every_standing() {
        for act in Act::ALL {
            if let Ok(moved) = take(record.clone(), "SYSTEM", *act) {
                let lowered = (Standing::Verified, Standing::Suspended);
                assert_eq!((record.standing(), moved.record.standing()), lowered);
            }
        }
    }
}

#[test]
fn case_18_an_overturned_revocation_stays_and_another_record_takes_its_place() {
    let act = Act::FollowAppeal(Purpose::ForCause);
    let moved = take(revoked(), "OTHER_APPEALS", act).unwrap();
    assert_eq!(moved.entry, None);
    let Stood::Revoked(state) = &moved.record.stood else {
        panic!("it stays revoked");
    };
    let annotation = Overturned {
        case: CaseId(2),
        at: now(),
    };
    assert_eq!(state.overturned, Some(annotation));
    let [Effect::Replace(replacement)] = &moved.effects[..] else {
        panic!("{:?}", moved.effects);
    };
    let (new, entry) = replacement.clone().record(LATER);
    assert_eq!((new.id, new.replaces), (LATER, Some(CREDENTIAL)));
    assert_eq!(new.standing(), Standing::Verified);
    assert_eq!(
        (entry.standing, entry.case),
        (Standing::Verified, Some(CaseId(2)))
    );
    let again = take(moved.record, "OTHER_APPEALS", act);
    assert_eq!(again.unwrap_err(), Guard::OverturnedBefore.into());
}

#[test]
fn a_decision_takes_effect_once_by_its_maker_and_on_its_credential() {
    let case = approved(CREDENTIAL, Purpose::Initial);
    let policy = Policy::default();
    let follow = |record: Record, who: &str, at| {
        let action = Action::Follow(&case);
        standing::take(record, &actor(who), action, at, (zone(), &policy))
            .map(|moved| moved.record.standing())
            .map_err(|refusal| refusal.code())
    };
    let guard = Err(RefusalCode::GuardFailed);
    assert_eq!(follow(claimed(), "APPROVER", now()), Ok(Standing::Verified));
    let later = now() + TimeDelta::seconds(1);
    assert_eq!(follow(claimed(), "APPROVER", later), guard);
    let forbidden = Err(RefusalCode::Forbidden);
    assert_eq!(follow(claimed(), "VERIFIER", now()), forbidden);
    let other = Record::claimed(LATER, subject(), None);
    assert_eq!(follow(other, "APPROVER", now()), guard);
}

#[test]
fn what_a_taint_holds_back_is_suspended_for_a_second_reason_and_that_one_is_not_lifted_in_bulk() {
    let fraud = Act::SuspendFor(SystemCause::FalseStatement);
    for (who, act, kind) in [
        ("COMPLIANCE", Act::Suspend, SuspensionKind::Safety),
        ("SYSTEM", fraud, SuspensionKind::IntegrityConcern),
    ] {
        let moved = take(tainted(), who, act).unwrap();
        let Stood::Suspended(state) = &moved.record.stood else {
            panic!("{:?}", moved.record.stood);
        };
        assert_eq!(state.kind, kind);
        let Stood::Verified(was) = verified().stood else {
            panic!("it was verified");
        };
        assert_eq!(state.was, Some(was), "what was in force stays known");
        assert_eq!(moved.entry.unwrap().suspension, Some(kind));
        let bulk = take(moved.record.clone(), "COMPLIANCE", Act::ReinstateInBulk);
        assert_eq!(bulk.unwrap_err(), Guard::NotInBulk.into());
        // A third is not written over the second, and no taint over either.
        let taint = Act::SuspendFor(SystemCause::IssuerTaint);
        for (who, act) in [("COMPLIANCE", Act::Suspend), ("SYSTEM", taint)] {
            let again = take(moved.record.clone(), who, act);
            assert_eq!(again.unwrap_err().code(), RefusalCode::IllegalTransition);
        }
    }
}

#[test]
fn nobody_says_issuer_taint_of_one_credential() {
    for record in [verified(), tainted()] {
        let mut suspending = suspending();
        suspending.kind = SuspensionKind::IssuerTaint;
        let policy = Policy::default();
        let action = Action::Suspend(suspending);
        let by = actor("COMPLIANCE");
        let refused = standing::take(record, &by, action, now(), (zone(), &policy)).unwrap_err();
        assert_eq!(refused, Guard::TaintByHand.into());
        assert_eq!(refused.field(), Some("kind"));
    }
}

#[test]
fn a_suspension_is_not_shed_by_taking_the_credential_back() {
    let held = after(verified(), "COMPLIANCE", Act::Suspend);
    let refused = take(held.clone(), "PROVIDER", Act::Withdraw);
    assert_eq!(refused.unwrap_err(), Guard::HeldBySuspension.into());
    let refused = take(held, "COMPLIANCE", Act::Withdraw);
    assert_eq!(refused.unwrap_err(), Refusal::Forbidden);
    // A taint says nothing of the holder, who may take it back.
    let taken_back = after(tainted(), "PROVIDER", Act::Withdraw);
    assert_eq!(taken_back.standing(), Standing::Withdrawn);
}

#[test]
fn a_corrected_paper_lifts_no_suspension() {
    let refused = take(tainted(), "APPROVER", Act::Supersede);
    assert_eq!(refused.unwrap_err().code(), RefusalCode::IllegalTransition);
}

#[test]
fn case_29_what_a_taint_suspended_is_reinstated_by_two_and_is_as_old_as_it_was() {
    let before = verified();
    let moved = take(tainted(), "COMPLIANCE", Act::ReinstateInBulk).unwrap();
    assert_eq!(moved.record.stood, before.stood);
    let entry = moved.entry.unwrap();
    assert_eq!((entry.standing, entry.case), (Standing::Verified, None));
    // A case of its own renews it.
    let reinstated = after(tainted(), "APPROVER", Act::Follow(Purpose::Reinstatement));
    assert_eq!(reinstated.standing(), Standing::Verified);
}

#[test]
fn case_11_nobody_withdraws_a_credential_from_a_case_for_cause() {
    let refused = take(verified(), "PROVIDER", Act::WithdrawUnderInvestigation);
    assert_eq!(refused.unwrap_err().code(), RefusalCode::IllegalTransition);
}
