//! Claims to entries, removals and reports of mistakes.

use chrono::TimeDelta;
use domain::access::Role;
use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::store::log::{self, Verdict};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{DENVER, Person, a_provider};

fn unclaimed(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
}

fn npi(serial: u32) -> String {
    Npi::sample(serial).to_string()
}

/// A desk with people on file and accounts 1 to 9.
async fn a_desk() -> Desk {
    let desk = Desk::open().await;
    desk.with([unclaimed(1), unclaimed(2)]).await;
    let db = desk.app.store.connection();
    for account in 1..10 {
        db.execute_unprepared(&format!(
            "INSERT INTO account (id, name, created_at, row_version)
             VALUES ({account}, 'a{account}', '2026-11-21 09:00:00+00:00', 1)"
        ))
        .await
        .unwrap();
    }
    desk
}

fn claim(serial: u32, method: &str) -> Value {
    json!({ "npi": npi(serial), "method": method })
}

#[expect(clippy::needless_pass_by_value, reason = "made in place")]
fn word(claim: &Value, word: Value) -> Value {
    json!({ "claimId": claim["id"], "expectedVersion": claim["version"], "word": word })
}

const CLAIM: &str = "claim { id version state disputes attempts }";

/// Claims an entry and has the code issued: the claim as it stands then, and the code.
async fn with_code(by: &Hand, verifier: &Hand, serial: u32) -> (Value, String) {
    let made = by
        .does("claimProvider", claim(serial, "PRACTICE_PHONE"), CLAIM)
        .await;
    let input = json!({ "claimId": made["claim"]["id"], "expectedVersion": 1 });
    let issued = verifier
        .does("issueClaimCode", input, &format!("{CLAIM} code"))
        .await;
    let code = issued["code"].as_str().unwrap().to_owned();
    (issued["claim"].clone(), code)
}

#[tokio::test]
pub(crate) async fn an_entry_is_claimed_by_the_code_that_was_read_out_to_the_practice() {
    let desk = a_desk().await;
    let (ada, vera) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Vera", &[Role::Verifier]),
    );
    let (held, code) = with_code(&ada, &vera, 1).await;
    assert_eq!(code.len(), 8);
    let file = desk.events().await;
    assert!(
        !format!("{file:?}").contains(&code),
        "the code stands in no log"
    );

    // As people type it.
    let typed = format!("{}-{}", code[..4].to_lowercase(), &code[4..]);
    let done = ada
        .does("confirmClaim", word(&held, json!({ "code": typed })), CLAIM)
        .await;

    assert_eq!(done["claim"]["state"], "CONFIRMED");
    let query = format!("{{ provider(npi: \"{}\") {{ claimed }} }}", npi(1));
    let data = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(data["provider"]["claimed"], true);
    let holders = drypoint::store::entry::holder::of(desk.app.store.connection(), Npi::sample(1));
    assert_eq!(holders.await.unwrap(), [ada.who.account.unwrap()]);
}

#[tokio::test]
pub(crate) async fn a_wrong_code_counts_and_six_of_them_end_the_code() {
    let desk = a_desk().await;
    let (ada, vera) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Vera", &[Role::Verifier]),
    );
    let (mut held, code) = with_code(&ada, &vera, 1).await;
    for attempt in 1..=6 {
        let told = ada
            .is_told("confirmClaim", word(&held, json!({ "code": "00000000" })))
            .await;
        assert_eq!(told, "GUARD_FAILED", "{attempt}");
        held["version"] = json!(held["version"].as_i64().unwrap() + 1);
    }
    let events = desk.events().await;
    let wrong = events
        .iter()
        .filter(|event| event["reasonCode"] == "WRONG_CODE");
    assert_eq!(wrong.count(), 6, "each is an event");
    // The right one is worth nothing now.
    let told = ada
        .is_told("confirmClaim", word(&held, json!({ "code": code })))
        .await;
    assert_eq!(told, "GUARD_FAILED");
    let input = json!({ "claimId": held["id"], "expectedVersion": held["version"] });
    let again = vera
        .does("issueClaimCode", input, &format!("{CLAIM} code"))
        .await;
    let done = ada
        .does(
            "confirmClaim",
            word(&again["claim"], json!({ "code": again["code"] })),
            CLAIM,
        )
        .await;
    assert_eq!(done["claim"]["state"], "CONFIRMED");
}

