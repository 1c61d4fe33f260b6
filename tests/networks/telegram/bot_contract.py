"""Requests against the published description of the Bot API: method, fields, types. Nothing of ours is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.servers.pretend import Request

PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": float}


class BotContract:
    """`check` raises AssertionError for a request that the description does not allow."""

    def __init__(self, file: Path) -> None:
        document: dict[str, Any] = json.loads(file.read_text("utf-8"))
        self._methods, self._types = document["methods"], document["types"]

    def check(self, request: Request) -> None:
        """The method exists, every field is known and of its type, what is required is there."""
        method = request.path.rpartition("/")[2]
        assert request.method in ("GET", "POST")
        assert method in self._methods, f"{method} is no method"
        known = {one["name"]: one for one in self._methods[method].get("fields", [])}
        multipart = request.headers["content-type"].startswith("multipart/form-data")
        files = request.files() if multipart else {}
        sent = (
            {name: self._form_value(known, name, value) for name, value in request.form().items()}
            if multipart
            else request.json()
        )
        attached = {name for name in files if f"attach://{name}" in json.dumps(sent)}
        self._check_fields(method, known, {**sent, **dict.fromkeys(files.keys() - attached, "InputFile")})

    def _form_value(self, known: dict[str, Any], name: str, value: str) -> object:
        """A field of a form: everything but a plain text is JSON."""
        types = known[name]["types"] if name in known else ["String"]
        return value if types == ["String"] else _read_json(value)

    def _check_fields(self, where: str, known: dict[str, Any], sent: dict[str, Any]) -> None:
        assert set(sent) <= set(known), f"{where}: unknown {set(sent) - set(known)}"
        missing = {name for name, one in known.items() if one["required"]} - set(sent)
        assert not missing, f"{where}: {missing} missing"
        for name, value in sent.items():
            types = known[name]["types"]
            assert any(self._fits(kind, value) for kind in types), f"{where}.{name}: {value!r} is none of {types}"

    def _fits(self, kind: str, value: object) -> bool:
        if kind.startswith("Array of "):
            return isinstance(value, list) and all(self._fits(kind.removeprefix("Array of "), one) for one in value)
        if kind in PLAIN:
            return type(value) is PLAIN[kind]
        if kind == "InputFile":
            return value == "InputFile"
        return isinstance(value, dict) and self._is_object(kind, value)

    def _is_object(self, kind: str, value: dict[str, Any]) -> bool:
        known = {one["name"]: one for one in self._types[kind].get("fields", [])}
        if "type" in known and kind.startswith("InputMedia"):
            wanted = kind.removeprefix("InputMedia").lower()
            if value.get("type") != wanted:
                return False
        self._check_fields(kind, known, value)
        return True


def _read_json(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value
