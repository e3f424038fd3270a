//! schemathesis reads the live schema and asks what the schema allows, sensible or not.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::real::RealServer;

/// The same seed makes the same cases.
const SEED: &str = "20261121";
/// Cases for each field of the query.
const CASES_PER_FIELD: &str = "100";

/// The questions that anybody may ask. What takes a right is refused before it is read, and asked by
/// the tests of the matrix of rights.
const ANYBODYS: &str = r"^Query\.(node|provider|providers|searchProviders|whyNotShown|scopeDecision|scopeRules|places)$";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = root.join(".venv/bin/schemathesis");
    assert!(
        program.is_file(),
        "install what this test needs: `make tools`, or tests/python/requirements.txt into .venv"
    );
    let server = RealServer::spawn(200).await;
    let reports = TempDir::new().unwrap();
    let url = server.graphql();
    let report = reports.path().join("run.ndjson");
    let mut command = Command::new(program);
    command
        .current_dir(reports.path())
        .env("PYTHONPATH", root.join("tests/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .args(["run", &url, "--checks", "all", "--seed", SEED])
        .args(["--include-name-regex", ANYBODYS])
        .args(["--max-examples", CASES_PER_FIELD, "--workers", "1"])
        .args(["--continue-on-failure", "--generation-database", "none"])
        .args(["--report", "ndjson", "--report-ndjson-path"])
        .arg(&report)
        .arg("--no-color");
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );

    let text = std::fs::read_to_string(&report).unwrap();
    let cases: Vec<Case> = text.lines().flat_map(cases).collect();
    assert!(cases.len() >= 500, "{} cases", cases.len());
    let wrong_on_purpose = cases.iter().filter(|case| case.mode == "negative").count();
    // A run in which the server refused everything would find nothing either.
    assert!(wrong_on_purpose >= 50, "{wrong_on_purpose}");
    assert!(cases.len() - wrong_on_purpose >= 300, "{wrong_on_purpose}");
}

struct Case {
    mode: String,
}

/// The cases of one event of the report.
fn cases(line: &str) -> Vec<Case> {
    let event: Value = serde_json::from_str(line).unwrap();
    let Some(cases) = event["ScenarioFinished"]["recorder"]["cases"].as_object() else {
        return Vec::new();
    };
    cases
        .values()
        .map(|case| Case {
            mode: case["value"]["meta"]["generation"]["mode"]
                .as_str()
                .unwrap()
                .to_owned(),
        })
        .collect()
}