#[tokio::test]
pub(crate) async fn a_code_that_was_read_out_an_hour_ago_is_worth_nothing() {
    let desk = a_desk().await;
    let (ada, vera) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Vera", &[Role::Verifier]),
    );
    let (held, code) = with_code(&ada, &vera, 1).await;
    desk.advance(TimeDelta::hours(1));
    let told = ada
        .is_told("confirmClaim", word(&held, json!({ "code": code })))
        .await;
    assert_eq!(told, "GUARD_FAILED");
}

/// How long a code holds, how often one may err and when a removal is due are policy, not code.
#[tokio::test]
pub(crate) async fn the_policy_says_how_long_a_code_holds_and_how_often_one_may_err() {
    let desk = a_desk().await;
    let (ada, vera) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Vera", &[Role::Verifier]),
    );
    let dan = desk.hand("Dan", &[Role::Admin]);
    let choices = json!({
        "expectedVersion": 1, "claimCallCodeHours": 2, "claimCodeAttempts": 1, "removalDays": 10,
    });
    dan.does("setPolicy", choices, "policy { version }").await;
    let (held, code) = with_code(&ada, &vera, 1).await;
    desk.advance(TimeDelta::minutes(119));
    assert_eq!(
        ada.is_told("confirmClaim", word(&held, json!({ "code": "00000000" })))
            .await,
        "GUARD_FAILED"
    );
    let mut now = held.clone();
    now["version"] = json!(held["version"].as_i64().unwrap() + 1);
    let payload = ada
        .tries("confirmClaim", word(&now, json!({ "code": code })), "")
        .await;
    let message = payload["userErrors"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("too many"),
        "one error is one too many: {message}"
    );
    let asked = dan
        .does(
            "requestRemoval",
            json!({ "npi": npi(2) }),
            "removal { dueOn }",
        )
        .await;
    assert_eq!(asked["removal"]["dueOn"], "2026-12-01");
}

#[tokio::test]
pub(crate) async fn a_code_is_told_once_and_not_to_whom_it_is_for() {
    let desk = a_desk().await;
    let (ada, vera) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Vera", &[Role::Verifier]),
    );
    let made = ada
        .does("claimProvider", claim(1, "POSTAL_ADDRESS"), CLAIM)
        .await;
    let input = json!({
        "claimId": made["claim"]["id"], "expectedVersion": 1, "idempotencyKey": "once",
    });
    assert_eq!(
        ada.is_refused("issueClaimCode", input.clone()).await,
        "FORBIDDEN"
    );
    let first = vera.does("issueClaimCode", input.clone(), "code").await;
    assert!(first["code"].is_string());
    let again = vera
        .does("issueClaimCode", input, "code claim { id }")
        .await;
    assert_eq!(again["code"], Value::Null);
    assert_eq!(again["claim"]["id"], made["claim"]["id"]);
}

#[tokio::test]
pub(crate) async fn a_second_claim_is_a_dispute_that_no_code_decides() {
    let desk = a_desk().await;
    let (ada, eve) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Eve", &[Role::Provider]),
    );
    let (vera, dan) = (
        desk.hand("Vera", &[Role::Verifier]),
        desk.hand("Dan", &[Role::Admin]),
    );
    let (held, code) = with_code(&ada, &vera, 1).await;
    ada.does("confirmClaim", word(&held, json!({ "code": code })), CLAIM)
        .await;

    let second = eve
        .does("claimProvider", claim(1, "PRACTICE_PHONE"), CLAIM)
        .await;

    let second = &second["claim"];
    assert_eq!(second["disputes"], true);
    let input = json!({ "claimId": second["id"], "expectedVersion": 1 });
    assert_eq!(vera.is_told("issueClaimCode", input).await, "GUARD_FAILED");
    let open = dan
        .ask(
            "{ claims(state: OPEN) { nodes { id disputes } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        open["claims"]["nodes"],
        json!([{ "id": second["id"], "disputes": true }])
    );
    let without = word(second, json!({ "evidenceSeen": " " }));
    assert_eq!(
        dan.is_told("confirmClaim", without).await,
        "REASON_REQUIRED"
    );
    let mut seen = word(
        second,
        json!({ "evidenceSeen": "passport and licence, seen on a call" }),
    );
    seen["idempotencyKey"] = json!("v");
    assert_eq!(
        vera.is_refused("confirmClaim", seen.clone()).await,
        "FORBIDDEN"
    );
    seen["idempotencyKey"] = json!("d");
    let done = dan.does("confirmClaim", seen, CLAIM).await;
    assert_eq!(done["claim"]["state"], "CONFIRMED");
    let holders = drypoint::store::entry::holder::of(desk.app.store.connection(), Npi::sample(1));
    assert_eq!(
        holders.await.unwrap(),
        [eve.who.account.unwrap()],
        "one holder"
    );
}

