use chrono::TimeDelta;
use domain::access::Role;
use drypoint::service::account::manage;
use reqwest::StatusCode;

use super::house::{House, PASSWORD, refused};

#[tokio::test]
pub(super) async fn a_link_sets_a_password_once() {
    let house = House::open().await;
    let link = house.added("jane", &[Role::Provider]).await.link.0;
    assert_eq!(house.redeem(&link, PASSWORD).await.status(), StatusCode::OK);
    let again = refused(house.redeem(&link, "another long password").await).await;
    assert_eq!((again.0, again.2.as_str()), (400, "LINK"));
    assert_eq!(
        house.sign_in("jane", PASSWORD, "").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
pub(super) async fn a_link_that_is_redeemed_twice_at_one_moment_sets_one_password() {
    let house = House::open().await;
    let link = house.added("jane", &[Role::Provider]).await.link.0;
    let passwords = ["the first long password", "the second long password"];
    let both = passwords.map(|password| house.redeem(&link, password));
    let statuses = futures_util::future::join_all(both).await;
    let set = statuses
        .iter()
        .filter(|answer| answer.status().is_success());
    assert_eq!(set.count(), 1);
}

#[tokio::test]
pub(super) async fn a_first_link_lasts_three_days() {
    let house = House::open().await;
    let (late, early) = (
        house.added("late", &[Role::Provider]).await,
        house.added("early", &[Role::Provider]).await,
    );
    house
        .desk
        .advance(TimeDelta::hours(72) - TimeDelta::seconds(1));
    let set = house.redeem(&early.link.0, PASSWORD).await;
    assert_eq!(set.status(), StatusCode::OK);
    house.desk.advance(TimeDelta::seconds(1));
    let (status, _, reason, _) = refused(house.redeem(&late.link.0, PASSWORD).await).await;
    assert_eq!((status, reason.as_str()), (400, "LINK"));
}

#[tokio::test]
pub(super) async fn a_link_for_another_password_lasts_an_hour_and_ends_every_session() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let browser = house.browser("jane", "").await;
    let app = &house.desk.app;
    let first = manage::reset(app, &house.name("jane"), false)
        .await
        .unwrap();
    assert_eq!(
        house.account(&browser).await.status(),
        StatusCode::UNAUTHORIZED
    );

    house.desk.advance(TimeDelta::hours(1));
    let (status, ..) = refused(house.redeem(&first.0, "another long password").await).await;
    assert_eq!(status, 400);

    let second = manage::reset(app, &house.name("jane"), false)
        .await
        .unwrap();
    let third = manage::reset(app, &house.name("jane"), false)
        .await
        .unwrap();
    let set = house.redeem(&third.0, "another long password").await;
    assert_eq!(set.status(), StatusCode::OK);
    let (status, ..) = refused(house.redeem(&second.0, "yet another password").await).await;
    assert_eq!(status, 400, "redeeming one uses up the others");
    let old = house.sign_in("jane", PASSWORD, "").await;
    assert_eq!(old.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
pub(super) async fn a_password_that_will_not_do_is_refused_and_leaves_the_link_good() {
    let house = House::open().await;
    let link = house.added("victoria", &[Role::Provider]).await.link.0;
    for password in ["short", "password1234", "my victoria sponge"] {
        let (status, _, reason, _) = refused(house.redeem(&link, password).await).await;
        assert_eq!((status, reason.as_str()), (400, "PASSWORD"), "{password}");
    }
    assert_eq!(house.redeem(&link, PASSWORD).await.status(), StatusCode::OK);
}

#[tokio::test]
pub(super) async fn there_is_no_way_in_before_a_link_is_redeemed() {
    let house = House::open().await;
    house.added("jane", &[Role::Provider]).await;
    for password in ["jane", "drypoint", "admin", "password"] {
        let answer = house.sign_in("jane", password, "").await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let empty = refused(house.sign_in("jane", "", "").await).await;
    assert_eq!((empty.0, empty.2.as_str()), (400, "MISSING"));
}

#[tokio::test]
pub(super) async fn a_disabled_account_s_link_opens_nothing() {
    let house = House::open().await;
    let link = house.added("jane", &[Role::Provider]).await.link.0;
    manage::disable(&house.desk.app, &house.name("jane"))
        .await
        .unwrap();
    let (status, ..) = refused(house.redeem(&link, PASSWORD).await).await;
    assert_eq!(status, 400);
}

#[tokio::test]
pub(super) async fn asking_for_another_password_does_not_tell_who_is_there() {
    let house = House::open().await;
    house.person("jane", &[Role::Provider]).await;
    let mut answers = Vec::new();
    for name in ["jane", "nobody", "not a name"] {
        let body = serde_json::json!({ "name": name });
        let answer = house.post("/auth/reset-request", &body).await;
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        answers.push(answer.text().await.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}
