//! A person's places of practice.

use chrono::{DateTime, Utc};
use domain::npi::Npi;
use domain::provider::{LocationId, PracticeLocation};
use entity::{location_confirmation, practice_location};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::store::provider::location::{of_row, to_row};
use crate::store::provider::{npi, number, touch};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// A place with what its public form leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Whose.
    pub npi: Npi,
    /// As it is, the street too.
    pub location: PracticeLocation,
    /// Does the person hide the street?
    pub hides_street: bool,
    /// Since when the person no longer practises there.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A place by its number, closed or not, without its confirmations.
pub async fn find(db: &impl ConnectionTrait, id: LocationId) -> Result<Option<Place>, StoreError> {
    let select = practice_location::Entity::find_by_id(id.0);
    let Some(mut found) = row::read(db, select).await?.pop() else {
        return Ok(None);
    };
    let (hides_street, closed_at) = (found.hides_street, found.closed_at);
    let npi = npi(found.provider_npi, "practice_location.provider_npi", id.0)?;
    found.hides_street = false;
    Ok(Some(Place {
        npi,
        location: of_row(found, &[])?,
        hides_street,
        closed_at,
    }))
}

/// How many places of a person are not closed.
pub async fn count_open(db: &impl ConnectionTrait, npi: Npi) -> Result<u64, StoreError> {
    Ok(practice_location::Entity::find()
        .filter(practice_location::Column::ProviderNpi.eq(number(npi)))
        .filter(practice_location::Column::ClosedAt.is_null())
        .count(db)
        .await?)
}

/// Puts a place on file.
pub async fn add(
    txn: &WriteTxn,
    npi: Npi,
    location: &PracticeLocation,
    hides_street: bool,
) -> Result<LocationId, StoreError> {
    touch(txn, &[npi]).await?;
    let id = txn.take_id();
    let row = practice_location::Model {
        hides_street,
        ..to_row(id, number(npi), location)
    };
    row::insert::<practice_location::Entity>(txn.db(), vec![row]).await?;
    Ok(LocationId(id))
}

/// Writes what a place is now.
pub async fn change(txn: &WriteTxn, place: &Place) -> Result<(), StoreError> {
    touch(txn, &[place.npi]).await?;
    let id = place.location.id.0;
    let held = to_row(id, number(place.npi), &place.location);
    let row = practice_location::Model {
        hides_street: place.hides_street,
        closed_at: place.closed_at.map(row::instant),
        row_version: held.row_version + 1,
        ..held
    };
    row::upsert::<practice_location::Entity>(txn.db(), vec![row]).await
}

/// Says that a person works at a place.
pub async fn confirm(
    txn: &WriteTxn,
    npi: Npi,
    id: LocationId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    touch(txn, &[npi]).await?;
    let of_place = location_confirmation::Column::PracticeLocationId.eq(id.0);
    let before = location_confirmation::Entity::find()
        .filter(of_place)
        .count(txn.db())
        .await?;
    let row = location_confirmation::Model {
        practice_location_id: id.0,
        ordinal: row::ordinal(usize::try_from(before).unwrap_or(usize::MAX)),
        confirmed_at: row::instant(at),
        ended_at: None,
    };
    row::insert::<location_confirmation::Entity>(txn.db(), vec![row]).await?;
    practice_location::Entity::update_many()
        .col_expr(
            practice_location::Column::RowVersion,
            Expr::col(practice_location::Column::RowVersion).add(1),
        )
        .filter(practice_location::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Ends what was confirmed of a place: it is another place from now on. What it counted for before stays
/// on record.
pub async fn end_confirmations(
    txn: &WriteTxn,
    id: LocationId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    location_confirmation::Entity::update_many()
        .col_expr(
            location_confirmation::Column::EndedAt,
            Expr::value(row::instant(at)),
        )
        .filter(location_confirmation::Column::PracticeLocationId.eq(id.0))
        .filter(location_confirmation::Column::EndedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}
