//! Who they are: different, and nobody that exists.

use std::collections::BTreeSet;

use domain::attestation::FdaPathway;
use domain::npi::{Npi, SampleNpis};
use domain::provider::Provider;
use domain::taxonomy::Discipline;

use super::{COUNT, PEOPLE, SEED, credentials, jurisdictions, sample};

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
