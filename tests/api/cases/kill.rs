//! A process is killed in the middle of deciding, fifty times: what it acknowledged is there.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use domain::access::{AccountId, Role};
use drypoint::store::Store;
use drypoint::store::log::{Verdict, verify};
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing};
use crate::support::database::url;
use crate::support::desk::{Desk, Hand};

const ROUNDS: usize = 50;
const CHILD: &str = "cases::kill::a_process_that_decides_until_it_is_killed";
const DATABASE: &str = "DRYPOINT_TEST_DATABASE";
const CASE_ID: &str = "DRYPOINT_TEST_CASE";

/// Not a test of its own: the process that the test below kills. Sends a case back and forth between
/// approver and verifier, and says of each decision that it was acknowledged.
#[tokio::test]
#[ignore = "started, and killed, by the test of this file"]
async fn a_process_that_decides_until_it_is_killed() {
    let (Ok(file), Ok(id)) = (std::env::var(DATABASE), std::env::var(CASE_ID)) else {
        return;
    };
    let store = Store::connect(&url(Path::new(&file))).await.unwrap();
    let desk = Desk::on(store).await;
    let verifier = somebody(&desk, Role::Verifier, 103);
    let approver = somebody(&desk, Role::Approver, 104);
    let mut case = read(&verifier, &id).await;
    loop {
        let act = if case.state == "PENDING_DECISION" {
            let mut input = case.order();
            input["reasonCode"] = json!("OTHER");
            approver
                .tries("returnCase", keyed(input, &case), CASE)
                .await
        } else {
            let mut input = case.order();
            input["recommendation"] = json!("APPROVE");
            verifier
                .tries("recommendCase", keyed(input, &case), CASE)
                .await
        };
        assert_eq!(act["userErrors"], json!([]), "{act}");
        case = Standing::of(&act);
        // A line of its own, at once: what is printed was acknowledged.
        eprintln!("decided {} {}", case.version, case.state);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_before_a_kill_is_there_and_the_chain_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("killed.db");
    let id = waiting(&file).await;
    for round in 0..ROUNDS {
        let (file, id) = (file.clone(), id.clone());
        let acknowledged = {
            let (file, id) = (file.clone(), id.clone());
            // Some rounds end before the first decision is acknowledged, most in the middle of one.
            let stop_after = round % 4;
            tokio::task::spawn_blocking(move || killed(&file, &id, stop_after))
                .await
                .unwrap()
        };
        let store = Store::connect(&url(&file)).await.unwrap();
        let verdict = verify(store.connection()).await.unwrap();
        assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
        let desk = Desk::on(store.clone()).await;
        let case = read(&somebody(&desk, Role::Verifier, 103), &id).await;
        let events = desk.events().await;
        for version in acknowledged {
            assert!(case.version >= version, "round {round}");
            let of_it = events
                .iter()
                .filter(|event| event["entityId"] == *id && event["entityVersion"] == version);
            assert_eq!(of_it.count(), 1, "round {round}, version {version}");
        }
        store.close().await.unwrap();
    }
}

/// A case that waits for a decision, in a database of its own.
async fn waiting(file: &Path) -> String {
    let store = Store::connect(&url(file)).await.unwrap();
    let mut bench = Bench::of(Desk::on(store.clone()).await).await;
    bench.verifier = somebody(&bench.desk, Role::Verifier, 103);
    bench.approver = somebody(&bench.desk, Role::Approver, 104);
    let case = bench.pending().await;
    drop(bench);
    store.close().await.unwrap();
    case.id
}

/// Starts the process, kills it once it has acknowledged so many decisions, and tells all that it has.
fn killed(file: &Path, id: &str, stop_after: usize) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([CHILD, "--exact", "--ignored", "--nocapture"])
        .env(DATABASE, file)
        .env(CASE_ID, id)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut acknowledged = Vec::new();
    let mut line = String::new();
    while acknowledged.len() <= stop_after && said.read_line(&mut line).unwrap() > 0 {
        acknowledged.extend(version(&line));
        line.clear();
    }
    // SIGKILL: nothing is flushed, nothing is closed.
    child.kill().unwrap();
    child.wait().unwrap();
    while said.read_line(&mut line).unwrap() > 0 {
        acknowledged.extend(version(&line));
        line.clear();
    }
    assert!(!acknowledged.is_empty(), "the process decided nothing");
    acknowledged
}

/// The version in a whole line; half a line was not acknowledged.
fn version(line: &str) -> Option<i64> {
    let mut words = line.strip_suffix('\n')?.split(' ');
    (words.next() == Some("decided")).then(|| words.next()?.parse().ok())?
}

fn somebody(desk: &Desk, role: Role, account: i64) -> Hand {
    let mut hand = desk.hand(role.code(), &[role]);
    hand.who.account = Some(AccountId(account));
    hand
}

async fn read(by: &Hand, id: &str) -> Standing {
    let query = format!(
        "query($id: ID!) {{ {} }}",
        CASE.replacen("case", "case(id: $id)", 1)
    );
    Standing::of(&by.ask(&query, json!({ "id": id })).await)
}

/// With a key that no other process uses.
fn keyed(mut input: Value, case: &Standing) -> Value {
    input["idempotencyKey"] = json!(format!("killed-{}", case.version));
    input
}
