use chrono::TimeDelta;
use domain::access::Role;
use drypoint::service::account::manage;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use super::house::{Browser, House, refused};

/// A change that an administrator may make, of something that is not there.
const CHANGE: &str = "mutation { confirmAct(input: { proposalId: \"proposal_99\", decision: CONFIRM, \
    expectedVersion: 1, idempotencyKey: \"k\" }) { userErrors { code } } }";

/// Posts a document with a cookie and the headers given.
async fn graphql(
    house: &House,
    browser: &Browser,
    document: &str,
    headers: &[(&str, &str)],
) -> Response {
    let mut request = house
        .client
        .post(format!("{}/graphql", house.url))
        .header("accept", "application/graphql-response+json")
        .header("cookie", &browser.cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = json!({ "query": document });
    request.json(&body).send().await.unwrap()
}

async fn code(response: Response) -> String {
    let told: Value = response.json().await.unwrap();
    let code = &told["errors"][0]["extensions"]["code"];
    code.as_str().unwrap_or_default().to_owned()
}

async fn an_admin(house: &House) -> Browser {
    house.person("ada", &[Role::Admin]).await;
    house.enrolled(&house.browser("ada", "").await).await.1
}

#[tokio::test]
pub(super) async fn a_change_with_a_cookie_takes_the_token_and_our_own_page() {
    let house = House::open().await;
    let browser = an_admin(&house).await;
    let ours = [
        ("sec-fetch-site", "same-origin"),
        ("x-csrf-token", browser.token.as_str()),
    ];
    // Not refused at the door: it is told that there is no such proposal.
    assert_eq!(
        code(graphql(&house, &browser, CHANGE, &ours).await).await,
        "NOT_FOUND"
    );

    let wrong = "0".repeat(64);
    let host = house.url.trim_start_matches("http://");
    let by_origin = format!("http://{host}");
    for headers in [
        vec![],
        vec![ours[0]],
        vec![ours[1]],
        vec![ours[0], ("x-csrf-token", wrong.as_str())],
        vec![ours[1], ("sec-fetch-site", "cross-site")],
        vec![ours[1], ("sec-fetch-site", "same-site")],
        vec![ours[1], ("origin", "https://evil.example")],
        vec![ours[0], ours[1], ("origin", "https://evil.example")],
    ] {
        let answer = graphql(&house, &browser, CHANGE, &headers).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{headers:?}");
        assert_eq!(code(answer).await, "FORBIDDEN", "{headers:?}");
    }
    let headers = [ours[1], ("origin", by_origin.as_str())];
    assert_eq!(
        code(graphql(&house, &browser, CHANGE, &headers).await).await,
        "NOT_FOUND"
    );
}

#[tokio::test]
pub(super) async fn another_session_s_token_does_not_count() {
    let house = House::open().await;
    let browser = an_admin(&house).await;
    house.person("jane", &[Role::Provider]).await;
    let other = house.browser("jane", "").await;
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("x-csrf-token", other.token.as_str()),
    ];
    let answer = graphql(&house, &browser, CHANGE, &headers).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
pub(super) async fn what_anybody_may_read_is_read_with_a_cookie_that_does_not_count() {
    let house = House::open().await;
    let browser = an_admin(&house).await;
    let answer = graphql(
        &house,
        &browser,
        "{ places(prefix: \"787\") { name } }",
        &[],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::OK);
    let private = "{ proposals { nodes { id } } }";
    assert_eq!(
        code(graphql(&house, &browser, private, &[]).await).await,
        "UNAUTHENTICATED",
        "a page of another's reads nothing private"
    );
}

#[tokio::test]
pub(super) async fn a_session_ends_when_it_is_not_used() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let browser = house.browser("jane", "").await;
    house
        .desk
        .advance(TimeDelta::minutes(30) - TimeDelta::seconds(1));
    assert_eq!(house.account(&browser).await.status(), StatusCode::OK);
    until_seen(&house).await;
    house.desk.advance(TimeDelta::minutes(29));
    assert_eq!(
        house.account(&browser).await.status(),
        StatusCode::OK,
        "it was used meanwhile"
    );
    until_seen(&house).await;
    house.desk.advance(TimeDelta::minutes(30));
    assert_eq!(
        house.account(&browser).await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
pub(super) async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let browser = house.browser("jane", "").await;
    for _ in 0..35 {
        house.desk.advance(TimeDelta::minutes(20));
        assert_eq!(house.account(&browser).await.status(), StatusCode::OK);
        until_seen(&house).await;
    }
    house.desk.advance(TimeDelta::minutes(20));
    assert_eq!(
        house.account(&browser).await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
pub(super) async fn whoever_signs_out_or_is_disabled_is_out_at_once() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let (one, other) = (
        house.browser("jane", "").await,
        house.browser("jane", "").await,
    );
    assert_ne!(one.cookie, other.cookie);
    let out = house.post_as(&one, "/auth/sign-out", &json!({})).await;
    assert_eq!(out.status(), StatusCode::OK);
    assert!(
        out.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(house.account(&one).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(house.account(&other).await.status(), StatusCode::OK);

    manage::disable(&house.desk.app, &house.name("jane"))
        .await
        .unwrap();
    assert_eq!(
        house.account(&other).await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
pub(super) async fn signing_out_takes_the_token_too() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let mut browser = house.browser("jane", "").await;
    browser.token = "0".repeat(64);
    let out = house.post_as(&browser, "/auth/sign-out", &json!({})).await;
    assert_eq!(refused(out).await.2, "CSRF");
    assert_eq!(house.account(&browser).await.status(), StatusCode::OK);
}

#[tokio::test]
pub(super) async fn the_cookie_is_for_the_browser_alone() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let answer = house.sign_in("jane", super::house::PASSWORD, "").await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in [
        "; HttpOnly",
        "; SameSite=Lax",
        "; Path=/",
        "; Max-Age=43200",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    // On a loopback address without encryption; elsewhere it is __Host- and Secure.
    assert!(
        cookie.starts_with("drypoint=") && !cookie.contains("Secure"),
        "{cookie}"
    );
}

#[tokio::test]
pub(super) async fn behind_a_proxy_with_encryption_the_cookie_is_bound_to_host_and_encryption() {
    use std::sync::Arc;
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let settings = drypoint::http::Settings {
        is_public_encrypted: true,
        ..Default::default()
    };
    let app = Arc::clone(&house.desk.app);
    let server = drypoint::cli::wiring::server(app, ([127, 0, 0, 1], 0).into(), settings)
        .await
        .unwrap();
    let url = format!("http://{}/auth/sign-in", server.address().unwrap());
    tokio::spawn(server.run(std::future::pending()));
    let body = json!({ "name": "jane", "password": super::house::PASSWORD });
    let answer = house.client.post(url).json(&body).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-drypoint="), "{cookie}");
    assert!(
        cookie.contains("; Secure") && cookie.contains("; Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains("Domain"), "{cookie}");
}

/// Waits until the session's last use has been noted, which happens in passing.
async fn until_seen(house: &House) {
    use sea_orm::{ConnectionTrait, Statement};
    let db = house.desk.app.store.connection();
    let now = house.desk.clock.now();
    loop {
        let statement = Statement::from_string(
            db.get_database_backend(),
            "SELECT max(last_seen_at) FROM session",
        );
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        let seen: chrono::DateTime<chrono::Utc> = row.try_get_by_index(0).unwrap();
        if seen == now {
            return;
        }
        tokio::task::yield_now().await;
    }
}
