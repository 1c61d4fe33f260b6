"""JSON exports as plain words: what has another shape reads as missing, and the caller says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from toolkit.importers.encoding import read_text
from toolkit.messages import _
from toolkit.migration.archive import problem_at
from toolkit.model import Problem, Severity, SourceText
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Values:
    """An object of a JSON file, and where it stands for people: ``posts.json#12`` is the twelfth post."""

    raw: object
    place: str = ""

    def text(self, *names: str) -> str:
        """The first of `names` that is a word or a number; a name may lead inside (``channel.service``)."""
        for name in names:
            found = self._get(name)
            if isinstance(found, str) and found.strip():
                return mend(found.strip())
            if isinstance(found, int | float) and not isinstance(found, bool):
                return str(found)
        return ""

    def inner(self, name: str) -> Values:
        """The object at a name; one without anything where there is none."""
        return Values(self._get(name), self.place)

    def listed(self, *names: str) -> tuple[Values, ...]:
        """The objects or words of the first of `names` that is a list; a text that holds JSON is read."""
        for name in names:
            found = self._get(name)
            if isinstance(found, str) and found[:1] == "[":
                found = _parsed(found)
            if isinstance(found, list):
                return tuple(Values(item, self.place) for item in found)
        return ()

    def has(self, name: str) -> bool:
        """Whether there is such a name."""
        return isinstance(self.raw, dict) and name in self.raw

    def _get(self, name: str) -> object:
        found = self.raw
        for step in name.split(".") if name else ():
            found = found.get(step) if isinstance(found, dict) else None
        return found


def _parsed(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def mend(text: str) -> str:
    """`text` without halves of characters, which JSON can spell by their numbers, and no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_json(path: Path, problems: list[Problem]) -> Values | None:
    """The value of a file; None, with a problem, when it is no JSON."""
    source, found = read_text(str(path), path.read_bytes())
    problems += [problem for problem in found if problem.severity is Severity.ERROR]
    if source is None:
        return None
    try:
        return Values(json.loads(source.text), str(path))
    except json.JSONDecodeError as error:
        problems.append(problem_at(source, error.pos, _("not valid JSON: {what}").format(what=error.msg)))
    except ValueError as error:  # a number of thousands of digits
        problems.append(problem_at(source, 0, _("not valid JSON: {what}").format(what=error)))
    except RecursionError:
        problems.append(problem_at(source, 0, _("nested deeper than can be read")))
    return None


def objects(value: Values, *names: str) -> Iterator[Values]:
    """The objects of a list that stands there itself or under the first of `names`, each with its number."""
    found = value.listed(*names) if isinstance(value.raw, dict) else value.listed("")
    for number, one in enumerate(found, 1):
        if isinstance(one.raw, dict):
            yield Values(one.raw, f"{value.place}#{number}")


def text_of(path: Path, problems: list[Problem]) -> SourceText | None:
    """The text of a file, as spreadsheets and exports encode it."""
    source, found = read_text(str(path), path.read_bytes())
    problems += [problem for problem in found if problem.severity is Severity.ERROR]
    return source
