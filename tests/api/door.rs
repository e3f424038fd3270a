//! The one door for changes: rights, keys, denials, two people.

use domain::access::{Act, ProposalKind, Role};
use drypoint::service::proposal::{NewProposal, propose};
use drypoint::service::{Change, Order, Trouble, perform};
use serde_json::json;

use crate::support::desk::{Desk, Hand, key};

/// A proposal on file, by way of the service: which mutations propose is their own tests' subject.
async fn proposed(desk: &Desk, by: &Hand) -> Result<i64, Trouble> {
    let order = Order::of(Act::ProposeAct, &key(), &json!({})).unwrap();
    let id = perform(&desk.app, &by.who, &order, async |change: &Change<'_>| {
        let new = NewProposal {
            kind: ProposalKind::TaintIssuer,
            subject_type: "issuer",
            subject_id: "issuer_7".into(),
            payload: json!({ "issuer": 7 }),
            reason_code: "FRAUD".into(),
            reason_text: None,
        };
        let id = propose(change, new).await?;
        change.log(change.event("proposal", id.0)).await?;
        Ok(id)
    })
    .await?;
    Ok(id.0)
}

fn word(id: i64, decision: &str) -> serde_json::Value {
    json!({ "proposalId": format!("proposal_{id}"), "decision": decision, "expectedVersion": 1 })
}

const SHOWN: &str = "proposal { state version decidedBy }";

#[tokio::test]
async fn whoever_proposes_does_not_confirm_and_the_attempt_is_an_event() {
    let desk = Desk::open().await;
    let first = desk.hand("Ada", &[Role::Compliance]);
    let id = proposed(&desk, &first).await.unwrap();
    let before = desk.events().await.len();

    let told = first.is_told("confirmAct", word(id, "CONFIRM")).await;

    assert_eq!(told, "SEPARATION_OF_DUTIES");
    let events = desk.events().await;
    assert_eq!(events.len(), before + 1);
    let denied = events.last().unwrap();
    assert_eq!(denied["entityType"], "denied");
    assert_eq!(denied["action"], "confirmAct");
    assert_eq!(denied["entityId"], format!("proposal_{id}"));
    assert_eq!(denied["reasonCode"], "SEPARATION_OF_DUTIES");
    assert_eq!(denied["actorId"], "account_1");
}

#[tokio::test]
async fn a_second_person_declines_with_a_reason_and_once() {
    let desk = Desk::open().await;
    let (first, second) = (
        desk.hand("Ada", &[Role::Compliance]),
        desk.hand("Ben", &[Role::Compliance]),
    );
    let id = proposed(&desk, &first).await.unwrap();
    assert_eq!(
        second.is_told("confirmAct", word(id, "DECLINE")).await,
        "REASON_REQUIRED"
    );
    let mut declined = word(id, "DECLINE");
    declined["reasonText"] = json!("the school was accredited then");

    let payload = second.does("confirmAct", declined.clone(), SHOWN).await;

    assert_eq!(
        payload["proposal"],
        json!({ "state": "DECLINED", "version": 2, "decidedBy": "account_2" })
    );
    assert_eq!(
        second.is_told("confirmAct", declined.clone()).await,
        "STALE_VERSION"
    );
    declined["expectedVersion"] = json!(2);
    assert_eq!(
        second.is_told("confirmAct", declined).await,
        "ILLEGAL_TRANSITION"
    );
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_another_body_a_conflict() {
    let desk = Desk::open().await;
    let first = desk.hand("Ada", &[Role::Compliance]);
    let id = proposed(&desk, &first).await.unwrap();
    let mut input = word(id, "WITHDRAW");
    input["idempotencyKey"] = json!("mine");

    let once = first.does("confirmAct", input.clone(), SHOWN).await;
    let events = desk.events().await.len();
    let again = first.does("confirmAct", input.clone(), SHOWN).await;

    assert_eq!(once, again);
    assert_eq!(desk.events().await.len(), events);
    input["decision"] = json!("CONFIRM");
    assert_eq!(
        first.is_told("confirmAct", input).await,
        "IDEMPOTENCY_CONFLICT"
    );
    assert_eq!(desk.events().await.len(), events);
}

#[tokio::test]
async fn a_denial_is_remembered_by_its_key_and_logged_once() {
    let desk = Desk::open().await;
    let first = desk.hand("Ada", &[Role::Compliance]);
    let id = proposed(&desk, &first).await.unwrap();
    let mut input = word(id, "CONFIRM");
    input["idempotencyKey"] = json!("mine");
    for _ in 0..2 {
        let told = first.is_told("confirmAct", input.clone()).await;
        assert_eq!(told, "SEPARATION_OF_DUTIES");
    }
    let events = desk.events().await;
    let denied = events
        .iter()
        .filter(|event| event["entityType"] == "denied");
    assert_eq!(denied.count(), 1);
}

#[tokio::test]
async fn a_stale_version_is_neither_a_denial_nor_an_event() {
    let desk = Desk::open().await;
    let first = desk.hand("Ada", &[Role::Compliance]);
    let id = proposed(&desk, &first).await.unwrap();
    let events = desk.events().await.len();
    let mut input = word(id, "WITHDRAW");
    input["expectedVersion"] = json!(7);
    assert_eq!(first.is_told("confirmAct", input).await, "STALE_VERSION");
    assert_eq!(desk.events().await.len(), events);
}

#[tokio::test]
async fn nobody_and_the_wrong_role_are_refused_at_the_door() {
    let desk = Desk::open().await;
    let auditor = desk.hand("Cleo", &[Role::Auditor]);
    let mut input = word(1, "CONFIRM");
    input["idempotencyKey"] = json!("theirs");
    assert_eq!(
        desk.anybody().is_refused("confirmAct", input.clone()).await,
        "UNAUTHENTICATED"
    );
    let events = desk.events().await.len();
    assert_eq!(auditor.is_refused("confirmAct", input).await, "FORBIDDEN");
    assert_eq!(desk.events().await.len(), events + 1);
}

#[tokio::test]
async fn a_role_without_part_in_a_kind_of_proposal_is_refused() {
    let desk = Desk::open().await;
    let id = proposed(&desk, &desk.hand("Ada", &[Role::Compliance]))
        .await
        .unwrap();
    let mut input = word(id, "CONFIRM");
    input["idempotencyKey"] = json!("theirs");
    let admin = desk.hand("Dan", &[Role::Admin]);
    assert_eq!(admin.is_refused("confirmAct", input).await, "FORBIDDEN");
}

#[tokio::test]
async fn proposals_are_paged_and_private() {
    let desk = Desk::open().await;
    let first = desk.hand("Ada", &[Role::Compliance]);
    proposed(&desk, &first).await.unwrap();
    let query =
        "{ proposals(state: OPEN) { nodes { id kind subjectId } pageInfo { hasNextPage } } }";
    let data = first.ask(query, json!({})).await;
    assert_eq!(data["proposals"]["nodes"][0]["subjectId"], "issuer_7");
    assert_eq!(data["proposals"]["pageInfo"]["hasNextPage"], false);
    let answer = desk.anybody().answer(query, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}
