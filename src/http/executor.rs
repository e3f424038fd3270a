//! The schema as this room sees it: something that answers a request.

use std::sync::Arc;

use async_graphql::{Request, Response};
use futures_util::future::{BoxFuture, FutureExt as _};

use crate::graphql::Schema;

/// Answers GraphQL requests that have passed the gate.
#[derive(Clone)]
pub struct Executor(Arc<dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync>);

impl Executor {
    /// Answers by calling `execute`.
    pub fn new<F, Fut>(execute: F) -> Self
    where
        F: Fn(Request) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Response> + Send + 'static,
    {
        Self(Arc::new(move |request| execute(request).boxed()))
    }

    pub(crate) fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        (self.0)(request)
    }
}

impl From<Schema> for Executor {
    fn from(schema: Schema) -> Self {
        Self::new(move |request| {
            let schema = schema.clone();
            async move { schema.execute(request).await }
        })
    }
}
