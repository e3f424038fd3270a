//! Sterility attestations, where they hold, and the needles they speak of.

use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, NeedleLot, NeedleProduct,
    SterilityAttestation,
};
use domain::provider::{LocationId, Provider};
use entity::{
    attestation_change, attestation_location, needle_lot, needle_product, sterility_attestation,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::group::Groups;
use super::location::StoredLocations;
use super::number;
use super::selection::Selection;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<SterilityAttestation>, StoreError> {
    let mut locations = locations(db, whom).await?;
    let mut products = products(db, whom).await?;
    let mut histories = histories(db, whom).await?;
    let select = sterility_attestation::Entity::find()
        .filter(whom.covers(sterility_attestation::Column::ProviderNpi))
        .order_by_asc(sterility_attestation::Column::Id);
    let rows = row::read(db, select).await?;
    rows.into_iter()
        .map(|found| {
            let attestation = SterilityAttestation {
                version: row::fit(
                    found.row_version,
                    "sterility_attestation",
                    "row_version",
                    found.id,
                )?,
                id: AttestationId(found.id),
                locations: locations.take(found.id),
                signed_at: found.signed_at,
                valid_until: found.valid_until,
                products: products.take(found.id),
                history: histories.take(found.id),
            };
            Ok((found.provider_npi, attestation))
        })
        .collect()
}

#[derive(Default)]
struct Rows {
    attestations: Vec<sterility_attestation::Model>,
    locations: Vec<attestation_location::Model>,
    changes: Vec<attestation_change::Model>,
    products: Vec<needle_product::Model>,
    lots: Vec<needle_lot::Model>,
}

pub(super) async fn insert(
    txn: &WriteTxn,
    people: &[Provider],
    stored: &StoredLocations,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for person in people {
        let npi = number(person.npi);
        for attestation in &person.attestations {
            let id = txn.take_id();
            rows.attestations.push(sterility_attestation::Model {
                id,
                provider_npi: npi,
                signed_at: attestation.signed_at.map(row::instant),
                valid_until: attestation.valid_until,
                row_version: row::version(attestation.version),
            });
            for (ordinal, handle) in attestation.locations.iter().enumerate() {
                let location = stored.get(&(npi, *handle)).ok_or_else(|| {
                    StoreError::inconsistent(
                        "attestation_location",
                        "practice_location_id",
                        id,
                        format!("the person has no location {}", handle.0),
                    )
                })?;
                rows.locations.push(attestation_location::Model {
                    attestation_id: id,
                    ordinal: row::ordinal(ordinal),
                    practice_location_id: *location,
                });
            }
            rows.changes.extend(change_rows(id, &attestation.history));
            for product in &attestation.products {
                let product_id = txn.take_id();
                rows.products.push(product_to_row(product_id, id, product)?);
                rows.lots.extend(lot_rows(product_id, &product.lots));
            }
        }
    }
    let db = txn.db();
    row::insert::<sterility_attestation::Entity>(db, rows.attestations).await?;
    row::insert::<attestation_location::Entity>(db, rows.locations).await?;
    row::insert::<attestation_change::Entity>(db, rows.changes).await?;
    row::insert::<needle_product::Entity>(db, rows.products).await?;
    row::insert::<needle_lot::Entity>(db, rows.lots).await
}

fn ids(whom: &Selection) -> SelectStatement {
    whom.ids::<sterility_attestation::Entity>(
        sterility_attestation::Column::Id,
        sterility_attestation::Column::ProviderNpi,
    )
}

fn change_rows(
    attestation_id: i64,
    history: &[AttestationChange],
) -> impl Iterator<Item = attestation_change::Model> {
    history
        .iter()
        .enumerate()
        .map(move |(ordinal, change)| attestation_change::Model {
            attestation_id,
            ordinal: row::ordinal(ordinal),
            changed_at: row::instant(change.at),
            state: change.state.code().to_owned(),
        })
}

fn lot_rows(needle_product_id: i64, lots: &[NeedleLot]) -> impl Iterator<Item = needle_lot::Model> {
    lots.iter()
        .enumerate()
        .map(move |(ordinal, lot)| needle_lot::Model {
            needle_product_id,
            ordinal: row::ordinal(ordinal),
            lot: lot.lot.to_string(),
            expires_on: lot.expires_on,
        })
}

fn product_to_row(
    id: i64,
    attestation_id: i64,
    product: &NeedleProduct,
) -> Result<needle_product::Model, StoreError> {
    Ok(needle_product::Model {
        id,
        attestation_id,
        brand: product.brand.to_string(),
        labeler: product.labeler.to_string(),
        device_identifier: product.device_identifier.as_deref().map(Into::into),
        fda_pathway: product.fda_pathway.code().to_owned(),
        k510_number: product.k510_number.as_deref().map(Into::into),
        diameter_um: row::fit(product.diameter_um, "needle_product", "diameter_um", id)?,
        length_mm: row::fit(product.length_mm, "needle_product", "length_mm", id)?,
    })
}

async fn locations(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<LocationId>, StoreError> {
    let select = attestation_location::Entity::find()
        .filter(attestation_location::Column::AttestationId.in_subquery(ids(whom)))
        .order_by_asc(attestation_location::Column::AttestationId)
        .order_by_asc(attestation_location::Column::Ordinal);
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| (found.attestation_id, LocationId(found.practice_location_id)))
        .collect())
}

