//! The List of Excluded Individuals/Entities: the full file of the Office of Inspector General.
//!
//! Rebuilding the list from the monthly supplements does not give the full file, because corrections
//! are not carried in them: so a file always replaces the list whole, or is turned away and the list in
//! force stays. A file that is turned away is recorded, because somebody has to get another one.

pub mod read;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::{DateTime, NaiveDate, Utc};
use domain::screening::ExclusionList;
use serde::Serialize;

use super::ImportError;
use super::file;
use super::report::Remarks;
use crate::store::Store;
use crate::store::exclusion::list::{self, BATCH, ListCounts, ListFile, ListSnapshot, ListedRow};

/// One row in this many may be gone from a new file, 5 %: a file that is shorter still is likely cut
/// off (verification.md 3.5).
const REMOVABLE: u64 = 20;

/// How an import is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The file.
    pub path: PathBuf,
    /// The day of its publication, where somebody says so.
    pub dated_on: Option<NaiveDate>,
    /// Write nothing?
    pub dry_run: bool,
}

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file.
    pub file: String,
    /// Its SHA-256.
    pub file_sha256: String,
    /// The day of its publication, where it is known.
    pub dated_on: Option<NaiveDate>,
    /// Was nothing to be written?
    pub dry_run: bool,
    /// Is this very file in force already? Then nothing changed.
    pub already_in_force: bool,
    /// Rows of the file.
    pub rows: u64,
    /// Rows with an NPI.
    pub rows_with_npi: u64,
    /// Rows with a birth date.
    pub rows_with_birth_date: u64,
    /// Rows that name a business and nobody.
    pub organisations: u64,
    /// Rows that the list in force lacks, changed ones among them.
    pub new: u64,
    /// Rows of the list in force that the file lacks, changed ones among them.
    pub removed: u64,
    /// Rows that both have.
    pub unchanged: u64,
    /// Rows that are odd. They are taken over: dropping one would forget an exclusion.
    pub flagged: Remarks,
    /// Why the file was turned away. The list in force stays.
    pub refused: Option<String>,
}

/// Makes a file the list in force, or turns it away.
///
/// # Errors
/// Only for what is no fault of the file: it cannot be opened, or the database refuses.
pub async fn run(
    store: &Store,
    at: DateTime<Utc>,
    options: &Options,
    progress: Arc<AtomicU64>,
) -> Result<Report, ImportError> {
    let path = options.path.clone();
    let mut file = ListFile {
        list: ExclusionList::OigLeie,
        name: path.display().to_string(),
        sha256: file::sha256(std::slice::from_ref(&path))?,
        dated_on: options.dated_on,
    };
    let mut report = Report {
        file: file.name.clone(),
        file_sha256: file.sha256.clone(),
        dry_run: options.dry_run,
        ..Report::default()
    };
    let held = list::in_force(store.connection(), file.list).await?;
    if let Some(held) = held.as_ref().filter(|held| held.file.sha256 == file.sha256) {
        report.already_in_force = true;
        report.dated_on = held.file.dated_on;
        report.counts(held.counts);
        report.unchanged = held.counts.rows;
        return Ok(report);
    }
    let parsed = tokio::task::spawn_blocking(move || read::read(&path, progress))
        .await
        .map_err(|error| ImportError::Stopped(error.to_string()))?;
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(
            error @ (ImportError::Open { .. } | ImportError::Store(_) | ImportError::Stopped(_)),
        ) => {
            return Err(error);
        }
        Err(error) => return refuse(store, &file, reason(&error), at, report).await,
    };
    file.dated_on = file.dated_on.or(parsed.packed_on);
    let counts = ListCounts::of(&parsed.rows);
    report.dated_on = file.dated_on;
    report.counts(counts);
    report.flagged = parsed.flagged;
    report.compare(store, held.as_ref(), &parsed.rows).await?;
    if let Some(reason) = refusal(held.as_ref(), &file, counts) {
        return refuse(store, &file, reason, at, report).await;
    }
    if options.dry_run {
        return Ok(report);
    }
    let id = list::begin(store, &file, counts, at).await?;
    for (batch, rows) in parsed.rows.chunks(BATCH).enumerate() {
        list::stage(store, id, batch * BATCH, rows).await?;
    }
    // Another import may have come first: what is in force is looked at again.
    let refuses = |held: Option<&ListSnapshot>| refusal(held, &file, counts);
    if let Err(reason) = list::put_in_force(store, id, at, refuses).await? {
        list::sweep_staged(store, file.list).await?;
        return refuse(store, &file, reason, at, report).await;
    }
    list::sweep_superseded(store, file.list).await?;
    Ok(report)
}

