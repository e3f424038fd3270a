//! What is asked of the directory about entries: who is told, what we have to do, and by when.

use chrono::TimeDelta;
use domain::access::Role;
use domain::notice::Addressee;
use domain::npi::Npi;
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::outbox::Outbox;
use drypoint::service::schedule::{deliver, run_once};
use drypoint::store::notice;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{notices, reachable};
use crate::support::desk::{Desk, Hand};
use crate::support::people::{AUSTIN, a_provider};

fn npi(serial: u32) -> String {
    Npi::sample(serial).to_string()
}

/// People 1 and 2, whom nobody has claimed; who asks and who answers.
async fn a_desk() -> (Desk, Hand, Hand, Hand) {
    let desk = Desk::open().await;
    desk.with([1, 2].map(|serial| {
        a_provider(serial)
            .licensed(PhysicalTherapist, Tx)
            .at(AUSTIN, Tx)
            .unclaimed()
    }))
    .await;
    let db = desk.app.store.connection();
    for account in 1..5 {
        let sql = format!(
            "INSERT INTO account (id, name, created_at, row_version)
             VALUES ({account}, 'a{account}', '2026-11-21 09:00:00+00:00', 1)"
        );
        db.execute_unprepared(&sql).await.unwrap();
    }
    let ada = desk.hand("Ada", &[Role::Provider]);
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let dan = desk.hand("Dan", &[Role::Admin]);
    (desk, ada, vera, dan)
}

/// The tasks about entries: `KIND subject due resolution`, oldest first.
async fn tasks(hand: &Hand) -> Vec<String> {
    let query = "{ tasks(closedToo: true, first: 100) { nodes { kind subjectId dueOn resolution \
                  closedBy } } }";
    let data = hand.ask(query, json!({})).await;
    let found = data["tasks"]["nodes"].as_array().unwrap().iter();
    let of_entries = found.filter(|task| {
        let subject = task["subjectId"].as_str().unwrap_or_default();
        ["claim_", "removal_", "report_"]
            .iter()
            .any(|kind| subject.starts_with(kind))
    });
    of_entries
        .map(|task| {
            let text = |name: &str| task[name].as_str().unwrap_or("open").to_owned();
            let kind = text("subjectId");
            let kind = kind.split('_').next().unwrap();
            format!(
                "{} {kind} {} {}",
                text("kind"),
                text("dueOn"),
                text("resolution")
            )
        })
        .collect()
}

/// What waits, whether or not the scheduler ran: `KIND due overdue`.
async fn waiting(hand: &Hand, within: i32) -> Vec<String> {
    let query = "query($within: Int!) { expiring(within: $within, first: 100) { nodes { kind dueOn \
                 isOverdue npi subjectId toDo } } }";
    let data = hand.ask(query, json!({ "within": within })).await;
    let found = data["expiring"]["nodes"].as_array().unwrap().iter();
    let of_entries =
        found.filter(|it| ["CLAIM", "REMOVAL", "REPORT"].contains(&it["kind"].as_str().unwrap()));
    of_entries
        .map(|it| {
            assert!(it["npi"].is_string() && !it["toDo"].as_str().unwrap().is_empty());
            format!("{} {} {}", it["kind"], it["dueOn"], it["isOverdue"]).replace('"', "")
        })
        .collect()
}

/// Who was or is to be told, and of what: `KIND account subject due`.
async fn told(desk: &Desk) -> Vec<String> {
    let all = notices(&desk.app.store).await;
    all.iter()
        .map(|it| {
            let notice = &it.notice;
            let to = match &notice.to {
                domain::notice::Addressee::Account(account) => account.0.to_string(),
                domain::notice::Addressee::Address(address) => address.to_string(),
                domain::notice::Addressee::Entry(npi) => npi.to_string(),
            };
            format!("{} {to} {} {}", notice.kind, notice.subject, notice.due_on)
        })
        .collect()
}

fn claim(serial: u32, method: &str) -> Value {
    json!({ "npi": npi(serial), "method": method })
}

#[expect(clippy::needless_pass_by_value, reason = "made in place")]
fn word(claim: &Value, word: Value) -> Value {
    json!({ "claimId": claim["id"], "expectedVersion": claim["version"], "word": word })
}

const CLAIM: &str = "claim { id version state codeExpiresAt attempts }";