async fn histories(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<AttestationChange>, StoreError> {
    let select = attestation_change::Entity::find()
        .filter(attestation_change::Column::AttestationId.in_subquery(ids(whom)))
        .order_by_asc(attestation_change::Column::AttestationId)
        .order_by_asc(attestation_change::Column::Ordinal);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.attestation_id;
            let change = AttestationChange {
                at: found.changed_at,
                state: stored_state(&found.state, id)?,
            };
            Ok((id, change))
        })
        .collect()
}

async fn products(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<NeedleProduct>, StoreError> {
    let mut lots = lots(db, whom).await?;
    let table = "needle_product";
    let select = needle_product::Entity::find()
        .filter(needle_product::Column::AttestationId.in_subquery(ids(whom)))
        .order_by_asc(needle_product::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.id;
            let product = NeedleProduct {
                brand: found.brand.into(),
                labeler: found.labeler.into(),
                device_identifier: found.device_identifier.map(Into::into),
                fda_pathway: row::parse(&found.fda_pathway, table, "fda_pathway", id)?,
                k510_number: found.k510_number.map(Into::into),
                diameter_um: row::fit(found.diameter_um, table, "diameter_um", id)?,
                length_mm: row::fit(found.length_mm, table, "length_mm", id)?,
                lots: lots.take(id),
            };
            Ok((found.attestation_id, product))
        })
        .collect()
}

async fn lots(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<NeedleLot>, StoreError> {
    let of_people = needle_product::Entity::find()
        .select_only()
        .column(needle_product::Column::Id)
        .filter(needle_product::Column::AttestationId.in_subquery(ids(whom)))
        .into_query();
    let select = needle_lot::Entity::find()
        .filter(needle_lot::Column::NeedleProductId.in_subquery(of_people))
        .order_by_asc(needle_lot::Column::NeedleProductId)
        .order_by_asc(needle_lot::Column::Ordinal);
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| {
            let lot = NeedleLot {
                lot: found.lot.into(),
                expires_on: found.expires_on,
            };
            (found.needle_product_id, lot)
        })
        .collect())
}

/// The state of a row; LAPSED is a reading of the calendar, which no row may hold.
fn stored_state(code: &str, attestation: i64) -> Result<AttestationState, StoreError> {
    let (table, column) = ("attestation_change", "state");
    let state: AttestationState = row::parse(code, table, column, attestation)?;
    if state.is_stored() {
        Ok(state)
    } else {
        let why = format!("{state} is never stored");
        Err(StoreError::inconsistent(table, column, attestation, why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_says_lapsed_is_refused() {
        for state in AttestationState::ALL {
            let read = stored_state(state.code(), 1);
            assert_eq!(read.is_ok(), *state != AttestationState::Lapsed, "{state}");
        }
    }
}
