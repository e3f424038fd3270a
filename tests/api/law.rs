//! The law and the policy as an admin changes them.

use chrono::TimeDelta;
use domain::access::Role;
use domain::npi::Npi;
use domain::place::Jurisdiction::{Co, Ny};
use domain::policy::Policy;
use domain::taxonomy::Discipline::PhysicalTherapist;
use serde_json::{Value, json};

use crate::support::desk::Desk;
use crate::support::people::{DENVER, NEW_YORK, a_provider};

/// The open period of New York's physical therapists.
async fn open_rule(desk: &Desk) -> String {
    let query =
        "{ scopeRules(jurisdiction: NY, discipline: PHYSICAL_THERAPIST) { id effectiveTo } }";
    let data = desk.anybody().ask(query, json!({})).await;
    let rules = data["scopeRules"].as_array().unwrap().iter();
    let mut open = rules.filter(|rule| rule["effectiveTo"].is_null());
    open.next().unwrap()["id"].as_str().unwrap().to_owned()
}

fn permitted(from: &str) -> Value {
    json!({
        "jurisdiction": "NY", "discipline": "PHYSICAL_THERAPIST", "status": "PERMITTED",
        "effectiveFrom": from, "instrument": "STATUTE", "citation": "a new act",
        "confidence": "HIGH", "summary": "Physical therapists may.",
    })
}

async fn status(desk: &Desk, on: &str) -> String {
    let query = format!(
        "{{ scopeDecision(jurisdiction: NY, discipline: PHYSICAL_THERAPIST, on: \"{on}\") {{ status }} }}"
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    data["scopeDecision"]["status"].as_str().unwrap().to_owned()
}

/// Acceptance case 25: a rule changes on 1 July.
#[tokio::test]
pub(crate) async fn case_25_a_rule_that_changes_decides_from_its_first_day_and_not_before() {
    let desk = Desk::open().await;
    desk.with([a_provider(1)
        .licensed(PhysicalTherapist, Ny)
        .at(NEW_YORK, Ny)])
        .await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let listed = |on: &'static str| {
        let desk = &desk;
        async move {
            let query = format!(
                "{{ whyNotShown(npi: \"{}\", on: \"{on}\") {{ reasons {{ code outcome }} }} }}",
                Npi::sample(1)
            );
            let data = desk.anybody().ask(&query, json!({})).await;
            let reasons = data["whyNotShown"][0]["reasons"]
                .as_array()
                .unwrap()
                .clone();
            let scope = reasons.iter().find(|reason| reason["code"] == "SCOPE");
            scope.unwrap()["outcome"].as_str().unwrap().to_owned()
        }
    };
    let rule = open_rule(&desk).await;
    assert_eq!(
        admin.is_told("addScopeRule", permitted("2027-07-01")).await,
        "GUARD_FAILED",
        "two periods on one day"
    );
    let close = json!({ "ruleId": rule, "effectiveTo": "2027-07-01" });

    admin
        .does("closeScopeRule", close.clone(), "rule { effectiveTo }")
        .await;
    assert_eq!(status(&desk, "2027-07-01").await, "UNKNOWN");
    let added = admin
        .does(
            "addScopeRule",
            permitted("2027-07-01"),
            "rule { id citation }",
        )
        .await;

    assert_eq!(added["rule"]["id"], "rule_NY-PHYSICAL_THERAPIST-2027-07-01");
    assert_eq!(status(&desk, "2027-06-30").await, "PROHIBITED");
    assert_eq!(status(&desk, "2027-07-01").await, "PERMITTED");
    assert_eq!(listed("2027-06-30").await, "FAIL");
    assert_eq!(listed("2027-07-01").await, "PASS");
    assert_eq!(admin.is_told("closeScopeRule", close).await, "GUARD_FAILED");
    let events = desk.events().await;
    let [closed, added] = &events[events.len() - 2..] else {
        panic!("two events");
    };
    assert_eq!(closed["reasonCode"], "CLOSED");
    assert_eq!(added["reasonCode"], "ADDED");
    assert_eq!(added["entityType"], "scope_rule");
}