#[tokio::test]
pub(crate) async fn nobody_decides_their_own_claim_and_others_claims_are_not_there() {
    let desk = a_desk().await;
    let ada = desk.hand("Ada", &[Role::Provider, Role::Admin]);
    let eve = desk.hand("Eve", &[Role::Provider]);
    let made = ada
        .does("claimProvider", claim(1, "EVIDENCE_SEEN"), CLAIM)
        .await;
    let own = word(&made["claim"], json!({ "evidenceSeen": "I know myself" }));
    assert_eq!(
        ada.is_told("confirmClaim", own).await,
        "SEPARATION_OF_DUTIES"
    );
    let mut theirs = word(&made["claim"], json!({ "withdraw": true }));
    theirs["idempotencyKey"] = json!("e");
    assert_eq!(eve.is_refused("confirmClaim", theirs).await, "NOT_FOUND");
}

#[tokio::test]
pub(crate) async fn what_its_holder_asks_to_go_is_out_of_view_at_once_and_a_refusal_shows_it_again()
{
    let desk = a_desk().await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let dan = desk.hand("Dan", &[Role::Admin]);
    let ask = json!({ "npi": npi(1), "reason": "I have retired" });

    let made = ada
        .does(
            "requestRemoval",
            ask.clone(),
            "removal { id version state dueOn }",
        )
        .await;

    assert_eq!(made["removal"]["dueOn"], "2026-12-21");
    let query = format!("{{ provider(npi: \"{}\") {{ npi }} }}", npi(1));
    let gone = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(gone["provider"], Value::Null);
    assert_eq!(ada.is_told("requestRemoval", ask).await, "GUARD_FAILED");
    let decision = |what: &str, note: Value| {
        json!({
            "removalId": made["removal"]["id"], "expectedVersion": 1, "decision": what, "note": note,
        })
    };
    let told = dan
        .is_told("decideRemoval", decision("REFUSE", Value::Null))
        .await;
    assert_eq!(told, "REASON_REQUIRED");
    let note = json!("asked back by the person on the telephone");
    dan.does(
        "decideRemoval",
        decision("REFUSE", note),
        "removal { state }",
    )
    .await;
    let back = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(back["provider"]["npi"], npi(1));
}

/// What a request asks for, decided.
fn decided(removal: &Value, what: &str) -> Value {
    json!({
        "removalId": removal["id"], "expectedVersion": removal["version"], "decision": what,
        "note": "looked at",
    })
}

async fn removal(by: &Hand, serial: u32, wants_erasure: bool) -> Value {
    let ask = json!({ "npi": npi(serial), "wantsErasure": wants_erasure });
    let made = by
        .does("requestRemoval", ask, "removal { id version }")
        .await;
    made["removal"].clone()
}

async fn is_shown(desk: &Desk, serial: u32) -> bool {
    let query = format!("{{ provider(npi: \"{}\") {{ npi }} }}", npi(serial));
    let data = desk.anybody().ask(&query, json!({})).await;
    data["provider"]["npi"] == npi(serial)
}

#[tokio::test]
pub(crate) async fn no_admin_alone_makes_an_entry_go() {
    let desk = a_desk().await;
    let (dan, dee) = (
        desk.hand("Dan", &[Role::Admin]),
        desk.hand("Dee", &[Role::Admin]),
    );
    let asked = removal(&dan, 1, true).await;

    let told = dan.is_told("decideRemoval", decided(&asked, "ERASE")).await;

    assert_eq!(told, "SEPARATION_OF_DUTIES");
    assert!(is_shown(&desk, 1).await);
    let done = dee
        .does(
            "decideRemoval",
            decided(&asked, "ERASE"),
            "removal { state }",
        )
        .await;
    assert_eq!(done["removal"]["state"], "ERASED");
    assert!(!is_shown(&desk, 1).await);
}

