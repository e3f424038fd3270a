//! The people of the sample, and some where distances are hard.

use chrono::{DateTime, Days, Utc};
use domain::license::{BoardStatus, LicenseId};
use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::{GeoPoint, Jurisdiction};
use domain::provider::Provider;
use domain::scope::ScopeLaw;
use drypoint::import::seed;
use drypoint::sample;

/// Where distances are hard: both sides of the antimeridian, the poles, the equator, and points that
/// many people share.
pub(super) const EDGES: [(f64, f64); 16] = [
    (51.88, 179.999_999),
    (51.88, -179.999_999),
    (51.88, 180.0),
    (51.88, -180.0),
    (52.9, 173.1),
    (51.9, -176.6),
    (13.45, 144.78),
    (-14.27, -170.7),
    (90.0, 0.0),
    (90.0, 135.0),
    (89.99, -45.0),
    (-90.0, 77.0),
    (-89.95, 10.0),
    (0.0, 0.0),
    (39.75, -104.97),
    (39.75, -104.97),
];

/// People at the edges; their names are hard too.
const AT_EDGES: usize = 400;

/// A moment at which it is yesterday still in Hawaii, and today in Guam.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

/// So many people.
pub(super) fn made_up(count: usize, law: &ScopeLaw) -> Vec<Provider> {
    let places = seed::places().unwrap();
    let mut people: Vec<Provider> =
        sample::people(count - AT_EDGES, 7, now(), &places, law).collect();
    let mut at_edges: Vec<Provider> = people
        .iter()
        .filter(|provider| !provider.locations.is_empty())
        .take(AT_EDGES)
        .cloned()
        .collect();
    for (number, provider) in at_edges.iter_mut().enumerate() {
        move_to_edge(provider, number);
    }
    people.extend(at_edges);
    for (number, provider) in people.iter_mut().enumerate() {
        if number.is_multiple_of(5) {
            hold_privileges(provider, number);
        }
    }
    people
}

/// Makes a person's licences privileges under a further one, which is checked as the first is, or ends
/// some days sooner or later.
fn hold_privileges(provider: &mut Provider, number: usize) {
    const HOMES: [Jurisdiction; 4] = [
        Jurisdiction::Tx,
        Jurisdiction::Mo,
        Jurisdiction::Pa,
        Jurisdiction::Ca,
    ];
    let Some(first) = provider.licenses.first() else {
        return;
    };
    let mut home = first.clone();
    home.id = LicenseId(first.id.0 + 1_000_000_000);
    home.jurisdiction = HOMES[number / 5 % HOMES.len()];
    let shift = Days::new(u64::try_from(number % 60).unwrap());
    home.expires_on = home.expires_on.map(|last| last - shift);
    for check in &mut home.checks {
        check.expires_on = check.expires_on.map(|last| last - shift);
        if number.is_multiple_of(11) {
            check.board_status = BoardStatus::Probation;
        }
    }
    for license in &mut provider.licenses {
        license.home = Some(home.id);
    }
    provider.licenses.push(home);
}

/// Others, made after some people, to be taken away again.
pub(super) fn gone(after: &[Provider]) -> Vec<Provider> {
    let mut people = after.to_vec();
    for (number, provider) in (0..).zip(&mut people) {
        provider.npi = Npi::sample(98_000_000 + number);
    }
    people
}

fn move_to_edge(provider: &mut Provider, number: usize) {
    const NAMES: [(&str, &str); 5] = [
        ("Zoë", "O'Neill-Ávila"),
        ("mary-ann", "DE LA CRUZ"),
        ("", "Ávila"),
        ("José", ""),
        ("Ann", "O’Neill"),
    ];
    const LANGUAGES: [&[&str]; 4] = [&["EN-us", "es-419"], &["en", "EN"], &[], &["zh-hant-TW"]];
    let serial = u32::try_from(number).unwrap();
    provider.npi = Npi::sample(99_000_000 + serial);
    let (given, family) = NAMES[number % NAMES.len()];
    provider.former_names = vec![provider.name.clone()];
    provider.name = PersonName::new(given, "", family, "").unwrap();
    provider.languages = LANGUAGES[number % LANGUAGES.len()]
        .iter()
        .map(|tag| (*tag).into())
        .collect();
    for (place, location) in provider.locations.iter_mut().enumerate() {
        let (latitude, longitude) = EDGES[(number + place * (number % 3)) % EDGES.len()];
        // Every other one lies a little beside the edge.
        let beside = f64::from(serial / 16 % 2 * (serial % 7)) * 0.01;
        if let Some(position) = &mut location.position {
            let latitude = if latitude > 0.0 {
                latitude - beside
            } else {
                latitude + beside
            };
            position.point = GeoPoint::new(latitude, longitude).unwrap();
        }
        // A split state: not all of its places have the jurisdiction's own zone.
        if number.is_multiple_of(5) {
            location.zone = Jurisdiction::Gu.zone();
        }
    }
}
