//! The API in GraphQL: the only room that knows it.
//!
//! [`codes`] (closed lists), [`scalar`], [`input`], [`object`] (newtypes over the domain's values),
//! [`connection`], [`node`] (ids), [`query`] (a resolver parses, calls a service, wraps) and [`error`]
//! (what strangers may read). To add a field: a service function, then the resolver with its doc
//! comment, then `make schema`.
//!
//! No SQL, HTTP or clock here. Each request is answered from one [`Reading`], so that everything in an
//! answer is of one data version.

#![expect(
    clippy::unused_async,
    reason = "async-graphql takes no resolver that is not async, and reads wait for nothing"
)]

pub mod codes;
pub mod connection;
pub mod error;
pub mod input;
pub mod node;
pub mod object;
pub mod query;
pub mod scalar;

mod answer;
mod values;

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, Request, Response, SDLExportOptions};

use crate::app::App;
use crate::service::Reading;
use query::Query;
use values::Types;

type Inner = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema over an application's data. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    inner: Inner,
    types: Arc<Types>,
    read: Arc<dyn Fn() -> Reading + Send + Sync>,
}

/// The schema that answers from what `app` holds when a request comes in.
pub fn schema(app: Arc<App>) -> Schema {
    Schema::over(move || Reading::of(&app))
}

/// The schema as text, the same at every call: what `schema.graphql` holds.
pub fn sdl() -> String {
    inner().sdl_with_options(
        SDLExportOptions::new()
            .sorted_fields()
            .sorted_arguments()
            .sorted_enum_items()
            .include_specified_by()
            .prefer_single_line_descriptions()
            .use_space_ident(),
    )
}

impl Schema {
    /// The schema that answers each request from a fresh call of `read`.
    pub fn over(read: impl Fn() -> Reading + Send + Sync + 'static) -> Self {
        let inner = inner();
        Self {
            types: Arc::new(Types::new(&inner.sdl())),
            inner,
            read: Arc::new(read),
        }
    }

    /// Answers one request at one data version, which the answer tells in `extensions.dataVersion`.
    ///
    /// Every error carries `extensions.code`. This is not an extension of async-graphql because those
    /// cost a boxed future for every field of every answer.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        let reading = (self.read)();
        let version = reading.version();
        let mut request = request.into();
        let misfits = self.types.misfits(&mut request);
        if !misfits.is_empty() {
            return answer::refuse(misfits, version);
        }
        answer::execute(&self.inner, request.data(reading), version).await
    }
}

fn inner() -> Inner {
    async_graphql::Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        // The gate in `http` bounds size, depth and cost before a document gets here; this is the
        // last line should a document come by another way.
        .limit_recursive_depth(32)
        .finish()
}