#[tokio::test]
pub(crate) async fn nothing_is_erased_that_nobody_asked_to_erase() {
    let desk = a_desk().await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let dan = desk.hand("Dan", &[Role::Admin]);
    let asked = removal(&ada, 1, false).await;
    assert_eq!(
        dan.is_told("decideRemoval", decided(&asked, "ERASE")).await,
        "GUARD_FAILED"
    );
    let done = dan
        .does(
            "decideRemoval",
            decided(&asked, "HIDE"),
            "removal { state }",
        )
        .await;
    assert_eq!(done["removal"]["state"], "HIDDEN");
}

#[tokio::test]
pub(crate) async fn a_refusal_shows_what_its_request_hid_and_nothing_that_another_did() {
    let desk = a_desk().await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let dan = desk.hand("Dan", &[Role::Admin]);
    let first = removal(&ada, 1, false).await;
    dan.does("decideRemoval", decided(&first, "HIDE"), "removal { id }")
        .await;
    let second = removal(&ada, 1, true).await;

    dan.does(
        "decideRemoval",
        decided(&second, "REFUSE"),
        "removal { id }",
    )
    .await;

    assert!(!is_shown(&desk, 1).await, "they never asked to be shown");
}

/// The claim that is open, as an admin sees it.
async fn open_claim(admin: &Hand) -> Value {
    let query = "{ claims(state: OPEN) { nodes { id version } } }";
    let mut data = admin.ask(query, json!({})).await;
    data["claims"]["nodes"][0].take()
}

#[tokio::test]
pub(crate) async fn an_entry_that_was_registered_goes_back_when_its_claim_comes_to_nothing() {
    let desk = a_desk().await;
    let dan = desk.hand("Dan", &[Role::Admin]);
    for (serial, ends) in [(7, "declined"), (8, "given up")] {
        let mut eve = desk.hand("Eve", &[Role::Provider]);
        let new = json!({ "npi": npi(serial), "name": { "family": "Impostor" } });
        eve.does("registerProvider", new, "provider { npi }").await;
        let db = desk.app.store.connection();
        let who = Npi::sample(serial);
        let holders = drypoint::store::entry::holder::of(db, who);
        assert_eq!(holders.await.unwrap(), [eve.who.account.unwrap()]);
        eve.who.entries = vec![who];
        let said = json!({
            "npi": npi(serial), "expectedVersion": 1, "email": "eve@example.org",
        });
        eve.does("updateProfile", said, "provider { npi }").await;
        let claim = open_claim(&dan).await;

        if ends == "declined" {
            let no = word(&claim, json!({ "decline": "a passport of somebody else" }));
            dan.does("confirmClaim", no, CLAIM).await;
        } else {
            let end = word(&claim, json!({ "withdraw": true }));
            eve.does("confirmClaim", end, CLAIM).await;
        }

        let holders = drypoint::store::entry::holder::of(db, who);
        assert!(holders.await.unwrap().is_empty(), "{ends}");
        let contact = drypoint::store::entry::profile::contact(db, who);
        assert!(contact.await.unwrap().email.is_none(), "{ends}");
        let events = desk.events().await;
        let fields = &events.last().unwrap()["changedFields"];
        assert_eq!(fields, "holder,contact", "{ends}");
    }
}

#[tokio::test]
pub(crate) async fn whoever_shows_who_they_are_keeps_what_they_registered() {
    let desk = a_desk().await;
    let dan = desk.hand("Dan", &[Role::Admin]);
    let eve = desk.hand("Eve", &[Role::Provider]);
    let new = json!({ "npi": npi(7), "name": { "family": "Newly" } });
    eve.does("registerProvider", new, "provider { npi }").await;
    let claim = open_claim(&dan).await;
    let seen = word(&claim, json!({ "evidenceSeen": "a passport" }));
    dan.does("confirmClaim", seen, CLAIM).await;
    let holders = drypoint::store::entry::holder::of(desk.app.store.connection(), Npi::sample(7));
    assert_eq!(holders.await.unwrap(), [eve.who.account.unwrap()]);
}

