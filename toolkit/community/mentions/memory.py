"""What is known of each feed, and which events were told: one JSON file of the state, written whole or not at all.

Several processes listen at the same time, a daemon and a person: each writes what it has changed over what the others have
written meanwhile. It may be lost: then every feed begins anew, with all of its entries as seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.community.mentions.entries import Entry
from toolkit.language.sameness import event_address, same_title, title_words
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.source.held import locked_folder
from toolkit.source.writing import replace_file
from toolkit.values import dataclass

FILE: Final = "feeds.json"
MOST_SEEN: Final = 2000  # entries that are remembered per feed
EVENTS: Final = timedelta(days=14)  # so long another paper's news is the same event
GAPS: Final = timedelta(days=16)  # the detector looks no further back
LONGEST_WAIT: Final = timedelta(hours=12)
NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """One feed, hashtag or word. Moments are ISO 8601, "" for never; `since` is when it was asked for the first time.

    `gaps` are times of which nothing can be known any more, each from a moment to another.
    """

    etag: str = ""
    modified: str = ""
    failures: int = 0
    again_at: str = ""
    since: str = ""
    heard_at: str = ""
    reason: str = ""
    seen: tuple[str, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()

    def with_gap(self, begins: datetime, ends: datetime, now: datetime) -> Known:
        """With a time that was lost; those that nobody asks about any more are dropped."""
        if begins >= ends:
            return self
        kept = [gap for gap in self.gaps if (at := moment(gap[1])) is not None and at > now - GAPS]
        return replace(self, gaps=(*kept, (begins.isoformat(), ends.isoformat())))

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
        url = event_address(entry.url)
        return bool(url and url == self.url) or same_title(title_words(self.title), title_words(entry.title))


@dataclass(slots=True)
class Memory:
    """Everything, by the feed's name. `read` is as it stood in the file when it was read or written last."""

    feeds: dict[str, Known] = field(default_factory=dict)
    sought: dict[str, Known] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    read: Memory | None = field(default=None, compare=False, repr=False)

    def copy(self) -> Memory:
        """The same, to be compared with later."""
        return Memory(dict(self.feeds), dict(self.sought), list(self.events))

    def told(self, entry: Entry) -> bool:
        """Whether its event was told."""
        return any(event.tells(entry) for event in self.events)

    def note(self, entry: Entry, now: datetime) -> None:
        """Its event is told."""
        self.events.append(Event(event_address(entry.url), entry.title, now.isoformat()))

    def forget_before(self, now: datetime) -> None:
        """Events whose time is over."""
        self.events = [one for one in self.events if (at := moment(one.at)) is not None and at > now - EVENTS]


def read_memory(state: Path) -> Memory:
    """What was written last; empty when there is nothing, or nothing that can be read."""
    memory = _read(state)
    memory.read = memory.copy()
    return memory


def _read(state: Path) -> Memory:
    try:
        raw = json.loads((state / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return Memory()
    feeds, sought = (
        {name: _known(one) for name, one in fields(fields(raw).get(kind)).items()} for kind in ("feeds", "sought")
    )
    events = [Event(text(one, "url"), text(one, "title"), text(one, "at")) for one in items(fields(raw).get("events"))]
    return Memory(feeds, sought, events)


def write_memory(state: Path, memory: Memory) -> None:
    """Write what has changed since it was read over what is there now, which `memory` is afterwards."""
    state.mkdir(parents=True, exist_ok=True)
    with locked_folder(state):
        there, before = _read(state), memory.read or Memory()
        memory.feeds = _merge(there.feeds, before.feeds, memory.feeds)
        memory.sought = _merge(there.sought, before.sought, memory.sought)
        forgotten = {*before.events} - {*memory.events}
        memory.events = [one for one in dict.fromkeys([*there.events, *memory.events]) if one not in forgotten]
        raw = {
            "feeds": {name: asdict(one) for name, one in memory.feeds.items()},
            "sought": {name: asdict(one) for name, one in memory.sought.items()},
            "events": [asdict(one) for one in memory.events],
        }
        replace_file(state / FILE, json.dumps(raw, ensure_ascii=False).encode())
    memory.read = memory.copy()


def _merge(there: Mapping[str, Known], before: Mapping[str, Known], mine: Mapping[str, Known]) -> dict[str, Known]:
    """What is there, with what was changed, added and dropped since `before`."""
    kept = {name: one for name, one in there.items() if name in mine or name not in before}
    changed = {name: one for name, one in mine.items() if one != before.get(name)}
    met = {name for name in changed if name in there and there[name] != before.get(name)}
    return kept | {name: _both(one, there[name]) if name in met else one for name, one in changed.items()}


def _both(mine: Known, there: Known) -> Known:
    """Of two that listened to the same at the same time, whoever heard it last, with what either has seen or lost."""
    last = max((mine, there), key=lambda one: moment(one.heard_at) or NEVER)
    seen, gaps = dict.fromkeys([*there.seen, *mine.seen]), dict.fromkeys([*there.gaps, *mine.gaps])
    return replace(last, seen=tuple(seen)[-MOST_SEEN:], gaps=tuple(gaps))


def _known(raw: object) -> Known:
    seen = fields(raw).get("seen")
    guids = tuple(one for one in seen if isinstance(one, str)) if isinstance(seen, list) else ()
    names = ("etag", "modified", "again_at", "since", "heard_at", "reason")
    etag, modified, again_at, since, heard_at, reason = (text(raw, name) for name in names)
    failures = int(number(raw, "failures") or 0)
    return Known(etag, modified, failures, again_at, since, heard_at, reason, guids, tuple(_gaps(raw)))


def _gaps(raw: object) -> Iterator[tuple[str, str]]:
    for one in items(fields(raw).get("gaps")):
        if isinstance(one, list) and len(one) == len(("begins", "ends")) and all(isinstance(at, str) for at in one):
            yield one[0], one[1]


def backed_off(known: Known, reason: str, now: datetime, wait: timedelta, asked: datetime | None) -> Known:
    """It failed: it is asked later and later, and not before the moment that it `asked` for."""
    longer = min(wait * 2 ** min(known.failures, 10), LONGEST_WAIT)
    again = min(max(now + longer, asked or now), now + LONGEST_WAIT)
    return replace(known, failures=known.failures + 1, reason=reason, again_at=again.isoformat())
