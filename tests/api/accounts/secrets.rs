//! Nothing that opens a door is written anywhere.

use std::path::Path;

use domain::access::Role;
use serde_json::json;

use super::house::{House, PASSWORD};
use super::sign_in::encoded;
use crate::support::process::{Installation, text};

#[tokio::test]
async fn no_secret_stands_in_the_database_or_the_log() {
    let house = House::open().await;
    let added = house.person("vera", &[Role::Verifier]).await;
    let first = house.browser("vera", "").await;
    let begun = house
        .post_as(&first, "/auth/second-factor", &json!({}))
        .await;
    let begun: serde_json::Value = begun.json().await.unwrap();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let code = house.code(&super::house::totp(&secret));
    let body = json!({ "code": code });
    let confirmed = house.post_as(&first, "/auth/second-factor", &body).await;
    let second = super::house::Browser::of(confirmed).await;

    let key = added.key.unwrap().key;
    let raw = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .unwrap();
    let cookie = |browser: &super::house::Browser| {
        browser
            .cookie
            .split_once('=')
            .unwrap()
            .1
            .as_bytes()
            .to_vec()
    };
    let canaries: [(&str, Vec<u8>); 8] = [
        ("password", PASSWORD.into()),
        ("link", added.link.0.clone().into()),
        ("key", key.clone().into()),
        ("the key's secret part", key[12..].into()),
        ("session", cookie(&first)),
        ("second session", cookie(&second)),
        ("second factor", secret.into()),
        ("second factor, raw", raw),
    ];
    let folder = house.desk.folder().to_owned();
    let stored = everything_in(&folder);
    assert!(contains(&stored, b"vera"), "what is stored is looked at");
    for (what, canary) in canaries {
        assert!(
            !contains(&stored, &canary),
            "the {what} stands in the database"
        );
    }
}

#[tokio::test]
async fn no_secret_stands_in_what_a_server_prints_and_keeps() {
    let installation = Installation::new();
    installation.ok(&["migrate", "up"]).await;
    let printed = installation
        .ok(&[
            "user",
            "add",
            "--name",
            "ada",
            "--role",
            "ADMIN",
            "--api-key",
        ])
        .await;
    let link = after(&printed, "/auth/link?token=");
    let key = printed
        .lines()
        .find(|line| line.starts_with("dp_"))
        .unwrap()
        .to_owned();

    let mut command = installation.command(&["serve", "--bind", "127.0.0.1:0"]);
    command.env("DRYPOINT_LOG", "trace");
    let (served, log) = super::command::serve(command).await;
    let url = format!("http://{}", served.address);
    let form = |path: &str, fields: &[(&str, &str)]| {
        served
            .client
            .post(format!("{url}{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(encoded(fields))
            .send()
    };
    let page = served.client.get(format!("{url}/auth/link?token={link}"));
    assert_eq!(page.send().await.unwrap().status(), 200);
    let set = form("/auth/redeem", &[("token", &link), ("password", PASSWORD)]).await;
    assert_eq!(set.unwrap().status(), 200);
    let body = json!({ "name": "ada", "password": PASSWORD });
    let signed_in = served
        .client
        .post(format!("{url}/auth/sign-in"))
        .json(&body);
    let signed_in = signed_in.send().await.unwrap();
    let cookie = signed_in.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    let cookie = after(&cookie, "drypoint=")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let read = served
        .client
        .post(format!("{url}/graphql"))
        .bearer_auth(&key)
        .json(&json!({ "query": "{ __typename }" }));
    assert_eq!(read.send().await.unwrap().status(), 200);
    served.terminate().await;
    served.ended().await;

    let log = log.await.unwrap();
    assert!(log.contains("/auth/sign-in"), "the log is looked at: {log}");
    let held = std::fs::read(installation.path().join("drypoint.key")).unwrap();
    let held = text(&held).trim().to_owned();
    let stored: Vec<u8> = everything_but_the_key(installation.path());
    for (what, canary) in [
        ("password", PASSWORD),
        ("link", &link),
        ("key", &key),
        ("session", &cookie),
        ("installation's key", &held),
    ] {
        assert!(!log.contains(canary), "the {what} stands in the log");
        assert!(
            !contains(&stored, canary.as_bytes()),
            "the {what} stands in the database"
        );
    }
}

fn after(text: &str, mark: &str) -> String {
    let (_, rest) = text
        .split_once(mark)
        .unwrap_or_else(|| panic!("{mark}: {text}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

fn everything_in(folder: &Path) -> Vec<u8> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                everything_in(&path)
            } else {
                std::fs::read(path).unwrap()
            }
        })
        .collect()
}

fn everything_but_the_key(folder: &Path) -> Vec<u8> {
    std::fs::remove_file(folder.join("drypoint.key")).unwrap();
    everything_in(folder)
}

fn contains(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}
