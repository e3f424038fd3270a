//! Cases that have come to an end, and appeals against some of them.

use domain::case::Purpose;
use domain::duty::ReasonCode;
use domain::evidence::EvidenceKind;
use domain::license::{CheckOutcome, MismatchField};

use super::{
    PLUMBLINE, TOO_SHORT, again, faulted, matches, nth_paper, reads, reviewed, says, submitted,
    training,
};
use crate::rehearsal::scene::{
    ABE, ANNA, APOLLINE, APOLLO, Move, Part, Scene, VERA, VIKTOR, Who, Why,
};

pub(super) fn all() -> Vec<Scene> {
    let mut scenes = Vec::new();
    scenes.extend(approved());
    scenes.extend(rejected());
    scenes.extend(ended_otherwise());
    scenes.extend(appealed());
    scenes
}

fn approved() -> Vec<Scene> {
    let days = [150, 141, 133, 120, 104, 92, 81, 66, 55, 34, 21, 12];
    let mut scenes: Vec<Scene> = (0..)
        .zip(days)
        .map(|(nth, day)| {
            let (reviewer, decider) = if nth % 2 == 0 {
                (VERA, ABE)
            } else {
                (VIKTOR, ANNA)
            };
            submitted(day, nth_paper(nth))
                .day(day - 3)
                .acts(reviewed(reviewer))
                .day(day - 6)
                .act(decider, Move::Approve(None))
        })
        .collect();
    // Decided, and nobody was told within the thirty days.
    for day in [62, 47] {
        let scene = submitted(day, training("Dry Needling Foundations", PLUMBLINE, 54));
        let scene = scene.day(day - 2).acts(reviewed(VERA));
        scenes.push(scene.day(day - 4).act(ABE, Move::Approve(None)).untold());
    }
    // A name that differs is a former name; a page that is hard to read is settled by a call.
    let scene = submitted(74, training("Dry Needling 1: Foundations", PLUMBLINE, 27)).day(70);
    scenes.push(
        scene
            .act(VERA, Move::Claim)
            .act(VERA, matches("*"))
            .act(
                VERA,
                reads(
                    "holderName",
                    CheckOutcome::Mismatch,
                    &[MismatchField::Name],
                    "The certificate bears another family name.",
                ),
            )
            .act(
                VERA,
                Move::Resolve(
                    CheckOutcome::Match,
                    "A former name: the marriage certificate was seen.",
                ),
            )
            .act(VERA, Move::Recommend(None))
            .day(67)
            .act(ANNA, Move::Approve(None)),
    );
    let scene = submitted(49, nth_paper(5)).day(44);
    scenes.push(
        scene
            .act(VIKTOR, Move::Claim)
            .act(VIKTOR, matches("*"))
            .act(
                VIKTOR,
                reads(
                    "completedOn",
                    CheckOutcome::NeedsReview,
                    &[],
                    "The last digit of the year is smudged.",
                ),
            )
            .act(
                VIKTOR,
                Move::Resolve(CheckOutcome::Match, "The school gave the day by telephone."),
            )
            .act(VIKTOR, Move::Recommend(None))
            .day(41)
            .act(ABE, Move::Approve(None)),
    );
    for day in [110, 63, 29] {
        let scene = again(
            Part::Due(day),
            day,
            Purpose::Revalidation,
            EvidenceKind::Transcript,
        );
        let scene = scene
            .day(day - 4)
            .act(VIKTOR, Move::Claim)
            .act(VIKTOR, matches("status"))
            .act(VIKTOR, Move::Recommend(None));
        scenes.push(scene.day(day - 7).act(ANNA, Move::Approve(None)));
    }
    scenes
}

fn rejected() -> Vec<Scene> {
    let found: [(i64, &'static [MismatchField], Why); 5] = [
        (128, &[MismatchField::Hours], TOO_SHORT),
        (
            99,
            &[MismatchField::Name],
            (ReasonCode::NameMismatch, "The course was somebody else's."),
        ),
        (
            77,
            &[MismatchField::Dates],
            (
                ReasonCode::DocAltered,
                "The year on the certificate was changed: the school's copy has another.",
            ),
        ),
        (
            45,
            &[MismatchField::Issuer],
            (
                ReasonCode::IssuerDenies,
                "The school has no record of the course.",
            ),
        ),
        (20, &[MismatchField::Hours], TOO_SHORT),
    ];
    let mut scenes: Vec<Scene> = (3..)
        .zip(found)
        .map(|(nth, (day, mismatch, why))| {
            let scene = submitted(day, nth_paper(nth)).day(day - 4);
            let scene = scene.acts(faulted(VIKTOR, mismatch, why));
            scene.day(day - 8).act(ABE, Move::Reject(why))
        })
        .collect();
    // Not found where it should be; and an approver who sees it otherwise than the verifier.
    let unknown = (
        ReasonCode::IssuerUnknown,
        "Nobody could be found who teaches under that name.",
    );
    scenes.push(
        submitted(58, nth_paper(7))
            .day(53)
            .act(VERA, Move::Claim)
            .act(
                VERA,
                says(
                    "*",
                    CheckOutcome::NotFound,
                    &[],
                    "No such course on record.",
                ),
            )
            .act(VERA, Move::Recommend(Some(unknown)))
            .day(50)
            .act(ANNA, Move::Reject(unknown))
            .untold(),
    );
    scenes
}

fn ended_otherwise() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for day in [113, 52, 16] {
        let scene = submitted(day, nth_paper(usize::try_from(day).unwrap_or_default()));
        scenes.push(scene.day(day - 5).act(
            Who::Holder,
            Move::WithdrawCase("I handed in the wrong file."),
        ));
    }
    // Nobody answered: the case has lapsed, or a later one took its place.
    for day in [102, 88] {
        scenes.push(unanswered(day));
    }
    scenes.push(
        unanswered(118)
            .day(30)
            .act(Who::Holder, Move::Open(Purpose::Initial))
            .act(Who::Holder, Move::Submit(EvidenceKind::CertificateScan)),
    );
    scenes
}

fn unanswered(day: i64) -> Scene {
    submitted(day, nth_paper(usize::try_from(day).unwrap_or_default()))
        .day(day - 5)
        .act(VERA, Move::Claim)
        .act(
            VERA,
            Move::Ask(
                ReasonCode::DocIllegible,
                &["A scan on which the number of hours can be read."],
            ),
        )
}

/// Rejected, and appealed within the thirty days after the notice.
fn appealed() -> Vec<Scene> {
    let rejected = |day: i64| {
        submitted(day, training("Dry Needling Foundations", PLUMBLINE, 54))
            .day(day - 3)
            .acts(faulted(VERA, &[MismatchField::Hours], TOO_SHORT))
            .day(day - 6)
            .act(ABE, Move::Reject(TOO_SHORT))
            .day(day - 14)
            .act(
                Who::Holder,
                Move::Appeal("The school has sent a corrected certificate since."),
            )
    };
    let mut scenes = vec![
        rejected(26),
        rejected(36).minutes(170).act(APOLLO, Move::Claim),
    ];
    scenes.push(rejected(40).day(18).acts(reviewed(APOLLINE)));
    scenes.push(
        rejected(95)
            .day(76)
            .acts(reviewed(APOLLINE))
            .day(72)
            .act(APOLLO, Move::Approve(None)),
    );
    scenes.push(
        rejected(84)
            .day(65)
            .acts(faulted(APOLLO, &[MismatchField::Hours], TOO_SHORT))
            .day(61)
            .act(APOLLINE, Move::Reject(TOO_SHORT)),
    );
    scenes
}
