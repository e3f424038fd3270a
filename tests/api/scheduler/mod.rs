//! What the passing of time brings: by the clock that tests set.

mod expiring;
mod nodes;
mod queue;
mod reminders;
pub(crate) mod requests;
mod sending;
mod tasks;

use domain::npi::Npi;
use drypoint::store::Store;
use drypoint::store::log::{self, NewEvent};
use drypoint::store::notice::{self, Filter, StoredNotice};
use sea_orm::ConnectionTrait;

use crate::support::people::now;

/// Gives an entry an account with an address, as an admin might by SQL.
pub(crate) async fn reachable(store: &Store, npi: Npi, account: i64) {
    let txn = store.begin().await.unwrap();
    let at = "2026-01-01 00:00:00+00:00";
    for sql in [
        format!(
            "INSERT INTO account (id, name, email, created_at, row_version) \
             VALUES ({account}, 'person{account}', 'person{account}@example.org', '{at}', 1)"
        ),
        format!(
            "INSERT INTO account_entry (id, account_id, provider_npi, role, since) \
             VALUES ({account}, {account}, {npi}, 'PROVIDER', '{at}')"
        ),
    ] {
        txn.db().execute_unprepared(&sql).await.unwrap();
    }
    let event = NewEvent::by_system("test.account", "account", now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
}

/// Every notice on file, the first first.
async fn notices(store: &Store) -> Vec<StoredNotice> {
    let filter = Filter::default();
    let mut all = notice::page(store.connection(), &filter, None, 10_000)
        .await
        .unwrap();
    all.reverse();
    all
}