#[tokio::test]
pub(crate) async fn one_account_comes_to_hold_one_entry_however_many_it_claims() {
    let desk = a_desk().await;
    let (ada, vera) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand("Vera", &[Role::Verifier]),
    );
    let (first, first_code) = with_code(&ada, &vera, 1).await;
    let (second, second_code) = with_code(&ada, &vera, 2).await;
    let enter = |claim: &Value, code: &str| word(claim, json!({ "code": code }));
    ada.does("confirmClaim", enter(&first, &first_code), CLAIM)
        .await;

    let told = ada
        .is_told("confirmClaim", enter(&second, &second_code))
        .await;

    assert_eq!(told, "GUARD_FAILED");
    let holders = drypoint::store::entry::holder::of(desk.app.store.connection(), Npi::sample(2));
    assert!(holders.await.unwrap().is_empty());
}

#[tokio::test]
pub(crate) async fn whoever_asked_reads_what_they_asked_and_nobody_elses() {
    let desk = a_desk().await;
    let (ada, eve) = (
        desk.hand("Ada", &[Role::Provider]),
        desk.hand_of("Eve", &[Role::Provider], &[Npi::sample(2)]),
    );
    let made = ada
        .does("claimProvider", claim(1, "POSTAL_ADDRESS"), CLAIM)
        .await;
    let asked = removal(&eve, 2, false).await;
    let query = "{ claims { nodes { id version } } removals { nodes { id version } } }";

    let (of_ada, of_eve) = (
        ada.ask(query, json!({})).await,
        eve.ask(query, json!({})).await,
    );

    let claims = json!([{ "id": made["claim"]["id"], "version": 1 }]);
    assert_eq!(of_ada["claims"]["nodes"], claims);
    assert_eq!(of_ada["removals"]["nodes"], json!([]));
    assert_eq!(of_eve["claims"]["nodes"], json!([]));
    assert_eq!(of_eve["removals"]["nodes"], json!([asked]));
}

/// Acceptance case 46: the subject's data is erased.
#[tokio::test]
pub(crate) async fn case_46_an_erased_person_is_gone_and_the_chain_still_verifies() {
    let desk = a_desk().await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let dan = desk.hand("Dan", &[Role::Admin]);
    let said = json!({
        "npi": npi(1), "expectedVersion": 1, "name": { "given": "Zoë", "family": "Unmistakable" },
        "formerNames": [{ "family": "Formerly" }], "phone": "303-555-0199",
        "email": "zoe@example.org", "languages": ["es"],
    });
    ada.does("updateProfile", said, "provider { npi }").await;
    let ask = json!({ "npi": npi(1), "wantsErasure": true, "reason": "I am Unmistakable" });
    let made = ada
        .does("requestRemoval", ask, "removal { id version }")
        .await;
    let decision = json!({
        "removalId": made["removal"]["id"], "expectedVersion": 1, "decision": "ERASE",
    });

    dan.does("decideRemoval", decision, "removal { state reason }")
        .await;

    let db = desk.app.store.connection();
    let verdict = log::verify(&desk.app.store.read().await.unwrap())
        .await
        .unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
    let query = format!(
        "{{ provider(npi: \"{}\") {{ npi }} whyNotShown(npi: \"{0}\") {{ on }} }}",
        npi(1)
    );
    let gone = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(gone, json!({ "provider": null, "whyNotShown": [] }));
    let number = Npi::sample(1).number();
    for (table, of) in [
        ("subject_key", "provider_npi"),
        ("provider_name", "provider_npi"),
        ("provider_contact", "provider_npi"),
        ("provider_language", "provider_npi"),
    ] {
        let left = db
            .query_one_raw(sea_orm::Statement::from_string(
                db.get_database_backend(),
                format!("SELECT COUNT(*) AS n FROM {table} WHERE {of} = {number}"),
            ))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(left.try_get::<i64>("", "n").unwrap(), 0, "{table}");
    }
    let file = everything(&desk).await;
    for value in [
        "Unmistakable",
        "Formerly",
        "5550199",
        "zoe@example.org",
        "Trigger Point",
    ] {
        assert!(!file_of_person(&file, value), "{value} is still there");
    }
}

