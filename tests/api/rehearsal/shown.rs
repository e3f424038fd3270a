//! What the console of a sample has to show, asked over the API.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::case::{CaseState, Purpose};
use domain::evidence::Sha256;
use domain::npi::Npi;
use domain::screening::row::Column;
use drypoint::service::schedule;
use drypoint::service::screening::{Cause, screen, screen_changed};
use drypoint::store::log::{self, Verdict};
use drypoint::vault::Vault;
use serde_json::{Value, json};

use super::{desk, every, instant, reader, rehearsed};
use crate::screening::{list, named, take};
use crate::support::desk::{Desk, Hand};
use crate::support::people::now;
use crate::support::process::text;

const CASE: &str = "id state purpose recommendation reasonCode openedAt dueAt leaseUntil infoDueOn \
                    noticeDueOn noticeSentAt credentialId checks { originalOutcome outcome }";

/// The cases of every state, by state.
async fn cases(by: &Hand) -> BTreeMap<&'static str, Vec<Value>> {
    let mut found = BTreeMap::new();
    for state in CaseState::ALL {
        let filter = format!(", state: {state}");
        found.insert(state.code(), every(by, "caseQueue", &filter, CASE).await);
    }
    found
}

fn texts<'a>(values: impl IntoIterator<Item = &'a Value>) -> BTreeSet<&'a str> {
    values.into_iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn cases_are_found_in_every_state_and_of_every_purpose() {
    let (desk, _folder) = desk().await;
    let cases = cases(&reader(&desk)).await;
    for (state, found) in &cases {
        assert!(found.len() >= 2, "{state}: {found:?}");
    }
    let all: Vec<&Value> = cases.values().flatten().collect();
    let purposes = texts(all.iter().map(|case| &case["purpose"]));
    assert_eq!(purposes, Purpose::ALL.iter().map(|it| it.code()).collect());
    let open = every(&reader(&desk), "caseQueue", "", CASE).await;
    assert!((40..=65).contains(&open.len()), "{}", open.len());
    // Of every age: since yesterday, and since more than a month.
    let ages = open
        .iter()
        .map(|case| (now() - instant(&case["openedAt"])).num_days());
    let ages: BTreeSet<i64> = ages.collect();
    assert!(
        ages.first() <= Some(&1) && ages.last() >= Some(&40),
        "{ages:?}"
    );
}

#[tokio::test]
async fn what_time_does_to_cases_is_among_them() {
    let (desk, _folder) = desk().await;
    let cases = cases(&reader(&desk)).await;
    let is_past = |value: &Value| value.is_string() && instant(value) < now();
    let count = |state: &str, is: &dyn Fn(&Value) -> bool| {
        let found = cases[state].iter();
        found.filter(|case| is(case)).count()
    };
    let ended = |case: &Value| is_past(&case["leaseUntil"]);
    assert!(count("SUBMITTED", &ended) >= 2, "leases that have ended");
    assert_eq!(count("IN_REVIEW", &ended), 0);
    assert!(count("INFO_REQUESTED", &|case| is_past(&case["dueAt"])) >= 2);
    assert!(count("INFO_REQUESTED", &|case| !is_past(&case["dueAt"])) >= 3);
    let recommends = |what: &'static str| move |case: &Value| case["recommendation"] == what;
    assert!(count("PENDING_DECISION", &recommends("APPROVE")) >= 5);
    assert!(count("PENDING_DECISION", &recommends("REJECT")) >= 2);
    assert!(count("REJECTED", &|case| case["reasonCode"].is_string()) >= 5);
    assert!(count("REJECTED", &|case| case["reasonCode"].is_null()) == 0);
    let today = now().date_naive().to_string();
    let untold = |case: &Value| {
        case["noticeSentAt"].is_null()
            && case["noticeDueOn"]
                .as_str()
                .is_some_and(|due| due < today.as_str())
    };
    assert!(count("APPROVED", &untold) + count("REJECTED", &untold) >= 3);
    assert!(count("APPROVED", &|case| case["noticeSentAt"].is_string()) >= 10);
}

