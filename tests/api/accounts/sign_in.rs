use chrono::TimeDelta;
use domain::access::Role;
use reqwest::StatusCode;
use serde_json::Value;

use super::house::{House, PASSWORD, refused};

#[tokio::test]
pub(super) async fn name_and_password_begin_a_session_and_the_log_says_so() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let browser = house.browser("Jane", "").await;
    let account: Value = house.account(&browser).await.json().await.unwrap();
    assert_eq!(account["name"], "jane");
    assert_eq!(account["roles"], serde_json::json!(["PROVIDER"]));
    assert_eq!(
        house.actions().await,
        ["account.add", "account.setPassword", "account.signIn"]
    );
}

#[tokio::test]
pub(super) async fn an_unknown_name_a_wrong_password_and_a_disabled_account_are_answered_alike() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    house.added("new", &[Role::Provider]).await;
    house.person("gone", &[Role::Provider]).await;
    let name = house.name("gone");
    drypoint::service::account::manage::disable(&house.desk.app, &name)
        .await
        .unwrap();
    let mut answers = Vec::new();
    for (name, password) in [
        ("nobody", PASSWORD),
        ("not a name", PASSWORD),
        ("jane", "wrong"),
        ("new", PASSWORD),
        ("gone", PASSWORD),
        ("jane", &"long".repeat(100)),
    ] {
        let answer = house.sign_in(name, password, "").await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{name}");
        assert!(!answer.headers().contains_key("set-cookie"));
        answers.push(answer.text().await.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert!(answers[0].contains("WRONG"), "{answers:?}");
}

#[tokio::test]
pub(super) async fn guessing_is_slowed_down_by_the_clock_and_the_right_password_has_to_wait_too() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    for _ in 0..5 {
        let (status, ..) = refused(house.sign_in("jane", "a wrong password", "").await).await;
        assert_eq!(status, 401);
    }
    // Each failure doubles the wait, which nothing but the clock ends.
    for seconds in [1, 2, 4, 8] {
        let told = refused(house.sign_in("jane", PASSWORD, "").await).await;
        let expected = (429, "RATE_LIMITED".to_owned(), String::new(), Some(seconds));
        assert_eq!(told, expected);
        let wait = TimeDelta::seconds(i64::try_from(seconds).unwrap());
        house.desk.advance(wait);
        let (status, ..) = refused(house.sign_in("jane", "a wrong password", "").await).await;
        assert_eq!(status, 401);
    }
    house.desk.advance(TimeDelta::seconds(16));
    let signed_in = house.sign_in("jane", PASSWORD, "").await;
    assert_eq!(signed_in.status(), StatusCode::OK);
    let (status, ..) = refused(house.sign_in("jane", "a wrong password", "").await).await;
    assert_eq!(status, 401, "who has signed in begins anew");
    let failed = house.actions().await;
    let failed = failed
        .iter()
        .filter(|action| *action == "account.signInFailed");
    assert_eq!(failed.count(), 5, "the fifth failure and each after it");
}

#[tokio::test]
pub(super) async fn names_that_do_not_exist_are_slowed_down_alike() {
    let house = House::open().await;
    for _ in 0..5 {
        house.sign_in("nobody", PASSWORD, "").await;
    }
    let (status, ..) = refused(house.sign_in("nobody", PASSWORD, "").await).await;
    assert_eq!(status, 429);
    assert_eq!(house.actions().await, Vec::<String>::new());
}

#[tokio::test]
pub(super) async fn an_address_that_tries_many_names_is_slowed_down() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    for number in 0..20 {
        let name = format!("guess{number}");
        let (status, ..) = refused(house.sign_in(&name, PASSWORD, "").await).await;
        assert_eq!(status, 401, "{name}");
    }
    let (status, _, _, retry) = refused(house.sign_in("jane", PASSWORD, "").await).await;
    assert_eq!((status, retry), (429, Some(1)));
    house.desk.advance(TimeDelta::seconds(1));
    let signed_in = house.sign_in("jane", PASSWORD, "").await;
    assert_eq!(signed_in.status(), StatusCode::OK);
}

#[tokio::test]
pub(super) async fn many_guesses_at_one_moment_count_each() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let guesses = (0..12).map(|_| house.sign_in("jane", "a wrong password", ""));
    let answers = futures_util::future::join_all(guesses).await;
    let judged = answers
        .iter()
        .filter(|answer| answer.status() == StatusCode::UNAUTHORIZED);
    assert_eq!(judged.count(), 5, "the others were not even judged");
}

#[tokio::test]
pub(super) async fn failures_are_forgotten_after_a_day() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    for _ in 0..5 {
        house.sign_in("jane", "a wrong password", "").await;
    }
    house.desk.advance(TimeDelta::hours(24));
    for _ in 0..4 {
        let (status, ..) = refused(house.sign_in("jane", "a wrong password", "").await).await;
        assert_eq!(status, 401);
    }
    let signed_in = house.sign_in("jane", PASSWORD, "").await;
    assert_eq!(signed_in.status(), StatusCode::OK);
}

#[tokio::test]
pub(super) async fn a_foreign_page_signs_nobody_in() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let form = [("name", "jane"), ("password", PASSWORD)];
    for (header, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let answer = house
            .client
            .post(format!("{}/auth/sign-in", house.url))
            .header(header, value)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(encoded(&form))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{header}: {value}");
        assert!(!answer.headers().contains_key("set-cookie"));
    }
}

/// A form as browsers send it.
pub(super) fn encoded(fields: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://form/").unwrap();
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}
