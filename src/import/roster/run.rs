//! One run of a roster: everybody it speaks of is looked up, in batches.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::license::{LicenseId, ask};
use domain::register::Claimant;
use serde::Serialize;

use super::{RosterError, RosterFile};
use crate::import::ImportError;
use crate::import::report::{Remarks, rejects_too_much};
use crate::store::bulk::{self, ImportKind, LookUp, NewRun, Totals};
use crate::store::{Store, policy};

/// How a roster is imported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The greatest share of rows that may be unreadable.
    pub max_rejected: f64,
    /// Write nothing?
    pub dry_run: bool,
}

/// What a roster did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Was nothing written?
    pub dry_run: bool,
    /// The file.
    pub file: String,
    /// Its rows.
    pub rows: u64,
    /// Licences on file that it speaks of.
    pub licenses: u64,
    /// What it says of them, by outcome.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Checks recorded.
    pub recorded: u64,
    /// Checks that are on record already.
    pub unchanged: u64,
    /// Credentials suspended because a board acted.
    pub suspended: u64,
    /// Rows that could not be read.
    pub rejected: Remarks,
    /// Rows with something that nobody has mapped.
    pub flagged: Remarks,
    /// Was the file refused, because too much of it could not be read?
    pub refused: bool,
}

/// Looks up every licence on file that the roster speaks of.
///
/// A run that dies leaves what it recorded; run again, it records the rest.
pub async fn run(
    store: &Store,
    at: DateTime<Utc>,
    roster: &RosterFile,
    options: Options,
) -> Result<Report, RosterError> {
    let rows = &roster.rows;
    let mut report = Report {
        dry_run: options.dry_run,
        file: roster.file_name.clone(),
        rows: rows.rows,
        rejected: rows.rejected.clone(),
        flagged: rows.flagged.clone(),
        ..Report::default()
    };
    if rejects_too_much(rows.rejected.count, rows.rows, options.max_rejected) {
        report.refused = true;
        return Ok(report);
    }
    let new = NewRun {
        kind: ImportKind::Roster,
        file_name: roster.file_name.clone(),
        file_sha256: roster.sha256.clone(),
        started_at: at,
    };
    let run = bulk::begin(store, new).await?;
    let looked_up = look_everybody_up(store, at, roster, options, run, &mut report).await;
    let totals = Totals {
        rows: report.rows,
        rejected: report.rejected.count,
        new: report.recorded,
        changed: report.suspended,
        unchanged: report.unchanged,
        tasks_opened: 0,
    };
    // A run that changed nothing leaves no trace, so that running it again changes nothing either.
    let changed_nothing = looked_up.is_ok() && report.recorded == 0;
    if options.dry_run || changed_nothing {
        bulk::discard(store, run).await?;
    } else if looked_up.is_ok() {
        bulk::finish(store, run, at, totals).await?;
    } else {
        bulk::fail(store, run, at, totals).await?;
    }
    looked_up.map(|()| report)
}

async fn look_everybody_up(
    store: &Store,
    at: DateTime<Utc>,
    roster: &RosterFile,
    options: Options,
    run: bulk::RunId,
    report: &mut Report,
) -> Result<(), RosterError> {
    let register = roster.register();
    let policy = policy::in_force(store.connection(), at)
        .await?
        .unwrap_or_default();
    let mut after: Option<LicenseId> = None;
    loop {
        let batch = LookUp {
            run,
            register: (register.jurisdiction, register.discipline),
            after,
            at,
            policy: policy.clone(),
            dry_run: options.dry_run,
        };
        let outcomes = &mut report.outcomes;
        let found = bulk::look_up(store, batch, |person, license| {
            let claimant = Claimant {
                name: &person.name,
                former_names: &person.former_names,
            };
            let recorded = ask(roster, license, claimant, at)
                .map_err(|error| ImportError::Stopped(error.to_string()))?;
            *outcomes.entry(recorded.check.outcome.code()).or_default() += 1;
            Ok::<_, RosterError>(recorded)
        })
        .await?;
        let Some(done) = found else { return Ok(()) };
        after = Some(done.last);
        report.licenses += done.recorded + done.unchanged;
        report.recorded += done.recorded;
        report.unchanged += done.unchanged;
        report.suspended += done.suspended;
    }
}
