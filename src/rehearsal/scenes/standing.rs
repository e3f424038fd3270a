//! What becomes of credentials that were in force: corrected, suspended, reinstated, revoked, taken
//! back, entered in error, and suspended with everything that an issuer gave.

use domain::case::Purpose;
use domain::credential::SuspensionKind;
use domain::duty::ReasonCode;
use domain::evidence::EvidenceKind;
use domain::license::{CheckOutcome, MismatchField};

use super::{PLUMBLINE, TOO_SHORT, WEEKENDS, matches, reviewed, says, submitted, training};
use crate::rehearsal::scene::{
    ABE, ANNA, APOLLINE, APOLLO, CARL, CORA, Move, Part, Scene, VERA, VIKTOR, Who, Why,
};

pub(super) fn all() -> Vec<Scene> {
    let mut scenes = Vec::new();
    scenes.extend(corrected());
    scenes.extend(suspended());
    scenes.extend(accused());
    scenes.extend(in_error());
    scenes.extend(tainted());
    scenes.push(
        Scene::of(Part::Trained)
            .day(35)
            .act(Who::Holder, Move::WithdrawCredential),
    );
    scenes
}

fn corrected() -> Vec<Scene> {
    let begun = |day: i64| {
        Scene::of(Part::Trained)
            .day(day)
            .act(
                Who::Holder,
                Move::Succeed(training(
                    "Dry Needling Foundations (corrected)",
                    PLUMBLINE,
                    54,
                )),
            )
            .act(Who::Holder, Move::Open(Purpose::Correction))
            .act(Who::Holder, Move::Submit(EvidenceKind::CertificateScan))
    };
    vec![
        begun(90)
            .day(86)
            .acts(reviewed(VERA))
            .day(83)
            .act(ABE, Move::Approve(None)),
        begun(13),
        begun(25).day(11).acts(reviewed(VIKTOR)),
    ]
}

fn suspended() -> Vec<Scene> {
    let because = |day: i64, kind: SuspensionKind, why: Why| {
        Scene::of(Part::Trained)
            .day(day)
            .act(CORA, Move::Suspend(kind, why))
    };
    let integrity = (
        ReasonCode::FalseStatement,
        "The school says that the certificate was collected by somebody else.",
    );
    let safety = (
        ReasonCode::Other,
        "Two patients report needles from an opened package.",
    );
    let asks = |scene: Scene, day: i64| {
        scene
            .day(day)
            .act(Who::Holder, Move::Open(Purpose::Reinstatement))
            .act(Who::Holder, Move::Submit(EvidenceKind::SupervisorLetter))
    };
    vec![
        // The days in which it is to be looked at again have passed; here they have not.
        because(37, SuspensionKind::IntegrityConcern, integrity),
        because(4, SuspensionKind::Safety, safety),
        asks(because(23, SuspensionKind::Safety, safety), 9),
        asks(because(48, SuspensionKind::IntegrityConcern, integrity), 20)
            .day(8)
            .acts(reviewed(VERA)),
        asks(because(94, SuspensionKind::Safety, safety), 79)
            .day(75)
            .acts(reviewed(VIKTOR))
            .day(71)
            .act(ANNA, Move::Approve(None)),
    ]
}

/// For cause: opened and submitted by one verifier, reviewed by the other.
fn accused() -> Vec<Scene> {
    let fraud = (
        ReasonCode::Fraud,
        "The certificate's number belongs to a course in another town.",
    );
    let opened = |day: i64| {
        Scene::of(Part::Trained)
            .day(day)
            .act(VERA, Move::Open(Purpose::ForCause))
            .act(VERA, Move::Submit(EvidenceKind::IssuerEmail))
    };
    let found = [
        (VIKTOR, Move::Claim),
        (VIKTOR, matches("cause")),
        (VIKTOR, Move::Recommend(None)),
    ];
    let revoked = |day: i64| {
        let scene = opened(day).day(day - 5).acts(found);
        scene.day(day - 9).act(ABE, Move::Approve(Some(fraud)))
    };
    let appeal = Move::Appeal("Somebody else used my certificate's number.");
    let unfounded = (
        ReasonCode::Other,
        "The school confirmed the certificate: the concern was unfounded.",
    );
    vec![
        opened(14).minutes(100).act(VIKTOR, Move::Claim),
        opened(27).day(12).acts(found),
        revoked(57),
        // Overturned: the revoked record stays revoked, and another takes its place.
        revoked(109)
            .day(91)
            .act(Who::Holder, appeal)
            .day(85)
            .acts(reviewed(APOLLO))
            .day(80)
            .act(APOLLINE, Move::Approve(None)),
        opened(69)
            .day(64)
            .act(VIKTOR, Move::Claim)
            .act(
                VIKTOR,
                says(
                    "cause",
                    CheckOutcome::Mismatch,
                    &[MismatchField::Name],
                    "The number is theirs.",
                ),
            )
            .act(VIKTOR, Move::Recommend(Some(unfounded)))
            .day(60)
            .act(ANNA, Move::Reject(unfounded)),
    ]
}

fn in_error() -> Vec<Scene> {
    let wrong = (
        ReasonCode::WrongPerson,
        "The certificate is a namesake's in another state.",
    );
    let twice = (ReasonCode::Duplicate, "The same course stands here twice.");
    let says = |day: i64, by: Who, why: Why| {
        Scene::of(Part::Trained)
            .day(day)
            .act(by, Move::SaysInError(why))
    };
    vec![
        says(43, VERA, wrong).day(41).act(CORA, Move::Confirm),
        says(32, VIKTOR, twice)
            .day(31)
            .act(ABE, Move::Decline("They are two courses, a year apart.")),
        says(6, VERA, twice),
        says(54, VERA, twice).day(53).act(VERA, Move::Retract),
    ]
}

/// Two who trained with somebody who turned out to sell certificates; whether that was so is asked
/// again.
fn tainted() -> Vec<Scene> {
    let sells = (
        ReasonCode::IssuerTainted,
        "Certificates were sold to people who were not there (made up, like the school).",
    );
    let verified = |day: i64| {
        submitted(day, training("Weekend Intensive", WEEKENDS, 20))
            .day(day - 3)
            .acts(reviewed(VERA))
            .day(day - 5)
            .act(ANNA, Move::Approve(None))
    };
    vec![
        verified(98)
            .day(19)
            .act(CORA, Move::Taint(sells))
            .day(17)
            .act(CARL, Move::Confirm)
            .day(3)
            .act(
                CORA,
                Move::LiftTaint("The school has shown lists of who was there."),
            ),
        verified(87),
        submitted(70, training("Weekend Intensive", WEEKENDS, 20))
            .day(66)
            .act(VERA, Move::Claim)
            .act(
                VERA,
                says(
                    "*",
                    CheckOutcome::Mismatch,
                    &[MismatchField::Hours],
                    TOO_SHORT.1,
                ),
            )
            .act(VERA, Move::Recommend(Some(TOO_SHORT)))
            .day(63)
            .act(ABE, Move::Reject(TOO_SHORT)),
    ]
}
