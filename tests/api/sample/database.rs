//! Made-up people in a database: all of them, once, and told in the log.

use std::path::Path;
use std::process::Command;

use domain::place::PostalPlace;
use domain::provider::{LocationId, Provider};
use drypoint::clock::Clock;
use drypoint::sample::{SeedError, Seeded, people, seed};
use drypoint::store::bulk::{replace_places, replace_scope};
use drypoint::store::log::{self, Verdict};
use drypoint::store::{self, Store};
use tempfile::TempDir;

use super::{LAW, PLACES, SEED, now};

#[tokio::test]
async fn people_are_read_back_as_they_were_made() {
    let folder = TempDir::new().unwrap();
    let store = database(folder.path()).await;
    let told = write(&store, 300).await;
    assert_eq!((told.added, told.kept), (300, 0));

    let places = some_places();
    let made: Vec<_> = people(300, SEED, now(), &places, &LAW).collect();
    let read = store::provider::page_after(store.connection(), None, 1_000).await;
    let read = read.unwrap();
    assert_eq!(read.len(), made.len());
    for (read, made) in read.into_iter().zip(made) {
        assert_eq!(without_numbers(read), without_numbers(made));
    }
    let verdict = log::verify(store.connection()).await.unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
}

#[tokio::test]
async fn the_same_run_again_adds_nobody_and_a_longer_one_the_others() {
    let folder = TempDir::new().unwrap();
    let store = database(folder.path()).await;
    write(&store, 100).await;
    let head = log::head(store.connection()).await.unwrap();

    let again = write(&store, 100).await;
    assert_eq!((again.added, again.kept), (0, 100));
    assert_eq!(log::head(store.connection()).await.unwrap(), head);

    let longer = write(&store, 150).await;
    assert_eq!((longer.added, longer.kept), (50, 100));
    let count = store::provider::count(store.connection()).await.unwrap();
    assert_eq!(count, 150);
    let after = log::head(store.connection()).await.unwrap();
    assert_eq!(after.seq, head.seq + 1);
}

#[tokio::test]
async fn the_example_is_worth_a_search() {
    let folder = TempDir::new().unwrap();
    let store = database(folder.path()).await;
    let example = write(&store, 1_000).await.example.unwrap();
    assert!(example.verified >= 3, "{example:?}");
    let code = example.postal_code;
    assert!(PLACES.iter().any(|it| it.postal_code == code));
}

#[tokio::test]
async fn without_places_nobody_is_written() {
    let folder = TempDir::new().unwrap();
    let store = empty(folder.path()).await;
    let refused = seed(&store, &Clock::fixed(now()), 10, SEED, |_| {}).await;
    assert!(matches!(refused, Err(SeedError::NoPlaces)), "{refused:?}");
    let count = store::provider::count(store.connection()).await.unwrap();
    assert_eq!(count, 0);
}

#[test]
fn the_command_says_what_it_did_and_does_it_once() {
    let folder = TempDir::new().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("test.db").display()
    );
    let drypoint = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drypoint"));
        command.args(arguments).env("DRYPOINT_DATABASE_URL", &url);
        let output = command.output().unwrap();
        let said = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            said(output.stdout),
            said(output.stderr),
        )
    };
    let sample = ["sample", "--providers", "40"];

    let (status, _, error) = drypoint(&sample);
    assert_eq!(status, Some(1));
    assert!(error.contains("drypoint migrate up"), "{error}");

    assert_eq!(drypoint(&["migrate", "up"]).0, Some(0));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (status, told, _) = drypoint(&sample);
    assert_eq!(status, Some(0));
    assert!(
        words(&told).starts_with("seed 1 people added 40 on file already 0"),
        "{told}"
    );
    let (status, told, _) = drypoint(&sample);
    assert_eq!(status, Some(0));
    assert!(
        words(&told).starts_with("seed 1 people added 0 on file already 40"),
        "{told}"
    );

    assert_eq!(drypoint(&["sample", "--providers", "0"]).0, Some(2));
    assert_eq!(drypoint(&["sample", "--providers", "-1"]).0, Some(2));
}

async fn write(store: &Store, count: usize) -> Seeded {
    let mut done = Vec::new();
    let clock = Clock::fixed(now());
    let told = seed(store, &clock, count, SEED, |so_far| done.push(so_far)).await;
    assert_eq!(done.last(), Some(&count));
    told.expect("people are written")
}

async fn database(folder: &Path) -> Store {
    let store = empty(folder).await;
    let places = replace_places(&store, &some_places(), now(), false).await;
    places.expect("places are written");
    let law = replace_scope(&store, &LAW, now(), false).await;
    law.expect("the law is written");
    store
}

async fn empty(folder: &Path) -> Store {
    let url = format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
    let store = Store::connect(&url).await.expect("a database");
    store.migrate().await.expect("tables");
    store
}

/// One ZIP in forty, which is quick to write.
fn some_places() -> Vec<PostalPlace> {
    PLACES.iter().step_by(40).cloned().collect()
}

/// The person without what the database numbers for itself.
fn without_numbers(mut person: Provider) -> Provider {
    let places: Vec<_> = person.locations.iter().map(|it| it.id).collect();
    let nth = |id: LocationId| {
        let number = (0_i64..).zip(&places).find(|(_, it)| **it == id);
        LocationId(number.map_or(-1, |(nth, _)| nth))
    };
    for attestation in &mut person.attestations {
        attestation.id.0 = 0;
        for id in &mut attestation.locations {
            *id = nth(*id);
        }
    }
    person
        .locations
        .iter_mut()
        .for_each(|it| it.id = nth(it.id));
    person.licenses.iter_mut().for_each(|it| it.id.0 = 0);
    let training = person.training.iter_mut().map(|it| &mut it.credential);
    for credential in training.chain(&mut person.credentials) {
        credential.id.0 = 0;
        credential.issuer.id = 0;
    }
    person.changed_seq = 0;
    person
}
