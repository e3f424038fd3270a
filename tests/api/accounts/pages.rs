//! The printed link in a bare browser: forms, no script.

use domain::access::Role;
use reqwest::{Response, StatusCode};

use super::house::{House, PASSWORD, totp};
use super::sign_in::encoded;

async fn get(house: &House, path: &str, cookie: &str) -> Response {
    let request = house.client.get(format!("{}{path}", house.url));
    let request = request
        .header("accept", "text/html")
        .header("cookie", cookie);
    request.send().await.unwrap()
}

async fn submit(house: &House, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Response {
    let request = house
        .client
        .post(format!("{}{path}", house.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie)
        .body(encoded(fields));
    request.send().await.unwrap()
}

/// What stands between two texts of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}: {page}"));
    rest.split_once(after).unwrap().0
}

#[tokio::test]
pub(super) async fn a_person_comes_from_a_printed_link_to_a_second_factor_with_forms_alone() {
    let house = House::open().await;
    let link = house.added("vera", &[Role::Verifier]).await.link.0;
    let path = format!("/auth/link?token={link}");
    let shown = get(&house, &path, "").await;
    assert_eq!(shown.status(), StatusCode::OK);
    assert!(
        shown
            .text()
            .await
            .unwrap()
            .contains("<strong>vera</strong>")
    );

    let fields = [("token", link.as_str()), ("password", "too short")];
    let refused = submit(&house, "/auth/redeem", "", &fields).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains("at least 12 characters") && page.contains(&link),
        "{page}"
    );

    let fields = [("token", link.as_str()), ("password", PASSWORD)];
    let set = submit(&house, "/auth/redeem", "", &fields).await;
    assert_eq!(set.status(), StatusCode::OK);
    assert_eq!(
        get(&house, &path, "").await.status(),
        StatusCode::BAD_REQUEST
    );

    let fields = [("name", "vera"), ("password", PASSWORD), ("code", "")];
    let signed_in = submit(&house, "/auth/sign-in", "", &fields).await;
    assert_eq!(signed_in.status(), StatusCode::SEE_OTHER);
    assert_eq!(signed_in.headers()["location"], "/auth/account");
    let cookie = cookie_of(&signed_in);

    let account = get(&house, "/auth/account", &cookie)
        .await
        .text()
        .await
        .unwrap();
    assert!(
        account.contains("Roles in this session: none."),
        "{account}"
    );
    let token = between(&account, "name=csrf value=\"", "\"").to_owned();
    let begun = submit(&house, "/auth/second-factor", &cookie, &[("csrf", &token)]).await;
    let begun = begun.text().await.unwrap();
    let totp = totp(between(&begun, "<code>", "</code>"));
    let code = house.code(&totp);
    let fields = [("csrf", token.as_str()), ("code", &code)];
    let confirmed = submit(&house, "/auth/second-factor", &cookie, &fields).await;
    assert_eq!(confirmed.status(), StatusCode::SEE_OTHER);
    let cookie = cookie_of(&confirmed);
    let account = get(&house, "/auth/account", &cookie)
        .await
        .text()
        .await
        .unwrap();
    assert!(
        account.contains("Roles in this session: VERIFIER."),
        "{account}"
    );

    let token = between(&account, "name=csrf value=\"", "\"");
    let out = submit(&house, "/auth/sign-out", &cookie, &[("csrf", token)]).await;
    assert_eq!(out.headers()["location"], "/auth/sign-in");
    let away = get(&house, "/auth/account", &cookie).await;
    assert_eq!(away.headers()["location"], "/auth/sign-in");
}

#[tokio::test]
pub(super) async fn a_form_that_was_refused_is_shown_again_with_why() {
    let house = House::open().await;
    let fields = [("name", "<i>jane</i>"), ("password", PASSWORD)];
    let refused = submit(&house, "/auth/sign-in", "", &fields).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains("role=alert") && page.contains("action=/auth/sign-in"),
        "{page}"
    );
    assert!(!page.contains("<i>"), "{page}");
}

#[tokio::test]
pub(super) async fn pages_run_nothing_and_load_nothing() {
    let house = House::open().await;
    let link = house.added("vera", &[Role::Verifier]).await.link.0;
    for path in [
        "/auth/sign-in",
        &format!("/auth/link?token={link}"),
        "/auth/link?token=wrong",
    ] {
        let answer = get(&house, path, "").await;
        let headers = answer.headers().clone();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(headers["referrer-policy"], "same-origin");
        assert_eq!(headers["cache-control"], "no-store");
        let page = answer.text().await.unwrap();
        for word in [
            "<script",
            "http://",
            "https://",
            "javascript:",
            "onclick",
            "src=",
        ] {
            assert!(!page.contains(word), "{path}: {word}");
        }
    }
}

fn cookie_of(response: &Response) -> String {
    let set = response.headers()["set-cookie"].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}
