//! Acts by anybody in any order.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;

/// Which row of the specification a step was.
fn row(from: AttestationState, kind: ActionKind, to: &Moved) -> Option<&'static str> {
    use AttestationState as State;
    match (from, kind, to.attestation.state()) {
        (_, ActionKind::Sign, State::Signed) => Some("N2"),
        (_, _, State::NeedsFix) => Some("N3"),
        (State::Draft, _, State::Accepted) => Some("N4"),
        (State::Draft | State::Signed, _, State::UnderReview) => Some("N5"),
        (State::UnderReview, ActionKind::Accept | ActionKind::Reject, _) => Some("N6"),
        (State::NeedsFix, _, State::Draft) => Some("N7"),
        (State::Accepted, ActionKind::Invalidate, _) => Some("N9 person"),
        (State::Accepted, ActionKind::Recall, State::Invalidated) => Some("N9 recall"),
        (_, _, State::Superseded) => Some("N10"),
        (State::Signed, _, State::Withdrawn) => Some("N11 signed"),
        (State::Accepted, _, State::Withdrawn) => Some("N11 accepted"),
        (_, ActionKind::Appeal, _) => Some("N12"),
        (_, ActionKind::Overturn, State::Accepted) => Some("N12 overturned"),
        (_, ActionKind::RefuseForCause, _) => Some("for cause"),
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
    let step = (
        0_usize..ActionKind::ALL.len(),
        0_usize..10,
        any::<u8>(),
        any::<bool>(),
    );
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
        "N12 overturned",
        "N2",
        "N3",
        "N4",
        "N5",
        "N6",
        "N7",
        "N9 person",
        "N9 recall",
        "for cause",
    ];
    assert_eq!(rows_taken.keys().copied().collect::<Vec<_>>(), all);
}

/// Nothing more can happen to it; the person drafts another.
fn is_at_its_end(attestation: &Attestation) -> bool {
    match attestation {
        Attestation::Withdrawn(_) | Attestation::Superseded(_) => true,
        // What a case decided is appealed as that case's decision, which is not walked here.
        Attestation::Rejected(state) => state.appealed || state.case.is_some(),
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
            (State::Rejected | State::Invalidated, Some(_)) => assert_eq!(who, "APPEALS"),
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
