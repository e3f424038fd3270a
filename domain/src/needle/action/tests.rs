use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::Days;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::attestation::AttestationId;
use crate::license::compact::{CompactPeriod, CompactStatus, Compacts};
use crate::license::{BoardStatus, License, LicenseId};
use crate::needle::actor::{AccountId, Person, Role};
use crate::needle::attestation::{Draft, ReviewReason, SignatureMeaning};
use crate::needle::finding::{Finding, FindingCode};
use crate::needle::refusal::{Guard, RefusalCode};
use crate::needle::sentence::AttestationAssurance;
use crate::needle::statement::Statement;
use crate::needle::test_support::*;
use crate::npi::Npi;
use crate::place::Jurisdiction;
use crate::scope::Confidence;
use crate::taxonomy::Discipline;

const EVIDENCE: [Sha256; 1] = [[9; 32]];

/// Acts that meet every guard, made for one world.
struct Acts {
    world: World,
    no_recalls: RecallTable,
    successor: Accepted,
}

impl Acts {
    fn new() -> Self {
        Self {
            world: World::calm(),
            no_recalls: RecallTable::default(),
            successor: successor(),
        }
    }

    fn make(&self, kind: ActionKind) -> Action<'_> {
        match kind {
            ActionKind::Edit => Action::Edit(content()),
            ActionKind::Sign => Action::Sign {
                signature: signature(),
                on_file_sha256: HASH,
                settling: Some(self.world.settling()),
            },
            ActionKind::Recheck => Action::Recheck(self.world.settling()),
            ActionKind::Accept => Action::Accept(self.review()),
            ActionKind::Reject => Action::Reject {
                review: self.review(),
                reason: Some(ReasonCode::DocIllegible),
            },
            ActionKind::Revise => Action::Revise,
            ActionKind::Invalidate => Action::Invalidate {
                reason: Some(ReasonCode::FalseStatement),
            },
            ActionKind::Recall => Action::Recall {
                recalls: &self.world.recalls,
                on: today(),
            },
            ActionKind::Supersede => Action::Supersede {
                successor: &self.successor,
            },
            ActionKind::Withdraw => Action::Withdraw,
            ActionKind::Appeal => Action::Appeal(in_time()),
        }
    }

    fn review(&self) -> Review<'_> {
        Review {
            evidence: &EVIDENCE,
            uploaded_by: &[SUBJECT_ACCOUNT],
            recalls: &self.no_recalls,
            at: now(),
            on: today(),
        }
    }
}

fn in_time() -> AppealDays {
    AppealDays {
        notified_on: Some(today()),
        on: today(),
        days: 30,
    }
}

fn a_draft(id: i64) -> Attestation {
    let draft = Draft::start(
        &person(Role::Provider),
        AttestationId(id),
        subject(),
        content(),
    );
    Attestation::Draft(draft.unwrap())
}

#[track_caller]
fn moved(from: Attestation, by: &Actor, action: Action<'_>) -> Attestation {
    take(from, by, action, now()).unwrap().attestation
}

#[track_caller]
fn refused(from: Attestation, by: &Actor, action: Action<'_>, expected: &Refusal) {
    assert_eq!(take(from, by, action, now()).as_ref(), Err(expected));
}

fn successor() -> Accepted {
    let world = World::calm();
    let signed = moved(
        a_draft(2),
        &actor(Role::Provider),
        Action::Sign {
            signature: signature(),
            on_file_sha256: HASH,
            settling: Some(world.settling()),
        },
    );
    match signed {
        Attestation::Accepted(accepted) => accepted,
        other => panic!("{:?}", other.state()),
    }
}

