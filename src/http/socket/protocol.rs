//! The messages of graphql-transport-ws, read and written; nothing here waits or remembers.
//!
//! <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>, as of 2025.

use serde_json::{Map, Value, json};

use crate::http::gate::{json as json_text, limits};
use crate::http::parameters::Parameters;
use crate::http::refusal::Refusal;

/// The protocol's name, in the handshake.
pub(super) const NAME: &str = "graphql-transport-ws";

/// Bytes of the id that a client gives an operation.
const ID_BYTES: usize = 128;

/// What a client says.
#[derive(Debug)]
pub(super) enum Said {
    /// Who it is.
    Init { payload: Map<String, Value> },
    /// Is anybody there?
    Ping { payload: Option<Value> },
    /// Here.
    Pong,
    /// Run an operation.
    Subscribe {
        id: String,
        parameters: Result<Parameters, Refusal>,
    },
    /// Enough of an operation.
    Complete { id: String },
}

/// Why a socket is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Close {
    /// A message is none of the protocol, or comes when it may not.
    Invalid(&'static str),
    /// An operation before the socket was acknowledged, or credentials that are no good.
    Unauthorized(&'static str),
    /// Another protocol was asked for.
    Subprotocol,
    /// The client did not say who it is in time.
    InitTimeout,
    /// An operation of the same id is under way.
    IdInUse(String),
    /// The client said twice who it is.
    TwiceInit,
    /// Nothing was heard of the client.
    Silent,
    /// The server stops.
    Stopping,
    /// A message is longer than any may be.
    TooLong,
    /// Nobody can say now who the client is.
    Unavailable,
}

impl Close {
    /// The protocol's own codes, and those of RFC 6455 7.4.1.
    pub(super) const fn code(&self) -> u16 {
        match self {
            Self::Invalid(_) => 4400,
            Self::Unauthorized(_) => 4401,
            Self::Subprotocol => 4406,
            Self::InitTimeout => 4408,
            Self::IdInUse(_) => 4409,
            Self::TwiceInit => 4429,
            Self::Silent | Self::Stopping => 1001,
            Self::TooLong => 1009,
            Self::Unavailable => 1013,
        }
    }

    /// At most 123 bytes: RFC 6455 5.5.
    pub(super) fn reason(&self) -> String {
        let mut reason = match self {
            Self::Invalid(why) | Self::Unauthorized(why) => (*why).to_owned(),
            Self::Subprotocol => "Subprotocol not acceptable".to_owned(),
            Self::InitTimeout => "Connection initialisation timeout".to_owned(),
            Self::IdInUse(id) => format!("Subscriber for {id} already exists"),
            Self::TwiceInit => "Too many initialisation requests".to_owned(),
            Self::Silent => "nothing was heard of you".to_owned(),
            Self::Stopping => "the server stops: connect again in a moment".to_owned(),
            Self::Unavailable => "try again in a moment".to_owned(),
            Self::TooLong => format!("a message has at most {} bytes", limits::SOCKET_BYTES),
        };
        while reason.len() > 123 {
            reason.pop();
        }
        reason
    }
}

/// Reads one message.
pub(super) fn read(text: &str) -> Result<Said, Close> {
    const NOT_JSON: Close = Close::Invalid("a message is a JSON object with a type");
    const NO_ID: Close = Close::Invalid("the id is a text of 1 to 128 bytes");
    // The parser has a limit of its own to nesting.
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err(NOT_JSON);
    };
    let payload = message
        .remove("payload")
        .filter(|payload| !payload.is_null());
    let id = || match message.get("id") {
        Some(Value::String(id)) if (1..=ID_BYTES).contains(&id.len()) => Ok(id.clone()),
        _ => Err(NO_ID),
    };
    match message.get("type").and_then(Value::as_str) {
        Some("connection_init") => match payload {
            None => Ok(Said::Init {
                payload: Map::new(),
            }),
            Some(Value::Object(payload)) => Ok(Said::Init { payload }),
            Some(_) => Err(Close::Invalid("the payload is an object")),
        },
        Some("ping") => match payload {
            Some(payload) if !payload.is_object() => {
                Err(Close::Invalid("the payload is an object"))
            }
            payload => Ok(Said::Ping { payload }),
        },
        Some("pong") => Ok(Said::Pong),
        Some("subscribe") => {
            let id = id()?;
            let Some(payload @ Value::Object(_)) = payload else {
                return Err(Close::Invalid("the payload is an object with a query"));
            };
            // The message and its payload are two levels of their own, one more than a body has.
            let parameters = if json_text::depth(text.as_bytes()) > limits::NESTING + 2 {
                Err(Refusal::TooDeeplyNested)
            } else {
                match Parameters::from_value(payload) {
                    Err(Refusal::Parameters(why)) => return Err(Close::Invalid(why)),
                    parameters => parameters,
                }
            };
            Ok(Said::Subscribe { id, parameters })
        }
        Some("complete") => Ok(Said::Complete { id: id()? }),
        Some(_) => Err(Close::Invalid("no such type of message")),
        None => Err(NOT_JSON),
    }
}

pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

pub(super) fn ping() -> String {
    json!({ "type": "ping" }).to_string()
}

pub(super) fn pong(payload: Option<Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

pub(super) fn next(id: &str, payload: &Value) -> String {
    json!({ "id": id, "type": "next", "payload": payload }).to_string()
}

pub(super) fn error(id: &str, errors: &Value) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> u16 {
        match read(text) {
            Ok(said) => panic!("{text} is read as {said:?}"),
            Err(close) => close.code(),
        }
    }

    #[test]
    fn messages_of_the_protocol_are_read() {
        assert!(
            matches!(read(r#"{"type":"connection_init"}"#), Ok(Said::Init { payload }) if payload.is_empty())
        );
        assert!(
            matches!(read(r#"{"type":"connection_init","payload":{"a":1}}"#), Ok(Said::Init { payload }) if payload["a"] == 1)
        );
        assert!(matches!(
            read(r#"{"type":"connection_init","payload":null}"#),
            Ok(Said::Init { .. })
        ));
        assert!(matches!(
            read(r#"{"type":"ping"}"#),
            Ok(Said::Ping { payload: None })
        ));
        assert!(matches!(
            read(r#"{"type":"ping","payload":{"n":1}}"#),
            Ok(Said::Ping { payload: Some(_) })
        ));
        assert!(matches!(read(r#"{"type":"pong"}"#), Ok(Said::Pong)));
        assert!(
            matches!(read(r#"{"type":"complete","id":"1"}"#), Ok(Said::Complete { id }) if id == "1")
        );
        let text = r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":{"b":[1]},"operationName":null}}"#;
        let Ok(Said::Subscribe {
            id,
            parameters: Ok(parameters),
        }) = read(text)
        else {
            panic!("{:?}", read(text));
        };
        assert_eq!((id.as_str(), parameters.query.as_str()), ("1", "{ a }"));
    }

    #[test]
    fn what_is_no_message_closes_the_socket() {
        for text in [
            "",
            "not json",
            "[]",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"connection_ack"}"#,
            r#"{"type":"connection_init","payload":[]}"#,
            r#"{"type":"ping","payload":"x"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":7,"payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
        ] {
            assert_eq!(code(text), 4400, "{text}");
        }
        let long = "x".repeat(ID_BYTES + 1);
        assert_eq!(
            code(&format!(r#"{{"type":"complete","id":"{long}"}}"#)),
            4400
        );
    }

    #[test]
    fn variables_that_nest_too_deeply_are_an_error_of_their_operation() {
        let nested = |levels: usize| {
            let value = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
            let text = format!(
                r#"{{"type":"subscribe","id":"1","payload":{{"query":"{{ a }}","variables":{{"v":{value}}}}}}}"#
            );
            match read(&text) {
                Ok(Said::Subscribe { parameters, .. }) => parameters.map(drop),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(nested(limits::NESTING - 1), Ok(()));
        assert_eq!(nested(limits::NESTING), Err(Refusal::TooDeeplyNested));
    }

    #[test]
    fn reasons_fit_into_a_close_frame() {
        let id = "é".repeat(ID_BYTES / 2);
        assert!(Close::IdInUse(id).reason().len() <= 123);
    }
}
