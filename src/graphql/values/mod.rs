//! Are the values of a document and its variables of the types that the schema wants?
//!
//! Decided before anything is executed, as the specification wants it (GraphQL, sections 5.6 and 6.1.2),
//! in our own words and by the path of the member: async-graphql reads the values of our scalars when it
//! comes to their field, names the argument only, and lets a variable that is not there pass in places.
//! What the schema does not know (a field, an argument, a type) is left to the validator.

mod fit;

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FieldDefinition, InputValueDefinition,
    OperationDefinition, OperationType, Selection, SelectionSet, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition, VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned, Request, ServerError, Value, Variables};

use super::error::Fault;

/// The types of a schema, by name.
pub(super) struct Types {
    types: HashMap<Name, TypeDefinition>,
    /// What `if` of `@skip` and `@include` takes.
    condition: Type,
}

impl Types {
    /// The types that `sdl` describes.
    ///
    /// # Panics
    /// When `sdl` is not a schema: it is the schema's own text.
    pub(super) fn new(sdl: &str) -> Self {
        let document = parse_schema(sdl).expect("the schema's own text");
        let definitions = document.definitions.into_iter();
        let types = definitions
            .filter_map(|definition| match definition {
                TypeSystemDefinition::Type(definition) => Some(definition.node),
                _ => None,
            })
            .map(|definition| (definition.name.node.clone(), definition))
            .collect();
        Self {
            types,
            condition: Type::new("Boolean!").expect("a type"),
        }
    }

    /// Every value of a request that cannot be; none where the document cannot be parsed.
    ///
    /// Variables that were not given get their defaults (6.1.2): async-graphql 7.2.1 does so for arguments,
    /// but takes `if` of a directive for false.
    pub(super) fn misfits(&self, request: &mut Request) -> Vec<ServerError> {
        let mut variables = std::mem::take(&mut request.variables);
        let name = request.operation_name.clone();
        let found = request
            .parsed_query()
            .map(|document| self.in_document(document, name.as_deref(), &variables))
            .unwrap_or_default();
        if let Ok(document) = request.parsed_query()
            && let Some(operation) = chosen(document, name.as_deref())
        {
            for declared in &operation.variable_definitions {
                let declared = &declared.node;
                if let Some(default) = &declared.default_value
                    && !variables.contains_key(&declared.name.node)
                {
                    variables.insert(declared.name.node.clone(), default.node.clone());
                }
            }
        }
        request.variables = variables;
        found
    }

    fn in_document(
        &self,
        document: &ExecutableDocument,
        name: Option<&str>,
        variables: &Variables,
    ) -> Vec<ServerError> {
        for (_, operation) in document.operations.iter() {
            let (root, refusal) = match operation.node.ty {
                OperationType::Query => continue,
                OperationType::Mutation => ("Mutation", "there are no mutations"),
                OperationType::Subscription => {
                    ("Subscription", "subscriptions are not served here")
                }
            };
            if !self.types.contains_key(root) {
                return vec![ServerError::new(refusal, Some(operation.pos))];
            }
        }
        let Some(operation) = chosen(document, name) else {
            return Vec::new();
        };
        let mut check = Check {
            types: self,
            document,
            operation,
            variables,
            seen: HashSet::new(),
            found: Vec::new(),
        };
        check.variables();
        if check.found.is_empty() {
            let root = match operation.ty {
                OperationType::Query => "Query",
                OperationType::Mutation => "Mutation",
                OperationType::Subscription => "Subscription",
            };
            check.selection_set(self.types.get(root), &operation.selection_set.node);
        }
        check.found
    }

    fn of(&self, ty: &Type) -> Option<&TypeDefinition> {
        self.types.get(fit::innermost(ty))
    }
}

/// One request on its way through.
struct Check<'a> {
    types: &'a Types,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    /// Fragments that have been looked at.
    seen: HashSet<&'a Name>,
    found: Vec<ServerError>,
}