/// Why a file whose rows are good is turned away all the same.
fn refusal(held: Option<&ListSnapshot>, file: &ListFile, counts: ListCounts) -> Option<String> {
    let held = held?;
    let (before, now) = (held.counts.rows, counts.rows);
    if before.saturating_sub(now) * REMOVABLE > before {
        return Some(format!(
            "it has {now} rows and the list in force {before}: more than 5 % fewer; it is likely cut off"
        ));
    }
    match (held.file.dated_on, file.dated_on) {
        (Some(before), Some(now)) if now < before => Some(format!(
            "it is of {now} and the list in force of {before}: it is an older file"
        )),
        _ => None,
    }
}

/// Records that the file was turned away; a dry run only tells.
async fn refuse(
    store: &Store,
    file: &ListFile,
    reason: String,
    at: DateTime<Utc>,
    report: Report,
) -> Result<Report, ImportError> {
    if !report.dry_run {
        list::reject(store, file, &reason, at).await?;
    }
    Ok(Report {
        refused: Some(reason),
        ..report
    })
}

/// What stopped a file, with its causes.
fn reason(error: &ImportError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl Report {
    fn counts(&mut self, counts: ListCounts) {
        self.rows = counts.rows;
        self.rows_with_npi = counts.with_npi;
        self.rows_with_birth_date = counts.with_birth_date;
        self.organisations = counts.organisations;
    }

    /// Counts what the file and the list in force have in common. A row that stands twice counts twice.
    async fn compare(
        &mut self,
        store: &Store,
        held: Option<&ListSnapshot>,
        rows: &[ListedRow],
    ) -> Result<(), ImportError> {
        let mut left: HashMap<String, u64> = HashMap::new();
        if let Some(held) = held {
            for listed in list::rows(store.connection(), held.id).await? {
                *left.entry(listed.fingerprint).or_default() += 1;
            }
        }
        for listed in rows {
            match left.get_mut(&listed.fingerprint) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    self.unchanged += 1;
                }
                _ => self.new += 1,
            }
        }
        self.removed = left.values().sum();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::exclusion::list::ListId;

    fn file(dated_on: Option<&str>) -> ListFile {
        ListFile {
            list: ExclusionList::OigLeie,
            name: "UPDATED.csv".into(),
            sha256: "00".into(),
            dated_on: dated_on.map(|day| day.parse().unwrap()),
        }
    }

    fn held(rows: u64, dated_on: Option<&str>) -> ListSnapshot {
        ListSnapshot {
            id: ListId(1),
            file: file(dated_on),
            counts: counts(rows),
            imported_at: DateTime::UNIX_EPOCH,
        }
    }

    fn counts(rows: u64) -> ListCounts {
        ListCounts {
            rows,
            ..ListCounts::default()
        }
    }

    #[test]
    fn one_row_in_twenty_may_be_gone_and_not_one_more() {
        for (before, now, refused) in [
            (100, 95, false),
            (100, 94, true),
            (80_000, 76_000, false),
            (80_000, 75_999, true),
            (19, 19, false),
            (19, 18, true),
            (100, 500, false),
        ] {
            let found = refusal(Some(&held(before, None)), &file(None), counts(now));
            assert_eq!(found.is_some(), refused, "{before} {now}");
        }
        assert_eq!(refusal(None, &file(None), counts(1)), None);
    }

    #[test]
    fn an_older_file_is_told_by_its_day_where_both_have_one() {
        let november = held(1, Some("2026-11-10"));
        for (day, refused) in [
            (Some("2026-11-09"), true),
            (Some("2026-11-10"), false),
            (None, false),
        ] {
            let found = refusal(Some(&november), &file(day), counts(1));
            assert_eq!(found.is_some(), refused, "{day:?}");
        }
    }
}
