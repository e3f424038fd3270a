//! Searching: who is found, in which order, with what counts beside it, and what is refused.

use std::fmt::Write;

use domain::credential::{Standing, StandingChange, SuspensionKind};
use domain::place::Jurisdiction::{Ak, Ca, Gu, Mi, Ny, Pa, Tx};
use domain::policy::{Policy, SilentScope};
use domain::taxonomy::Discipline::{Acupuncturist, PhysicalTherapist};
use serde_json::{Value, json};

use crate::support::people::{AUSTIN, NEW_YORK, Person, SAN_FRANCISCO, a_provider, days_ago};
use crate::support::world::World;

/// A physical therapist in Austin, so many degrees north of its ZIP point.
fn in_austin(serial: u32, north: f64) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at((AUSTIN.0 + north, AUSTIN.1), Tx)
}

const NEAR_AUSTIN: &str = r#"near: { postalCode: "78701" }"#;

/// The NPIs that a search finds, in order.
async fn found(world: &World, input: &str) -> Vec<String> {
    let query = format!("{{ searchProviders(input: {{ {input} }}) {{ nodes {{ npi }} }} }}");
    let data = world.ask(&query).await;
    npis(&data["searchProviders"])
}

fn npis(connection: &Value) -> Vec<String> {
    let nodes = connection["nodes"].as_array().unwrap().iter();
    nodes
        .map(|node| node["npi"].as_str().unwrap().to_owned())
        .collect()
}

fn expected<'a>(people: impl IntoIterator<Item = &'a Person>) -> Vec<String> {
    people
        .into_iter()
        .map(|person| person.npi().to_string())
        .collect()
}

#[tokio::test]
async fn people_come_nearest_first_with_their_true_distance() {
    let people = [in_austin(1, 0.2), in_austin(2, 0.0), in_austin(3, 0.1)];
    let world = World::of(people.clone());
    let data = world
        .ask(
            r#"{ searchProviders(input: { near: { postalCode: "78701" } }) {
                 edges { node { npi } distance { meters miles precision } } } }"#,
        )
        .await;
    let edges = data["searchProviders"]["edges"].as_array().unwrap();
    let order: Vec<_> = edges
        .iter()
        .map(|edge| edge["node"]["npi"].as_str().unwrap())
        .collect();
    assert_eq!(order, expected([&people[1], &people[2], &people[0]]));
    for (edge, degrees) in edges.iter().zip([0.0, 0.1_f64, 0.2]) {
        let meters = edge["distance"]["meters"].as_f64().unwrap();
        // Along a meridian the arc is the angle times the radius.
        let arc = degrees.to_radians() * 6_371_008.8;
        assert!((meters - arc).abs() < 0.001, "{meters} m for {degrees}°");
        let miles = edge["distance"]["miles"].as_f64().unwrap();
        assert!((miles * 1_609.344 - meters).abs() < 1e-6);
        assert_eq!(edge["distance"]["precision"], "ROOFTOP");
    }
}

#[tokio::test]
async fn ties_are_broken_by_npi_and_each_person_comes_once() {
    let twice = in_austin(5, 0.1)
        .at(AUSTIN, Tx)
        .at((AUSTIN.0 + 0.05, AUSTIN.1), Tx);
    let people = [in_austin(9, 0.0), twice, in_austin(2, 0.0)];
    let world = World::of(people.clone());
    assert_eq!(
        found(&world, NEAR_AUSTIN).await,
        expected([&people[2], &people[1], &people[0]])
    );
}