#[tokio::test]
pub(crate) async fn law_is_dated_cited_and_without_gaps_or_it_is_not_law() {
    let desk = Desk::open().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let rule = open_rule(&desk).await;
    let close = json!({ "ruleId": rule, "effectiveTo": "2027-07-01" });
    admin.does("closeScopeRule", close, "rule { id }").await;
    let before = desk.events().await.len();
    for (field, value, code) in [
        ("citation", json!(null), "BAD_INPUT"),
        ("summary", json!(" "), "BAD_INPUT"),
        ("effectiveTo", json!("2027-07-01"), "GUARD_FAILED"),
        ("effectiveFrom", json!("2027-08-01"), "GUARD_FAILED"),
        ("effectiveFrom", json!("2027-06-30"), "GUARD_FAILED"),
        (
            "requirements",
            json!([{ "subject": "PROVIDER", "kind": "TRAINING_HOURS_TOTAL", "value": "54",
                     "unit": "HOURS", "confidence": "HIGH" }]),
            "GUARD_FAILED",
        ),
    ] {
        let mut input = permitted("2027-07-01");
        input[field] = value.clone();
        assert_eq!(
            admin.is_told("addScopeRule", input).await,
            code,
            "{field} {value}"
        );
    }
    assert_eq!(desk.events().await.len(), before);
    let mut conditional = permitted("2027-07-01");
    conditional["status"] = json!("CONDITIONAL");
    conditional["requirements"] = json!([{
        "subject": "PROVIDER", "kind": "TRAINING_HOURS_TOTAL", "value": "54", "unit": "HOURS",
        "confidence": "HIGH",
    }]);
    let added = admin
        .does(
            "addScopeRule",
            conditional,
            "rule { requirements { kind value } }",
        )
        .await;
    assert_eq!(
        added["rule"]["requirements"],
        json!([{ "kind": "TRAINING_HOURS_TOTAL", "value": "54" }])
    );
    let mut theirs = permitted("2030-01-01");
    theirs["idempotencyKey"] = json!("k");
    let vera = desk.hand("Vera", &[Role::Verifier]);
    assert_eq!(vera.is_refused("addScopeRule", theirs).await, "FORBIDDEN");
}

/// Acceptance case 26: silent law is no prohibition, and says so.
#[tokio::test]
pub(crate) async fn case_26_silent_law_is_unknown_with_the_words_that_say_so() {
    let desk = Desk::open().await;
    desk.with([a_provider(1)
        .licensed(PhysicalTherapist, Ny)
        .at(NEW_YORK, Ny)])
        .await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let close = json!({ "ruleId": open_rule(&desk).await, "effectiveTo": "2026-11-21" });
    admin.does("closeScopeRule", close, "rule { id }").await;
    let mut silent = permitted("2026-11-21");
    silent["status"] = json!("SILENT");
    admin.does("addScopeRule", silent, "rule { id }").await;
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ outcome reasons {{ code outcome message }} }} }}",
        Npi::sample(1)
    );

    let data = desk.anybody().ask(&query, json!({})).await;

    let listing = &data["whyNotShown"][0];
    let reasons = listing["reasons"].as_array().unwrap();
    let scope = reasons
        .iter()
        .find(|reason| reason["code"] == "SCOPE")
        .unwrap();
    assert_eq!(scope["outcome"], "UNKNOWN");
    let message = scope["message"].as_str().unwrap();
    assert!(message.contains("state law does not say"), "{message}");
    assert!(!message.contains("not permitted"), "{message}");
    assert_eq!(listing["outcome"], "VERIFIED");
    // The policy may withhold such people.
    let policy = json!({ "expectedVersion": 1, "silentScope": "WITHHOLD" });
    admin.does("setPolicy", policy, "policy { version }").await;
    let data = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(data["whyNotShown"][0]["outcome"], "UNVERIFIED");
}

#[tokio::test]
pub(crate) async fn a_policy_holds_from_its_instant_on_and_not_before() {
    let desk = Desk::open().await;
    desk.with([a_provider(1).licensed(PhysicalTherapist, Co).at(DENVER, Co)])
        .await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    // The check is eleven days old.
    let shorter = json!({
        "expectedVersion": 1, "licenseCheckDays": 10, "effectiveAt": "2026-11-21T20:00:00Z",
    });

    let set = admin
        .does(
            "setPolicy",
            shorter,
            "policy { version licenseCheckDays effectiveAt }",
        )
        .await;

    assert_eq!(set["policy"]["version"], 2);
    let query = format!(
        "{{ policy {{ version licenseCheckDays }} whyNotShown(npi: \"{}\") {{ outcome }} }}",
        Npi::sample(1)
    );
    let before = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(
        before["policy"],
        json!({ "version": 1, "licenseCheckDays": 30 })
    );
    assert_eq!(before["whyNotShown"][0]["outcome"], "VERIFIED");

    desk.advance(TimeDelta::hours(1));
    desk.app.refresh().await.unwrap();

    let after = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(
        after["policy"],
        json!({ "version": 2, "licenseCheckDays": 10 })
    );
    assert_eq!(after["whyNotShown"][0]["outcome"], "UNVERIFIED");
}

fn withhold_from_2027() -> Value {
    json!({
        "expectedVersion": 1, "silentScope": "WITHHOLD", "effectiveAt": "2027-01-01T00:00:00Z",
    })
}

const WAITING: &str =
    "{ policy { version silentScope leaseHours scheduled { version silentScope effectiveAt } } }";

