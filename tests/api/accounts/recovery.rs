//! Recovery codes: for whoever has lost their authenticator.

use chrono::TimeDelta;
use domain::access::Role;
use drypoint::service::account::manage;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::house::{Browser, House, PASSWORD, refused};
use crate::support::desk::Desk;

/// Ten codes, by a code of an authenticator that was enrolled a minute ago; and the session that made them.
async fn made(house: &House) -> (Vec<String>, Browser) {
    house.person("vera", &[Role::Verifier]).await;
    let browser = house.browser("vera", "").await;
    let (totp, browser) = house.enrolled(&browser).await;
    house.desk.advance(TimeDelta::minutes(1));
    let code = json!({ "code": house.code(&totp) });
    let answer = house.post_as(&browser, "/auth/recovery-codes", &code).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let told: Value = answer.json().await.unwrap();
    let codes = told["codes"].as_array().unwrap().iter();
    let codes = codes.map(|code| code.as_str().unwrap().to_owned());
    (codes.collect(), browser)
}

async fn left(house: &House, browser: &Browser) -> Value {
    let told: Value = house.account(browser).await.json().await.unwrap();
    told["recoveryCodes"].clone()
}

/// What stands on file of codes.
async fn on_file(desk: &Desk) -> String {
    use sea_orm::{ConnectionTrait, Statement};

    let db = desk.app.store.connection();
    let sql = "SELECT code_hash FROM recovery_code";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    let hashes = rows.iter().map(|row| row.try_get("", "code_hash").unwrap());
    hashes.collect::<Vec<String>>().join(" ")
}

#[tokio::test]
pub(super) async fn each_of_ten_codes_signs_in_once_in_the_place_of_the_authenticator() {
    let house = House::open().await;
    let (codes, browser) = made(&house).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(left(&house, &browser).await, 10);

    // As people type it.
    let typed = codes[3].to_lowercase().replace('-', " ");
    let second = Browser::of(house.sign_in("vera", PASSWORD, &typed).await).await;

    assert_eq!(house.roles(&second).await, json!(["VERIFIER"]));
    assert_eq!(left(&house, &second).await, 9);
    let again = refused(house.sign_in("vera", PASSWORD, &codes[3]).await).await;
    assert_eq!((again.0, again.2.as_str()), (401, "WRONG"));
    let events = house.desk.events().await;
    let used = events
        .iter()
        .find(|event| event["reasonCode"] == "RECOVERY_CODE");
    assert_eq!(used.unwrap()["action"], "account.signIn");
    let filter = drypoint::store::notice::Filter::default();
    let db = house.desk.app.store.connection();
    let told = drypoint::store::notice::page(db, &filter, None, 10).await;
    assert_eq!(
        &*told.unwrap()[0].notice.subject,
        "A recovery code was used"
    );
}

#[tokio::test]
pub(super) async fn one_recovery_code_used_twice_at_one_moment_opens_one_session() {
    let house = House::open().await;
    let (codes, _) = made(&house).await;
    let both = [0, 0].map(|at: usize| house.sign_in("vera", PASSWORD, &codes[at]));
    let statuses = futures_util::future::join_all(both).await;
    let opened = statuses
        .iter()
        .filter(|answer| answer.status().is_success());
    assert_eq!(opened.count(), 1);
}

#[tokio::test]
pub(super) async fn codes_are_shown_once_and_stand_nowhere() {
    let house = House::open().await;
    let (codes, _) = made(&house).await;
    let log = format!("{:?}", house.desk.events().await);
    let on_file = on_file(&house.desk).await;
    for code in &codes {
        let bare = code.replace('-', "");
        for kept in [&log, &on_file] {
            assert!(!kept.contains(code.as_str()) && !kept.contains(&bare));
        }
    }
    assert!(log.contains("account.recoveryCodesMade"));
}

#[tokio::test]
pub(super) async fn new_codes_take_a_code_of_now_and_replace_all_that_there_were() {
    let house = House::open().await;
    house.person("ada", &[Role::Provider]).await;
    let without = house.browser("ada", "").await;
    let path = "/auth/recovery-codes";
    let any = json!({ "code": "123456" });
    let answer = house.post_as(&without, path, &any).await;
    assert_eq!(refused(answer).await.2, "NOT_BEGUN");
    assert_eq!(left(&house, &without).await, Value::Null);

    let (codes, browser) = made(&house).await;
    let guess = json!({ "code": "000000" });
    for _ in 0..5 {
        let answer = house.post_as(&browser, path, &guess).await;
        assert_eq!(refused(answer).await.2, "CODE");
    }
    let answer = house.post_as(&browser, path, &guess).await;
    assert_eq!(answer.status(), 429, "guesses are slowed down");
    assert_eq!(left(&house, &browser).await, 10, "and change nothing");
    // A recovery code is no code of now.
    house.desk.advance(TimeDelta::days(1));
    let again = house.sign_in("vera", PASSWORD, &codes[0]).await;
    let browser = Browser::of(again).await;
    let recovery = json!({ "code": codes[1] });
    let answer = house.post_as(&browser, path, &recovery).await;
    assert_eq!(refused(answer).await.2, "CODE");
}

#[tokio::test]
pub(super) async fn whoever_takes_the_second_factor_away_takes_the_codes_too() {
    let house = House::open().await;
    let (codes, _) = made(&house).await;
    let app = &house.desk.app;
    let link = manage::reset(app, &house.name("vera"), true).await.unwrap();
    assert_eq!(on_file(&house.desk).await, "");
    house.redeem(&link.0, PASSWORD).await;
    // Nothing is asked for besides the password, and what is typed there opens no more than it.
    let browser = Browser::of(house.sign_in("vera", PASSWORD, &codes[0]).await).await;
    assert_eq!(house.roles(&browser).await, json!([]));
}
