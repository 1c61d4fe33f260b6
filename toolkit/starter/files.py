"""Filling in the starter's files and writing them, never over what is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.workspace.naming import mint_uid, slug

LANGUAGES: Final = ("de", "en")
# File of the starter → where it goes; the posts go into the folder of their month.
_PLACES: Final[Mapping[str, str]] = {
    "leitstand.toml": "leitstand.toml",
    "mkdocs.yml": "mkdocs.yml",
    "gitignore": ".gitignore",
    "index.md": "guidelines/index.md",
    "voice.md": "guidelines/$voice.md",
    "first.md": "content/posts/$first_month/$first_name.md",
    "second.md": "content/posts/$second_month/$second_name.md",
}
_NAMES: Final = {
    "de": {"voice": "stimme", "first_name": "hallo", "second_name": "zweiter-beitrag"},
    "en": {"voice": "voice", "first_name": "hello", "second_name": "second-post"},
}
# The first post is due so soon that a newcomer sees it go out.
_SOON: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Starter:
    """What is filled in: the brand's name, the language of its texts, its zone, and the moment (aware)."""

    name: str
    language: str
    timezone: str
    now: datetime


def starter_files(starter: Starter) -> dict[str, str]:
    """Path → text of every file of a new workspace."""
    values = _values(starter)
    folder = files("toolkit.starter").joinpath(starter.language)
    return {_fill(place, values): _fill(_read(folder, name), values) for name, place in _PLACES.items()}


def write_files(folder: Path, found: Mapping[str, str]) -> tuple[str, ...]:
    """Write the files that are not there yet; returns the paths that were there and stayed as they are."""
    return tuple(_kept(folder, found.items()))


def _kept(folder: Path, found: Iterable[tuple[str, str]]) -> Iterable[str]:
    for path, text in found:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("x", encoding="utf-8", newline="\n") as new:
                new.write(text)
        except FileExistsError:
            yield path


def _values(starter: Starter) -> dict[str, str]:
    local = starter.now.astimezone(ZoneInfo(starter.timezone))
    first = local.replace(second=0, microsecond=0) + _SOON
    second = (local + timedelta(days=2)).replace(hour=9, minute=0)
    return _NAMES[starter.language] | {
        "id": slug(starter.name),
        # JSON strings are TOML basic strings and YAML double-quoted scalars.
        "name": json.dumps(starter.name, ensure_ascii=False),
        "timezone": starter.timezone,
        "language": starter.language,
        "first_uid": mint_uid(starter.now),
        "second_uid": mint_uid(starter.now + timedelta(milliseconds=1)),
        # With the offset: this minute may be one that comes twice in autumn.
        "first_publish": f"{first:%Y-%m-%d %H:%M}{_offset(first)}",
        "second_publish": f"{second:%Y-%m-%d %H:%M}",
        "first_month": f"{first:%Y/%m}",
        "second_month": f"{second:%Y/%m}",
    }


def _offset(moment: datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"


def _read(folder: Traversable, name: str) -> str:
    return folder.joinpath(name).read_text(encoding="utf-8")


def _fill(text: str, values: Mapping[str, str]) -> str:
    return Template(text).substitute(values)
