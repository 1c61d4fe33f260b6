"""Requests against a published OpenAPI description: path, method, parameters, body. Nothing of ours is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

BASE = "urn:contract"


class Contract:
    """An API description; `check` raises AssertionError for a request that it does not allow."""

    def __init__(self, file: Path) -> None:
        self._document: dict[str, Any] = json.loads(file.read_text("utf-8"))
        resource = DRAFT202012.create_resource(self._document)
        self._registry: Registry[Any] = Registry().with_resource(BASE, resource)
        self._paths = {
            re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path))): operations
            for path, operations in self._document["paths"].items()
        }

    def check(self, request: httpx.Request) -> None:
        """Path and method exist, every parameter and field is known, the body fits its schema."""
        request.read()
        operation = self._operation(request)
        queries = [entry for entry in operation.get("parameters", []) if entry["in"] == "query"]
        lists = {f"{entry['name']}[]" for entry in queries if entry["schema"].get("type") == "array"}
        known = {entry["name"] for entry in queries} | lists
        sent = {name for name, _value in parse_qsl(request.url.query.decode())}
        assert sent <= known, f"unknown parameters {sent - known}"
        body = operation.get("requestBody", {}).get("content", {})
        content_type = request.headers.get("content-type", "").partition(";")[0]
        if not content_type:
            assert not request.content
            return
        assert content_type in body, f"{content_type} is not one of {list(body)}"
        schema = body[content_type]["schema"]
        fields = json.loads(request.content) if content_type == "application/json" else _form(request)
        self._check_fields(schema, fields)

    def _operation(self, request: httpx.Request) -> dict[str, Any]:
        fitting = [operations for path, operations in self._paths.items() if path.fullmatch(request.url.path)]
        found = [operations[request.method.lower()] for operations in fitting if request.method.lower() in operations]
        assert found, f"{request.method} {request.url.path} is not in the contract"
        operation: dict[str, Any] = found[0]
        return operation

    def _check_fields(self, schema: dict[str, Any], fields: Mapping[str, object]) -> None:
        names = self._names(schema)
        unknown = {name for name in fields if name not in names and f"{name}[]" not in names}
        assert not unknown, f"unknown fields {unknown}"
        # The document says oneOf where a status with text and media fits two.
        written = json.dumps(schema).replace('"#/', f'"{BASE}#/').replace('"oneOf"', '"anyOf"')
        errors = list(Draft202012Validator(json.loads(written), registry=self._registry).iter_errors(fields))
        assert not errors, errors[0].message

    def _names(self, schema: dict[str, Any]) -> set[str]:
        if "$ref" in schema:
            return self._names(self._registry.resolver(BASE).lookup(schema["$ref"]).contents)
        inner = [part for key in ("oneOf", "anyOf", "allOf") for part in schema.get(key, [])]
        return set(schema.get("properties", {})).union(*map(self._names, inner))


def _form(request: httpx.Request) -> dict[str, str]:
    """The fields of a multipart form; a file is its content as text."""
    head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    message = message_from_bytes(head + request.content)
    parts = message.get_payload()
    assert isinstance(parts, list)
    fields: dict[str, str] = {}
    for part in parts:
        assert isinstance(part, Message)
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        fields[str(name)] = data.decode("utf-8", "replace")
    return fields
