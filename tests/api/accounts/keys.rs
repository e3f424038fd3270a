use chrono::TimeDelta;
use domain::access::Role;
use drypoint::service::account::manage;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use super::house::House;

/// A read that takes the role ADMIN.
const PRIVATE: &str = "{ proposals { nodes { id } } }";

async fn ask(house: &House, authorization: &str) -> Response {
    let request = house
        .client
        .post(format!("{}/graphql", house.url))
        .header("accept", "application/graphql-response+json")
        .header("authorization", authorization);
    let body = json!({ "query": PRIVATE });
    request.json(&body).send().await.unwrap()
}

async fn told(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let answer: Value = response.json().await.unwrap();
    let code = &answer["errors"][0]["extensions"]["code"];
    (status, code.as_str().unwrap_or("none").to_owned())
}

fn unauthenticated() -> (u16, String) {
    (401, "UNAUTHENTICATED".to_owned())
}

#[tokio::test]
pub(super) async fn a_key_calls_with_the_roles_of_its_account() {
    let house = House::open().await;
    let admin = house.added("ada", &[Role::Admin]).await.key.unwrap().key;
    let provider = house
        .added("jane", &[Role::Provider])
        .await
        .key
        .unwrap()
        .key;
    assert!(admin.starts_with("dp_"), "{admin}");
    assert_eq!(
        told(ask(&house, &format!("Bearer {admin}")).await).await,
        (200, "none".into())
    );
    assert_eq!(
        told(ask(&house, &format!("bearer {admin}")).await).await,
        (200, "none".into())
    );
    let forbidden = told(ask(&house, &format!("Bearer {provider}")).await).await;
    assert_eq!(forbidden, (200, "FORBIDDEN".into()));
}

#[tokio::test]
pub(super) async fn what_is_no_key_of_ours_is_refused_whatever_is_asked() {
    let house = House::open().await;
    let key = house.added("ada", &[Role::Admin]).await.key.unwrap().key;
    let (last, other) = (
        &key[key.len() - 1..],
        if key.ends_with('A') { "B" } else { "A" },
    );
    let changed = format!("{}{other}", key.strip_suffix(last).unwrap());
    for given in [
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic YWRhOnBhc3N3b3Jk",
        &format!("Bearer {changed}"),
        &format!("Bearer {key}x"),
        &format!("Token {key}"),
        &key,
    ] {
        assert_eq!(
            told(ask(&house, given).await).await,
            unauthenticated(),
            "{given}"
        );
    }
}

#[tokio::test]
pub(super) async fn a_revoked_key_and_a_disabled_account_s_key_open_nothing() {
    let house = House::open().await;
    let revoked = house.added("ada", &[Role::Admin]).await.key.unwrap();
    let kept = manage::add_key(&house.desk.app, &house.name("ada"), "other", None)
        .await
        .unwrap();
    manage::revoke_key(&house.desk.app, &revoked.prefix)
        .await
        .unwrap();
    let denied = told(ask(&house, &format!("Bearer {}", revoked.key)).await).await;
    assert_eq!(denied, unauthenticated());
    let admitted = told(ask(&house, &format!("Bearer {}", kept.key)).await).await;
    assert_eq!(admitted.0, 200);
    manage::disable(&house.desk.app, &house.name("ada"))
        .await
        .unwrap();
    let denied = told(ask(&house, &format!("Bearer {}", kept.key)).await).await;
    assert_eq!(denied, unauthenticated());
}

#[tokio::test]
pub(super) async fn the_refusal_of_a_known_key_is_told_to_the_log_once_a_minute() {
    let house = House::open().await;
    let key = house.added("ada", &[Role::Admin]).await.key.unwrap();
    manage::revoke_key(&house.desk.app, &key.prefix)
        .await
        .unwrap();
    for _ in 0..3 {
        ask(&house, &format!("Bearer {}", key.key)).await;
    }
    house.desk.advance(TimeDelta::minutes(1));
    ask(&house, &format!("Bearer {}", key.key)).await;
    let denied = house.desk.events().await;
    let denied: Vec<_> = denied
        .iter()
        .filter(|event| event["action"] == "account.keyDenied")
        .collect();
    assert_eq!(denied.len(), 2);
    assert_eq!(denied[0]["reasonCode"], "REVOKED");
    assert_eq!(denied[0]["sessionId"], format!("key_{}", key.prefix));
    assert!(
        denied[0]["ipHash"]
            .as_str()
            .is_some_and(|hash| hash.len() == 64)
    );
}

#[tokio::test]
pub(super) async fn the_last_use_of_a_key_is_kept_to_the_minute() {
    let house = House::open().await;
    let key = house.added("ada", &[Role::Admin]).await.key.unwrap();
    let used_at = async || {
        let listed = manage::page(&house.desk.app, None, 10).await.unwrap();
        listed[0].1[0].last_used_at
    };
    assert_eq!(used_at().await, None);
    let mut uses = vec![house.desk.clock.now()];
    ask(&house, &format!("Bearer {}", key.key)).await;
    while used_at().await != uses.last().copied() {
        tokio::task::yield_now().await;
    }
    house.desk.advance(TimeDelta::seconds(59));
    ask(&house, &format!("Bearer {}", key.key)).await;
    house.desk.advance(TimeDelta::seconds(1));
    uses.push(house.desk.clock.now());
    ask(&house, &format!("Bearer {}", key.key)).await;
    loop {
        let at = used_at().await;
        assert!(
            uses.contains(&at.unwrap()),
            "{at:?}: 59 seconds are not worth a write"
        );
        if at == uses.last().copied() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
pub(super) async fn a_key_with_a_last_day_opens_nothing_after_it() {
    let house = House::open().await;
    house.added("ada", &[Role::Verifier]).await;
    let last = "2026-11-22".parse().unwrap();
    let app = &house.desk.app;
    let key = manage::add_key(app, &house.name("ada"), "for a week", Some(last))
        .await
        .unwrap();
    let asks = async || {
        let request = house.client.post(format!("{}/graphql", house.url));
        let request = request.header("authorization", format!("Bearer {}", key.key));
        let query = serde_json::json!({ "query": "{ caseQueue { nodes { id } } }" });
        request.json(&query).send().await.unwrap().status()
    };
    house
        .desk
        .clock
        .set("2026-11-22T23:59:59Z".parse().unwrap());
    assert_eq!(asks().await, StatusCode::OK);
    house
        .desk
        .clock
        .set("2026-11-23T00:00:00Z".parse().unwrap());
    assert_eq!(asks().await, StatusCode::UNAUTHORIZED);
    let events = house.desk.events().await;
    let denied = events
        .iter()
        .find(|event| event["action"] == "account.keyDenied");
    assert_eq!(denied.unwrap()["reasonCode"], "EXPIRED");
}
