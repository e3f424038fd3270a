//! Numbers that the registry deactivated or never knew, and places that nobody confirmed.

use domain::npi::Npi;
use domain::provider::{NpiStatus, NpiStatusChange, Provider};

use super::Flaw;
use crate::sample::MAX_PEOPLE;
use crate::sample::calendar::Calendar;
use crate::sample::dice::Dice;

pub(super) const FLAWS: &[Flaw] = &[
    deactivated,
    reactivated,
    replaced,
    never_seen,
    not_confirmed,
    confirmed_long_ago,
    confirmed_long_ago,
];

fn deactivated(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let days_ago = dice.between(3, 300);
    turn(calendar, provider, days_ago, NpiStatus::Deactivated);
}

/// Out of use for some weeks, and in use again.
fn reactivated(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let again = dice.between(5, 200);
    let off = again + dice.between(10, 90);
    turn(calendar, provider, off, NpiStatus::Deactivated);
    turn(calendar, provider, again, NpiStatus::Active);
}

/// Deactivated in favour of another number, which no made-up person of this size of run bears.
fn replaced(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    deactivated(dice, calendar, provider);
    provider.replaced_by = Some(Npi::sample(MAX_PEOPLE - dice.between(1, 100_000)));
}

fn never_seen(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    provider.npi_history.clear();
}

fn not_confirmed(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    for location in &mut provider.locations {
        location.confirmed_at.clear();
    }
}

fn confirmed_long_ago(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    for location in &mut provider.locations {
        let days_ago = dice.between(92, 400);
        location.confirmed_at = vec![calendar.instant(dice, days_ago)];
    }
}

fn turn(calendar: Calendar, provider: &mut Provider, days_ago: u32, status: NpiStatus) {
    provider.npi_history.push(NpiStatusChange {
        from: calendar.day(days_ago),
        status,
    });
}