#[tokio::test]
async fn checks_came_out_in_every_way_and_some_were_resolved() {
    let (desk, _folder) = desk().await;
    let cases = cases(&reader(&desk)).await;
    let cases = cases.values().flatten();
    let checks: Vec<&Value> = cases
        .flat_map(|case| case["checks"].as_array().unwrap())
        .collect();
    let outcomes = texts(checks.iter().map(|check| &check["originalOutcome"]));
    for outcome in [
        "MATCH",
        "MISMATCH",
        "NOT_FOUND",
        "SOURCE_UNAVAILABLE",
        "NEEDS_REVIEW",
    ] {
        assert!(outcomes.contains(outcome), "{outcome}: {outcomes:?}");
    }
    let reviewed = checks
        .iter()
        .filter(|it| it["originalOutcome"] == "NEEDS_REVIEW");
    let became = texts(reviewed.map(|check| &check["outcome"]));
    assert_eq!(became, BTreeSet::from(["MATCH", "NEEDS_REVIEW"]));
}

/// The records that the log tells of, by their ids.
async fn told_of(by: &Hand, entity_type: &str) -> BTreeSet<String> {
    let filter = format!(", filter: {{ entityType: \"{entity_type}\" }}");
    let events = every(by, "auditEvents", &filter, "entityId").await;
    let ids = events.iter().filter_map(|event| event["entityId"].as_str());
    ids.map(str::to_owned).collect()
}

#[tokio::test]
async fn credentials_are_of_every_standing() {
    let (desk, _folder) = desk().await;
    let by = reader(&desk);
    let query = "query($id: ID!) { credentialRecord(id: $id) { standing replacesId \
                 standings { standing suspension reasonCode } } }";
    let mut standings = BTreeSet::new();
    let mut suspensions = BTreeSet::new();
    let mut replacements = 0;
    for id in told_of(&by, "credential").await {
        let data = by.ask(query, json!({ "id": id })).await;
        let record = &data["credentialRecord"];
        standings.insert(record["standing"].as_str().unwrap().to_owned());
        replacements += usize::from(record["replacesId"].is_string());
        if record["standing"] == "SUSPENDED" {
            let last = record["standings"].as_array().unwrap().last().unwrap();
            suspensions.insert(last["suspension"].as_str().unwrap().to_owned());
        }
    }
    let expected = [
        "ENTERED_IN_ERROR",
        "REVOKED",
        "SUPERSEDED",
        "SUSPENDED",
        "UNVERIFIED",
        "VERIFIED",
        "WITHDRAWN",
    ];
    assert_eq!(standings.iter().collect::<Vec<_>>(), expected);
    for kind in ["ISSUER_TAINT", "SAFETY", "INTEGRITY_CONCERN"] {
        assert!(suspensions.contains(kind), "{suspensions:?}");
    }
    assert_eq!(replacements, 1, "a revocation was overturned");
}

#[tokio::test]
async fn attestations_are_in_every_state_that_acts_lead_to() {
    let (desk, _folder) = desk().await;
    let by = reader(&desk);
    let query = "query($id: ID!) { attestation(id: $id) { state } }";
    let mut states = BTreeMap::<String, usize>::new();
    for id in told_of(&by, "sterility_attestation").await {
        let data = by.ask(query, json!({ "id": id })).await;
        let state = data["attestation"]["state"].as_str().unwrap();
        *states.entry(state.to_owned()).or_default() += 1;
    }
    let found: Vec<&str> = states.keys().map(String::as_str).collect();
    let expected = [
        "ACCEPTED",
        "DRAFT",
        "INVALIDATED",
        "LAPSED",
        "NEEDS_FIX",
        "REJECTED",
        "SUPERSEDED",
        "UNDER_REVIEW",
        "WITHDRAWN",
    ];
    assert_eq!(found, expected, "{states:?}");
    let waiting = every(&by, "attestationQueue", "", "id").await;
    assert!(waiting.len() >= 5, "{}", waiting.len());
}