/// Every text column of the tables of a person, as one text, for person 1 alone.
async fn everything(desk: &Desk) -> String {
    let db = desk.app.store.connection();
    let mut text = String::new();
    let number = Npi::sample(1).number();
    for (table, of, columns) in [
        (
            "provider",
            "npi",
            "coalesce(given,'')||coalesce(family,'')||coalesce(website,'')",
        ),
        (
            "practice_location",
            "provider_npi",
            "coalesce(name,'')||address_lines||city||postal_code||coalesce(phone,'')",
        ),
        ("license", "provider_npi", "coalesce(number,'')"),
        (
            "removal_request",
            "provider_npi",
            "coalesce(reason_text,'')",
        ),
    ] {
        let rows = db
            .query_all_raw(sea_orm::Statement::from_string(
                db.get_database_backend(),
                format!("SELECT {columns} AS t FROM {table} WHERE {of} = {number}"),
            ))
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table} keeps its row");
        for row in rows {
            text += &row.try_get::<String>("", "t").unwrap();
            text.push('\n');
        }
    }
    text
}

fn file_of_person(file: &str, value: &str) -> bool {
    file.contains(value)
}

#[tokio::test]
pub(crate) async fn anybody_reports_a_mistake_and_asks_by_its_reference_what_came_of_it() {
    let desk = a_desk().await;
    let anybody = desk.anybody();
    let report = json!({ "npi": npi(1), "kind": "WRONG_PHONE", "message": "It is a bakery's." });

    let made = anybody
        .does("reportMistake", report, "report { reference state dueOn }")
        .await;

    let report = &made["report"];
    assert_eq!(report["state"], "OPEN");
    // The tests happen on a Saturday: two business days on is Tuesday.
    assert_eq!(report["dueOn"], "2026-11-24");
    let query = "query($reference: String!) { report(reference: $reference) { state answer } }";
    let with = json!({ "reference": report["reference"] });
    let told = anybody.ask(query, with.clone()).await;
    assert_eq!(told["report"], json!({ "state": "OPEN", "answer": null }));
    // Whoever may answer sees what there is to answer.
    let vera = desk.hand("Cora", &[Role::Compliance]);
    let queue = vera
        .ask(
            "{ reports(state: OPEN) { nodes { id version message } } }",
            json!({}),
        )
        .await;
    let waiting = &queue["reports"]["nodes"][0];
    assert_eq!(waiting["message"], "It is a bakery's.");
    let answer = |text: &str| {
        json!({
            "reportId": waiting["id"], "expectedVersion": waiting["version"],
            "resolution": "CORRECTED", "answer": text,
        })
    };
    assert_eq!(
        vera.is_told("resolveReport", answer("")).await,
        "REASON_REQUIRED"
    );
    vera.does(
        "resolveReport",
        answer("The number was corrected."),
        "report { state }",
    )
    .await;
    let told = anybody.ask(query, with).await;
    assert_eq!(
        told["report"],
        json!({ "state": "CORRECTED", "answer": "The number was corrected." })
    );
    let unknown = anybody
        .ask(query, json!({ "reference": "A".repeat(26) }))
        .await;
    assert_eq!(unknown["report"], Value::Null);
}

#[tokio::test]
pub(crate) async fn a_report_has_no_room_for_a_story_and_queues_are_private() {
    let desk = a_desk().await;
    let long = json!({ "npi": npi(1), "kind": "OTHER", "message": "x".repeat(501) });
    assert_eq!(
        desk.anybody().is_told("reportMistake", long).await,
        "BAD_INPUT"
    );
    let silent = json!({ "npi": npi(1), "kind": "OTHER" });
    assert_eq!(
        desk.anybody().is_told("reportMistake", silent).await,
        "BAD_INPUT"
    );
    let (dee, apollo) = (
        desk.hand("Dee", &[Role::ProviderDelegate]),
        desk.hand("Apollo", &[Role::Appeals]),
    );
    for (query, stranger) in [
        ("{ claims { nodes { id } } }", &dee),
        ("{ removals { nodes { id } } }", &dee),
        ("{ reports { nodes { id } } }", &apollo),
    ] {
        let answer = desk.anybody().answer(query, json!({})).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
            "{query}"
        );
        let answer = stranger.answer(query, json!({})).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "FORBIDDEN",
            "{query}"
        );
    }
}
