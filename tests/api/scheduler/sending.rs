//! How notices leave the house, and what is noted of it.

use std::path::Path;

use chrono::TimeDelta;
use domain::access::Role;
use domain::notice::{Addressee, Notice, NoticeKind};
use drypoint::outbox::Outbox;
use drypoint::service::schedule::{Delivered, deliver, run_once};
use drypoint::store::log::{self, NewEvent};
use drypoint::store::notice::{self, NoticeId};
use serde_json::json;

use super::{notices, reachable};
use crate::support::desk::Desk;
use crate::support::people::{a_provider, day};

fn files(folder: &Path) -> Vec<String> {
    let Ok(found) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<_> = found
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn queue(desk: &Desk, to: Addressee) -> NoticeId {
    let txn = desk.app.store.begin().await.unwrap();
    let notice = Notice {
        kind: NoticeKind::Decision,
        to,
        due_on: day("2026-11-22"),
        case_id: None,
        about: None,
        subject: "A decision".into(),
        body: "It was decided.\n".into(),
        once_key: None,
    };
    let ids = notice::queue(&txn, &[notice], desk.clock.now()).await;
    let event = NewEvent::by_system("test.queue", "notice", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    ids.unwrap()[0]
}

#[tokio::test]
async fn a_notice_becomes_a_letter_and_is_noted_as_sent_with_an_entry_in_the_log() {
    let desk = Desk::open().await;
    let person = a_provider(1);
    let npi = person.npi();
    desk.with([person]).await;
    reachable(&desk.app.store, npi, 901).await;
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
    let id = queue(&desk, Addressee::Entry(npi)).await;

    let sent = deliver(&desk.app, &outbox).await.unwrap();

    assert_eq!(sent, Delivered { sent: 1, failed: 0 });
    let name = format!("notice_{}.eml", id.0);
    assert_eq!(files(folder.path()), std::slice::from_ref(&name));
    let letter = std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(letter.contains("To: person901@example.org"), "{letter}");
    let events = desk.events().await;
    let last = events.last().unwrap();
    assert_eq!(last["action"], "sendNotice");
    assert_eq!(last["entityId"], format!("notice_{}", id.0));
    assert!(
        !last.to_string().contains("example.org"),
        "no address in the log"
    );
    assert_eq!(
        deliver(&desk.app, &outbox).await.unwrap(),
        Delivered::default()
    );
    assert_eq!(desk.app.chores.sent(), 1);
}

#[tokio::test]
async fn what_cannot_be_sent_is_tried_again_and_told_of_once_it_is_overdue() {
    let desk = Desk::open().await;
    let person = a_provider(1);
    let npi = person.npi();
    desk.with([person]).await;
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
    queue(&desk, Addressee::Entry(npi)).await;
    queue(&desk, Addressee::Address("no address".into())).await;

    let sent = deliver(&desk.app, &outbox).await.unwrap();
    assert_eq!(sent, Delivered { sent: 0, failed: 2 });
    let held = notices(&desk.app.store).await;
    assert_eq!(
        held[0].last_error.as_deref(),
        Some("there is nobody with an address for mail")
    );
    assert!(held[1].last_error.is_some());
    assert_eq!(
        deliver(&desk.app, &outbox).await.unwrap(),
        Delivered::default()
    );

    // Due on the 22nd: on the 23rd somebody has to look.
    desk.advance(TimeDelta::days(2));
    run_once(&desk.app).await.unwrap();
    assert_eq!(
        (desk.app.chores.unsent(), desk.app.chores.overdue()),
        (2, 2)
    );
    let compliance = desk.hand("cora", &[Role::Compliance]);
    let query = "{ expiring(within: 0) { nodes { kind isOverdue toDo } } \
                  notices(sent: false) { nodes { isOverdue attempts lastError } } }";
    let data = compliance.ask(query, json!({})).await;
    let overdue = data["expiring"]["nodes"].as_array().unwrap();
    let overdue = overdue.iter().filter(|it| it["kind"] == "NOTICE").count();
    assert_eq!(overdue, 2);
    assert_eq!(data["notices"]["nodes"][0]["isOverdue"], true);
    assert_eq!(data["notices"]["nodes"][0]["attempts"], 1);

    // Somebody gives the person an address.
    reachable(&desk.app.store, npi, 901).await;
    let sent = deliver(&desk.app, &outbox).await.unwrap();
    assert_eq!(sent, Delivered { sent: 1, failed: 1 });
    assert_eq!(files(folder.path()).len(), 1);
}
