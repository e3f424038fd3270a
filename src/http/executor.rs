//! The schema as this room sees it: something that answers a request, and mends what the library leaves
//! undone.

use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::{Name, PathSegment, Request, Response, Value};
use futures_util::StreamExt as _;
use futures_util::future::{BoxFuture, FutureExt as _};
use futures_util::stream::BoxStream;

use super::gate::RootField;

type Execute = dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync;
type Subscribe = dyn Fn(Request) -> BoxStream<'static, Response> + Send + Sync;

/// Answers GraphQL requests that have passed the gate.
#[derive(Clone)]
pub struct Executor {
    execute: Arc<Execute>,
    subscribe: Option<Arc<Subscribe>>,
    /// Root fields that are never null, of any operation type.
    never_null: Arc<HashSet<Name>>,
}

impl Executor {
    /// Answers by calling `execute`, by the schema that `sdl` describes.
    ///
    /// # Panics
    /// When `sdl` is not a schema: it is the schema's own text.
    pub fn new<F, Fut>(sdl: &str, execute: F) -> Self
    where
        F: Fn(Request) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Response> + Send + 'static,
    {
        Self {
            execute: Arc::new(move |request| execute(request).boxed()),
            subscribe: None,
            never_null: Arc::new(never_null(sdl)),
        }
    }

    /// The same with subscriptions, answered by calling `subscribe`.
    #[must_use]
    pub fn with_subscriptions<F>(self, subscribe: F) -> Self
    where
        F: Fn(Request) -> BoxStream<'static, Response> + Send + Sync + 'static,
    {
        Self {
            subscribe: Some(Arc::new(subscribe)),
            ..self
        }
    }

    /// The answers to a subscription, as they come.
    pub(crate) fn subscribe(&self, request: Request) -> BoxStream<'static, Response> {
        match &self.subscribe {
            Some(subscribe) => subscribe(request),
            None => futures_util::stream::empty().boxed(),
        }
    }

    /// Executes, and gives the root fields as the specification wants them: in the order of the document,
    /// null where a field failed, and nothing at all where a field failed that is never null.
    ///
    /// async-graphql 7.2.1 leaves a failed field out of its object, whatever its type (GraphQL, section
    /// 6.4.4, "Handling execution errors"). Below the root no resolver fails here.
    pub(crate) async fn execute(&self, request: Request, roots: &[RootField]) -> Response {
        let mut response = (self.execute)(request).await;
        if response.errors.is_empty() {
            return response;
        }
        let Value::Object(mut resolved) = std::mem::take(&mut response.data) else {
            return response;
        };
        let mut data = IndexMap::with_capacity(roots.len());
        for root in roots {
            if let Some(value) = resolved.shift_remove(&root.key) {
                data.insert(root.key.clone(), value);
            } else if has_failed(&response, &root.key) && !data.contains_key(&root.key) {
                if self.never_null.contains(&root.name) {
                    return response;
                }
                data.insert(root.key.clone(), Value::Null);
            }
        }
        response.data = Value::Object(data);
        response
    }
}

fn has_failed(response: &Response, key: &Name) -> bool {
    let at_key = |path: &[PathSegment]| matches!(path.first(), Some(PathSegment::Field(name)) if *name == key.as_str());
    response.errors.iter().any(|error| at_key(&error.path))
}

fn never_null(sdl: &str) -> HashSet<Name> {
    const ROOTS: [&str; 2] = ["Query", "Mutation"];
    let document = parse_schema(sdl).expect("the schema's own text");
    let mut names = HashSet::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && ROOTS.contains(&definition.node.name.node.as_str())
            && let TypeKind::Object(object) = definition.node.kind
        {
            let fields = object.fields.into_iter().map(|field| field.node);
            names.extend(
                fields
                    .filter(|field| !field.ty.node.nullable)
                    .map(|field| field.name.node),
            );
        }
    }
    names
}
