//! How large a document is with its fragments written out, counted without writing them out.
//!
//! Each fragment is measured once, in an order in which those it spreads come first, and every sum
//! saturates: 22 fragments that each spread the next twice cost 22 measurements, not four million. The
//! only recursion is into nested selections, which the lexer has bounded.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned};

use super::limits;

/// What a selection set holds with its fragments written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Fields at its own level.
    pub root_fields: u64,
    /// Fields at every level.
    pub fields: u64,
    /// Fields, spreads and inline fragments at every level.
    pub selections: u64,
    pub aliases: u64,
    pub directives: u64,
    /// Levels of fields, other than below `__schema` and `__type`.
    pub depth: usize,
    /// Levels of fields from a `__schema` or a `__type` down.
    pub introspection_depth: usize,
    /// Levels of braces.
    pub nesting: usize,
}

/// Why a document is too large, or none at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TooLarge {
    FragmentCycle { fragment: Name, at: Pos },
    Nesting,
    Depth,
    IntrospectionDepth,
    Aliases,
    Directives,
    Fields,
    RootFields,
}

/// Passes a document within the limits. Operations count together, and so does what no operation uses:
/// the validator looks at all of it.
pub(crate) fn measure(document: &ExecutableDocument) -> Result<(), TooLarge> {
    let mut fragments = HashMap::with_capacity(document.fragments.len());
    for name in callees_first(document)? {
        let fragment = &document.fragments[name].node;
        let mut extent = selection_set(&fragment.selection_set.node, &fragments);
        extent.directives += fragment.directives.len() as u64;
        fragments.insert(name, extent);
    }

    let mut whole = Extent::default();
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let mut extent = selection_set(&operation.selection_set.node, &fragments);
        if extent.root_fields > limits::ROOT_FIELDS {
            return Err(TooLarge::RootFields);
        }
        extent.directives += operation.directives.len() as u64;
        for variable in &operation.variable_definitions {
            extent.directives += variable.node.directives.len() as u64;
        }
        whole.add(&extent);
    }
    // Unused fragments are invalid, but found to be so only by work that grows with them.
    let used = used_fragments(document);
    for (name, extent) in &fragments {
        if !used.contains(name) {
            whole.add(extent);
        }
    }
    whole.within_limits()
}

impl Extent {
    /// Takes in what stands beside it in the same braces.
    fn add(&mut self, other: &Self) {
        let Self {
            root_fields,
            fields,
            selections,
            aliases,
            directives,
            depth,
            introspection_depth,
            nesting,
        } = other;
        self.root_fields = self.root_fields.saturating_add(*root_fields);
        self.fields = self.fields.saturating_add(*fields);
        self.selections = self.selections.saturating_add(*selections);
        self.aliases = self.aliases.saturating_add(*aliases);
        self.directives = self.directives.saturating_add(*directives);
        self.depth = self.depth.max(*depth);
        self.introspection_depth = self.introspection_depth.max(*introspection_depth);
        self.nesting = self.nesting.max(*nesting);
    }

    fn within_limits(&self) -> Result<(), TooLarge> {
        for (exceeded, refusal) in [
            (self.nesting > limits::NESTING, TooLarge::Nesting),
            (self.depth > limits::DEPTH, TooLarge::Depth),
            (
                self.introspection_depth > limits::INTROSPECTION_DEPTH,
                TooLarge::IntrospectionDepth,
            ),
            (self.aliases > limits::ALIASES, TooLarge::Aliases),
            (self.directives > limits::DIRECTIVES, TooLarge::Directives),
            (
                self.fields > limits::FIELDS || self.selections > limits::SELECTIONS,
                TooLarge::Fields,
            ),
        ] {
            if exceeded {
                return Err(refusal);
            }
        }
        Ok(())
    }
}

fn selection_set(set: &SelectionSet, fragments: &HashMap<&Name, Extent>) -> Extent {
    let mut whole = Extent::default();
    for item in &set.items {
        let mut part = match &item.node {
            Selection::Field(field) => one_field(&field.node, fragments),
            Selection::InlineFragment(inline) => {
                selection_set(&inline.node.selection_set.node, fragments)
            }
            // An unknown fragment is the validator's to refuse.
            Selection::FragmentSpread(spread) => fragments
                .get(&spread.node.fragment_name.node)
                .copied()
                .unwrap_or_default(),
        };
        part.selections = part.selections.saturating_add(1);
        part.directives = part
            .directives
            .saturating_add(item.node.directives().len() as u64);
        whole.add(&part);
    }
    whole.nesting += 1;
    whole
}

