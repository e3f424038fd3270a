//! Where they are: everywhere in the country, at real ZIP codes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::place::{CoordinatePrecision, Jurisdiction, PointSource};

use super::{PEOPLE, PLACES};

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
