"""The entries of a feed on disk: one file each, and the two feeds derived from the newest of them.

::

    feeds/<account>.atom, .json          what readers fetch; derived, at most `SHOWN` entries
    feeds/<account>/entries/<id>.json    an entry as a JSON Feed item: the truth
    feeds/<account>/media/<sha>-<name>   media, beside the feeds

The entry's file is renamed into place, and that is the moment of publication: a kill before it leaves no entry, a
kill after it leaves one that the next look finds and shows. Writers need no lock: each derives the feeds again
until no entry changed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Final

from toolkit.source.writing import READABLE, replace_file, sync_folder
from toolkit.values import dataclass

SHOWN: Final = 100
# How often a writer derives the feeds again when others write at the same time.
ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A medium of an entry; `path` below ``feeds/``."""

    path: str
    media_type: str
    size: int  # bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; times are RFC 3339 in UTC, so that they sort as texts."""

    id: str  # urn:uuid:…
    title: str
    html: str
    text: str
    summary: str
    language: str
    published: str
    updated: str
    enclosures: tuple[Enclosure, ...] = field(default=())

    def same_content(self, other: Entry) -> bool:
        """Whether the two say the same, whenever they said it."""
        return replace(self, published="", updated="") == replace(other, published="", updated="")


def read_entry(data: bytes) -> Entry:
    """The entry in a file that `Folder.put` wrote."""
    raw = json.loads(data)
    return Entry(**{**raw, "enclosures": tuple(Enclosure(**enclosure) for enclosure in raw["enclosures"])})


MakeFeed = Callable[[Sequence[Entry]], bytes]


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of one account's feed lie."""

    root: Path  # state_dir/feeds
    account: str

    @property
    def entries(self) -> Path:
        return self.root / self.account / "entries"

    def path(self, entry_id: str) -> Path:
        """The file of an entry; ids are hashed so that a foreign one cannot leave the folder."""
        return self.entries / f"{hashlib.sha256(entry_id.encode()).hexdigest()[:32]}.json"

    def get(self, entry_id: str) -> Entry | None:
        """The entry, if it is there."""
        try:
            return read_entry(self.path(entry_id).read_bytes())
        except FileNotFoundError:
            return None

    def put(self, entry: Entry) -> None:
        """Store an entry, whole or not at all."""
        data = json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode()
        replace_file(self.path(entry.id), data)
        sync_folder(self.entries)

    def drop(self, entry_id: str) -> None:
        """Remove an entry; nothing happens when it is not there."""
        self.path(entry_id).unlink(missing_ok=True)

    def add_medium(self, name: str, data: bytes) -> str:
        """Copy a medium beside the feeds; returns its path below `root`. The same bytes are stored once."""
        path = f"{self.account}/media/{hashlib.sha256(data).hexdigest()[:16]}-{name}"
        target = self.root / path
        if not target.exists():
            replace_file(target, data, READABLE)
        return path

    def names(self) -> tuple[tuple[str, int], ...]:
        """What lies in the folder: every entry's file name and when it was written."""
        with suppress(FileNotFoundError):
            files = [(path.name, path.stat().st_mtime_ns) for path in self.entries.glob("*.json")]
            return tuple(sorted(files))
        return ()

    def newest(self) -> list[Entry]:
        """The entries that the feeds show, newest first."""
        found: list[Entry] = []
        for name, _written in self.names():
            with suppress(FileNotFoundError):
                found.append(read_entry((self.entries / name).read_bytes()))
        return sorted(found, key=lambda entry: (entry.published, entry.id), reverse=True)[:SHOWN]

    def write_feeds(self, make: Mapping[str, MakeFeed]) -> None:
        """Derive the feeds (ending → maker), again while other writers change entries."""
        for _round in range(ROUNDS):
            before = self.names()
            shown = self.newest()
            for ending, maker in make.items():
                self._replace(self.root / f"{self.account}.{ending}", maker(shown))
            if self.names() == before:
                return

    def _replace(self, path: Path, data: bytes) -> None:
        with suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return
        replace_file(path, data, READABLE)
