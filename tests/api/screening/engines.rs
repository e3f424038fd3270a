//! The same on PostgreSQL.

use domain::npi::Npi;
use domain::screening::row::Column;
use drypoint::store::Store;
use serde_json::json;

use super::{
    a_therapist, decision, list, looked_at, named, only, public, take_and_screen, together, two,
};
use crate::support::desk::Desk;
use crate::support::postgres::Postgres;

#[tokio::test]
async fn a_list_is_taken_in_replaced_and_decided_about_on_postgresql() {
    let server = Postgres::start();
    let desk = Desk::on(Store::connect(&server.url()).await.unwrap()).await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let npi = Npi::sample(1).to_string();
    let ada = |zip: &str| {
        let columns = [(Column::Npi, npi.as_str()), (Column::Zip, zip)];
        list(&[named("NEEDHAM", "ADA", &columns)])
    };
    take_and_screen(&desk, &ada("80205")).await;
    let pair = two(&desk);
    let review = looked_at(&pair.0).await;
    together(
        &pair,
        decision(&review, "CONFIRM", &json!({ "reason": "theirs" })),
    )
    .await;
    take_and_screen(&desk, &ada("80206")).await;
    assert_eq!(only(&pair.0).await["state"], "CONFIRMED");
    assert_eq!(public(&desk, 1).await.0, "NOT_LISTED");
    let data = pair
        .0
        .ask("{ screeningCoverage { rows peopleScreened } }", json!({}))
        .await;
    assert_eq!(
        data["screeningCoverage"],
        json!({ "rows": 1, "peopleScreened": 1 })
    );
}
