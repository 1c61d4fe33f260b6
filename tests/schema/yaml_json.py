"""Front matter as a schema sees it: what YAML 1.2 makes of the text, and a validator."""

from __future__ import annotations

from collections.abc import Mapping as Table

from jsonschema import Draft202012Validator

from toolkit.schema.fragments import Fragment, plain_value
from toolkit.source import FrontMatter
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence


def as_json(node: Node | None) -> object:
    """The value that a YAML 1.2 parser gives."""
    if isinstance(node, Mapping):
        return {key: as_json(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [as_json(item) for item in node.items]
    assert isinstance(node, Scalar)
    return plain_value(node.text) if node.plain else node.text


def refusals(schema: Fragment, front: FrontMatter) -> list[str]:
    """What the schema says against a front matter: ``path: message``."""
    return objections(schema, None if front.root is None else as_json(front.root))


def objections(schema: Fragment, value: object) -> list[str]:
    """What the schema says against a value."""
    errors = Draft202012Validator(schema).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


def described(schema: Fragment) -> Table[str, Fragment]:
    """The properties of an object schema."""
    found = schema["properties"]
    assert isinstance(found, dict)
    return found
