//! What a second person reads of a proposal before they confirm it, and what the log keeps of it.

use domain::access::{AccountId, Role};
use domain::npi::Npi;
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::service::account::manage::{self, Addition};
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::engine::{on_postgresql, tests};
use crate::support::people::{AUSTIN, Person, a_provider, day};
use crate::{proposals, replay};

const MILL: &str = "Example Diploma Mill";

const TERMS: &str = "proposal { id version subjectId terms { __typename \
    ... on RoleChangeTerms { accountId roles accountVersion } \
    ... on TaintTerms { issuerId from through reasonCode } \
    ... on LiftTaintTerms { taintId } \
    ... on InErrorTerms { credentialId reasonCode } \
    ... on BulkReinstatementTerms { credentialIds } } }";

/// Somebody verified, with a training of the mill's.
fn trained(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
        .with(|person| {
            let credential = &mut person.training[0].credential;
            credential.issuer.name = MILL.into();
            credential.issued_on = Some(day("2018-05-05"));
            credential.completed_on = Some(day("2018-05-05"));
        })
}

async fn mill(hand: &Hand) -> Value {
    let query = "{ issuers(first: 100) { nodes { id version name trust { id } } } }";
    let data = hand.ask(query, json!({})).await;
    let nodes = data["issuers"]["nodes"].as_array().unwrap();
    let mut found = nodes.iter().filter(|issuer| issuer["name"] == MILL);
    found.next().unwrap().clone()
}

fn word(proposal: &Value, decision: &str) -> Value {
    json!({
        "proposalId": proposal["id"], "expectedVersion": proposal["version"],
        "decision": decision, "reasonText": "as it was asked",
    })
}

/// The entries of the log in which an act is proposed and decided.
async fn both(desk: &Desk, proposed_by: &str) -> [Value; 2] {
    let events = desk.events().await;
    [proposed_by, "confirmAct"].map(|action| {
        let mut found = events
            .iter()
            .filter(|event| event["action"] == action && event["afterHash"].is_string());
        found.next_back().unwrap().clone()
    })
}

#[tokio::test]
pub(crate) async fn a_second_person_reads_which_roles_they_give_and_the_log_names_them_twice() {
    let desk = Desk::open().await;
    let addition = Addition {
        name: "vera".parse().unwrap(),
        email: None,
        roles: vec![Role::Verifier],
        provider: None,
        delegate_of: Vec::new(),
        key: None,
    };
    let vera = manage::add(&desk.app, &addition).await.unwrap().id;
    let admin = |name: &str, number: i64| {
        let mut hand = desk.hand(name, &[Role::Admin]);
        hand.who.account = Some(AccountId(number));
        hand
    };
    let (ada, ben) = (admin("ada", 9_000_001), admin("ben", 9_000_002));
    let input = json!({
        "act": { "changeRoles": {
            "accountId": format!("account_{}", vera.0), "roles": ["VERIFIER", "APPROVER"],
            "expectedVersion": 1,
        } },
        "reasonText": "she decides too",
    });

    ada.does("proposeAct", input, TERMS).await;

    let query = format!(
        "{{ proposals {{ nodes {{ {} }} }} }}",
        &TERMS[11..TERMS.len() - 2]
    );
    let read = ben.ask(&query, json!({})).await;
    let proposal = &read["proposals"]["nodes"][0];
    assert_eq!(
        proposal["terms"],
        json!({
            "__typename": "RoleChangeTerms", "accountId": format!("account_{}", vera.0),
            "roles": ["VERIFIER", "APPROVER"], "accountVersion": 1,
        })
    );
    ben.does("confirmAct", word(proposal, "CONFIRM"), "").await;
    let [proposed, confirmed] = both(&desk, "proposeAct").await;
    assert_eq!(proposed["afterHash"], confirmed["afterHash"]);
    for event in [proposed, confirmed] {
        assert_eq!(event["changedFields"], "roles: VERIFIER APPROVER");
    }
}

#[tokio::test]
pub(crate) async fn a_second_person_reads_the_days_of_a_taint_and_what_is_put_back_in_force() {
    let desk = Desk::open().await;
    desk.with([trained(1), trained(2)]).await;
    let (ada, ben) = (
        desk.hand("ada", &[Role::Compliance]),
        desk.hand("ben", &[Role::Compliance]),
    );
    let issuer = mill(&ada).await;
    let taint = json!({
        "issuerId": issuer["id"], "expectedVersion": issuer["version"],
        "from": "2016-01-01", "through": "2021-12-31",
        "reasonCode": "FRAUD", "reasonText": "It sold certificates.",
    });

    let made = ada.does("taintIssuer", taint, TERMS).await;

    assert_eq!(
        made["proposal"]["terms"],
        json!({
            "__typename": "TaintTerms", "issuerId": issuer["id"], "from": "2016-01-01",
            "through": "2021-12-31", "reasonCode": "FRAUD",
        })
    );
    ben.does("confirmAct", word(&made["proposal"], "CONFIRM"), "")
        .await;
    let [proposed, confirmed] = both(&desk, "taintIssuer").await;
    assert_eq!(proposed["afterHash"], confirmed["afterHash"]);
    assert_eq!(
        proposed["changedFields"],
        "from: 2016-01-01,through: 2021-12-31"
    );

    let issuer = mill(&ada).await;
    let lift = json!({
        "taintId": issuer["trust"][0]["id"], "expectedVersion": issuer["version"],
        "reasonText": "It was another school.",
    });
    let made = ada.does("liftTaint", lift, TERMS).await;
    assert_eq!(
        made["proposal"]["terms"],
        json!({ "__typename": "LiftTaintTerms", "taintId": issuer["trust"][0]["id"] })
    );
    ben.does("confirmAct", word(&made["proposal"], "CONFIRM"), "")
        .await;

    let credentials = suspended(&desk, &ada).await;
    let bulk = |ids: Vec<&Value>| {
        json!({
            "act": { "reinstateInBulk": { "credentialIds": ids } },
            "reasonText": "The school was sound.",
        })
    };
    let made = ada
        .does("proposeAct", bulk(credentials.iter().collect()), TERMS)
        .await;
    let shown = made["proposal"]["terms"]["credentialIds"]
        .as_array()
        .unwrap();
    assert_eq!(shown.len(), 2);
    for id in shown {
        let query = "query($id: ID!) { credentialRecord(id: $id) { id } }";
        let read = ben.ask(query, json!({ "id": id })).await;
        assert!(credentials.contains(&read["credentialRecord"]["id"]));
    }
    // The same again in another order is the same.
    let backwards = bulk(credentials.iter().rev().collect());
    assert_eq!(ada.is_told("proposeAct", backwards).await, "GUARD_FAILED");
    assert_eq!(made["proposal"]["subjectId"].as_str().unwrap().len(), 64);
}

