//! The protocol: the handshake, every close code, the order of messages, limits.

use std::time::Duration;

use domain::access::Role;
use drypoint::service::account::manage;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::client::Socket;
use crate::support::port::{Port, bearer};

const PUBLIC: &str =
    "{ scopeDecision(discipline: PHYSICAL_THERAPIST, jurisdiction: CA) { status } }";
const QUEUE: &str = "subscription { caseQueueChanged { caseId } }";

fn init() -> serde_json::Value {
    json!({ "type": "connection_init" })
}

#[tokio::test]
async fn only_a_socket_of_the_protocol_is_opened() {
    let port = Port::open().await;
    let plain = port
        .client
        .get(port.url("/graphql/ws"))
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), 426);
    assert_eq!(plain.headers()["upgrade"], "websocket");
    // A client that asks for other protocols would be told by its own library that it was given none.
    let mut socket = Socket::open(port.address, &[]).await.unwrap();
    assert_eq!(
        socket.closed().await,
        (4406, "Subprotocol not acceptable".to_owned())
    );
    let both = [("sec-websocket-protocol", "graphql-ws, graphql-transport-ws")];
    let mut socket = Socket::open(port.address, &both).await.unwrap();
    socket.say(init()).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn who_does_not_say_who_it_is_is_not_waited_for() {
    let port = Port::open_with(|it| it.socket_init_timeout = Duration::from_millis(50)).await;
    let mut socket = Socket::raw(port.address).await;
    let expected = (4408, "Connection initialisation timeout".to_owned());
    assert_eq!(socket.closed().await, expected);
}

#[tokio::test]
async fn nothing_runs_before_the_socket_is_acknowledged() {
    let port = Port::open().await;
    let mut socket = Socket::raw(port.address).await;
    socket.subscribe("1", PUBLIC).await;
    assert_eq!(socket.closed().await, (4401, "Unauthorized".to_owned()));
}

#[tokio::test]
async fn credentials_that_are_no_good_close_the_socket() {
    let port = Port::open().await;
    for wrong in [
        json!("Bearer dp_nothing_at_all"),
        json!("Basic eA=="),
        json!("x"),
        json!(7),
    ] {
        let mut socket = Socket::raw(port.address).await;
        let payload = json!({ "authorization": wrong });
        socket
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(socket.closed().await.0, 4401, "{wrong}");
    }
    let headers = [
        ("sec-websocket-protocol", "graphql-transport-ws"),
        ("authorization", "Bearer dp_nothing_at_all"),
    ];
    let mut socket = Socket::open(port.address, &headers).await.unwrap();
    socket.say(init()).await;
    assert_eq!(socket.closed().await.0, 4401);
}

#[tokio::test]
async fn what_is_no_message_closes_the_socket() {
    let port = Port::open().await;
    for wrong in [
        "",
        "hello",
        "[]",
        r#"{"type":"start"}"#,
        r#"{"type":"subscribe","id":"1"}"#,
    ] {
        let mut socket = Socket::ready(port.address, None).await;
        socket.send(Message::text(wrong)).await;
        assert_eq!(socket.closed().await.0, 4400, "{wrong}");
    }
    let mut socket = Socket::ready(port.address, None).await;
    socket.send(Message::binary(b"{}".to_vec())).await;
    assert_eq!(socket.closed().await.0, 4400);
}

#[tokio::test]
async fn a_second_introduction_closes_the_socket() {
    let port = Port::open().await;
    let mut socket = Socket::ready(port.address, None).await;
    socket.say(init()).await;
    let expected = (4429, "Too many initialisation requests".to_owned());
    assert_eq!(socket.closed().await, expected);
}

#[tokio::test]
async fn an_id_is_used_by_one_operation_at_a_time() {
    let port = Port::open().await;
    let key = port.key("vera", &[Role::Verifier], None).await;
    let mut socket = Socket::ready(port.address, Some(&key)).await;
    socket.follow("1", QUEUE).await;
    socket.say(json!({ "type": "complete", "id": "1" })).await;
    socket.follow("1", QUEUE).await;
    socket.subscribe("1", PUBLIC).await;
    let expected = (4409, "Subscriber for 1 already exists".to_owned());
    assert_eq!(socket.closed().await, expected);
}

