//! Each limit at it and one beyond it, over the wire. The numbers are written out here, so that a change
//! of a constant is noticed.

use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};

use super::server::{Answer, TestServer};

async fn check(server: &TestServer, body: &Value, expected: Option<(u16, &str)>) {
    let answer = server.post(body).await;
    let shown = body.to_string().chars().take(100).collect::<String>();
    match expected {
        None => {
            assert_eq!(answer.status, 200, "{shown}: {}", answer.body);
            assert!(
                answer.body.get("errors").is_none(),
                "{shown}: {}",
                answer.body
            );
        }
        Some((status, code)) => {
            assert_eq!(
                (answer.status, answer.code()),
                (status, Some(code)),
                "{shown}"
            );
            assert!(answer.body.get("data").is_none(), "{shown}");
            assert!(answer.text.len() <= 64 * 1024, "{shown}");
        }
    }
}

async fn at_and_beyond(at: Value, beyond: Value, code: &str) {
    let server = TestServer::spawn_with(|settings| settings.rate = None).await;
    check(&server, &at, None).await;
    check(&server, &beyond, Some((400, code))).await;
}

fn query(query: impl Into<Value>) -> Value {
    json!({ "query": query.into() })
}

#[tokio::test]
async fn body_256_kilobytes() {
    let server = TestServer::spawn().await;
    let body = |bytes: usize| {
        let start = r#"{"query":"{ hello }""#;
        format!("{start}{}}}", " ".repeat(bytes - start.len() - 1))
    };
    for (bytes, expected) in [(262_144, 200), (262_145, 413)] {
        let request = server
            .request(Method::POST, "/graphql")
            .header("content-type", "application/json")
            .body(body(bytes));
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, expected, "{bytes}");
    }
}

#[tokio::test]
async fn tokens_2000() {
    // `{ thing { … } }` takes five tokens.
    let document = |ids: usize| query(format!("{{ thing {{ {} }} }}", "id ".repeat(ids)));
    at_and_beyond(document(1_995), document(1_996), "TOO_COMPLEX").await;
}

#[tokio::test]
async fn nesting_30_in_a_document() {
    // Two braces, one parenthesis and the lists. The schema's type nests less deep, which is an error of
    // validation: within the limit, the code is another.
    let server = TestServer::spawn().await;
    let document = |lists: usize| {
        query(format!(
            "{{ echo(list: {}{}) {{ text }} }}",
            "[".repeat(lists),
            "]".repeat(lists)
        ))
    };
    check(&server, &document(28), Some((400, "BAD_INPUT"))).await;
    check(&server, &document(29), Some((400, "TOO_COMPLEX"))).await;
    let braces = |levels: usize| {
        query(format!(
            "{{ thing {{ {} id {} }} }}",
            "... {".repeat(levels - 2),
            "}".repeat(levels - 2)
        ))
    };
    check(&server, &braces(30), None).await;
    check(&server, &braces(31), Some((400, "TOO_COMPLEX"))).await;
}

#[tokio::test]
async fn nesting_30_in_variables_and_extensions() {
    let nested = |levels: usize| {
        let text = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let body = |name: &str, levels: usize| {
        // The object itself is a level.
        json!({ "query": "{ hello }", name: { "v": nested(levels - 1) } })
    };
    for name in ["variables", "extensions"] {
        at_and_beyond(body(name, 30), body(name, 31), "TOO_COMPLEX").await;
    }
    let server = TestServer::spawn().await;
    for (levels, expected) in [(30, 200), (31, 400)] {
        let variables = json!({ "v": nested(levels - 1) }).to_string();
        let answer = server
            .get(&[("query", "{ hello }"), ("variables", &variables)])
            .await;
        assert_eq!(answer.status, expected, "{levels}");
    }
}

#[tokio::test]
async fn depth_12() {
    let document = |levels: usize| {
        query(format!(
            "{{ {} id {} }}",
            "thing {".repeat(levels - 1),
            "}".repeat(levels - 1)
        ))
    };
    at_and_beyond(document(12), document(13), "TOO_COMPLEX").await;
}

#[tokio::test]
async fn depth_20_of_introspection() {
    // __schema, queryType, fields, type, then ofType.
    let document = |levels: usize| {
        query(format!(
            "{{ __schema {{ queryType {{ fields {{ type {{ {} name {} }} }} }} }} }}",
            "ofType {".repeat(levels - 5),
            "}".repeat(levels - 5)
        ))
    };
    at_and_beyond(document(20), document(21), "TOO_COMPLEX").await;
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, n| {
        write!(all, "{} ", piece(n)).unwrap();
        all
    })
}