fn one_field(field: &Field, fragments: &HashMap<&Name, Extent>) -> Extent {
    let below = if field.selection_set.node.items.is_empty() {
        Extent::default()
    } else {
        selection_set(&field.selection_set.node, fragments)
    };
    let deepest = below.depth.max(below.introspection_depth);
    let (depth, introspection_depth) = match field.name.node.as_str() {
        "__schema" | "__type" => (0, 1 + deepest),
        _ if below.introspection_depth > 0 => (1 + below.depth, 1 + below.introspection_depth),
        _ => (1 + below.depth, 0),
    };
    Extent {
        root_fields: 1,
        fields: below.fields.saturating_add(1),
        aliases: below
            .aliases
            .saturating_add(u64::from(field.alias.is_some())),
        depth,
        introspection_depth,
        ..below
    }
}

/// The fragments in an order in which each comes after all that it spreads.
pub(crate) fn callees_first(document: &ExecutableDocument) -> Result<Vec<&Name>, TooLarge> {
    let mut spreads: HashMap<&Name, Vec<&Name>> = HashMap::new();
    for (name, fragment) in &document.fragments {
        let mut callees = Vec::new();
        collect_spreads(&fragment.node.selection_set, &mut callees);
        callees.retain(|callee| document.fragments.contains_key(*callee));
        callees.sort_unstable();
        callees.dedup();
        spreads.insert(name, callees);
    }
    let mut waiting: HashMap<&Name, usize> = spreads
        .iter()
        .map(|(name, callees)| (*name, callees.len()))
        .collect();
    let mut callers: HashMap<&Name, Vec<&Name>> = HashMap::new();
    for (name, callees) in &spreads {
        for callee in callees {
            callers.entry(callee).or_default().push(name);
        }
    }
    let mut order: Vec<&Name> = waiting
        .iter()
        .filter(|(_, open)| **open == 0)
        .map(|(name, _)| *name)
        .collect();
    let mut next = 0;
    while let Some(done) = order.get(next).copied() {
        next += 1;
        for caller in callers.get(done).into_iter().flatten() {
            if let Some(open) = waiting.get_mut(caller) {
                *open -= 1;
                if *open == 0 {
                    order.push(caller);
                }
            }
        }
    }
    match waiting.iter().filter(|(_, open)| **open > 0).min() {
        None => Ok(order),
        Some((name, _)) => Err(TooLarge::FragmentCycle {
            fragment: (*name).clone(),
            at: document.fragments[*name].pos,
        }),
    }
}

/// The fragments that an operation spreads, directly or not. The document has no cycles.
fn used_fragments(document: &ExecutableDocument) -> Vec<&Name> {
    let mut used = Vec::new();
    for (_, operation) in document.operations.iter() {
        collect_spreads(&operation.node.selection_set, &mut used);
    }
    used.sort_unstable();
    used.dedup();
    let mut next = 0;
    while let Some(name) = used.get(next).copied() {
        next += 1;
        let mut callees = Vec::new();
        if let Some(fragment) = document.fragments.get(name) {
            collect_spreads(&fragment.node.selection_set, &mut callees);
        }
        for callee in callees {
            if !used.contains(&callee) {
                used.push(callee);
            }
        }
    }
    used
}

