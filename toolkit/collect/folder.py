"""What a dropped file or folder holds: the exports, and the files that are passed over, each with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from toolkit.importers.leftovers import Leftover, leftover
from toolkit.importers.mapping import SUFFIX
from toolkit.values import dataclass

SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".json", ".xls", ".xlsx", ".xlsm", ".ods", ".zip"})


@dataclass(frozen=True, slots=True)
class Passed:
    """A file below a folder that is not read."""

    path: Path
    why: Leftover


@dataclass(frozen=True, slots=True)
class Dropped:
    """Everything below what somebody named, each file once and in a stable order."""

    files: tuple[Path, ...]
    passed: tuple[Passed, ...] = ()


def sort_files(paths: Iterable[Path]) -> Dropped:
    """The files that `paths` name; of folders, with all below them, those that can be exports.

    What is named itself is read, whatever it is called. Raises FileNotFoundError for a name that is wrong, before
    anything is imported.
    """
    files: dict[Path, None] = {}
    passed: dict[Path, Passed] = {}
    for path in paths:
        path.stat()
        for one in sorted(_below(path)) if path.is_dir() else [path]:
            why = _why_not(one) if one != path else None
            if one != path and is_mapping(one):
                continue
            if why is None:
                files[one] = None
            else:
                passed[one] = Passed(one, why)
    return Dropped(tuple(files), tuple(passed.values()))


def _below(folder: Path) -> Iterator[Path]:
    """Files and links; folders that are hidden or links are not entered."""
    for where, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = [name for name in folders if not _is_hidden(name) and name not in linked]
        yield from (Path(where) / name for name in (*names, *linked))


def _is_hidden(folder: str) -> bool:
    """Whether a computer keeps its own things there."""
    return folder.startswith(".") or folder in ("__MACOSX", "System Volume Information", "$RECYCLE.BIN")


def _why_not(path: Path) -> Leftover | None:
    why = leftover(path.name)
    if why is not None or not path.is_symlink():
        return why or (None if _can_be_export(path) else Leftover.OTHER)
    return Leftover.LINK


def _can_be_export(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


def is_mapping(path: Path) -> bool:
    """Whether it says what the columns of the table beside it are: it is read with that table."""
    return path.name.endswith(SUFFIX) and path.with_name(path.name.removesuffix(SUFFIX)).is_file()
