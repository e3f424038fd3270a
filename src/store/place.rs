//! ZIP codes with their points, as stored.

use std::collections::BTreeMap;

use domain::place::{GeoPoint, PostalCode, PostalPlace};
use entity::place;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::scope::Replaced;
use super::txn::WriteTxn;
use super::{StoreError, row};

/// Every ZIP code, in order.
pub async fn load(db: &impl ConnectionTrait) -> Result<Vec<PostalPlace>, StoreError> {
    let select = place::Entity::find().order_by_asc(place::Column::PostalCode);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// The place of a ZIP code; nothing where there is none.
pub async fn by_code(
    db: &impl ConnectionTrait,
    code: PostalCode,
) -> Result<Option<PostalPlace>, StoreError> {
    let select = place::Entity::find_by_id(code.to_string());
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// Is there no place on file?
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(place::Entity::find().count(db).await? == 0)
}

/// Makes `places` all there are; of several with one ZIP code the last counts. Rows that stay as
/// they are are not written.
pub async fn replace(txn: &WriteTxn, places: &[PostalPlace]) -> Result<Replaced, StoreError> {
    let mut old: BTreeMap<PostalCode, PostalPlace> = load(txn.db())
        .await?
        .into_iter()
        .map(|place| (place.postal_code, place))
        .collect();
    let new: BTreeMap<PostalCode, &PostalPlace> = places
        .iter()
        .map(|place| (place.postal_code, place))
        .collect();
    let mut replaced = Replaced::default();
    let mut gone = Vec::new();
    let mut rows = Vec::new();
    for (code, place) in new {
        match old.remove(&code) {
            Some(before) if before == *place => {
                replaced.unchanged += 1;
                continue;
            }
            Some(_) => {
                replaced.changed += 1;
                gone.push(code);
            }
            None => replaced.added += 1,
        }
        rows.push(to_row(place));
    }
    replaced.removed = old.len();
    gone.extend(old.into_keys());
    for some in gone.chunks(row::bound_values(txn.db())) {
        place::Entity::delete_many()
            .filter(place::Column::PostalCode.is_in(some.iter().map(ToString::to_string)))
            .exec(txn.db())
            .await?;
    }
    row::insert::<place::Entity>(txn.db(), rows).await?;
    Ok(replaced)
}

fn to_row(place: &PostalPlace) -> place::Model {
    place::Model {
        postal_code: place.postal_code.to_string(),
        city: place.city.as_deref().map(Into::into),
        jurisdiction: place.jurisdiction.code().to_owned(),
        county: place.county.as_deref().map(Into::into),
        latitude: place.point.latitude(),
        longitude: place.point.longitude(),
        point_source: place.point_source.code().to_owned(),
        zone: place.zone.name().to_owned(),
    }
}

fn of_row(found: place::Model) -> Result<PostalPlace, StoreError> {
    let table = "place";
    let id = &found.postal_code;
    Ok(PostalPlace {
        postal_code: row::parse(id, table, "postal_code", id)?,
        jurisdiction: row::parse(&found.jurisdiction, table, "jurisdiction", id)?,
        point: GeoPoint::new(found.latitude, found.longitude)
            .map_err(|error| StoreError::inconsistent(table, "latitude", id, error))?,
        point_source: row::parse(&found.point_source, table, "point_source", id)?,
        zone: row::parse(&found.zone, table, "zone", id)?,
        city: found.city.map(Into::into),
        county: found.county.map(Into::into),
    })
}
