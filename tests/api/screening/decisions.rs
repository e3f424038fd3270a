//! Who may decide what about a match, and what it rests on.

use domain::access::Role;
use domain::npi::Npi;
use domain::screening::row::Column;
use serde_json::json;

use super::{
    a_letter, a_therapist, decision, list, looked_at, named, only, public, take_and_screen,
    together, two,
};
use crate::support::desk::Desk;

/// A desk with one certain match.
async fn held() -> Desk {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let npi = Npi::sample(1).to_string();
    let ada = named("NEEDHAM", "ADA", &[(Column::Npi, &npi)]);
    take_and_screen(&desk, &list(&[ada])).await;
    desk
}

#[tokio::test]
async fn a_certain_match_is_cleared_by_two_and_proposing_clears_nothing() {
    let desk = held().await;
    let pair = two(&desk);
    let review = looked_at(&pair.0).await;
    let letter = a_letter(&desk, 1).await;
    let cleared = decision(
        &review,
        "FALSE_POSITIVE",
        &json!({ "reason": "the Office says that it is not them", "evidenceIds": [letter] }),
    );
    let payload = pair
        .0
        .does(
            "adjudicateMatch",
            cleared.clone(),
            "exclusionMatch { state } proposal { id kind }",
        )
        .await;
    assert_eq!(payload["exclusionMatch"]["state"], "UNDER_REVIEW");
    assert_eq!(payload["proposal"]["kind"], "CLEAR_MATCH");
    assert_eq!(public(&desk, 1).await.1, "UNKNOWN");

    let word = json!({
        "proposalId": payload["proposal"]["id"],
        "expectedVersion": 1,
        "decision": "CONFIRM",
    });
    assert_eq!(
        pair.0.is_told("confirmAct", word.clone()).await,
        "SEPARATION_OF_DUTIES"
    );
    assert_eq!(public(&desk, 1).await.1, "UNKNOWN");
    pair.1.does("confirmAct", word, "").await;
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
    let query =
        "{ exclusionMatches { nodes { history { state proposedBy decidedBy evidenceIds } } } }";
    let data = pair.1.ask(query, json!({})).await;
    let history = data["exclusionMatches"]["nodes"][0]["history"]
        .as_array()
        .unwrap();
    assert_eq!(
        history.last().unwrap(),
        &json!({
            "state": "FALSE_POSITIVE",
            "proposedBy": "account_1",
            "decidedBy": "account_2",
            "evidenceIds": [letter],
        })
    );
}

#[tokio::test]
async fn a_proposal_binds_to_the_match_as_it_was() {
    let desk = held().await;
    let pair = two(&desk);
    let review = looked_at(&pair.0).await;
    let confirmed = decision(&review, "CONFIRM", &json!({ "reason": "theirs" }));
    let payload = pair
        .0
        .does("adjudicateMatch", confirmed, "proposal { id }")
        .await;
    // The next list corrects the row meanwhile.
    let npi = Npi::sample(1).to_string();
    let corrected = named(
        "NEEDHAM",
        "ADA",
        &[(Column::Npi, &npi), (Column::Zip, "80205")],
    );
    take_and_screen(&desk, &list(&[corrected])).await;
    let word = json!({
        "proposalId": payload["proposal"]["id"],
        "expectedVersion": 1,
        "decision": "CONFIRM",
    });
    assert_eq!(pair.1.is_told("confirmAct", word).await, "GUARD_FAILED");
    assert_eq!(only(&pair.0).await["state"], "UNDER_REVIEW");
}

#[tokio::test]
async fn a_waiver_lifts_the_exclusion_in_its_state_and_nowhere_else() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let npi = Npi::sample(1).to_string();
    let ada = |waiver: &[(Column, &str)]| {
        let columns = [&[(Column::Npi, npi.as_str())], waiver].concat();
        list(&[named("NEEDHAM", "ADA", &columns)])
    };
    let waived = [(Column::WaiverDate, "20210401"), (Column::WvrState, "CO")];
    take_and_screen(&desk, &ada(&waived)).await;
    let pair = two(&desk);
    let review = looked_at(&pair.0).await;
    let waive = |state: &str| {
        json!({
            "reason": "sole essential source",
            "waiver": { "jurisdiction": state, "scope": "the clinic at Denver" },
        })
    };
    // The row names another state.
    let elsewhere = decision(&review, "WAIVE", &waive("WY"));
    assert_eq!(
        pair.0.is_told("adjudicateMatch", elsewhere).await,
        "EVIDENCE_MISSING"
    );
    let nothing = decision(
        &review,
        "WAIVE",
        &json!({ "reason": "sole essential source" }),
    );
    assert_eq!(
        pair.0.is_told("adjudicateMatch", nothing).await,
        "GUARD_FAILED"
    );
    together(&pair, decision(&review, "WAIVE", &waive("CO"))).await;
    assert_eq!(only(&pair.0).await["waivedIn"], "CO");
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");

    // Waived in Wyoming by a letter, the exclusion stands in Colorado again.
    let letter = a_letter(&desk, 1).await;
    let again = decision(
        &only(&pair.0).await,
        "CONFIRM",
        &json!({ "reason": "wrong state" }),
    );
    together(&pair, again).await;
    let mut by_letter = waive("WY");
    by_letter["evidenceIds"] = json!([letter]);
    let confirmed = only(&pair.0).await;
    together(&pair, decision(&confirmed, "WAIVE", &by_letter)).await;
    let (outcome, reason, _) = public(&desk, 1).await;
    assert_eq!((outcome.as_str(), reason.as_str()), ("NOT_LISTED", "FAIL"));
}