/// One attestation in every stored state, reached by steps.
fn every_state() -> Vec<Attestation> {
    let acts = Acts::new();
    let provider = actor(Role::Provider);
    let sign = |world: Option<&World>| {
        moved(
            a_draft(1),
            &provider,
            Action::Sign {
                signature: signature(),
                on_file_sha256: HASH,
                settling: world.map(World::settling),
            },
        )
    };
    let mut recalled = World::calm();
    recalled.recalls = RecallTable::new([recall(None, today())]);
    let mut first = World::calm();
    first.is_first = true;
    let accepted = sign(Some(&acts.world));
    let under_review = sign(Some(&first));
    let states = vec![
        a_draft(1),
        sign(None),
        sign(Some(&recalled)),
        under_review.clone(),
        accepted.clone(),
        moved(
            under_review,
            &actor(Role::Verifier),
            acts.make(ActionKind::Reject),
        ),
        moved(
            accepted.clone(),
            &actor(Role::Compliance),
            acts.make(ActionKind::Invalidate),
        ),
        moved(accepted.clone(), &provider, Action::Withdraw),
        moved(accepted, &Actor::System, acts.make(ActionKind::Supersede)),
    ];
    let stored = AttestationState::ALL
        .iter()
        .filter(|state| state.is_stored())
        .count();
    assert_eq!(states.len(), stored);
    states
}

fn every_actor() -> Vec<(&'static str, Actor)> {
    let people = Role::ALL.iter().filter(|role| **role != Role::System);
    let people = people.map(|role| (role.code(), actor(*role)));
    people.chain([("SYSTEM", Actor::System)]).collect()
}

/// Who may do what in which state, when every guard is met. Whatever is not here is refused.
const TABLE: &str = "\
DRAFT EDIT by PROVIDER PROVIDER_DELEGATE -> DRAFT
DRAFT SIGN by PROVIDER -> SIGNED ACCEPTED
SIGNED RECHECK by SYSTEM -> UNDER_REVIEW
SIGNED WITHDRAW by PROVIDER -> WITHDRAWN
NEEDS_FIX REVISE by PROVIDER -> DRAFT
UNDER_REVIEW ACCEPT by VERIFIER -> ACCEPTED
UNDER_REVIEW REJECT by VERIFIER -> REJECTED
ACCEPTED INVALIDATE by COMPLIANCE -> INVALIDATED
ACCEPTED RECALL by SYSTEM -> ACCEPTED
ACCEPTED SUPERSEDE by SYSTEM -> SUPERSEDED
ACCEPTED WITHDRAW by PROVIDER -> WITHDRAWN
REJECTED APPEAL by PROVIDER -> REJECTED
INVALIDATED APPEAL by PROVIDER -> INVALIDATED
";

#[test]
fn every_triple_of_state_act_and_role_is_in_the_table_or_refused() {
    let acts = Acts::new();
    let mut table = String::new();
    for state in every_state() {
        for kind in ActionKind::ALL {
            let mut by = Vec::new();
            let mut to = None;
            let mut refusals = Vec::new();
            for (name, actor) in every_actor() {
                match take(state.clone(), &actor, acts.make(*kind), now()) {
                    Ok(moved) => {
                        by.push(name);
                        let mut passed: Vec<_> =
                            moved.passed.iter().map(|state| state.code()).collect();
                        if passed.is_empty() {
                            passed.push(state.state().code());
                        }
                        to = Some(passed.join(" "));
                    }
                    Err(refusal) => refusals.push(refusal.code()),
                }
            }
            match to {
                Some(to) => {
                    let by = by.join(" ");
                    writeln!(table, "{} {kind} by {by} -> {to}", state.state()).unwrap();
                    assert!(refusals.iter().all(|code| *code == RefusalCode::Forbidden));
                }
                None => assert!(
                    refusals
                        .iter()
                        .all(|code| *code == RefusalCode::IllegalTransition),
                    "{} {kind}: {refusals:?}",
                    state.state()
                ),
            }
        }
    }
    assert_eq!(table, TABLE);
}

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
    refused(
        rejected(),
        &provider,
        at(None, today()),
        &Guard::NoNotice.into(),
    );
    let taken = take(rejected(), &provider, at(Some(today()), in_days(30)), now()).unwrap();
    let [Effect::OpenAppeal(filed)] = &taken.effects[..] else {
        panic!("{:?}", taken.effects);
    };
    assert_eq!(filed.barred, [person(Role::Verifier).account]);
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
    assert_eq!(filed.barred, [person(Role::Compliance).account]);
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

