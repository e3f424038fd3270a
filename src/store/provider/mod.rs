//! People with everything on file about them: a fixed number of statements, however many people.
//!
//! One file a subject; each reads its tables and writes them. A person whose entry was withdrawn is
//! read by [`by_npis_hidden_or_not`] alone, and what was entered in error is not part of what is read.

mod attestation;
mod brought_in;
mod credential;
pub(super) mod group;
mod issuer;
pub(super) mod license;
pub(super) mod location;
pub(super) mod person;
pub(super) mod screening;
mod selection;
pub(super) mod training;

use std::collections::BTreeSet;

use domain::npi::Npi;
use domain::provider::Provider;
use entity::provider;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};
use selection::Selection;

/// How many people are read or written at once.
pub(super) const BATCH: usize = 2_000;

/// The people after an NPI, in the order of their NPIs. None are left when fewer than `limit` come.
pub async fn page_after(
    db: &impl ConnectionTrait,
    after: Option<Npi>,
    limit: usize,
) -> Result<Vec<Provider>, StoreError> {
    let select = provider::Entity::find()
        .filter(provider::COLUMN.npi.gt(after.map_or(0, number)))
        .filter(provider::COLUMN.withdrawn_at.is_null())
        .order_by_asc(provider::Column::Npi)
        .limit(u64::try_from(limit).unwrap_or(u64::MAX));
    let people = row::read(db, select).await?;
    let (Some(first), Some(last)) = (people.first(), people.last()) else {
        return Ok(Vec::new());
    };
    let whom = Selection::Between(first.npi, last.npi);
    assemble(db, people, &whom).await
}

/// The people with these NPIs, as far as there are any, in the order of their NPIs.
pub async fn by_npis(db: &impl ConnectionTrait, npis: &[Npi]) -> Result<Vec<Provider>, StoreError> {
    find(db, npis, provider::COLUMN.withdrawn_at.is_null()).await
}

/// The same with entries that were taken from view, but for erased ones: for the acts of those who decide,
/// whom nobody escapes by asking that the entry goes.
pub async fn by_npis_hidden_or_not(
    db: &impl ConnectionTrait,
    npis: &[Npi],
) -> Result<Vec<Provider>, StoreError> {
    find(db, npis, provider::COLUMN.erased_at.is_null()).await
}

/// The same with every entry there ever was, for what must not take them for new.
pub(super) async fn by_npis_withdrawn_or_not(
    db: &impl ConnectionTrait,
    npis: &[Npi],
) -> Result<Vec<Provider>, StoreError> {
    find(db, npis, Expr::value(true)).await
}

async fn find(
    db: &impl ConnectionTrait,
    npis: &[Npi],
    entries: Expr,
) -> Result<Vec<Provider>, StoreError> {
    let mut numbers: Vec<_> = npis.iter().copied().map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut found = Vec::with_capacity(numbers.len());
    for some in numbers.chunks(BATCH) {
        let whom = Selection::Of(some.to_vec());
        let select = provider::Entity::find()
            .filter(whom.covers(provider::Column::Npi))
            .filter(entries.clone())
            .order_by_asc(provider::Column::Npi);
        let people = row::read(db, select).await?;
        found.extend(assemble(db, people, &whom).await?);
    }
    Ok(found)
}

/// Whom a later log entry than `seq` touched, in the order of their NPIs, withdrawn or not.
pub async fn changed_since(db: &impl ConnectionTrait, seq: u64) -> Result<Vec<Npi>, StoreError> {
    let numbers: Vec<i64> = provider::Entity::find()
        .select_only()
        .column(provider::Column::Npi)
        .filter(provider::Column::ChangedSeq.gt(seq_value(seq)))
        .order_by_asc(provider::Column::Npi)
        .into_tuple()
        .all(db)
        .await?;
    numbers
        .into_iter()
        .map(|npi| self::npi(npi, "npi", npi))
        .collect()
}

