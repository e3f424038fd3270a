//! N6, N9 and N10: what people say of what was signed, and what gives way.

use chrono::Days;

use super::*;

#[test]
fn a_reviewer_needs_distance_and_evidence() {
    let acts = Acts::new();
    let under_review = || every_state().remove(3);
    let verifier = actor(Role::Verifier);
    let apart = Refusal::SeparationOfDuties;
    // A verifier who is the subject, who signed, who brought the evidence.
    let own = Person {
        npi: Some(subject()),
        ..person(Role::Verifier)
    };
    let signer = Person {
        account: SUBJECT_ACCOUNT,
        ..person(Role::Verifier)
    };
    for by in [own, signer] {
        let by = Actor::Person(by);
        refused(under_review(), &by, acts.make(ActionKind::Accept), &apart);
        refused(under_review(), &by, acts.make(ActionKind::Reject), &apart);
    }
    let mut review = acts.review();
    let uploaders = [person(Role::Verifier).account];
    review.uploaded_by = &uploaders;
    refused(under_review(), &verifier, Action::Accept(review), &apart);
    let mut review = acts.review();
    review.evidence = &[];
    refused(
        under_review(),
        &verifier,
        Action::Accept(review),
        &Refusal::EvidenceMissing,
    );
    let action = Action::Reject {
        review: acts.review(),
        reason: None,
    };
    refused(under_review(), &verifier, action, &Refusal::ReasonRequired);
    // Too late: the signature's last day has passed while it waited.
    let mut review = acts.review();
    review.on = in_days(121);
    refused(
        under_review(),
        &verifier,
        Action::Accept(review),
        &Guard::NothingLeft.into(),
    );
    let Attestation::Accepted(accepted) =
        moved(under_review(), &verifier, acts.make(ActionKind::Accept))
    else {
        panic!("nothing stood against it");
    };
    assert_eq!(accepted.assurance, AttestationAssurance::EvidenceReviewed);
    assert_eq!(accepted.accepted_by, Some(person(Role::Verifier).account));
}

#[test]
fn what_runs_out_or_is_recalled_while_it_waits_is_not_accepted() {
    let waiting = |lots: &[(&str, NaiveDate)]| {
        let provider = actor(Role::Provider);
        let mut world = World::calm();
        world.is_first = true;
        let content = Content {
            lines: vec![a_line(lots)],
            ..content()
        };
        let draft = moved(a_draft(1), &provider, Action::Edit(content));
        let sign = Action::Sign {
            signature: signature(),
            on_file_sha256: HASH,
            settling: Some(world.settling()),
        };
        moved(draft, &provider, sign)
    };
    let acts = Acts::new();
    let verifier = actor(Role::Verifier);
    let recalls = RecallTable::new([recall(Some("B"), in_days(41))]);
    let later = Review {
        on: in_days(41),
        ..acts.review()
    };
    let two = || waiting(&[("A", in_days(40)), ("B", in_days(90))]);
    let Attestation::Accepted(left) = moved(two(), &verifier, Action::Accept(later)) else {
        panic!("one lot is left");
    };
    assert_eq!(left.valid_until, in_days(90));
    let recalled = Review {
        recalls: &recalls,
        ..later
    };
    let nothing = Guard::NothingLeft.into();
    refused(two(), &verifier, Action::Accept(recalled), &nothing);
    let one = waiting(&[("A", in_days(40))]);
    refused(one, &verifier, Action::Accept(later), &nothing);
}

#[test]
fn a_denied_statement_is_never_accepted() {
    let provider = actor(Role::Provider);
    let acts = Acts::new();
    let mut denying = content();
    denying.answers = denying.answers.with(Statement::S1, Some(false));
    let draft = moved(a_draft(1), &provider, Action::Edit(denying));
    let under_review = moved(draft, &provider, acts.make(ActionKind::Sign));
    refused(
        under_review,
        &actor(Role::Verifier),
        acts.make(ActionKind::Accept),
        &Guard::Denied(vec![Statement::S1]).into(),
    );
}

#[test]
fn a_false_statement_brings_the_credentials_down_too() {
    let acts = Acts::new();
    let accepted = || every_state().remove(4);
    let by = actor(Role::Compliance);
    let taken = take(accepted(), &by, acts.make(ActionKind::Invalidate), now()).unwrap();
    assert_eq!(taken.effects, [Effect::SuspendCredentials]);
    let other = Action::Invalidate {
        reason: Some(ReasonCode::DiInvalid),
    };
    assert_eq!(take(accepted(), &by, other, now()).unwrap().effects, []);
    let none = Action::Invalidate { reason: None };
    refused(accepted(), &by, none, &Refusal::ReasonRequired);
    let own = Actor::Person(Person {
        npi: Some(subject()),
        ..person(Role::Compliance)
    });
    refused(
        accepted(),
        &own,
        acts.make(ActionKind::Invalidate),
        &Refusal::SeparationOfDuties,
    );
}

#[test]
fn a_successor_is_the_same_persons_later_one_for_every_place() {
    let accepted = || every_state().remove(4);
    let mut other_person = successor();
    other_person.signed.claim.subject = Npi::sample(2);
    let mut earlier = successor();
    earlier.accepted_at = now() - Days::new(1);
    let mut itself = successor();
    itself.signed.claim.id = AttestationId(1);
    for successor in [&other_person, &earlier, &itself] {
        let action = Action::Supersede { successor };
        refused(
            accepted(),
            &Actor::System,
            action,
            &Guard::NoSuccessor.into(),
        );
    }
    let mut elsewhere = successor();
    elsewhere.signed.claim.content.locations = vec![crate::provider::LocationId(2)];
    let action = Action::Supersede {
        successor: &elsewhere,
    };
    refused(
        accepted(),
        &Actor::System,
        action,
        &Guard::PlaceLeftOut.into(),
    );
}
