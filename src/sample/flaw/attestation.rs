//! Needle attestations that are not in force.

use chrono::{NaiveDate, TimeDelta};
use domain::attestation::{AttestationState, SterilityAttestation};
use domain::provider::Provider;

use super::Flaw;
use crate::sample::attestation::change;
use crate::sample::calendar::Calendar;
use crate::sample::dice::Dice;

/// A signature holds for so many days, save in Illinois, where it holds longer.
const SIGNATURE_DAYS: i64 = 120;

pub(super) const FLAWS: &[Flaw] = &[
    none,
    not_accepted,
    not_accepted,
    ended,
    ended,
    lapsed,
    lots_expired,
    covers_one_place,
];

fn none(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    provider.attestations.clear();
}

/// Written, signed or under review, and no further; or sent back.
fn not_accepted(dice: &mut Dice, _: Calendar, provider: &mut Provider) {
    let states: &[AttestationState] = match dice.between(0, 4) {
        0 => &[],
        1 => &[AttestationState::Signed],
        2 => &[AttestationState::Signed, AttestationState::NeedsFix],
        3 => &[AttestationState::Signed, AttestationState::UnderReview],
        _ => &[
            AttestationState::Signed,
            AttestationState::UnderReview,
            AttestationState::Rejected,
        ],
    };
    let Some(mut last) = provider.attestations.pop() else {
        return;
    };
    let signed_at = last.signed_at.filter(|_| !states.is_empty());
    last.signed_at = signed_at;
    last.valid_until = last.valid_until.filter(|_| signed_at.is_some());
    last.history = signed_at
        .into_iter()
        .flat_map(|at| states.iter().map(move |state| change(at, *state)))
        .collect();
    provider.attestations = vec![last];
}

fn ended(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let state = *dice.pick(&[AttestationState::Invalidated, AttestationState::Withdrawn]);
    if let Some(last) = provider.attestations.last_mut() {
        let accepted_at = last.history.last().map(|change| change.at);
        let days_ago = dice.between(0, 10);
        let at = calendar.instant(dice, days_ago);
        // Not before it was accepted, which may have been yesterday.
        let at = accepted_at.map_or(at, |accepted_at| at.max(accepted_at));
        last.history.push(change(at, state));
    }
}

/// Signed so long ago that it holds no more, and not renewed.
fn lapsed(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    if let Some(last) = alone(provider) {
        shift_back(last, TimeDelta::days(SIGNATURE_DAYS + 5));
        last.valid_until = signature_ends(last);
    }
}

/// The last lot in use has expired.
fn lots_expired(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let last_day = calendar.day(dice.between(1, 25));
    if let Some(last) = alone(provider) {
        shift_back(last, TimeDelta::days(40));
        for lot in last.products.iter_mut().flat_map(|it| &mut it.lots) {
            lot.expires_on = last_day;
        }
        last.valid_until = signature_ends(last).map(|end| end.min(last_day));
    }
}

/// Speaks of the first place alone.
fn covers_one_place(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    for attestation in &mut provider.attestations {
        attestation.locations.truncate(1);
    }
}

fn alone(provider: &mut Provider) -> Option<&mut SterilityAttestation> {
    let last = provider.attestations.pop();
    provider.attestations = last.into_iter().collect();
    provider.attestations.last_mut()
}

fn signature_ends(attestation: &SterilityAttestation) -> Option<NaiveDate> {
    let signed_on = Calendar::day_of(attestation.signed_at?);
    Some(signed_on + TimeDelta::days(SIGNATURE_DAYS))
}

fn shift_back(attestation: &mut SterilityAttestation, by: TimeDelta) {
    attestation.signed_at = attestation.signed_at.map(|at| at - by);
    for change in &mut attestation.history {
        change.at -= by;
    }
}