#[tokio::test]
async fn a_waiver_that_the_next_list_no_longer_shows_is_over() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let npi = Npi::sample(1).to_string();
    let ada = |waiver: &[(Column, &str)]| {
        let columns = [&[(Column::Npi, npi.as_str())], waiver].concat();
        list(&[named("NEEDHAM", "ADA", &columns)])
    };
    let waived = [(Column::WaiverDate, "20210401"), (Column::WvrState, "CO")];
    take_and_screen(&desk, &ada(&waived)).await;
    let pair = two(&desk);
    let review = looked_at(&pair.0).await;
    let waive = json!({
        "reason": "sole essential source",
        "waiver": { "jurisdiction": "CO", "scope": "the clinic at Denver" },
    });
    together(&pair, decision(&review, "WAIVE", &waive)).await;
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
    take_and_screen(&desk, &ada(&[])).await;
    assert_eq!(only(&pair.0).await["state"], "CONFIRMED");
    assert_eq!(public(&desk, 1).await.0, "NOT_LISTED");
}

#[tokio::test]
async fn what_a_decision_rests_on_is_asked_for() {
    let desk = held().await;
    desk.with([a_therapist(2, "Ben", "Other")]).await;
    let (compliance, _) = two(&desk);
    let new = only(&compliance).await;
    let confirm = decision(&new, "CONFIRM", &json!({ "reason": "theirs" }));
    assert_eq!(
        compliance.is_told("adjudicateMatch", confirm).await,
        "ILLEGAL_TRANSITION"
    );
    let review = looked_at(&compliance).await;
    let elses = a_letter(&desk, 2).await;
    for (named, further, expected) in [
        ("CONFIRM", json!({}), "REASON_REQUIRED"),
        (
            "FALSE_POSITIVE",
            json!({ "reason": "no" }),
            "EVIDENCE_MISSING",
        ),
        // What was handed in for somebody else shows nothing about this person.
        (
            "FALSE_POSITIVE",
            json!({ "reason": "no", "evidenceIds": [elses] }),
            "EVIDENCE_MISSING",
        ),
        ("REINSTATE", json!({ "reason": "no" }), "ILLEGAL_TRANSITION"),
    ] {
        let input = decision(&review, named, &further);
        assert_eq!(
            compliance.is_told("adjudicateMatch", input).await,
            expected,
            "{named}"
        );
    }
    let stale = decision(&new, "START_REVIEW", &json!({}));
    assert_eq!(
        compliance.is_told("adjudicateMatch", stale).await,
        "STALE_VERSION"
    );
    assert_eq!(only(&compliance).await["version"], review["version"]);
}

#[tokio::test]
async fn nobody_decides_about_themselves_and_only_compliance_decides() {
    let desk = held().await;
    let about = only(&two(&desk).0).await;
    let review = decision(&about, "START_REVIEW", &json!({}));
    let own = desk.hand_of(
        "Own",
        &[Role::Compliance, Role::Provider],
        &[Npi::sample(1)],
    );
    assert_eq!(
        own.is_told("adjudicateMatch", review.clone()).await,
        "SEPARATION_OF_DUTIES"
    );
    let mut input = review;
    for (role, expected) in [
        (Role::Verifier, "FORBIDDEN"),
        (Role::Approver, "FORBIDDEN"),
        (Role::Auditor, "FORBIDDEN"),
        (Role::Admin, "FORBIDDEN"),
    ] {
        input["idempotencyKey"] = json!(format!("{role}"));
        let hand = desk.hand(role.code(), &[role]);
        assert_eq!(
            hand.is_refused("adjudicateMatch", input.clone()).await,
            expected,
            "{role}"
        );
    }
    assert_eq!(
        desk.anybody().is_refused("adjudicateMatch", input).await,
        "UNAUTHENTICATED"
    );
}
