//! A directory on a port of its own, for those who come with keys.

use std::net::SocketAddr;
use std::sync::Arc;

use domain::access::Role;
use domain::npi::Npi;
use drypoint::app::App;
use drypoint::cli::wiring;
use drypoint::http::Settings;
use drypoint::service::account::manage::{self, Added, Addition};
use reqwest::{Client, Response};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::desk::Desk;

/// The directory and its port. It stops with the test, or when told to.
pub(crate) struct Port {
    pub(crate) desk: Desk,
    pub(crate) address: SocketAddr,
    pub(crate) client: Client,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Port {
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut Settings)) -> Self {
        let desk = Desk::open().await;
        let mut settings = Settings {
            rate: None,
            ..Settings::default()
        };
        change(&mut settings);
        let (address, stop, running) = serve(Arc::clone(&desk.app), settings).await;
        Self {
            desk,
            address,
            client: Client::new(),
            stop: Some(stop),
            running,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A new account of these roles, with a key.
    pub(crate) async fn account(&self, name: &str, roles: &[Role], own: Option<Npi>) -> Added {
        account(&self.desk.app, name, roles, own).await
    }

    /// The key of a new account, as it is sent.
    pub(crate) async fn key(&self, name: &str, roles: &[Role], own: Option<Npi>) -> String {
        bearer(&self.account(name, roles, own).await)
    }

    pub(crate) fn stop(&mut self) {
        self.stop.take().expect("stopped once").send(()).unwrap();
    }

    pub(crate) async fn has_stopped(self) {
        self.running.await.unwrap().unwrap();
    }
}

/// A new account of these roles, with a key.
pub(crate) async fn account(app: &App, name: &str, roles: &[Role], own: Option<Npi>) -> Added {
    let addition = Addition {
        name: name.parse().unwrap(),
        email: None,
        roles: roles.to_vec(),
        provider: own,
        delegate_of: Vec::new(),
        key: Some("test".into()),
    };
    manage::add(app, &addition).await.unwrap()
}

/// What an account's key is sent as.
pub(crate) fn bearer(added: &Added) -> String {
    format!("Bearer {}", added.key.as_ref().unwrap().key)
}

/// Serves an application on a free port.
pub(crate) async fn serve(
    app: Arc<App>,
    settings: Settings,
) -> (
    SocketAddr,
    oneshot::Sender<()>,
    JoinHandle<std::io::Result<()>>,
) {
    let server = wiring::server(app, ([127, 0, 0, 1], 0).into(), settings).await;
    let server = server.unwrap();
    let address = server.address().unwrap();
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(server.run(async {
        // Dropped with the test, it goes on until the test's runtime ends.
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
    }));
    (address, stop, running)
}

/// Status, code and field of a refusal.
pub(crate) async fn refused(response: Response) -> (u16, String, String) {
    let status = response.status().as_u16();
    let told: Value = response.json().await.unwrap();
    let extensions = &told["errors"][0]["extensions"];
    let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
    (status, text("code"), text("field"))
}
