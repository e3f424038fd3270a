//! How long ago people were screened, counted.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::store::{StoreError, row};

/// People by the time of their last screening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screened {
    /// Everybody who is on file and not withdrawn.
    pub people: u64,
    /// Screened at `due` or later.
    pub lately: u64,
    /// Screened before that, and at `overdue` or later.
    pub due: u64,
    /// Screened before `overdue`.
    pub overdue: u64,
    /// Never screened.
    pub never: u64,
}

#[derive(FromQueryResult)]
struct Counts {
    people: i64,
    screened: i64,
    lately: i64,
    not_overdue: i64,
}

/// One row for everybody with their last screening, in words that both engines know.
const COUNT: &str = "
SELECT COUNT(*) AS people,
       COUNT(latest.screened_at) AS screened,
       COALESCE(SUM(CASE WHEN latest.screened_at >= $1 THEN 1 ELSE 0 END), 0) AS lately,
       COALESCE(SUM(CASE WHEN latest.screened_at >= $2 THEN 1 ELSE 0 END), 0) AS not_overdue
FROM provider
LEFT JOIN (SELECT provider_npi, MAX(screened_at) AS screened_at
           FROM provider_screening GROUP BY provider_npi) AS latest
       ON latest.provider_npi = provider.npi
WHERE provider.withdrawn_at IS NULL";

/// Counts people by their last screening.
pub async fn screened(
    db: &impl ConnectionTrait,
    due: DateTime<Utc>,
    overdue: DateTime<Utc>,
) -> Result<Screened, StoreError> {
    let moments = [row::instant(due).into(), row::instant(overdue).into()];
    let count = Statement::from_sql_and_values(db.get_database_backend(), COUNT, moments);
    let Some(found) = db.query_one_raw(count).await? else {
        return Ok(Screened::default());
    };
    let counts = Counts::from_query_result(&found, "")?;
    let fit = |count: i64| row::fit(count, "provider_screening", "screened_at", "*");
    Ok(Screened {
        people: fit(counts.people)?,
        lately: fit(counts.lately)?,
        due: fit(counts.not_overdue - counts.lately)?,
        overdue: fit(counts.screened - counts.not_overdue)?,
        never: fit(counts.people - counts.screened)?,
    })
}
