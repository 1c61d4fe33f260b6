"""A feed's bytes → its entries. Untrusted: `feedparser` gets bytes only and never an address or a path."""

from __future__ import annotations

import calendar
import hashlib
import io
from datetime import UTC, datetime
from typing import Final

from toolkit.networks.mail.headers import clean, line
from toolkit.networks.mail.pages import page_text
from toolkit.values import dataclass

MOST: Final = 500  # entries of one feed
LONGEST: Final = 20_000  # characters in which terms are looked for


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as plain text. `text` is everything that the feed holds of it, for looking only."""

    guid: str
    title: str
    url: str
    text: str
    author: str = ""
    at: datetime | None = None  # aware, UTC


def read_entries(data: bytes) -> list[Entry] | None:
    """The entries, in the order of the feed; None when the bytes are no feed."""
    import feedparser

    parsed = feedparser.parse(io.BytesIO(data))
    if not parsed.get("version"):
        return None
    # As plain dictionaries: asked for what is not there, its own give something else with a warning.
    return [_entry(dict(raw)) for raw in parsed.entries[:MOST]]


def _entry(raw: dict[str, object]) -> Entry:
    title, url = line(_plain(_text(raw, "title"))), line(_text(raw, "link"))
    contents = raw.get("content")
    inside = [_text(one, "value") for one in contents if isinstance(one, dict)] if isinstance(contents, list) else []
    text = clean("\n\n".join(filter(None, (_plain(part) for part in (_text(raw, "summary"), *inside)))))[:LONGEST]
    made = hashlib.sha256(f"{title}\0{url}".encode("utf-8", "replace")).hexdigest()
    return Entry(line(_text(raw, "id")) or url or made, title, url, text, line(_text(raw, "author")), _moment(raw))


def _text(raw: dict[str, object], name: str) -> str:
    found = raw.get(name)
    return found if isinstance(found, str) else ""


def _plain(html: str) -> str:
    return page_text(html[: 4 * LONGEST])


def _moment(raw: dict[str, object]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed"):
        parsed = raw.get(name)
        if isinstance(parsed, tuple):
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                continue
    return None
