//! Texts that come as arguments: how long they are, in the document and in the variables.

use std::convert::Infallible;

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Pos, Positioned, Value, Variables};

use super::{as_null, limits};

/// What is too long, or too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TooLong {
    Literal { at: Pos, most: usize },
    Variable { name: String, most: usize },
    Variables,
}

/// Passes a document whose literals and defaults have at most `most` bytes each.
pub(crate) fn check_document(document: &ExecutableDocument, most: usize) -> Result<(), TooLong> {
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        for variable in &operation.variable_definitions {
            if let Some(default) = &variable.node.default_value
                && longest(&default.node) > most
            {
                return Err(TooLong::Literal {
                    at: default.pos,
                    most,
                });
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
/// more than `most` bytes. Their nesting has been bounded before.
pub(crate) fn check_variables(variables: &Variables, most: usize) -> Result<(), TooLong> {
    let mut values = 0;
    for (name, value) in variables.iter() {
        if name.len().max(longest(value)) > most {
            let name = name.chars().take(40).collect();
            return Err(TooLong::Variable { name, most });
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
    directives.iter().try_for_each(|directive| {
        let arguments = directive.node.arguments.iter();
        arguments
            .map(|(_, value)| (value.pos, value.node.clone().into_const_with(as_null)))
            .try_for_each(|found| literal(found, most))
    })
}

fn arguments(field: &Field, most: usize) -> Result<(), TooLong> {
    let arguments = field.arguments.iter();
    arguments
        .map(|(_, value)| (value.pos, value.node.clone().into_const_with(as_null)))
        .try_for_each(|found| literal(found, most))
}

fn literal((at, Ok(value)): (Pos, Result<Value, Infallible>), most: usize) -> Result<(), TooLong> {
    if longest(&value) > most {
        Err(TooLong::Literal { at, most })
    } else {
        Ok(())
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
