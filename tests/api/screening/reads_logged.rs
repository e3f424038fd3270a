//! Who read what identifies people is in the log.

use domain::access::Role;
use domain::screening::row::Column;
use serde_json::{Value, json};

use super::{a_therapist, list, matches, named, take_and_screen, two};
use crate::support::desk::Desk;

#[tokio::test]
async fn a_read_of_excluded_peoples_rows_leaves_one_entry_that_names_them_by_id() {
    let desk = Desk::open().await;
    desk.with([
        a_therapist(1, "Ada", "Needham"),
        a_therapist(2, "Ben", "Needham"),
    ])
    .await;
    let compliance = two(&desk).0;
    let before = desk.events().await.len();
    assert!(matches(&compliance).await.is_empty());
    assert_eq!(
        desk.events().await.len(),
        before,
        "nothing was shown: nothing to tell"
    );
    let rows = [
        named("NEEDHAM", "ADA", &[(Column::Dob, "19700301")]),
        named("NEEDHAM", "BEN", &[(Column::Dob, "19800401")]),
    ];
    take_and_screen(&desk, &list(&rows)).await;
    let before = desk.events().await.len();

    let found = matches(&compliance).await;

    let events = desk.events().await;
    assert_eq!(events.len(), before + 1);
    let read = &events[before];
    assert_eq!(read["action"], "exclusionMatches");
    assert_eq!(read["entityType"], "exclusion_match");
    assert_eq!(read["actorRole"], "COMPLIANCE");
    let ids: Vec<&str> = found
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(read["reasonText"], ids.join(" "));
    assert!(!read.to_string().contains("1970"), "ids, and no values");
    // One that is shown alone is the entry's own subject.
    let query = "{ exclusionMatches(first: 1) { nodes { id row { column text } } } }";
    compliance.ask(query, json!({})).await;
    let event = desk.events().await.pop().unwrap();
    assert_eq!(event["entityId"], ids[0]);
    // Who may not read leaves no such entry.
    let before = desk.events().await.len();
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let refused = vera.answer(query, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(desk.events().await.len(), before);
}

#[tokio::test]
async fn public_reads_leave_nothing_in_the_log() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let before = desk.events().await.len();
    let query = "{ searchProviders(input: { jurisdiction: CO }) { totalCount nodes { npi licenses { number } } } }";
    let data = desk.anybody().ask(query, json!({})).await;
    assert_ne!(data["searchProviders"]["nodes"], Value::Null);
    assert_eq!(desk.events().await.len(), before);
}