impl<'a> Check<'a> {
    /// What is declared never null must be given; a default must be of the declared type.
    fn variables(&mut self) {
        for declared in &self.operation.variable_definitions {
            let (at, declared) = (declared.pos, &declared.node);
            let (name, ty) = (&declared.name.node, &declared.var_type.node);
            let path = format!("${name}");
            if let Some(default) = &declared.default_value {
                self.value(default.pos, &path, ty, &default.node);
            } else if !ty.nullable {
                match self.variables.get(name) {
                    None => {
                        let message = format!("the variable {path} of type {ty} was not given");
                        self.refuse(at, path, message);
                    }
                    Some(Value::Null) => {
                        let message = format!("the variable {path} of type {ty} cannot be null");
                        self.refuse(at, path, message);
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn selection_set(&mut self, parent: Option<&'a TypeDefinition>, set: &'a SelectionSet) {
        for item in &set.items {
            self.conditions(item.node.directives());
            match &item.node {
                Selection::Field(field) => self.field(parent, field),
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref();
                    let within = on.map_or(parent, |on| self.types.types.get(&on.node.on.node));
                    self.selection_set(within, &inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name)
                        && self.seen.insert(name)
                    {
                        let on = &fragment.node.type_condition.node.on.node;
                        let within = self.types.types.get(on);
                        self.selection_set(within, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    fn conditions(&mut self, directives: &[Positioned<Directive>]) {
        let types = self.types;
        for directive in directives {
            for (name, given) in &directive.node.arguments {
                let at = given.pos;
                let Ok(given) = given
                    .node
                    .clone()
                    .into_const_with(|name| self.resolved(&name));
                if name.node == "if" {
                    self.member(at, "if", &types.condition, true, &given);
                }
            }
        }
    }

    fn field(&mut self, parent: Option<&'a TypeDefinition>, field: &'a Positioned<Field>) {
        let name = &field.node.name.node;
        let definition = parent.and_then(|parent| field_of(parent, name));
        if let Some(definition) = definition {
            for argument in &definition.arguments {
                self.argument(field, &argument.node);
            }
        }
        let below = definition.and_then(|definition| self.types.of(&definition.ty.node));
        self.selection_set(below, &field.node.selection_set.node);
    }

    fn argument(&mut self, field: &Positioned<Field>, argument: &InputValueDefinition) {
        let (name, ty) = (&argument.name.node, &argument.ty.node);
        match field.node.get_argument(name) {
            Some(given) => {
                let at = given.pos;
                let Ok(given) = given
                    .node
                    .clone()
                    .into_const_with(|name| self.resolved(&name));
                self.member(at, name, ty, is_needed(argument), &given);
            }
            None if is_needed(argument) => {
                let message = format!("{} needs {name}, of type {ty}", field.node.name.node);
                self.refuse(field.pos, name.to_string(), message);
            }
            None => {}
        }
    }

    /// What a variable stands for.
    #[expect(clippy::unnecessary_wraps, reason = "the library's callback may fail")]
    fn resolved(&self, name: &Name) -> Result<Value, Infallible> {
        let value = self.variables.get(name).or_else(|| {
            let default = self.declared(name)?.default_value.as_ref()?;
            Some(&default.node)
        });
        Ok(value.cloned().unwrap_or_else(|| fit::not_given(name)))
    }

    fn declared(&self, name: &str) -> Option<&'a VariableDefinition> {
        let mut declared = self.operation.variable_definitions.iter();
        declared
            .find(|declared| declared.node.name.node == name)
            .map(|declared| &declared.node)
    }

    fn refuse(&mut self, at: Pos, path: String, message: String) {
        let fault = async_graphql::Error::from(Fault::bad_input(path, message));
        self.found.push(fault.into_server_error(at));
    }
}

/// The operation that is asked for, where it is clear which.
fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let (_, operation) = match name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known == name)),
        None => operations.next().filter(|_| operations.next().is_none()),
    }?;
    Some(&operation.node)
}

fn is_needed(input: &InputValueDefinition) -> bool {
    !input.ty.node.nullable && input.default_value.is_none()
}

fn field_of<'a>(parent: &'a TypeDefinition, name: &Name) -> Option<&'a FieldDefinition> {
    let fields = match &parent.kind {
        TypeKind::Object(object) => &object.fields,
        TypeKind::Interface(interface) => &interface.fields,
        _ => return None,
    };
    let mut fields = fields.iter().map(|field| &field.node);
    fields.find(|field| field.name.node == *name)
}
