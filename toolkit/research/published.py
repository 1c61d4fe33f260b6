"""What competitors, authorities and topics publish, as their feeds told it: title, link, time, an excerpt. One JSON file.

Kept for a year and not copied any further: an excerpt is enough to decide whether to read the whole where it stands.
One event is one entry: whoever tells it as well, by the same address or nearly the same title within two weeks, is named
beside the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, field, replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Final

from toolkit.language.sameness import ALIKE, event_address, same_title, title_words
from toolkit.research.rows import Row, moment_of, read_rows, text_of, write_rows
from toolkit.source.held import locked_folder
from toolkit.values import dataclass

FILE: Final = "research/published.json"
KEPT: Final = timedelta(days=366)
MOST: Final = 20_000  # of all sources together; the oldest go first
EVENT: Final = timedelta(days=14)  # so long another one's news is the same event

Key = tuple[str, str]  # source, guid


@dataclass(frozen=True, slots=True)
class Published:
    """One entry. `guid` is its name in its source; `at` is aware, and when it was heard where the feed does not say.

    `also` are the sources that told the same event later. `earlier`: it was there before the feed was first heard, so it
    says what is usual and is no news.
    """

    source: str
    guid: str
    kind: str  # competitor, authority or topic
    title: str
    url: str
    at: datetime
    excerpt: str = ""
    language: str = ""
    also: tuple[str, ...] = ()
    earlier: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Everybody who told it, the first one first."""
        return (self.source, *self.also)


def read_published(state: Path) -> list[Published]:
    """Everything that is kept, the newest first; nothing where nothing was heard. Raises `StateError` for a damaged file."""
    found = read_rows(state / FILE, "published", _read)
    return sorted(found, key=lambda one: (one.at, one.source, one.guid), reverse=True)


def read_news(state: Path, since: datetime, now: datetime, kind: str = "") -> list[Published]:
    """What is new after `since`, of one kind or of all: nothing that a feed already held when it was first heard."""
    return [
        one for one in read_published(state) if since < one.at <= now and not one.earlier and kind in ("", one.kind)
    ]


def file_published(state: Path, entries: Iterable[Published], now: datetime) -> int:
    """Keep what is not kept yet, and drop what is older than a year; returns how many events are new.

    Raises `StateError` where what is kept cannot be read; then nothing is written.
    """
    (state / FILE).parent.mkdir(parents=True, exist_ok=True)
    # A daemon and a person may fetch at the same time.
    with locked_folder((state / FILE).parent):
        return _file(state, entries, now)


def _file(state: Path, entries: Iterable[Published], now: datetime) -> int:
    shelf = _Shelf({(one.source, one.guid): one for one in read_published(state) if one.at > now - KEPT})
    before = dict(shelf.kept)
    for one in sorted(entries, key=lambda one: (one.at, one.source, one.guid)):
        shelf.put(one)
    if shelf.kept != before:
        newest = sorted(shelf.kept.values(), key=lambda one: one.at, reverse=True)[:MOST]
        write_rows(state / FILE, "published", ({**asdict(one), "at": one.at.isoformat()} for one in newest))
    return len(shelf.kept.keys() - before.keys())


@dataclass(slots=True)
class _Shelf:
    """What is kept, and by what another one's telling of it is recognised."""

    kept: dict[Key, Published]
    addresses: dict[str, Key] = field(init=False, default_factory=dict)
    titles: dict[Key, frozenset[str]] = field(init=False, default_factory=dict)
    words: defaultdict[str, list[Key]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for key, one in self.kept.items():
            self._note(key, one)

    def put(self, one: Published) -> None:
        """Keep it, or name its source beside the event that it tells."""
        key = (one.source, one.guid)
        if key in self.kept:
            return
        told = self._told(one)
        if told is None:
            self.kept[key] = one
            self._note(key, one)
        elif one.source not in (first := self.kept[told]).sources:
            self.kept[told] = replace(first, also=(*first.also, one.source))

    def _note(self, key: Key, one: Published) -> None:
        if address := event_address(one.url):
            self.addresses.setdefault(address, key)
        self.titles[key] = title_words(one.title)
        for word in self.titles[key]:
            self.words[word].append(key)

    def _told(self, one: Published) -> Key | None:
        """The event that it tells, where it is known."""
        known = self.addresses.get(event_address(one.url))
        if known is not None and self._near(known, one):
            return known
        words = title_words(one.title)
        return next((key for key in self._alike(words) if self._near(key, one)), None)

    def _alike(self, words: frozenset[str]) -> Iterator[Key]:
        """Events of the same title. Such titles share three words in four, so one of the rarest of a few is among them."""
        few = len(words) - ceil(ALIKE * len(words)) + 1
        rare = sorted(words, key=lambda word: (len(self.words.get(word, ())), word))[:few]
        likely = dict.fromkeys(key for word in rare for key in self.words.get(word, ()))
        return (key for key in likely if same_title(self.titles[key], words))

    def _near(self, key: Key, one: Published) -> bool:
        return abs(self.kept[key].at - one.at) <= EVENT


def _read(row: Row) -> Published:
    source, guid, kind, title, url = (text_of(row, name) for name in ("source", "guid", "kind", "title", "url"))
    also, excerpt, language = row.get("also", []), text_of(row, "excerpt", ""), text_of(row, "language", "")
    if not isinstance(also, list) or not all(isinstance(one, str) for one in also):
        raise TypeError("also is no list of texts")
    at, earlier = moment_of(row, "at"), row.get("earlier") is True
    return Published(source, guid, kind, title, url, at, excerpt, language, tuple(also), earlier)
