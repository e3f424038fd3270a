//! GraphQL over HTTP: methods, media types, statuses, parameters, caching. The npm audits try the same
//! from the outside; these say why.

use std::sync::atomic::Ordering;

use reqwest::Method;
use serde_json::json;

use super::server::{Answer, TestServer};

const NEWER: &str = "application/graphql-response+json; charset=utf-8";
const OLDER: &str = "application/json; charset=utf-8";

#[tokio::test]
async fn a_query_is_answered_in_the_media_type_that_the_client_prefers() {
    let server = TestServer::spawn().await;
    for (accept, expected) in [
        (None, OLDER),
        (Some("*/*"), OLDER),
        (Some("application/json"), OLDER),
        (Some("application/graphql-response+json"), NEWER),
        (
            Some("application/graphql-response+json, application/json;q=0.9"),
            NEWER,
        ),
    ] {
        let mut request = server
            .request(Method::POST, "/graphql")
            .json(&json!({ "query": "{ hello }" }));
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 200, "{accept:?}");
        assert_eq!(answer.header("content-type"), Some(expected), "{accept:?}");
        assert_eq!(
            answer.body["data"],
            json!({ "hello": "world" }),
            "{accept:?}"
        );
        assert_eq!(answer.header("vary"), Some("Accept"));
    }
}

#[tokio::test]
async fn a_client_that_takes_neither_media_type_is_told_so() {
    let server = TestServer::spawn().await;
    let request = server
        .request(Method::POST, "/graphql")
        .header("accept", "text/html")
        .json(&json!({ "query": "{ hello }" }));
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!((answer.status, answer.code()), (406, Some("BAD_INPUT")));
    assert_eq!(server.world.resolved.load(Ordering::SeqCst), 0);
}

/// F10: real statuses in the newer media type, 200 in the older one, no `data` where nothing ran.
#[tokio::test]
async fn a_document_that_is_wrong_has_a_status_of_its_own_in_the_newer_media_type() {
    let server = TestServer::spawn().await;
    for query in [
        "{",
        "{ nothing }",
        "{ hello(x: 1) }",
        "query A { hello } query B { hello }",
    ] {
        for (accept, expected) in [
            ("application/graphql-response+json", 400),
            ("application/json", 200),
        ] {
            let request = server
                .request(Method::POST, "/graphql")
                .header("accept", accept)
                .json(&json!({ "query": query }));
            let answer = Answer::of(request.send().await.unwrap()).await;
            assert_eq!(answer.status, expected, "{query} {accept}");
            assert_eq!(answer.code(), Some("BAD_INPUT"), "{query}");
            assert!(answer.body.get("data").is_none(), "{query}");
        }
    }
}

