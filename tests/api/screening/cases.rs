//! Cases 30 to 35.

use chrono::TimeDelta;
use domain::npi::Npi;
use domain::screening::row::Column;
use serde_json::json;

use super::{
    a_letter, a_therapist, decision, list, looked_at, matches, named, only, public, row,
    take_and_screen, together, two,
};
use crate::support::desk::Desk;

#[tokio::test]
async fn case_30_an_equal_npi_holds_at_once_and_is_not_named_in_public() {
    let desk = Desk::open().await;
    desk.with([
        a_therapist(1, "Ada", "Needham"),
        a_therapist(2, "Nil", "Nobody"),
    ])
    .await;
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
    let npi = Npi::sample(1).to_string();
    let rows = [
        named("OTHER", "NAME", &[(Column::Npi, &npi)]),
        // A number that stands for none matches nobody.
        named("SOMEBODY", "ELSE", &[(Column::Npi, "0000000000")]),
    ];
    take_and_screen(&desk, &list(&rows)).await;

    let (compliance, _) = two(&desk);
    let found = only(&compliance).await;
    assert_eq!(found["tier"], "T1_NPI");
    assert_eq!(found["state"], "NEW");
    assert_eq!(found["npi"], npi);
    let (outcome, reason, message) = public(&desk, 1).await;
    assert_eq!(
        (outcome.as_str(), reason.as_str()),
        ("UNVERIFIED", "UNKNOWN")
    );
    // Not a word of a match: everybody whose check is unfinished reads the same.
    assert_eq!(message, "On exclusion lists, a check is unfinished.");
    assert_eq!(public(&desk, 2).await.0, "VERIFIED");
}

#[tokio::test]
async fn case_31_both_halves_of_a_hyphenated_name_are_third_tier() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Jane", "Smith-Jones")]).await;
    let rows = [
        named("SMITH", "JANE", &[]),
        named("JONES", "JANE", &[]),
        named("BROWN", "JANE", &[]),
    ];
    take_and_screen(&desk, &list(&rows)).await;

    let found = matches(&two(&desk).0).await;
    let tiers: Vec<_> = found.iter().map(|found| &found["tier"]).collect();
    assert_eq!(tiers, ["T3_NAME_CONTEXT", "T3_NAME_CONTEXT"]);
    // To be looked at, and no hold.
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
}

#[tokio::test]
async fn case_32_what_was_cleared_stays_cleared_until_its_row_changes() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let ada = |address: &str| {
        named(
            "NEEDHAM",
            "ADA",
            &[(Column::State, "CO"), (Column::Address, address)],
        )
    };
    take_and_screen(&desk, &list(&[ada("1 ELM ST")])).await;
    let (compliance, _) = two(&desk);
    let review = looked_at(&compliance).await;
    let cleared = decision(
        &review,
        "FALSE_POSITIVE",
        &json!({ "reason": "another middle name" }),
    );
    compliance.does("adjudicateMatch", cleared, "").await;

    // The next month's file has the identical row and another.
    let next = [ada("1 ELM ST"), named("ELSEWHERE", "NED", &[])];
    take_and_screen(&desk, &list(&next)).await;
    let same = only(&compliance).await;
    assert_eq!(same["state"], "FALSE_POSITIVE");

    let moved = [ada("2 OAK AVE"), named("ELSEWHERE", "NED", &[])];
    take_and_screen(&desk, &list(&moved)).await;
    let anew = only(&compliance).await;
    assert_eq!((&anew["id"], &anew["state"]), (&same["id"], &json!("NEW")));
    // And asked about once, not each month.
    let later = [&moved[..], &[named("ANOTHER", "ANN", &[])]].concat();
    take_and_screen(&desk, &list(&later)).await;
    assert_eq!(only(&compliance).await, anew);
}

