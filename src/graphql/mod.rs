//! The API in GraphQL: the only room that knows it.
//!
//! [`codes`] (closed lists), [`scalar`], [`input`], [`object`] (newtypes over the domain's values),
//! [`connection`], [`node`] (ids), [`query`] and [`mutation`] (a resolver parses, calls a service, wraps),
//! [`payload`] (what a mutation answers) and [`error`] (what strangers may read). To add a field: a service function, then the resolver with its doc
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
pub mod mutation;
pub mod node;
pub mod object;
pub mod payload;
pub mod query;
pub mod scalar;
pub mod subscription;

mod acting;
mod answer;
mod readings;
mod values;

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::{Request, Response, SDLExportOptions};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use crate::app::App;
use crate::service::{Reading, Requester};
use mutation::Mutation;
use query::Query;
use readings::Readings;
use subscription::Subscription;
use values::Types;

type Inner = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema over an application's data. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    inner: Inner,
    types: Arc<Types>,
    read: Arc<dyn Fn() -> Reading + Send + Sync>,
    /// What changes are made through; nothing where there is nothing to change.
    app: Option<Arc<App>>,
}

/// The schema that answers from what `app` holds when a request comes in, and makes changes there.
pub fn schema(app: Arc<App>) -> Schema {
    let read = Arc::clone(&app);
    Schema {
        app: Some(app),
        ..Schema::over(move || Reading::of(&read))
    }
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
    /// The schema that answers each request from a fresh call of `read`, and changes nothing.
    pub fn over(read: impl Fn() -> Reading + Send + Sync + 'static) -> Self {
        let inner = inner();
        Self {
            types: Arc::new(Types::new(&inner.sdl())),
            inner,
            read: Arc::new(read),
            app: None,
        }
    }

    /// Answers one request at one data version, which the answer tells in `extensions.dataVersion`; a
    /// request that changes something, at the version that came of it.
    ///
    /// Who asks is the request's own data, a [`Requester`]; without one it is anybody. Every error
    /// carries `extensions.code`. This is not an extension of async-graphql because those cost a boxed
    /// future for every field of every answer.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        let readings = Arc::new(Readings::new((self.read)()));
        let mut request = request.into();
        let misfits = self.types.misfits(&mut request);
        if !misfits.is_empty() {
            return answer::refuse(misfits, readings.latest().version());
        }
        let request = self.equipped(request, &readings);
        answer::execute(&self.inner, request, &readings).await
    }

    /// The answers to a subscription as they come, each with the data version of its moment. A document
    /// that cannot be executed has one answer.
    pub fn subscribe(&self, request: impl Into<Request>) -> BoxStream<'static, Response> {
        let readings = Arc::new(Readings::new((self.read)()));
        let mut request = request.into();
        let misfits = self.types.misfits(&mut request);
        if !misfits.is_empty() {
            let refused = answer::refuse(misfits, readings.latest().version());
            return stream::iter([refused]).boxed();
        }
        let read = Arc::clone(&self.read);
        let request = self.equipped(request, &readings);
        answer::follow(&self.inner, request, move || read().version())
    }

    fn equipped(&self, request: Request, readings: &Arc<Readings>) -> Request {
        let mut request = request;
        if !request.data.contains_key(&TypeId::of::<Requester>()) {
            request = request.data(Requester::public());
        }
        if let Some(app) = &self.app {
            request = request.data(Arc::clone(app));
        }
        request.data(Arc::clone(readings))
    }
}

fn inner() -> Inner {
    async_graphql::Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    // The gate in `http` bounds size, depth and cost before a document gets here; this is the
    // last line should a document come by another way.
    .limit_recursive_depth(32)
    .finish()
}
