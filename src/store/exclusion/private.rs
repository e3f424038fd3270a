//! Birth dates: kept sealed, read only to be held against a list.

use std::collections::HashMap;

use domain::npi::Npi;
use entity::provider_private;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::store::provider::{BATCH, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// A birth date as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedBirthDate {
    /// Encrypted with the installation's key.
    pub sealed: Vec<u8>,
    /// Keyed hash: equal for equal dates.
    pub index: String,
}

/// The birth dates of these people, as far as they told them.
pub async fn birth_dates(
    db: &impl ConnectionTrait,
    of: &[Npi],
) -> Result<HashMap<Npi, SealedBirthDate>, StoreError> {
    let mut found = HashMap::new();
    for some in of.chunks(BATCH) {
        let whose = provider_private::Column::ProviderNpi;
        let select =
            provider_private::Entity::find().filter(whose.is_in(some.iter().copied().map(number)));
        for private in row::read(db, select).await? {
            let npi = private.provider_npi;
            found.insert(
                row::parse(
                    &format!("{npi:010}"),
                    "provider_private",
                    "provider_npi",
                    npi,
                )?,
                SealedBirthDate {
                    sealed: private.birth_date_sealed,
                    index: private.birth_date_index,
                },
            );
        }
    }
    Ok(found)
}

/// Of how many people the birth date is known.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    Ok(provider_private::Entity::find().count(db).await?)
}

/// Keeps a person's birth date in the place of an earlier one.
pub async fn save_birth_date(
    txn: &WriteTxn,
    of: Npi,
    birth_date: SealedBirthDate,
) -> Result<(), StoreError> {
    let kept = provider_private::Model {
        provider_npi: number(of),
        birth_date_sealed: birth_date.sealed,
        birth_date_index: birth_date.index,
    };
    row::upsert::<provider_private::Entity>(txn.db(), vec![kept]).await
}

/// Forgets a person's birth date.
pub async fn forget_birth_date(txn: &WriteTxn, of: Npi) -> Result<(), StoreError> {
    provider_private::Entity::delete_by_id(number(of))
        .exec(txn.db())
        .await?;
    Ok(())
}