#[tokio::test]
async fn matches_stand_in_many_ways_and_no_list_is_in_force() {
    let (desk, _folder) = desk().await;
    let by = reader(&desk);
    let found = every(&by, "exclusionMatches", "", "npi tier state").await;
    let pairs: BTreeSet<(&str, &str)> = found
        .iter()
        .map(|it| (it["tier"].as_str().unwrap(), it["state"].as_str().unwrap()))
        .collect();
    for pair in [
        ("T1_NPI", "NEW"),
        ("T2_NAME_DOB", "NEW"),
        ("T3_NAME_CONTEXT", "NEW"),
        ("T1_NPI", "UNDER_REVIEW"),
        ("T1_NPI", "CONFIRMED"),
        ("T2_NAME_DOB", "FALSE_POSITIVE"),
        ("T3_NAME_CONTEXT", "FALSE_POSITIVE"),
        ("T3_NAME_CONTEXT", "INCONCLUSIVE"),
    ] {
        assert!(pairs.contains(&pair), "{pair:?}: {pairs:?}");
    }
    let runs = every(
        &by,
        "screeningRuns",
        "",
        "finishedAt providerCount rowCount",
    )
    .await;
    assert!(runs.len() >= 6, "{runs:?}");
    let coverage = "{ screeningCoverage { hasList rows } }";
    let data = by.ask(coverage, json!({})).await;
    assert_eq!(
        data["screeningCoverage"],
        json!({ "hasList": false, "rows": 0 })
    );
    // Whoever comes now is held against nothing that is made up.
    assert_eq!(screen(&desk.app, Cause::Schedule).await.unwrap(), None);
    assert_eq!(screen_changed(&desk.app).await.unwrap().providers, 0);
}

#[tokio::test]
async fn the_real_list_comes_in_as_if_no_other_had_been_there() {
    let (desk, _folder) = desk().await;
    let by = reader(&desk);
    let before = every(&by, "exclusionMatches", "", "id npi state").await;
    let somebody = crate::screening::a_therapist(7, "Ada", "Needham");
    let npi = Npi::sample(7).to_string();
    desk.with([somebody]).await;
    let rows = [named("NEEDHAM", "ADA", &[(Column::Npi, npi.as_str())])];
    let report = take(&desk, &list(&rows)).await;
    assert_eq!((report.refused, report.removed, report.new), (None, 0, 1));
    screen(&desk.app, Cause::Import).await.unwrap();
    let after = every(&by, "exclusionMatches", "", "id npi state").await;
    let new: Vec<&Value> = after.iter().filter(|it| !before.contains(it)).collect();
    assert_eq!(new.len(), 1, "{new:?}");
    assert_eq!(new[0]["npi"], npi);
    // What was decided about made-up rows stays with whom it was about.
    assert!(before.iter().all(|it| after.contains(it)));
}

