//! What an operation may cost, told before it runs.
//!
//! The unit is a tenth of a point: one object that may be returned. A field with selections costs one, a
//! leaf nothing, a page as many times its row as `first` asks for; what makes the server search or count
//! costs as told in [`WEIGHTS`]. The sums saturate. docs/limits.md tells this to clients.

use std::collections::HashMap;
use std::convert::Infallible;
use std::num::NonZeroU32;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Value, Variables};

use super::expand;

/// What a field costs by itself, where that is not one for an object and nothing for a leaf.
const WEIGHTS: [(&str, u64); 9] = [
    ("searchProviders", 10),
    ("totalCount", 10),
    ("notices", 10),
    ("facets", 20),
    ("places", 10),
    // Every licence at every place.
    ("listings", 20),
    ("whyNotShown", 20),
    ("__schema", 100),
    // Anybody may, each is a row and an entry of the log, and somebody has to read it.
    ("reportMistake", 500),
];

/// Fields that answer a list without a page around it.
const LISTS: [(&str, Length); 3] = [
    ("places", Length::First(10)),
    ("providers", Length::Of("npis")),
    ("scopeRules", Length::Fixed(200)),
];

/// Rows of a page when `first` is not given.
const DEFAULT_FIRST: u64 = 20;
/// A larger `first` is refused by its resolver.
const MOST_ROWS: u64 = 1_000;
const TENTHS: u64 = 10;

#[derive(Clone, Copy)]
enum Length {
    /// The argument `first`, or this.
    First(u64),
    /// As long as the list given as this argument.
    Of(&'static str),
    Fixed(u64),
}

/// Points that the operation may cost: at least one.
pub(crate) fn of(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> NonZeroU32 {
    let mut till = Till {
        operation,
        variables,
        fragments: HashMap::new(),
    };
    for name in expand::callees_first(document).unwrap_or_default() {
        let sum = till.selection_set(&document.fragments[name].node.selection_set.node);
        till.fragments.insert(name, sum);
    }
    let sum = till.selection_set(&operation.selection_set.node);
    let points = sum.with_rows(DEFAULT_FIRST).div_ceil(TENTHS);
    u32::try_from(points)
        .ok()
        .map_or(NonZeroU32::MAX, |points| {
            NonZeroU32::new(points).unwrap_or(NonZeroU32::MIN)
        })
}

/// The price of a selection set: once, and once more for each row of the page it is a page of.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    once: u64,
    per_row: u64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.once = self.once.saturating_add(other.once);
        self.per_row = self.per_row.saturating_add(other.per_row);
    }

    const fn with_rows(self, rows: u64) -> u64 {
        self.once.saturating_add(self.per_row.saturating_mul(rows))
    }
}

struct Till<'a> {
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    fragments: HashMap<&'a Name, Sum>,
}

impl Till<'_> {
    fn selection_set(&self, set: &SelectionSet) -> Sum {
        let mut sum = Sum::default();
        for item in &set.items {
            sum.add(match &item.node {
                Selection::Field(field) => self.field(&field.node),
                Selection::InlineFragment(inline) => {
                    self.selection_set(&inline.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => self
                    .fragments
                    .get(&spread.node.fragment_name.node)
                    .copied()
                    .unwrap_or_default(),
            });
        }
        sum
    }

    fn field(&self, field: &Field) -> Sum {
        let name = field.name.node.as_str();
        let below = self.selection_set(&field.selection_set.node);
        let is_object = !field.selection_set.node.items.is_empty();
        let own = by_name(&WEIGHTS, name).unwrap_or_else(|| u64::from(is_object));
        if matches!(name, "edges" | "nodes") {
            return Sum {
                once: 0,
                per_row: own.saturating_add(below.with_rows(DEFAULT_FIRST)),
            };
        }
        let price = match by_name(&LISTS, name) {
            Some(length) => {
                let rows = match length {
                    Length::First(default) => self.first(field).unwrap_or(default),
                    Length::Of(argument) => self.length(field, argument),
                    Length::Fixed(rows) => rows,
                };
                below
                    .with_rows(DEFAULT_FIRST)
                    .saturating_add(1)
                    .saturating_mul(rows)
            }
            None => below.with_rows(self.first(field).unwrap_or(DEFAULT_FIRST)),
        };
        Sum {
            once: own.saturating_add(price),
            per_row: 0,
        }
    }

    fn first(&self, field: &Field) -> Option<u64> {
        match self.argument(field, "first")? {
            Value::Number(first) => Some(first.as_u64().unwrap_or(0).min(MOST_ROWS)),
            _ => None,
        }
    }

    fn length(&self, field: &Field, argument: &str) -> u64 {
        match self.argument(field, argument) {
            Some(Value::List(items)) => items.len() as u64,
            _ => 1,
        }
    }

    /// The argument as it will arrive: a variable's value, its default, or a literal.
    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let given = &field.get_argument(name)?.node;
        let mut variable = None;
        let alone = given.clone().into_const_with(|name| {
            variable = Some(name);
            Ok::<_, Infallible>(Value::Null)
        });
        // A list or an object with variables inside is as long as it is written.
        let (Ok(Value::Null), Some(variable)) = (&alone, variable) else {
            return alone.ok();
        };
        self.variables.get(&variable).cloned().or_else(|| {
            let definitions = &self.operation.variable_definitions;
            let definition = definitions.iter().find(|d| d.node.name.node == variable)?;
            Some(definition.node.default_value.as_ref()?.node.clone())
        })
    }
}

