//! Runs, coverage and who may look.

use domain::access::Role;
use domain::npi::Npi;
use domain::screening::row::Column;
use serde_json::json;

use super::{a_therapist, list, named, row, take, take_and_screen, two};
use crate::support::desk::Desk;

#[tokio::test]
async fn a_run_tells_against_which_file_and_a_repeated_order_runs_once() {
    let desk = Desk::open().await;
    let admin = desk.hand("Root", &[Role::Admin]);
    // Nothing to screen against is something that an admin can mend.
    assert_eq!(
        admin.is_told("runScreening", json!({})).await,
        "GUARD_FAILED"
    );
    desk.with((1..=3).map(|serial| a_therapist(serial, "Ada", &format!("Needham{serial}"))))
        .await;
    let npi = Npi::sample(2).to_string();
    let rows = [
        named("X", "Y", &[(Column::Npi, &npi), (Column::Dob, "19700301")]),
        row(&[(Column::BusName, "SOME CLINIC")]),
    ];
    let report = take(&desk, &list(&rows)).await;

    let shown =
        "run { id list cause requestedBy fileSha256 rowCount providerCount matchCount finishedAt }";
    let input = json!({ "idempotencyKey": "monthly" });
    let once = admin.does("runScreening", input.clone(), shown).await;
    let run = &once["run"];
    assert_eq!(run["fileSha256"], report.file_sha256);
    assert_eq!(
        (&run["rowCount"], &run["providerCount"], &run["matchCount"]),
        (&json!(2), &json!(3), &json!(1))
    );
    assert_eq!(
        (&run["cause"], &run["requestedBy"]),
        (&json!("REQUEST"), &json!("account_1"))
    );
    assert!(run["finishedAt"].is_string());
    let events = desk.events().await.len();
    assert_eq!(admin.does("runScreening", input, shown).await, once);
    assert_eq!(desk.events().await.len(), events);
    let runs = admin
        .ask("{ screeningRuns { nodes { id } } }", json!({}))
        .await;
    assert_eq!(runs["screeningRuns"]["nodes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn coverage_says_how_much_can_be_matched_and_that_a_file_was_turned_away() {
    let desk = Desk::open().await;
    let npi = Npi::sample(9).to_string();
    let rows: Vec<String> = (0..40)
        .map(|at| match at {
            0 => named("X", "Y", &[(Column::Npi, &npi)]),
            1..=9 => named("X", &format!("Y{at}"), &[(Column::Dob, "19700301")]),
            10 => row(&[(Column::BusName, "SOME CLINIC")]),
            _ => named("X", &format!("Y{at}"), &[]),
        })
        .collect();
    take_and_screen(&desk, &list(&rows)).await;
    desk.advance(chrono::TimeDelta::days(3));
    let refused = take(&desk, &list(&rows[..37])).await.refused;
    assert!(
        refused.as_deref().unwrap().contains("5 % fewer"),
        "{refused:?}"
    );

    let query = "{ screeningCoverage { hasList rows rowsWithNpi rowsWithBirthDate rowsOfOrganisations ageDays rejectedReason peopleWithBirthDate } }";
    let data = two(&desk).0.ask(query, json!({})).await;
    assert_eq!(
        data["screeningCoverage"],
        json!({
            "hasList": true,
            "rows": 40,
            "rowsWithNpi": 1,
            "rowsWithBirthDate": 9,
            "rowsOfOrganisations": 1,
            "ageDays": 3,
            "rejectedReason": refused,
            "peopleWithBirthDate": 0,
        })
    );
}

#[tokio::test]
async fn matches_are_filtered_and_paged_and_the_public_sees_none() {
    let desk = Desk::open().await;
    let people = (1..=3).map(|serial| a_therapist(serial, "Ada", &format!("Needham{serial}")));
    desk.with(people).await;
    let numbers: Vec<String> = (1..=3)
        .map(|serial| Npi::sample(serial).to_string())
        .collect();
    let rows: Vec<String> = numbers
        .iter()
        .map(|npi| named("X", "Y", &[(Column::Npi, npi)]))
        .collect();
    take_and_screen(&desk, &list(&rows)).await;
    let auditor = desk.hand("Cleo", &[Role::Auditor]);
    let page = "query($after: String) { exclusionMatches(tier: T1_NPI, state: NEW, first: 2, after: $after) { nodes { npi evidence { rule npi } row { column text } reviewDueOn } pageInfo { hasNextPage endCursor } } }";
    let first = auditor.ask(page, json!({})).await;
    let shown = &first["exclusionMatches"];
    assert_eq!(shown["pageInfo"]["hasNextPage"], true);
    assert_eq!(
        shown["nodes"][0]["evidence"],
        json!({ "rule": "NPI_EQUAL", "npi": "EQUAL" })
    );
    // A Saturday: two business days later is Tuesday.
    assert_eq!(shown["nodes"][0]["reviewDueOn"], "2026-11-24");
    assert_eq!(
        shown["nodes"][0]["row"][0],
        json!({ "column": "LASTNAME", "text": "X" })
    );
    let rest = auditor
        .ask(page, json!({ "after": shown["pageInfo"]["endCursor"] }))
        .await;
    assert_eq!(
        rest["exclusionMatches"]["nodes"].as_array().unwrap().len(),
        1
    );
    let one = format!(
        "{{ exclusionMatches(provider: \"{}\") {{ nodes {{ npi }} }} }}",
        numbers[1]
    );
    let data = auditor.ask(&one, json!({})).await;
    assert_eq!(
        data["exclusionMatches"]["nodes"],
        json!([{ "npi": numbers[1] }])
    );

    for query in [
        "{ exclusionMatches { nodes { id } } }",
        "{ screeningRuns { nodes { id } } }",
        "{ screeningCoverage { rows } }",
    ] {
        let answer = desk.anybody().answer(query, json!({})).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
            "{query}"
        );
        let provider = desk.hand_of("Own", &[Role::Provider], &[Npi::sample(1)]);
        let answer = provider.answer(query, json!({})).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "FORBIDDEN",
            "{query}"
        );
    }
}
