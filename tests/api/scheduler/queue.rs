//! What waits to be sent, by itself.

use chrono::TimeDelta;
use domain::notice::{Addressee, Notice, NoticeKind};
use drypoint::store::log;
use drypoint::store::notice::{self, Filter, NoticeId};
use drypoint::store::{Store, lease};

use crate::support::database::{Database, an_event, now};
use crate::support::on_file::day;

fn a_notice(once_key: Option<&str>, due_on: &str) -> Notice {
    Notice {
        kind: NoticeKind::Decision,
        to: Addressee::Address("somebody@example.org".into()),
        due_on: day(due_on),
        case_id: Some(5),
        about: Some(("credential".into(), "9".into())),
        subject: "A decision".into(),
        body: "It was decided.".into(),
        once_key: once_key.map(Into::into),
    }
}

async fn queue(store: &Store, notices: &[Notice]) -> Vec<NoticeId> {
    let txn = store.begin().await.unwrap();
    let ids = notice::queue(&txn, notices, now()).await.unwrap();
    log::append(&txn, an_event("notice.queue")).await.unwrap();
    txn.commit().await.unwrap();
    ids
}

#[tokio::test]
async fn what_is_said_once_is_queued_once() {
    let database = Database::new().await;
    let store = &database.store;
    let twice = [
        a_notice(Some("a"), "2026-12-01"),
        a_notice(Some("a"), "2026-12-01"),
        a_notice(None, "2026-12-01"),
        a_notice(None, "2026-12-01"),
    ];
    assert_eq!(queue(store, &twice).await.len(), 3);
    assert_eq!(queue(store, &twice).await.len(), 2);
    let filter = Filter::default();
    let all = notice::page(store.connection(), &filter, None, 100).await;
    let all = all.unwrap();
    assert_eq!(all.len(), 5);
    assert_eq!(all[4].notice, twice[0], "read as it was written");
}

#[tokio::test]
async fn what_one_node_takes_for_sending_no_other_takes_until_it_has_had_its_time() {
    let database = Database::new().await;
    let other = database.again().await.unwrap();
    let ids = queue(
        &database.store,
        &[a_notice(None, "2026-12-02"), a_notice(None, "2026-12-01")],
    )
    .await;
    let first = notice::take(&database.store, now(), 1).await.unwrap();
    assert_eq!(first[0].id, ids[1], "what is due first goes first");
    let second = notice::take(&other, now(), 10).await.unwrap();
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].id, ids[0]);
    assert!(notice::take(&other, now(), 10).await.unwrap().is_empty());
    // Whoever took them has died.
    let later = now() + TimeDelta::minutes(5);
    assert_eq!(notice::take(&other, later, 10).await.unwrap().len(), 2);
    let much_later = later + TimeDelta::minutes(29);
    assert!(
        notice::take(&other, much_later, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_notice_is_overdue_when_its_last_day_has_passed_unsent() {
    let database = Database::new().await;
    let store = &database.store;
    let ids = queue(
        store,
        &[a_notice(None, "2026-11-20"), a_notice(None, "2026-11-21")],
    )
    .await;
    let today = now().date_naive();
    let waiting = notice::waiting(store.connection(), today).await.unwrap();
    assert_eq!((waiting.unsent, waiting.overdue), (2, 1));
    let txn = store.begin().await.unwrap();
    assert!(
        notice::mark_sent(&txn, ids[0], "a@example.org", now())
            .await
            .unwrap()
    );
    assert!(
        !notice::mark_sent(&txn, ids[0], "a@example.org", now())
            .await
            .unwrap()
    );
    log::append(&txn, an_event("notice.send")).await.unwrap();
    txn.commit().await.unwrap();
    let waiting = notice::waiting(store.connection(), today).await.unwrap();
    assert_eq!((waiting.unsent, waiting.overdue), (1, 0));
}

#[tokio::test]
async fn a_lease_has_one_holder_until_it_runs_out() {
    let database = Database::new().await;
    let other = database.again().await.unwrap();
    let length = TimeDelta::minutes(5);
    let take = async |store: &Store, holder: &str, minutes: i64| {
        let at = now() + TimeDelta::minutes(minutes);
        lease::take(store, "scheduler", holder, at, length)
            .await
            .unwrap()
    };
    assert!(take(&database.store, "a", 0).await);
    assert!(!take(&other, "b", 0).await);
    assert!(take(&database.store, "a", 4).await, "renewed");
    assert!(!take(&other, "b", 6).await);
    assert!(take(&other, "b", 9).await, "it ran out");
    assert!(!take(&database.store, "a", 9).await);
    lease::give_back(&database.store, "scheduler", "a")
        .await
        .unwrap();
    assert!(
        !take(&database.store, "a", 9).await,
        "it was not a's to give back"
    );
    lease::give_back(&other, "scheduler", "b").await.unwrap();
    assert!(take(&database.store, "a", 9).await);
}
