//! `drypoint user`, as a process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use serde_json::Value;
use tokio::task::JoinHandle;

use crate::support::process::{Installation, Served, text};

/// Starts a server whose log is kept: what it printed as errors, once it has ended.
pub(super) async fn serve(mut command: Command) -> (Served, JoinHandle<String>) {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut errors = child.stderr.take().unwrap();
    let log = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        errors.read_to_end(&mut bytes).unwrap();
        text(&bytes)
    });
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let (line, stdout) = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        (line, stdout)
    })
    .await
    .unwrap();
    (Served::announced(child, &line, stdout), log)
}

#[tokio::test]
async fn accounts_are_added_listed_and_disabled_from_the_command_line() {
    let installation = Installation::new();
    let early = installation
        .run(&["user", "add", "--name", "vera", "--role", "VERIFIER"])
        .await;
    assert!(!early.status.success());
    assert!(text(&early.stderr).contains("drypoint migrate up"));

    installation.ok(&["migrate", "up"]).await;
    let url = "https://directory.example/";
    let words = [
        "user",
        "add",
        "--name",
        "Vera",
        "--role",
        "VERIFIER",
        "APPROVER",
        "--public-url",
        url,
    ];
    let printed = installation.ok(&words).await;
    assert!(
        printed.contains("https://directory.example/auth/link?token="),
        "{printed}"
    );
    assert!(!printed.contains("dp_"), "no key was asked for");
    let again = installation.run(&words).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("there is an account vera already"));

    let listed = installation.ok(&["user", "list"]).await;
    assert!(
        listed.contains("VERIFIER APPROVER") && listed.contains("no password yet"),
        "{listed}"
    );
    installation
        .ok(&["user", "disable", "--name", "vera"])
        .await;
    let listed = installation.ok(&["user", "list", "--format", "json"]).await;
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert!(listed[0]["disabledAt"].is_string(), "{listed}");

    let log = installation.ok(&["audit", "export"]).await;
    let added = log
        .lines()
        .find(|line| line.contains("account.add"))
        .unwrap();
    let added: Value = serde_json::from_str(added).unwrap();
    assert_eq!(added["authMethod"], "COMMAND_LINE");
    assert_eq!(added["reasonText"], "VERIFIER APPROVER");
    installation.ok(&["audit", "verify"]).await;
}

#[tokio::test]
async fn roles_that_cannot_be_held_together_are_refused() {
    let installation = Installation::new();
    installation.ok(&["migrate", "up"]).await;
    for (words, status, reason) in [
        (
            vec!["--role", "AUDITOR", "VERIFIER"],
            1,
            "holds no other role",
        ),
        (vec!["--role", "SYSTEM"], 2, "not given to anybody"),
        (vec!["--role", "BOSS"], 2, "BOSS"),
        (vec![], 2, "--role"),
        (
            vec!["--role", "PROVIDER", "PROVIDER_DELEGATE"],
            1,
            "not held together",
        ),
        (vec!["--role", "PROVIDER_DELEGATE"], 1, "go together"),
        (
            vec!["--role", "VERIFIER", "--provider", "1234567890"],
            2,
            "check digit",
        ),
        (
            vec!["--role", "VERIFIER", "--provider", "1234567893"],
            1,
            "takes the role PROVIDER",
        ),
        (
            vec!["--role", "PROVIDER", "--provider", "1234567893"],
            1,
            "is on file",
        ),
    ] {
        let mut all = vec!["user", "add", "--name", "vera"];
        all.extend(&words);
        let output = installation.run(&all).await;
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{words:?}: {said}");
        assert!(said.contains(reason), "{words:?}: {said}");
    }
    let listed = installation.ok(&["user", "list", "--format", "json"]).await;
    assert_eq!(listed.trim(), "[]");
}

