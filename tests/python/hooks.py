"""Tells schemathesis what the schema's descriptions say and its types cannot: bounds, forms, ids.

With this, every document made to be right must be answered without any error, so that no check needs an
exception. Values of a wrong type, which are made on purpose, are left as they are.
"""

import math

import schemathesis
from graphql import Visitor, visit
from graphql.language import ast
from hypothesis import strategies as st
from schemathesis.graphql import nodes

INTS = range(-(2**31), 2**31)
NUMBERS = (ast.IntValueNode, ast.FloatValueNode)
IDS = [
    "provider_1234567893",
    "location_1",
    "license_1",
    "training_1",
    "attestation_1",
    "place_zip-80205",
    "place_state-CO",
    "rule_FL-PHYSICAL_THERAPIST-2021-07-01",
]
PLACES = ["place_zip-80205", "place_state-CO", "place_zip-94103"]
POSTAL_CODES = ["80205", "94103", "33101", "78701", "80205-1234"]
LANGUAGES = ["en", "es", "es-MX", "zh-Hant", "kbh"]


def npi(body):
    """Ten digits with the check digit of 45 CFR 162.406: Luhn over 80840 and the number."""
    total = 24
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"


first_digits = st.sampled_from("129")
rest = st.integers(0, 99_999_999).map(lambda number: f"{number:08d}")
schemathesis.graphql.scalar(
    "NPI", st.builds(lambda first, rest: nodes.String(npi(first + rest)), first_digits, rest)
)
schemathesis.graphql.scalar("Date", st.dates().map(lambda day: nodes.String(day.isoformat())))


@schemathesis.hook
def map_body(context, body):
    return visit(body, Bounds())


class Bounds(Visitor):
    """Moves values into their bounds, innermost first."""

    def leave_argument(self, node, *_):
        return ast.ArgumentNode(name=node.name, value=within(node.name.value, node.value))

    def leave_object_field(self, node, *_):
        return ast.ObjectFieldNode(name=node.name, value=within(node.name.value, node.value))


def within(name, value):
    if name in BOUNDS:
        return BOUNDS[name](value)
    return value


def integer(least, most):
    def bound(value):
        if isinstance(value, ast.IntValueNode) and int(value.value) in INTS:
            return nodes.Int(least + int(value.value) % (most - least + 1))
        return value

    return bound


def number(most):
    def bound(value):
        if isinstance(value, NUMBERS):
            given = float(value.value)
            return nodes.Float(math.fmod(given, most) if math.isfinite(given) else 0.5)
        return value

    return bound


def radius(value):
    value = number(500.0)(value)
    if isinstance(value, NUMBERS):
        return nodes.Float(abs(float(value.value)) or 25.0)
    return value


def one_of(choices):
    def bound(value):
        if isinstance(value, (ast.StringValueNode, ast.IntValueNode)):
            return nodes.String(choices[len(str(value.value)) % len(choices)])
        return value

    return bound


def each(bound):
    def all_of(value):
        if isinstance(value, ast.ListValueNode):
            return ast.ListValueNode(values=tuple(bound(item) for item in value.values))
        return bound(value)

    return all_of


def text(value):
    if not isinstance(value, ast.StringValueNode):
        return value
    # No text holds U+0000.
    words = value.value[:40].replace("\0", "")
    return nodes.String(words if any(letter.isalnum() for letter in words) else "de" + words)


def least(value):
    if isinstance(value, ast.EnumValueNode) and value.value == "NOT_LISTED":
        return ast.EnumValueNode(value="UNVERIFIED")
    return value


def cursor(value):
    """Only the server makes cursors."""
    return nodes.Null if isinstance(value, ast.StringValueNode) else value


def is_given(value):
    return not isinstance(value, ast.NullValueNode)


def near(value):
    """Exactly one member; a `oneOf` is not known to the generator."""
    if not isinstance(value, ast.ObjectValueNode):
        return value
    given = [field for field in value.fields if is_given(field.value)]
    return ast.ObjectValueNode(fields=tuple(given[:1])) if given else nodes.Null


def search(value):
    if not isinstance(value, ast.ObjectValueNode):
        return value
    fields = {field.name.value: field for field in value.fields}

    def has(name):
        return name in fields and is_given(fields[name].value)

    if not has("near") and has("radiusMiles") and isinstance(fields["radiusMiles"].value, NUMBERS):
        del fields["radiusMiles"]
    if not (has("near") or has("jurisdiction") or has("name")):
        fields["jurisdiction"] = ast.ObjectFieldNode(
            name=ast.NameNode(value="jurisdiction"), value=ast.EnumValueNode(value="CO")
        )
    return ast.ObjectValueNode(fields=tuple(fields.values()))


BOUNDS = {
    "first": integer(1, 100),
    "verifiedWithinDays": integer(0, 3_660),
    "latitude": number(90.0),
    "longitude": number(180.0),
    "radiusMiles": radius,
    "atLeast": least,
    "id": one_of(IDS),
    "placeId": one_of(PLACES),
    "postalCode": one_of(POSTAL_CODES),
    "languages": each(one_of(LANGUAGES)),
    "name": text,
    "prefix": text,
    "after": cursor,
    "near": near,
    "input": search,
}
