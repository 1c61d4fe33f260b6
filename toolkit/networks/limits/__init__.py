"""The limits of the networks as data: `limits/<network>.yml`, every value with its source, date and confidence.

A source is a link or the name of a document; what else there is to say of it is a `note`. Both stand in the files in
English, and names and notes are translated where they are shown.

A file is read when somebody first asks for its network; reading all of them would slow every start down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

CONFIDENCE: Final = ("high", "medium", "low")
FIELDS: Final = ("value", "unit", "source", "checked", "confidence")
FURTHER: Final = ("note", "sunset")
# A media type, a group of them (``video/*``), or a codec.
_WORD: Final = re.compile(r"[a-z0-9.+-]+(?:/(?:\*|[a-z0-9.+-]+))?")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a network and where it is known from; a list of media types has `types` and the value 0."""

    name: str
    value: int
    unit: str
    source: str
    checked: str  # ISO date
    confidence: str  # high | medium | low
    types: tuple[str, ...] = ()
    sunset: str = ""  # ISO date of the last day on which it holds; "" when no change is announced
    note: str = ""  # what the source does not say by itself

    @property
    def figure(self) -> int | tuple[str, ...]:
        """The value as it stands in the file."""
        return self.types or self.value

    def __str__(self) -> str:
        """``280 characters``, or the media types."""
        return ", ".join(self.types) if self.types else f"{self.value:,} {self.unit}".replace(",", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """A version of a network's API that ends some day."""

    version: str
    source: str
    checked: str  # ISO date
    sunset: str  # ISO date of its last day; "" when the network has not said
    note: str = ""


def say_source(one: Limit | ApiVersion) -> str:
    """Where it is known from and what is to be said of that: ``https://…; as told by a third party``."""
    source = one.source if "://" in one.source else _(one.source)
    return f"{source}; {_(one.note)}" if one.note else source


@cache
def read_api(network: str) -> ApiVersion | None:
    """The table `api` of a built-in network's file; None where there is none."""
    file = files(__package__) / f"{network}.yml"
    return parse_api(file.read_text(encoding="utf-8"), file.name) if file.is_file() else None


@cache
def read_limits(network: str) -> tuple[Limit, ...]:
    """The limits of a built-in network, in its file's order; none for one without a file."""
    file = files(__package__) / f"{network}.yml"
    return parse_limits(file.read_text(encoding="utf-8"), file.name) if file.is_file() else ()


@cache
def limit(network: str, name: str) -> int:
    """The value of one limit of a built-in network; raises `KeyError` when there is none of that name."""
    return {one.name: one for one in read_limits(network)}[name].value


def parse_api(text: str, file: str) -> ApiVersion | None:
    """The API version in a YAML text; raises `ValueError` that names `file` and what is wrong."""
    entry = _load(text).get("api")
    if entry is None:
        return None
    needed = {"version", "source", "checked"}
    if not isinstance(entry, Mapping) or not needed <= set(entry) <= needed | set(FURTHER):
        raise ValueError(f"{file}: api: needs version, source, checked and, when they are known, note and sunset")
    days = [entry[name] for name in ("checked", "sunset") if name in entry]
    if not all(isinstance(day, date) for day in days):
        raise ValueError(f"{file}: api: checked and sunset are days such as 2026-11-21")
    checked, sunset = days[0].isoformat(), days[1].isoformat() if len(days) > 1 else ""
    return ApiVersion(str(entry["version"]), str(entry["source"]), checked, sunset, str(entry.get("note", "")))


def _load(text: str) -> Mapping[str, object]:
    import yaml

    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe loaders
    return raw if isinstance(raw, Mapping) else {}


def parse_limits(text: str, file: str) -> tuple[Limit, ...]:
    """The limits in a YAML text; raises `ValueError` that names `file` and what is wrong with which limit."""
    table = _load(text).get("limits")
    if not isinstance(table, Mapping) or not table:
        raise ValueError(f"{file}: a table `limits` with at least one limit is missing")
    return tuple(_limit(file, str(name), entry) for name, entry in table.items())


def _limit(file: str, name: str, entry: object) -> Limit:
    if not isinstance(entry, Mapping) or set(entry) - set(FURTHER) != set(FIELDS):
        raise ValueError(f"{file}: {name}: needs exactly {', '.join(FIELDS)} and, when they are known, note and sunset")
    value, checked = entry["value"], entry["checked"]
    types = tuple(value) if isinstance(value, list) and all(map(_is_word, value)) else ()
    if not types and (not isinstance(value, int) or value <= 0):
        raise ValueError(
            f"{file}: {name}: value must be a list of media types or a whole number above 0, not {value!r}"
        )
    if not isinstance(checked, date) or entry["confidence"] not in CONFIDENCE or not str(entry["source"]).strip():
        known = ", ".join(CONFIDENCE)
        raise ValueError(f"{file}: {name}: needs a source, a day such as 2026-11-21 and a confidence of {known}")
    ends = entry.get("sunset")
    if ends is not None and not isinstance(ends, date):
        raise ValueError(f"{file}: {name}: sunset is a day such as 2026-11-21, not {ends!r}")
    unit, source = str(entry["unit"]), str(entry["source"])
    number, sunset, note = 0 if types else value, ends.isoformat() if ends else "", str(entry.get("note", ""))
    return Limit(name, number, unit, source, checked.isoformat(), str(entry["confidence"]), types, sunset, note)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None
