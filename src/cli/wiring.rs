//! Puts an application behind the endpoint: what `serve` and whole-service tests share.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use domain::evidence::{Evidence, EvidenceId};
use futures_util::future::BoxFuture;

use super::doorman::AccountDesk;
use crate::app::App;
use crate::graphql;
use crate::http::{Archive, ChoreNumbers, Executor, Server, Settings, Vitals};
use crate::service::evidence::{self, Label, Receipt};
use crate::service::{Requester, Trouble};
use crate::vault::{Bytes, Incoming};

/// A server on an address that answers from an application; not yet serving.
pub async fn server(app: Arc<App>, address: SocketAddr, settings: Settings) -> io::Result<Server> {
    let schema = graphql::schema(Arc::clone(&app));
    let subscriber = schema.clone();
    let executor = Executor::new(&graphql::sdl(), move |request| {
        let schema = schema.clone();
        async move { schema.execute(request).await }
    })
    .with_subscriptions(move |request| subscriber.subscribe(request));
    let doorman = Arc::new(AccountDesk(Arc::clone(&app)));
    let archive = Arc::new(Files(Arc::clone(&app)));
    let server = Server::bind(address, executor, Arc::new(Health(app)), settings).await?;
    Ok(server.with_doorman(doorman).with_archive(archive))
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

/// An application's files, as the endpoint asks for them.
struct Files(Arc<App>);

impl Archive for Files {
    fn receive<'a>(&'a self, who: &'a Requester) -> BoxFuture<'a, Result<Incoming, Trouble>> {
        Box::pin(evidence::receive(&self.0, who))
    }

    fn hand_in<'a>(
        &'a self,
        who: &'a Requester,
        file: Incoming,
        label: Label,
    ) -> BoxFuture<'a, Result<Receipt, Trouble>> {
        Box::pin(evidence::hand_in(&self.0, who, file, label))
    }

    fn open<'a>(
        &'a self,
        who: &'a Requester,
        id: EvidenceId,
    ) -> BoxFuture<'a, Result<(Evidence, Bytes), Trouble>> {
        Box::pin(evidence::open(&self.0, who, id))
    }
}
