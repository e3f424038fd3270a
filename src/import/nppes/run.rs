//! A whole run: read every file, stage, and only then merge.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use domain::npi::{Npi, SampleNpis};
use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;
use domain::time::local_day;
use tokio::sync::mpsc;

use super::decide::{Outcome, Row, Scope, decide};
use super::place::{Zip, Zips};
use super::read::{Part, Said, read};
use super::report::Report;
use super::row::Reading;
use crate::clock::Clock;
use crate::import::ImportError;
use crate::import::file::{PartKind, open_bundle, open_csv};
use crate::import::report::rejects_too_much;
use crate::store::bulk::{self, Batch, ImportKind, NewRun, RunId, Staged, Totals};
use crate::store::{Store, StoreError, place};

/// How many rows are staged at once.
const STAGE: usize = 2_000;

/// What is imported and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Main files or bundles, oldest first.
    pub files: Vec<PathBuf>,
    /// Further practice locations of the people in `files`.
    pub locations: Option<PathBuf>,
    /// Other names of the people in `files`.
    pub other_names: Option<PathBuf>,
    /// People with a speciality of these are taken over.
    pub disciplines: Vec<Discipline>,
    /// Whether numbers of made-up people are.
    pub samples: SampleNpis,
    /// The share of rejected rows up to which the rest is taken over.
    pub max_rejected: f64,
    /// Write nothing?
    pub dry_run: bool,
}

/// The files of a run, found and looked at.
#[derive(Debug, Clone)]
pub struct Plan {
    parts: Vec<Part>,
    scope: Scope,
    names: Vec<String>,
}

/// How far a run has come, for whoever watches.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Bytes read, unpacked.
    pub read: Arc<AtomicU64>,
    /// People merged.
    pub merged: Arc<AtomicU64>,
}

impl Plan {
    /// Opens every file far enough to know what it is.
    pub fn new(options: &Options, now: DateTime<Utc>) -> Result<Self, ImportError> {
        let mut parts = Vec::new();
        for (bundle, path) in options.files.iter().enumerate() {
            let found = open_bundle(path)?;
            parts.extend(found.into_iter().map(|csv| Part { csv, bundle }));
        }
        // Files named by themselves speak of the people of every main file.
        let bundles = options.files.len();
        let extra = [
            (&options.locations, PartKind::Locations),
            (&options.other_names, PartKind::OtherNames),
        ];
        for (path, kind) in extra {
            let Some(path) = path else { continue };
            let found = open_csv(path, kind)?;
            parts.extend(found.into_iter().map(|csv| Part {
                csv,
                bundle: bundles,
            }));
        }
        let speaking = |kind: PartKind, is_extra: bool| {
            let own = parts.iter().filter(|part| part.csv.kind == kind);
            let own = own.map(|part| part.bundle);
            if is_extra {
                (0..bundles).collect()
            } else {
                own.collect()
            }
        };
        let scope = Scope {
            with_locations: speaking(PartKind::Locations, options.locations.is_some()),
            with_other_names: speaking(PartKind::OtherNames, options.other_names.is_some()),
            disciplines: options.disciplines.clone(),
            // The last place where the day begins: a number seen today is active today everywhere.
            seen_on: local_day(now, Jurisdiction::As.zone()),
        };
        let named = options
            .files
            .iter()
            .chain(&options.locations)
            .chain(&options.other_names);
        Ok(Self {
            names: named.map(|path| file_name(path)).collect(),
            parts,
            scope,
        })
    }

    /// Bytes to read, unpacked.
    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.csv.bytes).sum()
    }
}

/// Reads all files of a plan and merges what they say.
///
/// Nothing is merged before the last file has been read to its end. Run again after a crash, it goes
/// on where the last run stopped, because what is merged already no longer changes anything.
pub async fn run(
    store: &Store,
    clock: &Clock,
    plan: Plan,
    options: &Options,
    progress: &Progress,
) -> Result<Report, ImportError> {
    let new = NewRun {
        kind: ImportKind::Nppes,
        file_name: plan.names.join(", "),
        file_sha256: digest(options).await?,
        started_at: clock.now(),
    };
    let id = bulk::begin(store, new).await?;
    let staged = stage(store, id, &plan, options, progress).await;
    let mut report = match staged {
        Ok(report) => report,
        Err(error) => {
            // The reason is worth more than a failure to clear up; the next run clears up too.
            bulk::discard(store, id).await.ok();
            return Err(error);
        }
    };
    report.dry_run = options.dry_run;
    if rejects_too_much(
        report.rejected.count,
        report.all_rows(),
        options.max_rejected,
    ) {
        bulk::discard(store, id).await?;
        report.refused = true;
        return Ok(report);
    }
    let merged = merge(
        store,
        clock,
        id,
        &plan.scope,
        options.dry_run,
        progress,
        &mut report,
    )
    .await;
    if options.dry_run {
        let discarded = bulk::discard(store, id).await;
        merged?;
        discarded?;
        return Ok(report);
    }
    let totals = Totals {
        rows: report.all_rows(),
        rejected: report.rejected.count,
        new: report.new,
        changed: report.changed + report.deactivated + report.changed_without_main_row,
        unchanged: report.unchanged + report.older_than_held,
        tasks_opened: report.tasks_opened,
    };
    match merged {
        Ok(()) => bulk::finish(store, id, clock.now(), totals).await?,
        Err(error) => {
            // The reason is worth more than a failure to write it down.
            bulk::fail(store, id, clock.now(), totals).await.ok();
            return Err(error);
        }
    }
    Ok(report)
}