async fn issued(verifier: &Hand, claim: &Value) -> (Value, String) {
    let input = json!({ "claimId": claim["id"], "expectedVersion": claim["version"] });
    let done = verifier
        .does("issueClaimCode", input, &format!("{CLAIM} code"))
        .await;
    (
        done["claim"].clone(),
        done["code"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test]
pub(crate) async fn a_claim_by_letter_asks_one_of_us_to_post_its_code_and_tells_the_claimant_of_each_step()
 {
    let (desk, ada, vera, _) = a_desk().await;

    let made = ada
        .does("claimProvider", claim(1, "POSTAL_ADDRESS"), CLAIM)
        .await;

    // From a Saturday, two business days.
    assert_eq!(tasks(&vera).await, ["CLAIM_CODE claim 2026-11-24 open"]);
    assert_eq!(waiting(&vera, 7).await, ["CLAIM 2026-11-24 false"]);
    assert_eq!(told(&desk).await, ["CLAIM 1 We have your claim 2026-11-24"]);
    let (held, code) = issued(&vera, &made["claim"]).await;
    assert_eq!(tasks(&vera).await, ["CLAIM_CODE claim 2026-11-24 DONE"]);
    assert_eq!(waiting(&vera, 1_000).await, [""; 0], "the claimant's turn");
    ada.does("confirmClaim", word(&held, json!({ "code": code })), CLAIM)
        .await;
    assert_eq!(
        told(&desk).await,
        [
            "CLAIM 1 We have your claim 2026-11-24",
            "CLAIM 1 Your code is on its way 2026-11-21",
            "CLAIM 1 The entry is yours 2026-12-21",
        ]
    );
    let texts = notices(&desk.app.store).await;
    let texts = texts.iter().map(|it| &it.notice.body);
    assert!(
        texts.into_iter().all(|text| !text.contains(&code)),
        "no code leaves by mail"
    );
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 0);
}

#[tokio::test]
pub(crate) async fn a_code_that_was_spent_or_has_expired_is_asked_for_again() {
    let (desk, ada, vera, _) = a_desk().await;
    let made = ada
        .does("claimProvider", claim(1, "PRACTICE_PHONE"), CLAIM)
        .await;
    let (mut held, _) = issued(&vera, &made["claim"]).await;
    for _ in 0..6 {
        let wrong = word(&held, json!({ "code": "00000000" }));
        assert_eq!(ada.is_told("confirmClaim", wrong).await, "GUARD_FAILED");
        held["version"] = json!(held["version"].as_i64().unwrap() + 1);
    }
    let spent = tasks(&vera).await;
    assert_eq!(
        spent,
        [
            "CLAIM_CODE claim 2026-11-24 DONE",
            "CLAIM_CODE claim 2026-11-24 open"
        ],
        "in the change of the sixth wrong code"
    );
    desk.advance(TimeDelta::minutes(1));
    issued(&vera, &held).await;
    assert_eq!(waiting(&vera, 7).await, [""; 0]);
    // Nobody enters it; nobody but the clock knows.
    desk.advance(TimeDelta::hours(2));
    assert_eq!(waiting(&vera, 7).await, ["CLAIM 2026-11-24 false"]);
    assert_eq!(tasks(&vera).await.len(), 2, "the scheduler never ran");
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 1);
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 0);
    assert_eq!(tasks(&vera).await.len(), 3);
    desk.advance(TimeDelta::days(4));
    assert_eq!(waiting(&vera, 0).await, ["CLAIM 2026-11-24 true"]);
}

#[tokio::test]
pub(crate) async fn whoever_holds_an_entry_hears_that_somebody_else_claims_it_and_that_they_got_it()
{
    let (desk, ada, vera, dan) = a_desk().await;
    let eve = desk.hand("Eve", &[Role::Provider]);
    reachable(&desk.app.store, Npi::sample(1), 9).await;

    let made = eve
        .does("claimProvider", claim(1, "POSTAL_ADDRESS"), CLAIM)
        .await;

    assert_eq!(tasks(&vera).await, ["CLAIM_DECISION claim 2026-11-24 open"]);
    assert_eq!(
        told(&desk).await,
        [
            "CLAIM 4 We have your claim 2026-11-24",
            "CLAIM 9 Somebody else claims your entry 2026-11-24",
        ]
    );
    let seen = word(&made["claim"], json!({ "evidenceSeen": "a passport" }));
    dan.does("confirmClaim", seen, CLAIM).await;
    assert_eq!(tasks(&vera).await, ["CLAIM_DECISION claim 2026-11-24 DONE"]);
    assert_eq!(
        told(&desk).await[2..],
        [
            "CLAIM 4 The entry is yours 2026-12-21",
            "CLAIM 9 An entry is no longer yours 2026-12-21",
        ]
    );
    assert!(ada.who.account.is_some());
}

