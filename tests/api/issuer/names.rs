use chrono::NaiveDate;
use drypoint::store::issuer::{self, Alias, IssuerFacts, Resolved};
use drypoint::store::log;

use crate::support::database::{Database, an_event};
use crate::support::on_file::day;

fn alias(name: &str, from: Option<&str>, to: Option<&str>) -> Alias {
    Alias {
        name: name.into(),
        from: from.map(day),
        to: to.map(day),
    }
}

fn an_issuer(name: &str, aliases: Vec<Alias>) -> IssuerFacts {
    IssuerFacts {
        name: name.into(),
        source: Some("a test".into()),
        aliases,
        ..IssuerFacts::default()
    }
}

async fn a_database() -> Database {
    let database = Database::new().await;
    let txn = database.store.begin().await.unwrap();
    issuer::put(
        &txn,
        &[
            an_issuer(
                "NCBAHM",
                vec![
                    alias("NCCAOM", None, Some("2026-01-01")),
                    alias("NCBAHM", Some("2026-01-01"), None),
                ],
            ),
            an_issuer("School of Needles", vec![alias("SN", None, None)]),
            an_issuer("Society of Nothing", vec![alias("SN", None, None)]),
        ],
    )
    .await
    .unwrap();
    log::append(&txn, an_event("issuer.put")).await.unwrap();
    txn.commit().await.unwrap();
    database
}

async fn resolved(database: &Database, name: &str, on: Option<NaiveDate>) -> String {
    let db = database.store.connection();
    match issuer::resolve(db, name, on).await.unwrap() {
        Resolved::Known(issuer) => format!("known {}", issuer.facts.name),
        Resolved::OnOtherDays { issuer, .. } => format!("other days {}", issuer.facts.name),
        Resolved::Ambiguous(issuers) => format!("ambiguous {}", issuers.len()),
        Resolved::Unknown => "unknown".to_owned(),
    }
}

/// verification.md 9, 24.
#[tokio::test]
async fn case_24_a_name_means_its_issuer_on_the_days_on_which_it_bore_it() {
    let database = a_database().await;
    for (name, on, expected) in [
        ("NCCAOM", Some("2025-12-31"), "known NCBAHM"),
        ("NCCAOM", Some("2026-01-01"), "other days NCBAHM"),
        ("NCCAOM", Some("2026-06-01"), "other days NCBAHM"),
        ("NCCAOM", None, "known NCBAHM"),
        ("NCBAHM", Some("2026-06-01"), "known NCBAHM"),
        ("NCBAHM", Some("2025-06-01"), "other days NCBAHM"),
        ("  ncbahm ", Some("2026-06-01"), "known NCBAHM"),
        (
            "school  of needles",
            Some("1999-01-01"),
            "known School of Needles",
        ),
        ("SN", Some("2020-01-01"), "ambiguous 2"),
        ("School of Needles, Inc.", None, "unknown"),
        ("", None, "unknown"),
    ] {
        let on = on.map(day);
        assert_eq!(
            resolved(&database, name, on).await,
            expected,
            "{name} {on:?}"
        );
    }
}

#[tokio::test]
async fn an_issuer_that_somebodys_credential_named_first_is_told_what_it_is() {
    let database = a_database().await;
    let txn = database.store.begin().await.unwrap();
    let before = issuer::named(txn.db(), "NCBAHM").await.unwrap().unwrap();
    let again = issuer::put(&txn, &[an_issuer("NCBAHM", Vec::new())])
        .await
        .unwrap();
    log::append(&txn, an_event("issuer.put")).await.unwrap();
    txn.commit().await.unwrap();
    assert_eq!(again, [before]);
    let found = issuer::by_id(database.store.connection(), before)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.version, 2);
    assert!(found.facts.aliases.is_empty());
}