#[tokio::test]
async fn parameters_of_the_wrong_kind_are_refused_in_any_media_type() {
    let server = TestServer::spawn().await;
    for body in [
        json!({}),
        json!({ "query": null }),
        json!({ "query": 1 }),
        json!({ "query": "{ hello }", "operationName": 1 }),
        json!({ "query": "{ hello }", "variables": [] }),
        json!({ "query": "{ hello }", "variables": "{}" }),
        json!({ "query": "{ hello }", "extensions": 0 }),
        json!("{ hello }"),
        json!(null),
    ] {
        for accept in ["application/graphql-response+json", "application/json"] {
            let request = server
                .request(Method::POST, "/graphql")
                .header("accept", accept)
                .json(&body);
            let answer = Answer::of(request.send().await.unwrap()).await;
            assert_eq!(
                (answer.status, answer.code()),
                (400, Some("BAD_INPUT")),
                "{body}"
            );
        }
    }
    for body in [
        "",
        "{",
        "{\"query\":\"{ hello }\"",
        "query={ hello }",
        "\u{feff}{}",
    ] {
        let request = server
            .request(Method::POST, "/graphql")
            .header("content-type", "application/json")
            .body(body);
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, Some("BAD_INPUT")),
            "{body}"
        );
    }
    assert_eq!(server.world.resolved.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn null_and_unknown_parameters_are_as_good_as_none() {
    let server = TestServer::spawn().await;
    let answer = server
        .post(&json!({
            "query": "{ hello }", "operationName": null, "variables": null, "extensions": null, "id": 7,
        }))
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_batch_is_refused() {
    let server = TestServer::spawn().await;
    let answer = server
        .post(&json!([{ "query": "{ hello }" }, { "query": "{ hello }" }]))
        .await;
    assert_eq!((answer.status, answer.code()), (400, Some("BAD_INPUT")));
    assert!(answer.message().contains("batch"), "{}", answer.message());
    assert_eq!(server.world.resolved.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_get_runs_the_query_that_operation_name_names() {
    let server = TestServer::spawn().await;
    let answer = server
        .get(&[
            (
                "query",
                "query A { a: hello } query B($t: String) { echo(text: $t) { text } }",
            ),
            ("operationName", "B"),
            ("variables", r#"{"t":"é & ü"}"#),
        ])
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["data"], json!({ "echo": { "text": "é & ü" } }));
    for (name, message) in [
        (Some("C"), "no operation of that name"),
        (None, "operationName"),
    ] {
        let mut parameters = vec![("query", "query A { hello } query B { hello }")];
        parameters.extend(name.map(|name| ("operationName", name)));
        let answer = server.get(&parameters).await;
        assert_eq!((answer.status, answer.code()), (400, Some("BAD_INPUT")));
        assert!(answer.message().contains(message), "{}", answer.message());
    }
}

#[tokio::test]
async fn a_get_with_bad_parameters_is_refused() {
    let server = TestServer::spawn().await;
    for parameters in [
        vec![],
        vec![("variables", "{}")],
        vec![("query", "{ hello }"), ("variables", "{")],
        vec![("query", "{ hello }"), ("variables", "[]")],
        vec![("query", "{ hello }"), ("extensions", "1")],
        vec![("query", "{ hello }"), ("query", "{ hello }")],
    ] {
        let answer = server.get(&parameters).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, Some("BAD_INPUT")),
            "{parameters:?}"
        );
    }
}

/// F4: nothing that a foreign page can send without asking runs anything that changes anything.
#[tokio::test]
async fn no_simple_cross_site_request_runs_a_mutation() {
    let server = TestServer::spawn().await;
    let mutation = json!({ "query": "mutation { bump }" }).to_string();
    for content_type in [
        None,
        Some("text/plain"),
        Some("text/plain; charset=utf-8"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/graphql"),
    ] {
        let mut request = server
            .request(Method::POST, "/graphql")
            .body(mutation.clone());
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(
            (answer.status, answer.code()),
            (415, Some("BAD_INPUT")),
            "{content_type:?}"
        );
    }
    let by_get = server.get(&[("query", "mutation { bump }")]).await;
    assert_eq!((by_get.status, by_get.header("allow")), (405, Some("POST")));
    let chosen_by_name = server
        .get(&[
            ("query", "query A { hello } mutation B { bump }"),
            ("operationName", "B"),
        ])
        .await;
    assert_eq!(chosen_by_name.status, 405);
    assert_eq!(server.world.bumps.load(Ordering::SeqCst), 0);

    let answer = server.query("mutation { bump }").await;
    assert_eq!(answer.body["data"], json!({ "bump": 1 }));
}

#[tokio::test]
async fn other_methods_are_told_which_would_do() {
    let server = TestServer::spawn().await;
    for method in ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = server.request(method.clone(), "/graphql");
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, POST")),
            "{method}"
        );
    }
}

#[tokio::test]
async fn a_get_that_is_known_already_is_not_sent_again() {
    let server = TestServer::spawn().await;
    let first = server.get(&[("query", "{ hello }")]).await;
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let tag = first.header("etag").expect("a tag").to_owned();
    let again = |tag: String| {
        let request = server
            .request(Method::GET, "/graphql?query=%7B%20hello%20%7D")
            .header("if-none-match", tag);
        async { Answer::of(request.send().await.unwrap()).await }
    };
    // The bucket is emptier than at the first request: that changes no tag.
    let second = again(tag.clone()).await;
    assert_eq!((second.status, second.text.len()), (304, 0));
    assert_eq!(second.header("etag"), Some(&*tag));
    assert_eq!(second.header("vary"), Some("Accept"));
    assert_eq!(again("\"other\"".to_owned()).await.status, 200);
    let posted = server.query("{ hello }").await;
    assert_eq!(
        (posted.header("etag"), posted.header("cache-control")),
        (None, Some("no-store"))
    );
}

#[tokio::test]
async fn errors_of_fields_come_with_the_data_of_the_others() {
    let server = TestServer::spawn().await;
    let answer = server
        .query("{ isRefused ...F b: hello } fragment F on Query { a: hello x: isRefused }")
        .await;
    assert_eq!(answer.status, 200);
    // In the order of the document.
    let data = r#""data":{"isRefused":null,"a":"world","x":null,"b":"world"}"#;
    assert!(answer.text.contains(data), "{}", answer.text);
    assert_eq!(answer.code(), Some("BAD_INPUT"));
    assert_eq!(answer.message(), "no such radius");
    assert_eq!(answer.body["errors"][0]["path"], json!(["isRefused"]));
}

#[tokio::test]
async fn a_field_that_is_never_null_takes_all_with_it_when_it_fails() {
    let server = TestServer::spawn().await;
    let answer = server.query("{ hello mustNotFail }").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["data"], json!(null));
    assert!(answer.body.get("data").is_some());
    assert_eq!(answer.body["errors"][0]["path"], json!(["mustNotFail"]));
}

