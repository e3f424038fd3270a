//! Who is made up for which part: people of [`crate::sample`] under a seed of their own, as they were on
//! the first day, chosen by what is on file about them and never by where they are.

use std::collections::{BTreeSet, VecDeque};

use chrono::{DateTime, Days as Span, NaiveDate, TimeDelta, Utc};
use domain::credential::{Credential, Standing, StandingChange};
use domain::provider::{NpiStatus, Provider};

use super::RehearsalError;
use super::days::Days;
use super::scene::{Part, Scene};
use crate::sample;
use crate::store::{self, Store};

/// The seed of the cast. `drypoint sample --seed 90` finds them on file already.
const SEED: u64 = 90;

/// How many made-up people are looked through for those who suit a part.
const LOOKED_THROUGH: usize = 4_000;

/// A verification lasts 36 months; one that is this many days old ends in about one.
const NEARLY_OVER: u64 = 1_065;

/// Licences are given for two years.
const TERM: u64 = 730;

/// Nobody's licence ends within so many days from now: whoever signs has one.
const STAYS_LICENSED: u64 = 45;

/// The people of the scenes, in their order.
pub(super) async fn assign(
    store: &Store,
    script: &[Scene],
    days: Days,
) -> Result<Vec<Provider>, RehearsalError> {
    let places = store::place::load(store.connection()).await?;
    let law = store::scope::load(store.connection()).await?;
    let (mut registered, mut claimed): (VecDeque<usize>, VecDeque<usize>) =
        (0..script.len()).partition(|nth| script[*nth].part == Part::Registered);
    let mut people: Vec<Option<Provider>> = vec![None; script.len()];
    let mut families = BTreeSet::new();
    for mut person in sample::people(LOOKED_THROUGH, SEED, days.begin(), &places, &law) {
        let Some(family) = person.name.family.clone() else {
            continue;
        };
        if !suits(&person) || families.contains(&family) {
            continue;
        }
        let queue = if person.claimed {
            &mut claimed
        } else {
            &mut registered
        };
        let Some(nth) = queue.pop_front() else {
            continue;
        };
        families.insert(family);
        prepare(&mut person, script[nth].part, days);
        people[nth] = Some(person);
        if claimed.is_empty() && registered.is_empty() {
            break;
        }
    }
    let found: Option<Vec<Provider>> = people.into_iter().collect();
    found.ok_or(RehearsalError::TooFewPeople(script.len()))
}

/// Somebody of whom nothing bad is known: what becomes of them is the script's to say.
fn suits(person: &Provider) -> bool {
    let is_active = person
        .npi_history
        .last()
        .is_some_and(|last| last.status == NpiStatus::Active);
    let is_placed = person
        .locations
        .first()
        .is_some_and(|it| it.position.is_some());
    if !is_active || !is_placed || !person.screening.matches.is_empty() {
        return false;
    }
    if !person.claimed {
        return true;
    }
    let is_licensed = person
        .licenses
        .first()
        .is_some_and(|it| it.number.is_some());
    let trained = !person.training.is_empty() && person.training.iter().all(is_orderly);
    is_licensed && trained && person.credentials.iter().all(stands)
}

fn is_orderly(training: &domain::training::TrainingCredential) -> bool {
    stands(&training.credential) && training.credential.expires_on.is_none()
}

fn stands(credential: &Credential) -> bool {
    matches!(
        &credential.history[..],
        [StandingChange {
            standing: Standing::Verified,
            ..
        }]
    )
}

/// Leaves on file what the part asks for.
fn prepare(person: &mut Provider, part: Part, days: Days) {
    // Whatever was looked at before the first day would be long overdue today.
    person.attestations.clear();
    for license in &mut person.licenses {
        license.checks.clear();
        let until = days.end().date_naive() + Span::new(STAYS_LICENSED);
        license.expires_on = license.expires_on.map(|last| renewed(last, until));
    }
    match part {
        Part::Registered => {}
        Part::Newcomer => {
            person.training.clear();
            person.credentials.clear();
        }
        Part::Trained => person.training.truncate(1),
        Part::Due(days_ago) => {
            person.training.truncate(1);
            let opened = days.end() - TimeDelta::days(days_ago);
            age(person, opened - Span::new(NEARLY_OVER));
        }
    }
}

/// The last day of a licence that was renewed as often as it takes to be in force until a day.
fn renewed(mut last: NaiveDate, until: NaiveDate) -> NaiveDate {
    while last < until {
        last = last + Span::new(TERM);
    }
    last
}

/// Has the training verified at an instant, and everything that comes before that before it.
fn age(person: &mut Provider, verified_at: DateTime<Utc>) {
    let ended = verified_at.date_naive() - Span::new(40);
    let began = ended - Span::new(4);
    for training in &mut person.training {
        training.started_on = Some(began);
        training.credential.completed_on = Some(ended);
        training.credential.issued_on = Some(ended);
        for change in &mut training.credential.history {
            change.at = verified_at;
        }
    }
    let licensed = began - Span::new(400);
    for license in &mut person.licenses {
        license.issued_on = license.issued_on.map(|day| day.min(licensed));
    }
}