#[tokio::test]
async fn a_message_has_so_many_bytes_and_no_more() {
    const MOST: usize = 64 * 1024;
    let port = Port::open().await;
    let ping = |bytes: usize| {
        let around = json!({ "type": "ping", "payload": { "x": "" } })
            .to_string()
            .len();
        json!({ "type": "ping", "payload": { "x": "y".repeat(bytes - around) } }).to_string()
    };
    let mut socket = Socket::ready(port.address, None).await;
    socket.send(Message::text(ping(MOST))).await;
    assert_eq!(socket.hear().await["type"], "pong");
    socket.send(Message::text(ping(MOST + 1))).await;
    assert_eq!(socket.closed().await.0, 1009);
    let mut socket = Socket::ready(port.address, None).await;
    socket.send(Message::text(ping(2 * MOST + 1))).await;
    assert_eq!(socket.closed().await.0, 1009);
}

#[tokio::test]
async fn either_side_asks_whether_the_other_is_there() {
    let port = Port::open_with(|it| it.socket_ping = Duration::from_millis(20)).await;
    let mut socket = Socket::ready(port.address, None).await;
    assert_eq!(socket.any().await, json!({ "type": "ping" }));
    socket.say(json!({ "type": "pong" })).await;
    socket
        .say(json!({ "type": "ping", "payload": { "n": 1 } }))
        .await;
    assert_eq!(
        socket.hear().await,
        json!({ "type": "pong", "payload": { "n": 1 } })
    );
}

#[tokio::test]
async fn a_socket_on_which_nothing_is_heard_is_closed() {
    let port = Port::open_with(|it| {
        it.socket_ping = Duration::from_millis(20);
        it.socket_idle = Duration::from_millis(60);
    })
    .await;
    let mut socket = Socket::ready(port.address, None).await;
    assert_eq!(
        socket.closed().await,
        (1001, "nothing was heard of you".to_owned())
    );
}

#[tokio::test]
async fn queries_and_changes_are_answered_once_and_completed() {
    let port = Port::open().await;
    let mut socket = Socket::ready(port.address, None).await;
    socket.subscribe("a", PUBLIC).await;
    let next = socket.hear().await;
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("a")));
    let payload = &next["payload"];
    assert_eq!(
        payload["data"]["scopeDecision"]["status"], "PROHIBITED",
        "{next}"
    );
    assert!(payload["extensions"]["dataVersion"].is_u64(), "{next}");
    assert!(
        payload["extensions"]["cost"]["requested"].is_u64(),
        "{next}"
    );
    assert_eq!(
        socket.hear().await,
        json!({ "type": "complete", "id": "a" })
    );
}

#[tokio::test]
async fn what_cannot_be_executed_is_an_error_and_nothing_follows() {
    let port = Port::open().await;
    let mut socket = Socket::ready(port.address, None).await;
    let deep = format!("{}a{}", "{ a ".repeat(20), "}".repeat(20));
    for (query, code) in [
        ("{", "BAD_INPUT"),
        ("{ nothing }", "BAD_INPUT"),
        ("subscription { nothing }", "BAD_INPUT"),
        ("query A { __typename } query B { __typename }", "BAD_INPUT"),
        (deep.as_str(), "TOO_COMPLEX"),
        (QUEUE, "UNAUTHENTICATED"),
    ] {
        socket.subscribe("1", query).await;
        let error = socket.hear().await;
        assert_eq!(
            (&error["type"], &error["id"]),
            (&json!("error"), &json!("1")),
            "{error}"
        );
        assert_eq!(
            error["payload"][0]["extensions"]["code"], code,
            "{query}: {error}"
        );
    }
    // The id is free again each time, and the socket still serves.
    socket.subscribe("1", "{ __typename }").await;
    assert_eq!(
        socket.hear().await["payload"]["data"]["__typename"],
        "Query"
    );
}

#[tokio::test]
async fn operations_over_a_socket_are_paid_for() {
    let port = Port::open_with(|it| {
        let two = std::num::NonZeroU32::new(2).unwrap();
        it.rate = Some(drypoint::http::Rate {
            burst: two,
            per_second: std::num::NonZeroU32::MIN,
        });
    })
    .await;
    let mut socket = Socket::ready(port.address, None).await;
    let mut codes = Vec::new();
    for id in 0..5 {
        socket.subscribe(&id.to_string(), "{ __typename }").await;
        let said = socket.hear().await;
        if said["type"] == "error" {
            codes.push(said["payload"][0]["extensions"]["code"].clone());
        } else {
            assert_eq!(socket.hear().await["type"], "complete");
        }
    }
    assert!(codes.contains(&json!("RATE_LIMITED")), "{codes:?}");
}

