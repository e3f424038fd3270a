//! What a request says: the four parameters of GraphQL over HTTP, from a body or a query string.

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::Value;

use super::gate::{json, limits};
use super::refusal::Refusal;

/// The parameters, of the right types but otherwise unjudged. `extensions` must be an object and is
/// otherwise ignored: no extension is known here.
#[derive(Debug)]
pub(crate) struct Parameters {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Variables,
}

/// The parameters as JSON values; unknown members are ignored, as the specification asks.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
}

/// A query string: texts only, of which two are JSON.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueryString {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl Parameters {
    /// Reads the body of a POST.
    pub(crate) fn from_body(body: &[u8]) -> Result<Self, Refusal> {
        // The object that holds the parameters is a level of its own.
        if json::depth(body) > limits::NESTING + 1 {
            return Err(Refusal::TooDeeplyNested);
        }
        if body.trim_ascii_start().first() == Some(&b'[') {
            return Err(Refusal::Batch);
        }
        let body: Body = serde_json::from_slice(body)
            .map_err(|_| refused("the body is not a JSON object of GraphQL parameters"))?;
        Self::from_values(body)
    }

    /// Reads what came within a message, whose nesting has been bounded.
    pub(crate) fn from_value(parameters: Value) -> Result<Self, Refusal> {
        let body: Body = serde_json::from_value(parameters)
            .map_err(|_| refused("the payload is not a JSON object of GraphQL parameters"))?;
        Self::from_values(body)
    }

    /// Reads the query string of a GET.
    pub(crate) fn from_query_string(given: QueryString) -> Result<Self, Refusal> {
        Self::from_values(Body {
            query: given.query.map(Value::String),
            operation_name: given.operation_name.map(Value::String),
            variables: given.variables.map(|text| parse(&text)).transpose()?,
            extensions: given.extensions.map(|text| parse(&text)).transpose()?,
        })
    }

    fn from_values(body: Body) -> Result<Self, Refusal> {
        let Some(Value::String(query)) = body.query else {
            return Err(refused("`query` must be a string"));
        };
        let operation_name = match body.operation_name {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => return Err(refused("`operationName` must be a string")),
        };
        let variables = match body.variables {
            None | Some(Value::Null) => Variables::default(),
            Some(variables @ Value::Object(_)) => Variables::from_json(variables),
            Some(_) => return Err(refused("`variables` must be an object")),
        };
        match body.extensions {
            None | Some(Value::Null | Value::Object(_)) => {}
            Some(_) => return Err(refused("`extensions` must be an object")),
        }
        Ok(Self {
            query,
            operation_name,
            variables,
        })
    }
}

fn parse(text: &str) -> Result<Value, Refusal> {
    if json::depth(text.as_bytes()) > limits::NESTING {
        return Err(Refusal::TooDeeplyNested);
    }
    serde_json::from_str(text).map_err(|_| refused("`variables` and `extensions` must be JSON"))
}

const fn refused(why: &'static str) -> Refusal {
    Refusal::Parameters(why)
}