/// Which row of the specification a step was.
fn row(from: AttestationState, kind: ActionKind, to: &Moved) -> Option<&'static str> {
    use AttestationState as State;
    match (from, kind, to.attestation.state()) {
        (_, ActionKind::Sign, State::Signed) => Some("N2"),
        (_, _, State::NeedsFix) => Some("N3"),
        (State::Draft, _, State::Accepted) => Some("N4"),
        (State::Draft | State::Signed, _, State::UnderReview) => Some("N5"),
        (State::UnderReview, _, State::Accepted | State::Rejected) => Some("N6"),
        (State::NeedsFix, _, State::Draft) => Some("N7"),
        (State::Accepted, ActionKind::Invalidate, _) => Some("N9 person"),
        (State::Accepted, ActionKind::Recall, State::Invalidated) => Some("N9 recall"),
        (_, _, State::Superseded) => Some("N10"),
        (State::Signed, _, State::Withdrawn) => Some("N11 signed"),
        (State::Accepted, _, State::Withdrawn) => Some("N11 accepted"),
        (_, ActionKind::Appeal, _) => Some("N12"),
        _ => None,
    }
}

/// A hundred thousand acts by anybody in whatever order: none panics, the invariants hold, at least a
/// fifth is taken, and so is every row of the specification.
#[test]
fn random_acts_never_break_an_invariant() {
    const WALKS: usize = 1_000;
    const STEPS: usize = 100;
    let mut runner = TestRunner::deterministic();
    let step = (0_usize..11, 0_usize..10, any::<u8>(), any::<bool>());
    let walk = proptest::collection::vec(step, STEPS);
    let rows: Vec<_> = TABLE
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>())
        .collect();
    let actors = every_actor();
    let mut rows_taken = BTreeMap::new();
    let mut taken = 0;
    for _ in 0..WALKS {
        let mut attestation = a_draft(1);
        for (kind, who, flavour, sensible) in walk.new_tree(&mut runner).unwrap().current() {
            if is_at_its_end(&attestation) {
                attestation = a_draft(1);
            }
            let from = attestation.state();
            let mut kind = ActionKind::ALL[kind];
            let (mut name, mut by) = actors[who];
            if sensible {
                let open: Vec<_> = rows.iter().filter(|row| row[0] == from.code()).collect();
                let row = open[usize::from(flavour) % open.len()];
                kind = row[1].parse().unwrap();
                (name, by) = *actors.iter().find(|(name, _)| *name == row[3]).unwrap();
            }
            let acts = flavoured(flavour);
            let mut action = acts.make(kind);
            if let (Action::Sign { settling, .. }, 0) = (&mut action, flavour % 5) {
                *settling = None;
            }
            if let (Action::Edit(content), 1) = (&mut action, flavour % 7) {
                content.lines[0].product.single_use = false;
            }
            let before = attestation.clone();
            match take(attestation, &by, action, now()) {
                Err(_) => attestation = before,
                Ok(moved) => {
                    taken += 1;
                    hold(&before, kind, name, &moved);
                    if let Some(row) = row(from, kind, &moved) {
                        *rows_taken.entry(row).or_insert(0) += 1;
                    }
                    attestation = moved.attestation;
                }
            }
        }
    }
    assert!(taken * 5 >= WALKS * STEPS, "{taken}");
    let all = [
        "N10",
        "N11 accepted",
        "N11 signed",
        "N12",
        "N2",
        "N3",
        "N4",
        "N5",
        "N6",
        "N7",
        "N9 person",
        "N9 recall",
    ];
    assert_eq!(rows_taken.keys().copied().collect::<Vec<_>>(), all);
}

/// Nothing more can happen to it; the person drafts another.
fn is_at_its_end(attestation: &Attestation) -> bool {
    match attestation {
        Attestation::Withdrawn(_) | Attestation::Superseded(_) => true,
        Attestation::Rejected(state) => state.appealed,
        Attestation::Invalidated(state) => state.appealed,
        _ => false,
    }
}

