//! N2 to N5 and N7: what is signed, and what becomes of it.

use super::*;

#[test]
fn nobody_signs_for_another_nor_what_they_were_not_shown() {
    let sign = |signature: Signature| Action::Sign {
        signature,
        on_file_sha256: HASH,
        settling: None,
    };
    let stranger = Actor::Person(Person {
        npi: Some(Npi::sample(2)),
        ..person(Role::Provider)
    });
    refused(
        a_draft(1),
        &stranger,
        sign(signature()),
        &Refusal::Forbidden,
    );
    let provider = actor(Role::Provider);
    let mut other_account = signature();
    other_account.signer = AccountId(99);
    refused(
        a_draft(1),
        &provider,
        sign(other_account),
        &Refusal::Forbidden,
    );
    let mut other_content = signature();
    other_content.payload_sha256 = [8; 32];
    refused(
        a_draft(1),
        &provider,
        sign(other_content),
        &Refusal::StaleVersion,
    );
    let mut other_meaning = signature();
    other_meaning.meaning = SignatureMeaning::Review;
    refused(
        a_draft(1),
        &provider,
        sign(other_meaning),
        &Guard::Meaning.into(),
    );
}

#[test]
fn only_a_whole_draft_is_signed() {
    #[track_caller]
    fn check(spoil: impl FnOnce(&mut Content), expected: Guard) {
        let provider = actor(Role::Provider);
        let mut spoiled = content();
        spoil(&mut spoiled);
        let draft = moved(a_draft(1), &provider, Action::Edit(spoiled));
        let action = Acts::new();
        refused(
            draft,
            &provider,
            action.make(ActionKind::Sign),
            &expected.into(),
        );
    }
    check(|content| content.lines.clear(), Guard::NoProduct);
    check(|content| content.locations.clear(), Guard::NoLocation);
    check(
        |content| content.statement_text_version += 1,
        Guard::StatementText,
    );
    check(
        |content| {
            let answers = content.answers.with(Statement::S3, None);
            content.answers = answers.with(Statement::S8, None);
        },
        Guard::Unanswered(vec![Statement::S3, Statement::S8]),
    );
}

/// What became of a signature in a world, and for what reason.
#[track_caller]
fn settled(change: impl FnOnce(&mut World, &mut Content)) -> (AttestationState, String) {
    let provider = actor(Role::Provider);
    let mut world = World::calm();
    let mut changed = content();
    change(&mut world, &mut changed);
    let draft = moved(a_draft(1), &provider, Action::Edit(changed));
    let action = Action::Sign {
        signature: signature(),
        on_file_sha256: HASH,
        settling: Some(world.settling()),
    };
    let attestation = moved(draft, &provider, action);
    let why = match &attestation {
        Attestation::NeedsFix(state) => {
            let codes = state.findings.iter().map(|finding| finding.code.code());
            codes.collect::<Vec<_>>().join(" ")
        }
        Attestation::UnderReview(state) => {
            let reasons = state.reasons.iter().map(|reason| match reason {
                ReviewReason::First => "first".to_owned(),
                ReviewReason::Warning(finding) => finding.code.code().to_owned(),
                ReviewReason::Denied(statement) => format!("denied {statement}"),
                ReviewReason::Sampled(sample) => format!("sampled {}", sample.percent),
                ReviewReason::CheckedLate => "late".to_owned(),
            });
            reasons.collect::<Vec<_>>().join(" ")
        }
        Attestation::Accepted(state) => format!("{} {}", state.assurance, state.valid_until),
        other => panic!("{:?}", other.state()),
    };
    (attestation.state(), why)
}

