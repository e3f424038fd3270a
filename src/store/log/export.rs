//! The log as text that others can check without us.

use std::io::Write;

use entity::event;
use sea_orm::ConnectionTrait;

use super::Event;
use super::verify::page;
use crate::store::{StoreError, row};

/// Writes every entry as one line of canonical JSON, its hash included, and tells how many.
///
/// Without its member `hash` a line is exactly what was hashed after the `prevHash` it bears.
pub async fn export(db: &impl ConnectionTrait, out: &mut impl Write) -> Result<u64, StoreError> {
    let mut after = i64::MIN;
    let mut written = 0;
    loop {
        let rows = page(db, after).await?;
        if rows.is_empty() {
            return Ok(written);
        }
        for row in &rows {
            let row = row::model::<event::Entity>(row)?;
            after = row.seq;
            let mut line = Event::of_row(row)?.canonical();
            line.push(b'\n');
            out.write_all(&line).map_err(StoreError::Export)?;
            written += 1;
        }
    }
}
