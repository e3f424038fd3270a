//! The small pages around the API: the way in, health, and what is not there.

use std::time::Duration;

use poem::Response;
use poem::http::header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER, UPGRADE};
use poem::http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::vitals::Vitals;
use crate::graphql::error::ErrorCode;

/// A database that has not answered by then is not reachable.
const DATABASE_PATIENCE: Duration = Duration::from_secs(2);

/// `/`: where the API is.
pub(crate) fn root() -> Response {
    let pointer = json!({
        "service": "drypoint",
        "graphql": "/graphql",
        "health": ["/health/live", "/health/ready"],
        "metrics": "/metrics",
    });
    json(StatusCode::OK, &pointer)
}

/// `/health/live`: the process answers. Says nothing of what it needs, so that an outage elsewhere does
/// not restart it.
pub(crate) fn live() -> Response {
    json(StatusCode::OK, &json!({ "status": "live" }))
}

/// `/health/ready`: may requests be sent here? Not while starting, stopping or without a database.
pub(crate) async fn ready(vitals: &dyn Vitals, is_stopping: bool) -> Response {
    let index = vitals.index_is_ready();
    let database = tokio::time::timeout(DATABASE_PATIENCE, vitals.database_answers())
        .await
        .unwrap_or(false);
    let is_ready = index && database && !is_stopping;
    let word = |part: bool| if part { "ready" } else { "unavailable" };
    let report = json!({
        "status": word(is_ready),
        "parts": {
            "index": word(index),
            "database": word(database),
            "server": if is_stopping { "stopping" } else { "ready" },
        },
        "dataVersion": vitals.data_version(),
        "providers": vitals.providers(),
    });
    let status = if is_ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    json(status, &report)
}

/// The answer of a path that is none.
pub(crate) fn not_found() -> Response {
    fault(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "there is nothing here",
    )
}

/// The answer of the socket's path to a request that is for no socket.
pub(crate) fn sockets_only() -> Response {
    let mut response = fault(
        StatusCode::UPGRADE_REQUIRED,
        ErrorCode::BadInput,
        "open a WebSocket, version 13, with the subprotocol graphql-transport-ws",
    );
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    response
}

/// The answer to a page that is not ours and comes with a session of ours.
pub(crate) fn foreign_page() -> Response {
    fault(
        StatusCode::FORBIDDEN,
        ErrorCode::Forbidden,
        "a session's cookie opens sockets for pages of ours only",
    )
}

/// The answer to a client that has enough sockets, or where there are enough in all.
pub(crate) fn too_many_sockets() -> Response {
    let mut response = fault(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Unavailable,
        "too many sockets are open: close one, or try again in a moment",
    );
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// The answer of a page that is only read.
pub(crate) fn read_only() -> Response {
    let mut response = fault(
        StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::BadInput,
        "use GET",
    );
    let methods = HeaderValue::from_static("GET, HEAD");
    response.headers_mut().insert(ALLOW, methods);
    response
}

/// The answer when ours failed.
pub(crate) fn internal() -> Response {
    fault(
        StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Internal,
        "something went wrong on our side",
    )
}

fn fault(status: StatusCode, code: ErrorCode, message: &str) -> Response {
    let error = json!({ "message": message, "extensions": { "code": code.code() } });
    json(status, &json!({ "errors": [error] }))
}

fn json(status: StatusCode, value: &Value) -> Response {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .body(value.to_string())
}
