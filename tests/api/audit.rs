//! Reading the log, and what becomes of one that was tampered with.

use domain::access::Role;
use domain::npi::Npi;
use drypoint::service::{Change, Order, Trouble, perform};
use drypoint::store::log::{self, Broken, Verdict, Why};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::desk::{Desk, key};
use crate::support::people::a_provider;

/// A desk where a profile was changed five times, and an attempt was refused.
async fn a_desk() -> Desk {
    let desk = Desk::open().await;
    desk.with([a_provider(1)]).await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    for version in 1..=5 {
        let input = json!({
            "npi": Npi::sample(1).to_string(), "expectedVersion": version,
            "acceptsNewPatients": version % 2 == 0,
        });
        ada.does("updateProfile", input, "provider { version }")
            .await;
    }
    let input = json!({ "expectedVersion": 1, "idempotencyKey": key() });
    assert_eq!(ada.is_refused("setPolicy", input).await, "FORBIDDEN");
    desk
}

const EVENTS: &str = "query($filter: AuditEventFilter, $first: Int!, $after: String) {
    auditEvents(filter: $filter, first: $first, after: $after) {
        nodes { seq action entityType entityId entityVersion actorId actorRole changedFields prevHash hash }
        pageInfo { hasNextPage endCursor }
    } }";

#[tokio::test]
async fn an_auditor_pages_through_the_log_and_each_entry_follows_the_one_before() {
    let desk = a_desk().await;
    let cleo = desk.hand("Cleo", &[Role::Auditor]);
    let mut seen: Vec<Value> = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = cleo
            .ask(
                EVENTS,
                json!({ "filter": null, "first": 3, "after": after }),
            )
            .await;
        let page = &data["auditEvents"];
        seen.extend(page["nodes"].as_array().unwrap().iter().cloned());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let all = desk.events().await;
    assert_eq!(seen.len(), all.len());
    for (at, event) in seen.iter().enumerate() {
        assert_eq!(event["seq"], at + 1);
        assert_eq!(event["hash"], all[at]["hash"]);
        if at > 0 {
            assert_eq!(event["prevHash"], seen[at - 1]["hash"]);
        }
    }
}

#[tokio::test]
async fn entries_are_found_by_record_actor_action_and_number() {
    let desk = a_desk().await;
    let cleo = desk.hand("Cleo", &[Role::Auditor]);
    let count = |filter: Value| {
        let cleo = &cleo;
        async move {
            let with = json!({ "filter": filter, "first": 100, "after": null });
            let data = cleo.ask(EVENTS, with).await;
            data["auditEvents"]["nodes"].as_array().unwrap().clone()
        }
    };
    let of_person =
        json!({ "entityType": "provider", "entityId": format!("provider_{}", Npi::sample(1)) });
    let found = count(of_person).await;
    assert_eq!(found.len(), 5);
    assert_eq!(found[4]["entityVersion"], 6);
    assert_eq!(found[4]["changedFields"], json!(["acceptsNewPatients"]));
    assert_eq!(
        count(json!({ "actorId": "account_1" })).await.len(),
        6,
        "the refusal too"
    );
    let denied = count(json!({ "entityType": "denied" })).await;
    assert_eq!(denied.len(), 1);
    assert_eq!(denied[0]["action"], "setPolicy");
    assert_eq!(count(json!({ "action": "updateProfile" })).await.len(), 5);
    let some = count(json!({ "fromSeq": 2, "toSeq": 3 })).await;
    assert_eq!([&some[0]["seq"], &some[1]["seq"]], [2, 3]);
    assert_eq!(some.len(), 2);
}

#[tokio::test]
async fn the_log_is_for_those_who_audit() {
    let desk = a_desk().await;
    let with = json!({ "filter": null, "first": 1, "after": null });
    for role in [Role::Auditor, Role::Admin, Role::Compliance] {
        desk.hand("somebody", &[role])
            .ask(EVENTS, with.clone())
            .await;
    }
    for role in [Role::Provider, Role::Verifier, Role::Approver] {
        let answer = desk
            .hand("somebody", &[role])
            .answer(EVENTS, with.clone())
            .await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "FORBIDDEN",
            "{role}"
        );
    }
    let answer = desk.anybody().answer(EVENTS, with).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

