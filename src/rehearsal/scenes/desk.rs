//! What is asked of the directory about entries: that one is somebody's, that one goes, that one is
//! wrong; and that an account gets another role.

use domain::access::Role;
use domain::claim::ClaimMethod;
use domain::report::MistakeKind;

use crate::rehearsal::scene::{DAN, Move, Part, Scene, Staff, VERA, Who};

pub(super) fn all() -> Vec<Scene> {
    let registered = || Scene::of(Part::Registered);
    let claims = |day: i64, by: u8, method: ClaimMethod, statement: &'static str| {
        registered()
            .day(day)
            .act(Who::Claimant(by), Move::ClaimEntry(method, statement))
    };
    let report = |day: i64, kind: MistakeKind, message: &'static str| {
        registered()
            .day(day)
            .act(Who::Anybody, Move::Report(kind, message))
    };
    vec![
        claims(2, 1, ClaimMethod::PracticePhone, "This is my practice."),
        claims(6, 1, ClaimMethod::PostalAddress, "I work here on Mondays."),
        // Two say that they are the same person.
        claims(9, 1, ClaimMethod::EvidenceSeen, "I can show my licence.").act(
            Who::Claimant(2),
            Move::ClaimEntry(ClaimMethod::EvidenceSeen, "The entry is mine."),
        ),
        claims(40, 1, ClaimMethod::PracticePhone, "Please add me.")
            .day(38)
            .act(
                VERA,
                Move::DeclineClaim("The practice does not know the name."),
            ),
        Scene::of(Part::Newcomer).day(4).act(
            Who::Holder,
            Move::AskRemoval(false, "I no longer practise."),
        ),
        registered().day(10).act(
            DAN,
            Move::AskRemoval(
                true,
                "Asked for in a letter; who sent it is still to be shown.",
            ),
        ),
        report(1, MistakeKind::WrongPhone, "The number is a bakery's."),
        report(2, MistakeKind::NotAtLocation, "They moved away last year."),
        report(
            3,
            MistakeKind::SafetyConcern,
            "Needles were left on the bench.",
        ),
        report(
            8,
            MistakeKind::NoDryNeedling,
            "They say they never did that.",
        ),
        registered().day(7).act(
            DAN,
            Move::ChangeRoles(
                Staff::Abe,
                Role::Verifier,
                "More hands are needed for reviews than for decisions.",
            ),
        ),
    ]
}