/// Reads on a thread of its own, and stages what comes while it reads on.
async fn stage(
    store: &Store,
    id: RunId,
    plan: &Plan,
    options: &Options,
    progress: &Progress,
) -> Result<Report, ImportError> {
    let zips = zips(store).await?;
    let held: HashSet<Npi> = bulk::held_npis(store).await?.into_iter().collect();
    // Two batches wait at most: memory does not grow with the file.
    let (send, mut receive) = mpsc::channel::<Vec<Staged>>(2);
    let parts = plan.parts.clone();
    let (disciplines, samples) = (options.disciplines.clone(), options.samples);
    let bytes = Arc::clone(&progress.read);
    let reader = tokio::task::spawn_blocking(move || {
        let reading = Reading {
            zips: &zips,
            disciplines: &disciplines,
            samples,
        };
        let mut report = Report::default();
        let mut batch = Vec::with_capacity(STAGE);
        let mut ordinal = 0;
        let closed = || ImportError::Stopped("the database took no more rows".to_owned());
        read(
            &parts,
            &reading,
            &held,
            &bytes,
            &mut report,
            |npi, bundle, said| {
                batch.push(staged(npi, ordinal, bundle, said)?);
                ordinal += 1;
                if batch.len() == STAGE {
                    let full = std::mem::replace(&mut batch, Vec::with_capacity(STAGE));
                    return send.blocking_send(full).map_err(|_| closed());
                }
                Ok(())
            },
        )?;
        send.blocking_send(batch).map_err(|_| closed())?;
        Ok::<Report, ImportError>(report)
    });
    while let Some(rows) = receive.recv().await {
        if let Err(error) = bulk::stage(store, id, rows).await {
            drop(receive);
            reader.await.ok();
            return Err(error.into());
        }
    }
    reader
        .await
        .map_err(|error| ImportError::Stopped(error.to_string()))?
}

fn staged(npi: Npi, ordinal: u64, bundle: usize, said: Said) -> Result<Staged, ImportError> {
    let document = serde_json::to_string(&Row { bundle, said })
        .map_err(|error| ImportError::Stopped(error.to_string()))?;
    Ok(Staged {
        npi,
        ordinal,
        document,
    })
}

async fn merge(
    store: &Store,
    clock: &Clock,
    id: RunId,
    scope: &Scope,
    dry_run: bool,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), ImportError> {
    let mut after = None;
    loop {
        let batch = Batch {
            run: id,
            after,
            at: clock.now(),
            dry_run,
        };
        let mut outcomes = Vec::new();
        let merged = bulk::merge(store, batch, |npi, rows, held| {
            let rows = rows.iter().map(unstaged).collect::<Result<_, _>>()?;
            let (outcome, decision) = decide(npi, rows, held, scope);
            outcomes.push(outcome);
            Ok::<_, StoreError>(decision)
        })
        .await?;
        let Some(merged) = merged else { return Ok(()) };
        for outcome in &outcomes {
            count(report, *outcome);
        }
        report.tasks_opened += merged.tasks_opened;
        report.batches += u64::from(merged.seq.is_some());
        progress
            .merged
            .fetch_add(outcomes.len() as u64, Ordering::Relaxed);
        after = Some(merged.last);
    }
}

fn unstaged(staged: &Staged) -> Result<Row, StoreError> {
    serde_json::from_str(&staged.document)
        .map_err(|error| StoreError::inconsistent("import_stage", "document", staged.npi, error))
}

fn count(report: &mut Report, outcome: Outcome) {
    let counted = match outcome {
        Outcome::New => &mut report.new,
        Outcome::Changed => &mut report.changed,
        Outcome::Deactivated => &mut report.deactivated,
        Outcome::Unchanged => &mut report.unchanged,
        Outcome::OlderThanHeld => &mut report.older_than_held,
        Outcome::OtherDiscipline => &mut report.skipped.other_disciplines,
        Outcome::DeactivatedNotHeld => &mut report.skipped.deactivated_not_held,
        Outcome::ChangedWithoutMainRow => &mut report.changed_without_main_row,
        Outcome::NothingNew => return,
    };
    *counted += 1;
}

async fn zips(store: &Store) -> Result<Zips, StoreError> {
    let places = place::load(store.connection()).await?;
    Ok(places
        .into_iter()
        .map(|place| {
            let zip = Zip {
                point: place.point,
                jurisdiction: place.jurisdiction,
                zone: place.zone,
            };
            (place.postal_code, zip)
        })
        .collect())
}

/// SHA-256 of all files, one after the other.
async fn digest(options: &Options) -> Result<String, ImportError> {
    let paths: Vec<PathBuf> = options
        .files
        .iter()
        .chain(&options.locations)
        .chain(&options.other_names)
        .cloned()
        .collect();
    tokio::task::spawn_blocking(move || crate::import::file::sha256(&paths))
        .await
        .map_err(|error| ImportError::Stopped(error.to_string()))?
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