/// Acceptance case 44, first half: one byte of any column of any entry, changed in SQL.
#[tokio::test]
async fn case_44_a_byte_changed_in_any_column_names_its_entry() {
    let desk = a_desk().await;
    let db = desk.app.store.connection();
    db.execute_unprepared(
        "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;",
    )
    .await
    .unwrap();
    let seq = desk.events().await.len() - 2;
    let texts = [
        "occurred_at",
        "actor_id",
        "actor_role",
        "auth_method",
        "action",
        "entity_type",
        "entity_id",
        "before_hash",
        "after_hash",
        "changed_fields",
        "idempotency_key",
        "app_version",
        "prev_hash",
        "hash",
    ];
    for column in texts {
        // The last byte becomes another.
        let spoil = format!(
            "UPDATE event SET {column} = substr({column}, 1, length({column}) - 1)
             || CASE substr({column}, -1) WHEN '0' THEN '1' ELSE '0' END WHERE seq = {seq}"
        );
        tampered(&desk, seq, column, &spoil).await;
    }
    for column in ["entity_version", "policy_version"] {
        let spoil = format!("UPDATE event SET {column} = {column} + 1 WHERE seq = {seq}");
        tampered(&desk, seq, column, &spoil).await;
    }
    for column in [
        "on_behalf_of",
        "session_id",
        "case_id",
        "reason_text",
        "request_id",
        "ip_hash",
    ] {
        let spoil = format!("UPDATE event SET {column} = 'x' WHERE seq = {seq}");
        tampered(&desk, seq, column, &spoil).await;
    }
}

/// Spoils an entry, sees that it is named, and puts everything back.
async fn tampered(desk: &Desk, seq: usize, column: &str, spoil: &str) {
    let db = desk.app.store.connection();
    db.execute_unprepared(&format!(
        "CREATE TABLE kept AS SELECT * FROM event WHERE seq = {seq}; {spoil}"
    ))
    .await
    .unwrap();
    let verdict = log::verify(&desk.app.store.read().await.unwrap())
        .await
        .unwrap();
    let Verdict::Broken(Broken { seq: named, .. }) = verdict else {
        panic!("{column}: nothing was found");
    };
    assert_eq!(named, seq as u64, "{column}");
    db.execute_unprepared(&format!(
        "DELETE FROM event WHERE seq = {seq}; INSERT INTO event SELECT * FROM kept; DROP TABLE kept;"
    ))
    .await
    .unwrap();
    let verdict = log::verify(&desk.app.store.read().await.unwrap())
        .await
        .unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{column}: put back");
}

/// Acceptance case 44, second half: an entry deleted in SQL.
#[tokio::test]
async fn case_44_a_deleted_entry_is_a_gap() {
    let desk = a_desk().await;
    let db = desk.app.store.connection();
    db.execute_unprepared("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE seq = 3;")
        .await
        .unwrap();
    let verdict = log::verify(&desk.app.store.read().await.unwrap())
        .await
        .unwrap();
    let gap = Broken {
        seq: 3,
        why: Why::Missing,
    };
    assert_eq!(verdict, Verdict::Broken(gap));
}

/// Acceptance case 45: the transaction rolls back after the entry was appended.
#[tokio::test]
async fn case_45_a_change_that_fails_after_its_entry_leaves_neither_and_takes_no_number() {
    let desk = a_desk().await;
    let before = desk.events().await;
    let dan = desk.hand("Dan", &[Role::Admin]);
    let order = Order::of(domain::access::Act::UpdateProfile, &key(), &json!({})).unwrap();
    let npi = Npi::sample(1);

    let failed: Result<(), Trouble> =
        perform(&desk.app, &dan.who, &order, async |change: &Change<'_>| {
            drypoint::store::entry::withdraw(&change.txn, npi, Some(change.now)).await?;
            let event = change.log(change.event("provider", npi)).await?;
            assert_eq!(event.seq, before.len() as u64 + 1);
            Err(Trouble::guard("it fails at the last moment"))
        })
        .await;

    assert!(failed.is_err());
    assert_eq!(desk.events().await, before);
    let query = format!("{{ provider(npi: \"{npi}\") {{ npi }} }}");
    let data = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(data["provider"]["npi"], npi.to_string());
    let input = json!({ "npi": npi.to_string(), "expectedVersion": 6, "website": null });
    dan.does("updateProfile", input, "provider { version }")
        .await;
    let after = desk.events().await;
    assert_eq!(
        after.last().unwrap()["seq"],
        before.len() + 1,
        "the number was not consumed"
    );
}

#[tokio::test]
async fn the_log_comes_out_as_a_table_that_no_spreadsheet_runs() {
    let desk = a_desk().await;
    let dan = desk.hand("Dan", &[Role::Admin]);
    let mut input =
        json!({ "npi": Npi::sample(1).to_string(), "expectedVersion": 6, "website": null });
    input["idempotencyKey"] = json!("=HYPERLINK(1)");
    dan.does("updateProfile", input, "provider { version }")
        .await;
    let mut table = Vec::new();
    let written = log::export_csv(desk.app.store.connection(), &mut table)
        .await
        .unwrap();
    let mut rows = csv::Reader::from_reader(&table[..]);
    let header = rows.headers().unwrap().clone();
    let of = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let events = desk.events().await;
    assert_eq!(rows.len() as u64, written);
    assert_eq!(rows.len(), events.len());
    for (row, event) in rows.iter().zip(&events) {
        assert_eq!(row[of("seq")], event["seq"].to_string());
        assert_eq!(&row[of("hash")], event["hash"].as_str().unwrap());
        assert_eq!(&row[of("intact")], "true");
    }
    assert_eq!(
        &rows.last().unwrap()[of("idempotencyKey")],
        "'=HYPERLINK(1)"
    );
}
