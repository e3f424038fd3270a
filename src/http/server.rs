//! Serves until told to stop, and then lets what is under way end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use poem::Server as PoemServer;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::connection::Guarded;
use super::executor::Executor;
use super::graphql_endpoint::GraphqlEndpoint;
use super::metrics::Metrics;
use super::settings::Settings;
use super::shell::Shell;
use super::vitals::Vitals;

/// A server on an address, not yet serving.
pub struct Server {
    listener: TcpListener,
    shell: Shell,
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
        let listener = TcpListener::bind(address).await?;
        let graphql = GraphqlEndpoint::new(executor, Arc::clone(&vitals), settings.clone());
        let shell = Shell {
            graphql,
            vitals,
            metrics: Metrics::new(),
            is_stopping: Arc::new(AtomicBool::new(false)),
        };
        Ok(Self {
            listener,
            shell,
            settings,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is ready. Then nobody new is let in; for [`Settings::drain`] clients that are
    /// connected are still answered, each with the word to close the connection; and what runs by then
    /// may end within [`Settings::shutdown_timeout`]. So no request that has been received is cut.
    pub async fn run(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let Self {
            listener,
            shell,
            settings,
        } = self;
        let is_stopping = Arc::clone(&shell.is_stopping);
        let (tell, stopping) = watch::channel(false);
        let metrics = Arc::clone(&shell.metrics);
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
