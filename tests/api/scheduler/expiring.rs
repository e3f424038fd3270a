//! What ends soon, read off the records: the scheduler never runs here.

use domain::access::Role;
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{AUSTIN, a_provider, day};

async fn page(hand: &Hand, within: i32, first: i32, after: Option<&str>) -> Value {
    let query = "query($within: Int!, $first: Int!, $after: String) { expiring(within: $within, \
                 first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } \
                 nodes { kind dueOn isOverdue npi person subjectId what toDo } } }";
    let variables = json!({ "within": within, "first": first, "after": after });
    let mut data = hand.ask(query, variables).await;
    data["expiring"].take()
}

async fn a_desk() -> Desk {
    let desk = Desk::open().await;
    let person = |serial: u32| {
        a_provider(serial)
            .licensed(PhysicalTherapist, Tx)
            .at(AUSTIN, Tx)
    };
    desk.with([
        person(1),
        person(2).with(|person| {
            person.attestations[0].valid_until = Some(day("2026-11-10"));
        }),
        person(3).unclaimed(),
    ])
    .await;
    desk
}

#[tokio::test]
async fn everything_that_ends_is_listed_by_its_day_with_what_to_do() {
    let desk = a_desk().await;
    let vera = desk.hand("vera", &[Role::Verifier]);
    let all = page(&vera, 100, 100, None).await;
    let told: Vec<_> = all["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {} {}", it["dueOn"], it["kind"], it["npi"]).replace('"', ""))
        .collect();
    let (one, two) = (
        domain::npi::Npi::sample(1).to_string(),
        domain::npi::Npi::sample(2).to_string(),
    );
    assert_eq!(
        told,
        [
            format!("2026-11-10 ATTESTATION {two}"),
            format!("2026-12-10 LICENSE_CHECK {one}"),
            format!("2026-12-10 LICENSE_CHECK {two}"),
            format!("2026-12-14 SCREENING {one}"),
            format!("2026-12-14 SCREENING {two}"),
            format!("2027-01-30 LOCATION_CONFIRMATION {one}"),
            format!("2027-01-30 LOCATION_CONFIRMATION {two}"),
            format!("2027-02-18 ATTESTATION {one}"),
        ]
    );
    assert_eq!(all["nodes"][0]["isOverdue"], true);
    assert_eq!(all["nodes"][1]["isOverdue"], false);
    assert_eq!(all["nodes"][1]["person"], "Ada Needham1");
    assert!(all["nodes"][0]["toDo"].as_str().unwrap().contains("LAPSED"));
    // What lapsed longer ago than the last reminder is not shown any more.
    desk.clock.set("2026-12-23T19:00:00Z".parse().unwrap());
    let later = page(&vera, 0, 100, None).await;
    let kinds: Vec<_> = later["nodes"].as_array().unwrap().iter().collect();
    assert!(
        kinds.iter().all(|it| it["kind"] != "ATTESTATION"),
        "{later}"
    );
}

#[tokio::test]
async fn pages_neither_repeat_nor_skip() {
    let desk = a_desk().await;
    let aude = desk.hand("aude", &[Role::Auditor]);
    let whole = page(&aude, 100, 100, None).await;
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let part = page(&aude, 100, 3, after.as_deref()).await;
        assert_eq!(part["totalCount"], whole["totalCount"]);
        seen.extend(part["nodes"].as_array().unwrap().clone());
        if part["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = part["pageInfo"]["endCursor"].as_str().map(Into::into);
    }
    assert_eq!(Value::from(seen), whole["nodes"]);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_field() {
    let desk = a_desk().await;
    let vera = desk.hand("vera", &[Role::Verifier]);
    for (query, field) in [
        ("{ expiring(within: -1) { totalCount } }", "within"),
        ("{ expiring(within: 5000) { totalCount } }", "within"),
        (
            "{ expiring(within: 1, after: \"x\") { totalCount } }",
            "after",
        ),
        ("{ expiring(within: 1, first: 0) { totalCount } }", "first"),
    ] {
        let answer = vera.answer(query, json!({})).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!(extensions["code"], "BAD_INPUT", "{answer}");
        assert_eq!(extensions["field"], field, "{answer}");
    }
    let provider = desk.hand("pia", &[Role::Provider]);
    for query in [
        "{ expiring(within: 1) { totalCount } }",
        "{ tasks { nodes { id } } }",
        "{ notices { nodes { id } } }",
    ] {
        let answer = provider.answer(query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}
