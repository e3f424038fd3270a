//! A plain client of graphql-transport-ws.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderName, StatusCode};
use tokio_tungstenite::tungstenite::{Error, Message};

/// No answer takes so long that is not stuck.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    /// Opens a socket with further headers, or the status of the refusal.
    pub(crate) async fn open(
        address: SocketAddr,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, StatusCode> {
        let url = format!("ws://{address}/graphql/ws");
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            let name = HeaderName::from_static(name);
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        let stream = TcpStream::connect(address).await.unwrap();
        let opening = tokio_tungstenite::client_async(request, stream);
        match timeout(PATIENCE, opening).await.unwrap() {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens a socket that speaks the protocol.
    pub(crate) async fn raw(address: SocketAddr) -> Self {
        let protocol = [("sec-websocket-protocol", "graphql-transport-ws")];
        Self::open(address, &protocol).await.unwrap()
    }

    /// The same, and says who it is: nobody, or the holder of a key.
    pub(crate) async fn ready(address: SocketAddr, authorization: Option<&str>) -> Self {
        let mut socket = Self::raw(address).await;
        let payload = authorization.map(|given| json!({ "authorization": given }));
        let init = json!({ "type": "connection_init", "payload": payload });
        socket.say(init).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload }))
            .await;
    }

    /// Begins a subscription and waits until it listens.
    pub(crate) async fn follow(&mut self, id: &str, query: &str) {
        self.subscribe(id, query).await;
        self.say(json!({ "type": "ping" })).await;
        assert_eq!(self.hear().await, json!({ "type": "pong" }));
    }

    /// The next message, pings of the server apart.
    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            let said = self.any().await;
            if said["type"] != "ping" {
                return said;
            }
        }
    }

    /// The next message.
    pub(crate) async fn any(&mut self) -> Value {
        match timeout(PATIENCE, self.0.next()).await.unwrap() {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?} instead of a message"),
        }
    }

    /// The code and reason with which the server closes, whatever it says before.
    pub(crate) async fn closed(&mut self) -> (u16, String) {
        loop {
            match timeout(PATIENCE, self.0.next()).await.unwrap() {
                Some(Ok(Message::Close(Some(frame)))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(_)) => {}
                other => panic!("{other:?} instead of a close"),
            }
        }
    }

    pub(crate) async fn leave(mut self) {
        self.0.close(None).await.unwrap();
        while let Some(Ok(_)) = self.0.next().await {}
    }
}