/// As the public knew them.
async fn suspended(desk: &Desk, hand: &Hand) -> Vec<Value> {
    let mut found = Vec::new();
    for serial in [1, 2] {
        let query = format!(
            "{{ provider(npi: \"{}\") {{ training {{ id status }} }} }}",
            Npi::sample(serial)
        );
        let data = desk.anybody().ask(&query, json!({})).await;
        let training = &data["provider"]["training"][0];
        assert_eq!(training["status"], "SUSPENDED");
        found.push(training["id"].clone());
    }
    assert!(hand.who.account.is_some());
    found
}

#[tokio::test]
pub(crate) async fn five_hundred_credentials_are_proposed_at_once() {
    let desk = Desk::open().await;
    desk.with((1..=500).map(trained)).await;
    let (ada, ben) = (
        desk.hand("ada", &[Role::Compliance]),
        desk.hand("ben", &[Role::Compliance]),
    );
    let issuer = mill(&ada).await;
    let taint = json!({
        "issuerId": issuer["id"], "expectedVersion": issuer["version"],
        "reasonCode": "FRAUD", "reasonText": "It sold certificates.",
    });
    let made = ada.does("taintIssuer", taint, TERMS).await;
    ben.does("confirmAct", word(&made["proposal"], "CONFIRM"), "")
        .await;
    let issuer = mill(&ada).await;
    let lift = json!({
        "taintId": issuer["trust"][0]["id"], "expectedVersion": issuer["version"],
        "reasonText": "The books were found.",
    });
    let made = ada.does("liftTaint", lift, TERMS).await;
    ben.does("confirmAct", word(&made["proposal"], "CONFIRM"), "")
        .await;
    let reading = desk.app.snapshot();
    let ids: Vec<_> = reading
        .people()
        .map(|person| format!("training_{}", person.training[0].credential.id.0))
        .collect();
    assert_eq!(ids.len(), 500);
    let bulk = json!({
        "act": { "reinstateInBulk": { "credentialIds": ids } }, "reasonText": "sound",
    });

    let made = ada.does("proposeAct", bulk, TERMS).await;

    let shown = &made["proposal"]["terms"]["credentialIds"];
    assert_eq!(shown.as_array().unwrap().len(), 500);
}

#[tokio::test]
pub(crate) async fn an_issuers_name_has_an_end() {
    let desk = Desk::open().await;
    let vera = desk.hand("vera", &[Role::Verifier]);
    // No two of these letters are alike to the database's compression.
    let long: String = (0..1_000)
        .filter_map(|n| char::from_u32(0x4E00 + n * 7))
        .collect();
    let named = |name: &str, alias: &str| {
        json!({
            "name": name, "kind": "OTHER", "aliases": [{ "name": alias }],
        })
    };
    for (input, field) in [
        (named(&long, "A"), "input.name"),
        (named("A", &long), "input.aliases.0.name"),
    ] {
        let told = vera.tries("upsertIssuer", input, "issuer { id }").await;
        assert_eq!(told["userErrors"][0]["code"], "BAD_INPUT");
        assert_eq!(told["userErrors"][0]["field"], field);
    }
    let most: String = long.chars().take(200).collect();
    vera.does("upsertIssuer", named(&most, &most), "issuer { id }")
        .await;
}

#[test]
fn proposals_and_names_are_the_same_on_postgresql() {
    on_postgresql(tests![
        proposals::{
            a_second_person_reads_which_roles_they_give_and_the_log_names_them_twice,
            a_second_person_reads_the_days_of_a_taint_and_what_is_put_back_in_force,
            five_hundred_credentials_are_proposed_at_once,
            an_issuers_name_has_an_end,
        },
        replay::{
            a_key_that_is_used_again_shows_nothing_that_is_no_longer_theirs,
            every_forbidden_attempt_is_an_event_whatever_its_key_was_used_for,
            what_a_person_says_of_themselves_is_in_the_log_as_a_keyed_hash_alone,
        },
    ]);
}