#[tokio::test]
async fn a_person_is_shown_at_the_nearest_place_where_the_law_lets_them() {
    // Barred in New York, and Pennsylvania's law does not say.
    let person = a_provider(1)
        .licensed(PhysicalTherapist, Ny)
        .licensed(PhysicalTherapist, Pa)
        .at(NEW_YORK, Ny)
        .at((40.0, -75.1), Pa);
    let world = World::of([person]);
    let data = world
        .ask(
            r#"{ searchProviders(input: { near: { postalCode: "10001" }, radiusMiles: 100 }) {
                 edges { location { jurisdiction } distance { miles }
                         listing { outcome discipline license { jurisdiction } location { jurisdiction } } } } }"#,
        )
        .await;
    let edge = &data["searchProviders"]["edges"][0];
    assert_eq!(edge["location"]["jurisdiction"], "PA");
    assert_eq!(edge["listing"]["location"]["jurisdiction"], "PA");
    assert_eq!(edge["listing"]["license"]["jurisdiction"], "PA");
    assert_eq!(edge["listing"]["outcome"], "VERIFIED");
    assert!(edge["distance"]["miles"].as_f64().unwrap() > 50.0);
}

#[tokio::test]
async fn pages_lead_to_the_end_and_show_everybody_once() {
    // Pairs at one distance, so that pages end within ties.
    let people: Vec<_> = (0..23)
        .map(|n| in_austin(n, f64::from(n / 2) * 0.01))
        .collect();
    let world = World::of(people.clone());
    for size in [1, 2, 7, 23, 100] {
        let mut seen = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = page(
                &world,
                &json!({ "near": { "postalCode": "78701" } }),
                size,
                &after,
            )
            .await;
            assert_eq!(page["totalCount"], 23);
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
            seen.extend(npis(&page));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            assert_eq!(npis(&page).len(), size);
        }
        assert_eq!(seen, expected(&people), "pages of {size}");
    }
}

