"""Questions to the history of a repository. Ids of commits may come from elsewhere; what is no id is no commit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.source.tree import ask_git, run_git

_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def is_id(commit: str) -> bool:
    """Whether it is the whole id of a commit, and neither a name nor an option."""
    return _ID.fullmatch(commit) is not None


def has_commit(root: Path, commit: str) -> bool:
    """Whether the repository has this commit, with its tree."""
    return is_id(commit) and _holds(root, "cat-file", "-e", f"{commit}^{{tree}}")


def find_commit(root: Path, ref: str) -> str:
    """The id of the commit that `ref` names now; "" when it names none."""
    try:
        return run_git(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
    except LeitstandError:
        return ""


def is_part(root: Path, commit: str, tip: str) -> bool:
    """Whether `commit` is `tip` or lies in its history."""
    return (
        has_commit(root, commit) and has_commit(root, tip) and _holds(root, "merge-base", "--is-ancestor", commit, tip)
    )


def parents(root: Path, commit: str) -> tuple[str, ...]:
    """The parents as the commit itself names them, also those that an incomplete clone does not have."""
    head = run_git(root, "cat-file", "commit", commit).partition(b"\n\n")[0]
    return tuple(line.removeprefix(b"parent ").decode() for line in head.splitlines() if line.startswith(b"parent "))


def fork_point(root: Path, commit: str, other: str) -> str:
    """The commit from which two lines of history part; "" when they have none in common."""
    if not (has_commit(root, commit) and has_commit(root, other)):
        return ""
    try:
        return run_git(root, "merge-base", commit, other).decode().split("\n")[0]
    except LeitstandError:
        return ""


def commits_that_touch(root: Path, tip: str, paths: Collection[str], most: int) -> tuple[str, ...]:
    """The newest commits on the way of the branch itself (first parents) that changed one of the files."""
    args = ("log", "--first-parent", "-m", "--format=%H", f"-n{most}", tip, "--", *paths)
    return tuple(run_git(root, *args).decode().split()) if paths else ()


def commits_that_add(root: Path, tips: Iterable[str], text: str, folder: str, most: int) -> tuple[str, ...]:
    """The newest commits below `tips` that changed how often `text` stands in the files of `folder`."""
    args = ("log", "--format=%H", "--no-renames", "--no-textconv", "--no-ext-diff", f"-n{most}", f"-S{text}")
    return tuple(run_git(root, *args, *tips, "--", folder).decode().split())


def files_with(root: Path, commit: str, text: str, folder: str) -> tuple[str, ...]:
    """The files of `folder` in which `text` stood at `commit`, by their path from `root`."""
    found = ask_git(root, "grep", "-l", "-z", "-F", "--no-textconv", "-e", text, commit, "--", folder)
    if found.returncode not in (0, 1):
        return ()
    names = found.stdout.decode("utf-8", "surrogateescape").split("\0")
    return tuple(name.removeprefix(f"{commit}:") for name in names if name)


def read_file_at(root: Path, commit: str, path: str) -> bytes:
    """The bytes of one file at `commit`; raises `LeitstandError` when there is none."""
    return run_git(root, "cat-file", "blob", f"{commit}:./{path}")


def _holds(root: Path, *args: str) -> bool:
    return ask_git(root, *args).returncode == 0
