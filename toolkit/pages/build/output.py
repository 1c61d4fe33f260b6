"""The folder of the built site, of which a build writes only what is new.

MkDocs empties its folder and writes every file again. Here it builds in a folder beside, and its files are taken over
when the whole build has succeeded: a file with the same bytes stays as it is, so that its time says when it changed and
a deployment sends little. Pages are not even made when their *key* is that of the last build.

What was written with which key stands in a record in the workspace's cache. Whatever is about to change is taken out
of the record first, and a file that has not the size and time of the record is not the file that was written: a build
that was killed, or somebody who edits the site, makes the next one write more, never less than it must.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from toolkit.findings.cache import CACHE, keep
from toolkit.pages.kept import digest
from toolkit.pages.media import Copied

# Another release, which writes it differently, takes another name.
_RECORD: Final = "site-1"
# Sites of one workspace whose records are kept: the team's, the partners', a few languages of each.
_SITES: Final = 16


class Stamp(NamedTuple):
    """What a file looks like from outside: bytes, and nanoseconds since 1970."""

    size: int
    time: int


# What a file was made from, and how it looked then.
_Record = Mapping[str, tuple[str, Stamp]]


class Output:
    """One build into the folder `site` of the workspace at `root`; paths are relative to the site, with slashes."""

    def __init__(self, root: Path, site: Path) -> None:
        self._root = root
        self._site = site
        self._name = f"{_RECORD}/{digest(os.path.abspath(site))}.json"  # noqa: PTH100  # nothing need be there yet
        self._before = _stamps(site)
        self._known = _read(root / CACHE / self._name)
        self._pages: dict[str, tuple[str, Callable[[], bytes]]] = {}
        self._names: dict[str, str] = {}
        self._folders: set[str] = set()  # those that this build has written to
        self.draft = Path(tempfile.mkdtemp(prefix="leitstand-"))  # where the builder may write as it likes

    def add(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """Let `path` hold what `make` gives; the same key means the same bytes."""
        self._pages[path] = key, make

    def hold(self, path: str, data: bytes) -> None:
        """Let `path` hold `data`."""
        self.add(path, hashlib.blake2b(data, digest_size=16).hexdigest(), partial(bytes, data))

    def copy(self, path: str, source: Copied) -> None:
        """Let `path` hold what the site publishes of a file."""
        stamp = _stamp(source.path.stat())
        self.add(path, f"{source.path} {source.longest} {stamp.size} {stamp.time}", source.read)

    def name(self, path: str, key: str) -> None:
        """Let the draft's file `path` be known by `key` in the next build."""
        self._names[path] = key

    def leave(self, path: str, key: str) -> bool:
        """Let `path` stay, whatever the draft holds there, if the last build made it with this key."""
        if not self._has(path, key):
            return False
        self.add(path, key, (self._site / path).read_bytes)
        return True

    def finish(self) -> None:
        """Bring the site up to date: with the files of the draft, which is gone then, and with what was added."""
        try:
            found = {path: self.draft / path for path in _stamps(self.draft, hidden=True)}
            drafted = {path: file for path, file in found.items() if path not in self._pages}
            fresh = [path for path, (key, _make) in self._pages.items() if not self._has(path, key)]
            changed = [path for path, file in drafted.items() if not self._same(path, file.read_bytes())]
            self._sweep(self._pages.keys() | drafted.keys())
            kept = {path: self._known[path] for path in self._pages.keys() - set(fresh)}
            if fresh or self._known.keys() & set(changed):
                self._keep(kept)
            for path in changed:
                self._put(path, drafted[path].read_bytes())
            for path in fresh:
                key, make = self._pages[path]
                data = make()
                kept[path] = key, self._before[path] if self._same(path, data) else self._put(path, data)
            for path in self._names.keys() & drafted.keys():
                kept[path] = self._names[path], _stamp((self._site / path).lstat())
            if kept != self._known:
                self._keep(kept)
        finally:
            self.drop()

    def drop(self) -> None:
        """Forget the draft; the site stays as it was."""
        shutil.rmtree(self.draft, ignore_errors=True)

    def _has(self, path: str, key: str) -> bool:
        known = self._known.get(path)
        return known is not None and known == (key, self._before.get(path))

    def _same(self, path: str, data: bytes) -> bool:
        before = self._before.get(path)
        if before is None or (before.size != len(data) and not path.endswith(".gz")):
            return False
        with suppress(OSError, EOFError):
            old = (self._site / path).read_bytes()
            # What is packed holds the time of its packing.
            return old == data or (path.endswith(".gz") and gzip.decompress(old) == gzip.decompress(data))
        return False

    def _sweep(self, wanted: set[str]) -> None:
        """Remove what lay there before and belongs to no page any more; what came meanwhile is somebody else's."""
        for path in self._before.keys() - wanted:
            file = self._site / path
            with suppress(OSError):
                if _stamp(file.lstat()) == self._before[path]:
                    file.unlink()
                    _prune(file.parent, self._site)

    def _put(self, path: str, data: bytes) -> Stamp:
        """Whoever reads the site meanwhile sees the old file or the new one; of a site of which nothing stood, nobody reads."""
        folder, _slash, name = f"{self._site}/{path}".rpartition("/")
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # thousands of files: plain strings are quicker
            self._folders.add(folder)
        file = f"{folder}/{name}"
        if self._before or not _create(file, data):
            _replace(file, f"{folder}/.{name}.part", data)
        return _stamp(os.lstat(file))

    def _keep(self, record: _Record) -> None:
        rows = {path: [key, *stamp] for path, (key, stamp) in record.items()}
        keep(self._root, self._name, json.dumps(rows, separators=(",", ":")).encode())
        with suppress(OSError):
            records = [*(self._root / CACHE / _RECORD).glob("*.json")]
            for old in sorted(records, key=lambda file: file.stat().st_mtime_ns)[:-_SITES]:
                old.unlink(missing_ok=True)


def _create(file: str, data: bytes) -> bool:
    """Write a file where nothing stands; whether that was so."""
    try:
        with open(file, "xb") as stream:  # noqa: PTH123  # thousands of files: plain strings are quicker
            stream.write(data)
    except FileExistsError:
        return False
    return True


def _replace(file: str, part: str, data: bytes) -> None:
    """Write a file in one step, by way of `part` beside it; a folder that stands there goes."""
    with open(part, "wb") as stream:  # noqa: PTH123  # as above
        stream.write(data)
    try:
        os.replace(part, file)  # noqa: PTH105  # as above
    except (IsADirectoryError, PermissionError):  # as Windows says it
        shutil.rmtree(file)
        os.replace(part, file)  # noqa: PTH105  # as above


def _read(record: Path) -> _Record:
    try:
        return {path: _row(*row) for path, row in json.loads(record.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _row(key: Any, size: Any, time: Any) -> tuple[str, Stamp]:
    return str(key), Stamp(int(size), int(time))


def _stamps(folder: Path, *, hidden: bool = False) -> dict[str, Stamp]:
    """Every file below `folder`; as for MkDocs, what begins with a dot there belongs to somebody else."""
    found: dict[str, Stamp] = {}
    left = [""] if folder.is_dir() else []
    while left:
        inside = left.pop()
        with os.scandir(f"{folder}/{inside}") as entries:
            for entry in entries:
                if not (inside or hidden) and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    left.append(f"{inside}{entry.name}/")
                else:
                    found[inside + entry.name] = _stamp(entry.stat(follow_symlinks=False))
    return found


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns)


def _prune(folder: Path, top: Path) -> None:
    """Remove folders that are empty now."""
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
