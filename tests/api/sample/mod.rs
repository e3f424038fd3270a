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
use domain::place::{GeoPoint, Jurisdiction, PostalPlace};
use domain::provider::{PracticeLocation, Provider};
use domain::scope::ScopeLaw;
use domain::scope::load::{RequirementFields, RuleFields};
use serde::de::DeserializeOwned;

const COUNT: usize = 5_000;
const SEED: u64 = 1;

static PLACES: LazyLock<Vec<PostalPlace>> = LazyLock::new(places);
static LAW: LazyLock<ScopeLaw> = LazyLock::new(law);
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

fn places() -> Vec<PostalPlace> {
    let read = |row: [String; 7]| {
        let [zip, city, state, county, latitude, longitude, source] = row;
        let text = |text: String| (!text.is_empty()).then(|| text.into());
        let degrees = |text: String| text.parse().expect("degrees");
        let jurisdiction: Jurisdiction = state.parse().expect("a jurisdiction");
        PostalPlace {
            postal_code: zip.parse().expect("a ZIP"),
            city: text(city),
            jurisdiction,
            county: text(county),
            point: GeoPoint::new(degrees(latitude), degrees(longitude)).expect("a point"),
            point_source: source.parse().expect("a source"),
            zone: jurisdiction.zone(),
        }
    };
    rows("data/places.csv").map(|(_, row)| read(row)).collect()
}

fn law() -> ScopeLaw {
    let rules = rows::<RuleFields>("data/scope_rules.csv");
    let requirements = rows::<RequirementFields>("data/scope_requirements.csv");
    domain::scope::load::law(rules, requirements).expect("law without contradiction")
}

fn rows<T: DeserializeOwned>(path: &str) -> impl Iterator<Item = (u64, T)> {
    let file = csv::Reader::from_path(path).expect(path);
    let rows = file.into_deserialize().map(|row| row.expect("a row"));
    (2..).zip(rows)
}