#[tokio::test]
pub(crate) async fn a_declined_claim_is_told_and_one_that_is_given_up_is_nobodys_to_do() {
    let (desk, ada, vera, _) = a_desk().await;
    let eve = desk.hand("Eve", &[Role::Provider]);
    let first = ada
        .does("claimProvider", claim(1, "EVIDENCE_SEEN"), CLAIM)
        .await;
    let second = eve
        .does("claimProvider", claim(2, "PRACTICE_PHONE"), CLAIM)
        .await;
    assert_eq!(
        tasks(&vera).await,
        [
            "CLAIM_DECISION claim 2026-11-24 open",
            "CLAIM_CODE claim 2026-11-24 open",
        ]
    );
    let no = word(
        &first["claim"],
        json!({ "decline": "it is another person" }),
    );
    vera.does("confirmClaim", no, CLAIM).await;
    let given_up = word(&second["claim"], json!({ "withdraw": true }));
    eve.does("confirmClaim", given_up, CLAIM).await;
    assert!(tasks(&vera).await.iter().all(|task| task.ends_with("DONE")));
    assert_eq!(
        told(&desk).await[2..],
        ["CLAIM 1 Your claim was declined 2026-12-21"]
    );
    let why = notices(&desk.app.store).await;
    assert!(
        !why.iter()
            .any(|it| it.notice.body.contains("another person"))
    );
}

#[tokio::test]
pub(crate) async fn a_removal_has_a_clock_that_goes_on_when_its_task_was_closed_or_never_opened() {
    let (desk, _, vera, dan) = a_desk().await;
    reachable(&desk.app.store, Npi::sample(1), 9).await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let made = ada
        .does(
            "requestRemoval",
            json!({ "npi": npi(1), "wantsErasure": true }),
            "removal { id version }",
        )
        .await;
    assert_eq!(tasks(&dan).await, ["REMOVAL_DUE removal 2026-12-21 open"]);
    assert_eq!(
        told(&desk).await,
        ["REMOVAL 9 We have your request that your entry goes 2026-11-24"]
    );
    // Somebody closes the task and decides nothing.
    let query = "{ tasks { nodes { id version } } }";
    let open = dan.ask(query, json!({})).await;
    let open = &open["tasks"]["nodes"][0];
    let close =
        json!({ "taskId": open["id"], "expectedVersion": open["version"], "resolution": "DONE" });
    dan.does("closeTask", close, "task { id }").await;
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 0);
    desk.clock.set("2026-12-14T15:00:00Z".parse().unwrap());
    assert_eq!(waiting(&vera, 7).await, ["REMOVAL 2026-12-21 false"]);
    run_once(&desk.app).await.unwrap();
    assert_eq!(tasks(&dan).await.len(), 2, "it nears its day");
    desk.clock.set("2026-12-22T15:00:00Z".parse().unwrap());
    run_once(&desk.app).await.unwrap();
    assert_eq!(tasks(&dan).await.len(), 2, "one is open");
    assert_eq!(waiting(&vera, 0).await, ["REMOVAL 2026-12-21 true"]);

    let decision = json!({
        "removalId": made["removal"]["id"], "expectedVersion": 1, "decision": "ERASE",
    });
    dan.does("decideRemoval", decision, "removal { state }")
        .await;

    assert!(tasks(&dan).await.iter().all(|task| task.ends_with("DONE")));
    assert_eq!(waiting(&vera, 1_000).await, [""; 0]);
    assert_eq!(
        told(&desk).await.last().unwrap(),
        "REMOVAL 9 Your data is erased 2027-01-21"
    );
    // Nobody holds the entry any more, and yet whoever held it is told.
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "directory@example.org").unwrap();
    let sent = deliver(&desk.app, &outbox).await.unwrap();
    assert_eq!((sent.sent, sent.failed), (2, 0));
}

