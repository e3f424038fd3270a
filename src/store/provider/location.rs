//! Places of practice and who confirmed them when.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::place::GeoPoint;
use domain::provider::{Address, LocationId, Position, PracticeLocation, Provider};
use entity::{location_confirmation, practice_location};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::group::Groups;
use super::number;
use super::selection::Selection;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The stored number of each location, by the person's NPI and the handle used for it.
pub(super) type StoredLocations = HashMap<(i64, LocationId), i64>;

pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<PracticeLocation>, StoreError> {
    let mut confirmations = confirmations(db, whom).await?;
    let select = practice_location::Entity::find()
        .filter(whom.covers(practice_location::Column::ProviderNpi))
        .filter(practice_location::Column::ClosedAt.is_null())
        .order_by_asc(practice_location::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let confirmed = confirmations.take(found.id);
            Ok((found.provider_npi, of_row(found, &confirmed)?))
        })
        .collect()
}

pub(super) async fn insert(
    txn: &WriteTxn,
    people: &[Provider],
) -> Result<StoredLocations, StoreError> {
    let mut stored = StoredLocations::new();
    let mut locations = Vec::new();
    let mut confirmations = Vec::new();
    for person in people {
        let npi = number(person.npi);
        for location in &person.locations {
            let id = txn.take_id();
            stored.insert((npi, location.id), id);
            locations.push(to_row(id, npi, location));
            for (ordinal, at) in location.confirmed_at.iter().enumerate() {
                confirmations.push(location_confirmation::Model {
                    practice_location_id: id,
                    ordinal: row::ordinal(ordinal),
                    confirmed_at: row::instant(*at),
                    ended_at: ended_at(location, *at).map(row::instant),
                });
            }
        }
    }
    row::insert::<practice_location::Entity>(txn.db(), locations).await?;
    row::insert::<location_confirmation::Entity>(txn.db(), confirmations).await?;
    Ok(stored)
}

/// When the place moved after a confirmation of it.
fn ended_at(location: &PracticeLocation, confirmed_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let later = location.moved_at.iter().filter(|at| **at > confirmed_at);
    later.min().copied()
}

/// A location that hides nothing.
pub(in crate::store) fn to_row(
    id: i64,
    provider_npi: i64,
    location: &PracticeLocation,
) -> practice_location::Model {
    let point = location.position.map(|position| position.point);
    practice_location::Model {
        id,
        row_version: row::version(location.version),
        provider_npi,
        name: location.name.as_deref().map(Into::into),
        address_lines: address_lines(&location.address),
        city: location.address.city.to_string(),
        state: location.address.state.code().to_owned(),
        postal_code: location.address.postal_code.to_string(),
        latitude: point.map(GeoPoint::latitude),
        longitude: point.map(GeoPoint::longitude),
        precision: location
            .position
            .map(|position| position.precision.code().to_owned()),
        zone: location.zone.name().to_owned(),
        phone: location.phone.as_deref().map(Into::into),
        wheelchair_access: location.wheelchair_access,
        hides_street: false,
        closed_at: None,
    }
}

/// Lines are told apart by line breaks, so a break inside one becomes a space.
fn address_lines(address: &Address) -> String {
    let lines: Vec<_> = address
        .lines
        .iter()
        .map(|line| line.replace(['\r', '\n'], " "))
        .collect();
    lines.join("\n")
}

async fn confirmations(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<location_confirmation::Model>, StoreError> {
    let of_people = whom.ids::<practice_location::Entity>(
        practice_location::Column::Id,
        practice_location::Column::ProviderNpi,
    );
    let select = location_confirmation::Entity::find()
        .filter(location_confirmation::Column::PracticeLocationId.in_subquery(of_people))
        .order_by_asc(location_confirmation::Column::PracticeLocationId)
        .order_by_asc(location_confirmation::Column::Ordinal);
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| (found.practice_location_id, found))
        .collect())
}

pub(in crate::store) fn of_row(
    found: practice_location::Model,
    confirmations: &[location_confirmation::Model],
) -> Result<PracticeLocation, StoreError> {
    let table = "practice_location";
    let id = found.id;
    let position = position(&found)?;
    let lines = found
        .address_lines
        .split('\n')
        .filter(|line| !found.hides_street && !line.is_empty());
    let mut moved_at: Vec<_> = confirmations.iter().filter_map(|it| it.ended_at).collect();
    moved_at.sort_unstable();
    moved_at.dedup();
    Ok(PracticeLocation {
        version: row::fit(
            found.row_version,
            "practice_location",
            "row_version",
            found.id,
        )?,
        id: LocationId(id),
        name: found.name.map(Into::into),
        address: Address {
            lines: lines.map(Into::into).collect(),
            city: found.city.into(),
            state: row::parse(&found.state, table, "state", id)?,
            postal_code: row::parse(&found.postal_code, table, "postal_code", id)?,
        },
        position,
        zone: row::parse(&found.zone, table, "zone", id)?,
        phone: found.phone.map(Into::into),
        wheelchair_access: found.wheelchair_access,
        confirmed_at: confirmations.iter().map(|it| it.confirmed_at).collect(),
        moved_at,
    })
}

/// All three columns are filled, or none.
fn position(found: &practice_location::Model) -> Result<Option<Position>, StoreError> {
    let table = "practice_location";
    match (found.latitude, found.longitude, &found.precision) {
        (None, None, None) => Ok(None),
        (Some(latitude), Some(longitude), Some(precision)) => Ok(Some(Position {
            point: GeoPoint::new(latitude, longitude)
                .map_err(|error| StoreError::inconsistent(table, "latitude", found.id, error))?,
            precision: row::parse(precision, table, "precision", found.id)?,
        })),
        _ => Err(StoreError::inconsistent(
            table,
            "precision",
            found.id,
            "latitude, longitude and precision are stored together or not at all",
        )),
    }
}
