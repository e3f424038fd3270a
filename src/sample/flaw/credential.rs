//! Training and other credentials whose standing is not what it was, or never was.

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::credential::{Credential, Standing, StandingChange, SuspensionKind};
use domain::provider::Provider;

use super::Flaw;
use crate::sample::calendar::Calendar;
use crate::sample::dice::Dice;

pub(super) const FLAWS: &[Flaw] = &[
    no_training,
    claimed_alone,
    verified_too_long_ago,
    verified_too_long_ago,
    expired,
    suspended,
    suspended,
    tainted,
    reinstated,
    reinstated,
    revoked,
    withdrawn,
    superseded,
];

fn no_training(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    provider.training.clear();
}

/// Nobody has decided about anything yet.
fn claimed_alone(_: &mut Dice, _: Calendar, provider: &mut Provider) {
    each(provider, |credential| credential.history.clear());
}

/// Verified more than three years ago, and never again.
fn verified_too_long_ago(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let days_ago = dice.between(1_120, 1_500);
    let verified_at = calendar.instant(dice, days_ago);
    let shift = Days::new(1_500);
    each(provider, |credential| {
        // The course has to lie before its verification, so it moves back as well.
        credential.issued_on = credential.issued_on.map(|day| day - shift);
        credential.completed_on = credential.completed_on.map(|day| day - shift);
        credential.history = vec![change(verified_at, Standing::Verified)];
    });
    let mut began = Vec::new();
    for training in &mut provider.training {
        training.started_on = training.started_on.map(|day| day - shift);
        began.extend(training.started_on);
    }
    let Some(began) = began.into_iter().min() else {
        return;
    };
    for license in &mut provider.licenses {
        let licensed = began - Days::new(30);
        license.issued_on = license.issued_on.map(|day| day.min(licensed));
    }
}

/// Past its own end, where the certificate names one.
fn expired(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let last_day = calendar.day(dice.between(1, 19));
    each(provider, |credential| {
        credential.expires_on = Some(last_day);
    });
}

fn suspended(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let kind = *dice.pick(&[
        SuspensionKind::Disciplinary,
        SuspensionKind::Administrative,
        SuspensionKind::IntegrityConcern,
        SuspensionKind::Safety,
    ]);
    let at = recently(dice, calendar);
    push_to_one(dice, provider, suspension(at, kind));
}

/// The issuer is not trusted, which says nothing about the person.
fn tainted(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let at = recently(dice, calendar);
    for training in &mut provider.training {
        let history = &mut training.credential.history;
        history.push(suspension(at, SuspensionKind::IssuerTaint));
    }
}

/// Suspended for a while not long ago: past days differ from today.
fn reinstated(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let lifted_at = calendar.instant(dice, 2);
    let suspended_at = lifted_at - TimeDelta::days(i64::from(dice.between(4, 15)));
    let kind = *dice.pick(&[SuspensionKind::Administrative, SuspensionKind::Safety]);
    if let Some(credential) = one(dice, provider) {
        credential.history.push(suspension(suspended_at, kind));
        credential
            .history
            .push(change(lifted_at, Standing::Verified));
    }
}

fn revoked(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let at = recently(dice, calendar);
    push_to_one(dice, provider, change(at, Standing::Revoked));
}

fn withdrawn(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let at = recently(dice, calendar);
    push_to_one(dice, provider, change(at, Standing::Withdrawn));
}

/// A later version took its place and waits to be verified.
fn superseded(dice: &mut Dice, calendar: Calendar, provider: &mut Provider) {
    let at = recently(dice, calendar);
    push_to_one(dice, provider, change(at, Standing::Superseded));
}

/// After every verification of an orderly person, see `person::life`.
fn recently(dice: &mut Dice, calendar: Calendar) -> DateTime<Utc> {
    let days_ago = dice.between(1, 18);
    calendar.instant(dice, days_ago)
}

fn change(at: DateTime<Utc>, standing: Standing) -> StandingChange {
    StandingChange {
        at,
        standing,
        suspension: None,
        decided: None,
    }
}

fn suspension(at: DateTime<Utc>, kind: SuspensionKind) -> StandingChange {
    StandingChange {
        suspension: Some(kind),
        ..change(at, Standing::Suspended)
    }
}

fn each(provider: &mut Provider, mut spoil: impl FnMut(&mut Credential)) {
    for training in &mut provider.training {
        spoil(&mut training.credential);
    }
    for credential in &mut provider.credentials {
        spoil(credential);
    }
}

fn push_to_one(dice: &mut Dice, provider: &mut Provider, change: StandingChange) {
    if let Some(credential) = one(dice, provider) {
        credential.history.push(change);
    }
}

/// A training rather than anything else.
fn one<'a>(dice: &mut Dice, provider: &'a mut Provider) -> Option<&'a mut Credential> {
    if provider.training.is_empty() {
        let last = u32::try_from(provider.credentials.len())
            .ok()?
            .checked_sub(1)?;
        let nth = dice.between(0, last) as usize;
        return provider.credentials.get_mut(nth);
    }
    let last = u32::try_from(provider.training.len()).ok()? - 1;
    let nth = dice.between(0, last) as usize;
    provider
        .training
        .get_mut(nth)
        .map(|training| &mut training.credential)
}