#[tokio::test]
pub(crate) async fn whoever_leaves_an_address_hears_of_the_answer_and_nothing_before_and_is_forgotten()
 {
    let (desk, _, vera, _) = a_desk().await;
    let anybody = desk.anybody();
    let report = |serial: u32, reply_to: Option<&str>| {
        json!({
            "npi": npi(serial), "kind": "WRONG_PHONE", "message": "a bakery", "replyTo": reply_to,
        })
    };
    let shown = "report { reference }";
    let wrong = report(1, Some("not an address"));
    assert_eq!(anybody.is_told("reportMistake", wrong).await, "BAD_INPUT");

    anybody.does("reportMistake", report(1, None), shown).await;
    let pat = report(2, Some("pat@example.org"));
    anybody.does("reportMistake", pat.clone(), shown).await;
    anybody.does("reportMistake", pat, shown).await;

    assert_eq!(
        told(&desk).await,
        [""; 0],
        "the address may be anybody's, and nobody has looked"
    );
    assert_eq!(tasks(&vera).await, ["REPORT_DUE report 2026-11-24 open"; 3]);
    assert_eq!(waiting(&vera, 3).await, ["REPORT 2026-11-24 false"; 3]);
    let query = "{ reports(state: OPEN) { nodes { id version npi } } }";
    let open = vera.ask(query, json!({})).await;
    for report in open["reports"]["nodes"].as_array().unwrap() {
        let answer = json!({
            "reportId": report["id"], "expectedVersion": report["version"],
            "resolution": "CORRECTED", "answer": "It rings at the practice now.",
        });
        vera.does("resolveReport", answer, "report { state }").await;
    }
    assert_eq!(
        told(&desk).await,
        ["REPORT pat@example.org Your report was answered 2026-12-21"; 2]
    );
    assert!(tasks(&vera).await.iter().all(|task| task.ends_with("DONE")));
    let log = format!("{:?}", desk.events().await);
    assert!(!log.contains("pat@example.org"));
    let (_, kept) = of_report(&desk).await;
    assert_eq!(kept, 0, "the address goes with the answer");
}

#[tokio::test]
pub(crate) async fn who_has_told_an_address_for_their_entry_is_reached_there() {
    let (desk, mut ada, _, dan) = a_desk().await;
    let made = ada
        .does("claimProvider", claim(1, "EVIDENCE_SEEN"), CLAIM)
        .await;
    let seen = word(&made["claim"], json!({ "evidenceSeen": "a passport" }));
    dan.does("confirmClaim", seen, CLAIM).await;
    ada.who.entries = vec![Npi::sample(1)];
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "directory@example.org").unwrap();
    let db = desk.app.store.connection();
    let sent = deliver(&desk.app, &outbox).await.unwrap();
    assert_eq!(
        (sent.sent, sent.failed),
        (0, 2),
        "the account has no address"
    );
    assert!(notice::reachable(db).await.unwrap().is_empty());
    let query = "{ provider(npi: \"9000000016\") { version } }".replace("9000000016", &npi(1));
    let version = desk.anybody().ask(&query, json!({})).await["provider"]["version"].clone();
    let said = json!({ "npi": npi(1), "expectedVersion": version, "email": "ada@example.org" });
    ada.does("updateProfile", said, "provider { npi }").await;
    desk.advance(TimeDelta::days(1));

    let sent = deliver(&desk.app, &outbox).await.unwrap();

    assert_eq!((sent.sent, sent.failed), (2, 0));
    assert_eq!(
        notice::reachable(db)
            .await
            .unwrap()
            .into_iter()
            .collect::<Vec<_>>(),
        [Npi::sample(1)]
    );
    // An account that is shut out is not reached in another way.
    let disable = "UPDATE account SET disabled_at = '2026-11-22 09:00:00+00:00' WHERE id = 1";
    db.execute_unprepared(disable).await.unwrap();
    assert!(notice::reachable(db).await.unwrap().is_empty());
    let to = [
        Addressee::Account(ada.who.account.unwrap()),
        Addressee::Entry(Npi::sample(1)),
    ];
    let found = notice::addresses(db, &to).await.unwrap();
    assert_eq!(found, [Vec::<String>::new(), Vec::new()]);
}

/// How many reports there are, and how many hold an address.
async fn of_report(desk: &Desk) -> (i64, i64) {
    use sea_orm::Statement;

    let db = desk.app.store.connection();
    let sql = "SELECT COUNT(*) AS n, COUNT(reply_to) AS kept FROM mistake_report";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    (
        row.try_get("", "n").unwrap(),
        row.try_get("", "kept").unwrap(),
    )
}

#[tokio::test]
pub(crate) async fn what_was_asked_before_there_were_tasks_is_asked_for_by_the_scheduler() {
    let (desk, ada, vera, dan) = a_desk().await;
    ada.does("claimProvider", claim(1, "POSTAL_ADDRESS"), CLAIM)
        .await;
    dan.does("requestRemoval", json!({ "npi": npi(2) }), "removal { id }")
        .await;
    // As a program from before would have left it.
    let txn = desk.app.store.begin().await.unwrap();
    txn.db()
        .execute_unprepared("DELETE FROM task")
        .await
        .unwrap();
    let event = drypoint::store::log::NewEvent::by_system("test", "task", desk.clock.now());
    drypoint::store::log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    run_once(&desk.app).await.unwrap();
    assert_eq!(
        tasks(&vera).await,
        [
            "CLAIM_CODE claim 2026-11-24 open",
            "REMOVAL_DUE removal 2026-12-21 open",
        ]
    );
}
