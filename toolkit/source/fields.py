"""Typed values out of front matter: each reader returns a value or a default, and notes a problem at its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from toolkit.messages import _
from toolkit.model import Problem, Severity, WallTime, in_range, zone
from toolkit.settings import unknown_key, unknown_zone
from toolkit.source.frontmatter import RULE, FrontMatter
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence

E = TypeVar("E", bound=StrEnum)

_WALL: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?",
    re.ASCII,
)


class Fields:
    """The keys of one mapping of a front matter; `prefix` is its own dotted key."""

    def __init__(
        self, front: FrontMatter, problems: list[Problem], prefix: str = "", *, node: Node | None = None
    ) -> None:
        self.front = front
        self.problems = problems
        self.prefix = prefix
        own = node if prefix else front.root
        self.values: dict[str, Node] = own.values if isinstance(own, Mapping) else {}

    def key(self, name: str) -> str:
        """The dotted key of `name`."""
        return f"{self.prefix}.{name}" if self.prefix else name

    def problem(self, name: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem at the value of `name`."""
        span = self.front.span(self.key(name))
        self.problems.append(Problem(self.front.source.path, span, RULE, severity, message))

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note every key that nobody knows, where the key stands."""
        for name in self.values:
            if name not in known:
                span = self.front.key_span(self.key(name))
                message = unknown_key(name, dict.fromkeys(known, ""))
                self.problems.append(Problem(self.front.source.path, span, RULE, Severity.ERROR, message))

    def has(self, name: str) -> bool:
        """Whether the key stands there with a value."""
        node = self.values.get(name)
        return node is not None and not (isinstance(node, Scalar) and node.empty)

    def text(self, name: str, default: str = "") -> str:
        """A single value as written; a list or mapping is a problem."""
        node = self.values.get(name)
        if node is None:
            return default
        if isinstance(node, Scalar):
            return default if node.empty else node.text
        self.problem(name, _("{key} must be a single value").format(key=name))
        return default

    def words(self, name: str) -> tuple[str, ...]:
        """A list of single values; one single value is a list of one."""
        node = self.values.get(name)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return ()
        if isinstance(node, Scalar):
            return (node.text,)
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.text for item in node.items if isinstance(item, Scalar))
        self.problem(name, _("{key} must be a list of words, such as [one, two]").format(key=name))
        return ()

    def choice(self, name: str, kind: type[E], default: E) -> E:
        """One of the values of an enumeration."""
        value = self.text(name)
        if not value:
            return default
        try:
            return kind(value)
        except ValueError:
            said = _("{key} must be one of {known}, not {value!r}")
            self.problem(name, said.format(key=name, known=", ".join(kind), value=value))
            return default

    def number(self, name: str, default: int) -> int:
        """A whole number that is not negative."""
        value = self.text(name)
        if not value:
            return default
        if value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        self.problem(name, _("{key} must be a whole number, not {value!r}").format(key=name, value=value))
        return default

    def flag(self, name: str) -> bool | None:
        """True or false; None when nothing is said."""
        value = self.text(name)
        if value in {"true", "false"}:
            return value == "true"
        if value:
            self.problem(name, _("{key} must be true or false, not {value!r}").format(key=name, value=value))
        return None

    def day(self, name: str) -> date | None:
        """A date such as 2026-12-01."""
        value = self.text(name)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problem(
                name, _("{key} must be a date such as 2026-12-01, not {value!r}").format(key=name, value=value)
            )
            return None

    def days(self, name: str) -> tuple[date, ...]:
        """A list of dates; one date is a list of one."""
        found = []
        for value in self.words(name):
            try:
                found.append(date.fromisoformat(value))
            except ValueError:
                message = _("{key} must be dates such as 2026-12-01, not {value!r}")
                self.problem(name, message.format(key=name, value=value))
        return tuple(found)

    def moment(self, name: str) -> datetime | None:
        """A date and time with an offset, such as 2026-11-20T10:02:11+01:00."""
        value = self.text(name)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not in_range(moment):
            example = "2026-11-20T10:02:11+01:00"
            message = _("{key} must be a time with an offset such as {example}, not {value!r}")
            self.problem(name, message.format(key=name, example=example, value=value))
            return None
        return moment

    def zone(self, name: str, default: str) -> str:
        """The name of a time zone."""
        value = self.text(name)
        if not value:
            return default
        if zone(value) is None:
            self.problem(name, unknown_zone(value))
            return default
        return value

    def wall(self, name: str, zone_name: str) -> WallTime | None:
        """A wall time such as 2026-12-01 07:30, with an offset if it has one, and the mapping's `fold`."""
        value, fold = self.text(name).strip(), self._fold()
        if not value:
            return None
        match = _WALL.fullmatch(value)
        if match is not None and match[4] is None:
            remedy = _("{key} needs a time of day, such as {value} 09:00")
            self.problem(name, remedy.format(key=name, value=value))
            return None
        wall = _read_wall(match)
        if match is None or wall is None:
            message = _("{key} must be a date and time such as 2026-12-01 07:30, not {value!r}")
            self.problem(name, message.format(key=name, value=value))
            return None
        if not in_range(wall):
            self.problem(name, _("the year {year} is out of range").format(year=wall.year))
            return None
        return WallTime(wall, zone_name, fold=fold, offset=_offset(match[7]))

    def _fold(self) -> int | None:
        value = self.text("fold")
        if not value:
            return None
        if value in {"0", "1"}:
            return int(value)
        self.problem("fold", _("fold must be 0 (the first time) or 1 (the second), not {value!r}").format(value=value))
        return None

    def items(self, name: str, shape: str) -> Iterator[Fields]:
        """The mappings of a list; `shape` shows one entry and stands in the problem about anything else."""
        node = self.values.get(name)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return
        if not isinstance(node, Sequence):
            self.problem(name, _("{key} must be a list; each entry looks like: {shape}").format(key=name, shape=shape))
            return
        for index, item in enumerate(node.items):
            key = f"{name}.{index}"
            if isinstance(item, Mapping):
                yield Fields(self.front, self.problems, self.key(key), node=item)
            else:
                self.problem(key, _("an entry of {key} looks like: {shape}").format(key=name, shape=shape))

    def mappings(self, name: str) -> Iterator[tuple[str, Fields]]:
        """The named mappings inside the mapping `name`."""
        node = self.values.get(name)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return
        if not isinstance(node, Mapping):
            self.problem(name, _("{key} must be a table of names").format(key=name))
            return
        for inner, value in node.values.items():
            key = f"{name}.{inner}"
            if isinstance(value, Mapping):
                yield inner, Fields(self.front, self.problems, self.key(key), node=value)
            elif not (isinstance(value, Scalar) and value.empty):
                self.problem(key, _("{key} must be a table of values").format(key=inner))

    def table(self, name: str, shape: str) -> Fields | None:
        """The mapping `name`; None where there is none. `shape` shows one and stands in the problem about others."""
        node = self.values.get(name)
        if isinstance(node, Mapping):
            return Fields(self.front, self.problems, self.key(name), node=node)
        if self.has(name):
            self.problem(name, _("{key} looks like: {shape}").format(key=name, shape=shape))
        return None

    def numbers(self, name: str) -> tuple[float, ...]:
        """A list of numbers."""
        try:
            return tuple(float(word) for word in self.words(name))
        except ValueError:
            self.problem(name, _("{key} must be numbers").format(key=name))
            return ()


def _read_wall(match: re.Match[str] | None) -> datetime | None:
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # a wall time has no zone yet
    except ValueError:
        return None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text == "Z":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[-2:])
    delta = timedelta(hours=hours, minutes=minutes)
    return -delta if text[0] == "-" else delta