#[test]
fn a_signature_is_accepted_looked_at_or_sent_back() {
    use crate::license::BoardStatus;
    #[track_caller]
    fn check(change: impl FnOnce(&mut World, &mut Content), expected: AttestationState, why: &str) {
        assert_eq!(settled(change), (expected, why.to_owned()));
    }
    let (fix, review) = (AttestationState::NeedsFix, AttestationState::UnderReview);
    check(
        |_, _| {},
        AttestationState::Accepted,
        "MACHINE_CHECKED 2027-03-21",
    );
    check(|world, _| world.is_first = true, review, "first");
    check(|world, _| world.drawn = 0, review, "sampled 10");
    check(
        |_, content| content.lines[0].product.diameter_um = 450,
        review,
        "DIAMETER_UNUSUAL",
    );
    check(
        |_, content| content.answers = content.answers.with(Statement::S3, Some(false)),
        review,
        "denied S3",
    );
    check(
        |world, content| {
            world.is_first = true;
            content.lines[0].product.single_use = false;
        },
        fix,
        "NOT_SINGLE_USE",
    );
    check(
        |world, _| world.recalls = RecallTable::new([recall(Some("LOT1"), today())]),
        fix,
        "LOT_RECALLED",
    );
    let board = |status: BoardStatus, ends: NaiveDate| {
        move |world: &mut World, _: &mut Content| world.license = a_license(status, ends)
    };
    let accepted = AttestationState::Accepted;
    check(
        board(BoardStatus::Probation, in_days(800)),
        accepted,
        "MACHINE_CHECKED 2027-03-21",
    );
    check(
        board(BoardStatus::Active, in_days(50)),
        accepted,
        "MACHINE_CHECKED 2027-01-10",
    );
    check(
        board(BoardStatus::Active, today()),
        accepted,
        "MACHINE_CHECKED 2026-11-21",
    );
    check(
        board(BoardStatus::Active, day(2026, 11, 20)),
        fix,
        "SIGNER_LICENSE",
    );
    check(
        board(BoardStatus::Revoked, in_days(800)),
        fix,
        "SIGNER_LICENSE",
    );
    check(
        |world, _| world.license.number = Some("PTL.2".into()),
        fix,
        "SIGNER_LICENSE",
    );
    check(
        |world, _| world.license.checks.clear(),
        review,
        "SIGNER_LICENSE_UNCHECKED",
    );
}

#[test]
fn what_was_left_signed_is_never_accepted_without_a_reviewer() {
    let acts = Acts::new();
    let deferred = Action::Sign {
        signature: signature(),
        on_file_sha256: HASH,
        settling: None,
    };
    let signed = moved(a_draft(1), &actor(Role::Provider), deferred);
    assert_eq!(signed.state(), AttestationState::Signed);
    let Attestation::UnderReview(state) =
        moved(signed, &Actor::System, acts.make(ActionKind::Recheck))
    else {
        panic!("it was calm");
    };
    assert_eq!(state.reasons, [ReviewReason::CheckedLate]);
}

#[test]
fn what_other_peoples_lots_show_is_looked_at() {
    let elsewhere = [Finding::new(
        FindingCode::LotTwoExpiries,
        "products[0].lots[0].expires",
        "another",
    )];
    let world = World::calm();
    let settling = Settling {
        found_elsewhere: &elsewhere,
        ..world.settling()
    };
    let sign = Action::Sign {
        signature: signature(),
        on_file_sha256: HASH,
        settling: Some(settling),
    };
    let Attestation::UnderReview(state) = moved(a_draft(1), &actor(Role::Provider), sign) else {
        panic!("a warning calls for a reviewer");
    };
    let [finding] = elsewhere;
    assert_eq!(state.reasons, [ReviewReason::Warning(finding)]);
}

#[test]
fn a_revised_attestation_is_a_new_version_of_the_same() {
    let needs_fix = every_state().remove(2);
    let before = needs_fix.claim().clone();
    let draft = moved(needs_fix, &actor(Role::Provider), Action::Revise);
    assert_eq!(draft.claim().version, before.version + 1);
    assert_eq!(
        (draft.claim().id, &draft.claim().content),
        (before.id, &before.content)
    );
}
