//! What the program does by itself lowers and tells, and raises nothing (17). That it cannot be written
//! is shown by the documentation of `domain::case`, `domain::standing` and `domain::duty`.

use chrono::TimeDelta;
use domain::access::Role;
use drypoint::outbox::Outbox;
use drypoint::service::schedule::{deliver, run_once};
use serde_json::{Value, json};

use super::bench::{Bench, CREDENTIAL, Standing, a_training};
use crate::issuer::records::issuer;
use crate::issuer::taint::{confirm, propose};
use crate::scheduler::reachable;
use crate::screening::{list, named, take};

/// A verified training of a school of its own.
async fn verified(bench: &Bench, school: &str) -> Standing {
    let mut content = a_training();
    content["issuer"] = json!({ "name": school });
    bench.verified_as("DRY_NEEDLING_TRAINING", content).await
}

/// How everything stands: credentials as decided, cases as read.
async fn standings(bench: &Bench, credentials: &[&str], cases: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for id in credentials {
        let standing = &bench.credential(id).await["standing"];
        found.push(standing.as_str().unwrap().to_owned());
    }
    for id in cases {
        found.push(bench.case(id).await.state);
    }
    found
}

#[tokio::test]
async fn case_17_nothing_that_the_program_does_by_itself_raises_anything() {
    let bench = Bench::open().await;
    reachable(&bench.desk.app.store, bench.npi, 901).await;
    let ben = bench.desk.hand("Ben Pliance", &[Role::Compliance]);
    // One whose verification ages, one that is suspended, one whose issuer's taint was lifted again, a
    // claim that waits for a decision and one that waits for its person.
    let ages = verified(&bench, "A school of examples").await;
    let held = verified(&bench, "Another school").await;
    let record = bench.credential(&held.credential).await;
    let suspend = json!({
        "credentialId": record["id"], "expectedVersion": record["version"],
        "kind": "SAFETY", "reasonCode": "OTHER", "reasonText": "a patient was hurt",
    });
    bench
        .compliance
        .does("suspendCredential", suspend, CREDENTIAL)
        .await;
    let lifted = verified(&bench, "A third school").await;
    let school = issuer(&bench.compliance, "A third school").await;
    let taint = json!({
        "issuerId": school["id"], "expectedVersion": school["version"],
        "reasonCode": "FRAUD", "reasonText": "It sold certificates.",
    });
    let proposal = propose(&bench.compliance, "taintIssuer", taint).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
    let school = issuer(&bench.compliance, "A third school").await;
    let lift = json!({
        "taintId": school["trust"][0]["id"], "expectedVersion": school["version"],
        "reasonText": "The books were found.",
    });
    let proposal = propose(&bench.compliance, "liftTaint", lift).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
    let pending = bench.pending().await;
    let asked = bench
        .asked(&bench.claimed(&bench.submitted().await).await)
        .await;

    let credentials = [
        &*ages.credential,
        &held.credential,
        &lifted.credential,
        &pending.credential,
    ];
    let cases = [&*pending.id];
    let before = standings(&bench, &credentials, &cases).await;
    assert_eq!(
        before,
        [
            "VERIFIED",
            "SUSPENDED",
            "SUSPENDED",
            "UNVERIFIED",
            "PENDING_DECISION"
        ]
    );
    let logged = bench.desk.events().await.len();
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
    for days in [0, 1, 30, 40, 400, 1_200] {
        bench.desk.advance(TimeDelta::days(days));
        run_once(&bench.desk.app).await.unwrap();
        deliver(&bench.desk.app, &outbox).await.unwrap();
        // A list that arrives screens everybody.
        let report = take(&bench.desk, &list(&[named("SOMEBODY", "ELSE", &[])])).await;
        assert_eq!(report.refused, None);
        assert_eq!(
            standings(&bench, &credentials, &cases).await,
            before,
            "after {days}"
        );
    }
    assert_eq!(
        bench.case(&asked.id).await.state,
        "LAPSED",
        "read, not written"
    );

    let events = bench.desk.events().await;
    let acted: Vec<&Value> = events[logged..].iter().collect();
    assert!(!acted.is_empty(), "the program did something");
    for event in acted {
        assert_eq!(event["actorRole"], "SYSTEM", "{event}");
        let about = event["entityType"].as_str().unwrap();
        let decides = [
            "case",
            "credential",
            "sterility_attestation",
            "proposal",
            "license",
        ];
        assert!(!decides.contains(&about), "{event}");
    }
}
