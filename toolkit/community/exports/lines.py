"""Messages as JSON lines: one object a line, with our names or those of `FIELDS`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.community.exports.records import RULE, Source, read_record
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity, SourceText, Span

LONGEST: Final = 1_000_000  # characters of a line


def looks_like_lines(text: str) -> bool:
    """Whether the first line that is not empty begins an object."""
    return text.lstrip()[:1] == "{"


def read_lines(text: SourceText, source: Source) -> Iterator[Message | Problem]:
    """The messages, and a problem for every line that holds none."""
    for number, line in enumerate(text.text.split("\n"), 1):
        if line.strip():
            yield from _line(text.path, number, line, source)


def _line(path: str, number: int, line: str, source: Source) -> Iterator[Message | Problem]:
    try:
        raw = json.loads(line) if len(line) <= LONGEST else None
    except json.JSONDecodeError as error:
        yield _problem(path, number, error.colno, _("no JSON: {error}").format(error=error.msg))
        return
    except (RecursionError, ValueError):
        raw = None
    if not isinstance(raw, dict):
        yield _problem(path, number, 1, _("one object a line is needed, at most {most} long").format(most=LONGEST))
        return
    complaints: list[Problem] = []
    keys: dict[str, str] = {}

    def complain(name: str, said: str) -> None:
        key = keys.get(name, "")
        at = line.find(json.dumps(key, ensure_ascii=False)) if key else 0
        complaints.append(_problem(path, number, max(at, 0) + 1, said))

    message = read_record(_record(raw, source, keys), source, complain)
    yield from complaints
    if message is not None:
        yield message


def _record(raw: Mapping[object, object], source: Source, keys: dict[str, str]) -> dict[str, str]:
    """The texts by our names; `keys` gets how the file calls them."""
    record: dict[str, str] = {}
    for key, value in raw.items():
        name = source.name_of(str(key))
        if name and name not in record and isinstance(value, str | int | float):
            keys[name] = str(key)
            record[name] = str(value).lower() if isinstance(value, bool) else str(value).strip()
    return record


def _problem(path: str, line: int, col: int, message: str) -> Problem:
    return Problem(path, Span(line, col, line, col + 1), RULE, Severity.ERROR, message)
