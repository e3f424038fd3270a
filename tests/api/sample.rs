//! The made-up people: the same every time, everywhere in the country, and nobody that exists.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::attestation::FdaPathway;
use domain::credential::Credential;
use domain::eligibility::{
    ListingOutcome, ListingReasonCode, ReasonOutcome, Rulebook, judge, outcome,
};
use domain::npi::{Npi, SampleNpis};
use domain::place::{
    CoordinatePrecision, GeoPoint, Jurisdiction, METERS_PER_MILE, PointSource, PostalPlace,
};
use domain::provider::{Practice, PracticeLocation, Provider};
use domain::scope::load::{RequirementFields, RuleFields};
use domain::scope::{ScopeLaw, ScopeStatus};
use domain::taxonomy::Discipline;
use domain::time::{Day, local_day};
use drypoint::sample::people;
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

#[test]
fn the_same_seed_gives_the_same_people_and_another_seed_others() {
    let again = sample(300, SEED);
    assert_eq!(again, PEOPLE[..300]);
    let others = sample(300, SEED + 1);
    assert!(others.iter().zip(&again).all(|(one, other)| {
        one.npi != other.npi && (&one.name, &one.locations) != (&other.name, &other.locations)
    }));
}

#[test]
fn nobody_bears_a_number_that_could_be_issued() {
    let mut npis = BTreeSet::new();
    for person in &*PEOPLE {
        let text = person.npi.to_string();
        assert!(person.npi.is_sample() && text.starts_with('9'), "{text}");
        assert_eq!(Npi::parse(&text, SampleNpis::Allowed), Ok(person.npi));
        assert!(Npi::parse(&text, SampleNpis::Refused).is_err());
        npis.insert(person.npi);
    }
    assert_eq!(npis.len(), COUNT);
}

#[test]
fn nothing_leads_to_somebody_who_exists() {
    for person in &*PEOPLE {
        for location in &person.locations {
            if let Some(phone) = &location.phone {
                let last = phone.strip_prefix("555-555-01").expect("kept for fiction");
                assert!(last.len() == 2 && last.bytes().all(|it| it.is_ascii_digit()));
            }
        }
        if let Some(site) = &person.website {
            let host = site.trim_start_matches("https://").split('/').next();
            let host = host.unwrap_or_default();
            assert!(
                host == "example.org" || host.ends_with(".example"),
                "{site}"
            );
        }
        for product in person.attestations.iter().flat_map(|it| &it.products) {
            // Ten thousand submissions in a year have never been counted.
            let cleared = product.fda_pathway == FdaPathway::Cleared510k;
            assert_eq!(product.k510_number.as_deref(), cleared.then_some("K199999"));
        }
    }
}

#[test]
fn every_row_has_a_number_of_its_own() {
    let mut seen = BTreeSet::new();
    let mut add = |kind: &'static str, id: i64| assert!(seen.insert((kind, id)), "{kind} {id}");
    for person in PEOPLE.iter().chain(&sample(1_000, SEED + 1)) {
        person
            .locations
            .iter()
            .for_each(|it| add("location", it.id.0));
        person
            .licenses
            .iter()
            .for_each(|it| add("license", it.id.0));
        person
            .attestations
            .iter()
            .for_each(|it| add("attestation", it.id.0));
        credentials(person).for_each(|it| add("credential", it.id.0));
    }
}

#[test]
fn every_state_and_territory_with_places_has_people() {
    let mut count = BTreeMap::<Jurisdiction, usize>::new();
    for location in PEOPLE.iter().flat_map(|person| &person.locations) {
        *count.entry(location.jurisdiction()).or_default() += 1;
    }
    let inhabited: BTreeSet<_> = PLACES
        .iter()
        .filter(|place| place.point_source == PointSource::Zcta)
        .map(|place| place.jurisdiction)
        .collect();
    assert!(inhabited.len() >= 52, "{inhabited:?}");
    for jurisdiction in inhabited {
        let people = count.get(&jurisdiction).copied().unwrap_or_default();
        assert!(people >= 4, "{jurisdiction}: {people}");
    }
    // As dense as the population: far more in the largest states than in the smallest.
    assert!(count[&Jurisdiction::Ca] > 10 * count[&Jurisdiction::Wy]);
}

