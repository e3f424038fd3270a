//! By which policy a decision was made (6), and when nobody was told of it (9).

use chrono::TimeDelta;
use domain::access::Role;
use drypoint::outbox::Outbox;
use drypoint::service::schedule::{deliver, run_once};
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing, a_training};
use crate::scheduler::reachable;
use crate::support::desk::Desk;

/// Chooses something anew, from now on; the version that says so.
async fn set(bench: &Bench, choice: &str, value: Value) -> i64 {
    let admin = bench.desk.hand("Dan", &[Role::Admin]);
    let held = admin.ask("{ policy { version } }", json!({})).await;
    let input = json!({ "expectedVersion": held["policy"]["version"], choice: value });
    let payload = admin.does("setPolicy", input, "policy { version }").await;
    payload["policy"]["version"].as_i64().unwrap()
}

/// A case that is recommended on a proof of a day.
async fn proved(bench: &Bench, content: Value, as_of: &str) -> Standing {
    let credential = bench.drafted(content).await;
    let case = bench.opened(&credential).await;
    let case = bench.submitted_by(&bench.provider, &case).await;
    let case = bench.claimed(&case).await;
    let case = bench.checked(&case, "*", as_of).await;
    bench.recommended(&case).await
}

/// By which policy a case was decided, how it ended, and how old its proof was.
async fn decided(bench: &Bench, case: &Standing) -> Value {
    let query = "query($id: ID!) { case(id: $id) { state policyVersion psvAsOf } }";
    let mut data = bench.verifier.ask(query, json!({ "id": case.id })).await;
    data["case"].take()
}

#[tokio::test]
async fn case_6_a_cvo_counts_90_days_and_what_was_decided_before_keeps_its_policy() {
    let bench = Bench::open().await;
    let earlier = proved(&bench, a_training(), "2026-07-24").await;
    bench.approved(&earlier).await;
    let before = json!({ "state": "APPROVED", "policyVersion": 1, "psvAsOf": "2026-07-24" });
    assert_eq!(decided(&bench, &earlier).await, before);

    assert_eq!(set(&bench, "cvo", json!(true)).await, 2);

    let fresh = proved(&bench, a_training(), "2026-08-23").await;
    bench.approved(&fresh).await;
    assert_eq!(
        decided(&bench, &fresh).await,
        json!({ "state": "APPROVED", "policyVersion": 2, "psvAsOf": "2026-08-23" })
    );
    let stale = proved(&bench, a_training(), "2026-08-22").await;
    let input = stale.signed("APPROVAL", "Abe Prover");
    assert_eq!(
        bench.approver.is_told("approveCase", input).await,
        "PSV_STALE"
    );
    assert_eq!(bench.case(&stale.id).await.state, "PENDING_DECISION");
    assert_eq!(decided(&bench, &earlier).await, before);
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
}

#[tokio::test]
async fn case_6_a_decision_of_before_july_2025_stays_valid_under_the_policy_of_its_day() {
    let desk = Desk::open().await;
    desk.clock.set("2025-06-20T18:00:00Z".parse().unwrap());
    let bench = Bench::of(desk).await;
    bench.screened().await;
    // Until then a proof might be 180 days old.
    assert_eq!(set(&bench, "psvDays", json!(180)).await, 2);
    let mut content = a_training();
    content["issuedOn"] = json!("2024-11-03");
    content["completedOn"] = json!("2024-11-03");
    content["training"]["startedOn"] = json!("2024-11-01");
    let case = proved(&bench, content, "2024-12-22").await;
    bench.approved(&case).await;
    bench
        .desk
        .clock
        .set("2025-07-01T06:00:00Z".parse().unwrap());
    assert_eq!(set(&bench, "psvDays", json!(120)).await, 3);

    bench
        .desk
        .clock
        .set("2026-11-21T19:00:00Z".parse().unwrap());
    bench.desk.app.refresh().await.unwrap();

    assert_eq!(
        decided(&bench, &case).await,
        json!({ "state": "APPROVED", "policyVersion": 2, "psvAsOf": "2024-12-22" })
    );
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
}

/// The tasks about late notices, closed ones too, as an admin reads them.
async fn alerts(bench: &Bench) -> Vec<Value> {
    let admin = bench.desk.hand("Dan", &[Role::Admin]);
    let query =
        "{ tasks(kind: NOTICE_OVERDUE, closedToo: true) { nodes { npi dueOn what closedBy } } }";
    let mut data = admin.ask(query, json!({})).await;
    serde_json::from_value(data["tasks"]["nodes"].take()).unwrap()
}

#[tokio::test]
async fn case_9_a_notice_that_is_not_sent_by_day_30_is_an_alert_on_day_31() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let mut input = case.signed("REJECTION", "Abe Prover");
    input["reasonCode"] = json!("ISSUER_DENIES");
    bench.approver.does("rejectCase", input, CASE).await;

    bench.desk.advance(TimeDelta::days(30));
    run_once(&bench.desk.app).await.unwrap();
    assert_eq!(alerts(&bench).await, Vec::<Value>::new());
    bench.desk.advance(TimeDelta::days(1));
    run_once(&bench.desk.app).await.unwrap();
    run_once(&bench.desk.app).await.unwrap();
    let found = alerts(&bench).await;
    assert_eq!(found.len(), 1, "said once: {found:?}");
    assert_eq!(found[0]["npi"], bench.npi.to_string());
    assert_eq!(found[0]["dueOn"], "2026-12-21");
    assert_eq!(found[0]["closedBy"], Value::Null);

    // Somebody gives the person an address, and the alert has become needless.
    reachable(&bench.desk.app.store, bench.npi, 901).await;
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
    deliver(&bench.desk.app, &outbox).await.unwrap();
    run_once(&bench.desk.app).await.unwrap();
    assert_eq!(alerts(&bench).await[0]["closedBy"], "SYSTEM");
}
