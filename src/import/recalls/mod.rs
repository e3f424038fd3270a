//! Recalls of needles: `device_identifier,lot,source,recalled_on,reference_url`.
//!
//! [`mod@read`] reads the file and [`mod@apply`] says what its notices take out of use, and writes it. A
//! file adds to what is on file: a notice that it lacks stays, and none is put off.

pub mod apply;
pub mod read;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};
use domain::place::Jurisdiction;
use domain::time::local_day;
use serde::Serialize;

use self::apply::{Applied, apply};
use self::read::{RecallFile, read};
use super::ImportError;
use super::file::{PartKind, open_csv};
use super::report::{Remark, Remarks, rejects_too_much};
use crate::store::Store;
use crate::store::attestation::recall;
use crate::store::log::{self, NewEvent};

/// What an import of recalls did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Was nothing written?
    pub dry_run: bool,
    /// Rows of the file.
    pub rows: u64,
    /// Notices not on file before.
    pub new: u64,
    /// Notices whose words changed, or that count from an earlier day.
    pub changed: u64,
    /// Notices that did not.
    pub unchanged: u64,
    /// Rows not taken over.
    pub rejected: Remarks,
    /// What they took out of use.
    pub applied: Applied,
    /// Was it refused, because more rows were rejected than allowed?
    pub refused: bool,
}

/// How an import of recalls is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The share of rejected rows up to which the rest is taken over.
    pub max_rejected: f64,
    /// Write nothing?
    pub dry_run: bool,
}

/// How long a recall file is, once it is seen to be CSV.
pub fn bytes(path: &Path) -> Result<u64, ImportError> {
    let parts = open_csv(path, PartKind::Main)?;
    Ok(parts.iter().map(|part| part.bytes).sum())
}

/// Puts the notices of a file on file and takes what they recall out of use, in one transaction.
pub async fn run(
    store: &Store,
    at: DateTime<Utc>,
    path: &Path,
    options: Options,
    progress: Arc<AtomicU64>,
) -> Result<Report, ImportError> {
    // Says what the file is when it is no CSV.
    open_csv(path, PartKind::Main)?;
    let source = File::open(path).map_err(|source| ImportError::Open {
        path: path.to_owned(),
        source,
    })?;
    let name = path.display().to_string();
    let today = local_day(at, Jurisdiction::Dc.zone());
    let parsed = tokio::task::spawn_blocking(move || read(&name, source, today, progress));
    let file = parsed
        .await
        .map_err(|error| ImportError::Stopped(error.to_string()))??;
    let mut report = Report {
        dry_run: options.dry_run,
        rows: file.rows,
        rejected: file.rejected.clone(),
        ..Report::default()
    };
    report.refused = rejects_too_much(report.rejected.count, report.rows, options.max_rejected);
    if !report.refused {
        merge(store, at, &file, options, &mut report).await?;
    }
    Ok(report)
}

async fn merge(
    store: &Store,
    at: DateTime<Utc>,
    file: &RecallFile,
    options: Options,
    report: &mut Report,
) -> Result<(), ImportError> {
    let txn = store.begin().await?;
    let on_file = recall::notices(txn.db()).await?;
    let mut news = Vec::new();
    for read in &file.notices {
        let notice = &read.notice;
        let before = on_file.iter().find(|before| before.key() == notice.key());
        match before {
            None => report.new += 1,
            Some(before) if before.recall.announced_on < notice.recall.announced_on => {
                report.rejected.add(Remark {
                    file: file.name.clone(),
                    line: read.line,
                    key: notice.recall.device_identifier.to_string(),
                    code: "LATER",
                    reason: format!(
                        "it is on file since {}: a recall is not put off",
                        before.recall.announced_on
                    ),
                });
                continue;
            }
            Some(before)
                if before.recall.announced_on == notice.recall.announced_on
                    && before.reference_url == notice.reference_url =>
            {
                report.unchanged += 1;
                continue;
            }
            Some(_) => report.changed += 1,
        }
        news.push(notice.clone());
    }
    report.refused = rejects_too_much(report.rejected.count, report.rows, options.max_rejected);
    if report.refused || news.is_empty() {
        return Ok(txn.rollback().await?);
    }
    report.applied = apply(&txn, &news, at).await?;
    let event = NewEvent {
        reason_text: Some(format!(
            "{} new, {} changed; {} attestations out of force, {} lots out of use",
            report.new, report.changed, report.applied.invalidated, report.applied.lots_dropped
        )),
        after_hash: Some(file.sha256.clone()),
        ..NewEvent::by_system("recalls.import", "recall", at)
    };
    log::append(&txn, event).await?;
    if options.dry_run {
        return Ok(txn.rollback().await?);
    }
    Ok(txn.commit().await?)
}
