//! `/graphql/ws`: operations over one socket, by graphql-transport-ws.
//!
//! What async-graphql brings for this closes with wrong codes, waits for ever for the first message, takes
//! any page's word and holds 128 kB for each socket (docs/decisions/0074). Every operation here passes the
//! gate, the client's bucket and the door as one over HTTP does.

mod operation;
mod protocol;
mod session;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use poem::http::header::SEC_WEBSOCKET_PROTOCOL;
use poem::http::{HeaderMap, StatusCode};
use poem::web::websocket::{WebSocket, WebSocketConfig};
use poem::{FromRequest as _, IntoResponse as _, Request, RequestBody, Response};
use tokio::sync::watch;

use super::client::{self, ClientKey};
use super::door::Door;
use super::gate::limits;
use super::graphql_endpoint::GraphqlEndpoint;
use super::pages;
use super::settings::Settings;
use session::Session;

/// What is held of a socket's messages beside those that are handled: most are a few hundred bytes.
const BUFFER_BYTES: usize = 4 * 1024;

/// The most that waits to be written before the client is waited for.
const WRITE_BYTES: usize = 1024 * 1024;

/// What answers at `/graphql/ws`.
pub(crate) struct SocketEndpoint {
    shared: Arc<Shared>,
}

/// What all sockets share.
struct Shared {
    graphql: Arc<GraphqlEndpoint>,
    door: Arc<Door>,
    settings: Settings,
    stopping: watch::Receiver<bool>,
    open: Mutex<HashMap<ClientKey, usize>>,
}

impl SocketEndpoint {
    pub(crate) fn new(
        graphql: Arc<GraphqlEndpoint>,
        door: Arc<Door>,
        settings: Settings,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                graphql,
                door,
                settings,
                stopping,
                open: Mutex::default(),
            }),
        }
    }

    /// Opens a socket, or says why not.
    pub(crate) async fn open(&self, request: Request) -> Response {
        let client = client::key(&request, &self.shared.settings.trusted_proxies);
        let Ok(upgrade) = WebSocket::from_request(&request, &mut RequestBody::default()).await
        else {
            return pages::sockets_only();
        };
        let looked = self.shared.door.look_at_socket(&request);
        if looked.lacks_proof {
            return pages::foreign_page();
        }
        let Some(place) = Place::take(&self.shared, client) else {
            return pages::too_many_sockets();
        };
        let speaks_ours = speaks(request.headers());
        let session = Session::new(Arc::clone(&self.shared), client, looked, speaks_ours);
        let config = WebSocketConfig::default()
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(BUFFER_BYTES)
            .max_write_buffer_size(WRITE_BYTES)
            // One that is a little too long is told so; a much longer one is not even read.
            .max_message_size(Some(2 * limits::SOCKET_BYTES))
            .max_frame_size(Some(2 * limits::SOCKET_BYTES));
        let upgraded = upgrade
            .config(config)
            .protocols([protocol::NAME])
            .on_upgrade(move |socket| async move {
                let _place = place;
                session.run(socket).await;
            });
        let response = upgraded.into_response();
        debug_assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
        response
    }
}

/// Was our protocol among those that the client speaks?
fn speaks(headers: &HeaderMap) -> bool {
    headers
        .get_all(SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|name| name.trim() == protocol::NAME)
}

/// One of the sockets that may be open, and of those of one client.
struct Place {
    shared: Arc<Shared>,
    client: ClientKey,
}

impl Place {
    fn take(shared: &Arc<Shared>, client: ClientKey) -> Option<Self> {
        let settings = &shared.settings;
        let mut open = shared.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.entry(client).or_default();
        if all >= settings.max_sockets || *own >= settings.max_sockets_per_client {
            if *own == 0 {
                open.remove(&client);
            }
            return None;
        }
        *own += 1;
        drop(open);
        Some(Self {
            shared: Arc::clone(shared),
            client,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let open = &self.shared.open;
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.client) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.client);
            }
        }
    }
}
