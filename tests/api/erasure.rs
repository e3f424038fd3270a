//! Acceptance case 46: the subject's data is erased. That the public record goes is shown among the claims;
//! here every table that says anything of a person is walked,
//! as the database itself lists them, so that one which is added and forgotten fails here.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Role;
use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::store::log::{self, Verdict};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use serde_json::{Value, json};

use crate::support::desk::Desk;
use crate::support::people::{DENVER, a_provider};

/// What stands in every column that could say something of the person.
const MARK: &str = "Unmistakable";

/// The tables of which no row is ours to erase.
const NOT_OF_A_PERSON_OF_OURS: &[&str] = &[
    // The Inspector General publishes it; it is replaced whole with every list.
    "exclusion_row",
];

/// The columns that keep what they say when their person is erased, and why.
const KEPT: &[(&str, &[&str])] = &[
    (
        "whoever reported a mistake, who is somebody else: gone with the answer",
        &["mistake_report.reply_to"],
    ),
    (
        "a code, a place of law or the number of a record: what it is about, not what it says",
        &[
            "case.approver_meaning",
            "case.approver_role",
            "case.conflicts",
            "case.content_changes",
            "case.info_reason_code",
            "case.jurisdiction",
            "case.reason_code",
            "case.recommendation_reason_code",
            "case.reviewers",
            "case.submitted_meaning",
            "case_history.action",
            "case_history.actor_role",
            "case_history.reason_code",
            "case_history.signature_meaning",
            "credential_standing.assurance",
            "credential_standing.evidence_ids",
            "credential_standing.reason_code",
            "license.jurisdiction",
            "license.source",
            "license_check.mapping_version",
            "license_check.mismatches",
            "license_check.performed_by",
            "license_check.source_name",
            "match_change.evidence_ids",
            "match_change.waived_in",
            "mistake_report.kind",
            "mistake_report.reference",
            "notice.kind",
            "notice.once_key",
            "notice.subject_id",
            "notice.subject_type",
            "practice_location.state",
            "practice_location.zone",
            "task.closed_by",
            "task.kind",
            "task.once_key",
            "task.subject_id",
            "task.subject_type",
        ],
    ),
    (
        "what a decided case rests on: kept for its time, as its files are, and gone with purgeEvidence",
        &[
            "case.appeal",
            "case.approver_name",
            "case.content_sha256",
            "case.decided_sha256",
            "case.reason_text",
            "case.recommendation_note",
            "case.submitted_name",
            "case_evidence.sha256",
            "case_history.printed_name",
            "case_history.reason_text",
            "credential_standing.reason_text",
            "check.agent_contract_ref",
            "check.delegation_agreement_id",
            "check.field_path",
            "check.mismatches",
            "check.note",
            "check.raw_sha256",
            "check.source_name",
            "check.source_url",
            "evidence.file_name",
            "evidence.purge_text",
            "evidence.sha256",
            "info_item.wanted",
        ],
    ),
    (
        "what was signed about needles: a signature binds to it",
        &[
            "attestation_evidence.sha256",
            "attestation_finding.code",
            "attestation_finding.field",
            "attestation_finding.message",
            "attestation_finding.statement",
            "attestation_signature.license_jurisdiction",
            "attestation_signature.license_number",
            "attestation_signature.payload",
            "attestation_signature.payload_sha256",
            "attestation_signature.sample_seed",
            "attestation_signature.signature",
            "attestation_signature.signer_printed_name",
            "needle_lot.label_photo_sha256",
            "needle_lot.lot",
            "needle_lot.supplier",
            "needle_lot.udi_raw",
            "needle_product.brand",
            "needle_product.catalog_number",
            "needle_product.claimed_standards",
            "needle_product.device_bare",
            "needle_product.device_identifier",
            "needle_product.k510_number",
            "needle_product.labeler",
            "sterility_attestation.reason_code",
            "sterility_attestation.reason_text",
        ],
    ),
    (
        "that a person was or was not found on an exclusion list: the record of the duty to look",
        &[
            "exclusion_match.evidence",
            "exclusion_match.exclusion_key",
            "exclusion_match.person_fingerprint",
            "exclusion_match.row_columns",
            "exclusion_match.row_fingerprint",
            "match_change.reason_text",
            "match_change.waiver_scope",
        ],
    ),
];

