//! How a claimed person's life went, and how far their evidence goes.

use super::dice::Dice;
use super::needs::{Hours, Needs};

/// How far a claimed person's evidence goes towards what a conditional rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// All of it.
    Met,
    /// The state's endorsement or permit alone, where it gives one.
    StateGrant,
    /// Too few hours, sessions or years.
    Short,
    /// Some of it is not on file.
    Missing,
    /// A register was asked and has none.
    LookedUpNone,
    /// More than the interim hours, less than the whole.
    Interim,
}

/// When things happened to a claimed person, in days before the clock; each before the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    pub(super) licensed: u32,
    pub(super) course_began: u32,
    pub(super) course_ended: u32,
    pub(super) joined: u32,
    pub(super) verified: u32,
}

/// What a person's evidence comes to, as far as the rules ask for anything.
pub(super) fn evidence(dice: &mut Dice, needs: &Needs) -> Evidence {
    if !needs.conditional {
        return Evidence::Met;
    }
    let drawn = dice.weighted(&[
        (64, Evidence::Met),
        (10, Evidence::StateGrant),
        (10, Evidence::Short),
        (7, Evidence::Missing),
        (5, Evidence::LookedUpNone),
        (4, Evidence::Interim),
    ]);
    match drawn {
        Evidence::StateGrant if needs.state_grants().next().is_none() => Evidence::Met,
        Evidence::LookedUpNone if needs.proofs.is_empty() => Evidence::Short,
        Evidence::Interim if needs.interim.is_none() => Evidence::Met,
        other => other,
    }
}

/// Courses end, the person joins, and reviewers decide: in this order, and all of it in the past.
pub(super) fn life(dice: &mut Dice, evidence: Evidence, needs: &Needs) -> Life {
    let too_new = evidence == Evidence::Short && needs.years > 0 && dice.percent(40);
    let joined = if too_new {
        dice.between(40, 60)
    } else {
        dice.between(40, 700)
    };
    let licensed = if too_new {
        dice.between(200, 330)
    } else {
        joined + dice.between(1_500, 9_000)
    };
    let course_ended = joined + dice.between(10, ((licensed - joined) / 2).min(1_500));
    let course_began = course_ended + dice.between(30, (licensed - course_ended - 10).min(330));
    Life {
        licensed,
        course_began,
        course_ended,
        joined,
        verified: joined - dice.between(2, 20),
    }
}

/// An hour figure for the courses: what the law asks for, or what one usually takes.
pub(super) fn hours(dice: &mut Dice, needs: &Needs, evidence: Evidence) -> Hours {
    let usual = dice.weighted(&[(55, 54), (25, 27), (20, 80)]);
    let asked = needs.hours;
    let least = asked.total.max(asked.in_person);
    match evidence {
        Evidence::Met | Evidence::Missing | Evidence::LookedUpNone if least > 0 => asked,
        Evidence::Short if least > 0 => {
            let percent = dice.between(45, 80);
            let less = |hours: u32| hours * percent / 100;
            Hours {
                total: less(asked.total).max(8),
                in_person: less(asked.in_person),
                theory: less(asked.theory),
                practical: less(asked.practical),
                postgraduate: less(asked.postgraduate),
            }
        }
        Evidence::Interim => {
            let interim = needs.interim.unwrap_or_default();
            Hours {
                total: dice.between(interim, interim.max(least.saturating_sub(4))),
                in_person: interim,
                ..Hours::default()
            }
        }
        Evidence::Met
        | Evidence::Missing
        | Evidence::LookedUpNone
        | Evidence::Short
        | Evidence::StateGrant => Hours {
            total: usual,
            in_person: usual * 3 / 5,
            ..Hours::default()
        },
    }
}