#[test]
fn places_are_real_and_hidden_streets_stand_at_the_middle_of_their_zip() {
    let by_zip: HashMap<_, _> = PLACES.iter().map(|it| (it.postal_code, it)).collect();
    let mut precisions = BTreeMap::<_, usize>::new();
    for location in PEOPLE.iter().flat_map(|person| &person.locations) {
        let place = by_zip[&location.address.postal_code];
        assert_eq!(location.jurisdiction(), place.jurisdiction);
        assert_eq!(location.zone, place.zone);
        if let Some(city) = &place.city {
            assert_eq!(&location.address.city, city);
        }
        let precision = location.position.map(|position| {
            let off = position.point.distance_meters(place.point);
            if position.precision == CoordinatePrecision::ZipCentroid {
                assert!(off < 1e-6 && location.address.lines.is_empty());
            } else {
                assert!(off <= 3_000.0, "{off}");
                assert!(!location.address.lines.is_empty());
            }
            position.precision.code()
        });
        *precisions.entry(precision).or_default() += 1;
    }
    let kinds: Vec<_> = precisions.keys().copied().collect();
    let expected = [None, Some("ROOFTOP"), Some("STREET"), Some("ZIP_CENTROID")];
    assert_eq!(kinds, expected, "{precisions:?}");
    assert!(PEOPLE.iter().any(|person| person.locations.is_empty()));
}

#[test]
fn ties_of_distance_are_rare() {
    let mut at = HashMap::<_, usize>::new();
    let mut located = 0;
    for position in PEOPLE
        .iter()
        .flat_map(|person| &person.locations)
        .filter_map(|location| location.position)
    {
        let point = position.point;
        *at.entry((point.latitude().to_bits(), point.longitude().to_bits()))
            .or_default() += 1;
        located += 1;
    }
    let tied: usize = at.values().filter(|here| **here > 1).sum();
    assert!(tied * 100 < located, "{tied} of {located}");
}

#[test]
fn nothing_that_happened_lies_in_the_future() {
    // Shortly after midnight in the east it is still yesterday in the west.
    for now in [now(), "2027-01-01T05:30:00Z".parse().unwrap()] {
        for person in people(1_000, SEED, now, &PLACES, &LAW) {
            let zones: BTreeSet<_> = person.locations.iter().map(|it| it.zone.name()).collect();
            let today = person
                .locations
                .iter()
                .map(|it| local_day(now, it.zone))
                .min()
                .unwrap_or_else(|| now.date_naive());
            for at in instants(&person) {
                assert!(at <= now, "{} {at}", person.npi);
            }
            for on in past_days(&person) {
                assert!(on <= today, "{} {on} {zones:?}", person.npi);
            }
        }
    }
}

