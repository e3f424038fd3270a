//! Serves until told to stop, and then lets what is under way end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use poem::Server as PoemServer;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::auth::AuthEndpoint;
use super::connection::Guarded;
use super::door::{Door, Doorman};
use super::evidence::{Archive, EvidenceEndpoint};
use super::executor::Executor;
use super::graphql_endpoint::GraphqlEndpoint;
use super::metrics::Metrics;
use super::settings::Settings;
use super::shell::Shell;
use super::socket::SocketEndpoint;
use super::vitals::Vitals;

/// A server on an address, not yet serving.
pub struct Server {
    listener: TcpListener,
    executor: Executor,
    vitals: Arc<dyn Vitals>,
    doorman: Option<Arc<dyn Doorman>>,
    archive: Option<Arc<dyn Archive>>,
    settings: Settings,
}

impl Server {
    /// Takes the address. `:0` takes any free port.
    pub async fn bind(
        address: SocketAddr,
        executor: Executor,
        vitals: Arc<dyn Vitals>,
        settings: Settings,
    ) -> io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind(address).await?,
            executor,
            vitals,
            doorman: None,
            archive: None,
            settings,
        })
    }

    /// With somebody who knows accounts. Without, everybody is anybody.
    #[must_use]
    pub fn with_doorman(self, doorman: Arc<dyn Doorman>) -> Self {
        Self {
            doorman: Some(doorman),
            ..self
        }
    }

    /// With files. Without, none are taken or given.
    #[must_use]
    pub fn with_archive(self, archive: Arc<dyn Archive>) -> Self {
        Self {
            archive: Some(archive),
            ..self
        }
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is ready. Then nobody new is let in; for [`Settings::drain`] clients that are
    /// connected are still answered, each with the word to close the connection; and what runs by then
    /// may end within [`Settings::shutdown_timeout`]. So no request that has been received is cut.
    pub async fn run(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let address = self.address()?;
        let Self {
            listener,
            executor,
            vitals,
            doorman,
            archive,
            settings,
        } = self;
        let door = Arc::new(Door {
            doorman,
            trusted_proxies: settings.trusted_proxies.clone(),
            is_secure: settings.is_public_encrypted || !address.ip().is_loopback(),
        });
        let is_stopping = Arc::new(AtomicBool::new(false));
        let metrics = Metrics::new();
        let (tell, stopping) = watch::channel(false);
        let graphql = Arc::new(GraphqlEndpoint::new(
            executor,
            Arc::clone(&door),
            Arc::clone(&vitals),
            settings.clone(),
        ));
        let shell = Shell {
            socket: SocketEndpoint::new(
                Arc::clone(&graphql),
                Arc::clone(&door),
                settings.clone(),
                stopping.clone(),
            ),
            graphql,
            evidence: EvidenceEndpoint::new(archive, Arc::clone(&door), settings.clone()),
            auth: AuthEndpoint::new(door, settings.clone()),
            vitals,
            metrics: Arc::clone(&metrics),
            is_stopping: Arc::clone(&is_stopping),
        };
        let acceptor = Guarded::new(listener, stopping, settings.clone(), metrics)?;
        let drained = async {
            stop.await;
            is_stopping.store(true, Ordering::Relaxed);
            tell.send_replace(true);
            tokio::time::sleep(settings.drain).await;
        };
        PoemServer::new_with_acceptor(acceptor)
            .run_with_graceful_shutdown(shell, drained, Some(settings.shutdown_timeout))
            .await
    }
}
