//! Texts that come as arguments: how long they are, in the document and in the variables, and that they hold
//! no U+0000, which `PostgreSQL` stores in no text (and `SQLite` would).

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Pos, Positioned, Value, Variables};

use super::{as_null, limits};

/// What is too long, too much, or no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TooLong {
    Literal {
        at: Pos,
        most: usize,
    },
    Variable {
        name: String,
        most: usize,
    },
    Variables,
    /// U+0000 in the value at the path: of a literal with its place.
    Nul {
        path: String,
        at: Option<Pos>,
    },
}

/// Passes a document whose literals and defaults have at most `most` bytes each and hold no U+0000.
pub(crate) fn check_document(document: &ExecutableDocument, most: usize) -> Result<(), TooLong> {
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        for variable in &operation.variable_definitions {
            if let Some(default) = &variable.node.default_value {
                literal(&variable.node.name.node, default.pos, &default.node, most)?;
            }
            directives(&variable.node.directives, most)?;
        }
        directives(&operation.directives, most)?;
        selection_set(&operation.selection_set.node, most)?;
    }
    for fragment in document.fragments.values() {
        directives(&fragment.node.directives, most)?;
        selection_set(&fragment.node.selection_set.node, most)?;
    }
    Ok(())
}

/// Passes variables of at most [`limits::VARIABLE_VALUES`] values, none of them (and no key) a text of
/// more than `most` bytes or with a U+0000. Their nesting has been bounded before.
pub(crate) fn check_variables(variables: &Variables, most: usize) -> Result<(), TooLong> {
    let mut values = 0;
    for (name, value) in variables.iter() {
        if name.len().max(longest(value)) > most {
            let name = name.chars().take(40).collect();
            return Err(TooLong::Variable { name, most });
        }
        if let Some(path) = nul(name, value) {
            return Err(TooLong::Nul { path, at: None });
        }
        values += count(value);
    }
    if values > limits::VARIABLE_VALUES {
        return Err(TooLong::Variables);
    }
    Ok(())
}

fn selection_set(set: &SelectionSet, most: usize) -> Result<(), TooLong> {
    for item in &set.items {
        directives(item.node.directives(), most)?;
        match &item.node {
            Selection::Field(field) => {
                arguments(&field.node, most)?;
                selection_set(&field.node.selection_set.node, most)?;
            }
            Selection::InlineFragment(inline) => {
                selection_set(&inline.node.selection_set.node, most)?;
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}

fn directives(directives: &[Positioned<Directive>], most: usize) -> Result<(), TooLong> {
    for directive in directives {
        for (name, value) in &directive.node.arguments {
            let Ok(literals) = value.node.clone().into_const_with(as_null);
            literal(&name.node, value.pos, &literals, most)?;
        }
    }
    Ok(())
}

fn arguments(field: &Field, most: usize) -> Result<(), TooLong> {
    for (name, value) in &field.arguments {
        let Ok(literals) = value.node.clone().into_const_with(as_null);
        literal(&name.node, value.pos, &literals, most)?;
    }
    Ok(())
}

fn literal(name: &str, at: Pos, value: &Value, most: usize) -> Result<(), TooLong> {
    if longest(value) > most {
        return Err(TooLong::Literal { at, most });
    }
    match nul(name, value) {
        Some(path) => Err(TooLong::Nul { path, at: Some(at) }),
        None => Ok(()),
    }
}

/// The path of the first text with a U+0000, names joined by dots.
fn nul(name: &str, value: &Value) -> Option<String> {
    let at = |rest: String| format!("{name}.{rest}");
    match value {
        Value::String(text) => text.contains('\0').then(|| name.to_owned()),
        Value::List(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(place, item)| nul(&place.to_string(), item).map(at))
        }
        Value::Object(fields) => fields
            .iter()
            .find_map(|(key, field)| nul(key.as_str(), field).map(at)),
        _ => None,
    }
}

fn longest(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::List(items) => items.iter().map(longest).max().unwrap_or(0),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| key.len().max(longest(value)))
            .max()
            .unwrap_or(0),
        _ => 0,
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::List(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    fn text(bytes: usize) -> String {
        // Two bytes a letter: the limit is of bytes.
        "é".repeat(bytes / 2) + &"e".repeat(bytes % 2)
    }

    #[test]
    fn a_literal_has_a_limit_wherever_it_stands() {
        for template in [
            r#"{ a(b: "TEXT") }"#,
            r#"{ a { b(c: [{ d: "TEXT", e: $f }]) } }"#,
            r#"{ a @b(c: "TEXT") }"#,
            r#"{ ... @b(c: "TEXT") { a } }"#,
            r#"query @b(c: "TEXT") { a }"#,
            r#"query($v: [String] = ["TEXT"]) { a(b: $v) }"#,
            r#"query($v: Int @b(c: "TEXT")) { a(b: $v) }"#,
            r#"{ ...F } fragment F on T @b(c: "TEXT") { a }"#,
            r#"{ ...F } fragment F on T { a(b: """TEXT""") }"#,
        ] {
            let check = |bytes| {
                let source = template.replace("TEXT", &text(bytes));
                check_document(
                    &parse_query(&source).expect("a document"),
                    limits::TEXT_BYTES,
                )
            };
            assert_eq!(check(limits::TEXT_BYTES), Ok(()), "{template}");
            assert!(
                matches!(check(limits::TEXT_BYTES + 1), Err(TooLong::Literal { .. })),
                "{template}"
            );
        }
    }

    #[test]
    fn a_variable_has_a_limit_however_deep() {
        let check = |bytes| {
            let text = text(bytes);
            check_variables(
                &Variables::from_value(value!({ "v": [{ "w": text }] })),
                limits::TEXT_BYTES,
            )
        };
        assert_eq!(check(limits::TEXT_BYTES), Ok(()));
        assert_eq!(
            check(limits::TEXT_BYTES + 1),
            Err(TooLong::Variable {
                name: "v".to_owned(),
                most: limits::TEXT_BYTES,
            })
        );
    }

    #[test]
    fn no_text_holds_a_nul_and_its_place_is_named() {
        let document = |source: &str| {
            check_document(
                &parse_query(source).expect("a document"),
                limits::TEXT_BYTES,
            )
        };
        for (source, path) in [
            (r#"{ a(b: "x\u0000") }"#, "b"),
            (r#"{ a(b: { c: ["x", "\u0000"] }) }"#, "b.c.1"),
            (r#"{ a @d(if: "\u0000") }"#, "if"),
            (r#"query($v: String = "\u0000") { a(b: $v) }"#, "v"),
        ] {
            let Err(TooLong::Nul { path: found, at }) = document(source) else {
                panic!("{source} passes");
            };
            assert_eq!(found, path, "{source}");
            assert!(at.is_some(), "{source}");
        }
        assert_eq!(document(r#"{ a(b: "\u0001 \\u0000") }"#), Ok(()));
        let variables = Variables::from_value(value!({ "input": { "c": ["x", "y\u{0}"] } }));
        assert_eq!(
            check_variables(&variables, limits::TEXT_BYTES),
            Err(TooLong::Nul {
                path: "input.c.1".to_owned(),
                at: None
            })
        );
    }

    #[test]
    fn variables_hold_so_many_values_and_no_more() {
        let check = |items| {
            let list = Value::List(vec![Value::Null; items]);
            check_variables(
                &Variables::from_value(value!({ "v": list })),
                limits::TEXT_BYTES,
            )
        };
        assert_eq!(check(limits::VARIABLE_VALUES - 1), Ok(()));
        assert_eq!(check(limits::VARIABLE_VALUES), Err(TooLong::Variables));
    }
}
