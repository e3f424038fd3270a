//! The schema, read from its text.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};

/// The types of a schema by their names.
pub(super) struct Sdl(BTreeMap<String, TypeDefinition>);

impl Sdl {
    /// That of this program.
    pub(super) fn ours() -> Self {
        let document = parse_schema(drypoint::graphql::sdl()).unwrap();
        let types = document.definitions.into_iter();
        let types = types.filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.to_string(), ty.node)),
            _ => None,
        });
        Self(types.collect())
    }

    pub(super) fn ty(&self, name: &str) -> Option<&TypeDefinition> {
        self.0.get(name)
    }

    /// The fields of an object or interface; none where there is no such type.
    pub(super) fn fields(&self, name: &str) -> impl Iterator<Item = &FieldDefinition> {
        let fields = match self.0.get(name).map(|ty| &ty.kind) {
            Some(TypeKind::Object(object)) => object.fields.as_slice(),
            Some(TypeKind::Interface(interface)) => interface.fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(|field| &field.node)
    }

    /// The objects that the fields of a root lead to, of those that a test takes. An interface leads to
    /// nobody in particular: what `node` shows of whom is judged when it is asked.
    #[expect(
        clippy::similar_names,
        reason = "what a test takes, and what was taken"
    )]
    pub(super) fn reached_from(
        &self,
        root: &str,
        takes: impl Fn(&str) -> bool,
    ) -> BTreeSet<String> {
        let taken = self.fields(root).filter(|field| takes(&field.name.node));
        let mut waiting: Vec<String> = taken.map(|field| base(&field.ty.node)).collect();
        let mut reached = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            if let Some(TypeKind::Union(union)) = self.ty(&name).map(|ty| &ty.kind) {
                waiting.extend(union.members.iter().map(|member| member.node.to_string()));
            }
            let is_object = matches!(self.ty(&name).map(|ty| &ty.kind), Some(TypeKind::Object(_)));
            if is_object && reached.insert(name.clone()) {
                waiting.extend(self.fields(&name).map(|field| base(&field.ty.node)));
            }
        }
        reached
    }
}

/// The name of a type without lists and `!`.
pub(super) fn base(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => base(inner),
    }
}
