//! Opening cases, one at a time, and appeals: case 10.

use domain::case::{
    Action, ActionKind, Appeal, AppealPapers, Attached, Case, CaseId, CaseState, Guard, Opening,
    Purpose, Refusal, Signing, file_appeal, open,
};
use domain::credential::Standing;
use domain::duty::{Actor, Person, RefusalCode, Role, SignatureMeaning};
use domain::needle::appeal::AppealFiled;

use super::desk::{Desk, SHA, an_act, an_opening, person, signing, subject, zone};

#[track_caller]
fn opened<'a>(
    desk: &Desk,
    who: &str,
    purpose: Purpose,
    change: impl FnOnce(&mut Opening<'a>),
) -> Result<Case, Refusal> {
    let mut opening = an_opening(purpose);
    change(&mut opening);
    open(&person(who), opening, desk.now, zone(), &desk.policy)
        .map(|opened| Case::Draft(opened.draft))
}

#[test]
fn case_10_an_appeal_is_in_time_once_and_heard_by_nobody_who_decided() {
    let desk = Desk::new();
    let untold = desk.case(Purpose::Initial, CaseState::Rejected);
    // Nobody is late for what they were not told of.
    let late = desk.clone().later(400);
    let appealed = late.take(untold.clone(), "PROVIDER", Action::Appeal);
    assert!(appealed.is_ok(), "{appealed:?}");
    let told = untold.notice_sent(desk.now);
    let last_day = desk.clone().later(30);
    let (appealed, case) = last_day.filed(told.clone(), CaseId(2));
    let again = last_day.take(appealed, "PROVIDER", Action::Appeal);
    assert_eq!(again.unwrap_err(), Guard::AppealedBefore.into());
    let too_late = desk
        .clone()
        .later(31)
        .take(told, "PROVIDER", Action::Appeal);
    assert_eq!(too_late.unwrap_err().code(), RefusalCode::GuardFailed);
    // Whoever acted on it, now with an officer's role.
    let duties = RefusalCode::SeparationOfDuties;
    for name in ["APPROVER", "VERIFIER"] {
        let by = Actor::Person(Person {
            role: Role::Appeals,
            ..person(name)
        });
        let facts = last_day.facts();
        let taken = domain::case::take(case.clone(), &by, Action::Claim, last_day.now, &facts);
        assert_eq!(taken.unwrap_err().code(), duties, "{name}");
    }
    let held = last_day.does(case, "APPEALS", ActionKind::Claim);
    let release = an_act(ActionKind::Release, &held);
    last_day.take(held, "APPEALS", release).unwrap();
}

#[test]
fn an_appeal_takes_two_officers_and_is_not_appealed_itself() {
    let desk = Desk::new();
    let pending = desk.case(Purpose::Appeal, CaseState::PendingDecision);
    let action = an_act(ActionKind::Reject, &pending);
    let alone = desk.take(pending.clone(), "APPEALS", action);
    assert_eq!(alone.unwrap_err(), Refusal::SeparationOfDuties);
    let upheld = desk.does(pending, "OTHER_APPEALS", ActionKind::Reject);
    let upheld = upheld.notice_sent(desk.now);
    let refusal = desk.take(upheld, "PROVIDER", Action::Appeal).unwrap_err();
    assert_eq!(refusal, Guard::NotAppealable.into());
    let approved = desk.case(Purpose::Initial, CaseState::Approved);
    let approved = approved.notice_sent(desk.now);
    let refusal = desk.take(approved, "PROVIDER", Action::Appeal).unwrap_err();
    assert_eq!(refusal, Guard::NotAppealable.into());
    // A revocation is a case for cause that was approved.
    let revocation = desk.case(Purpose::ForCause, CaseState::Approved);
    let (_, case) = desk.filed(revocation.notice_sent(desk.now), CaseId(2));
    let appealed = case.file().appeals.as_ref().unwrap();
    assert_eq!(appealed.purpose, Some(Purpose::ForCause));
    assert!(appealed.barred.contains(&person("OTHER_VERIFIER").account));
}

#[test]
fn a_decision_about_an_attestation_is_appealed_the_same_way() {
    let desk = Desk::new();
    let filed = AppealFiled {
        attestation: domain::attestation::AttestationId(3),
        subject: subject(),
        barred: vec![person("APPEALS").account],
    };
    let case = desk.file(Appeal::of_attestation(filed), CaseId(2)).unwrap();
    let refusal = desk.take(case.clone(), "APPEALS", Action::Claim);
    assert_eq!(refusal.unwrap_err(), Refusal::SeparationOfDuties);
    desk.does(case, "OTHER_APPEALS", ActionKind::Claim);
}

#[test]
fn whoever_appeals_signs_for_what_was_decided_about() {
    let desk = Desk::new();
    let filed = AppealFiled {
        attestation: domain::attestation::AttestationId(3),
        subject: subject(),
        barred: Vec::new(),
    };
    let signed_for = |sha256| {
        let papers = AppealPapers {
            id: CaseId(2),
            content_sha256: SHA,
            evidence: Vec::new(),
            signing: Signing {
                content_sha256: sha256,
                ..signing(SignatureMeaning::Authorship)
            },
        };
        let appeal = Appeal::of_attestation(filed.clone());
        file_appeal(&person("PROVIDER"), appeal, papers, desk.now, &desk.policy)
    };
    assert!(signed_for(SHA).is_ok());
    assert_eq!(signed_for([9; 32]), Err(Refusal::StaleVersion));
}

