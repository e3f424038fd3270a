//! N12, and what an approved case makes of an attestation.

use super::*;

#[test]
fn an_appeal_is_in_time_once_and_heard_by_others() {
    fn at(notified_on: Option<NaiveDate>, on: NaiveDate) -> Action<'static> {
        Action::Appeal(AppealDays {
            notified_on,
            on,
            days: 30,
        })
    }
    let provider = actor(Role::Provider);
    let rejected = || every_state().remove(5);
    let late = at(Some(today()), in_days(31));
    refused(rejected(), &provider, late, &Guard::AppealLate.into());
    let untold = at(None, in_days(400));
    assert!(take(rejected(), &provider, untold, now()).is_ok());
    let taken = take(rejected(), &provider, at(Some(today()), in_days(30)), now()).unwrap();
    let [Effect::OpenAppeal(filed)] = &taken.effects[..] else {
        panic!("{:?}", taken.effects);
    };
    assert_eq!(
        filed.barred,
        [SUBJECT_ACCOUNT, person(Role::Verifier).account]
    );
    let again = at(Some(today()), today());
    refused(
        taken.attestation,
        &provider,
        again,
        &Guard::AppealedBefore.into(),
    );
    let invalidated = every_state().remove(6);
    let taken = take(invalidated, &provider, at(Some(today()), today()), now()).unwrap();
    let [Effect::OpenAppeal(filed)] = &taken.effects[..] else {
        panic!("{:?}", taken.effects);
    };
    assert_eq!(
        filed.barred,
        [SUBJECT_ACCOUNT, person(Role::Compliance).account]
    );
}

#[test]
fn what_was_overturned_is_in_force_again_where_it_still_can_be() {
    let acts = Acts::new();
    let officer = actor(Role::Appeals);
    for (state, nth) in [
        (AttestationState::Rejected, 5),
        (AttestationState::Invalidated, 6),
    ] {
        let decided = || every_state().remove(nth);
        let Attestation::Accepted(restored) =
            moved(decided(), &officer, acts.make(ActionKind::Overturn))
        else {
            panic!("nothing stands against {state}");
        };
        assert_eq!(restored.accepted_by, Some(person(Role::Appeals).account));
        assert_eq!(restored.assurance, AttestationAssurance::EvidenceReviewed);
        assert_eq!(restored.valid_until, in_days(120));
        let recalls = RecallTable::new([recall(Some("LOT1"), today())]);
        let stays = [
            Restoring {
                on: in_days(121),
                ..acts.restoring()
            },
            Restoring {
                replaced: true,
                ..acts.restoring()
            },
            Restoring {
                recalls: &recalls,
                ..acts.restoring()
            },
        ];
        for restoring in stays {
            let action = Action::Overturn {
                approved: &acts.appeal,
                restoring,
            };
            let taken = take(decided(), &officer, action, now()).unwrap();
            assert_eq!((taken.attestation, taken.passed), (decided(), vec![]));
        }
    }
}

#[test]
fn a_case_decides_what_it_is_about_once_and_by_whoever_decided_it() {
    let acts = Acts::new();
    let approver = actor(Role::Approver);
    let under_review = || every_state().remove(3);
    let refuse = |case: &Approved| {
        take(
            under_review(),
            &approver,
            Action::RefuseForCause(case),
            now(),
        )
    };
    assert!(refuse(&acts.for_cause).is_ok());
    let mut elsewhere = acts.for_cause.clone();
    elsewhere.pending.submitted.file.about = About::Attestation(AttestationId(2));
    assert_eq!(refuse(&elsewhere), Err(Guard::OtherAttestation.into()));
    let mut earlier = acts.for_cause.clone();
    earlier.decision.at = now() - chrono::Days::new(1);
    assert_eq!(refuse(&earlier), Err(Guard::NotNow.into()));
    let mut silent = acts.for_cause.clone();
    silent.decision.reason = None;
    assert_eq!(refuse(&silent), Err(Refusal::ReasonRequired));
    // An appeal refuses nothing, and a case for cause overturns nothing.
    let officer = actor(Role::Appeals);
    let appeal = Action::RefuseForCause(&acts.appeal);
    refused(
        under_review(),
        &officer,
        appeal,
        &Guard::OtherPurpose.into(),
    );
    let rejected = || every_state().remove(5);
    let overturn = |case| Action::Overturn {
        approved: case,
        restoring: acts.restoring(),
    };
    let purpose = Guard::OtherPurpose.into();
    refused(rejected(), &approver, overturn(&acts.for_cause), &purpose);
    // What a case decided is appealed as its decision, and overturned by an appeal against it alone.
    let by_case = refuse(&acts.for_cause).unwrap().attestation;
    let provider = actor(Role::Provider);
    let decided = Guard::DecidedByCase(CaseId(1)).into();
    refused(
        by_case.clone(),
        &provider,
        acts.make(ActionKind::Appeal),
        &decided,
    );
    refused(by_case.clone(), &officer, overturn(&acts.appeal), &purpose);
    let mut of_case = acts.appeal.clone();
    if let Some(appealed) = &mut of_case.pending.submitted.file.appeals {
        (appealed.case, appealed.purpose) = (Some(CaseId(1)), Some(Purpose::ForCause));
    }
    let restored = moved(by_case, &officer, overturn(&of_case));
    assert_eq!(restored.state(), AttestationState::Accepted);
}

#[test]
fn a_denied_statement_opens_a_case_and_stays_denied_on_appeal() {
    let acts = Acts::new();
    let provider = actor(Role::Provider);
    let mut denying = content();
    denying.answers = denying.answers.with(Statement::S3, Some(false));
    let draft = moved(a_draft(1), &provider, Action::Edit(denying));
    let signed = take(draft, &provider, acts.make(ActionKind::Sign), now()).unwrap();
    let [Effect::OpenCase(denial)] = &signed.effects[..] else {
        panic!("{:?}", signed.effects);
    };
    assert_eq!(denial.statements(), [Statement::S3]);
    let policy = crate::policy::Policy::default();
    let case = crate::case::open_for_denial(CaseId(7), denial, now(), &policy);
    assert_eq!(case.file.about, About::Attestation(AttestationId(1)));
    assert_eq!(case.file.purpose, Purpose::ForCause);
    assert_eq!(
        (case.submission.by, case.file.content.sha256),
        (SUBJECT_ACCOUNT, HASH)
    );
    let rejected = moved(
        signed.attestation,
        &actor(Role::Verifier),
        acts.make(ActionKind::Reject),
    );
    let overturned = moved(
        rejected,
        &actor(Role::Appeals),
        acts.make(ActionKind::Overturn),
    );
    assert_eq!(overturned.state(), AttestationState::Rejected);
}