#[tokio::test]
async fn aliases_30() {
    let document = |count| {
        query(format!(
            "{{ thing {{ {} }} }}",
            numbered(count, |n| format!("a{n}: id"))
        ))
    };
    at_and_beyond(document(30), document(31), "TOO_COMPLEX").await;
    let spread = |rest| {
        let rest = numbered(rest, |n| format!("b{n}: id"));
        let fragment = numbered(5, |n| format!("a{n}: id"));
        query(format!(
            "{{ thing {{ ...F thing {{ ...F }} {rest} }} }} fragment F on Thing {{ {fragment} }}"
        ))
    };
    at_and_beyond(spread(20), spread(21), "TOO_COMPLEX").await;
}

#[tokio::test]
async fn directives_10() {
    let document = |count| {
        let fields = numbered(count, |n| format!("a{n}: id @include(if: true)"));
        query(format!("{{ thing {{ {fields} }} }}"))
    };
    at_and_beyond(document(10), document(11), "TOO_COMPLEX").await;
}

#[tokio::test]
async fn expanded_fields_5000() {
    let document = |rest: usize| {
        query(format!(
            "{{ thing {{ {} {} }} }} fragment F on Thing {{ {} }}",
            "...F ".repeat(49),
            "id ".repeat(rest),
            "id ".repeat(100)
        ))
    };
    at_and_beyond(document(99), document(100), "TOO_COMPLEX").await;
}

#[tokio::test]
async fn root_fields_10() {
    let document = |count| query(format!("{{ {} }}", "hello ".repeat(count)));
    at_and_beyond(document(10), document(11), "TOO_COMPLEX").await;
}

#[tokio::test]
async fn text_arguments_256_bytes() {
    let literal = |bytes: usize| {
        query(format!(
            "{{ echo(text: \"{}\") {{ text }} }}",
            "é".repeat(bytes / 2)
        ))
    };
    at_and_beyond(literal(256), literal(258), "BAD_INPUT").await;
    let variable = |bytes: usize| {
        json!({
            "query": "query($t: String) { echo(text: $t) { text } }",
            "variables": { "t": "t".repeat(bytes) },
        })
    };
    at_and_beyond(variable(256), variable(257), "BAD_INPUT").await;
}

#[tokio::test]
async fn text_without_u_0000() {
    let beyond = query("{ echo(text: \"a\\u0000\") { text } }");
    at_and_beyond(
        query("{ echo(text: \"a\\u0001\") { text } }"),
        beyond,
        "BAD_INPUT",
    )
    .await;
    let server = TestServer::spawn_with(|settings| settings.rate = None).await;
    let variable = json!({
        "query": "query($t: String) { echo(text: $t) { text } }", "variables": { "t": "\u{0}" },
    });
    let answer = server.post(&variable).await;
    assert_eq!((answer.status, answer.code()), (400, Some("BAD_INPUT")));
    assert!(answer.text.contains("t holds U+0000"), "{}", answer.text);
}

#[tokio::test]
async fn a_bucket_of_points_is_spent_and_the_client_told_when_to_come_back() {
    let server = TestServer::spawn_with(|settings| {
        settings.rate = Some(drypoint::http::Rate {
            burst: 20.try_into().unwrap(),
            per_second: 1.try_into().unwrap(),
        });
    })
    .await;
    let page = |first| {
        query(format!(
            "{{ searchProviders(first: {first}) {{ nodes {{ id }} }} }}"
        ))
    };
    // A search is ten objects, and each row one: 11 points, which a bucket of 20 holds once.
    check(&server, &page(100), None).await;
    let answer = server.post(&page(100)).await;
    assert_eq!((answer.status, answer.code()), (429, Some("RATE_LIMITED")));
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3).contains(&wait), "{wait}");
    // What no bucket could pay for is not worth waiting for.
    check(&server, &page(200), Some((400, "TOO_COMPLEX"))).await;
    // Both media types are told by the status.
    let request = server.request(Method::POST, "/graphql").json(&page(100));
    assert_eq!(request.send().await.unwrap().status().as_u16(), 429);
}
