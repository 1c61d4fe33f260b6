"""What changed in the workspace, when and by whom: the history of git, read with one process for all files.

A page that asks for its own history would cost a process each; ten thousand posts would take minutes. So there is one
`git log` of the folders, and everything else is looked up in what it said. What HEAD's history says never changes, so
it is read once for each HEAD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.source.past import find_commit
from toolkit.source.tree import run_git
from toolkit.values import dataclass

_RULE: Final = re.compile(r"\+id:[ \t]*[\"']?([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Touched:
    """A file in a revision: ``A`` added, ``M`` changed, ``D`` taken away, ``R`` moved here from `before`."""

    path: str
    kind: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit: when it was made (with its own offset), by whom, and its first line. Untrusted text, all of it."""

    commit: str
    at: datetime
    name: str
    email: str
    sentence: str
    files: tuple[Touched, ...] = ()


def read_revisions(root: Path, folders: Iterable[str] = ("content", "guidelines")) -> tuple[Revision, ...]:
    """Every commit of HEAD's history that touched a file in one of the `folders`, newest first; paths from `root`.

    Empty without git. In an incomplete clone the commits at its edge are left out: they seem to add every file there is.
    """
    head = find_commit(root, "HEAD") if root.exists() else ""
    return _read(str(root), head, _edges(root), tuple(folders)) if head else ()


def follow_files(revisions: Iterable[Revision]) -> Iterator[tuple[str, Revision, Touched]]:
    """Each file of each revision, newest first, with the path that it has today; "" for what is called nothing today."""
    called: dict[str, str] = {}  # what a path of this moment in history is called today
    for revision in revisions:
        for file in revision.files:
            now = called.get(file.path, file.path)
            yield now, revision, file
            if file.before:
                called[file.before] = now
                called[file.path] = ""  # whatever bore the name before was another file


def group_revisions(revisions: Iterable[Revision]) -> dict[str, tuple[Revision, ...]]:
    """Path of a file as it is called now → the revisions that touched it, newest first, through its renames."""
    found: dict[str, list[Revision]] = {}
    for now, revision, _file in follow_files(revisions):
        if now:
            found.setdefault(now, []).append(revision)
    return {path: tuple(ones) for path, ones in found.items()}


def read_rule_days(root: Path, folder: str = "guidelines") -> Mapping[str, datetime]:
    """Id of a rule of the house → when a commit first wrote it into the handbook; without git nothing is known."""
    head = find_commit(root, "HEAD") if root.exists() else ""
    return _read_rule_days(str(root), head, _edges(root), folder) if head else {}


@lru_cache(maxsize=8)
def _read(root: str, head: str, edges: frozenset[str], folders: tuple[str, ...]) -> tuple[Revision, ...]:
    found = (
        Revision(commit, datetime.fromisoformat(at), name, email, sentence, tuple(_files(files)))
        for commit, at, name, email, sentence, files in _log(
            root, head, folders, "-z", "--relative", "-M", "--name-status"
        )
    )
    return tuple(one for one in found if one.files and one.commit not in edges)


def _log(root: str, head: str, folders: Iterable[str], *options: str) -> Iterator[list[str]]:
    """Of each commit its id, moment, name, address, first line, and what the `options` add, newest first.

    The fields are parted by HEAD's own id: no message and no file name in its history can hold that.
    """
    mark = f"%x1f{head}%x1f"
    form = "%x1e" + mark + mark.join(("%H", "%cI", "%aN", "%aE", "%s")) + mark
    said = run_git(Path(root), "log", "--no-ext-diff", *options, f"--format={form}", head, "--", *folders)
    between, record = f"\x1f{head}\x1f", f"\x1e\x1f{head}\x1f"
    for one in said.decode("utf-8", "replace").split(record)[1:]:
        yield one.split(between)


def _files(said: str) -> Iterator[Touched]:
    parts = iter(said.strip("\0\n").split("\0"))
    for kind in parts:
        path = next(parts, "")
        if kind[:1] in {"R", "C"}:
            before, path = path, next(parts, "")
            yield Touched(path, kind[0], before if kind[0] == "R" else "")
        elif path:
            yield Touched(path, kind[:1])


@lru_cache(maxsize=8)
def _read_rule_days(root: str, head: str, edges: frozenset[str], folder: str) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for commit, at, *_who, lines in _log(root, head, (folder,), "-p", "-U0", "--no-color", "--no-textconv", "-G^id: "):
        if commit not in edges:
            # Newest first: the last one said is the first that was.
            named = filter(None, map(_RULE.match, lines.split("\n")))
            found |= dict.fromkeys((one[1] for one in named), datetime.fromisoformat(at))
    return found


def _edges(root: Path) -> frozenset[str]:
    """The commits at which an incomplete clone ends."""
    try:
        file = Path(root, run_git(root, "rev-parse", "--git-path", "shallow").decode().strip())
        return frozenset(file.read_text(encoding="ascii").split()) if file.is_file() else frozenset()
    except LeitstandError:
        return frozenset()
