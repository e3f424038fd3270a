//! The made-up people: the same every time, everywhere in the country, and nobody that exists.

mod database;
mod listing;
mod people;
mod place;
mod time;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use domain::credential::Credential;
use domain::eligibility::Rulebook;
use domain::place::{Jurisdiction, PostalPlace};
use domain::provider::{PracticeLocation, Provider};
use domain::scope::ScopeLaw;
use drypoint::import::seed as tables;

const COUNT: usize = 5_000;
const SEED: u64 = 1;

static PLACES: LazyLock<Vec<PostalPlace>> = LazyLock::new(|| tables::places().expect("places"));
static LAW: LazyLock<ScopeLaw> = LazyLock::new(|| tables::law().expect("law"));
static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook {
    scope: LAW.clone(),
    ..Rulebook::default()
});
static PEOPLE: LazyLock<Vec<Provider>> = LazyLock::new(|| sample(COUNT, SEED));

fn sample(count: usize, seed: u64) -> Vec<Provider> {
    drypoint::sample::people(count, seed, now(), &PLACES, &LAW).collect()
}

fn now() -> DateTime<Utc> {
    "2026-11-21T21:30:00Z".parse().expect("an instant")
}

fn jurisdictions(locations: &[PracticeLocation]) -> BTreeSet<Jurisdiction> {
    locations
        .iter()
        .map(PracticeLocation::jurisdiction)
        .collect()
}

fn credentials(person: &Provider) -> impl Iterator<Item = &Credential> {
    let training = person.training.iter().map(|it| &it.credential);
    training.chain(&person.credentials)
}
