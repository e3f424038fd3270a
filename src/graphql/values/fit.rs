//! One value against one type.

use std::fmt::Write as _;

use async_graphql::parser::types::{BaseType, InputObjectType, Type, TypeKind};
use async_graphql::{Name, Number, Pos, Value};

use super::{Check, is_needed};
use crate::graphql::scalar;

/// Stands for a variable without a value: no name in a document begins with a dollar sign, and no
/// variable is given as the name of an enum.
pub(super) fn not_given(variable: &Name) -> Value {
    Value::Enum(Name::new(format!("${variable}")))
}

/// The name of a type without its lists.
pub(super) fn innermost(ty: &Type) -> &Name {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(items) => innermost(items),
    }
}

impl Check<'_> {
    /// What is given as an argument or as a member of an object: a variable without a value leaves it
    /// out.
    pub(super) fn member(&mut self, at: Pos, path: &str, ty: &Type, needed: bool, value: &Value) {
        let Some(variable) = absent(value) else {
            return self.value(at, path, ty, value);
        };
        if self.declared(&variable[1..]).is_none() {
            let message = format!("the variable {variable:.40} is not declared");
            self.refuse(at, variable.to_owned(), message);
        } else if needed {
            let message = format!(
                "the variable {variable:.40} was not given, and {path} of type {ty} needs it"
            );
            self.refuse(at, variable.to_owned(), message);
        }
    }

    pub(super) fn value(&mut self, at: Pos, path: &str, ty: &Type, value: &Value) {
        match (&ty.base, value) {
            (_, Value::Null) if ty.nullable => {}
            (_, Value::Null) => {
                self.refuse(at, path.to_owned(), format!("{path} cannot be null"));
            }
            (BaseType::List(items), Value::List(values)) => {
                for value in values {
                    self.member(at, path, items, !items.nullable, value);
                }
            }
            // One item stands for a list of one.
            (BaseType::List(items), _) => self.value(at, path, items, value),
            (BaseType::Named(name), _) => self.named(at, path, name, value),
        }
    }

    fn named(&mut self, at: Pos, path: &str, name: &Name, value: &Value) {
        let types = self.types;
        let kind = types.types.get(name);
        let refused = match kind.map(|definition| &definition.kind) {
            Some(TypeKind::InputObject(object)) => {
                let one_of = kind.is_some_and(|definition| {
                    let mut directives = definition.directives.iter();
                    directives.any(|directive| directive.node.name.node == "oneOf")
                });
                return self.object(at, path, (name, object, one_of), value);
            }
            Some(TypeKind::Enum(known)) => {
                let is_known = |given: &str| {
                    let mut known = known.values.iter();
                    known.any(|known| known.node.value.node == given)
                };
                match value {
                    Value::Enum(given) if is_known(given) => None,
                    // So it comes in variables.
                    Value::String(given) if is_known(given) => None,
                    _ => Some(format!("{} is no {name}", told(value))),
                }
            }
            _ => unfit(name, value),
        };
        if let Some(message) = refused {
            self.refuse(at, path.to_owned(), message);
        }
    }

    fn object(
        &mut self,
        at: Pos,
        path: &str,
        (name, object, one_of): (&Name, &InputObjectType, bool),
        value: &Value,
    ) {
        let Value::Object(given) = value else {
            let message = format!("{} is no {name}", told(value));
            return self.refuse(at, path.to_owned(), message);
        };
        for key in given.keys() {
            if object
                .fields
                .iter()
                .all(|field| field.node.name.node != *key)
            {
                let message = format!("{name} has no field {key:.40}");
                self.refuse(at, format!("{path}.{key:.40}"), message);
            }
        }
        if one_of && !is_one(given.values()) {
            let mut members = String::new();
            for field in &object.fields {
                let comma = if members.is_empty() { "" } else { ", " };
                let _ = write!(members, "{comma}{}", field.node.name.node);
            }
            let last = path.rsplit('.').next().unwrap_or(path);
            let message = format!("{last} takes exactly one of {members}");
            return self.refuse(at, path.to_owned(), message);
        }
        for field in &object.fields {
            let field = &field.node;
            let (name, ty) = (&field.name.node, &field.ty.node);
            let path = format!("{path}.{name}");
            match given.get(name) {
                Some(value) => self.member(at, &path, ty, is_needed(field), value),
                None if is_needed(field) => {
                    self.refuse(at, path, format!("{name} of type {ty} is missing"));
                }
                None => {}
            }
        }
    }
}

fn absent(value: &Value) -> Option<&str> {
    match value {
        Value::Enum(name) if name.starts_with('$') => Some(name),
        _ => None,
    }
}

fn is_one<'a>(mut values: impl Iterator<Item = &'a Value>) -> bool {
    let first = values.next();
    values.next().is_none()
        && first.is_some_and(|value| *value != Value::Null && absent(value).is_none())
}

/// Why a value is none of a scalar; nothing for a type that is not known here.
fn unfit(scalar: &str, value: &Value) -> Option<String> {
    let fits = match (scalar, value) {
        ("Boolean", Value::Boolean(_)) | ("String" | "ID", Value::String(_)) => true,
        ("Int", Value::Number(number)) => is_int(number),
        ("Float", Value::Number(number)) => number.as_f64().is_some_and(f64::is_finite),
        ("ID", Value::Number(number)) => number.is_i64(),
        ("Boolean" | "String" | "ID" | "Int" | "Float", _) => false,
        _ => return scalar::refuses(scalar, value),
    };
    let what = match scalar {
        _ if fits => return None,
        "Int" => "is not a whole number an Int can hold: −2147483648 to 2147483647",
        "Float" => "is not a number a Float can hold",
        "Boolean" => "is neither true nor false",
        _ => "is not a text",
    };
    Some(format!("{} {what}", told(value)))
}

fn is_int(number: &Number) -> bool {
    number
        .as_i64()
        .is_some_and(|number| i32::try_from(number).is_ok())
}

/// A value in an error: little of what the client sent.
fn told(value: &Value) -> String {
    match value {
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => format!("{:?}", text.chars().take(40).collect::<String>()),
        Value::Number(number) => number.to_string(),
        other => other.to_string().chars().take(40).collect(),
    }
}
