//! Licences and every look at a source.

use domain::license::{License, LicenseCheck, LicenseId, MismatchField};
use domain::provider::Provider;
use entity::{license, license_check};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::group::Groups;
use super::number;
use super::selection::Selection;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<License>, StoreError> {
    let mut checks = checks(db, whom).await?;
    let select = license::Entity::find()
        .filter(whom.covers(license::Column::ProviderNpi))
        .order_by_asc(license::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let checks = checks.take(found.id);
            Ok((found.provider_npi, of_row(found, checks)?))
        })
        .collect()
}

pub(super) async fn insert(txn: &WriteTxn, people: &[Provider]) -> Result<(), StoreError> {
    let mut licenses = Vec::new();
    let mut privileges = Vec::new();
    let mut checks = Vec::new();
    for person in people {
        let given: Vec<_> = person
            .licenses
            .iter()
            .map(|license| (license.id, txn.take_id()))
            .collect();
        for (license, (_, id)) in person.licenses.iter().zip(&given) {
            let id = *id;
            let mut row = to_row(id, number(person.npi), license);
            let home = given.iter().find(|(own, _)| license.home == Some(*own));
            row.home_license_id = home.map(|(_, id)| *id);
            let rows = match row.home_license_id {
                None => &mut licenses,
                // What it refers to is written before it.
                Some(_) => &mut privileges,
            };
            rows.push(row);
            for check in &license.checks {
                checks.push(check_to_row(txn.take_id(), id, check));
            }
        }
    }
    row::insert::<license::Entity>(txn.db(), licenses).await?;
    row::insert::<license::Entity>(txn.db(), privileges).await?;
    row::insert::<license_check::Entity>(txn.db(), checks).await
}

pub(in crate::store) fn to_row(id: i64, provider_npi: i64, license: &License) -> license::Model {
    license::Model {
        id,
        provider_npi,
        discipline: license.discipline.code().to_owned(),
        jurisdiction: license.jurisdiction.code().to_owned(),
        number: license.number.as_deref().map(Into::into),
        issued_on: license.issued_on,
        expires_on: license.expires_on,
        source: license.source.to_string(),
        home_license_id: license.home.map(|home| home.0),
        row_version: row::version(license.version),
    }
}

fn of_row(found: license::Model, checks: Vec<LicenseCheck>) -> Result<License, StoreError> {
    let id = found.id;
    Ok(License {
        version: row::fit(found.row_version, "license", "row_version", found.id)?,
        id: LicenseId(id),
        discipline: row::parse(&found.discipline, "license", "discipline", id)?,
        jurisdiction: row::parse(&found.jurisdiction, "license", "jurisdiction", id)?,
        number: found.number.map(Into::into),
        issued_on: found.issued_on,
        expires_on: found.expires_on,
        source: found.source.into(),
        home: found.home_license_id.map(LicenseId),
        checks,
    })
}

async fn checks(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<LicenseCheck>, StoreError> {
    let of_people = whom.ids::<license::Entity>(license::Column::Id, license::Column::ProviderNpi);
    let select = license_check::Entity::find()
        .filter(license_check::Column::LicenseId.in_subquery(of_people))
        .order_by_asc(license_check::Column::CheckedAt)
        .order_by_asc(license_check::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| Ok((found.license_id, check_of_row(found)?)))
        .collect()
}

pub(in crate::store) fn check_to_row(
    id: i64,
    license_id: i64,
    check: &LicenseCheck,
) -> license_check::Model {
    let mismatches: Vec<_> = check.mismatches.iter().map(|field| field.code()).collect();
    license_check::Model {
        id,
        license_id,
        source_kind: check.source_kind.code().to_owned(),
        source_name: check.source_name.to_string(),
        source_url: check.source_url.as_deref().map(Into::into),
        checked_at: row::instant(check.checked_at),
        as_of: check.as_of,
        outcome: check.outcome.code().to_owned(),
        board_status: check.board_status.code().to_owned(),
        expires_on: check.expires_on,
        mismatches: mismatches.join(","),
        method: None,
        board_status_raw: None,
        mapping_version: None,
        performed_by: None,
        snapshot_sha256: None,
        note: None,
        import_run_id: None,
    }
}

fn check_of_row(found: license_check::Model) -> Result<LicenseCheck, StoreError> {
    let table = "license_check";
    let id = found.id;
    Ok(LicenseCheck {
        source_kind: row::parse(&found.source_kind, table, "source_kind", id)?,
        source_name: found.source_name.into(),
        source_url: found.source_url.map(Into::into),
        checked_at: found.checked_at,
        as_of: found.as_of,
        outcome: row::parse(&found.outcome, table, "outcome", id)?,
        board_status: row::parse(&found.board_status, table, "board_status", id)?,
        expires_on: found.expires_on,
        mismatches: found
            .mismatches
            .split(',')
            .filter(|code| !code.is_empty())
            .map(|code| row::parse::<MismatchField>(code, table, "mismatches", id))
            .collect::<Result<_, _>>()?,
    })
}