fn by_name<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    fn check(source: &str, variables: Value, expected: u32) {
        let document = parse_query(source).expect("a document");
        let (_, operation) = document.operations.iter().next().expect("an operation");
        let cost = of(
            &document,
            &operation.node,
            &Variables::from_value(variables),
        );
        assert_eq!(cost.get(), expected, "{source}");
    }

    #[test]
    fn a_page_costs_its_rows() {
        // A search is ten objects; each row is an edge, a node and a name.
        let page = "{ edges { cursor node { npi name { full } } } }";
        check(
            &format!("{{ searchProviders(input: {{}}) {page} }}"),
            value!({}),
            7,
        );
        check(
            &format!("{{ searchProviders(first: 1) {page} }}"),
            value!({}),
            2,
        );
        check(
            &format!("{{ searchProviders(first: 100) {page} }}"),
            value!({}),
            31,
        );
        check(
            &format!("query($n: Int) {{ searchProviders(first: $n) {page} }}"),
            value!({"n": 100}),
            31,
        );
        check(
            &format!("query($n: Int = 100) {{ searchProviders(first: $n) {page} }}"),
            value!({}),
            31,
        );
    }

    #[test]
    fn what_stands_beside_the_rows_costs_once() {
        check(
            "{ searchProviders(first: 100) { pageInfo { endCursor } totalCount nodes { npi } } }",
            value!({}),
            // 10 + 1 + 10 + 100 tenths
            13,
        );
    }

    #[test]
    fn fragments_cost_what_they_stand_for() {
        check(
            "{ searchProviders(first: 100) { ...Rows } } \
             fragment Rows on C { nodes { ...Name } } fragment Name on P { name { full } }",
            value!({}),
            21,
        );
    }

    #[test]
    fn lists_cost_their_length() {
        check(
            r#"{ providers(npis: ["1", "2", "3"]) { npi } }"#,
            value!({}),
            1,
        );
        check(
            "query($n: [NPI!]!) { providers(npis: $n) { name { full } } }",
            Value::Object(
                [(Name::new("n"), Value::List(vec![Value::from("1"); 100]))]
                    .into_iter()
                    .collect(),
            ),
            21,
        );
        check("{ places(prefix: \"de\") { name } }", value!({}), 2);
        check(
            "{ scopeRules { id requirements { kind } } }",
            value!({}),
            41,
        );
    }

    #[test]
    fn what_is_judged_or_written_costs_more_than_what_is_read() {
        check(r#"{ whyNotShown(npi: "1") { on } }"#, value!({}), 2);
        check(
            "{ searchProviders(first: 10) { nodes { listings { status } } } }",
            value!({}),
            // 10 + 10 * (1 + 20) tenths
            22,
        );
        check(
            "mutation { reportMistake(input: {}) { report { reference } } }",
            value!({}),
            51,
        );
    }

    #[test]
    fn the_least_is_a_point_and_the_most_saturates() {
        check("{ __typename }", value!({}), 1);
        let mut source = "{ ...F0 }".to_owned();
        for n in 0..25 {
            write!(
                source,
                " fragment F{n} on T {{ places(first: 1000) {{ ...F{} }} }}",
                n + 1
            )
            .unwrap();
        }
        check(&(source + " fragment F25 on T { a }"), value!({}), u32::MAX);
    }
}
