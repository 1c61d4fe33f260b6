"""Values out of a parsed TOML file: each reader returns a value or a default, and notes a problem at its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span, zone
from toolkit.settings.wording import unknown_key, unknown_zone

T = TypeVar("T")


class Reader:
    """Reads values of a parsed TOML file and collects problems where they stand."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def error(self, table: str, key: str, message: str) -> None:
        span = self.find(table, key)
        self.problems.append(Problem(self.source.path, span, "settings", Severity.ERROR, message))

    def find(self, table: str, key: str) -> Span:
        """Where `key` of `table` stands; tomllib keeps no places, so the text is searched for the usual forms."""
        text = self.source.text
        start = self._header(table)
        if start is not None or not table:
            begin = text.find("\n", start) if start is not None else 0
            following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, begin)
            end = following.start() if following else len(text)
            name = re.compile(rf"^[ \t]*(\"?{re.escape(key)}\"?)[ \t]*[=.]", re.MULTILINE)
            if key and (match := name.search(text, begin, end)):
                return self.source.span(match.start(1), match.end(1))
        inner = self._header(f"{table}.{key}" if table else key)
        place = inner if inner is not None else start
        if place is not None:
            return self.source.span(place, place + len(text[place:].split("\n", 1)[0].rstrip()))
        parent, _dot, last = table.rpartition(".")
        return self.find(parent, last) if table else Span()

    def _header(self, table: str) -> int | None:
        """Where the line of ``[table]``, or of the first table inside it, begins."""
        match = re.search(rf"^[ \t]*(\[[ \t]*{re.escape(table)}[ \t]*[].])", self.source.text, re.MULTILINE)
        return match.start(1) if match and table else None

    def table(self, raw: Mapping[str, object], table: str, known: Mapping[str, str]) -> Mapping[str, object]:
        """`raw` after a word about each key that nobody knows."""
        for key in raw:
            if key not in known:
                self.error(table, key, unknown_key(key, known))
        return raw

    def sub(self, raw: Mapping[str, object], name: str, parent: str = "") -> Mapping[str, object]:
        """The sub-table `name`, empty when absent or not a table."""
        value = raw.get(name, {})
        if isinstance(value, dict):
            return value
        self.error(parent, name, _("{key} must be a table").format(key=name))
        return {}

    def value(self, raw: Mapping[str, object], table: str, key: str, kind: type[T], default: T) -> T:
        """``raw[key]`` if it is a `kind`, else `default`, with a problem when something else stands there."""
        value = raw.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        names = {str: _("text"), int: _("a whole number"), bool: _("true or false"), date: _("a date")}
        self.error(table, key, _("{key} must be {kind}").format(key=key, kind=names.get(kind, kind.__name__)))
        return default

    def words(self, raw: Mapping[str, object], table: str, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts."""
        value = raw.get(key, list(default))
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.error(table, key, _("{key} must be a list of texts").format(key=key))
        return default

    def zone(self, raw: Mapping[str, object], table: str, key: str, default: str) -> str:
        """The name of a time zone."""
        name = self.value(raw, table, key, str, default)
        if name and zone(name) is None:
            self.error(table, key, unknown_zone(name))
            return default
        return name
