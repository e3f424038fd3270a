//! Recalls on file. Nothing takes one back: what a later file lacks stays.

use chrono::{DateTime, NaiveDate, Utc};
use domain::needle::check::bare;
use domain::needle::recall::{Recall, RecallTable};
use domain::place::Jurisdiction;
use domain::time::local_day;
use entity::recall;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// A recall with where to read about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecallNotice {
    /// What it takes out of use.
    pub recall: Recall,
    /// Where it is to be read.
    pub reference_url: Option<Box<str>>,
}

impl RecallNotice {
    /// By which a notice is the same one: device, lot and source.
    pub fn key(&self) -> (String, String, Box<str>) {
        (
            bare(&self.recall.device_identifier),
            lot_key(self.recall.lot.as_deref()),
            self.recall.source.clone(),
        )
    }
}

/// Every recall on file, in the order in which they came.
pub async fn notices(db: &impl ConnectionTrait) -> Result<Vec<RecallNotice>, StoreError> {
    let rows = row::read(db, recall::Entity::find().order_by_asc(recall::Column::Id)).await?;
    let notices = rows.into_iter().map(|found| RecallNotice {
        reference_url: found.reference_url.as_deref().map(Into::into),
        recall: of_row(found),
    });
    Ok(notices.collect())
}

/// The recalls of some devices, by their one spelling.
pub async fn of_devices(
    db: &impl ConnectionTrait,
    devices: &[String],
) -> Result<RecallTable, StoreError> {
    let mut found = Vec::new();
    for some in devices.chunks(row::bound_values(db)) {
        let select =
            recall::Entity::find().filter(recall::Column::DeviceBare.is_in(some.iter().cloned()));
        found.extend(row::read(db, select).await?.into_iter().map(of_row));
    }
    Ok(RecallTable::new(found))
}

/// Puts a notice on file, or gives one of the same key its new words.
pub async fn put(
    txn: &WriteTxn,
    notices: &[RecallNotice],
    at: DateTime<Utc>,
    seq: u64,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for notice in notices {
        let (device_bare, lot_key, source) = notice.key();
        let on_file = recall::Entity::find()
            .filter(recall::Column::DeviceBare.eq(device_bare.as_str()))
            .filter(recall::Column::LotKey.eq(lot_key.as_str()))
            .filter(recall::Column::Source.eq(&*source));
        let on_file = row::read(txn.db(), on_file).await?.pop();
        let (id, recorded_at) = match on_file {
            // It counts since we first learned of it.
            Some(before) => (before.id, before.recorded_at),
            None => (txn.take_id(), row::instant(at)),
        };
        rows.push(recall::Model {
            id,
            device_identifier: notice.recall.device_identifier.to_string(),
            device_bare,
            lot: notice.recall.lot.as_deref().map(Into::into),
            lot_key,
            source: source.into(),
            recalled_on: notice.recall.announced_on,
            reference_url: notice.reference_url.as_deref().map(Into::into),
            recorded_at,
            recorded_seq: seq_value(seq),
        });
    }
    row::upsert::<recall::Entity>(txn.db(), rows).await
}

/// Since when the directory counts each recall of some devices.
pub(in crate::store) struct Counted(Vec<(String, String, NaiveDate)>);

impl Counted {
    /// Of the devices that a statement selects.
    pub(in crate::store) async fn read(
        db: &impl ConnectionTrait,
        devices: SelectStatement,
    ) -> Result<Self, StoreError> {
        let select = recall::Entity::find().filter(recall::Column::DeviceBare.in_subquery(devices));
        let rows = row::read(db, select).await?;
        let counted = rows.into_iter().map(|found| {
            let learned_on = local_day(found.recorded_at, Jurisdiction::Dc.zone());
            let from = found.recalled_on.max(learned_on);
            (found.device_bare, found.lot_key, from)
        });
        Ok(Self(counted.collect()))
    }

    /// From which day on a lot is out of use.
    pub(in crate::store) fn recalled_on(
        &self,
        device: Option<&str>,
        lot: &str,
    ) -> Option<NaiveDate> {
        let (device, lot) = (device?, lot_key(Some(lot)));
        let recalls = self.0.iter();
        recalls
            .filter(|(of_device, of_lot, _)| {
                of_device == device && (of_lot.is_empty() || *of_lot == lot)
            })
            .map(|(_, _, from)| *from)
            .min()
    }
}

/// Lots are compared without regard to capitals, as [`RecallTable::find`] does.
fn lot_key(lot: Option<&str>) -> String {
    lot.map(|lot| lot.trim().to_ascii_uppercase())
        .unwrap_or_default()
}

fn of_row(found: recall::Model) -> Recall {
    Recall {
        device_identifier: found.device_identifier.into(),
        lot: found.lot.map(Into::into),
        announced_on: found.recalled_on,
        source: found.source.into(),
    }
}
