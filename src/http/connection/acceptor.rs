//! Accepts connections, as many at a time as are allowed, until told to stop.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use poem::http::uri::Scheme;
use poem::listener::Acceptor;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::patience::Patient;
use crate::http::metrics::Metrics;
use crate::http::settings::Settings;

/// How long to wait after an accept failed for want of resources: connections must end first.
const BREATH: Duration = Duration::from_millis(50);

/// Accepts [`Patient`] connections. Once told to stop it hands out those that are connected already,
/// closes the door and accepts no more, for ever: what ends the server is not this.
pub(crate) struct Guarded {
    listener: Listener,
    local: LocalAddr,
    places: Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
    settings: Settings,
    metrics: Arc<Metrics>,
}

enum Listener {
    Open(TcpListener),
    /// Out of the runtime's hands, so that an accept tells what is there now.
    Closing(std::net::TcpListener),
    Closed,
}

type Accepted = (Patient<TcpStream>, LocalAddr, RemoteAddr, Scheme);

impl Guarded {
    pub(crate) fn new(
        listener: TcpListener,
        stopping: watch::Receiver<bool>,
        settings: Settings,
        metrics: Arc<Metrics>,
    ) -> io::Result<Self> {
        Ok(Self {
            local: LocalAddr(listener.local_addr()?.into()),
            listener: Listener::Open(listener),
            places: Arc::new(Semaphore::new(settings.max_connections)),
            stopping,
            settings,
            metrics,
        })
    }

    /// Waits for a free place and a client, or for the word to stop.
    async fn next(&mut self) -> io::Result<Option<Accepted>> {
        let place = Arc::clone(&self.places);
        let stopping = &mut self.stopping;
        let stop = async {
            // A server whose handle is gone is not stopped by that.
            if stopping.wait_for(|stop| *stop).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let listener = match &self.listener {
            Listener::Open(listener) => listener,
            Listener::Closing(_) | Listener::Closed => return Ok(None),
        };
        let accepting = async {
            let place = place.acquire_owned().await.map_err(io::Error::other)?;
            let (stream, address) = listener.accept().await?;
            Ok::<_, io::Error>((stream, address, place))
        };
        tokio::select! {
            biased;
            () = stop => Ok(None),
            accepted = accepting => {
                let (stream, address, place) = accepted?;
                Ok(Some(self.patient(stream, address, place)))
            }
        }
    }

    /// One of those that are connected already, if there is one and a place for it.
    fn last(&mut self) -> io::Result<Option<Accepted>> {
        if matches!(self.listener, Listener::Open(_))
            && let Listener::Open(listener) =
                std::mem::replace(&mut self.listener, Listener::Closed)
        {
            self.listener = Listener::Closing(listener.into_std()?);
        }
        let Listener::Closing(listener) = &self.listener else {
            return Ok(None);
        };
        let place = Arc::clone(&self.places).try_acquire_owned();
        if let (Ok(place), Ok((stream, address))) = (place, listener.accept()) {
            stream.set_nonblocking(true)?;
            let stream = TcpStream::from_std(stream)?;
            Ok(Some(self.patient(stream, address, place)))
        } else {
            self.listener = Listener::Closed;
            Ok(None)
        }
    }

    fn patient(
        &self,
        stream: TcpStream,
        address: std::net::SocketAddr,
        place: OwnedSemaphorePermit,
    ) -> Accepted {
        // Answers are written whole; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let held = (place, self.metrics.connection());
        let patient = Patient::new(stream, &self.settings, held);
        (
            patient,
            self.local.clone(),
            RemoteAddr(address.into()),
            Scheme::HTTP,
        )
    }
}

impl Acceptor for Guarded {
    type Io = Patient<TcpStream>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        vec![self.local.clone()]
    }

    async fn accept(&mut self) -> io::Result<Accepted> {
        loop {
            match self.next().await {
                Ok(Some(accepted)) => return Ok(accepted),
                Ok(None) => break,
                Err(error) if is_the_clients(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
        loop {
            match self.last() {
                Ok(Some(accepted)) => return Ok(accepted),
                Ok(None) => std::future::pending().await,
                Err(_) => {}
            }
        }
    }
}

/// A client that has gone before it was accepted is no reason to wait.
fn is_the_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}