#[test]
fn causes_come_before_their_effects() {
    for person in &*PEOPLE {
        let npi = person.npi;
        let first_licensed = person.licenses.iter().filter_map(|it| it.issued_on).min();
        for license in &person.licenses {
            assert!(license.checks.is_sorted_by_key(|it| it.checked_at), "{npi}");
            for check in &license.checks {
                assert!(check.as_of <= local_day(check.checked_at, license.jurisdiction.zone()));
                assert!(
                    license.issued_on.is_none_or(|issued| issued <= check.as_of),
                    "{npi}"
                );
            }
        }
        for training in &person.training {
            assert!(
                training.started_on <= training.credential.completed_on,
                "{npi}"
            );
            assert!(
                first_licensed.is_none_or(|on| Some(on) <= training.started_on),
                "{npi}"
            );
        }
        for credential in credentials(person) {
            assert!(credential.history.is_sorted_by_key(|it| it.at), "{npi}");
            let first = credential.history.first().map(|it| it.at.date_naive());
            assert!(
                first.is_none_or(|on| credential.completed_on <= Some(on)),
                "{npi}"
            );
            assert!(
                credential.completed_on.is_none()
                    || credential.completed_on <= credential.issued_on
            );
        }
        for attestation in &person.attestations {
            assert!(attestation.history.is_sorted_by_key(|it| it.at), "{npi}");
            let first = attestation.history.first().map(|it| it.at);
            assert!(
                first.is_none_or(|at| attestation.signed_at == Some(at)),
                "{npi}"
            );
            if let (Some(signed), Some(until)) = (attestation.signed_at, attestation.valid_until) {
                let days = (until - signed.date_naive()).num_days();
                assert!((0..=180).contains(&days), "{npi} {days}");
            }
        }
        assert!(person.screening.screened_at.is_sorted(), "{npi}");
        for found in &person.screening.matches {
            assert!(found.history.is_sorted_by_key(|it| it.at), "{npi}");
        }
        for location in &person.locations {
            assert!(location.confirmed_at.is_sorted(), "{npi}");
        }
        assert!(person.npi_history.is_sorted_by_key(|it| it.from), "{npi}");
    }
}

#[test]
fn an_unclaimed_entry_says_no_more_than_a_registry_does() {
    let unclaimed: Vec<_> = PEOPLE.iter().filter(|it| !it.claimed).collect();
    assert!(
        (800..1_200).contains(&unclaimed.len()),
        "{}",
        unclaimed.len()
    );
    for person in unclaimed {
        assert_eq!(person.offers_dry_needling, None);
        assert_eq!(person.accepts_new_patients, None);
        assert!(person.training.is_empty() && person.credentials.is_empty());
        assert!(person.attestations.is_empty());
        assert!(person.licenses.iter().all(|it| it.checks.is_empty()));
        assert!(person.locations.iter().all(|it| it.confirmed_at.is_empty()));
    }
}

#[test]
fn people_are_as_different_as_people_are() {
    let share = |is: &dyn Fn(&Provider) -> bool| {
        PEOPLE.iter().filter(|person| is(person)).count() * 1_000 / COUNT
    };
    let of = |discipline| share(&|it: &Provider| it.disciplines().contains(&discipline));
    assert!((480..620).contains(&of(Discipline::PhysicalTherapist)));
    assert!((200..330).contains(&of(Discipline::Acupuncturist)));
    assert!((150..250).contains(&of(Discipline::Chiropractor)));
    for rare in [
        Discipline::AthleticTrainer,
        Discipline::OccupationalTherapist,
        Discipline::Physician,
    ] {
        assert!(of(rare) > 0, "{rare}");
    }
    let dual = |it: &Provider| it.disciplines().len() > 1;
    let several = |it: &Provider| it.locations.len() > 1;
    let across = |it: &Provider| jurisdictions(&it.locations).len() > 1;
    let licensed_across = |it: &Provider| {
        across(it)
            && it
                .licenses
                .iter()
                .map(|it| it.jurisdiction)
                .collect::<BTreeSet<_>>()
                .len()
                > 1
    };
    let half_licensed = |it: &Provider| {
        across(it)
            && it.claimed
            && jurisdictions(&it.locations).iter().any(|there| {
                it.licenses
                    .iter()
                    .all(|license| license.jurisdiction != *there)
            })
    };
    assert!(share(&dual) >= 20, "{}", share(&dual));
    assert!(share(&several) >= 80, "{}", share(&several));
    assert!(share(&licensed_across) >= 3, "{}", share(&licensed_across));
    assert!(share(&half_licensed) >= 1, "{}", share(&half_licensed));
    assert!(share(&|it| !it.name.full().is_ascii()) >= 5);
    assert!(share(&|it| it.name.full().contains('-')) >= 10);
    assert!(share(&|it| it.name.full().contains('\'')) >= 3);
    assert!(share(&|it| !it.former_names.is_empty()) >= 30);
    let names: BTreeSet<_> = PEOPLE.iter().map(|it| it.name.full()).collect();
    assert!(names.len() * 100 > COUNT * 95, "{}", names.len());
    let spoken: BTreeSet<_> = PEOPLE.iter().flat_map(|it| &it.languages).collect();
    assert!(spoken.len() >= 12, "{spoken:?}");
}

