use chrono::TimeDelta;
use domain::access::Role;
use drypoint::service::account::manage;
use reqwest::StatusCode;
use serde_json::json;

use super::house::{House, PASSWORD, refused};

#[tokio::test]
pub(super) async fn a_reviewer_s_session_has_no_such_role_before_its_second_factor() {
    let house = House::open().await;
    house
        .person("vera", &[Role::Verifier, Role::Provider])
        .await;
    let browser = house.browser("vera", "").await;
    assert_eq!(house.roles(&browser).await, json!(["PROVIDER"]));

    let (_, stronger) = house.enrolled(&browser).await;
    assert_eq!(
        house.roles(&stronger).await,
        json!(["PROVIDER", "VERIFIER"])
    );
    let old = house.account(&browser).await;
    assert_eq!(
        old.status(),
        StatusCode::UNAUTHORIZED,
        "the session was replaced"
    );
}

#[tokio::test]
pub(super) async fn every_role_that_needs_a_second_factor_is_withheld_without_it() {
    let house = House::open().await;
    for role in Role::GIVEN.iter().filter(|role| role.needs_second_factor()) {
        let name = role.code().to_lowercase();
        house.person(&name, &[*role]).await;
        let browser = house.browser(&name, "").await;
        assert_eq!(house.roles(&browser).await, json!([]), "{role}");
    }
}

#[tokio::test]
pub(super) async fn a_code_is_asked_for_once_it_is_set_and_taken_once() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let first = house.browser("vera", "").await;
    let (totp, _) = house.enrolled(&first).await;

    let used = house.code(&totp);
    let (status, _, reason, _) = refused(house.sign_in("vera", PASSWORD, &used).await).await;
    assert_eq!(
        (status, reason.as_str()),
        (401, "WRONG"),
        "the code that confirmed it is used up"
    );
    let (status, _, reason, _) = refused(house.sign_in("vera", PASSWORD, "").await).await;
    assert_eq!((status, reason.as_str()), (401, "SECOND_FACTOR"));

    house.desk.advance(TimeDelta::seconds(30));
    let code = house.code(&totp);
    let browser = house.browser("vera", &code).await;
    assert_eq!(house.roles(&browser).await, json!(["VERIFIER"]));
    let (status, ..) = refused(house.sign_in("vera", PASSWORD, &code).await).await;
    assert_eq!(status, 401, "the same code again");
}

#[tokio::test]
pub(super) async fn one_code_used_twice_at_one_moment_opens_one_session() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let (totp, _) = house.enrolled(&house.browser("vera", "").await).await;
    house.desk.advance(TimeDelta::seconds(30));
    let code = house.code(&totp);
    let both = [(); 4].map(|()| house.sign_in("vera", PASSWORD, &code));
    let answers = futures_util::future::join_all(both).await;
    let opened = answers.iter().filter(|answer| answer.status().is_success());
    assert_eq!(opened.count(), 1);
}

#[tokio::test]
pub(super) async fn a_code_is_taken_a_step_early_or_late_and_no_more() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let (totp, _) = house.enrolled(&house.browser("vera", "").await).await;
    for (late, expected) in [(30, StatusCode::OK), (60, StatusCode::UNAUTHORIZED)] {
        house.desk.advance(TimeDelta::seconds(300));
        let code = house.code(&totp);
        house.desk.advance(TimeDelta::seconds(late));
        let answer = house.sign_in("vera", PASSWORD, &code).await;
        assert_eq!(answer.status(), expected, "{late} s late");
    }
}

#[tokio::test]
pub(super) async fn wrong_codes_are_slowed_down_like_wrong_passwords() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let (totp, _) = house.enrolled(&house.browser("vera", "").await).await;
    house.desk.advance(TimeDelta::seconds(30));
    let right = house.code(&totp);
    for number in 0..5 {
        let wrong = format!("{number:06}");
        assert_ne!(wrong, right);
        let (status, ..) = refused(house.sign_in("vera", PASSWORD, &wrong).await).await;
        assert_eq!(status, 401);
    }
    let (status, ..) = refused(house.sign_in("vera", PASSWORD, &right).await).await;
    assert_eq!(status, 429);
}

#[tokio::test]
pub(super) async fn leaving_the_code_out_forgets_no_wrong_code() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let (totp, _) = house.enrolled(&house.browser("vera", "").await).await;
    house.desk.advance(TimeDelta::seconds(30));
    let right = house.code(&totp);
    for number in 0..5 {
        let wrong = format!("{number:06}");
        assert_ne!(wrong, right);
        let (status, ..) = refused(house.sign_in("vera", PASSWORD, &wrong).await).await;
        assert_eq!(status, 401);
        if number == 3 {
            let (_, _, reason, _) = refused(house.sign_in("vera", PASSWORD, "").await).await;
            assert_eq!(reason, "SECOND_FACTOR");
        }
    }
    let (status, ..) = refused(house.sign_in("vera", PASSWORD, &right).await).await;
    assert_eq!(status, 429);
}

#[tokio::test]
pub(super) async fn a_session_in_the_wrong_hands_cannot_replace_the_second_factor() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let (_, browser) = house.enrolled(&house.browser("vera", "").await).await;
    let again = house
        .post_as(&browser, "/auth/second-factor", &json!({}))
        .await;
    let (status, _, reason, _) = refused(again).await;
    assert_eq!((status, reason.as_str()), (400, "EXISTS"));
}

#[tokio::test]
pub(super) async fn whoever_lost_it_begins_anew_after_an_operator_took_it_away() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    house.enrolled(&house.browser("vera", "").await).await;
    let name = house.name("vera");
    let link = manage::reset(&house.desk.app, &name, true).await.unwrap();
    house.redeem(&link.0, PASSWORD).await;
    let browser = house.browser("vera", "").await;
    assert_eq!(house.roles(&browser).await, json!([]));
    let (_, browser) = house.enrolled(&browser).await;
    assert_eq!(house.roles(&browser).await, json!(["VERIFIER"]));
}

#[tokio::test]
pub(super) async fn only_a_code_of_now_confirms_and_only_what_was_begun() {
    let house = House::open().await;
    house.person("vera", &[Role::Verifier]).await;
    let browser = house.browser("vera", "").await;
    let code = json!({ "code": "000000" });
    let early = house.post_as(&browser, "/auth/second-factor", &code).await;
    assert_eq!(refused(early).await.2, "NOT_BEGUN");
    house
        .post_as(&browser, "/auth/second-factor", &json!({}))
        .await;
    let wrong = house.post_as(&browser, "/auth/second-factor", &code).await;
    assert_eq!(refused(wrong).await.2, "CODE");
    assert_eq!(house.roles(&browser).await, json!([]));
}
