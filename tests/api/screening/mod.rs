//! Screening against the list of excluded people: the cases of verification.md §9 by number, and what
//! people may decide.

mod births;
mod cases;
mod decisions;
mod engines;
mod people;
mod reads;
mod reads_logged;
mod scheduled;

use std::sync::Arc;

use domain::access::Role;
use domain::evidence::{EvidenceId, EvidenceKind, MediaType};
use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::screening::row::Column;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::import::leie::{self, Options, Report};
use drypoint::service::screening::{self, Cause};
use drypoint::store::evidence::{self, NewEvidence};
use drypoint::store::log::{self, NewEvent};
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{DENVER, Person, a_provider};

/// What is shown of matches.
pub(crate) const MATCH: &str = "id version npi tier about state listed waivedIn";

/// The header of the official file, and rows of made-up people.
pub(crate) fn list(rows: &[String]) -> String {
    let header = Column::ALL.map(Column::header).join(",");
    let mut text = header + "\n";
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}

/// A row with these columns; the others say that the list gives none.
pub(crate) fn row(columns: &[(Column, &str)]) -> String {
    let mut fields = Column::ALL.map(|column| match column {
        Column::Npi => "0000000000",
        Column::Dob | Column::ReinDate | Column::WaiverDate => "00000000",
        Column::ExclType => "1128b4",
        Column::ExclDate => "20200120",
        _ => "",
    });
    for (column, text) in columns {
        fields[*column as usize] = text;
    }
    fields.join(",")
}

/// A row of a person of that name, with further columns.
pub(crate) fn named(family: &str, given: &str, columns: &[(Column, &str)]) -> String {
    let name = [(Column::LastName, family), (Column::FirstName, given)];
    row(&[&name[..], columns].concat())
}

/// Somebody whom nothing but an exclusion could keep from being verified in Denver.
pub(crate) fn a_therapist(serial: u32, given: &str, family: &str) -> Person {
    a_provider(serial)
        .named(given, family)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
}

/// Takes a file in.
pub(crate) async fn take(desk: &Desk, text: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("UPDATED.csv");
    std::fs::write(&path, text).unwrap();
    let options = Options {
        path,
        dated_on: None,
        dry_run: false,
    };
    leie::run(&desk.app.store, desk.clock.now(), &options, Arc::default())
        .await
        .unwrap()
}

/// Takes a file in, which has to be good, and screens everybody, as the command does.
pub(crate) async fn take_and_screen(desk: &Desk, text: &str) {
    let report = take(desk, text).await;
    assert_eq!(report.refused, None);
    let screened = screening::screen(&desk.app, Cause::Import).await.unwrap();
    assert!(screened.is_some());
}

/// The matches of everybody, oldest first.
pub(crate) async fn matches(by: &Hand) -> Vec<Value> {
    let query = format!("{{ exclusionMatches(first: 100) {{ nodes {{ {MATCH} }} }} }}");
    let mut data = by.ask(&query, json!({})).await;
    match data["exclusionMatches"]["nodes"].take() {
        Value::Array(found) => found,
        other => panic!("{other}"),
    }
}

/// The one match there is.
pub(crate) async fn only(by: &Hand) -> Value {
    let mut found = matches(by).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Decides about the one match there is; the input's other fields are `further`.
pub(crate) fn decision(about: &Value, decision: &str, further: &Value) -> Value {
    let mut input = json!({
        "matchId": about["id"],
        "expectedVersion": about["version"],
        "decision": decision,
    });
    for (name, value) in further.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// What anybody reads of the reason EXCLUSION, and the outcome.
pub(crate) async fn public(desk: &Desk, serial: u32) -> (String, String, String) {
    let npi = Npi::sample(serial);
    let query = format!(
        "{{ whyNotShown(npi: \"{npi}\") {{ outcome reasons {{ code outcome message }} }} }}"
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let listing = &data["whyNotShown"][0];
    let reasons = listing["reasons"].as_array().unwrap();
    let reason = reasons
        .iter()
        .find(|reason| reason["code"] == "EXCLUSION")
        .unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (
        text(&listing["outcome"]),
        text(&reason["outcome"]),
        text(&reason["message"]),
    )
}

/// A file about somebody, as the upload leaves it.
pub(crate) async fn a_letter(desk: &Desk, serial: u32) -> String {
    let txn = desk.app.store.begin().await.unwrap();
    let new = NewEvidence {
        provider: Npi::sample(serial),
        kind: EvidenceKind::BoardScreenshot,
        sha256: "ab".repeat(32).parse().unwrap(),
        bytes: 7,
        media_type: MediaType::Pdf,
        file_name: None,
        uploaded_by: None,
        uploaded_at: desk.clock.now(),
    };
    let EvidenceId(id) = evidence::insert(&txn, new).await.unwrap();
    let event = NewEvent::by_system("test.evidence", "evidence", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    format!("evidence_{id}")
}

/// Two people of compliance.
pub(crate) fn two(desk: &Desk) -> (Hand, Hand) {
    (
        desk.hand("Ada", &[Role::Compliance]),
        desk.hand("Ben", &[Role::Compliance]),
    )
}

/// One proposes, the other confirms.
pub(crate) async fn together((one, other): &(Hand, Hand), input: Value) {
    let payload = one
        .does("adjudicateMatch", input, "proposal { id version }")
        .await;
    let proposal = &payload["proposal"];
    let word = json!({
        "proposalId": proposal["id"],
        "expectedVersion": proposal["version"],
        "decision": "CONFIRM",
    });
    other.does("confirmAct", word, "proposal { state }").await;
}

/// Says that somebody looks at the one match there is, and gives it as it is then.
pub(crate) async fn looked_at(by: &Hand) -> Value {
    let input = decision(&only(by).await, "START_REVIEW", &json!({}));
    by.does("adjudicateMatch", input, "").await;
    only(by).await
}