#[test]
fn every_reason_has_every_outcome_that_it_can_have() {
    let mut missing = BTreeSet::new();
    for code in ListingReasonCode::ALL {
        for outcome in ReasonOutcome::ALL {
            // Absence of proof is no disproof, and a standing is always known.
            let never = matches!(
                (code, outcome),
                (
                    ListingReasonCode::Training
                        | ListingReasonCode::Sterility
                        | ListingReasonCode::LocationConfirmed,
                    ReasonOutcome::Fail
                ) | (ListingReasonCode::Standing, ReasonOutcome::Unknown)
            );
            if !never {
                missing.insert((*code, *outcome));
            }
        }
    }
    let mut scopes: BTreeSet<_> = ScopeStatus::ALL.iter().collect();
    for person in &*PEOPLE {
        for practice in person.practices() {
            let listing = judge(person, practice, &RULES, today(practice));
            for reason in listing.reasons {
                missing.remove(&(reason.code, reason.outcome));
            }
            if let Some(jurisdiction) = practice.jurisdiction() {
                let day = today(practice).on();
                let status = LAW.decide(practice.discipline, jurisdiction, day).status;
                scopes.remove(&status);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    assert!(scopes.is_empty(), "{scopes:?}");
}

#[test]
fn conditional_law_is_met_missed_and_left_open_by_somebody() {
    let mut found = BTreeMap::<_, usize>::new();
    for person in PEOPLE.iter().filter(|it| it.claimed) {
        for practice in person.practices() {
            let Some(jurisdiction) = practice.jurisdiction() else {
                continue;
            };
            let day = today(practice);
            let law = LAW.decide(practice.discipline, jurisdiction, day.on());
            if law.status == ScopeStatus::Conditional {
                let reasons = judge(person, practice, &RULES, day).reasons;
                let scope = reasons
                    .iter()
                    .find(|it| it.code == ListingReasonCode::Scope);
                *found.entry(scope.unwrap().outcome).or_default() += 1;
            }
        }
    }
    let all: usize = found.values().sum();
    assert!(found[&ReasonOutcome::Pass] * 100 > all * 50, "{found:?}");
    assert!(found[&ReasonOutcome::Fail] * 100 > all * 5, "{found:?}");
    assert!(found[&ReasonOutcome::Unknown] * 100 > all * 5, "{found:?}");
}

#[test]
fn most_people_in_order_are_verified_where_the_law_allows_it() {
    let (mut allowed, mut verified) = (0, 0);
    let mut outcomes = BTreeSet::new();
    for person in &*PEOPLE {
        for practice in person.practices() {
            let day = today(practice);
            let outcome = outcome(person, practice, &RULES, day);
            outcomes.insert(outcome);
            let status = practice
                .jurisdiction()
                .map(|there| LAW.decide(practice.discipline, there, day.on()).status);
            if matches!(
                status,
                Some(ScopeStatus::Permitted | ScopeStatus::Conditional)
            ) {
                allowed += 1;
                verified += usize::from(outcome == ListingOutcome::Verified);
            }
        }
    }
    assert_eq!(outcomes.len(), ListingOutcome::ALL.len());
    let percent = verified * 100 / allowed;
    assert!((40..70).contains(&percent), "{percent} %");
}

#[test]
fn a_search_near_denver_finds_verified_people_and_near_san_francisco_hides_therapists() {
    let denver: Vec<_> = PEOPLE
        .iter()
        .filter(|it| near(it, zip("80205"), 25.0) && best(it, 0) == ListingOutcome::Verified)
        .collect();
    let therapists = denver
        .iter()
        .filter(|it| it.disciplines() == [Discipline::PhysicalTherapist])
        .count();
    assert!(denver.len() >= 5, "{}", denver.len());
    assert!(therapists >= 2, "{therapists}");

    let hidden: Vec<_> = PEOPLE
        .iter()
        .filter(|it| it.disciplines() == [Discipline::PhysicalTherapist])
        .filter(|it| jurisdictions(&it.locations) == BTreeSet::from([Jurisdiction::Ca]))
        .filter(|it| near(it, zip("94103"), 25.0))
        .collect();
    assert!(hidden.len() >= 3, "{}", hidden.len());
    for person in hidden {
        assert_eq!(best(person, 0), ListingOutcome::NotListed);
    }
}

#[test]
fn what_is_verified_runs_out_little_by_little_and_past_days_differ() {
    let verified = |days: i64| -> BTreeSet<Npi> {
        let there = PEOPLE.iter().take(1_500);
        there
            .filter(|it| best(it, days) == ListingOutcome::Verified)
            .map(|it| it.npi)
            .collect()
    };
    let now = verified(0);
    let mut before = now.len();
    for days in 1..=30 {
        let left = verified(days).len();
        assert!(
            left + now.len() / 8 >= before,
            "day {days}: {before} to {left}"
        );
        before = left;
    }
    assert!(verified(7).len() * 100 >= now.len() * 60);
    let last_week = verified(-10);
    assert!(last_week.difference(&now).count() >= 5);
    assert!(now.difference(&last_week).count() >= 5);
}

fn sample(count: usize, seed: u64) -> Vec<Provider> {
    people(count, seed, now(), &PLACES, &LAW).collect()
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

fn instants(person: &Provider) -> Vec<DateTime<Utc>> {
    let checks = person.licenses.iter().flat_map(|it| &it.checks);
    let signed = person.attestations.iter().filter_map(|it| it.signed_at);
    let attested = person.attestations.iter().flat_map(|it| &it.history);
    let matches = person.screening.matches.iter().flat_map(|it| &it.history);
    let confirmed = person.locations.iter().flat_map(|it| &it.confirmed_at);
    checks
        .map(|it| it.checked_at)
        .chain(signed)
        .chain(attested.map(|it| it.at))
        .chain(matches.map(|it| it.at))
        .chain(person.screening.screened_at.iter().copied())
        .chain(confirmed.copied())
        .chain(person.lookups.iter().map(|it| it.looked_up_at))
        .chain(
            credentials(person)
                .flat_map(|it| &it.history)
                .map(|it| it.at),
        )
        .collect()
}

fn past_days(person: &Provider) -> Vec<NaiveDate> {
    let checks = person.licenses.iter().flat_map(|it| &it.checks);
    checks
        .map(|it| it.as_of)
        .chain(person.licenses.iter().filter_map(|it| it.issued_on))
        .chain(person.npi_history.iter().map(|it| it.from))
        .chain(person.training.iter().filter_map(|it| it.started_on))
        .chain(credentials(person).filter_map(|it| it.completed_on))
        .chain(credentials(person).filter_map(|it| it.issued_on))
        .collect()
}

/// As the end of the day so many days after the clock judges it.
fn best(person: &Provider, days: i64) -> ListingOutcome {
    person
        .practices()
        .into_iter()
        .map(|practice| {
            let day = Day::at(today(practice).on() + TimeDelta::days(days));
            outcome(person, practice, &RULES, day)
        })
        .max()
        .unwrap_or(ListingOutcome::NotListed)
}

fn today(practice: Practice<'_>) -> Day {
    Day::at(local_day(now(), practice.zone()))
}

fn near(person: &Provider, origin: GeoPoint, miles: f64) -> bool {
    person
        .locations
        .iter()
        .filter_map(|it| it.position)
        .any(|it| it.point.distance_meters(origin) <= miles * METERS_PER_MILE)
}

fn zip(text: &str) -> GeoPoint {
    let code = text.parse().expect("a ZIP");
    PLACES
        .iter()
        .find(|it| it.postal_code == code)
        .expect("a place")
        .point
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