#[test]
fn a_case_is_opened_by_those_it_concerns() {
    let desk = Desk::new();
    let code = |who: &str, purpose| {
        opened(&desk, who, purpose, |_| {})
            .map(|case| case.state())
            .map_err(|refusal| refusal.code())
    };
    let (draft, forbidden) = (Ok(CaseState::Draft), Err(RefusalCode::Forbidden));
    for purpose in [
        Purpose::Initial,
        Purpose::Revalidation,
        Purpose::Correction,
        Purpose::Reinstatement,
    ] {
        assert_eq!(code("PROVIDER", purpose), draft);
        assert_eq!(code("PROVIDER_DELEGATE", purpose), draft);
        for who in ["STRANGER", "VERIFIER", "APPROVER", "COMPLIANCE", "ADMIN"] {
            assert_eq!(code(who, purpose), forbidden, "{who} {purpose}");
        }
    }
    assert_eq!(code("VERIFIER", Purpose::ForCause), draft);
    assert_eq!(code("PROVIDER", Purpose::ForCause), forbidden);
    let appeal = code("PROVIDER", Purpose::Appeal);
    assert_eq!(appeal, Err(RefusalCode::GuardFailed));
}

#[test]
fn a_purpose_fits_the_standing() {
    #[track_caller]
    fn check(purpose: Purpose, fits: &[Standing]) {
        let desk = Desk::new();
        let who = match purpose {
            Purpose::ForCause => "VERIFIER",
            _ => "PROVIDER",
        };
        for standing in Standing::ALL {
            let found = opened(&desk, who, purpose, |opening| opening.standing = *standing);
            assert_eq!(
                found.is_ok(),
                fits.contains(standing),
                "{purpose} {standing}"
            );
        }
    }
    check(Purpose::Initial, &[Standing::Unverified]);
    check(Purpose::Correction, &[Standing::Unverified]);
    check(Purpose::Revalidation, &[Standing::Verified]);
    check(
        Purpose::ForCause,
        &[Standing::Verified, Standing::Suspended],
    );
    check(Purpose::Reinstatement, &[Standing::Suspended]);
}

#[test]
fn one_case_of_a_purpose_is_open_and_a_lapsed_one_gives_way() {
    let desk = Desk::new();
    for state in [
        CaseState::Draft,
        CaseState::Submitted,
        CaseState::InReview,
        CaseState::InfoRequested,
        CaseState::PendingDecision,
    ] {
        let existing = desk.case(Purpose::Initial, state);
        let found = opened(&desk, "PROVIDER", Purpose::Initial, |opening| {
            opening.existing = Some(existing);
        });
        assert_eq!(found.unwrap_err(), Guard::OpenCase.into(), "{state}");
    }
    // Due in 30 days, and 30 more: on the 61st day nobody waits any longer.
    let asked = desk.case(Purpose::Initial, CaseState::InfoRequested);
    let asked = flagged(&desk, asked);
    let in_time = desk.clone().later(60);
    in_time.does(asked.clone(), "PROVIDER", ActionKind::SupplyInfo);
    let later = desk.clone().later(61);
    let reading = asked.reading(later.now, zone(), &later.policy);
    assert_eq!(reading, CaseState::Lapsed);
    let mut opening = an_opening(Purpose::Initial);
    opening.id = CaseId(2);
    opening.existing = Some(asked);
    let opened = open(
        &person("PROVIDER"),
        opening,
        later.now,
        zone(),
        &later.policy,
    );
    let opened = opened.unwrap();
    let closed = Case::Lapsed(opened.closed.unwrap());
    assert_eq!(closed.state(), CaseState::Lapsed);
    assert_eq!(opened.draft.file.reopens, Some(CaseId(1)));
    assert!(opened.draft.file.fraud_flag, "a suspicion does not lapse");
}

fn flagged(desk: &Desk, case: Case) -> Case {
    desk.does(case, "VERIFIER", ActionKind::FlagFraud)
}

#[test]
fn nothing_lapses_before_the_person_was_told() {
    let desk = Desk::new();
    let held = desk.case(Purpose::Initial, CaseState::InReview);
    let untold = desk.does(held, "VERIFIER", ActionKind::RequestInfo);
    let later = desk.clone().later(400);
    let reading = untold.reading(later.now, zone(), &later.policy);
    assert_eq!(reading, CaseState::InfoRequested);
}

#[test]
fn a_closed_case_is_taken_up_again_by_another() {
    let desk = Desk::new();
    let withdrawn = desk.case(Purpose::Initial, CaseState::Withdrawn);
    let found = opened(&desk, "PROVIDER", Purpose::Initial, |opening| {
        opening.reopens = Some(&withdrawn);
    });
    assert_eq!(found.unwrap().file().reopens, Some(CaseId(1)));
    let pending = desk.case(Purpose::Initial, CaseState::PendingDecision);
    let found = opened(&desk, "PROVIDER", Purpose::Initial, |opening| {
        opening.reopens = Some(&pending);
    });
    assert_eq!(found.unwrap_err(), Guard::Reopens.into());
}

#[test]
fn the_same_file_twice_is_one_and_its_first_uploader_stays() {
    let desk = Desk::new();
    let attach = |uploaded_by| {
        Action::Attach(Attached {
            sha256: [2; 32],
            uploaded_by,
        })
    };
    let delegate = person("PROVIDER_DELEGATE").account;
    let draft = desk.draft(Purpose::Initial);
    let draft = desk.take(draft, "PROVIDER_DELEGATE", attach(delegate));
    let again = attach(person("PROVIDER").account);
    let twice = desk.take(draft.unwrap().case, "PROVIDER", again).unwrap();
    assert_eq!(twice.case.file().evidence.len(), 1);
    assert_eq!(twice.case.file().uploaders(), [delegate]);
}