fn collect_spreads<'a>(set: &'a Positioned<SelectionSet>, into: &mut Vec<&'a Name>) {
    for item in &set.node.items {
        match &item.node {
            Selection::Field(field) => collect_spreads(&field.node.selection_set, into),
            Selection::InlineFragment(inline) => collect_spreads(&inline.node.selection_set, into),
            Selection::FragmentSpread(spread) => into.push(&spread.node.fragment_name.node),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;

    use super::*;

    fn check(source: &str, expected: Result<(), TooLarge>) {
        let document = parse_query(source).expect("a document");
        match (measure(&document), expected) {
            (Ok(()), Ok(())) => {}
            (found, expected) => assert_eq!(found.err(), expected.err(), "{source}"),
        }
    }

    fn nested(fields: &str, levels: usize) -> String {
        format!(
            "{}leaf{}",
            fields.repeat(levels - 1),
            "}".repeat(levels - 1)
        )
    }

    #[test]
    fn depth_counts_fields_and_introspection_has_its_own() {
        check(&format!("{{ {} }}", nested("a{", limits::DEPTH)), Ok(()));
        check(
            &format!("{{ {} }}", nested("a{", limits::DEPTH + 1)),
            Err(TooLarge::Depth),
        );
        let introspection = |levels| format!("{{ a __schema {{ {} }} }}", nested("b{", levels - 1));
        check(&introspection(limits::INTROSPECTION_DEPTH), Ok(()));
        check(
            &introspection(limits::INTROSPECTION_DEPTH + 1),
            Err(TooLarge::IntrospectionDepth),
        );
    }

    #[test]
    fn depth_goes_through_fragments_without_counting_them() {
        let fields = |levels| {
            format!(
                "{{ a {{ ...F }} }} fragment F on T {{ ... {{ {} }} }}",
                nested("a{", levels - 1)
            )
        };
        check(&fields(limits::DEPTH), Ok(()));
        check(&fields(limits::DEPTH + 1), Err(TooLarge::Depth));
    }

    #[test]
    fn aliases_directives_and_root_fields_have_limits() {
        let aliases = |count: u64| {
            let aliases = (0..count).fold(String::new(), |all, n| all + &format!("a{n}: b "));
            format!("{{ r {{ {aliases} }} }}")
        };
        check(&aliases(limits::ALIASES), Ok(()));
        check(&aliases(limits::ALIASES + 1), Err(TooLarge::Aliases));
        let directives = |count| format!("{{ a {} }}", "@b ".repeat(count));
        check(&directives(10), Ok(()));
        check(&directives(11), Err(TooLarge::Directives));
        let roots = |count| format!("{{ {} }}", "a ".repeat(count));
        check(&roots(10), Ok(()));
        check(&roots(11), Err(TooLarge::RootFields));
    }

    #[test]
    fn directives_count_wherever_they_stand() {
        let document = |more: &str| {
            format!(
                "query Q($v: Int @a) @b {{ f @c ...F @d ... @e {{ g }} {more} }} \
                 fragment F on T @f {{ h @g @h @i @j }}"
            )
        };
        check(&document(""), Ok(()));
        check(&document("i @k"), Err(TooLarge::Directives));
    }

    #[test]
    fn what_is_spread_twice_counts_twice() {
        let aliases = |spreads| {
            format!(
                "{{ {} }} fragment F on T {{ a: b c: d e: f }}",
                "...F ".repeat(spreads)
            )
        };
        // Three root fields each: the roots would be refused first were they not below a field.
        let below = |spreads| {
            aliases(spreads)
                .replacen('{', "{ r {", 1)
                .replacen('}', "} }", 1)
        };
        check(&below(10), Ok(()));
        check(&below(11), Err(TooLarge::Aliases));
        check(&aliases(4), Err(TooLarge::RootFields));
    }

    #[test]
    fn expanded_fields_have_a_limit() {
        let document = |rest: usize| {
            format!(
                "{{ r {{ {} {} }} }} fragment F on T {{ {} }}",
                "...F ".repeat(49),
                "f ".repeat(rest),
                "f ".repeat(100)
            )
        };
        check(&document(99), Ok(()));
        check(&document(100), Err(TooLarge::Fields));
    }

    #[test]
    fn operations_and_unused_fragments_count_too() {
        let operation = |name: &str| format!("query {name} {{ r {{ {} }} }} ", "...F ".repeat(25));
        let fragment = |name: &str, count: usize| {
            format!("fragment {name} on T {{ {} }} ", "f ".repeat(count))
        };
        let two = operation("A") + &operation("B");
        check(&(two.clone() + &fragment("F", 99)), Ok(()));
        check(&(two.clone() + &fragment("F", 100)), Err(TooLarge::Fields));
        check(
            &(two + &fragment("F", 99) + &fragment("Unused", 49)),
            Err(TooLarge::Fields),
        );
    }

    #[test]
    fn doubling_fragments_are_counted_in_no_time() {
        let mut source = "{ ...F0 }".to_owned();
        for n in 0..150 {
            write!(
                source,
                " fragment F{n} on T {{ ...F{next} ...F{next} }}",
                next = n + 1
            )
            .unwrap();
        }
        source += " fragment F150 on T { f }";
        check(&source, Err(TooLarge::RootFields));
        check(
            &source.replacen("{ ...F0 }", "{ r { ...F0 } }", 1),
            Err(TooLarge::Nesting),
        );
    }

    #[test]
    fn nesting_counts_fragments_as_if_written_out() {
        let chain = |links: usize| {
            let mut source = "{ ...F1 }".to_owned();
            for n in 1..links {
                write!(source, " fragment F{n} on T {{ ...F{} }}", n + 1).unwrap();
            }
            source + &format!(" fragment F{links} on T {{ f }}")
        };
        check(&chain(limits::NESTING - 1), Ok(()));
        check(&chain(limits::NESTING), Err(TooLarge::Nesting));
    }

    #[test]
    fn cycles_are_refused_wherever_they_are() {
        for source in [
            "{ ...F } fragment F on T { ...F }",
            "{ a } fragment F on T { b { ...G } } fragment G on T { ... { ...F } }",
        ] {
            let document = parse_query(source).expect("a document");
            assert!(matches!(
                measure(&document),
                Err(TooLarge::FragmentCycle { .. })
            ));
        }
    }
}
