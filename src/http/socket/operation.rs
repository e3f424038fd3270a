//! One operation over a socket, from the gate to its last answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;

use futures_util::{FutureExt as _, StreamExt as _};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::Shared;
use super::protocol::Close;
use crate::http::answer;
use crate::http::client::ClientKey;
use crate::http::door::Looked;
use crate::http::gate::Via;
use crate::http::graphql_endpoint::{Prepared, Refused};
use crate::http::parameters::Parameters;
use crate::http::refusal::Refusal;
use crate::service::Requester;
use crate::service::account::Presented;

/// What an operation has to tell its client.
pub(super) enum Told {
    /// One answer.
    Next(Value),
    /// It was not begun; nothing follows.
    Errors(Value),
    /// It has ended.
    Complete,
    /// The socket is no longer its client's.
    Close(Close),
}

/// Something told, by the operation of a number.
pub(super) struct Telling {
    pub(super) serial: u64,
    pub(super) id: Arc<str>,
    pub(super) told: Told,
}

/// Where an operation tells.
pub(super) struct Teller {
    pub(super) serial: u64,
    pub(super) id: Arc<str>,
    pub(super) to: mpsc::Sender<Telling>,
}

impl Teller {
    /// Waits while the client takes nothing.
    async fn tell(&self, told: Told) {
        let telling = Telling {
            serial: self.serial,
            id: Arc::clone(&self.id),
            told,
        };
        // A socket that is gone takes its operations with it.
        let _ = self.to.send(telling).await;
    }
}

/// Runs an operation to its end. `begun` is dropped once it runs, or listens.
pub(super) async fn run(
    shared: Arc<Shared>,
    client: ClientKey,
    looked: Arc<Looked>,
    parameters: Result<Parameters, Refusal>,
    teller: Teller,
    begun: oneshot::Sender<()>,
) {
    let running = answers(&shared, client, &looked, parameters, &teller, begun);
    let ran = AssertUnwindSafe(running);
    let last = match ran.catch_unwind().await {
        Ok(Ok(())) => Told::Complete,
        Ok(Err(Stop::Refused(refusal))) => Told::Errors(answer::refusal_errors(&refusal)),
        Ok(Err(Stop::Errors(errors))) => Told::Errors(errors),
        Ok(Err(Stop::Close(close))) => Told::Close(close),
        Err(_) => {
            tracing::error!("a resolver panicked");
            Told::Errors(answer::refusal_errors(&Refusal::Panicked))
        }
    };
    teller.tell(last).await;
}

/// Why an operation goes no further.
enum Stop {
    Refused(Refusal),
    Errors(Value),
    Close(Close),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused.0)
    }
}

async fn answers(
    shared: &Shared,
    client: ClientKey,
    looked: &Looked,
    parameters: Result<Parameters, Refusal>,
    teller: &Teller,
    begun: oneshot::Sender<()>,
) -> Result<(), Stop> {
    let parameters = parameters.map_err(Stop::Refused)?;
    let graphql = &shared.graphql;
    let prepared = graphql.prepare(parameters, client, Via::Socket)?;
    let who = admitted(shared, looked).await.map_err(Stop::Close)?;
    if !prepared.is_subscription() {
        drop(begun);
        let cost = prepared.cost;
        let answered = graphql.execute(prepared, who).await?;
        let payload = answer::payload(&answered, graphql.data_version(), cost);
        if answer::is_request_error(&answered) {
            return Err(Stop::Errors(payload["errors"].clone()));
        }
        teller.tell(Told::Next(payload)).await;
        return Ok(());
    }
    let Prepared {
        operation, cost, ..
    } = prepared;
    let mut answers = graphql.subscribe(operation, who);
    // Polled once, it listens: what the client says after this is said to one that does.
    let mut early = match futures_util::poll!(answers.next()) {
        Poll::Ready(first) => Some(first),
        Poll::Pending => None,
    };
    drop(begun);
    let mut is_first = true;
    while let Some(answered) = match early.take() {
        Some(first) => first,
        None => answers.next().await,
    } {
        let payload = answer::payload(&answered, graphql.data_version(), cost);
        // Before its first event a subscription that fails was not begun: GraphQL, section 6.2.3.1.
        if is_first && !answered.errors.is_empty() && payload["data"].is_null() {
            return Err(Stop::Errors(payload["errors"].clone()));
        }
        is_first = false;
        teller.tell(Told::Next(payload)).await;
    }
    Ok(())
}

/// Who it is now: keys are revoked and sessions end while a socket is open.
pub(super) async fn admitted(shared: &Shared, looked: &Looked) -> Result<Requester, Close> {
    let admitted = shared.door.admit(looked).await;
    match (admitted, &looked.presented) {
        (Ok(who), Presented::Session(_)) if who.account.is_none() => {
            Err(Close::Unauthorized("the session has ended: sign in again"))
        }
        (Ok(who), _) => Ok(who),
        (Err(Refusal::BadKey), _) => Err(Close::Unauthorized(
            "the key is not known here, or is no longer good",
        )),
        (Err(_), _) => Err(Close::Unavailable),
    }
}
