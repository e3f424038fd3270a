//! One socket, from its first message to its close.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use poem::web::websocket::{Message, WebSocketStream};
use serde_json::{Map, Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior};

use super::Shared;
use super::operation::{self, Teller, Telling, Told};
use super::protocol::{self, Close, Said};
use crate::graphql::error::ErrorCode;
use crate::http::client::ClientKey;
use crate::http::door::Looked;
use crate::http::gate::limits;
use crate::service::Requester;
use crate::service::account::Presented;

/// Answers that wait to be written before operations wait for the client.
const WAITING: usize = 16;

/// How many pings there are to one look at whether the client is still who it was.
const BEATS_A_LOOK: u32 = 4;

/// How long a client may take to say that it has seen the close.
const FAREWELL: Duration = Duration::from_secs(2);

type Writer = SplitSink<WebSocketStream, Message>;
type Reader = SplitStream<WebSocketStream>;

/// A socket that is about to be served.
pub(super) struct Session {
    shared: Arc<Shared>,
    client: ClientKey,
    looked: Arc<Looked>,
    speaks_ours: bool,
    /// Who it is, once that was said and acknowledged.
    who: Option<Requester>,
    /// Operations under way by their ids, each with its number: an id may be used again.
    running: HashMap<Arc<str>, (u64, AbortHandle)>,
    tasks: JoinSet<()>,
    serial: u64,
}

impl Session {
    pub(super) fn new(
        shared: Arc<Shared>,
        client: ClientKey,
        looked: Looked,
        speaks_ours: bool,
    ) -> Self {
        Self {
            shared,
            client,
            looked: Arc::new(looked),
            speaks_ours,
            who: None,
            running: HashMap::new(),
            tasks: JoinSet::new(),
            serial: 0,
        }
    }

    /// Serves the socket until either side closes it.
    pub(super) async fn run(mut self, socket: WebSocketStream) {
        let (mut writer, mut reader) = socket.split();
        let close = if self.speaks_ours {
            self.serve(&mut writer, &mut reader).await
        } else {
            Some(Close::Subprotocol)
        };
        self.tasks.abort_all();
        let Some(close) = close else { return };
        let farewell = async {
            let message = Message::close_with(close.code(), close.reason());
            if writer.send(message).await.is_ok() {
                // What the client has sent meanwhile is taken in: closing on it would reset the
                // connection, and the client would never read why.
                while let Some(Ok(_)) = reader.next().await {}
            }
        };
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
    }

    /// Why the socket is to be closed; nothing when the client has closed it.
    async fn serve(&mut self, writer: &mut Writer, reader: &mut Reader) -> Option<Close> {
        let shared = Arc::clone(&self.shared);
        let settings = &shared.settings;
        let mut stopping = shared.stopping.clone();
        // A server that is gone has stopped too.
        let stopped = async move { drop(stopping.wait_for(|stop| *stop).await) };
        tokio::pin!(stopped);
        let init_timeout = tokio::time::sleep(settings.socket_init_timeout);
        tokio::pin!(init_timeout);
        let mut beats = tokio::time::interval(settings.socket_ping);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beats.reset();
        let (mut heard, mut beat) = (Instant::now(), 0_u32);
        let (tell, mut told) = mpsc::channel::<Telling>(WAITING);
        loop {
            let done = tokio::select! {
                () = &mut stopped => Err(Some(Close::Stopping)),
                () = &mut init_timeout, if self.who.is_none() => Err(Some(Close::InitTimeout)),
                _ = beats.tick() => {
                    beat = beat.wrapping_add(1);
                    self.beat(writer, heard.elapsed(), beat).await
                }
                frame = reader.next() => {
                    heard = Instant::now();
                    match text_of(frame) {
                        Ok(Some(text)) => self.hear(&text, writer, &tell).await,
                        Ok(None) => Ok(()),
                        Err(close) => Err(close),
                    }
                }
                Some(telling) = told.recv() => self.pass_on(telling, writer).await,
                Some(_) = self.tasks.join_next() => Ok(()),
            };
            if let Err(close) = done {
                return close;
            }
        }
    }

    /// Asks whether the client is there, and now and then whether it is still who it was.
    async fn beat(
        &mut self,
        writer: &mut Writer,
        silence: Duration,
        beat: u32,
    ) -> Result<(), Option<Close>> {
        if silence > self.shared.settings.socket_idle {
            return Err(Some(Close::Silent));
        }
        let Some(who) = &self.who else { return Ok(()) };
        if beat.is_multiple_of(BEATS_A_LOOK) {
            match operation::admitted(&self.shared, &self.looked).await {
                Ok(now) if is_the_same(&now, who) => {}
                // A database that does not answer now is no reason to lose whom one knows.
                Err(Close::Unavailable) => {}
                Ok(_) => {
                    return Err(Some(Close::Unauthorized(
                        "your rights have changed: connect again",
                    )));
                }
                Err(close) => return Err(Some(close)),
            }
        }
        send(writer, protocol::ping()).await
    }

