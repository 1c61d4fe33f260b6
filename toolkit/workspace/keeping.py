"""A workspace that stays loaded, in an editor or a desk: only what changed on disk or in the editor is read again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from toolkit.model import Clock
from toolkit.settings import FILE_NAME
from toolkit.source import FolderTree, OverlayTree
from toolkit.workspace.folder import CAMPAIGNS, POSTS, STRATEGY, Workspace, load_workspace
from toolkit.workspace.rereading import reread

# What a workspace is read from.
_FOLDERS: Final = ("content", "guidelines")
# Nobody saves several files in less; looking at a thousand files takes a few milliseconds each time.
LOOK_EVERY: Final = 1.0  # seconds

Stamp = tuple[int, int, int]  # when a file was written, its size, which file it is


class Keeper:
    """The workspace at `root`, as it lies on disk and as the editor holds it.

    Not safe for several threads at once; the server asks from one, the desk under a lock.
    """

    def __init__(self, root: Path, clock: Clock) -> None:
        self.root = root
        self.readings = 0  # how often something of the disk was read, or read again
        self._clock = clock
        self._looked: float | None = None
        self._stamps: Mapping[str, Stamp] = {}
        self._disk: Workspace | None = None
        self._settings = ""  # the unsaved text of leitstand.toml that `_disk` was loaded with
        self._last: tuple[Workspace, Mapping[str, bytes], Workspace] | None = None

    def workspace(self, unsaved: Mapping[str, str]) -> Workspace:
        """The workspace with the texts of the files that the editor has open, by path from `root`.

        The same object as before while nothing has changed. Raises `SettingsError` when leitstand.toml cannot be used.
        """
        data = {path: text.encode("utf-8", "replace") for path, text in unsaved.items()}
        settings = unsaved.get(FILE_NAME, "")
        disk = self._load(settings, data)
        if self._last is not None and self._last[0] is disk and self._last[1] == data:
            return self._last[2]
        pages = [path for path in data if path != FILE_NAME]
        found = reread(disk, OverlayTree(disk.tree, data), pages) if data else disk
        self._last = disk, data, found
        return found

    def forget(self) -> None:
        """Look at the disk again when next asked: somebody has saved a file, or says that one changed."""
        self._looked = None

    def _load(self, settings: str, data: Mapping[str, bytes]) -> Workspace:
        now = self._clock.elapsed()
        disk, changed = self._disk, set[str]()
        if self._looked is None or now - self._looked >= LOOK_EVERY:
            stamps = dict(_stamps(self.root))
            changed = {
                path for path in stamps.keys() | self._stamps.keys() if stamps.get(path) != self._stamps.get(path)
            }
            self._stamps, self._looked = stamps, now
        if disk is None or settings != self._settings or not all(map(_known_page, changed)):
            tree = FolderTree(self.root)
            self._disk = None  # what cannot be loaded is tried again next time
            own = OverlayTree(tree, {FILE_NAME: data[FILE_NAME]}) if settings else tree
            disk = load_workspace(self.root, own)
        elif changed:
            disk = reread(disk, disk.tree, changed)
        self.readings += disk is not self._disk
        self._disk, self._settings = disk, settings
        return disk


def _known_page(path: str) -> bool:
    """Whether a change of this file is one that `reread` follows."""
    return path == STRATEGY or (path.endswith(".md") and path.startswith((f"{POSTS}/", f"{CAMPAIGNS}/")))


def _stamps(root: Path) -> Iterator[tuple[str, Stamp]]:
    """Every file that belongs to the workspace, by path from `root`; links and hidden files do not."""
    places = [str(root / folder) for folder in _FOLDERS]
    yield from ((FILE_NAME, stamp) for stamp in _stamp_of(root / FILE_NAME))
    start = len(str(root)) + 1
    while places:
        try:
            entries = list(os.scandir(places.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                places.append(entry.path)
                continue
            for stamp in _stamp_of(entry):
                yield entry.path[start:].replace(os.sep, "/"), stamp


def _stamp_of(file: os.DirEntry[str] | Path) -> Iterator[Stamp]:
    """The file's stamp, or nothing when it went away meanwhile."""
    try:
        found = file.stat()
    except OSError:
        return
    yield found.st_mtime_ns, found.st_size, found.st_ino
