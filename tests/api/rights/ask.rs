//! Documents that ask for each mutation and query with the least that it takes: values that can be read,
//! of things that are not there.

use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind};
use domain::npi::Npi;
use serde_json::{Value, json};

use super::sdl::{Sdl, base};
use crate::support::desk::key;

/// A mutation that takes its input as a variable.
pub(super) fn mutation(sdl: &Sdl, field: &FieldDefinition) -> String {
    let name = &field.name.node;
    let input = &field.arguments[0].node.ty.node;
    format!(
        "mutation($input: {input}) {{ {name}(input: $input) {} }}",
        selection(sdl, field)
    )
}

/// The least input of a mutation.
pub(super) fn input(sdl: &Sdl, field: &FieldDefinition) -> Value {
    let argument = &field.arguments[0].node;
    json!({ "input": value(sdl, &argument.ty.node, &argument.name.node) })
}

/// A query with the arguments that it must have.
pub(super) fn query(sdl: &Sdl, field: &FieldDefinition) -> String {
    let arguments: Vec<_> = field
        .arguments
        .iter()
        .map(|argument| &argument.node)
        .filter(|argument| !argument.ty.node.nullable && argument.default_value.is_none())
        .map(|argument| {
            // A bare `id` is one of what is asked for.
            let name = match argument.name.node.as_str() {
                "id" => format!("{}Id", base(&field.ty.node)),
                name => name.to_owned(),
            };
            let value = value(sdl, &argument.ty.node, &name);
            format!("{}: {}", argument.name.node, literal(&value))
        })
        .collect();
    let arguments = if arguments.is_empty() {
        String::new()
    } else {
        format!("({})", arguments.join(", "))
    };
    format!(
        "{{ {}{arguments} {} }}",
        field.name.node,
        selection(sdl, field)
    )
}

/// `{ __typename }` where there is something to select from.
fn selection(sdl: &Sdl, field: &FieldDefinition) -> &'static str {
    match sdl.ty(&base(&field.ty.node)).map(|ty| &ty.kind) {
        Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)) => "{ __typename }",
        _ => "",
    }
}

fn value(sdl: &Sdl, ty: &Type, name: &str) -> Value {
    let named = match &ty.base {
        BaseType::List(inner) => return json!([value(sdl, inner, name)]),
        BaseType::Named(named) => named.as_str(),
    };
    match named {
        "ID" => json!(id(name)),
        "NPI" => json!(Npi::sample(99_999_999).to_string()),
        "Date" => json!("2026-11-20"),
        "DateTime" => json!("2026-11-20T09:00:00Z"),
        "Int" => json!(1),
        "Float" => json!(1.0),
        "Boolean" => json!(true),
        "String" if name == "idempotencyKey" => json!(key()),
        "String" => json!(text(name)),
        other => match sdl.ty(other).map(|ty| &ty.kind) {
            Some(TypeKind::Enum(list)) => json!(list.values[0].node.value.node.as_str()),
            Some(TypeKind::InputObject(input)) => {
                let fields = input.fields.iter().map(|field| &field.node);
                let is_one_of = sdl.ty(other).is_some_and(|ty| {
                    ty.directives
                        .iter()
                        .any(|directive| directive.node.name.node == "oneOf")
                });
                let wanted = fields.filter(|field| {
                    is_one_of || (!field.ty.node.nullable && field.default_value.is_none())
                });
                let wanted = wanted.take(if is_one_of { 1 } else { usize::MAX });
                wanted
                    .map(|field| {
                        let name = field.name.node.to_string();
                        let value = value(sdl, &field.ty.node, &name);
                        (name, value)
                    })
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }
            _ => json!("x"),
        },
    }
}

/// The id of something that is not there, of the kind that a name speaks of: `caseId`, `evidenceIds`.
fn id(name: &str) -> String {
    let kind = name.trim_end_matches('s').trim_end_matches("Id");
    let kind = match kind {
        "upload" | "file" => "evidence",
        "subject" => "credential",
        other => other,
    };
    format!("{}_999999", kind.to_lowercase())
}

/// A text that will do where a format is asked for.
fn text(name: &str) -> &'static str {
    match name.to_lowercase() {
        name if name.contains("language") => "en",
        name if name.contains("sha256") => {
            "0000000000000000000000000000000000000000000000000000000000000000"
        }
        name if name.contains("url") => "https://board.example/",
        name if name.contains("phone") => "512-555-0100",
        name if name.contains("postal") => "78701",
        name if name.contains("email") => "jane@example.org",
        _ => "some text",
    }
}

/// A value as it is written in a document; names of enums are told by their capitals.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) if is_enum(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", literal(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

fn is_enum(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
}