    async fn hear(
        &mut self,
        text: &str,
        writer: &mut Writer,
        tell: &mpsc::Sender<Telling>,
    ) -> Result<(), Option<Close>> {
        match protocol::read(text).map_err(Some)? {
            Said::Init { payload } => {
                if self.who.is_some() {
                    return Err(Some(Close::TwiceInit));
                }
                self.present(&payload).map_err(Some)?;
                let who = operation::admitted(&self.shared, &self.looked).await;
                self.who = Some(who.map_err(Some)?);
                send(writer, protocol::ack()).await
            }
            Said::Ping { payload } => send(writer, protocol::pong(payload)).await,
            Said::Pong => Ok(()),
            Said::Complete { id } => {
                if let Some((_, task)) = self.running.remove(id.as_str()) {
                    task.abort();
                }
                Ok(())
            }
            Said::Subscribe { id, parameters } => {
                if self.who.is_none() {
                    return Err(Some(Close::Unauthorized("Unauthorized")));
                }
                if self.running.contains_key(id.as_str()) {
                    return Err(Some(Close::IdInUse(id)));
                }
                if self.running.len() >= limits::SOCKET_OPERATIONS {
                    return send(writer, protocol::error(&id, &too_many())).await;
                }
                self.serial += 1;
                let (id, serial) = (Arc::<str>::from(id), self.serial);
                let teller = Teller {
                    serial,
                    id: Arc::clone(&id),
                    to: tell.clone(),
                };
                let (begun, has_begun) = oneshot::channel();
                let running = operation::run(
                    Arc::clone(&self.shared),
                    self.client,
                    Arc::clone(&self.looked),
                    parameters,
                    teller,
                    begun,
                );
                let task = self.tasks.spawn(running);
                self.running.insert(id, (serial, task));
                // One after the other: whoever has the pong to a later ping is being told.
                let _ = has_begun.await;
                Ok(())
            }
        }
    }

    /// Takes credentials out of the first message, where browsers cannot send a header.
    fn present(&mut self, payload: &Map<String, Value>) -> Result<(), Close> {
        let Some(given) = payload.get("authorization") else {
            return Ok(());
        };
        let key = given.as_str().and_then(|given| {
            let (scheme, key) = given.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
        });
        let Some(key) = key else {
            return Err(Close::Unauthorized("authorization is `Bearer <api key>`"));
        };
        self.looked = Arc::new(Looked {
            presented: Presented::ApiKey(key.to_owned()),
            visit: self.looked.visit.clone(),
            lacks_proof: false,
        });
        Ok(())
    }

    /// Writes what an operation tells, unless the client has had enough of it.
    async fn pass_on(
        &mut self,
        telling: Telling,
        writer: &mut Writer,
    ) -> Result<(), Option<Close>> {
        let Telling { serial, id, told } = telling;
        let is_wanted = self
            .running
            .get(&id)
            .is_some_and(|(running, _)| *running == serial);
        if !is_wanted {
            return Ok(());
        }
        let message = match told {
            Told::Next(payload) => protocol::next(&id, &payload),
            Told::Errors(errors) => {
                self.running.remove(&id);
                protocol::error(&id, &errors)
            }
            Told::Complete => {
                self.running.remove(&id);
                protocol::complete(&id)
            }
            Told::Close(close) => return Err(Some(close)),
        };
        send(writer, message).await
    }
}

/// The text of a frame; nothing of one that only keeps the connection.
fn text_of(frame: Option<std::io::Result<Message>>) -> Result<Option<String>, Option<Close>> {
    match frame {
        Some(Ok(Message::Text(text))) if text.len() > limits::SOCKET_BYTES => {
            Err(Some(Close::TooLong))
        }
        Some(Ok(Message::Text(text))) => Ok(Some(text)),
        Some(Ok(Message::Binary(_))) => Err(Some(Close::Invalid("messages are text"))),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        // The library tells this only in words.
        Some(Err(error)) if error.to_string().contains("too long") => Err(Some(Close::TooLong)),
        Some(Ok(Message::Close(_)) | Err(_)) | None => Err(None),
    }
}

async fn send(writer: &mut Writer, message: String) -> Result<(), Option<Close>> {
    writer.send(Message::Text(message)).await.map_err(|_| None)
}

fn is_the_same(now: &Requester, then: &Requester) -> bool {
    now.account == then.account && now.roles == then.roles && now.entries == then.entries
}

fn too_many() -> Value {
    let message = format!(
        "a socket has at most {} operations under way",
        limits::SOCKET_OPERATIONS
    );
    json!([{ "message": message, "extensions": { "code": ErrorCode::TooComplex.code() } }])
}