#[tokio::test]
async fn case_46_nothing_is_left_of_an_erased_person_in_any_table_and_the_chain_still_verifies() {
    let desk = Desk::open().await;
    let ada = Npi::sample(1);
    desk.with([a_provider(1).licensed(PhysicalTherapist, Co).at(DENVER, Co)])
        .await;
    let dan = desk.hand("Dan", &[Role::Admin]);
    let ask = json!({ "npi": ada.to_string(), "wantsErasure": true, "reason": MARK });
    let made = dan
        .does("requestRemoval", ask, "removal { id version }")
        .await;
    let marked = mark_everything(&desk, ada).await;
    assert!(marked.len() > 100, "{marked:?}");
    let before = marks(&desk, &marked).await;
    assert_eq!(before, marked, "every column holds a mark before");

    // A file on hold would forbid it.
    let txn = desk.app.store.begin().await.unwrap();
    let release = "UPDATE evidence SET hold_reason = NULL";
    txn.db().execute_unprepared(release).await.unwrap();
    let event = log::NewEvent::by_system("test.lift", "evidence", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();

    let decision = json!({
        "removalId": made["removal"]["id"], "expectedVersion": 1, "decision": "ERASE",
    });
    let dora = desk.hand("dora", &[Role::Admin]);
    dora.does("decideRemoval", decision, "removal { state }")
        .await;

    let left = marks(&desk, &marked).await;
    let kept: BTreeSet<String> = KEPT
        .iter()
        .flat_map(|(_, columns)| *columns)
        .map(|column| (*column).to_owned())
        .collect();
    let forgotten: Vec<_> = left.difference(&kept).collect();
    assert_eq!(forgotten, [""; 0], "these still tell of an erased person");
    let needless: Vec<_> = kept.difference(&left).collect();
    assert_eq!(needless, [""; 0], "these are said to be kept and are not");
    let verdict = log::verify(&desk.app.store.read().await.unwrap())
        .await
        .unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
    let log = format!("{:?}", desk.events().await);
    assert!(!log.contains(MARK), "the log holds no value");
}

/// A column as `PRAGMA table_info` tells it.
struct Column {
    name: String,
    kind: String,
    needed: bool,
    is_key: bool,
}

/// A table as the database tells it.
struct Table {
    columns: Vec<Column>,
    /// The columns that refer to another table, and to which.
    parents: BTreeMap<String, String>,
    /// The columns that hold one code of a closed list, and the first of them.
    codes: BTreeMap<String, String>,
}

impl Table {
    /// Does it say itself whom it is about?
    fn names_a_person(&self) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|column| ["provider_npi", "npi"].contains(&column.name.as_str()))
    }

    /// Could the column say something of a person, in words, numbers or bytes?
    fn could_say(&self, column: &Column) -> bool {
        let says = ["TEXT", "varchar", "double"].contains(&column.kind.as_str())
            || column.kind.starts_with("blob");
        says && !self.codes.contains_key(&column.name) && !self.parents.contains_key(&column.name)
    }
}

async fn rows(desk: &Desk, sql: &str) -> Vec<QueryResult> {
    let db = desk.app.store.connection();
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
}

async fn schema(desk: &Desk) -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    let sql =
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    for found in rows(desk, sql).await {
        let name: String = found.try_get("", "name").unwrap();
        let created: String = found.try_get("", "sql").unwrap();
        let columns = rows(desk, &format!("PRAGMA table_info('{name}')")).await;
        let columns = columns.iter().map(|row| Column {
            name: row.try_get("", "name").unwrap(),
            kind: row.try_get("", "type").unwrap(),
            needed: row.try_get::<i32>("", "notnull").unwrap() != 0,
            is_key: row.try_get::<i32>("", "pk").unwrap() != 0,
        });
        let columns = columns.collect();
        let parents = rows(desk, &format!("PRAGMA foreign_key_list('{name}')")).await;
        let parents = parents.iter().map(|row| {
            let column: String = row.try_get("", "from").unwrap();
            (column, row.try_get("", "table").unwrap())
        });
        let parents = parents.collect();
        tables.insert(
            name,
            Table {
                columns,
                parents,
                codes: codes(&created),
            },
        );
    }
    tables
}

/// The columns that a table's checks bind to closed lists: `"state" IN ('OPEN', …)`.
fn codes(created: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (at, _) in created.match_indices("\" IN ('") {
        let column = created[..at].rsplit('"').next().unwrap();
        let first = created[at + 7..].split('\'').next().unwrap();
        found.entry(column.to_owned()).or_insert(first.to_owned());
    }
    found
}

