//! Birth dates and changes of people between two lists.

use domain::npi::Npi;
use domain::screening::row::Column;
use drypoint::service::screening::{birth, screen_changed, screen_people};
use drypoint::store::exclusion::private;
use drypoint::store::log::{self, NewEvent};
use serde_json::json;

use super::{a_therapist, list, matches, named, only, public, take_and_screen, two};
use crate::support::desk::Desk;
use crate::support::people::day;

/// Writes a birth date down, as an act of the person's would.
async fn born(desk: &Desk, serial: u32, on: &str) {
    let npi = Npi::sample(serial);
    let sealed = birth::seal(&desk.app.secret, &desk.app.chance, npi, day(on));
    let txn = desk.app.store.begin().await.unwrap();
    private::save_birth_date(&txn, npi, sealed).await.unwrap();
    drypoint::store::provider::touch(&txn, &[npi])
        .await
        .unwrap();
    let event = NewEvent::by_system("test.birth", "provider_private", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
}

fn ada() -> String {
    let columns = [(Column::Dob, "19700301"), (Column::State, "AZ")];
    list(&[named("NEEDHAM", "ADA", &columns)])
}

#[tokio::test]
async fn a_birth_date_that_becomes_known_holds_or_clears() {
    for (on, tier, state, reason) in [
        ("1970-03-01", "T2_NAME_DOB", "NEW", "UNKNOWN"),
        ("1964-07-12", "T4_NAME_ONLY", "FALSE_POSITIVE", "PASS"),
    ] {
        let desk = Desk::open().await;
        desk.with([a_therapist(1, "Ada", "Needham")]).await;
        take_and_screen(&desk, &ada()).await;
        let (compliance, _) = two(&desk);
        let before = only(&compliance).await;
        assert_eq!(
            (&before["tier"], &before["state"]),
            (&json!("T4_NAME_ONLY"), &json!("NEW"))
        );

        born(&desk, 1, on).await;
        let outcome = screen_changed(&desk.app).await.unwrap();
        assert_eq!(outcome.providers, 1, "{on}");
        let after = only(&compliance).await;
        assert_eq!(
            (&after["tier"], &after["state"]),
            (&json!(tier), &json!(state)),
            "{on}"
        );
        assert_eq!(public(&desk, 1).await.1, reason, "{on}");
        // Nobody changed since: there is nobody to look at.
        assert_eq!(screen_changed(&desk.app).await.unwrap().providers, 0);
    }
}

#[tokio::test]
async fn a_hold_is_not_escaped_by_another_birth_date() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    born(&desk, 1, "1970-03-01").await;
    take_and_screen(&desk, &ada()).await;
    assert_eq!(public(&desk, 1).await.1, "UNKNOWN");
    born(&desk, 1, "1964-07-12").await;
    screen_people(&desk.app, &[Npi::sample(1)]).await.unwrap();
    let found = only(&two(&desk).0).await;
    assert_eq!(
        (&found["tier"], &found["state"]),
        (&json!("T2_NAME_DOB"), &json!("NEW"))
    );
    assert_eq!(public(&desk, 1).await.1, "UNKNOWN");
}

#[tokio::test]
async fn who_comes_later_is_screened_without_waiting_for_the_next_list() {
    let desk = Desk::open().await;
    take_and_screen(&desk, &ada()).await;
    desk.with([a_therapist(1, "Ada", "Needham").with(|person| {
        person.screening.screened_at.clear();
    })])
    .await;
    assert_eq!(public(&desk, 1).await.1, "UNKNOWN");
    assert_eq!(screen_changed(&desk.app).await.unwrap().matches, 1);
    assert_eq!(matches(&two(&desk).0).await.len(), 1);
    // A name alone holds nobody, and the person is screened.
    assert_eq!(public(&desk, 1).await.1, "PASS");
}

#[tokio::test]
async fn without_a_list_nobody_counts_as_screened() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham").with(|person| {
        person.screening.screened_at.clear();
    })])
    .await;
    let outcome = screen_people(&desk.app, &[Npi::sample(1)]).await.unwrap();
    assert_eq!(outcome.providers, 0);
    assert_eq!(public(&desk, 1).await.1, "UNKNOWN");
}

#[tokio::test]
async fn no_birth_date_stands_in_the_database_in_the_clear() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    born(&desk, 1, "1970-03-01").await;
    let kept = private::birth_dates(desk.app.store.connection(), &[Npi::sample(1)])
        .await
        .unwrap();
    let kept = &kept[&Npi::sample(1)];
    let text = String::from_utf8_lossy(&kept.sealed).into_owned() + &kept.index;
    assert!(!text.contains("1970"), "{text}");
    take_and_screen(&desk, &ada()).await;
    for event in desk.events().await {
        assert!(!event.to_string().contains("1970-03-01"), "{event}");
    }
}