/// Which of these NPIs have an entry, withdrawn or not.
pub async fn on_file(db: &impl ConnectionTrait, npis: &[Npi]) -> Result<BTreeSet<Npi>, StoreError> {
    let mut found = BTreeSet::new();
    for some in npis.chunks(BATCH) {
        let numbers: Vec<i64> = provider::Entity::find()
            .select_only()
            .column(provider::Column::Npi)
            .filter(provider::Column::Npi.is_in(some.iter().copied().map(number)))
            .into_tuple()
            .all(db)
            .await?;
        for read in numbers {
            found.insert(npi(read, "npi", read)?);
        }
    }
    Ok(found)
}

/// Says of people that the entry which is appended next changes them: every node reads them anew.
/// Their own entry's count of changes is left alone.
pub async fn touch(txn: &WriteTxn, npis: &[Npi]) -> Result<(), StoreError> {
    for some in npis.chunks(BATCH) {
        provider::Entity::update_many()
            .col_expr(
                provider::Column::ChangedSeq,
                seq_value(txn.next_seq()).into(),
            )
            .filter(provider::Column::Npi.is_in(some.iter().copied().map(number)))
            .exec(txn.db())
            .await?;
    }
    Ok(())
}

/// How many entries there are, withdrawn ones included.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    Ok(provider::Entity::find().count(db).await?)
}

/// The lowest NPI on file; entries that were withdrawn count too.
pub async fn lowest(db: &impl ConnectionTrait) -> Result<Option<Npi>, StoreError> {
    let lowest: Option<i64> = provider::Entity::find()
        .select_only()
        .column(provider::Column::Npi)
        .order_by_asc(provider::Column::Npi)
        .into_tuple()
        .one(db)
        .await?;
    lowest.map(|found| npi(found, "npi", found)).transpose()
}

/// Writes people who are not on file yet, stamped with the entry of the log that tells of them.
///
/// Numbers of locations, licences, credentials and attestations in `people` are handles by which
/// parts of one person refer to each other; the rows get numbers of their own. Issuers are told
/// apart by name. Instants are kept to the microsecond.
pub async fn insert_many(txn: &WriteTxn, people: &[Provider], seq: u64) -> Result<(), StoreError> {
    for some in people.chunks(BATCH) {
        person::insert(txn.db(), some, seq).await?;
        license::insert(txn, some).await?;
        let locations = location::insert(txn, some).await?;
        let issuers = issuer::find_or_insert(txn, some).await?;
        credential::insert(txn, some, &issuers).await?;
        attestation::insert(txn, some, &locations).await?;
        screening::insert(txn, some).await?;
    }
    Ok(())
}

async fn assemble(
    db: &impl ConnectionTrait,
    people: Vec<provider::Model>,
    whom: &Selection,
) -> Result<Vec<Provider>, StoreError> {
    let mut persons = person::Parts::read(db, whom).await?;
    let mut licenses = license::read(db, whom).await?;
    let mut locations = location::read(db, whom).await?;
    let (mut training, mut credentials) = credential::read(db, whom).await?;
    let mut attestations = attestation::read(db, whom).await?;
    let mut screenings = screening::read(db, whom).await?;
    let mut lookups = screening::read_lookups(db, whom).await?;
    people
        .into_iter()
        .map(|found| {
            let npi = found.npi;
            Ok(Provider {
                licenses: licenses.take(npi),
                locations: locations.take(npi),
                training: training.take(npi),
                credentials: credentials.take(npi),
                attestations: attestations.take(npi),
                lookups: lookups.take(npi),
                screening: screenings.remove(&npi).unwrap_or_default(),
                ..persons.person(found)?
            })
        })
        .collect()
}

/// An NPI as its column keeps it.
pub(super) fn number(npi: Npi) -> i64 {
    // Ten digits.
    npi.number().cast_signed()
}

/// An NPI from its column.
pub(super) fn npi(number: i64, column: &'static str, row: i64) -> Result<Npi, StoreError> {
    row::parse(&format!("{number:010}"), "provider", column, row)
}
