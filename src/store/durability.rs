//! What the engine promises of an acknowledged write.

use sea_orm::{ConnectionTrait, DbBackend};

use super::{Store, StoreError};

/// How the database keeps what it has acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// Does an acknowledged write survive the loss of power?
    pub is_safe: bool,
    /// The settings that decide it, as the engine spells them.
    pub settings: String,
}

impl Store {
    /// Asks a writing connection, because that is where it matters.
    pub async fn durability(&self) -> Result<Durability, StoreError> {
        if self.writers.get_database_backend() == DbBackend::Postgres {
            let fsync: String = self.setting("SHOW fsync").await?;
            let commit: String = self.setting("SHOW synchronous_commit").await?;
            return Ok(Durability {
                is_safe: fsync == "on" && commit != "off",
                settings: format!("fsync={fsync} synchronous_commit={commit}"),
            });
        }
        let journal: String = self.setting("PRAGMA journal_mode").await?;
        let synchronous: i64 = self.setting("PRAGMA synchronous").await?;
        Ok(Durability {
            // FULL is 2 and EXTRA 3.
            is_safe: synchronous >= 2,
            settings: format!("journal_mode={journal} synchronous={synchronous}"),
        })
    }

    async fn setting<T: sea_orm::TryGetable>(&self, sql: &str) -> Result<T, StoreError> {
        let row = self
            .writers
            .query_one_raw(sea_orm::Statement::from_string(
                self.writers.get_database_backend(),
                sql,
            ))
            .await?;
        match row {
            Some(row) => Ok(row.try_get_by_index(0)?),
            None => Err(StoreError::inconsistent("settings", sql, 1, "no answer")),
        }
    }
}