#[tokio::test]
async fn everything_that_waits_for_somebody_is_there() {
    let (desk, _folder) = desk().await;
    let by = reader(&desk);
    let proposals = every(&by, "proposals", "", "kind state").await;
    let states = texts(proposals.iter().map(|it| &it["state"]));
    assert_eq!(
        states,
        BTreeSet::from(["CONFIRMED", "DECLINED", "OPEN", "WITHDRAWN"])
    );
    let open = proposals.iter().filter(|it| it["state"] == "OPEN");
    let kinds = texts(open.map(|it| &it["kind"]));
    for kind in [
        "MARK_IN_ERROR",
        "CONFIRM_MATCH",
        "LIFT_TAINT",
        "CHANGE_ROLES",
    ] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    let claims = every(&by, "claims", ", state: OPEN", "disputes").await;
    assert!(claims.len() >= 4, "{claims:?}");
    let removals = every(&by, "removals", ", state: OPEN", "id").await;
    assert_eq!(removals.len(), 2);
    let reports = every(&by, "reports", ", state: OPEN", "id").await;
    assert_eq!(reports.len(), 4);
    schedule::run_once(&desk.app).await.unwrap();
    let tasks = every(&by, "tasks", "", "kind").await;
    let kinds = texts(tasks.iter().map(|it| &it["kind"]));
    for kind in ["LOT_TWO_EXPIRIES", "SUSPENSION_REVIEW", "NOTICE_OVERDUE"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
}

#[tokio::test]
async fn nobody_can_sign_in_as_somebody_made_up() {
    let (desk, _folder) = desk().await;
    let by = reader(&desk);
    let accounts = every(&by, "accounts", "", "name roles keyCount hasSecondFactor").await;
    assert!(accounts.len() > 100);
    for account in &accounts {
        assert!(account["name"].as_str().unwrap().starts_with("sample-"));
        assert_eq!(account["keyCount"], 0, "{account}");
    }
    let store = &desk.app.store;
    let held = drypoint::store::account::page(store.connection(), None, 1_000);
    for account in held.await.unwrap() {
        assert_eq!(
            (account.password_hash, account.email),
            (None, None),
            "{}",
            account.name
        );
    }
    let links = "SELECT count(*) AS links FROM one_time_link";
    assert_eq!(count(store, links).await, 0);
    let roles = texts(
        accounts
            .iter()
            .flat_map(|it| it["roles"].as_array().unwrap()),
    );
    for role in [
        "ADMIN",
        "APPEALS",
        "APPROVER",
        "AUDITOR",
        "COMPLIANCE",
        "PROVIDER",
        "PROVIDER_DELEGATE",
        "VERIFIER",
    ] {
        assert!(roles.contains(role), "{roles:?}");
    }
}

#[tokio::test]
async fn the_log_tells_everything_in_its_order_and_its_chain_holds() {
    let (desk, _folder) = desk().await;
    let verdict = log::verify(&desk.app.store.read().await.unwrap())
        .await
        .unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
    let events = desk.events().await;
    let instants: Vec<_> = events
        .iter()
        .map(|event| instant(&event["occurredAt"]))
        .collect();
    assert!(instants.is_sorted());
    assert!(*instants.last().unwrap() <= now());
    assert!(now() - instants[0] > TimeDelta::days(160));
    let denied = events
        .iter()
        .filter(|event| event["entityType"] == "denied");
    assert_eq!(denied.count(), 0);
}

#[tokio::test]
async fn every_file_is_there_as_it_was_handed_in_and_the_doctor_finds_nothing_wrong() {
    let folder = rehearsed().await;
    let doctor = tokio::task::spawn_blocking({
        let folder = folder.clone();
        move || {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_drypoint"));
            command
                .args(["doctor", "--clock", &now().to_rfc3339()])
                .current_dir(&folder)
                .env("DRYPOINT_DATABASE_URL", "sqlite://drypoint.db")
                .env_remove("DRYPOINT_CONFIG");
            command.output().unwrap()
        }
    });
    let doctor = doctor.await.unwrap();
    let said = text(&doctor.stdout);
    assert!(doctor.status.success(), "{said}{}", text(&doctor.stderr));
    assert!(!said.contains("WRONG"), "{said}");
    let (desk, _copy) = desk().await;
    let vault = Vault::open(&folder.join("drypoint.evidence")).unwrap();
    let files = every_file(&desk).await;
    assert!(files.len() > 80, "{}", files.len());
    for (sha256, bytes) in files {
        vault.verify(&sha256, bytes).await.unwrap();
    }
}

async fn count(store: &drypoint::store::Store, sql: &str) -> i64 {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = store.connection();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn every_file(desk: &Desk) -> Vec<(Sha256, u64)> {
    let kept = drypoint::store::evidence::kept_after(desk.app.store.connection(), None, 1_000);
    let kept = kept.await.unwrap();
    kept.into_iter()
        .map(|file| (file.sha256, file.bytes))
        .collect()
}
