"""Requests against what Meta publishes: the parameter types of `facebook-business`, and the documented ones of Threads.

The package is generated from Meta's own specification of the Graph API (github.com/facebook/facebook-business-sdk-codegen).
Its types are read out of its source: what a call takes, of which type, and which fields an object has. What Graph APIs
take everywhere (`fields`, `limit`, `after`) stands in https://developers.facebook.com/docs/graph-api/results.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.servers.pretend import Request

EVERYWHERE = {"fields": "string", "limit": "unsigned int", "after": "string"}


@dataclass(frozen=True)
class Call:
    """What one request may say: parameter → type, and the fields that may be asked for."""

    params: Mapping[str, str]
    fields: frozenset[str] = frozenset()
    enums: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()

    def check(self, request: Request) -> None:
        """Raise AssertionError for a parameter, a type or a field that is not published."""
        said = dict(request.query) if request.method == "GET" else request.form() if request.body else {}
        assert not (request.query and request.method != "GET"), f"parameters in the address: {request.query}"
        known = dict(self.params) | (EVERYWHERE if request.method == "GET" else {})
        for name, value in said.items():
            assert name in known, f"{request.method} {request.path}: unknown parameter {name}"
            self._check_type(name, known[name], value)
        for name in top_fields(said.get("fields", "")):
            assert name in self.fields, f"{request.method} {request.path}: unknown field {name}"
        if request.headers.get("content-type", "").startswith("multipart/"):
            assert set(request.files()) == self.files, set(request.files())

    def _check_type(self, name: str, kind: str, value: str) -> None:
        inner = re.fullmatch(r"list<(.*)>", kind)
        if inner:
            listed = json.loads(value) if value.startswith("[") else value.split(",")
            for one in listed:
                self._check_type(name, inner[1], one if isinstance(one, str) else json.dumps(one))
        elif kind == "bool":
            assert value in ("true", "false"), f"{name} is no bool: {value}"
        elif kind in ("unsigned int", "int"):
            assert value.isdecimal(), f"{name} is no number: {value}"
        elif kind == "Object":
            assert isinstance(json.loads(value), dict | str | int) if value[:1] in '{["' else value
        elif kind in self.enums:
            assert value in self.enums[kind], f"{name} is none of {self.enums[kind]}: {value}"
        else:
            assert kind in ("string", "datetime"), f"{name} has the type {kind}, which is not checked"
            assert value, f"{name} is empty"


def top_fields(written: str) -> list[str]:
    """The outermost names of ``id,children{id},comments.limit(0).summary(total_count)``."""
    flat, before = written, ""
    while flat != before:
        flat, before = re.sub(r"\{[^{}]*\}|\([^()]*\)", "", flat), flat
    return [name.split(".")[0] for name in flat.split(",") if name]


class _Names(dict[str, Any]):
    """The names of a module, and the classes that its functions import late."""

    def __missing__(self, name: str) -> Any:
        return getattr(import_module(f"facebook_business.adobjects.{name.lower()}"), name)


@cache
def _class(module: str) -> tuple[ast.ClassDef, Any]:
    loaded = import_module(f"facebook_business.adobjects.{module}")
    tree = ast.parse(Path(str(loaded.__file__)).read_text("utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.ClassDef) and hasattr(loaded, node.name)]
    return max(found, key=lambda node: len(node.body)), loaded


@cache
def published(module: str, call: str, answers: str = "", *, files: frozenset[str] = frozenset()) -> Call:
    """The call of a class of `facebook_business.adobjects`; `answers` is the class whose fields may be asked for."""
    node, loaded = _class(module)
    function = next(one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == call)
    values: dict[str, Any] = {}
    for one in ast.walk(function):
        target = one.targets[0] if isinstance(one, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id in ("param_types", "enums") and isinstance(one, ast.Assign):
            code = compile(ast.Expression(one.value), module, "eval")
            values[target.id] = eval(code, {}, _Names(vars(loaded)))
    enums = {name: frozenset(map(str, listed)) for name, listed in values.get("enums", {}).items()}
    return Call(values["param_types"], fields_of(answers or module), enums, files)


@cache
def fields_of(module: str) -> frozenset[str]:
    """The fields and the edges of an object."""
    node, _loaded = _class(module)
    assigned = [one for one in node.body if isinstance(one, ast.Assign)]
    types = next(
        one.value for one in assigned if isinstance(one.targets[0], ast.Name) and one.targets[0].id == "_field_types"
    )
    edges = [one.name[4:] for one in node.body if isinstance(one, ast.FunctionDef) and one.name.startswith("get_")]
    return frozenset(ast.literal_eval(types)) | frozenset(edges)
