//! What is found in the real places.

use domain::place::{PlaceKind, PointSource};

use super::*;

/// The places of the repository, with a jurisdiction's own zone: none of these tests needs the county's.
fn real_places() -> Gazetteer {
    let mut rows = csv::Reader::from_path("../data/places.csv").unwrap();
    let zips = rows.deserialize().map(|row| {
        type Row = (
            String,
            Option<Box<str>>,
            String,
            Option<Box<str>>,
            f64,
            f64,
            String,
        );
        let (zip, city, state, county, latitude, longitude, source): Row = row.unwrap();
        let jurisdiction: Jurisdiction = state.parse().unwrap();
        PostalPlace {
            postal_code: zip.parse().unwrap(),
            city,
            jurisdiction,
            county,
            point: GeoPoint::new(latitude, longitude).unwrap(),
            point_source: source.parse::<PointSource>().unwrap(),
            zone: jurisdiction.zone(),
        }
    });
    Gazetteer::new(zips.collect())
}

fn names(found: &[&Place]) -> String {
    let names = found.iter().map(|place| match place.kind {
        PlaceKind::Zip => place.name.to_string(),
        PlaceKind::City => format!("{}/{}", place.name, place.jurisdiction),
        PlaceKind::State => format!("state {}", place.name),
    });
    names.collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    thread_local!(static PLACES: Gazetteer = real_places());
    PLACES.with(|places| {
        let count = expected.split(", ").count();
        assert_eq!(names(&places.find(text, count)), expected, "{text}");
    });
}

#[test]
fn zips_are_found_by_their_beginning() {
    check("802", "80201, 80202, 80203");
    check("80205", "80205");
    check("80205-1234", "80205");
    check("802051234", "80205");
    check(" 80205, Denver", "80205");
    check("99999", "");
}

#[test]
fn cities_and_states_are_found_by_their_beginning_the_largest_first() {
    check(
        "spr",
        "Springfield/IL, Springfield/MA, Springfield/MO, Spring/TX",
    );
    check("washington", "state Washington, Washington/DC");
    check(
        "co",
        "state Colorado, state Connecticut, Colorado Springs/CO",
    );
    check("oklahoma", "state Oklahoma, Oklahoma City/OK");
    check("puerto rico", "state Puerto Rico");
}

#[test]
fn a_state_may_follow_with_and_without_a_comma() {
    check("Denver, CO", "Denver/CO");
    check("denver colorado", "Denver/CO");
    check("denver ny", "Denver/NY");
    check("denver, c", "Denver/CO");
    check("denver,", "Denver/CO, Denver/IN");
    check("portland or", "Portland/OR");
    check("billings mt", "Billings/MT");
    check("huntington w virginia", "Huntington/WV");
    check("washington dc", "Washington/DC");
    check("kansas city", "Kansas City/MO, Kansas City/KS");
    check("west virginia", "state West Virginia");
}

#[test]
fn abbreviations_and_signs_do_not_matter() {
    for text in ["st louis", "St. Louis", "saint louis", "SAINT-LOUIS mo"] {
        check(text, "Saint Louis/MO");
    }
    check(
        "st",
        "Saint Louis/MO, Saint Paul/MN, Saint Petersburg/FL, Stockton/CA",
    );
    check("coeur dalene", "Coeur d'Alene/ID");
    check("Coeur d’Aléne, id", "Coeur d'Alene/ID");
    check("winston salem", "Winston-Salem/NC");
    check("mt", "state Montana, Mountain View/CA");
}

#[test]
fn slips_of_the_pen_are_forgiven() {
    check("denvr", "Denver/CO, Denver/IN");
    check("denvr co", "Denver/CO");
    check("dnever, co", "Denver/CO");
    check("colorodo", "state Colorado");
    check("los angels", "Los Angeles/CA");
    check("philadelpia pa", "Philadelphia/PA");
    check("phialdelp", "Philadelphia/PA");
    check(
        "huston",
        "Huston/ID, Hustontown/PA, Hustonville/KY, Houston/TX",
    );
    check("xqz", "");
}

#[test]
fn ids_lead_back_to_their_places() {
    let places = real_places();
    for id in [
        "zip-80205",
        "city-CO-denver",
        "city-MO-saint-louis",
        "state-CO",
    ] {
        assert_eq!(places.by_id(id).map(|place| &*place.id), Some(id));
    }
    assert_eq!(places.by_id("zip-00000"), None);
    assert_eq!(places.by_id.len(), places.places.len());
    let zip = places.zip("80205".parse().unwrap()).unwrap();
    assert_eq!(zip.city.as_deref(), Some("Denver"));
    assert_eq!(places.zip("99999".parse().unwrap()), None);
}

#[test]
fn alaska_lies_in_alaska_though_it_crosses_the_antimeridian() {
    let places = real_places();
    let alaska = places.by_id("state-AK").unwrap().point;
    assert!((55.0..70.0).contains(&alaska.latitude()), "{alaska:?}");
    assert!((-165.0..-140.0).contains(&alaska.longitude()), "{alaska:?}");
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,40}") {
        thread_local!(static PLACES: Gazetteer = real_places());
        PLACES.with(|places| assert!(places.find(&text, 3).len() <= 3));
    }
}
