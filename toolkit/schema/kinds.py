"""What kind of value leitstand.toml takes for each key, heard from its reader: there is no second list to keep."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, TypeVar, cast

from toolkit.model import SourceText
from toolkit.settings import FILE_NAME, TABLES
from toolkit.settings.reader import Reader
from toolkit.settings.reading import read_tables

T = TypeVar("T")

_NO_KIND: Final = object()
# Names in the place of `*`; windows may be named `all`.
_SAMPLES: Final[Mapping[str, str]] = {"windows": "all"}


class Listener(Reader):
    """A reader that remembers which kind of value it was asked for: table.key → kind; `list` is a list of texts."""

    def __init__(self) -> None:
        super().__init__(SourceText(FILE_NAME, ""))
        self.heard: dict[str, type] = {}

    def value(self, raw: Mapping[str, object], table: str, key: str, kind: type[T], default: T) -> T:
        self.heard[f"{table}.{key}"] = kind
        return super().value(raw, table, key, kind, default)

    def words(self, raw: Mapping[str, object], table: str, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        self.heard[f"{table}.{key}"] = list
        return super().words(raw, table, key, default)


@cache
def heard_kinds() -> Mapping[str, type]:
    """``table.key`` as in `TABLES` → the kind that the reader asks for."""
    listener = Listener()
    read_tables(listener, _sample())
    heard = listener.heard
    found = {}
    for table, keys in TABLES.items():
        for key in keys:
            kind = heard.get(f"{table.replace('*', _name(table))}.{key}")
            if kind is not None:
                found[f"{table}.{key}"] = kind
    return MappingProxyType(found)


def _sample() -> dict[str, object]:
    """Settings in which every key of every table stands, with a value of no kind: some are asked for only then."""
    raw: dict[str, object] = {}
    for table, keys in TABLES.items():
        place = raw
        for part in table.replace("*", _name(table)).split(".") if table else ():
            place = cast("dict[str, object]", place.setdefault(part, {}))
        place.update(dict.fromkeys(keys, _NO_KIND))
    return raw


def _name(table: str) -> str:
    return _SAMPLES.get(table.split(".", maxsplit=1)[0], "a")
