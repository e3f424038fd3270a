//! Values that do not fit their type are refused before anything is executed: 400, no `data`, one error
//! with the path of the member and the reason in our own words.

use reqwest::Client;
use serde_json::{Value, json};

use super::real::RealServer;
use super::server::Answer;

/// Query, variables, field, message.
type Case = (&'static str, &'static str, &'static str, &'static str);

const SEARCH: &str =
    "query($i: ProviderSearchInput!) { searchProviders(input: $i) { totalCount } }";

async fn check(cases: &[Case]) {
    let server = RealServer::spawn(0).await;
    let client = Client::new();
    for (query, variables, field, message) in cases {
        let variables: Value = serde_json::from_str(variables).unwrap();
        let request = client
            .post(server.graphql())
            .header("accept", "application/graphql-response+json")
            .json(&json!({ "query": query, "variables": variables }));
        let answer = Answer::of(request.send().await.unwrap()).await;
        let case = format!("{query} {variables}: {}", answer.text);
        assert_eq!(answer.status, 400, "{case}");
        assert!(answer.body.get("data").is_none(), "{case}");
        let errors = answer.body["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{case}");
        let field = if field.is_empty() {
            Value::Null
        } else {
            json!(field)
        };
        assert_eq!(errors[0]["extensions"]["code"], "BAD_INPUT", "{case}");
        assert_eq!(errors[0]["extensions"]["field"], field, "{case}");
        assert_eq!(errors[0]["message"], *message, "{case}");
    }
}

#[tokio::test]
async fn a_variable_that_is_needed_and_not_there_is_told_by_name() {
    check(&[
        (
            "{ __typename @include(if: $y) }",
            "{}",
            "$y",
            "the variable $y is not declared",
        ),
        (
            "query($y: Boolean) { __typename @include(if: $y) }",
            "{}",
            "$y",
            "the variable $y was not given, and if of type Boolean! needs it",
        ),
        (
            "query($y: Boolean!) { ...F } fragment F on Query { __typename @skip(if: $y) }",
            "{}",
            "$y",
            "the variable $y of type Boolean! was not given",
        ),
        (
            "query($n: NPI!) { provider(npi: $n) { id } }",
            "{}",
            "$n",
            "the variable $n of type NPI! was not given",
        ),
        (
            "query($n: NPI!) { provider(npi: $n) { id } }",
            r#"{ "n": null }"#,
            "$n",
            "the variable $n of type NPI! cannot be null",
        ),
        (
            "{ provider { id } }",
            "{}",
            "npi",
            "provider needs npi, of type NPI!",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_told_by_its_member() {
    check(&[
        (
            SEARCH,
            r#"{ "i": { "jurisdiction": "TX", "on": "2026-02-30" } }"#,
            "input.on",
            "a day that exists is written YYYY-MM-DD, like 2026-11-21",
        ),
        (
            r"query($on: Date) { searchProviders(input: { jurisdiction: TX, on: $on }) { totalCount } }",
            r#"{ "on": "soon" }"#,
            "input.on",
            "a day that exists is written YYYY-MM-DD, like 2026-11-21",
        ),
        (
            SEARCH,
            r#"{ "i": { "jurisdiction": "TX", "verifiedWithinDays": 99999999999 } }"#,
            "input.verifiedWithinDays",
            "99999999999 is not a whole number an Int can hold: −2147483648 to 2147483647",
        ),
        (
            SEARCH,
            r#"{ "i": { "jurisdiction": "TX", "languages": ["es", 7] } }"#,
            "input.languages",
            "7 is not a text",
        ),
        (
            SEARCH,
            r#"{ "i": { "jurisdiction": "XX" } }"#,
            "input.jurisdiction",
            "\"XX\" is no Jurisdiction",
        ),
        (
            "{ searchProviders(input: { jurisdiction: TX, radius: 5 }) { totalCount } }",
            "{}",
            "input.radius",
            "ProviderSearchInput has no field radius",
        ),
        (
            "{ searchProviders(input: { near: { point: { latitude: NaN, longitude: 0 } } }) { totalCount } }",
            "{}",
            "input.near.point.latitude",
            "NaN is not a number a Float can hold",
        ),
        (
            SEARCH,
            r#"{ "i": { "near": { "point": { "latitude": 30 } } } }"#,
            "input.near.point.longitude",
            "longitude of type Float! is missing",
        ),
        (
            SEARCH,
            r#"{ "i": { "near": { "postalCode": "78701", "placeId": "place_state-TX" } } }"#,
            "input.near",
            "near takes exactly one of point, postalCode, placeId",
        ),
        (
            "{ searchProviders(input: { near: {} }) { totalCount } }",
            "{}",
            "input.near",
            "near takes exactly one of point, postalCode, placeId",
        ),
        (
            "{ places(prefix: \"de\", first: 99999999999) { id } }",
            "{}",
            "first",
            "99999999999 is not a whole number an Int can hold: −2147483648 to 2147483647",
        ),
        (
            "query($n: [NPI!]!) { providers(npis: $n) { id } }",
            r#"{ "n": ["1234567893", "1234567890"] }"#,
            "npis",
            "the check digit of NPI 1234567890 is wrong",
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_the_library_would_say_is_said_in_our_words() {
    check(&[
        ("mutation { x }", "{}", "", "Unknown field \"x\" on type \"Mutation\"."),
        (
            "{ searchProviders(input: { near: { point: { latitude: 1e400, longitude: 0 } } }) { totalCount } }",
            "{}",
            "",
            "syntax error at line 1, column 55: this number is larger than any that a Float can hold",
        ),
    ])
    .await;
}

#[tokio::test]
async fn variables_that_may_be_left_out_may_be_left_out() {
    let server = RealServer::spawn(0).await;
    let query =
        "query($first: Int = 5, $on: Date, $after: String, $show: Boolean = true, $w: [String!]) {
        searchProviders(
            input: { jurisdiction: TX, on: $on, languages: $w, disciplines: PHYSICAL_THERAPIST }
            first: $first
            after: $after
        ) { totalCount pageInfo @include(if: $show) { hasNextPage } }
        __type(name: \"Query\") { name } }";
    let request = Client::new()
        .post(server.graphql())
        .header("accept", "application/graphql-response+json")
        .json(&json!({ "query": query, "variables": { "w": ["es"] } }));
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.body["data"]["searchProviders"],
        json!({ "totalCount": 0, "pageInfo": { "hasNextPage": false } })
    );
}