async fn page(world: &World, input: &Value, first: usize, after: &Value) -> Value {
    let mut answer = world
        .answer(
            "query($input: ProviderSearchInput!, $first: Int, $after: String) {
               searchProviders(input: $input, first: $first, after: $after) {
                 nodes { npi } totalCount edges { cursor listing { on } }
                 pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
            json!({ "input": input, "first": first, "after": after }),
        )
        .await;
    assert_eq!(answer.get("errors"), None);
    answer["data"]["searchProviders"].take()
}

#[tokio::test]
async fn people_that_did_not_change_neither_repeat_nor_skip_while_others_do() {
    let people: Vec<_> = (0..10).map(|n| in_austin(n, f64::from(n) * 0.01)).collect();
    let world = World::of(people.clone());
    let input = json!({ "near": { "postalCode": "78701" } });
    let first = page(&world, &input, 4, &Value::Null).await;
    // One who was shown goes away, one comes before the cursor, one after it, and the very person
    // at which the cursor stands moves to the end.
    let world = world.changed(
        [
            in_austin(50, 0.005),
            in_austin(51, 0.055),
            in_austin(3, 0.2),
        ],
        &[people[1].npi()],
    );
    let second = page(&world, &input, 100, &first["pageInfo"]["endCursor"]).await;
    let newcomer = in_austin(51, 0.0);
    let mut rest = vec![&people[4], &people[5], &newcomer];
    rest.extend(&people[6..]);
    rest.push(&people[3]);
    assert_eq!(npis(&second), expected(rest));
}

#[tokio::test]
async fn a_cursor_that_somebody_kept_shows_nobody_who_was_hidden_since() {
    let people: Vec<_> = (0..4).map(|n| in_austin(n, f64::from(n) * 0.01)).collect();
    let world = World::of(people.clone());
    let today = json!({ "near": { "postalCode": "78701" } });
    let named = json!({ "near": { "postalCode": "78701" }, "on": "2026-12-05" });
    for input in [today, named] {
        let first = page(&world, &input, 2, &Value::Null).await;
        // Ten days on the last one's training is suspended; the cursor is of before.
        let suspended = people[3].clone().with(|person| {
            person.training[0].credential.history.push(StandingChange {
                at: days_ago(-10),
                standing: Standing::Suspended,
                suspension: Some(SuspensionKind::Disciplinary),
                decided: None,
            });
        });
        let later = world.changed([suspended], &[]).at(days_ago(-14));
        let second = page(&later, &input, 2, &first["pageInfo"]["endCursor"]).await;
        assert_eq!(npis(&second), expected([&people[2]]), "{input}");
    }
}

#[tokio::test]
async fn a_cursor_is_taken_only_with_the_criteria_it_was_given_for() {
    let people: Vec<_> = (0..4).map(|n| in_austin(n, f64::from(n) * 0.01)).collect();
    let world = World::of(people);
    let near = json!({ "near": { "postalCode": "78701" } });
    let first = page(&world, &near, 2, &Value::Null).await;
    let cursor = first["edges"][0]["cursor"].as_str().unwrap();
    let refused = async |input: &str, cursor: &str| {
        let query = format!(
            "{{ searchProviders(input: {{ {input} }}, after: {cursor:?}) {{ totalCount }} }}"
        );
        world.refused(&query).await
    };
    for other in [
        r#"near: { postalCode: "78702" }"#,
        r#"near: { postalCode: "78701" }, radiusMiles: 24"#,
        r#"near: { postalCode: "78701" }, atLeast: UNVERIFIED"#,
        r#"near: { postalCode: "78701" }, on: "2026-11-21""#,
        r#"near: { postalCode: "78701" }, acceptsNewPatients: true"#,
        r#"near: { postalCode: "78701" }, languages: ["es"]"#,
        r#"near: { postalCode: "78701" }, wheelchairAccess: false"#,
        r#"near: { postalCode: "78701" }, verifiedWithinDays: 30"#,
        r#"near: { postalCode: "78701" }, jurisdiction: TX"#,
        r#"near: { postalCode: "78701" }, disciplines: [PHYSICAL_THERAPIST]"#,
        r#"near: { postalCode: "78701" }, name: "needham""#,
        "jurisdiction: TX",
    ] {
        let (code, field, message) = refused(other, cursor).await;
        assert_eq!((&*code, &*field), ("BAD_INPUT", "after"), "{other}");
        assert!(message.contains("other criteria"), "{message}");
    }
    // Every single character changed, and every beginning of it.
    for at in 0..cursor.len() {
        let mut forged = cursor.to_owned();
        let other = if &cursor[at..=at] == "A" { "B" } else { "A" };
        forged.replace_range(at..=at, other);
        for text in [&*forged, &cursor[..at]] {
            let (code, field, _) = refused(NEAR_AUSTIN, text).await;
            assert_eq!((&*code, &*field), ("BAD_INPUT", "after"), "{text}");
        }
    }
    // The same criteria in other words are the same.
    let same = format!(
        "{{ searchProviders(after: {cursor:?}, input: {{ radiusMiles: 25, atLeast: VERIFIED,
             disciplines: [], near: {{ placeId: \"place_zip-78701\" }} }}) {{ nodes {{ npi }} }} }}"
    );
    assert_eq!(npis(&world.ask(&same).await["searchProviders"]).len(), 3);
}

#[tokio::test]
async fn those_whom_the_law_hides_are_counted_beside_the_answer_with_its_citation() {
    let people = [
        a_provider(1)
            .licensed(PhysicalTherapist, Ca)
            .at(SAN_FRANCISCO, Ca),
        // Counted although nothing else is in order either.
        a_provider(2)
            .licensed(PhysicalTherapist, Ca)
            .at(SAN_FRANCISCO, Ca)
            .unclaimed(),
        a_provider(3)
            .licensed(Acupuncturist, Ca)
            .at(SAN_FRANCISCO, Ca),
        // Too far away to count.
        a_provider(4)
            .licensed(PhysicalTherapist, Ca)
            .at((34.05, -118.24), Ca),
    ];
    let world = World::of(people.clone());
    let data = world
        .ask(
            r#"{ searchProviders(input: { near: { postalCode: "94103" } }) {
                 nodes { npi } totalCount
                 notices { hiddenCount decision { discipline jurisdiction on status rule { citation } } } } }"#,
        )
        .await;
    let answer = &data["searchProviders"];
    assert_eq!(npis(answer), expected([&people[2]]));
    assert_eq!(answer["totalCount"], 1);
    assert_eq!(
        answer["notices"],
        json!([{
            "hiddenCount": 2,
            "decision": {
                "discipline": "PHYSICAL_THERAPIST",
                "jurisdiction": "CA",
                "on": "2026-11-21",
                "status": "PROHIBITED",
                "rule": { "citation": "Cal. Bus. & Prof. Code 2620.5" },
            },
        }])
    );
}

#[tokio::test]
async fn where_nobody_has_researched_the_law_the_notice_says_so() {
    let guam = a_provider(1)
        .licensed(PhysicalTherapist, Gu)
        .at((13.48, 144.75), Gu);
    let world = World::of([guam]);
    let data = world
        .ask(
            "{ searchProviders(input: { jurisdiction: GU }) { totalCount
                 notices { hiddenCount decision { status on rule { id } } } } }",
        )
        .await;
    assert_eq!(
        data["searchProviders"],
        json!({ "totalCount": 0, "notices": [{
            "hiddenCount": 1,
            // It is the next day in Guam.
            "decision": { "status": "UNKNOWN", "on": "2026-11-22", "rule": null },
        }] })
    );
}

