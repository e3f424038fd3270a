//! What brought the stock endpoint down, by the numbers of docs/limits.md: refused with a code, and the
//! server goes on.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::server::{Answer, TestServer, read_to_end};

/// F1: nested values overflow the parser's stack, which no `catch_unwind` catches.
#[tokio::test]
async fn nested_values_are_refused_before_the_parser() {
    let server = TestServer::spawn().await;
    for (open, close) in [("[", "]"), ("{a:", "}")] {
        for levels in [3_000, 100_000] {
            let value = format!("{}{}", open.repeat(levels), close.repeat(levels));
            for query in [
                format!("{{ echo(list: {value}) {{ text }} }}"),
                format!("query($v: [[Int!]!] = {value}) {{ echo(list: $v) {{ text }} }}"),
                format!("{{ hello @include(if: {value}) }}"),
                // Never closed: what counts is how deep the parser would go.
                format!("{{ echo(list: {}", open.repeat(levels)),
            ] {
                let answer = server.query(&query).await;
                let expected = if query.len() + 12 > 256 * 1024 {
                    413
                } else {
                    400
                };
                assert_eq!(answer.status, expected, "{levels} × {open}");
            }
        }
    }
    let selections = format!("{}id{}", "{thing".repeat(5_000), "}".repeat(5_000));
    assert_eq!(server.query(&selections).await.code(), Some("TOO_COMPLEX"));
    let types = format!(
        "query($v: {}Int{}) {{ hello }}",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    assert_eq!(server.query(&types).await.code(), Some("TOO_COMPLEX"));
    server.is_well().await;
}

#[tokio::test]
async fn nested_json_is_refused_before_it_is_read() {
    let server = TestServer::spawn().await;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let value = format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
        let body = format!(r#"{{"query":"{{ hello }}","variables":{{"v":{value}}}}}"#);
        let request = server
            .request(Method::POST, "/graphql")
            .header("content-type", "application/json")
            .body(body);
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!((answer.status, answer.code()), (400, Some("TOO_COMPLEX")));
    }
    server.is_well().await;
}

/// F2: 845 bytes of fragments, each spreading the next twice, cost the stock server seven seconds.
#[tokio::test]
async fn doubling_fragments_cost_nothing() {
    let server = TestServer::spawn().await;
    for levels in [22, 120] {
        let mut query = "{ thing { ...F0 } }".to_owned();
        for n in 0..levels {
            write!(
                query,
                " fragment F{n} on Thing {{ ...F{m} ...F{m} }}",
                m = n + 1
            )
            .unwrap();
        }
        write!(query, " fragment F{levels} on Thing {{ id }}").unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(1), server.query(&query))
            .await
            .expect("refused at once");
        assert_eq!(
            (answer.status, answer.code()),
            (400, Some("TOO_COMPLEX")),
            "{levels}"
        );
    }
    let cycle = "{ thing { ...A } } fragment A on Thing { ...B } fragment B on Thing { ...A }";
    assert_eq!(server.query(cycle).await.code(), Some("BAD_INPUT"));
    server.is_well().await;
}

/// F3: a multipart body whose `operations` part is itself multipart.
#[tokio::test]
async fn multipart_is_not_read_at_all() {
    let server = TestServer::spawn().await;
    let body = "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\
                Content-Type: multipart/form-data; boundary=y\r\n\r\n\
                {\"query\":\"{ hello }\"}\r\n--x--\r\n";
    let request = server
        .request(Method::POST, "/graphql")
        .header("content-type", "multipart/form-data; boundary=x")
        .body(body);
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!((answer.status, answer.code()), (415, Some("BAD_INPUT")));
    server.is_well().await;
}

