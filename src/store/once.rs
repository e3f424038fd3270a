//! Keys of what is said or asked once: each is used once and never again, whoever uses it.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::StoreError;
use super::provider::BATCH;

/// Which of these keys stand in a table's column already.
pub(super) async fn used<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    keys: &[&str],
) -> Result<HashSet<String>, StoreError> {
    let mut known = HashSet::new();
    for some in keys.chunks(BATCH) {
        let found: Vec<Option<String>> = E::find()
            .select_only()
            .column(column)
            .filter(column.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        known.extend(found.into_iter().flatten());
    }
    Ok(known)
}