#[tokio::test]
async fn each_facet_ignores_its_own_filter_and_keeps_the_others() {
    let people = [
        in_austin(1, 0.0)
            .speaking(&["en", "es"])
            .accepting(true)
            .wheelchair(true),
        in_austin(2, 0.0)
            .speaking(&["en"])
            .accepting(false)
            .wheelchair(true),
        a_provider(3)
            .licensed(Acupuncturist, Tx)
            .at(AUSTIN, Tx)
            .speaking(&["es-MX"]),
    ];
    let world = World::of(people);
    let data = world
        .ask(
            r#"{ searchProviders(input: { near: { postalCode: "78701" }, languages: ["es"] }) { totalCount facets {
                 disciplines { value count } jurisdictions { value count } languages { value count }
                 acceptsNewPatients { value count } wheelchairAccess { value count } } } }"#,
        )
        .await;
    assert_eq!(
        data["searchProviders"],
        json!({ "totalCount": 2, "facets": {
            "disciplines": [{ "value": "PHYSICAL_THERAPIST", "count": 1 }, { "value": "ACUPUNCTURIST", "count": 1 }],
            "jurisdictions": [{ "value": "TX", "count": 2 }],
            "languages": [{ "value": "en", "count": 2 }, { "value": "es", "count": 1 }, { "value": "es-MX", "count": 1 }],
            "acceptsNewPatients": [{ "value": true, "count": 1 }],
            "wheelchairAccess": [{ "value": true, "count": 1 }],
        } })
    );
}

#[tokio::test]
async fn the_date_line_is_no_border() {
    let east = a_provider(1)
        .licensed(PhysicalTherapist, Ak)
        .at((51.9, 179.95), Ak);
    let west = a_provider(2)
        .licensed(PhysicalTherapist, Ak)
        .at((51.9, -179.9), Ak);
    let world = World::of([east.clone(), west.clone()]);
    let near =
        |longitude| format!("near: {{ point: {{ latitude: 51.9, longitude: {longitude} }} }}");
    assert_eq!(found(&world, &near(179.99)).await, expected([&east, &west]));
    assert_eq!(
        found(&world, &near(-179.95)).await,
        expected([&west, &east])
    );
}

#[tokio::test]
async fn a_search_on_another_day_judges_that_day() {
    let world = World::of([in_austin(1, 0.0)]);
    for (on, shown) in [
        // Verified a hundred days before 21 November, confirmed and signed later than that.
        ("2026-08-01", false),
        ("2026-11-15", true),
        ("2026-11-21", true),
        // To come: today's evidence, and the licence ends on 30 June 2028.
        ("2027-01-15", true),
        ("2028-07-01", false),
    ] {
        let asked = format!("{NEAR_AUSTIN}, on: {on:?}");
        assert_eq!(
            found(&world, &asked).await.len(),
            usize::from(shown),
            "{on}"
        );
    }
}