/// F5: size and batches.
#[tokio::test]
async fn a_body_of_megabytes_is_refused_with_an_answer() {
    let server = TestServer::spawn().await;
    for megabytes in [5, 32] {
        let query = format!("{{ hello }} #{}", "x".repeat(megabytes * 1024 * 1024));
        let answer = server.query(&query).await;
        assert_eq!(
            (answer.status, answer.code()),
            (413, Some("BAD_INPUT")),
            "{megabytes}"
        );
    }
    let operations = vec![json!({ "query": "{ hello }" }); 1_000];
    let answer = server.post(&json!(operations)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(server.world.resolved.load(Ordering::SeqCst), 0);
    server.is_well().await;
}

#[tokio::test]
async fn a_body_that_does_not_say_its_size_is_measured_as_it_comes() {
    let server = TestServer::spawn().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream
        .write_all(
            b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
              Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        )
        .await
        .unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x1_0000));
    for _ in 0..5 {
        stream.write_all(chunk.as_bytes()).await.unwrap();
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    let answer = read_to_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

/// F6: 15 kB of nonsense drew 390 kB of errors.
#[tokio::test]
async fn the_answer_to_a_refused_request_is_small() {
    let server = TestServer::spawn().await;
    let bound = 64 * 1024;
    let fields: String = (0..600).fold(String::new(), |mut all, n| {
        write!(all, "unknown{n} ").unwrap();
        all
    });
    for query in [
        format!("{{ thing {{ {fields} }} }}"),
        format!("{{ thing {{ {} }} }}", "a(b:$c)@d ".repeat(9)),
        format!("{{ hello({}: 1) }}", "x".repeat(256)),
        format!("{{ hello \u{1} {} }}", "long ".repeat(1_900)),
        format!("{{ hello {} ] }}", "long ".repeat(1_900)),
        format!("query {} {{ : }}", "l".repeat(255)),
        format!("{{ echo(text: {}) {{ text }} }}", "1".repeat(200)),
        format!("{{ echo(text: [{}]) {{ text }} }}", "1,".repeat(1_900)),
    ] {
        let answer = server.query(&query).await;
        assert_eq!(answer.status, 400, "{query:.80}");
        assert!(
            answer.text.len() <= bound,
            "{} bytes for {query:.80}",
            answer.text.len()
        );
        assert!(answer.code().is_some(), "{query:.80}");
        for error in answer.body["errors"].as_array().unwrap() {
            assert!(
                error["message"].as_str().unwrap().len() <= 512,
                "{query:.80}"
            );
        }
    }
}

#[tokio::test]
async fn many_failing_fields_are_told_briefly() {
    let server = TestServer::spawn().await;
    let answer = server.query("{ failures { fails } }").await;
    assert_eq!((answer.status, answer.code()), (200, Some("UNAVAILABLE")));
    assert!(answer.body["errors"].as_array().unwrap().len() <= 20);
}

/// F7: what a resolver lets slip, and what a panic says, stays inside.
#[tokio::test]
async fn what_goes_wrong_inside_is_not_told_outside() {
    let server = TestServer::spawn().await;
    let leak = server.query("{ hello leaks }").await;
    assert_eq!((leak.status, leak.code()), (200, Some("INTERNAL")));
    assert_eq!(leak.body["data"]["hello"], "world");
    let panic = server.query("{ panics }").await;
    assert_eq!((panic.status, panic.code()), (500, Some("INTERNAL")));
    for answer in [leak, panic] {
        assert!(
            !answer.body.to_string().contains("canary"),
            "{}",
            answer.body
        );
    }
    server.is_well().await;
}

#[tokio::test]
async fn what_is_no_http_harms_nothing() {
    let server = TestServer::spawn().await;
    let many_headers = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(1_000));
    let long_header = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "y".repeat(1_000_000));
    let long_path = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "y".repeat(100_000));
    for bytes in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
          Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: \xff\xfe\0\r\n\r\n",
        many_headers.as_bytes(),
        long_header.as_bytes(),
        long_path.as_bytes(),
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        // The server may close before it has read everything.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let answer = read_to_end(&mut stream).await;
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(!answer.starts_with("HTTP/1.1 5"), "{shown}: {answer}");
    }
    server.is_well().await;
}
