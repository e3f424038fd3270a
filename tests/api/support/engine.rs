//! The same tests on the other engine: what a test opens as its database is a fresh one on a PostgreSQL
//! server while it runs within [`on_postgresql`].

use std::cell::RefCell;

use drypoint::import::seed;
use drypoint::store::Store;
use sea_orm::ConnectionTrait;

use super::people::now;
use super::postgres::Postgres;

/// What every database of the tests is copied from: migrated, with the law, the places and the policy.
const SEEDED: &str = "seeded";

struct Server {
    postgres: Postgres,
    databases: u32,
}

thread_local! {
    // A test's runtime has one thread, the one that calls it: tests beside it are not concerned.
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

/// Runs tests, each by its name, one after the other on databases of one PostgreSQL server.
pub(crate) fn on_postgresql(tests: &[(&str, fn())]) {
    SERVER.set(Some(Server {
        postgres: Postgres::start(),
        databases: 0,
    }));
    for (name, test) in tests {
        // What a failing test says comes after its name.
        eprintln!("{name} on PostgreSQL");
        test();
    }
    SERVER.take();
}

/// A database that nobody has used, where tests run within [`on_postgresql`].
pub(super) async fn fresh_database() -> Option<String> {
    let is_first = SERVER.with_borrow(|server| Some(server.as_ref()?.databases == 0))?;
    if is_first {
        let url = next("template1", SEEDED);
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        seed::seed(&store, now()).await.unwrap();
        // Of all the places only those that tests name: they are copied and read for every test.
        let sql = "DELETE FROM place WHERE jurisdiction NOT IN ('AZ', 'CA', 'CO', 'NY', 'TX')";
        store.connection().execute_unprepared(sql).await.unwrap();
        store.close().await.unwrap();
    }
    let number = SERVER.with_borrow(|server| server.as_ref().map(|server| server.databases))?;
    Some(next(SEEDED, &format!("test_{number}")))
}

fn next(template: &str, name: &str) -> String {
    SERVER.with_borrow_mut(|server| {
        let server = server.as_mut().unwrap();
        server.databases += 1;
        server.postgres.database(template, name)
    })
}

/// Tests with their names.
macro_rules! tests {
    ($($room:ident::{$($test:ident),+ $(,)?}),+ $(,)?) => {
        &[$($((stringify!($test), $room::$test as fn())),+),+]
    };
}
pub(crate) use tests;
