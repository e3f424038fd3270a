//! Cases that wait: to be submitted, reviewed, answered or decided.

use domain::case::Purpose;
use domain::duty::ReasonCode;
use domain::evidence::EvidenceKind;
use domain::license::{CheckOutcome, MismatchField};

use super::{TOO_SHORT, again, faulted, matches, nth_paper, reads, reviewed, says, submitted};
use crate::rehearsal::scene::{ABE, ANNA, Move, Part, Scene, VERA, VIKTOR, Who};

pub(super) fn all() -> Vec<Scene> {
    let mut scenes = Vec::new();
    scenes.extend(drafts());
    scenes.extend(waiting());
    scenes.extend(under_review());
    scenes.extend(asked());
    scenes.extend(to_be_decided());
    scenes
}

fn drafts() -> Vec<Scene> {
    let mut scenes: Vec<Scene> = (0..)
        .zip([31, 14, 8, 2])
        .map(|(nth, day)| {
            Scene::of(Part::Newcomer)
                .day(day)
                .act(Who::Holder, Move::Draft(nth_paper(nth)))
                .act(Who::Holder, Move::Open(Purpose::Initial))
        })
        .collect();
    // Prepared by somebody else, who cannot submit it.
    scenes.push(
        Scene::of(Part::Newcomer)
            .day(3)
            .act(Who::Delegate, Move::Draft(nth_paper(1)))
            .act(Who::Delegate, Move::Open(Purpose::Initial)),
    );
    scenes
}

fn waiting() -> Vec<Scene> {
    let days = [41, 33, 27, 22, 18, 15, 11, 9, 7, 5, 4, 3, 2, 1];
    let mut scenes: Vec<Scene> = (1..)
        .zip(days)
        .map(|(nth, day)| submitted(day, nth_paper(nth)))
        .collect();
    for day in [24, 10, 3] {
        let file = EvidenceKind::Transcript;
        scenes.push(again(Part::Due(day), day, Purpose::Revalidation, file));
    }
    // Whoever held them let the lease end, or gave them back.
    for (day, by) in [(20, VERA), (13, VIKTOR)] {
        let scene = submitted(day, nth_paper(usize::try_from(day).unwrap_or_default()));
        scenes.push(scene.day(2).act(by, Move::Claim).act(by, matches("issuer")));
    }
    let scene = submitted(17, nth_paper(3)).day(12);
    scenes.push(scene.act(VERA, Move::Claim).act(VERA, Move::Release));
    scenes
}

fn under_review() -> Vec<Scene> {
    vec![
        submitted(19, nth_paper(1))
            .minutes(45)
            .act(VERA, Move::Claim),
        submitted(23, nth_paper(3))
            .minutes(150)
            .act(VERA, Move::Claim)
            .act(VERA, matches("issuer"))
            .act(VERA, matches("hours")),
        // The school's line is engaged, and its page is down.
        submitted(28, nth_paper(5))
            .minutes(210)
            .act(VIKTOR, Move::Claim)
            .act(
                VIKTOR,
                says(
                    "*",
                    CheckOutcome::SourceUnavailable,
                    &[],
                    "The school's telephone rings out; to be tried again tomorrow.",
                ),
            ),
        submitted(16, nth_paper(7))
            .minutes(95)
            .act(VIKTOR, Move::Claim)
            .act(
                VIKTOR,
                reads(
                    "hours",
                    CheckOutcome::NeedsReview,
                    &[],
                    "Hours in a room and online are not told apart.",
                ),
            ),
        // Sent back by the approver.
        submitted(30, nth_paper(11))
            .day(6)
            .acts(reviewed(VERA))
            .minutes(120)
            .act(
                ABE,
                Move::SendBack((
                    ReasonCode::Other,
                    "The e-mail does not come from the school's own domain: please call.",
                )),
            ),
        again(
            Part::Due(21),
            21,
            Purpose::Revalidation,
            EvidenceKind::Transcript,
        )
        .minutes(60)
        .act(VIKTOR, Move::Claim),
        // Something was asked for and has come.
        submitted(50, nth_paper(13))
            .day(44)
            .act(VIKTOR, Move::Claim)
            .act(
                VIKTOR,
                Move::Ask(
                    ReasonCode::HoursModeInsufficient,
                    &["How many of the hours were taught in one room."],
                ),
            )
            .minutes(30)
            .act(Who::Holder, Move::Supply(EvidenceKind::IssuerEmail)),
    ]
}

/// Asked for more: some in time, some late, none so late that the case has lapsed.
fn asked() -> Vec<Scene> {
    let why: [(ReasonCode, &'static [&'static str]); 3] = [
        (
            ReasonCode::DocIllegible,
            &["A scan in which the seal can be seen."],
        ),
        (
            ReasonCode::NameMismatch,
            &[
                "A paper that shows both names.",
                "The name under which you took the course.",
            ],
        ),
        (
            ReasonCode::HoursModeInsufficient,
            &["How many of the hours were taught in one room."],
        ),
    ];
    let mut scenes: Vec<Scene> = (2..)
        .zip([5, 11, 19, 26, 38, 46])
        .map(|(nth, day)| {
            let (reason, items) = why[nth % why.len()];
            let by = if nth % 2 == 0 { VERA } else { VIKTOR };
            submitted(day + 6, nth_paper(nth))
                .day(day)
                .act(by, Move::Claim)
                .act(by, matches("issuer"))
                .act(by, Move::Ask(reason, items))
        })
        .collect();
    let late = again(
        Part::Due(40),
        40,
        Purpose::Revalidation,
        EvidenceKind::Transcript,
    );
    scenes.push(late.day(34).act(VERA, Move::Claim).act(
        VERA,
        Move::Ask(
            ReasonCode::NoResponse,
            &["A current address of the school."],
        ),
    ));
    scenes
}

fn to_be_decided() -> Vec<Scene> {
    let mut scenes: Vec<Scene> = (4..)
        .zip([14, 12, 10, 8, 6, 5])
        .map(|(nth, day)| {
            let by = if nth % 2 == 0 { VERA } else { VIKTOR };
            let scene = submitted(day + 8, nth_paper(nth));
            scene.day(day).acts(reviewed(by))
        })
        .collect();
    for (day, by) in [(9, VERA), (4, VIKTOR)] {
        let scene = submitted(day + 11, nth_paper(5)).day(day);
        scenes.push(scene.acts(faulted(by, &[MismatchField::Hours], TOO_SHORT)));
    }
    let due = again(
        Part::Due(15),
        15,
        Purpose::Revalidation,
        EvidenceKind::Transcript,
    );
    scenes.push(
        due.day(7)
            .act(VERA, Move::Claim)
            .act(VERA, matches("status"))
            .act(VERA, Move::Recommend(None)),
    );
    // Once sent back, and recommended again.
    scenes.push(
        submitted(32, nth_paper(17))
            .day(22)
            .acts(reviewed(VIKTOR))
            .day(18)
            .act(
                ANNA,
                Move::SendBack((ReasonCode::Other, "Whose signature is on the e-mail?")),
            )
            .act(VIKTOR, matches("issuer"))
            .act(VIKTOR, Move::Recommend(None)),
    );
    scenes
}
