//! The audits of npm's `graphql-http`, all of them, by id: GraphQL over HTTP as its working group sees it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use super::real::RealServer;

/// Every audit of version 1.23.1. An audit that is added or goes away is to be noticed.
const AUDITS: [&str; 61] = [
    "0220", "0221", "0222", "03D4", "13EE", "1B7A", "22EB", "28B9", "2C94", "2EA1", "34A2", "3E3A",
    "423L", "428F", "4655", "4760", "4761", "4762", "4763", "47DE", "51FE", "556A", "572B", "58B0",
    "58B1", "58B2", "58B3", "5A70", "5E5B", "6A70", "6C00", "6C01", "6C02", "6C03", "74FF", "78D5",
    "7B9B", "80D8", "8161", "82A3", "865D", "86EE", "8764", "94B0", "94B1", "94B2", "9ABE", "9C48",
    "A5BF", "B6DC", "B7N8", "B8B3", "BCF8", "BF61", "D586", "D6D5", "FDE2", "LKJ0", "LKJ1", "LKJ2",
    "LKJ3",
];

#[derive(Debug, Deserialize)]
struct Verdict {
    status: String,
    name: String,
    reason: Option<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_61_audits_of_graphql_http_are_passed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node");
    assert!(
        folder.join("node_modules/graphql-http").is_dir(),
        "install what this test needs: `make tools`, or `npm ci` in tests/node"
    );
    let server = RealServer::spawn(50).await;
    let url = server.graphql();
    let output = tokio::task::spawn_blocking(move || {
        Command::new("node")
            .args(["audits.mjs", &url])
            .current_dir(folder)
            .output()
    })
    .await
    .unwrap()
    .expect("this test needs Node.js 20 or newer");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let verdicts: BTreeMap<String, Verdict> = serde_json::from_slice(&output.stdout).unwrap();
    let ids: Vec<&str> = verdicts.keys().map(String::as_str).collect();
    assert_eq!(ids, AUDITS);
    let failed: Vec<String> = verdicts
        .iter()
        .filter(|(_, verdict)| verdict.status != "ok")
        .map(|(id, verdict)| format!("{id} {verdict:?}"))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(
        verdicts
            .values()
            .all(|verdict| { verdict.reason.is_none() && !verdict.name.is_empty() })
    );
}