/// F8: invalid by the specification, and accepted by the stock validation.
#[tokio::test]
async fn documents_that_the_stock_validation_lets_pass_are_refused() {
    let server = TestServer::spawn().await;
    for query in [
        "{ __typename(a: 1) }",
        "{ __typename @deprecated }",
        "{ hello @deprecated }",
        "{ hello @specifiedBy(url: \"x\") }",
        "query @skip(if: false) { hello }",
        "{ echo(text: { a: 1, a: 2 }) { text } }",
    ] {
        let answer = server.query(query).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, Some("BAD_INPUT")),
            "{query}"
        );
    }
    assert_eq!(server.world.resolved.load(Ordering::SeqCst), 0);
}

/// A value that does not fit its type is an error of the document, or of the variables, not of a field.
#[tokio::test]
async fn a_value_that_does_not_fit_its_type_refuses_the_request() {
    let server = TestServer::spawn().await;
    for body in [
        json!({ "query": "{ searchProviders(first: 2147483648) { nodes { id } } }" }),
        json!({ "query": "{ searchProviders(first: \"1\") { nodes { id } } }" }),
        json!({
            "query": "query($n: Int) { searchProviders(first: $n) { nodes { id } } }",
            "variables": { "n": 2_147_483_648_u32 },
        }),
        json!({
            "query": "query($n: Int) { searchProviders(first: $n) { nodes { id } } }",
            "variables": { "n": "1" },
        }),
    ] {
        let answer = server.post(&body).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, Some("BAD_INPUT")),
            "{body}"
        );
        assert!(answer.body.get("data").is_none(), "{body}");
        assert!(answer.body["errors"][0].get("path").is_none(), "{body}");
    }
}

#[tokio::test]
async fn every_answer_tells_its_data_version_and_an_executed_one_its_cost() {
    let server = TestServer::spawn().await;
    let answer = server
        .query("{ searchProviders(first: 100) { nodes { id } } }")
        .await;
    assert_eq!(
        answer.body["extensions"],
        json!({
            "dataVersion": 42,
            "cost": { "requested": 11, "remaining": 989, "maximum": 1000, "restorePerSecond": 50 },
        })
    );
    for query in ["{", "{ nothing }"] {
        let answer = server.query(query).await;
        assert_eq!(answer.body["extensions"]["dataVersion"], 42, "{query}");
    }
}

#[tokio::test]
async fn introspection_by_the_usual_query_is_within_the_limits() {
    let server = TestServer::spawn().await;
    let answer = server.query(super::INTROSPECTION).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.body["data"]["__schema"]["queryType"]["name"],
        "Query"
    );
}