#[tokio::test]
pub(crate) async fn what_was_put_off_till_later_does_not_come_into_force_by_another_change() {
    let desk = Desk::open().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    admin.does("setPolicy", withhold_from_2027(), "").await;

    let read = desk.anybody().ask(WAITING, json!({})).await;
    assert_eq!(read["policy"]["version"], 1);
    assert_eq!(
        read["policy"]["scheduled"],
        json!([{
            "version": 2, "silentScope": "WITHHOLD", "effectiveAt": "2027-01-01T00:00:00Z",
        }]),
        "what is waiting is told, with the version that the next change names"
    );
    let at_once = json!({ "expectedVersion": 2, "leaseHours": 6 });
    let told = admin.tries("setPolicy", at_once.clone(), "").await;
    let error = &told["userErrors"][0];
    assert_eq!(error["code"], "GUARD_FAILED");
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("version 2 holds from 2027-01-01"),
        "{message}"
    );

    // After it: what it says is kept.
    let after = json!({
        "expectedVersion": 2, "leaseHours": 6, "effectiveAt": "2027-02-01T00:00:00Z",
    });
    let set = admin
        .does("setPolicy", after, "policy { version silentScope }")
        .await;
    assert_eq!(
        set["policy"],
        json!({ "version": 3, "silentScope": "WITHHOLD" })
    );
    // Instead of it: by name, and then nothing of it is left.
    let instead = json!({ "expectedVersion": 3, "leaseHours": 6, "dropsScheduled": true });
    admin.does("setPolicy", instead, "").await;
    let read = desk.anybody().ask(WAITING, json!({})).await;
    let today = json!({
        "version": 4, "silentScope": Policy::default().silent_scope.code(), "leaseHours": 6,
        "scheduled": [],
    });
    assert_eq!(read["policy"], today);
    let event = desk.events().await.pop().unwrap();
    let reason = event["reasonText"].as_str().unwrap();
    assert!(reason.ends_with("drops version 2, 3"), "{reason}");
    desk.advance(TimeDelta::days(100));
    desk.app.refresh().await.unwrap();
    let read = desk.anybody().ask(WAITING, json!({})).await;
    assert_eq!(read["policy"], today, "what was dropped never holds");
}

#[tokio::test]
pub(crate) async fn a_policy_that_does_not_hold_yet_makes_no_screening_due() {
    let desk = Desk::open().await;
    desk.with([a_provider(1).licensed(PhysicalTherapist, Co).at(DENVER, Co)])
        .await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let query = "{ screeningCoverage { people peopleScreened peopleDue } }";
    let before = admin.ask(query, json!({})).await;
    let shorter = json!({
        "expectedVersion": 1, "screeningDueDays": 1, "screeningOverdueDays": 2,
        "effectiveAt": "2027-01-01T00:00:00Z",
    });

    admin.does("setPolicy", shorter, "").await;

    assert_eq!(admin.ask(query, json!({})).await, before);
    assert_eq!(before["screeningCoverage"]["people"], 1);
}

/// A further choice that nobody can make or read fails here.
#[tokio::test]
pub(crate) async fn every_choice_of_the_policy_is_made_by_the_api_and_read_by_anybody() {
    let desk = Desk::open().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let held = serde_json::to_value(Policy::default()).unwrap();
    let mut version = 1;
    for (field, value) in held.as_object().unwrap() {
        let other = match (field.as_str(), value) {
            ("version", _) => continue,
            ("silentScope", _) => json!("WITHHOLD"),
            ("review", _) => json!("SINGLE_REVIEWER"),
            (_, Value::Bool(held)) => json!(!held),
            // Both are at least as long as another one.
            ("psvDays" | "screeningOverdueDays", held) => json!(held.as_u64().unwrap() + 1),
            (_, held) => json!(
                held.as_u64()
                    .unwrap()
                    .checked_sub(1)
                    .filter(|n| *n > 0)
                    .unwrap_or(2)
            ),
        };
        let input = json!({ "expectedVersion": version, field: other });

        let set = admin
            .does("setPolicy", input, &format!("policy {{ version {field} }}"))
            .await;

        version += 1;
        assert_eq!(set["policy"], json!({ "version": version, field: other }));
        let event = desk.events().await.pop().unwrap();
        assert_eq!(event["changedFields"], json!(field));
        desk.app.refresh().await.unwrap();
        let read = desk
            .anybody()
            .ask(&format!("{{ policy {{ {field} }} }}"), json!({}))
            .await;
        assert_eq!(read["policy"][field], other);
    }
}

#[tokio::test]
pub(crate) async fn a_policy_that_makes_no_sense_is_refused_by_its_field() {
    let desk = Desk::open().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    for (field, value) in [
        ("psvDays", json!(0)),
        ("samplePercent", json!(101)),
        ("cvoPsvDays", json!(121)),
        ("claimCodeAttempts", json!(21)),
        ("removalDays", json!(46)),
        ("effectiveAt", json!("2026-11-20T00:00:00Z")),
    ] {
        let input = json!({ "expectedVersion": 1, field: value });
        let payload = admin.tries("setPolicy", input, "policy { version }").await;
        assert_eq!(payload["userErrors"][0]["code"], "BAD_INPUT", "{field}");
        assert_eq!(payload["userErrors"][0]["field"], field);
    }
    let stale = json!({ "expectedVersion": 7, "psvDays": 100 });
    assert_eq!(admin.is_told("setPolicy", stale).await, "STALE_VERSION");
    let mut theirs = json!({ "expectedVersion": 1, "psvDays": 100 });
    theirs["idempotencyKey"] = json!("k");
    let vera = desk.hand("Vera", &[Role::Compliance]);
    assert_eq!(vera.is_refused("setPolicy", theirs).await, "FORBIDDEN");
}
