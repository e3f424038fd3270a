//! Sterility attestations, where they hold, and the needles they speak of.

use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, NeedleLot, NeedleProduct,
    SterilityAttestation,
};
use domain::needle::attestation::UNRECORDED;
use domain::needle::reason::ReasonCode;
use domain::needle::statement::STATEMENT_TEXT_VERSION;
use domain::provider::{LocationId, Provider};
use entity::{
    attestation_change, attestation_location, attestation_signature, needle_lot, needle_product,
    sterility_attestation,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::brought_in;
use super::group::Groups;
use super::location::StoredLocations;
use super::number;
use super::selection::Selection;
use crate::store::attestation::content::ContentRows;
use crate::store::attestation::recall::Counted;
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
    changes: Vec<attestation_change::Model>,
    signatures: Vec<attestation_signature::Model>,
    content: ContentRows,
}

/// Writes attestations of which no more is known than the public sees. The claim behind them is what
/// that implies, and their signatures are kept as brought in.
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
            rows.attestations
                .push(attestation_row(id, npi, attestation)?);
            rows.signatures
                .extend(brought_in::signature(id, person, attestation)?);
            for (ordinal, handle) in attestation.locations.iter().enumerate() {
                let location = stored.get(&(npi, *handle)).ok_or_else(|| {
                    StoreError::inconsistent(
                        "attestation_location",
                        "practice_location_id",
                        id,
                        format!("the person has no location {}", handle.0),
                    )
                })?;
                rows.content.locations.push(attestation_location::Model {
                    attestation_id: id,
                    ordinal: row::ordinal(ordinal),
                    practice_location_id: *location,
                });
            }
            rows.changes.extend(change_rows(id, &attestation.history));
            for product in &attestation.products {
                let line = brought_in::line(product);
                rows.content.add_line(txn, id, &line)?;
            }
        }
    }
    let db = txn.db();
    row::insert::<sterility_attestation::Entity>(db, rows.attestations).await?;
    row::insert::<attestation_change::Entity>(db, rows.changes).await?;
    row::insert::<attestation_signature::Entity>(db, rows.signatures).await?;
    rows.content.insert(db).await
}

fn attestation_row(
    id: i64,
    provider_npi: i64,
    attestation: &SterilityAttestation,
) -> Result<sterility_attestation::Model, StoreError> {
    let table = "sterility_attestation";
    let state = attestation.history.last();
    let state = state.map_or(AttestationState::Draft, |change| change.state);
    let by_nobody = |is: bool| is.then_some(UNRECORDED.0);
    let has_been = |state| attestation.history.iter().any(|it| it.state == state);
    let refused = matches!(
        state,
        AttestationState::Rejected | AttestationState::Invalidated
    );
    let is_signed = attestation.signed_at.is_some();
    // Nobody signs before every statement is answered, and nothing denied is accepted.
    let answer = is_signed.then_some(true);
    Ok(sterility_attestation::Model {
        id,
        provider_npi,
        row_version: row::fit(attestation.version, table, "row_version", id)?,
        state: state.code().to_owned(),
        version: 1,
        statement_text_version: row::fit(
            STATEMENT_TEXT_VERSION,
            table,
            "statement_text_version",
            id,
        )?,
        signed_at: attestation.signed_at.map(row::instant),
        valid_until: attestation.valid_until,
        drafted_by: None,
        drafted_at: None,
        accepted_by: by_nobody(
            has_been(AttestationState::Accepted) && has_been(AttestationState::UnderReview),
        ),
        rejected_by: by_nobody(state == AttestationState::Rejected),
        invalidated_by: by_nobody(state == AttestationState::Invalidated),
        reason_code: refused.then(|| ReasonCode::Other.code().to_owned()),
        reason_text: None,
        appealed: false,
        notice_id: None,
        decided_by_case_id: None,
        overturned_by_case_id: None,
        supersedes_id: None,
        superseded_by_id: None,
        s1: answer,
        s2: answer,
        s3: answer,
        s4: answer,
        s5: answer,
        s6: answer,
        s7: answer,
        s8: answer,
    })
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
    let table = "needle_product";
    let select = needle_product::Entity::find()
        .filter(needle_product::Column::AttestationId.in_subquery(ids(whom)))
        .order_by_asc(needle_product::Column::Id);
    let rows = row::read(db, select).await?;
    let recalls = Counted::read(db, devices(whom)).await?;
    let mut lots = lots(db, whom).await?;
    rows.into_iter()
        .map(|found| {
            let id = found.id;
            let device = found.device_bare.as_deref();
            let lots = lots.take(id).into_iter();
            let lots = lots.map(|mut lot| {
                lot.recalled_on = recalls.recalled_on(device, &lot.lot);
                lot
            });
            let product = NeedleProduct {
                lots: lots.collect(),
                brand: found.brand.into(),
                labeler: found.labeler.into(),
                device_identifier: found.device_identifier.map(Into::into),
                fda_pathway: row::parse(&found.fda_pathway, table, "fda_pathway", id)?,
                k510_number: found.k510_number.map(Into::into),
                diameter_um: row::fit(found.diameter_um, table, "diameter_um", id)?,
                length_mm: row::fit(found.length_mm, table, "length_mm", id)?,
            };
            Ok((found.attestation_id, product))
        })
        .collect()
}

/// The devices that the people's attestations name, by their one spelling.
fn devices(whom: &Selection) -> SelectStatement {
    needle_product::Entity::find()
        .select_only()
        .column(needle_product::Column::DeviceBare)
        .filter(needle_product::Column::AttestationId.in_subquery(ids(whom)))
        .into_query()
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
                recalled_on: None,
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