#[tokio::test]
async fn a_key_that_was_revoked_on_the_command_line_is_refused_by_the_running_server() {
    let installation = Installation::new();
    installation.ok(&["migrate", "up"]).await;
    let words = [
        "user",
        "add",
        "--name",
        "ada",
        "--role",
        "ADMIN",
        "--api-key",
    ];
    let printed = installation.ok(&words).await;
    let key = printed
        .lines()
        .find(|line| line.starts_with("dp_"))
        .unwrap();
    let served = installation.serve(&[]).await;
    let ask = async || {
        let body = serde_json::json!({ "query": "{ __typename }" });
        let request = served
            .client
            .post(format!("http://{}/graphql", served.address));
        let answer = request.bearer_auth(key).json(&body).send().await.unwrap();
        answer.status().as_u16()
    };
    assert_eq!(ask().await, 200);
    let prefix = key.split('_').nth(1).unwrap();
    installation
        .ok(&["user", "revoke-key", "--prefix", prefix])
        .await;
    assert_eq!(ask().await, 401);
    let unknown = installation
        .run(&["user", "revoke-key", "--prefix", "aaaaaaaa"])
        .await;
    assert_eq!(unknown.status.code(), Some(1));
}

#[tokio::test]
async fn a_database_is_not_opened_with_another_key() {
    let installation = Installation::new();
    installation.ok(&["migrate", "up"]).await;
    installation.ok(&["user", "list"]).await;
    let key = installation.path().join("drypoint.key");
    let kept = installation.path().join("kept.key");
    std::fs::rename(&key, &kept).unwrap();
    let refused = installation.run(&["user", "list"]).await;
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("begun with another key"), "{said}");
    let named = ["user", "list", "--secret-file", "kept.key"];
    installation.ok(&named).await;
}

#[tokio::test]
async fn a_doctor_looks_at_the_key_and_never_shows_it() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    let installation = Installation::new();
    installation.ok(&["migrate", "up"]).await;
    installation.ok(&["sample", "--providers", "3"]).await;
    installation.ok(&["user", "list"]).await;
    let file = installation.path().join("drypoint.key");
    let key = fs::read_to_string(&file).unwrap();
    let well = installation.ok(&["doctor"]).await;
    assert!(well.contains("is this database's"), "{well}");

    let allow = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    let found = async |expected: &str| {
        let looked = installation.run(&["doctor"]).await;
        let told = text(&looked.stdout);
        assert_eq!(looked.status.code(), Some(1), "{told}");
        assert!(told.contains(expected), "{told}");
        for half in [&key[..32], &key[32..64]] {
            assert!(!told.contains(half), "the key is shown");
        }
    };
    allow(0o640);
    found("others may read the key file").await;
    allow(0o600);
    fs::write(&file, "a".repeat(64)).unwrap();
    found("is not the one that this database was begun with").await;
    fs::write(&file, "cut off").unwrap();
    found("64 hexadecimal digits").await;
    fs::remove_file(&file).unwrap();
    found("put it back from where it is kept").await;
    assert!(!file.exists(), "a doctor makes no key");
}

#[tokio::test]
async fn a_link_for_another_password_leads_where_flag_and_environment_say() {
    let installation = Installation::new();
    installation.ok(&["migrate", "up"]).await;
    installation
        .ok(&["user", "add", "--name", "vera", "--role", "VERIFIER"])
        .await;
    let words = ["user", "reset", "--name", "vera"];
    let printed = installation.ok(&words).await;
    assert!(
        printed.contains("http://127.0.0.1:8000/auth/link"),
        "{printed}"
    );
    let mut command = installation.command(&words);
    command.env("DRYPOINT_PUBLIC_URL", "https://environment.example");
    let output = command.output().unwrap();
    assert!(text(&output.stdout).contains("https://environment.example/auth/link"));
    let mut command = installation.command(&words);
    command
        .args(["--public-url", "https://flag.example/"])
        .env("DRYPOINT_PUBLIC_URL", "https://environment.example");
    let output = command.output().unwrap();
    assert!(text(&output.stdout).contains("https://flag.example/auth/link"));
}
