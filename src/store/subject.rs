//! The key of each person under which the log hashes what is on file about them.

use domain::npi::Npi;
use entity::subject_key;
use sea_orm::EntityTrait;

use super::provider::number;
use super::txn::WriteTxn;
use super::{StoreError, row};
use crate::chance::Chance;

/// The person's key, made when it is first needed.
pub async fn key(txn: &WriteTxn, npi: Npi, chance: &Chance) -> Result<String, StoreError> {
    let select = subject_key::Entity::find_by_id(number(npi));
    if let Some(found) = row::read(txn.db(), select).await?.pop() {
        return Ok(found.key);
    }
    let new = subject_key::Model {
        provider_npi: number(npi),
        key: chance.token(),
    };
    let key = new.key.clone();
    row::insert::<subject_key::Entity>(txn.db(), vec![new]).await?;
    Ok(key)
}

/// Destroys the person's key: what the log holds of them is then nothing that can be found.
pub async fn destroy(txn: &WriteTxn, npi: Npi) -> Result<(), StoreError> {
    subject_key::Entity::delete_by_id(number(npi))
        .exec(txn.db())
        .await?;
    Ok(())
}
