//! Licences that are not in force, or not shown to be.

use chrono::Days;
use domain::license::{BoardStatus, CheckOutcome, CheckSourceKind, License, MismatchField};
use domain::provider::Provider;

use super::Flaw;
use crate::sample::calendar::Calendar;
use crate::sample::dice::Dice;
use crate::sample::license;

pub(super) const FLAWS: &[Flaw] = &[
    never_checked,
    checked_long_ago,
    checked_by_a_third_party,
    expired_before_the_look,
    expired_since_the_look,
    not_in_force,
    not_in_force,
    in_force_with_conditions,
    of_another_kind,
    under_another_name,
    not_found,
    register_does_not_answer,
    restored,
];

/// The holder's word is all there is.
fn never_checked(dice: &mut Dice, _: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        license.checks.clear();
    }
}

/// All looks lie back further than a check counts.
fn checked_long_ago(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        let days_ago = dice.between(32, 300);
        license.checks = vec![license::check(
            dice,
            calendar,
            license,
            days_ago,
            BoardStatus::Active,
        )];
    }
}

/// Somebody else's list says so, which proves nothing.
fn checked_by_a_third_party(dice: &mut Dice, _: Calendar, provider: &mut Provider) {
    let kind = *dice.pick(&[CheckSourceKind::Secondary, CheckSourceKind::Delegate]);
    if let Some(license) = one(dice, provider) {
        for check in &mut license.checks {
            check.source_kind = kind;
            check.source_name = "Sample clinic roster".into();
        }
    }
}

/// The register already shows an end that has passed.
fn expired_before_the_look(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        let days_ago = dice.between(1, 25);
        let mut check = license::check(dice, calendar, license, days_ago, BoardStatus::Expired);
        check.expires_on = Some(check.as_of - Days::new(u64::from(dice.between(1, 90))));
        license.expires_on = check.expires_on;
        look(license, check);
    }
}

/// The last look found it in force, and its last day has passed since then.
fn expired_since_the_look(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        let days_ago = dice.between(5, 27);
        let last_day = Some(calendar.day(dice.between(1, days_ago - 1)));
        license.expires_on = last_day;
        license.checks = vec![license::check(
            dice,
            calendar,
            license,
            days_ago,
            BoardStatus::Active,
        )];
    }
}

fn not_in_force(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let status = *dice.pick(&[
        BoardStatus::Inactive,
        BoardStatus::SuspendedDisciplinary,
        BoardStatus::SuspendedAdmin,
        BoardStatus::Revoked,
        BoardStatus::Surrendered,
    ]);
    found(dice, calendar, provider, status);
}

fn in_force_with_conditions(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let status = *dice.pick(&[BoardStatus::ActiveConditions, BoardStatus::Probation]);
    found(dice, calendar, provider, status);
}

fn of_another_kind(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    differing(dice, calendar, provider, MismatchField::LicenseType);
}

fn under_another_name(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let field = *dice.pick(&[MismatchField::Name, MismatchField::LicenseNumber]);
    differing(dice, calendar, provider, field);
}

/// The register answered and knows of no such licence.
fn not_found(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        let mut check = license::check(dice, calendar, license, 1, BoardStatus::NotFound);
        check.outcome = CheckOutcome::NotFound;
        check.expires_on = None;
        look(license, check);
    }
}

/// Silence changes nothing: the earlier look stands until it is too old.
fn register_does_not_answer(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        let mut check = license::check(dice, calendar, license, 0, BoardStatus::Unknown);
        check.outcome = CheckOutcome::SourceUnavailable;
        check.expires_on = None;
        look(license, check);
    }
}

/// Suspended last season and in force again.
fn restored(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    if let Some(license) = one(dice, provider) {
        let then = dice.between(50, 75);
        let now = dice.between(1, 25);
        let suspended = license::check(dice, calendar, license, then, BoardStatus::SuspendedAdmin);
        let restored = license::check(dice, calendar, license, now, BoardStatus::Active);
        license.checks = vec![suspended, restored];
    }
}

fn found(dice: &mut Dice, calendar: Calendar, provider: &mut Provider, status: BoardStatus) {
    if let Some(license) = one(dice, provider) {
        let days_ago = dice.between(0, 25);
        let check = license::check(dice, calendar, license, days_ago, status);
        look(license, check);
    }
}

fn differing(dice: &mut Dice, calendar: Calendar, provider: &mut Provider, field: MismatchField) {
    if let Some(license) = one(dice, provider) {
        let days_ago = dice.between(0, 25);
        let mut check = license::check(dice, calendar, license, days_ago, BoardStatus::Active);
        check.outcome = CheckOutcome::Mismatch;
        check.mismatches = vec![field];
        look(license, check);
    }
}

/// The look becomes the last one.
fn look(license: &mut License, check: domain::license::LicenseCheck) {
    license
        .checks
        .retain(|earlier| earlier.checked_at < check.checked_at);
    license.checks.push(check);
}

fn one<'a>(dice: &mut Dice, provider: &'a mut Provider) -> Option<&'a mut License> {
    let last = u32::try_from(provider.licenses.len())
        .ok()?
        .checked_sub(1)?;
    provider.licenses.get_mut(dice.between(0, last) as usize)
}
