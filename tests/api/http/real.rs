//! A server with the real schema over a small directory of made-up people.

use std::net::SocketAddr;
use std::sync::Arc;

use domain::eligibility::Rulebook;
use drypoint::app::App;
use drypoint::cli::wiring;
use drypoint::clock::Clock;
use drypoint::http::Settings;
use drypoint::store::Store;
use drypoint::{import, sample};
use index::{Gazetteer, Snapshot};
use tempfile::TempDir;

use crate::support::equipment::equipment;

/// Serves for as long as its runtime lives.
pub(super) struct RealServer {
    pub address: SocketAddr,
    _directory: TempDir,
}

impl RealServer {
    /// Nobody's bucket is ever empty here: what runs against this server is one client in a hurry.
    pub(super) async fn spawn(people: usize) -> Self {
        let directory = TempDir::new().unwrap();
        let file = directory.path().join("drypoint.db");
        let store = Store::connect(&format!("sqlite://{}?mode=rwc", file.display()))
            .await
            .unwrap();
        let clock = Clock::fixed("2026-11-21T12:00:00Z".parse().unwrap());
        let places = import::seed::places().unwrap();
        let scope = import::seed::law().unwrap();
        let people: Vec<_> = sample::people(people, 1, clock.now(), &places, &scope).collect();
        let rules = Rulebook {
            scope,
            ..Rulebook::default()
        };
        let places = Arc::new(Gazetteer::new(places));
        let snapshot = Snapshot::build(7, Arc::new(rules), places, people);
        let app = Arc::new(App::new(store, equipment(clock), snapshot));
        let settings = Settings {
            rate: None,
            ..Settings::default()
        };
        let server = wiring::server(app, ([127, 0, 0, 1], 0).into(), settings)
            .await
            .unwrap();
        let address = server.address().unwrap();
        tokio::spawn(server.run(std::future::pending()));
        Self {
            address,
            _directory: directory,
        }
    }

    pub(super) fn graphql(&self) -> String {
        format!("http://{}/graphql", self.address)
    }
}
