//! A person's licences, and what sources said of them.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::license::{License, LicenseId, RecordedCheck};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::RegistryLookup;
use domain::taxonomy::Discipline;
use entity::{license, license_check, registry_lookup};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::provider::license::{check_to_row, to_row};
use crate::store::provider::screening::lookup_row;
use crate::store::provider::{npi, number, touch};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// Whose licence it is; nothing where there is none of that number.
pub async fn holder(db: &impl ConnectionTrait, id: LicenseId) -> Result<Option<Npi>, StoreError> {
    let found = row::read(db, license::Entity::find_by_id(id.0))
        .await?
        .pop();
    found
        .map(|found| npi(found.provider_npi, "license.provider_npi", id.0))
        .transpose()
}

/// Puts a licence on file.
pub async fn add(txn: &WriteTxn, npi: Npi, license: &License) -> Result<LicenseId, StoreError> {
    touch(txn, &[npi]).await?;
    let id = txn.take_id();
    let row = to_row(id, number(npi), license);
    row::insert::<license::Entity>(txn.db(), vec![row]).await?;
    Ok(LicenseId(id))
}

/// Writes what a licence says now.
pub async fn change(txn: &WriteTxn, npi: Npi, license: &License) -> Result<(), StoreError> {
    touch(txn, &[npi]).await?;
    license::Entity::update_many()
        .col_expr(
            license::Column::Discipline,
            license.discipline.code().into(),
        )
        .col_expr(
            license::Column::Jurisdiction,
            license.jurisdiction.code().into(),
        )
        .col_expr(
            license::Column::Number,
            Expr::value(license.number.as_deref().map(ToOwned::to_owned)),
        )
        .col_expr(license::Column::IssuedOn, Expr::value(license.issued_on))
        .col_expr(license::Column::ExpiresOn, Expr::value(license.expires_on))
        .col_expr(license::Column::Source, license.source.to_string().into())
        .col_expr(
            license::Column::HomeLicenseId,
            Expr::value(license.home.map(|home| home.0)),
        )
        .col_expr(
            license::Column::RowVersion,
            Expr::col(license::Column::RowVersion).add(1),
        )
        .filter(license::Column::Id.eq(license.id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Keeps what a source said of a licence. What it said is never changed.
pub async fn record(
    txn: &WriteTxn,
    npi: Npi,
    id: LicenseId,
    recorded: &RecordedCheck,
    by: Option<String>,
) -> Result<i64, StoreError> {
    touch(txn, &[npi]).await?;
    let check = txn.take_id();
    let row = recorded_row(check, id, recorded, by, None);
    row::insert::<license_check::Entity>(txn.db(), vec![row]).await?;
    license::Entity::update_many()
        .col_expr(
            license::Column::RowVersion,
            Expr::col(license::Column::RowVersion).add(1),
        )
        .filter(license::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(check)
}

/// Keeps what a register answered when it was asked for one kind of credential.
pub async fn record_lookup(
    txn: &WriteTxn,
    npi: Npi,
    lookup: &RegistryLookup,
) -> Result<i64, StoreError> {
    touch(txn, &[npi]).await?;
    let id = txn.take_id();
    let row = lookup_row(id, number(npi), lookup);
    row::insert::<registry_lookup::Entity>(txn.db(), vec![row]).await?;
    Ok(id)
}

pub(in crate::store) fn recorded_row(
    id: i64,
    license: LicenseId,
    recorded: &RecordedCheck,
    by: Option<String>,
    run: Option<i64>,
) -> license_check::Model {
    let text = |text: &Option<Box<str>>| text.as_deref().map(ToOwned::to_owned);
    license_check::Model {
        method: Some(recorded.method.code().to_owned()),
        board_status_raw: text(&recorded.board_status_raw),
        mapping_version: text(&recorded.mapping_version),
        snapshot_sha256: text(&recorded.snapshot_sha256),
        note: text(&recorded.note),
        performed_by: by,
        import_run_id: run,
        ..check_to_row(id, license.0, &recorded.check)
    }
}

/// The licences of a jurisdiction and profession after a number, with whose they are.
pub(in crate::store) async fn page(
    db: &impl ConnectionTrait,
    (jurisdiction, discipline): (Jurisdiction, Discipline),
    after: Option<LicenseId>,
    limit: u64,
) -> Result<Vec<(LicenseId, Npi)>, StoreError> {
    let select = license::Entity::find()
        .filter(license::Column::Jurisdiction.eq(jurisdiction.code()))
        .filter(license::Column::Discipline.eq(discipline.code()))
        .filter(license::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(license::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let holder = npi(found.provider_npi, "license.provider_npi", found.id)?;
            Ok((LicenseId(found.id), holder))
        })
        .collect()
}

/// What a source last said of each of these licences as of a day, but for when it was asked.
pub(in crate::store) async fn said_before(
    db: &impl ConnectionTrait,
    licenses: &[LicenseId],
    source_name: &str,
    as_of: NaiveDate,
) -> Result<HashMap<LicenseId, license_check::Model>, StoreError> {
    let select = license_check::Entity::find()
        .filter(license_check::Column::LicenseId.is_in(licenses.iter().map(|id| id.0)))
        .filter(license_check::Column::SourceName.eq(source_name))
        .filter(license_check::Column::AsOf.eq(as_of))
        .order_by_asc(license_check::Column::Id);
    let rows = row::read(db, select).await?.into_iter();
    Ok(rows
        .map(|found| (LicenseId(found.license_id), found))
        .collect())
}

/// Do two looks at a source say the same, whenever and by whomever they were made?
pub(in crate::store) fn same_answer(a: &license_check::Model, b: &license_check::Model) -> bool {
    let kept = |row: &license_check::Model| license_check::Model {
        id: 0,
        checked_at: chrono::DateTime::UNIX_EPOCH,
        performed_by: None,
        import_run_id: None,
        // The same answer in a file of more rows is the same answer.
        snapshot_sha256: None,
        ..row.clone()
    };
    kept(a) == kept(b)
}
