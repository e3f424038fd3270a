//! What an operator relies on: health, metrics, headers, logs, overload, stopping.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::log::Log;
use super::server::{Answer, TestServer};

async fn fetch(server: &TestServer, method: Method, path: &str) -> Answer {
    let request = server.request(method, path);
    Answer::of(request.send().await.unwrap()).await
}

async fn metrics(server: &TestServer) -> String {
    let request = server.request(Method::GET, "/metrics");
    request.send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn ready_means_that_the_database_answers_and_live_does_not() {
    let server = TestServer::spawn().await;
    let ready = fetch(&server, Method::GET, "/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(
        ready.body,
        json!({
            "status": "ready",
            "parts": { "index": "ready", "database": "ready", "server": "ready" },
            "dataVersion": 42,
            "providers": 5000,
        })
    );
    server.world.database_is_down.store(true, Ordering::SeqCst);
    let ready = fetch(&server, Method::GET, "/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.body["parts"]["database"], "unavailable");
    assert_eq!(
        fetch(&server, Method::GET, "/health/live").await.status,
        200
    );
}

#[tokio::test]
async fn metrics_tell_what_happened_and_nothing_of_who_asked() {
    let server = TestServer::spawn().await;
    server.query("{ hello }").await;
    server.query("{ echo(text: \"canary\") { text } }").await;
    server.query("{").await;
    fetch(&server, Method::GET, "/canary").await;
    let page = metrics(&server).await;
    for line in [
        "drypoint_http_requests_total{route=\"/graphql\",status=\"200\"} 2",
        "drypoint_http_requests_total{route=\"/graphql\",status=\"400\"} 1",
        "drypoint_http_requests_total{route=\"other\",status=\"404\"} 1",
        "drypoint_http_request_seconds_count{route=\"/graphql\"} 3",
        "drypoint_graphql_errors_total{code=\"BAD_INPUT\"} 1",
        "drypoint_graphql_refused_total{reason=\"syntax\"} 1",
        "drypoint_graphql_points_total 2",
        "drypoint_http_requests_in_flight 1",
        "drypoint_data_version 42",
        "drypoint_providers 5000",
    ] {
        assert!(page.lines().any(|found| found == line), "{line} in\n{page}");
    }
    assert!(!page.contains("canary"), "{page}");
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_browsers_from_guessing() {
    let server = TestServer::spawn().await;
    for path in [
        "/",
        "/graphql",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/nothing",
    ] {
        let answer = fetch(&server, Method::GET, path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path} {name}");
        }
        assert!(answer.header("x-request-id").is_some(), "{path}");
        assert!(answer.header("server").is_none(), "{path}");
    }
}

#[tokio::test]
async fn a_request_id_is_taken_from_the_client_if_sane_and_made_otherwise() {
    let server = TestServer::spawn().await;
    let with_id = async |id: &str| {
        let request = server
            .request(Method::GET, "/health/live")
            .header("x-request-id", id);
        let answer = Answer::of(request.send().await.unwrap()).await;
        answer.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(with_id("a-request-0001").await, "a-request-0001");
    let made = with_id("<script>alert(1)</script>").await;
    assert_eq!(made.len(), 32);
    assert_ne!(made, with_id("").await);
}

#[tokio::test]
async fn what_is_not_there_and_what_cannot_be_done_is_told_in_json() {
    let server = TestServer::spawn().await;
    let missing = fetch(&server, Method::GET, "/nothing").await;
    assert_eq!((missing.status, missing.code()), (404, Some("NOT_FOUND")));
    let read_only = fetch(&server, Method::POST, "/health/live").await;
    assert_eq!(
        (read_only.status, read_only.code()),
        (405, Some("BAD_INPUT"))
    );
    assert_eq!(read_only.header("allow"), Some("GET, HEAD"));
    let root = fetch(&server, Method::GET, "/").await;
    assert_eq!(root.body["graphql"], "/graphql");
}

#[tokio::test]
async fn more_operations_than_places_are_refused_and_welcome_again_at_once() {
    let server = TestServer::spawn_with(|settings| settings.max_in_flight = 1).await;
    let running = server.query("{ wait }");
    let meanwhile = async {
        server.world.waiting.notified().await;
        let refused = server.query("{ hello }").await;
        assert_eq!((refused.status, refused.code()), (503, Some("UNAVAILABLE")));
        assert_eq!(refused.header("retry-after"), Some("1"));
        server.world.go_on.notify_one();
    };
    let (answer, ()) = tokio::join!(running, meanwhile);
    assert_eq!(answer.body["data"], json!({ "wait": true }));
    server.is_well().await;
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_given_up() {
    let server = TestServer::spawn_with(|settings| {
        settings.execution_timeout = Duration::from_millis(500);
        settings.max_in_flight = 1;
    })
    .await;
    let answer = server.query("{ wait }").await;
    assert_eq!((answer.status, answer.code()), (503, Some("UNAVAILABLE")));
    server.is_well().await;
}

#[tokio::test]
async fn stopping_lets_what_runs_end_and_sends_others_away_politely() {
    let mut server = TestServer::spawn_with(|settings| {
        settings.drain = Duration::from_secs(2);
    })
    .await;
    let running = tokio::spawn({
        let request = server
            .request(Method::POST, "/graphql")
            .json(&json!({ "query": "{ wait }" }));
        async { Answer::of(request.send().await.unwrap()).await }
    });
    server.world.waiting.notified().await;
    // A second client, connected and idle.
    server.is_well().await;
    server.stop();
    // Still answered, but told to close, and no longer ready.
    let polite = loop {
        let ready = fetch(&server, Method::GET, "/health/ready").await;
        if ready.status == 503 {
            break ready;
        }
    };
    assert_eq!(polite.body["parts"]["server"], "stopping");
    assert_eq!(polite.header("connection"), Some("close"));
    let refused = loop {
        let request = server.request(Method::GET, "/health/live");
        match request.send().await {
            Ok(answer) => assert_eq!(answer.status().as_u16(), 200),
            Err(error) => break error,
        }
    };
    assert!(refused.is_connect(), "{refused:?}");
    server.world.go_on.notify_one();
    assert_eq!(running.await.unwrap().body["data"], json!({ "wait": true }));
    server.has_stopped().await;
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let mut server = TestServer::spawn_with(|settings| {
        settings.drain = Duration::ZERO;
        settings.shutdown_timeout = Duration::from_millis(100);
    })
    .await;
    let request = server
        .request(Method::POST, "/graphql")
        .json(&json!({ "query": "{ wait }" }));
    let running = tokio::spawn(request.send());
    server.world.waiting.notified().await;
    server.stop();
    tokio::time::timeout(Duration::from_secs(5), server.has_stopped())
        .await
        .expect("stops although a request does not end");
    assert!(running.await.unwrap().is_err());
}

/// SIGTERM under load: every request that reached the server is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_cut_while_stopping_under_load() {
    let mut server = TestServer::spawn_with(|settings| settings.rate = None).await;
    let is_stopped = Arc::new(AtomicBool::new(false));
    let url = server.url("/graphql");
    let clients: Vec<_> = (0..8)
        .map(|_| {
            let (url, is_stopped) = (url.clone(), Arc::clone(&is_stopped));
            tokio::spawn(async move {
                let client = reqwest::Client::new();
                let mut answered = 0_u32;
                loop {
                    let request = client.post(&url).json(&json!({ "query": "{ hello }" }));
                    match request.send().await {
                        Ok(answer) => {
                            assert_eq!(answer.status().as_u16(), 200);
                            assert!(answer.text().await.unwrap().contains("world"));
                            answered += 1;
                        }
                        Err(error) if error.is_connect() => {
                            assert!(is_stopped.load(Ordering::SeqCst), "{error:?}");
                            return answered;
                        }
                        Err(error) => panic!("a request was cut: {error:?}"),
                    }
                }
            })
        })
        .collect();
    while server.world.resolved.load(Ordering::SeqCst) < 50 {
        tokio::task::yield_now().await;
    }
    is_stopped.store(true, Ordering::SeqCst);
    server.stop();
    tokio::time::timeout(Duration::from_secs(5), server.has_stopped())
        .await
        .expect("stops within five seconds");
    let mut answered = 0;
    for client in clients {
        answered += client.await.unwrap();
    }
    assert!(answered >= 50, "{answered}");
}

#[tokio::test]
async fn the_log_tells_how_a_request_went_and_nothing_of_what_was_asked() {
    let log = Log::start();
    let server = TestServer::spawn().await;
    server
        .post(&json!({
            "query": "query Canary($t: String) { echo(text: $t) { text } canary: echo(text: \"canary\") { text } }",
            "variables": { "t": "canary" },
        }))
        .await;
    server
        .get(&[("query", "{ echo(text: \"canary\") { text } }")])
        .await;
    server.query("{ canary }").await;
    server.query("{ leaks }").await;
    let request = server
        .request(Method::GET, "/canary?canary=canary")
        .header("user-agent", "canary")
        .header("x-request-id", "0123456789abcdef")
        .header("x-forwarded-for", "203.0.113.77");
    request.send().await.unwrap();

    let text = log.stop();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &serde_json::Value| line["fields"]["message"] == "answered")
        .collect();
    assert_eq!(lines.len(), 5, "{text}");
    let (first, last) = (&lines[0], &lines[4]);
    assert_eq!(first["fields"]["route"], "/graphql");
    assert_eq!(first["fields"]["status"], 200);
    assert_eq!(first["fields"]["cost"], 1);
    assert_eq!(last["fields"]["route"], "other");
    assert_eq!(last["span"]["id"], "0123456789abcdef");
    // The client's half of the test logs what it sends; the server's half must not.
    let ours: Vec<_> = text
        .lines()
        .filter(|line| line.contains("drypoint"))
        .collect();
    for secret in ["canary", "Canary", "203.0.113.77", "127.0.0.1"] {
        let told = ours.iter().find(|line| line.contains(secret));
        assert_eq!(told, None, "{secret}");
    }
}
