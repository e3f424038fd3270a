//! F11: clients that take their time. The timeouts are short ones; what a test waits for is the server
//! closing the connection.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::server::{TestServer, read_to_end};

/// Far beyond every timeout set here, also on a busy machine.
const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(150);
/// Between two bytes of a client that drips.
const DRIP: Duration = Duration::from_millis(10);

const REQUEST: &[u8] = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

#[tokio::test]
async fn the_timeouts_that_hold_by_default_are_at_most_30_seconds() {
    let settings = drypoint::http::Settings::default();
    let most = Duration::from_secs(30);
    assert!(settings.idle_timeout <= most);
    assert!(settings.header_timeout <= most);
    assert!(settings.body_timeout <= most);
    assert!(settings.body_timeout + settings.execution_timeout < settings.answer_timeout);
    assert!(settings.drain + settings.shutdown_timeout < Duration::from_secs(5));
}

#[tokio::test]
async fn a_connection_without_a_request_is_closed() {
    let server = TestServer::spawn_with(|settings| settings.idle_timeout = SHORT).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(timeout(LONG, read_to_end(&mut silent)).await.unwrap(), "");

    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(REQUEST).await.unwrap();
    let answer = timeout(LONG, read_to_end(&mut idle)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    server.is_well().await;
}

#[tokio::test]
async fn a_head_that_drips_in_is_cut_off_however_steadily_it_drips() {
    let server = TestServer::spawn_with(|settings| settings.header_timeout = SHORT).await;
    for (start, byte) in [
        ("GET / HTTP/1.1\r\nX: ", b'y'),
        // Empty lines may precede a head, but not for ever.
        ("\r\n\r\n", b'\n'),
        ("G", b'E'),
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        assert_eq!(drip(stream, byte).await, "", "{start:?}");
    }
    server.is_well().await;
}

#[tokio::test]
async fn a_second_head_has_no_more_time_than_the_first() {
    let server = TestServer::spawn_with(|settings| settings.header_timeout = SHORT).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stream.write_all(b"GET / HTTP/1.1\r\nX: ").await.unwrap();
    let rest = drip(stream, b'y').await;
    assert!(!rest.contains("HTTP/1.1"), "{rest}");
}

#[tokio::test]
async fn a_body_that_drips_in_is_refused() {
    let server = TestServer::spawn_with(|settings| settings.body_timeout = SHORT).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream
        .write_all(
            b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
              Content-Length: 100000\r\n\r\n",
        )
        .await
        .unwrap();
    let answer = drip(stream, b' ').await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("BAD_INPUT"), "{answer}");
    server.is_well().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answers_is_left() {
    let server = TestServer::spawn_with(|settings| {
        settings.idle_timeout = SHORT;
        settings.rate = None;
    })
    .await;
    let (mut answers, mut requests) = TcpStream::connect(server.address)
        .await
        .unwrap()
        .into_split();
    let body = serde_json::json!({ "query": super::INTROSPECTION }).to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    // Sends until the server has left; only then are answers read, of which there is an end.
    let sending = async { while requests.write_all(request.as_bytes()).await.is_ok() {} };
    timeout(LONG, sending).await.expect("the server leaves");
    let mut taken = Vec::new();
    let _ = timeout(LONG, answers.read_to_end(&mut taken))
        .await
        .unwrap();
    server.is_well().await;
}

#[tokio::test]
async fn fifty_slow_clients_keep_nobody_waiting_and_are_all_cut_off() {
    let server = TestServer::spawn_with(|settings| settings.header_timeout = SHORT * 4).await;
    let mut clients = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream
            .write_all(b"POST /graphql HTTP/1.1\r\nX: ")
            .await
            .unwrap();
        clients.push(tokio::spawn(drip(stream, b'y')));
    }
    timeout(Duration::from_secs(1), server.is_well())
        .await
        .expect("answered while fifty others dawdle");
    for client in clients {
        assert_eq!(client.await.unwrap(), "");
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_for_one_to_end() {
    let server = TestServer::spawn_with(|settings| {
        settings.max_connections = 2;
        settings.idle_timeout = SHORT;
    })
    .await;
    let mut silent = Vec::new();
    for _ in 0..6 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    timeout(LONG, server.is_well())
        .await
        .expect("its turn comes");
}

/// Sends one byte at a time until the server closes, and gives what the server said.
async fn drip(stream: TcpStream, byte: u8) -> String {
    let (mut answer, mut request) = stream.into_split();
    let dripping = async {
        while request.write_all(&[byte]).await.is_ok() {
            tokio::time::sleep(DRIP).await;
        }
        std::future::pending::<()>().await;
    };
    let mut taken = Vec::new();
    let reading = async {
        let _ = answer.read_to_end(&mut taken).await;
    };
    tokio::select! {
        () = reading => {}
        () = dripping => {}
        () = tokio::time::sleep(LONG) => panic!("the server holds on for ever"),
    }
    String::from_utf8(taken).unwrap()
}
