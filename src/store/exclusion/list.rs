//! Lists of excluded people, whole.
//!
//! A file's rows are staged under a snapshot of their own, a few thousand a transaction and unlogged,
//! while the list in force stays. One short change with one entry in the log then puts the new list in
//! force; the rows of the old one are swept away afterwards. A process that dies on the way leaves the
//! list in force as it was, and what it staged goes with the next import.

use chrono::{DateTime, NaiveDate, Utc};
use domain::policy::Policy;
use domain::screening::ExclusionList;
use domain::screening::row::{Column, ExclusionRow};
use domain::time::days_between;
use entity::{exclusion_row, list_snapshot};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::store::log::{self, NewEvent};
use crate::store::{Store, StoreError, row};

/// Rows that are written, read or deleted at once.
pub const BATCH: usize = 2_000;

const TABLE: &str = "list_snapshot";
const STAGING: &str = "STAGING";
const IN_FORCE: &str = "IN_FORCE";
const SUPERSEDED: &str = "SUPERSEDED";
const REJECTED: &str = "REJECTED";

/// The stored number of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListId(pub i64);

/// A file that is to become a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    /// Of which kind.
    pub list: ExclusionList,
    /// Its name.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// The day of its publication, where somebody or the archive says so.
    pub dated_on: Option<NaiveDate>,
}

/// What is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListCounts {
    /// Rows.
    pub rows: u64,
    /// Rows with an NPI.
    pub with_npi: u64,
    /// Rows with a birth date.
    pub with_birth_date: u64,
    /// Rows that name a business and nobody.
    pub organisations: u64,
}

/// A list on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSnapshot {
    /// Its number.
    pub id: ListId,
    /// The file it came from.
    pub file: ListFile,
    /// What is in it.
    pub counts: ListCounts,
    /// When it was taken in.
    pub imported_at: DateTime<Utc>,
}

impl ListSnapshot {
    /// The day of which the list tells: that of its publication, or of its taking in.
    pub fn listed_on(&self) -> NaiveDate {
        let taken_on = self.imported_at.date_naive();
        self.file.dated_on.unwrap_or(taken_on)
    }

    /// Does it still tell anything of a day? A screening counts for so long, and no list for longer.
    pub fn proves_on(&self, day: NaiveDate, policy: &Policy) -> bool {
        days_between(self.listed_on(), day) <= i64::from(policy.screening_overdue_days)
    }
}

/// A file that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedList {
    /// The file.
    pub file: ListFile,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// A row on its way into a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRow {
    /// The row.
    pub row: ExclusionRow,
    /// SHA-256 of its canonical text.
    pub fingerprint: String,
}

impl ListCounts {
    /// Counts rows.
    pub fn of(rows: &[ListedRow]) -> Self {
        let count = |holds: fn(&ExclusionRow) -> bool| {
            let found = rows.iter().filter(|listed| holds(&listed.row)).count();
            u64::try_from(found).unwrap_or(u64::MAX)
        };
        Self {
            rows: u64::try_from(rows.len()).unwrap_or(u64::MAX),
            with_npi: count(|row| row.npi().is_some()),
            with_birth_date: count(|row| row.born_on().is_some()),
            organisations: count(ExclusionRow::is_organisation),
        }
    }
}

