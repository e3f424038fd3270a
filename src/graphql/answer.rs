//! What every answer carries, errors included.

use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Pos, Request, Response, Value};

use super::error::stamp;

/// Where the values of the root fields' arguments stand in a document, and which argument it is.
pub(super) type Arguments = Vec<(Pos, Box<str>)>;

/// The arguments of the root fields: a value that does not fit its type is told by its position only,
/// and the answer is to name the argument. A document that cannot be parsed has none.
pub(super) fn arguments(request: &mut Request) -> Arguments {
    let mut found = Vec::new();
    if let Ok(document) = request.parsed_query() {
        for (_, operation) in document.operations.iter() {
            collect(&operation.node.selection_set.node, &mut found);
        }
        for fragment in document.fragments.values() {
            collect(&fragment.node.selection_set.node, &mut found);
        }
    }
    found
}

fn collect(set: &SelectionSet, found: &mut Arguments) {
    for item in &set.items {
        if let Selection::Field(field) = &item.node {
            for (name, value) in &field.node.arguments {
                found.push((value.pos, name.node.as_str().into()));
            }
        }
    }
}

/// Adds the data version, and a code to every error that has none.
pub(super) fn finish(mut response: Response, version: u64, arguments: &Arguments) -> Response {
    for error in &mut response.errors {
        let field = error.locations.first().and_then(|at| {
            arguments
                .iter()
                .find(|(pos, _)| pos == at)
                .map(|(_, name)| &**name)
        });
        stamp(&mut error.extensions, field);
    }
    response.extension("dataVersion", Value::from(version))
}