#[tokio::test]
async fn today_is_told_by_the_clocks_of_each_place() {
    let people = [
        in_austin(1, 0.0),
        a_provider(2).licensed(Acupuncturist, Ny).at(NEW_YORK, Ny),
    ];
    // Half past eleven at night in Texas, half past midnight in New York.
    let world = World::of(people).at("2026-11-22T05:30:00Z".parse().unwrap());
    let mut days = String::new();
    for jurisdiction in ["TX", "NY"] {
        let query = format!(
            "{{ searchProviders(input: {{ jurisdiction: {jurisdiction} }}) {{ edges {{ listing {{ on }} }} }} }}"
        );
        let data = world.ask(&query).await;
        let on = &data["searchProviders"]["edges"][0]["listing"]["on"];
        write!(days, "{jurisdiction} {} ", on.as_str().unwrap()).unwrap();
    }
    assert_eq!(days, "TX 2026-11-21 NY 2026-11-22 ");
}

#[tokio::test]
async fn silent_law_is_said_and_shown_or_withheld_by_policy() {
    let person = a_provider(1)
        .licensed(PhysicalTherapist, Mi)
        .at((42.33, -83.05), Mi);
    let query = "{ searchProviders(input: { jurisdiction: MI }) { edges { listing { outcome
                   reasons { code outcome message citation } } } } }";
    let shown = World::of([person.clone()]).ask(query).await;
    let listing = &shown["searchProviders"]["edges"][0]["listing"];
    assert_eq!(listing["outcome"], "VERIFIED");
    let scope = &listing["reasons"][1];
    assert_eq!(
        (&scope["code"], &scope["outcome"]),
        (&json!("SCOPE"), &json!("UNKNOWN"))
    );
    let message = scope["message"].as_str().unwrap();
    assert!(message.contains("state law does not say"), "{message}");

    let policy = Policy {
        silent_scope: SilentScope::Withhold,
        ..Policy::default()
    };
    let hidden = World::with_policy([person], policy).ask(query).await;
    assert_eq!(hidden["searchProviders"]["edges"], json!([]));
}

#[tokio::test]
async fn registry_rows_are_found_when_unverified_people_are_asked_for() {
    let people = [in_austin(1, 0.0), in_austin(2, 0.0).unclaimed()];
    let world = World::of(people.clone());
    assert_eq!(found(&world, NEAR_AUSTIN).await, expected([&people[0]]));
    let both = format!("{NEAR_AUSTIN}, atLeast: UNVERIFIED");
    assert_eq!(found(&world, &both).await, expected(&people));
    let query = format!(
        "{{ searchProviders(input: {{ {both} }}) {{ edges {{ listing {{ outcome }} node {{ claimed offersDryNeedling }} }} }} }}"
    );
    let data = world.ask(&query).await;
    assert_eq!(
        data["searchProviders"]["edges"][1],
        json!({ "listing": { "outcome": "UNVERIFIED" }, "node": { "claimed": false, "offersDryNeedling": null } })
    );
}

#[tokio::test]
async fn without_a_point_people_come_by_name_and_without_distance() {
    let people = [
        in_austin(1, 0.0).named("Zoë", "Álvarez"),
        in_austin(2, 0.0).named("Ann", "Zimmer"),
        in_austin(3, 0.0).named("Bo", "alvarez"),
    ];
    let world = World::of(people.clone());
    let data = world
        .ask(
            r#"{ searchProviders(input: { name: "ALV" }) { nodes { npi } edges { distance { meters } cursor } } }"#,
        )
        .await;
    let answer = &data["searchProviders"];
    assert_eq!(npis(answer), expected([&people[2], &people[0]]));
    assert_eq!(answer["edges"][0]["distance"], Value::Null);

    let input = json!({ "jurisdiction": "TX" });
    let first = page(&world, &input, 2, &Value::Null).await;
    let second = page(&world, &input, 2, &first["pageInfo"]["endCursor"]).await;
    assert_eq!(npis(&second), expected([&people[1]]));
}

