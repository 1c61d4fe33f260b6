"""What is known of each feed, and which events were told: one JSON file of the state, written whole or not at all.

It may be lost: then every feed begins anew, with all of its entries as seen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.community.mentions.entries import Entry
from toolkit.community.mentions.events import canonical, same_title, title_words
from toolkit.networks.jsonvalues import fields, items, moment, number, text

FILE: Final = "feeds.json"
MOST_SEEN: Final = 2000  # entries that are remembered per feed
EVENTS: Final = timedelta(days=14)  # so long another paper's news is the same event


@dataclass(frozen=True, slots=True)
class Known:
    """One feed. Moments are ISO 8601, "" for never; `since` is when it was asked for the first time."""

    etag: str = ""
    modified: str = ""
    failures: int = 0
    again_at: str = ""
    since: str = ""
    heard_at: str = ""
    reason: str = ""
    seen: tuple[str, ...] = ()

    def after(self, entries: Iterable[Entry]) -> Known:
        """With these entries seen as well."""
        return replace(self, seen=tuple(dict.fromkeys([*self.seen, *(entry.guid for entry in entries)]))[-MOST_SEEN:])


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was told."""

    url: str
    title: str
    at: str

    def tells(self, entry: Entry) -> bool:
        """Whether an entry is about it."""
        url = canonical(entry.url)
        return bool(url and url == self.url) or same_title(title_words(self.title), title_words(entry.title))


@dataclass(slots=True)
class Memory:
    """Everything, by the feed's name."""

    feeds: dict[str, Known] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def told(self, entry: Entry) -> bool:
        """Whether its event was told."""
        return any(event.tells(entry) for event in self.events)

    def note(self, entry: Entry, now: datetime) -> None:
        """Its event is told."""
        self.events.append(Event(canonical(entry.url), entry.title, now.isoformat()))

    def forget_before(self, now: datetime) -> None:
        """Events whose time is over."""
        self.events = [one for one in self.events if (at := moment(one.at)) is not None and at > now - EVENTS]


def read_memory(state: Path) -> Memory:
    """What was written last; empty when there is nothing, or nothing that can be read."""
    try:
        raw = json.loads((state / FILE).read_bytes())
    except (OSError, ValueError):
        return Memory()
    feeds = {name: _known(one) for name, one in fields(fields(raw).get("feeds")).items()}
    events = [Event(text(one, "url"), text(one, "title"), text(one, "at")) for one in items(fields(raw).get("events"))]
    return Memory(feeds, events)


def write_memory(state: Path, memory: Memory) -> None:
    """Write it beside and put it in its place."""
    state.mkdir(parents=True, exist_ok=True)
    fresh = state / f"{FILE}.{os.getpid()}.new"
    raw = {
        "feeds": {name: asdict(one) for name, one in memory.feeds.items()},
        "events": [asdict(one) for one in memory.events],
    }
    fresh.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    fresh.replace(state / FILE)


def _known(raw: object) -> Known:
    seen = fields(raw).get("seen")
    guids = tuple(one for one in seen if isinstance(one, str)) if isinstance(seen, list) else ()
    names = ("etag", "modified", "again_at", "since", "heard_at", "reason")
    etag, modified, again_at, since, heard_at, reason = (text(raw, name) for name in names)
    return Known(etag, modified, int(number(raw, "failures") or 0), again_at, since, heard_at, reason, guids)
