"""A page of a static site: front matter in YAML, TOML or JSON as plain values, and the text below it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.migration.archive import problem_at
from toolkit.migration.jsonfile import mend, text_of
from toolkit.model import Problem, SourceText
from toolkit.source import read_frontmatter
from toolkit.source.nodes import Mapping as Table
from toolkit.source.nodes import Node, NodeError, Scalar, Sequence, read_nodes
from toolkit.values import dataclass

_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A page; names of values are in small letters, as Hugo reads them."""

    path: str
    values: Mapping[str, object] = field(default_factory=dict)
    body: str = ""

    def text(self, *names: str) -> str:
        """The first of `names` that is a single value."""
        for name in names:
            found = self.values.get(name)
            if isinstance(found, datetime | date):
                return found.isoformat(" ") if isinstance(found, datetime) else found.isoformat()
            if isinstance(found, str | int | float) and str(found).strip():
                return str(found).strip().lower() if isinstance(found, bool) else mend(str(found).strip())
        return ""

    def words(self, *names: str) -> tuple[str, ...]:
        """The words of all `names`: lists, or one text with blanks between, as Jekyll has it."""
        found: list[str] = []
        for name in names:
            value = self.values.get(name)
            found += map(str, value) if isinstance(value, list) else value.split() if isinstance(value, str) else ()
        return tuple(dict.fromkeys(mend(word.strip()) for word in found if word.strip()))


def read_page(path: Path, name: str, problems: list[Problem]) -> Page | None:
    """The page in a file, called `name` in problems; None, with a problem, when its front matter cannot be read."""
    source = text_of(path, problems)
    if source is None:
        return None
    source = SourceText(name, source.text.replace("\r\n", "\n"))
    if source.text.startswith("+++"):
        return _toml_page(source, problems)
    if source.text.startswith("{"):
        return _json_page(source, problems)
    front, found = read_frontmatter(source)
    if front.root is None:
        problems += found
        return None
    return Page(name, _lowered(_value(front.root)), front.body)


def _toml_page(source: SourceText, problems: list[Problem]) -> Page | None:
    match = _TOML.match(source.text)
    try:
        if match is None:
            raise ValueError(_("front matter is not closed; put a line of +++ below it"))
        values: object = tomllib.loads(match[1] or "")
    except (ValueError, RecursionError) as error:
        problems.append(problem_at(source, 0, _("the front matter cannot be read: {error}").format(error=error)))
        return None
    return Page(source.path, _lowered(values), source.text[match.end() :])


def _json_page(source: SourceText, problems: list[Problem]) -> Page | None:
    try:
        values, end = json.JSONDecoder().raw_decode(source.text)
    except (ValueError, RecursionError) as error:
        problems.append(problem_at(source, 0, _("the front matter cannot be read: {error}").format(error=error)))
        return None
    return Page(source.path, _lowered(values), source.text[end:])


def read_settings_file(path: Path) -> Mapping[str, object]:
    """The top-level values of a site's configuration in YAML or TOML; nothing when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            return _lowered(tomllib.loads(text))
        root = read_nodes(text)
    except (OSError, ValueError, RecursionError, NodeError):
        return {}
    return _lowered(_value(root)) if root is not None else {}


def _lowered(values: object) -> dict[str, object]:
    return {str(name).lower(): value for name, value in values.items()} if isinstance(values, dict) else {}


def _value(node: Node) -> object:
    """A YAML node as text, list or dict; what has no quotes and means nothing is None."""
    if isinstance(node, Table):
        return {name: _value(inner) for name, inner in node.values.items()}
    if isinstance(node, Sequence):
        return [_value(inner) for inner in node.items]
    return None if not isinstance(node, Scalar) or node.empty else node.text