#[tokio::test]
async fn case_33_a_row_that_is_gone_reinstates_nobody_until_two_people_show_the_notice() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    let npi = Npi::sample(1).to_string();
    let others: Vec<String> = (0..40)
        .map(|at| named(&format!("OTHER{at}"), "NAME", &[]))
        .collect();
    let ada = named("NEEDHAM", "ADA", &[(Column::Npi, &npi)]);
    take_and_screen(&desk, &list(&[&others[..], &[ada]].concat())).await;
    let pair = two(&desk);
    let review = looked_at(&pair.0).await;
    let confirmed = decision(
        &review,
        "CONFIRM",
        &json!({ "reason": "the NPI is theirs" }),
    );
    together(&pair, confirmed).await;
    let (outcome, reason, _) = public(&desk, 1).await;
    assert_eq!((outcome.as_str(), reason.as_str()), ("NOT_LISTED", "FAIL"));

    // While the row stands, no letter reinstates.
    let letter = a_letter(&desk, 1).await;
    let noticed = json!({ "reason": "notice of 1 December", "evidenceIds": [letter] });
    let standing = decision(&only(&pair.0).await, "REINSTATE", &noticed);
    assert_eq!(
        pair.0.is_told("adjudicateMatch", standing).await,
        "GUARD_FAILED"
    );

    desk.advance(TimeDelta::days(30));
    take_and_screen(&desk, &list(&others)).await;
    let gone = only(&pair.0).await;
    assert_eq!(
        (&gone["state"], &gone["listed"]),
        (&json!("CONFIRMED"), &json!(false))
    );
    assert_eq!(public(&desk, 1).await.0, "NOT_LISTED");

    // Without the notice nobody is reinstated; with it, by two.
    let bare = decision(
        &gone,
        "REINSTATE",
        &json!({ "reason": "gone from the list" }),
    );
    assert_eq!(
        pair.0.is_told("adjudicateMatch", bare).await,
        "EVIDENCE_MISSING"
    );
    together(&pair, decision(&gone, "REINSTATE", &noticed)).await;
    assert_eq!(only(&pair.0).await["state"], "REINSTATED");
    assert_eq!(public(&desk, 1).await.1, "PASS");
}

#[tokio::test]
async fn case_34_a_screening_is_due_after_30_days_and_too_old_after_35() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    take_and_screen(&desk, &list(&[named("OTHER", "NAME", &[])])).await;
    let (compliance, _) = two(&desk);
    let coverage = "{ screeningCoverage { people peopleScreened peopleDue peopleOverdue } }";

    for (days, counts, reason) in [
        (29, [1, 0, 0], "PASS"),
        (2, [0, 1, 0], "PASS"),
        (5, [0, 0, 1], "UNKNOWN"),
    ] {
        desk.advance(TimeDelta::days(days));
        let data = compliance.ask(coverage, json!({})).await;
        let expected = json!({
            "people": 1,
            "peopleScreened": counts[0],
            "peopleDue": counts[1],
            "peopleOverdue": counts[2],
        });
        assert_eq!(data["screeningCoverage"], expected, "{days}");
        assert_eq!(public(&desk, 1).await.1, reason, "{days}");
    }
    // The badge is off, and the person is found by who asks for the unverified too.
    let search =
        "{ searchProviders(input: { near: { postalCode: \"80205\" } LEAST }) { totalCount } }";
    let count = async |least: &str| {
        let query = search.replace("LEAST", least);
        desk.anybody().ask(&query, json!({})).await["searchProviders"]["totalCount"].clone()
    };
    assert_eq!(count("").await, 0);
    assert_eq!(count("atLeast: UNVERIFIED").await, 1);
    let (_, _, message) = public(&desk, 1).await;
    assert!(message.starts_with("Screening overdue"), "{message}");
}

#[tokio::test]
async fn case_35_a_business_is_held_against_the_clinic_and_not_the_person() {
    let desk = Desk::open().await;
    let nora = a_therapist(1, "Nora", "Needle").with(|person| {
        person.locations[0].name = Some("Nora Needle & Sons LLC".into());
    });
    desk.with([nora]).await;
    let business = |name: &str| row(&[(Column::BusName, name), (Column::State, "CO")]);
    let rows = [
        business("NORA NEEDLE AND SONS INC"),
        business("NORA NEEDLE"),
    ];
    take_and_screen(&desk, &list(&rows)).await;

    let pair = two(&desk);
    let found = only(&pair.0).await;
    assert_eq!(
        (&found["about"], &found["state"]),
        (&json!("ORGANISATION"), &json!("NEW"))
    );
    // Nothing of the person depends on it, not even when it is confirmed.
    let review = looked_at(&pair.0).await;
    let confirmed = decision(
        &review,
        "CONFIRM",
        &json!({ "reason": "the address is the clinic's" }),
    );
    pair.0.does("adjudicateMatch", confirmed, "").await;
    assert_eq!(only(&pair.0).await["state"], "CONFIRMED");
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
}
