//! What goes wrong in a directory: something lapsed, missing, suspended, looked up and not found.
//!
//! Each flaw takes an orderly person and spoils one thing. It never adds what the law would not have
//! seen: all that happens lies before the clock, in an order in which it can have happened.

mod attestation;
mod credential;
mod license;
mod registry;
mod screening;

use domain::provider::Provider;

use super::calendar::Calendar;
use super::dice::Dice;

/// One thing spoiled; the functions of this room.
type Flaw = fn(&mut Dice, Calendar, &mut Provider);

/// The flaws of one subject, and how often it is that one.
const SUBJECTS: &[(u32, &[Flaw])] = &[
    (4, license::FLAWS),
    (4, credential::FLAWS),
    (2, attestation::FLAWS),
    (2, screening::FLAWS),
    (2, registry::FLAWS),
];

/// Spoils something of three people in ten, and two things of some.
pub(super) fn spoil(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if !dice.percent(30) {
        return;
    }
    let mut subjects = SUBJECTS.to_vec();
    for _ in 0..dice.weighted(&[(4, 1), (1, 2)]) {
        let flaws = dice.weighted(&subjects);
        dice.pick(flaws)(dice, calendar, provider);
        // Two flaws of one subject would contradict each other.
        subjects.retain(|(_, others)| !std::ptr::eq(*others, flaws));
    }
}

/// How long ago the person was first looked at, in days: nothing that we recorded is older.
fn first_seen(provider: &Provider, calendar: Calendar) -> u32 {
    let checks = provider
        .licenses
        .iter()
        .flat_map(|license| &license.checks)
        .map(|check| check.checked_at);
    let screenings = provider.screening.screened_at.iter().copied();
    let days = checks
        .chain(screenings)
        .min()
        .map_or(0, |first| (calendar.at(0) - first).num_days());
    u32::try_from(days).unwrap_or_default()
}
