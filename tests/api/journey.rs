//! What a newcomer does: serve, search, import, check, stop.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use crate::support::process::{Installation, text};

/// Longer than anything here takes on a slow machine; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_finds_who_is_verified_and_reads_who_is_hidden_by_which_law() {
    let here = Installation::new();
    let served = here
        .serve(&["--sample", "--migrate", "--clock", "2026-11-21T12:00:00Z"])
        .await;

    let denver = served
        .query(
            r#"{ searchProviders(input: { near: { postalCode: "80205" } }) { totalCount
                 edges { distance { miles } node { npi } listing { outcome reasons { code outcome } } } } }"#,
        )
        .await;
    let edges = denver["data"]["searchProviders"]["edges"]
        .as_array()
        .unwrap();
    assert!(edges.len() >= 5, "{denver}");
    for edge in edges {
        assert!(edge["node"]["npi"].as_str().unwrap().starts_with('9'));
        assert_eq!(edge["listing"]["outcome"], "VERIFIED");
    }
    let miles: Vec<f64> = edges
        .iter()
        .map(|edge| edge["distance"]["miles"].as_f64().unwrap())
        .collect();
    assert!(miles.is_sorted(), "{miles:?}");

    let san_francisco = served
        .query(
            r#"{ searchProviders(input: { near: { postalCode: "94103" } }) { notices { hiddenCount
                 decision { jurisdiction discipline status rule { citation } } } } }"#,
        )
        .await;
    let notices = san_francisco["data"]["searchProviders"]["notices"]
        .as_array()
        .unwrap();
    let barred = notices
        .iter()
        .find(|notice| notice["decision"]["discipline"] == "PHYSICAL_THERAPIST")
        .unwrap_or_else(|| panic!("{san_francisco}"));
    assert_eq!(barred["decision"]["jurisdiction"], "CA");
    assert_eq!(barred["decision"]["status"], "PROHIBITED");
    assert_eq!(
        barred["decision"]["rule"]["citation"],
        "Cal. Bus. & Prof. Code 2620.5"
    );
    assert!(barred["hiddenCount"].as_u64().unwrap() >= 1);

    let hidden = served
        .query(
            "{ searchProviders(input: { jurisdiction: CA, disciplines: [PHYSICAL_THERAPIST], atLeast: UNVERIFIED })
               { totalCount } }",
        )
        .await;
    assert_eq!(hidden["data"]["searchProviders"]["totalCount"], 0);

    assert!(here.ok(&["audit", "verify"]).await.contains("intact"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_writes_is_in_the_answers() {
    let here = Installation::new();
    let served = here.serve(&["--migrate"]).await;
    let before = served
        .query("{ places(prefix: \"denv\", first: 1) { name } }")
        .await;
    let version = before["extensions"]["dataVersion"].as_u64().unwrap();

    here.ok(&["sample", "--providers", "50"]).await;
    let found = timeout(
        PATIENCE,
        served.query_from_version(version + 1, "{ __typename }"),
    )
    .await
    .unwrap();
    assert!(found["extensions"]["dataVersion"].as_u64().unwrap() > version);
    let metrics = served
        .client
        .get(format!("http://{}/metrics", served.address))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        metrics.lines().any(|line| line.ends_with("providers 50")),
        "{metrics}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_under_load_it_cuts_no_request_and_ends_well() {
    let here = Installation::new();
    let served = here.serve(&["--migrate"]).await;
    let stopping = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..8)
        .map(|_| {
            let (client, address) = (served.client.clone(), served.address.clone());
            let stopping = Arc::clone(&stopping);
            tokio::spawn(async move { ask_until_refused(&client, &address, &stopping).await })
        })
        .collect();
    served.query("{ __typename }").await;
    stopping.store(true, Ordering::SeqCst);
    served.terminate().await;
    for client in clients {
        assert!(timeout(PATIENCE, client).await.unwrap().unwrap() > 0);
    }
    let status = timeout(PATIENCE, served.ended()).await.unwrap();
    assert_eq!(status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_while_it_makes_people_up_it_ends_well_and_the_next_start_does_the_rest() {
    let here = Installation::new();
    here.ok(&["migrate", "up"]).await;
    here.ok(&["sample", "--providers", "3"]).await;
    let mut child = here
        .command(&["serve", "--sample", "--bind", "127.0.0.1:0"])
        .env("DRYPOINT_LOG", "info")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let status = tokio::task::spawn_blocking(move || {
        let is_filling = |line: String| line.contains("making up");
        assert!(said.by_ref().map_while(Result::ok).any(is_filling));
        let mut kill = Command::new("kill");
        kill.args(["-TERM", &child.id().to_string()]);
        assert!(kill.status().unwrap().success());
        said.for_each(drop);
        child.wait().unwrap()
    });
    let status = timeout(PATIENCE, status).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0));

    drop(here.serve(&["--sample"]).await);
    let found = here.ok(&["doctor"]).await;
    assert!(found.contains("5000 people"), "{found}");
}

/// Asks on until nobody listens any more; how many answers came, all of them whole.
async fn ask_until_refused(
    client: &reqwest::Client,
    address: &str,
    stopping: &AtomicBool,
) -> usize {
    let mut answered = 0;
    loop {
        let request = client
            .post(format!("http://{address}/graphql"))
            .json(&serde_json::json!({ "query": "{ __typename }" }));
        match request.send().await {
            Ok(response) => {
                let answer: Value = response
                    .json()
                    .await
                    .expect("an answer that has begun is whole");
                assert_eq!(answer["data"]["__typename"], "Query");
                answered += 1;
            }
            Err(error) => {
                assert!(
                    stopping.load(Ordering::SeqCst),
                    "refused before the signal: {error:?}"
                );
                assert!(
                    error.is_connect(),
                    "a request that was received was cut: {error:?}"
                );
                return answered;
            }
        }
    }
}

/// The commands of a page that begin with `curl`, as somebody would paste them.
fn curls(page: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in page.lines() {
        let Some(code) = line.strip_prefix("    ") else {
            is_open = false;
            continue;
        };
        if code.starts_with("curl ") {
            commands.push(code.to_owned());
            is_open = true;
        } else if let (true, Some(command)) = (is_open, commands.last_mut()) {
            command.push('\n');
            command.push_str(code);
        }
    }
    commands
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_readme_says_to_paste_works() {
    let here = Installation::new();
    let served = here
        .serve(&["--sample", "--migrate", "--clock", "2026-11-21T12:00:00Z"])
        .await;
    let commands = curls(include_str!("../../README.md"));
    assert_eq!(commands.len(), 2);
    for command in commands {
        let command = command.replace("127.0.0.1:8000", &served.address);
        let output = std::process::Command::new("sh")
            .args(["-c", &command])
            .output()
            .unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{command}: {error}: {}", text(&output.stderr)));
        assert!(answer["errors"].is_null(), "{command}: {answer}");
        assert!(
            answer["data"]["searchProviders"]["totalCount"].as_u64() > Some(0),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_server_refuses_a_database_that_is_behind_and_says_what_to_do() {
    let here = Installation::new();
    let output = here.run(&["serve", "--bind", "127.0.0.1:0"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("drypoint migrate up"),
        "{}",
        text(&output.stderr)
    );
}

#[tokio::test]
async fn a_command_that_is_not_understood_ends_with_two() {
    let here = Installation::new();
    for words in [
        &["serve", "--bnid", "x"][..],
        &["import", "nppes"],
        &["fly"],
        &["completions", "tcsh"],
    ] {
        assert_eq!(here.run(words).await.status.code(), Some(2), "{words:?}");
    }
}

#[tokio::test]
async fn help_shows_how_a_command_is_written_and_a_refusal_what_was_wanted() {
    let here = Installation::new();
    for words in [
        &["serve"][..],
        &["sample"],
        &["import", "nppes"],
        &["import", "places"],
        &["import", "scope"],
    ] {
        let help = here.ok(&[words, &["--help"]].concat()).await;
        let (_, examples) = help
            .split_once("Examples:\n")
            .unwrap_or_else(|| panic!("{words:?} --help shows no example: {help}"));
        let command = format!("  drypoint {} ", words.join(" "));
        for example in examples.lines() {
            assert!(example.starts_with(&command), "{example:?}");
        }
    }
    let garbage = here.run(&["serve", "--clock", "garbage"]).await;
    assert_eq!(garbage.status.code(), Some(2));
    let said = text(&garbage.stderr);
    assert!(said.contains("2026-11-21T09:00:00Z"), "{said}");
}

#[tokio::test]
async fn mistakes_in_naming_things_are_told_by_name() {
    let here = Installation::new();
    here.ok(&["migrate", "up"]).await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (words, expected) in [
        (vec!["serve", "--bind", &address], address.as_str()),
        (vec!["serve", "--bind", "nowhere"], "nowhere"),
        (
            vec![
                "migrate",
                "status",
                "--database-url",
                "sqlite://no/such/place.db?mode=rwc",
            ],
            "no/such",
        ),
        (
            vec!["migrate", "status", "--database-url", "mysql://localhost/x"],
            "mysql",
        ),
        (
            vec!["migrate", "status", "--config", "missing.toml"],
            "missing.toml",
        ),
    ] {
        let output = here.run(&words).await;
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let said = text(&output.stderr);
        assert!(said.contains(expected), "{words:?} said {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[tokio::test]
async fn a_backup_made_while_serving_is_put_back_whole() {
    let here = Installation::new();
    let served = here.serve(&["--migrate"]).await;
    here.ok(&["sample", "--providers", "20"]).await;
    here.ok(&["backup", "copy.db"]).await;
    drop(served);

    let again = here.run(&["backup", "copy.db"]).await;
    assert_eq!(again.status.code(), Some(1));
    let other = "sqlite://other.db?mode=rwc";
    here.ok(&["restore", "copy.db", "--database-url", other])
        .await;
    let verified = here.ok(&["audit", "verify", "--database-url", other]).await;
    assert_eq!(verified, here.ok(&["audit", "verify"]).await);

    let bytes = std::fs::read(here.path().join("copy.db")).unwrap();
    std::fs::write(here.path().join("torn.db"), &bytes[..bytes.len() / 2]).unwrap();
    let torn = here
        .run(&[
            "restore",
            "torn.db",
            "--database-url",
            "sqlite://third.db?mode=rwc",
        ])
        .await;
    assert_eq!(torn.status.code(), Some(1));
    assert!(!here.path().join("third.db").exists());
}

#[tokio::test]
async fn a_backup_that_cannot_be_made_or_put_back_is_told_by_its_name_and_once() {
    let here = Installation::new();
    here.ok(&["migrate", "up"]).await;
    here.ok(&["backup", "whole.db"]).await;
    let bytes = std::fs::read(here.path().join("whole.db")).unwrap();
    for (name, bytes) in [
        ("torn.db", &bytes[..bytes.len() / 2]),
        (
            "text.db",
            b"Dear directory, there is nothing of yours in here.".as_slice(),
        ),
        ("empty.db", b""),
    ] {
        std::fs::write(here.path().join(name), bytes).unwrap();
    }
    let elsewhere = ["--database-url", "sqlite://other.db?mode=rwc"];
    for (words, expected) in [
        (["restore", "torn.db"], "torn.db is damaged"),
        (["restore", "text.db"], "text.db is damaged or no backup"),
        (["restore", "empty.db"], "empty.db is damaged"),
        (["restore", "nofile"], "there is no such file: nofile"),
    ] {
        let output = here.run(&[words, elsewhere].concat()).await;
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let said = text(&output.stderr);
        assert!(said.contains(expected), "{words:?} said {said}");
        assert_eq!(said.lines().count(), 1, "{words:?} said {said}");
        assert!(!said.contains("restoring"), "{said}");
        assert!(!said.contains("drypoint restore"), "{said}");
    }
    let output = here.run(&["backup", "none/x.db"]).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("cannot write none/x.db: there is no directory none"),
        "{said}"
    );
}

#[tokio::test]
async fn a_doctor_finds_what_is_behind_missing_or_broken() {
    let here = Installation::new();
    for words in [
        &["doctor"][..],
        &["audit", "verify"],
        &["migrate", "status"],
    ] {
        let nowhere = here.run(words).await;
        assert_eq!(nowhere.status.code(), Some(1));
        let said = text(&nowhere.stderr);
        assert!(
            said.contains("there is no database drypoint.db") && said.contains("migrate up"),
            "{words:?} said {said}"
        );
        assert!(
            !here.path().join("drypoint.db").exists(),
            "{words:?} made one"
        );
    }

    here.ok(&["migrate", "up"]).await;
    let bare = here.run(&["doctor"]).await;
    assert_eq!(bare.status.code(), Some(1));
    assert!(text(&bare.stdout).contains("no places, no law, no policy"));

    here.ok(&["sample", "--providers", "3"]).await;
    let well = here.ok(&["doctor"]).await;
    assert!(
        well.contains("synchronous=2") && well.contains("3 people"),
        "{well}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_starts_elsewhere_decides_what_today_is() {
    let here = Installation::new();
    let served = here
        .serve(&["--migrate", "--clock", "2027-09-02T12:00:00Z"])
        .await;
    let answer = served
        .query(
            "{ scopeDecision(discipline: OCCUPATIONAL_THERAPIST, jurisdiction: CO) { on status } }",
        )
        .await;
    assert_eq!(
        answer["data"]["scopeDecision"]["on"], "2027-09-02",
        "{answer}"
    );
    assert_eq!(answer["data"]["scopeDecision"]["status"], "CONDITIONAL");
}
