//! The first places, law and policy of an empty database.

use drypoint::import::seed::{self, seed};
use drypoint::store::{bulk, log, policy};

use crate::support::database::{Database, now};

#[tokio::test]
async fn nodes_that_start_at_once_on_one_empty_database_seed_it_once() {
    let database = Database::new().await;
    // With places and law there, all of them come to the policy at the same time.
    let places = seed::places().unwrap();
    bulk::first_places(&database.store, &places[..1], now())
        .await
        .unwrap();
    bulk::first_scope(&database.store, &seed::law().unwrap(), now())
        .await
        .unwrap();
    let before = log::head(database.store.connection()).await.unwrap().seq;
    let nodes = [
        database.again().await.unwrap(),
        database.again().await.unwrap(),
        database.again().await.unwrap(),
    ];
    let [first, second, third] = &nodes;
    let (first, second, third) =
        tokio::join!(seed(first, now()), seed(second, now()), seed(third, now()));
    first.unwrap();
    second.unwrap();
    third.unwrap();
    let db = database.store.connection();
    assert_eq!(policy::current(db).await.unwrap().unwrap().version, 1);
    // The compacts, the policy, the issuers.
    assert_eq!(log::head(db).await.unwrap().seq, before + 3);
}

#[tokio::test]
async fn what_another_node_has_put_there_meanwhile_stays() {
    let database = Database::new().await;
    let places = seed::places().unwrap();
    for some in [&places[..2], &places[..1]] {
        bulk::first_places(&database.store, some, now())
            .await
            .unwrap();
    }
    let held = drypoint::store::place::load(database.store.connection())
        .await
        .unwrap();
    assert_eq!(held.len(), 2);
}