#[tokio::test]
async fn a_licence_checked_long_ago_is_left_out_when_asked() {
    let world = World::of([in_austin(1, 0.0)]);
    for (days, shown) in [(11, 1), (10, 0)] {
        let asked = format!("{NEAR_AUSTIN}, verifiedWithinDays: {days}");
        assert_eq!(found(&world, &asked).await.len(), shown, "{days}");
    }
}

#[tokio::test]
async fn counts_come_however_they_are_selected() {
    let world = World::of([in_austin(1, 0.0)]);
    let data = world
        .ask(
            r"query { a: searchProviders(input: { jurisdiction: TX }) { ...Counts }
                 b: searchProviders(input: { jurisdiction: TX }) { ... on ProviderSearchConnection { many: totalCount } } }
               fragment Counts on ProviderSearchConnection { totalCount notices { hiddenCount } facets { languages { count } } }",
        )
        .await;
    assert_eq!(
        data,
        json!({
            "a": { "totalCount": 1, "notices": [], "facets": { "languages": [] } },
            "b": { "many": 1 },
        })
    );
}

/// Arguments, the field that is to blame, and a part of the reason.
const IMPOSSIBLE: &[(&str, &str, &str)] = &[
    (
        r"input: { near: { point: { latitude: 91, longitude: 0 } } }",
        "input.near.point.latitude",
        "latitude 91",
    ),
    (
        r"input: { near: { point: { latitude: 0, longitude: -180.5 } } }",
        "input.near.point.longitude",
        "longitude -180.5",
    ),
    (
        r#"input: { near: { postalCode: "00000" } }"#,
        "input.near.postalCode",
        "00000",
    ),
    (
        r#"input: { near: { postalCode: "7870" } }"#,
        "input.near.postalCode",
        "five digits",
    ),
    (
        r#"input: { near: { placeId: "place_zip-00000" } }"#,
        "input.near.placeId",
        "no place",
    ),
    (
        r#"input: { near: { placeId: "provider_1234567893" } }"#,
        "input.near.placeId",
        "not the id of a place",
    ),
    (
        r#"input: { near: { postalCode: "78701" }, radiusMiles: -1 }"#,
        "input.radiusMiles",
        "-1",
    ),
    (
        r#"input: { near: { postalCode: "78701" }, radiusMiles: 0 }"#,
        "input.radiusMiles",
        "more than 0",
    ),
    (
        r#"input: { near: { postalCode: "78701" }, radiusMiles: 500.5 }"#,
        "input.radiusMiles",
        "500.5",
    ),
    (
        r"input: { jurisdiction: TX, radiusMiles: 5 }",
        "input.radiusMiles",
        "near",
    ),
    (r"input: { }", "input.near", "near, jurisdiction or name"),
    (
        r"input: { jurisdiction: TX, atLeast: NOT_LISTED }",
        "input.atLeast",
        "VERIFIED or UNVERIFIED",
    ),
    (r#"input: { name: "  " }"#, "input.name", "letter"),
    (
        r"input: { jurisdiction: TX, verifiedWithinDays: -1 }",
        "input.verifiedWithinDays",
        "between 0",
    ),
    (
        r#"input: { jurisdiction: TX, languages: ["Español!"] }"#,
        "input.languages",
        "BCP 47",
    ),
    (
        r#"input: { jurisdiction: TX, languages: [""] }"#,
        "input.languages",
        "BCP 47",
    ),
    (
        r"input: { jurisdiction: TX }, first: 0",
        "first",
        "between 1 and 100, unlike 0",
    ),
    (
        r"input: { jurisdiction: TX }, first: 101",
        "first",
        "unlike 101",
    ),
    (
        r"input: { jurisdiction: TX }, first: -5",
        "first",
        "unlike -5",
    ),
    (
        r#"input: { jurisdiction: TX }, after: "not a cursor""#,
        "after",
        "not a cursor that this server gave",
    ),
    (
        r#"input: { jurisdiction: TX }, after: """#,
        "after",
        "not a cursor that this server gave",
    ),
    (
        r#"input: { jurisdiction: TX, on: "2026-02-30" }"#,
        "input.on",
        "YYYY-MM-DD",
    ),
];

#[tokio::test]
async fn impossible_searches_are_refused_by_code_field_and_reason() {
    let world = World::of([]);
    for (arguments, field, reason) in IMPOSSIBLE {
        let query = format!("{{ searchProviders({arguments}) {{ totalCount }} }}");
        let (code, found, message) = world.refused(&query).await;
        assert_eq!(
            (&*code, &*found),
            ("BAD_INPUT", *field),
            "{arguments}: {message}"
        );
        assert!(message.contains(reason), "{arguments}: {message}");
    }
}

#[tokio::test]
async fn what_does_not_fit_the_schema_is_bad_input_too() {
    let world = World::of([]);
    for arguments in [
        r#"input: { near: { postalCode: "78701", placeId: "place_state-TX" } }"#,
        r"input: { near: { } }",
        r"input: { near: { point: { latitude: 1e999, longitude: 0 } } }",
        r"input: { jurisdiction: XX }",
        r#"input: { jurisdiction: TX, disciplines: ["MASSEUR"] }"#,
        r"input: { jurisdiction: TX }, first: 99999999999",
        r"input: { jurisdiction: TX, radius: 5 }",
        "",
    ] {
        let query = format!("{{ searchProviders({arguments}) {{ totalCount }} }}");
        let (code, _, message) = world.refused(&query).await;
        assert_eq!(code, "BAD_INPUT", "{arguments}: {message}");
        assert!(!message.is_empty());
    }
}

#[tokio::test]
async fn every_answer_tells_its_data_version() {
    let world = World::of([in_austin(1, 0.0)]);
    let version = async |world: &World, query: &str| {
        let answer = world.answer(query, json!({})).await;
        answer["extensions"]["dataVersion"].clone()
    };
    for query in [
        "{ __typename }",
        "{ nonsense }",
        "{",
        r#"{ node(id: "nonsense") { id } }"#,
    ] {
        assert_eq!(version(&world, query).await, 7, "{query}");
    }
    let next = world.changed([in_austin(2, 0.0)], &[]);
    assert_eq!(version(&next, "{ __typename }").await, 8);
}

#[tokio::test]
async fn a_search_answer_reads_like_this() {
    let person = in_austin(1, 0.01)
        .named("Ada", "Needham")
        .speaking(&["en", "es"])
        .with(|person| person.locations[0].confirmed_at.push(days_ago(2)));
    let world = World::of([person]);
    let answer = world
        .answer(
            r#"{ searchProviders(input: { near: { postalCode: "78701" }, on: "2026-11-21" }, first: 5) {
                 totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                 edges { cursor distance { meters miles precision }
                   node { id npi name { full } languages }
                   location { id name address { lines city state postalCode } zone confirmedAt confirmedThrough }
                   listing { on outcome discipline license { id number }
                     reasons { code outcome message citation dueOn } } }
                 notices { hiddenCount } } }"#,
            json!({}),
        )
        .await;
    // The last digits of a sine are the machine's own, and cursors hold them.
    insta::assert_json_snapshot!(answer, {
        ".data.searchProviders.edges[].distance.meters" => insta::rounded_redaction(6),
        ".data.searchProviders.edges[].distance.miles" => insta::rounded_redaction(6),
        ".data.searchProviders.edges[].cursor" => "[cursor]",
        ".data.searchProviders.pageInfo.startCursor" => "[cursor]",
        ".data.searchProviders.pageInfo.endCursor" => "[cursor]",
    });
}
