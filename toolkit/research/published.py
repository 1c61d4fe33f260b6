"""What competitors, authorities and topics publish, as their feeds told it: title, link, time, an excerpt. One JSON file.

Kept for a year and not copied any further: an excerpt is enough to decide whether to read the whole where it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.source.writing import replace_file

FILE: Final = "published.json"
KEPT: Final = timedelta(days=366)
MOST: Final = 20_000  # of all sources together; the oldest go first


@dataclass(frozen=True, slots=True)
class Published:
    """One entry. `guid` is its name in its source; `at` is aware, and when it was heard where the feed does not say."""

    source: str
    guid: str
    kind: str  # competitor, authority or topic
    title: str
    url: str
    at: datetime
    excerpt: str = ""
    language: str = ""


def read_published(state: Path) -> list[Published]:
    """Everything that is kept, the newest first; nothing where nothing was heard or the file cannot be read."""
    try:
        raw = json.loads((state / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    found = [one for entry in items(fields(raw).get("published")) if (one := _read(entry)) is not None]
    return sorted(found, key=lambda one: (one.at, one.source, one.guid), reverse=True)


def file_published(state: Path, entries: Iterable[Published], now: datetime) -> int:
    """Keep what is not kept yet, and drop what is older than a year; returns how many are new."""
    known = {(one.source, one.guid): one for one in read_published(state) if one.at > now - KEPT}
    fresh = {(one.source, one.guid): one for one in entries if (one.source, one.guid) not in known}
    if fresh:
        newest = sorted((known | fresh).values(), key=lambda one: one.at, reverse=True)[:MOST]
        rows = [{**asdict(one), "at": one.at.isoformat()} for one in newest]
        replace_file(state / FILE, json.dumps({"published": rows}, ensure_ascii=False).encode())
    return len(fresh)


def _read(raw: object) -> Published | None:
    names = ("source", "guid", "kind", "title", "url")
    source, guid, kind, title, url = (text(raw, name) for name in names)
    at = moment(text(raw, "at"))
    return (
        None
        if at is None
        else Published(source, guid, kind, title, url, at, text(raw, "excerpt"), text(raw, "language"))
    )
