//! Puts an application behind the endpoint: what `serve` and whole-service tests share.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::doorman::AccountDesk;
use crate::app::App;
use crate::graphql;
use crate::http::{ChoreNumbers, Executor, Server, Settings, Vitals};

/// A server on an address that answers from an application; not yet serving.
pub async fn server(app: Arc<App>, address: SocketAddr, settings: Settings) -> io::Result<Server> {
    let schema = graphql::schema(Arc::clone(&app));
    let executor = Executor::new(&graphql::sdl(), move |request| {
        let schema = schema.clone();
        async move { schema.execute(request).await }
    });
    let doorman = Arc::new(AccountDesk(Arc::clone(&app)));
    let server = Server::bind(address, executor, Arc::new(Health(app)), settings).await?;
    Ok(server.with_doorman(doorman))
}

/// How an application is doing, as the endpoint asks.
struct Health(Arc<App>);

impl Vitals for Health {
    fn data_version(&self) -> u64 {
        self.0.snapshot().version()
    }

    fn providers(&self) -> usize {
        self.0.snapshot().len()
    }

    /// An application begins with its first index; it is ready while that keeps up with the log.
    fn index_is_ready(&self) -> bool {
        self.0.lags_since().is_none()
    }

    fn chores(&self) -> ChoreNumbers {
        let chores = &self.0.chores;
        ChoreNumbers {
            sent: chores.sent(),
            failed: chores.failed(),
            unsent: chores.unsent(),
            overdue: chores.overdue(),
            last_run: chores.last_run(),
        }
    }

    fn database_answers(&self) -> BoxFuture<'_, bool> {
        Box::pin(async { self.0.store.ping().await.is_ok() })
    }
}
