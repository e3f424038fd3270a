//! Refuses what is invalid by the specification's words alone, whatever the schema, and what
//! async-graphql's validation lets pass.
//!
//! - `__typename` takes no arguments (section 4.1).
//! - Only `@skip` and `@include` may stand in a document, on selections, once each, with `if` and nothing
//!   else (3.13, 5.7). The schema's own directives belong in a schema.
//!
//! Fields given twice in one input object (5.6.3) are found by the [`super::lexer`]: the parser forgets
//! the first.

use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Pos, Positioned};

/// What is wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invalid {
    TypenameArgument { at: Pos },
    Directive { at: Pos },
}

/// Passes a document without those faults.
pub(crate) fn check(document: &ExecutableDocument) -> Result<(), Invalid> {
    for (_, operation) in document.operations.iter() {
        none(&operation.node.directives)?;
        for variable in &operation.node.variable_definitions {
            none(&variable.node.directives)?;
        }
        selection_set(&operation.node.selection_set.node)?;
    }
    for fragment in document.fragments.values() {
        none(&fragment.node.directives)?;
        selection_set(&fragment.node.selection_set.node)?;
    }
    Ok(())
}

fn selection_set(set: &SelectionSet) -> Result<(), Invalid> {
    for item in &set.items {
        conditions(item.node.directives())?;
        match &item.node {
            Selection::Field(field) => {
                if field.node.name.node == "__typename"
                    && let Some((name, _)) = field.node.arguments.first()
                {
                    return Err(Invalid::TypenameArgument { at: name.pos });
                }
                selection_set(&field.node.selection_set.node)?;
            }
            Selection::InlineFragment(inline) => selection_set(&inline.node.selection_set.node)?,
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}

/// Where no directive of this schema may stand.
fn none(directives: &[Positioned<Directive>]) -> Result<(), Invalid> {
    match directives.first() {
        None => Ok(()),
        Some(directive) => Err(Invalid::Directive { at: directive.pos }),
    }
}

fn conditions(directives: &[Positioned<Directive>]) -> Result<(), Invalid> {
    for (index, directive) in directives.iter().enumerate() {
        let name = &directive.node.name.node;
        let is_condition = matches!(name.as_str(), "skip" | "include");
        let is_first = directives[..index]
            .iter()
            .all(|earlier| earlier.node.name.node != *name);
        let asks_if =
            matches!(&directive.node.arguments[..], [(argument, _)] if argument.node == "if");
        if !(is_condition && is_first && asks_if) {
            return Err(Invalid::Directive { at: directive.pos });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn conditions_stand_on_selections_and_nothing_stands_elsewhere() {
        for (source, passes) in [
            ("{ a @skip(if: true) @include(if: $b) { c } }", true),
            ("{ ...F @skip(if: $b) ... @include(if: false) { a } }", true),
            ("{ __typename @skip(if: true) }", true),
            ("{ x: __typename }", true),
            ("{ __typename(a: 1) }", false),
            ("{ a { ... { __typename(a: 1) } } }", false),
            ("{ a } fragment F on T { __typename(a: 1) }", false),
            ("{ __typename @deprecated }", false),
            ("{ a @deprecated(reason: \"b\") }", false),
            ("{ a @specifiedBy(url: \"b\") }", false),
            ("{ a @oneOf }", false),
            ("{ a @unknown }", false),
            ("{ a @skip }", false),
            ("{ a @skip(if: true, if: false) }", false),
            ("{ a @skip(unless: true) }", false),
            ("{ a @skip(if: true) @skip(if: true) }", false),
            ("query @skip(if: true) { a }", false),
            ("query($b: Int @include(if: true)) { a(c: $b) }", false),
            ("{ ...F } fragment F on T @include(if: true) { a }", false),
        ] {
            let document = parse_query(source).expect("a document");
            assert_eq!(check(&document).is_ok(), passes, "{source}");
        }
    }
}