/// The list of a kind that counts.
pub async fn in_force(
    db: &impl ConnectionTrait,
    list: ExclusionList,
) -> Result<Option<ListSnapshot>, StoreError> {
    let select = list_snapshot::Entity::find()
        .filter(list_snapshot::Column::List.eq(list.code()))
        .filter(list_snapshot::Column::State.eq(IN_FORCE));
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// The last file of a kind that was turned away since a moment.
pub async fn rejected_since(
    db: &impl ConnectionTrait,
    list: ExclusionList,
    since: Option<DateTime<Utc>>,
) -> Result<Option<RejectedList>, StoreError> {
    let mut select = list_snapshot::Entity::find()
        .filter(list_snapshot::Column::List.eq(list.code()))
        .filter(list_snapshot::Column::State.eq(REJECTED))
        .order_by_desc(list_snapshot::Column::Id)
        .limit(1);
    if let Some(since) = since {
        select = select.filter(list_snapshot::Column::ImportedAt.gt(row::instant(since)));
    }
    let Some(found) = row::read(db, select).await?.pop() else {
        return Ok(None);
    };
    Ok(Some(RejectedList {
        at: found.imported_at,
        reason: found.rejected_reason.clone().unwrap_or_default(),
        file: of_row(found)?.file,
    }))
}

/// Every row of a list, in the order of its file.
pub async fn rows(db: &impl ConnectionTrait, of: ListId) -> Result<Vec<ListedRow>, StoreError> {
    let mut rows = Vec::new();
    let mut after = -1;
    loop {
        let select = exclusion_row::Entity::find()
            .filter(exclusion_row::Column::ListSnapshotId.eq(of.0))
            .filter(exclusion_row::Column::Ordinal.gt(after))
            .order_by_asc(exclusion_row::Column::Ordinal)
            .limit(u64::try_from(BATCH).unwrap_or(u64::MAX));
        let page = row::read(db, select).await?;
        let Some(last) = page.last() else {
            return Ok(rows);
        };
        after = last.ordinal;
        rows.extend(page.into_iter().map(listed));
    }
}

/// Which of these fingerprints a list holds.
pub async fn holds(
    db: &impl ConnectionTrait,
    of: ListId,
    fingerprints: &[String],
) -> Result<std::collections::BTreeSet<String>, StoreError> {
    let mut found = std::collections::BTreeSet::new();
    for some in fingerprints.chunks(BATCH) {
        let held: Vec<String> = exclusion_row::Entity::find()
            .select_only()
            .column(exclusion_row::Column::Fingerprint)
            .filter(exclusion_row::Column::ListSnapshotId.eq(of.0))
            .filter(exclusion_row::Column::Fingerprint.is_in(some.iter().map(String::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(held);
    }
    Ok(found)
}

/// Begins to stage a list and drops whatever else of its kind is staged: its process, if there is one
/// left, is refused from now on.
pub async fn begin(
    store: &Store,
    file: &ListFile,
    counts: ListCounts,
    at: DateTime<Utc>,
) -> Result<ListId, StoreError> {
    sweep(store, file.list, STAGING).await?;
    let txn = store.begin().await?;
    let id = txn.take_id();
    let begun = to_row(id, file, counts, at, STAGING, None)?;
    row::insert::<list_snapshot::Entity>(txn.db(), vec![begun]).await?;
    txn.commit_work().await?;
    Ok(ListId(id))
}

/// Adds rows to a list that is staged; `first` is the place of the first of them in the file.
pub async fn stage(
    store: &Store,
    into: ListId,
    first: usize,
    rows: &[ListedRow],
) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    still_staging(txn.db(), into).await?;
    let rows = rows
        .iter()
        .zip(first..)
        .map(|(listed, ordinal)| row_of(into, row::ordinal(ordinal), listed))
        .collect();
    row::insert::<exclusion_row::Entity>(txn.db(), rows).await?;
    txn.commit_work().await
}

/// Puts a staged list in force, with one entry in the log; unless `refuses` has a reason not to, of
/// what is in force at that moment.
pub async fn put_in_force(
    store: &Store,
    id: ListId,
    at: DateTime<Utc>,
    refuses: impl FnOnce(Option<&ListSnapshot>) -> Option<String> + Send,
) -> Result<Result<(), String>, StoreError> {
    let txn = store.begin().await?;
    let staged = still_staging(txn.db(), id).await?;
    let held = in_force(txn.db(), staged.file.list).await?;
    if let Some(reason) = refuses(held.as_ref()) {
        txn.rollback().await?;
        return Ok(Err(reason));
    }
    for (from, to) in [(IN_FORCE, SUPERSEDED), (STAGING, IN_FORCE)] {
        let mut update = list_snapshot::Entity::update_many()
            .col_expr(list_snapshot::Column::State, to.into())
            .filter(list_snapshot::Column::List.eq(staged.file.list.code()))
            .filter(list_snapshot::Column::State.eq(from));
        if from == STAGING {
            update = update
                .col_expr(list_snapshot::Column::ImportedAt, row::instant(at).into())
                .filter(list_snapshot::Column::Id.eq(id.0));
        }
        update.exec(txn.db()).await?;
    }
    let event = NewEvent {
        entity_id: Some(id.0.to_string()),
        reason_text: Some(format!(
            "{} rows of {}",
            staged.counts.rows, staged.file.list
        )),
        before_hash: held.map(|held| held.file.sha256),
        after_hash: Some(staged.file.sha256),
        ..NewEvent::by_system("leie.replace", TABLE, at)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(Ok(()))
}

/// Takes the list of a kind that is in force out of force, with an entry in the log, and drops its rows:
/// from then on there is none until another comes. What was decided about its rows stays.
pub async fn retire(
    store: &Store,
    list: ExclusionList,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    let Some(held) = in_force(txn.db(), list).await? else {
        return txn.rollback().await;
    };
    list_snapshot::Entity::update_many()
        .col_expr(list_snapshot::Column::State, SUPERSEDED.into())
        .filter(list_snapshot::Column::Id.eq(held.id.0))
        .exec(txn.db())
        .await?;
    let event = NewEvent {
        entity_id: Some(held.id.0.to_string()),
        reason_text: Some(format!("{} is in force no more", held.file.name)),
        before_hash: Some(held.file.sha256),
        ..NewEvent::by_system("leie.retire", TABLE, at)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    sweep_superseded(store, list).await
}

/// Records that a file was turned away, with an entry in the log.
pub async fn reject(
    store: &Store,
    file: &ListFile,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    let id = txn.take_id();
    let counts = ListCounts::default();
    let rejected = to_row(id, file, counts, at, REJECTED, Some(reason))?;
    row::insert::<list_snapshot::Entity>(txn.db(), vec![rejected]).await?;
    let event = NewEvent {
        entity_id: Some(id.to_string()),
        reason_code: Some(REJECTED.to_owned()),
        reason_text: Some(reason.to_owned()),
        after_hash: Some(file.sha256.clone()),
        ..NewEvent::by_system("leie.reject", TABLE, at)
    };
    log::append(&txn, event).await?;
    txn.commit().await
}

/// Drops the rows of lists that another has taken the place of. The lists themselves stay on record.
pub async fn sweep_superseded(store: &Store, list: ExclusionList) -> Result<(), StoreError> {
    sweep(store, list, SUPERSEDED).await
}

/// Drops what is staged of a kind.
pub async fn sweep_staged(store: &Store, list: ExclusionList) -> Result<(), StoreError> {
    sweep(store, list, STAGING).await
}

/// Drops the rows of all lists in a state, a batch a transaction; of staged ones the list too.
async fn sweep(store: &Store, list: ExclusionList, state: &str) -> Result<(), StoreError> {
    let select = list_snapshot::Entity::find()
        .filter(list_snapshot::Column::List.eq(list.code()))
        .filter(list_snapshot::Column::State.eq(state));
    for found in row::read(store.connection(), select).await? {
        let whose = exclusion_row::Column::ListSnapshotId;
        loop {
            let left = exclusion_row::Entity::find()
                .filter(whose.eq(found.id))
                .count(store.connection())
                .await?;
            if left == 0 {
                break;
            }
            let first: Option<i32> = exclusion_row::Entity::find()
                .select_only()
                .column(exclusion_row::Column::Ordinal)
                .filter(whose.eq(found.id))
                .order_by_asc(exclusion_row::Column::Ordinal)
                .limit(1)
                .into_tuple()
                .one(store.connection())
                .await?;
            let through = first.unwrap_or(0).saturating_add(row::ordinal(BATCH));
            let txn = store.begin().await?;
            exclusion_row::Entity::delete_many()
                .filter(whose.eq(found.id))
                .filter(exclusion_row::Column::Ordinal.lt(through))
                .exec(txn.db())
                .await?;
            txn.commit_work().await?;
        }
        if state == STAGING {
            let txn = store.begin().await?;
            list_snapshot::Entity::delete_by_id(found.id)
                .exec(txn.db())
                .await?;
            txn.commit_work().await?;
        }
    }
    Ok(())
}

async fn still_staging(db: &impl ConnectionTrait, id: ListId) -> Result<ListSnapshot, StoreError> {
    let found = row::read(db, list_snapshot::Entity::find_by_id(id.0))
        .await?
        .pop();
    match found {
        Some(found) if found.state == STAGING => of_row(found),
        _ => Err(StoreError::ImportEnded { run: id.0 }),
    }
}

fn to_row(
    id: i64,
    file: &ListFile,
    counts: ListCounts,
    at: DateTime<Utc>,
    state: &str,
    rejected_reason: Option<&str>,
) -> Result<list_snapshot::Model, StoreError> {
    let count = |count: u64, column| row::fit(count, TABLE, column, id);
    Ok(list_snapshot::Model {
        id,
        list: file.list.code().to_owned(),
        state: state.to_owned(),
        file_name: file.name.clone(),
        file_sha256: file.sha256.clone(),
        file_dated_on: file.dated_on,
        row_count: count(counts.rows, "row_count")?,
        npi_count: count(counts.with_npi, "npi_count")?,
        birth_date_count: count(counts.with_birth_date, "birth_date_count")?,
        organisation_count: count(counts.organisations, "organisation_count")?,
        imported_at: row::instant(at),
        rejected_reason: rejected_reason.map(str::to_owned),
    })
}

fn of_row(found: list_snapshot::Model) -> Result<ListSnapshot, StoreError> {
    let id = found.id;
    let count = |count: i64, column| row::fit(count, TABLE, column, id);
    Ok(ListSnapshot {
        id: ListId(id),
        counts: ListCounts {
            rows: count(found.row_count, "row_count")?,
            with_npi: count(found.npi_count, "npi_count")?,
            with_birth_date: count(found.birth_date_count, "birth_date_count")?,
            organisations: count(found.organisation_count, "organisation_count")?,
        },
        imported_at: found.imported_at,
        file: ListFile {
            list: row::parse(&found.list, TABLE, "list", id)?,
            name: found.file_name,
            sha256: found.file_sha256,
            dated_on: found.file_dated_on,
        },
    })
}

fn row_of(of: ListId, ordinal: i32, listed: &ListedRow) -> exclusion_row::Model {
    let text = |column| listed.row.text(column).to_owned();
    exclusion_row::Model {
        list_snapshot_id: of.0,
        ordinal,
        last_name: text(Column::LastName),
        first_name: text(Column::FirstName),
        mid_name: text(Column::MidName),
        bus_name: text(Column::BusName),
        general: text(Column::General),
        specialty: text(Column::Specialty),
        upin: text(Column::Upin),
        npi: text(Column::Npi),
        dob: text(Column::Dob),
        address: text(Column::Address),
        city: text(Column::City),
        state: text(Column::State),
        zip: text(Column::Zip),
        excl_type: text(Column::ExclType),
        excl_date: text(Column::ExclDate),
        rein_date: text(Column::ReinDate),
        waiver_date: text(Column::WaiverDate),
        wvr_state: text(Column::WvrState),
        fingerprint: listed.fingerprint.clone(),
    }
}

fn listed(found: exclusion_row::Model) -> ListedRow {
    let row = ExclusionRow::new([
        &found.last_name,
        &found.first_name,
        &found.mid_name,
        &found.bus_name,
        &found.general,
        &found.specialty,
        &found.upin,
        &found.npi,
        &found.dob,
        &found.address,
        &found.city,
        &found.state,
        &found.zip,
        &found.excl_type,
        &found.excl_date,
        &found.rein_date,
        &found.waiver_date,
        &found.wvr_state,
    ]);
    ListedRow {
        row,
        fingerprint: found.fingerprint,
    }
}
