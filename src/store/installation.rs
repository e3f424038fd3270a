//! What the database remembers of the installation that it belongs to.

use entity::installation;
use sea_orm::EntityTrait;

use super::{Store, StoreError, row};

/// Why a key is not this database's.
#[derive(Debug, thiserror::Error)]
pub enum WrongSecret {
    /// The database was begun with another.
    #[error(
        "the database was begun with another key, without which nothing that it sealed can be read: \
         name the file that holds it with --secret-file, or put it back from where it is kept"
    )]
    Another,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Binds the database to a key by the key's fingerprint: the first that comes stays.
pub async fn bind(store: &Store, fingerprint: &str) -> Result<(), WrongSecret> {
    let held = match held(store.connection()).await? {
        Some(held) => held,
        None => first(store, fingerprint).await?,
    };
    if held == fingerprint {
        Ok(())
    } else {
        Err(WrongSecret::Another)
    }
}

/// Writes the fingerprint unless another process has just written one; which it is now.
async fn first(store: &Store, fingerprint: &str) -> Result<String, StoreError> {
    let txn = store.begin().await?;
    if let Some(held) = held(txn.db()).await? {
        txn.rollback().await?;
        return Ok(held);
    }
    let written = installation::Model {
        id: 1,
        secret_fingerprint: fingerprint.to_owned(),
    };
    row::insert::<installation::Entity>(txn.db(), vec![written]).await?;
    txn.commit_work().await?;
    Ok(fingerprint.to_owned())
}

/// The fingerprint of the key that the database is bound to; nothing before the first.
pub async fn held(db: &impl sea_orm::ConnectionTrait) -> Result<Option<String>, StoreError> {
    let mut rows = row::read(db, installation::Entity::find()).await?;
    Ok(rows.pop().map(|row| row.secret_fingerprint))
}
