//! Screenings that are overdue, and rows of exclusion lists that may be the person.

use chrono::{DateTime, Utc};
use domain::place::Jurisdiction;
use domain::provider::Provider;
use domain::screening::{ExclusionList, ExclusionMatch, MatchChange, MatchState, MatchTier};

use super::{Flaw, first_seen};
use crate::sample::calendar::Calendar;
use crate::sample::dice::Dice;

pub(super) const FLAWS: &[Flaw] = &[
    never, overdue, held, confirmed, cleared, waived, reinstated, weak,
];

fn never(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    provider.screening.screened_at.clear();
}

fn overdue(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let days_ago = dice.between(37, 150);
    provider.screening.screened_at = vec![calendar.instant(dice, days_ago)];
}

/// A strong hit that nobody has decided about.
fn held(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let state = *dice.pick(&[
        MatchState::New,
        MatchState::UnderReview,
        MatchState::Inconclusive,
    ]);
    let tier = *dice.pick(&[MatchTier::T1Npi, MatchTier::T2NameDob]);
    raise(dice, calendar, provider, tier, &[(state, None)]);
}

fn confirmed(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let states = [
        (MatchState::UnderReview, None),
        (MatchState::Confirmed, None),
    ];
    raise(dice, calendar, provider, MatchTier::T2NameDob, &states);
}

/// Somebody else of that name.
fn cleared(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let states = [(MatchState::New, None), (MatchState::FalsePositive, None)];
    raise(dice, calendar, provider, MatchTier::T2NameDob, &states);
}

/// A waiver lifts the exclusion in one state: the person's own, or another.
fn waived(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let own = provider
        .locations
        .first()
        .map(domain::provider::PracticeLocation::jurisdiction);
    let state = if dice.percent(60) {
        own
    } else {
        Some(*dice.pick(Jurisdiction::ALL))
    };
    let states = [(MatchState::Confirmed, None), (MatchState::Waived, state)];
    raise(dice, calendar, provider, MatchTier::T1Npi, &states);
}

/// It was this person, and the exclusion has ended.
fn reinstated(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let states = [
        (MatchState::Confirmed, None),
        (MatchState::Reinstated, None),
    ];
    raise(dice, calendar, provider, MatchTier::T1Npi, &states);
}

/// Too weak to hold anything up.
fn weak(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let tier = *dice.pick(&[MatchTier::T3NameContext, MatchTier::T4NameOnly]);
    raise(dice, calendar, provider, tier, &[(MatchState::New, None)]);
}

/// A match that went through these states, in days that follow each other.
fn raise(
    dice: &mut Dice,
    calendar: Calendar,
    provider: &mut Provider,
    tier: MatchTier,
    states: &[(MatchState, Option<Jurisdiction>)],
) {
    let since = first_seen(provider, calendar).clamp(8, 60);
    let steps = u32::try_from(states.len()).unwrap_or(1);
    let history = states
        .iter()
        .zip((0..steps).rev())
        .map(|((state, waived_in), left)| MatchChange {
            at: step(dice, calendar, since * (left + 1) / (steps + 1)),
            state: *state,
            waived_in: *waived_in,
        })
        .collect();
    provider.screening.matches.push(ExclusionMatch {
        list: dice.weighted(&[
            (8, ExclusionList::OigLeie),
            (1, ExclusionList::SamGov),
            (1, ExclusionList::StateMedicaid),
        ]),
        tier,
        history,
    });
}

fn step(dice: &mut Dice, calendar: Calendar, days_ago: u32) -> DateTime<Utc> {
    calendar.instant(dice, days_ago)
}
