//! What every answer carries, errors included.

use async_graphql::parser::types::{Directive, Selection, SelectionSet};
use async_graphql::{
    ObjectType, Pos, Positioned, Request, Response, ServerError, SubscriptionType, Value,
};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;

use super::error::stamp;
use super::readings::Readings;

/// Under which name an answer tells its data version.
const VERSION: &str = "dataVersion";

/// Where the values of arguments stand in a document, and which argument each is of.
type Arguments = Vec<(Pos, Box<str>)>;

/// Executes a request. The answer tells the data version, and every error in it has a code.
pub(super) async fn execute<Q, M, S>(
    schema: &async_graphql::Schema<Q, M, S>,
    mut request: Request,
    readings: &Readings,
) -> Response
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let arguments = arguments(&mut request);
    let response = schema.execute(request).await;
    coded(response, &arguments).extension(VERSION, Value::from(readings.latest().version()))
}

/// Executes a subscription. Every answer tells the data version of its moment.
pub(super) fn follow<Q, M, S>(
    schema: &async_graphql::Schema<Q, M, S>,
    mut request: Request,
    version: impl Fn() -> u64 + Send + 'static,
) -> BoxStream<'static, Response>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let arguments = arguments(&mut request);
    let answers = schema.execute_stream(request);
    answers
        .map(move |answer| coded(answer, &arguments).extension(VERSION, Value::from(version())))
        .boxed()
}

fn coded(mut response: Response, arguments: &Arguments) -> Response {
    for error in &mut response.errors {
        let argument = error.locations.first().and_then(|at| {
            arguments
                .iter()
                .find(|(pos, _)| pos == at)
                .map(|(_, name)| &**name)
        });
        stamp(error, argument);
    }
    response
}

/// The answer to a request that is not executed: that of a document or a value that does not fit.
pub(super) fn refuse(errors: Vec<ServerError>, version: u64) -> Response {
    let mut response = Response::from_errors(errors);
    for error in &mut response.errors {
        stamp(error, None);
    }
    response.extension(VERSION, Value::from(version))
}

/// The arguments in a document: a value that does not fit its type is told by its position only, and
/// the answer is to name the argument. A document that cannot be parsed has none.
fn arguments(request: &mut Request) -> Arguments {
    let mut found = Vec::new();
    if let Ok(document) = request.parsed_query() {
        let operations = document.operations.iter();
        let sets = operations
            .map(|(_, operation)| &operation.node.selection_set.node)
            .chain(
                document
                    .fragments
                    .values()
                    .map(|fragment| &fragment.node.selection_set.node),
            );
        // A list and no recursion: nothing here is to depend on how deep a document goes.
        let mut waiting: Vec<&SelectionSet> = sets.collect();
        while let Some(set) = waiting.pop() {
            for item in &set.items {
                let (inner, directives) = match &item.node {
                    Selection::Field(field) => {
                        collect(&field.node.arguments, &mut found);
                        (Some(&field.node.selection_set), &field.node.directives)
                    }
                    Selection::InlineFragment(fragment) => (
                        Some(&fragment.node.selection_set),
                        &fragment.node.directives,
                    ),
                    Selection::FragmentSpread(spread) => (None, &spread.node.directives),
                };
                waiting.extend(inner.map(|set| &set.node));
                for Positioned { node, .. } in directives {
                    let Directive { arguments, .. } = node;
                    collect(arguments, &mut found);
                }
            }
        }
    }
    found
}

fn collect<V>(
    arguments: &[(Positioned<async_graphql::Name>, Positioned<V>)],
    found: &mut Arguments,
) {
    for (name, value) in arguments {
        found.push((value.pos, name.node.as_str().into()));
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex, PoisonError};

    use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema};
    use tracing::instrument::WithSubscriber as _;

    use super::*;
    use crate::service::Reading;

    /// Resolvers as they are not to be: their errors are the words of a database.
    struct Careless;

    const WORDS: &str =
        "Failed to parse \"Int\": SELECT npi FROM provider WHERE id = 7: no such table";

    #[Object]
    impl Careless {
        async fn fails(&self, #[graphql(default = 1)] first: i32) -> Result<i32, Error> {
            Err(Error::new(format!("{WORDS} {first}")))
        }

        async fn inner(&self, #[graphql(default = 1)] first: i32) -> Careless {
            let _ = first;
            Self
        }
    }

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            log.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The answer as JSON and what was logged.
    async fn ask(query: &str) -> (serde_json::Value, String) {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let schema = Schema::new(Careless, EmptyMutation, EmptySubscription);
        let readings = Readings::new(Reading::of_nobody());
        let answer = execute(&schema, query.into(), &readings)
            .with_subscriber(subscriber)
            .await;
        let logged = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (
            serde_json::to_value(answer).unwrap(),
            String::from_utf8(logged).unwrap(),
        )
    }

    #[tokio::test]
    async fn a_resolver_that_fails_in_words_of_sql_is_logged_once_and_tells_the_client_nothing() {
        for query in [
            "{ fails }",
            "{ fails(first: 3) }",
            "{ inner { inner { fails } } }",
        ] {
            let (answer, logged) = ask(query).await;
            let text = answer.to_string();
            assert!(
                !text.contains("SELECT") && !text.contains("provider"),
                "{text}"
            );
            let error = &answer["errors"][0];
            assert_eq!(error["message"], "something went wrong on our side");
            assert_eq!(
                error["extensions"],
                serde_json::json!({ "code": "INTERNAL" })
            );
            assert_eq!(logged.matches("no such table").count(), 1, "{logged}");
        }
    }

    #[tokio::test]
    async fn what_does_not_fit_the_schema_is_the_clients_to_mend() {
        for (query, field) in [
            ("{", None),
            ("{ nothing }", None),
            ("{ fails(first: 99999999999) }", Some("first")),
            (
                "{ inner { ... { inner(first: 99999999999) { fails } } } }",
                Some("first"),
            ),
        ] {
            let (answer, logged) = ask(query).await;
            let extensions = &answer["errors"][0]["extensions"];
            assert_eq!(extensions["code"], "BAD_INPUT", "{answer}");
            assert_eq!(extensions["field"].as_str(), field, "{answer}");
            assert_eq!(logged, "");
        }
    }
}
