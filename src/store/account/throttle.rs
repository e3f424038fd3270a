//! How often a name or an address has failed of late. Working data: none of it is in the log.

use chrono::{DateTime, Utc};
use entity::sign_in_throttle;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::store::{Store, StoreError, row};

/// What is remembered of one name or address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Throttle {
    /// By its keyed hash.
    pub subject: String,
    /// Attempts that have not succeeded.
    pub failures: u32,
    /// The last of them.
    pub last_failed_at: DateTime<Utc>,
    /// Until then nothing is tried.
    pub blocked_until: DateTime<Utc>,
}

/// Changes what is remembered of some subjects, all in one step that no other attempt comes between.
/// `change` is given what is remembered of each, in the order asked, and gives what shall be: nothing of
/// a subject is to forget it. Nothing is written when it refuses.
pub async fn change<R>(
    store: &Store,
    subjects: &[String],
    change: impl FnOnce(Vec<Option<Throttle>>) -> Result<Vec<Option<Throttle>>, R>,
) -> Result<Result<Vec<Option<Throttle>>, R>, StoreError> {
    let txn = store.begin().await?;
    let select = sign_in_throttle::Entity::find()
        .filter(sign_in_throttle::Column::Subject.is_in(subjects.iter().cloned()));
    let mut held = Vec::new();
    for row in row::read(txn.db(), select).await? {
        held.push(Throttle {
            failures: row::fit(row.failures, "sign_in_throttle", "failures", &row.subject)?,
            subject: row.subject,
            last_failed_at: row.last_failed_at,
            blocked_until: row.blocked_until,
        });
    }
    let held = subjects.iter().map(|subject| {
        let of_it = |throttle: &&Throttle| throttle.subject == *subject;
        held.iter().find(of_it).cloned()
    });
    let changed = match change(held.collect()) {
        Ok(changed) => changed,
        Err(refused) => {
            txn.rollback().await?;
            return Ok(Err(refused));
        }
    };
    let rows = changed.iter().flatten().map(|throttle| {
        Ok(sign_in_throttle::Model {
            subject: throttle.subject.clone(),
            failures: row::fit(
                throttle.failures,
                "sign_in_throttle",
                "failures",
                &throttle.subject,
            )?,
            last_failed_at: row::instant(throttle.last_failed_at),
            blocked_until: row::instant(throttle.blocked_until),
        })
    });
    let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
    let forgotten = subjects.iter().zip(&changed);
    let forgotten = forgotten
        .filter(|(_, now)| now.is_none())
        .map(|(subject, _)| subject.clone());
    sign_in_throttle::Entity::delete_many()
        .filter(sign_in_throttle::Column::Subject.is_in(forgotten))
        .exec(txn.db())
        .await?;
    row::upsert::<sign_in_throttle::Entity>(txn.db(), rows).await?;
    txn.commit_work().await?;
    Ok(Ok(changed))
}

/// Forgets whoever has not failed since an instant.
pub async fn forget_before(store: &Store, at: DateTime<Utc>) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    sign_in_throttle::Entity::delete_many()
        .filter(sign_in_throttle::Column::LastFailedAt.lt(row::instant(at)))
        .exec(txn.db())
        .await?;
    txn.commit_work().await
}