fn flavoured(flavour: u8) -> Acts {
    let mut acts = Acts::new();
    acts.world.is_first = flavour & 1 == 1;
    acts.world.drawn = u32::from(flavour) << 24;
    if flavour & 0b1110 == 0b1110 {
        acts.world.recalls = RecallTable::new([recall(Some("LOT1"), today())]);
    }
    acts
}

fn hold(before: &Attestation, kind: ActionKind, who: &str, moved: &Moved) {
    use AttestationState as State;
    let (old, new) = (before.claim(), moved.attestation.claim());
    assert_eq!((old.id, old.subject), (new.id, new.subject));
    assert!(new.version >= old.version);
    if kind != ActionKind::Edit {
        assert_eq!(old.content, new.content);
    }
    if let Attestation::Accepted(accepted) = &moved.attestation {
        assert!(new.content.answers.denied().is_empty());
        assert!(accepted.valid_until >= today());
        assert_eq!(accepted.read(today()).0, State::Accepted);
        match (before.state(), accepted.accepted_by) {
            (State::Draft, None) => assert_eq!(who, "PROVIDER"),
            (State::UnderReview, Some(_)) => assert_eq!(who, "VERIFIER"),
            (State::Accepted, _) => {}
            (from, by) => panic!("{from} became ACCEPTED by {by:?}"),
        }
    }
    if who == "SYSTEM" && before.state() != State::Accepted {
        assert_ne!(moved.attestation.state(), State::Accepted);
    }
    if let Attestation::NeedsFix(state) = &moved.attestation {
        let hard = crate::needle::finding::has_hard(&state.findings);
        assert!(hard, "{:?}", state.findings);
        assert!(
            state
                .findings
                .iter()
                .all(|finding| FindingCode::ALL.contains(&finding.code))
        );
    }
}

/// A signature under a privilege of Colorado whose home licence in Arizona its board showed as this.
fn under_a_privilege(home: License) -> Attestation {
    let issuing = |jurisdiction| CompactPeriod {
        discipline: home.discipline,
        jurisdiction,
        from: today() - Days::new(900),
        status: CompactStatus::Issuing,
        citation: Some("an act".into()),
        source_url: None,
        source_as_of: None,
        confidence: Confidence::High,
        note: None,
    };
    let mut world = World::calm();
    world.compacts = Compacts::new([issuing(Jurisdiction::Co), issuing(Jurisdiction::Az)]).unwrap();
    world.license.home = Some(LicenseId(2));
    let held = [
        world.license.clone(),
        License {
            id: LicenseId(2),
            jurisdiction: Jurisdiction::Az,
            ..home
        },
    ];
    let settling = Settling {
        held: &held,
        ..world.settling()
    };
    let sign = Action::Sign {
        signature: signature(),
        on_file_sha256: HASH,
        settling: Some(settling),
    };
    moved(a_draft(1), &actor(Role::Provider), sign)
}

#[test]
fn what_is_signed_under_a_privilege_ends_with_the_home_license() {
    let home = a_license(BoardStatus::Active, in_days(20));
    let Attestation::Accepted(accepted) = under_a_privilege(home) else {
        panic!("nothing speaks against it");
    };
    assert_eq!(accepted.valid_until, in_days(20));
}

#[test]
fn a_privilege_that_its_home_license_does_not_carry_signs_nothing() {
    for (home, why) in [
        (
            a_license(BoardStatus::Probation, in_days(800)),
            "the home license in AZ is or was encumbered",
        ),
        (
            a_license(BoardStatus::Inactive, in_days(800)),
            "the home license in AZ is not in force",
        ),
        (
            License {
                discipline: Discipline::Chiropractor,
                ..a_license(BoardStatus::Active, in_days(800))
            },
            "a privilege is for another state",
        ),
    ] {
        let Attestation::NeedsFix(state) = under_a_privilege(home) else {
            panic!("a hard check fails: {why}");
        };
        assert_eq!(state.findings[0].code, FindingCode::SignerLicense);
        assert!(
            state.findings[0].message.contains(why),
            "{:?}",
            state.findings
        );
    }
}
