//! The gate: what a document must pass before the executor sees it, cheapest first.
//!
//! [`lexer`] (tokens, nesting) → parse → [`expand`] (size with fragments written out, memoised) →
//! [`text`] → [`strict`] → which operation, and may this method run it → [`cost`]. Body size, method and media type
//! come before, in `graphql_endpoint`; the client's bucket after. What passes is executed as parsed
//! here, never parsed again.
//!
//! To add a limit: a constant in [`limits`], the check, a row in docs/limits.md and its two tests.

pub(crate) mod cost;
pub(crate) mod expand;
pub(crate) mod json;
pub(crate) mod lexer;
pub mod limits;
pub(crate) mod strict;
pub(crate) mod text;

use std::convert::Infallible;
use std::num::NonZeroU32;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::parser::{Error as ParseError, parse_query};
use async_graphql::{Name, Pos, Value};

use super::parameters::Parameters;
use super::refusal::Refusal;

/// A document that may be executed, and what that may cost.
pub(crate) struct Admitted {
    pub document: ExecutableDocument,
    pub kind: OperationType,
    pub roots: Vec<RootField>,
    pub cost: NonZeroU32,
}

/// By which way an operation comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    Get,
    Post,
    Socket,
}

/// A field at the root of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RootField {
    /// Its name in the answer.
    pub key: Name,
    /// Its name in the schema.
    pub name: Name,
}

/// Passes what is within all limits and may be run by this way.
pub(crate) fn admit(parameters: &Parameters, via: Via) -> Result<Admitted, Refusal> {
    let source = parameters.query.as_str();
    lexer::measure(source).map_err(|unreadable| unreadable_document(source, unreadable))?;
    let document = parse_query(source).map_err(|error| unparsable(&error))?;
    expand::measure(&document)?;
    let operation = chosen(&document, parameters.operation_name.as_deref())?;
    let longest_text = match operation.ty {
        OperationType::Mutation => limits::MUTATION_TEXT_BYTES,
        OperationType::Query | OperationType::Subscription => limits::TEXT_BYTES,
    };
    text::check_document(&document, longest_text)?;
    strict::check(&document)?;
    text::check_variables(&parameters.variables, longest_text)?;
    match operation.ty {
        OperationType::Mutation | OperationType::Subscription if via == Via::Get => {
            return Err(Refusal::OnlyQueriesByGet);
        }
        OperationType::Subscription if via == Via::Post => return Err(Refusal::NoSubscriptions),
        OperationType::Query | OperationType::Mutation | OperationType::Subscription => {}
    }
    let kind = operation.ty;
    let cost = cost::of(&document, operation, &parameters.variables);
    let mut roots = Vec::new();
    root_fields(&document, &operation.selection_set.node, &mut roots);
    Ok(Admitted {
        document,
        kind,
        roots,
        cost,
    })
}

/// The operation that the client means. GraphQL specification, section 6.1.
fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, Refusal> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) => {
            let mut all = operations.values();
            match (all.next(), all.next()) {
                (only, None) => only,
                _ => return Err(Refusal::WhichOperation),
            }
        }
    };
    found
        .map(|operation| &operation.node)
        .ok_or(Refusal::NoSuchOperation)
}

/// The fields at the root with fragments written out, in the order of the answer. The document is within
/// its limits: there are few of them.
fn root_fields(document: &ExecutableDocument, set: &SelectionSet, into: &mut Vec<RootField>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => into.push(RootField {
                key: field.node.response_key().node.clone(),
                name: field.node.name.node.clone(),
            }),
            Selection::InlineFragment(inline) => {
                root_fields(document, &inline.node.selection_set.node, into);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    root_fields(document, &fragment.node.selection_set.node, into);
                }
            }
        }
    }
}

/// Stands in for variables where only literals matter.
#[expect(clippy::unnecessary_wraps, reason = "the library's callback may fail")]
fn as_null(_: Name) -> Result<Value, Infallible> {
    Ok(Value::Null)
}

fn unreadable_document(source: &str, unreadable: lexer::Unreadable) -> Refusal {
    use lexer::Unreadable;
    let syntax = |at: usize, message: &str| Refusal::Syntax {
        message: message.to_owned(),
        at: position(source, at),
    };
    match unreadable {
        Unreadable::TooManyTokens => Refusal::TooManyTokens,
        Unreadable::TooDeeplyNested => Refusal::TooDeeplyNested,
        Unreadable::WordTooLong { at } => Refusal::WordTooLong {
            at: position(source, at),
        },
        Unreadable::BadCharacter { at } => syntax(at, "this character cannot stand here"),
        Unreadable::OpenString { at } => syntax(at, "this string does not end"),
        Unreadable::FieldTwice { at } => syntax(at, "this field is given twice"),
        Unreadable::Unbalanced { at } => syntax(at, "the brackets do not pair"),
    }
}

/// The parser's own message repeats the client's line, however long: only what it expected is told.
fn unparsable(error: &ParseError) -> Refusal {
    let at = error
        .positions()
        .next()
        .unwrap_or(Pos { line: 1, column: 1 });
    let message = match error {
        // The lexer takes whatever is written like a number.
        ParseError::Syntax { message, .. } if message.starts_with("invalid number") => {
            "this number is larger than any that a Float can hold".to_owned()
        }
        ParseError::Syntax { message, .. } => message
            .lines()
            .next_back()
            .unwrap_or_default()
            .trim_start_matches([' ', '='])
            .to_owned(),
        other => other.to_string(),
    };
    Refusal::Syntax { message, at }
}

/// Line and column of a byte, both from one; columns count characters.
fn position(source: &str, byte: usize) -> Pos {
    let before = &source.as_bytes()[..byte.min(source.len())];
    let before = String::from_utf8_lossy(before);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Pos { line, column }
}