/// The tables that say something of a person: those that name one, and those that refer to such.
fn of_persons(tables: &BTreeMap<String, Table>) -> BTreeSet<String> {
    let named = tables.iter().filter(|(name, table)| {
        table.names_a_person() && !NOT_OF_A_PERSON_OF_OURS.contains(&name.as_str())
    });
    let mut found: BTreeSet<String> = named.map(|(name, _)| name.clone()).collect();
    loop {
        let more: Vec<String> = tables
            .iter()
            .filter(|(name, table)| {
                !found.contains(*name)
                    && table.parents.values().any(|parent| found.contains(parent))
            })
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Puts a row about the person into every table that says something of persons, and the mark into every
/// column of it that could. Gives those columns.
async fn mark_everything(desk: &Desk, npi: Npi) -> BTreeSet<String> {
    let tables = schema(desk).await;
    let persons = of_persons(&tables);
    let mut wanted = persons.clone();
    while let Some(parent) = wanted
        .iter()
        .flat_map(|name| tables[name].parents.values())
        .find(|parent| !wanted.contains(*parent))
    {
        let parent = parent.clone();
        wanted.insert(parent);
    }
    let txn = desk.app.store.begin().await.unwrap();
    let run = async |sql: String| {
        let done = txn.db().execute_unprepared(&sql).await;
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    };
    run("PRAGMA defer_foreign_keys = ON".into()).await;
    run("PRAGMA ignore_check_constraints = ON".into()).await;
    let mut marked = BTreeSet::new();
    for name in &wanted {
        let table = &tables[name];
        let is_of_person = persons.contains(name);
        let mut values = Vec::new();
        for column in &table.columns {
            values.push((column.name.as_str(), value(name, table, column, npi)));
            if is_of_person && table.could_say(column) && !is_key_of_another(name, column) {
                marked.insert(format!("{name}.{}", column.name));
            }
        }
        if name == "provider" {
            let sets = values.iter().filter(|(column, value)| {
                *column != "npi" && (value.contains(MARK) || value.starts_with("X'"))
            });
            let sets: Vec<_> = sets.map(|(it, value)| format!("{it} = {value}")).collect();
            run(format!(
                "UPDATE provider SET {} WHERE npi = {npi}",
                sets.join(", ")
            ))
            .await;
            continue;
        }
        let columns: Vec<_> = values.iter().map(|(it, _)| format!("\"{it}\"")).collect();
        let values: Vec<_> = values.iter().map(|(_, value)| value.as_str()).collect();
        run(format!(
            "INSERT OR REPLACE INTO \"{name}\" ({}) VALUES ({})",
            columns.join(", "),
            values.join(", ")
        ))
        .await;
    }
    run("PRAGMA ignore_check_constraints = OFF".into()).await;
    let event = log::NewEvent::by_system("test.mark", "provider", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    marked
}

/// A text that is a row's key, or part of it, and no more than that.
fn is_key_of_another(table: &str, column: &Column) -> bool {
    column.is_key && !["provider_language", "provider_taxonomy"].contains(&table)
}

/// The number of every row that is put in.
const ROW: i64 = 900_001;

/// What the column of the row is to be, in SQL.
fn value(name: &str, table: &Table, column: &Column, npi: Npi) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    match (name, column.name.as_str()) {
        // What nobody has signed: what was is kept.
        ("credential", "draft") => return "1".into(),
        ("credential_content", "document") => return quoted(&draft().to_string()),
        // One request is open already.
        ("removal_request", "state") => return quoted("REFUSED"),
        // What has not been sent is not kept at all.
        ("notice", "sent_at") => return quoted("2026-11-01 00:00:00+00:00"),
        (_, "npi" | "provider_npi") => return npi.to_string(),
        _ => {}
    }
    if let Some(parent) = table.parents.get(&column.name) {
        return match parent.as_str() {
            "provider" => npi.to_string(),
            own if own == name => "NULL".into(),
            _ => ROW.to_string(),
        };
    }
    if let Some(code) = table.codes.get(&column.name) {
        return quoted(code);
    }
    match column.kind.as_str() {
        "TEXT" | "varchar" => quoted(&format!("{MARK} {name} {}", column.name)),
        "double" => "12.3456789".into(),
        blob if blob.starts_with("blob") => {
            format!("X'{}'", data_encoding::HEXUPPER.encode(MARK.as_bytes()))
        }
        _ if column.is_key => ROW.to_string(),
        _ if !column.needed => "NULL".into(),
        "timestamp_with_timezone_text" => quoted("2026-11-01 00:00:00+00:00"),
        "date_text" => quoted("2026-11-01"),
        "boolean" => "0".into(),
        _ => "1".into(),
    }
}

/// What somebody began to say of a credential.
fn draft() -> Value {
    json!({
        "kind": "DRY_NEEDLING_TRAINING", "title": MARK, "holderName": MARK, "number": MARK,
        "issuer": { "id": ROW, "named": MARK },
        "training": {
            "certificateNumber": MARK, "place": MARK,
            "hours": {
                "inPersonMinutes": 1, "liveOnlineMinutes": 0, "selfPacedMinutes": 0,
                "supervisedClinicalMinutes": 0,
            },
            "instructors": [{ "name": MARK }], "approvals": [{ "body": MARK }],
        },
    })
}

/// Those of some columns that hold the mark.
async fn marks(desk: &Desk, columns: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let sql = format!(
            "SELECT COUNT(*) AS n FROM \"{table}\" WHERE instr(CAST(\"{name}\" AS TEXT), '{MARK}') > 0 \
             OR \"{name}\" = 12.3456789"
        );
        let n: i64 = rows(desk, &sql).await[0].try_get("", "n").unwrap();
        if n > 0 {
            found.insert(column.clone());
        }
    }
    found
}
