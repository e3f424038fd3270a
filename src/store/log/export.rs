//! The log as text that others can check without us, and as a table.

use std::io::Write;

use entity::event;
use sea_orm::ConnectionTrait;

use super::Event;
use super::verify::page;
use crate::store::{StoreError, row};

/// Writes every entry as one line of canonical JSON, its hash included, and tells how many.
///
/// Without its member `hash` a line is exactly what was hashed after the `prevHash` it bears.
pub async fn export(db: &impl ConnectionTrait, out: &mut impl Write) -> Result<u64, StoreError> {
    let mut after = i64::MIN;
    let mut written = 0;
    loop {
        let rows = page(db, after).await?;
        if rows.is_empty() {
            return Ok(written);
        }
        for row in &rows {
            let row = row::model::<event::Entity>(row)?;
            after = row.seq;
            let mut line = Event::of_row(row)?.canonical();
            line.push(b'\n');
            out.write_all(&line).map_err(StoreError::Export)?;
            written += 1;
        }
    }
}

/// The columns of [`export_csv`], as entries name their fields.
const COLUMNS: [&str; 25] = [
    "seq",
    "occurredAt",
    "actorId",
    "actorRole",
    "onBehalfOf",
    "authMethod",
    "sessionId",
    "action",
    "entityType",
    "entityId",
    "entityVersion",
    "caseId",
    "reasonCode",
    "reasonText",
    "beforeHash",
    "afterHash",
    "changedFields",
    "requestId",
    "idempotencyKey",
    "ipHash",
    "appVersion",
    "policyVersion",
    "prevHash",
    "hash",
    "intact",
];

/// Writes every entry as one row of a table, for spreadsheets, and tells how many. The last column says
/// whether the entry's fields give its hash.
///
/// A text that a spreadsheet would take for a formula has an apostrophe put before it: a table is for
/// reading, what others check is the other form.
pub async fn export_csv(
    db: &impl ConnectionTrait,
    out: &mut impl Write,
) -> Result<u64, StoreError> {
    let mut table = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| StoreError::Export(error.into());
    table.write_record(COLUMNS).map_err(failed)?;
    let mut after = i64::MIN;
    let mut written = 0;
    loop {
        let rows = page(db, after).await?;
        if rows.is_empty() {
            table.flush().map_err(StoreError::Export)?;
            return Ok(written);
        }
        for row in &rows {
            let row = row::model::<event::Entity>(row)?;
            after = row.seq;
            let event = Event::of_row(row)?;
            let intact = event.computed_hash() == event.hash;
            let fields = serde_json::to_value(&event).unwrap_or_default();
            let cells = COLUMNS.map(|column| match column {
                "intact" => intact.to_string(),
                _ => cell(&fields[column]),
            });
            table.write_record(cells).map_err(failed)?;
            written += 1;
        }
    }
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
