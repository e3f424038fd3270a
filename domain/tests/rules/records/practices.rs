use domain::place::Jurisdiction::{Az, Ca, Co, Ny};
use domain::provider::{NpiStatus, Provider};
use domain::taxonomy::Discipline::{Acupuncturist, Chiropractor, PhysicalTherapist};

use crate::support::{a_provider, day, location, noon, today};

/// Each practice as "place discipline licence", with a dash for what there is none of.
fn practices(provider: &Provider) -> Vec<String> {
    provider
        .practices()
        .iter()
        .map(|practice| {
            let place = practice
                .location
                .map_or("-".to_owned(), |place| place.jurisdiction().to_string());
            let license = practice
                .license
                .map_or("-".to_owned(), |license| license.jurisdiction.to_string());
            format!("{place} {} {license}", practice.discipline)
        })
        .collect()
}

#[test]
fn two_licenses_at_one_place_are_two_practices() {
    let person = a_provider()
        .practising_in(Ny)
        .licensed(Chiropractor, Ny)
        .licensed(Acupuncturist, Ny)
        .build();
    assert_eq!(
        practices(&person),
        ["NY CHIROPRACTOR NY", "NY ACUPUNCTURIST NY"]
    );
    assert_eq!(person.disciplines(), [Acupuncturist, Chiropractor]);
}

#[test]
fn places_in_two_states_count_the_licenses_of_each() {
    let person = a_provider()
        .practising_in(Ca)
        .practising_in(Az)
        .licensed(PhysicalTherapist, Az)
        .licensed(PhysicalTherapist, Ca)
        .build();
    assert_eq!(
        practices(&person),
        ["CA PHYSICAL_THERAPIST CA", "AZ PHYSICAL_THERAPIST AZ"]
    );
}

#[test]
fn where_no_license_is_on_file_the_taxonomy_stands_in() {
    let person = a_provider()
        .practising_in(Co)
        .hinting_at("171100000X")
        .hinting_at("225100000X")
        .hinting_at("2251X0800X")
        .licensed(PhysicalTherapist, Az)
        .build();
    assert_eq!(
        practices(&person),
        ["CO PHYSICAL_THERAPIST -", "CO ACUPUNCTURIST -"]
    );
    let without_taxonomy = a_provider()
        .practising_in(Co)
        .licensed(PhysicalTherapist, Az)
        .build();
    assert_eq!(practices(&without_taxonomy), ["CO PHYSICAL_THERAPIST -"]);
}

#[test]
fn without_a_place_the_licenses_are_judged_where_they_are() {
    let person = a_provider()
        .licensed(PhysicalTherapist, Az)
        .licensed(PhysicalTherapist, Ca)
        .build();
    assert_eq!(
        practices(&person),
        ["- PHYSICAL_THERAPIST AZ", "- PHYSICAL_THERAPIST CA"]
    );
    let jurisdictions: Vec<_> = person
        .practices()
        .iter()
        .map(domain::provider::Practice::jurisdiction)
        .collect();
    assert_eq!(jurisdictions, [Some(Az), Some(Ca)]);
}

#[test]
fn without_place_and_license_the_taxonomy_alone_is_left() {
    let person = a_provider().hinting_at("111N00000X").build();
    assert_eq!(practices(&person), ["- CHIROPRACTOR -"]);
    assert_eq!(person.practices()[0].jurisdiction(), None);
    assert_eq!(practices(&a_provider().build()), Vec::<String>::new());
}

#[test]
fn the_registrys_word_holds_from_its_day_until_the_next() {
    let person = a_provider()
        .with(|provider| provider.npi_history.clear())
        .npi_from("2020-01-01", NpiStatus::Active)
        .npi_from("2026-03-01", NpiStatus::Deactivated)
        .build();
    let on = |text| person.npi_status(day(text)).map(|change| change.status);
    assert_eq!(on("2019-12-31"), None);
    assert_eq!(on("2020-01-01"), Some(NpiStatus::Active));
    assert_eq!(on("2026-02-28"), Some(NpiStatus::Active));
    assert_eq!(on("2026-03-01"), Some(NpiStatus::Deactivated));
}

#[test]
fn a_confirmation_falls_on_the_day_of_the_place_and_counts_from_there() {
    let mut place = location(1, Co);
    assert_eq!(place.confirmed_through(today(), 90), None);
    // Half past eight in the evening of the 9th in Denver.
    let late = "2026-11-10T03:30:00Z".parse().expect("an instant");
    place.confirmed_at = vec![noon("2026-08-01"), late];
    assert_eq!(
        place.last_confirmed(day("2026-11-08")),
        Some(noon("2026-08-01"))
    );
    assert_eq!(place.last_confirmed(day("2026-11-09")), Some(late));
    assert_eq!(
        place.confirmed_through(today(), 90),
        Some(day("2027-02-07"))
    );
}
