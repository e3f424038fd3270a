//! Bringing a database to the shape that this program knows.

use migration::Migrator;
use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::MigratorTrait;

use super::{Store, StoreError};

/// Names our lock among PostgreSQL's advisory locks: "dry" in ASCII.
const LOCK: i64 = 0x64_72_79;

impl Store {
    /// Makes every change that is still to be made, all of them or none.
    ///
    /// The migrator takes no lock of its own, so several programs started at once would make the same
    /// change twice: this waits for the one that came first and then finds nothing to do.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let txn = self.exclusive().await?;
        if txn.get_database_backend() == DbBackend::Postgres {
            txn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})"))
                .await?;
        }
        Migrator::up(&txn, None).await?;
        Ok(txn.commit().await?)
    }

    /// The names of the changes that were made, oldest first. Writes nothing.
    pub async fn applied_migrations(&self) -> Result<Vec<String>, StoreError> {
        let applied = Migrator::get_applied_migrations_read_only(self.connection()).await?;
        Ok(applied
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect())
    }

    /// The names of the changes that are still to be made, oldest first. Writes nothing.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(self.connection()).await?;
        Ok(pending
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect())
    }
}