#[tokio::test]
async fn a_socket_has_so_many_operations_and_no_more() {
    let port = Port::open().await;
    let key = port.key("vera", &[Role::Verifier], None).await;
    let mut socket = Socket::ready(port.address, Some(&key)).await;
    for id in 0..20 {
        socket.follow(&id.to_string(), QUEUE).await;
    }
    socket.subscribe("beyond", QUEUE).await;
    let error = socket.hear().await;
    assert_eq!(error["id"], "beyond", "{error}");
    assert_eq!(error["payload"][0]["extensions"]["code"], "TOO_COMPLEX");
    socket.say(json!({ "type": "complete", "id": "7" })).await;
    socket.follow("beyond", QUEUE).await;
}

#[tokio::test]
async fn a_client_has_so_many_sockets_and_no_more() {
    let port = Port::open_with(|it| it.max_sockets_per_client = 2).await;
    let first = Socket::ready(port.address, None).await;
    let _second = Socket::ready(port.address, None).await;
    let ours = [("sec-websocket-protocol", "graphql-transport-ws")];
    let third = Socket::open(port.address, &ours).await;
    assert_eq!(third.err().unwrap(), 503);
    first.leave().await;
    for attempt in 0.. {
        if Socket::open(port.address, &ours).await.is_ok() {
            break;
        }
        assert!(
            attempt < 1_000,
            "the place of a socket that was closed is free"
        );
    }
}

#[tokio::test]
async fn a_key_that_is_revoked_closes_its_sockets() {
    let port = Port::open_with(|it| it.socket_ping = Duration::from_millis(20)).await;
    let account = port.account("vera", &[Role::Verifier], None).await;
    let mut socket = Socket::ready(port.address, Some(&bearer(&account))).await;
    socket.follow("1", QUEUE).await;
    let prefix = &account.key.as_ref().unwrap().prefix;
    manage::revoke_key(&port.desk.app, prefix).await.unwrap();
    assert_eq!(socket.closed().await.0, 4401);
}

#[tokio::test]
async fn a_session_opens_sockets_for_pages_of_ours_only() {
    const PASSWORD: &str = "three small herons";
    let port = Port::open().await;
    let added = port.account("zoe", &[Role::Provider], None).await;
    let submit =
        |path: &str, body: serde_json::Value| port.client.post(port.url(path)).json(&body).send();
    let link = json!({ "token": added.link.0, "password": PASSWORD });
    assert_eq!(submit("/auth/redeem", link).await.unwrap().status(), 200);
    let credentials = json!({ "name": "zoe", "password": PASSWORD });
    let answer = submit("/auth/sign-in", credentials).await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let origin = port.url("");
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    for foreign in [
        vec![protocol, ("cookie", cookie.as_str())],
        vec![
            protocol,
            ("cookie", &cookie),
            ("origin", "https://evil.example"),
        ],
        vec![protocol, ("cookie", &cookie), ("origin", "null")],
        vec![
            protocol,
            ("cookie", &cookie),
            ("origin", &origin),
            ("sec-fetch-site", "cross-site"),
        ],
    ] {
        let refused = Socket::open(port.address, &foreign).await;
        assert_eq!(refused.err().unwrap(), 403, "{foreign:?}");
    }
    let ours = [protocol, ("cookie", cookie.as_str()), ("origin", &origin)];
    let mut socket = Socket::open(port.address, &ours).await.unwrap();
    socket.say(init()).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
    socket.subscribe("1", QUEUE).await;
    let error = socket.hear().await;
    assert_eq!(
        error["payload"][0]["extensions"]["code"], "FORBIDDEN",
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_stops_says_so_to_its_sockets() {
    let mut port = Port::open().await;
    let mut socket = Socket::ready(port.address, None).await;
    port.stop();
    assert_eq!(socket.closed().await.0, 1001);
    port.has_stopped().await;
}

#[tokio::test]
async fn a_quiet_socket_outlives_the_idle_timeout_of_requests() {
    let port = Port::open_with(|it| {
        it.idle_timeout = Duration::from_millis(50);
        it.header_timeout = Duration::from_millis(50);
        it.answer_timeout = Duration::from_millis(200);
        it.socket_ping = Duration::from_millis(30);
    })
    .await;
    let mut socket = Socket::ready(port.address, None).await;
    for _ in 0..20 {
        assert_eq!(socket.any().await, json!({ "type": "ping" }));
    }
    socket.subscribe("1", "{ __typename }").await;
    assert_eq!(socket.hear().await["type"], "next");
}
