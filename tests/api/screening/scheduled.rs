//! What is screened without anybody asking, and what a search of an old list is worth.

use chrono::TimeDelta;
use domain::npi::Npi;
use domain::screening::row::Column;
use drypoint::service::schedule::run_once;
use serde_json::json;

use super::{a_therapist, list, named, only, public, take, take_and_screen, two};
use crate::support::desk::Desk;

fn ada_by_npi(serial: u32) -> String {
    let npi = Npi::sample(serial).to_string();
    list(&[named("NEEDHAM", "ADA", &[(Column::Npi, npi.as_str())])])
}

#[tokio::test]
async fn whoever_comes_after_the_list_is_held_against_it_by_the_next_look() {
    let desk = Desk::open().await;
    take_and_screen(&desk, &ada_by_npi(2)).await;
    desk.with([
        a_therapist(1, "Grace", "Ash"),
        a_therapist(2, "Ada", "Needham"),
    ])
    .await;
    let done = run_once(&desk.app).await.unwrap();
    assert_eq!(done.screened, 2);
    assert_eq!(public(&desk, 1).await.1, "PASS");
    assert_eq!(
        public(&desk, 2).await.1,
        "UNKNOWN",
        "an equal NPI holds at once"
    );
    assert_eq!(only(&two(&desk).0).await["tier"], "T1_NPI");
    assert_eq!(
        run_once(&desk.app).await.unwrap().screened,
        0,
        "once is enough"
    );
}

#[tokio::test]
async fn everybody_is_screened_again_before_the_screening_is_due() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Grace", "Ash")]).await;
    take_and_screen(&desk, &ada_by_npi(2)).await;
    desk.advance(TimeDelta::days(27));
    assert_eq!(run_once(&desk.app).await.unwrap().screened, 0);
    desk.advance(TimeDelta::days(1));
    assert_eq!(run_once(&desk.app).await.unwrap().screened, 1);
    assert_eq!(run_once(&desk.app).await.unwrap().screened, 0);
    let (compliance, _) = two(&desk);
    let data = compliance
        .ask("{ screeningRuns(first: 5) { nodes { cause } } }", json!({}))
        .await;
    assert_eq!(
        data["screeningRuns"]["nodes"],
        json!([{ "cause": "SCHEDULE" }, { "cause": "IMPORT" }])
    );
}

#[tokio::test]
async fn a_search_of_a_list_that_is_too_old_holds_and_proves_nothing() {
    let desk = Desk::open().await;
    let report = take(&desk, &ada_by_npi(2)).await;
    assert_eq!(report.refused, None);
    desk.advance(TimeDelta::days(36));
    desk.with([
        a_therapist(1, "Grace", "Ash"),
        a_therapist(2, "Ada", "Needham"),
    ])
    .await;
    assert_eq!(run_once(&desk.app).await.unwrap().screened, 2);
    assert_eq!(
        public(&desk, 1).await.1,
        "UNKNOWN",
        "the list is of five weeks ago"
    );
    assert_eq!(
        only(&two(&desk).0).await["state"],
        "NEW",
        "what it says holds all the same"
    );
    let (compliance, _) = two(&desk);
    assert_eq!(
        compliance.is_told("runScreening", json!({})).await,
        "GUARD_FAILED"
    );
    assert_eq!(
        run_once(&desk.app).await.unwrap().screened,
        0,
        "nor is it searched again"
    );
}
