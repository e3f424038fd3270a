//! When things happened to them: in the past, causes before effects.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::provider::Provider;
use domain::time::local_day;
use drypoint::sample::people;

use super::{LAW, PEOPLE, PLACES, SEED, credentials, now};

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
