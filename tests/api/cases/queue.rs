//! What waits, page by page.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::bench::{Bench, a_training};

const QUEUE: &str = "query($state: CaseState, $mine: Boolean = false, $order: CaseOrder = DUE, $first: Int = 20, $after: String) { caseQueue(state: $state, mine: $mine, order: $order, first: $first, after: $after) { nodes { id state dueAt } pageInfo { hasNextPage endCursor } } }";

async fn ids(bench: &Bench, variables: Value) -> Vec<String> {
    let data = bench.verifier.ask(QUEUE, variables).await;
    let nodes = data["caseQueue"]["nodes"].as_array().unwrap().clone();
    nodes
        .iter()
        .map(|node| node["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_lease_that_has_ended_waits_again_and_drafts_wait_for_nobody() {
    let bench = Bench::open().await;
    let draft = bench.drafted(a_training()).await;
    bench.opened(&draft).await;
    let case = bench.submitted().await;
    let held = bench.claimed(&case).await;
    let submitted = json!({ "state": "SUBMITTED" });
    assert_eq!(ids(&bench, json!({})).await, std::slice::from_ref(&held.id));
    assert_eq!(
        ids(&bench, json!({ "mine": true })).await,
        std::slice::from_ref(&held.id)
    );
    assert!(ids(&bench, submitted.clone()).await.is_empty());
    bench.desk.advance(TimeDelta::hours(8));
    assert_eq!(ids(&bench, submitted).await, std::slice::from_ref(&held.id));
    assert!(
        ids(&bench, json!({ "state": "IN_REVIEW" }))
            .await
            .is_empty()
    );
    assert!(ids(&bench, json!({ "mine": true })).await.is_empty());
}

#[tokio::test]
async fn pages_neither_repeat_nor_skip_in_either_order() {
    let bench = Bench::open().await;
    let mut all = Vec::new();
    for _ in 0..3 {
        all.push(bench.submitted().await);
    }
    // What is held is due when the lease ends, so it comes before what has no day.
    let held = bench.claimed(&all[2]).await;
    for (order, expected) in [
        ("DUE", [&held.id, &all[0].id, &all[1].id]),
        ("AGE", [&all[0].id, &all[1].id, &held.id]),
    ] {
        let mut seen = Vec::new();
        let mut after = Value::Null;
        loop {
            let variables = json!({ "order": order, "first": 1, "after": after });
            let data = bench.verifier.ask(QUEUE, variables).await;
            let queue = &data["caseQueue"];
            seen.push(queue["nodes"][0]["id"].as_str().unwrap().to_owned());
            if queue["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = queue["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen.iter().collect::<Vec<_>>(), expected, "{order}");
    }
}

#[tokio::test]
async fn whoever_has_no_part_in_cases_reads_none() {
    let bench = Bench::open().await;
    let admin = bench.desk.hand("Ad Min", &[domain::access::Role::Admin]);
    for hand in [&admin, &bench.provider] {
        let answer = hand.answer(QUEUE, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}
