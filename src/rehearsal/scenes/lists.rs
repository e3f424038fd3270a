//! Who is named by the made-up list of excluded people, and what is decided about that.

use domain::screening::decision::MatchDecision;

use crate::rehearsal::scene::{CARL, CORA, Edition, Listed, Move, Part, Scene};

pub(super) fn all() -> Vec<Scene> {
    let first = |how: Listed| Scene::of(Part::Trained).listed(Edition::First, how);
    let latest = |how: Listed| Scene::of(Part::Trained).listed(Edition::Latest, how);
    let looks = Move::Decide(MatchDecision::StartReview, "");
    let other = Move::Decide(
        MatchDecision::FalsePositive,
        "Another middle name, and never in that state.",
    );
    let same = Move::Decide(
        MatchDecision::Confirm,
        "Name, birth date and former address are those of the row.",
    );
    vec![
        latest(Listed::Number),
        latest(Listed::BirthDate),
        latest(Listed::State),
        latest(Listed::State),
        latest(Listed::Number).day(12).act(CORA, looks),
        first(Listed::State)
            .day(130)
            .act(CARL, looks)
            .act(CARL, other),
        // Strong ones take two people, to clear and to confirm.
        first(Listed::BirthDate)
            .day(121)
            .act(CORA, looks)
            .act(CORA, other)
            .day(119)
            .act(CARL, Move::Confirm),
        first(Listed::Number)
            .day(116)
            .act(CORA, looks)
            .act(CORA, same)
            .day(115)
            .act(CARL, Move::Confirm),
        latest(Listed::BirthDate)
            .day(11)
            .act(CARL, looks)
            .day(5)
            .act(CARL, same),
        latest(Listed::Number)
            .day(12)
            .act(CARL, looks)
            .act(CARL, other)
            .day(9)
            .act(
                CORA,
                Move::Decline("The NPI is the same: that is no namesake."),
            ),
        first(Listed::State).day(129).act(CARL, looks).act(
            CARL,
            Move::Decide(
                MatchDecision::Inconclusive,
                "Neither the list nor the entry has a birth date.",
            ),
        ),
    ]
}
