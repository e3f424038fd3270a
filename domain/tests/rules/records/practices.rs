use domain::place::Jurisdiction::{Az, Ca, Co, Ny};
use domain::provider::Provider;
use domain::taxonomy::Discipline::{Acupuncturist, Chiropractor, PhysicalTherapist};

use crate::support::a_provider;

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
