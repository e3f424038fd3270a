//! Attestations about needles, in every state that an act leads to.

use domain::duty::ReasonCode;
use domain::license::BoardStatus;
use domain::needle::statement::Statement;

use crate::rehearsal::scene::{CORA, Lot, Move, Part, Scene, VERA, VIKTOR, Who};

const GOOD: Lot = Lot {
    number: "SMP10001",
    days_left: 700,
    is_faulty: false,
};

pub(super) fn all() -> Vec<Scene> {
    let holder = Who::Holder;
    let written = |day: i64, lot: Lot| {
        Scene::of(Part::Trained)
            .day(day)
            .act(holder, Move::Needles(lot))
    };
    let signed = |day: i64, lot: Lot| written(day, lot).act(holder, Move::Sign(None));
    let lot = |number: &'static str| Lot { number, ..GOOD };
    let unreadable = (
        ReasonCode::DocIllegible,
        "The photograph shows no lot number.",
    );
    vec![
        written(6, lot("SMP10002")),
        // Waiting for a reviewer: since yesterday, and since long.
        signed(1, lot("SMP10003")),
        signed(8, lot("SMP10004")),
        signed(15, lot("SMP10005")),
        // With one of the eight statements denied: a task for compliance.
        written(11, lot("SMP10006")).act(holder, Move::Sign(Some(Statement::S7))),
        // The same lot with another last day than somebody else's label says.
        signed(
            5,
            Lot {
                number: "SMP10004",
                days_left: 400,
                is_faulty: false,
            },
        ),
        // Labelled for more than one use: nobody may sign for that. One of two is mended.
        signed(
            21,
            Lot {
                number: "SMP10007",
                is_faulty: true,
                ..GOOD
            },
        ),
        signed(
            18,
            Lot {
                number: "SMP10008",
                is_faulty: true,
                ..GOOD
            },
        )
        .day(16)
        .act(holder, Move::Revise)
        .act(holder, Move::Needles(lot("SMP10009")))
        .act(holder, Move::Sign(None)),
        // In force, with everything else that is asked for: shown as verified.
        in_force(30, lot("SMP10010")),
        in_force(24, lot("SMP10011")),
        in_force(9, lot("SMP10012")),
        // Its only lot has expired since.
        signed(
            60,
            Lot {
                number: "SMP10013",
                days_left: 45,
                is_faulty: false,
            },
        )
        .day(58)
        .act(VERA, Move::Accept),
        signed(39, lot("SMP10014"))
            .day(36)
            .act(VIKTOR, Move::Refuse(unreadable)),
        signed(80, lot("SMP10015"))
            .day(78)
            .act(VERA, Move::Accept)
            .day(28)
            .act(
                CORA,
                Move::Invalidate((
                    ReasonCode::DiInvalid,
                    "The device identifier belongs to a needle that is sold no more.",
                )),
            ),
        signed(55, lot("SMP10016"))
            .day(53)
            .act(VIKTOR, Move::Accept)
            .day(14)
            .act(holder, Move::TakeNeedlesBack),
        // Signed anew before the first ended: the later one takes its place. Its last day is so far off
        // that somebody looks at it.
        signed(101, lot("SMP10017"))
            .day(99)
            .act(VERA, Move::Accept)
            .day(10)
            .act(
                holder,
                Move::Needles(Lot {
                    number: "SMP10018",
                    days_left: 4_000,
                    ..GOOD
                }),
            )
            .act(holder, Move::Sign(None))
            .day(7)
            .act(VIKTOR, Move::Accept),
    ]
}

/// Accepted, with the licence looked up and the place confirmed.
fn in_force(day: i64, lot: Lot) -> Scene {
    Scene::of(Part::Trained)
        .day(day)
        .act(VERA, Move::LookUpLicense(BoardStatus::Active))
        .act(Who::Holder, Move::ConfirmPlace)
        .act(Who::Holder, Move::Needles(lot))
        .act(Who::Holder, Move::Sign(None))
        .day(day - 2)
        .act(VIKTOR, Move::Accept)
}
