"""Files that were taken out of the workspace, as they were before; from git, with two processes however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.source.revisions import Revision
from toolkit.source.tree import read_blobs, run_git
from toolkit.values import dataclass

_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Removed:
    """A file that is gone: where it lay, when the commit that took it away was made, and what stood in it last."""

    path: str
    at: datetime
    data: bytes


def read_removed(
    root: Path, revisions: Iterable[Revision], folder: str, since: datetime, suffix: str = ".md"
) -> tuple[Removed, ...]:
    """The files below `folder` that commits since `since` (aware) took away, the newest first; a path once.

    Moved ones are among them: git calls it a move, too, when one file is deleted and one like it is written. So are
    those that came back. Whoever asks knows which there are. What an incomplete clone does not hold is left out.
    """
    wanted = {path: one for path, one in _gone(revisions, folder, since) if path.endswith(suffix)}
    if not wanted:
        return ()
    # The names of its blobs first: in what is said of a missing one a path with spaces could not be told from the rest.
    names = "".join(f"{one.commit}^:./{path}\n" for path, one in wanted.items())
    said = run_git(root, "cat-file", "--batch-check=%(objectname)", stdin=names.encode("utf-8", "surrogateescape"))
    blobs = {path: name for path, name in zip(wanted, said.decode().splitlines(), strict=True) if _ID.fullmatch(name)}
    texts = read_blobs(root, blobs.values()) if blobs else {}
    return tuple(Removed(path, wanted[path].at, texts[blob]) for path, blob in blobs.items() if blob in texts)


def _gone(revisions: Iterable[Revision], folder: str, since: datetime) -> Iterator[tuple[str, Revision]]:
    """Path → the last commit that took the file away."""
    seen: set[str] = set()
    for revision in revisions:
        if revision.at < since:
            continue
        for file in revision.files:
            path = file.path if file.kind == "D" else file.before
            # A path with a line end could not be asked for: one question is one line.
            if path.startswith(f"{folder}/") and path not in seen and "\n" not in path:
                seen.add(path)
                yield path, revision
